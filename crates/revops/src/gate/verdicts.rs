//! The gate for a hundred thousand leads: the same verdicts as [`super::gate`], without saying why.

use super::{ByHand, by_hand, passes, score, weights};
use crate::rules::{Criterion, Rules, Subject, Timelines, verdict_for_gate};
use crate::{Verdict, World};

/// The gate of some rules, ready to be asked of many leads.
pub(crate) struct Verdicts<'a> {
    world: &'a World,
    rules: &'a Rules,
    weights: Vec<i64>,
    timelines: Timelines<'a>,
}

impl<'a> Verdicts<'a> {
    /// Of these rules over a world.
    pub(crate) fn new(world: &'a World, rules: &'a Rules) -> Self {
        let conditions = rules.criteria.iter().filter_map(|criterion| criterion.rule.as_ref());
        Self { world, rules, weights: weights(rules), timelines: Timelines::of(world, conditions) }
    }

    /// How one of the rules' criteria is answered for a lead at a moment.
    pub(crate) fn of(&self, criterion: &'a Criterion, lead: Subject<'_>, at_ms: i64) -> Verdict {
        match (by_hand(self.world, criterion, lead.opportunity(), at_ms), &criterion.rule) {
            (Some(ByHand { answer, stale_days: None }), _) => answer.verdict,
            (_, Some(rule)) => verdict_for_gate(&self.timelines, lead, rule, at_ms),
            (_, None) => Verdict::Unknown,
        }
    }

    /// Whether a lead passes the gate at a moment.
    pub(crate) fn passes(&self, lead: Subject<'_>, at_ms: i64) -> bool {
        let verdicts: Vec<Verdict> =
            self.rules.criteria.iter().map(|criterion| self.of(criterion, lead, at_ms)).collect();
        passes(self.rules, &verdicts, score(&self.weights, &verdicts))
    }
}
