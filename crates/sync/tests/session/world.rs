//! A tiny relay in memory and devices with a tiny disk, driven until nothing happens any more.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tandem_sync::session::{Cursor, GaveUp, NewDeviceReason, SessionConfig, Standing, Status, Warning};
use tandem_sync::wire::{
    Ack, ClientMessage, Held, LogId, Numbered, PROTOCOL_VERSION, Refusal, RefusalCode, ServerMessage, Welcome,
};
use tandem_sync::{
    ChainHead, DeviceId, DeviceKey, Effect, Event, FoundingCertificate, Payload, Position, RecordHash, SealedRecord,
    Session, WorkspaceId, WorkspaceKey,
};

const MAX_STEPS: usize = 200_000;

/// What the relay does wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    /// Sends every message with records twice.
    pub(crate) duplicate: bool,
    /// Sends the records of a message in reverse.
    pub(crate) reverse: bool,
    /// Leaves this number out.
    pub(crate) omit: Option<u64>,
    /// Changes a byte of this number.
    pub(crate) damage: Option<u64>,
    /// Cannot write.
    pub(crate) full: bool,
    /// Is not reachable.
    pub(crate) down: bool,
    /// Does not answer at all.
    pub(crate) mute: bool,
}

#[derive(Default)]
pub(crate) struct Relay {
    pub(crate) log: [u8; 16],
    pub(crate) records: Vec<SealedRecord>,
    pub(crate) faults: Faults,
    pub(crate) page_records: usize,
    pub(crate) refuse: Option<Refusal>,
    live: BTreeMap<usize, u64>,
}

impl Relay {
    fn last_of(&self, device: DeviceId) -> (u64, RecordHash) {
        let last = self.records.iter().filter(|r| r.header().device == device).max_by_key(|r| r.header().device_seq);
        last.map_or((0, RecordHash::NONE), |r| (r.header().device_seq, r.hash()))
    }

    fn head(&self) -> u64 {
        self.records.len() as u64
    }

    fn slice(&self, after: u64, count: usize, except: Option<DeviceId>) -> (Vec<Numbered>, u64) {
        let all: Vec<(u64, &SealedRecord)> = (1..).zip(&self.records).skip(after as usize).take(count).collect();
        let through = all.last().map_or(after, |(seq, _)| *seq);
        let kept =
            all.into_iter().filter(|(seq, r)| Some(r.header().device) != except && self.faults.omit != Some(*seq));
        let mut records: Vec<Numbered> = kept
            .map(|(relay_seq, r)| {
                let mut bytes = r.as_bytes().to_vec();
                if self.faults.damage == Some(relay_seq) {
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 1;
                }
                Numbered { relay_seq, record: bytes.into() }
            })
            .collect();
        if self.faults.reverse {
            records.reverse();
        }
        (records, through)
    }

    fn answer(&mut self, from: usize, device: DeviceId, message: ClientMessage) -> Vec<ServerMessage> {
        match message {
            ClientMessage::Hello(hello) => {
                if hello.verify(&[7; 32]).is_err() {
                    return vec![ServerMessage::Refused(Refusal::new(RefusalCode::Signature, "who are you?"))];
                }
                if let Some(refusal) = &self.refuse {
                    return vec![ServerMessage::Refused(refusal.clone())];
                }
                let (device_seq, device_hash) = self.last_of(device);
                vec![ServerMessage::Welcome(Welcome {
                    log: LogId(self.log),
                    head: self.head(),
                    device_seq,
                    device_hash,
                    proof: vec![],
                })]
            }
            ClientMessage::Push { records } => {
                vec![self.push(device, records.into_iter().map(Vec::from).collect())]
            }
            ClientMessage::Pull { after, .. } => {
                let (records, through) = self.slice(after, self.page_records, None);
                if through == self.head() {
                    self.live.insert(from, through);
                }
                self.twice(ServerMessage::Page { records, through, head: self.head() })
            }
            ClientMessage::Ping => vec![ServerMessage::Pong],
            ClientMessage::Have { heads } => {
                let heads = heads.into_iter().map(|h| (h, self.last_of(h.device).0)).filter(|(h, seq)| *seq < h.seq);
                vec![ServerMessage::Lacks { heads: heads.map(|(h, seq)| Held { seq, ..h }).collect() }]
            }
            ClientMessage::Refill { records } => vec![self.refill(records.into_iter().map(Vec::from).collect())],
            ClientMessage::Presence { .. } | ClientMessage::Vouch { .. } | ClientMessage::Bye => vec![],
        }
    }

