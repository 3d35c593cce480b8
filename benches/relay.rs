//! The relay under load: a process of its own, four devices that push as fast as they are acknowledged, and one that comes
//! late and reads everything. `cargo xtask bench`; `TANDEM_BENCH_CHANGES` sets how many changes (default 100,000).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[allow(dead_code, reason = "each bench uses a part")]
mod measure;

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tandem_sync::wire::{ClientMessage, Hello, ServerMessage};
use tandem_sync::{
    Admission, DeviceKey, FoundingCertificate, Invite, Payload, Position, RecordHash, SealedRecord, WorkspaceKey,
};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Devices that push at the same time.
const DEVICES: u8 = 4;
/// Sealed changes in a message.
const IN_MESSAGE: usize = 32;
/// Size of a change, about that of one edited field.
const CHANGE_BYTES: usize = 250;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(place) = args.iter().position(|arg| arg == "--serve") {
        return serve(Path::new(&args[place + 1]));
    }
    let quick = args.iter().any(|arg| arg == "--test");
    let changes: usize = std::env::var("TANDEM_BENCH_CHANGES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(if quick { 2_000 } else { 100_000 });
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&folder.path().join("relay"));
    measure::head(&format!("the relay, {changes} sealed changes by {DEVICES} devices"));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut devices: Vec<Device> = (0..DEVICES).map(Device::new).collect();
    // As fast as it goes, then with no message waiting behind another of its device.
    let (rate, _) = runtime.block_on(push(&relay.url, &mut devices, changes / 2, 4));
    let (calm_rate, waits) = runtime.block_on(push(&relay.url, &mut devices, changes / 2, 1));
    let bare = measure::median(&measure::bare_commits(folder.path(), 200, IN_MESSAGE, CHANGE_BYTES + 300));
    let bare = IN_MESSAGE as f64 / bare.as_secs_f64();
    measure::report_rate("acknowledged on disk, changes/s; bare commits of as many", rate, Some(bare), "≥ 10,000");
    measure::report_p99(&format!("push → acknowledged, at {calm_rate:.0} changes/s"), &waits, "p99 ≤ 25 ms");
    let rate = runtime.block_on(read_all(&relay.url));
    measure::report_rate("read by a late device, changes/s", rate, None, "—");
    measure::report_size("most memory of the relay's process", measure::peak_memory(relay.process.id()), "≤ 64 MB");
}

/// All devices push until everything is acknowledged, each with at most `under_way` messages unanswered: changes a second, and
/// how long each message waited.
async fn push(url: &str, devices: &mut [Device], changes: usize, under_way: usize) -> (f64, Vec<Duration>) {
    let each = changes / devices.len();
    let mut ready = Vec::new();
    for device in devices {
        let records: Vec<Vec<u8>> = (0..each).map(|_| device.seal()).collect();
        let messages: Vec<Vec<u8>> = records
            .chunks(IN_MESSAGE)
            .map(|records| ClientMessage::Push { records: records.iter().cloned().map(Into::into).collect() }.encode())
            .collect();
        ready.push((device.connect(url).await, messages));
    }
    let pushed = ready.len() * each;
    let started = Instant::now();
    let pushing = ready.into_iter().map(|(socket, messages)| push_all(socket, messages, under_way));
    let waits = futures_util::future::join_all(pushing).await.concat();
    (pushed as f64 / started.elapsed().as_secs_f64(), waits)
}

/// One device, which reads what the others write meanwhile.
async fn push_all(mut socket: Socket, messages: Vec<Vec<u8>>, most: usize) -> Vec<Duration> {
    let mut waits = Vec::with_capacity(messages.len());
    let mut under_way = VecDeque::new();
    let mut messages = messages.into_iter();
    loop {
        while under_way.len() < most
            && let Some(message) = messages.next()
        {
            under_way.push_back(Instant::now());
            socket.send(Message::Binary(message.into())).await.unwrap();
        }
        if under_way.is_empty() {
            return waits;
        }
        match next(&mut socket).await {
            ServerMessage::Acked { .. } => waits.push(under_way.pop_front().unwrap().elapsed()),
            ServerMessage::Records { .. } => {}
            other => panic!("instead of an acknowledgement: {other:?}"),
        }
    }
}

/// A device that was away reads everything, in pages as large as there are: changes a second.
async fn read_all(url: &str) -> f64 {
    let mut socket = Device::new(DEVICES).connect(url).await;
    let started = Instant::now();
    let (mut after, mut read) = (0, 0);
    loop {
        let pull = ClientMessage::Pull { after, max_bytes: tandem_sync::wire::MAX_PAGE_BYTES };
        socket.send(Message::Binary(pull.encode().into())).await.unwrap();
        let ServerMessage::Page { records, through, head } = next(&mut socket).await else { panic!("no page") };
        read += records.len();
        after = through;
        if through == head {
            return read as f64 / started.elapsed().as_secs_f64();
        }
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn next(socket: &mut Socket) -> ServerMessage {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            return ServerMessage::decode(&bytes).unwrap();
        }
    }
}

/// A device of one workspace: number 0 founded it, the others were invited.
struct Device {
    key: DeviceKey,
    founding: FoundingCertificate,
    admission: Option<Admission>,
    sequence: u64,
    last: RecordHash,
}

impl Device {
    fn new(seed: u8) -> Self {
        let founder = DeviceKey::from_bytes(&[1; 32]);
        let founding = FoundingCertificate::create(&founder, [1; 16]);
        let key = DeviceKey::from_bytes(&[seed + 1; 32]);
        let admission = (seed > 0).then(|| {
            let (relay, name, until) = ("ws://127.0.0.1:1", "Bench", 4_000_000_000);
            Invite::create(relay, founding, name, &workspace_key(), until, &founder, [seed; 32])
                .unwrap()
                .admit(key.id())
        });
        Self { key, founding, admission, sequence: 0, last: RecordHash::NONE }
    }

    fn seal(&mut self) -> Vec<u8> {
        self.sequence += 1;
        let workspace = self.founding.workspace();
        let position = Position { workspace, document: 0, device_seq: self.sequence, previous: self.last };
        let mut content = vec![0; CHANGE_BYTES];
        getrandom::fill(&mut content).unwrap();
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).unwrap();
        let payload = Payload::Changes(vec![content]);
        let record = SealedRecord::seal(&position, &payload, &workspace_key(), &self.key, nonce).unwrap();
        self.last = record.hash();
        record.into_bytes()
    }

    async fn connect(&self, url: &str) -> Socket {
        let (mut socket, _) = tokio_tungstenite::connect_async_with_config(url, None, true).await.unwrap();
        let ServerMessage::Challenge { nonce, .. } = next(&mut socket).await else { panic!("no challenge") };
        let workspace = self.founding.workspace();
        let hello = Hello::create(&nonce, workspace, &self.key, Some(self.founding), self.admission);
        socket.send(Message::Binary(ClientMessage::Hello(Box::new(hello)).encode().into())).await.unwrap();
        let ServerMessage::Welcome(_) = next(&mut socket).await else { panic!("not welcome") };
        socket
    }
}

fn workspace_key() -> WorkspaceKey {
    WorkspaceKey::new(1, [5; 32])
}

/// The relay in a process of its own: this program again.
struct Relay {
    process: Child,
    url: String,
}

impl Relay {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim().to_owned() }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It held nothing that is still wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(folder: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let config = tandem_relay::Config::new(folder, "127.0.0.1:0".parse().unwrap());
        let handle = tandem_relay::serve(config).await.unwrap();
        println!("{}", handle.url());
        std::future::pending::<()>().await;
    });
}
