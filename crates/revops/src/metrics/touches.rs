//! Every touch, by the opportunity whose story it is part of, and by whom it was.
//!
//! The same touches as in [`World::story_of`], but for all opportunities in one pass: a number over a hundred thousand of them
//! cannot look through the activities of an account once for each.

use std::collections::HashMap;

use crate::World;
use crate::clocks::is_sales_touch;
use crate::facts::{Activity, Key, Opportunity, Text};
use crate::rules::direction_of;

/// A touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Touch {
    /// The activity.
    pub(crate) key: Key,
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Whose: a place among the teams.
    pub(crate) team: usize,
    /// Through which campaign.
    pub(crate) campaign: Option<Key>,
    /// Somebody of sales reached out.
    pub(crate) by_sales: bool,
}

/// The teams of a world's members, each with a place: none, then marketing, then the others as they come.
#[derive(Debug)]
pub(crate) struct Teams {
    names: Vec<Text>,
    members: HashMap<Key, usize>,
}

/// The place of no team.
const NOBODY: usize = 0;
/// The place of marketing.
pub(crate) const MARKETING: usize = 1;

impl Teams {
    fn of(world: &World) -> Self {
        let mut names: Vec<Text> = vec!["".into(), "marketing".into()];
        let mut members = HashMap::new();
        for member in world.members.iter() {
            let team = &member.facts.team;
            let place = names.iter().position(|name| name == team).unwrap_or_else(|| {
                names.push(team.clone());
                names.len() - 1
            });
            members.insert(member.key, place);
        }
        Self { names, members }
    }

    /// What a team is called; empty: none.
    pub(crate) fn name(&self, place: usize) -> Text {
        self.names.get(place).cloned().unwrap_or_else(|| "".into())
    }

    /// The team of a member.
    pub(crate) fn of_member(&self, member: Option<Key>) -> usize {
        member.and_then(|member| self.members.get(&member)).copied().unwrap_or(NOBODY)
    }

    /// Whose touch an activity is: its owner's team. A buyer who comes by themselves through a campaign, or to nobody, was
    /// brought by marketing.
    fn of_activity(&self, activity: &Activity) -> usize {
        let comes = matches!(&*activity.kind, "form" | "visit") && direction_of(activity) == "inbound";
        let brought = comes && (activity.campaign.is_some() || activity.owner.is_none());
        match self.of_member(activity.owner) {
            _ if brought => MARKETING,
            NOBODY if activity.campaign.is_some() => MARKETING,
            team => team,
        }
    }
}

/// Every touch of a world.
#[derive(Debug)]
pub(crate) struct Touches<'a> {
    world: &'a World,
    /// Whose touches they are.
    pub(crate) teams: Teams,
    /// For each key, where its touches begin; one more than there are keys.
    starts: Vec<usize>,
    /// Touches by the key they are found through, those of one key oldest first.
    rows: Vec<Touch>,
}

impl<'a> Touches<'a> {
    /// Sorts the touches of a world.
    pub(crate) fn of_world(world: &'a World) -> Self {
        let teams = Teams::of(world);
        let touches = || world.activities.iter().filter(|activity| World::is_touch(activity));
        let mut starts = vec![0_usize; world.ids.count() + 1];
        for key in touches().flat_map(Activity::found_through) {
            if let Some(count) = starts.get_mut(key.place() + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut rows = Vec::new();
        for activity in touches() {
            let touch = Touch {
                key: activity.key,
                at_ms: activity.at_ms,
                team: teams.of_activity(activity),
                campaign: activity.campaign,
                by_sales: is_sales_touch(world, activity),
            };
            // The first touch fills every place until its own comes.
            if rows.is_empty() {
                rows.resize(total, touch);
            }
            for key in activity.found_through() {
                if let Some(place) = next.get_mut(key.place()) {
                    if let Some(row) = rows.get_mut(*place) {
                        *row = touch;
                    }
                    *place += 1;
                }
            }
        }
        for window in starts.windows(2) {
            let of_key = window.first().zip(window.last()).and_then(|(from, to)| rows.get_mut(*from..*to));
            of_key.unwrap_or_default().sort_unstable_by_key(|touch| touch.at_ms);
        }
        Self { world, teams, starts, rows }
    }

    /// What is found through a key, oldest first.
    fn through(&self, key: Key) -> &[Touch] {
        let from = self.starts.get(key.place()).copied().unwrap_or(0);
        let to = self.starts.get(key.place() + 1).copied().unwrap_or(from);
        self.rows.get(from..to).unwrap_or_default()
    }

    /// The parts of an opportunity's story: what names it, one of its people, its account. A touch may be in several.
    fn parts(&self, opportunity: &Opportunity) -> impl Iterator<Item = &[Touch]> {
        let people = opportunity.people.iter().map(|(person, _)| *person);
        let keys = std::iter::once(opportunity.key).chain(people).chain(opportunity.account);
        keys.map(|key| self.through(key))
    }

    /// The last touch of an opportunity's story until a moment, included, of those that `is` is true of.
    pub(crate) fn last_until(
        &self,
        opportunity: &Opportunity,
        at_ms: i64,
        is: &dyn Fn(&Touch) -> bool,
    ) -> Option<Touch> {
        let until = |part: &[Touch]| {
            let until = part.partition_point(|touch| touch.at_ms <= at_ms);
            part.iter().take(until).rfind(|touch| is(touch)).copied()
        };
        self.parts(opportunity).filter_map(until).max_by_key(|touch| touch.at_ms)
    }

    /// The first touch of an opportunity's story from a moment on, included, of those that `is` is true of.
    pub(crate) fn first_since(
        &self,
        opportunity: &Opportunity,
        at_ms: i64,
        is: &dyn Fn(&Touch) -> bool,
    ) -> Option<Touch> {
        let since = |part: &[Touch]| {
            let since = part.partition_point(|touch| touch.at_ms < at_ms);
            part.iter().skip(since).find(|touch| is(touch)).copied()
        };
        self.parts(opportunity).filter_map(since).min_by_key(|touch| touch.at_ms)
    }

    /// The touches of an opportunity's story until `until_ms`, that moment left out, oldest first; in the place of what
    /// `story` held before.
    pub(crate) fn of(&self, opportunity: &Opportunity, until_ms: i64, story: &mut Vec<Touch>) {
        story.clear();
        for part in self.parts(opportunity) {
            story.extend(part.iter().take_while(|touch| touch.at_ms < until_ms));
        }
        let id = |touch: &Touch| self.world.id(touch.key);
        // The parts are in order: a stable sort finds and joins them.
        story.sort_by(|a, b| a.at_ms.cmp(&b.at_ms).then_with(|| id(a).cmp(id(b))));
        story.dedup_by_key(|touch| touch.key);
    }
}
