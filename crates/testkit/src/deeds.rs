//! What members do, carried out on a device's engine and written down in the ledger.

use std::collections::BTreeMap;

use tandem_context::{CustomField, Edit, Field, Merge, Schema, Value};
use tandem_store::Row;
use tandem_workspace::api::{ApiError, SettleConflict, UndoChange, Undone};

use crate::action::{Deed, Step};
use crate::device::Device;
use crate::ledger::{Done, Keys, Snapshot};
use crate::values::{Known, element_for, first_values, value_for};
use crate::world::World;

/// Words that go into texts.
const INSERTED: &[&str] = &["one ", "zwei ", "üç ", "👋🏽 ", "\n"];
/// Types that own fields are declared with.
const OWN_TYPES: &[&str] = &["line", "integer", "tags", "boolean"];

impl World {
    /// The device's member writes itself into the workspace.
    pub(crate) fn take_seat(&mut self, index: usize) {
        let id = self.devices[index].new_id(self.clock_ms());
        let values = BTreeMap::from([("name".to_owned(), Value::text(format!("Member {index}")))]);
        self.devices[index].engine().become_member(&id).expect("a setting can be written");
        self.edit(index, "join", &[Edit::Create { kind: "member".to_owned(), id, values }]);
    }

    /// Writes an action on a device and notes it. The change's hash, if it changed anything.
    ///
    /// # Panics
    /// When the engine refuses.
    pub fn edit(&mut self, index: usize, action: &str, edits: &[Edit]) -> Option<String> {
        let before = self.devices[index].snapshot();
        let engine = self.devices[index].engine();
        let note = engine.note(action, None);
        let committed = engine.act(edits, note).unwrap_or_else(|error| panic!("{edits:?} is refused: {error:?}"));
        if let Some(change) = &committed.change {
            self.note_values(change, edits);
        }
        self.note(index, committed.change.clone(), before);
        committed.change
    }

    /// Notes what an action leaves in registers: of several writings to one place the last.
    fn note_values(&mut self, change: &str, edits: &[Edit]) {
        let mut left: BTreeMap<(&String, &String), Option<&Value>> = BTreeMap::new();
        for edit in edits {
            match edit {
                Edit::Set { id, field, value, kind: _ } => _ = left.insert((id, field), value.as_ref()),
                Edit::Create { id, values, kind: _ } => {
                    left.extend(values.iter().map(|(name, value)| ((id, name), Some(value))));
                }
                _ => {}
            }
        }
        let registers = left.into_iter().filter_map(|((id, field), value)| Some((id, field, value?)));
        let registers = registers.filter(|(_, field, value)| !matches!(value, Value::Set(_)) && *field != "body");
        self.ledger.written.extend(
            registers.map(|(id, field, value)| (change.to_owned(), (id.clone(), field.clone(), value.clone()))),
        );
    }

    /// Notes a change that was written, and that there is something to send.
    pub(crate) fn note(&mut self, index: usize, change: Option<String>, before: Snapshot) {
        if let Some(change) = change {
            self.ledger.changes.insert(change.clone());
            let after = self.devices[index].snapshot();
            self.ledger.done[index].push(Done { change, before, after });
            self.devices[index].wrote();
        }
    }

    pub(crate) fn perform(&mut self, index: usize, deed: &Deed) {
        match deed {
            Deed::Edit(steps) => {
                let edits = self.edits(index, steps);
                if !edits.is_empty() {
                    self.edit(index, "set", &edits);
                }
            }
            Deed::Read { text } => {
                if let Some(id) = self.devices[index].page(*text) {
                    let opened = self.devices[index].engine().text("page", &id, "body").expect("every page has a body");
                    self.ledger.opened[index].insert(id, opened);
                }
            }
            Deed::Write { text, at, word, stale } => self.write(index, (*text, *at, *word), *stale),
            Deed::Undo { ago } => {
                let done = &self.ledger.done[index];
                let chosen = done.len().checked_sub(usize::from(*ago)).filter(|_| *ago > 0);
                let change = chosen.and_then(|at| done.get(at)).map(|done| done.change.clone());
                self.undo(index, change);
            }
            Deed::Redo => {
                self.redo(index);
            }
            Deed::Settle { conflict, value } => self.settle(index, *conflict, *value),
            Deed::Define { field, ty } => self.define(index, *field, *ty),
            Deed::Checkpoint => {
                let engine = self.devices[index].engine();
                engine.load().and_then(|()| engine.keep_checkpoint()).expect("a checkpoint can be kept");
            }
        }
    }

