//! Records for whoever computes with all of them: columns without rows made of them, what changed since, and what was written
//! when.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde_json::Value as Json;
use tandem_context::Value;

use crate::project::from_plain;
use crate::tables::{quoted, table};
use crate::{Store, StoreError};

/// The cells of a record: the columns that were asked for, in that order.
#[derive(Debug)]
pub struct Cells<'a> {
    row: &'a rusqlite::Row<'a>,
}

/// Columns before those asked for.
const BEFORE: usize = 2;

impl Cells<'_> {
    /// The record's id.
    pub fn id(&self) -> &str {
        self.row.get_ref(0).ok().and_then(|value| value.as_str().ok()).unwrap_or_default()
    }

    /// When it was made, in milliseconds since 1970.
    pub fn created_ms(&self) -> i64 {
        self.row.get(1).unwrap_or_default()
    }

    /// A text.
    pub fn text(&self, at: usize) -> Option<&str> {
        self.row.get_ref(at + BEFORE).ok()?.as_str().ok()
    }

    /// A whole number; yes and no are 1 and 0.
    pub fn integer(&self, at: usize) -> Option<i64> {
        self.row.get_ref(at + BEFORE).ok()?.as_i64().ok()
    }

    /// A set: element → role.
    pub fn set(&self, at: usize) -> BTreeMap<String, String> {
        match self.text(at).and_then(|text| serde_json::from_str(text).ok()).and_then(|json: Json| from_plain(&json)) {
            Some(Value::Set(set)) => set,
            _ => BTreeMap::new(),
        }
    }

    /// Whatever it is, as JSON.
    pub fn json(&self, at: usize) -> Option<Json> {
        match self.row.get_ref(at + BEFORE).ok()? {
            ValueRef::Integer(number) => Some(Json::from(number)),
            ValueRef::Text(text) => Some(Json::from(String::from_utf8_lossy(text).as_ref())),
            _ => None,
        }
    }
}

