//! Finding records by what links, names or identifies them; conflicts.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde_json::Value as Json;
use tandem_context::{Merge, Schema, Value};

use super::filter::bound;
use super::lists::{Row, columns, read};
use crate::StoreError;
use crate::project::from_plain;
use crate::tables::{quoted, table};

/// Values that stand against each other at a key: each with the change (hash, hex) that wrote it, the shown one first.
pub type Standing = Vec<(Option<Value>, String)>;

/// What these records are called, by id; the kind with it.
///
/// # Errors
/// Whatever SQLite says.
pub fn titles<'a>(
    connection: &Connection,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, (String, String)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT title, kind FROM record WHERE id = ?1")?;
    let mut found = HashMap::new();
    for id in ids {
        if !found.contains_key(id) {
            let mut rows = statement.query([id])?;
            if let Some(row) = rows.next()? {
                found.insert(id.to_owned(), (row.get(0)?, row.get(1)?));
            }
        }
    }
    Ok(found)
}

/// Records of a kind that hold exactly this value in a field, oldest first; none that were set aside.
///
/// # Errors
/// [`StoreError::Query`] for an unknown field.
pub fn find_by_field(
    connection: &Connection,
    schema: &Schema,
    kind: &str,
    field: &str,
    value: &Value,
) -> Result<Vec<String>, StoreError> {
    if schema.field(kind, field).is_none() {
        return Err(StoreError::Query(format!("{kind} has no field called “{field}”")));
    }
    let sql = format!(
        "SELECT id FROM {} WHERE archived = 0 AND {} = ?1 ORDER BY n LIMIT 10",
        quoted(&table(kind)),
        quoted(field)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([bound(value)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every element of a set of a kind's records, with who has it; none of those that were set aside.
///
/// # Errors
/// [`StoreError::Query`] for an unknown field.
pub fn elements(
    connection: &Connection,
    schema: &Schema,
    kind: &str,
    field: &str,
) -> Result<HashMap<String, Vec<String>>, StoreError> {
    if schema.field(kind, field).is_none_or(|field| field.ty.merge() != Merge::Set) {
        return Err(StoreError::Query(format!("{kind} has no set called “{field}”")));
    }
    let sql = format!(
        "SELECT e.key, t.id FROM {} t, json_each(t.{}) e WHERE t.archived = 0 ORDER BY t.n",
        quoted(&table(kind)),
        quoted(field)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(found)
}

/// The ids that begin so with their titles and kinds, at most `limit`, oldest first.
///
/// # Errors
/// Whatever SQLite says.
pub fn ids_starting(
    connection: &Connection,
    prefix: &str,
    limit: u32,
) -> Result<Vec<(String, String, String)>, StoreError> {
    // The end of the range is the first text that no longer begins so: ids are made of characters below `~`.
    let mut statement = connection
        .prepare_cached("SELECT id, title, kind FROM record WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT ?2")?;
    let rows = statement.query_map(params![prefix, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records of a kind whose folded title is this, oldest first; none that were set aside.
///
/// # Errors
/// Whatever SQLite says.
pub fn find_by_folded(connection: &Connection, kind: &str, folded: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM record WHERE folded = ?2 AND kind = ?1 AND archived = 0 ORDER BY n LIMIT 10")?;
    let rows = statement.query_map([kind, folded], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records that point to `id` through `field`: how many, and the first `limit`, last changed first.
///
/// # Errors
/// [`StoreError::Query`] for an unknown field.
pub fn linking(
    connection: &Connection,
    schema: &Schema,
    kind: &str,
    field: &str,
    id: &str,
    limit: u32,
) -> Result<(u32, Vec<Row>), StoreError> {
    let Some((known, linking)) = schema.kind(kind).and_then(|kind| Some((kind, kind.field(field)?))) else {
        return Err(StoreError::Query(format!("{kind} has no field called “{field}”")));
    };
    let own = quoted(&table(kind));
    let column = quoted(field);
    let condition = if linking.ty.merge() == tandem_context::Merge::Set {
        format!("EXISTS (SELECT 1 FROM json_each(t.{column}) e WHERE e.key = ?1)")
    } else {
        format!("t.{column} = ?1")
    };
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM {own} t WHERE t.archived = 0 AND {condition}"))?
        .query_row([id], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} FROM {own} t WHERE t.archived = 0 AND {condition} ORDER BY t.updated_at DESC, t.n LIMIT ?2",
        columns(known),
    ))?;
    let rows = statement.query_map(params![id, limit], |row| read(known, row))?;
    Ok((total, rows.collect::<Result<_, _>>()?))
}

/// How many records there are, of all kinds, set aside or not.
///
/// # Errors
/// Whatever SQLite says.
pub fn records_total(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM record", [], |row| row.get(0))?)
}

/// How many records have an unsettled conflict.
///
/// # Errors
/// Whatever SQLite says.
pub fn conflicts_total(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.prepare_cached("SELECT count(DISTINCT record) FROM conflict")?.query_row([], |row| row.get(0))?)
}

/// The conflicts of a record by key.
///
/// # Errors
/// Whatever SQLite says.
pub fn conflicts_of(connection: &Connection, id: &str) -> Result<Vec<(String, Standing)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key, stated FROM conflict WHERE record = ?1 ORDER BY key")?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, standing(&row.get::<_, String>(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All conflicts: record, kind, key, values. At most `limit`.
///
/// # Errors
/// Whatever SQLite says.
pub fn conflicts(connection: &Connection, limit: u32) -> Result<Vec<(String, String, String, Standing)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT record, kind, key, stated FROM conflict ORDER BY record, key LIMIT ?1")?;
    let rows = statement
        .query_map([limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, standing(&row.get::<_, String>(3)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn standing(json: &str) -> Standing {
    let Ok(Json::Array(values)) = serde_json::from_str(json) else { return Vec::new() };
    values
        .iter()
        .map(|one| (from_plain(&one["value"]), one["change"].as_str().unwrap_or_default().to_owned()))
        .collect()
}
