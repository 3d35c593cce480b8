//! What must be true to enter a stage.
//!
//! Whatever comes into sales' hands passes the gate, wherever it comes from: marketing, an exit, a stage nobody knows. It is
//! asked once: what was offered, taken, or let through with a reason is not asked again until sales no longer has it. So a lead
//! that rested in nurture for a year passes the gate anew.

use tandem_context::Remark;

use super::gate;
use super::sentences::*;
use crate::calendar::{local_day, policy_zone};
use crate::facts::{Decision, DecisionKind, Opportunity};
use crate::rules::{Condition, Conditions, Phase, Stage, Subject, holds};
use crate::{Verdict, World};

/// A rule that can be overridden with a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The gate between marketing and sales.
    Gate,
    /// Leaving the process needs a reason.
    ExitReason,
    /// Nurture needs the day on which it comes back.
    ReturnDay,
    /// A condition of the stage, as its JSON.
    Entry(String),
}

impl Rule {
    /// Which rule it is among those of one move: what was shown of it is what may be overridden. Stable.
    pub fn name(&self) -> String {
        match self {
            Self::Entry(condition) => format!("{} {condition}", self.sort()),
            _ => self.sort().to_owned(),
        }
    }

    /// Its sort, as a decision keeps it: `gate`, `exit_reason`, `return_day`, `entry`.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Gate => GATE,
            Self::ExitReason => "exit_reason",
            Self::ReturnDay => "return_day",
            Self::Entry(_) => "entry",
        }
    }
}

/// The gate among the sorts of rules.
pub(crate) const GATE: &str = "gate";

/// A rule that speaks against a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// In words.
    pub why: Vec<Remark>,
}

/// What the rules have against moving an opportunity to a stage. `opportunity` stands where it is, with the values it would
/// have. A move back within a phase is always allowed, and so is one to a stage that is not known.
pub fn violations(world: &World, opportunity: &Opportunity, to: &str, at_ms: i64) -> Vec<Violation> {
    let rules = &world.rules;
    let Some(stage) = rules.stage(to) else { return Vec::new() };
    let is_back = rules.phase(&opportunity.stage) == stage.phase && rules.place(to) <= rules.place(&opportunity.stage);
    if is_back && stage.phase != Phase::Exit {
        return Vec::new();
    }
    let mut found = Vec::new();
    if stage.phase == Phase::Exit {
        found.extend(exit(world, opportunity, stage, at_ms));
    } else if comes_to_sales(world, opportunity, stage) && !is_let_through(world, opportunity) {
        found.extend(held_by_gate(world, opportunity, at_ms));
    }
    found.extend(entry(world, opportunity, stage, at_ms));
    found
}

/// What the rules have against an opportunity that is made in a stage: it comes there from where leads begin, so `opportunity`
/// stands there. What a customer buys further is no lead, and is not asked the gate.
pub fn violations_at_birth(world: &World, opportunity: &Opportunity, to: &str, at_ms: i64) -> Vec<Violation> {
    let mut found = violations(world, opportunity, to, at_ms);
    if is_of_customer(world, opportunity) {
        found.retain(|one| one.rule != Rule::Gate);
    }
    found
}

/// Whether it is a renewal or more for a customer: it follows from a purchase of the same account that was won.
fn is_of_customer(world: &World, opportunity: &Opportunity) -> bool {
    if !matches!(&*opportunity.purchase, "renewal" | "upsell") {
        return false;
    }
    let parent = opportunity.parent.and_then(|key| world.opportunities.get(key));
    let parent = parent.filter(|parent| parent.account == opportunity.account);
    let stage = parent.and_then(|parent| world.rules.stage(&parent.stage));
    stage.is_some_and(|stage| &*stage.key == "won" || &*stage.team == "service")
}

