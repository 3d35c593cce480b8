//! What comes from other devices: unsealed, appended, applied, projected, in one transaction.

use std::sync::Arc;

use tandem_context::{Change, ChangeHash, Document, Schema, Stamp};
use tandem_store::{OutboxRow, Store, Tx};
use tandem_sync::hex::hex;
use tandem_sync::session::Cursor;
use tandem_sync::{ChainHead, Payload, SealedRecord};

use super::{Engine, Written, restored};
use crate::api::{ApiError, Changed};

/// What receiving brought.
#[derive(Debug, Default)]
pub struct Received {
    /// The records that changed.
    pub changed: Option<Changed>,
    /// Sealed records that could not be used, in words.
    pub refused: Vec<String>,
    /// Changes of this device that were made again because their numbers were taken: hashes before and after, hex.
    pub remade: Vec<(String, String)>,
    /// Nothing was sealed until now because everything had to be read first: now there may be something to send.
    pub may_send: bool,
}

impl Engine {
    /// Takes verified records from the relay and keeps them, moves the cursor, all in one transaction. Records already known
    /// are passed over; one that cannot be used is named and does not stop the others. `caught_up` says that with this
    /// everything was read.
    ///
    /// # Errors
    /// What the disk says; nothing was taken then and the cursor stands where it was. `changes_damaged` when there is
    /// something to fetch again first: ask for the [`standing`](Engine::standing) anew.
    pub fn receive(
        &mut self,
        records: &[SealedRecord],
        cursor: Cursor,
        caught_up: bool,
        chains: &[ChainHead],
    ) -> Result<Received, ApiError> {
        let mut received = Received::default();
        let records = self.unknown(records)?;
        if records.is_empty() {
            // Only the cursor moves, past what is known here. Lost with the power, it moves again.
            let tx = self.store.begin_relaxed()?;
            keep_place(&tx, cursor, chains)?;
            received.may_send = caught_up && restored::has_read(&tx)?;
            tx.commit()?;
            return Ok(received);
        }
        let changes = self.unseal(&records, &mut received.refused);
        let seed = self.environment.random();
        received.changed = self.transaction(|document, tx| {
            let before = Arc::clone(document.schema());
            let recovers = restored::reads_first(tx)?;
            if recovers {
                received.remade = restored::make_way(document, tx, &changes, &seed)?;
            }
            for record in &records {
                let (header, bytes) = (record.header(), record.as_bytes().to_vec());
                tx.keep_record(&header.device.to_bytes(), &OutboxRow { sequence: header.device_seq, bytes })?;
            }
            let fresh = append(tx, changes, recovers)?;
            apply(document, tx, fresh, &mut received.refused)?;
            if !Arc::ptr_eq(&before, document.schema()) {
                tx.ensure_tables(document.schema())?;
            }
            let written = project_applied(document, tx)?;
            if is_declared_otherwise(&before, document.schema()) {
                tx.clear_read_model(document.schema())?;
                project_applied(document, tx)?;
            }
            keep_place(tx, cursor, chains)?;
            received.may_send = caught_up && restored::has_read(tx)?;
            Ok(written.changed(true))
        })?;
        if !received.remade.is_empty() {
            let kinds = self.schema.kinds().iter().map(|kind| kind.name.to_owned()).collect();
            received.changed = Some(Changed { kinds, ids: None, remote: true });
        }
        Ok(received)
    }

