//! What members did, written down beside the world: what has to be true of it can be checked at the end.

use std::collections::{BTreeMap, BTreeSet};

use tandem_context::Value;

/// A key of a record (`archived`, a field, `field/element`) → what it holds.
pub(crate) type Keys = BTreeMap<String, Value>;

/// The records of a device by id, as keys; set aside is a key too.
pub(crate) type Snapshot = BTreeMap<String, Keys>;

/// A change, and what stood on the device that made it before and after.
#[derive(Clone, Debug)]
pub(crate) struct Done {
    pub(crate) change: String,
    pub(crate) before: Snapshot,
    pub(crate) after: Snapshot,
}

/// Everything that was done.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// By device.
    pub(crate) done: Vec<Vec<Done>>,
    /// Every change, hex.
    pub(crate) changes: BTreeSet<String>,
    /// Record, field and value of everything that was written to a register.
    pub(crate) written: Vec<(String, String, Value)>,
    /// By device: text → what it said when it was opened, and its version.
    pub(crate) opened: Vec<BTreeMap<String, (String, Vec<String>)>>,
}

impl Ledger {
    pub(crate) fn new(devices: usize) -> Self {
        Self { done: vec![Vec::new(); devices], opened: vec![BTreeMap::new(); devices], ..Self::default() }
    }
}
