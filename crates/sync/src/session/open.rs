//! A session after its welcome: reading what others wrote, pushing what this device wrote.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::types::{Cursor, Effect, Event, NewDeviceReason, ReceivedRecord, Standing, Status, Warning};
use super::{
    IDLE_TIMEOUT_MS, MAX_IN_FLIGHT_BYTES, MAX_IN_FLIGHT_RECORDS, MAX_PUSH_RECORDS, PING_AFTER_MS, PUSH_TARGET_BYTES,
    Verdict, send,
};
use crate::chain::{Chains, Step};
use crate::error::{Error, Result};
use crate::keys::{DeviceId, DeviceKey, WorkspaceId};
use crate::membership::MemberCertificate;
use crate::record::{Kind, SealedRecord};
use crate::session::backoff::Backoff;
use crate::wire::{
    Ack, ClientMessage, Held, MAX_PAGE_BYTES, MAX_RECORDS_PER_MESSAGE, Numbered, Refusal, RefusalCode, ServerMessage,
    Welcome,
};

#[derive(Debug)]
pub(super) struct Open {
    pub(super) since_ms: u64,
    workspace: WorkspaceId,
    key: DeviceKey,
    device: DeviceId,
    cursor: Cursor,
    /// The first record that could not be read: what is stored of the cursor stays before it.
    bad: Option<u64>,
    /// Everything has been read once.
    caught_up: bool,
    /// Nothing is sent before.
    reads_first: bool,
    vouched: BTreeSet<DeviceId>,
    refill: Refill,
    /// The last number the relay spoke of.
    head: u64,
    pulling: bool,
    heard_ms: u64,
    pinged: bool,
    /// The last own number that was sent, and the last known to be on the relay's disk.
    sent_seq: u64,
    acked_seq: u64,
    in_flight: VecDeque<(u64, usize)>,
    in_flight_bytes: usize,
    /// The caller has been asked for the outbox.
    loading: bool,
    /// There may be more in the outbox than was sent.
    more: bool,
    blocked: Option<Blocked>,
    push_backoff: Backoff,
}

/// The relay did not accept a push; it is tried again later while reading goes on.
#[derive(Debug)]
struct Blocked {
    until_ms: u64,
    reason: String,
}

/// Giving a relay that lost its disk the records of others.
#[derive(Debug, Default)]
struct Refill {
    /// Up to where they are kept here.
    held: BTreeMap<DeviceId, u64>,
    /// What the relay lacks of it: the last number it has.
    lacking: BTreeMap<DeviceId, u64>,
    /// Records of this device are being read or are under way: after this number.
    under_way: Option<(DeviceId, u64)>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Progress {
    Acked,
    Other,
}

impl Open {
    /// Compares what relay and disk say, and starts reading and pushing accordingly.
    pub(super) fn begin(
        now_ms: u64,
        workspace: WorkspaceId,
        key: DeviceKey,
        welcome: &Welcome,
        standing: Standing,
        chains: &Chains,
        out: &mut Vec<Effect>,
    ) -> Self {
        let readable = standing.cursor.filter(|c| c.log == welcome.log && c.seq <= welcome.head);
        let own_lost = welcome.device_seq < standing.acked_seq;
        let lost = own_lost || (readable.is_none() && standing.cursor.is_some());
        if lost {
            out.push(Effect::RelayLostRecords { cursor: standing.cursor, head: welcome.head });
        }
        // After a loss the caller counts from nothing, so everything is sent again and acknowledged again, also what reached
        // the relay in a connection that broke before this device had read on.
        let acked_seq = if lost { 0 } else { standing.acked_seq.min(welcome.device_seq) };
        let mut open = Self {
            since_ms: now_ms,
            workspace,
            device: key.id(),
            key,
            bad: None,
            caught_up: false,
            reads_first: standing.reads_first,
            vouched: BTreeSet::new(),
            refill: Refill {
                held: standing.held.into_iter().map(|held| (held.device, held.seq)).collect(),
                ..Refill::default()
            },
            cursor: readable.unwrap_or(Cursor { log: welcome.log, seq: 0 }),
            head: welcome.head,
            pulling: false,
            heard_ms: now_ms,
            pinged: false,
            sent_seq: acked_seq,
            acked_seq,
            in_flight: VecDeque::new(),
            in_flight_bytes: 0,
            loading: false,
            more: standing.sealed_seq > acked_seq,
            blocked: None,
            push_backoff: Backoff::default(),
        };
        // It may have lost who was let in, too. Whoever wrote was a member.
        let wrote = chains.devices().chain(open.refill.held.keys().copied()).collect();
        open.vouch(wrote, out);
        open.pull(out);
        open.load(out);
        open
    }

