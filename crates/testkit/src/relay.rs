//! A relay in memory: what `tandem-relay` promises on the wire, without sockets, disk or time.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tandem_context::Change;
use tandem_sync::membership::verify_proof;
use tandem_sync::wire::{
    Ack, ClientMessage, Held, Hello, LogId, Numbered, PROTOCOL_VERSION, Refusal, RefusalCode, ServerMessage, Welcome,
};
use tandem_sync::{DeviceId, MemberCertificate, Payload, RecordHash, SealedRecord, WorkspaceKey};

/// Records in one page: few, so that catching up takes several.
const PAGE_RECORDS: usize = 5;

/// A message, and whom it is for.
type Letter = (usize, ServerMessage);

/// One workspace's log and who is connected.
#[derive(Debug)]
pub struct Relay {
    random: StdRng,
    log: LogId,
    records: Vec<SealedRecord>,
    last: BTreeMap<DeviceId, (u64, RecordHash)>,
    members: BTreeSet<DeviceId>,
    /// Who vouched for whom first, leading to the founder.
    vouched: BTreeMap<DeviceId, MemberCertificate>,
    founder: Option<DeviceId>,
    lines: BTreeMap<usize, Line>,
}

/// A connection.
#[derive(Debug)]
struct Line {
    nonce: [u8; 32],
    device: Option<DeviceId>,
    /// From which number on later records are sent by themselves.
    follows: Option<u64>,
}

impl Relay {
    /// A relay that knows nobody.
    pub(crate) fn new(seed: u64) -> Self {
        let mut relay = Self {
            random: StdRng::seed_from_u64(seed),
            log: LogId([0; 16]),
            records: Vec::new(),
            last: BTreeMap::new(),
            members: BTreeSet::new(),
            vouched: BTreeMap::new(),
            founder: None,
            lines: BTreeMap::new(),
        };
        relay.log = LogId(relay.bytes());
        relay
    }

    /// How many records are in the log.
    pub fn head(&self) -> u64 {
        self.records.len() as u64
    }

    /// The process ends and starts again: connections are gone, the log is there.
    pub(crate) fn restart(&mut self) {
        self.lines.clear();
    }

    /// The process starts again on an empty disk: log and members are gone.
    pub(crate) fn lose_disk(&mut self) {
        self.restart();
        self.records.clear();
        self.last.clear();
        self.members.clear();
        self.vouched.clear();
        self.founder = None;
        self.log = LogId(self.bytes());
    }

    /// Somebody opens a connection.
    pub(crate) fn open(&mut self, line: usize) -> Vec<Letter> {
        let nonce = self.bytes();
        self.lines.insert(line, Line { nonce, device: None, follows: None });
        vec![(
            line,
            ServerMessage::Challenge { nonce, protocol: PROTOCOL_VERSION, relay_version: "simulated".to_owned() },
        )]
    }

    /// A connection is gone.
    pub(crate) fn close(&mut self, line: usize) {
        self.lines.remove(&line);
    }

    /// Takes a message and says what is to be sent, to whom.
    pub(crate) fn hear(&mut self, line: usize, message: ClientMessage) -> Vec<Letter> {
        let Some(known) = self.lines.get(&line) else { return Vec::new() };
        let Some(device) = known.device else {
            let answer = match message {
                ClientMessage::Hello(hello) => self.greet(line, &hello),
                _ => refused(RefusalCode::Malformed, "the first message must be a greeting"),
            };
            return vec![(line, answer)];
        };
        match message {
            ClientMessage::Hello(_) => vec![(line, refused(RefusalCode::Malformed, "greeted already"))],
            ClientMessage::Push { records } => self.push(line, device, records.into_iter().map(Vec::from).collect()),
            ClientMessage::Pull { after, .. } => vec![(line, self.page(line, after))],
            ClientMessage::Presence { record } => {
                let others = self.lines.iter().filter(|(other, seat)| **other != line && seat.device.is_some());
                others.map(|(other, _)| (*other, ServerMessage::Presence { record: record.clone() })).collect()
            }
            ClientMessage::Ping => vec![(line, ServerMessage::Pong)],
            ClientMessage::Vouch { certificates } => {
                for certificate in certificates {
                    assert_eq!(certificate.by, device, "a device gives its own word");
                    self.let_in(certificate);
                }
                Vec::new()
            }
            ClientMessage::Have { heads } => {
                let lacking = heads.into_iter().map(|head| (head, self.last_of(head.device).0));
                let lacking = lacking.filter(|(head, seq)| *seq < head.seq).map(|(head, seq)| Held { seq, ..head });
                vec![(line, ServerMessage::Lacks { heads: lacking.collect() })]
            }
            ClientMessage::Refill { records } => self.refill(line, records.into_iter().map(Vec::from).collect()),
            ClientMessage::Bye => Vec::new(),
        }
    }

