//! A simulated device: a real engine on a real file, a real session, and what carries out the session's wishes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use tandem_store::{Readers, StoreError};
use tandem_sync::session::Status;
use tandem_sync::wire::ClientMessage;
use tandem_sync::{DeviceId, Effect, Event, Payload, Position, RecordHash, SealedRecord, Session};
use tandem_workspace::{Engine, KeyFile, WorkspaceSetup};

use crate::machine::Machine;

/// What a process has to do next.
#[derive(Debug)]
pub(crate) enum Task {
    /// Tell the session.
    Tell(Event),
    /// Seal what was written, and tell the session.
    Seal,
    /// Tell the others what this device holds.
    SayPresence,
}

/// What leaves the device when a task was done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outward {
    Connect,
    Disconnect,
    Send(Vec<u8>),
}

/// A running program.
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) engine: Engine,
    pub(crate) session: Session,
    pub(crate) tasks: VecDeque<Task>,
    keys: KeyFile,
}

/// A device. Its file outlives its process.
#[derive(Debug)]
pub struct Device {
    /// Where its file is.
    pub path: PathBuf,
    pub(crate) machine: Machine,
    pub(crate) process: Option<Process>,
    readers: Readers,
    /// It can reach the relay.
    pub(crate) reachable: bool,
    /// It dies after so many more effects.
    pub(crate) dies_after: Option<u8>,
    /// What others said last of the document they hold: device → fingerprint.
    pub(crate) heard: BTreeMap<DeviceId, String>,
    /// Sealed changes that the relay acknowledged, in any life of this process: highest number.
    pub(crate) acked: u64,
    /// How often this device learnt that the relay had lost records.
    pub(crate) losses: u32,
    /// How often it has begun anew, with another key.
    pub renewals: u32,
    /// Changes that were made again since somebody last asked: hashes before and after.
    pub(crate) remade: Vec<(String, String)>,
    /// States of its files at earlier times.
    backups: Vec<Backup>,
}

/// A copy of a device's files.
#[derive(Debug)]
struct Backup {
    file: Vec<u8>,
    wal: Option<Vec<u8>>,
    key: Vec<u8>,
}

/// Copies that are kept of one device.
const BACKUPS_MAX: usize = 4;

impl Device {
    pub(crate) fn create(path: &Path, machine: Machine, keys: KeyFile) -> Self {
        let setup =
            WorkspaceSetup { name: "World".to_owned(), relay: Some("wss://relay.example".to_owned()), sample: false };
        let engine = Engine::create(path, &setup, keys, "test", machine.environment()).expect("a new file can be made");
        let mut device = Self {
            path: path.to_owned(),
            machine,
            process: None,
            readers: Readers::new(path),
            reachable: true,
            dies_after: None,
            heard: BTreeMap::new(),
            acked: 0,
            losses: 0,
            renewals: 0,
            remade: Vec::new(),
            backups: Vec::new(),
        };
        device.run(engine);
        device
    }

    /// The process ends, if it runs, and starts on what the file holds.
    pub(crate) fn restart(&mut self) {
        self.process = None;
        self.dies_after = None;
        let engine =
            Engine::open(&self.path, "test", self.machine.environment()).expect("a device's own file can be opened");
        self.run(engine);
    }

    fn beside(&self, end: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    }

    /// Copies the files as they are at this moment.
    pub(crate) fn back_up(&mut self) {
        let backup = Backup {
            file: std::fs::read(&self.path).expect("the file can be read"),
            wal: std::fs::read(self.beside("-wal")).ok(),
            key: std::fs::read(self.beside(".key")).expect("the key can be read"),
        };
        self.backups.push(backup);
        if self.backups.len() > BACKUPS_MAX {
            self.backups.remove(1);
        }
    }

