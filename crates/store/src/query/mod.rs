//! Questions to the read model.

mod facts;
mod filter;
mod lists;
mod lookups;
mod search;

pub(crate) use facts::EPOCH;
pub use facts::{
    Cells, Mark, PastOf, PastRow, StageMove, StageUndos, StandingOwner, earliest_since, mark, past, scan, scan_all,
    stage_moves, standing_owners, touched_since,
};
pub use filter::{Compare, Condition};
pub use lists::{BoardCount, ListSpec, Order, Row, board_counts, count_by, list, record, sums, total};
pub use lookups::{
    Standing, conflicts, conflicts_of, conflicts_total, elements, find_by_field, find_by_folded, ids_starting, linking,
    records_total, titles,
};
pub use search::{Hit, search};
