//! Two devices, one relay, one truth.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value as Json, json};
use tandem_workspace::api::{Request, SetFields};
use tandem_workspace::{App, Via};

use crate::support::{Desk, Maven, Relay};

/// The field's conflict on that record, as a device lists it.
fn conflict(desk: &Desk, id: &str, field: &str) -> Option<Json> {
    let all = desk.json(&["conflicts"]);
    all.as_array()
        .unwrap()
        .iter()
        .find(|conflict| conflict["record"]["id"] == id && conflict["field"] == field)
        .cloned()
}

/// The values of a conflict, sorted.
fn values(conflict: &Json) -> Vec<String> {
    let mut values: Vec<_> =
        conflict["values"].as_array().unwrap().iter().map(|value| value["value"].to_string()).collect();
    values.sort();
    values
}

/// One sync of each and one more of the first: enough for everything to be everywhere.
fn sync_both(mia: &Desk, ravi: &Desk) {
    for desk in [mia, ravi, mia] {
        desk.json(&["sync"]);
    }
}

#[test]
fn who_joins_by_a_link_holds_the_same_truth() {
    let relay = Relay::start();
    let (mia, ravi) = (Desk::with_workspace(), Desk::empty());
    mia.json(&["relay", &relay.url()]);
    let id = mia.create("account", &["name=Nord"]);
    mia.json(&["sync"]);
    mia.invite(&ravi);
    mia.json(&["sync"]);
    assert_eq!(ravi.json(&["show", &id])["fields"]["name"], "Nord");
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
    let members = ravi.json(&["list", "member"]);
    assert_eq!(members["total"], 2, "{members}");
}

#[test]
fn an_invite_opens_the_workspace_once() {
    let relay = Relay::start();
    let (mia, ravi, eve) = (Desk::empty(), Desk::empty(), Desk::empty());
    drop((mia, ravi));
    let (mia, ravi) = Desk::pair(&relay);
    let link = mia.json(&["invite"])["link"].as_str().unwrap().to_owned();
    let third = Desk::empty();
    third.json(&["join", &link, "--as", "Kim Lee <kim@acme.example>", "--team", "service"]);
    let refused = eve.fails(&["join", &link, "--as", "Eve <eve@evil.example>", "--team", "sales"]);
    refused.line();
    let broken = eve.fails(&["join", &link[..link.len() - 2], "--as", "Eve <eve@evil.example>", "--team", "sales"]);
    broken.line();
    sync_both(&mia, &ravi);
    assert_eq!(mia.json(&["list", "member"])["total"], 3, "nobody came in but those invited");
}

#[test]
fn offline_edits_of_different_fields_come_together_without_conflict() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("opportunity", &["name=Windpark", "stage=accepted"]);
    sync_both(&mia, &ravi);
    mia.json(&["set", &id, "next_step=Call them"]);
    ravi.json(&["set", &id, "stage=discovery"]);
    sync_both(&mia, &ravi);
    for desk in [&mia, &ravi] {
        let record = desk.json(&["show", &id]);
        assert_eq!(
            (&record["fields"]["next_step"], &record["fields"]["stage"]),
            (&json!("Call them"), &json!("discovery"))
        );
        assert_eq!(desk.json(&["conflicts"]), json!([]));
        desk.verify();
    }
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

