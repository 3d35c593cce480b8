//! Records as CSV, in a form that imports again.

use std::collections::BTreeMap;

use tandem_context::{Field, FieldType, Schema, Value};

use crate::cell::csv_safe;

/// A record to write.
#[derive(Debug, Clone, Copy)]
pub struct ExportRecord<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its values.
    pub fields: &'a BTreeMap<String, Value>,
}

/// Writes records of a kind: a heading of `id` and the fields' names, then a row each. Amounts have a decimal point, dates
/// are ISO, the elements of sets stand between `;`, links are ids, a role follows in brackets; no cell starts a formula
/// ([`csv_safe`]). Lines end with CR LF (RFC 4180), the text is UTF-8 without a mark. A kind that is not in the schema has no
/// fields.
///
/// `name` gives a linked record's name where the file is for reading; where it gives nothing the id is written, which
/// imports again exactly.
pub fn to_csv<'a>(
    schema: &Schema,
    kind: &str,
    records: impl IntoIterator<Item = ExportRecord<'a>>,
    name: &dyn Fn(&str, &str) -> Option<String>,
) -> String {
    let fields: Vec<&Field> =
        schema.kind(kind).map(|kind| kind.fields.iter().filter(|field| !field.retired).collect()).unwrap_or_default();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let headings = std::iter::once("id").chain(fields.iter().map(|field| field.name.as_str()));
    let mut written = writer.write_record(headings);
    for record in records {
        let cells = fields
            .iter()
            .map(|field| record.fields.get(&field.name).map_or_else(String::new, |value| cell(field, value, name)));
        let row: Vec<String> = std::iter::once(record.id.to_owned()).chain(cells).collect();
        written = written.and_then(|()| writer.write_record(row.iter().map(|cell| csv_safe(cell).into_owned())));
    }
    debug_assert!(written.is_ok(), "rows are equally long and memory takes every byte");
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn cell(field: &Field, value: &Value, name: &dyn Fn(&str, &str) -> Option<String>) -> String {
    let target = field.ty.target();
    let named = |id: &str| target.and_then(|kind| name(kind, id)).unwrap_or_else(|| id.to_owned());
    match value {
        Value::Text(id) if target.is_some() => named(id),
        Value::Text(text) => text.clone(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Integer(hundredths) if field.ty == FieldType::Money => {
            let sign = if *hundredths < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100)
        }
        Value::Integer(number) => number.to_string(),
        Value::Set(elements) => {
            // A name with the signs that separate names and roles would come back as something else: its id does not.
            let safe = |id: &str| if named(id).contains([';', '(', ')']) { id.to_owned() } else { named(id) };
            let element = |(element, role): (&String, &String)| match (target, role.as_str()) {
                (None, _) => element.clone(),
                (_, "") => safe(element),
                (_, role) => format!("{} ({role})", safe(element)),
            };
            elements.iter().map(element).collect::<Vec<_>>().join(";")
        }
    }
}
