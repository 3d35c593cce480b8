//! A workspace's stages: called otherwise, added and set aside, on one device and on two.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use serde_json::json;
use tandem_context::{Author, Change, Document, Edit, FieldType, Note, Phase, Schema, Value};

/// The default record of `discovery`.
const DISCOVERY: &str = "00000000-0000-7001-8000-000000000005";
const PILOT: &str = "0192f000-0000-7000-8000-000000000001";

fn device(actor: u8) -> Document {
    let mut document = Document::new();
    document.set_actor(&[actor; 16]);
    document
}

fn commit(document: &mut Document, edit: Edit) -> Change {
    let author = Author { note: Note { action: "set".to_owned(), ..Note::default() }, at_ms: 1_000 };
    document.commit(&[edit], &author).unwrap().expect("the edit changes something")
}

fn create(id: &str, rank: i64) -> Edit {
    let texts = [("key", "x_pilot"), ("name", "Pilot"), ("phase", "sales")];
    let mut values: BTreeMap<String, Value> =
        texts.iter().map(|(field, text)| ((*field).to_owned(), Value::text(*text))).collect();
    values.insert("rank".to_owned(), Value::Integer(rank));
    Edit::Create { kind: "stage".to_owned(), id: id.to_owned(), values }
}

fn rename(name: &str) -> Edit {
    let value = Some(Value::text(name));
    Edit::Set { kind: "stage".to_owned(), id: DISCOVERY.to_owned(), field: "name".to_owned(), value }
}

/// The stage that a text names in an opportunity.
fn read(schema: &Schema, text: &str) -> Option<String> {
    let field = schema.field("opportunity", "stage").unwrap();
    Value::from_json(field, &json!(text)).ok().flatten().and_then(|value| value.as_text().map(str::to_owned))
}

fn keys(document: &Document) -> Vec<&str> {
    document.schema().stages().iter().map(|stage| stage.key.as_str()).collect()
}

#[test]
fn a_stage_is_read_by_every_name_it_goes_by() {
    let mut document = device(1);
    commit(&mut document, rename("Erstgespräch"));
    let schema = document.schema();
    for text in ["discovery", "Discovery", "Erstgespräch", "erstgespraech", "Bedarfsanalyse"] {
        assert_eq!(read(schema, text).as_deref(), Some("discovery"), "{text}");
    }
    assert_eq!(schema.stage("discovery").unwrap().name, "Erstgespräch");
}

#[test]
fn the_name_a_workspace_gives_comes_before_what_other_tools_call_another_stage() {
    let mut document = device(1);
    // HubSpot's default name for what is `proposal` here.
    commit(&mut document, rename("Angebot"));
    assert_eq!(read(document.schema(), "Angebot").as_deref(), Some("discovery"));
}

#[test]
fn stages_stand_by_phase_then_rank_wherever_they_were_added() {
    let mut document = device(1);
    commit(&mut document, create(PILOT, 50));
    let place = keys(&document).iter().position(|key| *key == "x_pilot").unwrap();
    assert_eq!(keys(&document)[place - 1..=place + 1], ["qualified", "x_pilot", "accepted"]);
    assert_eq!(document.schema().stage("x_pilot").unwrap().phase, Phase::Sales);
    let reloaded = Document::load(&document.save()).unwrap();
    assert!(reloaded.schema().declares_same(document.schema()));
}

#[test]
fn a_stage_set_aside_is_kept_where_it_stands_and_not_offered() {
    let mut document = device(1);
    commit(&mut document, create(PILOT, 550));
    commit(&mut document, Edit::Archive { kind: "stage".to_owned(), id: PILOT.to_owned(), archived: true });
    let FieldType::Choice(choice) = &document.schema().field("opportunity", "stage").unwrap().ty else {
        unreachable!("a stage is a choice")
    };
    assert!(choice.option("x_pilot").unwrap().retired);
    assert_eq!(read(document.schema(), "Pilot"), None);
    assert_eq!(read(document.schema(), "x_pilot").as_deref(), Some("x_pilot"));
}

#[test]
fn two_devices_that_add_the_same_stage_have_one() {
    let (mut mine, mut theirs) = (device(1), device(2));
    let added = commit(&mut mine, create(PILOT, 550));
    let also = commit(&mut theirs, create("0192f000-0000-7000-8000-000000000002", 560));
    mine.apply(vec![also]).unwrap();
    theirs.apply(vec![added]).unwrap();
    assert_eq!(keys(&mine).iter().filter(|key| **key == "x_pilot").count(), 1);
    assert!(mine.schema().declares_same(theirs.schema()));
}
