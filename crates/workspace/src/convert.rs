//! Between the read model's rows and what the API gives and takes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value as Json, json};
use tandem_context::{Field, FieldType, Merge, Schema, Stage, Value, split_key};
use tandem_store::{ChangeRow, Compare, Condition, Row, WroteRow};

use crate::api::{
    ApiError, ChangeInfo, ConflictValue, Done, FieldChange, FieldInfo, Filter, KindInfo, Linked, RecordInfo,
    SchemaInfo, StageInfo,
};
use crate::engine::Committed;

/// Milliseconds since 1970 as RFC 3339.
pub(crate) fn instant(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What links, members and changes are called: looked up once for everything that is given together.
pub(crate) struct Names<'a> {
    connection: &'a Connection,
    schema: &'a Schema,
    known: HashMap<String, (String, String)>,
    /// Whether the workspace has a relay, once it was asked.
    relay: Option<bool>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(connection: &'a Connection, schema: &'a Schema) -> Self {
        Self { connection, schema, known: HashMap::new(), relay: None }
    }

    fn learn<'b>(&mut self, ids: impl IntoIterator<Item = &'b str>) -> Result<(), ApiError> {
        let unknown: Vec<&str> = ids.into_iter().filter(|id| !self.known.contains_key(*id)).collect();
        self.known.extend(tandem_store::titles(self.connection, unknown)?);
        Ok(())
    }

    pub(crate) fn linked(&mut self, id: &str) -> Result<Linked, ApiError> {
        self.learn([id])?;
        let title = self.known.get(id).map(|(title, _)| title.clone()).unwrap_or_default();
        Ok(Linked { id: id.to_owned(), title })
    }

    /// Whether anything can wait for a relay.
    fn has_relay(&mut self) -> Result<bool, ApiError> {
        if let Some(known) = self.relay {
            return Ok(known);
        }
        let has = tandem_store::Store::setting(self.connection, "relay")?.is_some();
        self.relay = Some(has);
        Ok(has)
    }

    fn kind(&mut self, id: &str) -> Result<Option<String>, ApiError> {
        self.learn([id])?;
        Ok(self.known.get(id).map(|(_, kind)| kind.clone()))
    }

    /// A field's value as the API gives it: links with their titles.
    pub(crate) fn value(&mut self, field: Option<&Field>, value: &Value) -> Result<Json, ApiError> {
        Ok(match (field.map(|field| &field.ty), value) {
            (Some(FieldType::Link(_)), Value::Text(id)) => {
                let linked = self.linked(id)?;
                json!({ "id": linked.id, "title": linked.title })
            }
            (Some(FieldType::Roles(_)), Value::Set(roles)) => {
                let mut list = Vec::with_capacity(roles.len());
                for (id, role) in roles {
                    list.push(json!({ "id": id, "title": self.linked(id)?.title, "role": role }));
                }
                Json::Array(list)
            }
            (Some(ty), value) => value.to_json(ty),
            (None, value) => value.to_json(&FieldType::Line),
        })
    }

    /// A record as the API gives it.
    pub(crate) fn record(&mut self, row: &Row, with_conflicts: bool) -> Result<RecordInfo, ApiError> {
        let mut fields = BTreeMap::new();
        for (name, value) in &row.values {
            let field = self.schema.field(&row.kind, name);
            if field.is_some_and(|field| field.retired) {
                continue;
            }
            fields.insert(name.clone(), self.value(field, value)?);
        }
        let mut conflicts = BTreeMap::new();
        if with_conflicts {
            for (key, values) in tandem_store::conflicts_of(self.connection, &row.id)? {
                let stated = self.stated(&row.kind, &key, &values)?;
                conflicts.insert(key, stated);
            }
        }
        Ok(RecordInfo {
            id: row.id.clone(),
            kind: row.kind.clone(),
            title: row.title.clone(),
            archived: row.archived,
            created_at: instant(row.created_ms),
            updated_at: instant(row.updated_ms),
            fields,
            conflicts,
        })
    }

    /// Values that stand against each other, with who wrote them.
    pub(crate) fn stated(
        &mut self,
        kind: &str,
        key: &str,
        values: &[(Option<Value>, String)],
    ) -> Result<Vec<ConflictValue>, ApiError> {
        let mut stated = Vec::with_capacity(values.len());
        for (value, hash) in values {
            let Some(change) = tandem_store::change(self.connection, hash)? else { continue };
            stated.push(ConflictValue {
                value: self.key_value(kind, key, value.as_ref())?,
                by: self.linked(&change.by)?,
                at: instant(change.at_ms),
                device: change.device,
                reason: change.reason,
                change: hash.clone(),
            });
        }
        Ok(stated)
    }

    fn key_value(&mut self, kind: &str, key: &str, value: Option<&Value>) -> Result<Json, ApiError> {
        let (name, element) = split_key(key);
        match (value, element) {
            (None, _) => Ok(Json::Null),
            // An element's value is its role.
            (Some(value), Some(_)) => Ok(value.to_json(&FieldType::Line)),
            (Some(value), None) => self.value(self.schema.field(kind, name), value),
        }
    }

    /// A change as the history shows it.
    pub(crate) fn change(&mut self, row: &ChangeRow) -> Result<ChangeInfo, ApiError> {
        let first = row.first.as_deref().map(|id| self.linked(id)).transpose()?;
        let kind = row.first.as_deref().map(|id| self.kind(id)).transpose()?.flatten();
        let waiting = row.waiting && self.has_relay()?;
        Ok(ChangeInfo {
            change: row.hash.clone(),
            action: row.action.clone(),
            by: self.linked(&row.by)?,
            device: row.device.clone(),
            via: row.via.clone(),
            at: instant(row.at_ms),
            reason: row.reason.clone(),
            records: row.records.saturating_sub(row.linked.values().sum()),
            linked: row.linked.clone(),
            first,
            kind,
            undone_by: tandem_store::is_undone(self.connection, &row.hash)?,
            waiting,
        })
    }

    /// What a change wrote on a record, field by field; a record's making is one entry, `created`.
    pub(crate) fn field_change(&mut self, row: &WroteRow, change: &ChangeInfo) -> Result<FieldChange, ApiError> {
        let record = self.linked(&row.record)?;
        let (name, element) = split_key(&row.key);
        let (from, to) = match element {
            _ if row.key.is_empty() => {
                let mut made = serde_json::Map::new();
                for (key, value) in &row.first {
                    let (name, element) = split_key(key);
                    if element.is_none() {
                        made.insert(key.clone(), self.value(self.schema.field(&row.kind, name), value)?);
                    }
                }
                (Json::Null, Json::Object(made))
            }
            Some(element) => {
                let shown = match self.schema.field(&row.kind, name).map(|field| &field.ty) {
                    Some(FieldType::Roles(_)) => Json::from(self.linked(element)?.title),
                    _ => Json::from(element),
                };
                (row.from.as_ref().map_or(Json::Null, |_| shown.clone()), row.to.as_ref().map_or(Json::Null, |_| shown))
            }
            None => (
                self.key_value(&row.kind, &row.key, row.from.as_ref())?,
                self.key_value(&row.kind, &row.key, row.to.as_ref())?,
            ),
        };
        let field = if row.key.is_empty() { "created" } else { name };
        Ok(FieldChange { record, kind: row.kind.clone(), field: field.to_owned(), from, to, change: change.clone() })
    }
}

