//! Rules: what is asked of stages before they are written, and drafts of several written together.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{ContextError, DefaultStage, Edit, Schema, Stage, Value};

use super::checked::check_rules;
use super::edit::{kinds, set_field, values};
use super::fields::name_of;
use crate::api::{ApiError, DraftRule, SwitchOn};
use crate::engine::{Committed, Engine};
use crate::queries;
use crate::sentences::{STAGE_FIXED, STAGE_SET_ASIDE};

/// What is left free between the places of two stages.
const RANK_STEP: i64 = 100;

/// What a new stage lacks that follows from the rest: what opportunities will hold, its team, its place at the end of its phase.
pub(super) fn complete_stage(schema: &Schema, values: &mut BTreeMap<String, Value>) {
    let text = |field: &str| values.get(field).and_then(Value::as_text).unwrap_or_default().to_owned();
    let (name, phase) = (text("name"), text("phase"));
    if text("key").is_empty() && !name.is_empty() {
        let key = name_of(&name);
        let is_free = |key: &String| schema.stage(key).is_none();
        let numbered = (2_u32..).map(|n| format!("{key}_{n}"));
        let key = std::iter::once(key.clone()).chain(numbered).find(is_free).unwrap_or(key);
        values.insert("key".to_owned(), Value::Text(key));
    }
    let peers = schema.stages().iter().filter(|stage| stage.phase.name() == phase);
    let last = peers.filter_map(|stage| stage.rank).max().unwrap_or(0);
    values.entry("rank".to_owned()).or_insert(Value::Integer(last.saturating_add(RANK_STEP)));
    if matches!(phase.as_str(), "marketing" | "sales" | "service") {
        values.entry("team".to_owned()).or_insert(Value::Text(phase));
    }
}

/// A stage that the process counts on stays in its phase and in use.
pub(super) fn check_stages(schema: &Schema, ids: &[String], fields: &BTreeMap<String, Json>) -> Result<(), ApiError> {
    let moved = |stage: &Stage| {
        fields.get("phase").is_some_and(|phase| phase.as_str() != Some(stage.phase.name()))
            || fields.get("key").is_some_and(|key| key.as_str() != Some(&stage.key))
    };
    refuse_fixed(schema, ids, &moved)
}

/// As [`check_stages`], of stages that are about to be set aside.
pub(super) fn check_set_aside(schema: &Schema, ids: &[String]) -> Result<(), ApiError> {
    refuse_fixed(schema, ids, &|_| true)
}

fn refuse_fixed(schema: &Schema, ids: &[String], changes: &dyn Fn(&Stage) -> bool) -> Result<(), ApiError> {
    let fixed = |stage: &&Stage| stage.default_stage().is_some_and(DefaultStage::is_counted_on);
    let named = schema.stages().iter().filter(fixed).find(|stage| ids.contains(&stage.id) && changes(stage));
    match named {
        Some(stage) => Err(ApiError::said("not_possible", &STAGE_FIXED.say().stage(&stage.name, &stage.key))),
        None => Ok(()),
    }
}

/// Nothing comes to a stage that was set aside.
pub(super) fn check_in_use(schema: &Schema, stage: &str) -> Result<(), ApiError> {
    match schema.stage(stage) {
        Some(stage) if stage.set_aside => {
            let mut error = ApiError::said("invalid_value", &STAGE_SET_ASIDE.say().stage(&stage.name, &stage.key));
            error.field = Some("stage".to_owned());
            Err(error)
        }
        _ => Ok(()),
    }
}

/// Writes drafted rules, all as one action.
pub(crate) fn switch_on(engine: &mut Engine, asked: &SwitchOn) -> Result<Committed, ApiError> {
    let ids: Vec<String> = asked.drafts.iter().filter_map(|draft| draft.id.clone()).collect();
    let known: BTreeMap<String, String> = kinds(engine, &ids)?.into_iter().collect();
    let mut edits = Vec::new();
    for draft in &asked.drafts {
        if !engine.schema().kind(&draft.kind).is_some_and(|kind| kind.is_rule()) {
            return Err(ContextError::UnknownKind(draft.kind.clone()).into());
        }
        match &draft.id {
            Some(id) if known.get(id) != Some(&draft.kind) => return Err(queries::not_found(id)),
            Some(id) => edits.extend(changed(engine, draft, id)?),
            None if draft.archived => {}
            None => {
                let values = values(engine, &draft.kind, &draft.fields)?;
                let id = engine.environment.new_id();
                edits.push(Edit::Create { kind: draft.kind.clone(), id, values });
            }
        }
    }
    check_rules(engine, &edits)?;
    let note = engine.note("set", asked.reason.as_deref());
    engine.act(&edits, note)
}

fn changed(engine: &Engine, draft: &DraftRule, id: &str) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    if draft.kind == "stage" {
        let ids = [id.to_owned()];
        check_stages(engine.schema(), &ids, &draft.fields)?;
        if draft.archived {
            check_set_aside(engine.schema(), &ids)?;
        }
    }
    for (name, json) in &draft.fields {
        edits.extend(set_field(engine, &draft.kind, id, name, json)?);
    }
    if draft.archived {
        edits.push(Edit::Archive { kind: draft.kind.clone(), id: id.to_owned(), archived: true });
    }
    Ok(edits)
}
