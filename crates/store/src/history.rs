//! The history of records and of the workspace: who wrote what, when, from what to what, and why.
//!
//! A row says what a change wrote and which operations it replaced. What a field held before follows from the replaced
//! operations, so the answer is the same on every device, in whatever order changes arrived.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value as Json;
use tandem_context::{DEFAULTS_ACTION, Place, Value, Wrote};

use crate::project::{from_plain, plain};
use crate::{StoreError, Tx};

/// A change as the history shows it. A large action's parts count as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its place in this file's log.
    pub n: i64,
    /// Its hash, hex.
    pub hash: String,
    /// What was done.
    pub action: String,
    /// The member's id.
    pub by: String,
    /// The device, short.
    pub device: String,
    /// Through what.
    pub via: String,
    /// Milliseconds since 1970 by the writer's clock.
    pub at_ms: i64,
    /// Why.
    pub reason: Option<String>,
    /// How many records it wrote, all parts together.
    pub records: u32,
    /// How many of those were only made because others point to them, by kind.
    pub linked: BTreeMap<String, u32>,
    /// The first record it wrote.
    pub first: Option<String>,
    /// The change it undoes, hex.
    pub undoes: Option<String>,
    /// What holds the parts of a large action together.
    pub group: Option<String>,
    /// Not yet acknowledged by the relay.
    pub waiting: bool,
}

/// What a change wrote at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WroteRow {
    /// The record.
    pub record: String,
    /// Its kind.
    pub kind: String,
    /// The key; empty: the record was made.
    pub key: String,
    /// The change's place in the log.
    pub change: i64,
    /// The value before, as far as the writer knew.
    pub from: Option<Value>,
    /// The value after.
    pub to: Option<Value>,
    /// For a record that was made, its first values.
    pub first: BTreeMap<String, Value>,
    /// The operation that wrote it, as `counter@actor` in this file's numbering.
    pub op: String,
}

impl Tx<'_> {
    /// Writes down what the change at `n` wrote.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn remember(&self, n: i64, wrote: &[Wrote]) -> Result<(), StoreError> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO history (record, kind, key, counter, change, value, replaced) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for wrote in wrote {
            let (kind, id, key, value) = match &wrote.place {
                Place::Record { kind, id } => (kind, id, "", Some(first_values(wrote))),
                Place::Key { kind, id, key } => {
                    (kind, id, key.as_str(), wrote.value.as_ref().map(|value| plain(value).to_string()))
                }
                Place::Text { kind, id, field } => (kind, id, field.as_str(), None),
                Place::Meta { .. } => continue,
            };
            let mut replaced = Vec::with_capacity(wrote.replaced.len());
            for op in &wrote.replaced {
                replaced.push(format!("{}@{}", op.counter, self.actor(&op.actor)?));
            }
            statement.execute(params![id, kind, key, wrote.op.counter as i64, n, value, replaced.join(" ")])?;
        }
        Ok(())
    }
}

fn first_values(wrote: &Wrote) -> String {
    let values: serde_json::Map<String, Json> =
        wrote.first.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
    Json::Object(values).to_string()
}

const CHANGE: &str = "SELECT c.n, lower(hex(c.hash)), c.action, c.by, c.device, c.via, c.at_ms, c.reason,
        CASE WHEN c.grouped IS NULL THEN c.records ELSE (SELECT sum(g.records) FROM change g WHERE g.grouped = c.grouped) END,
        c.first, lower(hex(c.undoes)), c.grouped,
        c.own = 1 AND (c.sealed IS NULL OR c.sealed > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'acked'), 0)),
        c.linked
    FROM change c";

fn change_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ChangeRow> {
    let undoes: Option<String> = row.get(10)?;
    let linked: Option<String> = row.get(13)?;
    Ok(ChangeRow {
        n: row.get(0)?,
        hash: row.get(1)?,
        action: row.get(2)?,
        by: row.get(3)?,
        device: row.get(4)?,
        via: row.get(5)?,
        at_ms: row.get(6)?,
        reason: row.get(7)?,
        records: row.get(8)?,
        linked: linked.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
        first: row.get(9)?,
        undoes: undoes.filter(|hash| !hash.is_empty()),
        group: row.get(11)?,
        waiting: row.get::<_, Option<bool>>(12)?.unwrap_or(false),
    })
}

