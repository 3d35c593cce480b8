//! What is asked before something is written that the rules are made of, or that they hold back.

use std::collections::BTreeMap;

use tandem_context::{Edit, Schema, Value};
use tandem_revops::rules::check;

use crate::api::ApiError;
use crate::commands::journey::{self, Moved};
use crate::engine::Engine;
use crate::queries;

/// A rule's conditions, times and numbers must be such that they can be read.
///
/// # Errors
/// What `tandem_revops::rules::check` says of the first that cannot, about its field.
pub(super) fn check_rules(engine: &Engine, edits: &[Edit]) -> Result<(), ApiError> {
    let schema = engine.schema();
    for edit in edits {
        match edit {
            Edit::Create { kind, values, .. } => check_record(schema, kind, values, &BTreeMap::new())?,
            Edit::Set { kind, id, field, value: Some(value) } => {
                let beside = beside(engine, edits, (kind, id))?;
                check_record(schema, kind, &BTreeMap::from([(field.clone(), value.clone())]), &beside)?;
            }
            Edit::Add { kind, field, element, .. } => {
                let values = BTreeMap::from([(field.clone(), Value::set([element.as_str()]))]);
                check_record(schema, kind, &values, &BTreeMap::new())?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Rules as somebody would draft them are checked in the same way.
///
/// # Errors
/// As of the rules that are written.
pub(crate) fn check_record(
    schema: &Schema,
    kind: &str,
    values: &BTreeMap<String, Value>,
    beside: &BTreeMap<String, Value>,
) -> Result<(), ApiError> {
    for (field, value) in values {
        let other = |name: &str| values.get(name).or_else(|| beside.get(name)).cloned();
        check(schema, (kind, field), value, &other).map_err(|error| {
            let mut said = ApiError::said(error.code(), &error.remark);
            said.field = Some(field.clone());
            said
        })?;
    }
    Ok(())
}

/// What a record would hold beside one of its fields, for the kinds whose fields depend on each other.
fn beside(engine: &Engine, edits: &[Edit], (kind, id): (&str, &str)) -> Result<BTreeMap<String, Value>, ApiError> {
    if !matches!(kind, "goal" | "absence") {
        return Ok(BTreeMap::new());
    }
    let mut values = queries::row(engine.store.reader(), engine.schema(), id)?.values;
    for edit in edits {
        match edit {
            Edit::Set { id: other, field, value: Some(value), .. } if other == id => {
                values.insert(field.clone(), value.clone());
            }
            Edit::Set { id: other, field, value: None, .. } if other == id => _ = values.remove(field),
            _ => {}
        }
    }
    Ok(values)
}

/// A stage that stands in a conflict was let through when it was written, and what followed from it was written then; another
/// one is asked the rules about. What follows from it is given, to be written along.
///
/// # Errors
/// `rule_violated`.
pub(super) fn check_settled(engine: &mut Engine, edit: &Edit) -> Result<Vec<Edit>, ApiError> {
    let Edit::Set { kind, id, field, value: Some(value) } = edit else { return Ok(Vec::new()) };
    let Some(stage) = value.as_text().filter(|_| kind == "opportunity" && field == "stage") else {
        return Ok(Vec::new());
    };
    let conflicts = tandem_store::conflicts_of(engine.store.reader(), id)?;
    let stands = conflicts.iter().filter(|(key, _)| key == field).flat_map(|(_, standing)| standing);
    if stands.into_iter().any(|(known, _)| known.as_ref() == Some(value)) {
        return Ok(Vec::new());
    }
    let values = BTreeMap::from([(field.clone(), Some(value.clone()))]);
    journey::check(engine, &[Moved { id: id.clone(), stage: stage.to_owned(), values }], None)
}