    /// Those of the records that are neither this device's own nor kept already.
    fn unknown<'a>(&self, records: &'a [SealedRecord]) -> Result<Vec<&'a SealedRecord>, ApiError> {
        let own = self.keys.as_ref().map(|keys| keys.device.id());
        let mut unknown = Vec::with_capacity(records.len());
        for record in records {
            let header = record.header();
            let device = header.device.to_bytes();
            let known = Some(header.device) == own
                || Store::is_kept(self.store.reader(), &device, header.device_seq, record.as_bytes())?;
            if !known {
                unknown.push(record);
            }
        }
        Ok(unknown)
    }

    fn unseal(&self, records: &[&SealedRecord], refused: &mut Vec<String>) -> Vec<Change> {
        let Some(keys) = &self.keys else { return Vec::new() };
        let mut changes = Vec::new();
        for record in records {
            match record.open_verified(&keys.workspace) {
                Ok(Payload::Changes(raw)) => {
                    for bytes in raw {
                        match Change::from_bytes(bytes) {
                            Ok(change) => changes.push(change),
                            Err(error) => refused
                                .push(format!("a change of device {} is damaged: {error}", record.header().device)),
                        }
                    }
                }
                // Snapshots and presence are not in the log of this version.
                Ok(_) => {}
                Err(error) => {
                    refused.push(format!("a record of device {} cannot be opened: {error}", record.header().device))
                }
            }
        }
        changes
    }
}

/// How far the relay's log has been read, and the chains of the devices in it.
fn keep_place(tx: &Tx<'_>, cursor: Cursor, chains: &[ChainHead]) -> Result<(), ApiError> {
    if Store::setting(tx.reader(), "refetch")?.is_some() {
        return Err(ApiError::new("changes_damaged", "changes that were damaged are fetched again from the relay"));
    }
    tx.set_setting("cursor", Some(&format!("{}:{}", hex(&cursor.log.0), cursor.seq)))?;
    for chain in chains {
        let key = format!("chain/{}", chain.device.to_hex());
        tx.set_setting(&key, Some(&format!("{}:{}", chain.seq, hex(&chain.hash.to_bytes()))))?;
    }
    Ok(())
}

/// Whether a field of the workspace's own has another type than before: somebody declared it at the same time.
fn is_declared_otherwise(before: &Schema, now: &Schema) -> bool {
    before.kinds().iter().any(|kind| {
        kind.fields
            .iter()
            .filter(|field| field.is_custom())
            .any(|field| now.field(kind.name, &field.name).is_none_or(|same| same.ty != field.ty))
    })
}

/// Appends changes to the log; those that were not in it.
fn append(tx: &Tx<'_>, changes: Vec<Change>, recovers: bool) -> Result<Vec<Change>, ApiError> {
    let mut fresh = Vec::with_capacity(changes.len());
    for change in changes {
        if tx.append(&Stamp::of(&change), change.raw_bytes(), false)?.is_some() {
            fresh.push(change);
        } else if recovers {
            tx.carried_elsewhere(change.hash().as_ref())?;
        }
    }
    Ok(fresh)
}

/// Applies all at once; when one of them contradicts the document, one by one, setting the contradicting ones aside.
fn apply(
    document: &mut Document,
    tx: &Tx<'_>,
    changes: Vec<Change>,
    refused: &mut Vec<String>,
) -> Result<(), ApiError> {
    if changes.is_empty() || document.apply(changes.clone()).is_ok() {
        return Ok(());
    }
    for change in changes {
        let hash = change.hash();
        if let Err(error) = document.apply(vec![change]) {
            refused.push(format!("change {hash} does not fit: {error}"));
            if let Some(row) = Store::unapplied(tx.reader())?.into_iter().find(|row| row.hash == hash.as_ref()) {
                tx.set_aside(row.n)?;
            }
        }
    }
    Ok(())
}

/// Projects every change of the log that is in the document and not yet in the read model.
pub(super) fn project_applied(document: &Document, tx: &Tx<'_>) -> Result<Written, ApiError> {
    let mut written = Written::default();
    for row in Store::unapplied(tx.reader())? {
        let Ok(hash) = ChangeHash::try_from(row.hash.as_slice()) else { continue };
        if !document.has(&hash) {
            continue;
        }
        let Ok(change) = Change::from_bytes(row.bytes) else { continue };
        written.note(document, tx, row.n, &change)?;
    }
    written.project(document, tx)?;
    Ok(written)
}
