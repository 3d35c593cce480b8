//! Which criterion was wrong: it said yes, and sales gave the lead back or lost it.

use crate::facts::{DecisionKind, Key, Opportunity};
use crate::gate::Verdicts;
use crate::judged::{Moments, Outcome, moment_of_truth, outcome};
use crate::metrics::{Figure, Scope};
use crate::rules::{Criterion, Subject};
use crate::{Verdict, World};

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

/// A decided lead as it stood when it was decided whether sales gets it.
struct Judged<'a> {
    lead: Subject<'a>,
    outcome: Outcome,
    at_ms: i64,
}

/// Every criterion that is switched on, or only one of them, in the rules' order.
pub(super) fn criteria(scope: &Scope<'_>, leads: &[&Opportunity], only: Option<Key>) -> Vec<CriterionFeedback> {
    let world = scope.world;
    let asked: Vec<&Criterion> =
        world.rules.criteria.iter().filter(|one| only.is_none_or(|only| only == one.key)).collect();
    let decided: Vec<&Opportunity> =
        leads.iter().copied().filter(|lead| outcome(world, lead) != Outcome::Open).collect();
    let rules = asked.iter().filter_map(|criterion| criterion.rule.as_ref());
    let thens = (scope.then)(&Moments::new(world, &decided, rules, scope.now_ms));
    let judged = decided.into_iter().map(|lead| Judged {
        lead: Subject::then(world, lead, &thens),
        outcome: outcome(world, lead),
        at_ms: moment_of_truth(world, lead, scope.now_ms),
    });
    let judged: Vec<Judged<'_>> = judged.collect();
    let gate = Verdicts::new(world, &world.rules);
    asked.into_iter().map(|criterion| one((world, &gate), criterion, leads, &judged)).collect()
}

fn one<'a>(
    (world, gate): (&World, &Verdicts<'a>),
    criterion: &'a Criterion,
    leads: &[&Opportunity],
    decided: &[Judged<'_>],
) -> CriterionFeedback {
    let (mut said_yes, mut wrong) = (Vec::new(), Vec::new());
    for Judged { lead, outcome, at_ms } in decided {
        if gate.of(criterion, *lead, *at_ms) == Verdict::Yes {
            let key = lead.opportunity().key;
            said_yes.push(key);
            wrong.extend((*outcome == Outcome::Lost).then_some(key));
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
