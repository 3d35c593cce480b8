//! Warming a document up after loading.
//!
//! After loading, all values of a document lie in one piece of memory. Each value written into it cuts the piece in two: what
//! is behind the cut is copied, what is before keeps room for all of it. A batch of remote changes cuts in ascending order:
//! at 40,000 records a thousand changes copy and keep 2 GB, at 100,000 records 4 GB. Cut in descending order, from the end,
//! nothing is copied twice. So a transaction writes a value into some objects in descending order and is rolled back; the
//! cuts stay. It has to be a value with bytes: null has none, and cuts nothing.

use automerge::ReadDoc;
use automerge::transaction::Transactable;

use super::Document;

/// One object in this many is touched.
const STRIDE: usize = 20;

impl Document {
    /// Does beforehand what the first remote changes would otherwise do at many times the cost. Writes nothing.
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
            let _ = tx.put(object, "warm", "warm");
        }
        tx.rollback();
    }
}