#[test]
fn a_conflict_keeps_both_values_until_it_is_settled_everywhere() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("opportunity", &["name=Windpark", "stage=accepted"]);
    sync_both(&mia, &ravi);
    mia.json(&["set", &id, "stage=engaged"]);
    ravi.json(&["set", &id, "stage=discovery"]);
    sync_both(&mia, &ravi);
    let (one, other) = (conflict(&mia, &id, "stage").unwrap(), conflict(&ravi, &id, "stage").unwrap());
    assert_eq!(values(&one), ["\"discovery\"", "\"engaged\""]);
    assert_eq!(one["values"], other["values"], "both devices list the same conflict");
    for value in one["values"].as_array().unwrap() {
        let by = if value["value"] == "discovery" { "Ravi Sharma" } else { "Mia Berg" };
        assert_eq!(value["by"]["title"], by);
        assert!(value["at"].is_string() && value["device"].is_string(), "{value}");
    }
    ravi.json(&["settle", &id, "stage", "discovery", "--reason", "We talked"]);
    sync_both(&ravi, &mia);
    for desk in [&mia, &ravi] {
        assert_eq!(desk.json(&["conflicts"]), json!([]));
        assert_eq!(desk.json(&["show", &id])["fields"]["stage"], "discovery");
    }
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

#[test]
fn lists_edited_by_both_keep_what_each_added() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("account", &["name=Nord", "tags=old"]);
    sync_both(&mia, &ravi);
    mia.json(&["set", &id, "tags+=wind", "tags-=old"]);
    ravi.json(&["set", &id, "tags+=energy"]);
    sync_both(&mia, &ravi);
    for desk in [&mia, &ravi] {
        assert_eq!(desk.json(&["show", &id])["fields"]["tags"], json!(["energy", "wind"]));
        assert_eq!(desk.json(&["conflicts"]), json!([]));
    }
}

/// The workspace's file and what SQLite keeps beside it, while no process has it open: what a backup consists of.
struct Backup {
    file: Vec<u8>,
    wal: Option<Vec<u8>>,
}

impl Backup {
    fn of(desk: &Desk) -> Self {
        Self { file: std::fs::read(desk.workspace()).unwrap(), wal: std::fs::read(beside(desk, "wal")).ok() }
    }

    /// Written over what is there: it is the same file, as a backup program restores it.
    fn restore(&self, desk: &Desk) {
        std::fs::write(desk.workspace(), &self.file).unwrap();
        for gone in ["wal", "shm"].map(|end| beside(desk, end)).iter().filter(|path| path.exists()) {
            std::fs::remove_file(gone).unwrap();
        }
        if let Some(wal) = &self.wal {
            std::fs::write(beside(desk, "wal"), wal).unwrap();
        }
    }
}

fn beside(desk: &Desk, end: &str) -> PathBuf {
    desk.workspace().with_extension(format!("tandem-{end}"))
}

#[test]
fn a_file_restored_from_an_older_copy_loses_nothing() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let nord = mia.create("account", &["name=Nord", "city=Kiel"]);
    sync_both(&mia, &ravi);
    let backup = Backup::of(&mia);
    mia.json(&["set", &nord, "city=Bern"]);
    let sued = mia.create("account", &["name=Süd"]);
    mia.json(&["sync"]);
    backup.restore(&mia);
    assert_eq!(mia.json(&["show", &nord])["fields"]["city"], "Kiel", "the file is as it was");
    mia.json(&["set", &nord, "description=Written after"]);
    let west = mia.create("account", &["name=West"]);
    sync_both(&mia, &ravi);
    for desk in [&mia, &ravi] {
        let fields = &desk.json(&["show", &nord])["fields"];
        assert_eq!((&fields["city"], &fields["description"]), (&json!("Bern"), &json!("Written after")));
        for (id, name) in [(&sued, "Süd"), (&west, "West")] {
            assert_eq!(desk.json(&["show", id])["fields"]["name"], name);
        }
        assert_eq!(desk.json(&["list", "account"])["total"], 3, "nothing is there twice");
        desk.verify();
    }
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