/// The schema as the interface needs it.
pub(crate) fn schema_info(schema: &Schema) -> SchemaInfo {
    let field = |field: &Field| {
        let (options, open) = match &field.ty {
            FieldType::Choice(choice) => {
                let offered = choice.options.iter().filter(|option| !option.retired);
                (offered.map(|option| option.name.clone()).collect(), choice.open)
            }
            FieldType::Roles(_) => {
                (tandem_context::CONTACT_ROLES.iter().map(|role| (*role).to_owned()).collect(), true)
            }
            _ => (Vec::new(), false),
        };
        FieldInfo {
            name: field.name.clone(),
            r#type: field.ty.name().to_owned(),
            options,
            open,
            target: field.ty.target().map(str::to_owned),
            required: field.required,
            listed: field.listed,
            custom: field.is_custom(),
            label: field.label.clone(),
            internal: field.internal,
            by_doing: field.by_doing,
        }
    };
    SchemaInfo {
        kinds: schema
            .kinds()
            .iter()
            .map(|kind| {
                let (retired, used): (Vec<&Field>, Vec<&Field>) = kind.fields.iter().partition(|field| field.retired);
                KindInfo {
                    name: kind.name.to_owned(),
                    fields: used.into_iter().map(field).collect(),
                    retired: retired.into_iter().map(field).collect(),
                }
            })
            .collect(),
        stages: schema.stages().iter().map(stage_info).collect(),
    }
}

