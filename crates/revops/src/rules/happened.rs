//! How often something happened about an opportunity.
//!
//! Days are days in the policy's time zone, whole ones: “within 30 days” are today and the thirty days before. So an answer
//! changes at midnight there and not in the middle of a day, and at any moment of a day it is the same.

use tandem_context::Remark;

use super::conditions::Condition;
use super::sentences::*;
use crate::calendar::{day_start_ms, days_after, local_day, policy_zone};
use crate::facts::{Activity, Opportunity};
use crate::{Verdict, World};

/// What a condition counts.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    types: &'a [String],
    direction: Option<&'a str>,
    within_days: Option<u32>,
    at_least: usize,
}

impl<'a> Counted<'a> {
    /// Of which types, in which direction, within so many days, so many times.
    pub(super) fn new(
        types: &'a [String],
        direction: Option<&'a str>,
        within_days: Option<u32>,
        at_least: Option<u32>,
    ) -> Self {
        Self { types, direction, within_days, at_least: at_least.unwrap_or(1) as usize }
    }

    /// What a condition counts, where it counts activities.
    pub(super) fn by(condition: &'a Condition) -> Option<Self> {
        let Condition::Activity { activity, direction, within_days, at_least } = condition else { return None };
        Some(Self::new(activity, direction.as_deref(), *within_days, *at_least))
    }

    /// Whether an activity is of those that are counted, whenever it happened.
    pub(super) fn counts(&self, activity: &Activity) -> bool {
        self.types.iter().any(|kind| **kind == *activity.kind)
            && self.direction.is_none_or(|wanted| direction_of(activity) == wanted)
    }

    /// Since when it counts at a moment: the beginning of the day so many days before.
    pub(super) fn since_ms(&self, world: &World, at_ms: i64) -> i64 {
        let Some(days) = self.within_days else { return i64::MIN };
        let zone = policy_zone(&world.rules.policy);
        day_start_ms(zone, days_after(local_day(zone, at_ms), -i64::from(days)))
    }
}

/// How often something happened.
pub(super) struct Happened<'a> {
    pub(super) counted: Counted<'a>,
    pub(super) count: usize,
}

impl<'a> Happened<'a> {
    /// Counts what happened to a lead until a moment.
    pub(super) fn to(world: &World, opportunity: &Opportunity, counted: Counted<'a>, at_ms: i64) -> Self {
        let within = counted.since_ms(world, at_ms)..=at_ms;
        let all = world.happened_to(opportunity).filter(|one| within.contains(&one.at_ms) && counted.counts(one));
        Self { counted, count: all.count() }
    }

    pub(super) fn verdict(&self) -> Verdict {
        if self.count >= self.counted.at_least { Verdict::Yes } else { Verdict::No }
    }

    pub(super) fn remark(&self) -> Remark {
        let Counted { types, direction, within_days, .. } = self.counted;
        let said = match (direction, within_days) {
            (Some("inbound"), Some(days)) => HAPPENED_IN_WITHIN.say().number("days", days as usize),
            (Some("inbound"), None) => HAPPENED_IN.say(),
            (Some(_), Some(days)) => HAPPENED_OUT_WITHIN.say().number("days", days as usize),
            (Some(_), None) => HAPPENED_OUT.say(),
            (None, Some(days)) => HAPPENED_WITHIN.say().number("days", days as usize),
            (None, None) => HAPPENED.say(),
        };
        said.number("count", self.count).text("kind", "activity").text("field", "type").list("options", types.to_vec())
    }
}

/// A form and a visit come from the buyer unless they say otherwise.
pub(crate) fn direction_of(activity: &Activity) -> &str {
    match &*activity.direction {
        "" if matches!(&*activity.kind, "form" | "visit") => "inbound",
        direction => direction,
    }
}
