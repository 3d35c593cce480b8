//! From typed edits to one Automerge change.

use std::collections::{BTreeMap, HashMap};

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Change, ChangeHash, ObjId, PatchLog, ROOT, ReadDoc, ScalarValue, TextEncoding, hydrate};

use super::{ARCHIVED, Document, ELEMENT, META, META_FIELD, META_LABEL, META_RETIRED};
use crate::edit::{Edit, Note};
use crate::normalise::sentences::{ENTRY_LENGTH, TAKES_LIST, TAKES_ONE};
use crate::schema::FieldType;
use crate::{ContextError, InvalidValue, Merge, Value};

/// Who commits, and when.
#[derive(Debug, Clone)]
pub struct Author {
    /// What the action says of itself.
    pub note: Note,
    /// Milliseconds since 1970, by this device's clock; advisory.
    pub at_ms: i64,
}

/// Longest element of a set, in bytes.
const ELEMENT_MAX_BYTES: usize = 1_000;

impl Document {
    /// Writes an action: all of its edits in one change, or nothing. `None` where the edits change nothing.
    ///
    /// # Errors
    /// The first edit that cannot be done; nothing is written then.
    pub fn commit(&mut self, edits: &[Edit], author: &Author) -> Result<Option<Change>, ContextError> {
        self.commit_on(edits, author, &[])
    }

    /// As [`Document::commit`], as if nothing after `heads` had happened: for a text that was edited while others wrote
    /// to it. Empty heads are the present.
    ///
    /// # Errors
    /// As [`Document::commit`].
    pub fn commit_on(
        &mut self,
        edits: &[Edit],
        author: &Author,
        heads: &[ChangeHash],
    ) -> Result<Option<Change>, ContextError> {
        let hash = self.transact(edits, author, heads)?;
        if edits.iter().any(declares) {
            self.refresh_schema();
        }
        Ok(hash.and_then(|hash| self.doc.get_change_by_hash(&hash)))
    }

    fn transact(
        &mut self,
        edits: &[Edit],
        author: &Author,
        heads: &[ChangeHash],
    ) -> Result<Option<ChangeHash>, ContextError> {
        let present = heads.is_empty() || heads == self.doc.get_heads();
        let tx = if present {
            self.doc.transaction()
        } else {
            self.doc
                .transaction_at(PatchLog::inactive(), heads)
                .map_err(|error| ContextError::Refused(error.to_string()))?
        };
        let mut writer = Writer { tx, schema: &self.schema, maps: HashMap::new() };
        for edit in edits {
            // Dropping the transaction rolls back what was done so far.
            writer.edit(edit)?;
        }
        let options = CommitOptions::default().with_message(author.note.to_message()).with_time(author.at_ms);
        Ok(writer.tx.commit_with(options).0)
    }
}

/// Whether an edit changes what the schema says.
fn declares(edit: &Edit) -> bool {
    match edit {
        Edit::Define(_) | Edit::Label { .. } | Edit::Retire { .. } => true,
        Edit::Create { kind, .. } | Edit::Set { kind, .. } | Edit::Archive { kind, .. } => kind == "stage",
        _ => false,
    }
}

struct Writer<'a, 'schema> {
    tx: Transaction<'a>,
    schema: &'schema crate::Schema,
    /// The maps of the kinds, looked up once.
    maps: HashMap<String, ObjId>,
}

