//! Facts as they would be: an opportunity with other values, rules with drafts over them.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value as Json;
use tandem_context::{FieldType, Schema, Value};
use tandem_revops::World;
use tandem_revops::facts::Opportunity;
use tandem_revops::rules::Rules;
use tandem_store::{StoreError, scan};

use super::fill::own_fields;
use super::read::{self, Cells, Reader, Texts};
use super::rules::{self, Gathered, RULE_KINDS};

/// Values by name as cells.
struct Row<'a> {
    id: &'a str,
    created_ms: i64,
    values: BTreeMap<&'a str, Json>,
    columns: Vec<&'a str>,
}

impl Cells for Row<'_> {
    fn id(&self) -> &str {
        self.id
    }
    fn created_ms(&self) -> i64 {
        self.created_ms
    }
    fn text(&self, at: usize) -> Option<&str> {
        self.values.get(self.columns.get(at)?)?.as_str()
    }
    fn integer(&self, at: usize) -> Option<i64> {
        match self.values.get(self.columns.get(at)?)? {
            Json::Bool(yes) => Some(i64::from(*yes)),
            value => value.as_i64(),
        }
    }
    fn set(&self, at: usize) -> BTreeMap<String, String> {
        let value = self.columns.get(at).and_then(|name| self.values.get(name));
        let Some(Json::Object(set)) = value else { return BTreeMap::new() };
        set.iter().map(|(element, role)| (element.clone(), role.as_str().unwrap_or_default().to_owned())).collect()
    }
    fn json(&self, at: usize) -> Option<Json> {
        self.values.get(self.columns.get(at)?).cloned()
    }
}

/// A value as cells hold it: money in hundredths, sets as element → role.
fn cell(value: &Value) -> Json {
    match value {
        Value::Set(set) => set.iter().map(|(element, role)| (element.clone(), Json::from(role.as_str()))).collect(),
        // Only money is written otherwise, and here it stays in hundredths.
        value => value.to_json(&FieldType::Line),
    }
}

/// An opportunity with these values, everything else about it as it is.
pub(crate) fn opportunity_with(
    world: &World,
    schema: &Schema,
    present: &Opportunity,
    values: &BTreeMap<String, Value>,
) -> Opportunity {
    let own = own_fields(schema, "opportunity");
    let columns = read::OPPORTUNITY.iter().copied().chain(own.iter().map(|name| &**name)).collect();
    let row = Row {
        id: world.id(present.key),
        created_ms: present.created_ms,
        values: values.iter().map(|(name, value)| (name.as_str(), cell(value))).collect(),
        columns,
    };
    // A link to a record that nobody has read gets a key nobody knows: it is there, and that is all that is asked.
    let mut ids = world.ids.clone();
    let mut texts = Texts::default();
    let would_be = read::opportunity(&mut Reader::new(&row, &mut ids, &mut texts, &own));
    Opportunity { moves: present.moves.clone(), claims: present.claims.clone(), ..would_be }
}

/// Rules as they would be, by kind and id: the values that would be written (`None` clears), and whether it would be set aside.
pub(crate) type Drafts = BTreeMap<(String, String), (BTreeMap<String, Option<Value>>, bool)>;

/// The rules of a world with drafts over them. Keys of new ones are given in `world`.
pub(crate) fn drafted_rules(connection: &Connection, world: &mut World, drafts: &Drafts) -> Result<Rules, StoreError> {
    let mut gathered = Gathered::default();
    let mut texts = Texts::default();
    for kind in RULE_KINDS {
        let columns = rules::columns(kind);
        let mut rows: BTreeMap<String, BTreeMap<&str, Json>> = BTreeMap::new();
        scan(connection, kind, columns, None, &mut |cells| {
            let values = columns.iter().enumerate().filter_map(|(at, name)| {
                let set = cells.set(at);
                let value = if set.is_empty() { cells.json(at)? } else { cell(&Value::Set(set)) };
                Some((*name, value))
            });
            rows.insert(cells.id().to_owned(), values.collect());
        })?;
        for ((of, id), (values, archived)) in drafts.iter().filter(|((of, _), _)| of == kind) {
            debug_assert_eq!(of, kind);
            if *archived {
                rows.remove(id);
                continue;
            }
            let row = rows.entry(id.clone()).or_default();
            for (name, value) in values {
                let Some(name) = columns.iter().find(|column| **column == name.as_str()) else { continue };
                match value {
                    Some(value) => _ = row.insert(name, cell(value)),
                    None => _ = row.remove(name),
                }
            }
        }
        for (id, values) in &rows {
            let row = Row { id, created_ms: 0, values: values.clone(), columns: columns.to_vec() };
            gathered.take(kind, &row, &mut world.ids, &mut texts);
        }
    }
    Ok(gathered.rules())
}
