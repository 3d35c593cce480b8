//! What a lead is judged by: when it was decided whether sales gets it, how it stood then, what became of it.

use std::collections::BTreeSet;

use crate::World;
use crate::facts::{DecisionKind, Key, Opportunity};
use crate::rules::{Conditions, Phase, looked_at};

/// Which leads are asked for as they stood, and when in milliseconds since 1970: with what was written along with the decision,
/// as the gate is asked, but not what the decision itself wrote ([`judged_by`]). And what is looked at of them, as kind and field.
#[derive(Debug, Clone, Default)]
pub struct Moments<'a> {
    /// The leads.
    pub of: Vec<(Key, i64)>,
    /// Only these fields have to be as they stood.
    pub fields: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Moments<'a> {
    /// Of leads, for these conditions.
    pub fn new(
        world: &World,
        leads: &[&Opportunity],
        conditions: impl Iterator<Item = &'a Conditions>,
        now_ms: i64,
    ) -> Self {
        let stood = |lead: &&Opportunity| Some((lead.key, stood_at(world, lead, now_ms)?));
        Self { of: leads.iter().filter_map(stood).collect(), fields: looked_at(conditions) }
    }
}

/// When it was decided whether sales gets a lead: the first offer or move to sales, else its exit, else now.
pub fn moment_of_truth(world: &World, lead: &Opportunity, now_ms: i64) -> i64 {
    let offered = world.decisions.of(lead.key).filter(|one| one.kind == DecisionKind::Offer).map(|one| one.at_ms).min();
    let came = lead.moves.iter().find(|step| world.rules.phase(&step.stage) != Phase::Marketing).map(|step| step.at_ms);
    offered.into_iter().chain(came).min().unwrap_or(now_ms).min(now_ms)
}

/// What became of a lead.
pub fn outcome(world: &World, lead: &Opportunity) -> Outcome {
    if world.rules.is_won(&lead.stage) {
        return Outcome::Won;
    }
    let returned = world.decisions.of(lead.key).any(|one| one.kind == DecisionKind::Return);
    let in_sales = world.rules.phase(&lead.stage) == Phase::Sales;
    let out = matches!(&*lead.stage, "lost" | "disqualified");
    if out || returned && !in_sales { Outcome::Lost } else { Outcome::Open }
}

/// An opportunity as it is judged by: as it stood when it was decided, with what was written along; but of the fields that an
/// offer or a move writes itself, what stood `before`.
pub fn judged_by(then: Opportunity, before: Opportunity) -> Opportunity {
    let Opportunity { stage, owner, offered_to, offered_ms, exit_reason, return_on, close_date, .. } = before;
    Opportunity { stage, owner, offered_to, offered_ms, exit_reason, return_on, close_date, ..then }
}

/// What became of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was won.
    Won,
    /// It was lost, or sales gave it back.
    Lost,
    /// It is not decided.
    Open,
}

/// As of when a lead's fields are read: when it was decided. None, where they count as they are: it is not decided, or it was
/// decided elsewhere (its record was made past marketing, as those of an import are), so that nobody knows what was known.
fn stood_at(world: &World, lead: &Opportunity, now_ms: i64) -> Option<i64> {
    let at_ms = moment_of_truth(world, lead, now_ms);
    let elsewhere = lead.moves.first().is_some_and(|step| world.rules.phase(&step.stage) != Phase::Marketing);
    (at_ms < now_ms && !elsewhere).then_some(at_ms)
}
