//! What comes from other devices: unsealed, appended, applied, projected, in one transaction.

use std::sync::Arc;

use tandem_context::{Change, ChangeHash, Document, Schema, Stamp};
use tandem_store::{Store, Tx};
use tandem_sync::session::Cursor;
use tandem_sync::{ChainHead, Payload, SealedRecord};

use super::{Engine, Written};
use crate::api::{ApiError, Changed};
use crate::keys::hex;

/// What receiving brought.
#[derive(Debug, Default)]
pub struct Received {
    /// The records that changed.
    pub changed: Option<Changed>,
    /// Sealed records that could not be used, in words.
    pub refused: Vec<String>,
}

impl Engine {
    /// Takes verified records from the relay, moves the cursor, all in one transaction. Records already known are passed
    /// over; one that cannot be used is named and does not stop the others.
    ///
    /// # Errors
    /// What the disk says; nothing was taken then and the cursor stands where it was. `changes_damaged` when there is
    /// something to fetch again first: ask for the [`standing`](Engine::standing) anew.
    pub fn receive(
        &mut self,
        records: &[SealedRecord],
        cursor: Cursor,
        chains: &[ChainHead],
    ) -> Result<Received, ApiError> {
        let mut received = Received::default();
        if records.is_empty() {
            // The cursor only moves past what we sent ourselves. Lost with the power, it moves again.
            let tx = self.store.begin_relaxed()?;
            keep_place(&tx, cursor, chains)?;
            tx.commit()?;
            return Ok(received);
        }
        let changes = self.unseal(records, &mut received.refused);
        received.changed = self.transaction(|document, tx| {
            let before = Arc::clone(document.schema());
            let written = take(document, tx, changes, &mut received.refused)?;
            if is_declared_otherwise(&before, document.schema()) {
                tx.clear_read_model(document.schema())?;
                project_applied(document, tx)?;
            }
            keep_place(tx, cursor, chains)?;
            Ok(written.changed(true))
        })?;
        Ok(received)
    }

    fn unseal(&self, records: &[SealedRecord], refused: &mut Vec<String>) -> Vec<Change> {
        let Some(keys) = &self.keys else { return Vec::new() };
        let mut changes = Vec::new();
        for record in records {
            match record.open(&keys.workspace) {
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

/// Appends changes to the log, applies what can be applied and projects it.
fn take(
    document: &mut Document,
    tx: &Tx<'_>,
    changes: Vec<Change>,
    refused: &mut Vec<String>,
) -> Result<Written, ApiError> {
    let mut fresh = Vec::new();
    for change in changes {
        if tx.append(&Stamp::of(&change), change.raw_bytes(), false)?.is_some() {
            fresh.push(change);
        }
    }
    apply(document, tx, fresh, refused)?;
    project_applied(document, tx)
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
    tx.ensure_tables(document.schema())?;
    for row in Store::unapplied(tx.reader())? {
        let Ok(hash) = ChangeHash::try_from(row.hash.as_slice()) else { continue };
        if !document.has(&hash) {
            continue;
        }
        let Ok(change) = Change::from_bytes(row.bytes) else { continue };
        let stamp = Stamp::of(&change);
        let wrote = document.wrote(&change);
        tx.remember(row.n, &wrote)?;
        tx.mark_applied(row.n, &wrote)?;
        for wrote in &wrote {
            if let (Some(kind), Some(id)) = (wrote.place.kind(), wrote.place.record()) {
                written.touch(kind, id, stamp.at_ms);
            }
        }
    }
    written.project(document, tx)?;
    Ok(written)
}
