//! Connections that only read: a few, shared by all threads.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// Idle connections that are kept.
const KEPT: usize = 4;

/// A pool of read-only connections.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// A pool over the file at `path`. Connections are made when needed.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::new(Vec::new()) }
    }

    /// Runs `read` on a connection; several may run at once. Everything inside sees one state of the file.
    ///
    /// # Errors
    /// What `read` fails with, or what SQLite says when the file cannot be opened.
    pub fn read<T, E: From<StoreError>>(&self, read: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect().map_err(E::from)?,
        };
        connection.execute_batch("BEGIN").map_err(|error| E::from(error.into()))?;
        let answer = read(&connection);
        // Nothing was written: ending the transaction cannot lose anything.
        if connection.execute_batch("COMMIT").is_ok() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < KEPT {
                idle.push(connection);
            }
        }
        answer
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.pragma_update(None, "mmap_size", 268_435_456)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(connection)
    }
}
