//! A workspace that others fetch through a relay, as the window and the command line do.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tandem_workspace::api::Event;
use tandem_workspace::{App, Via};

use crate::desk::ask;

/// Accounts whose descriptions do not compress: pages of the relay are bounded in bytes.
fn accounts(folder: &Path, rows: usize) -> String {
    let (mut csv, mut state) = ("name,description\n".to_owned(), 1_u64);
    for row in 0..rows {
        write!(csv, "Account {row},").unwrap();
        for _ in 0..60 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            write!(csv, "{:016x}", state ^ (state >> 29)).unwrap();
        }
        csv.push('\n');
    }
    let path = folder.join("accounts.csv");
    std::fs::write(&path, csv).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_join_says_how_much_has_been_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = tandem_relay::Config::new(folder.path().join("relay"), ([127, 0, 0, 1], 0).into());
    let relay = runtime.block_on(tandem_relay::serve(config)).unwrap();
    let [mia, ravi] = ["mia", "ravi"].map(|name| App::new(folder.path().join(name), Via::Cli).unwrap());
    ask(
        &mia,
        "start",
        json!({ "name": "Deals", "member_name": "Mia", "member_email": "mia@acme.example",
        "team": "sales", "relay": format!("ws://{}", relay.addr()) }),
    );
    ask(&mia, "import_run", json!({ "path": accounts(folder.path(), 10_000), "kind": "account" }));
    mia.sync_until_quiet(Duration::from_secs(120)).unwrap();
    let link = ask(&mia, "invite", json!({}))["link"].clone();

    let mut events = ravi.subscribe();
    let asked = json!({ "link": link, "member_name": "Ravi", "member_email": "ravi@acme.example", "team": "sales" });
    ask(&ravi, "join", asked);
    let mut said = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Status(status) = event
            && let Some(fetched) = status.fetched
        {
            said.push((fetched.at, fetched.of));
        }
    }
    said.dedup();
    assert!(said.len() >= 2 && said.is_sorted_by(|one, next| one.0 < next.0 && one.1 == next.1), "{said:?}");
    assert!(said.iter().all(|(at, of)| at < of), "what is all there is not said to be fetched: {said:?}");
    let status = ravi.sync_until_quiet(Duration::from_secs(60)).unwrap();
    assert!(status.fetched.is_none() && status.sync == "synced", "{status:?}");
    for app in [mia, ravi] {
        app.close();
    }
}