    /// The edits that the steps come to on what this device knows.
    fn edits(&mut self, index: usize, steps: &[Step]) -> Vec<Edit> {
        let schema = self.devices[index].engine().schema().clone();
        let (mut known, ids) = self.devices[index].known();
        let clock_ms = self.clock_ms();
        let mut edits = Vec::new();
        for step in steps {
            if let Step::Create { kind, value } = step {
                let kind = &schema.kinds()[usize::from(*kind) % schema.kinds().len()];
                let id = self.devices[index].new_id(clock_ms);
                let values = first_values(kind, *value, &known);
                // What belongs to another record cannot be made before there is one.
                if kind.fields.iter().any(|field| field.required && !values.contains_key(&field.name)) {
                    continue;
                }
                known.entry(kind.name.to_owned()).or_default().push(id.clone());
                edits.push(Edit::Create { kind: kind.name.to_owned(), id, values });
            } else {
                edits.extend(edit_of(&schema, &known, &ids, step));
            }
        }
        edits
    }

    fn write(&mut self, index: usize, (text, at, word): (u8, u8, u8), stale: bool) {
        let Some(id) = self.devices[index].page(text) else { return };
        let now = self.devices[index].engine().text("page", &id, "body").expect("every page has a body");
        let (text, version) = match self.ledger.opened[index].get(&id) {
            Some(opened) if stale => opened.clone(),
            _ => now,
        };
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        let mut written = text.clone();
        written.insert_str(places[usize::from(at) % places.len()], INSERTED[usize::from(word) % INSERTED.len()]);
        let version: Vec<_> = version.iter().map(|hash| hash.parse().expect("a version is made of hashes")).collect();
        let before = self.devices[index].snapshot();
        let committed = self.devices[index].engine().edit_text(("page", &id, "body"), &written, &version);
        self.note(index, committed.expect("a known version can be written against").change, before);
    }

    /// Undoes a change (the engine's choice where none is named), and checks that what it did is what it says.
    pub fn undo(&mut self, index: usize, change: Option<String>) -> Option<Undone> {
        self.reverse(index, |device| device.engine().undo(&UndoChange { change }))
    }

    /// Takes the last undo back, and checks that what it did is what it says.
    pub fn redo(&mut self, index: usize) -> Option<Undone> {
        self.reverse(index, |device| device.engine().redo())
    }

    fn reverse(
        &mut self,
        index: usize,
        reverse: impl FnOnce(&mut Device) -> Result<Undone, ApiError>,
    ) -> Option<Undone> {
        let before = self.devices[index].snapshot();
        match reverse(&mut self.devices[index]) {
            Ok(undone) => {
                self.check_reversal(index, &undone, &before);
                self.note(index, undone.change.clone(), before);
                Some(undone)
            }
            Err(error) => {
                assert!(
                    matches!(error.code.as_str(), "nothing_to_undo" | "nothing_to_redo"),
                    "undo or redo fails: {error:?}"
                );
                None
            }
        }
    }

    fn settle(&mut self, index: usize, conflict: u8, value: u8) {
        let standing = self.devices[index].read(|connection| tandem_store::conflicts(connection, u32::MAX));
        if standing.is_empty() {
            return;
        }
        let (record, kind, key, values) = &standing[usize::from(conflict) % standing.len()];
        let chosen = values[usize::from(value) % values.len()].0.clone();
        self.settle_on(index, (record, kind, key), chosen.as_ref());
    }

    /// Settles a conflict, and checks that it is settled.
    pub fn settle_on(&mut self, index: usize, (record, kind, key): (&str, &str, &str), value: Option<&Value>) {
        let schema = self.devices[index].engine().schema().clone();
        let (field, element) = tandem_context::split_key(key);
        let json = match (value, schema.field(kind, field), element) {
            (None, _, _) => serde_json::Value::Null,
            (Some(value), Some(field), None) => value.to_json(&field.ty),
            (Some(value), _, _) => value.as_text().unwrap_or_default().into(),
        };
        // What says that a record was set aside is settled by setting it aside or taking it back.
        let before = self.devices[index].snapshot();
        let change = if key == tandem_context::ARCHIVED {
            let archived = value == Some(&Value::Boolean(true));
            let edit = Edit::Archive { kind: kind.to_owned(), id: record.to_owned(), archived };
            let engine = self.devices[index].engine();
            let note = engine.note("settle", None);
            engine.act(&[edit], note).map(|committed| committed.change)
        } else {
            let asked = SettleConflict { id: record.to_owned(), field: key.to_owned(), value: json, reason: None };
            self.devices[index].engine().settle(&asked)
        };
        let change = match change {
            Ok(change) => change,
            // What no rule may hold came in below the commands that check it: it is refused also where it already stands.
            Err(error)
                if matches!(
                    error.code.as_str(),
                    "invalid_value" | "invalid_conditions" | "invalid_hours" | "invalid_day" | "invalid_region"
                ) =>
            {
                assert_eq!(self.devices[index].snapshot(), before, "{error} was refused and has changed something");
                return;
            }
            Err(error) => panic!("settling {kind} {key} on {value:?} fails: {error:?}"),
        };
        self.note(index, change, before);
        let left = self.devices[index].read(|connection| tandem_store::conflicts_of(connection, record));
        assert!(
            left.iter().all(|(other, _)| other != key),
            "{key} is still in conflict after it was settled: {left:?}"
        );
    }

