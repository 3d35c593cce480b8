//! Reading records out of the document: their values and what stands against them.

use std::collections::BTreeMap;

use automerge::{ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue, ScalarValueRef, Value as AmValue, ValueRef};

use super::{ARCHIVED, Document, split_key};
use crate::schema::Kind;
use crate::{ContextError, Merge, Value};

/// A record as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordState {
    /// The fields that are not empty. Of concurrent values, the one that Automerge shows.
    pub values: BTreeMap<String, Value>,
    /// It was set aside.
    pub archived: bool,
    /// Key → the values written without knowledge of each other, the one shown first; only where they differ.
    pub conflicts: BTreeMap<String, Vec<Stated>>,
}

/// A value and the change that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The value; `None` where the field was cleared.
    pub value: Option<Value>,
    /// The change.
    pub change: ChangeHash,
}

impl Document {
    /// The record's state, or `None` where there is no such record.
    ///
    /// # Errors
    /// [`ContextError::UnknownKind`].
    pub fn record(&self, kind: &str, id: &str) -> Result<Option<RecordState>, ContextError> {
        let map = self.kind_map(kind)?;
        let Some((AmValue::Object(ObjType::Map), record)) = self.doc.get(&map, id)? else { return Ok(None) };
        Ok(Some(self.read(self.schema.kind(kind), &record)))
    }

    /// A text as it was at `heads` (now, where they are empty).
    ///
    /// # Errors
    /// [`ContextError::UnknownRecord`], [`ContextError::UnknownField`].
    pub fn text(&self, kind: &str, id: &str, field: &str, heads: &[ChangeHash]) -> Result<String, ContextError> {
        let text = self.text_object(kind, id, field)?;
        Ok(if heads.is_empty() { self.doc.text(&text)? } else { self.doc.text_at(&text, heads)? })
    }

    pub(super) fn text_object(&self, kind: &str, id: &str, field: &str) -> Result<ObjId, ContextError> {
        let record = self.record_object(kind, id)?;
        match self.doc.get(&record, field)? {
            Some((AmValue::Object(ObjType::Text), text)) => Ok(text),
            _ => Err(ContextError::UnknownField { kind: kind.to_owned(), field: field.to_owned() }),
        }
    }

    pub(super) fn record_object(&self, kind: &str, id: &str) -> Result<ObjId, ContextError> {
        match self.doc.get(self.kind_map(kind)?, id)? {
            Some((AmValue::Object(ObjType::Map), record)) => Ok(record),
            _ => Err(ContextError::UnknownRecord(id.to_owned())),
        }
    }

    fn read(&self, kind: Option<&Kind>, record: &ObjId) -> RecordState {
        let mut state = RecordState::default();
        for item in self.doc.map_range(record, ..) {
            let key = item.key.as_ref();
            if item.conflict
                && let Some(values) = self.stated(record, key)
            {
                state.conflicts.insert(key.to_owned(), values);
            }
            let (field, element) = split_key(key);
            if let Some(element) = element {
                let role = text_of(&item.value).unwrap_or_default().to_owned();
                if let Value::Set(set) =
                    state.values.entry(field.to_owned()).or_insert_with(|| Value::Set(BTreeMap::new()))
                {
                    set.insert(element.to_owned(), role);
                }
            } else if is_object(&item.value) {
                // A text. Kinds and fields of newer versions may hold other objects: they are left where they are.
                let is_text =
                    kind.and_then(|kind| kind.field(field)).is_some_and(|field| field.ty.merge() == Merge::Text);
                if is_text
                    && let Ok(text) = self.doc.text(item.id())
                    && !text.is_empty()
                {
                    state.values.insert(field.to_owned(), Value::Text(text));
                }
            } else if let Some(value) = scalar_ref(&item.value) {
                if key == ARCHIVED {
                    state.archived = value == Value::Boolean(true);
                } else {
                    state.values.insert(field.to_owned(), value);
                }
            }
        }
        state
    }

    /// The values that stand at a key, the shown one first; `None` where they do not differ.
    fn stated(&self, record: &ObjId, key: &str) -> Option<Vec<Stated>> {
        let mut values = Vec::new();
        for (value, op) in self.doc.get_all(record, key).ok()?.into_iter().rev() {
            let AmValue::Scalar(value) = value else { continue };
            values.push(Stated { value: scalar(&value), change: self.doc.hash_for_opid(&op)? });
        }
        let differ = values.iter().any(|stated| stated.value != values[0].value);
        differ.then_some(values)
    }
}

/// The value of a scalar of the document; `None` for null and for forms this version does not write.
pub(super) fn scalar(value: &ScalarValue) -> Option<Value> {
    match value {
        ScalarValue::Str(text) => Some(Value::Text(text.to_string())),
        ScalarValue::Int(number) => Some(Value::Integer(*number)),
        ScalarValue::Uint(number) => i64::try_from(*number).ok().map(Value::Integer),
        ScalarValue::Boolean(yes) => Some(Value::Boolean(*yes)),
        _ => None,
    }
}

fn is_object(value: &ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Object(_))
}

/// The text of a scalar that is one.
pub(super) fn text_of<'a>(value: &'a ValueRef<'_>) -> Option<&'a str> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(text),
        _ => None,
    }
}

/// As [`scalar`], for what iteration yields.
fn scalar_ref(value: &ValueRef<'_>) -> Option<Value> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(Value::Text(text.to_string())),
        ValueRef::Scalar(ScalarValueRef::Int(number)) => Some(Value::Integer(*number)),
        ValueRef::Scalar(ScalarValueRef::Uint(number)) => i64::try_from(*number).ok().map(Value::Integer),
        ValueRef::Scalar(ScalarValueRef::Boolean(yes)) => Some(Value::Boolean(*yes)),
        _ => None,
    }
}
