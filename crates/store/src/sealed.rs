//! Sealed records: this device's own and those of others. They are kept for a relay that lost its disk, and as a second
//! source for changes that are damaged.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError, Tx};

/// A sealed record on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The device's number for it.
    pub sequence: u64,
    /// The sealed record.
    pub bytes: Vec<u8>,
}

/// `change.sealed` of an own change that a record of somebody else, or of a former key of this device, carries.
const ELSEWHERE: i64 = 0;

impl Tx<'_> {
    /// Puts a sealed record in the outbox; it carries the changes at `changes`.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn seal(&self, record: &OutboxRow, changes: &[i64]) -> Result<(), StoreError> {
        self.tx.execute(
            "INSERT INTO outbox (sequence, bytes) VALUES (?1, ?2)",
            params![record.sequence as i64, record.bytes],
        )?;
        let mut statement = self.tx.prepare_cached("UPDATE change SET sealed = ?2 WHERE n = ?1")?;
        for n in changes {
            statement.execute(params![n, record.sequence as i64])?;
        }
        Ok(())
    }

    /// Keeps a record of another device, in place of what was kept under its number.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn keep_record(&self, device: &[u8], record: &OutboxRow) -> Result<(), StoreError> {
        self.tx.prepare_cached("INSERT INTO device (id) VALUES (?1) ON CONFLICT (id) DO NOTHING")?.execute([device])?;
        self.tx
            .prepare_cached(
                "INSERT INTO received (device, sequence, bytes) SELECT n, ?2, ?3 FROM device WHERE id = ?1
                 ON CONFLICT (device, sequence) DO UPDATE SET bytes = excluded.bytes",
            )?
            .execute(params![device, record.sequence as i64, record.bytes])?;
        Ok(())
    }

    /// This file's device begins anew, with no record sealed: of the old one's records, those up to `sequence` count as
    /// another device's, the changes of the later ones are sealed again.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn part_from_outbox(&self, device: &[u8], sequence: u64) -> Result<(), StoreError> {
        let sequence = sequence as i64;
        self.tx.execute("INSERT INTO device (id) VALUES (?1) ON CONFLICT (id) DO NOTHING", [device])?;
        self.tx.execute(
            "INSERT INTO received (device, sequence, bytes)
             SELECT device.n, outbox.sequence, outbox.bytes FROM device, outbox WHERE id = ?1 AND outbox.sequence <= ?2
             ON CONFLICT (device, sequence) DO NOTHING",
            params![device, sequence],
        )?;
        self.tx.execute("DELETE FROM outbox", [])?;
        self.tx.execute(
            "UPDATE change SET sealed = iif(sealed <= ?1, ?2, NULL) WHERE sealed IS NOT NULL",
            params![sequence, ELSEWHERE],
        )?;
        Ok(())
    }

    /// Own changes that wait to be sealed, among these hashes, came back from somebody: they need not be sent.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn carried_elsewhere(&self, hash: &[u8]) -> Result<(), StoreError> {
        self.tx
            .prepare_cached("UPDATE change SET sealed = ?2 WHERE hash = ?1 AND own = 1 AND sealed IS NULL")?
            .execute(params![hash, ELSEWHERE])?;
        Ok(())
    }
}

impl Store {
    /// The sealed records of this device after `sequence`, at most `limit`.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn outbox_after(connection: &Connection, sequence: u64, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = connection
            .prepare_cached("SELECT sequence, bytes FROM outbox WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")?;
        let rows = statement.query_map(params![sequence as i64, limit], outbox_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The kept records of another device after `sequence`, at most `limit`.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn received_after(
        connection: &Connection,
        device: &[u8],
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT sequence, bytes FROM received
             WHERE device = (SELECT n FROM device WHERE id = ?1) AND sequence > ?2 ORDER BY sequence LIMIT ?3",
        )?;
        let rows = statement.query_map(params![device, sequence as i64, limit], outbox_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether exactly this record of another device is kept.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn is_kept(connection: &Connection, device: &[u8], sequence: u64, bytes: &[u8]) -> Result<bool, StoreError> {
        let same = connection
            .prepare_cached(
                "SELECT bytes = ?3 FROM received WHERE device = (SELECT n FROM device WHERE id = ?1) AND sequence = ?2",
            )?
            .query_row(params![device, sequence as i64, bytes], |row| row.get(0))
            .optional()?;
        Ok(same.unwrap_or(false))
    }

    /// Other devices whose records are kept, each with the number up to which none is missing.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn held(connection: &Connection) -> Result<Vec<(Vec<u8>, u64)>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT id, count(*) = max(sequence) AND min(sequence) = 1, max(sequence), device.n
             FROM received JOIN device ON device.n = received.device GROUP BY received.device",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        let mut held = Vec::new();
        for row in rows {
            let (id, gapless, last, device) = row?;
            let last = if gapless { last } else { before_gap(connection, device)? };
            held.push((id, last.unsigned_abs()));
        }
        Ok(held)
    }

    /// Whether the log has a change of this hash.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn has_change(connection: &Connection, hash: &[u8]) -> Result<bool, StoreError> {
        Ok(connection.prepare_cached("SELECT 1 FROM change WHERE hash = ?1")?.exists([hash])?)
    }

    /// Whether the change at `n` is one of this device that nobody else has got.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn is_unsent(connection: &Connection, n: i64) -> Result<bool, StoreError> {
        let unsent = "SELECT 1 FROM change WHERE n = ?1 AND own = 1 AND sealed IS NULL";
        Ok(connection.prepare_cached(unsent)?.exists([n])?)
    }

    /// Everything that is kept sealed, own records first.
    ///
    /// # Errors
    /// Whatever SQLite says, and what `look` fails with.
    pub fn each_sealed<E: From<StoreError>>(
        connection: &Connection,
        mut look: impl FnMut(Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(error.into());
        let mut statement = connection
            .prepare_cached("SELECT bytes FROM outbox UNION ALL SELECT bytes FROM received")
            .map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            look(row.get(0).map_err(failed)?)?;
        }
        Ok(())
    }
}

/// The last number before the first that is missing.
fn before_gap(connection: &Connection, device: i64) -> Result<i64, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT sequence FROM received WHERE device = ?1 ORDER BY sequence")?;
    let mut last = 0;
    for sequence in statement.query_map([device], |row| row.get::<_, i64>(0))? {
        match sequence? {
            sequence if sequence == last + 1 => last = sequence,
            _ => break,
        }
    }
    Ok(last)
}

fn outbox_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow { sequence: row.get::<_, i64>(0)? as u64, bytes: row.get(1)? })
}
