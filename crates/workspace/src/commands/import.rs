//! Importing a file: read it, say what it is and what would happen, and do it in one action.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use rusqlite::Connection;
use tandem_context::sentences::NOT_COUNTRY;
use tandem_context::{Conventions, DateOrder, Edit, Schema, Value};

use tandem_import::{Detected, Directory, Import, MappedColumn, Plan, PlannedRecord, RecordId, Table};
use tokio::sync::broadcast;

use crate::api::{
    ApiError, Event, ImportColumn, ImportPreview, ImportProgress, ImportReport, ImportRequest, ImportWarning,
    SkippedRow,
};
use crate::commands::journey::{Moved, unasked};
use crate::engine::{Committed, Engine};
use crate::queries;

/// Rows that a preview shows.
const SAMPLE: usize = 20;
/// Rows that could not be taken and are listed; what was noticed, likewise.
const LISTED: usize = 1_000;
/// Largest file that is read.
const FILE_BYTES: u64 = 256 * 1_024 * 1_024;

/// A file, read and understood.
pub(crate) struct Source {
    name: String,
    table: Table,
    kind: &'static str,
    mapping: Vec<MappedColumn>,
    detected: Detected,
    conventions: Conventions,
    currency: Option<String>,
    asked_order: bool,
}

impl Source {
    /// Reads the file that is asked for.
    pub(crate) fn read(schema: &Schema, asked: &ImportRequest) -> Result<Self, ApiError> {
        let bytes = bytes(asked)?;
        let table = Table::read(&bytes)?;
        let name = asked.name.clone().or_else(|| {
            let path = asked.path.as_deref()?;
            Some(Path::new(path).file_name()?.to_string_lossy().into_owned())
        });
        let kind = match &asked.kind {
            Some(kind) => schema
                .kind(kind)
                .map(|kind| kind.name)
                .ok_or_else(|| tandem_context::ContextError::UnknownKind(kind.clone()))?,
            None => tandem_import::guess_kind(&table, name.as_deref(), schema).ok_or_else(|| {
                ApiError::new(
                    "unknown_kind",
                    "what these rows are cannot be told from the columns; say which kind they are",
                )
            })?,
        };
        super::edit::check_by_hand(kind)?;
        let mapping = tandem_import::propose_mapping(&table, kind, schema, &asked.mapping)?;
        let detected = tandem_import::detect_conventions(&table, &mapping, kind, schema);
        let country = asked.country.as_deref().map(str::trim).filter(|country| !country.is_empty());
        let mut conventions = detected.conventions(country.map(|country| read_country(schema, country)).transpose()?);
        if let Some(order) = &asked.date_order {
            conventions.date_order = date_order(order)?;
        }
        match asked.decimal.as_deref() {
            Some(".") => conventions.decimal = '.',
            Some(",") => conventions.decimal = ',',
            Some(other) => {
                return Err(ApiError::new("invalid_value", format!("“{other}” is no decimal sign; . and , are")));
            }
            None => {}
        }
        let currency = asked.currency.clone().filter(|currency| !currency.trim().is_empty());
        let asked_order = asked.date_order.is_some();
        Ok(Self { name: name.unwrap_or_default(), table, kind, mapping, detected, conventions, currency, asked_order })
    }

