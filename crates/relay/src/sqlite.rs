//! The log in one SQLite file: write-ahead log, full synchronisation, one writing connection and a few reading ones.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use tandem_sync::record::{RecordHash, SealedRecord};
use tandem_sync::wire::{Ack, Held, LogId, MAX_RECORDS_PER_MESSAGE, Numbered, Refusal, RefusalCode, Welcome};
use tandem_sync::{DeviceId, WorkspaceId};

use crate::error::{Error, StorageError};
use crate::log::{Append, Log, Outcome, Page, Refill, Write};
use crate::members::{admit, vouch, welcome};

const FILE_NAME: &str = "relay.sqlite";
const LOCK_NAME: &str = "relay.lock";
const READERS: usize = 4;
const BUSY_TIMEOUT_MS: u32 = 5_000;
const PAGE_SIZE_BYTES: u64 = 4096;

pub(crate) type Stored<T> = Result<T, StorageError>;

/// The log in a directory of its own.
#[derive(Debug)]
pub struct SqliteLog {
    writer: Mutex<Connection>,
    readers: Vec<Mutex<Connection>>,
    next_reader: AtomicUsize,
    max_workspaces: u64,
    /// Held as long as the log is open, so that no second relay works in the same directory.
    _lock: File,
}

impl SqliteLog {
    /// Opens or creates the log in `dir`. `max_file_bytes` bounds the database file.
    ///
    /// # Errors
    /// [`Error::DataDir`], [`Error::DataDirInUse`], [`Error::Storage`].
    pub fn open(dir: &Path, max_workspaces: u64, max_file_bytes: Option<u64>) -> Result<Self, Error> {
        let unusable = |source| Error::DataDir { path: dir.to_owned(), source };
        std::fs::create_dir_all(dir).map_err(unusable)?;
        let lock = File::create(dir.join(LOCK_NAME)).map_err(unusable)?;
        lock.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => Error::DataDirInUse { path: dir.to_owned() },
            TryLockError::Error(source) => unusable(source),
        })?;
        let path = dir.join(FILE_NAME);
        let mut writer = connect(&path)?;
        Migrations::new(vec![M::up(include_str!("schema.sql")), M::up(include_str!("schema-2.sql"))])
            .to_latest(&mut writer)
            .map_err(|e| StorageError::Failed(e.to_string()))?;
        if let Some(bytes) = max_file_bytes {
            let pages = i64::try_from(bytes / PAGE_SIZE_BYTES).unwrap_or(i64::MAX);
            writer.pragma_update(None, "max_page_count", pages).map_err(StorageError::from)?;
        }
        let readers = (0..READERS).map(|_| connect(&path).map(Mutex::new)).collect::<Stored<_>>()?;
        Ok(Self { writer: Mutex::new(writer), readers, next_reader: AtomicUsize::new(0), max_workspaces, _lock: lock })
    }

    fn reader(&self) -> Stored<MutexGuard<'_, Connection>> {
        let at = self.next_reader.fetch_add(1, Ordering::Relaxed) % READERS;
        let reader = self.readers.get(at).ok_or_else(|| StorageError::Failed("no connection".to_owned()))?;
        Ok(locked(reader))
    }
}

