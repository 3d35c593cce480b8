//! What goes into a session and what comes out.

use crate::chain::{ChainHead, Irregularity};
use crate::keys::{DeviceId, DeviceKey, WorkspaceId};
use crate::membership::{Admission, FoundingCertificate, MemberCertificate};
use crate::record::{RecordHash, SealedRecord};
use crate::wire::{Ack, Held, LogId, RefusalCode};

/// What a session needs to know once.
#[derive(Debug)]
pub struct SessionConfig {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// This device's key.
    pub device: DeviceKey,
    /// Who founded the workspace.
    pub founding: FoundingCertificate,
    /// How this device got in; `None` for the founder and once [`Effect::Proven`] came.
    pub admission: Option<Admission>,
    /// It was let in before: [`Effect::Admitted`] came.
    pub admitted: bool,
    /// Who vouches for it, up to the founder, as [`Effect::Proven`] brought it.
    pub proof: Vec<MemberCertificate>,
    /// The chains' heads as last stored with [`Effect::Store`].
    pub chains: Vec<ChainHead>,
}

/// How far a device has read one life of the workspace's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Which life of the log.
    pub log: LogId,
    /// The last number of which everything up to it is on this device's disk.
    pub seq: u64,
}

/// What the device's disk says, read when asked for and not before: another process may be writing too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far the relay's log has been read; `None` before the first time.
    pub cursor: Option<Cursor>,
    /// Number of the last record this device sealed; 0 for none.
    pub sealed_seq: u64,
    /// That record's hash; [`RecordHash::NONE`] for none.
    pub sealed_hash: RecordHash,
    /// Up to which own number the relay has acknowledged; 0 for none.
    pub acked_seq: u64,
    /// The hash of the own record that [`Effect::LoadStanding`] names; `None` where there is none.
    pub hash_asked: Option<RecordHash>,
    /// Up to where the records of others are kept.
    pub held: Vec<Held>,
    /// Nothing is to be sent before everything has been read: after [`Effect::NewDeviceNeeded`].
    pub reads_first: bool,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// Connect now; also ends a wait, and resumes after [`Effect::GiveUp`].
    Start,
    /// Go offline and stay so.
    Stop,
    /// The socket [`Effect::Connect`] asked for is open.
    Connected,
    /// The socket is closed, or could not be opened.
    Disconnected {
        /// Why, in words for the person.
        reason: String,
    },
    /// A binary message came.
    Received(Vec<u8>),
    /// Time has passed.
    Tick,
    /// Newly sealed records are on this device's disk.
    LocalRecords,
    /// The answer to [`Effect::LoadStanding`].
    Standing(Standing),
    /// The answer to [`Effect::LoadOutbox`]: own records in the order of their numbers; empty when there are none.
    Outbox {
        /// The records.
        records: Vec<SealedRecord>,
    },
    /// The answer to [`Effect::LoadHeld`]: records of that device in the order of their numbers, without gaps.
    Held {
        /// The records.
        records: Vec<SealedRecord>,
    },
    /// A sealed presence record to pass on; dropped when nobody is connected.
    Presence(SealedRecord),
    /// An effect could not be carried out because the disk failed.
    DiskFailed {
        /// Why, in words for the person.
        reason: String,
    },
}

