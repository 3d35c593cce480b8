//! `list`, `show`, `create`, `set`, `search`.

use clap::Args;
use serde_json::Value as Json;
use tandem_workspace::api::{
    CreateRecord, Done as Written, KindInfo, ListQuery, RecordInfo, RecordPage, RecordRef, Request, SearchHit,
    SearchQuery, SetFields,
};

use crate::args::Why;
use crate::failure::{Done, Failure};
use crate::fields;
use crate::output::{Output, count, minute, plain, printable, short};
use crate::session::Session;

/// Columns that a table for people has room for, beside the title.
const TABLE_COLUMNS: usize = 6;
/// Records the engine gives at a time.
const PAGE: u32 = 1_000;

/// List records of a kind
#[derive(Args)]
#[command(
    after_help = "Filters: FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD>N, FIELD<N, FIELD>=N, FIELD<=N; FIELD= means empty.\n\
Fields of a link take the record's id or its exact title. `archived=yes` and `conflict=yes` are filters too."
)]
pub(crate) struct List {
    /// account, person, opportunity, activity, campaign, product, member, page
    kind: String,
    /// Only records for which this holds; several must all hold
    #[arg(long, short, value_name = "FIELD=VALUE")]
    filter: Vec<String>,
    /// Order by FIELD, -FIELD or FIELD:desc; several refine each other [default: title]
    #[arg(long, short, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Vec<String>,
    /// Only records in whose text these words are found
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// How many to give
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    limit: u32,
    /// How many to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u32,
}

impl List {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let kind = session.kind(&self.kind)?;
        let mut query = ListQuery {
            kind: self.kind,
            filters: self.filter.iter().map(|typed| fields::filter(session, &kind, typed)).collect::<Result<_, _>>()?,
            sort: self.sort.iter().map(|typed| fields::sort(&kind, typed)).collect::<Result<_, _>>()?,
            text: self.text,
            offset: self.offset,
            limit: Some(self.limit.min(PAGE)),
            sums: Vec::new(),
        };
        let mut page: RecordPage = session.ask(Request::List(query.clone()))?;
        while (page.records.len() as u64) < u64::from(self.limit) {
            let have = u32::try_from(page.records.len()).unwrap_or(u32::MAX);
            query.offset = self.offset.saturating_add(have);
            query.limit = Some((self.limit - have).min(PAGE));
            if query.offset >= page.total {
                break;
            }
            let next: RecordPage = session.ask(Request::List(query.clone()))?;
            if next.records.is_empty() {
                break;
            }
            page.records.extend(next.records);
        }
        if output.json {
            return output.document(&page);
        }
        table(output, &kind, &page.records)?;
        output.line(format!("{} of {}", page.records.len(), count(page.total, "record")))
    }
}

/// Title, what the schema lists (the first columns that say anything), and the id.
fn table(output: &Output, kind: &KindInfo, records: &[RecordInfo]) -> Done {
    let columns: Vec<&str> = kind
        .fields
        .iter()
        .filter(|field| field.listed && field.name != "name")
        .map(|field| field.name.as_str())
        .filter(|name| records.iter().any(|record| record.fields.contains_key(*name)))
        .take(TABLE_COLUMNS)
        .collect();
    let heads: Vec<&str> = ["title"].into_iter().chain(columns.iter().copied()).chain(["id"]).collect();
    let rows = records.iter().map(|record| {
        let cells = columns.iter().map(|name| record.fields.get(*name).map(plain).unwrap_or_default());
        [printable(&record.title)].into_iter().chain(cells).chain([record.id.clone()]).collect()
    });
    output.table(&heads, rows.collect())
}

/// Show a record
#[derive(Args)]
pub(crate) struct Show {
    /// The record's id, or its beginning
    id: String,
}

impl Show {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let id = session.id(&self.id)?;
        let record: RecordInfo = session.ask(Request::Record(RecordRef { id }))?;
        show(output, &record)
    }
}

