//! One process: which workspace is open, what this machine prefers, and who answers which request.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value as Json;
use tandem_context::{Edit, Value};
use tandem_sync::Invite as InviteLink;
use tokio::sync::broadcast;

use crate::api::{
    ApiError, AppState, Event, Invite, InviteRequest, JoinWorkspace, Preferences, RecentWorkspace, Request,
    StartWorkspace, Status, Undone,
};
use crate::commands;
use crate::convert::{done, instant, json, schema_info};
use crate::engine::{Committed, Engine, WorkspaceSetup};
use crate::environment::Environment;
use crate::host::Host;
use crate::journey;
use crate::keys::KeyFile;
use crate::queries;

/// Events that may wait for a slow listener.
const EVENTS: usize = 1_024;
/// Workspaces that are remembered as opened before.
const RECENT: usize = 20;
/// Joining waits this long for the whole workspace to arrive.
const JOIN_TIMEOUT: Duration = Duration::from_secs(300);
/// Setting that a sample workspace has once it is complete.
const SAMPLE_READY: &str = "sample_ready";
const DAY_S: u64 = 86_400;
const INVITE_DAYS: u32 = 7;
const INVITE_DAYS_MAX: u32 = 365;

/// Through what a member writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The desktop application.
    Desktop,
    /// The command line.
    Cli,
    /// An agent.
    Agent,
}

impl Via {
    fn name(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Cli => "cli",
            Self::Agent => "agent",
        }
    }
}

/// Where workspaces and preferences lie unless somebody says otherwise: `TANDEM_DATA`, or the user's data folder.
pub fn default_data_dir() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = from("TANDEM_DATA") {
        return folder;
    }
    let home = from("HOME").or_else(|| from("USERPROFILE")).unwrap_or_else(|| PathBuf::from("."));
    let base = if cfg!(target_os = "macos") {
        home.join("Library/Application Support")
    } else if cfg!(windows) {
        from("APPDATA").unwrap_or_else(|| home.join("AppData/Roaming"))
    } else {
        from("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share"))
    };
    base.join("tandem")
}

/// One process's Tandem. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    data_dir: PathBuf,
    via: Via,
    events: broadcast::Sender<Event>,
    host: RwLock<Option<Arc<Host>>>,
    preferences: Mutex<Preferences>,
    import_cancelled: Arc<AtomicBool>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("data_dir", &self.inner.data_dir).finish_non_exhaustive()
    }
}

