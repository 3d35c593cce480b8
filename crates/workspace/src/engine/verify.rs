//! Checking the log, the document and the read model against each other.

use tandem_context::Document;
use tandem_store::Store;

use super::mend::{Damaged, intact};
use super::{Engine, identity::fingerprint};
use crate::api::{ApiError, Notice, VerifyReport};

/// Differences that are listed.
const LISTED: usize = 20;
const BATCH: u32 = 2_000;

/// What the log alone says.
struct LogRead {
    document: Document,
    changes: u32,
    damaged: Vec<Damaged>,
    /// In words.
    problems: Vec<String>,
}

impl Engine {
    /// Mends what is damaged in the log as far as something else holds it; then reads the whole log, builds the document from
    /// it, makes the read model anew from that, and compares. Where nothing is damaged, nothing is written.
    ///
    /// # Errors
    /// What the file says.
    pub fn verify(&mut self) -> Result<VerifyReport, ApiError> {
        self.load()?;
        let mut log = self.read_log()?;
        let mut mended = 0;
        if !log.damaged.is_empty() {
            mended = self.mend(&log.damaged)?;
            log = self.read_log()?;
        }
        let LogRead { document: from_log, changes, damaged, mut problems } = log;
        problems.extend(damaged.iter().map(|row| format!("change {} of the log is damaged", row.n)));
        self.catch_up_alone()?;
        if let Some(document) = &self.document
            && document.heads() != from_log.heads()
        {
            problems.push("the document is not what the log makes".to_owned());
        }
        let kept = self.fingerprint()?;
        let made = fingerprint(&from_log.heads());
        if kept != made && changes > 0 {
            problems.push(format!("the file says its fingerprint is {kept}, the log makes {made}"));
        }
        self.compare_read_model(&mut problems)?;
        Ok(VerifyReport {
            clean: problems.is_empty(),
            problems,
            mended,
            noticed: self.notices.iter().map(Notice::from).collect(),
            changes,
            records: tandem_store::records_total(self.store.reader())?,
            fingerprint: made,
        })
    }

    /// Reads the whole log, also below the checkpoint.
    fn read_log(&self) -> Result<LogRead, ApiError> {
        let mut log = LogRead { document: Document::new(), changes: 0, damaged: Vec::new(), problems: Vec::new() };
        let mut seen = 0;
        loop {
            let rows = Store::changes_after(self.store.reader(), seen, BATCH)?;
            let Some(last) = rows.last() else { return Ok(log) };
            seen = last.n;
            log.changes += rows.len() as u32;
            let mut batch = Vec::with_capacity(rows.len());
            for row in rows {
                match intact(row) {
                    Ok(change) => batch.push(change),
                    Err(row) => log.damaged.push(row),
                }
            }
            if let Err(error) = log.document.apply(batch) {
                log.problems.push(format!("the log contradicts itself: {error}"));
            }
        }
    }

    /// Makes the read model anew inside a transaction that is then abandoned, and compares it with the one on disk.
    fn compare_read_model(&mut self, problems: &mut Vec<String>) -> Result<(), ApiError> {
        let standing = self.dump()?;
        let Some(document) = &self.document else { return Ok(()) };
        let tx = self.store.begin()?;
        tx.clear_read_model(document.schema())?;
        super::receive::project_applied(document, &tx)?;
        let made = tandem_store::dump(tx.reader(), document.schema())?;
        drop(tx);
        let missing = made.iter().filter(|line| standing.binary_search(line).is_err());
        let surplus = standing.iter().filter(|line| made.binary_search(line).is_err());
        problems.extend(missing.map(|line| format!("missing in the read model: {line}")).take(LISTED));
        problems.extend(surplus.map(|line| format!("wrong in the read model: {line}")).take(LISTED));
        Ok(())
    }
}
