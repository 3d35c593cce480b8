//! What to write so that the workspace holds what the file says.

mod ledger;
mod links;
mod matching;
mod rules;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use tandem_context::{Conventions, CustomField, Remark, Schema, Value};

use crate::ImportError;
use crate::conventions::Detected;
use crate::directory::{Directory, RecordId};
use crate::interpret::{Interpreter, Refusal};
use crate::mapping::{MappedColumn, new_fields};
use crate::report::{Skipped, Warning, Warnings};
use crate::sentences::READ_AS;
use crate::table::Table;

use ledger::Ledger;

/// How often progress is told.
const ROWS_PER_STEP: usize = 256;

/// What to import, and how.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The file.
    pub table: &'a Table,
    /// What its rows are.
    pub kind: &'a str,
    /// The workspace's schema.
    pub schema: &'a Schema,
    /// Where the columns go ([`crate::propose_mapping`]).
    pub mapping: &'a [MappedColumn],
    /// How its dates and numbers are written ([`crate::detect_conventions`]).
    pub conventions: Conventions,
    /// What was detected, for a warning about dates that could be read either way; absent where somebody decided.
    pub detected: Option<&'a Detected>,
    /// The currency of amounts that come without one, as a code.
    pub currency: Option<&'a str>,
}

/// What an import would write. Nothing has been written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Fields to declare first.
    pub new_fields: Vec<CustomField>,
    /// Records to make, linked ones among them, in an order in which what is pointed to may come later.
    pub creates: Vec<PlannedRecord>,
    /// Records to bring up to date.
    pub updates: Vec<PlannedUpdate>,
    /// Records that rows name and say nothing new about.
    pub unchanged: u32,
    /// Records made because a row points to them, by kind; they are among `creates`.
    pub linked: BTreeMap<String, u32>,
    /// Rows that could not be taken.
    pub skipped: Vec<Skipped>,
    /// What was noticed.
    pub warnings: Vec<Warning>,
}

/// A record to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRecord {
    /// Its kind.
    pub kind: &'static str,
    /// Its id, from `new_id`.
    pub id: RecordId,
    /// Its values; links hold ids.
    pub fields: BTreeMap<String, Value>,
    /// It is made because a row points to it; no row is about it.
    pub linked: bool,
    /// The first row that names it.
    pub row: u32,
}

/// A record to bring up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedUpdate {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: RecordId,
    /// The fields that change, with their whole new values (sets hold what was there too).
    pub fields: BTreeMap<String, Value>,
    /// The first row that names it.
    pub row: u32,
}

impl Plan {
    /// How many records rows are made into, without linked ones.
    pub fn created(&self) -> usize {
        self.creates.iter().filter(|record| !record.linked).count()
    }
}

/// Compares a file with what is there.
///
/// A row is about an existing record when its id, its external id or another identifying field says so (in this order), else
/// when the name is the same (see `rules::NamedBy`) and no identifying field contradicts. What a file names in other columns
/// is found by id, external id, e-mail address, domain or name, and made where it is missing. Empty cells change nothing,
/// sets grow.
///
/// `new_id` gives ids for new records; `progress` hears of rows done and rows in all and may stop it.
///
/// # Errors
/// When the kind is unknown or `progress` breaks.
pub fn plan(
    import: &Import<'_>,
    directory: &dyn Directory,
    new_id: &mut dyn FnMut() -> RecordId,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Plan, ImportError> {
    let unknown = || ImportError::UnknownKind(import.kind.to_owned());
    let kind = import.schema.kind(import.kind).ok_or_else(unknown)?.name;
    let new_fields = new_fields(import.table, import.mapping, kind, import.schema);
    let schema = extended(import.schema, &new_fields);
    let mut warnings = Warnings::default();
    warn_of_dates(import, &mut warnings);
    let mut reader = Interpreter::new(kind, &schema, import.mapping, import.conventions, import.currency);
    let mut ledger = Ledger::new(&schema, directory, new_id, warnings);
    let mut skipped = Vec::new();
    let rows = import.table.rows();
    let total = rows.len();
    for (done, (number, cells)) in rows.enumerate() {
        if done % ROWS_PER_STEP == 0 && progress(done, total).is_break() {
            return Err(ImportError::Cancelled);
        }
        let read = reader.row(number, cells, ledger.warnings());
        if let Err(Refusal { column, reason }) = read.and_then(|intent| Ok(ledger.enter(kind, intent)?)) {
            skipped.push(Skipped { row: number, column, reason });
        }
    }
    if progress(total, total).is_break() {
        return Err(ImportError::Cancelled);
    }
    let mut plan = ledger.close();
    let mut all = import.table.warnings().to_vec();
    all.append(&mut plan.warnings);
    Ok(Plan { new_fields, skipped, warnings: all, ..plan })
}

/// The schema with the fields that are about to be declared.
fn extended(schema: &Schema, more: &[CustomField]) -> Schema {
    let mut declared = schema.custom_fields();
    declared.extend_from_slice(more);
    Schema::with_custom(&declared).with_stages(schema.stages())
}

fn warn_of_dates(import: &Import<'_>, warnings: &mut Warnings) {
    let Some(detected) = import.detected else { return };
    let Some(message) = detected.warning() else { return };
    let example = detected.ambiguous_date.as_deref().unwrap_or_default();
    let found = import.table.rows().find_map(|(row, cells)| {
        let at = cells.iter().position(|cell| cell.trim() == example)?;
        Some((row, import.table.headings().get(at).cloned()))
    });
    let (row, column) = found.unwrap_or((1, None));
    warnings.add(row, column.as_deref(), &message);
}

/// There is no product “GTXPro” here; read as “GTX Pro”.
fn read_as(text: &str, kind: &str, title: &str) -> Remark {
    READ_AS.of(text).text("kind", kind).text("title", title)
}
