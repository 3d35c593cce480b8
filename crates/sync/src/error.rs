//! What can go wrong, in words for the person and with a stable code for the caller.

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything this crate refuses.
///
/// Callers branch on [`Error::code`], never on the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Bytes that do not have the expected form.
    #[error("{what} is damaged: {detail}")]
    Damaged {
        /// What was being read, as the subject of a sentence.
        what: &'static str,
        /// What about it is wrong.
        detail: String,
    },
    /// Something exceeds its bound.
    #[error("{what} is too large: {size_bytes} bytes, the limit is {limit_bytes}")]
    TooLarge {
        /// What exceeds its bound, as the subject of a sentence.
        what: &'static str,
        /// Its size.
        size_bytes: usize,
        /// The bound.
        limit_bytes: usize,
    },
    /// Made by a newer version of Tandem.
    #[error("{what} was made by a newer version of Tandem (format {found}): update Tandem to read it")]
    UnsupportedVersion {
        /// What was being read, as the subject of a sentence.
        what: &'static str,
        /// The version it states.
        found: u32,
    },
    /// A signature does not belong to its bytes and key.
    #[error("the signature on {what} is not valid: it was altered, or somebody else made it")]
    BadSignature {
        /// What carries the signature.
        what: &'static str,
    },
    /// The workspace key does not open a record.
    #[error("this record cannot be opened with the workspace's key")]
    WrongKey,
    /// The record was sealed under another epoch of the workspace's key.
    #[error("this record was sealed under key epoch {record_epoch}, the key at hand is of epoch {key_epoch}")]
    WrongKeyEpoch {
        /// The epoch the record names.
        record_epoch: u32,
        /// The epoch of the key that was given.
        key_epoch: u32,
    },
    /// A record or certificate belongs to another workspace.
    #[error("{what} belongs to another workspace")]
    ForeignWorkspace {
        /// What belongs elsewhere, as the subject of a sentence.
        what: &'static str,
    },
    /// The text is no invite link at all.
    #[error("this is not a Tandem invite link: it should start with tandem://join/")]
    NotAnInvite,
    /// An invite link that lost characters or was altered.
    #[error("this invite link is damaged ({detail}): copy the whole link again, or ask for a new one")]
    InviteDamaged {
        /// What about it is wrong.
        detail: String,
    },
    /// An invite link past its expiry.
    #[error("this invite link has expired: ask for a new one")]
    InviteExpired {
        /// When it expired, in seconds since 1970-01-01 UTC.
        expired_at_s: u64,
    },
    /// The relay's address is not one a device can connect to.
    #[error("\"{url}\" is not the address of a relay: it should look like wss://relay.example.org")]
    BadRelayUrl {
        /// The address as given.
        url: String,
    },
    /// Text that is no identifier.
    #[error("\"{text}\" is not a valid {what}")]
    BadId {
        /// Which identifier was expected.
        what: &'static str,
        /// The text as given.
        text: String,
    },
}

impl Error {
    /// A stable word for this error, for callers and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "damaged",
            Self::TooLarge { .. } => "too_large",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::BadSignature { .. } => "bad_signature",
            Self::WrongKey => "wrong_key",
            Self::WrongKeyEpoch { .. } => "wrong_key_epoch",
            Self::ForeignWorkspace { .. } => "foreign_workspace",
            Self::NotAnInvite => "not_an_invite",
            Self::InviteDamaged { .. } => "invite_damaged",
            Self::InviteExpired { .. } => "invite_expired",
            Self::BadRelayUrl { .. } => "bad_relay_url",
            Self::BadId { .. } => "bad_id",
        }
    }

    pub(crate) fn damaged(what: &'static str, detail: impl ToString) -> Self {
        Self::Damaged { what, detail: detail.to_string() }
    }
}
