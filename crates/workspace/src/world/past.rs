//! The world as it stood in the past, from history: what was written until then, each place holding what Automerge would show.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use serde_json::Value as Json;
use tandem_context::{ARCHIVED, Schema, Value, split_key};
use tandem_revops::Text;
use tandem_revops::World;
use tandem_revops::facts::{Claim, Move};
use tandem_revops::rules::Rules;
use tandem_store::{PastOf, PastRow, Row, StageUndos, StoreError};

use super::draft::RuleRows;
use super::fill::{self, FACT_KINDS, own_fields};
use super::read::{ByName, Keys, OwnField, Texts};
use super::rules::{self, Gathered, RULE_KINDS};

/// A value, from when it was written until something replaced it.
#[derive(Debug)]
struct Stood {
    /// The operation: counter, and this file's number for the actor.
    op: (i64, i64),
    /// It is of the record's making: its operation has no row of its own that others could name as what they replaced.
    first: bool,
    value: Option<Json>,
    at_ms: i64,
    gone_ms: i64,
    by: Text,
}

impl Stood {
    fn stands(&self, at_ms: i64) -> bool {
        self.at_ms <= at_ms && at_ms < self.gone_ms
    }
}

/// A record as history has it.
#[derive(Debug, Default)]
struct Record {
    kind: String,
    created_ms: i64,
    keys: BTreeMap<Text, Vec<Stood>>,
    moves: Vec<Passage>,
    /// When something was written to it after the first of the moments.
    touched_ms: Vec<i64>,
}

/// A stage that was written, in the order in which they count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Passage {
    at_ms: i64,
    counter: i64,
    actor: Text,
    stage: Text,
    by: Text,
    change: i64,
}

/// History between two moments: whatever stood at the first or since, until the last.
#[derive(Debug)]
pub(crate) struct Past {
    from_ms: i64,
    records: HashMap<String, Record>,
    texts: Texts,
    undos: StageUndos,
    /// The actors by this file's number: of two operations with one counter, the one with the greater actor is shown.
    actors: HashMap<i64, Text>,
}

impl Past {
    fn between(from_ms: i64) -> Self {
        Self {
            from_ms,
            records: HashMap::new(),
            texts: Texts::default(),
            undos: StageUndos::default(),
            actors: HashMap::new(),
        }
    }

    /// Reads what was written to any record until a moment.
    pub(crate) fn read(connection: &Connection, at_ms: i64) -> Result<Self, StoreError> {
        let kinds: Vec<&str> = FACT_KINDS.iter().map(|(kind, _)| *kind).collect();
        Self::of_kinds(connection, &kinds, (at_ms, at_ms))
    }

    /// Reads what was written to rules and records of these kinds until a moment, such that it can be asked of every moment
    /// from another one on.
    fn of_kinds(connection: &Connection, kinds: &[&str], (from_ms, until_ms): (i64, i64)) -> Result<Self, StoreError> {
        let kinds: Vec<&str> = kinds.iter().chain(RULE_KINDS).copied().collect();
        let mut past = Self::between(from_ms);
        if kinds.contains(&"opportunity") {
            past.undos = StageUndos::read(connection, None)?;
        }
        tandem_store::past(connection, PastOf::Kinds(&kinds), until_ms, &mut |row| past.take(row))?;
        Ok(past)
    }

    /// Reads the records of which a field was written anew after the first of two moments, as kind and field, such that they can
    /// be asked of every moment between.
    pub(super) fn of_edited(
        connection: &Connection,
        fields: &[(&str, &str)],
        (from_ms, until_ms): (i64, i64),
    ) -> Result<Self, StoreError> {
        let mut past = Self::between(from_ms);
        let edited = PastOf::Edited { fields, since_ms: from_ms };
        tandem_store::past(connection, edited, until_ms, &mut |row| past.take(row))?;
        Ok(past)
    }

    /// What a record of those that were read held at a moment: nothing where it was not there yet.
    pub(super) fn values(&self, id: &str, at_ms: i64) -> Option<BTreeMap<String, Json>> {
        Some(self.records.get(id)?.values(&self.actors, at_ms))
    }

    /// Whether a record of those that were read was there at a moment, and not set aside.
    pub(super) fn is_kept(&self, id: &str, at_ms: i64) -> Option<bool> {
        Some(self.records.get(id)?.kept(&self.actors, at_ms).is_some())
    }

    /// Reads the rules as they stood at a moment.
    pub(crate) fn of_rules(connection: &Connection, at_ms: i64) -> Result<Self, StoreError> {
        Self::of_kinds(connection, &[], (at_ms, at_ms))
    }

    /// The records of a kind of rule as they stood at a moment.
    pub(crate) fn rules_of(&self, kind: &str, at_ms: i64) -> RuleRows {
        let records = self.records.iter().filter(|(_, record)| record.kind == kind);
        records.filter_map(|(id, record)| Some((id.clone(), record.kept(&self.actors, at_ms)?))).collect()
    }