impl App {
    /// A process without an open workspace. `data_dir` is where new workspaces, preferences and keys go.
    ///
    /// # Errors
    /// `storage` when the folder cannot be made.
    pub fn new(data_dir: PathBuf, via: Via) -> Result<Self, ApiError> {
        std::fs::create_dir_all(&data_dir)
            .map_err(|error| ApiError::new("storage", format!("{} cannot be made: {error}", data_dir.display())))?;
        let preferences = read_json(&data_dir.join("preferences.json")).unwrap_or_default();
        let inner = Inner {
            data_dir,
            via,
            events: broadcast::channel(EVENTS).0,
            host: RwLock::new(None),
            preferences: Mutex::new(preferences),
            import_cancelled: Arc::new(AtomicBool::new(false)),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What happens from now on. A listener that falls behind misses events and should read everything again.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Opens a workspace that is on this machine; the one open before is closed.
    ///
    /// # Errors
    /// What the file says: `no_workspace`, `not_a_workspace`, `newer_version`, `locked`, `damaged`.
    pub fn open(&self, path: &Path) -> Result<(), ApiError> {
        let engine = Engine::open(path, self.inner.via.name(), Environment::real())?;
        self.show(engine)
    }

    /// Closes the workspace: what was asked is done, the link has said goodbye.
    pub fn close(&self) {
        let host = self.inner.host.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(host) = host {
            host.close();
        }
    }

    /// Makes an engine the open workspace.
    fn show(&self, engine: Engine) -> Result<(), ApiError> {
        self.close();
        // A command that only reads never needs the document; the window will soon.
        let preload = self.inner.via == Via::Desktop;
        let host = Host::start(engine, self.inner.events.clone(), preload);
        if preload {
            self.remember(&host)?;
            let shared = Arc::clone(&host.shared);
            // The link waits for the document; the window does not wait for the link.
            std::thread::spawn(move || {
                if let Err(error) = shared.start_link() {
                    tracing::warn!(%error, "no link");
                }
            });
        }
        *self.inner.host.write().unwrap_or_else(PoisonError::into_inner) = Some(host);
        if let Ok(state) = self.state() {
            let _ = self.inner.events.send(Event::App(state));
        }
        Ok(())
    }

    fn host(&self) -> Result<Arc<Host>, ApiError> {
        let host = self.inner.host.read().unwrap_or_else(PoisonError::into_inner).clone();
        host.ok_or_else(|| ApiError::new("no_workspace", "no workspace is open"))
    }

    /// Answers a request. Blocks while it is worked on; any number of threads may ask.
    ///
    /// # Errors
    /// An [`ApiError`] in the user's words.
    pub fn rpc(&self, request: Request) -> Result<Json, ApiError> {
        match request {
            Request::App => json(self.state()?),
            Request::Start(asked) => {
                self.start(&asked)?;
                json(self.state()?)
            }
            Request::Join(asked) => {
                self.join(&asked)?;
                json(self.state()?)
            }
            Request::OpenSample => {
                self.open_sample()?;
                json(self.state()?)
            }
            Request::Open(asked) => {
                self.open(Path::new(&asked.path))?;
                json(self.state()?)
            }
            Request::Close => {
                self.close();
                json(self.state()?)
            }
            Request::RemoveSample => {
                self.remove_sample()?;
                json(self.state()?)
            }
            Request::SetPreferences(preferences) => {
                write_json(&self.inner.data_dir.join("preferences.json"), &preferences)?;
                *self.inner.preferences.lock().unwrap_or_else(PoisonError::into_inner) = preferences;
                json(self.state()?)
            }
            other => self.ask(other),
        }
    }

    /// Answers what is about the open workspace.
    fn ask(&self, request: Request) -> Result<Json, ApiError> {
        let host = self.host()?;
        let shared = &host.shared;
        match request {
            Request::Schema => json(schema_info(&shared.schema())),
            Request::Status => json(shared.status()?),
            Request::List(query) => shared.read(|c, s| json(queries::list(c, s, &query)?)),
            Request::Board(query) => shared.read(|c, s| json(queries::board(c, s, &query)?)),
            Request::Record(query) => shared.read(|c, s| json(queries::record(c, s, &query.id)?)),
            Request::FindId(query) => shared.read(|c, _| json(queries::find_id(c, &query)?)),
            Request::FindChange(query) => shared.read(|c, _| json(queries::find_change(c, &query)?)),
            Request::Related(query) => shared.read(|c, s| json(queries::related(c, s, &query)?)),
            Request::Timeline(query) => shared.read(|c, s| json(queries::timeline(c, s, &query)?)),
            Request::FieldHistory(query) => shared.read(|c, s| json(queries::field_history(c, s, &query)?)),
            Request::History(query) => shared.read(|c, s| json(queries::history(c, s, &query)?)),
            Request::Change(query) => shared.read(|c, s| json(queries::change(c, s, &query)?)),
            Request::Conflicts => shared.read(|c, s| json(queries::conflicts(c, s)?)),
            Request::Search(query) => shared.read(|c, s| json(queries::search(c, s, &query)?)),
            Request::Values(query) => shared.read(|c, s| json(queries::values(c, s, &query)?)),
            Request::Text(asked) => json(shared.engine(move |engine| commands::text(engine, &asked))?),
            Request::Create(asked) => json(shared.write(move |engine| commands::create(engine, &asked))?.1),
            Request::Set(asked) => done(shared.write(move |engine| Ok((commands::set(engine, &asked)?, ())))?.0),
            Request::Archive(asked) => {
                done(shared.write(move |engine| Ok((commands::archive(engine, &asked)?, ())))?.0)
            }
            Request::SwitchOn(asked) => {
                done(shared.write(move |engine| Ok((commands::switch_on(engine, &asked)?, ())))?.0)
            }
            Request::Settle(asked) => done(shared.write(move |engine| Ok((commands::settle(engine, &asked)?, ())))?.0),
            Request::Undo(asked) => json::<Undone>(shared.write(move |engine| commands::undo(engine, &asked))?.1),
            Request::Redo => json::<Undone>(shared.write(commands::redo)?.1),
            Request::EditText(asked) => json(shared.write(move |engine| commands::edit_text(engine, &asked))?.1),
            Request::DefineField(asked) => {
                shared.write(move |engine| Ok((commands::define_field(engine, &asked)?, ())))?;
                json(schema_info(&shared.schema()))
            }
            Request::RenameField(asked) => {
                shared.write(move |engine| Ok((commands::rename_field(engine, &asked)?, ())))?;
                json(schema_info(&shared.schema()))
            }
            Request::RetireField(asked) => {
                shared.write(move |engine| Ok((commands::retire_field(engine, &asked)?, ())))?;
                json(schema_info(&shared.schema()))
            }
            Request::RenameWorkspace(asked) => {
                shared.write(move |engine| Ok((commands::rename_workspace(engine, &asked)?, ())))?;
                if self.inner.via == Via::Desktop {
                    self.remember(&host)?;
                }
                let state = self.state()?;
                // Nobody may be listening.
                let _ = self.inner.events.send(Event::App(state.clone()));
                json(state)
            }
            Request::CheckMove(asked) => json(shared.engine(move |engine| commands::violations_of(engine, &asked))?),
            question @ (Request::Today(_)
            | Request::Gate(_)
            | Request::Route(_)
            | Request::Brief(_)
            | Request::Settlement(_)
            | Request::Marks(_)
            | Request::Forgotten(_)
            | Request::Warnings(_)
            | Request::Metrics(_)
            | Request::Feedback(_)
            | Request::Returned(_)
            | Request::Number(_)
            | Request::Backtest(_)
            | Request::Tried(_)) => {
                let now_ms = Environment::real().now_ms();
                shared.read(|connection, schema| {
                    journey::answer(&journey::Source { connection, schema, worlds: &shared.worlds, now_ms }, &question)
                })
            }
            command @ (Request::Answer(_)
            | Request::Offer(_)
            | Request::Accept(_)
            | Request::Return(_)
            | Request::Claim(_)
            | Request::Withdraw(_)
            | Request::Onboard(_)
            | Request::Log(_)
            | Request::Renew(_)) => Ok(shared.write(move |engine| commands::hand_over(engine, &command))?.1),
            Request::Export(asked) => {
                let exported = shared.read(|c, s| commands::export(c, s, &asked))?;
                json(commands::write_out(exported, asked.path.as_deref())?)
            }
            Request::Invite(asked) => json(self.invite(&host, &asked)?),
            Request::SetRelay(asked) => {
                shared.stop_link();
                let relay = asked.relay.as_deref().map(str::trim).filter(|relay| !relay.is_empty());
                let relay = relay.map(tandem_sync::invite::relay_address).transpose()?;
                shared.engine(move |engine| engine.set_setting("relay", relay.as_deref()))?;
                shared.start_link()?;
                json(shared.status()?)
            }
            Request::SyncNow => {
                shared.start_link()?;
                json(shared.status()?)
            }
            Request::Verify => json(shared.engine(|engine| engine.verify())?),
            Request::ImportPreview(asked) => shared.read(|c, s| json(commands::preview(c, s, &asked)?)),
            Request::ImportRun(asked) => {
                let cancelled = Arc::clone(&self.inner.import_cancelled);
                cancelled.store(false, Ordering::Release);
                let events = self.inner.events.clone();
                json(shared.write(move |engine| commands::run(engine, &asked, &events, &cancelled))?.1)
            }
            Request::ImportCancel => {
                self.inner.import_cancelled.store(true, Ordering::Release);
                done(Committed::default())
            }
            other => Err(ApiError::new("unknown_command", format!("{other:?} is not about a workspace"))),
        }
    }

    /// What the window needs before anything else.
    fn state(&self) -> Result<AppState, ApiError> {
        let workspace = match self.host() {
            Ok(host) => Some(host.info()?),
            Err(_) => None,
        };
        let mut recent: Vec<RecentWorkspace> = read_json(&self.inner.data_dir.join("recent.json")).unwrap_or_default();
        recent.retain(|recent| Path::new(&recent.path).exists());
        Ok(AppState {
            workspace,
            recent,
            preferences: self.inner.preferences.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    fn remember(&self, host: &Host) -> Result<(), ApiError> {
        let path = self.inner.data_dir.join("recent.json");
        let mut recent: Vec<RecentWorkspace> = read_json(&path).unwrap_or_default();
        let opened = RecentWorkspace { name: host.info()?.name, path: host.path().display().to_string() };
        recent.retain(|other| other.path != opened.path);
        recent.insert(0, opened);
        recent.truncate(RECENT);
        write_json(&path, &recent)
    }

    fn start(&self, asked: &StartWorkspace) -> Result<(), ApiError> {
        let name = required(&asked.name, "name", "the workspace needs a name")?;
        let relay = asked.relay.as_deref().map(str::trim).filter(|relay| !relay.is_empty());
        let relay = relay.map(tandem_sync::invite::relay_address).transpose()?;
        let mut environment = Environment::real();
        let member = member_values(&asked.member_name, &asked.member_email, &asked.team)?;
        let keys = KeyFile::found(environment.random(), environment.random(), environment.random());
        let path = self.path_for(asked.path.as_deref(), &name);
        let setup = WorkspaceSetup { name: name.clone(), relay, sample: false };
        let id = keys.workspace_id().to_string();
        let mut engine = Engine::create(&path, &setup, keys, self.inner.via.name(), environment)?;
        begin(&mut engine, &name, &id, member)?;
        self.show(engine)
    }

    fn join(&self, asked: &JoinWorkspace) -> Result<(), ApiError> {
        let invite = InviteLink::parse(&asked.link)?;
        let mut environment = Environment::real();
        invite.check_expiry(u64::try_from(environment.now_ms() / 1_000).unwrap_or(0))?;
        let member = member_values(&asked.member_name, &asked.member_email, &asked.team)?;
        let mut keys = KeyFile::found(environment.random(), environment.random(), environment.random());
        keys.founding = invite.founding();
        keys.workspace = invite.key().clone();
        keys.admission = Some(invite.admit(keys.device.id()));
        let setup = WorkspaceSetup {
            name: invite.workspace_name().to_owned(),
            relay: Some(invite.relay_url().to_owned()),
            sample: false,
        };
        let path = self.path_for(asked.path.as_deref(), &setup.name);
        let engine = Engine::create(&path, &setup, keys, self.inner.via.name(), environment)?;
        let host = Host::start(engine, self.inner.events.clone(), false);
        let joined =
            fetch_all(&host).and_then(|()| host.shared.write(move |engine| Ok((take_seat(engine, member)?, ()))));
        if let Err(error) = joined {
            host.close();
            remove_workspace(&path);
            return Err(error);
        }
        // What was just written goes out before the command line ends; the window's link does it by itself.
        let sent = sync_until_quiet(&host, Duration::from_secs(30));
        host.close();
        drop(host);
        if let Err(error) = sent {
            tracing::warn!(%error, "joined, but the relay has not got the new member yet");
        }
        self.open(&path)
    }

    fn open_sample(&self) -> Result<(), ApiError> {
        let path = self.inner.data_dir.join("sample.tandem");
        if path.exists() {
            let engine = Engine::open(&path, self.inner.via.name(), Environment::real())?;
            if engine.setting(SAMPLE_READY)?.is_some() {
                return self.show(engine);
            }
            // The process ended while it was being made. Nobody has written to it.
            drop(engine);
            remove_workspace(&path);
        }
        let mut engine = crate::sample::create(&path, self.inner.via.name(), Environment::real())?;
        engine.set_setting(SAMPLE_READY, Some("1"))?;
        self.show(engine)
    }

    fn remove_sample(&self) -> Result<(), ApiError> {
        let path = self.inner.data_dir.join("sample.tandem");
        if self.host().is_ok_and(|host| host.path() == path) {
            self.close();
        }
        remove_workspace(&path);
        Ok(())
    }

    /// Where a new workspace goes: where asked, or in the data folder under a name nothing has yet.
    fn path_for(&self, asked: Option<&str>, name: &str) -> PathBuf {
        if let Some(path) = asked.filter(|path| !path.trim().is_empty()) {
            return PathBuf::from(path);
        }
        let folded = tandem_context::fold(name);
        let stem = if folded.is_empty() { "workspace".to_owned() } else { folded.chars().take(40).collect() };
        (1..)
            .map(|n| if n == 1 { format!("{stem}.tandem") } else { format!("{stem}-{n}.tandem") })
            .map(|file| self.inner.data_dir.join(file))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.inner.data_dir.join("workspace.tandem"))
    }

    fn invite(&self, host: &Arc<Host>, asked: &InviteRequest) -> Result<Invite, ApiError> {
        let days = asked.days.unwrap_or(INVITE_DAYS).clamp(1, INVITE_DAYS_MAX);
        let (link, expires_ms) = host.shared.engine(move |engine| {
            let Some(relay) = engine.setting("relay")? else {
                return Err(ApiError::new(
                    "no_relay",
                    "name a relay first: that is where the others meet this workspace",
                ));
            };
            let name = engine.setting("name")?.unwrap_or_default();
            let now_s = u64::try_from(engine.environment.now_ms() / 1_000).unwrap_or(0);
            let expires_s = now_s + u64::from(days) * DAY_S;
            let seed = engine.environment.random();
            let Some(keys) = engine.keys() else {
                return Err(ApiError::new("no_keys", "this machine has no key for this workspace"));
            };
            let invite =
                InviteLink::create(&relay, keys.founding, &name, &keys.workspace, expires_s, &keys.device, seed)?;
            Ok((invite.to_link().to_string(), i64::try_from(expires_s).unwrap_or(i64::MAX / 1_000) * 1_000))
        })?;
        Ok(Invite { link, expires_at: instant(expires_ms) })
    }

    /// Connects, sends everything, fetches everything, then returns; used where nobody waits for more.
    ///
    /// # Errors
    /// `relay_unreachable`, what the relay refuses, `timeout`.
    pub fn sync_until_quiet(&self, timeout: Duration) -> Result<Status, ApiError> {
        let host = self.host()?;
        sync_until_quiet(&host, timeout)?;
        host.shared.status()
    }
}

/// The first change of a workspace: its name and its first member.
pub(crate) fn begin(engine: &mut Engine, name: &str, id: &str, member: Member) -> Result<(), ApiError> {
    let me = engine.environment.new_id();
    // The first change already says who made it.
    engine.become_member(&me)?;
    let edits = [
        Edit::Meta { key: "id".to_owned(), value: id.to_owned() },
        Edit::Meta { key: "name".to_owned(), value: name.to_owned() },
        Edit::Create { kind: "member".to_owned(), id: me, values: member },
    ];
    let note = engine.note("start", None);
    engine.act(&edits, note)?;
    Ok(())
}

type Member = std::collections::BTreeMap<String, Value>;

/// A member's values, checked.
pub(crate) fn member_values(name: &str, email: &str, team: &str) -> Result<Member, ApiError> {
    let schema = tandem_context::Schema::standard();
    let mut values = Member::from([("type".to_owned(), Value::text("person"))]);
    values.insert("name".to_owned(), Value::text(required(name, "member_name", "please say who you are")?));
    for (field, text) in [("email", email), ("team", team)] {
        let Some(field) = schema.field("member", field) else { continue };
        if let Some(value) = Value::from_json(field, &Json::from(text.trim()))? {
            values.insert(field.name.clone(), value);
        }
    }
    Ok(values)
}

/// In a workspace that was joined: the member with this address, or a new one.
fn take_seat(engine: &mut Engine, member: Member) -> Result<Committed, ApiError> {
    let known = match member.get("email") {
        Some(email) => tandem_store::find_by_field(engine.store.reader(), engine.schema(), "member", "email", email)?,
        None => Vec::new(),
    };
    if let Some(known) = known.into_iter().next() {
        engine.become_member(&known)?;
        return Ok(Committed::default());
    }
    let id = engine.environment.new_id();
    engine.become_member(&id)?;
    let note = engine.note("join", None);
    engine.act(&[Edit::Create { kind: "member".to_owned(), id, values: member }], note)
}

fn fetch_all(host: &Arc<Host>) -> Result<(), ApiError> {
    sync_until_quiet(host, JOIN_TIMEOUT)
}

/// Waits until everything is sent and fetched.
fn sync_until_quiet(host: &Arc<Host>, timeout: Duration) -> Result<(), ApiError> {
    let mut events = host.shared.events.subscribe();
    host.shared.start_link()?;
    let until = Instant::now() + timeout;
    loop {
        let state = host.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((code, reason)) = state.failure() {
            return Err(ApiError::new(code, reason));
        }
        let status = host.shared.status()?;
        if status.sync == "local" {
            return Err(ApiError::new("no_relay", "this workspace has no relay; name one to sync"));
        }
        if state.is_live() && status.waiting == 0 {
            return Ok(());
        }
        if Instant::now() >= until {
            return Err(ApiError::new(
                "timeout",
                "the relay did not answer in time; what is written here is safe and will be sent later",
            ));
        }
        wait_for_event(&mut events);
    }
}

/// Waits until something happened, or a moment has passed.
fn wait_for_event(events: &mut broadcast::Receiver<Event>) {
    let moment = Instant::now() + Duration::from_millis(100);
    while Instant::now() < moment {
        if events.try_recv().is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Removes a workspace's files.
fn remove_workspace(path: &Path) {
    for end in ["", "-wal", "-shm", ".key"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        // What is not there need not be removed.
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

fn required(text: &str, field: &str, words: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        let mut error = ApiError::new("missing_field", words);
        error.field = Some(field.to_owned());
        return Err(error);
    }
    Ok(text.to_owned())
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// Writes a file whole or not at all.
fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), ApiError> {
    let failed =
        |error: std::io::Error| ApiError::new("storage", format!("{} cannot be written: {error}", path.display()));
    let unfinished = path.with_extension("new");
    std::fs::write(&unfinished, serde_json::to_string_pretty(value).unwrap_or_default()).map_err(failed)?;
    std::fs::rename(&unfinished, path).map_err(failed)
}
