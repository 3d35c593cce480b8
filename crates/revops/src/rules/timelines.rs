//! When the activities that conditions count happened, for whoever asks them of a hundred thousand leads: to go through the
//! activities of an account once for each of its leads would take as long as both multiplied.

use std::ops::RangeInclusive;

use super::conditions::{Condition, Conditions};
use super::happened::{Counted, Happened};
use crate::World;
use crate::facts::{Key, Opportunity};

/// The activities that each of some conditions counts, by what they are found through and when they happened.
pub(crate) struct Timelines<'a> {
    pub(super) world: &'a World,
    of: Vec<(&'a Condition, Timeline)>,
}

impl<'a> Timelines<'a> {
    /// Of every condition about activities among these.
    pub(crate) fn of(world: &'a World, conditions: impl Iterator<Item = &'a Conditions>) -> Self {
        let all = conditions.flat_map(|one| &one.all);
        let of =
            all.filter_map(|condition| Some((condition, Timeline::new(world, &Counted::by(condition)?)))).collect();
        Self { world, of }
    }

    /// How often what one of the conditions counts happened to a lead until a moment; `None`: it is none of them.
    pub(super) fn happened(
        &self,
        condition: &'a Condition,
        opportunity: &Opportunity,
        at_ms: i64,
    ) -> Option<Happened<'a>> {
        let (_, timeline) = self.of.iter().find(|(known, _)| std::ptr::eq(*known, condition))?;
        let counted = Counted::by(condition)?;
        let count = timeline.count(opportunity, counted.since_ms(self.world, at_ms)..=at_ms);
        Some(Happened { counted, count })
    }
}

/// A condition's activities.
struct Timeline {
    /// By key, then time: through what it is found, when, and of which account it is.
    rows: Vec<(Key, i64, Option<Key>)>,
}

impl Timeline {
    fn new(world: &World, counted: &Counted<'_>) -> Self {
        let mut rows = Vec::new();
        for one in world.activities.iter().filter(|one| counted.counts(one)) {
            rows.extend(one.found_through().map(|key| (key, one.at_ms, one.account)));
        }
        rows.sort_unstable();
        Self { rows }
    }

    fn count(&self, opportunity: &Opportunity, within: RangeInclusive<i64>) -> usize {
        let of = |key| self.within(key, &within);
        let account = opportunity.account;
        // Somebody's activity that names the account is found through that.
        let others = |key| of(key).iter().filter(|(.., other)| account.is_none() || *other != account).count();
        let people = opportunity.people.iter().map(|(person, _)| others(*person));
        of(opportunity.key).len() + account.map_or(0, |key| of(key).len()) + people.sum::<usize>()
    }

    fn within(&self, key: Key, within: &RangeInclusive<i64>) -> &[(Key, i64, Option<Key>)] {
        let from = self.rows.partition_point(|(other, at_ms, _)| (*other, *at_ms) < (key, *within.start()));
        let to = self.rows.partition_point(|(other, at_ms, _)| (*other, *at_ms) <= (key, *within.end()));
        self.rows.get(from..to).unwrap_or_default()
    }
}
