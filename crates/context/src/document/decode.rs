//! What a change wrote, read from the change itself.
//!
//! Automerge's patches cost more the larger the document is; the operations of a change do not. Everything here follows
//! from the change and its ancestors alone, so every device reads the same history out of it, in whatever order changes
//! arrived.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, OpType};
use automerge::{Change, ChangeHash, ObjType, Prop, ReadDoc, ScalarValue};

use super::{Document, META, read::scalar};
use crate::Value;
use crate::edit::Note;

/// An operation's id: a counter that grows along the history, and the actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Op {
    /// The counter.
    pub counter: u64,
    /// The actor's bytes.
    pub actor: Vec<u8>,
}

/// Who made a change, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The change's hash.
    pub hash: ChangeHash,
    /// The actor's bytes.
    pub actor: Vec<u8>,
    /// Its number among the actor's changes, from 1.
    pub sequence: u64,
    /// Milliseconds since 1970 by the writer's clock; advisory.
    pub at_ms: i64,
    /// What the action says of itself.
    pub note: Note,
}

impl Stamp {
    /// Reads it from a change.
    pub fn of(change: &Change) -> Self {
        Self {
            hash: change.hash(),
            actor: change.actor_id().to_bytes().to_vec(),
            sequence: change.seq(),
            at_ms: change.timestamp(),
            note: Note::parse(change.message()),
        }
    }
}

/// One thing a change wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrote {
    /// Where.
    pub place: Place,
    /// The operation that wrote it.
    pub op: Op,
    /// The value; `None` where the key was cleared or removed. For [`Place::Record`] unused.
    pub value: Option<Value>,
    /// For [`Place::Record`], the first values by key.
    pub first: Vec<(String, Value)>,
    /// The operations it replaced: what stood there, as far as the writer knew.
    pub replaced: Vec<Op>,
}

impl Wrote {
    /// The same change has written the same key again: one writing, of the later value over what stood there before both.
    fn rewrite(&mut self, again: Self, own: &impl Fn(&Op) -> bool) {
        self.op = again.op;
        self.value = again.value;
        self.replaced.extend(again.replaced.into_iter().filter(|op| !own(op)));
    }
}

/// Where something was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A record was made.
    Record {
        /// Its kind.
        kind: String,
        /// Its id.
        id: String,
    },
    /// A key of a record: a field, or `field/element` of a set.
    Key {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The key.
        key: String,
    },
    /// Characters of a text.
    Text {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The field.
        field: String,
    },
    /// The workspace itself: its name, its own fields.
    Meta {
        /// The key.
        key: String,
    },
}

impl Place {
    /// The id of the record that was written to.
    pub fn record(&self) -> Option<&str> {
        match self {
            Self::Record { id, .. } | Self::Key { id, .. } | Self::Text { id, .. } => Some(id),
            Self::Meta { .. } => None,
        }
    }

    /// The kind of the record that was written to.
    pub fn kind(&self) -> Option<&str> {
        match self {
            Self::Record { kind, .. } | Self::Key { kind, .. } | Self::Text { kind, .. } => Some(kind),
            Self::Meta { .. } => None,
        }
    }
}

/// What an object of the document is.
#[derive(Debug, Clone)]
enum Object {
    Root,
    Meta,
    Kind(String),
    Record { kind: String, id: String },
    Text { kind: String, id: String, field: String },
    Unknown,
}

