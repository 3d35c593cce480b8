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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::facts::Campaign;
    use crate::testing::{account, call, lead, member, stages};

    /// A lead in energy, and customers `(name, industry, won, days, calls, source)` since 1 March 2026.
    fn world(customers: &[(&str, &str, bool, i64, usize, &str)]) -> World {
        let mut world = World::default();
        stages(&mut world);
        let rita = member(&mut world, "rita", "sales");
        let fair = world.ids.key("fair");
        let cost = None;
        world.campaigns.put(Campaign {
            key: fair,
            name: "Fair".into(),
            kind: "event".into(),
            cost,
            currency: "".into(),
            owner: None,
        });
        for (id, industry, won, days, calls, source) in customers {
            let opened = "2026-03-01".parse().unwrap();
            let made = account(&mut world, &format!("company {id}"));
            let mut one = lead(&mut world, id);
            (one.account, one.owner) = (Some(made.key), Some(rita));
            world.accounts.put(crate::facts::Account { industry: (*industry).into(), ..made });
            (one.stage, one.source) = (if *won { "won" } else { "lost" }.into(), (*source).into());
            one.exit_reason = if *won { "" } else { "price" }.into();
            one.campaign = won.then_some(fair);
            (one.opened_on, one.close_date) = (Some(opened), Some(crate::calendar::days_after(opened, *days)));
            for n in 0..*calls {
                let made = call(&mut world, &format!("call {n} {id}"), Some(rita), ms("2026-03-01T10:00:00+01:00"));
                world.activities.put(Activity { opportunity: Some(one.key), ..made });
            }
            world.opportunities.put(one);
        }
        let made = account(&mut world, "company");
        let mut one = lead(&mut world, "lead");
        one.account = Some(made.key);
        world.accounts.put(crate::facts::Account { industry: "energy".into(), ..made });
        world.opportunities.put(one);
        world
    }

    fn ms(text: &str) -> i64 {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn learned(world: &World) -> Lessons {
        lessons(&Tracks::of_world(world), world.opportunity("lead").unwrap())
    }

    #[test]
    fn similar_customers_teach_how_long_how_often_and_through_what() {
        let world = world(&[
            ("a", "energy", true, 20, 3, "event"),
            ("b", "energy", true, 40, 5, "event"),
            ("c", "energy", true, 60, 0, "web"),
            ("d", "energy", false, 9, 1, "web"),
            ("e", "retail", true, 500, 90, "cold"),
        ]);
        let found = learned(&world);
        assert_eq!((found.days, found.touches), (Some(40.0), Some(4.0)), "the one in retail is not alike");
        assert_eq!(
            found.won.iter().map(|one| one.touches).collect::<Vec<_>>(),
            [0, 5, 3],
            "equally alike: the newest first"
        );
        assert_eq!(found.channels, [("call".into(), 2)]);
        assert_eq!(found.sources, [("event".into(), 2), ("web".into(), 1)]);
        assert_eq!(found.campaigns, [(world.ids.find("fair").unwrap(), 3)]);
        assert_eq!((found.lost, found.lost_because), (1, vec![("price".into(), 1)]));
    }

    /// One rep's record shows five customers; what is learned comes from all that are alike, won and lost.
    #[test]
    fn more_is_learned_from_than_is_shown_of_one_rep() {
        let names: Vec<String> = (0..30).map(|n| format!("customer {n:02}")).collect();
        let customers: Vec<_> =
            names.iter().enumerate().map(|(n, id)| (id.as_str(), "energy", n % 3 == 0, 10, 1, "web")).collect();
        let found = learned(&world(&customers));
        assert_eq!((found.won.len(), found.lost, found.lost_because), (10, 20, vec![("price".into(), 20)]));
    }

    #[test]
    fn touches_are_those_from_first_interest_to_the_decision() {
        let mut world = world(&[("a", "energy", true, 20, 2, "web")]);
        let rita = world.ids.find("rita");
        let (company, of_a) = (world.ids.find("company a"), world.ids.find("a"));
        let rows = [
            ("before, around", "2026-02-27T10:00:00+01:00", None, false),
            ("within, around", "2026-03-10T10:00:00+01:00", None, true),
            ("before, named", "2026-02-26T10:00:00+01:00", of_a, true),
            ("on the day", "2026-03-21T23:00:00+01:00", None, true),
            ("after", "2026-03-22T00:30:00+01:00", of_a, false),
        ];
        let mut expected = 2;
        for (id, at, opportunity, counts) in rows {
            let made = call(&mut world, id, rita, ms(at));
            world.activities.put(Activity { opportunity, account: company, ..made });
            expected += usize::from(counts);
            assert_eq!(learned(&world).won[0].touches, expected, "{id}");
        }
    }

    #[test]
    fn days_that_are_not_known_or_the_wrong_way_round_teach_nothing() {
        let mut world = world(&[("a", "energy", true, -3, 0, "web")]);
        assert_eq!((learned(&world).days, learned(&world).touches), (None, None));
        let a = world.ids.find("a").unwrap();
        world.opportunities.get_mut(a).unwrap().opened_on = None;
        assert_eq!(learned(&world).days, None);
    }
}
