//! `import` and `export`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{ArgGroup, Args};
use serde::Serialize;
use tandem_workspace::api::{
    Event, ExportRequest, Exported, Filter, ImportPreview, ImportReport, ImportRequest, Request,
};

use crate::failure::{Done, Failure};
use crate::fields;
use crate::output::{Output, count, count_of, kinds, short};
use crate::progress::Progress;
use crate::session::Session;

/// Skipped rows shown to people; `--json` gives all.
const SHOWN_ROWS: usize = 20;

/// Bring in a CSV file
///
/// Delimiter, encoding, date and number formats are detected, columns are matched by their headings. A row that has
/// the e-mail address, domain or id of a record brings it up to date. The whole import is one change, undone by one
/// `tandem undo`; if the process dies, nothing of it stays.
#[derive(Args)]
pub(crate) struct Import {
    /// account, person, opportunity, activity, campaign, product, member
    kind: String,
    /// The CSV file
    file: PathBuf,
    /// Send a column to a field (`new:LABEL` makes one); an empty FIELD leaves the column out
    #[arg(long, short, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// How dates are written [default: detected]
    #[arg(long, value_parser = ["dmy", "mdy", "ymd"])]
    date_order: Option<String>,
    /// The decimal sign [default: detected]
    #[arg(long, value_parser = [".", ","])]
    decimal: Option<String>,
    /// The currency of amounts that come without one
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// The country of phone numbers without a prefix, where a row names none
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
}

/// What a dry run tells a machine: the report, and where each column would go.
#[derive(Serialize)]
struct DryRun<'a> {
    #[serde(flatten)]
    report: &'a ImportReport,
    mapping: BTreeMap<&'a str, Option<&'a str>>,
    encoding: &'a str,
    delimiter: &'a str,
    date_order: Option<&'a str>,
    decimal: &'a str,
    rows: u32,
}

impl Import {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let dry_run = self.dry_run;
        let request = self.request()?;
        if dry_run {
            let preview: ImportPreview = session.ask(Request::ImportPreview(request))?;
            if output.json {
                return output.document(&dry_run_answer(&preview));
            }
            mapping(output, &preview)?;
            return report(output, &preview.report, "would be ");
        }
        if !output.json {
            // The import itself compares the rows with what is there; once is enough.
            let only_read = ImportRequest { only_read: true, ..request.clone() };
            let preview: ImportPreview = session.ask(Request::ImportPreview(only_read))?;
            mapping(output, &preview)?;
        }
        let progress = Progress::start(session, output, |event| match event {
            Event::Import(import) => Some(format!("{} {} of {}", import.step, import.done, import.total)),
            _ => None,
        });
        let done = session.ask::<ImportReport>(Request::ImportRun(request));
        progress.end();
        let done = done?;
        if output.json { output.document(&done) } else { report(output, &done, "") }
    }

    fn request(self) -> Result<ImportRequest, Failure> {
        let mut mapping = BTreeMap::new();
        for typed in &self.map {
            let Some((column, field)) = typed.rsplit_once('=') else {
                return Err(Failure::new("usage", format!("`{typed}` is not COLUMN=FIELD")));
            };
            mapping.insert(column.to_owned(), Some(field.to_owned()).filter(|field| !field.is_empty()));
        }
        let path = self.file.to_str().ok_or_else(|| Failure::new("usage", "the file's path is not valid UTF-8"))?;
        Ok(ImportRequest {
            path: Some(path.to_owned()),
            data: None,
            name: self.file.file_name().map(|name| name.to_string_lossy().into_owned()),
            kind: Some(self.kind),
            mapping,
            date_order: self.date_order,
            decimal: self.decimal,
            currency: self.currency,
            country: self.country,
            only_read: false,
        })
    }
}

fn dry_run_answer(preview: &ImportPreview) -> DryRun<'_> {
    DryRun {
        report: &preview.report,
        mapping: preview.columns.iter().map(|column| (column.name.as_str(), column.field.as_deref())).collect(),
        encoding: &preview.encoding,
        delimiter: &preview.delimiter,
        date_order: preview.date_order.as_deref(),
        decimal: &preview.decimal,
        rows: preview.rows,
    }
}

