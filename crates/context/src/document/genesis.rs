//! The changes every workspace begins with.
//!
//! Two devices that each made the map of a kind would make two maps fight for one key. So the maps are made by changes
//! that are the same bytes everywhere: a fixed actor for each version of the schema, time 0, no message. A version that
//! adds kinds adds one such change on top of the ones before; an older document gets it when it is opened.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};

use super::META;
use crate::ContextError;

/// The maps each version of the schema made, oldest first. Never edit a line that was released; add one.
const VERSIONS: &[&[&str]] =
    &[&[META, "account", "person", "opportunity", "activity", "campaign", "product", "member", "page", "view"]];

fn actor(version: usize) -> ActorId {
    ActorId::from(format!("tandem-schema-{:02}", version + 1).as_bytes())
}

/// A document that holds every version's change and nothing else.
pub(super) fn document() -> Automerge {
    let mut doc = Automerge::new();
    for (version, maps) in VERSIONS.iter().enumerate() {
        doc.set_actor(actor(version));
        let mut tx = doc.transaction();
        for map in *maps {
            // An empty document takes a map at any key: there is nothing it could contradict.
            let _ = tx.put_object(ROOT, *map, ObjType::Map);
        }
        tx.commit_with(CommitOptions::default().with_time(0));
    }
    doc
}

/// Brings a document from an older version up to date.
pub(super) fn extend(doc: &mut Automerge) -> Result<(), ContextError> {
    let complete = VERSIONS.iter().flat_map(|maps| *maps).all(|map| matches!(doc.get(ROOT, *map), Ok(Some(_))));
    if !complete {
        doc.apply_changes(document().get_changes(&[]))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    /// Devices of different versions only share maps if these bytes never change.
    #[test]
    fn the_first_change_is_the_same_bytes_for_ever() {
        let heads = super::document().get_heads();
        assert_eq!(heads.len(), 1);
        insta::assert_snapshot!(heads[0]);
    }
}
