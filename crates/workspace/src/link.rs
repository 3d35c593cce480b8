//! The link to the relay: carries out what the session asks for, on a thread of its own.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use tandem_sync::session::{NewDeviceReason, Status as Standing};
use tandem_sync::wire::MAX_MESSAGE_BYTES;
use tandem_sync::{
    ChainHead, Effect, Event as Happened, Payload, Position, RecordHash, SealedRecord, Session, WorkspaceKey,
};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::api::{ApiError, Event, Fetched};
use crate::environment::system_random;
use crate::host::Shared;
use crate::keys::KeyFile;
use crate::tls;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opening a connection may take this long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Sending a message may take this long before the connection counts as lost.
const SEND_TIMEOUT: Duration = Duration::from_secs(30);
/// How often this device says that it is here.
const PRESENCE_EVERY: Duration = Duration::from_secs(20);
/// Presence after a change waits this long, so that many changes make one.
const PRESENCE_AFTER: Duration = Duration::from_millis(250);
/// A device that was not heard of for this long is not here.
const PEER_GONE_MS: i64 = 60_000;
/// While a workspace is fetched, how far that is is said no more often than this.
const FETCHED_EVERY: Duration = Duration::from_millis(200);
/// Devices that are remembered.
const PEERS_MAX: usize = 500;
/// New device keys that are taken while the link runs; a relay that asks for more has gone wrong.
const NEW_KEYS_MAX: u32 = 3;
/// Wishes that may wait for the link.
const QUEUE: usize = 64;

/// What the person is shown of the link.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkState {
    standing: Option<Standing>,
    /// How far the relay's log was read when that was last said, and when.
    fetched: Option<(Fetched, Instant)>,
    /// In words, when something needs saying.
    pub(crate) detail: Option<String>,
    /// Device id (hex) → what it said last.
    pub(crate) peers: BTreeMap<String, PeerState>,
}

/// What another device said of itself.
#[derive(Debug, Clone)]
pub(crate) struct PeerState {
    pub(crate) device: String,
    pub(crate) member: String,
    pub(crate) name: String,
    pub(crate) fingerprint: String,
    pub(crate) online: bool,
    pub(crate) seen_ms: i64,
}

impl LinkState {
    /// One word for the person: `local`, `offline`, `connecting`, `syncing`, `synced`, `refused`.
    pub(crate) fn word(&self, has_relay: bool, waiting: u32) -> &'static str {
        match &self.standing {
            _ if !has_relay => "local",
            None | Some(Standing::Stopped | Standing::Waiting { .. }) => "offline",
            Some(Standing::Connecting) => "connecting",
            Some(Standing::CatchingUp { .. }) => "syncing",
            Some(Standing::Live { push_blocked: None }) if waiting == 0 => "synced",
            Some(Standing::Live { .. }) => "syncing",
            Some(Standing::GaveUp(_)) => "refused",
        }
    }

    /// Takes over where the conversation stands; whether there is anything to say that was not said just now.
    fn stands(&mut self, standing: Standing, now: Instant) -> bool {
        self.detail = match &standing {
            Standing::Waiting { reason, .. } => Some(reason.clone()),
            Standing::Live { push_blocked } => push_blocked.clone(),
            Standing::Connecting | Standing::CatchingUp { .. } => None,
            Standing::Stopped | Standing::GaveUp(_) => self.detail.take(),
        };
        let just_said = |said: Instant| now.saturating_duration_since(said) < FETCHED_EVERY;
        let fetched = match &standing {
            Standing::CatchingUp { .. } if self.fetched.as_ref().is_some_and(|(_, said)| just_said(*said)) => {
                self.standing = Some(standing);
                return false;
            }
            Standing::CatchingUp { at, head } => {
                let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
                Some((Fetched { at: count(*at), of: count(*head) }, now))
            }
            _ => None,
        };
        (self.fetched, self.standing) = (fetched, Some(standing));
        true
    }

    /// How far the relay's log was read, while there is more to read.
    pub(crate) fn fetched(&self) -> Option<Fetched> {
        self.fetched.as_ref().map(|(fetched, _)| fetched.clone())
    }

    /// Nothing is left to fetch.
    pub(crate) fn is_live(&self) -> bool {
        matches!(self.standing, Some(Standing::Live { .. }))
    }

    /// Why it is of no use to wait, in words.
    pub(crate) fn failure(&self) -> Option<(&'static str, String)> {
        match &self.standing {
            Some(Standing::GaveUp(code)) => {
                Some((code.as_str(), self.detail.clone().unwrap_or_else(|| "the relay refused this device".to_owned())))
            }
            Some(Standing::Waiting { reason, .. }) => Some(("relay_unreachable", reason.clone())),
            Some(Standing::Stopped) => Some(("refused", self.detail.clone()?)),
            _ => None,
        }
    }
}