    /// A record as it stood at a moment; `None` where it was not there yet.
    pub(crate) fn record(
        connection: &Connection,
        schema: &Schema,
        id: &str,
        at_ms: i64,
    ) -> Result<Option<Row>, StoreError> {
        let mut past = Self::between(at_ms);
        let mut updated_ms = i64::MIN;
        tandem_store::past(connection, PastOf::Record(id), at_ms, &mut |row| {
            updated_ms = updated_ms.max(row.at_ms);
            past.take(row);
        })?;
        let record = past.records.remove(id);
        Ok(record.map(|record| record.row(schema, id, (record.values(&past.actors, at_ms), updated_ms))))
    }

    fn take(&mut self, row: &PastRow<'_>) {
        self.actors.entry(row.op.1).or_insert_with(|| tandem_sync::hex::hex(row.actor).into());
        let record = match self.records.get_mut(row.record) {
            Some(record) => record,
            None => {
                let made = Record { kind: row.kind.to_owned(), created_ms: row.at_ms, ..Record::default() };
                self.records.entry(row.record.to_owned()).or_insert(made)
            }
        };
        record.created_ms = record.created_ms.min(row.at_ms);
        if row.at_ms > self.from_ms {
            record.touched_ms.push(row.at_ms);
        }
        let value: Option<Json> = row.value.and_then(|text| serde_json::from_str(text).ok());
        let mut write = |key: &str, value: Option<Json>| {
            let passage = stage_of(key, value.as_ref()).map(|stage| Passage {
                at_ms: row.at_ms,
                counter: row.op.0,
                actor: self.actors.get(&row.op.1).cloned().unwrap_or_else(|| "".into()),
                stage: self.texts.shared(stage),
                by: self.texts.shared(row.by),
                change: row.change,
            });
            record.moves.extend(passage);
            let by = self.texts.shared(row.by);
            let first = row.key.is_empty();
            let stood = Stood { op: row.op, first, value, at_ms: row.at_ms, gone_ms: i64::MAX, by };
            // A record that is made replaces nothing.
            let replaced = if first { "" } else { row.replaced };
            record.write(self.texts.shared(key), replaced, stood, self.from_ms);
        };
        match value {
            value if !row.key.is_empty() => write(row.key, value),
            Some(Json::Object(first)) => first.into_iter().for_each(|(key, value)| write(&key, Some(value))),
            _ => {}
        }
    }

    /// The world that it makes at a moment.
    pub(crate) fn whole(&mut self, schema: &Schema, at_ms: i64) -> World {
        let mut world = World::default();
        let ids: Vec<String> = self.records.keys().cloned().collect();
        self.put(&mut world, schema, at_ms, &ids);
        world
    }

    /// Takes records in as they stood at a moment, in the place of what the world held of them.
    fn put(&mut self, world: &mut World, schema: &Schema, at_ms: i64, ids: &[String]) {
        let own: HashMap<&str, Vec<OwnField>> =
            ["account", "person", "opportunity"].map(|kind| (kind, own_fields(schema, kind))).into();
        let Self { records, texts, actors, undos, .. } = self;
        let mut has_rules = false;
        for id in ids {
            let Some(record) = records.get(id) else { continue };
            let kind = record.kind.as_str();
            has_rules |= RULE_KINDS.contains(&kind);
            let Some((_, columns)) = FACT_KINDS.iter().find(|(name, _)| *name == kind) else { continue };
            let key = world.ids.key(id);
            fill::remove(world, kind, key);
            let Some(values) = record.kept(actors, at_ms) else { continue };
            let own = own.get(kind).map(Vec::as_slice).unwrap_or_default();
            let cells = ByName { id, created_ms: record.created_ms, values, columns, own };
            fill::put(world, texts, own, kind, &cells);
            if kind == "opportunity" {
                record.story(id, world, undos, at_ms);
            }
        }
        if has_rules {
            world.rules = self.rules(world, at_ms);
        }
    }

    fn rules(&mut self, world: &mut World, at_ms: i64) -> Rules {
        let mut gathered = Gathered::default();
        let Self { records, texts, actors, .. } = self;
        for (id, record) in records.iter().filter(|(_, record)| RULE_KINDS.contains(&record.kind.as_str())) {
            let kind = record.kind.as_str();
            let Some(values) = record.kept(actors, at_ms) else { continue };
            let cells = ByName { id, created_ms: record.created_ms, values, columns: rules::columns(kind), own: &[] };
            gathered.take(kind, &cells, &mut Keys::Given(&mut world.ids), texts);
        }
        gathered.rules()
    }
}

