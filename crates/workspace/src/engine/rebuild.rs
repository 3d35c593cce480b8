//! Making the read model anew from the log.

use super::{Engine, receive::project_applied};
use crate::api::ApiError;

impl Engine {
    /// Empties the read model and makes it again from the log and the document. The rows are the same as before.
    ///
    /// # Errors
    /// What the disk says; the read model stays as it was then.
    pub fn rebuild(&mut self) -> Result<(), ApiError> {
        self.transaction(|document, tx| {
            tx.ensure_tables(document.schema())?;
            tx.clear_read_model(document.schema())?;
            project_applied(document, tx)?;
            Ok(())
        })
    }

    /// The read model as text, to be compared with another's.
    ///
    /// # Errors
    /// What the file says.
    pub fn dump(&self) -> Result<Vec<String>, ApiError> {
        Ok(tandem_store::dump(self.store.reader(), &self.schema)?)
    }

    /// The word for the document's state.
    ///
    /// # Errors
    /// What the file says.
    pub fn fingerprint(&self) -> Result<String, ApiError> {
        Ok(match self.setting("fingerprint")? {
            Some(fingerprint) => fingerprint,
            None => super::empty_fingerprint(),
        })
    }
}
