//! What the benches share: percentiles, lines of the table, raw baselines, memory of a process.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// The table's head.
pub(crate) fn head(what: &str) {
    println!("{what:<58} {:>12} {:>12} {:>8}   budget", "measured", "baseline", "ratio");
}

/// A time beside a baseline's.
pub(crate) fn report(what: &str, measured: Duration, baseline: Duration, budget: &str) {
    let ratio = measured.as_secs_f64() / baseline.as_secs_f64();
    println!("{what:<58} {:>12} {:>12} {ratio:>8.2}   {budget}", ms(measured), ms(baseline));
}

/// The 99th percentile of some times.
pub(crate) fn report_p99(what: &str, times: &[Duration], budget: &str) {
    let (p99, p50) = (percentile(times, 99), median(times));
    println!("{what:<58} {:>12} {:>12} {:>8}   {budget}", ms(p99), format!("p50 {}", ms(p50)), "");
}

/// So many a second, beside a baseline's rate where there is one.
pub(crate) fn report_rate(what: &str, rate: f64, baseline: Option<f64>, budget: &str) {
    let (against, ratio) = baseline
        .map_or_else(Default::default, |baseline| (format!("{baseline:.0}"), format!("{:.2}", rate / baseline)));
    println!("{what:<58} {rate:>12.0} {against:>12} {ratio:>8}   {budget}");
}

/// A size in bytes.
pub(crate) fn report_size(what: &str, bytes: Option<u64>, budget: &str) {
    let size = bytes.map_or_else(
        || "not here".to_owned(),
        |bytes| match bytes {
            0..10_000 => format!("{bytes} B"),
            _ => format!("{:.1} MB", bytes as f64 / 1e6),
        },
    );
    println!("{what:<58} {size:>12} {:>12} {:>8}   {budget}", "", "");
}

fn ms(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

/// The middle one.
pub(crate) fn median(times: &[Duration]) -> Duration {
    percentile(times, 50)
}

fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// How long each of some rounds takes.
pub(crate) fn timed(rounds: usize, mut act: impl FnMut(usize)) -> Vec<Duration> {
    (0..rounds)
        .map(|round| {
            let started = Instant::now();
            act(round);
            started.elapsed()
        })
        .collect()
}

/// Bare commits of `rows` rows of `bytes` each, to a file with the settings of ours: the least that durability costs here.
pub(crate) fn bare_commits(folder: &Path, rounds: usize, rows: usize, bytes: usize) -> Vec<Duration> {
    let mut connection = Connection::open(folder.join(format!("bare-{rows}-{bytes}.sqlite"))).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection.execute_batch("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, bytes BLOB)").unwrap();
    let row = vec![7_u8; bytes];
    timed(rounds, |_| {
        let tx = connection.transaction().unwrap();
        let mut insert = tx.prepare_cached("INSERT INTO t (bytes) VALUES (?1)").unwrap();
        for _ in 0..rows {
            insert.execute([&row]).unwrap();
        }
        drop(insert);
        tx.commit().unwrap();
    })
}

/// The most memory a process has held, in bytes, where the system tells.
pub(crate) fn peak_memory(process: u32) -> Option<u64> {
    memory(process, "VmHWM:")
}

/// The memory a process holds, in bytes, where the system tells.
pub(crate) fn memory_now(process: u32) -> Option<u64> {
    memory(process, "VmRSS:")
}

fn memory(process: u32, line: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kilobytes = status.lines().find_map(|found| found.strip_prefix(line))?.trim().trim_end_matches(" kB");
    Some(kilobytes.parse::<u64>().ok()? * 1_024)
}

/// From here on, [`peak_memory`] of this process counts anew.
pub(crate) fn forget_peak() {
    // Where this is not offered, the peak is not told either.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
