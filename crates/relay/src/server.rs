//! Configuration, limits, start and end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::{State, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tandem_sync::wire::MAX_MESSAGE_BYTES;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

use crate::accept;
use crate::connection;
use crate::error::Error;
use crate::hub::Hub;
use crate::log::Log;
use crate::sqlite::SqliteLog;
use crate::writer::Writer;

/// How long the end may take before connections are cut.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// How a relay is to run.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data lies; created if missing.
    pub data_dir: PathBuf,
    /// What to listen on; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// How much it does for whom.
    pub limits: Limits,
}

impl Config {
    /// A relay with the usual limits.
    pub fn new(data_dir: impl Into<PathBuf>, listen: SocketAddr) -> Self {
        Self { data_dir: data_dir.into(), listen, limits: Limits::default() }
    }
}

/// How much a relay does for whom.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections altogether.
    pub max_connections: usize,
    /// Connections that have not said who they are yet.
    pub max_strangers: usize,
    /// Workspaces it holds.
    pub max_workspaces: u64,
    /// Size of the database file in bytes; `None` for as much as the disk has.
    pub max_file_bytes: Option<u64>,
    /// How long a stranger may take to say who they are.
    pub handshake_timeout: Duration,
    /// How long a device may be silent. Devices ask every 30 s whether the relay is still there.
    pub idle_timeout: Duration,
    /// How long a device may take to read one message.
    pub send_timeout: Duration,
    /// Messages of one connection a second; twice that at once.
    pub messages_per_s: u32,
    /// Bytes of one connection a second; twice that at once.
    pub bytes_per_s: u32,
    /// Presence messages of one connection a second; twice that at once, more are dropped.
    pub presences_per_s: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_connections: 1024,
            max_strangers: 64,
            max_workspaces: 1024,
            max_file_bytes: None,
            handshake_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(90),
            send_timeout: Duration::from_secs(30),
            messages_per_s: 5_000,
            bytes_per_s: 64 * 1024 * 1024,
            presences_per_s: 20,
        }
    }
}

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) log: Arc<dyn Log>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) writer: Writer,
    pub(crate) limits: Limits,
    pub(crate) shutdown: watch::Receiver<bool>,
    connections: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    last_connection: AtomicU64,
    /// Every connection holds a copy; when all are gone, all have ended.
    running: mpsc::Sender<()>,
}

impl Shared {
    pub(crate) fn next_connection(&self) -> u64 {
        self.last_connection.fetch_add(1, Ordering::Relaxed)
    }
}

/// A running relay. Dropping it stops accepting; [`Handle::shutdown`] ends cleanly.
#[derive(Debug)]
pub struct Handle {
    addr: SocketAddr,
    shutdown: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
    writer: JoinHandle<()>,
    log: Arc<SqliteLog>,
    ended: mpsc::Receiver<()>,
}

impl Handle {
    /// What it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Its address as a device connects to it.
    pub fn url(&self) -> String {
        format!("ws://{}", self.addr)
    }

    /// Accepts nobody any more, acknowledges what was pushed, says goodbye, and leaves the files in order.
    ///
    /// # Errors
    /// [`Error::Storage`] when the disk fails at the last moment; what was acknowledged is on it all the same.
    pub async fn shutdown(mut self) -> Result<(), Error> {
        let _ = self.shutdown.send(true);
        if tokio::time::timeout(DRAIN_TIMEOUT, self.ended.recv()).await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
        self.server.abort();
        let _ = self.server.await;
        let writer = self.writer;
        let _ = tokio::time::timeout(DRAIN_TIMEOUT, tokio::task::spawn_blocking(move || writer.join())).await;
        let log = self.log;
        let closed = tokio::task::spawn_blocking(move || log.close()).await;
        Ok(closed.unwrap_or(Ok(()))?)
    }
}

/// Starts a relay; it is ready when this returns.
///
/// # Errors
/// [`Error`], saying which of data directory, storage and address is the matter.
pub async fn serve(config: Config) -> Result<Handle, Error> {
    let Config { data_dir, listen, limits } = config;
    let log = Arc::new(SqliteLog::open(&data_dir, limits.max_workspaces, limits.max_file_bytes)?);
    let unable = |source| Error::Listen { addr: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(unable)?;
    let addr = listener.local_addr().map_err(unable)?;
    let hub = Arc::new(Hub::default());
    let (writer, writer_thread) = Writer::start(log.clone(), hub.clone())?;
    let (shutdown, down) = watch::channel(false);
    let (running, ended) = mpsc::channel(1);
    let shared = Arc::new(Shared {
        log: log.clone(),
        hub,
        writer,
        shutdown: down.clone(),
        connections: Arc::new(Semaphore::new(limits.max_connections)),
        strangers: Arc::new(Semaphore::new(limits.max_strangers)),
        limits: limits.clone(),
        last_connection: AtomicU64::new(0),
        running,
    });
    let router = Router::new().route("/", get(upgrade)).route("/healthz", get(health)).with_state(shared);
    let server = tokio::spawn(accept::run(listener, router, limits, down));
    Ok(Handle { addr, shutdown, server, writer: writer_thread, log, ended })
}

async fn upgrade(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    let permits = (shared.connections.clone().try_acquire_owned(), shared.strangers.clone().try_acquire_owned());
    let (Ok(connection), Ok(stranger)) = permits else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many connections, try again later\n").into_response();
    };
    upgrade
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| hold(shared, socket, connection, stranger))
}

async fn hold(
    shared: Arc<Shared>,
    socket: axum::extract::ws::WebSocket,
    _connection: OwnedSemaphorePermit,
    stranger: OwnedSemaphorePermit,
) {
    let _running = shared.running.clone();
    connection::serve(shared, socket, move || drop(stranger)).await;
}

async fn health() -> &'static str {
    "ok\n"
}
