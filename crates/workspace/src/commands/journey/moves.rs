//! Moves from stage to stage: what the rules say of them, and what is written when they are overridden.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{Edit, Remark, Sentence, Value};
use tandem_revops::facts::{DecisionKind, Opportunity};
use tandem_revops::gate::{self, Rule};
use tandem_revops::rules::Phase;

use super::{Case, Decided, decide};
use crate::api::{ApiError, Linked, MoveCheck, Said, Violation, Violations};
use crate::engine::Engine;
use crate::journey::parse_day;
use crate::sentences::{NEW_HELD_BACK, RULE_VIOLATED, RULES_VIOLATED};

/// Opportunities that are told in words what speaks against their move: nobody reads more before giving a reason.
const WORDS_MAX: usize = 100;

/// Where a lead begins.
pub(crate) const FIRST_STAGE: &str = "new";

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
        edits.extend(follows(engine, &case, one)?);
        let violations = violations(engine, &case, one)?;
        if violations.is_empty() {
            continue;
        }
        match overridden.filter(|overridden| overridden.covers(&one.id, &violations)) {
            Some(overridden) => {
                edits.push(counted(engine, &case, case.opportunity()?, (&one.stage, overridden.why), &violations));
            }
            None => held.push((case, one, violations)),
        }
    }
    match held.as_slice() {
        [] => Ok(edits),
        [(case, one, violations)] => Err(refusal(case, &one.stage, violations)?),
        several => Err(ApiError::said("rule_violated", &RULES_VIOLATED.say().number("count", several.len()))),
    }
}

/// Says what the rules have against an opportunity that is made in a stage further on. With a reason they are overridden: what is
/// returned is written along and counts that.
///
/// # Errors
/// `rule_violated` where a rule does not hold and there is no reason.
pub(crate) fn check_new(
    engine: &mut Engine,
    (id, values): (&str, &BTreeMap<String, Value>),
    why: Option<&str>,
) -> Result<Option<Edit>, ApiError> {
    let stage = values.get("stage").and_then(Value::as_text).unwrap_or(FIRST_STAGE).to_owned();
    if stage == FIRST_STAGE {
        return Ok(None);
    }
    let case = Case::new(engine, id)?;
    let mut values = values.clone();
    values.insert("stage".to_owned(), Value::text(FIRST_STAGE));
    let would_be = crate::world::new_opportunity(&case.world, engine.schema(), (id, case.now_ms), &values);
    let violations = gate::violations_at_birth(&case.world, &would_be, &stage, case.now_ms);
    if violations.is_empty() {
        return Ok(None);
    }
    match Overridden::of(why, None) {
        Some(Overridden { why, .. }) => Ok(Some(counted(engine, &case, &would_be, (&stage, why), &violations))),
        None => Err(held_back(&case, NEW_HELD_BACK, &would_be.name, &stage, &violations)),
    }
}

/// The record that counts an override.
pub(super) fn counted(
    engine: &mut Engine,
    case: &Case,
    opportunity: &Opportunity,
    (stage, why): (&str, &str),
    violations: &[gate::Violation],
) -> Edit {
    let decided = Decided {
        stage: Some(stage),
        evidence: Some(why),
        rules: &sorts(violations),
        score: Some(gate::gate(&case.world, opportunity, case.now_ms).score),
        ..Decided::default()
    };
    decide(engine, case, DecisionKind::Override, &decided)
}

/// The sorts of some rules, each once.
pub(super) fn sorts(violations: &[gate::Violation]) -> Vec<&'static str> {
    let mut sorts: Vec<&'static str> = violations.iter().map(|one| one.rule.sort()).collect();
    sorts.sort_unstable();
    sorts.dedup();
    sorts
}

/// What is written along with moves that nobody can be asked about, such as those of an import: what follows from them, and for
/// the leads that come past the gate that they do.
pub(crate) fn unasked(engine: &mut Engine, moves: &[Moved], why: &str) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    for one in moves {
        let case = Case::of(engine, &one.id)?;
        edits.extend(follows(engine, &case, one)?);
        let mut held = violations(engine, &case, one)?;
        held.retain(|one| one.rule == Rule::Gate);
        if !held.is_empty() {
            edits.push(counted(engine, &case, case.opportunity()?, (&one.stage, why), &held));
        }
    }
    Ok(edits)
}

