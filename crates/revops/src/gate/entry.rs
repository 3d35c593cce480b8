//! What must be true to enter a stage.

use tandem_context::Remark;

use super::gate;
use super::sentences::*;
use crate::calendar::{local_day, policy_zone};
use crate::facts::{DecisionKind, Opportunity};
use crate::rules::{Phase, Stage, holds};
use crate::{Verdict, World};

/// A rule that speaks against a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// In words.
    pub remark: Remark,
}

/// What the rules have against moving an opportunity to a stage. `opportunity` stands where it is, with the values it would
/// have. A move back within a phase is always allowed, and so is one to a stage that is not known.
pub fn violations(world: &World, opportunity: &Opportunity, to: &str, at_ms: i64) -> Vec<Violation> {
    let rules = &world.rules;
    let Some(stage) = rules.stage(to) else { return Vec::new() };
    let from = rules.phase(&opportunity.stage);
    let is_back = from == stage.phase && rules.place(to) <= rules.place(&opportunity.stage);
    if is_back && stage.phase != Phase::Exit {
        return Vec::new();
    }
    let mut found = Vec::new();
    match stage.phase {
        Phase::Exit => found.extend(exit(world, opportunity, stage, at_ms)),
        Phase::Sales if from == Phase::Marketing && !is_let_through(world, opportunity) => {
            let gate = gate(world, opportunity, at_ms);
            if !gate.passes {
                let say = NOT_PASSED.say().number("score", gate.score as usize);
                found.push(say.number("confidence", gate.confidence as usize));
                found.extend(gate.missing);
            }
        }
        _ => {}
    }
    found.extend(entry(world, opportunity, stage, at_ms));
    found.into_iter().map(|remark| Violation { remark }).collect()
}

/// The stage's own conditions; what is not known does not hold.
fn entry(world: &World, opportunity: &Opportunity, stage: &Stage, at_ms: i64) -> Vec<Remark> {
    let mut found = Vec::new();
    for condition in &stage.entry.all {
        let one = crate::rules::Conditions { all: vec![condition.clone()], unreadable: None };
        let held = holds(world, opportunity, &one, at_ms, &|| gate(world, opportunity, at_ms).passes);
        if held.verdict != Verdict::Yes {
            found.extend(held.why);
        }
    }
    found
}

fn exit(world: &World, opportunity: &Opportunity, stage: &Stage, at_ms: i64) -> Vec<Remark> {
    let mut found = Vec::new();
    if opportunity.exit_reason.is_empty() {
        found.push(EXIT_WITHOUT_REASON.say());
    }
    if &*stage.key == "nurture" {
        let today = local_day(policy_zone(&world.rules.policy), at_ms);
        match opportunity.return_on {
            None => found.push(NURTURE_WITHOUT_DAY.say()),
            Some(day) if day <= today => found.push(NURTURE_DAY_PAST.say()),
            Some(_) => {}
        }
    }
    found
}

/// Sales took it, or the gate was overridden, and it was not given back since.
fn is_let_through(world: &World, opportunity: &Opportunity) -> bool {
    let decisions = world.decisions_of(opportunity.key);
    let last = decisions
        .iter()
        .rev()
        .find(|one| matches!(one.kind, DecisionKind::Accept | DecisionKind::Override | DecisionKind::Return));
    last.is_some_and(|one| one.kind != DecisionKind::Return)
}
