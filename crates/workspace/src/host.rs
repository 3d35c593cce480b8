//! A workspace that is open in this process: the engine on a thread of its own, readers beside it, the link to the relay.
//!
//! Commands queue for the engine's thread and are done one after the other; queries run in the caller's thread on read-only
//! connections and wait for nobody. The thread also notices what other processes write to the same file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_store::{Readers, Store};
use tokio::sync::broadcast;

use crate::api::{ApiError, Changed, Event, Linked, Notice, Peer, Status, WorkspaceInfo};
use crate::convert::{instant, schema_info};
use crate::engine::{Committed, Engine, WrittenCheckpoint};
use crate::link::{Link, LinkState};
use crate::world::Worlds;

/// Commands that may wait for the engine.
const QUEUE: usize = 64;
/// How often the thread looks for what other processes wrote.
const POLL: Duration = Duration::from_millis(150);

type Job = Box<dyn FnOnce(&mut Engine) + Send>;

/// What the threads of an open workspace share.
pub(crate) struct Shared {
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) readers: Readers,
    pub(crate) worlds: Worlds,
    schema: RwLock<Arc<Schema>>,
    loaded: AtomicBool,
    pub(crate) link_state: Mutex<LinkState>,
    jobs: SyncSender<Job>,
    link: Mutex<Option<Link>>,
    /// Wakes whoever tells the status; `None` once the workspace is being closed.
    status_due: Mutex<Option<SyncSender<()>>>,
    closing: AtomicBool,
}

/// An open workspace.
pub(crate) struct Host {
    pub(crate) shared: Arc<Shared>,
    path: PathBuf,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Host {
    /// Starts the engine's thread over an engine. With `preload`, the document and the facts are read at once, in the background:
    /// before the first question has come from a window that is still being drawn.
    pub(crate) fn start(engine: Engine, events: broadcast::Sender<Event>, preload: bool) -> Arc<Self> {
        let (jobs, waiting) = sync_channel(QUEUE);
        let (status_due, status_asked) = sync_channel(1);
        let path = engine.store.path().to_owned();
        let shared = Arc::new(Shared {
            events,
            readers: Readers::new(&path),
            worlds: engine.worlds.clone(),
            schema: RwLock::new(Arc::clone(engine.schema())),
            loaded: AtomicBool::new(engine.is_loaded()),
            link_state: Mutex::new(LinkState::default()),
            jobs,
            link: Mutex::new(None),
            status_due: Mutex::new(Some(status_due)),
            closing: AtomicBool::new(false),
        });
        let started = [
            {
                let shared = Arc::clone(&shared);
                let run = move || run(engine, &waiting, &shared, preload);
                std::thread::Builder::new().name("engine".to_owned()).spawn(run)
            },
            {
                let shared = Arc::clone(&shared);
                let run = move || status_asked.iter().for_each(|()| shared.tell_status_now());
                std::thread::Builder::new().name("status".to_owned()).spawn(run)
            },
        ];
        let facts = preload.then(|| {
            let shared = Arc::clone(&shared);
            // What cannot be read is told to whoever asks.
            let read = move || _ = shared.read(|connection, schema| Ok(shared.worlds.present(connection, schema)?));
            std::thread::Builder::new().name("facts".to_owned()).spawn(read)
        });
        // Without the engine's thread nothing can be written; reading still works and writing says so.
        let threads = Mutex::new(started.into_iter().chain(facts).filter_map(Result::ok).collect());
        Arc::new(Self { shared, path, threads })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Stops the link and the engine's thread, after what was asked of it is done.
    pub(crate) fn close(&self) {
        self.shared.closing.store(true, Ordering::Release);
        self.shared.stop_link();
        // Wakes the threads. A full queue means that they are awake.
        let _ = self.shared.jobs.try_send(Box::new(|_| {}));
        self.shared.status_due.lock().unwrap_or_else(PoisonError::into_inner).take();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            let _ = thread.join();
        }
    }

    /// What the window needs to know of this workspace.
    pub(crate) fn info(&self) -> Result<WorkspaceInfo, ApiError> {
        self.shared.read(|connection, _| {
            let setting = |key: &str| -> Result<Option<String>, ApiError> { Ok(Store::setting(connection, key)?) };
            let me = setting("me")?.unwrap_or_default();
            let name = tandem_store::titles(connection, [me.as_str()])?
                .remove(&me)
                .map(|(title, _)| title)
                .unwrap_or_default();
            let team = tandem_store::record(connection, &self.shared.schema(), &me)?
                .and_then(|row| row.values.get("team")?.as_text().map(str::to_owned));
            Ok(WorkspaceInfo {
                id: setting("workspace")?.unwrap_or_default(),
                name: setting("name")?.unwrap_or_default(),
                path: self.path.display().to_string(),
                me: Linked { id: me, title: name },
                team: team.unwrap_or_default(),
                sample: setting("sample")?.is_some(),
                loaded: self.shared.is_loaded(),
            })
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    pub(crate) fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn is_loaded(&self) -> bool {
        self.loaded.load(Ordering::Acquire)
    }

    /// Runs a query on one state of the file.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection, &Schema) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let schema = self.schema();
        self.readers.read(|connection| query(connection, &schema))
    }

    /// Runs a command on the engine's thread and waits for it.
    pub(crate) fn engine<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Engine) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (answer, answered) = sync_channel(1);
        let job: Job = Box::new(move |engine| {
            let _ = answer.send(command(engine));
        });
        let closed = || ApiError::new("no_workspace", "the workspace is being closed");
        self.jobs.send(job).map_err(|_| closed())?;
        answered.recv().map_err(|_| closed())?
    }

    /// Runs a command that writes and tells everybody what it changed. Whoever asked hears first.
    pub(crate) fn write<T: Send + 'static>(
        self: &Arc<Self>,
        command: impl FnOnce(&mut Engine) -> Result<(Committed, T), ApiError> + Send + 'static,
    ) -> Result<(Committed, T), ApiError> {
        let (answer, answered) = sync_channel(1);
        let shared = Arc::clone(self);
        let job: Job = Box::new(move |engine| {
            let done = command(engine);
            shared.take_over(engine);
            let committed = done.as_ref().ok().map(|(committed, _)| committed.clone());
            let _ = answer.send(done);
            let Some(committed) = committed else { return };
            if let Some(changed) = committed.changed {
                shared.tell(Event::Changed(changed));
            }
            if committed.change.is_some() {
                shared.after_write(engine);
            }
        });
        let closed = || ApiError::new("no_workspace", "the workspace is being closed");
        self.jobs.send(job).map_err(|_| closed())?;
        answered.recv().map_err(|_| closed())?
    }

