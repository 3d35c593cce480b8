//! A workspace's own fields and its name: called otherwise, set aside and taken back, on one device and on two.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use tandem_context::{Author, Change, CustomField, Document, Edit, Note};

fn commit(document: &mut Document, edit: Edit) -> Change {
    let author = Author { note: Note { action: "field".to_owned(), ..Note::default() }, at_ms: 1_000 };
    document.commit(&[edit], &author).unwrap().expect("the edit changes something")
}

fn label(label: &str) -> Edit {
    Edit::Label { kind: "account".to_owned(), field: "x_class".to_owned(), label: label.to_owned() }
}

fn retire(retired: bool) -> Edit {
    Edit::Retire { kind: "account".to_owned(), field: "x_class".to_owned(), retired }
}

fn name(name: &str) -> Edit {
    Edit::Meta { key: "name".to_owned(), value: name.to_owned() }
}

/// A device whose workspace has the field `x_class`, called “Class”.
fn device() -> Document {
    let mut document = Document::new();
    document.set_actor(&[1; 16]);
    let field = CustomField {
        kind: "account".to_owned(),
        name: "x_class".to_owned(),
        label: "Class".to_owned(),
        type_name: "line".to_owned(),
        options: Vec::new(),
        retired: false,
    };
    commit(&mut document, Edit::Define(field));
    document
}

/// Another device with the same workspace.
fn second(one: &Document) -> Document {
    let mut two = Document::load(&one.save()).unwrap();
    two.set_actor(&[2; 16]);
    two
}

fn meet(one: &mut Document, two: &mut Document) {
    let (of_one, of_two) = (one.changes_since(&two.heads()), two.changes_since(&one.heads()));
    one.apply(of_two).unwrap();
    two.apply(of_one).unwrap();
}

/// What the field is called, and whether it was set aside.
fn class(document: &Document) -> (String, bool) {
    let field = document.schema().field("account", "x_class").expect("it is never gone");
    (field.label.clone().unwrap(), field.retired)
}

#[test]
fn a_field_keeps_its_place_under_another_name_and_while_it_is_set_aside() {
    let mut document = device();
    commit(&mut document, label("Tier"));
    assert_eq!(class(&document), ("Tier".to_owned(), false));
    commit(&mut document, retire(true));
    assert_eq!(class(&document), ("Tier".to_owned(), true));
    assert_eq!(class(&Document::load(&document.save()).unwrap()), ("Tier".to_owned(), true), "also when read again");
    commit(&mut document, retire(false));
    assert_eq!(class(&document), ("Tier".to_owned(), false));
}

#[test]
fn only_a_field_of_the_workspace_s_own_is_called_otherwise() {
    let mut document = device();
    let standard = Edit::Label { kind: "account".to_owned(), field: "city".to_owned(), label: "Town".to_owned() };
    let author = Author { note: Note::default(), at_ms: 1_000 };
    assert_eq!(document.commit(&[standard], &author).unwrap_err().code(), "unknown_field");
}

#[test]
fn of_two_names_given_at_once_every_device_shows_the_same() {
    let mut one = device();
    let mut two = second(&one);
    commit(&mut one, label("Tier"));
    commit(&mut two, label("Grade"));
    meet(&mut one, &mut two);
    assert_eq!(class(&one), class(&two));
    assert!(["Tier", "Grade"].contains(&class(&one).0.as_str()));
}

#[test]
fn a_name_and_a_removal_given_at_once_both_stand() {
    let mut one = device();
    let mut two = second(&one);
    commit(&mut one, label("Tier"));
    commit(&mut two, retire(true));
    meet(&mut one, &mut two);
    assert_eq!(class(&one), ("Tier".to_owned(), true));
    assert_eq!(class(&two), ("Tier".to_owned(), true));
}

#[test]
fn what_a_change_said_of_fields_and_names_can_be_taken_back_until_somebody_says_otherwise() {
    let mut document = device();
    commit(&mut document, name("Deals"));
    let first = commit(&mut document, label("Tier"));
    let second = commit(&mut document, label("Grade"));
    let gone = commit(&mut document, retire(true));
    let renamed = commit(&mut document, name("GTM"));
    assert_eq!(document.reversed_meta(&renamed), [Some(name("Deals"))]);
    assert_eq!(document.reversed_meta(&gone), [Some(retire(false))]);
    let back = commit(&mut document, retire(false));
    assert_eq!(document.reversed_meta(&back), [Some(retire(true))], "and what was taken back is set aside again");
    assert_eq!(document.reversed_meta(&second), [Some(label("Tier"))]);
    assert_eq!(document.reversed_meta(&first), [], "it was called otherwise since");
    let mut fresh = device();
    let only = commit(&mut fresh, label("Tier"));
    assert_eq!(fresh.reversed_meta(&only), [Some(label("Class"))], "what it was declared with");
}
