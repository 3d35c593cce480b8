//! `kill -9` of a real process at any moment: reopened, everything agrees, and everything acknowledged is there.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::support::{Desk, Relay, Running, wait_for};

/// A moment between 0 and 1 for every round, spread evenly however many rounds there are (golden ratio sequence).
fn moment(round: u32) -> f64 {
    (f64::from(round) * 0.618_033_988_749_895).fract()
}

/// Starts a command, kills it when `after` has passed, and gives its answer if it came out before.
fn killed(desk: &Desk, args: &[&str], after: Duration) -> Option<Json> {
    let mut command = desk.command(&[&["--json"], args].concat());
    let (mut reader, writer) = std::io::pipe().unwrap();
    let running = Running::start(command.stdout(writer).stderr(Stdio::null()));
    drop(command);
    let (said, hear) = mpsc::channel();
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = reader.read_to_string(&mut text);
        let _ = said.send(());
        text
    });
    // The moment is the point of the test, not a wait for something.
    let _ = hear.recv_timeout(after);
    running.kill();
    serde_json::from_str(&reading.join().unwrap()).ok()
}

/// How long a command takes when nobody kills it.
fn duration_of(desk: &Desk, args: &[&str]) -> Duration {
    let since = Instant::now();
    desk.json(args);
    since.elapsed()
}

/// The hashes of all changes in a record's history.
fn changes_of(desk: &Desk, id: &str) -> BTreeSet<String> {
    let history = desk.json(&["history", id]);
    history.as_array().unwrap().iter().map(|field| field["change"]["change"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_acknowledged_edit_survives_kill_at_any_moment() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nord"]);
    let whole = duration_of(&desk, &["set", &id, "city=Kiel"]);
    let mut acknowledged = BTreeSet::new();
    for round in 0..60 {
        let after = whole.mul_f64(moment(round) * 1.3);
        if let Some(done) = killed(&desk, &["set", &id, &format!("city=City {round}")], after) {
            acknowledged.insert(done["change"].as_str().unwrap().to_owned());
        }
        if round % 10 == 9 {
            desk.verify();
        }
    }
    let there = changes_of(&desk, &id);
    let lost: Vec<_> = acknowledged.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(
        !acknowledged.is_empty() && acknowledged.len() < 60,
        "{} of 60 were acknowledged: the moments miss the point",
        acknowledged.len()
    );
}

#[test]
fn a_killed_import_is_there_as_a_whole_or_not_at_all() {
    const ROWS: usize = 2_000;
    let rows: String = (0..ROWS).map(|row| format!("Company {row},company{row}.example\n")).collect();
    let import = |desk: &Desk| {
        ["import".to_owned(), "account".to_owned(), desk.file("accounts.csv", format!("name,domain\n{rows}"))]
    };
    let measured = Desk::with_workspace();
    let args = import(&measured);
    let whole = duration_of(&measured, &args.each_ref().map(String::as_str));
    let (mut none, mut all) = (0, 0);
    for round in 0..16 {
        let desk = Desk::with_workspace();
        let args = import(&desk);
        let answer = killed(&desk, &args.each_ref().map(String::as_str), whole.mul_f64(0.1 + moment(round) * 1.1));
        desk.verify();
        let total = desk.json(&["list", "account", "--limit", "1"])["total"].as_u64().unwrap();
        match usize::try_from(total).unwrap() {
            0 => none += 1,
            ROWS => all += 1,
            part => panic!("round {round}: {part} of {ROWS} rows are there"),
        }
        assert!(answer.is_none() || total > 0, "round {round}: the import was acknowledged and is not there");
    }
    assert!(none > 0 && all > 0, "{none} rounds without and {all} with the import: the moments miss the point");
}

#[test]
fn a_killed_sync_loses_nothing_and_both_come_together() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("account", &["name=Nord"]);
    mia.json(&["sync"]);
    let whole = duration_of(&ravi, &["sync"]);
    let mut written = BTreeSet::new();
    for round in 0..12 {
        for desk in [&mia, &ravi] {
            let city = format!("city=City {round}");
            if desk.json(&["list", "account", "--limit", "1"])["total"] == 1 {
                let done = desk.json(&["set", &id, &city, "phone=+4943112345", "--reason", "On the train"]);
                written.extend(done["change"].as_str().map(str::to_owned));
            }
            killed(desk, &["sync"], whole.mul_f64(moment(round) * 1.2));
        }
    }
    come_together(&mia, &ravi);
    for (name, desk) in [("Mia", &mia), ("Ravi", &ravi)] {
        desk.verify();
        let there = changes_of(desk, &id);
        let lost: Vec<_> = written.difference(&there).collect();
        assert!(lost.is_empty(), "{name} lacks {lost:?}");
    }
}

#[test]
fn a_killed_relay_comes_back_with_everything_it_acknowledged() {
    let mut relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    for round in 0..6 {
        mia.create("account", &[&format!("name=Account {round}")]);
        mia.json(&["sync"]);
        relay = relay.kill().start();
        ravi.json(&["sync"]);
        assert_eq!(
            ravi.json(&["list", "account", "--limit", "1"])["total"],
            round + 1,
            "the relay acknowledged and lost a change"
        );
    }
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

/// Syncs both, undisturbed, until they hold the same truth.
fn come_together(mia: &Desk, ravi: &Desk) {
    wait_for("both hold the same truth", Duration::from_secs(60), || {
        mia.json(&["sync"]);
        ravi.json(&["sync"]);
        (mia.fingerprint() == ravi.fingerprint()).then_some(())
    });
}
