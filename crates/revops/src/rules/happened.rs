//! How often something happened about an opportunity.
//!
//! Days are days in the policy's time zone, whole ones: “within 30 days” are today and the thirty days before. So an answer
//! changes at midnight there and not in the middle of a day, and at any moment of a day it is the same.

use tandem_context::Remark;

use super::sentences::*;
use crate::calendar::{day_start_ms, days_after, local_day, policy_zone};
use crate::facts::{Activity, Opportunity};
use crate::{Verdict, World};

/// Of which types, in which direction, within so many days, so many times.
pub(super) type Asked<'a> = (&'a [String], Option<&'a str>, Option<u32>, Option<u32>);

/// How often it happened.
pub(super) struct Happened<'a> {
    asked: Asked<'a>,
    count: usize,
}

impl<'a> Happened<'a> {
    /// Counts what happened until a moment.
    pub(super) fn to(world: &World, opportunity: &Opportunity, asked: Asked<'a>, at_ms: i64) -> Self {
        let (types, direction, within_days, _) = asked;
        let since_ms = within_days.map_or(i64::MIN, |days| first_ms(world, at_ms, days));
        let counts = |activity: &&Activity| {
            (since_ms..=at_ms).contains(&activity.at_ms)
                && types.iter().any(|kind| **kind == *activity.kind)
                && direction.is_none_or(|wanted| direction_of(activity) == wanted)
        };
        Self { asked, count: world.happened_to(opportunity).filter(counts).count() }
    }

    pub(super) fn verdict(&self) -> Verdict {
        let (.., at_least) = self.asked;
        if self.count >= at_least.unwrap_or(1) as usize { Verdict::Yes } else { Verdict::No }
    }

    pub(super) fn remark(&self) -> Remark {
        let (types, direction, within_days, _) = self.asked;
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

/// The beginning of the day so many days before the one it is at a moment.
fn first_ms(world: &World, at_ms: i64, days: u32) -> i64 {
    let zone = policy_zone(&world.rules.policy);
    day_start_ms(zone, days_after(local_day(zone, at_ms), -i64::from(days)))
}

/// A form and a visit come from the buyer unless they say otherwise.
pub(crate) fn direction_of(activity: &Activity) -> &str {
    match &*activity.direction {
        "" if matches!(&*activity.kind, "form" | "visit") => "inbound",
        direction => direction,
    }
}
