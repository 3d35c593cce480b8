//! Creating, setting, archiving, settling, writing texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use tandem_context::{ChangeHash, ContextError, Edit, Field, FieldType, Merge, Schema, Value, split_key};

use super::checked::{check_rules, check_settled};
use crate::api::{
    ApiError, ArchiveRecords, CreateRecord, EditText, FieldRef, Made, SetFields, SettleConflict, TextState,
};
use crate::commands::journey::{Moved, Overridden};
use crate::convert::targets;
use crate::engine::{Committed, Engine};
use crate::queries;
use crate::sentences::{NO_SUCH_RECORD, ONLY_BY_DOING, ONLY_BY_OFFERING, TOO_MANY_RECORDS};

/// Records that one action may name.
const RECORDS_MAX: usize = 100_000;

pub(crate) fn create(engine: &mut Engine, asked: &CreateRecord) -> Result<(Committed, Made), ApiError> {
    let id = engine.environment.new_id();
    check_by_hand(&asked.kind)?;
    let values = values(engine, &asked.kind, &asked.fields)?;
    let edit = Edit::Create { kind: asked.kind.clone(), id: id.clone(), values: values.clone() };
    check_rules(engine, std::slice::from_ref(&edit))?;
    let why = asked.override_reason.as_deref();
    let counted = match asked.kind.as_str() {
        "opportunity" => super::journey::check_new(engine, (&id, &values), why)?,
        _ => None,
    };
    let reason = asked.reason.as_deref().or(why.filter(|_| counted.is_some()));
    let edits: Vec<Edit> = std::iter::once(edit).chain(counted).collect();
    let note = engine.note("create", reason);
    let committed = engine.act(&edits, note)?;
    let record = queries::record(engine.store.reader(), engine.schema(), &id)?;
    Ok((committed.clone(), Made { change: committed.change, record }))
}

/// What was decided and answered is only ever added, by the commands that do it: written by hand it would open the gate.
pub(super) fn check_by_hand(kind: &str) -> Result<(), ApiError> {
    match kind {
        "decision" | "answer" => Err(ApiError::said("not_possible", &ONLY_BY_DOING.say().text("kind", kind))),
        _ => Ok(()),
    }
}

/// An offer is made by offering, so that the gate is asked; by hand it can only be taken away.
fn check_field_by_hand(field: &Field) -> Result<(), ApiError> {
    if !field.by_doing {
        return Ok(());
    }
    let mut error = ApiError::said("not_possible", &ONLY_BY_OFFERING.say());
    error.field = Some(field.name.clone());
    Err(error)
}

/// Reads the fields of a new record. An opportunity stands at `new` and an activity happened now unless it says otherwise.
pub(super) fn values(
    engine: &mut Engine,
    kind: &str,
    given: &BTreeMap<String, Json>,
) -> Result<BTreeMap<String, Value>, ApiError> {
    let mut values = BTreeMap::new();
    for (name, json) in given {
        let field = field(engine.schema(), kind, name)?;
        if let Some(value) = Value::from_json(field, json)? {
            check_field_by_hand(field)?;
            check_targets(engine, field, &value)?;
            values.insert(name.clone(), value);
        }
    }
    let now_ms = engine.environment.now_ms();
    let now = chrono::DateTime::from_timestamp_millis(now_ms).unwrap_or_default();
    match kind {
        "stage" => super::rules::complete_stage(engine.schema(), &mut values),
        "opportunity" => {
            if let Some(stage) = values.get("stage").and_then(Value::as_text) {
                super::rules::check_in_use(engine.schema(), stage)?;
            }
            values.entry("stage".to_owned()).or_insert_with(|| Value::text(super::journey::FIRST_STAGE));
            values.entry("type".to_owned()).or_insert_with(|| Value::text("new"));
            if !values.contains_key("opened_on") {
                let today = super::journey::local_today(&*engine.world()?, now_ms);
                values.insert("opened_on".to_owned(), Value::Text(today.to_string()));
            }
        }
        "activity" => {
            values.entry("at".to_owned()).or_insert_with(|| Value::text(now.format("%Y-%m-%dT%H:%M:%SZ").to_string()));
        }
        "member" => {
            values.entry("type".to_owned()).or_insert_with(|| Value::text("person"));
        }
        _ => {}
    }
    // Who makes a record of work owns it, unless it says otherwise.
    let owned = engine.schema().field(kind, "owner").is_some() && kind != "member";
    if owned && !given.contains_key("owner") && !engine.me().is_empty() {
        values.insert("owner".to_owned(), Value::text(engine.me()));
    }
    Ok(values)
}

