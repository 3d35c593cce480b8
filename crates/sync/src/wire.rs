//! The messages between a device and the relay: CBOR in binary WebSocket frames, one message a frame, all bounded.
//!
//! The relay opens with a challenge; the device answers with [`ClientMessage::Hello`] and is welcomed or refused. Unknown
//! fields at the end of a message are skipped, so later versions can add some.

use std::fmt;

use minicbor::bytes::ByteVec;
use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::codec;
use crate::error::{Error, Result};
use crate::keys::{DeviceId, DeviceKey, SIGNATURE_BYTES, WorkspaceId};
use crate::membership::{Admission, FoundingCertificate, MAX_PROOF, MemberCertificate};
use crate::record::{MAX_SEALED_BYTES, RecordHash};

/// The protocol this version speaks.
pub const PROTOCOL_VERSION: u16 = 1;
/// Any message, either way.
pub const MAX_MESSAGE_BYTES: usize = MAX_SEALED_BYTES + 64 * 1024;
/// A message of a device that has not been welcomed yet.
pub const MAX_HELLO_BYTES: usize = 4096;
/// Records in one message.
pub const MAX_RECORDS_PER_MESSAGE: usize = 1024;
/// How much a page carries unless its first record alone is larger.
pub const MAX_PAGE_BYTES: u32 = 1024 * 1024;
/// A reason in words.
pub const MAX_REASON_BYTES: usize = 1024;

const HELLO_DOMAIN: &[u8] = b"tandem hello 1";

/// Names one life of a workspace's log at a relay. A cursor means something only within it: a relay that lost its disk
/// starts another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct LogId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Debug for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogId({})", crate::hex::hex(&self.0[..4]))
    }
}

/// What a device says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ClientMessage {
    /// Answers the challenge; the first message.
    #[n(0)]
    Hello(#[n(0)] Box<Hello>),
    /// Records to be stored, in the order of their numbers.
    #[n(1)]
    Push {
        /// Sealed records.
        #[n(0)]
        records: Vec<ByteVec>,
    },
    /// Asks for the records after a number. From the page that reaches the head on, later records come by themselves.
    #[n(2)]
    Pull {
        /// The last number the device has; 0 for none.
        #[n(0)]
        after: u64,
        /// How much to send at most; at least one record is sent, at most [`MAX_PAGE_BYTES`].
        #[n(1)]
        max_bytes: u32,
    },
    /// A sealed presence record for everybody else who is connected.
    #[n(3)]
    Presence {
        /// The sealed record.
        #[n(0)]
        record: ByteVec,
    },
    /// Asks for a [`ServerMessage::Pong`].
    #[n(4)]
    Ping,
    /// The device is about to close the connection.
    #[n(5)]
    Bye,
    /// A member's word that other devices are members too. Said at each connection: a relay that lost its disk has lost who
    /// was let in.
    #[n(6)]
    Vouch {
        /// One for each device, signed by this one.
        #[n(0)]
        certificates: Vec<MemberCertificate>,
    },
    /// Up to where this device keeps the records of others, for a relay that lost its disk; answered with
    /// [`ServerMessage::Lacks`].
    #[n(7)]
    Have {
        /// One for each device.
        #[n(0)]
        heads: Vec<Held>,
    },
    /// Records of other devices which the relay said it lacks, those of one device in the order of their numbers; answered
    /// with [`ServerMessage::Lacks`].
    #[n(8)]
    Refill {
        /// Sealed records.
        #[n(0)]
        records: Vec<ByteVec>,
    },
}

/// A device's proof of who it is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Hello {
    /// [`PROTOCOL_VERSION`].
    #[n(0)]
    pub protocol: u16,
    /// The workspace it wants to take part in.
    #[n(1)]
    pub workspace: WorkspaceId,
    /// Its own id.
    #[n(2)]
    pub device: DeviceId,
    /// Its signature over the challenge, the protocol version, the workspace and its id.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; SIGNATURE_BYTES],
    /// Who founded the workspace, in case the relay does not know it yet.
    #[n(4)]
    pub founding: Option<FoundingCertificate>,
    /// By what right it comes, in case the relay does not know it yet.
    #[n(5)]
    pub admission: Option<Admission>,
    /// Who vouches for it, who vouches for that one, and so on: to somebody the relay knows, or to the founder.
    #[n(6)]
    #[cbor(default)]
    pub proof: Vec<MemberCertificate>,
}

impl Hello {
    /// Answers a challenge.
    pub fn create(
        challenge: &[u8; 32],
        workspace: WorkspaceId,
        device: &DeviceKey,
        founding: Option<FoundingCertificate>,
        admission: Option<Admission>,
    ) -> Self {
        let protocol = PROTOCOL_VERSION;
        let parts = hello_parts(protocol, workspace, device.id());
        let signature = device.sign(HELLO_DOMAIN, &[challenge, &parts.0, &parts.1, &parts.2]);
        Self { protocol, workspace, device: device.id(), signature, founding, admission, proof: Vec::new() }
    }

