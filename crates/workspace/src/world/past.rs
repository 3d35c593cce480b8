//! The world as it stood in the past, from history: what was written until then, each place holding what Automerge would show.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use serde_json::Value as Json;
use tandem_context::{ARCHIVED, Schema, Value, split_key};
use tandem_revops::World;
use tandem_revops::facts::{Claim, Move, Text};
use tandem_store::{PastOf, PastRow, Row, StoreError};

use super::fill::{self, FACT_KINDS, own_fields};
use super::read::{ByName, Keys, Texts};
use super::rules::{self, Gathered, RULE_KINDS};

/// A value that nothing has replaced.
#[derive(Debug, Clone)]
struct Standing {
    op: (i64, i64),
    actor: Vec<u8>,
    value: Option<Json>,
    at_ms: i64,
    by: String,
}

/// A record as history has it until now.
#[derive(Debug, Default)]
struct Record {
    kind: String,
    created_ms: i64,
    keys: BTreeMap<String, Vec<Standing>>,
    /// When, counter and actor of the operation, stage, who.
    moves: Vec<(i64, i64, Vec<u8>, String, String)>,
}

/// History, folded up to a moment.
#[derive(Debug, Default)]
pub(crate) struct Past {
    records: HashMap<String, Record>,
}

impl Past {
    /// Reads what was written until `until_ms`.
    pub(crate) fn read(connection: &Connection, until_ms: i64) -> Result<Self, StoreError> {
        let kinds: Vec<&str> = FACT_KINDS.iter().map(|(kind, _)| *kind).chain(RULE_KINDS.iter().copied()).collect();
        let mut past = Self::default();
        tandem_store::past(connection, PastOf::Kinds(&kinds), until_ms, &mut |row| past.take(row))?;
        Ok(past)
    }

    /// A record as it stood at a moment; `None` where it was not there yet.
    pub(crate) fn record(
        connection: &Connection,
        schema: &Schema,
        id: &str,
        until_ms: i64,
    ) -> Result<Option<Row>, StoreError> {
        let mut past = Self::default();
        let mut updated_ms = i64::MIN;
        tandem_store::past(connection, PastOf::Record(id), until_ms, &mut |row| {
            updated_ms = updated_ms.max(row.at_ms);
            past.take(row);
        })?;
        Ok(past.records.remove(id).map(|record| record.row(schema, id, updated_ms)))
    }

    fn take(&mut self, row: &PastRow<'_>) {
        let record = match self.records.get_mut(row.record) {
            Some(record) => record,
            None => {
                let made = Record { kind: row.kind.to_owned(), created_ms: row.at_ms, ..Record::default() };
                self.records.entry(row.record.to_owned()).or_insert(made)
            }
        };
        record.created_ms = record.created_ms.min(row.at_ms);
        let value: Option<Json> = row.value.and_then(|text| serde_json::from_str(text).ok());
        if !row.key.is_empty() {
            return record.write(row, row.key, value);
        }
        if let Some(Json::Object(first)) = value {
            for (key, value) in first {
                record.write(row, &key, Some(value));
            }
        }
    }

    /// The world that it makes.
    pub(crate) fn whole(&self, schema: &Schema) -> World {
        let mut world = World::default();
        let mut texts = Texts::default();
        let mut gathered = Gathered::default();
        let own: HashMap<&str, Vec<Text>> =
            ["account", "person", "opportunity"].map(|kind| (kind, own_fields(schema, kind))).into();
        for (id, record) in &self.records {
            let kind = record.kind.as_str();
            let values = record.values();
            if values.get(ARCHIVED) == Some(&Json::Bool(true)) && !rules::counts_when_set_aside(kind) {
                continue;
            }
            if RULE_KINDS.contains(&kind) {
                let cells =
                    ByName { id, created_ms: record.created_ms, values, columns: rules::columns(kind), own: &[] };
                gathered.take(kind, &cells, &mut Keys::Given(&mut world.ids), &mut texts);
                continue;
            }
            let Some((_, columns)) = FACT_KINDS.iter().find(|(name, _)| *name == kind) else { continue };
            let own = own.get(kind).map(Vec::as_slice).unwrap_or_default();
            let cells = ByName { id, created_ms: record.created_ms, values, columns, own };
            fill::put(&mut world, &mut texts, own, kind, &cells);
            if kind == "opportunity" {
                record.story(id, &mut world, &mut texts);
            }
        }
        world.rules = gathered.rules();
        world
    }
}

