//! A number that opens the records it counts.

use crate::World;
use crate::facts::Key;

/// A number, as the set of records that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its name, a path like `funnel/entered/qualified`: [`super::find`] computes the same set again from it.
    pub number: String,
    /// Each once, in the order of keys, which is another one on another device.
    records: Vec<Key>,
}

impl Figure {
    /// The number of these records. One that is named twice counts once.
    pub fn new(number: impl Into<String>, mut records: Vec<Key>) -> Self {
        // Sets made in one pass over a table mostly are in order already.
        if !records.is_sorted_by(|one, next| one < next) {
            records.sort_unstable();
            records.dedup();
        }
        Self { number: number.into(), records }
    }

    /// How many records it counts.
    pub fn count(&self) -> usize {
        self.records.len()
    }

    /// The records, by id: the same order on every device.
    pub fn records(&self, world: &World) -> Vec<Key> {
        let mut records = self.records.clone();
        records.sort_unstable_by(|a, b| world.id(*a).cmp(world.id(*b)));
        records
    }

    /// Whether it counts a record.
    pub fn counts(&self, record: Key) -> bool {
        self.records.binary_search(&record).is_ok()
    }
}
