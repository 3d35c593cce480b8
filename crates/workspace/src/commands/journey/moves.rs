//! Moves from stage to stage: what the rules say of them, and what is written when they are overridden.

use std::collections::BTreeMap;

use tandem_context::{Edit, Remark, Value};
use tandem_revops::facts::{DecisionKind, Opportunity};
use tandem_revops::gate;

use super::{Case, Decided, decide};
use crate::api::{ApiError, Linked, MoveCheck, Said, Violation, Violations};
use crate::engine::Engine;
use crate::sentences::{RULE_VIOLATED, RULES_VIOLATED};

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

/// Says what the rules have against moves. With a reason they are overridden: what is returned is written along and counts
/// them.
///
/// # Errors
/// `rule_violated` where a rule does not hold and there is no reason.
pub(crate) fn check(engine: &mut Engine, moves: &[Moved], why: Option<&str>) -> Result<Vec<Edit>, ApiError> {
    let (mut held, mut along) = (Vec::new(), Vec::new());
    for one in moves {
        let case = Case::of(engine, &one.id)?;
        along.extend(follows(&case, one)?);
        let violations = violations(engine, &case, one)?;
        if !violations.is_empty() {
            held.push((case, one, violations));
        }
    }
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    match (why, held.as_slice()) {
        (_, []) => Ok(along),
        (None, [(case, one, violations)]) => Err(refusal(case, one, violations)?),
        (None, several) => Err(ApiError::said("rule_violated", &RULES_VIOLATED.say().number("count", several.len()))),
        (Some(why), _) => {
            let mut edits = along;
            for (case, one, _) in &held {
                let score = gate::gate(&case.world, case.opportunity()?, case.now_ms).score;
                let decided =
                    Decided { stage: Some(&one.stage), evidence: Some(why), score: Some(score), ..Decided::default() };
                edits.push(decide(engine, case, DecisionKind::Override, &decided));
            }
            Ok(edits)
        }
    }
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

fn refusal(case: &Case, one: &Moved, violations: &[Remark]) -> Result<ApiError, ApiError> {
    let why: Vec<String> = violations.iter().map(ToString::to_string).collect();
    let remark = RULE_VIOLATED.of(&case.opportunity()?.name).text("stage", &one.stage).list("why", why);
    Ok(ApiError::said("rule_violated", &remark))
}

fn violations(engine: &Engine, case: &Case, one: &Moved) -> Result<Vec<Remark>, ApiError> {
    let would_be = would_be(engine, case, &one.values)?;
    let found = gate::violations(&case.world, &would_be, &one.stage, case.now_ms);
    Ok(found.into_iter().map(|violation| violation.remark).collect())
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
    let mut records = Vec::new();
    for id in asked.ids.iter().take(CHECKED_MAX) {
        let case = Case::of(engine, id)?;
        let mut values = BTreeMap::new();
        for (name, json) in &asked.fields {
            let field = crate::commands::known_field(engine.schema(), "opportunity", name)?;
            values.insert(name.clone(), Value::from_json(field, json)?);
        }
        let one = Moved { id: id.clone(), stage: asked.stage.clone(), values };
        let why: Vec<Said> = violations(engine, &case, &one)?.iter().map(Said::from).collect();
        if !why.is_empty() {
            let record = Linked { id: id.clone(), title: case.opportunity()?.name.to_string() };
            records.push(Violation { record, why });
        }
    }
    Ok(Violations { records })
}