    /// What importing it would write.
    fn plan(
        &self,
        connection: &Connection,
        schema: &Schema,
        new_id: &mut dyn FnMut() -> String,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Plan, ApiError> {
        let directory = Known { connection, schema, failed: RefCell::new(None), elements: RefCell::default() };
        let import = Import {
            table: &self.table,
            kind: self.kind,
            schema,
            mapping: &self.mapping,
            conventions: self.conventions,
            detected: (!self.asked_order).then_some(&self.detected),
            currency: self.currency.as_deref(),
        };
        let plan = tandem_import::plan(&import, &directory, new_id, progress)?;
        // A look-up that failed would have made a duplicate.
        match directory.failed.into_inner() {
            Some(error) => Err(error),
            None => Ok(plan),
        }
    }
}

fn bytes(asked: &ImportRequest) -> Result<Vec<u8>, ApiError> {
    if let Some(data) = &asked.data {
        return base64::engine::general_purpose::STANDARD
            .decode(data)
            .map_err(|_| ApiError::new("invalid_value", "the file did not arrive whole; try again"));
    }
    let Some(path) = &asked.path else { return Err(ApiError::new("invalid_value", "which file?")) };
    let unreadable = |error: std::io::Error| ApiError::new("unreadable", format!("{path} cannot be read: {error}"));
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_BYTES {
        return Err(ApiError::new(
            "too_large",
            format!("{path} has {} MB; the most that is read at once is {} MB", size >> 20, FILE_BYTES >> 20),
        ));
    }
    std::fs::read(path).map_err(unreadable)
}

/// A country's code, also by its name.
fn read_country(schema: &Schema, text: &str) -> Result<[u8; 2], ApiError> {
    let field = schema.field("account", "country").ok_or_else(|| queries::unknown_field("account", "country"))?;
    let made = tandem_context::normalise(field, text, &Conventions::ISO)?;
    let code: Option<[u8; 2]> = made.value.as_text().and_then(|code| code.as_bytes().try_into().ok());
    code.ok_or_else(|| ApiError::said("invalid_value", &NOT_COUNTRY.of(text)))
}

fn date_order(order: &str) -> Result<DateOrder, ApiError> {
    match order {
        "dmy" => Ok(DateOrder::DayMonthYear),
        "mdy" => Ok(DateOrder::MonthDayYear),
        "ymd" => Ok(DateOrder::YearMonthDay),
        other => Err(ApiError::new("invalid_value", format!("“{other}” is no order of dates; dmy, mdy and ymd are"))),
    }
}

/// What a file is, and what importing it would do. Writes nothing.
pub(crate) fn preview(
    connection: &Connection,
    schema: &Schema,
    asked: &ImportRequest,
) -> Result<ImportPreview, ApiError> {
    let source = Source::read(schema, asked)?;
    let mut ids = 0;
    // Nothing of the plan is kept: any ids that differ will do.
    let mut new_id = || {
        ids += 1;
        format!("preview-{ids}")
    };
    let plan = if asked.only_read {
        Plan::default()
    } else {
        source.plan(connection, schema, &mut new_id, &mut |_, _| ControlFlow::Continue(()))?
    };
    let order = if source.asked_order { Some(source.conventions.date_order) } else { source.detected.date_order };
    Ok(ImportPreview {
        kind: source.kind.to_owned(),
        encoding: source.table.encoding().to_owned(),
        delimiter: source.table.delimiter().to_string(),
        date_order: order.map(|order| match order {
            DateOrder::DayMonthYear => "dmy".to_owned(),
            DateOrder::MonthDayYear => "mdy".to_owned(),
            DateOrder::YearMonthDay => "ymd".to_owned(),
        }),
        decimal: source.conventions.decimal.to_string(),
        columns: source
            .mapping
            .iter()
            .map(|column| ImportColumn {
                name: column.name.clone(),
                field: column.field.clone(),
                because: column.because.name().to_owned(),
            })
            .collect(),
        rows: source.table.len() as u32,
        sample: source.table.sample(SAMPLE),
        report: report(plan, None),
    })
}

/// Imports a file as one action: all of it or, when it fails, is cancelled or the process dies, nothing.
pub(crate) fn run(
    engine: &mut Engine,
    asked: &ImportRequest,
    events: &broadcast::Sender<Event>,
    cancelled: &Arc<AtomicBool>,
) -> Result<(Committed, ImportReport), ApiError> {
    let tell = |step: &str, done: usize, total: usize| {
        let progress = ImportProgress { step: step.to_owned(), done: done as u32, total: total as u32 };
        // Nobody may be listening.
        let _ = events.send(Event::Import(progress));
    };
    tell("reading", 0, 0);
    engine.load()?;
    engine.catch_up_alone()?;
    let schema = engine.schema().clone();
    let source = Source::read(&schema, asked)?;
    let mut environment = std::mem::replace(&mut engine.environment, crate::Environment::real());
    let plan = source.plan(engine.store.reader(), &schema, &mut || environment.new_id(), &mut |done, total| {
        tell("matching", done, total);
        if cancelled.load(Ordering::Acquire) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    engine.environment = environment;
    let plan = plan?;
    let mut edits = edits(&plan, source.kind);
    edits.extend(moved(engine, &plan, &source.name)?);
    let total = edits.len();
    let mut note = engine.note("import", Some(&source.name));
    note.linked = plan.linked.clone();
    // Of the kind that is imported, all count as imported.
    note.linked.remove(source.kind);
    let committed = engine.act_watched(&edits, note, &mut |done| {
        tell("writing", done, total);
        if cancelled.load(Ordering::Acquire) { Err(tandem_import::ImportError::Cancelled.into()) } else { Ok(()) }
    })?;
    tell("done", total, total);
    let report = report(plan, committed.change.clone());
    Ok((committed, report))
}

/// The records of the kind that is imported come first: the first one says what the history calls the import.
fn edits(plan: &Plan, kind: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = plan.new_fields.iter().cloned().map(Edit::Define).collect();
    let (own, along): (Vec<_>, Vec<_>) = plan.creates.iter().partition(|record| record.kind == kind);
    let create = |record: &PlannedRecord| Edit::Create {
        kind: record.kind.to_owned(),
        id: record.id.clone(),
        values: record.fields.clone(),
    };
    edits.extend(own.into_iter().map(create));
    for update in &plan.updates {
        edits.extend(update.fields.iter().map(|(field, value)| Edit::Set {
            kind: update.kind.to_owned(),
            id: update.id.clone(),
            field: field.clone(),
            value: Some(value.clone()),
        }));
    }
    edits.extend(along.into_iter().map(create));
    edits
}

/// Whatever a file says, a lead that it moves to sales comes past the gate: that is counted. And what follows from a move is
/// written, whoever made it.
fn moved(engine: &mut Engine, plan: &Plan, file: &str) -> Result<Vec<Edit>, ApiError> {
    let world = engine.world()?;
    let stands = |id: &str, stage: &str| world.opportunity(id).is_none_or(|one| *one.stage == *stage);
    let mut moves = Vec::new();
    for update in plan.updates.iter().filter(|update| update.kind == "opportunity") {
        let Some(Value::Text(stage)) = update.fields.get("stage") else { continue };
        if stands(&update.id, stage) {
            continue;
        }
        let values = update.fields.iter().map(|(field, value)| (field.clone(), Some(value.clone()))).collect();
        moves.push(Moved { id: update.id.clone(), stage: stage.clone(), values });
    }
    unasked(engine, &moves, file)
}

fn report(plan: Plan, change: Option<String>) -> ImportReport {
    ImportReport {
        created: plan.created() as u32,
        updated: plan.updates.len() as u32,
        unchanged: plan.unchanged,
        linked: plan.linked,
        skipped: plan
            .skipped
            .into_iter()
            .take(LISTED)
            .map(|skipped| SkippedRow {
                row: skipped.row,
                reason: skipped.message(),
                remark: (&skipped.reason).into(),
                column: skipped.column,
            })
            .collect(),
        warnings: plan
            .warnings
            .into_iter()
            .take(LISTED)
            .map(|warning| ImportWarning {
                message: warning.message(),
                remark: (&warning.remark).into(),
                left_out: warning.left_out,
                others: warning.others,
                column: warning.column,
                row: warning.row,
                count: warning.count,
            })
            .collect(),
        change,
    }
}

impl From<tandem_import::ImportError> for ApiError {
    fn from(error: tandem_import::ImportError) -> Self {
        Self::said(error.code(), &error.remark())
    }
}

/// Element of a set → the records that have it.
type Holders = HashMap<String, Vec<RecordId>>;

/// What the workspace holds, asked of the read model.
struct Known<'a> {
    connection: &'a Connection,
    schema: &'a Schema,
    /// The first look-up that failed.
    failed: RefCell<Option<ApiError>>,
    /// Kind and field → element → who has it, read once: sets have no index.
    elements: RefCell<HashMap<(String, String), Holders>>,
}

impl Known<'_> {
    fn found<T: Default>(&self, found: Result<T, tandem_store::StoreError>) -> T {
        found.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error.into());
            T::default()
        })
    }
}

