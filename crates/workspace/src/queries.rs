//! What each query answers. All of it is SQL on the read model; none of it waits for the document.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use tandem_context::{ContextError, FieldType, Phase, Schema, Sentence, Value};
use tandem_store::{BoardCount, ListSpec, Order, Row};

use crate::api::{
    ApiError, Board, BoardColumn, BoardQuery, ChangeDetail, ChangePage, ChangeRef, ConflictInfo, Counted, FieldChange,
    FieldRef, HistoryQuery, ListQuery, RecordInfo, RecordPage, RecordRef, Related, RelatedGroup, SearchHint, SearchHit,
    SearchQuery, Timeline, TimelineEntry, TimelineQuery, ValuesQuery,
};
use crate::convert::{Names, conditions, instant};
use crate::sentences::{AMBIGUOUS_ID, UNKNOWN_CHANGE, UNKNOWN_ID};

const PAGE: u32 = 100;
const PAGE_MAX: u32 = 1_000;
const RELATED: u32 = 50;
const CONFLICTS: u32 = 1_000;
const WROTE: u32 = 500;
const CARDS_MAX: u32 = 200;
/// Kinds of records that tell what happened to an opportunity.
const BESIDE: &[&str] = &["decision", "answer", "task"];
const BESIDE_MAX: u32 = 300;

type Answer<T> = Result<T, ApiError>;

pub(crate) fn not_found(id: &str) -> ApiError {
    ApiError::said("not_found", &UNKNOWN_ID.of(id))
}

pub(crate) fn unknown_field(kind: &str, field: &str) -> ApiError {
    ContextError::UnknownField { kind: kind.to_owned(), field: field.to_owned() }.into()
}

/// What a list query asks of the store.
pub(crate) fn spec(schema: &Schema, query: &ListQuery) -> Answer<ListSpec> {
    Ok(ListSpec {
        kind: query.kind.clone(),
        conditions: conditions(schema, &query.kind, &query.filters)?,
        text: query.text.clone().filter(|text| !text.trim().is_empty()),
        order: query.sort.iter().map(|sort| Order { field: sort.field.clone(), descending: sort.descending }).collect(),
        offset: query.offset,
        limit: query.limit.unwrap_or(PAGE).min(PAGE_MAX),
    })
}

pub(crate) fn list(connection: &Connection, schema: &Schema, query: &ListQuery) -> Answer<RecordPage> {
    let spec = spec(schema, query)?;
    let rows = tandem_store::list(connection, schema, &spec)?;
    let total = tandem_store::total(connection, schema, &spec)?;
    let mut sums = BTreeMap::new();
    for field in &query.sums {
        let money = schema.field(&spec.kind, field).is_some_and(|field| field.ty == FieldType::Money);
        let by_currency = tandem_store::sums(connection, schema, &spec, field)?;
        sums.insert(
            field.clone(),
            by_currency
                .into_iter()
                .filter(|(currency, sum)| !is_nothing(currency, *sum))
                .map(|(currency, sum)| (currency, major(sum, money)))
                .collect(),
        );
    }
    Ok(RecordPage { total, records: records(connection, schema, &rows)?, sums })
}

/// Records without an amount add up to nothing, in no currency.
fn is_nothing(currency: &str, sum: i64) -> bool {
    currency.is_empty() && sum == 0
}

#[expect(clippy::cast_precision_loss, reason = "sums are shown, not calculated with")]
fn major(sum: i64, money: bool) -> f64 {
    if money { sum as f64 / 100.0 } else { sum as f64 }
}

fn records(connection: &Connection, schema: &Schema, rows: &[Row]) -> Answer<Vec<RecordInfo>> {
    let mut names = Names::new(connection, schema);
    rows.iter().map(|row| names.record(row, true)).collect()
}

/// The columns of the board: every stage in use, then whatever else opportunities stand at.
fn board_stages(schema: &Schema, counts: &[BoardCount]) -> Vec<(String, Phase)> {
    let stands = |key: &str| counts.iter().any(|count| count.stage == key && count.count > 0);
    let shown = schema.stages().iter().filter(|stage| !stage.set_aside || stands(&stage.key));
    let known = shown.map(|stage| (stage.key.clone(), stage.phase));
    // Stages that are not known here, from a change that has yet to come: nothing is hidden meanwhile.
    let unknown = counts.iter().filter(|count| schema.stage(&count.stage).is_none()).map(|count| &count.stage);
    let unknown: BTreeSet<&String> = unknown.filter(|key| !key.is_empty() && stands(key)).collect();
    let unknown: Vec<_> = unknown.into_iter().map(|key| (key.clone(), Phase::Marketing)).collect();
    let (marketing, later): (Vec<_>, Vec<_>) = known.partition(|(_, phase)| *phase == Phase::Marketing);
    [marketing, unknown, later].concat()
}