/// How many changes there are, of one member or of all; a large action's parts count as one. What every workspace begins
/// with is nobody's change and does not count.
///
/// # Errors
/// Whatever SQLite says.
pub fn changes_total(connection: &Connection, by: Option<&str>) -> Result<u32, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT count(*) FROM change WHERE part <= 1 AND applied = 1 AND action <> '{DEFAULTS_ACTION}' AND (?1 IS NULL OR by = ?1)"
        ))?
        .query_row([by], |row| row.get(0))?)
}

/// A page of changes, newest first.
///
/// # Errors
/// Whatever SQLite says.
pub fn changes(
    connection: &Connection,
    by: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{CHANGE} WHERE c.part <= 1 AND c.applied = 1 AND c.action <> '{DEFAULTS_ACTION}' AND (?1 IS NULL OR c.by = ?1) ORDER BY c.at_ms DESC, c.hash DESC LIMIT ?2 OFFSET ?3"
    ))?;
    let rows = statement.query_map(params![by, limit, offset], change_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The change of this hash (hex); of a large action's part, the first one.
///
/// # Errors
/// Whatever SQLite says.
pub fn change(connection: &Connection, hash: &str) -> Result<Option<ChangeRow>, StoreError> {
    let row = connection
        .prepare_cached(&format!(
            "{CHANGE} WHERE c.hash = coalesce(
                (SELECT g.hash FROM change g WHERE g.part = 1 AND g.grouped = (SELECT grouped FROM change WHERE hash = unhex(?1))),
                unhex(?1))"
        ))?
        .query_row([hash], change_row)
        .optional()?;
    Ok(row)
}

/// The changes at these places of the log.
pub(crate) fn changes_at(connection: &Connection, places: &[i64]) -> Result<HashMap<i64, ChangeRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{CHANGE} WHERE c.n = ?1"))?;
    let mut found = HashMap::with_capacity(places.len());
    for n in places {
        if let Some(row) = statement.query_row([n], change_row).optional()? {
            found.insert(*n, row);
        }
    }
    Ok(found)
}

/// Hex digits of a change's hash.
const HASH_DIGITS: usize = 64;

