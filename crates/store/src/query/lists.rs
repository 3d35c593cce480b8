//! Lists, their totals and sums, and the board.

use std::collections::BTreeMap;

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::Value as Json;
use tandem_context::{Field, FieldType, Kind, Merge, Schema, Value};

use super::filter::{Condition, Where};
use crate::StoreError;
use crate::project::from_plain;
use crate::tables::{quoted, table};

/// What a list shall hold.
#[derive(Debug, Clone, Default)]
pub struct ListSpec {
    /// The kind.
    pub kind: String,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Words to be found in the record.
    pub text: Option<String>,
    /// First one leads; default: title.
    pub order: Vec<Order>,
    /// How many to skip.
    pub offset: u32,
    /// How many to give.
    pub limit: u32,
}

/// An order.
#[derive(Debug, Clone)]
pub struct Order {
    /// A field, or `title`, `created_at`, `updated_at`.
    pub field: String,
    /// Largest first.
    pub descending: bool,
}

/// A record as the read model holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What to call it.
    pub title: String,
    /// It was set aside.
    pub archived: bool,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    /// Milliseconds since 1970.
    pub updated_ms: i64,
    /// The fields that are not empty; those this version does not know included.
    pub values: BTreeMap<String, Value>,
}

/// Count and sum of the opportunities of a stage and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCount {
    /// The stage.
    pub stage: String,
    /// The currency; empty where none is given.
    pub currency: String,
    /// How many.
    pub count: u32,
    /// Their value, in hundredths.
    pub sum: i64,
}

fn kind_of<'a>(schema: &'a Schema, kind: &str) -> Result<&'a Kind, StoreError> {
    schema.kind(kind).ok_or_else(|| StoreError::Query(format!("there is no kind of record called “{kind}”")))
}

/// A page of records.
///
/// # Errors
/// [`StoreError::Query`] for an unknown kind or field.
pub fn list(connection: &Connection, schema: &Schema, spec: &ListSpec) -> Result<Vec<Row>, StoreError> {
    let kind = kind_of(schema, &spec.kind)?;
    let mut made = Where::of(kind, &spec.conditions, spec.text.as_deref())?;
    let (joins, order) = order_by(kind, &spec.order)?;
    let limit = made.bind(Sql::Integer(i64::from(spec.limit)));
    let offset = made.bind(Sql::Integer(i64::from(spec.offset)));
    let own = quoted(&table(kind.name));
    // The page is found over indexes alone; only its own rows are read whole.
    let page = format!(
        "SELECT t.n FROM {own} t {joins} WHERE {} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
        made.clause()
    );
    let mut statement = connection.prepare_cached(&page)?;
    let places: Vec<i64> =
        statement.query_map(params_from_iter(&made.params), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut whole = connection.prepare_cached(&format!("SELECT {} FROM {own} t WHERE t.n = ?1", columns(kind)))?;
    let rows = places.iter().map(|n| whole.query_row([n], |row| read(kind, row)));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many records there are.
///
/// # Errors
/// As [`list`].
pub fn total(connection: &Connection, schema: &Schema, spec: &ListSpec) -> Result<u32, StoreError> {
    let kind = kind_of(schema, &spec.kind)?;
    let made = Where::of(kind, &spec.conditions, spec.text.as_deref())?;
    let sql = format!("SELECT count(*) FROM {} t WHERE {}", quoted(&table(kind.name)), made.clause());
    Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(&made.params), |row| row.get(0))?)
}

