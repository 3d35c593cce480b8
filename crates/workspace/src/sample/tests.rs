//! The sample holds together, on whatever day it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;
use tandem_context::{FieldType, STAGES};

use super::create;
use crate::api::{ListQuery, RecordInfo};
use crate::engine::Engine;
use crate::environment::Environment;
use crate::queries;

/// Sunday, 2027-02-28, 00:05 UTC.
const NOW_MS: i64 = 1_803_773_100_000;
const DAY_MS: i64 = 86_400_000;

mod journey;

fn made(folder: &Path, now_ms: i64) -> Engine {
    let mut seed = 0_u8;
    let environment = Environment::new(
        move || now_ms,
        move |bytes| {
            seed = seed.wrapping_add(1);
            getrandom::fill(bytes).expect("there is randomness");
            bytes[0] = seed;
        },
    );
    create(&folder.join("sample.tandem"), "desktop", environment).expect("the sample can be made")
}

fn all(engine: &Engine, kind: &str) -> Vec<RecordInfo> {
    let query: ListQuery =
        serde_json::from_value(serde_json::json!({ "kind": kind, "limit": 1_000 })).expect("a query");
    queries::list(engine.store.reader(), engine.schema(), &query).expect("a list").records
}

fn text<'a>(record: &'a RecordInfo, field: &str) -> &'a str {
    record.fields.get(field).and_then(Json::as_str).unwrap_or_default()
}

#[test]
fn it_can_be_made_on_every_day_of_the_week_and_is_then_sound() {
    for day in 0..7 {
        let folder = tempfile::tempdir().expect("a folder");
        let now_ms = NOW_MS + day * DAY_MS;
        let mut engine = made(folder.path(), now_ms);
        let report = engine.verify().expect("it can be verified");
        assert!(report.clean, "{now_ms}: {:?}", report.problems);
        let latest: i64 = engine
            .store
            .reader()
            .query_row("SELECT max(at_ms) FROM change", [], |row| row.get(0))
            .expect("a latest change");
        assert!(latest < now_ms, "a change lies in the future");
        assert!(now_ms - latest < 5 * DAY_MS, "the latest change is old");
    }
}

#[test]
fn it_has_some_hundred_records_of_every_kind_and_every_stage() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = made(folder.path(), NOW_MS);
    let counted: BTreeMap<&str, usize> =
        engine.schema().kinds().iter().map(|kind| (kind.name, all(&engine, kind.name).len())).collect();
    let expected = [
        ("absence", 4),
        ("account", 45),
        ("activity", 200),
        ("answer", 125),
        ("campaign", 9),
        ("decision", 68),
        ("goal", 3),
        ("member", 8),
        ("onboarding_step", 5),
        ("opportunity", 79),
        ("page", 6),
        ("person", 109),
        ("product", 8),
        ("routing_rule", 4),
        ("task", 92),
        ("view", 3),
    ];
    for (kind, count) in expected {
        assert_eq!(counted.get(kind), Some(&count), "number of {kind} records");
    }
    let opportunities = all(&engine, "opportunity");
    for stage in STAGES {
        let there = opportunities.iter().filter(|one| text(one, "stage") == stage.name).count();
        assert!(there > 0, "no opportunity stands at {}", stage.name);
    }
}

#[test]
fn every_link_points_to_a_record_and_every_address_to_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = made(folder.path(), NOW_MS);
    let kinds = engine.schema().kinds();
    let records: Vec<RecordInfo> = kinds.iter().flat_map(|kind| all(&engine, kind.name)).collect();
    let known: BTreeMap<&str, &str> = records.iter().map(|one| (one.id.as_str(), one.kind.as_str())).collect();
    for record in &records {
        for (name, value) in &record.fields {
            let field = engine.schema().field(&record.kind, name).expect("a field of the schema");
            let targets: Vec<&Json> = match &field.ty {
                FieldType::Link(_) => vec![value],
                FieldType::Roles(_) => value.as_array().map(|list| list.iter().collect()).unwrap_or_default(),
                FieldType::Email => {
                    let email = value.as_str().unwrap_or_default();
                    assert!(email.ends_with(".example") && email.is_ascii(), "{email}");
                    continue;
                }
                FieldType::Phone => {
                    let phone = value.as_str().unwrap_or_default();
                    assert!(phone.starts_with('+') && phone.len() > 9, "{}: {phone}", record.title);
                    continue;
                }
                _ => continue,
            };
            for target in targets {
                let id = target["id"].as_str().unwrap_or_default();
                assert_eq!(known.get(id).copied(), field.ty.target(), "{} · {name}", record.title);
            }
        }
    }
}

#[test]
fn what_happened_did_not_happen_before_its_opportunity_was_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = made(folder.path(), NOW_MS);
    let opened: BTreeMap<String, String> = all(&engine, "opportunity")
        .into_iter()
        .map(|one| (one.id.clone(), text(&one, "opened_on").to_owned()))
        .collect();
    for activity in all(&engine, "activity") {
        let Some(id) = activity.fields.get("opportunity").and_then(|link| link["id"].as_str()) else { continue };
        let at = text(&activity, "at").get(..10).unwrap_or_default();
        assert!(opened[id].as_str() <= at, "{} on {at}, opened on {}", activity.title, opened[id]);
    }
}

#[test]
fn it_was_written_by_all_members_and_two_things_are_left_to_settle() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = made(folder.path(), NOW_MS);
    let reader = engine.store.reader();
    let mut statement = reader
        .prepare("SELECT by, count(*) FROM change WHERE action <> 'defaults' GROUP BY by")
        .expect("changes have authors");
    let authors: BTreeMap<String, i64> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .expect("authors can be counted");
    let members: BTreeSet<String> = all(&engine, "member").into_iter().map(|member| member.id).collect();
    assert_eq!(authors.keys().cloned().collect::<BTreeSet<_>>(), members, "who wrote");
    assert!(authors.values().sum::<i64>() > 300, "{authors:?}");
    let conflicts = queries::conflicts(reader, engine.schema()).expect("conflicts");
    let fields: BTreeSet<&str> = conflicts.iter().map(|conflict| conflict.field.as_str()).collect();
    assert_eq!(fields, BTreeSet::from(["owner", "value"]));
}
