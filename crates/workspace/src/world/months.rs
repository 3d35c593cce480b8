//! What was forgotten at moments of the past, computed once and kept.
//!
//! What stood at a moment that is over changes in two ways only: something written until then is learnt later (another device
//! was offline, or its clock was behind), or history is taken back. So a result holds while history has the same epoch and no
//! row came since that was written until its moment; everybody's edits of today leave last year's results alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_revops::forgotten;
use tandem_store::{Mark, StoreError};

use super::past;

/// Moments that are kept; of more, the oldest go.
const KEPT_MAX: usize = 500;

/// What was forgotten at a moment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Then {
    /// How many opportunities were open.
    pub(crate) open: usize,
    /// Ids of those of them that were forgotten, longest first.
    pub(crate) forgotten: Vec<String>,
}

/// Results by moment, each with where history stood when it was computed or last found to hold.
#[derive(Debug, Default)]
pub(super) struct Months {
    known: BTreeMap<i64, (Mark, Arc<Then>)>,
}

impl Months {
    /// The results that still hold at a mark, by moment.
    pub(super) fn holding(
        &mut self,
        connection: &Connection,
        mark: Mark,
        moments: &[i64],
    ) -> Result<BTreeMap<i64, Arc<Then>>, StoreError> {
        self.known.retain(|_, (of, _)| of.epoch == mark.epoch);
        let marks: Vec<i64> = self.known.values().map(|(of, _)| of.upto).collect();
        let mut learnt: BTreeMap<i64, Option<i64>> = BTreeMap::new();
        for upto in marks {
            if let std::collections::btree_map::Entry::Vacant(entry) = learnt.entry(upto) {
                entry.insert(tandem_store::earliest_since(connection, upto)?);
            }
        }
        self.known.retain(|at_ms, (of, _)| {
            let earliest = learnt.get(&of.upto).copied().flatten();
            earliest.is_none_or(|earliest| earliest > *at_ms)
        });
        self.known.values_mut().for_each(|(of, _)| *of = mark);
        let found = moments.iter().filter_map(|at_ms| Some((*at_ms, Arc::clone(&self.known.get(at_ms)?.1))));
        Ok(found.collect())
    }

    /// Keeps a result.
    pub(super) fn keep(&mut self, mark: Mark, at_ms: i64, then: Arc<Then>) {
        self.known.insert(at_ms, (mark, then));
        while self.known.len() > KEPT_MAX {
            self.known.pop_first();
        }
    }
}

/// Computes what was forgotten at moments, from history.
pub(super) fn computed(
    connection: &Connection,
    schema: &Schema,
    moments: &[i64],
) -> Result<BTreeMap<i64, Arc<Then>>, StoreError> {
    let mut all = BTreeMap::new();
    past::each(connection, schema, (forgotten::KINDS, moments), &mut |at_ms, world| {
        let (found, open) = forgotten::all(world, at_ms);
        let forgotten = found.iter().map(|one| world.id(one.opportunity).to_owned()).collect();
        all.insert(at_ms, Arc::new(Then { open, forgotten }));
    })?;
    Ok(all)
}
