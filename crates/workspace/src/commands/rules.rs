//! Rules: what is asked of each before it is written, and drafts of several written together.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{ContextError, Edit};
use tandem_revops::calendar::{Region, parse_hours};
use tandem_revops::rules::Conditions;

use super::edit::{kinds, set_field, values};
use crate::api::{ApiError, DraftRule, SwitchOn};
use crate::engine::{Committed, Engine};
use crate::queries;

/// A rule's conditions and times must be such that they can be read.
pub(super) fn check(kind: &str, name: &str, json: &Json) -> Result<(), ApiError> {
    let Some(text) = json.as_str() else { return Ok(()) };
    let about = |error: ApiError| ApiError { field: Some(name.to_owned()), ..error };
    match (kind, name) {
        ("stage", "entry") | ("criterion", "rule") | ("routing_rule", "when") => Conditions::written(text)
            .map(drop)
            .map_err(|error| about(ApiError::said("invalid_conditions", &error.remark()))),
        ("policy" | "member", "working_hours") if !text.trim().is_empty() => {
            parse_hours(text).map(drop).map_err(|error| about(ApiError::new("invalid_hours", error.to_string())))
        }
        ("policy" | "member", "holiday_region") => {
            Region::parse(text).map(drop).map_err(|error| about(ApiError::new("invalid_region", error.to_string())))
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
    let note = engine.note("set", asked.reason.as_deref());
    engine.act(&edits, note)
}

fn changed(engine: &Engine, draft: &DraftRule, id: &str) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    for (name, json) in &draft.fields {
        check(&draft.kind, name, json)?;
        edits.extend(set_field(engine, &draft.kind, id, name, json)?);
    }
    if draft.archived {
        edits.push(Edit::Archive { kind: draft.kind.clone(), id: id.to_owned(), archived: true });
    }
    Ok(edits)
}