/// What a device says of itself, sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Presence {
    device: String,
    member: String,
    name: String,
    fingerprint: String,
}

enum Wish {
    LocalRecords,
    TryNow,
    Stop,
}

/// A running link.
pub(crate) struct Link {
    wishes: mpsc::Sender<Wish>,
    thread: Option<JoinHandle<()>>,
}

impl Link {
    /// Starts a link; `None` where no relay is named.
    pub(crate) fn start(shared: &Arc<Shared>) -> Result<Option<Self>, ApiError> {
        let asked = shared.engine(|engine| Ok((engine.setting("relay")?, engine.keys().cloned(), engine.chains()?)))?;
        let (Some(relay), keys, chains) = asked else { return Ok(None) };
        let Some(keys) = keys else {
            return Err(ApiError::new(
                "no_keys",
                "this machine has no key for this workspace; join it with an invite to sync",
            ));
        };
        let session = Session::new(keys.session(chains));
        let (wishes, wished) = mpsc::channel(QUEUE);
        let driver = Driver {
            shared: Arc::clone(shared),
            relay,
            keys,
            session,
            socket: None,
            pending: VecDeque::from([Happened::Start]),
            started: Instant::now(),
            presence_due: None,
            new_keys: 0,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
            ApiError::new("storage", format!("the link to the relay could not be started: {error}"))
        })?;
        let thread = std::thread::Builder::new()
            .name("link".to_owned())
            .spawn(move || runtime.block_on(driver.run(wished)))
            .map_err(|error| {
                ApiError::new("storage", format!("the link to the relay could not be started: {error}"))
            })?;
        Ok(Some(Self { wishes, thread: Some(thread) }))
    }

    /// Something was written that may have to be sent.
    pub(crate) fn local_records(&self) {
        // A full queue means that the link is about to look anyway.
        let _ = self.wishes.try_send(Wish::LocalRecords);
    }

    /// Do not wait for the next attempt.
    pub(crate) fn try_now(&self) {
        let _ = self.wishes.try_send(Wish::TryNow);
    }

    /// Says goodbye and ends.
    pub(crate) fn stop(mut self) {
        let _ = self.wishes.blocking_send(Wish::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Driver {
    shared: Arc<Shared>,
    relay: String,
    keys: KeyFile,
    session: Session,
    socket: Option<Socket>,
    pending: VecDeque<Happened>,
    started: Instant,
    /// When to say what we hold.
    presence_due: Option<Instant>,
    /// How often this device has taken a new key since the link was started.
    new_keys: u32,
}

impl Driver {
    async fn run(mut self, mut wished: mpsc::Receiver<Wish>) {
        loop {
            while let Some(happened) = self.pending.pop_front() {
                let effects = self.session.handle(self.now_ms(), random(), happened);
                for effect in effects {
                    self.carry_out(effect).await;
                }
            }
            let wake = self.session.next_wake_ms().map(|ms| self.started + Duration::from_millis(ms));
            let presence = self.presence_due;
            tokio::select! {
                message = next(&mut self.socket) => self.pending.push_back(message),
                wish = wished.recv() => match wish {
                    Some(Wish::LocalRecords) => self.local_records(),
                    Some(Wish::TryNow) => self.pending.push_back(Happened::Start),
                    Some(Wish::Stop) | None => return self.stop().await,
                },
                () = until(wake) => self.pending.push_back(Happened::Tick),
                () = until(presence) => self.say_presence(),
            }
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    async fn stop(&mut self) {
        // Who came only to sync still says what it now holds.
        if matches!(self.session.status(), Standing::Live { .. }) {
            self.pending.clear();
            self.say_presence();
            if let Some(said) = self.pending.pop_front() {
                for effect in self.session.handle(self.now_ms(), random(), said) {
                    self.carry_out(effect).await;
                }
            }
        }
        for effect in self.session.handle(self.now_ms(), random(), Happened::Stop) {
            self.carry_out(effect).await;
        }
    }

    fn local_records(&mut self) {
        match self.shared.engine(|engine| engine.seal().map(|()| engine.keys().map(|keys| keys.device.id()))) {
            Ok(device) if device == Some(self.keys.device.id()) => self.pending.push_back(Happened::LocalRecords),
            // Another process has taken a new key for this device.
            Ok(_) => return self.begin_anew(),
            Err(error) => self.pending.push_back(Happened::DiskFailed { reason: error.message }),
        }
        self.presence_soon();
    }

    /// Starts another conversation with the keys that the device has now.
    fn begin_anew(&mut self) {
        self.pending.clear();
        self.socket = None;
        let asked = self.shared.engine(|engine| Ok((engine.keys().cloned(), engine.chains()?)));
        if let Ok((Some(keys), chains)) = asked {
            self.session = Session::new(keys.session(chains));
            self.keys = keys;
            self.pending.push_back(Happened::Start);
        }
    }

    /// This file is an older copy of itself, or one of two: the device takes a new key and goes on.
    fn take_new_device(&mut self, reason: NewDeviceReason) {
        tracing::warn!(?reason, "this device's numbers are used twice");
        self.new_keys += 1;
        if self.new_keys > NEW_KEYS_MAX {
            return self.say(
                "the relay says again and again that this data file is an older copy of itself. Nothing written here is lost; it is tried again when Tandem is started anew",
            );
        }
        let shared = Arc::clone(&self.shared);
        let taken = self.shared.engine(move |engine| {
            engine.take_new_device(reason)?;
            shared.after_write(engine);
            Ok(())
        });
        match taken {
            Ok(()) => self.begin_anew(),
            Err(error) => self.say(&format!(
                "this data file is an older copy of itself and needs a new key, which cannot be kept: {}",
                error.message
            )),
        }
    }

    async fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Connect => self.connect().await,
            Effect::Disconnect => {
                if let Some(mut socket) = self.socket.take() {
                    let _ = tokio::time::timeout(Duration::from_secs(1), socket.close(None)).await;
                }
                self.forget_who_is_here();
            }
            Effect::Send(bytes) => self.send(bytes).await,
            Effect::LoadStanding { own_seq } => {
                let standing = self.shared.engine(move |engine| {
                    let standing = engine.standing(own_seq)?;
                    Ok((standing, engine.keys().map(|keys| keys.device.id())))
                });
                match standing {
                    Ok((_, device)) if device != Some(self.keys.device.id()) => self.begin_anew(),
                    standing => self.answer(standing.map(|(standing, _)| Happened::Standing(standing))),
                }
            }
            Effect::LoadHeld { device, after_seq, max_bytes, max_records } => {
                let records = self.shared.engine(move |engine| engine.held(device, after_seq, max_bytes, max_records));
                self.answer(records.map(|records| Happened::Held { records }));
            }
            Effect::LoadOutbox { after_seq, max_bytes, max_records } => {
                let records = self.shared.engine(move |engine| engine.outbox(after_seq, max_bytes, max_records));
                self.answer(records.map(|records| Happened::Outbox { records }));
            }
            Effect::Store { records, cursor, caught_up, chains } => self.store(records, cursor, caught_up, chains),
            Effect::MarkAcked(acks) => {
                let acked = self.shared.engine(move |engine| engine.acknowledge(&acks));
                self.unless_failed(acked);
                self.shared.tell_status();
            }
            Effect::Presence(record) => self.heard(&record),
            Effect::Admitted => {
                let admitted = self.shared.engine(|engine| engine.admitted());
                self.unless_failed(admitted);
            }
            Effect::Proven(proof) => {
                let proven = self.shared.engine(|engine| engine.proven(proof));
                self.unless_failed(proven);
            }
            Effect::RelayLostRecords { .. } => {
                let forgotten = self.shared.engine(|engine| engine.forget_acknowledgements());
                self.unless_failed(forgotten);
                self.say("the relay lost part of its data; what is on this device is being sent again");
            }
            Effect::Warning(warning) => tracing::warn!(?warning, "sync"),
            Effect::NewDeviceNeeded(reason) => self.take_new_device(reason),
            Effect::GiveUp(gave_up) => self.say(&gave_up.reason),
            Effect::Status(standing) => self.stands(standing),
        }
    }

    fn say(&self, words: &str) {
        self.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner).detail = Some(words.to_owned());
        self.shared.tell_status();
    }

    fn stands(&mut self, standing: Standing) {
        let live = matches!(standing, Standing::Live { .. });
        let says_more = {
            let mut state = self.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner);
            state.stands(standing, Instant::now())
        };
        let _ = self.shared.engine(move |engine| {
            engine.seal_at_once(live);
            Ok(())
        });
        if live {
            self.presence_soon();
        }
        if says_more {
            self.shared.tell_status();
        }
    }

    fn answer(&mut self, answer: Result<Happened, ApiError>) {
        self.pending.push_back(answer.unwrap_or_else(|error| Happened::DiskFailed { reason: error.message }));
    }

    fn unless_failed(&mut self, done: Result<(), ApiError>) {
        if let Err(error) = done {
            self.pending.push_back(Happened::DiskFailed { reason: error.message });
        }
    }

    async fn connect(&mut self) {
        let mut config = WebSocketConfig::default();
        config.max_message_size = Some(MAX_MESSAGE_BYTES);
        config.max_frame_size = Some(MAX_MESSAGE_BYTES);
        let secure = self.relay.starts_with("wss:").then(|| tls::connector(tls::extra_roots().as_deref())).transpose();
        let connector = match secure {
            Ok(connector) => connector,
            Err(reason) => return self.pending.push_back(Happened::Disconnected { reason }),
        };
        let connecting = tokio_tungstenite::connect_async_tls_with_config(&self.relay, Some(config), true, connector);
        self.pending.push_back(match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
            Ok(Ok((socket, _))) => {
                self.socket = Some(socket);
                Happened::Connected
            }
            Ok(Err(error)) => {
                Happened::Disconnected { reason: format!("the relay at {} cannot be reached: {error}", self.relay) }
            }
            Err(_) => Happened::Disconnected { reason: format!("the relay at {} does not answer", self.relay) },
        });
    }

    async fn send(&mut self, bytes: Vec<u8>) {
        let Some(socket) = &mut self.socket else { return };
        let sent = tokio::time::timeout(SEND_TIMEOUT, socket.send(Message::Binary(bytes.into()))).await;
        if !matches!(sent, Ok(Ok(()))) {
            self.socket = None;
            self.pending.push_back(Happened::Disconnected { reason: "the connection to the relay broke".to_owned() });
        }
    }

    fn store(
        &mut self,
        records: Vec<tandem_sync::session::ReceivedRecord>,
        cursor: tandem_sync::session::Cursor,
        caught_up: bool,
        chains: Vec<ChainHead>,
    ) {
        let shared = Arc::clone(&self.shared);
        let brought = !records.is_empty();
        let stored = self.shared.engine(move |engine| {
            let records: Vec<SealedRecord> = records.into_iter().map(|received| received.record).collect();
            let received = engine.receive(&records, cursor, caught_up, &chains)?;
            if records.is_empty() {
                return Ok(received.may_send);
            }
            for refused in &received.refused {
                tracing::warn!(%refused, "a record was not taken");
            }
            if let Some(changed) = received.changed {
                shared.tell(Event::Changed(changed));
            }
            shared.after_write(engine);
            Ok(received.may_send)
        });
        match stored {
            Ok(may_send) if may_send => self.local_records(),
            stored => self.unless_failed(stored.map(|_| ())),
        }
        if brought {
            self.presence_soon();
        }
    }

    fn presence_soon(&mut self) {
        let soon = Instant::now() + PRESENCE_AFTER;
        self.presence_due = Some(self.presence_due.map_or(soon, |due| due.min(soon)));
    }

    /// Tells the others what we hold. Repeated now and then, so that they know we are here.
    fn say_presence(&mut self) {
        self.presence_due = Some(Instant::now() + PRESENCE_EVERY);
        self.expire_peers();
        let said = self.shared.engine(|engine| {
            Ok(Presence {
                device: engine.note("", None).device,
                member: engine.me().to_owned(),
                name: String::new(),
                fingerprint: engine.fingerprint()?,
            })
        });
        let Ok(mut presence) = said else { return };
        let member = presence.member.clone();
        if let Ok(titles) = self.shared.read(|connection, _| Ok(tandem_store::titles(connection, [member.as_str()])?)) {
            presence.name = titles.get(&member).map(|(title, _)| title.clone()).unwrap_or_default();
        }
        let Ok(payload) = serde_json::to_vec(&presence) else { return };
        if let Ok(record) = self.seal_presence(payload) {
            self.pending.push_back(Happened::Presence(record));
        }
    }

    fn seal_presence(&self, payload: Vec<u8>) -> tandem_sync::Result<SealedRecord> {
        let position =
            Position { workspace: self.keys.workspace_id(), document: 0, device_seq: 0, previous: RecordHash::NONE };
        let payload = Payload::Presence(payload);
        SealedRecord::seal(&position, &payload, &self.keys.workspace, &self.keys.device, system_random())
    }

    fn heard(&mut self, record: &SealedRecord) {
        let Some(presence) = open_presence(record, &self.keys.workspace) else { return };
        let id = record.header().device.to_hex();
        let now_ms = chrono::Utc::now().timestamp_millis();
        let mut state = self.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner);
        let new = !state.peers.get(&id).is_some_and(|peer| peer.online);
        if state.peers.len() >= PEERS_MAX && !state.peers.contains_key(&id) {
            return;
        }
        state.peers.insert(
            id,
            PeerState {
                device: presence.device,
                member: presence.member,
                name: presence.name,
                fingerprint: presence.fingerprint,
                online: true,
                seen_ms: now_ms,
            },
        );
        drop(state);
        if new {
            // Somebody came: they have not heard us.
            self.presence_soon();
        }
        self.shared.tell_status();
    }

    fn expire_peers(&self) {
        let now_ms = chrono::Utc::now().timestamp_millis();
        let mut state = self.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner);
        for peer in state.peers.values_mut() {
            peer.online = peer.online && now_ms - peer.seen_ms < PEER_GONE_MS;
        }
    }

    fn forget_who_is_here(&self) {
        let mut state = self.shared.link_state.lock().unwrap_or_else(PoisonError::into_inner);
        for peer in state.peers.values_mut() {
            peer.online = false;
        }
    }
}

