//! From conditions to SQL.

use rusqlite::types::Value as Sql;
use tandem_context::{Field, FieldType, Kind, Merge, Value, fold};

use crate::StoreError;
use crate::tables::quoted;

/// A condition on a field; several must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field, or `title`, `archived`, `created_at`, `updated_at`, `conflict`.
    pub field: String,
    /// How to compare.
    pub compare: Compare,
    /// What with; several for [`Compare::AnyOf`].
    pub values: Vec<Value>,
}

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// Equal; of a set, among its elements. Without a value: empty.
    Is,
    /// Not equal; empty counts.
    IsNot,
    /// Equal to one of them.
    AnyOf,
    /// Equal to none of them.
    NoneOf,
    /// The text has it inside.
    Contains,
    /// The text begins with it.
    StartsWith,
    /// Greater, later.
    Over,
    /// Smaller, earlier.
    Under,
    /// Greater, later or equal.
    AtLeast,
    /// Smaller, earlier or equal.
    AtMost,
    /// Nothing there.
    Empty,
    /// Something there.
    NotEmpty,
}

/// The SQL of conditions and its parameters.
#[derive(Debug, Default)]
pub(super) struct Where {
    pub(super) sql: Vec<String>,
    pub(super) params: Vec<Sql>,
}

impl Where {
    /// Of these conditions on `kind`; records that were set aside are left out unless a condition names them. `text` are
    /// words to be found in the record.
    pub(super) fn of(kind: &Kind, conditions: &[Condition], text: Option<&str>) -> Result<Self, StoreError> {
        let mut made = Self::default();
        if !conditions.iter().any(|condition| condition.field == "archived") {
            made.sql.push("t.archived = 0".to_owned());
        }
        for condition in conditions {
            let sql = made.condition(kind, condition)?;
            made.sql.push(sql);
        }
        if let Some(query) = text.and_then(super::search::match_query) {
            let place = made.bind(Sql::Text(query));
            made.sql.push(format!("t.n IN (SELECT rowid FROM record_text WHERE record_text MATCH {place})"));
        }
        Ok(made)
    }

    /// The whole, to stand after `WHERE`.
    pub(super) fn clause(&self) -> String {
        if self.sql.is_empty() { "1".to_owned() } else { self.sql.join(" AND ") }
    }

    pub(super) fn bind(&mut self, value: Sql) -> String {
        self.params.push(value);
        format!("?{}", self.params.len())
    }

    fn condition(&mut self, kind: &Kind, condition: &Condition) -> Result<String, StoreError> {
        let field = kind.field(&condition.field);
        let column = match (field, condition.field.as_str()) {
            (Some(field), _) => format!("t.{}", quoted(&field.name)),
            (None, "conflict") => {
                let wanted = condition.values.first() != Some(&Value::Boolean(false));
                let not = if wanted { "" } else { "NOT " };
                return Ok(format!("{not}EXISTS (SELECT 1 FROM conflict c WHERE c.record = t.id)"));
            }
            (None, base @ ("title" | "archived" | "created_at" | "updated_at" | "id")) => format!("t.{base}"),
            (None, other) => return Err(StoreError::Query(format!("{} has no field called “{other}”", kind.name))),
        };
        let several = || -> Result<(), StoreError> {
            if condition.values.is_empty() {
                Err(StoreError::Query(format!("{}: compare with what?", condition.field)))
            } else {
                Ok(())
            }
        };
        Ok(match condition.compare {
            Compare::Empty => format!("{column} IS NULL"),
            Compare::NotEmpty => format!("{column} IS NOT NULL"),
            Compare::Is if condition.values.is_empty() => format!("{column} IS NULL"),
            Compare::IsNot if condition.values.is_empty() => format!("{column} IS NOT NULL"),
            Compare::Is | Compare::AnyOf => {
                several()?;
                self.equal(field, &column, &condition.values)
            }
            Compare::IsNot | Compare::NoneOf => {
                several()?;
                let equal = self.equal(field, &column, &condition.values);
                format!("({column} IS NULL OR NOT ({equal}))")
            }
            Compare::Contains | Compare::StartsWith => {
                several()?;
                self.like(field, &column, condition)
            }
            Compare::Over | Compare::Under | Compare::AtLeast | Compare::AtMost => {
                several()?;
                let sign = match condition.compare {
                    Compare::Over => ">",
                    Compare::Under => "<",
                    Compare::AtLeast => ">=",
                    _ => "<=",
                };
                let place = self.bind(bound(&condition.values[0]));
                format!("{column} {sign} {place}")
            }
        })
    }

    fn equal(&mut self, field: Option<&Field>, column: &str, values: &[Value]) -> String {
        let mut alternatives = Vec::new();
        let mut places = Vec::new();
        for value in values {
            match (field.map(|field| &field.ty), value) {
                // A link by the name of what it points to, for people who type.
                (Some(FieldType::Link(target)), Value::Text(text)) if !looks_like_id(text) => {
                    let place = self.bind(Sql::Text(fold(text)));
                    alternatives.push(format!(
                        "{column} IN (SELECT id FROM record WHERE folded = {place} AND kind = '{target}')"
                    ));
                }
                (Some(ty), value) if ty.merge() == Merge::Set => {
                    let elements = match value {
                        Value::Set(set) => set.keys().cloned().collect(),
                        Value::Text(text) => vec![text.clone()],
                        _ => Vec::new(),
                    };
                    for element in elements {
                        let place = self.bind(Sql::Text(element));
                        alternatives.push(format!(
                            "EXISTS (SELECT 1 FROM json_each({column}) e WHERE e.key = {place} COLLATE NOCASE)"
                        ));
                    }
                }
                (_, value) => places.push(self.bind(bound(value))),
            }
        }
        match places.as_slice() {
            [] => {}
            [one] => alternatives.push(format!("{column} = {one}")),
            several => alternatives.push(format!("{column} IN ({})", several.join(", "))),
        }
        if alternatives.is_empty() { "0".to_owned() } else { format!("({})", alternatives.join(" OR ")) }
    }

    fn like(&mut self, field: Option<&Field>, column: &str, condition: &Condition) -> String {
        let text = condition.values[0].as_text().unwrap_or_default();
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let start = if condition.compare == Compare::Contains { "%" } else { "" };
        let place = self.bind(Sql::Text(format!("{start}{escaped}%")));
        match field.map(|field| &field.ty) {
            Some(FieldType::Link(_)) => {
                format!("EXISTS (SELECT 1 FROM record r WHERE r.id = {column} AND r.title LIKE {place} ESCAPE '\\')")
            }
            _ => format!("{column} LIKE {place} ESCAPE '\\'"),
        }
    }
}

/// A value as a parameter.
pub(super) fn bound(value: &Value) -> Sql {
    match value {
        Value::Text(text) => Sql::Text(text.clone()),
        Value::Integer(number) => Sql::Integer(*number),
        Value::Boolean(yes) => Sql::Integer(i64::from(*yes)),
        Value::Set(set) => Sql::Text(set.keys().next().cloned().unwrap_or_default()),
    }
}

/// Whether a text is a record's id (a UUID with hyphens).
fn looks_like_id(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() })
}
