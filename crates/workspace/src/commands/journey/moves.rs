//! Moves from stage to stage: what the rules say of them, and what is written when they are overridden.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{Edit, Remark, Value};
use tandem_revops::facts::{DecisionKind, Opportunity};
use tandem_revops::gate::{self, Rule};

use super::{Case, Decided, decide};
use crate::api::{ApiError, Linked, MoveCheck, Said, Violation, Violations};
use crate::engine::Engine;
use crate::sentences::{RULE_VIOLATED, RULES_VIOLATED, TOO_MANY_RECORDS};

/// Opportunities that are asked about at once.
const CHECKED_MAX: usize = 1_000;

/// An opportunity that comes to a stage with what is written together with it.
pub(crate) struct Moved {
    /// The opportunity.
    pub(crate) id: String,
    /// The stage.
    pub(crate) stage: String,
    /// Everything written to it, the stage included; `None` clears.
    pub(crate) values: BTreeMap<String, Option<Value>>,
}

/// A reason to override rules, and which: opportunity → names of rules; `None`: all that hold back.
#[derive(Clone, Copy)]
pub(crate) struct Overridden<'a> {
    pub(crate) why: &'a str,
    pub(crate) rules: Option<&'a BTreeMap<String, Vec<String>>>,
}

impl<'a> Overridden<'a> {
    /// Where a reason is given.
    pub(crate) fn of(why: Option<&'a str>, rules: Option<&'a BTreeMap<String, Vec<String>>>) -> Option<Self> {
        why.map(str::trim).filter(|why| !why.is_empty()).map(|why| Self { why, rules })
    }

    /// Whether the reason was given for every one of these rules.
    fn covers(&self, id: &str, held: &[gate::Violation]) -> bool {
        let Some(rules) = self.rules else { return true };
        let shown = rules.get(id).map(Vec::as_slice).unwrap_or_default();
        held.iter().all(|one| shown.contains(&one.rule.name()))
    }
}

/// Says what the rules have against moves. With a reason they are overridden: what is returned is written along and counts
/// them.
///
/// # Errors
/// `rule_violated` where a rule does not hold and there is no reason, or one that was not given for it.
pub(crate) fn check(
    engine: &mut Engine,
    moves: &[Moved],
    overridden: Option<Overridden<'_>>,
) -> Result<Vec<Edit>, ApiError> {
    let (mut held, mut edits) = (Vec::new(), Vec::new());
    for one in moves {
        let case = Case::of(engine, &one.id)?;
        edits.extend(follows(&case, one)?);
        let violations = violations(engine, &case, one)?;
        if violations.is_empty() {
            continue;
        }
        match overridden.filter(|overridden| overridden.covers(&one.id, &violations)) {
            Some(overridden) => edits.push(counted(engine, &case, (one, overridden.why), &violations)?),
            None => held.push((case, one, violations)),
        }
    }
    match held.as_slice() {
        [] => Ok(edits),
        [(case, one, violations)] => Err(refusal(case, &one.stage, violations)?),
        several => Err(ApiError::said("rule_violated", &RULES_VIOLATED.say().number("count", several.len()))),
    }
}

/// The record that counts an override.
fn counted(
    engine: &mut Engine,
    case: &Case,
    (one, why): (&Moved, &str),
    violations: &[gate::Violation],
) -> Result<Edit, ApiError> {
    let score = gate::gate(&case.world, case.opportunity()?, case.now_ms).score;
    let decided = Decided {
        stage: Some(&one.stage),
        evidence: Some(why),
        rules: &sorts(violations),
        score: Some(score),
        ..Decided::default()
    };
    Ok(decide(engine, case, DecisionKind::Override, &decided))
}

/// The sorts of some rules, each once.
pub(super) fn sorts(violations: &[gate::Violation]) -> Vec<&'static str> {
    let mut sorts: Vec<&'static str> = violations.iter().map(|one| one.rule.sort()).collect();
    sorts.sort_unstable();
    sorts.dedup();
    sorts
}