fn open_presence(record: &SealedRecord, key: &WorkspaceKey) -> Option<Presence> {
    match record.open(key) {
        Ok(Payload::Presence(bytes)) => serde_json::from_slice(&bytes).ok(),
        _ => None,
    }
}

fn random() -> u64 {
    u64::from_le_bytes(system_random())
}

/// The next thing the socket says; never, while there is none.
async fn next(socket: &mut Option<Socket>) -> Happened {
    let Some(open) = socket else { return std::future::pending().await };
    loop {
        match open.next().await {
            Some(Ok(Message::Binary(bytes))) => return Happened::Received(bytes.into()),
            Some(Ok(Message::Close(_))) | None => {
                *socket = None;
                return Happened::Disconnected { reason: "the relay closed the connection".to_owned() };
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                *socket = None;
                return Happened::Disconnected { reason: format!("the connection to the relay broke: {error}") };
            }
        }
    }
}

async fn until(when: Option<Instant>) {
    match when {
        Some(when) => tokio::time::sleep_until(when.into()).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_workspace_is_fetched_is_said_a_few_times_a_second() {
        let (mut state, start) = (LinkState::default(), Instant::now());
        let at = |at: u64| Standing::CatchingUp { at, head: 100 };
        let said = |state: &LinkState| state.fetched().map(|fetched| (fetched.at, fetched.of));
        assert!(state.stands(at(0), start));
        assert!(!state.stands(at(10), start + FETCHED_EVERY / 2), "too soon");
        assert_eq!(said(&state), Some((0, 100)));
        assert!(state.stands(at(60), start + FETCHED_EVERY));
        assert_eq!(said(&state), Some((60, 100)));
        assert!(state.stands(Standing::Live { push_blocked: None }, start + FETCHED_EVERY), "the end is said at once");
        assert_eq!(said(&state), None);
    }
}