pub(crate) fn board(connection: &Connection, schema: &Schema, query: &BoardQuery) -> Answer<Board> {
    let given = conditions(schema, "opportunity", &query.filters)?;
    let text = query.text.as_deref().filter(|text| !text.trim().is_empty());
    let counts = tandem_store::board_counts(connection, schema, &given, text)?;
    let stages = board_stages(schema, &counts);
    let mut columns = Vec::with_capacity(stages.len());
    for (stage, phase) in stages {
        let mut column =
            BoardColumn { phase: phase.name().to_owned(), count: 0, sums: BTreeMap::new(), records: Vec::new(), stage };
        for count in counts.iter().filter(|count| count.stage == column.stage) {
            column.count += count.count;
            if is_nothing(&count.currency, count.sum) {
                continue;
            }
            *column.sums.entry(count.currency.clone()).or_default() += major(count.sum, true);
        }
        if column.count > 0 && query.cards > 0 {
            let spec = column_spec(&column.stage, given.clone(), text, query.cards);
            column.records = records(connection, schema, &tandem_store::list(connection, schema, &spec)?)?;
        }
        columns.push(column);
    }
    Ok(Board { columns })
}

/// The first cards of a column.
fn column_spec(stage: &str, mut conditions: Vec<tandem_store::Condition>, text: Option<&str>, cards: u32) -> ListSpec {
    conditions.push(tandem_store::Condition {
        field: "stage".to_owned(),
        compare: tandem_store::Compare::Is,
        values: vec![Value::text(stage)],
    });
    ListSpec {
        kind: "opportunity".to_owned(),
        conditions,
        text: text.map(str::to_owned),
        order: vec![
            Order { field: "next_step_date".to_owned(), descending: false },
            Order { field: "updated_at".to_owned(), descending: true },
        ],
        offset: 0,
        limit: cards.min(CARDS_MAX),
    }
}

pub(crate) fn row(connection: &Connection, schema: &Schema, id: &str) -> Answer<Row> {
    tandem_store::record(connection, schema, id)?.ok_or_else(|| not_found(id))
}

pub(crate) fn record(connection: &Connection, schema: &Schema, id: &str) -> Answer<RecordInfo> {
    Names::new(connection, schema).record(&row(connection, schema, id)?, true)
}

/// Fewest characters that stand for an id or a hash.
const PREFIX_MIN: usize = 4;
/// Candidates that are named where several begin so.
const CANDIDATES: u32 = 10;

pub(crate) fn find_id(connection: &Connection, query: &RecordRef) -> Answer<RecordRef> {
    let id = the_one(&query.id, UNKNOWN_ID, |prefix| {
        let found = tandem_store::ids_starting(connection, prefix, CANDIDATES + 1)?;
        Ok(found.into_iter().map(|(id, title, kind)| (format!("{id} ({kind} {title})"), id)).collect())
    })?;
    Ok(RecordRef { id })
}

pub(crate) fn find_change(connection: &Connection, query: &ChangeRef) -> Answer<ChangeRef> {
    let change = the_one(&query.change, UNKNOWN_CHANGE, |prefix| {
        let found = tandem_store::hashes_starting(connection, prefix, CANDIDATES + 1)?;
        Ok(found.into_iter().map(|hash| (hash.clone(), hash)).collect())
    })?;
    Ok(ChangeRef { change })
}

/// The one that begins as typed, of those that `starting` finds, each with how it is named where there are several.
fn the_one(
    typed: &str,
    unknown: Sentence,
    starting: impl FnOnce(&str) -> Answer<Vec<(String, String)>>,
) -> Answer<String> {
    let prefix = typed.trim().to_lowercase();
    let found = if prefix.len() < PREFIX_MIN { Vec::new() } else { starting(&prefix)? };
    match found.as_slice() {
        [] => Err(ApiError::said("not_found", &unknown.of(typed))),
        [(_, whole)] => Ok(whole.clone()),
        several => {
            let more = (several.len() > CANDIDATES as usize).then(|| "…".to_owned());
            let named = several.iter().take(CANDIDATES as usize).map(|(name, _)| name.clone()).chain(more);
            Err(ApiError::said("ambiguous", &AMBIGUOUS_ID.of(typed).list("candidates", named)))
        }
    }
}