    /// Says who else is a member, once in each connection.
    fn vouch(&mut self, devices: Vec<DeviceId>, out: &mut Vec<Effect>) {
        let room = MAX_RECORDS_PER_MESSAGE.saturating_sub(self.vouched.len());
        let unsaid = devices.into_iter().filter(|device| *device != self.device && !self.vouched.contains(device));
        let unsaid: BTreeSet<DeviceId> = unsaid.take(room).collect();
        if unsaid.is_empty() {
            return;
        }
        let certificate = |device: &DeviceId| MemberCertificate::create(self.workspace, *device, &self.key);
        out.push(send(&ClientMessage::Vouch { certificates: unsaid.iter().map(certificate).collect() }));
        self.vouched.extend(unsaid);
    }

    pub(super) fn next_wake_ms(&self) -> u64 {
        let quiet = self.heard_ms + if self.pinged { IDLE_TIMEOUT_MS } else { PING_AFTER_MS };
        self.blocked.as_ref().map_or(quiet, |b| quiet.min(b.until_ms))
    }

    pub(super) fn status(&self) -> Status {
        if self.pulling && self.cursor.seq < self.head {
            return Status::CatchingUp { at: self.cursor.seq, head: self.head };
        }
        Status::Live { push_blocked: self.blocked.as_ref().map(|b| b.reason.clone()) }
    }

    pub(super) fn tick(&mut self, now_ms: u64, out: &mut Vec<Effect>) -> Result<(), Verdict> {
        let quiet_ms = now_ms.saturating_sub(self.heard_ms);
        if quiet_ms >= IDLE_TIMEOUT_MS {
            return Err(Verdict::Reconnect("the relay no longer answers".to_owned()));
        }
        if quiet_ms >= PING_AFTER_MS && !self.pinged {
            self.pinged = true;
            out.push(send(&ClientMessage::Ping));
        }
        if self.blocked.as_ref().is_some_and(|b| now_ms >= b.until_ms) {
            self.blocked = None;
            self.more = true;
            self.load(out);
            self.refill(out);
        }
        Ok(())
    }