impl Record {
    fn write(&mut self, row: &PastRow<'_>, key: &str, value: Option<Json>) {
        if key == "stage"
            && let Some(Json::String(stage)) = &value
        {
            self.moves.push((row.at_ms, row.op.0, row.actor.to_vec(), stage.clone(), row.by.to_owned()));
        }
        let standing = self.keys.entry(key.to_owned()).or_default();
        if !row.key.is_empty() && !row.replaced.is_empty() {
            let replaced: Vec<&str> = row.replaced.split(' ').collect();
            standing.retain(|one| !replaced.iter().any(|op| is_op(op, one.op)));
        }
        standing.push(Standing {
            op: row.op,
            actor: row.actor.to_vec(),
            value,
            at_ms: row.at_ms,
            by: row.by.to_owned(),
        });
    }

    /// The values that are shown: of several that stand, the one with the greatest operation.
    fn values(&self) -> BTreeMap<String, Json> {
        let mut values = BTreeMap::new();
        for (key, standing) in &self.keys {
            let shown = standing.iter().max_by(|a, b| (a.op.0, &a.actor).cmp(&(b.op.0, &b.actor)));
            let Some(value) = shown.and_then(|one| one.value.clone()) else { continue };
            match split_key(key) {
                (field, Some(element)) => {
                    let set = values.entry(field.to_owned()).or_insert_with(|| Json::Object(serde_json::Map::new()));
                    if let Json::Object(set) = set {
                        set.insert(element.to_owned(), value);
                    }
                }
                (field, None) => _ = values.insert(field.to_owned(), value),
            }
        }
        values
    }

    /// The record as the read model would have it.
    fn row(&self, schema: &Schema, id: &str, updated_ms: i64) -> Row {
        let mut values: BTreeMap<String, Value> = BTreeMap::new();
        let mut archived = false;
        for (field, json) in self.values() {
            let value = match json {
                Json::Bool(yes) if field == ARCHIVED => {
                    archived = yes;
                    continue;
                }
                Json::Bool(yes) => Value::Boolean(yes),
                Json::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
                Json::String(text) => Value::Text(text),
                Json::Object(elements) => {
                    let role = |role: &Json| role.as_str().unwrap_or_default().to_owned();
                    Value::Set(elements.iter().map(|(element, of)| (element.clone(), role(of))).collect())
                }
                Json::Null | Json::Array(_) => continue,
            };
            values.insert(field, value);
        }
        let title = schema.title(&self.kind, &values);
        let (id, kind) = (id.to_owned(), self.kind.clone());
        Row { id, kind, title, archived, created_ms: self.created_ms, updated_ms, values }
    }

    /// The stages it came to, and the owners that stand against each other.
    fn story(&self, id: &str, world: &mut World, texts: &mut Texts) {
        let mut moves = self.moves.clone();
        moves.sort();
        let key = world.ids.key(id);
        let owners = self.keys.get("owner").map(Vec::as_slice).unwrap_or_default();
        let differ = owners.iter().any(|one| one.value != owners[0].value);
        let mut claims = Vec::new();
        for one in owners.iter().filter(|_| differ) {
            let owner = one.value.as_ref().and_then(Json::as_str).map(|id| world.ids.key(id));
            claims.push(Claim { owner, by: fill::member_key(world, &one.by), at_ms: one.at_ms });
        }
        claims.sort_by_key(|claim| claim.at_ms);
        for (at_ms, _, _, stage, by) in moves {
            let by = fill::member_key(world, &by);
            if let Some(opportunity) = world.opportunities.get_mut(key) {
                fill::came_to(opportunity, Move { at_ms, stage: texts.shared(&stage), by });
            }
        }
        if let Some(opportunity) = world.opportunities.get_mut(key) {
            opportunity.claims = claims;
        }
    }
}

/// Whether `counter@actor` names an operation.
fn is_op(text: &str, op: (i64, i64)) -> bool {
    text.split_once('@').is_some_and(|(counter, actor)| counter.parse() == Ok(op.0) && actor.parse() == Ok(op.1))
}
