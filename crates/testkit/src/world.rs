//! A world: devices, a relay and what lies between them. Nothing happens by itself and no real time passes; every choice
//! follows from one seed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tandem_sync::session::Status;
use tandem_sync::wire::{ClientMessage, ServerMessage};
use tandem_sync::{Event, Invite};
use tandem_workspace::KeyFile;
use tempfile::TempDir;

use crate::action::Action;
use crate::device::{Device, Outward, Task, is_free};
use crate::ledger::Ledger;
use crate::machine::{Clock, Machine};
use crate::relay::Relay;

/// A world that has not come to rest after so many steps never will.
const STEPS_MAX: u64 = 1_000_000;
/// How long a world may take to come to rest, once everybody is connected.
const REST_MAX_MS: u64 = 30 * 60_000;
/// How far a message can overtake others.
const OVERTAKEN_MAX: usize = 6;

/// What is under way on a connection.
#[derive(Debug, Default)]
struct Line {
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
}

/// How messages travel.
#[derive(Clone, Copy, Debug, Default)]
struct Weather {
    repeat: u8,
    overtake: u8,
}

/// Devices of one workspace, their relay and the network.
#[derive(Debug)]
pub struct World {
    /// The devices; the first one founded the workspace.
    pub devices: Vec<Device>,
    /// The relay.
    pub relay: Relay,
    pub(crate) ledger: Ledger,
    clock: Clock,
    random: StdRng,
    lines: BTreeMap<usize, Line>,
    weather: Weather,
    steps: u64,
    /// How many have joined since the beginning.
    joined: usize,
    _folder: TempDir,
}

/// What a step can be.
enum Turn {
    Device(usize),
    Up(usize),
    Down(usize),
}

