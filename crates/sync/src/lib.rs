//! How devices of one workspace exchange what they wrote, without trusting what lies between them.
//!
//! This crate performs no I/O, reads no clock and makes no random bytes: sockets, time and randomness come in as arguments,
//! so every history can be replayed in a test. It sees opaque bytes only and knows nothing of the document they belong to.
//!
//! | module | what it is about |
//! | --- | --- |
//! | [`keys`] | who a device and a workspace are, and the secrets they hold |
//! | [`record`] | the sealed record: what one device wrote, readable only by the workspace's members |
//! | [`chain`] | the hash chain of each device's records: gaps, forks, repetitions |
//! | [`membership`] | the certificates by which a relay knows who belongs to a workspace |
//! | [`invite`] | the link that brings a new device in |
//! | [`hex`] | bytes as text |
//! | [`wire`] | the messages between a device and the relay |
//! | [`session`] | a device's side of the conversation, as a state machine |
//!
//! The bytes are specified in `docs/protocol.md`.

mod codec;

pub mod chain;
pub mod error;
pub mod hex;
pub mod invite;
pub mod keys;
pub mod membership;
pub mod record;
pub mod session;
pub mod wire;

pub use chain::{ChainHead, Chains, Irregularity};
pub use error::{Error, Result};
pub use invite::Invite;
pub use keys::{DeviceId, DeviceKey, WorkspaceId, WorkspaceKey};
pub use membership::{Admission, FoundingCertificate, InviteCertificate, MemberCertificate};
pub use record::{DocumentNumber, Header, Kind, Payload, Position, RecordHash, SealedRecord};
pub use session::{Effect, Event, Session};