/// Counts the leads that come past the gate by moves that nobody can be asked about, such as those of an import.
pub(crate) fn count_overridden(engine: &mut Engine, moves: &[Moved], why: &str) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    for one in moves {
        let case = Case::of(engine, &one.id)?;
        let mut held = violations(engine, &case, one)?;
        held.retain(|one| one.rule == Rule::Gate);
        if !held.is_empty() {
            edits.push(counted(engine, &case, (one, why), &held)?);
        }
    }
    Ok(edits)
}

/// What follows from a move: what is decided has its day, and a renewal that is won renews its customer.
fn follows(case: &Case, one: &Moved) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    if !matches!(one.stage.as_str(), "won" | "lost") {
        return Ok(edits);
    }
    let today = super::customers::today(case);
    let planned = case.opportunity()?.close_date;
    // Whatever day it was expected on: numbers count the day it was decided.
    if !one.values.contains_key("close_date") && planned.is_none_or(|day| day > today) {
        edits.push(case.set("close_date", Some(Value::Text(today.to_string()))));
    }
    if one.stage == "won" {
        edits.extend(super::customers::renewed(case)?);
    }
    Ok(edits)
}

/// That rules hold an opportunity back from a stage.
pub(super) fn refusal(case: &Case, stage: &str, violations: &[gate::Violation]) -> Result<ApiError, ApiError> {
    let why: Vec<String> = words(violations).map(ToString::to_string).collect();
    let remark = RULE_VIOLATED.of(&case.opportunity()?.name).text("stage", stage).list("why", why);
    Ok(ApiError::said("rule_violated", &remark))
}

pub(super) fn words(violations: &[gate::Violation]) -> impl Iterator<Item = &Remark> {
    violations.iter().flat_map(|one| &one.why)
}

fn violations(engine: &Engine, case: &Case, one: &Moved) -> Result<Vec<gate::Violation>, ApiError> {
    let would_be = would_be(engine, case, &one.values)?;
    Ok(gate::violations(&case.world, &would_be, &one.stage, case.now_ms))
}

/// The opportunity with what is about to be written, but still where it stands.
fn would_be(engine: &Engine, case: &Case, values: &BTreeMap<String, Option<Value>>) -> Result<Opportunity, ApiError> {
    let present = case.opportunity()?;
    let row = crate::queries::row(engine.store.reader(), engine.schema(), &case.id)?;
    let mut all = row.values;
    for (field, value) in values.iter().filter(|(field, _)| *field != "stage") {
        match value {
            Some(value) => _ = all.insert(field.clone(), value.clone()),
            None => _ = all.remove(field),
        }
    }
    Ok(crate::world::opportunity_with(&case.world, engine.schema(), present, &all))
}

/// What speaks against moving opportunities to a stage.
pub(crate) fn violations_of(engine: &mut Engine, asked: &MoveCheck) -> Result<Violations, ApiError> {
    if asked.ids.len() > CHECKED_MAX {
        return Err(ApiError::said("too_many", &TOO_MANY_RECORDS.say().number("most", CHECKED_MAX)));
    }
    let known = crate::commands::known_field(engine.schema(), "opportunity", "stage")?;
    let stage = Value::from_json(known, &Json::from(asked.stage.as_str()))?;
    let stage = stage.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned();
    let mut records = Vec::new();
    for id in &asked.ids {
        let case = Case::of(engine, id)?;
        let mut values = BTreeMap::new();
        for (name, json) in &asked.fields {
            let field = crate::commands::known_field(engine.schema(), "opportunity", name)?;
            values.insert(name.clone(), Value::from_json(field, json)?);
        }
        let one = Moved { id: id.clone(), stage: stage.clone(), values };
        let held = violations(engine, &case, &one)?;
        if !held.is_empty() {
            let record = Linked { id: id.clone(), title: case.opportunity()?.name.to_string() };
            let rules = held.iter().map(|one| one.rule.name()).collect();
            records.push(Violation { record, rules, why: words(&held).map(Said::from).collect() });
        }
    }
    Ok(Violations { records })
}
