//! What similar customers teach about a lead: how long those that were won took, how many touches it needed and which, where
//! they came from; and why others were lost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::World;
use crate::calendar::Calendars;
use crate::facts::{Activity, Key, Opportunity, Text};
use crate::metrics::{Days, median};
use crate::routing::{Similar, Tracks};

/// Similar opportunities that are looked at, of those won and of those lost.
const LOOKED_AT: usize = 50;

/// What similar customers teach.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lessons {
    /// The won ones that are looked at, most similar first.
    pub won: Vec<Course>,
    /// How many lost ones are looked at.
    pub lost: usize,
    /// Median days from first interest to the decision, of the won ones of which both days are known.
    pub days: Option<f64>,
    /// Median touches until the decision, of the won ones that have any on record.
    pub touches: Option<f64>,
    /// The kinds of touches, with how many of the won ones had some; the most frequent first.
    pub channels: Vec<(Text, usize)>,
    /// Where the won ones came from.
    pub sources: Vec<(Text, usize)>,
    /// The campaigns that won ones came through.
    pub campaigns: Vec<(Key, usize)>,
    /// Why the lost ones were lost, as their exit says.
    pub lost_because: Vec<(Text, usize)>,
}

/// How it went with one that was won.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Which, and how similar.
    pub similar: Similar,
    /// Days from first interest to the decision.
    pub days: Option<i64>,
    /// Touches until the decision.
    pub touches: usize,
}

/// What the customers that are most similar to a lead teach.
pub fn lessons(tracks: &Tracks<'_>, lead: &Opportunity) -> Lessons {
    let world = tracks.world();
    let days = Days::new(Calendars::new(world).of(None));
    let similar = |won| {
        let found = tracks.similar(lead, won, LOOKED_AT).into_iter();
        found.filter_map(|similar| Some((world.opportunities.get(similar.opportunity)?, similar)))
    };
    let (mut won, mut channels) = (Vec::new(), Vec::new());
    let (mut sources, mut campaigns) = (Vec::new(), Vec::new());
    for (one, similar) in similar(true) {
        let touches = touches(world, &days, one);
        channels.extend(touches.iter().map(|touch| touch.kind.clone()).collect::<BTreeSet<Text>>());
        sources.extend(Some(one.source.clone()).filter(|source| !source.is_empty()));
        campaigns.extend(one.campaign.filter(|key| world.campaigns.get(*key).is_some()));
        won.push(Course { similar, days: took_days(one), touches: touches.len() });
    }
    let lost: Vec<&Opportunity> = similar(false).map(|(one, _)| one).collect();
    let reasons = lost.iter().map(|one| one.exit_reason.clone()).filter(|reason| !reason.is_empty());
    let touched = won.iter().filter_map(|one| i64::try_from(one.touches).ok()).filter(|touches| *touches > 0);
    let mut campaigns = counted(campaigns.into_iter());
    campaigns.sort_by_key(|(campaign, count)| (Reverse(*count), world.id(*campaign)));
    Lessons {
        days: median(won.iter().filter_map(|one| one.days).collect()),
        touches: median(touched.collect()),
        channels: counted(channels.into_iter()),
        sources: counted(sources.into_iter()),
        campaigns,
        lost_because: counted(reasons),
        lost: lost.len(),
        won,
    }
}

/// How often each is there, the most frequent first.
fn counted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_insert(0) += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}

/// Days from first interest to the decision; `None` where either day is not known, or they are the wrong way round.
pub fn took_days(one: &Opportunity) -> Option<i64> {
    let days = (one.close_date? - one.opened_on?).num_days();
    (days >= 0).then_some(days)
}

/// The touches of an opportunity from its first interest until the day of its decision. What the same people did for an
/// earlier or later purchase is no part of it, unless it names this one.
fn touches<'a>(world: &'a World, days: &Days, one: &Opportunity) -> Vec<&'a Activity> {
    let from_ms = one.opened_on.map_or(i64::MIN, |day| days.start_ms(day));
    let until_ms = one.close_date.map_or_else(|| world.stage_since(one), |day| days.end_ms(day));
    let story = world.story_of(one).into_iter().filter(|activity| World::is_touch(activity));
    let belongs = |at_ms: i64, names_it: bool| at_ms < until_ms && (names_it || from_ms <= at_ms);
    story.filter(|activity| belongs(activity.at_ms, activity.opportunity == Some(one.key))).collect()
}
