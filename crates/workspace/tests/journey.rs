//! What two people do to one opportunity without knowledge of each other, as the window and the command line do it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::time::Duration;

use serde_json::{Value as Json, json};
use tandem_workspace::api::{ApiError, Request};
use tandem_workspace::{App, Via};

const PATIENCE: Duration = Duration::from_secs(60);

fn try_ask(app: &App, command: &str, payload: Json) -> Result<Json, ApiError> {
    app.rpc(serde_json::from_value::<Request>(json!({ "command": command, "payload": payload })).unwrap())
}

#[track_caller]
fn ask(app: &App, command: &str, payload: Json) -> Json {
    try_ask(app, command, payload).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// Everybody hears of everything.
fn meet(apps: &[App; 2]) {
    for app in [&apps[0], &apps[1], &apps[0]] {
        app.sync_until_quiet(PATIENCE).unwrap();
    }
}

/// A relay, as long as it is held.
type Held = (tandem_relay::Handle, tokio::runtime::Runtime);

/// Two members of service, and a customer that was won.
fn two(folder: &Path) -> ([App; 2], String, Held) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = tandem_relay::Config::new(folder.join("relay"), ([127, 0, 0, 1], 0).into());
    let relay = runtime.block_on(tandem_relay::serve(config)).unwrap();
    let [mia, ravi] = ["mia", "ravi"].map(|name| App::new(folder.join(name), Via::Cli).unwrap());
    let member =
        |name: &str| json!({ "member_name": name, "member_email": format!("{name}@acme.example"), "team": "service" });
    let mut started = member("Mia");
    started["name"] = json!("Deals");
    started["relay"] = json!(format!("ws://{}", relay.addr()));
    ask(&mia, "start", started);
    let account = ask(&mia, "create", json!({ "kind": "account", "fields": { "name": "Acme" } }))["id"].clone();
    let fields =
        json!({ "name": "Pumps", "account": account, "value": 900, "stage": "won", "close_date": "2026-11-02" });
    let created = ask(&mia, "create", json!({ "kind": "opportunity", "fields": fields, "reason": "brought in" }));
    mia.sync_until_quiet(PATIENCE).unwrap();
    let mut joined = member("Ravi");
    joined["link"] = ask(&mia, "invite", json!({}))["link"].clone();
    ask(&ravi, "join", joined);
    let apps = [mia, ravi];
    meet(&apps);
    (apps, created["id"].as_str().unwrap().to_owned(), (relay, runtime))
}

/// The names of the onboarding tasks in a member's queue.
fn tasks(app: &App, member: &str) -> Vec<String> {
    let members = ask(app, "list", json!({ "kind": "member", "text": member }));
    let today = ask(app, "today", json!({ "member": members["records"][0]["id"] }));
    let items = today["items"].as_array().unwrap().iter().filter(|item| item["what"] == "task");
    items.map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_onboarding_begun_on_two_devices_at_once_has_each_step_once() {
    let folder = tempfile::tempdir().unwrap();
    let (apps, id, _relay) = two(folder.path());
    let steps = ask(&apps[0], "list", json!({ "kind": "onboarding_step" }))["total"].as_u64().unwrap();
    for app in &apps {
        ask(app, "onboard", json!({ "id": id }));
        let again = try_ask(app, "onboard", json!({ "id": id })).unwrap_err();
        assert_eq!(again.code, "not_possible", "it has begun");
    }
    meet(&apps);
    let made = ask(&apps[0], "list", json!({ "kind": "task" }))["total"].as_u64().unwrap();
    assert_eq!(made, 2 * steps, "nothing is lost: both made theirs");
    for app in &apps {
        let mut all = [tasks(app, "Mia"), tasks(app, "Ravi")].concat();
        all.sort_unstable();
        let brief = ask(app, "brief", json!({ "id": id }));
        let mut listed: Vec<&str> =
            brief["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect();
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(brief["tasks"].as_array().unwrap().len() as u64, steps);
        assert_eq!(listed.len() as u64, steps, "each once");
        all.retain(|title| listed.contains(&title.as_str()));
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count, "nobody is asked for what the other does");
    }
    let settle = ask(&apps[0], "today", json!({}));
    let line = settle["items"].as_array().unwrap().iter().find(|item| item["id"] == json!(id)).unwrap();
    assert_eq!((line["what"].as_str(), line["proposed"]["title"].as_str()), (Some("settle"), Some("Mia")));
    apps.iter().for_each(App::close);
}

#[test]
fn an_onboarding_begun_again_makes_no_task_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (apps, id, _relay) = two(folder.path());
    ask(&apps[0], "onboard", json!({ "id": id }));
    let made = ask(&apps[0], "list", json!({ "kind": "task" }))["total"].clone();
    let back = json!({ "ids": [id], "fields": { "stage": "won" }, "override_reason": "too soon" });
    ask(&apps[0], "set", back);
    ask(&apps[0], "onboard", json!({ "id": id }));
    assert_eq!(ask(&apps[0], "list", json!({ "kind": "task" }))["total"], made);
    apps.iter().for_each(App::close);
}