    /// What readers need to know of the engine's state.
    fn take_over(&self, engine: &Engine) {
        let mut schema = self.schema.write().unwrap_or_else(PoisonError::into_inner);
        let changed = !Arc::ptr_eq(&schema, engine.schema()) && !schema.declares_same(engine.schema());
        *schema = Arc::clone(engine.schema());
        drop(schema);
        if changed {
            self.tell(Event::Schema(schema_info(engine.schema())));
        }
        self.loaded.store(engine.is_loaded(), Ordering::Release);
    }

    /// What follows every write: there is something to send, the status has changed.
    pub(crate) fn after_write(&self, engine: &mut Engine) {
        self.take_over(engine);
        self.tell_notices(engine);
        if let Some(link) = &*self.link.lock().unwrap_or_else(PoisonError::into_inner) {
            link.local_records();
        }
        self.tell_status();
    }

    fn tell_notices(&self, engine: &mut Engine) {
        for remark in engine.take_notices() {
            self.tell(Event::Notice(Notice::from(&remark)));
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.events.send(event);
    }

    /// The status has changed. Everybody hears of it soon; what is written meanwhile does not wait for that, and many changes
    /// in a row are told once.
    pub(crate) fn tell_status(&self) {
        if let Some(due) = &*self.status_due.lock().unwrap_or_else(PoisonError::into_inner) {
            // A full queue means that it is about to be told anyway.
            let _ = due.try_send(());
        }
    }

    fn tell_status_now(&self) {
        if let Ok(status) = self.status() {
            self.tell(Event::Status(status));
        }
    }

    /// Where the truth stands.
    pub(crate) fn status(&self) -> Result<Status, ApiError> {
        let link = self.link_state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.read(|connection, _| {
            let setting = |key: &str| -> Result<Option<String>, ApiError> { Ok(Store::setting(connection, key)?) };
            let me = setting("me")?.unwrap_or_default();
            let relay = setting("relay")?;
            // Without a relay nothing waits for one.
            let waiting = if relay.is_some() { Store::waiting(connection)? } else { 0 };
            let fingerprint = match setting("fingerprint")? {
                Some(fingerprint) => fingerprint,
                None => crate::engine::empty_fingerprint(),
            };
            let peers: Vec<Peer> = link
                .peers
                .values()
                .map(|peer| Peer {
                    device: peer.device.clone(),
                    member: Linked { id: peer.member.clone(), title: peer.name.clone() },
                    fingerprint: peer.fingerprint.clone(),
                    online: peer.online,
                    seen_at: instant(peer.seen_ms),
                })
                .collect();
            let sameness = match peers.as_slice() {
                [] => "unknown",
                peers if peers.iter().all(|peer| peer.fingerprint == fingerprint) => "same",
                _ => "different",
            };
            Ok(Status {
                sync: link.word(relay.is_some(), waiting).to_owned(),
                relay,
                detail: link.detail.clone(),
                fetched: link.fetched(),
                waiting,
                fingerprint,
                sameness: sameness.to_owned(),
                peers,
                conflicts: tandem_store::conflicts_total(connection)?,
                last_synced_at: setting("last_synced_ms")?.and_then(|ms| ms.parse().ok()).map(instant),
                undo: tandem_store::last_undoable(connection, &me, &[])?.map(|row| row.action),
                redo: tandem_store::last_redoable(connection, &me)?.map(|row| row.action),
                loaded: self.is_loaded(),
            })
        })
    }

    /// Starts the link to the relay, if one is named; a running one tries at once.
    pub(crate) fn start_link(self: &Arc<Self>) -> Result<(), ApiError> {
        if let Some(link) = &*self.link.lock().unwrap_or_else(PoisonError::into_inner) {
            link.try_now();
            return Ok(());
        }
        // Asks the engine, which may itself be waiting for the slot below: so nothing is locked meanwhile.
        let Some(started) = Link::start(self)? else { return Ok(()) };
        let mut slot = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() && !self.closing.load(Ordering::Acquire) {
            *slot = Some(started);
            return Ok(());
        }
        // Somebody else was quicker, or the workspace is being closed.
        drop(slot);
        started.stop();
        Ok(())
    }

    /// Stops the link and waits until it has said goodbye.
    pub(crate) fn stop_link(&self) {
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(link) = link {
            link.stop();
        }
    }
}

fn run(mut engine: Engine, waiting: &Receiver<Job>, shared: &Arc<Shared>, preload: bool) {
    if preload {
        if let Err(error) = engine.load() {
            shared.tell(Event::Notice(error.into()));
        }
        shared.after_write(&mut engine);
    }
    let mut version = engine.store.data_version().unwrap_or_default();
    let mut wrote = true;
    let mut checkpointing: Option<JoinHandle<WrittenCheckpoint>> = None;
    loop {
        match waiting.recv_timeout(POLL) {
            Ok(job) => {
                job(&mut engine);
                wrote = true;
                shared.loaded.store(engine.is_loaded(), Ordering::Release);
                if !shared.closing.load(Ordering::Acquire) {
                    continue;
                }
                // What was asked before the end is still done.
                for job in waiting.try_iter() {
                    job(&mut engine);
                }
                break;
            }
            Err(RecvTimeoutError::Timeout) if shared.closing.load(Ordering::Acquire) => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let now = engine.store.data_version().unwrap_or(version);
        if now != version {
            version = now;
            notice_others(&mut engine, shared);
        }
        // A checkpoint is written out beside the work. A failure costs nothing: the log has everything, the next opening just
        // takes longer.
        if let Some(done) = checkpointing.take_if(|thread| thread.is_finished()) {
            let _ = done.join().map(|written| engine.keep(written));
        } else if wrote && checkpointing.is_none() {
            wrote = false;
            if let Ok(Some(checkpoint)) = engine.checkpoint_if_due() {
                let write_out = move || checkpoint.write_out();
                checkpointing = std::thread::Builder::new().name("checkpoint".to_owned()).spawn(write_out).ok();
            }
        }
    }
    if let Some(done) = checkpointing {
        let _ = done.join().map(|written| engine.keep(written));
    }
    if let Ok(Some(checkpoint)) = engine.checkpoint_if_due() {
        let _ = engine.keep(checkpoint.write_out());
    }
    engine.store.leave_whole();
}

/// Another process has written to the file.
fn notice_others(engine: &mut Engine, shared: &Arc<Shared>) {
    if let Err(error) = engine.catch_up_alone() {
        tracing::warn!(%error, "could not take over what another program wrote");
    }
    let kinds = engine.schema().kinds().iter().map(|kind| kind.name.to_owned()).collect();
    shared.tell(Event::Changed(Changed { kinds, ids: None, remote: true }));
    shared.after_write(engine);
}