pub(crate) fn field<'a>(schema: &'a Schema, kind: &str, name: &str) -> Result<&'a Field, ApiError> {
    let known = schema.kind(kind).ok_or_else(|| ContextError::UnknownKind(kind.to_owned()))?;
    known.field(name).filter(|field| !field.retired).ok_or_else(|| queries::unknown_field(kind, name))
}

/// A link points to a record of the right kind.
fn check_targets(engine: &Engine, field: &Field, value: &Value) -> Result<(), ApiError> {
    let (Some(kind), ids) = (field.ty.target(), targets(field, value)) else { return Ok(()) };
    let known = tandem_store::titles(engine.store.reader(), ids.iter().map(String::as_str))?;
    for id in &ids {
        if known.get(id).is_none_or(|(_, found)| found != kind) {
            let remark = NO_SUCH_RECORD.of(id).text("kind", kind);
            let mut error = ApiError::said("invalid_value", &remark);
            error.message = format!("{}: {remark}", field.name);
            error.field = Some(field.name.clone());
            return Err(error);
        }
    }
    Ok(())
}

pub(crate) fn set(engine: &mut Engine, asked: &SetFields) -> Result<Committed, ApiError> {
    let mut edits = Vec::new();
    let known = kinds(engine, &asked.ids)?;
    if known.iter().any(|(_, kind)| kind == "stage") {
        super::rules::check_stages(engine.schema(), &asked.ids, &asked.fields)?;
    }
    for (id, kind) in &known {
        check_by_hand(kind)?;
        for (name, json) in &asked.fields {
            edits.extend(set_field(engine, kind, id, name, json)?);
        }
    }
    check_rules(engine, &edits)?;
    edits.extend(moved(engine, asked, &known)?);
    let note = engine.note("set", asked.reason.as_deref().or(asked.override_reason.as_deref()));
    engine.act(&edits, note)
}

/// What else is written when opportunities come to another stage: the rules were asked, or overridden.
fn moved(engine: &mut Engine, asked: &SetFields, known: &[(String, String)]) -> Result<Vec<Edit>, ApiError> {
    if !asked.fields.contains_key("stage") || !known.iter().any(|(_, kind)| kind == "opportunity") {
        return Ok(Vec::new());
    }
    let mut values = BTreeMap::new();
    for (name, json) in &asked.fields {
        let steps = json.as_object().is_some_and(|object| object.contains_key("add") || object.contains_key("remove"));
        // A set that only changes is not needed to enter any stage.
        if !steps {
            values.insert(name.clone(), Value::from_json(field(engine.schema(), "opportunity", name)?, json)?);
        }
    }
    // As it is written, not as it was typed: “Accepted” is `accepted`.
    let Some(Some(Value::Text(stage))) = values.get("stage").cloned() else { return Ok(Vec::new()) };
    super::rules::check_in_use(engine.schema(), &stage)?;
    let moves: Vec<Moved> = known
        .iter()
        .filter(|(_, kind)| kind == "opportunity")
        .map(|(id, _)| Moved { id: id.clone(), stage: stage.clone(), values: values.clone() })
        .collect();
    super::journey::check(engine, &moves, Overridden::of(asked.override_reason.as_deref(), asked.overrides.as_ref()))
}

/// An action names no more records than it may.
pub(in crate::commands) fn check_count(ids: &[String]) -> Result<(), ApiError> {
    if ids.len() > RECORDS_MAX {
        return Err(ApiError::said("too_many", &TOO_MANY_RECORDS.say().number("most", RECORDS_MAX)));
    }
    Ok(())
}

/// The records that an action names, once each, with their kinds.
pub(super) fn kinds(engine: &Engine, ids: &[String]) -> Result<Vec<(String, String)>, ApiError> {
    check_count(ids)?;
    let known = tandem_store::titles(engine.store.reader(), ids.iter().map(String::as_str))?;
    let once: BTreeSet<&String> = ids.iter().collect();
    once.into_iter()
        .map(|id| match known.get(id) {
            Some((_, kind)) => Ok((id.clone(), kind.clone())),
            None => Err(queries::not_found(id)),
        })
        .collect()
}

pub(super) fn set_field(engine: &Engine, kind: &str, id: &str, name: &str, json: &Json) -> Result<Vec<Edit>, ApiError> {
    let field = field(engine.schema(), kind, name)?;
    let steps = json.as_object().filter(|object| object.contains_key("add") || object.contains_key("remove"));
    if let (Merge::Set, Some(steps)) = (field.ty.merge(), steps) {
        return change_set(engine, field, (kind, id), steps);
    }
    let value = Value::from_json(field, json)?;
    match &value {
        Some(value) => {
            check_field_by_hand(field)?;
            check_targets(engine, field, value)?;
        }
        None if field.required => {
            return Err(ContextError::Missing { kind: kind.to_owned(), field: name.to_owned() }.into());
        }
        None => {}
    }
    Ok(vec![Edit::Set { kind: kind.to_owned(), id: id.to_owned(), field: name.to_owned(), value }])
}