    fn define(&mut self, index: usize, field: u8, ty: u8) {
        let name = format!("x_own_{field}");
        if self.devices[index].engine().schema().field("account", &name).is_none() {
            let field = CustomField {
                kind: "account".to_owned(),
                label: format!("Own {field}"),
                type_name: OWN_TYPES[usize::from(ty) % OWN_TYPES.len()].to_owned(),
                options: Vec::new(),
                retired: false,
                name,
            };
            self.edit(index, "field", &[Edit::Define(field)]);
        }
    }
}

fn edit_of(schema: &Schema, known: &Known, ids: &[(String, String)], step: &Step) -> Option<Edit> {
    let record = |number: &u8| ids.get(usize::from(*number) % ids.len().max(1)).cloned();
    let field_of = |kind: &str, number: u8, merge: Option<Merge>| -> Option<Field> {
        let fields: Vec<&Field> = schema
            .kind(kind)?
            .fields
            .iter()
            .filter(|field| merge.is_none_or(|merge| field.ty.merge() == merge))
            .collect();
        fields.get(usize::from(number) % fields.len().max(1)).map(|field| (*field).clone())
    };
    match step {
        Step::Create { .. } => None,
        Step::Set { record: number, field, value } => {
            let (kind, id) = record(number)?;
            let field = field_of(&kind, *field, None)?;
            let value = Some(value_for(&field, *value, known)?);
            Some(Edit::Set { kind, id, field: field.name, value })
        }
        Step::Clear { record: number, field } => {
            let (kind, id) = record(number)?;
            let field = field_of(&kind, *field, None).filter(|field| !field.required)?;
            Some(Edit::Set { kind, id, field: field.name, value: None })
        }
        Step::Add { record: number, field, element } => {
            let (kind, id) = record(number)?;
            let field = field_of(&kind, *field, Some(Merge::Set))?;
            let (element, role) = element_for(&field, *element, known)?;
            Some(Edit::Add { kind, id, field: field.name, element, role })
        }
        Step::Remove { record: number, field, element } => {
            let (kind, id) = record(number)?;
            let field = field_of(&kind, *field, Some(Merge::Set))?;
            let (element, _) = element_for(&field, *element, known)?;
            Some(Edit::Remove { kind, id, field: field.name, element })
        }
        Step::Archive { record: number, archived } => {
            let (kind, id) = record(number)?;
            Some(Edit::Archive { kind, id, archived: *archived })
        }
    }
}

impl Device {
    /// A new record's id.
    pub(crate) fn new_id(&self, now_ms: u64) -> String {
        uuid::Builder::from_unix_timestamp_millis(now_ms, &self.machine.random()).into_uuid().to_string()
    }

    /// Kind and id of every record, by kind and as a list.
    fn known(&self) -> (Known, Vec<(String, String)>) {
        let ids: Vec<(String, String)> = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT kind, id FROM record ORDER BY id")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        });
        let mut known = Known::new();
        for (kind, id) in &ids {
            known.entry(kind.clone()).or_default().push(id.clone());
        }
        (known, ids)
    }

    /// The ids of a kind's records, in order.
    pub fn ids_of(&self, kind: &str) -> Vec<String> {
        self.known().0.remove(kind).unwrap_or_default()
    }

    fn page(&self, number: u8) -> Option<String> {
        let (known, _) = self.known();
        let pages = known.get("page")?;
        pages.get(usize::from(number) % pages.len()).cloned()
    }

    /// A record as the read model has it.
    pub fn record(&mut self, id: &str) -> Option<Row> {
        let schema = self.engine().schema().clone();
        self.read(|connection| tandem_store::record(connection, &schema, id))
    }

    /// Every record as keys.
    pub(crate) fn snapshot(&mut self) -> Snapshot {
        let schema = self.engine().schema().clone();
        let (_, ids) = self.known();
        self.read(|connection| {
            let mut snapshot = Snapshot::new();
            for (_, id) in ids {
                if let Some(row) = tandem_store::record(connection, &schema, &id)? {
                    snapshot.insert(id, keys(row));
                }
            }
            Ok(snapshot)
        })
    }
}

fn keys(row: Row) -> Keys {
    let mut keys = Keys::new();
    if row.archived {
        keys.insert(tandem_context::ARCHIVED.to_owned(), Value::Boolean(true));
    }
    for (field, value) in row.values {
        match value {
            Value::Set(elements) => {
                keys.extend(
                    elements.into_iter().map(|(element, role)| (format!("{field}/{element}"), Value::text(role))),
                );
            }
            value => _ = keys.insert(field, value),
        }
    }
    keys
}