    fn twice(&self, message: ServerMessage) -> Vec<ServerMessage> {
        // A repeated page would count as one that leads nowhere; repeat its records as if they were live ones.
        match (&message, self.faults.duplicate) {
            (ServerMessage::Page { records, through, .. }, true) => {
                let again = ServerMessage::Records { records: records.clone(), after: 0, through: *through };
                vec![message, again]
            }
            (ServerMessage::Records { .. }, true) => vec![message.clone(), message],
            _ => vec![message],
        }
    }

    fn push(&mut self, device: DeviceId, records: Vec<Vec<u8>>) -> ServerMessage {
        let refuse = |code| ServerMessage::Error(Refusal::new(code, "no"));
        if self.faults.full {
            return refuse(RefusalCode::Storage);
        }
        let mut acks = Vec::new();
        for bytes in records {
            let record = SealedRecord::decode(bytes).expect("a device sends whole records");
            record.verify().expect("a device signs its records");
            let (last_seq, last_hash) = self.last_of(device);
            let device_seq = record.header().device_seq;
            if device_seq <= last_seq {
                let Some(at) = self.records.iter().position(|r| r.hash() == record.hash()) else {
                    return refuse(RefusalCode::Fork);
                };
                acks.push(Ack { device_seq, relay_seq: at as u64 + 1 });
                continue;
            }
            if device_seq > last_seq + 1 {
                return refuse(RefusalCode::Gap);
            }
            if record.header().previous != last_hash {
                return refuse(RefusalCode::Fork);
            }
            self.records.push(record);
            acks.push(Ack { device_seq, relay_seq: self.head() });
        }
        ServerMessage::Acked { acks }
    }

    fn refill(&mut self, records: Vec<Vec<u8>>) -> ServerMessage {
        if self.faults.full {
            return ServerMessage::Error(Refusal::new(RefusalCode::Storage, "no"));
        }
        let mut devices = BTreeSet::new();
        for bytes in records {
            let record = SealedRecord::decode(bytes).expect("a device sends whole records");
            record.verify().expect("a device signs its records");
            let (device, seq) = (record.header().device, record.header().device_seq);
            devices.insert(device);
            let (last_seq, last_hash) = self.last_of(device);
            if seq == last_seq + 1 && record.header().previous == last_hash {
                self.records.push(record);
            }
        }
        let heads = devices.into_iter().map(|device| Held { device, seq: self.last_of(device).0 }).collect();
        ServerMessage::Lacks { heads }
    }

    /// Loses everything, as a new disk would.
    pub(crate) fn lose_disk(&mut self) {
        self.records.clear();
        self.live.clear();
        self.log[0] += 1;
    }
}

/// What survives when the device's process ends.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    pub(crate) cursor: Option<Cursor>,
    pub(crate) chains: BTreeMap<DeviceId, ChainHead>,
    pub(crate) own: Vec<SealedRecord>,
    /// Records of others, by device and number.
    pub(crate) others: BTreeMap<(DeviceId, u64), SealedRecord>,
    pub(crate) acked_seq: u64,
    pub(crate) contents: BTreeSet<Vec<u8>>,
    pub(crate) reads_first: bool,
}

impl Disk {
    /// Up to where the records of others are kept without gaps.
    fn held(&self) -> Vec<Held> {
        let mut held: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for (device, seq) in self.others.keys() {
            let last = held.entry(*device).or_default();
            if *seq == *last + 1 {
                *last = *seq;
            }
        }
        held.into_iter().map(|(device, seq)| Held { device, seq }).collect()
    }
}

pub(crate) struct Device {
    pub(crate) key: DeviceKey,
    pub(crate) disk: Disk,
    pub(crate) session: Session,
    pub(crate) events: VecDeque<Event>,
    pub(crate) connected: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) lost: usize,
    pub(crate) gave_up: Vec<GaveUp>,
    pub(crate) new_device: Option<NewDeviceReason>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) sent_bytes: usize,
    pub(crate) most_in_flight: usize,
    pub(crate) disk_full: bool,
}

pub(crate) struct World {
    pub(crate) relay: Relay,
    pub(crate) devices: Vec<Device>,
    pub(crate) now_ms: u64,
    workspace: WorkspaceId,
    founding: FoundingCertificate,
    key: WorkspaceKey,
    steps: usize,
}

