//! What can go wrong in a relay.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a relay could not start, or not end cleanly.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data directory cannot be used.
    #[error("the data directory {} cannot be used: {source}", path.display())]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another relay works in the same directory.
    #[error("another relay is already using the data directory {}", path.display())]
    DataDirInUse {
        /// The directory.
        path: PathBuf,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A thread could not be started.
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
}

impl Error {
    /// A stable word for this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DataDir { .. } => "data_dir",
            Self::DataDirInUse { .. } => "data_dir_in_use",
            Self::Listen { .. } => "listen",
            Self::Storage(e) => e.code(),
            Self::Thread(_) => "thread",
        }
    }
}

/// Why the storage did not do what it was asked. Nothing of the failed request was kept.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// There is no room left.
    #[error("the relay's disk is full")]
    Full,
    /// The disk or database does not work.
    #[error("the relay's storage does not work: {0}")]
    Failed(String),
}

impl StorageError {
    /// A stable word for this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full => "storage_full",
            Self::Failed(_) => "storage_failed",
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}