fn change_set(
    engine: &Engine,
    field: &Field,
    (kind, id): (&str, &str),
    steps: &serde_json::Map<String, Json>,
) -> Result<Vec<Edit>, ApiError> {
    let mut edits = Vec::new();
    let elements = |key: &str| -> Result<BTreeMap<String, String>, ApiError> {
        let Some(json) = steps.get(key) else { return Ok(BTreeMap::new()) };
        match Value::from_json(field, json)? {
            Some(Value::Set(set)) => Ok(set),
            _ => Ok(BTreeMap::new()),
        }
    };
    let add = elements("add")?;
    check_targets(engine, field, &Value::Set(add.clone()))?;
    for (element, role) in add {
        edits.push(Edit::Add { kind: kind.to_owned(), id: id.to_owned(), field: field.name.clone(), element, role });
    }
    for (element, _) in elements("remove")? {
        edits.push(Edit::Remove { kind: kind.to_owned(), id: id.to_owned(), field: field.name.clone(), element });
    }
    Ok(edits)
}

pub(crate) fn archive(engine: &mut Engine, asked: &ArchiveRecords) -> Result<Committed, ApiError> {
    if asked.archived {
        super::rules::check_set_aside(engine.schema(), &asked.ids)?;
    }
    let known = kinds(engine, &asked.ids)?;
    known.iter().try_for_each(|(_, kind)| check_by_hand(kind))?;
    let edits: Vec<Edit> =
        known.into_iter().map(|(id, kind)| Edit::Archive { kind, id, archived: asked.archived }).collect();
    let note = engine.note(if asked.archived { "archive" } else { "restore" }, asked.reason.as_deref());
    engine.act(&edits, note)
}

/// Settles a conflict: the value is written over all that stand there, also when it is one of them.
pub(crate) fn settle(engine: &mut Engine, asked: &SettleConflict) -> Result<Committed, ApiError> {
    let row = queries::row(engine.store.reader(), engine.schema(), &asked.id)?;
    let (name, element) = split_key(&asked.field);
    let kind = row.kind;
    let edit = match element {
        Some(element) => {
            let role = asked.value.as_str().unwrap_or_default().to_owned();
            Edit::Add { kind, id: row.id, field: name.to_owned(), element: element.to_owned(), role }
        }
        None => {
            let known = field(engine.schema(), &kind, name)?;
            let value = Value::from_json(known, &settled_value(engine, known, &asked.value)?)?;
            if let Some(value) = &value {
                check_targets(engine, known, value)?;
            }
            Edit::Set { kind, id: row.id, field: name.to_owned(), value }
        }
    };
    check_rules(engine, std::slice::from_ref(&edit))?;
    let along = check_settled(engine, &edit)?;
    let note = engine.note("settle", asked.reason.as_deref());
    let edits: Vec<Edit> = std::iter::once(edit).chain(along).collect();
    engine.act(&edits, note)
}

/// For a link, the name of what it points to will do.
fn settled_value(engine: &Engine, field: &Field, json: &Json) -> Result<Json, ApiError> {
    if let (FieldType::Link(kind), Json::String(text)) = (&field.ty, json)
        && !tandem_store::titles(engine.store.reader(), [text.as_str()])?.contains_key(text)
        && let [id] = tandem_store::find_by_folded(engine.store.reader(), kind, &tandem_context::fold(text))?.as_slice()
    {
        return Ok(Json::from(id.as_str()));
    }
    Ok(json.clone())
}

pub(crate) fn text(engine: &mut Engine, asked: &FieldRef) -> Result<TextState, ApiError> {
    let row = queries::row(engine.store.reader(), engine.schema(), &asked.id)?;
    let (text, version) = engine.text(&row.kind, &row.id, &asked.field)?;
    Ok(TextState { text, version })
}

pub(crate) fn edit_text(engine: &mut Engine, asked: &EditText) -> Result<(Committed, TextState), ApiError> {
    let row = queries::row(engine.store.reader(), engine.schema(), &asked.id)?;
    let version: Vec<ChangeHash> = asked
        .version
        .iter()
        .map(|hash| hash.parse().map_err(|_| ApiError::new("stale_version", "the version of the text is not known")))
        .collect::<Result<_, _>>()?;
    let committed = engine.edit_text((&row.kind, &row.id, &asked.field), &asked.text, &version)?;
    let (text, version) = engine.text(&row.kind, &row.id, &asked.field)?;
    Ok((committed, TextState { text, version }))
}