    /// The process ends, the files become in place what they were at an earlier time, and the process starts again. Whether
    /// there was a copy.
    pub(crate) fn restore(&mut self, which: u8, key_too: bool) -> bool {
        let Some(backup) = self.backups.get(usize::from(which) % self.backups.len().max(1)) else { return false };
        self.process = None;
        // Whoever reads has the old state open.
        self.readers = Readers::new(&self.path);
        std::fs::write(&self.path, &backup.file).expect("the file can be written");
        let _ = std::fs::remove_file(self.beside("-shm"));
        match &backup.wal {
            Some(wal) => std::fs::write(self.beside("-wal"), wal).expect("the log can be written"),
            None => _ = std::fs::remove_file(self.beside("-wal")),
        }
        if key_too {
            std::fs::write(self.beside(".key"), &backup.key).expect("the key can be written");
        }
        self.restart();
        true
    }

    fn run(&mut self, engine: Engine) {
        let keys = engine.keys().expect("a device has its keys").clone();
        let session = Session::new(keys.session(engine.chains().expect("chains can be read")));
        self.process = Some(Process { engine, session, tasks: VecDeque::from([Task::Tell(Event::Start)]), keys });
    }

    /// The engine. The process is started if it does not run.
    pub fn engine(&mut self) -> &mut Engine {
        if self.process.is_none() {
            self.restart();
        }
        &mut self.process.as_mut().expect("it was just started").engine
    }

    /// The key it goes by; `None` while its process does not run.
    pub fn id(&self) -> Option<DeviceId> {
        self.process.as_ref().map(|process| process.keys.device.id())
    }

    /// Asks the read model.
    pub fn read<T>(&self, ask: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError>) -> T {
        self.readers.read(ask).expect("the read model can be read")
    }

    pub(crate) fn status(&self) -> Status {
        self.process.as_ref().map_or(Status::Stopped, |process| process.session.status().clone())
    }

    pub(crate) fn tell(&mut self, event: Event) {
        if let Some(process) = &mut self.process {
            process.tasks.push_back(Task::Tell(event));
        }
    }

    /// Something was written here.
    pub(crate) fn wrote(&mut self) {
        if let Some(process) = &mut self.process {
            process.tasks.push_back(Task::Seal);
            process.tasks.push_back(Task::SayPresence);
        }
    }

    /// Does one task, carries out what follows from it and says what goes out.
    pub(crate) fn work(&mut self, now_ms: u64) -> Vec<Outward> {
        let random = u64::from_le_bytes(self.machine.random());
        let Some(process) = &mut self.process else { return Vec::new() };
        let Some(task) = process.tasks.pop_front() else { return Vec::new() };
        let event = match task {
            Task::Tell(event) => event,
            Task::Seal => {
                process.engine.seal().expect("what was written can be sealed");
                Event::LocalRecords
            }
            Task::SayPresence => Event::Presence(process.presence(self.machine.random())),
        };
        let mut out = Vec::new();
        for effect in process.session.handle(now_ms, random, event) {
            if let Some(left) = &mut self.dies_after {
                if *left == 0 {
                    // The process is gone: connections with it, the file stays as it is.
                    self.process = None;
                    self.dies_after = None;
                    return vec![Outward::Disconnect];
                }
                *left -= 1;
            }
            self.carry_out(effect, &mut out);
        }
        out
    }