impl World {
    pub(crate) fn new(devices: usize) -> Self {
        let founder = device_key(0);
        let founding = FoundingCertificate::create(&founder, [1; 16]);
        let mut world = Self {
            relay: Relay { log: [1; 16], page_records: 3, ..Relay::default() },
            devices: Vec::new(),
            now_ms: 1_000_000,
            workspace: founding.workspace(),
            founding,
            key: WorkspaceKey::new(1, [5; 32]),
            steps: 0,
        };
        for index in 0..devices {
            let device = world.device(device_key(index as u8), Disk::default());
            world.devices.push(device);
        }
        world
    }

    fn device(&self, key: DeviceKey, disk: Disk) -> Device {
        let session = Session::new(SessionConfig {
            workspace: self.workspace,
            device: key.clone(),
            founding: self.founding,
            admission: None,
            admitted: true,
            proof: vec![],
            chains: disk.chains.values().copied().collect(),
        });
        Device {
            key,
            disk,
            session,
            events: VecDeque::from([Event::Start]),
            connected: false,
            warnings: vec![],
            lost: 0,
            gave_up: vec![],
            new_device: None,
            statuses: vec![],
            sent_bytes: 0,
            most_in_flight: 0,
            disk_full: false,
        }
    }

    /// The device's process ends and starts again with what is on its disk.
    pub(crate) fn restart(&mut self, index: usize) {
        let (key, disk) = (self.devices[index].key.clone(), self.devices[index].disk.clone());
        self.relay.live.remove(&index);
        self.devices[index] = self.device(key, disk);
    }

    /// Seals a change of this content and puts it on the device's disk.
    pub(crate) fn write(&mut self, index: usize, content: &[u8]) {
        let device = &mut self.devices[index];
        let position = Position {
            workspace: self.workspace,
            document: 0,
            device_seq: device.disk.own.len() as u64 + 1,
            previous: device.disk.own.last().map_or(RecordHash::NONE, SealedRecord::hash),
        };
        let mut nonce = [index as u8; 24];
        nonce[..8].copy_from_slice(&(self.steps as u64 + position.device_seq).to_be_bytes());
        let payload = Payload::Changes(vec![content.to_vec()]);
        let record = SealedRecord::seal(&position, &payload, &self.key, &device.key, nonce).expect("small enough");
        device.disk.own.push(record);
        device.disk.contents.insert(content.to_vec());
        device.events.push_back(Event::LocalRecords);
    }

    pub(crate) fn cut(&mut self, index: usize) {
        let device = &mut self.devices[index];
        if device.connected {
            device.connected = false;
            device.events.retain(|e| !matches!(e, Event::Received(_)));
            device.events.push_back(Event::Disconnected { reason: "the cable was pulled".to_owned() });
        }
        self.relay.live.remove(&index);
    }

    /// Handles everything that is under way, without letting time pass.
    pub(crate) fn settle(&mut self) {
        loop {
            let Some(index) = self.devices.iter().position(|d| !d.events.is_empty()) else {
                if self.follow() {
                    continue;
                }
                return;
            };
            let Some(event) = self.devices[index].events.pop_front() else {
                continue;
            };
            self.handle(index, event);
        }
    }

    /// Lets time pass until all timers of this span have fired.
    pub(crate) fn pass(&mut self, span_ms: u64) {
        let end_ms = self.now_ms + span_ms;
        loop {
            self.settle();
            let next = self.devices.iter().filter_map(|d| d.session.next_wake_ms()).min();
            match next.filter(|at| *at <= end_ms) {
                Some(at) => self.now_ms = self.now_ms.max(at),
                None => break,
            }
            for device in &mut self.devices {
                device.events.push_back(Event::Tick);
            }
        }
        self.now_ms = end_ms;
    }