    pub(super) fn local(&mut self, event: Event, out: &mut Vec<Effect>) -> Result<(), Verdict> {
        match event {
            Event::LocalRecords => {
                self.more = true;
                self.load(out);
            }
            Event::Outbox { records } => return self.push(records, out),
            Event::Held { records } => self.give(records, out),
            Event::Presence(record) => {
                out.push(send(&ClientMessage::Presence { record: record.into_bytes().into() }));
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn received(
        &mut self,
        now_ms: u64,
        random: u64,
        message: ServerMessage,
        chains: &mut Chains,
        out: &mut Vec<Effect>,
    ) -> Result<Progress, Verdict> {
        self.heard_ms = now_ms;
        self.pinged = false;
        match message {
            ServerMessage::Page { records, through, head } => self.page(records, through, head, chains, out)?,
            ServerMessage::Records { records, after, through } => self.live(records, after, through, chains, out),
            ServerMessage::Acked { acks } => {
                self.acked(acks, out);
                return Ok(Progress::Acked);
            }
            ServerMessage::Presence { record } => {
                let record = SealedRecord::decode(record.into());
                if let Ok(record) = record.and_then(|r| self.trusted(r, true)) {
                    // Whoever has not written anything is known by this alone.
                    self.vouch(vec![record.header().device], out);
                    out.push(Effect::Presence(record));
                }
            }
            ServerMessage::Lacks { heads } => self.lacks(heads, out),
            ServerMessage::Error(refusal) => self.refused(now_ms, random, refusal)?,
            ServerMessage::Pong => {}
            _ => {
                return Err(Verdict::Reconnect("the relay answered out of turn".to_owned()));
            }
        }
        Ok(Progress::Other)
    }

    fn pull(&mut self, out: &mut Vec<Effect>) {
        self.pulling = true;
        out.push(send(&ClientMessage::Pull { after: self.cursor.seq, max_bytes: MAX_PAGE_BYTES }));
    }

    fn page(
        &mut self,
        records: Vec<Numbered>,
        through: u64,
        head: u64,
        chains: &mut Chains,
        out: &mut Vec<Effect>,
    ) -> Result<(), Verdict> {
        let behind = through < head;
        if through < self.cursor.seq || (behind && through == self.cursor.seq) {
            return Err(Verdict::Reconnect("the relay sends pages that lead nowhere".to_owned()));
        }
        self.head = head;
        let first_time = !behind && !self.caught_up;
        self.caught_up |= !behind;
        self.store(records, through, first_time, chains, out);
        if behind {
            self.pull(out);
        } else {
            self.pulling = false;
        }
        if first_time {
            self.reads_first = false;
            self.load(out);
            self.offer(out);
        }
        Ok(())
    }

    fn live(&mut self, records: Vec<Numbered>, after: u64, through: u64, chains: &mut Chains, out: &mut Vec<Effect>) {
        self.head = self.head.max(through);
        let gapless = after <= self.cursor.seq;
        let cursor_seq = if gapless { through.max(self.cursor.seq) } else { self.cursor.seq };
        self.store(records, cursor_seq, false, chains, out);
        if !gapless && !self.pulling {
            self.pull(out);
        }
    }

    fn store(
        &mut self,
        records: Vec<Numbered>,
        through: u64,
        caught_up: bool,
        chains: &mut Chains,
        out: &mut Vec<Effect>,
    ) {
        let (mut kept, mut devices) = (Vec::with_capacity(records.len()), BTreeSet::new());
        for Numbered { relay_seq, record } in records {
            match SealedRecord::decode(record.into()).and_then(|r| self.trusted(r, false)) {
                Ok(record) => {
                    let author = record.header().device;
                    // Own records come only when pulled, with gaps; their chain is checked against the disk at the start.
                    if author != self.device {
                        if let Step::Irregular(found) = chains.follow(&record) {
                            out.push(Effect::Warning(Warning::Chain(found)));
                        }
                        devices.insert(author);
                    }
                    kept.push(ReceivedRecord { relay_seq, record });
                }
                Err(e) => {
                    self.bad = Some(self.bad.map_or(relay_seq, |bad| bad.min(relay_seq)));
                    out.push(Effect::Warning(Warning::BadRecord { relay_seq, reason: e.to_string() }));
                }
            }
        }
        if kept.is_empty() && through == self.cursor.seq && !caught_up {
            return;
        }
        self.cursor.seq = through;
        let before_bad = self.bad.map_or(through, |bad| through.min(bad.saturating_sub(1)));
        let cursor = Cursor { seq: before_bad, ..self.cursor };
        let heads = devices.iter().filter_map(|d| chains.head(*d)).collect();
        out.push(Effect::Store { records: kept, cursor, caught_up, chains: heads });
        self.vouch(devices.into_iter().collect(), out);
    }

    fn trusted(&self, record: SealedRecord, presence: bool) -> Result<SealedRecord> {
        if record.header().workspace != self.workspace {
            return Err(Error::ForeignWorkspace { what: "the record" });
        }
        if (record.header().kind == Kind::Presence) != presence {
            return Err(Error::damaged("the record", "its kind does not belong here"));
        }
        record.verify()?;
        Ok(record)
    }

    /// Asks for the outbox when there may be something in it and the window has room.
    fn load(&mut self, out: &mut Vec<Effect>) {
        let room = self.in_flight_bytes < MAX_IN_FLIGHT_BYTES && self.in_flight.len() < MAX_IN_FLIGHT_RECORDS;
        if !self.more || self.loading || self.blocked.is_some() || self.reads_first || !room {
            return;
        }
        self.loading = true;
        out.push(Effect::LoadOutbox {
            after_seq: self.sent_seq,
            max_bytes: PUSH_TARGET_BYTES.min(MAX_IN_FLIGHT_BYTES - self.in_flight_bytes),
            max_records: MAX_PUSH_RECORDS.min(MAX_IN_FLIGHT_RECORDS - self.in_flight.len()),
        });
    }

    fn push(&mut self, records: Vec<SealedRecord>, out: &mut Vec<Effect>) -> Result<(), Verdict> {
        self.loading = false;
        if self.blocked.is_some() {
            return Ok(());
        }
        self.more = !records.is_empty();
        let (mut batch, mut batch_bytes) = (Vec::new(), 0);
        for record in records {
            let (seq, size_bytes) = (record.header().device_seq, record.as_bytes().len());
            if seq <= self.sent_seq {
                continue; // asked for before the window moved on
            }
            if seq > self.sent_seq + 1 {
                return Err(Verdict::NewDevice(NewDeviceReason::RecordsGone));
            }
            if !batch.is_empty() && batch_bytes + size_bytes > PUSH_TARGET_BYTES {
                out.push(send(&ClientMessage::Push { records: std::mem::take(&mut batch) }));
                batch_bytes = 0;
            }
            self.sent_seq = seq;
            self.in_flight.push_back((seq, size_bytes));
            self.in_flight_bytes += size_bytes;
            batch_bytes += size_bytes;
            batch.push(record.into_bytes().into());
        }
        if !batch.is_empty() {
            out.push(send(&ClientMessage::Push { records: batch }));
        }
        self.load(out);
        Ok(())
    }

    fn acked(&mut self, mut acks: Vec<Ack>, out: &mut Vec<Effect>) {
        acks.retain(|a| a.device_seq <= self.sent_seq); // nothing unsent can have been stored
        let Some(highest) = acks.iter().map(|a| a.device_seq).max() else {
            return;
        };
        self.acked_seq = self.acked_seq.max(highest);
        while let Some(&(seq, size_bytes)) = self.in_flight.front()
            && seq <= highest
        {
            self.in_flight.pop_front();
            self.in_flight_bytes -= size_bytes;
        }
        self.push_backoff.reset();
        out.push(Effect::MarkAcked(acks));
        self.load(out);
    }

    /// Says up to where the records of others are kept here.
    fn offer(&mut self, out: &mut Vec<Effect>) {
        let heads: Vec<Held> =
            self.refill.held.iter().map(|(device, seq)| Held { device: *device, seq: *seq }).collect();
        for heads in heads.chunks(MAX_RECORDS_PER_MESSAGE) {
            out.push(send(&ClientMessage::Have { heads: heads.to_vec() }));
        }
    }

    /// What the relay has of these devices: less than was offered, or more than before.
    fn lacks(&mut self, heads: Vec<Held>, out: &mut Vec<Effect>) {
        for Held { device, seq } in heads {
            let given = self.refill.under_way.filter(|(of, _)| *of == device);
            if let Some((_, after)) = given {
                self.refill.under_way = None;
                if seq <= after {
                    // It does not take them: it has others under these numbers, or does not know who wrote them.
                    self.refill.held.remove(&device);
                }
            }
            match self.refill.held.get(&device) {
                Some(held) if *held > seq => _ = self.refill.lacking.insert(device, seq),
                _ => _ = self.refill.lacking.remove(&device),
            }
        }
        self.refill(out);
    }

    /// Asks for the next records to give, one portion at a time: others may be giving the same ones.
    fn refill(&mut self, out: &mut Vec<Effect>) {
        if self.refill.under_way.is_some() || self.blocked.is_some() {
            return;
        }
        let Some((&device, &after_seq)) = self.refill.lacking.first_key_value() else { return };
        self.refill.under_way = Some((device, after_seq));
        let (max_bytes, max_records) = (PUSH_TARGET_BYTES, MAX_PUSH_RECORDS);
        out.push(Effect::LoadHeld { device, after_seq, max_bytes, max_records });
    }

    fn give(&mut self, records: Vec<SealedRecord>, out: &mut Vec<Effect>) {
        let Some((device, after)) = self.refill.under_way else { return };
        let mut next = after;
        let fitting = records.into_iter().take_while(|record| {
            next += 1;
            record.header().device == device && record.header().device_seq == next
        });
        let records: Vec<_> = fitting.map(|record| record.into_bytes().into()).collect();
        if records.is_empty() {
            // They are gone since they were counted.
            self.refill.under_way = None;
            self.refill.held.remove(&device);
            self.refill.lacking.remove(&device);
            return self.refill(out);
        }
        out.push(send(&ClientMessage::Refill { records }));
    }

    /// A push was not accepted: begin again after the last acknowledged record, later.
    fn refused(&mut self, now_ms: u64, random: u64, refusal: Refusal) -> Result<(), Verdict> {
        match refusal.code {
            RefusalCode::Fork => return Err(Verdict::NewDevice(NewDeviceReason::Fork)),
            RefusalCode::Storage | RefusalCode::Busy => {}
            RefusalCode::Gap => return Err(Verdict::Reconnect(refusal.reason)),
            RefusalCode::Malformed | RefusalCode::TooLarge | RefusalCode::Foreign => {
                return Err(Verdict::GiveUp(refusal));
            }
            _ => return Err(Verdict::from(refusal)),
        }
        if self.blocked.is_none() {
            let until_ms = now_ms + self.push_backoff.next_delay_ms(random);
            self.blocked = Some(Blocked { until_ms, reason: refusal.reason });
        }
        self.sent_seq = self.acked_seq;
        self.in_flight.clear();
        self.in_flight_bytes = 0;
        // Which of the two was not accepted, it does not say; giving again does no harm.
        self.refill.under_way = None;
        Ok(())
    }
}