/// The worlds of moments of the past, oldest first, with only the rules and records of these kinds. History is read once, and
/// each world is made from the one before with what was written between.
pub(crate) fn each(
    connection: &Connection,
    schema: &Schema,
    (kinds, moments): (&[&str], &[i64]),
    visit: &mut dyn FnMut(i64, &World),
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (moments.iter().min(), moments.iter().max()) else { return Ok(()) };
    let mut past = Past::of_kinds(connection, kinds, (*first, *last))?;
    let mut touched: Vec<(i64, String)> = Vec::new();
    for (id, record) in &mut past.records {
        touched.extend(std::mem::take(&mut record.touched_ms).into_iter().map(|at_ms| (at_ms, id.clone())));
    }
    touched.sort_unstable();
    let mut world = past.whole(schema, *first);
    visit(*first, &world);
    let mut moments: Vec<i64> = moments.iter().copied().filter(|at_ms| at_ms > first).collect();
    moments.sort_unstable();
    moments.dedup();
    let mut done = 0;
    for at_ms in moments {
        let until = touched.partition_point(|(touched_ms, _)| *touched_ms <= at_ms);
        let mut ids: Vec<String> =
            touched.get(done..until).unwrap_or_default().iter().map(|(_, id)| id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        past.put(&mut world, schema, at_ms, &ids);
        done = until;
        visit(at_ms, &world);
    }
    Ok(())
}

/// The stage that is written at a key.
fn stage_of<'a>(key: &str, value: Option<&'a Json>) -> Option<&'a str> {
    value?.as_str().filter(|_| key == "stage")
}

impl Record {
    /// Takes a value in. What it replaces stood until then; what was gone by the first moment nobody asks for.
    fn write(&mut self, key: Text, replaced: &str, stood: Stood, from_ms: i64) {
        let standing = self.keys.entry(key).or_default();
        if !replaced.is_empty() {
            let replaced: Vec<&str> = replaced.split(' ').collect();
            // Whoever writes knows the record, so the first value went with the first that was written after it.
            let is_replaced = |one: &&mut Stood| one.first || replaced.iter().any(|op| is_op(op, one.op));
            for one in standing.iter_mut().filter(is_replaced) {
                one.gone_ms = one.gone_ms.min(stood.at_ms);
            }
            standing.retain(|one| one.gone_ms > from_ms);
        }
        standing.push(stood);
    }

    /// The values that were shown at a moment, unless the record was set aside, or nobody had written to it.
    fn kept(&self, actors: &HashMap<i64, Text>, at_ms: i64) -> Option<BTreeMap<String, Json>> {
        let values = (self.created_ms <= at_ms).then(|| self.values(actors, at_ms))?;
        let is_set_aside = values.get(ARCHIVED) == Some(&Json::Bool(true));
        (!is_set_aside || rules::counts_when_set_aside(&self.kind)).then_some(values)
    }

    /// The values that were shown at a moment: of several that stood, the one with the greatest operation.
    fn values(&self, actors: &HashMap<i64, Text>, at_ms: i64) -> BTreeMap<String, Json> {
        let mut values = BTreeMap::new();
        for (key, standing) in &self.keys {
            let standing = standing.iter().filter(|one| one.stands(at_ms));
            let shown = standing.max_by_key(|one| (one.op.0, actors.get(&one.op.1)));
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
    fn row(&self, schema: &Schema, id: &str, (shown, updated_ms): (BTreeMap<String, Json>, i64)) -> Row {
        let mut values: BTreeMap<String, Value> = BTreeMap::new();
        let mut archived = false;
        for (field, json) in shown {
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

    /// The stages it had come to by a moment, and the owners that stood against each other.
    fn story(&self, id: &str, world: &mut World, undos: &StageUndos, at_ms: i64) {
        let counts = |step: &&Passage| step.at_ms <= at_ms && undos.counts(step.change, id, at_ms);
        let mut moves: Vec<&Passage> = self.moves.iter().filter(counts).collect();
        moves.sort();
        let key = world.ids.key(id);
        let owners = self.keys.get("owner").map(Vec::as_slice).unwrap_or_default();
        let owners: Vec<&Stood> = owners.iter().filter(|one| one.stands(at_ms)).collect();
        let differ =
            owners.windows(2).any(|pair| pair.first().map(|one| &one.value) != pair.last().map(|one| &one.value));
        let mut claims = Vec::new();
        for one in owners.iter().filter(|_| differ) {
            let owner = one.value.as_ref().and_then(Json::as_str).map(|id| world.ids.key(id));
            claims.push(Claim { owner, by: fill::member_key(world, &one.by), at_ms: one.at_ms });
        }
        claims.sort_by_key(|claim| claim.at_ms);
        let moves: Vec<Move> = moves
            .into_iter()
            .map(|step| Move { at_ms: step.at_ms, stage: step.stage.clone(), by: fill::member_key(world, &step.by) })
            .collect();
        if let Some(opportunity) = world.opportunities.get_mut(key) {
            moves.into_iter().for_each(|step| fill::came_to(opportunity, step));
            opportunity.claims = claims;
        }
    }
}

/// Whether `counter@actor` names an operation.
fn is_op(text: &str, op: (i64, i64)) -> bool {
    text.split_once('@').is_some_and(|(counter, actor)| counter.parse() == Ok(op.0) && actor.parse() == Ok(op.1))
}
