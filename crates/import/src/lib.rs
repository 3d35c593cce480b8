//! What people have in files: CSV as found in the wild, mapped to the schema, normalised and compared with what a
//! workspace holds. Also the way back, [`to_csv`].
//!
//! Knows the schema; touches neither files nor the store. [`Table::read`] takes bytes, [`plan`] asks a [`Directory`] what
//! is there and says what to write.

mod cell;
mod content;
mod conventions;
mod directory;
mod error;
mod export;
mod interpret;
mod mapping;
mod names;
mod plan;
mod report;
pub mod sentences;
mod table;

pub use cell::{csv_safe, csv_unsafe};
pub use conventions::{Detected, detect_conventions};
pub use directory::{Directory, RecordId};
pub use error::ImportError;
pub use export::{ExportRecord, to_csv};
pub use interpret::{LinkIntent, RowIntent};
pub use mapping::{Because, MappedColumn, guess_kind, new_fields, propose_mapping};
pub use plan::{Import, Plan, PlannedRecord, PlannedUpdate, plan};
pub use report::{Skipped, Warning};
pub use table::Table;

#[cfg(test)]
mod tests;
