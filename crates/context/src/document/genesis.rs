//! The changes every workspace begins with.
//!
//! Two devices that each made the map of a kind would make two maps fight for one key. So the maps are made by changes
//! that are the same bytes everywhere: a fixed actor for each version of the schema, time 0, no message. A version that
//! adds kinds adds one such change on top of the ones before; an older document gets it when it is opened.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, Change, ObjType, ROOT, ReadDoc};

use super::defaults::{self, DEFAULTS, Given};
use super::{ELEMENT, META};
use crate::ContextError;
use crate::edit::Note;

/// The maps each version of the schema made, oldest first. Never edit a line that was released; add one.
const VERSIONS: &[&[&str]] = &[
    &[META, "account", "person", "opportunity", "activity", "campaign", "product", "member", "page", "view"],
    &[
        "task",
        "goal",
        "absence",
        "answer",
        "decision",
        "stage",
        "criterion",
        "routing_rule",
        "reason",
        "onboarding_step",
        "policy",
    ],
];
/// The version that brought the rules every workspace begins with.
const WITH_DEFAULTS: usize = 1;
/// The hash of the change that brought them.
pub(super) const DEFAULTS_HASH: &str = "158dca18193cc4e0e626efadfef7437600734b0da2683cb29cb67a3550faf403";
/// What the change that brought them says it did.
pub const DEFAULTS_ACTION: &str = "defaults";

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
        let mut options = CommitOptions::default().with_time(0);
        if version == WITH_DEFAULTS {
            // Nor could a record of a map that was just made.
            let _ = put_defaults(&mut tx);
            let note = Note { action: DEFAULTS_ACTION.to_owned(), ..Note::default() };
            options = options.with_message(note.to_message());
        }
        tx.commit_with(options);
    }
    doc
}

fn put_defaults(tx: &mut Transaction<'_>) -> Result<(), AutomergeError> {
    for (kind, records) in DEFAULTS {
        let Some((_, map)) = tx.get(ROOT, *kind)? else { continue };
        for (n, fields) in records.iter().enumerate() {
            let Some(id) = defaults::id(kind, n) else { continue };
            let record = tx.put_object(&map, id, ObjType::Map)?;
            for (field, given) in *fields {
                match given {
                    Given::Text(text) => tx.put(&record, *field, *text)?,
                    Given::Number(number) => tx.put(&record, *field, *number)?,
                    Given::Yes => tx.put(&record, *field, true)?,
                    Given::Link(kind, key) => {
                        tx.put(&record, *field, defaults::id_of(kind, key).unwrap_or_default())?;
                    }
                    Given::Set(elements) => {
                        for element in *elements {
                            tx.put(&record, format!("{field}{ELEMENT}{element}"), true)?;
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// The change that made the rules every workspace begins with.
pub(super) fn defaults_change() -> Option<Change> {
    document().get_changes(&[]).into_iter().find(|change| change.message().is_some())
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
    #![allow(clippy::unwrap_used, clippy::panic)]

    /// Devices of different versions only share maps if these bytes never change.
    #[test]
    fn the_changes_are_the_same_bytes_for_ever() {
        let hashes: Vec<String> =
            super::document().get_changes(&[]).iter().map(|change| change.hash().to_string()).collect();
        assert_eq!(hashes.len(), super::VERSIONS.len());
        assert_eq!(hashes[super::WITH_DEFAULTS], super::DEFAULTS_HASH);
        insta::assert_snapshot!(hashes.join("\n"));
    }

    #[test]
    fn every_default_is_a_record_of_its_kind() {
        let document = crate::Document::new();
        let mut seen = std::collections::BTreeSet::new();
        for (kind, records) in super::DEFAULTS {
            for n in 0..records.len() {
                let id = super::defaults::id(kind, n).unwrap();
                let state = document.record(kind, &id).unwrap().expect("it is there");
                let known = document.schema().kind(kind).expect("the kind is known");
                for field in known.fields.iter().filter(|field| field.required) {
                    assert!(state.values.contains_key(&field.name), "{kind} {id} has no {}", field.name);
                }
                for (name, value) in &state.values {
                    let field = known.field(name).unwrap_or_else(|| panic!("{kind} has no {name}"));
                    let again = crate::Value::from_json(field, &value.to_json(&field.ty)).unwrap();
                    assert_eq!(again.as_ref(), Some(value), "{kind} {name}");
                    if let crate::FieldType::Link(target) = field.ty {
                        assert!(document.record(target, value.as_text().unwrap()).unwrap().is_some(), "{kind} {name}");
                    }
                }
                assert!(seen.insert(id));
            }
        }
    }

    #[test]
    fn the_stages_of_the_defaults_are_those_of_the_schema() {
        let names: Vec<_> = crate::STAGES.iter().map(|stage| (stage.name, stage.english, stage.phase.name())).collect();
        let document = crate::Document::new();
        let stages = (0..names.len()).map(|n| document.record("stage", &super::defaults::id("stage", n).unwrap()));
        let stages: Vec<_> = stages.map(|state| state.unwrap().unwrap().values).collect();
        let of = |n: usize, field: &str| stages[n][field].as_text().unwrap();
        let made: Vec<_> = (0..names.len()).map(|n| (of(n, "key"), of(n, "name"), of(n, "phase"))).collect();
        assert_eq!(made, names);
        assert!(document.schema().declares_same(&crate::Schema::standard()));
    }
}