fn show(output: &Output, record: &RecordInfo) -> Done {
    if output.json {
        return output.document(record);
    }
    let archived = if record.archived { ", archived" } else { "" };
    output.line(format!("{} ({}{archived})", output.bold(&printable(&record.title)), record.kind))?;
    output.line(format!(
        "{}  made {}, changed {} UTC",
        record.id,
        minute(&record.created_at),
        minute(&record.updated_at)
    ))?;
    let mark = |name: &String| if record.conflicts.contains_key(name) { "conflict" } else { "" };
    let rows =
        record.fields.iter().map(|(name, value)| vec![name.clone(), plain(value), mark(name).to_owned()]).collect();
    output.table(&["field", "value", ""], rows)?;
    for (field, values) in &record.conflicts {
        output.line(format!(
            "{field} holds {} values; settle with `tandem settle {} {field} VALUE`:",
            values.len(),
            record.id
        ))?;
        for value in values {
            output.line(format!(
                "  {} by {} at {} UTC",
                plain(&value.value),
                printable(&value.by.title),
                minute(&value.at)
            ))?;
        }
    }
    Ok(())
}

/// Make a record
#[derive(Args)]
pub(crate) struct Create {
    /// account, person, opportunity, activity, campaign, product, page
    kind: String,
    /// Its fields; a link takes an id or an exact title, a list is separated by commas
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// Why, although a rule holds an opportunity back from the stage it begins in; counted
    #[arg(long = "override", value_name = "TEXT")]
    override_reason: Option<String>,
    #[command(flatten)]
    why: Why,
}

impl Create {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let kind = session.kind(&self.kind)?;
        let mut fields = fields::assignments(session, &kind, &self.fields)?;
        fields.retain(|_, value| *value != Json::Null);
        let Self { kind, override_reason, why, .. } = self;
        let asked = CreateRecord { kind, fields, reason: why.reason, override_reason };
        let record: RecordInfo = session.ask(Request::Create(asked))?;
        show(output, &record)
    }
}

/// Set fields of one or more records, as one change
#[derive(Args)]
#[command(after_help = "FIELD= clears a field; FIELD+=ITEM and FIELD-=ITEM add to and take from a list such as tags.")]
pub(crate) struct Set {
    /// The record's id (or several) or its beginning, then its fields
    #[arg(value_name = "ID FIELD=VALUE", required = true, num_args = 2..)]
    what: Vec<String>,
    /// Why, although a rule holds an opportunity back from its new stage; counted
    #[arg(long = "override", value_name = "TEXT")]
    override_reason: Option<String>,
    #[command(flatten)]
    why: Why,
}

impl Set {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let first = self.what.iter().position(|word| word.contains('=')).unwrap_or(self.what.len());
        let (ids, typed) = self.what.split_at(first);
        let ids: Vec<String> = ids.iter().map(|id| session.id(id)).collect::<Result<_, _>>()?;
        let [id, ..] = ids.as_slice() else {
            return Err(Failure::new("usage", "name the record's id first, then FIELD=VALUE"));
        };
        if typed.is_empty() {
            return Err(Failure::new("usage", "say what to set, as FIELD=VALUE"));
        }
        let record: RecordInfo = session.ask(Request::Record(RecordRef { id: id.clone() }))?;
        let kind = session.kind(&record.kind)?;
        let fields = fields::assignments(session, &kind, typed)?;
        let written: Written = session.ask(Request::Set(SetFields {
            ids,
            fields,
            override_reason: self.override_reason,
            overrides: None,
            reason: self.why.reason,
        }))?;
        if output.json {
            return output.document(&written);
        }
        match &written.change {
            Some(change) => output.line(format!(
                "Set {} on {} (change {}).",
                field_names(typed),
                count(written.records, "record"),
                short(change)
            )),
            None => output.line("Nothing to change: it holds that already."),
        }
    }
}

fn field_names(typed: &[String]) -> String {
    let name = |word: &String| word.split('=').next().unwrap_or(word).trim_end_matches(['+', '-']).to_owned();
    typed.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Search everything
#[derive(Args)]
pub(crate) struct Search {
    /// Words, or the beginnings of words
    #[arg(required = true)]
    text: Vec<String>,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    /// How many to give
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: u32,
}

impl Search {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let query = SearchQuery { text: self.text.join(" "), kind: self.kind, limit: Some(self.limit) };
        let hits: Vec<SearchHit> = session.ask(Request::Search(query))?;
        if output.json {
            return output.document(&hits);
        }
        if hits.is_empty() {
            return output.line("Nothing found.");
        }
        let rows = hits
            .into_iter()
            .map(|hit| vec![printable(&hit.title), hit.kind, printable(&hit.subtitle), hit.id])
            .collect();
        output.table(&["title", "kind", "", "id"], rows)
    }
}
