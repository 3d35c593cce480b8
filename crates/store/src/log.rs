//! The log of changes, the checkpoint, the outbox, local settings.

use rusqlite::{Connection, OptionalExtension, Row, params};
use tandem_context::{ChangeHash, Stamp, Wrote};

use crate::{Store, StoreError, Tx};

/// A change as it lies in the log.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// Its place in this file's log.
    pub n: i64,
    /// Its hash, as it was when it was written.
    pub hash: Vec<u8>,
    /// The change itself.
    pub bytes: Vec<u8>,
}

impl Tx<'_> {
    /// Appends a change. `None` where the log has it already.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn append(&self, stamp: &Stamp, bytes: &[u8], own: bool) -> Result<Option<i64>, StoreError> {
        let actor = self.actor(&stamp.actor)?;
        let note = &stamp.note;
        let undoes = note.undoes.as_deref().and_then(|hex| hex.parse::<ChangeHash>().ok());
        let (group, part) = note.group.as_ref().map_or((None, 0), |group| (Some(group.id.as_str()), group.part));
        let linked = (!note.linked.is_empty()).then(|| serde_json::json!(note.linked).to_string());
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO change (hash, actor, sequence, at_ms, action, by, device, via, reason, undoes, grouped, part, bytes, own, applied, linked)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15) ON CONFLICT (hash) DO NOTHING",
        )?;
        let written = statement.execute(params![
            stamp.hash.as_ref(),
            actor,
            stamp.sequence as i64,
            stamp.at_ms,
            note.action,
            note.by,
            note.device,
            note.via,
            note.reason,
            undoes.as_ref().map(AsRef::<[u8]>::as_ref),
            group,
            part,
            bytes,
            own,
            linked,
        ])?;
        Ok((written > 0).then(|| self.tx.last_insert_rowid()))
    }

    /// The change at `n` is in the document and in the read model.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn mark_applied(&self, n: i64, wrote: &[Wrote]) -> Result<(), StoreError> {
        let mut records: Vec<&str> = wrote.iter().filter_map(|wrote| wrote.place.record()).collect();
        let first = records.first().map(|first| (*first).to_owned());
        records.sort_unstable();
        records.dedup();
        self.tx
            .prepare_cached("UPDATE change SET applied = 1, records = ?2, first = ?3 WHERE n = ?1")?
            .execute(params![n, records.len() as i64, first])?;
        Ok(())
    }

    /// This file's number for an actor.
    pub(crate) fn actor(&self, id: &[u8]) -> Result<i64, StoreError> {
        let known = self
            .tx
            .prepare_cached("SELECT n FROM actor WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(n) = known {
            return Ok(n);
        }
        self.tx.prepare_cached("INSERT INTO actor (id) VALUES (?1)")?.execute([id])?;
        Ok(self.tx.last_insert_rowid())
    }

    /// Keeps the document as a whole: it holds every change up to and with `upto`. A later one that is there stays.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn keep_checkpoint(&self, upto: i64, bytes: &[u8]) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO checkpoint (n, upto, bytes) VALUES (1, ?1, ?2)
             ON CONFLICT (n) DO UPDATE SET upto = excluded.upto, bytes = excluded.bytes WHERE upto <= excluded.upto",
            params![upto, bytes],
        )?;
        Ok(())
    }

    /// Forgets the checkpoint; the next opening reads the log.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn drop_checkpoint(&self) -> Result<(), StoreError> {
        self.tx.execute("DELETE FROM checkpoint", [])?;
        Ok(())
    }

    /// Takes a damaged change out of the log.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn set_aside(&self, n: i64) -> Result<(), StoreError> {
        self.tx.execute("DELETE FROM history WHERE change = ?1", [n])?;
        self.begin_epoch()?;
        self.tx.execute("DELETE FROM change WHERE n = ?1", [n])?;
        Ok(())
    }

    /// History is taken back: whoever computed from it begins anew.
    pub(crate) fn begin_epoch(&self) -> Result<(), StoreError> {
        let epoch = crate::query::mark(&self.tx)?.epoch + 1;
        self.set_setting(crate::query::EPOCH, Some(&epoch.to_string()))
    }

    /// Puts a damaged change right: its bytes are those of the change it was.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn mend(&self, n: i64, bytes: &[u8]) -> Result<(), StoreError> {
        self.tx.execute("UPDATE change SET bytes = ?2 WHERE n = ?1", params![n, bytes])?;
        Ok(())
    }

    /// Keeps a setting of this file; `None` forgets it.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn set_setting(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => self
                .tx
                .prepare_cached(
                    "INSERT INTO setting VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                )?
                .execute([key, value])?,
            None => self.tx.execute("DELETE FROM setting WHERE key = ?1", [key])?,
        };
        Ok(())
    }
}

