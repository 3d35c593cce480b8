//! What has to be true of a world.

use std::collections::BTreeSet;

use tandem_context::{ARCHIVED, Value, split_key};
use tandem_workspace::api::Undone;

use crate::device::Device;
use crate::ledger::{Keys, Snapshot};
use crate::world::World;

/// Lines of a difference that are shown.
const SHOWN: usize = 12;

impl World {
    /// After [`World::rest`]: everybody has the same document, the same read model made from it, and everything that was
    /// ever written; and everybody knows that the others hold the same.
    pub fn assert_converged(&mut self) {
        self.say_presence();
        self.rest();
        let fingerprint = self.devices[0].engine().fingerprint().expect("it can be read");
        let dump = self.devices[0].engine().dump().expect("it can be read");
        for index in 0..self.count() {
            let device = &mut self.devices[index];
            let same = device.engine().fingerprint().expect("it can be read");
            assert_eq!(same, fingerprint, "device {index} holds another document than device 0");
            assert_same(
                &dump,
                &device.engine().dump().expect("it can be read"),
                &format!("device 0 and device {index}"),
            );
        }
        // A device that has taken a new key was heard of under the old one too.
        let present: BTreeSet<_> = self.devices.iter().filter_map(Device::id).collect();
        for (index, device) in self.devices.iter().enumerate() {
            let heard = device.heard.iter().filter(|(id, _)| present.contains(id));
            let others = heard.filter(|(_, heard)| **heard == fingerprint).count();
            assert_eq!(others, self.devices.len() - 1, "device {index} knows that the others hold the same document");
        }
        for index in 0..self.count() {
            self.check_rebuild(index);
        }
        self.check_nothing_lost();
        self.check_conflicts();
    }

    /// The log, the document and the read model of a device agree, and the read model made anew is the one it had.
    pub fn check_rebuild(&mut self, index: usize) {
        let engine = self.devices[index].engine();
        let before = engine.dump().expect("it can be read");
        let report = engine.verify().expect("it can be verified");
        assert!(report.clean, "device {index} is not clean: {:#?}", report.problems);
        engine.rebuild().expect("it can be rebuilt");
        assert_same(
            &before,
            &engine.dump().expect("it can be read"),
            &format!("device {index} before and after a rebuild"),
        );
    }

    /// Every change that was ever written is in every log, and every value in the history of its field.
    fn check_nothing_lost(&mut self) {
        for (index, device) in self.devices.iter().enumerate() {
            let here = device.changes();
            let missing: Vec<&String> = self.ledger.changes.difference(&here).collect();
            assert!(missing.is_empty(), "device {index} misses changes that were written: {missing:?}");
        }
        let written: BTreeSet<_> = self.ledger.written.iter().collect();
        for (_, (record, field, value)) in written {
            let history =
                self.devices[0].read(|connection| tandem_store::field_history(connection, record, Some(field)));
            let found = history
                .iter()
                .any(|(wrote, _)| wrote.to.as_ref() == Some(value) || wrote.first.get(field) == Some(value));
            assert!(found, "the history of {field} of {record} has lost {value:?}");
        }
    }

    /// Every conflict shows at least two values that differ, each with who wrote it and where.
    fn check_conflicts(&mut self) {
        for (index, device) in self.devices.iter().enumerate() {
            for (record, _, key, standing) in device.read(|connection| tandem_store::conflicts(connection, u32::MAX)) {
                let values: BTreeSet<_> = standing.iter().map(|(value, _)| value).collect();
                assert!(values.len() > 1, "device {index}: {key} of {record} is in conflict over one value");
                for (_, change) in &standing {
                    let row = device.read(|connection| tandem_store::change(connection, change));
                    let row =
                        row.unwrap_or_else(|| panic!("device {index}: {key} of {record} names an unknown change"));
                    assert!(
                        !row.by.is_empty() && !row.device.is_empty(),
                        "device {index}: nobody wrote {key} of {record}"
                    );
                }
            }
        }
    }

    /// An undo or redo did what it says: what it says it kept is as it was, everything else that the change had written is
    /// as it was before that, and nothing else was touched.
    pub(crate) fn check_reversal(&mut self, index: usize, undone: &Undone, before: &Snapshot) {
        // A redo names the change that stands again; what it reversed is the undo between them.
        let reversal = undone.change.as_deref();
        let row =
            reversal.and_then(|hash| self.devices[index].read(|connection| tandem_store::change(connection, hash)));
        let reversed = row.and_then(|row| row.undoes).unwrap_or_else(|| undone.undid.change.clone());
        let Some(done) = self.ledger.done[index].iter().find(|done| done.change == reversed).cloned() else {
            return;
        };
        let now = self.devices[index].snapshot();
        let none = Keys::new();
        for (record, stood) in before {
            let wrote = (done.before.get(record), done.after.get(record).unwrap_or(&none));
            let kept = |key: &str| {
                let field = split_key(key).0;
                undone.kept.iter().any(|kept| kept.record.id == *record && kept.field == field)
            };
            let expected = expected(stood, wrote, &kept);
            let found = now.get(record).unwrap_or(&none);
            let all: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
            for key in all {
                // A set that was kept in part may have lost or regained the elements that were not.
                if found.get(key) == expected.get(key) || (key.contains('/') && kept(key)) {
                    continue;
                }
                panic!(
                    "device {index}, {} of {}: {key} of {record} is {:?}, not {:?} (before: {:?}; the change wrote {:?} over {:?}; kept: {:?})",
                    if undone.undid.action == "undo" { "redo" } else { "undo" },
                    undone.undid.action,
                    found.get(key),
                    expected.get(key),
                    stood.get(key),
                    wrote.1.get(key),
                    wrote.0.and_then(|before| before.get(key)),
                    undone.kept.iter().map(|kept| &kept.field).collect::<Vec<_>>(),
                );
            }
        }
    }
}

/// The keys a record should have after a change was undone: `stood` until now, the change found `was` and left `wrote`.
fn expected(stood: &Keys, (was, wrote): (Option<&Keys>, &Keys), kept: &dyn Fn(&str) -> bool) -> Keys {
    let mut expected = stood.clone();
    let Some(was) = was else {
        // The change made this record (or had nothing to do with it, when it was made later).
        if !wrote.is_empty() && !kept("created") {
            expected.insert(ARCHIVED.to_owned(), Value::Boolean(true));
        }
        return expected;
    };
    let keys: BTreeSet<&String> = was.keys().chain(wrote.keys()).collect();
    for key in keys.into_iter().filter(|key| was.get(*key) != wrote.get(*key) && !kept(key)) {
        match was.get(key) {
            Some(value) => _ = expected.insert(key.clone(), value.clone()),
            None => _ = expected.remove(key),
        }
    }
    expected
}

/// Two dumps have the same lines.
pub fn assert_same(one: &[String], two: &[String], between: &str) {
    if one != two {
        let only = |these: &[String], those: &[String], sign: &str| -> Vec<String> {
            let those: BTreeSet<&String> = those.iter().collect();
            these.iter().filter(|line| !those.contains(line)).take(SHOWN).map(|line| format!("{sign} {line}")).collect()
        };
        let lines = [only(one, two, "-"), only(two, one, "+")].concat();
        panic!("the read models differ between {between}:\n{}", lines.join("\n"));
    }
}
