//! The budgets of the design, as ratios to raw baselines measured in the same run.
//!
//! `cargo xtask bench` prints one line for each: what, the figure, the baseline beside it, the ratio and the budget. Nothing is
//! asserted: machines differ and are noisy, ratios of one run are what can be compared. `TANDEM_BENCH_RECORDS` sets the size
//! (default 100,000).

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;
use tandem_workspace::api::{Event, Request};
use tandem_workspace::{App, Via};

const ROUNDS: usize = 200;

fn main() {
    // `cargo test` runs benches too, to see that they work: a small size will do.
    let quick = std::env::args().any(|arg| arg == "--test");
    let records: usize = std::env::var("TANDEM_BENCH_RECORDS")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(if quick { 1_000 } else { 100_000 });
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&folder.path().join("relay"));
    println!("{:<58} {:>12} {:>12} {:>8}   budget", format!("at {records} records"), "measured", "baseline", "ratio");

    let small = Device::start(folder.path(), "small", None);
    small.import(1_000);
    let large = Device::start(folder.path(), "large", Some(&relay.url));
    let took = large.import(records);
    report_rate("import, durable (rows/s)", records, took, "≥ 10,000");

    edits(folder.path(), &small, &large);
    reads(&large);
    opening(folder.path(), &small, &large);
    relayed(folder.path(), &large, records);
}

/// edit → durable.
fn edits(folder: &Path, small: &Device, large: &Device) {
    let at_small = median(&small.edits());
    let at_large = median(&large.edits());
    let bare = median(&bare_commits(folder, 600));
    report("edit → durable, against a bare SQLite commit", at_large, bare, "≤ 2");
    report("edit → durable, against the same at 1,000 records", at_large, at_small, "≤ 1.3");
}

/// Lists and search, 99th percentile.
fn reads(large: &Device) {
    let list = large.times(ROUNDS, |round| {
        json!({ "command": "list", "payload": { "kind": "opportunity", "limit": 100, "offset": round * 37,
            "filters": [{ "field": "stage", "op": "is", "value": "won" }], "sort": [{ "field": "value", "descending": true }] } })
    });
    report_p99("list page, filtered and sorted, with its total", &list, "p99 ≤ 16 ms");
    let words = ["a", "ac", "acme", "gtx", "mg special", "ca", "con", "x0421", "dar", "i"];
    let search =
        large.times(ROUNDS, |round| json!({ "command": "search", "payload": { "text": words[round % words.len()] } }));
    report_p99("search as you type", &search, "p99 ≤ 30 ms");
    let board = large.times(ROUNDS / 4, |_| json!({ "command": "board", "payload": { "cards": 30 } }));
    report_p99("the board: counts, sums, first cards", &board, "—");
}

/// Opening until the first list stands.
fn opening(folder: &Path, small: &Device, large: &Device) {
    let opened = |device: &Device| {
        let path = device.path.clone();
        let times: Vec<Duration> = (0..5)
            .map(|_| {
                let app = App::new(folder.join("opening"), Via::Desktop).unwrap();
                let started = Instant::now();
                app.open(Path::new(&path)).unwrap();
                ask(&app, json!({ "command": "list", "payload": { "kind": "opportunity", "limit": 100 } }));
                let took = started.elapsed();
                app.close();
                took
            })
            .collect();
        median(&times)
    };
    let at_small = opened(small);
    report("window usable, against the same at 1,000 records", opened(large), at_small, "≤ 1.5");
}

/// What crosses the relay.
fn relayed(folder: &Path, large: &Device, records: usize) {
    large.sync();
    let link = large.ask(json!({ "command": "invite", "payload": {} }))["link"].as_str().unwrap().to_owned();
    let started = Instant::now();
    let fresh = Device::join(folder, "fresh", &link);
    let joined = started.elapsed();
    report("fresh device, against loading that document", joined, load_time(&large.path), "≤ 2");

    // 1,000 changes behind.
    fresh.app.close();
    for round in 0..1_000.min(records) {
        large.edit(round);
    }
    large.sync();
    fresh.app.open(Path::new(&fresh.path)).unwrap();
    // The document is read before anything is fetched: that is not part of catching up.
    fresh.edit(0);
    let started = Instant::now();
    fresh.sync();
    report("reconnect 1,000 changes behind", started.elapsed(), Duration::from_millis(250), "≤ 250 ms");

    through_the_relay(folder, large, &fresh);
}