#[test]
fn who_is_no_founder_refills_a_relay_without_data_and_brings_others_in() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("opportunity", &["name=Windpark", "stage=accepted"]);
    sync_both(&mia, &ravi);
    ravi.json(&["set", &id, "stage=discovery"]);
    mia.create("account", &["name=Nord"]);
    sync_both(&mia, &ravi);
    let relay = relay.kill().without_data().start();
    ravi.json(&["sync"]);
    let link = ravi.json(&["invite"])["link"].as_str().unwrap().to_owned();
    // From here on, neither is seen again until everything was looked at.
    let kim = Desk::empty();
    kim.json(&["join", &link, "--as", "Kim Lee <kim@acme.example>", "--team", "service"]);
    for kind in ["account", "opportunity"] {
        assert_eq!(kim.json(&["list", kind])["records"], mia.json(&["list", kind])["records"], "{kind}");
    }
    assert_eq!(kim.json(&["list", "member"])["total"], 3);
    let changes = |desk: &Desk| desk.json(&["verify"])["changes"].as_u64().unwrap();
    assert_eq!(changes(&kim), changes(&mia) + 1, "every change of the others, and that by which Kim came");
    kim.verify();
    for desk in [&ravi, &mia] {
        desk.json(&["sync"]);
        assert_eq!(desk.fingerprint(), kim.fingerprint());
    }
    drop(relay);
}

/// Sets a field on a device through the engine in this process: 200 starts of a program would measure the starts.
fn set(engine: &App, id: &str, field: &str, value: Json) {
    let edit = SetFields {
        ids: vec![id.to_owned()],
        fields: [(field.to_owned(), value)].into(),
        override_reason: None,
        overrides: None,
        reason: None,
    };
    engine.rpc(Request::Set(edit)).unwrap();
}

fn open(folder: &Path, workspace: &Path) -> App {
    let engine = App::new(folder.to_path_buf(), Via::Cli).unwrap();
    engine.open(workspace).unwrap();
    engine
}

#[test]
#[ignore = "needs the real data in ../shared/data"]
fn two_hundred_offline_edits_each_on_real_data_converge_with_every_conflict_on_both() {
    const EDITS: usize = 200;
    const CONTESTED: usize = 25;
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    Maven::open().import(&mia);
    sync_both(&mia, &ravi);
    let page = mia.json(&["list", "opportunity", "--sort", "name", "--limit", "400"]);
    let ids: Vec<String> =
        page["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    // Both edit the first ones' next step, then each records of their own.
    for (desk, name, from) in [(&mia, "Mia", 0), (&ravi, "Ravi", EDITS - CONTESTED)] {
        let engine = open(desk.folder(), &desk.workspace());
        engine.rpc(Request::SetRelay(tandem_workspace::api::SetRelay { relay: None })).unwrap();
        for edit in 0..EDITS {
            let index = if edit < CONTESTED { edit } else { from + edit };
            set(&engine, &ids[index], "next_step", json!(format!("{name} says {edit}")));
        }
        engine.rpc(Request::SetRelay(tandem_workspace::api::SetRelay { relay: Some(relay.url()) })).unwrap();
        engine.close();
    }
    sync_both(&mia, &ravi);
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
    for desk in [&mia, &ravi] {
        let conflicts = desk.json(&["conflicts"]);
        assert_eq!(conflicts.as_array().unwrap().len(), CONTESTED, "every conflict is listed");
        desk.verify();
    }
    let id = &ids[0];
    ravi.json(&["settle", id, "next_step", "Agreed by both"]);
    sync_both(&ravi, &mia);
    assert_eq!(mia.json(&["show", id])["fields"]["next_step"], "Agreed by both");
    assert!(conflict(&mia, id, "next_step").is_none(), "the settlement is visible on the other device");
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

/// The time in which a change must be visible on the other device while both are connected.
const LIVE_BOUND: Duration = Duration::from_secs(20);

#[test]
fn a_watching_device_receives_without_asking() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let mut watch = ravi.command(&["sync", "--watch"]);
    let (watching, _) = crate::support::Running::start_and_read_line(watch.stderr(std::process::Stdio::null()));
    let id = mia.create("account", &["name=Nord"]);
    mia.json(&["sync"]);
    crate::support::wait_for("the change arrived by itself", LIVE_BOUND, || {
        ravi.run(&["show", &id]).status.success().then_some(())
    });
    watching.stop();
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}