impl Writer<'_, '_> {
    fn edit(&mut self, edit: &Edit) -> Result<(), ContextError> {
        match edit {
            Edit::Create { kind, id, values } => self.create(kind, id, values),
            Edit::Set { kind, id, field, value } => self.set(kind, id, field, value.as_ref()),
            Edit::Add { kind, id, field, element, role } => {
                let record = self.record(kind, id)?;
                self.add(&record, field, element, role)
            }
            Edit::Remove { kind, id, field, element } => {
                let record = self.record(kind, id)?;
                self.remove(&record, field, element)
            }
            Edit::Archive { kind, id, archived } => {
                let record = self.record(kind, id)?;
                self.put(&record, ARCHIVED, ScalarValue::Boolean(*archived))
            }
            Edit::Text { kind, id, field, text } => {
                let record = self.record(kind, id)?;
                match self.tx.get(&record, field.as_str())? {
                    Some((value, object)) if value.is_object() => Ok(self.tx.update_text(&object, text)?),
                    _ => Err(ContextError::UnknownField { kind: kind.clone(), field: field.clone() }),
                }
            }
            Edit::Meta { key, value } => {
                let meta = self.map(META)?;
                self.put(&meta, key, value.as_str().into())
            }
            Edit::Define(field) => {
                let meta = self.map(META)?;
                let key = format!("{META_FIELD}{}.{}", field.kind, field.name);
                let json = serde_json::to_string(field).map_err(|error| ContextError::Refused(error.to_string()))?;
                self.put(&meta, &key, json.into())
            }
            Edit::Label { kind, field, label } => {
                let meta = self.own_field(kind, field)?;
                self.put(&meta, &format!("{META_LABEL}{kind}.{field}"), label.as_str().into())
            }
            Edit::Retire { kind, field, retired } => {
                let meta = self.own_field(kind, field)?;
                self.put(&meta, &format!("{META_RETIRED}{kind}.{field}"), ScalarValue::Boolean(*retired))
            }
        }
    }

    /// The map of what is said about the workspace itself, if this is one of its own fields.
    fn own_field(&mut self, kind: &str, field: &str) -> Result<ObjId, ContextError> {
        if !self.schema.field(kind, field).is_some_and(crate::Field::is_custom) {
            return Err(ContextError::UnknownField { kind: kind.to_owned(), field: field.to_owned() });
        }
        self.map(META)
    }

    fn map(&mut self, kind: &str) -> Result<ObjId, ContextError> {
        if let Some(map) = self.maps.get(kind) {
            return Ok(map.clone());
        }
        match self.tx.get(ROOT, kind)? {
            Some((value, map)) if value.is_object() => {
                self.maps.insert(kind.to_owned(), map.clone());
                Ok(map)
            }
            _ => Err(ContextError::UnknownKind(kind.to_owned())),
        }
    }

    fn record(&mut self, kind: &str, id: &str) -> Result<ObjId, ContextError> {
        let map = self.map(kind)?;
        match self.tx.get(&map, id)? {
            Some((value, record)) if value.is_object() => Ok(record),
            _ => Err(ContextError::UnknownRecord(id.to_owned())),
        }
    }

    fn field_type(&self, kind: &str, field: &str) -> Result<FieldType, ContextError> {
        let Some(known) = self.schema.kind(kind) else { return Err(ContextError::UnknownKind(kind.to_owned())) };
        match known.field(field) {
            Some(field) => Ok(field.ty.clone()),
            None => Err(ContextError::UnknownField { kind: kind.to_owned(), field: field.to_owned() }),
        }
    }

    fn create(&mut self, kind: &str, id: &str, values: &BTreeMap<String, Value>) -> Result<(), ContextError> {
        let Some(known) = self.schema.kind(kind) else { return Err(ContextError::UnknownKind(kind.to_owned())) };
        if let Some(field) = known.fields.iter().find(|field| field.required && !values.contains_key(&field.name)) {
            return Err(ContextError::Missing { kind: kind.to_owned(), field: field.name.clone() });
        }
        let mut record: HashMap<String, hydrate::Value> = HashMap::with_capacity(values.len());
        for field in &known.fields {
            if field.ty.merge() == Merge::Text {
                let text = values.get(&field.name).and_then(Value::as_text).unwrap_or_default();
                record.insert(field.name.clone(), hydrate::Text::new(TextEncoding::platform_default(), text).into());
            }
        }
        for (name, value) in values {
            let ty = self.field_type(kind, name)?;
            match value {
                Value::Set(elements) => {
                    for (element, role) in elements {
                        record.insert(element_key(name, element)?, element_value(role).into());
                    }
                }
                _ if ty.merge() == Merge::Text => {}
                value => {
                    record.insert(name.clone(), register(value).into());
                }
            }
        }
        let map = self.map(kind)?;
        self.tx.batch_create_object(&map, id, &hydrate::Value::Map(record.into()), false)?;
        Ok(())
    }