    fn carry_out(&mut self, effect: Effect, out: &mut Vec<Outward>) {
        let Some(process) = &mut self.process else { return };
        let engine = &mut process.engine;
        let failed = |error: &dyn std::fmt::Display| Event::DiskFailed { reason: error.to_string() };
        let mut answer = None;
        match effect {
            Effect::Connect => out.push(Outward::Connect),
            Effect::Disconnect => out.push(Outward::Disconnect),
            Effect::Send(bytes) => out.push(Outward::Send(bytes)),
            Effect::LoadStanding { own_seq } => {
                answer = Some(engine.standing(own_seq).map_or_else(|error| failed(&error), Event::Standing));
            }
            Effect::LoadOutbox { after_seq, max_bytes, max_records } => {
                let records = engine.outbox(after_seq, max_bytes, max_records);
                answer = Some(records.map_or_else(|error| failed(&error), |records| Event::Outbox { records }));
            }
            Effect::LoadHeld { device, after_seq, max_bytes, max_records } => {
                let records = engine.held(device, after_seq, max_bytes, max_records);
                answer = Some(records.map_or_else(|error| failed(&error), |records| Event::Held { records }));
            }
            Effect::Store { records, cursor, caught_up, chains } => {
                let records: Vec<SealedRecord> = records.into_iter().map(|received| received.record).collect();
                match engine.receive(&records, cursor, caught_up, &chains) {
                    Ok(received) => {
                        assert_eq!(received.refused, Vec::<String>::new(), "every record can be used");
                        self.remade.extend(received.remade);
                        if received.may_send {
                            process.tasks.push_back(Task::Seal);
                        }
                    }
                    Err(error) => answer = Some(failed(&error)),
                }
                process.tasks.push_back(Task::SayPresence);
            }
            Effect::MarkAcked(acks) => {
                engine.acknowledge(&acks).expect("acknowledgements can be kept");
                self.acked = acks.iter().map(|ack| ack.device_seq).fold(self.acked, u64::max);
            }
            Effect::Presence(record) => self.hear(&record),
            Effect::Admitted => engine.admitted().expect("the keys can be written"),
            Effect::Proven(proof) => engine.proven(proof).expect("the keys can be written"),
            Effect::NewDeviceNeeded(reason) => {
                engine.take_new_device(reason).expect("the keys can be written");
                self.renewals += 1;
                out.push(Outward::Disconnect);
                let process = self.process.take().expect("it is running");
                self.run(process.engine);
            }
            Effect::RelayLostRecords { .. } => {
                engine.forget_acknowledgements().expect("a setting can be written");
                self.losses += 1;
            }
            Effect::Status(Status::Live { .. }) => process.tasks.push_back(Task::SayPresence),
            // Gaps are what a network that lets messages overtake each other looks like; the records are kept.
            Effect::Status(_) | Effect::Warning(tandem_sync::session::Warning::Chain(_)) => {}
            wrong @ (Effect::Warning(_) | Effect::GiveUp(_)) => {
                unreachable!("among honest devices and relays nothing calls for {wrong:?}")
            }
        }
        if let (Some(answer), Some(process)) = (answer, &mut self.process) {
            process.tasks.push_back(Task::Tell(answer));
        }
    }

    fn hear(&mut self, record: &SealedRecord) {
        let Some(process) = &mut self.process else { return };
        if let Ok(Payload::Presence(said)) = record.open(&process.keys.workspace) {
            let said = String::from_utf8(said).expect("presence is text here");
            if self.heard.insert(record.header().device, said).is_none() {
                // Somebody came: they have not heard us.
                process.tasks.push_back(Task::SayPresence);
            }
        }
    }

    /// What is in this device's log, whether it could be applied or not: hashes, hex.
    pub(crate) fn changes_in_log(&self) -> BTreeSet<String> {
        let rows = self.read(|connection| tandem_store::Store::changes_after(connection, 0, u32::MAX));
        rows.into_iter().map(|row| tandem_sync::hex::hex(&row.hash)).collect()
    }

    /// What is in this device's log, applied: hashes, hex.
    pub fn changes(&self) -> BTreeSet<String> {
        let rows = self.read(|connection| tandem_store::changes(connection, None, 0, u32::MAX));
        rows.into_iter().map(|row| row.hash).collect()
    }
}

impl Process {
    fn presence(&self, nonce: [u8; 24]) -> SealedRecord {
        let position =
            Position { workspace: self.keys.workspace_id(), document: 0, device_seq: 0, previous: RecordHash::NONE };
        let said = self.engine.fingerprint().expect("the fingerprint can be read");
        SealedRecord::seal(
            &position,
            &Payload::Presence(said.into_bytes()),
            &self.keys.workspace,
            &self.keys.device,
            nonce,
        )
        .expect("a fingerprint is small")
    }
}

/// Whether a message of a device is one that may be repeated or come in another order. A greeting is said once; and what a
/// member vouches for it says before it reads on, which is what tells it that it need not vouch again.
pub(crate) fn is_free(bytes: &[u8]) -> bool {
    !matches!(ClientMessage::decode(bytes), Ok(ClientMessage::Hello(_) | ClientMessage::Vouch { .. }))
}
