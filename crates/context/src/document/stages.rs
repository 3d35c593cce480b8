//! The stages of the process as their records say.

use automerge::{ReadDoc, ValueRef};

use super::{Document, RecordState};
use crate::schema::Phase;
use crate::{Stage, Value};

const KIND: &str = "stage";

impl Document {
    /// Every stage that can be read, in the order of their ids.
    pub(super) fn read_stages(&self) -> Vec<Stage> {
        let Ok(map) = self.kind_map(KIND) else { return Vec::new() };
        let records = self.doc.map_range(&map, ..).filter(|item| matches!(item.value, ValueRef::Object(_)));
        let ids: Vec<String> = records.map(|item| item.key.to_string()).collect();
        let states = ids.into_iter().filter_map(|id| Some((self.record(KIND, &id).ok()??, id)));
        states.filter_map(|(state, id)| stage(&state, id)).collect()
    }
}

/// The stage that a record describes; nothing where it lacks what opportunities hold, or its phase.
fn stage(state: &RecordState, id: String) -> Option<Stage> {
    let text = |field: &str| state.values.get(field).and_then(Value::as_text).filter(|text| !text.is_empty());
    let key = text("key")?.to_owned();
    let rank = match state.values.get("rank") {
        Some(Value::Integer(rank)) => Some(*rank),
        _ => None,
    };
    Some(Stage {
        id,
        name: text("name").unwrap_or(&key).to_owned(),
        phase: Phase::of(text("phase")?)?,
        rank,
        set_aside: state.archived,
        key,
    })
}
