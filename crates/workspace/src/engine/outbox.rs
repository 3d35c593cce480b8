//! What goes to other devices: this device's changes, sealed and numbered.

use tandem_store::{OutboxRow, Store, Tx};
use tandem_sync::record::batches;
use tandem_sync::session::{Cursor, Standing};
use tandem_sync::wire::{Ack, LogId};
use tandem_sync::{ChainHead, DeviceId, DocumentNumber, Payload, Position, RecordHash, SealedRecord};

use super::Engine;
use crate::api::ApiError;
use crate::environment::Environment;
use crate::keys::{KeyFile, unhex};

/// Changes that are sealed in one transaction.
const SEALED_AT_ONCE: u32 = 4_000;

impl Engine {
    /// Seals every change of this device that is not sealed yet. Sealed records are on disk before they are sent, so that
    /// one number never stands for two records.
    ///
    /// # Errors
    /// What the disk says.
    pub fn seal(&mut self) -> Result<(), ApiError> {
        let Some(keys) = &self.keys else { return Ok(()) };
        // Mostly there is nothing to do; looking does not wait for a writer.
        while !Store::to_seal(self.store.reader(), 1)?.is_empty() {
            let tx = self.store.begin()?;
            seal_some(&tx, keys, &mut self.environment)?;
            tx.commit()?;
        }
        Ok(())
    }

    /// What the disk says of the conversation with the relay.
    ///
    /// # Errors
    /// What the file says.
    pub fn standing(&mut self) -> Result<Standing, ApiError> {
        self.seal()?;
        let tx = self.store.begin()?;
        let (sealed_seq, sealed_hash) = sealed(&tx)?;
        let acked_seq = Store::setting(tx.reader(), "acked")?.and_then(|acked| acked.parse().ok()).unwrap_or(0);
        let cursor = Store::setting(tx.reader(), "cursor")?.and_then(|cursor| {
            let (log, seq) = cursor.split_once(':')?;
            Some(Cursor { log: LogId(unhex(log)?), seq: seq.parse().ok()? })
        });
        if Store::setting(tx.reader(), "refetch")?.is_some() {
            // From here on everything is read again: there is no cursor.
            tx.set_setting("refetch", None)?;
            tx.commit()?;
        }
        Ok(Standing { cursor, sealed_seq, sealed_hash, acked_seq })
    }

    /// This device's sealed records after a number: at least one where there is one, then as many as fit.
    ///
    /// # Errors
    /// What the file says.
    pub fn outbox(&self, after: u64, max_bytes: usize, max_records: usize) -> Result<Vec<SealedRecord>, ApiError> {
        let limit = u32::try_from(max_records).unwrap_or(u32::MAX);
        let mut size_bytes = 0;
        let mut records = Vec::new();
        for row in Store::outbox_after(self.store.reader(), after, limit)? {
            size_bytes += row.bytes.len();
            if size_bytes > max_bytes && !records.is_empty() {
                break;
            }
            records.push(SealedRecord::decode(row.bytes)?);
        }
        Ok(records)
    }

    /// These records are on the relay's disk.
    ///
    /// # Errors
    /// What the disk says.
    pub fn acknowledge(&mut self, acks: &[Ack]) -> Result<(), ApiError> {
        let Some(highest) = acks.iter().map(|ack| ack.device_seq).max() else { return Ok(()) };
        let now_ms = self.environment.now_ms();
        // An acknowledgement that is lost with the power is given again: this commit need not wait for the disk.
        let tx = self.store.begin_relaxed()?;
        let known: u64 = Store::setting(tx.reader(), "acked")?.and_then(|acked| acked.parse().ok()).unwrap_or(0);
        if highest > known {
            tx.set_setting("acked", Some(&highest.to_string()))?;
        }
        tx.set_setting("last_synced_ms", Some(&now_ms.to_string()))?;
        Ok(tx.commit()?)
    }

    /// The relay lost what it had acknowledged: everything of this device is sent again.
    ///
    /// # Errors
    /// What the disk says.
    pub fn forget_acknowledgements(&mut self) -> Result<(), ApiError> {
        self.set_setting("acked", None)
    }

    /// The chains of other devices as last seen.
    ///
    /// # Errors
    /// What the file says.
    pub fn chains(&self) -> Result<Vec<ChainHead>, ApiError> {
        let stored = Store::settings(self.store.reader(), "chain/")?;
        Ok(stored
            .into_iter()
            .filter_map(|(device, head)| {
                let (seq, hash) = head.split_once(':')?;
                Some(ChainHead {
                    device: DeviceId::from_bytes(unhex(&device)?),
                    seq: seq.parse().ok()?,
                    hash: RecordHash::from_bytes(unhex(hash)?),
                })
            })
            .collect())
    }

    /// The relay has let this device in; the admission is not needed again.
    ///
    /// # Errors
    /// What the disk says.
    pub fn admitted(&mut self) -> Result<(), ApiError> {
        if let Some(keys) = &mut self.keys {
            keys.admission = None;
            keys.save(self.store.path())?;
        }
        Ok(())
    }

    /// The keys of this device.
    pub fn keys(&self) -> Option<&KeyFile> {
        self.keys.as_ref()
    }
}

/// Seals what is not sealed yet, up to a bound, inside a transaction.
pub(super) fn seal_some(tx: &Tx<'_>, keys: &KeyFile, environment: &mut Environment) -> Result<(), ApiError> {
    let rows = Store::to_seal(tx.reader(), SEALED_AT_ONCE)?;
    if rows.is_empty() {
        return Ok(());
    }
    let places: Vec<i64> = rows.iter().map(|row| row.n).collect();
    let changes: Vec<Vec<u8>> = rows.into_iter().map(|row| row.bytes).collect();
    let (mut sequence, mut previous) = sealed(tx)?;
    for range in batches(&changes) {
        sequence += 1;
        let position = Position {
            workspace: keys.workspace_id(),
            document: DocumentNumber::default(),
            device_seq: sequence,
            previous,
        };
        let payload = Payload::Changes(changes[range.clone()].to_vec());
        let record = SealedRecord::seal(&position, &payload, &keys.workspace, &keys.device, environment.random())?;
        previous = record.hash();
        tx.seal(&OutboxRow { sequence, bytes: record.into_bytes() }, &places[range])?;
    }
    Ok(tx.set_setting("sealed", Some(&format!("{sequence}:{}", crate::keys::hex(&previous.to_bytes()))))?)
}

/// Number and hash of the last record this device sealed.
fn sealed(tx: &Tx<'_>) -> Result<(u64, RecordHash), ApiError> {
    let stored = Store::setting(tx.reader(), "sealed")?;
    let parsed = stored.as_deref().and_then(|sealed| {
        let (sequence, hash) = sealed.split_once(':')?;
        Some((sequence.parse().ok()?, RecordHash::from_bytes(unhex(hash)?)))
    });
    Ok(parsed.unwrap_or((0, RecordHash::NONE)))
}
