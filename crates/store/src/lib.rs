//! One SQLite file per workspace: the log of changes, the read model made from them, full-text search, local settings.
//!
//! Knows the schema of `context` and derives its tables from it. Never touches the document: who writes hands over what a
//! change wrote and how the touched records stand now. Reading is SQL on the read model, from any thread and process.

mod dump;
mod error;
mod file;
mod history;
mod log;
mod project;
mod query;
mod readers;
mod sealed;
mod tables;

pub use dump::dump;
pub use error::StoreError;
pub use file::{FORMAT, Store, Tx};
pub use history::{
    ChangeRow, WroteRow, change, changes, changes_total, field_history, hashes_starting, is_undone, last_redoable,
    last_undoable, last_write, record_changes, touched_by_others, wrote_by,
};
pub use log::LogRow;
pub use project::Touched;
pub use query::{
    BoardCount, Cells, Compare, Condition, Hit, ListSpec, Mark, Order, PastOf, PastRow, Row, StageMove, StageUndos,
    Standing, StandingOwner, board_counts, conflicts, conflicts_of, conflicts_total, count_by, earliest_since,
    elements, find_by_field, find_by_folded, ids_starting, linking, list, mark, past, record, records_total, scan,
    scan_all, search, stage_moves, standing_owners, sums, titles, total, touched_since,
};
pub use readers::Readers;
pub use sealed::OutboxRow;
