//! Making changes again under another actor.
//!
//! After a data file was restored from an older copy, what is written next gets numbers of its actor that other devices have
//! already seen on other changes. Such a change is made again: the same operations, time, message and dependencies under an
//! actor of its own, as if another device had written it at that time. It says the same, and merges with what it did not know.

use std::collections::HashMap;

use automerge::legacy::{ElementId, Key, ObjectId, OpId};
use automerge::{ActorId, Change, ChangeHash};

use super::Document;
use crate::edit::Note;

impl Document {
    /// Makes changes again. `changes` are in an order in which they can be applied, and hold with a change of an actor all later
    /// ones of that actor and all that depend on it. `actor` gives a fresh actor for each one that is replaced. The result is in
    /// the same order.
    pub fn remake(changes: &[Change], mut actor: impl FnMut() -> Vec<u8>) -> Vec<Change> {
        // Old actor → its first operation that is made again, and the actor that makes it.
        let mut actors: HashMap<ActorId, Replaced> = HashMap::new();
        let mut hashes: HashMap<ChangeHash, ChangeHash> = HashMap::new();
        let mut made = Vec::with_capacity(changes.len());
        for change in changes {
            let replaced = actors.entry(change.actor_id().clone()).or_insert_with(|| Replaced {
                from_op: change.start_op().get(),
                from_seq: change.seq(),
                by: ActorId::from(actor()),
            });
            let (by, seq) = (replaced.by.clone(), change.seq() + 1 - replaced.from_seq);
            let renamed = |op: &OpId| match actors.get(op.actor()) {
                Some(replaced) if op.counter() >= replaced.from_op => OpId::new(op.counter(), &replaced.by),
                _ => op.clone(),
            };
            let mut expanded = change.decode();
            for op in &mut expanded.operations {
                if let ObjectId::Id(id) = &op.obj {
                    op.obj = ObjectId::Id(renamed(id));
                }
                if let Key::Seq(ElementId::Id(id)) = &op.key {
                    op.key = Key::Seq(ElementId::Id(renamed(id)));
                }
                op.pred = op.pred.iter().map(renamed).collect();
            }
            for dep in &mut expanded.deps {
                *dep = hashes.get(dep).copied().unwrap_or(*dep);
            }
            expanded.deps.sort_unstable();
            expanded.message = expanded.message.map(|message| undoing(message, &hashes));
            (expanded.actor_id, expanded.seq, expanded.hash) = (by, seq, None);
            let again = Change::from(expanded);
            hashes.insert(change.hash(), again.hash());
            made.push(again);
        }
        made
    }
}

struct Replaced {
    from_op: u64,
    from_seq: u64,
    by: ActorId,
}

/// The message; where it undoes a change that was made again, it undoes that one.
fn undoing(message: String, hashes: &HashMap<ChangeHash, ChangeHash>) -> String {
    let mut note = Note::parse(Some(&message));
    let undone = note.undoes.as_deref().and_then(|hex| hex.parse::<ChangeHash>().ok());
    match undone.and_then(|undone| hashes.get(&undone)) {
        Some(again) => {
            note.undoes = Some(again.to_string());
            note.to_message()
        }
        None => message,
    }
}
