//! The rules every workspace begins with, in the log and the read model like everything else.

use tandem_context::{Document, Stamp};

use super::{Engine, Written};
use crate::api::ApiError;

impl Engine {
    /// Puts the change that brought the rules into a file that does not have it: a new one, or one from before there were
    /// rules. It is the same change on every device, so nobody sends it.
    pub(super) fn settle_defaults(&mut self) -> Result<(), ApiError> {
        if tandem_store::change(self.store.reader(), Document::defaults_hash())?.is_some() {
            return Ok(());
        }
        let Some(change) = Document::defaults_change() else { return Ok(()) };
        let stamp = Stamp::of(&change);
        // Nobody can have edited these records here before the change that made them.
        let document = Document::new();
        let tx = self.store.begin()?;
        let Some(n) = tx.append(&stamp, change.raw_bytes(), false)? else { return Ok(()) };
        let mut written = Written::default();
        written.note(&document, &tx, n, &change)?;
        written.project(&document, &tx)?;
        Ok(tx.commit()?)
    }
}