pub(crate) fn related(connection: &Connection, schema: &Schema, query: &RecordRef) -> Answer<Related> {
    let kind = row(connection, schema, &query.id)?.kind;
    let mut groups = Vec::new();
    for linking in schema.kinds().iter().filter(|kind| kind.is_shown()) {
        for field in linking.fields.iter().filter(|field| field.ty.target() == Some(kind.as_str())) {
            let (total, rows) =
                tandem_store::linking(connection, schema, linking.name, &field.name, &query.id, RELATED)?;
            if total > 0 {
                groups.push(RelatedGroup {
                    kind: linking.name.to_owned(),
                    field: field.name.clone(),
                    total,
                    records: records(connection, schema, &rows)?,
                });
            }
        }
    }
    Ok(Related { groups })
}

pub(crate) fn timeline(connection: &Connection, schema: &Schema, query: &TimelineQuery) -> Answer<Timeline> {
    let kind = row(connection, schema, &query.id)?.kind;
    let limit = query.limit.unwrap_or(50).min(200);
    let before_ms = match &query.before {
        Some(at) => Some(
            chrono::DateTime::parse_from_rfc3339(at)
                .map_err(|_| ApiError::new("invalid_value", format!("“{at}” is not a time")))?
                .timestamp_millis(),
        ),
        None => None,
    };
    let mut names = Names::new(connection, schema);
    let mut entries = Vec::new();
    let beside = beside(connection, schema, &kind, &query.id)?;
    let told = std::iter::once(&query.id).chain(&beside).map(String::as_str);
    for (change, wrote) in tandem_store::record_changes(connection, told, before_ms, limit + 1)? {
        let info = names.change(&change)?;
        let fields = wrote.iter().map(|row| names.field_change(row, &info)).collect::<Answer<Vec<_>>>()?;
        entries.push(TimelineEntry { at: instant(change.at_ms), activity: None, change: Some(info), fields });
    }
    for row in activities(connection, schema, &kind, query, limit + 1)? {
        let at = row.values.get("at").and_then(Value::as_text).map_or_else(|| instant(row.created_ms), str::to_owned);
        let activity = names.record(&row, false)?;
        entries.push(TimelineEntry { at, activity: Some(activity), change: None, fields: Vec::new() });
    }
    entries.sort_by(|a, b| b.at.cmp(&a.at));
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    Ok(Timeline { entries, more })
}

/// The records whose changes are part of an opportunity's story: what was decided, answered and promised about it, the
/// newest of each, also what was undone.
fn beside(connection: &Connection, schema: &Schema, kind: &str, id: &str) -> Answer<Vec<String>> {
    let mut ids = Vec::new();
    for beside in BESIDE.iter().filter(|_| kind == "opportunity") {
        let is = |field: &str, compare, values| tandem_store::Condition { field: field.to_owned(), compare, values };
        let conditions = vec![
            is("opportunity", tandem_store::Compare::Is, vec![Value::text(id)]),
            is("archived", tandem_store::Compare::AnyOf, vec![Value::Boolean(false), Value::Boolean(true)]),
        ];
        let order = vec![Order { field: "created_at".to_owned(), descending: true }];
        let kind = (*beside).to_owned();
        let spec = ListSpec { kind, conditions, text: None, order, offset: 0, limit: BESIDE_MAX };
        ids.extend(tandem_store::list(connection, schema, &spec)?.into_iter().map(|row| row.id));
    }
    Ok(ids)
}

/// The activities that point to a record, newest first.
fn activities(
    connection: &Connection,
    schema: &Schema,
    kind: &str,
    query: &TimelineQuery,
    limit: u32,
) -> Answer<Vec<Row>> {
    let Some(activity) = schema.kind("activity") else { return Ok(Vec::new()) };
    let Some(field) = activity.fields.iter().find(|field| field.ty.target() == Some(kind)) else {
        return Ok(Vec::new());
    };
    let is = |field: &str, compare, value: &str| tandem_store::Condition {
        field: field.to_owned(),
        compare,
        values: vec![Value::text(value)],
    };
    let mut conditions = vec![is(&field.name, tandem_store::Compare::Is, &query.id)];
    if let Some(before) = &query.before {
        conditions.push(is("at", tandem_store::Compare::Under, before));
    }
    let order = vec![Order { field: "at".to_owned(), descending: true }];
    let spec = ListSpec { kind: "activity".to_owned(), conditions, text: None, order, offset: 0, limit };
    Ok(tandem_store::list(connection, schema, &spec)?)
}

