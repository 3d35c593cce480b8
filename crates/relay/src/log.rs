//! What a relay needs of its storage. SQLite serves it on one machine; a replicated log could serve it on several.

use tandem_sync::record::SealedRecord;
use tandem_sync::wire::{Ack, Held, Numbered, Refusal, Welcome};
use tandem_sync::{Admission, DeviceId, FoundingCertificate, MemberCertificate, WorkspaceId};

use crate::error::StorageError;

/// A request to change what is stored.
#[derive(Debug)]
pub enum Write {
    /// Let a device in.
    Admit(Box<Admit>),
    /// Append records.
    Append(Append),
    /// Append records of other devices than the one that brings them.
    Refill(Refill),
    /// Let devices in on a member's word.
    Vouch(Vouch),
}

/// A device that wants to be let in. Its signatures have been checked.
#[derive(Debug)]
pub struct Admit {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// Who founded the workspace; its id has been checked.
    pub founding: Option<FoundingCertificate>,
    /// By what right it comes; its signatures have been checked.
    pub admission: Option<Admission>,
    /// Who vouches for it, step by step; the signatures have been checked.
    pub proof: Vec<MemberCertificate>,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now_s: u64,
}

/// Records of one device. Their signatures, workspace and device have been checked.
#[derive(Debug)]
pub struct Append {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// The records, with successive numbers.
    pub records: Vec<SealedRecord>,
}

/// Records of other devices, for a log that was lost. Their signatures and workspace have been checked.
#[derive(Debug)]
pub struct Refill {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Who brings them.
    pub bringer: DeviceId,
    /// The records, those of one device with successive numbers.
    pub records: Vec<SealedRecord>,
}

/// Devices a member vouches for.
#[derive(Debug)]
pub struct Vouch {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The member whose word it is.
    pub voucher: DeviceId,
    /// The voucher's certificates. Their signatures have been checked.
    pub certificates: Vec<MemberCertificate>,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now_s: u64,
}

/// What became of a [`Write`].
#[derive(Debug)]
pub enum Outcome {
    /// The device is in.
    Admitted(Welcome),
    /// All records are stored, some perhaps since earlier.
    Appended {
        /// One for each record.
        acks: Vec<Ack>,
        /// The workspace's last number now.
        head: u64,
    },
    /// What continued a chain is stored, the rest is not.
    Refilled {
        /// How far the log has each device whose records were brought.
        heads: Vec<Held>,
        /// The workspace's last number now.
        head: u64,
    },
    /// The devices are members.
    Vouched,
    /// Nothing of this write was stored.
    Refused(Refusal),
}

/// A part of a workspace's log.
#[derive(Debug)]
pub struct Page {
    /// The records, in order.
    pub records: Vec<Numbered>,
    /// Everything up to here has been looked at.
    pub through: u64,
    /// The last number there is.
    pub head: u64,
}

/// The log of all workspaces, and who may write to it.
pub trait Log: Send + Sync + 'static {
    /// Carries the writes out in order. All of it is on disk when this returns; on an error nothing is.
    /// One refused write does not disturb the others.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails.
    fn commit(&self, writes: &[Write]) -> Result<Vec<Outcome>, StorageError>;

    /// What to tell a member that connects; `None` when the workspace is unknown or the device is no member.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails.
    fn welcome(&self, workspace: WorkspaceId, device: DeviceId) -> Result<Option<Welcome>, StorageError>;

    /// Of these devices, those of which the log has less than is named, with what it has.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails.
    fn lacks(&self, workspace: WorkspaceId, heads: &[Held]) -> Result<Vec<Held>, StorageError>;

    /// The records after a number, at least one if there is one, then as many as fit into `max_bytes`; without those of
    /// `except`.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails.
    fn page(
        &self,
        workspace: WorkspaceId,
        after: u64,
        max_bytes: usize,
        except: Option<DeviceId>,
    ) -> Result<Page, StorageError>;

    /// Leaves the files in order before the relay ends.
    ///
    /// # Errors
    /// [`StorageError`] when the disk fails.
    fn close(&self) -> Result<(), StorageError>;
}
