//! The document over its public face: what is kept, what merges, and what a change says it wrote.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use automerge::transaction::Transactable as _;
use automerge::{Automerge, ObjType, ROOT, ReadDoc as _};
use tandem_context::{Author, CustomField, Document, Edit, FieldType, Note, Place, RecordState, Stamp, Value, Wrote};

const ACCOUNT: &str = "0192f000-0000-7000-8000-000000000001";

fn device(actor: u8) -> Document {
    let mut document = Document::new();
    document.set_actor(&[actor; 16]);
    document
}

fn commit(document: &mut Document, edits: &[Edit]) -> Vec<Wrote> {
    let author = Author { note: Note { action: "set".to_owned(), ..Note::default() }, at_ms: 1_000 };
    let change = document.commit(edits, &author).unwrap().expect("the edits change something");
    document.wrote(&change)
}

fn create(values: &[(&str, Value)]) -> Edit {
    let mut all = BTreeMap::from([("name".to_owned(), Value::text("Acme"))]);
    all.extend(values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    Edit::Create { kind: "account".to_owned(), id: ACCOUNT.to_owned(), values: all }
}

fn set(field: &str, value: Option<Value>) -> Edit {
    Edit::Set { kind: "account".to_owned(), id: ACCOUNT.to_owned(), field: field.to_owned(), value }
}

fn add(element: &str) -> Edit {
    let (field, role) = ("tags".to_owned(), String::new());
    Edit::Add { kind: "account".to_owned(), id: ACCOUNT.to_owned(), field, element: element.to_owned(), role }
}

fn remove(element: &str) -> Edit {
    Edit::Remove {
        kind: "account".to_owned(),
        id: ACCOUNT.to_owned(),
        field: "tags".to_owned(),
        element: element.to_owned(),
    }
}

fn account(document: &Document) -> RecordState {
    document.record("account", ACCOUNT).unwrap().expect("the account is there")
}

/// Both get what the other has.
fn meet(one: &mut Document, two: &mut Document) {
    let (of_one, of_two) = (one.changes_since(&two.heads()), two.changes_since(&one.heads()));
    one.apply(of_two).unwrap();
    two.apply(of_one).unwrap();
    assert_eq!(one.heads(), two.heads());
}

/// Two devices with one account.
fn pair(values: &[(&str, Value)]) -> (Document, Document) {
    let (mut one, mut two) = (device(1), device(2));
    commit(&mut one, &[create(values)]);
    meet(&mut one, &mut two);
    (one, two)
}

/// A document as a newer version might leave it: a kind, fields and a field type that this version does not know.
fn from_the_future() -> Vec<u8> {
    let mut document = device(1);
    commit(&mut document, &[create(&[("city", Value::text("Bern"))])]);
    let mut doc = Automerge::load(&document.save()).unwrap();
    let mut tx = doc.transaction();
    let robots = tx.put_object(ROOT, "robot", ObjType::Map).unwrap();
    let robot = tx.put_object(&robots, "r1", ObjType::Map).unwrap();
    tx.put(&robot, "name", "Marvin").unwrap();
    tx.put_object(ROOT, "index", ObjType::List).unwrap();
    let (_, accounts) = tx.get(ROOT, "account").unwrap().unwrap();
    let (_, account) = tx.get(&accounts, ACCOUNT).unwrap().unwrap();
    tx.put(&account, "mood", "curious").unwrap();
    tx.put(&account, "weight", 1.5).unwrap();
    tx.put(&account, "moods/curious", true).unwrap();
    let (_, meta) = tx.get(ROOT, "meta").unwrap().unwrap();
    let field = r#"{"kind":"account","name":"x_orbit","label":"Orbit","type":"ellipse","apsis":3}"#;
    tx.put(&meta, "field/account.x_orbit", field).unwrap();
    let nested = tx.put_object(&account, "orbit", ObjType::Map).unwrap();
    tx.put(&nested, "apsis", 3).unwrap();
    tx.commit();
    doc.save()
}

#[test]
fn a_document_of_a_newer_version_opens_and_shows_what_this_version_understands() {
    let document = Document::load(&from_the_future()).unwrap();
    assert!(document.kinds().contains(&"robot".to_owned()));
    assert_eq!(account(&document).values["city"], Value::text("Bern"));
    assert_eq!(account(&document).values["mood"], Value::text("curious"), "an unknown field is shown as it is");
    assert_eq!(account(&document).values["moods"], Value::set(["curious"]));
    assert_eq!(document.record("robot", "r1").unwrap().unwrap().values["name"], Value::text("Marvin"));
    assert!(
        document.schema().field("account", "x_orbit").is_none(),
        "a field of an unknown type is left out of the schema"
    );
}

#[test]
fn what_a_newer_version_wrote_is_carried_through_edits_and_saving() {
    let mut document = Document::load(&from_the_future()).unwrap();
    document.set_actor(&[7; 16]);
    document.warm_up();
    commit(&mut document, &[set("city", Some(Value::text("Basel"))), add("vip")]);
    let mut other = device(3);
    other.apply(document.changes_since(&[])).unwrap();
    for bytes in [document.save(), Document::load(&document.save()).unwrap().save(), other.save()] {
        let doc = Automerge::load(&bytes).unwrap();
        let at = |path: &[&str]| {
            path.iter().fold((automerge::Value::Object(ObjType::Map), ROOT), |(_, object), key| {
                let (value, id) =
                    doc.get(&object, *key).unwrap().unwrap_or_else(|| panic!("{path:?} is gone at {key}"));
                (value.into_owned(), id)
            })
        };
        assert_eq!(at(&["robot", "r1", "name"]).0.as_str(), Some("Marvin"));
        assert_eq!(at(&["account", ACCOUNT, "weight"]).0.as_f64(), Some(1.5));
        assert_eq!(at(&["account", ACCOUNT, "mood"]).0.as_str(), Some("curious"));
        assert_eq!(at(&["account", ACCOUNT, "orbit", "apsis"]).0.as_i64(), Some(3));
        assert_eq!(at(&["account", ACCOUNT, "city"]).0.as_str(), Some("Basel"));
        assert!(at(&["meta", "field/account.x_orbit"]).0.as_str().unwrap().contains("\"apsis\":3"));
        assert!(doc.get(ROOT, "index").unwrap().is_some());
    }
}

#[test]
fn a_document_of_an_older_version_gets_the_kinds_that_were_added_since() {
    let document = Document::load(&Automerge::new().save()).unwrap();
    assert_eq!(document.heads(), Document::new().heads(), "by the same bytes that every device has");
}

#[test]
fn bytes_that_are_no_document_are_called_damaged() {
    let whole = from_the_future();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    for bytes in [&b"hello"[..], &whole[..whole.len() - 7], &damaged] {
        assert_eq!(Document::load(bytes).unwrap_err().code(), "damaged");
    }
}

#[test]
fn concurrent_values_are_kept_until_somebody_who_saw_both_writes() {
    let (mut one, mut two) = pair(&[("city", Value::text("Bern"))]);
    commit(&mut one, &[set("city", Some(Value::text("Basel")))]);
    commit(&mut two, &[set("city", None)]);
    meet(&mut one, &mut two);
    for document in [&one, &two] {
        let conflict = &account(document).conflicts["city"];
        let mut values: Vec<_> = conflict.iter().map(|stated| stated.value.clone()).collect();
        assert_eq!(values[0], account(document).values.get("city").cloned(), "the one that is shown comes first");
        values.sort();
        assert_eq!(values, [None, Some(Value::text("Basel"))]);
    }
    commit(&mut two, &[set("city", Some(Value::text("Basel")))]);
    meet(&mut one, &mut two);
    for document in [&one, &two] {
        assert_eq!(account(document).conflicts, BTreeMap::new());
        assert_eq!(account(document).values["city"], Value::text("Basel"));
    }
}

#[test]
fn equal_concurrent_values_are_no_conflict() {
    let (mut one, mut two) = pair(&[]);
    commit(&mut one, &[set("city", Some(Value::text("Basel")))]);
    commit(&mut two, &[set("city", Some(Value::text("Basel")))]);
    meet(&mut one, &mut two);
    assert_eq!(account(&one).conflicts, BTreeMap::new());
    assert_eq!(account(&one).values["city"], Value::text("Basel"));
}

/// Automerge writes nothing for the value it already shows but deletes the others; the history would read as if the field
/// had been cleared.
#[test]
fn settling_on_either_value_is_written_as_that_value_over_all_that_stood() {
    for value in ["Basel", "Chur"] {
        let (mut one, mut two) = pair(&[("city", Value::text("Bern"))]);
        commit(&mut one, &[set("city", Some(Value::text("Basel")))]);
        commit(&mut two, &[set("city", Some(Value::text("Chur")))]);
        meet(&mut one, &mut two);
        let wrote = commit(&mut one, &[set("city", Some(Value::text(value)))]);
        assert_eq!(wrote.len(), 1, "settling on {value} is one writing: {wrote:?}");
        assert_eq!(wrote[0].value, Some(Value::text(value)));
        assert_eq!(wrote[0].replaced.len(), 2, "settling on {value} replaces both");
        meet(&mut one, &mut two);
        assert_eq!((account(&two).conflicts.len(), &account(&two).values["city"]), (0, &Value::text(value)));
    }
}

#[test]
fn what_one_action_writes_twice_to_one_place_counts_once() {
    let (mut one, _) = pair(&[("city", Value::text("Bern")), ("tags", Value::set(["old"]))]);
    let edits = [
        set("city", Some(Value::text("Basel"))),
        add("new"),
        set("city", Some(Value::text("Chur"))),
        remove("new"),
        remove("old"),
        add("old"),
    ];
    let wrote = commit(&mut one, &edits);
    let by_key: BTreeMap<&str, (&Option<Value>, usize)> = wrote
        .iter()
        .filter_map(|wrote| match &wrote.place {
            Place::Key { key, .. } => Some((key.as_str(), (&wrote.value, wrote.replaced.len()))),
            _ => None,
        })
        .collect();
    assert_eq!(wrote.len(), by_key.len(), "each place once: {wrote:?}");
    assert_eq!(by_key["city"], (&Some(Value::text("Chur")), 1));
    assert_eq!(by_key["tags/new"], (&None, 0));
    assert_eq!(by_key["tags/old"], (&Some(Value::text("")), 1));
}

#[test]
fn what_a_record_began_with_is_what_stood_when_the_action_ended() {
    let mut document = device(1);
    let edits = [
        create(&[("tags", Value::set(["a", "b"]))]),
        set("name", Some(Value::text("Aardvark"))),
        remove("a"),
        set("city", None),
    ];
    let wrote = commit(&mut document, &edits);
    let first = [("name".to_owned(), Value::text("Aardvark")), ("tags/b".to_owned(), Value::text(""))];
    assert_eq!((wrote.len(), &wrote[0].first[..]), (1, &first[..]));
}

#[test]
fn a_set_keeps_what_was_added_unseen() {
    let (mut one, mut two) = pair(&[("tags", Value::set(["a", "b"]))]);
    commit(&mut one, &[set("tags", Some(Value::set(["a"])))]);
    commit(&mut two, &[set("tags", Some(Value::set(["b", "c"])))]);
    meet(&mut one, &mut two);
    assert_eq!(account(&one).values["tags"], Value::set(["c"]), "a and b were seen and removed, c was not");
    commit(&mut one, &[remove("c")]);
    commit(&mut two, &[remove("c"), add("c")]);
    meet(&mut one, &mut two);
    assert_eq!(account(&two).values["tags"], Value::set(["c"]), "what was added again unseen stays");
}

#[test]
fn of_two_definitions_of_one_own_field_every_device_takes_the_same() {
    let (mut one, mut two) = (device(1), device(2));
    let define = |ty: &str| {
        let (kind, name, label) = ("account".to_owned(), "x_size".to_owned(), "Size".to_owned());
        Edit::Define(CustomField { kind, name, label, type_name: ty.to_owned(), options: Vec::new(), retired: false })
    };
    commit(&mut one, &[define("line")]);
    commit(&mut two, &[define("integer")]);
    meet(&mut one, &mut two);
    let ty = |document: &Document| document.schema().field("account", "x_size").map(|field| field.ty.clone());
    assert_eq!(ty(&one), ty(&two));
    assert!(matches!(ty(&one), Some(FieldType::Line | FieldType::Integer)));
    let again = Document::load(&one.save()).unwrap();
    assert_eq!(ty(&again), ty(&one), "and the same after opening again");
}

#[test]
fn what_is_made_again_under_another_actor_says_the_same_and_merges_with_what_it_did_not_know() {
    let (mut one, mut two) = pair(&[("tags", Value::set(["a"]))]);
    // Both write on under one actor, as a device and its restored copy do.
    let mut copy = Document::load(&one.save()).unwrap();
    copy.set_actor(&[1; 16]);
    commit(&mut one, &[set("city", Some(Value::text("Bern")))]);
    let base = copy.heads();
    let author = |action: &str, undoes: Option<String>| {
        let note = Note { action: action.to_owned(), by: "m".to_owned(), undoes, ..Note::default() };
        Author { note, at_ms: 2_000 }
    };
    let first =
        copy.commit(&[set("city", Some(Value::text("Chur"))), add("b")], &author("set", None)).unwrap().unwrap();
    let undo = author("undo", Some(first.hash().to_string()));
    copy.commit(&[set("city", None), set("phone", Some(Value::text("+41 44 000 00 00")))], &undo).unwrap();
    two.apply(one.changes_since(&base)).unwrap();
    let changes = copy.changes_since(&base);
    assert!(two.apply(changes.clone()).is_err(), "the numbers are taken");

    let again = Document::remake(&changes, || vec![7; 16]);
    two.apply(again.clone()).unwrap();
    let state = account(&two);
    assert_eq!(state.values["tags"], Value::set(["a", "b"]));
    assert_eq!(state.values["phone"], Value::text("+41 44 000 00 00"));
    let cities: Vec<_> = state.conflicts["city"].iter().map(|stated| stated.value.clone()).collect();
    assert_eq!(cities.len(), 2, "Bern and what was cleared were written without knowledge of each other");
    for (before, after) in changes.iter().zip(&again) {
        let (before, after) = (Stamp::of(before), Stamp::of(after));
        assert_eq!(
            (before.at_ms, &before.note.by, &before.note.action),
            (after.at_ms, &after.note.by, &after.note.action)
        );
    }
    assert_eq!(again.iter().map(automerge::Change::seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(Stamp::of(&again[1]).note.undoes, Some(again[0].hash().to_string()), "it undoes what was made again");
    // The same on a device that gets everything in one go.
    let mut fresh = Document::load(&copy.save()).unwrap();
    assert!(fresh.apply(one.changes_since(&base)).is_err());
    let mut fresh = device(5);
    fresh.apply(two.changes_since(&[])).unwrap();
    assert_eq!(account(&fresh), state);
}
