//! The budgets of the design, as ratios to raw baselines measured in the same run.
//!
//! `cargo xtask bench` prints one line for each: what, the figure, the baseline beside it, the ratio and the budget. Nothing is
//! asserted: machines differ and are noisy, ratios of one run are what can be compared. `TANDEM_BENCH_RECORDS` sets the size
//! (default 100,000).

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod measure;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use measure::{median, report, report_p99, report_rate, report_size, timed};
use rusqlite::Connection;
use serde_json::json;
use tandem_workspace::api::{Event, Request};
use tandem_workspace::{App, Via};

const ROUNDS: usize = 200;

fn main() {
    if let [_, flag, data, path, relay] = std::env::args().collect::<Vec<_>>().as_slice()
        && flag == "--reconnect"
    {
        return reconnect(Path::new(data), Path::new(path), relay);
    }
    // `cargo test` runs benches too, to see that they work: a small size will do.
    let quick = std::env::args().any(|arg| arg == "--test");
    let records: usize = std::env::var("TANDEM_BENCH_RECORDS")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(if quick { 1_000 } else { 100_000 });
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&folder.path().join("relay"));
    measure::head(&format!("at {records} records"));

    let small = Device::start(folder.path(), "small", None);
    small.import(1_000);
    let large = Device::start(folder.path(), "large", Some(&relay.url));
    let took = large.import(records);
    report_rate("import, durable (rows/s)", records as f64 / took.as_secs_f64(), None, "≥ 10,000");

    edits(folder.path(), &small, &large);
    reads(&large);
    opening(folder.path(), &small, &large);
    relayed(folder.path(), &large, records);
}

/// Bare commits of one row, as large as an edit.
fn bare_commits(folder: &Path) -> Vec<Duration> {
    measure::bare_commits(folder, ROUNDS, 1, 600)
}

/// edit → durable.
fn edits(folder: &Path, small: &Device, large: &Device) {
    let at_small = median(&small.edits());
    let at_large = median(&large.edits());
    let bare = median(&bare_commits(folder));
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
    let fresh = Device::join(folder, "fresh", &link, large.relay.as_deref().unwrap());
    let joined = started.elapsed();
    report("fresh device, against loading that document", joined, load_time(&large.path), "≤ 2");

    // 1,000 changes behind; then nothing behind, to see what a connection itself costs.
    fresh.app.close();
    for round in 0..1_000.min(records) {
        large.edit(round);
    }
    large.sync();
    let behind = Reconnected::in_a_process_of_its_own(&fresh);
    report("reconnect 1,000 changes behind", behind.took, Duration::from_millis(250), "≤ 250 ms");
    report_size("reconnect 1,000 changes behind, memory more", behind.memory_more, "≤ 20 MB");
    let nothing = Reconnected::in_a_process_of_its_own(&fresh);
    report_size("reconnect with nothing missing, both ways on the wire", Some(nothing.on_the_wire), "≤ 1 KB");
    fresh.app.open(Path::new(&fresh.path)).unwrap();

    through_the_relay(folder, large, &fresh);
}

/// What coming back cost.
struct Reconnected {
    took: Duration,
    memory_more: Option<u64>,
    on_the_wire: u64,
}

impl Reconnected {
    /// Opens the device's workspace in another process and lets it catch up through a wire that counts.
    fn in_a_process_of_its_own(device: &Device) -> Self {
        let relay = device.relay.as_deref().expect("a device that syncs");
        let wire = Wire::to(relay);
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--reconnect", &device.data.display().to_string(), &device.path, &wire.url])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        Self {
            took: Duration::from_micros(said["took_us"].as_u64().unwrap()),
            memory_more: said["memory_more"].as_u64(),
            on_the_wire: wire.passed.load(Ordering::Relaxed),
        }
    }
}

/// The process that comes back.
fn reconnect(data: &Path, path: &Path, relay: &str) {
    let app = App::new(data.to_owned(), Via::Cli).unwrap();
    app.open(path).unwrap();
    // The document is read before anything is fetched: that is not part of catching up.
    let page = ask(&app, json!({ "command": "list", "payload": { "kind": "product", "limit": 1 } }));
    let id = page["records"][0]["id"].clone();
    let unchanged = page["records"][0]["fields"]["name"].clone();
    ask(&app, json!({ "command": "set", "payload": { "ids": [id], "fields": { "name": unchanged } } }));
    let me = std::process::id();
    let before = measure::memory_now(me);
    measure::forget_peak();
    let started = Instant::now();
    ask(&app, json!({ "command": "set_relay", "payload": { "relay": relay } }));
    app.sync_until_quiet(Duration::from_secs(600)).unwrap();
    let took = started.elapsed();
    let more = measure::peak_memory(me).zip(before).map(|(peak, before)| peak.saturating_sub(before));
    println!("{}", json!({ "took_us": took.as_micros() as u64, "memory_more": more }));
}

/// A wire to the relay that counts what passes, both ways.
struct Wire {
    url: String,
    passed: Arc<AtomicU64>,
}

impl Wire {
    fn to(relay: &str) -> Self {
        let relay = relay.trim_start_matches("ws://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let passed = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&passed);
        std::thread::spawn(move || {
            for device in listener.incoming().map_while(Result::ok) {
                let Ok(relay) = TcpStream::connect(&relay) else { return };
                for (mut from, mut to) in [(device.try_clone().unwrap(), relay.try_clone().unwrap()), (relay, device)] {
                    let counted = Arc::clone(&counted);
                    to.set_nodelay(true).unwrap();
                    std::thread::spawn(move || {
                        let mut bytes = [0; 65_536];
                        while let Ok(read @ 1..) = from.read(&mut bytes) {
                            counted.fetch_add(read as u64, Ordering::Relaxed);
                            if to.write_all(&bytes[..read]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(std::net::Shutdown::Write);
                    });
                }
            }
        });
        Self { url, passed }
    }
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
    let baseline = echo(600) + 2 * median(&bare_commits(folder));
    report("edit → readable on another device, through the relay", median(&times), baseline, "≤ 3");
}

/// A device: its own data folder, one workspace.
struct Device {
    app: App,
    data: PathBuf,
    path: String,
    relay: Option<String>,
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
        Self { app, data: folder.join(name), path, relay: relay.map(str::to_owned), ids: std::cell::OnceCell::new() }
    }

    fn join(folder: &Path, name: &str, link: &str, relay: &str) -> Self {
        let path = folder.join(format!("{name}.tandem")).display().to_string();
        let app = App::new(folder.join(name), Via::Cli).unwrap();
        ask(
            &app,
            json!({ "command": "join", "payload": { "link": link, "member_name": "Ravi", "member_email": "ravi@example.com",
            "team": "sales", "path": path } }),
        );
        Self { app, data: folder.join(name), path, relay: Some(relay.to_owned()), ids: std::cell::OnceCell::new() }
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
