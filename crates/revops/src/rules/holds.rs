//! Whether conditions hold for an opportunity, and why.

use tandem_context::Remark;

use super::compare::Compared;
use super::conditions::{Condition, Conditions};
use super::happened::{Counted, Happened};
use super::sentences::*;
use super::subject::Subject;
use super::timelines::Timelines;
use crate::{Verdict, World};

/// Whether conditions hold, and what was found for each.
#[derive(Debug, Clone)]
pub struct Holds {
    /// Yes where all hold; no where one does not; else unknown.
    pub verdict: Verdict,
    /// What was found, in words, condition by condition.
    pub why: Vec<Remark>,
}

/// Whether an opportunity passes the gate; none where that cannot be asked, because it is the gate that asks.
type Passes<'a> = Option<&'a dyn Fn() -> bool>;

/// Asks conditions of an opportunity at a moment. `passes` says whether it passes the gate, for those that ask that.
pub(crate) fn holds(subject: Subject<'_>, conditions: &Conditions, at_ms: i64, passes: &dyn Fn() -> bool) -> Holds {
    with_words(subject, conditions, at_ms, Some(passes))
}

/// The same for the gate's own conditions: one that asks for the gate would never come to an end, so nobody knows its answer.
pub(crate) fn holds_for_gate(subject: Subject<'_>, conditions: &Conditions, at_ms: i64) -> Holds {
    with_words(subject, conditions, at_ms, None)
}

/// The verdict of [`holds_for_gate`], without the words: for whoever asks it of a hundred thousand leads.
pub(crate) fn verdict_for_gate<'a>(
    timelines: &Timelines<'a>,
    subject: Subject<'_>,
    conditions: &'a Conditions,
    at_ms: i64,
) -> Verdict {
    let mut verdict = if conditions.unreadable.is_some() { Verdict::Unknown } else { Verdict::Yes };
    for condition in &conditions.all {
        let one = match timelines.happened(condition, subject.opportunity(), at_ms) {
            Some(happened) => happened.verdict(),
            None => found(subject, condition, at_ms, None).verdict(),
        };
        verdict = both(verdict, one);
        if verdict == Verdict::No {
            break;
        }
    }
    verdict
}

fn with_words(subject: Subject<'_>, conditions: &Conditions, at_ms: i64, passes: Passes<'_>) -> Holds {
    if let Some(error) = &conditions.unreadable {
        return Holds { verdict: Verdict::Unknown, why: vec![error.remark()] };
    }
    let found: Vec<_> = conditions.all.iter().map(|one| found(subject, one, at_ms, passes)).collect();
    Holds {
        verdict: found.iter().map(Finding::verdict).fold(Verdict::Yes, both),
        why: found.iter().map(|one| one.remark(subject.world)).collect(),
    }
}

/// Whether both hold.
fn both(one: Verdict, other: Verdict) -> Verdict {
    match (one, other) {
        (Verdict::No, _) | (_, Verdict::No) => Verdict::No,
        (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
        _ => Verdict::Yes,
    }
}

/// What was found for a condition.
enum Finding<'a> {
    Field(Compared<'a>),
    Activity(Happened<'a>),
    Gate { passes: Option<bool>, wanted: bool },
}

fn found<'a>(subject: Subject<'a>, condition: &'a Condition, at_ms: i64, passes: Passes<'_>) -> Finding<'a> {
    match condition {
        Condition::Field { field, op, value } => Finding::Field(Compared::of(subject, field, (*op, value))),
        Condition::Activity { activity, direction, within_days, at_least } => {
            let counted = Counted::new(activity, direction.as_deref(), *within_days, *at_least);
            Finding::Activity(Happened::to(subject.world, subject.opportunity(), counted, at_ms))
        }
        Condition::Gate { gate } => Finding::Gate { passes: passes.map(|passes| passes()), wanted: *gate },
    }
}

impl Finding<'_> {
    fn verdict(&self) -> Verdict {
        match self {
            Self::Field(compared) => compared.verdict,
            Self::Activity(happened) => happened.verdict(),
            Self::Gate { passes: None, .. } => Verdict::Unknown,
            Self::Gate { passes: Some(passes), wanted } if passes == wanted => Verdict::Yes,
            Self::Gate { .. } => Verdict::No,
        }
    }

    fn remark(&self, world: &World) -> Remark {
        match self {
            Self::Field(compared) => compared.remark(world),
            Self::Activity(happened) => happened.remark(),
            Self::Gate { passes: None, .. } => GATE_IN_GATE.say(),
            Self::Gate { passes: Some(true), .. } => GATE_PASSED.say(),
            Self::Gate { passes: Some(false), .. } => GATE_NOT_PASSED.say(),
        }
    }
}
