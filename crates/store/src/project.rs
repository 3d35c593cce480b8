//! Projecting records into the read model.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde_json::{Value as Json, json};
use tandem_context::{FieldType, Kind, RecordState, Schema, Value, fold};

use crate::tables::{self, BASE, quoted};
use crate::{StoreError, Tx};

/// Longest text of a record that search holds, in characters.
const SEARCHED_MAX_CHARS: usize = 100_000;

/// When a record was touched by the changes being projected, in milliseconds since 1970 by their writers' clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// First.
    pub first_ms: i64,
    /// Last.
    pub last_ms: i64,
}

impl Touched {
    /// Touched once.
    pub fn at(ms: i64) -> Self {
        Self { first_ms: ms, last_ms: ms }
    }

    /// Touched once more.
    pub fn and(self, ms: i64) -> Self {
        Self { first_ms: self.first_ms.min(ms), last_ms: self.last_ms.max(ms) }
    }
}

impl Tx<'_> {
    /// Brings the tables to the schema (a custom field was declared, a newer version added some).
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn ensure_tables(&self, schema: &Schema) -> Result<(), StoreError> {
        if tables::exist(&self.tx, schema)? {
            return Ok(());
        }
        self.projections.borrow_mut().clear();
        tables::ensure(&self.tx, schema)
    }

    /// Writes a record as it now stands, touched at `touched`. A kind this version does not know is kept in the
    /// document only.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn project(
        &self,
        schema: &Schema,
        kind: &str,
        id: &str,
        state: &RecordState,
        touched: Touched,
    ) -> Result<(), StoreError> {
        let Some(kind) = schema.kind(kind) else { return Ok(()) };
        let title = schema.title(kind.name, &state.values);
        let common = self.common(kind, id, &title, state, touched)?;
        self.own_table(kind, id, &title, &common, state)?;
        self.conflicts(kind, id, state, common.is_new)?;
        self.text(kind, common.n, &title, state, common.is_new)
    }

    /// Empties the read model, to be made anew from the log.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn clear_read_model(&self, schema: &Schema) -> Result<(), StoreError> {
        for kind in schema.kinds() {
            self.tx.execute_batch(&format!("DELETE FROM {}", quoted(&tables::table(kind.name))))?;
        }
        self.tx.execute_batch(
            "DELETE FROM record; DELETE FROM history; DELETE FROM conflict;
             INSERT INTO record_text (record_text) VALUES ('delete-all');
             UPDATE change SET applied = 0, records = 0, first = NULL;",
        )?;
        self.begin_epoch()?;
        Ok(())
    }

    /// The row in `record`: times only ever widen, so the order in which changes arrive makes no difference.
    fn common(
        &self,
        kind: &Kind,
        id: &str,
        title: &str,
        state: &RecordState,
        touched: Touched,
    ) -> Result<Common, StoreError> {
        let known = self
            .tx
            .prepare_cached("SELECT n, created_at, updated_at FROM record WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        if let Some((n, created, updated)) = known {
            let (created, updated): (i64, i64) = (created, updated);
            let (created, updated) = (created.min(touched.first_ms), updated.max(touched.last_ms));
            self.tx
                .prepare_cached(
                    "UPDATE record SET title = ?2, folded = ?3, archived = ?4, created_at = ?5, updated_at = ?6 WHERE n = ?1",
                )?
                .execute(params![n, title, fold(title), state.archived, created, updated])?;
            return Ok(Common { n, created, updated, is_new: false });
        }
        self.tx
            .prepare_cached(
                "INSERT INTO record (id, kind, title, folded, archived, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![id, kind.name, title, fold(title), state.archived, touched.first_ms, touched.last_ms])?;
        Ok(Common { n: self.tx.last_insert_rowid(), created: touched.first_ms, updated: touched.last_ms, is_new: true })
    }

    /// The row in the kind's own table. Never `INSERT OR REPLACE`: it opens a savepoint, at which FTS5 writes out everything
    /// it holds in memory, row by row.
    fn own_table(
        &self,
        kind: &Kind,
        id: &str,
        title: &str,
        common: &Common,
        state: &RecordState,
    ) -> Result<(), StoreError> {
        let mut values: Vec<Sql> = Vec::with_capacity(BASE.len() + kind.fields.len());
        values.extend([
            common.n.into(),
            id.to_owned().into(),
            title.to_owned().into(),
            i64::from(state.archived).into(),
        ]);
        values.extend([common.created.into(), common.updated.into()]);
        values.push(extra(kind, &state.values).map_or(Sql::Null, Sql::Text));
        for field in &kind.fields {
            values.push(state.values.get(&field.name).map_or(Sql::Null, |value| sql(value, &field.ty)));
        }
        if common.is_new {
            let mut texts = self.projections.borrow_mut();
            let text = texts.entry(kind.name).or_insert_with(|| insert(kind));
            self.tx.prepare_cached(text)?.execute(params_from_iter(values))?;
            return Ok(());
        }
        self.update(kind, common.n, values)
    }

    /// Writes the columns that differ: SQLite touches every index of a column that is written, changed or not.
    fn update(&self, kind: &Kind, n: i64, values: Vec<Sql>) -> Result<(), StoreError> {
        let names = names(kind);
        let table = quoted(&tables::table(kind.name));
        let standing: Vec<Sql> = self
            .tx
            .prepare_cached(&format!("SELECT {} FROM {table} WHERE n = ?1", names.join(", ")))?
            .query_row([n], |row| (0..names.len()).map(|column| row.get(column)).collect())?;
        let changed: Vec<usize> = (1..names.len()).filter(|column| standing[*column] != values[*column]).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let sets: Vec<String> =
            (2..).zip(&changed).map(|(place, column)| format!("{} = ?{place}", names[*column])).collect();
        let given = std::iter::once(&values[0]).chain(changed.iter().map(|column| &values[*column]));
        self.tx
            .prepare_cached(&format!("UPDATE {table} SET {} WHERE n = ?1", sets.join(", ")))?
            .execute(params_from_iter(given))?;
        Ok(())
    }

    fn conflicts(&self, kind: &Kind, id: &str, state: &RecordState, is_new: bool) -> Result<(), StoreError> {
        if !is_new {
            self.tx.prepare_cached("DELETE FROM conflict WHERE record = ?1")?.execute([id])?;
        }
        for (key, stated) in &state.conflicts {
            let stated: Vec<Json> = stated
                .iter()
                .map(|stated| json!({ "value": stated.value.as_ref().map(plain), "change": stated.change.to_string() }))
                .collect();
            self.tx
                .prepare_cached("INSERT INTO conflict (record, kind, key, stated) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, kind.name, key, Json::from(stated).to_string()])?;
        }
        Ok(())
    }

    fn text(&self, kind: &Kind, n: i64, title: &str, state: &RecordState, is_new: bool) -> Result<(), StoreError> {
        if !is_new {
            self.tx.prepare_cached("DELETE FROM record_text WHERE rowid = ?1")?.execute([n])?;
        }
        if !kind.is_shown() || state.archived {
            return Ok(());
        }
        let mut body = String::new();
        for field in kind.fields.iter().filter(|field| field.searched) {
            match state.values.get(&field.name) {
                Some(Value::Text(text)) => _ = write!(body, "{text} "),
                Some(Value::Set(set)) => set.keys().for_each(|element| _ = write!(body, "{element} ")),
                _ => {}
            }
        }
        if let Some((end, _)) = body.char_indices().nth(SEARCHED_MAX_CHARS) {
            body.truncate(end);
        }
        self.tx
            .prepare_cached("INSERT INTO record_text (rowid, title, body) VALUES (?1, ?2, ?3)")?
            .execute(params![n, title, body])?;
        Ok(())
    }
}

/// What the row in `record` says of a record.
struct Common {
    n: i64,
    created: i64,
    updated: i64,
    is_new: bool,
}

fn names(kind: &Kind) -> Vec<String> {
    BASE.iter().map(|name| quoted(name)).chain(kind.fields.iter().map(|field| quoted(&field.name))).collect()
}

fn insert(kind: &Kind) -> String {
    let names = names(kind);
    let places: Vec<String> = (1..=names.len()).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", quoted(&tables::table(kind.name)), names.join(", "), places.join(", "))
}

/// A value as its column holds it. A form that does not fit the field's type (from another version) is kept as text.
fn sql(value: &Value, ty: &FieldType) -> Sql {
    match value {
        Value::Text(text) => Sql::Text(text.clone()),
        Value::Integer(number) => Sql::Integer(*number),
        Value::Boolean(yes) if *ty == FieldType::Boolean => Sql::Integer(i64::from(*yes)),
        value => Sql::Text(plain(value).to_string()),
    }
}

/// The values of fields this version does not know, kept together as JSON.
fn extra(kind: &Kind, values: &BTreeMap<String, Value>) -> Option<String> {
    let unknown: serde_json::Map<String, Json> = values
        .iter()
        .filter(|(name, _)| kind.field(name).is_none())
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect();
    (!unknown.is_empty()).then(|| Json::Object(unknown).to_string())
}

/// A value as plain JSON that [`from_plain`] reads back; money stays in hundredths.
pub(crate) fn plain(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Integer(number) => Json::from(*number),
        Value::Boolean(yes) => Json::from(*yes),
        Value::Set(set) => set.iter().map(|(element, role)| (element.clone(), Json::from(role.as_str()))).collect(),
    }
}

/// What [`plain`] made.
pub(crate) fn from_plain(json: &Json) -> Option<Value> {
    match json {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Number(number) => number.as_i64().map(Value::Integer),
        Json::Bool(yes) => Some(Value::Boolean(*yes)),
        Json::Object(set) => Some(Value::Set(
            set.iter().map(|(element, role)| (element.clone(), role.as_str().unwrap_or_default().to_owned())).collect(),
        )),
        _ => None,
    }
}