    fn greet(&mut self, line: usize, hello: &Hello) -> ServerMessage {
        let Some(seat) = self.lines.get_mut(&line) else { return refused(RefusalCode::Timeout, "gone") };
        if hello.verify(&seat.nonce).is_err() {
            return refused(RefusalCode::Signature, "the greeting is not signed by this device");
        }
        if let Some(founding) = hello.founding.filter(|founding| founding.workspace() == hello.workspace) {
            self.members.insert(founding.founder);
            self.founder = Some(founding.founder);
        }
        let known = hello.proof.iter().position(|certificate| self.members.contains(&certificate.by));
        if let (Ok(()), Some(known)) = (verify_proof(&hello.proof, hello.workspace, hello.device), known) {
            for certificate in hello.proof[..=known].iter().rev() {
                self.let_in(*certificate);
            }
        }
        let Some(seat) = self.lines.get_mut(&line) else { return refused(RefusalCode::Timeout, "gone") };
        let invited = hello.admission.is_some_and(|admission| {
            admission.verify(hello.workspace, hello.device).is_ok() && self.members.contains(&admission.invite.issuer)
        });
        if !invited && !self.members.contains(&hello.device) {
            return refused(RefusalCode::NotAMember, "this device is not a member");
        }
        seat.device = Some(hello.device);
        self.members.insert(hello.device);
        let (device_seq, device_hash) = self.last_of(hello.device);
        let proof = self.proof_of(hello.device);
        ServerMessage::Welcome(Welcome { log: self.log, head: self.head(), device_seq, device_hash, proof })
    }

    fn let_in(&mut self, certificate: MemberCertificate) {
        self.members.insert(certificate.device);
        let rooted = Some(certificate.by) == self.founder || self.vouched.contains_key(&certificate.by);
        if rooted && Some(certificate.device) != self.founder {
            self.vouched.entry(certificate.device).or_insert(certificate);
        }
    }

    fn proof_of(&self, device: DeviceId) -> Vec<MemberCertificate> {
        let mut proof = Vec::new();
        let mut next = self.vouched.get(&device);
        while let Some(certificate) = next {
            proof.push(*certificate);
            next = self.vouched.get(&certificate.by);
        }
        proof
    }

    /// Takes what continues the chains of others, and says how far they now are.
    fn refill(&mut self, line: usize, records: Vec<Vec<u8>>) -> Vec<Letter> {
        let mut devices = BTreeSet::new();
        for bytes in records {
            let record = SealedRecord::decode(bytes).expect("a device keeps whole records");
            record.verify().expect("a device keeps what it has verified");
            let (device, seq) = (record.header().device, record.header().device_seq);
            devices.insert(device);
            let (last_seq, last_hash) = self.last_of(device);
            let continues = seq == last_seq + 1 && record.header().previous == last_hash;
            if continues && self.members.contains(&device) {
                self.last.insert(device, (seq, record.hash()));
                self.records.push(record);
            }
        }
        let heads = devices.into_iter().map(|device| Held { device, seq: self.last_of(device).0 }).collect();
        let mut letters = vec![(line, ServerMessage::Lacks { heads })];
        letters.extend(self.follow());
        letters
    }

    /// Hashes, hex, of every change in the log, for whoever has the key.
    pub(crate) fn changes(&self, key: &WorkspaceKey) -> BTreeSet<String> {
        let mut changes = BTreeSet::new();
        for record in &self.records {
            if let Ok(Payload::Changes(raw)) = record.open_verified(key) {
                let raw = raw.into_iter().filter_map(|bytes| Change::from_bytes(bytes).ok());
                changes.extend(raw.map(|change| change.hash().to_string()));
            }
        }
        changes
    }