/// Reads columns of a kind's records, of one of them where an id is given; none that were set aside.
///
/// # Errors
/// Whatever SQLite says, also of a column that is not there.
pub fn scan(
    connection: &Connection,
    kind: &str,
    columns: &[&str],
    id: Option<&str>,
    visit: &mut dyn FnMut(&Cells<'_>),
) -> Result<(), StoreError> {
    let which = if id.is_some() { "id = ?1 AND archived = 0" } else { "archived = 0" };
    scan_where(connection, (kind, columns), which, id, visit)
}

/// As [`scan`], those that were set aside included.
///
/// # Errors
/// As [`scan`].
pub fn scan_all(
    connection: &Connection,
    kind: &str,
    columns: &[&str],
    visit: &mut dyn FnMut(&Cells<'_>),
) -> Result<(), StoreError> {
    scan_where(connection, (kind, columns), "true", None, visit)
}

fn scan_where(
    connection: &Connection,
    (kind, columns): (&str, &[&str]),
    which: &str,
    id: Option<&str>,
    visit: &mut dyn FnMut(&Cells<'_>),
) -> Result<(), StoreError> {
    let names: String = columns.iter().map(|column| format!(", {}", quoted(column))).collect();
    let sql = format!("SELECT id, created_at{names} FROM {} WHERE {which}", quoted(&table(kind)));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = match id {
        Some(id) => statement.query([id])?,
        None => statement.query([])?,
    };
    while let Some(row) = rows.next()? {
        visit(&Cells { row });
    }
    Ok(())
}

/// A stage that an opportunity came to.
#[derive(Debug)]
pub struct StageMove<'a> {
    /// The opportunity.
    pub record: &'a str,
    /// The stage.
    pub stage: &'a str,
    /// When, in milliseconds since 1970 by the writer's clock.
    pub at_ms: i64,
    /// Who.
    pub by: &'a str,
}

/// Which stages that were written do not count as passages: those that were taken back by undo, and the undoing itself.
#[derive(Debug, Default)]
pub struct StageUndos {
    /// When the stage that a change wrote to a record was taken back, and brought again, and so on.
    turned: HashMap<i64, HashMap<String, Vec<i64>>>,
    /// Changes that undo.
    undoing: HashSet<i64>,
}

/// A change that undoes.
struct Undo {
    n: i64,
    undoes: Vec<u8>,
    at_ms: i64,
    record: String,
}

impl StageUndos {
    /// Reads them, of one opportunity where an id is given.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn read(connection: &Connection, id: Option<&str>) -> Result<Self, StoreError> {
        let which = if id.is_some() { "h.record = ?1 AND" } else { "" };
        let mut statement = connection.prepare_cached(&format!(
            "SELECT u.n, u.hash, u.undoes, u.at_ms, h.record FROM change u JOIN history h ON h.change = u.n
             WHERE {which} u.undoes IS NOT NULL AND h.kind = 'opportunity' AND h.key = 'stage'"
        ))?;
        let read = |row: &rusqlite::Row<'_>| {
            let undo = Undo { n: row.get(0)?, undoes: row.get(2)?, at_ms: row.get(3)?, record: row.get(4)? };
            Ok((row.get::<_, Vec<u8>>(1)?, undo))
        };
        let undos: Vec<(Vec<u8>, Undo)> = match id {
            Some(id) => statement.query_map([id], read)?.collect::<Result<_, _>>()?,
            None => statement.query_map([], read)?.collect::<Result<_, _>>()?,
        };
        let undoes: HashMap<&[u8], &[u8]> = undos.iter().map(|(hash, one)| (&**hash, &*one.undoes)).collect();
        // An action too large for one change is several, and is undone by its first.
        let mut parts = connection.prepare_cached(
            "SELECT c.n FROM change f JOIN change c ON c.n = f.n OR (f.grouped IS NOT NULL AND c.grouped = f.grouped)
             WHERE f.hash = ?1",
        )?;
        let mut numbers: HashMap<&[u8], Vec<i64>> = HashMap::new();
        let mut found = Self::default();
        for (_, undo) in &undos {
            found.undoing.insert(undo.n);
            // A redo undoes an undo: in the end it is about the change that was undone first.
            let mut about = &*undo.undoes;
            while let Some(before) = undoes.get(about) {
                about = before;
            }
            if !numbers.contains_key(about) {
                let known = parts.query_map([about], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
                numbers.insert(about, known);
            }
            for part in numbers.get(about).into_iter().flatten() {
                let records = found.turned.entry(*part).or_default();
                records.entry(undo.record.clone()).or_default().push(undo.at_ms);
            }
        }
        Ok(found)
    }

    /// Whether a stage that a change wrote to a record counts as a passage, as of a moment.
    pub fn counts(&self, change: i64, record: &str, at_ms: i64) -> bool {
        let turned = self.turned.get(&change).and_then(|records| records.get(record));
        let times = turned.map_or(0, |turned| turned.iter().filter(|turned_ms| **turned_ms <= at_ms).count());
        times.is_multiple_of(2) && !self.undoing.contains(&change)
    }
}

/// Every stage that opportunities came to and that was not taken back, of one of them where an id is given, oldest first.
///
/// # Errors
/// Whatever SQLite says.
pub fn stage_moves(
    connection: &Connection,
    id: Option<&str>,
    visit: &mut dyn FnMut(&StageMove<'_>),
) -> Result<(), StoreError> {
    let undos = StageUndos::read(connection, id)?;
    let which = if id.is_some() { "h.record = ?1 AND" } else { "" };
    let sql = format!(
        "SELECT h.record, CASE h.key WHEN '' THEN json_extract(h.value, '$.stage') ELSE json_extract(h.value, '$') END, c.at_ms, c.by, c.n
         FROM history h JOIN change c ON c.n = h.change JOIN actor a ON a.n = c.actor
         WHERE {which} h.kind = 'opportunity' AND h.key IN ('', 'stage') AND h.value IS NOT NULL
         ORDER BY c.at_ms, h.counter, a.id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = match id {
        Some(id) => statement.query([id])?,
        None => statement.query([])?,
    };
    while let Some(row) = rows.next()? {
        let (record, stage, by) = (row.get_ref(0)?, row.get_ref(1)?, row.get_ref(3)?);
        if let (Ok(record), Ok(stage), Ok(by)) = (record.as_str(), stage.as_str(), by.as_str())
            && undos.counts(row.get(4)?, record, i64::MAX)
        {
            visit(&StageMove { record, stage, at_ms: row.get(2)?, by });
        }
    }
    Ok(())
}

/// Where the read model stands: it is the same as before exactly when this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Grows when history is taken back (the read model is made anew, a change is set aside).
    pub epoch: i64,
    /// The last row of history.
    pub upto: i64,
}

/// Setting that holds the [`Mark::epoch`].
pub(crate) const EPOCH: &str = "history_epoch";

/// Where the read model stands.
///
/// # Errors
/// Whatever SQLite says.
pub fn mark(connection: &Connection) -> Result<Mark, StoreError> {
    let upto = connection.prepare_cached("SELECT coalesce(max(n), 0) FROM history")?.query_row([], |row| row.get(0))?;
    let epoch = Store::setting(connection, EPOCH)?.and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Mark { epoch, upto })
}

/// The records written after a row of history, each once with its kind: at most `limit` and one more.
///
/// # Errors
/// Whatever SQLite says.
pub fn touched_since(connection: &Connection, upto: i64, limit: u32) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT record, kind FROM history WHERE n > ?1 LIMIT ?2 + 1")?;
    let rows = statement.query_map(params![upto, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the earliest of the changes was written that history learnt of after a row; none where it learnt of none.
///
/// # Errors
/// Whatever SQLite says.
pub fn earliest_since(connection: &Connection, upto: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT min(at_ms) FROM change WHERE n IN (SELECT change FROM history WHERE n > ?1)")?;
    Ok(statement.query_row([upto], |row| row.get(0))?)
}

/// What was written at one place, in the order in which this file learnt of it.
#[derive(Debug)]
pub struct PastRow<'a> {
    /// The record.
    pub record: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// The place in the log of the change that wrote it.
    pub change: i64,
    /// The key; empty: the record was made, `value` holds its first values by key.
    pub key: &'a str,
    /// JSON; none: cleared, removed.
    pub value: Option<&'a str>,
    /// The operation: counter, and this file's number for the actor.
    pub op: (i64, i64),
    /// The actor itself: of two operations with one counter, the one with the greater actor is shown.
    pub actor: &'a [u8],
    /// Operations replaced: `counter@actor`, separated by spaces.
    pub replaced: &'a str,
    /// When, in milliseconds since 1970 by the writer's clock.
    pub at_ms: i64,
    /// Who.
    pub by: &'a str,
}

/// Whose past is asked for.
#[derive(Debug, Clone, Copy)]
pub enum PastOf<'a> {
    /// That of every record of these kinds.
    Kinds(&'a [&'a str]),
    /// That of one record.
    Record(&'a str),
    /// That of the records of which one of some fields, as kind and field, was written anew after a moment.
    Edited {
        /// The fields.
        fields: &'a [(&'a str, &'a str)],
        /// Milliseconds since 1970.
        since_ms: i64,
    },
}

impl PastOf<'_> {
    /// As a condition on the row `h` of history.
    fn condition(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        match self {
            Self::Kinds(kinds) => {
                let names: Vec<String> = kinds.iter().map(|kind| quoted(kind)).collect();
                format!("h.kind IN ({})", names.join(", "))
            }
            Self::Record(id) => format!("h.record = {}", quoted(id)),
            Self::Edited { fields, since_ms } => {
                let edited = |(kind, field): &(&str, &str)| {
                    // Elements of a set stand at keys of their own, `field/element`; `0` comes right after `/`.
                    let (kind, key, elements, end) =
                        (quoted(kind), quoted(field), quoted(&format!("{field}/")), quoted(&format!("{field}0")));
                    let of = |which: &str| {
                        format!(
                            "SELECT e.record FROM history e JOIN change d ON d.n = e.change
                             WHERE e.kind = {kind} AND {which} AND e.key <> '' AND d.at_ms > {since_ms}"
                        )
                    };
                    [of(&format!("e.key = {key}")), of(&format!("e.key >= {elements} AND e.key < {end}"))]
                };
                let edited: Vec<String> = fields.iter().flat_map(edited).collect();
                format!("h.record IN ({})", edited.join(" UNION "))
            }
        }
    }
}

