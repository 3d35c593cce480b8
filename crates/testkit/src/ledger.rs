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
    /// Change, and record, field and value of everything that it wrote to a register.
    pub(crate) written: Vec<(String, (String, String, Value))>,
    /// By device: text → what it said when it was opened, and its version.
    pub(crate) opened: Vec<BTreeMap<String, (String, Vec<String>)>>,
}

impl Ledger {
    pub(crate) fn new(devices: usize) -> Self {
        Self { done: vec![Vec::new(); devices], opened: vec![BTreeMap::new(); devices], ..Self::default() }
    }

    /// Of all devices only this one is left.
    pub(crate) fn leave_only(&mut self, index: usize) {
        self.done = vec![std::mem::take(&mut self.done[index])];
        self.opened = vec![std::mem::take(&mut self.opened[index])];
    }

    /// There is one more device.
    pub(crate) fn make_room(&mut self) {
        self.done.push(Vec::new());
        self.opened.push(BTreeMap::new());
    }

    /// A change was made again: it counts as what it was.
    pub(crate) fn remade(&mut self, before: &str, after: &str) {
        if self.changes.remove(before) {
            self.changes.insert(after.to_owned());
        }
        let done = self.done.iter_mut().flatten().map(|done| &mut done.change);
        for change in done.chain(self.written.iter_mut().map(|(change, _)| change)).filter(|change| *change == before) {
            after.clone_into(change);
        }
    }

    /// Only these changes are left: the others went with a file that was overwritten.
    pub(crate) fn forget_all_but(&mut self, known: &BTreeSet<String>) {
        self.changes.retain(|change| known.contains(change));
        self.written.retain(|(change, _)| known.contains(change));
        for done in &mut self.done {
            done.retain(|done| known.contains(&done.change));
        }
        // A text that was opened at a version that is gone is opened again.
        self.opened.iter_mut().for_each(BTreeMap::clear);
    }
}
