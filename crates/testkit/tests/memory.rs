//! The memory trap: the first batch of remote changes after loading cuts Automerge's one long piece of values from the wrong
//! end, and keeps all the pieces. [`Document::warm_up`] cuts it beforehand.
//!
//! Measured with 40,000 records of 8 fields and 1,000 changes (development profile): without the warm-up the batch takes
//! 1.3 s and 2,128 MB on top of the document's 48 MB, and this test fails; with it 0.1 s and less than 1 MB. The same with
//! ids in ascending and in random order.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use tandem_context::{Author, Change, Document, Edit, Note, Value};

/// Accounts in the document.
const RECORDS: usize = 40_000;
const EDITS_PER_CHANGE: usize = 2_000;
const REMOTE_CHANGES: usize = 1_000;
/// What a batch of remote changes may need on top of the loaded document.
const GROWTH_MAX_KB: u64 = 64 * 1024;

/// Names the folder with the document and the changes, for the process that is measured.
const FOLDER: &str = "TANDEM_MEMORY_TEST";
const THIS_TEST: &str = "memory::a_batch_of_remote_changes_after_loading_needs_little_memory";

fn id(number: usize) -> String {
    // Spread like random ids, so that changes in order of number are not in order of key.
    format!("{:08x}-0000-7000-8000-{number:012x}", (number as u32).wrapping_mul(0x9e37_79b9))
}

fn commit(document: &mut Document, edits: &[Edit]) -> Change {
    let author = Author { note: Note::default(), at_ms: 1_000 };
    document.commit(edits, &author).unwrap().unwrap()
}

/// A document of many records, and what somebody else wrote to some of them.
fn write_down(folder: &Path) {
    let mut document = Document::new();
    document.set_actor(&[1; 16]);
    let fields = ["name", "city", "region", "street", "postal_code", "description", "domain", "country"];
    let account = |number: usize| {
        let values = fields.iter().map(|field| ((*field).to_owned(), Value::text(format!("{field} {number}"))));
        Edit::Create { kind: "account".to_owned(), id: id(number), values: values.collect::<BTreeMap<_, _>>() }
    };
    let all: Vec<usize> = (0..RECORDS).collect();
    for numbers in all.chunks(EDITS_PER_CHANGE) {
        commit(&mut document, &numbers.iter().map(|number| account(*number)).collect::<Vec<_>>());
    }
    std::fs::write(folder.join("document"), document.save()).unwrap();
    document.set_actor(&[2; 16]);
    for number in 0..REMOTE_CHANGES {
        let (kind, field) = ("account".to_owned(), "city".to_owned());
        let edit = Edit::Set { kind, id: id(number * 37 % RECORDS), field, value: Some(Value::text("Bern")) };
        std::fs::write(folder.join(format!("change-{number}")), commit(&mut document, &[edit]).raw_bytes()).unwrap();
    }
}

fn status_kb(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Loads, warms up, applies; prints by how much the peak of memory was above what the loaded document takes.
#[expect(clippy::print_stdout, reason = "how the measured process answers")]
fn measure(folder: &Path) {
    let mut document = Document::load(&std::fs::read(folder.join("document")).unwrap()).unwrap();
    document.warm_up();
    let changes: Vec<Change> = (0..REMOTE_CHANGES)
        .map(|number| Change::from_bytes(std::fs::read(folder.join(format!("change-{number}"))).unwrap()).unwrap())
        .collect();
    // The peak until now, of loading, is of no interest.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before_kb = status_kb("VmRSS");
    document.apply(changes).unwrap();
    let peak_kb = status_kb("VmHWM");
    let first = document.record("account", &id(0)).unwrap().unwrap();
    assert_eq!(first.values["city"], Value::text("Bern"), "the changes are there");
    println!("growth: {}", peak_kb.saturating_sub(before_kb));
}

#[test]
#[cfg(target_os = "linux")]
fn a_batch_of_remote_changes_after_loading_needs_little_memory() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return measure(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    write_down(folder.path());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", THIS_TEST, "--nocapture"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let growth_kb: u64 =
        text.lines().find_map(|line| line.split("growth: ").nth(1)?.parse().ok()).expect("it was measured");
    assert!(growth_kb < GROWTH_MAX_KB, "{REMOTE_CHANGES} changes needed {growth_kb} KB on top of the document");
}