/// The hashes (hex) of changes that begin so, at most `limit`; of a large action's parts only the first.
///
/// # Errors
/// Whatever SQLite says.
pub fn hashes_starting(connection: &Connection, prefix: &str, limit: u32) -> Result<Vec<String>, StoreError> {
    // From the prefix with only zeros after it to the one with only `f`s. What is no hex digit has no bytes and finds nothing.
    let (first, last) = (format!("{prefix:0<HASH_DIGITS$}"), format!("{prefix:f<HASH_DIGITS$}"));
    let mut statement = connection.prepare_cached(
        "SELECT lower(hex(hash)) FROM change WHERE part <= 1 AND hash BETWEEN unhex(?1) AND unhex(?2) ORDER BY hash LIMIT ?3",
    )?;
    let rows = statement.query_map(params![first, last, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a change was undone, and the undo not itself.
///
/// # Errors
/// Whatever SQLite says.
pub fn is_undone(connection: &Connection, hash: &str) -> Result<Option<String>, StoreError> {
    fn undone(connection: &Connection, hash: &str, depth: u32) -> Result<Option<String>, StoreError> {
        if depth == 0 {
            return Ok(None);
        }
        let mut statement = connection.prepare_cached(
            "SELECT lower(hex(hash)) FROM change WHERE undoes = unhex(?1) AND part <= 1 AND applied = 1",
        )?;
        let undoing: Vec<String> = statement.query_map([hash], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for undo in undoing {
            if undone(connection, &undo, depth - 1)?.is_none() {
                return Ok(Some(undo));
            }
        }
        Ok(None)
    }
    undone(connection, hash, 64)
}

/// How far back one's own last actions are looked through.
const UNDO_DEPTH: u32 = 500;

/// The first of one's own last actions on this device that `decide` says something of.
fn first_own<T>(
    connection: &Connection,
    by: &str,
    mut decide: impl FnMut(ChangeRow) -> Result<Option<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{CHANGE} INDEXED BY change_mine
         WHERE c.own = 1 AND c.by = ?1 AND c.part <= 1 AND c.applied = 1 ORDER BY c.n DESC LIMIT {UNDO_DEPTH}"
    ))?;
    // Rows are made as they are asked for, in the index's order: mostly the first one decides.
    let mut rows = statement.query([by])?;
    while let Some(row) = rows.next()? {
        if let Some(decided) = decide(change_row(row)?)? {
            return Ok(Some(decided));
        }
    }
    Ok(None)
}

/// Actions that Ctrl/Cmd-Z passes over: they are not edits of anything.
const NOT_UNDOABLE: &[&str] = &["undo", "start", "join", "field"];

/// One's own last action on this device that has not been undone, passing over those in `except` (hashes, hex).
///
/// # Errors
/// Whatever SQLite says.
pub fn last_undoable(connection: &Connection, by: &str, except: &[String]) -> Result<Option<ChangeRow>, StoreError> {
    first_own(connection, by, |row| {
        let undoable = !NOT_UNDOABLE.contains(&row.action.as_str())
            && !except.contains(&row.hash)
            && is_undone(connection, &row.hash)?.is_none();
        Ok(undoable.then_some(row))
    })
}

/// One's own last undo on this device, unless something else was done since.
///
/// # Errors
/// Whatever SQLite says.
pub fn last_redoable(connection: &Connection, by: &str) -> Result<Option<ChangeRow>, StoreError> {
    let found = first_own(connection, by, |row| {
        Ok(match row.action.as_str() {
            "undo" if is_undone(connection, &row.hash)?.is_none() => Some(Some(row)),
            "undo" | "redo" => None,
            _ => Some(None),
        })
    })?;
    Ok(found.flatten())
}

struct Raw {
    row: WroteRow,
    replaced: String,
    /// The operation's place among concurrent ones: counter, then actor.
    place: (i64, Vec<u8>),
}

const WROTE: &str = "SELECT h.record, h.kind, h.key, h.change, h.value, h.counter, c.actor, h.replaced, a.id
    FROM history h JOIN change c ON c.n = h.change JOIN actor a ON a.n = c.actor";

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    let key: String = row.get(2)?;
    let value: Option<String> = row.get(4)?;
    let json: Option<Json> = value.and_then(|text| serde_json::from_str(&text).ok());
    let mut wrote = WroteRow {
        record: row.get(0)?,
        kind: row.get(1)?,
        change: row.get(3)?,
        from: None,
        to: None,
        first: BTreeMap::new(),
        op: format!("{}@{}", row.get::<_, i64>(5)?, row.get::<_, i64>(6)?),
        key,
    };
    match json {
        Some(Json::Object(values)) if wrote.key.is_empty() => {
            wrote.first = values.iter().filter_map(|(key, value)| Some((key.clone(), from_plain(value)?))).collect();
        }
        Some(json) => wrote.to = from_plain(&json),
        None => {}
    }
    Ok(Raw { row: wrote, replaced: row.get(7)?, place: (row.get(5)?, row.get(8)?) })
}

/// Everything a record's key ever held (all keys, where none is named; elements of a set with their field), newest first.
///
/// # Errors
/// Whatever SQLite says.
pub fn field_history(
    connection: &Connection,
    record: &str,
    field: Option<&str>,
) -> Result<Vec<(WroteRow, ChangeRow)>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WROTE} WHERE h.record = ?1 AND (?2 IS NULL OR h.key = '' OR h.key = ?2 OR (h.key > ?2 || '/' AND h.key < ?2 || '0'))
         ORDER BY c.at_ms DESC, h.counter DESC, c.hash DESC"
    ))?;
    let raws: Vec<Raw> = statement.query_map(params![record, field], raw)?.collect::<Result<_, _>>()?;
    let rows = resolve(raws);
    with_changes(connection, rows)
}

