//! What goes to other devices: this device's changes, sealed and numbered.

use tandem_store::{OutboxRow, Store, Tx};
use tandem_sync::hex::{hex, unhex_array as unhex};
use tandem_sync::record::batches;
use tandem_sync::session::{Cursor, Standing};
use tandem_sync::wire::{Ack, Held, LogId};
use tandem_sync::{
    ChainHead, DeviceId, DocumentNumber, MemberCertificate, Payload, Position, RecordHash, SealedRecord,
};

use super::{Engine, restored};
use crate::api::ApiError;
use crate::environment::Environment;
use crate::keys::KeyFile;

/// Changes that are sealed in one transaction.
const SEALED_AT_ONCE: u32 = 4_000;

impl Engine {
    /// Seals every change of this device that is not sealed yet. Sealed records are on disk before they are sent, so that
    /// one number never stands for two records.
    ///
    /// # Errors
    /// What the disk says.
    pub fn seal(&mut self) -> Result<(), ApiError> {
        self.refresh_keys()?;
        let Some(keys) = &self.keys else { return Ok(()) };
        // Mostly there is nothing to do; looking does not wait for a writer.
        while !Store::to_seal(self.store.reader(), 1)?.is_empty() {
            let tx = self.store.begin()?;
            let sealed = seal_some(&tx, keys, &mut self.environment)?;
            tx.commit()?;
            if !sealed {
                break;
            }
        }
        Ok(())
    }

    /// What the disk says of the conversation with the relay, and the hash of the own record `own_seq`.
    ///
    /// # Errors
    /// What the file says.
    pub fn standing(&mut self, own_seq: u64) -> Result<Standing, ApiError> {
        self.seal()?;
        let before = own_seq.saturating_sub(1);
        let asked =
            Store::outbox_after(self.store.reader(), before, 1)?.into_iter().find(|row| row.sequence == own_seq);
        let hash_asked = asked.map(|row| SealedRecord::decode(row.bytes)).transpose()?.map(|record| record.hash());
        let held = Store::held(self.store.reader())?;
        let held =
            held.into_iter().filter_map(|(device, seq)| Some(Held { device: device_id(device)?, seq })).collect();
        let tx = self.store.begin()?;
        let (sealed_seq, sealed_hash) = sealed(&tx)?;
        let acked_seq = Store::setting(tx.reader(), "acked")?.and_then(|acked| acked.parse().ok()).unwrap_or(0);
        let cursor = Store::setting(tx.reader(), "cursor")?.and_then(|cursor| {
            let (log, seq) = cursor.split_once(':')?;
            Some(Cursor { log: LogId(unhex(log)?), seq: seq.parse().ok()? })
        });
        let reads_first = restored::reads_first(&tx)?;
        if Store::setting(tx.reader(), "refetch")?.is_some() {
            // From here on everything is read again: there is no cursor.
            tx.set_setting("refetch", None)?;
            tx.commit()?;
        }
        Ok(Standing { cursor, sealed_seq, sealed_hash, acked_seq, hash_asked, held, reads_first })
    }

    /// This device's sealed records after a number: at least one where there is one, then as many as fit.
    ///
    /// # Errors
    /// What the file says.
    pub fn outbox(&self, after: u64, max_bytes: usize, max_records: usize) -> Result<Vec<SealedRecord>, ApiError> {
        let limit = u32::try_from(max_records).unwrap_or(u32::MAX);
        fitting(Store::outbox_after(self.store.reader(), after, limit)?, max_bytes)
    }

    /// The kept records of another device after a number, as [`Engine::outbox`] does those of this one.
    ///
    /// # Errors
    /// What the file says.
    pub fn held(
        &self,
        device: DeviceId,
        after: u64,
        max_bytes: usize,
        max_records: usize,
    ) -> Result<Vec<SealedRecord>, ApiError> {
        let limit = u32::try_from(max_records).unwrap_or(u32::MAX);
        fitting(Store::received_after(self.store.reader(), &device.to_bytes(), after, limit)?, max_bytes)
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

    /// A relay has let this device in.
    ///
    /// # Errors
    /// What the disk says.
    pub fn admitted(&mut self) -> Result<(), ApiError> {
        self.change_keys(|keys| keys.admitted = true)
    }

    /// Others vouch for this device; the admission is not needed again.
    ///
    /// # Errors
    /// What the disk says.
    pub fn proven(&mut self, proof: Vec<MemberCertificate>) -> Result<(), ApiError> {
        self.change_keys(|keys| (keys.proof, keys.admission) = (proof, None))
    }

    fn change_keys(&mut self, change: impl FnOnce(&mut KeyFile)) -> Result<(), ApiError> {
        self.refresh_keys()?;
        if let Some(keys) = &mut self.keys {
            change(keys);
            keys.save(self.store.path())?;
        }
        Ok(())
    }

    /// The keys of this device.
    pub fn keys(&self) -> Option<&KeyFile> {
        self.keys.as_ref()
    }
}

fn device_id(bytes: Vec<u8>) -> Option<DeviceId> {
    Some(DeviceId::from_bytes(bytes.try_into().ok()?))
}

/// At least one record where there is one, then as many as fit.
fn fitting(rows: Vec<OutboxRow>, max_bytes: usize) -> Result<Vec<SealedRecord>, ApiError> {
    let mut size_bytes = 0;
    let mut records = Vec::new();
    for row in rows {
        size_bytes += row.bytes.len();
        if size_bytes > max_bytes && !records.is_empty() {
            break;
        }
        records.push(SealedRecord::decode(row.bytes)?);
    }
    Ok(records)
}

/// Seals what is not sealed yet, up to a bound, inside a transaction; whether anything was. A device that took a new key
/// seals nothing before it has read everything; nor does a process that does not know the new key yet.
pub(super) fn seal_some(tx: &Tx<'_>, keys: &KeyFile, environment: &mut Environment) -> Result<bool, ApiError> {
    let rows = Store::to_seal(tx.reader(), SEALED_AT_ONCE)?;
    if rows.is_empty() || restored::reads_first(tx)? || !restored::is_of(tx, keys)? {
        return Ok(false);
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
    tx.set_setting("sealed", Some(&format!("{sequence}:{}", hex(&previous.to_bytes()))))?;
    Ok(true)
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
