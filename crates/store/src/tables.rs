//! The kinds' own tables, derived from the schema.

use std::collections::BTreeSet;

use rusqlite::Connection;
use tandem_context::{Field, FieldType, Kind, Schema};

use crate::StoreError;

/// Columns every kind's table has before those of its fields.
pub(crate) const BASE: &[&str] = &["n", "id", "title", "archived", "created_at", "updated_at", "extra"];

/// The table of a kind.
pub(crate) fn table(kind: &str) -> String {
    format!("kind_{kind}")
}

/// An SQL name in quotes. Names come from the schema, custom ones were checked when they were declared.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether the tables hold every field of the schema.
pub(crate) fn exist(connection: &Connection, schema: &Schema) -> Result<bool, StoreError> {
    for kind in schema.kinds() {
        let columns = columns(connection, kind.name)?;
        if kind.fields.iter().any(|field| !columns.contains(&field.name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes the tables, columns and indexes that are missing.
pub(crate) fn ensure(connection: &Connection, schema: &Schema) -> Result<(), StoreError> {
    for kind in schema.kinds() {
        let table = quoted(&table(kind.name));
        let columns = columns(connection, kind.name)?;
        if columns.is_empty() {
            connection.execute_batch(&create(kind, &table))?;
        } else {
            for field in kind.fields.iter().filter(|field| !columns.contains(&field.name)) {
                connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {}", column(field)))?;
            }
        }
        for field in kind.fields.iter().filter(|field| field.indexed) {
            connection.execute_batch(&format!(
                "CREATE INDEX IF NOT EXISTS {} ON {table} (archived, {})",
                quoted(&format!("{}_by_{}", kind.name, field.name)),
                quoted(&field.name),
            ))?;
        }
        connection.execute_batch(&format!(
            "CREATE INDEX IF NOT EXISTS {0}_by_title ON {table} (archived, title);
             CREATE INDEX IF NOT EXISTS {0}_by_update ON {table} (archived, updated_at);",
            kind.name,
        ))?;
    }
    connection.execute_batch(
        // The board: counts and sums by stage, and a column's cards in order.
        "CREATE INDEX IF NOT EXISTS opportunity_sums ON kind_opportunity (archived, stage, currency, value);
         CREATE INDEX IF NOT EXISTS opportunity_cards ON kind_opportunity (archived, stage, next_step_date, updated_at DESC);",
    )?;
    Ok(())
}

fn create(kind: &Kind, table: &str) -> String {
    let fields: Vec<String> = kind.fields.iter().map(column).collect();
    format!(
        "CREATE TABLE {table} (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL COLLATE NOCASE, archived INTEGER NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, extra TEXT, {})",
        fields.join(", "),
    )
}

fn column(field: &Field) -> String {
    let name = quoted(&field.name);
    if field.is_custom() {
        // Without a type, so that values stay what they are: two devices may declare one field with different types, and
        // the column stands before it is known which declaration holds.
        return format!("{name} COLLATE NOCASE");
    }
    if field.ty.is_number() {
        return format!("{name} INTEGER");
    }
    match field.ty {
        // Ids and codes are compared byte by byte, what people read is not.
        FieldType::Link(_) | FieldType::Date | FieldType::Instant | FieldType::Choice(_) => format!("{name} TEXT"),
        _ => format!("{name} TEXT COLLATE NOCASE"),
    }
}

fn columns(connection: &Connection, kind: &str) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table(kind)], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
