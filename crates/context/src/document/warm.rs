//! Warming a document up after loading.
//!
//! A freshly loaded document of 100,000 records needs about 4 GB of memory and three seconds for its first batch of
//! remote changes: an index inside Automerge is built lazily and, when first touched in ascending order, from the wrong
//! end. A transaction that touches some objects in descending order and is rolled back builds it for 60 ms once.

use automerge::transaction::Transactable;
use automerge::{ReadDoc, ScalarValue};

use super::Document;

/// One object in this many is touched.
const STRIDE: usize = 20;

impl Document {
    /// Builds the indexes that the first remote changes would otherwise build at fifty times the cost. Writes nothing.
    pub fn warm_up(&mut self) {
        let maps: Vec<_> = self.kinds().iter().filter_map(|kind| self.kind_map(kind).ok()).collect();
        let mut objects = Vec::new();
        for map in &maps {
            let ids = self.doc.map_range(map, ..).map(|item| item.id());
            objects.extend(ids.step_by(STRIDE));
        }
        objects.sort_unstable_by(|a, b| b.cmp(a));
        let mut tx = self.doc.transaction();
        for object in &objects {
            // Whether a single put works is of no interest: nothing of it stays.
            let _ = tx.put(object, "warm", ScalarValue::Null);
        }
        tx.rollback();
    }
}