/// What a stage itself asks of an opportunity that comes there.
pub fn entry(world: &World, opportunity: &Opportunity, stage: &Stage, at_ms: i64) -> Vec<Violation> {
    let held = |conditions: &Conditions| {
        let held =
            holds(Subject::now(world, opportunity), conditions, at_ms, &|| gate(world, opportunity, at_ms).passes);
        (held.verdict != Verdict::Yes).then_some(held.why)
    };
    if stage.entry.unreadable.is_some() {
        let rule = Rule::Entry(String::new());
        return held(&stage.entry).into_iter().map(|why| Violation { rule: rule.clone(), why }).collect();
    }
    let against = |condition: &Condition| {
        let why = held(&Conditions { all: vec![condition.clone()], unreadable: None })?;
        Some(Violation { rule: Rule::Entry(serde_json::to_string(condition).unwrap_or_default()), why })
    };
    stage.entry.all.iter().filter_map(against).collect()
}

/// Whether a move takes a lead into sales' hands, or past them into service's. What sales or service has moves among them, and
/// a customer who had left may be service's again.
fn comes_to_sales(world: &World, opportunity: &Opportunity, stage: &Stage) -> bool {
    let rules = &world.rules;
    let was_customer = || rules.stage(&opportunity.stage).is_some_and(|from| &*from.team == "service");
    match (rules.phase(&opportunity.stage), stage.phase) {
        (Phase::Marketing, Phase::Sales | Phase::Service) | (Phase::Exit, Phase::Sales) => true,
        (Phase::Exit, Phase::Service) => !was_customer(),
        _ => false,
    }
}

fn held_by_gate(world: &World, opportunity: &Opportunity, at_ms: i64) -> Option<Violation> {
    let gate = gate(world, opportunity, at_ms);
    if gate.passes {
        return None;
    }
    let say = NOT_PASSED.say().number("score", gate.score as usize);
    let mut why = vec![say.number("confidence", gate.confidence as usize)];
    why.extend(gate.missing);
    Some(Violation { rule: Rule::Gate, why })
}

fn exit(world: &World, opportunity: &Opportunity, stage: &Stage, at_ms: i64) -> Vec<Violation> {
    let mut found = Vec::new();
    if opportunity.exit_reason.is_empty() {
        found.push(Violation { rule: Rule::ExitReason, why: vec![EXIT_WITHOUT_REASON.say()] });
    }
    if &*stage.key == "nurture" {
        let today = local_day(policy_zone(&world.rules.policy), at_ms);
        let why = match opportunity.return_on {
            None => Some(NURTURE_WITHOUT_DAY),
            Some(day) if day <= today => Some(NURTURE_DAY_PAST),
            Some(_) => None,
        };
        found.extend(why.map(|why| Violation { rule: Rule::ReturnDay, why: vec![why.say()] }));
    }
    found
}

/// Whether a lead passed the gate on record and has not left sales' hands since: it was offered, taken, or the gate was
/// overridden for it. An override of another rule opens no gate.
pub fn is_let_through(world: &World, opportunity: &Opportunity) -> bool {
    let decisions = world.decisions_of(opportunity.key);
    let last = |is: &dyn Fn(&Decision) -> bool| decisions.iter().rfind(|one| is(one)).map(|one| one.at_ms);
    let passed = last(&|one| match one.kind {
        DecisionKind::Offer | DecisionKind::Accept => true,
        DecisionKind::Override => one.rules.iter().any(|rule| &**rule == GATE),
        DecisionKind::Return | DecisionKind::Withdraw | DecisionKind::Claim => false,
    });
    let ended = last(&|one| matches!(one.kind, DecisionKind::Return | DecisionKind::Withdraw));
    let left = left_ms(world, opportunity);
    passed.is_some_and(|passed| ended.is_none_or(|at| passed > at) && left.is_none_or(|at| passed > at))
}

/// When an opportunity last left: to an exit, or from sales or service back to marketing.
fn left_ms(world: &World, opportunity: &Opportunity) -> Option<i64> {
    let phase = |stage: &str| world.rules.phase(stage);
    let steps = opportunity.moves.iter().zip(opportunity.moves.iter().skip(1));
    let leaves = steps.filter(|(before, step)| match phase(&step.stage) {
        Phase::Exit => true,
        Phase::Marketing => matches!(phase(&before.stage), Phase::Sales | Phase::Service),
        Phase::Sales | Phase::Service => false,
    });
    leaves.map(|(_, step)| step.at_ms).max()
}