impl Store {
    /// The checkpoint: how far it goes, and the document.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn checkpoint(connection: &Connection) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        Ok(connection
            .query_row("SELECT upto, bytes FROM checkpoint", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// What the log has beyond the checkpoint: changes, and their bytes.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn tail(connection: &Connection) -> Result<(u64, u64), StoreError> {
        let (changes, bytes): (i64, i64) = connection
            .prepare_cached("SELECT count(*), coalesce(sum(length(bytes)), 0) FROM change WHERE n > coalesce((SELECT upto FROM checkpoint), 0)")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((changes.unsigned_abs(), bytes.unsigned_abs()))
    }

    /// At most `limit` changes of the log after `n`, in order.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn changes_after(connection: &Connection, n: i64, limit: u32) -> Result<Vec<LogRow>, StoreError> {
        let mut statement =
            connection.prepare_cached("SELECT n, hash, bytes FROM change WHERE n > ?1 ORDER BY n LIMIT ?2")?;
        let rows = statement.query_map(params![n, limit], log_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Changes that wait for others they build on.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn unapplied(connection: &Connection) -> Result<Vec<LogRow>, StoreError> {
        let mut statement =
            connection.prepare_cached("SELECT n, hash, bytes FROM change WHERE applied = 0 ORDER BY n")?;
        let rows = statement.query_map([], log_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// This device's changes that no sealed record carries yet, at most `limit`.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn to_seal(connection: &Connection, limit: u32) -> Result<Vec<LogRow>, StoreError> {
        let mut statement = connection
            .prepare_cached("SELECT n, hash, bytes FROM change WHERE own = 1 AND sealed IS NULL ORDER BY n LIMIT ?1")?;
        let rows = statement.query_map([limit], log_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many changes of this device the relay has not acknowledged (setting `acked`).
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn waiting(connection: &Connection) -> Result<u32, StoreError> {
        Ok(connection
            .prepare_cached(
                "SELECT (SELECT count(*) FROM change WHERE own = 1 AND sealed IS NULL)
                      + (SELECT count(*) FROM change WHERE sealed > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'acked'), 0))",
            )?
            .query_row([], |row| row.get(0))?)
    }

    /// The last place of the log.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn last_change(connection: &Connection) -> Result<i64, StoreError> {
        Ok(connection.prepare_cached("SELECT coalesce(max(n), 0) FROM change")?.query_row([], |row| row.get(0))?)
    }

    /// A setting of this file.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn setting(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
        Ok(connection
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// The settings whose key begins with `prefix`, keys without it.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn settings(connection: &Connection, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement =
            connection.prepare_cached("SELECT key, value FROM setting WHERE substr(key, 1, ?2) = ?1 ORDER BY key")?;
        let rows = statement.query_map(params![prefix, prefix.len() as i64], |row| {
            let key: String = row.get(0)?;
            Ok((key[prefix.len()..].to_owned(), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow { n: row.get(0)?, hash: row.get(1)?, bytes: row.get(2)? })
}