    /// With those who vouch for the device.
    #[must_use]
    pub fn with_proof(self, proof: Vec<MemberCertificate>) -> Self {
        Self { proof, ..self }
    }

    /// Checks the signature over this connection's challenge.
    ///
    /// # Errors
    /// [`Error::BadSignature`].
    pub fn verify(&self, challenge: &[u8; 32]) -> Result<()> {
        let parts = hello_parts(self.protocol, self.workspace, self.device);
        let parts: [&[u8]; 4] = [challenge, &parts.0, &parts.1, &parts.2];
        self.device.verify("the greeting", HELLO_DOMAIN, &parts, &self.signature)
    }
}

fn hello_parts(protocol: u16, workspace: WorkspaceId, device: DeviceId) -> ([u8; 2], [u8; 16], [u8; 32]) {
    (protocol.to_be_bytes(), workspace.to_bytes(), device.to_bytes())
}

/// What the relay says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum ServerMessage {
    /// The first message of a connection.
    #[n(0)]
    Challenge {
        /// Random bytes to be signed; good for this connection only.
        #[cbor(n(0), with = "minicbor::bytes")]
        nonce: [u8; 32],
        /// The newest protocol the relay speaks.
        #[n(1)]
        protocol: u16,
        /// The relay's own version, for people.
        #[n(2)]
        relay_version: String,
    },
    /// The device is in.
    #[n(1)]
    Welcome(#[n(0)] Welcome),
    /// The device is not let in; the connection closes.
    #[n(2)]
    Refused(#[n(0)] Refusal),
    /// Pushed records are on the relay's disk.
    #[n(3)]
    Acked {
        /// One for each record.
        #[n(0)]
        acks: Vec<Ack>,
    },
    /// The answer to a pull.
    #[n(4)]
    Page {
        /// The records, in order.
        #[n(0)]
        records: Vec<Numbered>,
        /// Everything up to here has now been sent.
        #[n(1)]
        through: u64,
        /// The last number there is. More remains while `through` is smaller.
        #[n(2)]
        head: u64,
    },
    /// Records that were just stored.
    #[n(5)]
    Records {
        /// The records, in order, without the device's own.
        #[n(0)]
        records: Vec<Numbered>,
        /// The number after which this message continues.
        #[n(1)]
        after: u64,
        /// Everything up to here has now been sent, but for the device's own.
        #[n(2)]
        through: u64,
    },
    /// Somebody's presence record.
    #[n(6)]
    Presence {
        /// The sealed record.
        #[n(0)]
        record: ByteVec,
    },
    /// Something was not accepted; nothing of the message it answers was stored unless acknowledged.
    #[n(7)]
    Error(#[n(0)] Refusal),
    /// Answers a ping.
    #[n(8)]
    Pong,
    /// The relay is about to close the connection, and why.
    #[n(9)]
    Bye(#[n(0)] Refusal),
    /// The answer to [`ClientMessage::Have`]: of these devices the relay has less than was named. The answer to
    /// [`ClientMessage::Refill`]: what it now has of the devices whose records were sent.
    #[n(10)]
    Lacks {
        /// The last number it has of each; 0 for none.
        #[n(0)]
        heads: Vec<Held>,
    },
}

/// How far somebody has the records of a device, from the first on without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Held {
    /// The device.
    #[n(0)]
    pub device: DeviceId,
    /// The last number; 0 for none.
    #[n(1)]
    pub seq: u64,
}

/// What the relay knows of the workspace and of the device it welcomes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Welcome {
    /// Which life of the log the numbers belong to.
    #[n(0)]
    pub log: LogId,
    /// The last number in the workspace's log; 0 when empty.
    #[n(1)]
    pub head: u64,
    /// The last of the device's own records that is stored; 0 for none.
    #[n(2)]
    pub device_seq: u64,
    /// That record's hash.
    #[n(3)]
    pub device_hash: RecordHash,
    /// Who vouches for the device, up to the founder: to be kept and shown to a relay that lost its disk. Empty for the
    /// founder, and while nobody has vouched.
    #[n(4)]
    #[cbor(default)]
    pub proof: Vec<MemberCertificate>,
}

/// A record and the number the relay gave it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Numbered {
    /// Its place in the workspace's log, from 1.
    #[n(0)]
    pub relay_seq: u64,
    /// The sealed record.
    #[n(1)]
    pub record: ByteVec,
}

/// A record of the device is on the relay's disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ack {
    /// The device's own number.
    #[n(0)]
    pub device_seq: u64,
    /// The place in the workspace's log.
    #[n(1)]
    pub relay_seq: u64,
}

/// Why something was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Refusal {
    /// For the program.
    #[n(0)]
    pub code: RefusalCode,
    /// For the person.
    #[n(1)]
    pub reason: String,
}

impl Refusal {
    /// A refusal in words.
    pub fn new(code: RefusalCode, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }
}

