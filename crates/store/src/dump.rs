//! The read model as text, to be compared.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tandem_context::Schema;

use crate::StoreError;
use crate::tables::{quoted, table};

/// Every row of the read model in a form that does not depend on the order in which this file learnt of things: two files
/// with the same document have the same lines.
///
/// # Errors
/// Whatever SQLite says.
pub fn dump(connection: &Connection, schema: &Schema) -> Result<Vec<String>, StoreError> {
    let mut lines = Vec::new();
    rows(
        connection,
        "record",
        "SELECT id, kind, title, folded, archived, created_at, updated_at FROM record",
        &mut lines,
    )?;
    rows(connection, "conflict", "SELECT record, kind, key, stated FROM conflict", &mut lines)?;
    for kind in schema.kinds() {
        let fields: Vec<String> = kind.fields.iter().map(|field| quoted(&field.name)).collect();
        let sql = format!(
            "SELECT id, title, archived, created_at, updated_at, extra, {} FROM {}",
            fields.join(", "),
            quoted(&table(kind.name)),
        );
        rows(connection, kind.name, &sql, &mut lines)?;
    }
    rows(
        connection,
        "history",
        "SELECT h.record, h.kind, h.key, h.counter, hex(c.hash), h.value,
                (SELECT group_concat(op, ' ' ORDER BY op) FROM (
                    SELECT substr(r.value, 1, instr(r.value, '@')) || hex(a.id) AS op
                    FROM json_each('[\"' || replace(h.replaced, ' ', '\",\"') || '\"]') r
                    JOIN actor a ON a.n = CAST(substr(r.value, instr(r.value, '@') + 1) AS INTEGER)))
         FROM history h JOIN change c ON c.n = h.change",
        &mut lines,
    )?;
    rows(
        connection,
        "text",
        "SELECT r.id, (SELECT count(*) FROM record_text WHERE rowid = r.n) FROM record r",
        &mut lines,
    )?;
    lines.sort_unstable();
    Ok(lines)
}

fn rows(connection: &Connection, name: &str, sql: &str, lines: &mut Vec<String>) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut line = name.to_owned();
        for column in 0..columns {
            line.push('\t');
            match row.get_ref(column)? {
                ValueRef::Null => line.push('-'),
                ValueRef::Integer(number) => line += &number.to_string(),
                ValueRef::Text(text) => line += &String::from_utf8_lossy(text),
                ValueRef::Real(number) => line += &number.to_string(),
                ValueRef::Blob(bytes) => line += &format!("{bytes:?}"),
            }
        }
        lines.push(line);
    }
    Ok(())
}
