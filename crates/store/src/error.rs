//! What can go wrong with the file.

use std::path::PathBuf;

/// A failure of the workspace's file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no workspace at {0}")]
    Missing(PathBuf),
    /// There is a file already where a new one should go.
    #[error("there is already a file at {0}; choose another name")]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{0} is not a Tandem workspace")]
    Foreign(PathBuf),
    /// The file was written by a newer version.
    #[error("this workspace was written by a newer version of Tandem; update Tandem to open it. Nothing was changed")]
    Newer,
    /// Another program holds the file.
    #[error("another program holds the workspace's file; nothing was written. Close it and try again")]
    Locked,
    /// No room on the disk.
    #[error("the disk is full: this was not written, everything before it is safe. Free some space and try again")]
    Full,
    /// The file may not be written.
    #[error("the workspace's file cannot be written: it is read-only for this user")]
    ReadOnly,
    /// The file is damaged.
    #[error("the workspace's file is damaged: {0}")]
    Damaged(String),
    /// A question that the read model cannot answer.
    #[error("{0}")]
    Query(String),
    /// Anything else SQLite says.
    #[error("the workspace's file could not be used: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// Stable, for callers to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "no_workspace",
            Self::Exists(_) => "exists",
            Self::Foreign(_) => "not_a_workspace",
            Self::Newer => "newer_version",
            Self::Locked => "locked",
            Self::Full => "disk_full",
            Self::ReadOnly => "read_only",
            Self::Damaged(_) => "damaged",
            Self::Query(_) => "invalid_query",
            Self::Sqlite(_) => "storage",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked,
            Some(Code::DiskFull) => Self::Full,
            // A file-size limit or a full quota surfaces as a failed write.
            Some(Code::SystemIoFailure) if is_write_failure(&error) => Self::Full,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

fn is_write_failure(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    let extended = error.sqlite_error().map(|error| error.extended_code);
    matches!(
        extended,
        Some(
            ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE | ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_FSYNC
        )
    )
}