impl World {
    /// A world of `count` devices whose members have all met once.
    pub fn new(seed: u64, count: usize) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let folder = folder();
        let mut world = Self {
            devices: Vec::new(),
            relay: Relay::new(random.random()),
            ledger: Ledger::new(count),
            clock: Clock::default(),
            random,
            lines: BTreeMap::new(),
            weather: Weather::default(),
            steps: 0,
            joined: 0,
            _folder: folder,
        };
        for index in 0..count {
            world.add_device(index);
        }
        world.rest();
        for index in 0..count {
            world.take_seat(index);
        }
        world.rest();
        world
    }

    /// All devices but one are gone for good; it is device 0 from now on.
    pub fn leave_only(&mut self, index: usize) {
        for other in 0..self.devices.len() {
            self.close(other);
        }
        self.devices.swap(0, index);
        self.devices.truncate(1);
        self.ledger.leave_only(index);
        self.restart(0);
    }

    /// A fresh device joins by an invite of this one and takes its seat; its number.
    pub fn join(&mut self, inviter: usize) -> usize {
        let index = self.devices.len();
        self.joined += 1;
        self.devices.swap(0, inviter);
        self.add_device(index + self.joined * 100);
        self.devices.swap(0, inviter);
        self.ledger.make_room();
        self.rest();
        self.take_seat(index);
        index
    }

    fn add_device(&mut self, index: usize) {
        // Clocks differ: what is decided must not hang on them.
        let skew_ms = self.random.random_range(-300_000..300_000);
        let machine = Machine::new(self.clock.clone(), skew_ms, self.random.random());
        let mut keys = KeyFile::found(machine.random(), machine.random(), machine.random());
        if let Some(founder) = self.devices.first_mut() {
            let founder = founder.engine().keys().expect("a device has its keys").clone();
            let url = "wss://relay.example";
            let invite = Invite::create(
                url,
                founder.founding,
                "World",
                &founder.workspace,
                u64::MAX,
                &founder.device,
                machine.random(),
            )
            .expect("the address is one");
            keys.founding = founder.founding;
            keys.workspace = founder.workspace;
            keys.admission = Some(invite.admit(keys.device.id()));
        }
        let path = self._folder.path().join(format!("device-{index}.tandem"));
        self.devices.push(Device::create(&path, machine, keys));
    }

    /// How many devices there are.
    pub fn count(&self) -> usize {
        self.devices.len()
    }

    /// Something happens.
    pub fn act(&mut self, action: &Action) {
        let index = |device: &u8| usize::from(*device) % self.devices.len();
        match action {
            Action::Do { device, deed } => {
                let index = index(device);
                self.tick();
                self.perform(index, deed);
            }
            Action::Deliver(steps) => _ = (0..*steps).all(|_| self.step()),
            Action::Pass(ms) => self.pass(u64::from(*ms)),
            Action::Part(device) => {
                let index = index(device);
                self.devices[index].reachable = false;
                self.hang_up(index, "the network is gone");
            }
            Action::Mend(device) => {
                let index = index(device);
                self.devices[index].reachable = true;
            }
            Action::Drop(device) => self.hang_up(index(device), "the connection broke"),
            Action::Restart(device) => self.restart(index(device)),
            Action::Crash { device, effects } => {
                let index = index(device);
                self.devices[index].dies_after = Some(*effects);
            }
            Action::BackUp(device) => {
                let index = index(device);
                self.devices[index].back_up();
            }
            Action::Restore { device, backup, key_too } => self.restore(index(device), *backup, *key_too),
            Action::RelayRestart => {
                self.hang_up_all();
                self.relay.restart();
            }
            Action::RelayLosesDisk => {
                self.hang_up_all();
                self.relay.lose_disk();
            }
            Action::Weather { repeat, overtake } => self.weather = Weather { repeat: *repeat, overtake: *overtake },
            Action::Rebuild(device) => self.check_rebuild(index(device)),
        }
    }

    pub(crate) fn clock_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A moment passes: two actions of one device are never at the same time.
    pub(crate) fn tick(&mut self) {
        self.clock.advance_to(self.clock.now_ms() + 1);
    }

    /// Everything mends, and what is under way arrives, until nobody has anything left to say.
    pub fn rest(&mut self) {
        self.weather = Weather::default();
        for index in 0..self.devices.len() {
            self.devices[index].reachable = true;
            self.devices[index].dies_after = None;
            if self.devices[index].process.is_none() {
                self.restart(index);
            }
        }
        let until_ms = self.clock.now_ms() + REST_MAX_MS;
        loop {
            while self.step() {}
            if self.devices.iter_mut().all(is_done) {
                return;
            }
            assert!(self.clock.now_ms() < until_ms, "the world does not come to rest: {:#?}", self.standings());
            self.wake_next(until_ms);
        }
    }

    /// What each device would tell its member of the connection.
    pub fn standings(&self) -> Vec<Status> {
        self.devices.iter().map(Device::status).collect()
    }

    /// Everybody says what they hold, as they do now and then.
    pub(crate) fn say_presence(&mut self) {
        for device in &mut self.devices {
            if let Some(process) = &mut device.process {
                process.tasks.push_back(Task::SayPresence);
            }
        }
    }

    /// Lets time pass; what is due in it happens, what is under way stays so.
    pub(crate) fn pass(&mut self, span_ms: u64) {
        self.clock.advance_to(self.clock.now_ms() + span_ms);
        self.wake();
    }

    fn wake_next(&mut self, until_ms: u64) {
        let next = self.devices.iter().filter_map(|device| device.process.as_ref()?.session.next_wake_ms()).min();
        self.clock.advance_to(next.unwrap_or(until_ms).clamp(self.clock.now_ms() + 1, until_ms));
        self.wake();
    }

    fn wake(&mut self) {
        let now_ms = self.clock.now_ms();
        for device in &mut self.devices {
            let due = device.process.as_ref().and_then(|process| process.session.next_wake_ms());
            if due.is_some_and(|due| due <= now_ms) {
                device.tell(Event::Tick);
            }
        }
    }

    /// One message arrives or one device gets to work; `false` when there is nothing to do.
    pub fn step(&mut self) -> bool {
        self.steps += 1;
        assert!(self.steps < STEPS_MAX, "the world does not come to rest");
        let busy = |device: &Device| device.process.as_ref().is_some_and(|process| !process.tasks.is_empty());
        let devices =
            self.devices.iter().enumerate().filter(|(_, device)| busy(device)).map(|(index, _)| Turn::Device(index));
        let up = self.lines.iter().filter(|(_, line)| !line.up.is_empty()).map(|(index, _)| Turn::Up(*index));
        let down = self.lines.iter().filter(|(_, line)| !line.down.is_empty()).map(|(index, _)| Turn::Down(*index));
        let mut turns: Vec<Turn> = devices.chain(up).chain(down).collect();
        if turns.is_empty() {
            return false;
        }
        match turns.swap_remove(self.random.random_range(0..turns.len())) {
            Turn::Device(index) => self.work(index),
            Turn::Up(index) => self.deliver_up(index),
            Turn::Down(index) => self.deliver_down(index),
        }
        true
    }

    /// A device does everything it has to do before it listens again.
    fn work(&mut self, index: usize) {
        let now_ms = self.clock.now_ms();
        while self.devices[index].process.as_ref().is_some_and(|process| !process.tasks.is_empty()) {
            let outwards = self.devices[index].work(now_ms);
            self.note_remade(index);
            for outward in outwards {
                match outward {
                    Outward::Connect => self.connect(index),
                    Outward::Disconnect => self.close(index),
                    Outward::Send(bytes) => {
                        if let Some(line) = self.lines.get_mut(&index) {
                            line.up.push_back(bytes);
                        }
                    }
                }
            }
        }
    }

    fn connect(&mut self, index: usize) {
        if !self.devices[index].reachable {
            return self.devices[index].tell(Event::Disconnected { reason: "there is no network".to_owned() });
        }
        self.lines.insert(index, Line::default());
        self.devices[index].tell(Event::Connected);
        let letters = self.relay.open(index);
        self.post(letters);
    }

    fn close(&mut self, index: usize) {
        self.lines.remove(&index);
        self.relay.close(index);
    }

    fn hang_up(&mut self, index: usize, reason: &str) {
        if self.lines.contains_key(&index) {
            self.close(index);
            self.devices[index].tell(Event::Disconnected { reason: reason.to_owned() });
        }
    }

    fn hang_up_all(&mut self) {
        for index in 0..self.devices.len() {
            self.hang_up(index, "the relay is gone");
        }
    }

    /// The device's process ends and its file is opened again.
    pub fn restart(&mut self, index: usize) {
        self.close(index);
        self.devices[index].restart();
    }

    /// A device's files become what they were at an earlier time. What was made since and had not reached the relay is gone
    /// with them: nobody was told that it was safe.
    pub fn restore(&mut self, index: usize, backup: u8, key_too: bool) {
        self.note_remade(index);
        self.close(index);
        if !self.devices[index].restore(backup, key_too) {
            return;
        }
        let carried = self.relay.changes(&self.devices[0].engine().keys().expect("it has keys").workspace.clone());
        let mut known: BTreeSet<String> = carried;
        for device in &self.devices {
            known.extend(device.changes_in_log());
        }
        self.ledger.forget_all_but(&known);
    }

    /// What a device made again counts as what it was.
    fn note_remade(&mut self, index: usize) {
        for (before, after) in std::mem::take(&mut self.devices[index].remade) {
            self.ledger.remade(&before, &after);
        }
    }

    fn post(&mut self, letters: Vec<(usize, ServerMessage)>) {
        for (index, message) in letters {
            if let Some(line) = self.lines.get_mut(&index) {
                line.down.push_back(message.encode());
            }
        }
    }

    fn deliver_up(&mut self, index: usize) {
        let (Some(line), weather) = (self.lines.get_mut(&index), self.weather) else { return };
        let Some(bytes) = take(&mut self.random, &mut line.up, weather, is_free) else { return };
        let message = ClientMessage::decode(&bytes).expect("a session sends whole messages");
        let letters = self.relay.hear(index, message);
        self.post(letters);
    }

    fn deliver_down(&mut self, index: usize) {
        let (Some(line), weather) = (self.lines.get_mut(&index), self.weather) else { return };
        let Some(bytes) = take(&mut self.random, &mut line.down, weather, is_about_records) else { return };
        self.devices[index].tell(Event::Received(bytes));
        self.work(index);
    }
}