    fn handle(&mut self, index: usize, event: Event) {
        self.steps += 1;
        assert!(self.steps < MAX_STEPS, "the world does not come to rest");
        let random = (self.steps as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let effects = self.devices[index].session.handle(self.now_ms, random, event);
        for effect in effects {
            self.carry_out(index, effect);
        }
    }

    fn carry_out(&mut self, index: usize, effect: Effect) {
        let down = self.relay.faults.down;
        let device = &mut self.devices[index];
        match effect {
            Effect::Connect if down => {
                device.events.push_back(Event::Disconnected { reason: "refused".to_owned() });
            }
            Effect::Connect => {
                device.connected = true;
                device.events.push_back(Event::Connected);
                let relay_version = "test".to_owned();
                let challenge = ServerMessage::Challenge { nonce: [7; 32], protocol: PROTOCOL_VERSION, relay_version };
                if !self.relay.faults.mute {
                    device.events.push_back(Event::Received(challenge.encode()));
                }
            }
            Effect::Disconnect => {
                device.connected = false;
                device.events.retain(|e| !matches!(e, Event::Received(_)));
                self.relay.live.remove(&index);
            }
            Effect::Send(bytes) => self.deliver(index, &bytes),
            Effect::LoadStanding { own_seq } => {
                let disk = &device.disk;
                let asked = disk.own.iter().find(|record| record.header().device_seq == own_seq);
                device.events.push_back(Event::Standing(Standing {
                    hash_asked: asked.map(SealedRecord::hash),
                    held: disk.held(),
                    reads_first: disk.reads_first,
                    cursor: disk.cursor,
                    sealed_seq: disk.own.len() as u64,
                    sealed_hash: disk.own.last().map_or(RecordHash::NONE, SealedRecord::hash),
                    acked_seq: disk.acked_seq,
                }));
            }
            Effect::LoadOutbox { after_seq, max_records, .. } => {
                let records = device.disk.own.iter().skip(after_seq as usize).take(max_records).cloned().collect();
                device.events.push_back(Event::Outbox { records });
            }
            Effect::Store { .. } if device.disk_full => {
                device.events.push_front(Event::DiskFailed { reason: "disk full".to_owned() });
            }
            Effect::LoadHeld { device: of, after_seq, max_records, .. } => {
                let kept = device.disk.others.range((of, after_seq + 1)..=(of, u64::MAX));
                let records = kept.map(|(_, record)| record.clone()).take(max_records.min(2)).collect();
                device.events.push_back(Event::Held { records });
            }
            Effect::Store { records, cursor, caught_up, chains } => {
                device.disk.reads_first &= !caught_up;
                for received in records {
                    let header = received.record.header();
                    if header.device != device.key.id() {
                        device.disk.others.insert((header.device, header.device_seq), received.record.clone());
                    }
                    let Ok(Payload::Changes(changes)) = received.record.open(&self.key) else {
                        panic!("a verified record opens")
                    };
                    device.disk.contents.extend(changes);
                }
                device.disk.cursor = Some(cursor);
                device.disk.chains.extend(chains.into_iter().map(|c| (c.device, c)));
            }
            Effect::MarkAcked(acks) => {
                for ack in acks {
                    device.disk.acked_seq = device.disk.acked_seq.max(ack.device_seq);
                }
            }
            Effect::Warning(warning) => device.warnings.push(warning),
            Effect::RelayLostRecords { .. } => {
                device.lost += 1;
                device.disk.acked_seq = 0;
            }
            Effect::NewDeviceNeeded(reason) => device.new_device = Some(reason),
            Effect::GiveUp(why) => device.gave_up.push(why),
            Effect::Status(status) => device.statuses.push(status),
            Effect::Presence(_) | Effect::Admitted | Effect::Proven(_) => {}
        }
    }

    fn deliver(&mut self, index: usize, bytes: &[u8]) {
        let message = ClientMessage::decode(bytes).expect("a session sends whole messages");
        let device = &mut self.devices[index];
        device.sent_bytes += bytes.len();
        if let ClientMessage::Push { records } = &message {
            device.most_in_flight = device.most_in_flight.max(records.len());
        }
        if !device.connected || self.relay.faults.mute {
            return;
        }
        let id = device.key.id();
        let answers = self.relay.answer(index, id, message);
        device.events.extend(answers.iter().map(|m| Event::Received(m.encode())));
    }

    /// Sends newly stored records to whoever follows the log; whether there were any.
    fn follow(&mut self) -> bool {
        let mut any = false;
        for (index, device) in self.devices.iter_mut().enumerate() {
            let Some(after) = self.relay.live.get(&index).copied() else {
                continue;
            };
            let (records, through) = self.relay.slice(after, self.relay.page_records, Some(device.key.id()));
            if through > after {
                any = true;
                self.relay.live.insert(index, through);
                let message = ServerMessage::Records { records, after, through };
                device.events.extend(self.relay.twice(message).iter().map(|m| Event::Received(m.encode())));
            }
        }
        any
    }

    /// Everybody has everything, and knows that the relay has it.
    pub(crate) fn assert_converged(&self) {
        for (index, device) in self.devices.iter().enumerate() {
            assert_eq!(device.disk.contents, self.devices[0].disk.contents, "device {index} against device 0");
            assert_eq!(device.disk.acked_seq, device.disk.own.len() as u64, "device {index} waits for nothing");
            assert_eq!(device.session.status(), &Status::Live { push_blocked: None }, "device {index}");
        }
    }
}

pub(crate) fn device_key(index: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[index + 1; 32])
}