    /// The last number that a device has in the log.
    pub fn has_of(&self, device: DeviceId) -> u64 {
        self.last_of(device).0
    }

    fn last_of(&self, device: DeviceId) -> (u64, RecordHash) {
        self.last.get(&device).copied().unwrap_or((0, RecordHash::NONE))
    }

    fn push(&mut self, line: usize, device: DeviceId, records: Vec<Vec<u8>>) -> Vec<Letter> {
        let mut acks = Vec::new();
        for bytes in records {
            match self.append(device, bytes) {
                Ok(ack) => acks.push(ack),
                Err(refusal) => return vec![(line, ServerMessage::Error(refusal))],
            }
        }
        let mut letters = vec![(line, ServerMessage::Acked { acks })];
        letters.extend(self.follow());
        letters
    }

    fn append(&mut self, device: DeviceId, bytes: Vec<u8>) -> Result<Ack, Refusal> {
        let record = SealedRecord::decode(bytes)
            .and_then(|record| record.verify().map(|()| record))
            .map_err(|error| Refusal::new(RefusalCode::Malformed, error.to_string()))?;
        if record.header().device != device {
            return Err(Refusal::new(RefusalCode::Foreign, "the record is another device's"));
        }
        let device_seq = record.header().device_seq;
        let (last_seq, last_hash) = self.last_of(device);
        if device_seq <= last_seq {
            let known = self.records.iter().position(|known| known.hash() == record.hash());
            let at = known.ok_or_else(|| Refusal::new(RefusalCode::Fork, "another record has this number"))?;
            return Ok(Ack { device_seq, relay_seq: at as u64 + 1 });
        }
        if device_seq > last_seq + 1 {
            return Err(Refusal::new(RefusalCode::Gap, "a record is missing before this one"));
        }
        if record.header().previous != last_hash {
            return Err(Refusal::new(RefusalCode::Fork, "the record does not follow the last one"));
        }
        self.last.insert(device, (device_seq, record.hash()));
        self.records.push(record);
        Ok(Ack { device_seq, relay_seq: self.head() })
    }

    fn page(&mut self, line: usize, after: u64) -> ServerMessage {
        let (records, through) = self.slice(after, PAGE_RECORDS, None);
        let head = self.head();
        if through >= head
            && let Some(seat) = self.lines.get_mut(&line)
        {
            seat.follows = Some(through);
        }
        ServerMessage::Page { records, through, head }
    }

    /// What those who have read everything get by themselves.
    fn follow(&mut self) -> Vec<Letter> {
        let head = self.head();
        let following: Vec<_> = self
            .lines
            .iter()
            .filter_map(|(line, seat)| Some((*line, seat.follows.filter(|after| *after < head)?, seat.device)))
            .collect();
        let mut letters = Vec::new();
        for (line, after, device) in following {
            let (records, through) = self.slice(after, usize::MAX, device);
            if let Some(seat) = self.lines.get_mut(&line) {
                seat.follows = Some(through);
            }
            letters.push((line, ServerMessage::Records { records, after, through }));
        }
        letters
    }

    fn slice(&self, after: u64, count: usize, except: Option<DeviceId>) -> (Vec<Numbered>, u64) {
        let start = usize::try_from(after).unwrap_or(usize::MAX);
        let all: Vec<(u64, &SealedRecord)> = (1..).zip(&self.records).skip(start).take(count).collect();
        let through = all.last().map_or(after, |(number, _)| *number);
        let kept = all.into_iter().filter(|(_, record)| Some(record.header().device) != except);
        (
            kept.map(|(relay_seq, record)| Numbered { relay_seq, record: record.as_bytes().to_vec().into() }).collect(),
            through,
        )
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill_bytes(&mut bytes);
        bytes
    }
}

fn refused(code: RefusalCode, reason: &str) -> ServerMessage {
    ServerMessage::Refused(Refusal::new(code, reason))
}