/// Everything that was ever written until a moment. A row comes after those it replaced.
///
/// # Errors
/// Whatever SQLite says.
pub fn past(
    connection: &Connection,
    of: PastOf<'_>,
    until_ms: i64,
    visit: &mut dyn FnMut(&PastRow<'_>),
) -> Result<(), StoreError> {
    let which = of.condition();
    let sql = format!(
        "SELECT h.record, h.kind, h.key, h.value, h.counter, c.actor, a.id, h.replaced, c.at_ms, c.by, c.n
         FROM history h JOIN change c ON c.n = h.change JOIN actor a ON a.n = c.actor
         WHERE {which} AND c.at_ms <= ?1 ORDER BY h.n"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([until_ms])?;
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get_ref(at).ok().and_then(|value| value.as_str().ok());
        visit(&PastRow {
            record: text(0).unwrap_or_default(),
            kind: text(1).unwrap_or_default(),
            key: text(2).unwrap_or_default(),
            value: text(3),
            op: (row.get(4)?, row.get(5)?),
            actor: row.get_ref(6)?.as_blob().unwrap_or_default(),
            replaced: text(7).unwrap_or_default(),
            at_ms: row.get(8)?,
            by: text(9).unwrap_or_default(),
            change: row.get(10)?,
        });
    }
    Ok(())
}

/// An owner that stands against another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingOwner {
    /// The opportunity.
    pub record: String,
    /// Who would own it; none: nobody.
    pub owner: Option<String>,
    /// Who wrote so.
    pub by: String,
    /// When, in milliseconds since 1970 by the writer's clock.
    pub at_ms: i64,
}

/// Opportunities whose owner was written without knowledge of another, of one of them where an id is given.
///
/// # Errors
/// Whatever SQLite says.
pub fn standing_owners(connection: &Connection, id: Option<&str>) -> Result<Vec<StandingOwner>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT c.record, json_extract(v.value, '$.value'), h.by, h.at_ms
         FROM conflict c, json_each(c.stated) v JOIN change h ON h.hash = unhex(json_extract(v.value, '$.change'))
         WHERE c.kind = 'opportunity' AND c.key = 'owner' AND (?1 IS NULL OR c.record = ?1)
         ORDER BY c.record, h.at_ms, h.hash",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(StandingOwner { record: row.get(0)?, owner: row.get(1)?, by: row.get(2)?, at_ms: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