/// edit → readable on another device.
fn through_the_relay(folder: &Path, large: &Device, fresh: &Device) {
    ask(&large.app, json!({ "command": "sync_now" }));
    ask(&fresh.app, json!({ "command": "sync_now" }));
    let mut events = fresh.app.subscribe();
    let times: Vec<Duration> = (0..ROUNDS / 2)
        .map(|round| {
            while events.try_recv().is_ok() {}
            let started = Instant::now();
            large.edit(round);
            while !matches!(events.blocking_recv(), Ok(Event::Changed(changed)) if changed.remote) {}
            started.elapsed()
        })
        .collect();
    let baseline = echo(600) + 2 * median(&bare_commits(folder, 600));
    report("edit → readable on another device, through the relay", median(&times), baseline, "≤ 3");
}

/// A device: its own data folder, one workspace.
struct Device {
    app: App,
    path: String,
    ids: std::cell::OnceCell<Vec<String>>,
}

impl Device {
    fn start(folder: &Path, name: &str, relay: Option<&str>) -> Self {
        let path = folder.join(format!("{name}.tandem")).display().to_string();
        let app = App::new(folder.join(name), Via::Cli).unwrap();
        ask(
            &app,
            json!({ "command": "start", "payload": { "name": name, "member_name": "Mara", "member_email": "mara@example.com",
            "team": "marketing", "relay": relay, "path": path } }),
        );
        Self { app, path, ids: std::cell::OnceCell::new() }
    }

    fn join(folder: &Path, name: &str, link: &str) -> Self {
        let path = folder.join(format!("{name}.tandem")).display().to_string();
        let app = App::new(folder.join(name), Via::Cli).unwrap();
        ask(
            &app,
            json!({ "command": "join", "payload": { "link": link, "member_name": "Ravi", "member_email": "ravi@example.com",
            "team": "sales", "path": path } }),
        );
        Self { app, path, ids: std::cell::OnceCell::new() }
    }

    fn ask(&self, request: serde_json::Value) -> serde_json::Value {
        ask(&self.app, request)
    }

    fn sync(&self) {
        self.app.sync_until_quiet(Duration::from_secs(600)).unwrap();
    }