/// What the change at `n` (all parts of its action) wrote, at most `limit` rows.
///
/// # Errors
/// Whatever SQLite says.
pub fn wrote_by(connection: &Connection, n: i64, limit: u32) -> Result<Vec<WroteRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WROTE} WHERE h.change IN (
            SELECT n FROM change WHERE n = ?1 OR grouped = (SELECT grouped FROM change WHERE n = ?1)) ORDER BY h.n LIMIT ?2"
    ))?;
    let raws: Vec<Raw> = statement.query_map(params![n, limit], raw)?.collect::<Result<_, _>>()?;
    let mut before = connection.prepare_cached(&format!("{WROTE} WHERE h.record = ?1 AND h.key IN (?2, '')"))?;
    let mut rows = Vec::with_capacity(raws.len());
    for mut one in raws {
        if !one.replaced.is_empty() {
            let others: Vec<Raw> = before.query_map([&one.row.record, &one.row.key], raw)?.collect::<Result<_, _>>()?;
            one.row.from = before_of(&one, &others);
        }
        rows.push(one.row);
    }
    Ok(rows)
}

/// The place in the log of the change that wrote last at a key: the one with the largest operation.
///
/// # Errors
/// Whatever SQLite says.
pub fn last_write(connection: &Connection, record: &str, key: &str) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT h.change FROM history h JOIN change c ON c.n = h.change JOIN actor a ON a.n = c.actor
             WHERE h.record = ?1 AND h.key = ?2 ORDER BY h.counter DESC, a.id DESC LIMIT 1",
        )?
        .query_row([record, key], |row| row.get(0))
        .optional()?)
}

/// Whether somebody other than `by` has written to a record.
///
/// # Errors
/// Whatever SQLite says.
pub fn touched_by_others(connection: &Connection, record: &str, by: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM history h JOIN change c ON c.n = h.change WHERE h.record = ?1 AND c.by <> ?2)")?
        .query_row([record, by], |row| row.get(0))?)
}

/// The changes that touched any of these records with what they wrote on them, newest first, only what is older than
/// `before_ms`. What a change wrote comes in the order of the records.
///
/// # Errors
/// Whatever SQLite says.
pub fn record_changes<'a>(
    connection: &Connection,
    records: impl IntoIterator<Item = &'a str>,
    before_ms: Option<i64>,
    limit: u32,
) -> Result<Vec<(ChangeRow, Vec<WroteRow>)>, StoreError> {
    let mut found: Vec<(ChangeRow, Vec<WroteRow>)> = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for record in records {
        for (row, change) in field_history(connection, record, None)? {
            if before_ms.is_some_and(|before| change.at_ms >= before) {
                continue;
            }
            let place = *places.entry(change.n).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, rows)) => rows.push(row),
                None => found.push((change, vec![row])),
            }
        }
    }
    // Stable: what happened on one record within a millisecond stays in its order.
    found.sort_by_key(|(change, _)| std::cmp::Reverse(change.at_ms));
    found.truncate(limit as usize);
    Ok(found)
}

fn with_changes(connection: &Connection, rows: Vec<WroteRow>) -> Result<Vec<(WroteRow, ChangeRow)>, StoreError> {
    let mut places: Vec<i64> = rows.iter().map(|row| row.change).collect();
    places.sort_unstable();
    places.dedup();
    let changes = changes_at(connection, &places)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((changes.get(&row.change)?.clone(), row)))
        .map(|(change, row)| (row, change))
        .collect())
}

fn resolve(raws: Vec<Raw>) -> Vec<WroteRow> {
    let before: Vec<Option<Value>> = raws.iter().map(|one| before_of(one, &raws)).collect();
    raws.into_iter().zip(before).map(|(one, from)| WroteRow { from, ..one.row }).collect()
}

/// What stood at a key before: what the replaced operation wrote. Of several (a settled conflict), the one that was shown:
/// the largest operation. An operation without a row of its own is part of the record's making.
fn before_of(one: &Raw, others: &[Raw]) -> Option<Value> {
    if one.replaced.is_empty() {
        return None;
    }
    let replaced: Vec<&str> = one.replaced.split(' ').collect();
    let same_record = |other: &&Raw| other.row.record == one.row.record;
    let written = others
        .iter()
        .filter(same_record)
        .filter(|other| !other.row.key.is_empty() && replaced.contains(&other.row.op.as_str()))
        .max_by(|a, b| a.place.cmp(&b.place));
    match written {
        Some(other) => other.row.to.clone(),
        None => others
            .iter()
            .filter(same_record)
            .find(|other| other.row.key.is_empty())?
            .row
            .first
            .get(&one.row.key)
            .cloned(),
    }
}
