//! What two people do to one opportunity without knowledge of each other, as the window and the command line do it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;
use tandem_workspace::{App, Via};

use crate::desk::{ask, try_ask};

const PATIENCE: Duration = Duration::from_secs(60);

/// Hears of everything, also where the link has not noticed yet that the relay is back.
#[track_caller]
fn sync(app: &App) {
    let started = Instant::now();
    while let Err(error) = app.sync_until_quiet(PATIENCE) {
        assert!(error.code == "relay_unreachable" && started.elapsed() < PATIENCE, "{error}");
        std::thread::yield_now();
    }
}

/// Two members of service, and the relay between them.
struct Office {
    apps: [App; 2],
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
    addr: SocketAddr,
    /// Absent while nobody reaches anybody.
    relay: Option<tandem_relay::Handle>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let apps = ["mia", "ravi"].map(|name| App::new(folder.path().join(name), Via::Cli).unwrap());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut office = Self { apps, runtime, folder, addr: ([127, 0, 0, 1], 0).into(), relay: None };
        office.connect();
        let [mia, ravi] = &office.apps;
        let member = |name: &str| json!({ "member_name": name, "member_email": format!("{name}@acme.example"), "team": "service" });
        let (mut started, mut joined) = (member("Mia"), member("Ravi"));
        started["name"] = json!("Deals");
        started["relay"] = json!(format!("ws://{}", office.addr));
        ask(mia, "start", started);
        mia.sync_until_quiet(PATIENCE).unwrap();
        joined["link"] = ask(mia, "invite", json!({}))["link"].clone();
        ask(ravi, "join", joined);
        office
    }

    fn connect(&mut self) {
        let config = tandem_relay::Config::new(self.folder.path().join("relay"), self.addr);
        let relay = self.runtime.block_on(tandem_relay::serve(config)).unwrap();
        self.addr = relay.addr();
        self.relay = Some(relay);
    }

    /// Everybody hears of everything, and then of nothing any more.
    fn meet_and_part(&mut self) {
        if self.relay.is_none() {
            self.connect();
        }
        for app in [&self.apps[0], &self.apps[1], &self.apps[0]] {
            sync(app);
        }
        if let Some(relay) = self.relay.take() {
            self.runtime.block_on(relay.shutdown()).unwrap();
        }
    }

    /// A customer that somebody of sales won, whom both know.
    fn customer(&mut self) -> String {
        let mia = &self.apps[0];
        let account = ask(mia, "create", json!({ "kind": "account", "fields": { "name": "Acme" } }))["id"].clone();
        let rita = json!({ "name": "Rita", "type": "person", "team": "sales" });
        let rita = ask(mia, "create", json!({ "kind": "member", "fields": rita }))["id"].clone();
        let fields = json!({ "name": "Pumps", "account": account, "value": 900, "stage": "won", "owner": rita });
        let created = ask(
            mia,
            "create",
            json!({ "kind": "opportunity", "fields": fields, "reason": "brought in", "override_reason": "won before" }),
        );
        self.meet_and_part();
        created["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.apps.iter().for_each(App::close);
    }
}

/// The names of the onboarding tasks in a member's queue.
fn tasks(app: &App, member: &str) -> Vec<String> {
    let members = ask(app, "list", json!({ "kind": "member", "text": member }));
    let today = ask(app, "today", json!({ "member": members["records"][0]["id"] }));
    let items = today["items"].as_array().unwrap().iter().filter(|item| item["what"] == "task");
    items.map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

fn total(app: &App, kind: &str) -> u64 {
    ask(app, "list", json!({ "kind": kind }))["total"].as_u64().unwrap()
}

#[test]
fn an_onboarding_begun_on_two_devices_at_once_has_each_step_once() {
    let mut office = Office::new();
    let id = office.customer();
    for app in &office.apps {
        ask(app, "onboard", json!({ "id": id }));
        let again = try_ask(app, "onboard", json!({ "id": id })).unwrap_err();
        assert_eq!(again.code, "not_possible", "it has begun");
    }
    office.meet_and_part();
    let steps = total(&office.apps[0], "onboarding_step");
    for app in &office.apps {
        assert_eq!(total(app, "task"), 2 * steps, "nothing is lost: both made theirs");
        let brief = ask(app, "brief", json!({ "id": id }));
        let listed = brief["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned());
        let listed: BTreeSet<String> = listed.collect();
        assert_eq!(brief["tasks"].as_array().unwrap().len(), listed.len(), "each once");
        assert_eq!(listed.len() as u64, steps);
        let asked = [tasks(app, "Mia"), tasks(app, "Ravi")].concat();
        let each: BTreeSet<String> = asked.iter().cloned().collect();
        assert_eq!(asked.len(), each.len(), "nobody is asked for what the other does");
        let today = ask(app, "today", json!({}));
        let line = today["items"].as_array().unwrap().iter().find(|item| item["id"] == json!(id)).unwrap();
        assert_eq!(line["what"], "settle", "both have the customer");
        assert_eq!(line["proposed"]["title"], "Mia", "she was first");
    }
}

#[test]
fn an_onboarding_begun_again_makes_no_task_that_is_there() {
    let mut office = Office::new();
    let id = office.customer();
    let mia = &office.apps[0];
    ask(mia, "onboard", json!({ "id": id }));
    let made = total(mia, "task");
    ask(mia, "set", json!({ "ids": [id], "fields": { "stage": "won" }, "override_reason": "too soon" }));
    ask(mia, "onboard", json!({ "id": id }));
    assert_eq!(total(mia, "task"), made);
}