impl Log for SqliteLog {
    fn commit(&self, writes: &[Write]) -> Stored<Vec<Outcome>> {
        let mut writer = locked(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcomes = writes
            .iter()
            .map(|write| match write {
                Write::Admit(request) => admit(&tx, request, self.max_workspaces),
                Write::Append(request) => append(&tx, request),
                Write::Refill(request) => refill(&tx, request),
                Write::Vouch(request) => vouch(&tx, request),
            })
            .collect::<Stored<Vec<_>>>()?;
        tx.commit()?;
        Ok(outcomes)
    }

    fn welcome(&self, workspace: WorkspaceId, device: DeviceId) -> Stored<Option<Welcome>> {
        let reader = self.reader()?;
        welcome(&reader, workspace, device)
    }

    fn lacks(&self, workspace: WorkspaceId, heads: &[Held]) -> Stored<Vec<Held>> {
        let reader = self.reader()?;
        let mut lacks = Vec::new();
        for &Held { device, seq } in heads {
            let stored = member(&reader, workspace, device)?.map_or(0, |member| member.welcome.device_seq);
            if stored < seq {
                lacks.push(Held { device, seq: stored });
            }
        }
        Ok(lacks)
    }

    fn page(&self, workspace: WorkspaceId, after: u64, max_bytes: usize, except: Option<DeviceId>) -> Stored<Page> {
        let mut reader = self.reader()?;
        let tx = reader.transaction()?; // head and records of one moment
        let (key, head): (i64, u64) = tx
            .prepare_cached("SELECT key, head FROM workspace WHERE id = ?1")?
            .query_row([workspace.to_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let skip = match except {
            Some(device) => member(&tx, workspace, device)?.map_or(-1, |m| m.key),
            None => -1,
        };
        let mut select = tx.prepare_cached(
            "SELECT seq, member, bytes FROM record WHERE workspace = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?;
        // Beyond what SQLite can count there is nothing.
        let from = i64::try_from(after).unwrap_or(i64::MAX);
        let mut rows = select.query(params![key, from, MAX_RECORDS_PER_MESSAGE as i64])?;
        let (mut records, mut through, mut size_bytes) = (Vec::new(), after.min(head), 0);
        while let Some(row) = rows.next()? {
            let relay_seq: u64 = row.get(0)?;
            if row.get::<_, i64>(1)? != skip {
                let record: &[u8] = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
                size_bytes += record.len();
                if size_bytes > max_bytes && !records.is_empty() {
                    break;
                }
                records.push(Numbered { relay_seq, record: record.to_vec().into() });
            }
            through = relay_seq;
        }
        Ok(Page { records, through, head })
    }

    fn close(&self) -> Stored<()> {
        let writer = locked(&self.writer);
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

pub(crate) struct Member {
    key: i64,
    workspace: i64,
    /// Without the proof.
    pub(crate) welcome: Welcome,
}

pub(crate) fn member(db: &Connection, workspace: WorkspaceId, device: DeviceId) -> Stored<Option<Member>> {
    let found = db
        .prepare_cached(
            "SELECT member.key, workspace.key, log, head, last_seq, last_hash
             FROM workspace JOIN member ON member.workspace = workspace.key
             WHERE workspace.id = ?1 AND member.device = ?2",
        )?
        .query_row([workspace.to_bytes().as_slice(), &device.to_bytes()], |row| {
            Ok(Member {
                key: row.get(0)?,
                workspace: row.get(1)?,
                welcome: Welcome {
                    log: LogId(row.get(2)?),
                    head: row.get(3)?,
                    device_seq: row.get(4)?,
                    device_hash: RecordHash::from_bytes(row.get(5)?),
                    proof: Vec::new(),
                },
            })
        })
        .optional()?;
    Ok(found)
}

fn append(tx: &Transaction<'_>, request: &Append) -> Stored<Outcome> {
    let Some(member) = member(tx, request.workspace, request.device)? else {
        return Ok(refused(RefusalCode::NotAMember, "this device is not a member of the workspace"));
    };
    let Welcome { device_seq: mut last_seq, device_hash: mut last_hash, mut head, .. } = member.welcome;
    let (mut acks, mut new) = (Vec::with_capacity(request.records.len()), Vec::new());
    for record in &request.records {
        let header = record.header();
        let device_seq = header.device_seq;
        if device_seq <= last_seq {
            match stored_as(tx, &member, record)? {
                Some(relay_seq) if new.is_empty() => acks.push(Ack { device_seq, relay_seq }),
                _ => return Ok(refused(RefusalCode::Fork, fork_reason(device_seq))),
            }
            continue;
        }
        if device_seq != last_seq + 1 {
            let reason = format!("record {} is missing before record {device_seq}", last_seq + 1);
            return Ok(refused(RefusalCode::Gap, reason));
        }
        if header.previous != last_hash {
            return Ok(refused(RefusalCode::Fork, fork_reason(last_seq)));
        }
        head += 1;
        (last_seq, last_hash) = (device_seq, record.hash());
        acks.push(Ack { device_seq, relay_seq: head });
        new.push((head, last_hash, record));
    }
    if !new.is_empty() {
        insert_records(tx, &member, &new)?;
    }
    Ok(Outcome::Appended { acks, head })
}

/// Stores what continues the chains of other devices; what does not is left out and shows in the answer.
fn refill(tx: &Transaction<'_>, request: &Refill) -> Stored<Outcome> {
    let Some(bringer) = member(tx, request.workspace, request.bringer)? else {
        return Ok(refused(RefusalCode::NotAMember, "this device is not a member of the workspace"));
    };
    let (mut heads, mut head) = (Vec::new(), bringer.welcome.head);
    for records in request.records.chunk_by(|one, other| one.header().device == other.header().device) {
        let Some(device) = records.first().map(|record| record.header().device) else { continue };
        let Some(author) = member(tx, request.workspace, device)? else {
            heads.push(Held { device, seq: 0 });
            continue;
        };
        let (mut seq, mut hash) = (author.welcome.device_seq, author.welcome.device_hash);
        let mut new = Vec::new();
        for record in records.iter().filter(|record| record.header().device_seq > author.welcome.device_seq) {
            if record.header().device_seq != seq + 1 || record.header().previous != hash {
                break;
            }
            head += 1;
            (seq, hash) = (seq + 1, record.hash());
            new.push((head, hash, record));
        }
        if !new.is_empty() {
            insert_records(tx, &author, &new)?;
        }
        heads.push(Held { device, seq });
    }
    Ok(Outcome::Refilled { heads, head })
}

/// The number under which exactly this record is stored.
fn stored_as(tx: &Transaction<'_>, member: &Member, record: &SealedRecord) -> Stored<Option<u64>> {
    let found: Option<(u64, [u8; 32])> = tx
        .prepare_cached("SELECT seq, hash FROM record WHERE member = ?1 AND device_seq = ?2")?
        .query_row(params![member.key, record.header().device_seq], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.filter(|(_, hash)| *hash == record.hash().to_bytes()).map(|(seq, _)| seq))
}

fn insert_records(tx: &Transaction<'_>, member: &Member, new: &[(u64, RecordHash, &SealedRecord)]) -> Stored<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO record (workspace, seq, member, device_seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (seq, hash, record) in new {
        let device_seq = record.header().device_seq;
        insert.execute(params![member.workspace, seq, member.key, device_seq, hash.to_bytes(), record.as_bytes()])?;
    }
    if let Some((seq, hash, record)) = new.last() {
        tx.prepare_cached("UPDATE workspace SET head = ?2 WHERE key = ?1")?.execute(params![member.workspace, seq])?;
        tx.prepare_cached("UPDATE member SET last_seq = ?2, last_hash = ?3 WHERE key = ?1")?.execute(params![
            member.key,
            record.header().device_seq,
            hash.to_bytes()
        ])?;
    }
    Ok(())
}

fn fork_reason(device_seq: u64) -> String {
    format!("another record {device_seq} of this device is already stored: its data file was copied or restored")
}

pub(crate) fn refused(code: RefusalCode, reason: impl Into<String>) -> Outcome {
    Outcome::Refused(Refusal::new(code, reason))
}

fn connect(path: &Path) -> Stored<Connection> {
    let db = Connection::open(path)?;
    db.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS.into()))?;
    db.pragma_update(None, "page_size", PAGE_SIZE_BYTES)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.set_prepared_statement_cache_capacity(32);
    Ok(db)
}

/// A panic elsewhere leaves SQLite's own state intact: its transaction was rolled back.
fn locked(db: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    db.lock().unwrap_or_else(PoisonError::into_inner)
}
