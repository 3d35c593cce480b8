//! Facts as they would be: an opportunity with other values, rules with drafts over them.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value as Json;
use tandem_context::{ARCHIVED, FieldType, Schema, Value};
use tandem_revops::World;
use tandem_revops::facts::Opportunity;
use tandem_revops::rules::Rules;
use tandem_store::StoreError;

use super::fill::own_fields;
use super::read::{self, ByName, Keys, Reader, Texts};
use super::rules::{self, Gathered, RULE_KINDS};

/// A value as cells hold it: money in hundredths, sets as element → role.
fn cell(value: &Value) -> Json {
    match value {
        Value::Set(set) => set.iter().map(|(element, role)| (element.clone(), Json::from(role.as_str()))).collect(),
        // Only money is written otherwise, and here it stays in hundredths.
        value => value.to_json(&FieldType::Line),
    }
}

/// An opportunity that would be made with these values.
pub(crate) fn new_opportunity(
    world: &World,
    schema: &Schema,
    (id, created_ms): (&str, i64),
    values: &BTreeMap<String, Value>,
) -> Opportunity {
    let own = own_fields(schema, "opportunity");
    let row = ByName {
        id,
        created_ms,
        values: values.iter().map(|(name, value)| (name.clone(), cell(value))).collect(),
        columns: read::OPPORTUNITY,
        own: &own,
    };
    let mut texts = Texts::default();
    // A link to a record that is new to this world is there, and that is all that is asked of it.
    read::opportunity(&mut Reader::new(&row, Keys::Known(&world.ids), &mut texts, &own))
}

/// An opportunity with these values, everything else about it as it is.
pub(crate) fn opportunity_with(
    world: &World,
    schema: &Schema,
    present: &Opportunity,
    values: &BTreeMap<String, Value>,
) -> Opportunity {
    let would_be = new_opportunity(world, schema, (world.id(present.key), present.created_ms), values);
    Opportunity { moves: present.moves.clone(), claims: present.claims.clone(), ..would_be }
}

/// Rules as they would be, by kind and id: the values that would be written (`None` clears), and whether it would be set aside.
pub(crate) type Drafts = BTreeMap<(String, String), (BTreeMap<String, Option<Value>>, bool)>;

/// The records of a kind of rule: id → values by name.
pub(crate) type RuleRows = BTreeMap<String, BTreeMap<String, Json>>;

/// The records of a kind of rule as they stand now.
pub(crate) fn present_rules(connection: &Connection, kind: &str) -> Result<RuleRows, StoreError> {
    let mut rows = RuleRows::new();
    rules::scan(connection, kind, &mut |cells| {
        let values = rules::columns(kind).iter().enumerate().filter_map(|(at, name)| {
            let set = cells.set(at);
            let value = if set.is_empty() { cells.json(at)? } else { cell(&Value::Set(set)) };
            Some(((*name).to_owned(), value))
        });
        rows.insert(cells.id().to_owned(), values.collect());
    })?;
    Ok(rows)
}

/// The rules of a world, whose records `rules_of` gives by kind, with drafts over them, and the ids of the routing rules in their
/// order. New ones are unknown to the world: no answer and no reason can point to them.
pub(crate) fn drafted_rules(
    rules_of: &dyn Fn(&str) -> Result<RuleRows, StoreError>,
    world: &World,
    drafts: &Drafts,
) -> Result<(Rules, Vec<String>), StoreError> {
    let mut gathered = Gathered::default();
    let mut texts = Texts::default();
    for kind in RULE_KINDS {
        let columns = rules::columns(kind);
        let mut rows = rules_of(kind)?;
        for ((_, id), (values, archived)) in drafts.iter().filter(|((of, _), _)| of == kind) {
            if *archived && !rules::counts_when_set_aside(kind) {
                rows.remove(id);
                continue;
            }
            let row = rows.entry(id.clone()).or_default();
            row.insert(ARCHIVED.to_owned(), Json::from(*archived));
            for (name, value) in values {
                match value {
                    Some(value) => _ = row.insert(name.clone(), cell(value)),
                    None => _ = row.remove(name),
                }
            }
        }
        for (id, values) in rows {
            let row = ByName { id: &id, created_ms: 0, values, columns, own: &[] };
            gathered.take(kind, &row, &mut Keys::Known(&world.ids), &mut texts);
        }
    }
    let routing = gathered.routing_ids();
    Ok((gathered.rules(), routing))
}
