//! Records of a kind as CSV or JSON text.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;
use tandem_context::{Schema, fold};
use tandem_import::ExportRecord;
use tandem_store::Row;

use super::edit::check_count;
use crate::api::{ApiError, ExportRequest, Exported, Filter, ListQuery};
use crate::convert::{Names, targets};
use crate::queries;

/// Records read at once.
const PAGE: u32 = 1_000;
/// Ids that one query names.
const IDS_AT_ONCE: usize = 500;

pub(crate) fn export(connection: &Connection, schema: &Schema, asked: &ExportRequest) -> Result<Exported, ApiError> {
    let rows = all(connection, schema, asked)?;
    let text = match asked.format.as_str() {
        "json" => {
            let mut names = Names::new(connection, schema);
            let records = rows.iter().map(|row| names.record(row, true)).collect::<Result<Vec<_>, _>>()?;
            serde_json::to_string_pretty(&records).map_err(|error| ApiError::new("export", error.to_string()))?
        }
        "csv" => csv(connection, schema, &asked.kind, &rows)?,
        other => return Err(ApiError::new("invalid_value", format!("“{other}” is no format; csv and json are"))),
    };
    Ok(Exported { text: Some(text), records: rows.len() as u32 })
}

/// Puts an export in a file, if it shall go to one.
pub(crate) fn write_out(exported: Exported, path: Option<&str>) -> Result<Exported, ApiError> {
    let (Some(path), Some(text)) = (path, &exported.text) else { return Ok(exported) };
    std::fs::write(path, text)
        .map_err(|error| ApiError::new("storage", format!("{path} cannot be written: {error}")))?;
    Ok(Exported { text: None, records: exported.records })
}

fn all(connection: &Connection, schema: &Schema, asked: &ExportRequest) -> Result<Vec<Row>, ApiError> {
    let Some(ids) = &asked.ids else { return matching(connection, schema, asked, &asked.filters) };
    check_count(ids)?;
    let mut rows = Vec::new();
    for some in ids.chunks(IDS_AT_ONCE) {
        let mut filters = asked.filters.clone();
        filters.push(Filter { field: "id".to_owned(), op: "any_of".to_owned(), value: some.into() });
        rows.extend(matching(connection, schema, asked, &filters)?);
    }
    // As the whole would be ordered, whatever order they were chosen in.
    rows.sort_by(|a, b| (a.title.to_lowercase(), &a.id).cmp(&(b.title.to_lowercase(), &b.id)));
    rows.dedup_by(|a, b| a.id == b.id);
    Ok(rows)
}

/// Every record for which `filters` hold.
fn matching(
    connection: &Connection,
    schema: &Schema,
    asked: &ExportRequest,
    filters: &[Filter],
) -> Result<Vec<Row>, ApiError> {
    let mut rows = Vec::new();
    loop {
        let query = ListQuery {
            kind: asked.kind.clone(),
            filters: filters.to_vec(),
            sort: Vec::new(),
            text: None,
            offset: rows.len() as u32,
            limit: Some(PAGE),
            sums: Vec::new(),
        };
        let page = tandem_store::list(connection, schema, &queries::spec(schema, &query)?)?;
        let last = page.len() < PAGE as usize;
        rows.extend(page);
        if last {
            return Ok(rows);
        }
    }
}

/// Links are written as the names of what they point to where only one record is called so, else as ids: both import again.
fn csv(connection: &Connection, schema: &Schema, kind: &str, rows: &[Row]) -> Result<String, ApiError> {
    let fields = schema.kind(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    let mut titles: HashMap<String, String> = HashMap::new();
    for field in fields.iter().filter(|field| field.ty.target().is_some()) {
        let ids: BTreeSet<String> =
            rows.iter().filter_map(|row| row.values.get(&field.name)).flat_map(|value| targets(field, value)).collect();
        for (id, (title, target)) in tandem_store::titles(connection, ids.iter().map(String::as_str))? {
            if tandem_store::find_by_folded(connection, &target, &fold(&title))?.as_slice() == [id.as_str()] {
                titles.insert(id, title);
            }
        }
    }
    let records = rows.iter().map(|row| ExportRecord { id: &row.id, fields: &row.values });
    Ok(tandem_import::to_csv(schema, kind, records, &|_, id| titles.get(id).cloned()))
}