/// Takes the next message, or one that overtakes it; it may come again.
fn take(
    random: &mut StdRng,
    queue: &mut VecDeque<Vec<u8>>,
    weather: Weather,
    may: fn(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    let free = queue.iter().take(OVERTAKEN_MAX).take_while(|bytes| may(bytes)).count();
    let overtakes = free > 1 && random.random_ratio(u32::from(weather.overtake.min(100)), 100);
    let bytes = queue.remove(if overtakes { random.random_range(1..free) } else { 0 })?;
    if may(&bytes) && random.random_ratio(u32::from(weather.repeat.min(100)), 100) {
        queue.push_back(bytes.clone());
    }
    Some(bytes)
}

/// Whether a message of the relay is one that may be repeated or come in another order.
fn is_about_records(bytes: &[u8]) -> bool {
    use ServerMessage::{Acked, Page, Presence, Records};
    matches!(ServerMessage::decode(bytes), Ok(Page { .. } | Records { .. } | Acked { .. } | Presence { .. }))
}

/// Connected, nothing to fetch, nothing to send.
fn is_done(device: &mut Device) -> bool {
    let waiting = device.read(tandem_store::Store::waiting);
    device.status() == Status::Live { push_blocked: None } && waiting == 0
}

/// A folder in memory where there is such a thing: a simulated disk need not outlive the power.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a temporary folder can be made")
}