fn stage_info(stage: &Stage) -> StageInfo {
    StageInfo {
        id: stage.id.clone(),
        name: stage.key.clone(),
        label: stage.name.clone(),
        phase: stage.phase.name().to_owned(),
        fixed: stage.default_stage().is_some_and(tandem_context::DefaultStage::is_counted_on),
        set_aside: stage.set_aside,
    }
}

/// Reads conditions as callers write them.
pub(crate) fn conditions(schema: &Schema, kind: &str, filters: &[Filter]) -> Result<Vec<Condition>, ApiError> {
    filters.iter().map(|filter| condition(schema, kind, filter)).collect()
}

fn condition(schema: &Schema, kind: &str, filter: &Filter) -> Result<Condition, ApiError> {
    let compare = match filter.op.as_str() {
        "is" => Compare::Is,
        "is_not" => Compare::IsNot,
        "any_of" => Compare::AnyOf,
        "none_of" => Compare::NoneOf,
        "contains" => Compare::Contains,
        "starts_with" => Compare::StartsWith,
        "over" => Compare::Over,
        "under" => Compare::Under,
        "at_least" => Compare::AtLeast,
        "at_most" => Compare::AtMost,
        "empty" => Compare::Empty,
        "not_empty" => Compare::NotEmpty,
        other => return Err(ApiError::new("invalid_query", format!("“{other}” is no way to compare"))),
    };
    let given: Vec<&Json> = match &filter.value {
        Json::Null => Vec::new(),
        Json::Array(values) => values.iter().collect(),
        value => vec![value],
    };
    let field = schema.field(kind, &filter.field);
    let mut values = Vec::with_capacity(given.len());
    for json in given {
        values.extend(compared(field, &filter.field, compare, json)?);
    }
    Ok(Condition { field: filter.field.clone(), compare, values })
}

/// A value to compare with. Text is taken as it is where a part of one is meant, or the name of something linked.
fn compared(field: Option<&Field>, name: &str, compare: Compare, json: &Json) -> Result<Option<Value>, ApiError> {
    let as_written = matches!(compare, Compare::Contains | Compare::StartsWith)
        || field.is_some_and(|field| matches!(field.ty, FieldType::Link(_)) || field.ty.merge() == Merge::Set);
    match (field, json) {
        (_, Json::String(text)) if as_written => Ok(Some(Value::text(text))),
        (Some(field), json) => Ok(Value::from_json(field, json)?),
        (None, Json::Bool(yes)) => Ok(Some(Value::Boolean(*yes))),
        (None, Json::Number(number)) => Ok(number.as_i64().map(Value::Integer)),
        (None, Json::String(text)) if matches!(name, "created_at" | "updated_at") => {
            let at = DateTime::parse_from_rfc3339(text).map(|at| at.timestamp_millis()).or_else(|_| {
                text.parse::<chrono::NaiveDate>()
                    .map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
            });
            match at {
                Ok(ms) => Ok(Some(Value::Integer(ms))),
                Err(_) => Err(ApiError::new("invalid_value", format!("{name}: “{text}” is not a date"))),
            }
        }
        (None, Json::String(text)) => Ok(match text.as_str() {
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            text => Some(Value::text(text)),
        }),
        (None, _) => Ok(None),
    }
}

/// The ids that a value points to.
pub(crate) fn targets(field: &Field, value: &Value) -> BTreeSet<String> {
    match (&field.ty, value) {
        (FieldType::Link(_), Value::Text(id)) => BTreeSet::from([id.clone()]),
        (FieldType::Roles(_), Value::Set(roles)) => roles.keys().cloned().collect(),
        _ => BTreeSet::new(),
    }
}

/// An answer as callers get it.
pub(crate) fn json<T: Serialize>(answer: T) -> Result<Json, ApiError> {
    serde_json::to_value(answer)
        .map_err(|error| ApiError::new("internal", format!("the answer could not be written: {error}")))
}

/// What a command did, as callers get it.
pub(crate) fn done(committed: Committed) -> Result<Json, ApiError> {
    json(Done { change: committed.change, records: committed.records })
}