    /// Imports opportunities with eight fields each; how long it took.
    fn import(&self, rows: usize) -> Duration {
        let mut csv =
            String::from("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
        let stages = ["Won", "Lost", "Engaging", "Prospecting", "Won"];
        for row in 0..rows {
            csv += &format!(
                "X{row:06},Agent {},Product {},Account {},{},2016-{:02}-{:02},2017-{:02}-{:02},{}\n",
                row % 35,
                row % 7,
                row % 850,
                stages[row % 5],
                row % 12 + 1,
                row % 28 + 1,
                row % 12 + 1,
                row % 27 + 1,
                row % 9_973,
            );
        }
        let path = format!("{}.csv", self.path);
        std::fs::write(&path, csv).unwrap();
        let started = Instant::now();
        let report = self.ask(json!({ "command": "import_run", "payload": { "path": path, "kind": "opportunity" } }));
        assert_eq!(report["created"], rows, "{report}");
        started.elapsed()
    }

    fn ids(&self) -> &[String] {
        self.ids.get_or_init(|| {
            let page = self.ask(json!({ "command": "list", "payload": { "kind": "opportunity", "limit": 1_000 } }));
            page["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
        })
    }

    fn edit(&self, round: usize) {
        let ids = self.ids();
        let next_step = format!("call again, round {round} {:?}", Instant::now());
        self.ask(json!({ "command": "set", "payload": { "ids": [ids[round % ids.len()]], "fields": { "next_step": next_step } } }));
    }

    fn edits(&self) -> Vec<Duration> {
        self.edit(0);
        timed(ROUNDS, |round| self.edit(round))
    }

    fn times(&self, rounds: usize, request: impl Fn(usize) -> serde_json::Value) -> Vec<Duration> {
        self.ask(request(0));
        timed(rounds, |round| {
            self.ask(request(round));
        })
    }
}

fn ask(app: &App, request: serde_json::Value) -> serde_json::Value {
    let request: Request = serde_json::from_value(request).unwrap();
    app.rpc(request).unwrap()
}

fn timed(rounds: usize, mut act: impl FnMut(usize)) -> Vec<Duration> {
    (0..rounds)
        .map(|round| {
            let started = Instant::now();
            act(round);
            started.elapsed()
        })
        .collect()
}

/// Commits of one row of this size to a file with the same settings.
fn bare_commits(folder: &Path, bytes: usize) -> Vec<Duration> {
    let connection = Connection::open(folder.join(format!("bare-{:?}.sqlite", Instant::now()))).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection.execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY, bytes BLOB)").unwrap();
    let row = vec![7_u8; bytes];
    timed(ROUNDS, |_| {
        connection.execute("INSERT INTO t (bytes) VALUES (?1)", [&row]).unwrap();
    })
}

/// One message there and back over a WebSocket on loopback.
fn echo(bytes: usize) -> Duration {
    use futures_util::{SinkExt as _, StreamExt as _};
    use tokio_tungstenite::tungstenite::Message;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
            while let Some(Ok(message)) = socket.next().await {
                let _ = socket.send(message).await;
            }
        });
        let url = format!("ws://{address}");
        let (mut socket, _) = tokio_tungstenite::connect_async_with_config(url, None, true).await.unwrap();
        let message = Message::Binary(vec![7_u8; bytes].into());
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            socket.send(message.clone()).await.unwrap();
            socket.next().await.unwrap().unwrap();
            times.push(started.elapsed());
        }
        median(&times)
    })
}

/// `Automerge::load` of the document in that file, as it is saved.
fn load_time(path: &str) -> Duration {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT bytes FROM change ORDER BY n").unwrap();
    let changes = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let mut document = tandem_context::Document::new();
    document.apply(changes.map(|bytes| tandem_context::Change::from_bytes(bytes.unwrap()).unwrap()).collect()).unwrap();
    let bytes = document.save();
    median(&timed(3, |_| {
        automerge::Automerge::load(&bytes).unwrap();
    }))
}

/// A relay in this process, on a thread of its own.
struct Relay {
    url: String,
}

impl Relay {
    fn start(folder: &Path) -> Self {
        let folder = folder.to_owned();
        let (told, url) = channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let config = tandem_relay::Config::new(folder, "127.0.0.1:0".parse().unwrap());
                let handle = tandem_relay::serve(config).await.unwrap();
                told.send(handle.url()).unwrap();
                std::future::pending::<()>().await;
            });
        });
        Self { url: url.recv().unwrap() }
    }
}

fn median(times: &[Duration]) -> Duration {
    percentile(times, 50)
}

fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

fn report(what: &str, measured: Duration, baseline: Duration, budget: &str) {
    let ratio = measured.as_secs_f64() / baseline.as_secs_f64();
    println!("{what:<58} {:>12} {:>12} {ratio:>8.2}   {budget}", ms(measured), ms(baseline));
}

fn report_p99(what: &str, times: &[Duration], budget: &str) {
    let (p99, p50) = (percentile(times, 99), percentile(times, 50));
    println!("{what:<58} {:>12} {:>12} {:>8}   {budget}", ms(p99), format!("p50 {}", ms(p50)), "");
}

fn report_rate(what: &str, count: usize, took: Duration, budget: &str) {
    let rate = count as f64 / took.as_secs_f64();
    println!("{what:<58} {rate:>12.0} {:>12} {:>8}   {budget}", ms(took), "");
}

fn ms(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}