impl Directory for Known<'_> {
    fn by_id(&self, kind: &str, id: &str) -> Option<RecordId> {
        let known = self.found(tandem_store::titles(self.connection, [id]));
        known.get(id).filter(|(_, found)| found == kind).map(|_| id.to_owned())
    }

    fn by_field(&self, kind: &str, field: &str, value: &str) -> Vec<RecordId> {
        self.found(tandem_store::find_by_field(self.connection, self.schema, kind, field, &Value::text(value)))
    }

    fn by_element(&self, kind: &str, field: &str, element: &str) -> Vec<RecordId> {
        let key = (kind.to_owned(), field.to_owned());
        let mut known = self.elements.borrow_mut();
        let holders = known
            .entry(key)
            .or_insert_with(|| self.found(tandem_store::elements(self.connection, self.schema, kind, field)));
        holders.get(element).cloned().unwrap_or_default()
    }

    fn title(&self, _kind: &str, id: &str) -> String {
        let known = self.found(tandem_store::titles(self.connection, [id]));
        known.into_values().next().map(|(title, _)| title).unwrap_or_default()
    }

    fn by_title_folded(&self, kind: &str, folded: &str) -> Vec<RecordId> {
        self.found(tandem_store::find_by_folded(self.connection, kind, folded))
    }

    fn values(&self, _kind: &str, id: &RecordId) -> BTreeMap<String, Value> {
        self.found(tandem_store::record(self.connection, self.schema, id)).map(|row| row.values).unwrap_or_default()
    }
}
