//! Mending damaged changes of the log from what else holds them: the document, the sealed records of this device and of
//! others, and at last the relay.

use std::collections::{HashMap, HashSet};

use tandem_context::{Change, ChangeHash, Document, Remark, Stamp};
use tandem_store::{LogRow, Store};
use tandem_sync::{Payload, SealedRecord};

use super::Engine;
use crate::api::ApiError;
use crate::sentences;

/// A row of the log whose bytes are not the change that its hash names.
#[derive(Debug)]
pub(super) struct Damaged {
    pub(super) n: i64,
    hash: Vec<u8>,
}

/// What became of damaged rows.
#[derive(Debug, Default)]
struct Mended {
    /// They are as they were.
    restored: u32,
    /// Set aside; the relay has them, if anybody has.
    asked_for: u32,
    /// Set aside; they had never left this device.
    gone: u32,
}

impl Mended {
    /// Whether something is missing now.
    fn lost_any(&self) -> bool {
        self.asked_for + self.gone > 0
    }

    fn notice(&self) -> Option<Remark> {
        let sentence = match self {
            Self { restored: 0, asked_for: 0, gone: 0, .. } => return None,
            Self { asked_for: 0, gone: 0, .. } => sentences::CHANGES_MENDED,
            Self { gone: 0, .. } => sentences::CHANGES_DAMAGED,
            _ => sentences::CHANGES_LOST,
        };
        let numbers = [("restored", self.restored), ("asked", self.asked_for), ("lost", self.gone)];
        Some(numbers.into_iter().fold(sentence.say(), |said, (name, number)| said.number(name, number as usize)))
    }
}

/// The change of a row, or the row's place and hash where it is damaged.
pub(super) fn intact(row: LogRow) -> Result<Change, Damaged> {
    match Change::from_bytes(row.bytes) {
        Ok(change) if change.hash().as_ref() == row.hash.as_slice() => Ok(change),
        _ => Err(Damaged { n: row.n, hash: row.hash }),
    }
}

/// What is looked for, and what was found.
struct Search<'a> {
    log: &'a rusqlite::Connection,
    wanted: HashSet<Vec<u8>>,
    found: HashMap<Vec<u8>, Change>,
    /// Changes that the log does not name, because their rows' hashes are damaged; with whether a record carries them.
    unnamed: HashMap<ChangeHash, (Change, bool)>,
}

impl Search<'_> {
    fn look(&mut self, change: Change, is_sealed: bool) -> Result<(), ApiError> {
        let hash = change.hash();
        if self.wanted.contains(hash.as_ref()) {
            self.found.insert(hash.as_ref().to_vec(), change);
        } else if !Store::has_change(self.log, hash.as_ref())? {
            self.unnamed.insert(hash, (change, is_sealed));
        }
        Ok(())
    }
}

impl Engine {
    /// Mends damaged rows of the log as far as it can; the others are taken out and asked for at the relay. The person is
    /// told. Where rows were taken out or exchanged, the read model is made anew, and the file has a new actor: a number that
    /// is gone must not be used again, and Automerge forgets what waits for it when a transaction under its actor begins.
    /// How many rows are as they were; the document is in memory afterwards.
    pub(super) fn mend(&mut self, damaged: &[Damaged]) -> Result<u32, ApiError> {
        let wanted = damaged.iter().map(|row| row.hash.clone()).collect();
        let mut search = Search { log: self.store.reader(), wanted, found: HashMap::new(), unnamed: HashMap::new() };
        if let Some(document) = &self.document {
            let given: HashSet<ChangeHash> = Document::new().changes_since(&[]).iter().map(Change::hash).collect();
            for change in document.changes_since(&[]).into_iter().filter(|change| !given.contains(&change.hash())) {
                search.look(change, false)?;
            }
        }
        if let Some(keys) = &self.keys {
            Store::each_sealed(self.store.reader(), |bytes| -> Result<(), ApiError> {
                // A record that is damaged itself holds nothing.
                if let Ok(Payload::Changes(raw)) =
                    SealedRecord::decode(bytes).and_then(|record| record.open(&keys.workspace))
                {
                    for change in raw.into_iter().filter_map(|bytes| Change::from_bytes(bytes).ok()) {
                        search.look(change, true)?;
                    }
                }
                Ok(())
            })?;
        }
        let Search { found, unnamed, .. } = search;
        let mut mended = Mended::default();
        let tx = self.store.begin()?;
        for row in damaged {
            if let Some(change) = found.get(&row.hash) {
                tx.mend(row.n, change.raw_bytes())?;
                mended.restored += 1;
                continue;
            }
            if Store::is_unsent(tx.reader(), row.n)? {
                mended.gone += 1
            } else {
                mended.asked_for += 1
            }
            tx.set_aside(row.n)?;
        }
        for (change, is_sealed) in unnamed.values() {
            // What no record carries was written here and has still to be sent.
            tx.append(&Stamp::of(change), change.raw_bytes(), !is_sealed)?;
            let counted = if mended.gone > 0 && !is_sealed { &mut mended.gone } else { &mut mended.asked_for };
            *counted = counted.saturating_sub(1);
            mended.restored += 1;
        }
        if mended.lost_any() {
            // A session under way knows a cursor of its own: it has to ask again before it may store anything.
            tx.set_setting("cursor", None)?;
            tx.set_setting("refetch", Some("1"))?;
        }
        tx.commit()?;
        self.notices.extend(mended.notice());
        if mended.lost_any() || !unnamed.is_empty() {
            self.renew_actor()?;
            self.document = None;
            self.load()?;
            // What builds on what is gone is not in the document for now, so not in the read model either.
            self.rebuild()?;
        }
        self.load()?;
        Ok(mended.restored)
    }
}