/// What follows from a move to another stage, beside what is written with it:
/// what had left has no reason for that any more, and needs one of its own to leave otherwise; an offer ends as the lead leaves marketing, and who was offered it has
/// it as it comes to sales; what is decided, also by a stage of service's, has its day; a renewal that is won renews its customer; an onboarding has its tasks.
fn follows(engine: &mut Engine, case: &Case, one: &Moved) -> Result<Vec<Edit>, ApiError> {
    let opportunity = case.opportunity()?;
    let (from, to) = (case.world.rules.phase(&opportunity.stage), case.world.rules.phase(&one.stage));
    let mut edits = Vec::new();
    if *opportunity.stage == *one.stage {
        return Ok(edits);
    }
    let mut set = |field: &str, value: Option<Value>| {
        if !one.values.contains_key(field) {
            edits.push(case.set(field, value));
        }
    };
    if from == Phase::Exit {
        LEAVING.iter().for_each(|field| set(field, None));
    }
    if from != Phase::Marketing || to != Phase::Marketing {
        set("offered_to", None);
        set("offered_at", None);
    }
    let taker = case.world.offered_to(opportunity).filter(|_| to == Phase::Sales && one.stage != "won");
    let taker = taker.filter(|member| case.world.active(*member).is_some() && !one.values.contains_key("owner"));
    let taker = taker.map(|member| case.world.id(member).to_owned());
    if let Some(member) = &taker {
        set("owner", Some(Value::text(member)));
    }
    let rules = &case.world.rules;
    let wins = rules.is_won(&one.stage) && !rules.is_won(&opportunity.stage);
    let today = super::customers::today(case);
    if wins || one.stage == "lost" {
        // Whatever day it was expected on: numbers count the day it was decided.
        set("close_date", Some(Value::Text(today.to_string())));
    }
    if let Some(member) = &taker {
        let decided = Decided { member: Some(member), ..Decided::default() };
        edits.push(decide(engine, case, DecisionKind::Accept, &decided));
    }
    if wins {
        edits.extend(super::customers::renewed(case)?);
    }
    if one.stage == "onboarding" {
        let day = one.values.get("close_date").and_then(|value| parse_day(value.as_ref()?.as_text()?).ok());
        let won_on = day.or(opportunity.close_date.filter(|_| !wins)).unwrap_or(today);
        let begun = super::customers::begun(engine, case, won_on)?;
        let is_given = |edit: &Edit| matches!(edit, Edit::Set { field, .. } if one.values.contains_key(field));
        edits.extend(begun.into_iter().filter(|edit| !is_given(edit)));
    }
    Ok(edits)
}

/// Why something left, and until when it rests.
pub(super) const LEAVING: [&str; 3] = ["exit_reason", "exit_note", "return_on"];

/// That rules hold an opportunity back from a stage.
pub(super) fn refusal(case: &Case, stage: &str, violations: &[gate::Violation]) -> Result<ApiError, ApiError> {
    Ok(held_back(case, RULE_VIOLATED, &case.opportunity()?.name, stage, violations))
}

fn held_back(case: &Case, sentence: Sentence, name: &str, stage: &str, violations: &[gate::Violation]) -> ApiError {
    let stage_name = case.world.rules.stage_name(stage);
    let remark = sentence.of(name).stage(stage_name, stage).remarks("why", words(violations).cloned());
    ApiError::said("rule_violated", &remark)
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
    if case.world.rules.phase(&present.stage) == Phase::Exit {
        // Why and until when it left says nothing of where it goes now.
        LEAVING.iter().for_each(|field| _ = all.remove(*field));
    }
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
    super::super::edit::check_count(&asked.ids)?;
    let known = crate::commands::known_field(engine.schema(), "opportunity", "stage")?;
    let stage = Value::from_json(known, &Json::from(asked.stage.as_str()))?;
    let stage = stage.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned();
    let mut values = BTreeMap::new();
    for (name, json) in &asked.fields {
        let field = crate::commands::known_field(engine.schema(), "opportunity", name)?;
        values.insert(name.clone(), Value::from_json(field, json)?);
    }
    let mut records = Vec::new();
    for id in &asked.ids {
        let case = Case::of(engine, id)?;
        let one = Moved { id: id.clone(), stage: stage.clone(), values: values.clone() };
        let held = violations(engine, &case, &one)?;
        if !held.is_empty() {
            let record = Linked { id: id.clone(), title: case.opportunity()?.name.to_string() };
            let rules = held.iter().map(|one| one.rule.name()).collect();
            let told = if records.len() < WORDS_MAX { words(&held).map(Said::from).collect() } else { Vec::new() };
            records.push(Violation { record, rules, why: told });
        }
    }
    Ok(Violations { records })
}