/// What a number field adds up to, by currency where the kind has one (key empty where none is given).
///
/// # Errors
/// As [`list`].
pub fn sums(
    connection: &Connection,
    schema: &Schema,
    spec: &ListSpec,
    field: &str,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let kind = kind_of(schema, &spec.kind)?;
    let Some(summed) = kind.field(field).filter(|field| matches!(field.ty, FieldType::Integer | FieldType::Money))
    else {
        return Err(StoreError::Query(format!("{field} of {} cannot be added up", kind.name)));
    };
    let made = Where::of(kind, &spec.conditions, spec.text.as_deref())?;
    let by = if summed.ty == FieldType::Money && kind.field("currency").is_some() {
        "coalesce(t.currency, '')"
    } else {
        "''"
    };
    let sql = format!(
        "SELECT {by}, sum(t.{0}) FROM {1} t WHERE {2} AND t.{0} IS NOT NULL GROUP BY 1",
        quoted(field),
        quoted(&table(kind.name)),
        made.clause(),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&made.params), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counts and sums of the pipeline by stage and currency.
///
/// # Errors
/// As [`list`].
pub fn board_counts(
    connection: &Connection,
    schema: &Schema,
    conditions: &[Condition],
    text: Option<&str>,
) -> Result<Vec<BoardCount>, StoreError> {
    let kind = kind_of(schema, "opportunity")?;
    let made = Where::of(kind, conditions, text)?;
    let sql = format!(
        "SELECT coalesce(t.stage, ''), coalesce(t.currency, ''), count(*), coalesce(sum(t.value), 0)
         FROM kind_opportunity t WHERE {} GROUP BY t.stage, t.currency",
        made.clause(),
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&made.params), |row| {
        Ok(BoardCount { stage: row.get(0)?, currency: row.get(1)?, count: row.get(2)?, sum: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The distinct values of a field with their counts, most frequent first.
///
/// # Errors
/// As [`list`].
pub fn count_by(
    connection: &Connection,
    schema: &Schema,
    kind: &str,
    field: &str,
    limit: u32,
) -> Result<Vec<(Value, u32)>, StoreError> {
    let kind = kind_of(schema, kind)?;
    let Some(counted) = kind.field(field) else {
        return Err(StoreError::Query(format!("{} has no field called “{field}”", kind.name)));
    };
    let own = quoted(&table(kind.name));
    let name = quoted(field);
    let sql = if counted.ty.merge() == Merge::Set {
        format!(
            "SELECT e.key, count(*) FROM {own} t, json_each(t.{name}) e WHERE t.archived = 0 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?1"
        )
    } else {
        format!(
            "SELECT t.{name}, count(*) FROM {own} t WHERE t.archived = 0 AND t.{name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?1"
        )
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([limit], |row| Ok((value(counted, row.get_ref(0)?), row.get(1)?)))?;
    let mut counts = Vec::new();
    for row in rows {
        if let (Some(value), count) = row? {
            counts.push((value, count));
        }
    }
    Ok(counts)
}

/// The record of this id, whatever its kind, archived or not.
///
/// # Errors
/// Whatever SQLite says.
pub fn record(connection: &Connection, schema: &Schema, id: &str) -> Result<Option<Row>, StoreError> {
    let found: Option<String> = connection
        .prepare_cached("SELECT kind FROM record WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(kind) = found.and_then(|kind| schema.kind(&kind)) else { return Ok(None) };
    let sql = format!("SELECT {} FROM {} t WHERE t.id = ?1", columns(kind), quoted(&table(kind.name)));
    Ok(connection.prepare_cached(&sql)?.query_row([id], |row| read(kind, row)).optional()?)
}

pub(super) fn columns(kind: &Kind) -> String {
    let base = "t.n, t.id, t.title, t.archived, t.created_at, t.updated_at, t.extra";
    kind.fields.iter().fold(base.to_owned(), |columns, field| columns + ", t." + &quoted(&field.name))
}

/// Reads a row of [`columns`].
pub(super) fn read(kind: &Kind, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let mut values = BTreeMap::new();
    for (place, field) in kind.fields.iter().enumerate() {
        if let Some(value) = value(field, row.get_ref(place + 7)?) {
            values.insert(field.name.clone(), value);
        }
    }
    let extra: Option<String> = row.get(6)?;
    if let Some(Json::Object(unknown)) = extra.and_then(|text| serde_json::from_str(&text).ok()) {
        values.extend(unknown.iter().filter_map(|(name, value)| Some((name.clone(), from_plain(value)?))));
    }
    Ok(Row {
        id: row.get(1)?,
        kind: kind.name.to_owned(),
        title: row.get(2)?,
        archived: row.get(3)?,
        created_ms: row.get(4)?,
        updated_ms: row.get(5)?,
        values,
    })
}

fn value(field: &Field, column: ValueRef<'_>) -> Option<Value> {
    match column {
        ValueRef::Integer(number) if field.ty == FieldType::Boolean => Some(Value::Boolean(number != 0)),
        ValueRef::Integer(number) => Some(Value::Integer(number)),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            if field.ty.merge() == Merge::Set {
                return serde_json::from_str(&text).ok().and_then(|json| from_plain(&json));
            }
            Some(Value::Text(text.into_owned()))
        }
        _ => None,
    }
}

/// The joins and the `ORDER BY` of an order; ties are broken by the record's number, so that pages never overlap.
fn order_by(kind: &Kind, order: &[Order]) -> Result<(String, String), StoreError> {
    let title = [Order { field: "title".to_owned(), descending: false }];
    let order = if order.is_empty() { &title[..] } else { order };
    let mut joins = String::new();
    let mut terms = Vec::new();
    for (place, one) in order.iter().enumerate() {
        let column = match (kind.field(&one.field), one.field.as_str()) {
            (Some(field), _) if matches!(field.ty, FieldType::Link(_)) => {
                joins += &format!("LEFT JOIN record r{place} ON r{place}.id = t.{} ", quoted(&field.name));
                format!("r{place}.title")
            }
            (Some(field), _) => format!("t.{}", quoted(&field.name)),
            (None, base @ ("title" | "created_at" | "updated_at" | "archived")) => format!("t.{base}"),
            (None, other) => return Err(StoreError::Query(format!("{} has no field called “{other}”", kind.name))),
        };
        // Empty ones come last either way. SQLite's own order puts them last when descending.
        terms.push(if one.descending { format!("{column} DESC") } else { format!("{column} ASC NULLS LAST") });
    }
    // In the direction of the last term, so that one walk over an index yields both.
    let descending = order.last().is_some_and(|one| one.descending);
    terms.push(if descending { "t.n DESC".to_owned() } else { "t.n".to_owned() });
    Ok((joins, terms.join(", ")))
}