/// Where each column goes, and why.
fn mapping(output: &Output, preview: &ImportPreview) -> Done {
    let dates = preview.date_order.as_deref().map(|order| format!(", dates {order}")).unwrap_or_default();
    let delimiter = if preview.delimiter == "\t" { "tab" } else { &preview.delimiter };
    output.line(format!(
        "{} of {}: {}, separated by {delimiter}{dates}",
        count(preview.rows, "row"),
        kinds(&preview.kind),
        preview.encoding
    ))?;
    let because = |because: &str| match because {
        "alias" => "by its heading",
        "asked" => "as asked",
        "content" => "by what is in it",
        _ => "",
    };
    let rows = preview.columns.iter().map(|column| {
        vec![
            column.name.clone(),
            column.field.clone().unwrap_or_else(|| "(left out)".to_owned()),
            because(&column.because).to_owned(),
        ]
    });
    output.table(&["column", "field", ""], rows.collect())
}

/// What was done, or would be.
fn report(output: &Output, report: &ImportReport, would: &str) -> Done {
    output.line(format!(
        "{} {would}created, {} {would}updated, {} unchanged, {} skipped.",
        report.created,
        report.updated,
        report.unchanged,
        report.skipped.len()
    ))?;
    for (kind, number) in &report.linked {
        output.line(format!("Along the way {} {would}created, for links to them.", count_of(*number, kind)))?;
    }
    for warning in &report.warnings {
        let column = warning.column.as_deref().map(|column| format!(" in {column}")).unwrap_or_default();
        output.line(format!(
            "warning: {} ({}{column}, first in row {})",
            warning.message,
            count(warning.count, "row"),
            warning.row
        ))?;
    }
    for skipped in report.skipped.iter().take(SHOWN_ROWS) {
        output.line(format!("skipped row {}: {}", skipped.row, skipped.reason))?;
    }
    if report.skipped.len() > SHOWN_ROWS {
        output.line(format!("… and {} more rows; --json lists all", report.skipped.len() - SHOWN_ROWS))?;
    }
    match &report.change {
        Some(change) => output.line(format!("One change: {}. `tandem undo` takes it back.", short(change))),
        None => Ok(()),
    }
}

/// Write out the records of a kind
#[derive(Args)]
#[command(group = ArgGroup::new("format").args(["csv"]))]
pub(crate) struct Export {
    /// account, person, opportunity, activity, campaign, product, member, page
    kind: String,
    /// As CSV (the default); --json gives JSON
    #[arg(long)]
    csv: bool,
    /// Only records for which this holds
    #[arg(long, short, value_name = "FIELD=VALUE")]
    filter: Vec<String>,
    /// Only this record; several may be named
    #[arg(long, value_name = "ID", num_args = 1..)]
    id: Vec<String>,
    /// The file to write, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let kind = session.kind(&self.kind)?;
        let filters = self
            .filter
            .iter()
            .map(|typed| fields::filter(session, &kind, typed))
            .collect::<Result<Vec<Filter>, _>>()?;
        let path = match &self.output {
            Some(path) => Some(
                path.to_str().ok_or_else(|| Failure::new("usage", "the file's path is not valid UTF-8"))?.to_owned(),
            ),
            None => None,
        };
        let ids = self.id.iter().map(|id| session.id(id)).collect::<Result<Vec<_>, _>>()?;
        let format = if output.json && !self.csv { "json" } else { "csv" };
        let exported: Exported = session.ask(Request::Export(ExportRequest {
            kind: self.kind,
            format: format.to_owned(),
            filters,
            ids: Some(ids).filter(|ids| !ids.is_empty()),
            path: path.clone(),
        }))?;
        match (exported.text, path) {
            (Some(text), _) if text.ends_with('\n') => output.raw(&text),
            (Some(text), _) => output.line(text),
            (None, Some(_)) if output.json => output.document(&serde_json::json!({ "records": exported.records })),
            (None, path) => {
                output.line(format!("{} written to {}.", count(exported.records, "record"), path.unwrap_or_default()))
            }
        }
    }
}
