//! The file: making, opening, transactions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};
use tandem_context::Schema;

use crate::{StoreError, tables};

/// `PRAGMA application_id` of our files: "tndm".
const APPLICATION_ID: i32 = 0x746e_646d;
/// How long a writer waits for another process before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long who leaves waits for readers in other processes.
const LEAVING_TIMEOUT: Duration = Duration::from_millis(100);
/// Statements kept prepared.
const STATEMENTS: usize = 256;
/// The version of the file's tables (the kinds' own tables follow the schema, see `tables`).
pub const FORMAT: usize = MIGRATIONS.len();

const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("format-1.sql")),
    M::up(include_str!("format-2.sql")),
    M::up(include_str!("format-3.sql")),
    M::up(include_str!("format-4.sql")),
    M::up(include_str!("format-5.sql")),
];

/// The one connection that writes. Its owner decides when.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    /// Commits do not wait for the disk at present.
    relaxed: bool,
}

/// A write transaction: everything in it is on disk together, or not at all.
#[derive(Debug)]
pub struct Tx<'a> {
    pub(crate) tx: Transaction<'a>,
    /// Kind → the statement that makes its rows, as text, made once.
    pub(crate) projections: RefCell<HashMap<&'static str, String>>,
}

impl Store {
    /// Makes a new file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is one; whatever the disk says otherwise.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Query(format!("{} cannot be made: {error}", folder.display())))?;
        }
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        Self::prepare(connection, path)
    }

    /// Opens a file and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Locked`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        match connection.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0)) {
            Ok(APPLICATION_ID) => Self::prepare(connection, path),
            Ok(_) => Err(StoreError::Foreign(path.to_owned())),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                Err(StoreError::Foreign(path.to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn prepare(mut connection: Connection, path: &Path) -> Result<Self, StoreError> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // `to_latest` would also go back: a newer file is refused before it is touched.
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let version = usize::try_from(version).unwrap_or(usize::MAX);
        if version > FORMAT {
            return Err(StoreError::Newer);
        }
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if version < FORMAT {
            Migrations::from_slice(MIGRATIONS).to_latest(&mut connection).map_err(|error| match error {
                rusqlite_migration::Error::RusqliteError { err, .. } => StoreError::from(err),
                other => StoreError::Damaged(other.to_string()),
            })?;
        }
        let mut store = Self { connection, path: path.to_owned(), relaxed: false };
        if !tables::exist(&store.connection, &Schema::standard())? {
            let tx = store.begin()?;
            tables::ensure(&tx.tx, &Schema::standard())?;
            tx.commit()?;
        }
        Ok(store)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write. Waits for writers in other processes.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process writes for longer than ten seconds.
    pub fn begin(&mut self) -> Result<Tx<'_>, StoreError> {
        self.wait_for_disk(true)?;
        self.begin_here()
    }

    fn begin_here(&mut self) -> Result<Tx<'_>, StoreError> {
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Tx { tx, projections: RefCell::default() })
    }

    /// Begins a write whose loss with the power would cost nothing: its commit does not wait for the disk. Whatever is
    /// committed afterwards with [`Store::begin`] takes it along.
    ///
    /// # Errors
    /// As [`Store::begin`].
    pub fn begin_relaxed(&mut self) -> Result<Tx<'_>, StoreError> {
        self.wait_for_disk(false)?;
        self.begin_here()
    }

    /// Whether commits wait for the disk.
    fn wait_for_disk(&mut self, wait: bool) -> Result<(), StoreError> {
        if self.relaxed == wait {
            self.connection.pragma_update(None, "synchronous", if wait { "full" } else { "normal" })?;
            self.relaxed = !wait;
        }
        Ok(())
    }

    /// A number that changes whenever another connection has committed.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// The connection, for reading in the writer's own thread.
    pub fn reader(&self) -> &Connection {
        &self.connection
    }

    /// Moves the write-ahead log into the file and empties it, so that a copy of the file alone is a whole one. To be done
    /// at the end; when somebody else reads at this moment, it is theirs to do.
    pub fn leave_whole(&self) {
        let _ = self.connection.busy_timeout(LEAVING_TIMEOUT);
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }

    /// Moves the write-ahead log into the file. Not needed for durability; keeps the log short.
    pub fn tidy(&self) {
        // Readers in other processes may keep it from finishing: the next time will do.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

impl Tx<'_> {
    /// Puts everything on disk.
    ///
    /// # Errors
    /// [`StoreError::Full`] and what else a disk says; nothing of the transaction stays then.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit()?)
    }

    /// The connection inside the transaction, for reading what it wrote.
    pub fn reader(&self) -> &Connection {
        &self.tx
    }
}