pub(crate) fn field_history(connection: &Connection, schema: &Schema, query: &FieldRef) -> Answer<Vec<FieldChange>> {
    row(connection, schema, &query.id)?;
    let field = Some(query.field.as_str()).filter(|field| !field.is_empty());
    let mut names = Names::new(connection, schema);
    let mut changes = Vec::new();
    for (wrote, change) in tandem_store::field_history(connection, &query.id, field)? {
        let info = names.change(&change)?;
        let Some(field) = field.filter(|_| wrote.key.is_empty()) else {
            changes.push(names.field_change(&wrote, &info)?);
            continue;
        };
        // Of the record's making, what it says of this field.
        let first = tandem_store::WroteRow { key: field.to_owned(), to: wrote.first.get(field).cloned(), ..wrote };
        if first.to.is_some() {
            changes.push(names.field_change(&first, &info)?);
        }
    }
    Ok(changes)
}

pub(crate) fn history(connection: &Connection, schema: &Schema, query: &HistoryQuery) -> Answer<ChangePage> {
    let by = query.member.as_deref();
    let limit = query.limit.unwrap_or(PAGE).min(PAGE_MAX);
    let mut names = Names::new(connection, schema);
    let rows = tandem_store::changes(connection, by, query.offset, limit)?;
    Ok(ChangePage {
        total: tandem_store::changes_total(connection, by)?,
        changes: rows.iter().map(|row| names.change(row)).collect::<Answer<_>>()?,
    })
}

pub(crate) fn change(connection: &Connection, schema: &Schema, query: &ChangeRef) -> Answer<ChangeDetail> {
    let Some(row) = tandem_store::change(connection, &query.change)? else {
        return Err(ApiError::said("not_found", &UNKNOWN_CHANGE.of(&query.change)));
    };
    let mut names = Names::new(connection, schema);
    let info = names.change(&row)?;
    let mut wrote = tandem_store::wrote_by(connection, row.n, WROTE + 1)?;
    let more = wrote.len() > WROTE as usize;
    wrote.truncate(WROTE as usize);
    let fields = wrote.iter().map(|row| names.field_change(row, &info)).collect::<Answer<_>>()?;
    Ok(ChangeDetail { change: info, fields, more })
}

pub(crate) fn conflicts(connection: &Connection, schema: &Schema) -> Answer<Vec<ConflictInfo>> {
    let mut names = Names::new(connection, schema);
    let mut found = Vec::new();
    for (record, kind, key, standing) in tandem_store::conflicts(connection, CONFLICTS)? {
        let values = names.stated(&kind, &key, &standing)?;
        found.push(ConflictInfo { record: names.linked(&record)?, kind, field: key, values });
    }
    Ok(found)
}

pub(crate) fn search(connection: &Connection, schema: &Schema, query: &SearchQuery) -> Answer<Vec<SearchHit>> {
    let limit = query.limit.unwrap_or(20).min(100);
    let mut names = Names::new(connection, schema);
    let mut hits = Vec::new();
    for hit in tandem_store::search(connection, &query.text, query.kind.as_deref(), limit)? {
        let mut hints = Vec::new();
        if let (Some(kind), Some(row)) = (schema.kind(&hit.kind), tandem_store::record(connection, schema, &hit.id)?) {
            for name in kind.subtitle {
                let Some(value) = row.values.get(*name) else { continue };
                let text = match names.value(kind.field(name), value)? {
                    serde_json::Value::String(text) => Some(text),
                    serde_json::Value::Object(link) => {
                        link.get("title").and_then(|title| title.as_str()).map(str::to_owned)
                    }
                    _ => None,
                };
                hints.extend(text.map(|text| SearchHint { field: (*name).to_owned(), text }));
            }
            hints.truncate(2);
        }
        let texts: Vec<&str> = hints.iter().map(|hint| hint.text.as_str()).collect();
        hits.push(SearchHit { id: hit.id, kind: hit.kind, title: hit.title, subtitle: texts.join(" · "), hints });
    }
    Ok(hits)
}

pub(crate) fn values(connection: &Connection, schema: &Schema, query: &ValuesQuery) -> Answer<Vec<Counted>> {
    let limit = query.limit.unwrap_or(PAGE).min(PAGE_MAX);
    let field = schema.field(&query.kind, &query.field);
    let mut names = Names::new(connection, schema);
    let counts = tandem_store::count_by(connection, schema, &query.kind, &query.field, limit)?;
    counts.into_iter().map(|(value, count)| Ok(Counted { value: names.value(field, &value)?, count })).collect()
}
