//! Reading the document: the checkpoint, then what the log has beyond it.

use tandem_context::Document;
use tandem_store::{LogRow, Store, Tx};

use super::mend::{Damaged, intact};
use super::{Engine, not_loaded};
use crate::api::ApiError;

/// Rows of the log that are read at once.
const BATCH: u32 = 2_000;
/// A checkpoint is made when the log has this many changes beyond the last,
const TAIL_CHANGES: u64 = 500;
/// or this many bytes of them.
const TAIL_BYTES: u64 = 512 * 1_024;

/// The document as it stood at a place of the log, to be kept.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    upto: i64,
    document: Document,
}

/// A checkpoint as the file keeps it.
#[derive(Debug)]
pub(crate) struct WrittenCheckpoint {
    upto: i64,
    /// Under which the document wrote. Whoever takes something out of the log takes a new actor.
    actor: Vec<u8>,
    bytes: Vec<u8>,
}

impl Checkpoint {
    /// Writes it out: half a second at 100,000 records.
    pub(crate) fn write_out(self) -> WrittenCheckpoint {
        WrittenCheckpoint { upto: self.upto, actor: self.document.actor().to_vec(), bytes: self.document.save() }
    }
}

impl Engine {
    /// Reads the document into memory, if it is not there.
    ///
    /// # Errors
    /// `damaged` when neither checkpoint nor log can be read.
    pub fn load(&mut self) -> Result<(), ApiError> {
        if self.document.is_some() {
            return Ok(());
        }
        let (mut document, upto) = self.start_of_document()?;
        document.set_actor(&self.actor()?);
        self.seen = upto;
        let mut damaged = Vec::new();
        let waiting: Vec<LogRow> =
            Store::unapplied(self.store.reader())?.into_iter().filter(|row| row.n <= upto).collect();
        apply_rows(&mut document, waiting, &mut damaged)?;
        loop {
            let rows = Store::changes_after(self.store.reader(), self.seen, BATCH)?;
            let Some(last) = rows.last() else { break };
            self.seen = last.n;
            apply_rows(&mut document, rows, &mut damaged)?;
        }
        if !damaged.is_empty() {
            // Reads again what it has mended.
            return self.mend(&damaged).map(drop);
        }
        document.warm_up();
        self.schema = std::sync::Arc::clone(document.schema());
        self.document = Some(document);
        Ok(())
    }

    fn start_of_document(&mut self) -> Result<(Document, i64), ApiError> {
        let Some((upto, bytes)) = Store::checkpoint(self.store.reader())? else { return Ok((Document::new(), 0)) };
        match Document::load(&bytes) {
            Ok(document) => Ok((document, upto)),
            Err(error) => {
                tracing::warn!(%error, "the checkpoint is damaged; reading the log instead");
                self.notices.push(crate::sentences::CHECKPOINT_DAMAGED.say());
                let tx = self.store.begin()?;
                tx.drop_checkpoint()?;
                tx.commit()?;
                Ok((Document::new(), 0))
            }
        }
    }

    /// Keeps the document as a whole, so that the next opening is quick.
    ///
    /// # Errors
    /// What the disk says; nothing is lost by it.
    pub fn keep_checkpoint(&mut self) -> Result<(), ApiError> {
        match self.checkpoint() {
            Some(checkpoint) => self.keep(checkpoint.write_out()),
            None => Ok(()),
        }
    }

    /// The checkpoint to keep, when enough has been written since the last. Writing it out takes as long as reading the
    /// document did and can be done on another thread; taking it is quick.
    ///
    /// # Errors
    /// What the file says.
    pub(crate) fn checkpoint_if_due(&self) -> Result<Option<Checkpoint>, ApiError> {
        if self.document.is_none() {
            return Ok(None);
        }
        let (changes, bytes) = Store::tail(self.store.reader())?;
        Ok(if changes > TAIL_CHANGES || bytes > TAIL_BYTES { self.checkpoint() } else { None })
    }

    fn checkpoint(&self) -> Option<Checkpoint> {
        self.document.as_ref().map(|document| Checkpoint { upto: self.seen, document: document.clone() })
    }

    /// Keeps a checkpoint that was written out, unless something was taken out of the log meanwhile.
    ///
    /// # Errors
    /// What the disk says; nothing is lost by it.
    pub(crate) fn keep(&mut self, checkpoint: WrittenCheckpoint) -> Result<(), ApiError> {
        if self.actor()? != checkpoint.actor {
            return Ok(());
        }
        let tx = self.store.begin()?;
        tx.keep_checkpoint(checkpoint.upto, &checkpoint.bytes)?;
        tx.commit()?;
        self.store.tidy();
        Ok(())
    }

    /// Whether another process has written since the document was brought up to date.
    ///
    /// # Errors
    /// What the file says.
    pub fn is_behind(&self) -> Result<bool, ApiError> {
        Ok(self.document.is_some() && Store::last_change(self.store.reader())? > self.seen)
    }

    /// Brings the document up to date with what other processes wrote.
    ///
    /// # Errors
    /// What the file says.
    pub fn catch_up_alone(&mut self) -> Result<(), ApiError> {
        if self.is_behind()? {
            self.transaction(|_, _| Ok(()))?;
        }
        Ok(())
    }
}

/// The document as the whole log makes it, inside a transaction.
pub(super) fn replay(tx: &Tx<'_>) -> Result<Document, ApiError> {
    let mut document = Document::new();
    catch_up(&mut document, tx, 0)?;
    document.warm_up();
    Ok(document)
}

/// Applies what other processes appended to the log after `seen`; they projected it themselves.
pub(super) fn catch_up(document: &mut Document, tx: &Tx<'_>, mut seen: i64) -> Result<(), ApiError> {
    loop {
        let rows = Store::changes_after(tx.reader(), seen, BATCH)?;
        let Some(last) = rows.last() else { return Ok(()) };
        seen = last.n;
        let mut damaged = Vec::new();
        apply_rows(document, rows, &mut damaged)?;
        if !damaged.is_empty() {
            return Err(not_loaded());
        }
    }
}

/// Applies rows of the log; those that are not what their hash says are named in `damaged`.
fn apply_rows(document: &mut Document, rows: Vec<LogRow>, damaged: &mut Vec<Damaged>) -> Result<(), ApiError> {
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        match intact(row) {
            Ok(change) => changes.push(change),
            Err(row) => damaged.push(row),
        }
    }
    document.apply(changes)?;
    Ok(())
}