/// The words a relay refuses with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalCode {
    /// The message or record is not understood.
    Malformed,
    /// Something exceeds its bound.
    TooLarge,
    /// The relay does not speak the device's protocol version.
    Version,
    /// A signature is not valid.
    Signature,
    /// The relay does not know the workspace and was not shown who founded it.
    UnknownWorkspace,
    /// The device is not a member.
    NotAMember,
    /// The invite's time is over.
    InviteExpired,
    /// The invite has brought another device in.
    InviteUsed,
    /// Whoever signed the invite is not a member.
    InviteIssuer,
    /// The relay takes no further workspaces.
    Closed,
    /// Two different records with one number of one device.
    Fork,
    /// A record does not follow its device's last one.
    Gap,
    /// The record belongs to another workspace or device than the connection.
    Foreign,
    /// The relay cannot write to its disk.
    Storage,
    /// Too many connections or messages; later it may work.
    Busy,
    /// The device took too long.
    Timeout,
    /// The relay is being shut down.
    ShuttingDown,
    /// A code of a newer version.
    Unknown,
}

const CODES: [(RefusalCode, &str); 18] = [
    (RefusalCode::Malformed, "malformed"),
    (RefusalCode::TooLarge, "too_large"),
    (RefusalCode::Version, "version"),
    (RefusalCode::Signature, "signature"),
    (RefusalCode::UnknownWorkspace, "unknown_workspace"),
    (RefusalCode::NotAMember, "not_a_member"),
    (RefusalCode::InviteExpired, "invite_expired"),
    (RefusalCode::InviteUsed, "invite_used"),
    (RefusalCode::InviteIssuer, "invite_issuer"),
    (RefusalCode::Closed, "closed"),
    (RefusalCode::Fork, "fork"),
    (RefusalCode::Gap, "gap"),
    (RefusalCode::Foreign, "foreign"),
    (RefusalCode::Storage, "storage"),
    (RefusalCode::Busy, "busy"),
    (RefusalCode::Timeout, "timeout"),
    (RefusalCode::ShuttingDown, "shutting_down"),
    (RefusalCode::Unknown, "unknown"),
];

impl RefusalCode {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        CODES.iter().find(|(code, _)| *code == self).map_or("unknown", |(_, word)| word)
    }

    /// The code for a word on the wire.
    pub fn from_word(word: &str) -> Self {
        CODES.iter().find(|(_, w)| *w == word).map_or(Self::Unknown, |(code, _)| *code)
    }

    /// Whether trying the same again is pointless until somebody did something about it.
    pub fn is_permanent(self) -> bool {
        matches!(
            self,
            Self::Version
                | Self::Signature
                | Self::NotAMember
                | Self::InviteExpired
                | Self::InviteUsed
                | Self::InviteIssuer
                | Self::Closed
        )
    }
}

impl<C> Encode<C> for RefusalCode {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for RefusalCode {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.datatype()? {
            Type::String => Ok(Self::from_word(d.str()?)),
            other => Err(minicbor::decode::Error::type_mismatch(other)),
        }
    }
}

impl ClientMessage {
    /// The message's bytes.
    pub fn encode(&self) -> Vec<u8> {
        codec::to_bytes(self)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Damaged`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let message: Self = decode(bytes)?;
        match &message {
            Self::Push { records } => count(records.len())?,
            Self::Refill { records } => count(records.len())?,
            Self::Vouch { certificates } => count(certificates.len())?,
            Self::Have { heads } => count(heads.len())?,
            Self::Hello(hello) if hello.proof.len() > MAX_PROOF => {
                return Err(Error::damaged("the message", format!("more than {MAX_PROOF} steps to the founder")));
            }
            Self::Hello(_) if bytes.len() > MAX_HELLO_BYTES => {
                return Err(too_large(bytes.len(), MAX_HELLO_BYTES));
            }
            _ => {}
        }
        Ok(message)
    }
}

impl ServerMessage {
    /// The message's bytes.
    pub fn encode(&self) -> Vec<u8> {
        codec::to_bytes(self)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Damaged`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let message: Self = decode(bytes)?;
        match &message {
            Self::Page { records, .. } | Self::Records { records, .. } => count(records.len())?,
            Self::Acked { acks } => count(acks.len())?,
            Self::Lacks { heads } => count(heads.len())?,
            Self::Welcome(welcome) if welcome.proof.len() > MAX_PROOF => {
                return Err(Error::damaged("the message", format!("more than {MAX_PROOF} steps to the founder")));
            }
            Self::Refused(refusal) | Self::Error(refusal) | Self::Bye(refusal)
                if refusal.reason.len() > MAX_REASON_BYTES =>
            {
                return Err(too_large(refusal.reason.len(), MAX_REASON_BYTES));
            }
            _ => {}
        }
        Ok(message)
    }
}

fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(too_large(bytes.len(), MAX_MESSAGE_BYTES));
    }
    codec::from_bytes("the message", bytes)
}

fn count(records: usize) -> Result<()> {
    if records > MAX_RECORDS_PER_MESSAGE {
        return Err(Error::damaged("the message", format!("more than {MAX_RECORDS_PER_MESSAGE} records")));
    }
    Ok(())
}

fn too_large(size_bytes: usize, limit_bytes: usize) -> Error {
    Error::TooLarge { what: "the message", size_bytes, limit_bytes }
}
