//! Files and circumstances as bad as they come: a clear message, nothing lost.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::support::{Desk, Failed, Relay, failed};

/// How long a command may take to say that it cannot go on.
const SAY_BOUND: Duration = Duration::from_secs(30);

/// The stable code of a failure that was asked for in JSON.
#[track_caller]
fn code(failure: &Failed) -> String {
    let error: Json = serde_json::from_str(&failure.stderr).unwrap_or_else(|_| panic!("no JSON: {:?}", failure.stderr));
    error["code"].as_str().unwrap().to_owned()
}

/// An import that must be refused, with the workspace as it was.
#[track_caller]
fn refused(desk: &Desk, file: &str) -> String {
    let before = desk.fingerprint();
    let failure = desk.fails(&["import", "account", file]);
    assert_eq!(desk.fingerprint(), before, "a refused file changes nothing");
    failure.line().to_owned()
}

#[test]
fn an_empty_file_is_refused_in_words() {
    let desk = Desk::with_workspace();
    refused(&desk, &desk.file("empty.csv", ""));
    refused(&desk, &desk.file("blank.csv", "\n\n  \n"));
}

#[test]
fn a_binary_file_is_refused_in_words() {
    let desk = Desk::with_workspace();
    let bytes: Vec<u8> = (0..50_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    refused(&desk, &desk.file("photo.csv", &bytes));
    refused(&desk, &desk.file("nulls.csv", vec![0_u8; 10_000]));
}

#[test]
fn a_million_columns_are_refused_within_bounds() {
    let desk = Desk::with_workspace();
    let heading = (0..1_000_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let row = "x,".repeat(999_999);
    let file = desk.file("wide.csv", format!("{heading}\n{row}x\n"));
    let since = Instant::now();
    refused(&desk, &file);
    assert!(since.elapsed() < SAY_BOUND, "it took {:?} to say no", since.elapsed());
}

#[test]
fn rows_of_uneven_length_are_taken_or_listed_never_swallowed() {
    let desk = Desk::with_workspace();
    let file = desk.file("ragged.csv", "name,city\nNord,Kiel\nOst\nWest,Ulm,too,many\n\"never closed,Bonn\n");
    let report = desk.json(&["import", "account", &file]);
    let taken = report["created"].as_u64().unwrap();
    let listed = report["skipped"].as_array().unwrap().len() as u64;
    assert!(taken >= 2, "{report}");
    assert!(taken + listed >= 4, "a row was swallowed: {report}");
}

#[test]
fn a_formula_goes_in_as_text_and_does_not_come_out_as_a_formula() {
    let desk = Desk::with_workspace();
    let formula = "=HYPERLINK(\"http://evil.example\")";
    let cells = [formula, "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"];
    let rows: String = cells.iter().map(|cell| format!("\"{}\",Kiel\n", cell.replace('"', "\"\""))).collect();
    let file = desk.file("formula.csv", format!("name,city\n{rows}"));
    assert_eq!(desk.json(&["import", "account", &file])["created"], 4);
    let found = desk.json(&["list", "account"]);
    let names: Vec<_> =
        found["records"].as_array().unwrap().iter().map(|record| record["fields"]["name"].clone()).collect();
    assert!(names.contains(&json!(formula)), "kept as it was written: {names:?}");
    let csv = desk.text(&["export", "account", "--csv"]);
    for line in csv.lines().skip(1) {
        for cell in line.split(',').map(|cell| cell.trim_start_matches('"')) {
            assert!(!cell.starts_with(['=', '+', '@', '-']), "a spreadsheet would run this cell: {cell}");
        }
    }
}

#[test]
fn a_data_file_from_a_newer_version_is_left_as_it_is() {
    let desk = Desk::with_workspace();
    desk.create("account", &["name=Nord"]);
    let file = rusqlite::Connection::open(desk.workspace()).unwrap();
    let own: i64 = file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    file.pragma_update(None, "user_version", 9_999).unwrap();
    file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let bytes = std::fs::read(desk.workspace()).unwrap();
    for command in [&["list", "account"][..], &["create", "account", "name=Ost"], &["verify"]] {
        let failure = desk.fails(&[&["--json"], command].concat());
        assert_eq!(code(&failure), "newer_version", "{}", failure.stderr);
    }
    assert!(std::fs::read(desk.workspace()).unwrap() == bytes, "the newer file was written to");
    file.pragma_update(None, "user_version", own).unwrap();
    drop(file);
    assert_eq!(desk.json(&["list", "account"])["total"], 1);
}

#[test]
fn a_file_that_is_no_workspace_is_refused_and_left_as_it_is() {
    let desk = Desk::empty();
    let text = "This is a letter, not a workspace.\n".repeat(500);
    desk.file("deals.tandem", &text);
    desk.fails(&["list", "account"]).line();
    assert_eq!(std::fs::read_to_string(desk.workspace()).unwrap(), text);
}

#[test]
fn an_existing_file_is_not_overwritten_by_a_new_workspace() {
    let desk = Desk::with_workspace();
    desk.create("account", &["name=Nord"]);
    let path = desk.workspace();
    let again = ["init", path.to_str().unwrap(), "--name", "X", "--as", "A <a@b.example>", "--team", "sales"];
    desk.fails(&again).line();
    assert_eq!(desk.json(&["list", "account"])["total"], 1);
}

/// Runs a command on a disk that is full after some more KiB.
fn on_a_full_disk(desk: &Desk, free_kib: u64, args: &[&str]) -> Failed {
    let used = std::fs::metadata(desk.workspace()).unwrap().len().div_ceil(1024);
    // No file may grow beyond the limit: for the program, the disk is full. (XFSZ would end it before it can say so.)
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", used + free_kib);
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(script).arg(crate::support::program("tandem"));
    failed(&desk.within(shell, args).output().unwrap(), &args.join(" "))
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nord"]);
    let rows: String = (0..20_000).map(|row| format!("Company {row},company{row}.example\n")).collect();
    let file = desk.file("accounts.csv", format!("name,domain\n{rows}"));
    let before = desk.fingerprint();
    let failure = on_a_full_disk(&desk, 64, &["--json", "import", "account", &file]);
    assert_eq!(code(&failure), "disk_full", "{}", failure.stderr);
    assert_eq!(desk.fingerprint(), before);
    desk.verify();
    // With room again, everything works.
    desk.json(&["set", &id, "city=Kiel"]);
    assert_eq!(desk.json(&["import", "account", &file])["created"], 20_000);
    desk.verify();
}

#[test]
fn a_locked_file_is_said_within_bounds_and_works_again_when_released() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nord"]);
    let other = rusqlite::Connection::open(desk.workspace()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let since = Instant::now();
    let failure = desk.fails(&["--json", "set", &id, "city=Kiel"]);
    assert!(since.elapsed() < SAY_BOUND, "it took {:?} to say so", since.elapsed());
    assert_eq!(code(&failure), "locked", "{}", failure.stderr);
    assert_eq!(desk.json(&["list", "account"])["total"], 1, "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    desk.json(&["set", &id, "city=Kiel"]);
    assert_eq!(desk.json(&["show", &id])["fields"]["city"], "Kiel");
}

#[test]
fn a_relay_that_vanishes_is_said_and_the_edits_wait() {
    let relay = Relay::start();
    let (mia, ravi) = Desk::pair(&relay);
    let gone = relay.kill();
    let id = mia.create("account", &["name=Nord"]);
    let failure = mia.fails(&["sync", "--timeout", "10"]);
    failure.line();
    let status = mia.json(&["status"]);
    assert!(status["waiting"].as_u64().unwrap() >= 1, "{status}");
    let back = gone.start();
    mia.json(&["sync"]);
    ravi.json(&["sync"]);
    assert_eq!(ravi.json(&["show", &id])["fields"]["name"], "Nord");
    assert_eq!(mia.json(&["status"])["waiting"], 0);
    drop(back);
}

#[test]
fn values_that_are_none_are_refused_with_the_field_named() {
    let desk = Desk::with_workspace();
    let cases = [
        ("person", "email=not an address", "email"),
        ("opportunity", "close_date=2026-02-31", "close_date"),
        ("opportunity", "value=a lot", "value"),
        ("opportunity", "currency=XXZ", "currency"),
        ("account", "country=Atlantis", "country"),
        ("account", "domain=no domain at all", "domain"),
    ];
    for (kind, assignment, field) in cases {
        let required = if kind == "opportunity" { &["name=X", "stage=new"][..] } else { &["name=X"] };
        let required = if kind == "person" { &["first_name=X"][..] } else { required };
        let failure = desk.fails(&[&["--json", "create", kind, assignment], required].concat());
        let error: Json = serde_json::from_str(&failure.stderr).unwrap();
        assert_eq!(error["field"], field, "{assignment}: {error}");
        assert_eq!(error["code"], "invalid_value", "{assignment}: {error}");
    }
}
