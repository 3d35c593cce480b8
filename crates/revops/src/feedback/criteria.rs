//! Which criterion was wrong: it said yes, and sales gave the lead back or lost it.

use crate::Verdict;
use crate::backtest::{Outcome, moment_of_truth, outcome};
use crate::facts::{DecisionKind, Key, Opportunity};
use crate::gate::Verdicts;
use crate::metrics::{Figure, Scope};
use crate::rules::Criterion;

/// How often a criterion was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionFeedback {
    /// The criterion.
    pub criterion: Key,
    /// Decided leads (won, lost, or given back and not taken again) on which it said yes when they were handed to sales.
    pub said_yes: Figure,
    /// Of those, lost or given back.
    pub wrong: Figure,
    /// Leads that were given back because it was not true.
    pub contradicted: Figure,
}

impl CriterionFeedback {
    /// Its numbers.
    pub fn figures(&self) -> [&Figure; 3] {
        [&self.said_yes, &self.wrong, &self.contradicted]
    }
}

/// Every criterion that is switched on, or only one of them, in the rules' order.
pub(super) fn criteria(scope: &Scope<'_>, leads: &[&Opportunity], only: Option<Key>) -> Vec<CriterionFeedback> {
    let world = scope.world;
    let decided: Vec<(&Opportunity, Outcome, i64)> = leads
        .iter()
        .map(|lead| (*lead, outcome(world, lead), moment_of_truth(world, lead, scope.now_ms)))
        .filter(|(_, outcome, _)| *outcome != Outcome::Open)
        .collect();
    let asked = world.rules.criteria.iter().filter(|one| only.is_none_or(|only| only == one.key));
    let gate = Verdicts::new(world, &world.rules);
    asked.map(|criterion| one((scope, &gate), criterion, leads, &decided)).collect()
}

fn one<'a>(
    (scope, gate): (&Scope<'_>, &Verdicts<'a>),
    criterion: &'a Criterion,
    leads: &[&Opportunity],
    decided: &[(&Opportunity, Outcome, i64)],
) -> CriterionFeedback {
    let world = scope.world;
    let (mut said_yes, mut wrong) = (Vec::new(), Vec::new());
    for (lead, outcome, at_ms) in decided {
        if gate.of(criterion, lead, *at_ms) == Verdict::Yes {
            said_yes.push(lead.key);
            wrong.extend((*outcome == Outcome::Lost).then_some(lead.key));
        }
    }
    let contradicts = |lead: &&&Opportunity| {
        let mut decisions = world.decisions.of(lead.key);
        decisions.any(|one| one.kind == DecisionKind::Return && one.criterion == Some(criterion.key))
    };
    let contradicted = leads.iter().filter(contradicts).map(|lead| lead.key).collect();
    let id = world.id(criterion.key);
    let named = |what: &str, records| Figure::new(format!("feedback/criterion/{id}/{what}"), records);
    CriterionFeedback {
        criterion: criterion.key,
        said_yes: named("said_yes", said_yes),
        wrong: named("wrong", wrong),
        contradicted: named("contradicted", contradicted),
    }
}