impl Document {
    /// What a change wrote. The change and its ancestors are in the document.
    pub fn wrote(&self, change: &Change) -> Vec<Wrote> {
        let decoded = change.decode();
        let actor = change.actor_id().to_bytes().to_vec();
        let own = |op: &Op| op.actor == actor && op.counter >= change.start_op().get();
        let mut objects: HashMap<ObjectId, Object> = HashMap::from([(ObjectId::Root, Object::Root)]);
        let mut wrote: Vec<Wrote> = Vec::new();
        // Records that this change makes, by their place in `wrote`, and those to whose text it writes.
        let mut made: HashMap<String, usize> = HashMap::new();
        let mut texts: HashSet<String> = HashSet::new();
        // And the keys: what one action writes twice to one place it has written once, last.
        let mut keys: HashMap<(String, String), usize> = HashMap::new();
        for (counter, op) in (change.start_op().get()..).zip(&decoded.operations) {
            let object = objects.entry(op.obj.clone()).or_insert_with(|| self.object(&op.obj)).clone();
            let id = Op { counter, actor: actor.clone() };
            let key = match &op.key {
                Key::Map(key) => key.to_string(),
                Key::Seq(_) => String::new(),
            };
            let entry = |place, value| Wrote {
                place,
                op: id.clone(),
                value,
                first: Vec::new(),
                replaced: op
                    .pred
                    .iter()
                    .map(|pred| Op { counter: pred.counter(), actor: pred.actor().to_bytes().to_vec() })
                    .collect(),
            };
            let written = match &op.action {
                OpType::Put(value) => element_or_scalar(&key, value),
                _ => None,
            };
            match object {
                Object::Kind(kind) if matches!(op.action, OpType::Make(_)) => {
                    let made_object = ObjectId::Id(automerge::legacy::OpId::new(counter, change.actor_id()));
                    objects.insert(made_object, Object::Record { kind: kind.clone(), id: key.clone() });
                    made.insert(key.clone(), wrote.len());
                    wrote.push(entry(Place::Record { kind, id: key }, None));
                }
                Object::Record { kind, id: record } => {
                    if matches!(op.action, OpType::Make(ObjType::Text)) {
                        let text = ObjectId::Id(automerge::legacy::OpId::new(counter, change.actor_id()));
                        objects.insert(text, Object::Text { kind, id: record, field: key });
                    } else if let Some(made) = made.get(&record) {
                        let first = &mut wrote[*made].first;
                        first.retain(|(known, _)| *known != key);
                        first.extend(written.map(|value| (key, value)));
                    } else if let Some(before) = keys.get(&(record.clone(), key.clone())) {
                        let again = entry(Place::Key { kind, id: record, key }, written);
                        wrote[*before].rewrite(again, &own);
                    } else {
                        keys.insert((record.clone(), key.clone()), wrote.len());
                        wrote.push(entry(Place::Key { kind, id: record, key }, written));
                    }
                }
                // Many characters are one entry.
                Object::Text { kind, id: record, field }
                    if !made.contains_key(&record) && texts.insert(record.clone()) =>
                {
                    let mut text = entry(Place::Text { kind, id: record, field }, None);
                    text.replaced.clear();
                    wrote.push(text);
                }
                Object::Meta => {
                    // A `/` in its keys separates no element.
                    let written = match &op.action {
                        OpType::Put(value) => scalar(value),
                        _ => None,
                    };
                    wrote.push(entry(Place::Meta { key }, written));
                }
                _ => {}
            }
        }
        for record in wrote.iter_mut() {
            record.first.sort();
        }
        wrote
    }

    /// What the object of this id is, from where it stands in the document.
    fn object(&self, object: &ObjectId) -> Object {
        let ObjectId::Id(op) = object else { return Object::Root };
        let Ok(object) = self.doc.import_obj(&format!("{}@{}", op.counter(), op.actor().to_hex_string())) else {
            return Object::Unknown;
        };
        let Ok(parents) = self.doc.parents(&object) else { return Object::Unknown };
        let mut path: Vec<String> = parents
            .map(|parent| match parent.prop {
                Prop::Map(key) => key.to_string(),
                Prop::Seq(_) => String::new(),
            })
            .collect();
        path.reverse();
        match path.as_slice() {
            [meta] if meta == META => Object::Meta,
            [kind] => Object::Kind(kind.clone()),
            [kind, id] => Object::Record { kind: kind.clone(), id: id.clone() },
            [kind, id, field] => Object::Text { kind: kind.clone(), id: id.clone(), field: field.clone() },
            _ => Object::Unknown,
        }
    }
}

/// The value a key was given. An element's `true` stands for an element without a role.
fn element_or_scalar(key: &str, value: &ScalarValue) -> Option<Value> {
    if key.contains(super::ELEMENT) {
        return Some(Value::Text(value.as_str().unwrap_or_default().to_owned()));
    }
    scalar(value)
}