/// What the caller has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a WebSocket to the relay.
    Connect,
    /// Close the socket, after what was sent; no event is expected.
    Disconnect,
    /// Send a binary message.
    Send(Vec<u8>),
    /// Read what the disk says and answer with [`Event::Standing`].
    LoadStanding {
        /// The own record whose hash is asked for; 0 for none.
        own_seq: u64,
    },
    /// Read own sealed records (acknowledged or not) with numbers above `after_seq`, at least one if there is one, then as
    /// many as fit; answer with [`Event::Outbox`].
    LoadOutbox {
        /// The number after which to begin.
        after_seq: u64,
        /// How much to read; the first record may exceed it.
        max_bytes: usize,
        /// How many to read.
        max_records: usize,
    },
    /// Read kept records of another device with numbers above `after_seq`, at least one if there is one, then as many as
    /// fit; answer with [`Event::Held`].
    LoadHeld {
        /// Whose.
        device: DeviceId,
        /// The number after which to begin.
        after_seq: u64,
        /// How much to read; the first record may exceed it.
        max_bytes: usize,
        /// How many to read.
        max_records: usize,
    },
    /// Store in one transaction: what the records bring, the cursor, the chains' heads. Records already known are skipped.
    /// May come with no records, to move the cursor, or to say that everything was read.
    Store {
        /// Verified records of this workspace, still sealed.
        records: Vec<ReceivedRecord>,
        /// How far the log has now been read.
        cursor: Cursor,
        /// With this, everything the relay has was read.
        caught_up: bool,
        /// Heads of the chains the records belong to; replaces what was stored for these devices.
        chains: Vec<ChainHead>,
    },
    /// These own records are on the relay's disk. May repeat.
    MarkAcked(Vec<Ack>),
    /// Somebody's presence: verified, still sealed.
    Presence(SealedRecord),
    /// The relay has let this device in.
    Admitted,
    /// Who vouches for this device, up to the founder: to be kept beside its key. Its admission may be forgotten.
    Proven(Vec<MemberCertificate>),
    /// The relay has forgotten records it had acknowledged or shown. Own ones are sent again, and those of others of which it
    /// has less than is kept here.
    RelayLostRecords {
        /// How far this device had read.
        cursor: Option<Cursor>,
        /// The last number the relay has now.
        head: u64,
    },
    /// Something about the records is not as it should be. Nothing is lost by it here.
    Warning(Warning),
    /// The session stopped: this device's numbers are used twice or records of its own are gone. The caller takes a new
    /// device key, which the old one vouches for, and a new actor, and starts a new session that reads first; what the relay
    /// then turns out not to have is sealed again.
    NewDeviceNeeded(NewDeviceReason),
    /// The session stopped: trying again will not help until somebody did something. [`Event::Start`] resumes.
    GiveUp(GaveUp),
    /// What to show has changed.
    Status(Status),
}

/// A record as it came from the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedRecord {
    /// Its place in the workspace's log.
    pub relay_seq: u64,
    /// Verified, still sealed: [`SealedRecord::open_verified`] opens it.
    pub record: SealedRecord,
}

/// Where the conversation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Offline by choice, or not started.
    Stopped,
    /// Offline; tries again by itself.
    Waiting {
        /// When, on the caller's clock.
        retry_at_ms: u64,
        /// Why, in words for the person.
        reason: String,
    },
    /// On the way.
    Connecting,
    /// Connected, reading what others wrote meanwhile.
    CatchingUp {
        /// The last number read.
        at: u64,
        /// The last number there is.
        head: u64,
    },
    /// Connected and up to date with the relay.
    Live {
        /// Why own records are not accepted at the moment (the relay's disk is full, say); `None` when all is well.
        push_blocked: Option<String>,
    },
    /// Offline until somebody did something.
    GaveUp(RefusalCode),
}

/// Why a session gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaveUp {
    /// For the program.
    pub code: RefusalCode,
    /// For the person.
    pub reason: String,
}

/// What is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A device's chain has a gap or a fork; the record was kept.
    Chain(Irregularity),
    /// The relay sent a record that is none of this workspace, or is damaged; it was not stored. The next connection asks for
    /// it again: the cursor that is stored stays before it.
    BadRecord {
        /// The place the relay gave it.
        relay_seq: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// Why this device must take a new key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewDeviceReason {
    /// The relay has a later record of this device than the disk: the data file was restored from an old copy, or copied.
    RelayKnowsMore,
    /// The relay has another record under a number of this device: the data file was copied.
    Fork,
    /// The relay needs own records again which the caller no longer has.
    RecordsGone,
}