    fn set(&mut self, kind: &str, id: &str, field: &str, value: Option<&Value>) -> Result<(), ContextError> {
        let ty = self.field_type(kind, field)?;
        let record = self.record(kind, id)?;
        match (ty.merge(), value) {
            (Merge::Register, Some(Value::Set(_))) => Err(InvalidValue::new(field, TAKES_ONE.say()).into()),
            (Merge::Register, value) => self.put(&record, field, value.map_or(ScalarValue::Null, register)),
            (Merge::Set, None) => self.replace(&record, field, &BTreeMap::new()),
            (Merge::Set, Some(Value::Set(elements))) => self.replace(&record, field, elements),
            (Merge::Set, Some(_)) => Err(InvalidValue::new(field, TAKES_LIST.say()).into()),
            (Merge::Text, value) => {
                let text = value.and_then(Value::as_text).unwrap_or_default().to_owned();
                self.edit(&Edit::Text { kind: kind.to_owned(), id: id.to_owned(), field: field.to_owned(), text })
            }
        }
    }

    /// Brings a set to these elements by adding and removing what differs, so that it merges with what others do.
    fn replace(&mut self, record: &ObjId, field: &str, to: &BTreeMap<String, String>) -> Result<(), ContextError> {
        let prefix = format!("{field}{ELEMENT}");
        let present: Vec<String> = self
            .tx
            .map_range(record, prefix.clone()..)
            .map_while(|item| item.key.strip_prefix(&prefix).map(str::to_owned))
            .collect();
        for element in present.iter().filter(|element| !to.contains_key(*element)) {
            self.remove(record, field, element)?;
        }
        for (element, role) in to {
            self.add(record, field, element, role)?;
        }
        Ok(())
    }

    fn add(&mut self, record: &ObjId, field: &str, element: &str, role: &str) -> Result<(), ContextError> {
        self.put(record, &element_key(field, element)?, element_value(role))
    }

    fn remove(&mut self, record: &ObjId, field: &str, element: &str) -> Result<(), ContextError> {
        let key = element_key(field, element)?;
        if self.tx.get(record, key.as_str())?.is_some() {
            self.tx.delete(record, key.as_str())?;
        }
        Ok(())
    }

    /// Writes a scalar unless it stands there already, alone: an action that changes nothing is no change, and an action
    /// that confirms one of several concurrent values settles them.
    fn put(&mut self, object: &ObjId, key: &str, value: ScalarValue) -> Result<(), ContextError> {
        let standing = self.tx.get_all(object, key)?;
        match standing.as_slice() {
            [] if value == ScalarValue::Null => return Ok(()),
            [(one, _)] if one.as_scalar() == Some(&value) => return Ok(()),
            [_, _, ..] => {
                // Automerge would settle on the value it shows by deleting the others: whoever reads the change alone could
                // not tell which value stands. Cleared first, the value is written like any other.
                self.tx.delete(object, key)?;
            }
            _ => {}
        }
        self.tx.put(object, key, value)?;
        Ok(())
    }
}

fn element_key(field: &str, element: &str) -> Result<String, ContextError> {
    if element.is_empty() || element.len() > ELEMENT_MAX_BYTES {
        return Err(InvalidValue::new(field, ENTRY_LENGTH.say().number("most", ELEMENT_MAX_BYTES)).into());
    }
    Ok(format!("{field}{ELEMENT}{element}"))
}

fn element_value(role: &str) -> ScalarValue {
    if role.is_empty() { ScalarValue::Boolean(true) } else { role.into() }
}

fn register(value: &Value) -> ScalarValue {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => ScalarValue::Int(*number),
        Value::Boolean(yes) => ScalarValue::Boolean(*yes),
        Value::Set(_) => ScalarValue::Null,
    }
}
