//! Typed edits: what can be done to the context, before it is a change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CustomField, Value};

/// One step of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new record. Its id is made by the caller (UUIDv7).
    Create {
        /// The kind.
        kind: String,
        /// The new record's id.
        id: String,
        /// Its first values.
        values: BTreeMap<String, Value>,
    },
    /// A field takes a value; `None` clears it. A set is brought to the elements given; what others add meanwhile stays.
    Set {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The field.
        field: String,
        /// The value.
        value: Option<Value>,
    },
    /// A set gains an element, or an element its role.
    Add {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The field, a set.
        field: String,
        /// The element.
        element: String,
        /// Its role; empty where the field has none.
        role: String,
    },
    /// A set loses an element.
    Remove {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The field, a set.
        field: String,
        /// The element.
        element: String,
    },
    /// A record is set aside, or taken back. Nothing is ever deleted.
    Archive {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// Set aside or taken back.
        archived: bool,
    },
    /// A text that merges by character is brought to this state.
    Text {
        /// The record's kind.
        kind: String,
        /// The record.
        id: String,
        /// The field, a text.
        field: String,
        /// The whole text.
        text: String,
    },
    /// The workspace's name or id.
    Meta {
        /// `name`, `id`.
        key: String,
        /// The value.
        value: String,
    },
    /// The workspace gains a field of its own.
    Define(CustomField),
    /// An own field is called otherwise. Of two names given without knowledge of each other every device shows the same.
    Label {
        /// The kind.
        kind: String,
        /// The field's name in the document, which stays.
        field: String,
        /// What people call it from now on.
        label: String,
    },
    /// An own field is set aside, or taken back. Its values stay.
    Retire {
        /// The kind.
        kind: String,
        /// The field.
        field: String,
        /// Set aside or taken back.
        retired: bool,
    },
}

/// What an action says of itself; the message of its Automerge change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Note {
    /// What was done: `create`, `set`, `import`, `undo`, `settle`, …
    #[serde(rename = "do")]
    pub action: String,
    /// The member who did it.
    pub by: String,
    /// The device it was done on, short.
    #[serde(rename = "dev", default)]
    pub device: String,
    /// Through what: `desktop`, `cli`, `agent`.
    #[serde(default)]
    pub via: String,
    /// Why, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// An action too large for one change is several with one group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Records that were made only because others of the action point to them, by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub linked: BTreeMap<String, u32>,
    /// The change that this one undoes (hash, hex).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// What holds the changes of one large action together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Group {
    /// The same in all of them.
    pub id: String,
    /// Its number, from 1; the first one stands for all.
    pub part: u32,
}

impl Note {
    /// Longest message of a change that is read, in bytes; a longer one counts as none.
    pub const MAX_BYTES: usize = 16 * 1024;

    /// Reads the message of a change. A change without a readable one (a stranger's, a newer version's) still counts; it
    /// just says nothing of itself.
    pub fn parse(message: Option<&str>) -> Self {
        message
            .filter(|text| text.len() <= Self::MAX_BYTES)
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    pub(crate) fn to_message(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
