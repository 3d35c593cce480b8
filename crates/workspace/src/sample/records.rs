//! How the records came to be: lists that were brought in, pages, activities, corrections.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use tandem_context::{Edit, Value, fold};

use super::calendar::minute;
use super::story::{BEGUN, Deed, IMPORTED, READER, Teller, Values, wrong};
use super::table::{Row, rows};
use crate::api::ApiError;

/// Lists of accounts and people are brought in first thing in the morning, before anything is done with them.
pub(super) const MORNING: i64 = 8 * 60 + 30;
/// Until what a person has done is written down.
const WRITE_UP_MINUTES: i64 = 6;

/// Key, type, author, days ago, text; the first line is the name.
const PAGES: &[(&str, &str, &str, i64, &str)] = &[
    ("ideal", "ideal_customer", "lena", 76, include_str!("pages/ideal-customer.md")),
    ("maintenance", "persona", "lena", 75, include_str!("pages/persona-maintenance.md")),
    ("operations", "persona", "lena", 60, include_str!("pages/persona-operations.md")),
    ("messaging", "messaging", "timo", 71, include_str!("pages/messaging.md")),
    ("playbook", "playbook", "lena", 74, include_str!("pages/playbook.md")),
    ("qualified", "definition", "ada", 76, include_str!("pages/qualified.md")),
];

/// Tells everything; `begin` are the edits of the very first change beside its author's own record.
pub(super) fn tell(teller: &mut Teller<'_>, begin: Vec<Edit>) -> Result<(), ApiError> {
    members(teller, begin)?;
    lists(teller, "product", include_str!("data/products.md"))?;
    lists(teller, "campaign", include_str!("data/campaigns.md"))?;
    lists(teller, "account", include_str!("data/accounts.md"))?;
    lists(teller, "person", include_str!("data/people.md"))?;
    lists(teller, "view", include_str!("data/views.md"))?;
    lists(teller, "routing_rule", include_str!("data/routing.md"))?;
    lists(teller, "goal", include_str!("data/goals.md"))?;
    lists(teller, "absence", include_str!("data/absences.md"))?;
    pages(teller)?;
    super::opportunities::tell(teller)?;
    activities(teller)?;
    super::answers::tell(teller)?;
    super::tasks::tell(teller)?;
    changes(teller)
}

pub(super) fn create(teller: &Teller<'_>, kind: &'static str, key: &str, values: Values) -> Result<Edit, ApiError> {
    Ok(Edit::Create { kind: kind.to_owned(), id: teller.id(kind, key)?, values })
}

fn members(teller: &mut Teller<'_>, mut begin: Vec<Edit>) -> Result<(), ApiError> {
    let table = rows(include_str!("data/members.md"));
    for row in &table {
        teller.announce("member", row.get("key"), BEGUN, READER)?;
    }
    let mut team = Vec::new();
    for row in &table {
        let mut values = teller.values("member", row, &[])?;
        let email = format!("{}@helvion.example", local_part(&row.get("name").split(' ').collect::<Vec<_>>()));
        values.insert("email".to_owned(), Value::Text(email));
        let edits = if row.get("key") == READER { &mut begin } else { &mut team };
        edits.push(create(teller, "member", row.get("key"), values)?);
    }
    let deed = |minute, action, edits| Deed { days: BEGUN, minute, by: READER, action, edits, ..Deed::default() };
    teller.tell(deed(MORNING, "start", begin));
    teller.tell(deed(MORNING + 25, "create", team));
    Ok(())
}

/// Records that come as lists: each day's, by one member, are one import.
fn lists(teller: &mut Teller<'_>, kind: &'static str, text: &'static str) -> Result<(), ApiError> {
    let mut batches: BTreeMap<(i64, &'static str), Vec<Edit>> = BTreeMap::new();
    for row in rows(text) {
        let account = row.get("account");
        let key =
            if kind == "person" { format!("{account}/{}", row.get("last_name")) } else { row.get("key").to_owned() };
        let (days, by) = match row.get("made").split_once(' ') {
            Some((days, by)) => (days.parse().map_err(|_| wrong(kind, &key, "was made on no day"))?, by),
            None if kind == "person" => teller.known("account", account).map(|known| (known.days, known.by))?,
            None => (IMPORTED, READER),
        };
        teller.announce(kind, &key, days, by)?;
        let mut values = teller.values(kind, &row, if kind == "absence" { &["from", "to"] } else { &[] })?;
        match kind {
            "goal" => values.extend(months(teller, &row).ok_or_else(|| wrong(kind, &key, "has no months"))?),
            "absence" => values.extend(away(teller, &row).ok_or_else(|| wrong(kind, &key, "has no days"))?),
            "person" => reachable(&mut values, &row),
            "account" => {
                values.insert("domain".to_owned(), Value::Text(format!("{key}.example")));
                values.insert("website".to_owned(), Value::Text(format!("https://www.{key}.example")));
            }
            _ => {}
        }
        let edit = create(teller, kind, &key, values)?;
        batches.entry((days, by)).or_default().push(edit);
    }
    for ((days, by), edits) in batches {
        let is_import = matches!(kind, "account" | "person" | "product" | "campaign");
        let reason = (is_import && days == IMPORTED).then_some("Übernommen aus dem alten CRM");
        let action = if is_import && edits.len() > 1 { "import" } else { "create" };
        teller.tell(Deed { days, minute: MORNING, by, action, reason, edits, ..Deed::default() });
    }
    Ok(())
}

/// The days of a goal: so many whole months from the first of a month so many months ago.
fn months(teller: &Teller<'_>, row: &Row) -> Option<Values> {
    let from = teller.calendar.month(row.get("begins").parse().ok()?);
    let to = from.checked_add_months(Months::new(row.get("months").parse().ok()?))?.pred_opt()?;
    Some(days(from, to))
}

/// The days of an absence, weekends too.
fn away(teller: &Teller<'_>, row: &Row) -> Option<Values> {
    let day = |cell: &str| Some(teller.calendar.date(cell.parse().ok()?));
    Some(days(day(row.get("from"))?, day(row.get("to"))?))
}

fn days(from: NaiveDate, to: NaiveDate) -> Values {
    [("from", from), ("to", to)].map(|(field, day)| (field.to_owned(), Value::Text(day.to_string()))).into()
}

/// A person's address and number follow from the account's.
fn reachable(values: &mut Values, row: &Row) {
    let account = row.get("account");
    let email = format!("{}@{account}.example", local_part(&[row.get("first_name"), row.get("last_name")]));
    values.insert("email".to_owned(), Value::Text(email));
    let accounts = rows(include_str!("data/accounts.md"));
    let Some(account) = accounts.iter().find(|row| row.get("key") == account) else { return };
    if let (Some(trunk), false) = (account.get("phone").strip_suffix("00"), row.get("ext").is_empty()) {
        let dialled = trunk.chars().filter(|c| *c != ' ').collect::<String>();
        values.insert("phone".to_owned(), Value::Text(format!("{dialled}{}", row.get("ext"))));
    }
    values.insert("country".to_owned(), Value::text(account.get("country")));
}

/// `beat.frei`, in plain letters.
fn local_part(names: &[&str]) -> String {
    let plain = |c| match c {
        'á' | 'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'č' | 'ç' => 'c',
        'ř' => 'r',
        'š' => 's',
        c => c,
    };
    names.iter().map(|name| fold(name).chars().map(plain).collect::<String>()).collect::<Vec<_>>().join(".")
}

fn pages(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    for (key, page_type, by, days, text) in PAGES {
        teller.announce("page", key, *days, by)?;
        let (name, body) = page(text);
        let values = Values::from([
            ("name".to_owned(), Value::text(name)),
            ("type".to_owned(), Value::text(*page_type)),
            ("owner".to_owned(), Value::Text(teller.id("member", by)?)),
            ("body".to_owned(), Value::text(body)),
        ]);
        let edits = vec![create(teller, "page", key, values)?];
        let minute = MORNING + 30;
        teller.tell(Deed { days: *days, minute, by, action: "create", edits, ..Deed::default() });
    }
    Ok(())
}

fn page(text: &'static str) -> (&'static str, &'static str) {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_start_matches("# "), body.trim())
}

fn activities(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    let mut imported = Vec::new();
    for (n, row) in rows(include_str!("data/activities.md")).iter().enumerate() {
        let key = n.to_string();
        let broken = || wrong("activity", row.get("subject"), "has no time");
        let days: i64 = row.get("days").parse().map_err(|_| broken())?;
        let begun = minute(row.get("time")).ok_or_else(broken)?;
        let by = row.get("by");
        teller.announce("activity", &key, days.min(IMPORTED), by)?;
        let mut values = teller.values("activity", row, &[])?;
        values.insert("at".to_owned(), teller.instant(days, begun));
        values.insert("owner".to_owned(), Value::Text(teller.id("member", by)?));
        let about = row.get("about");
        let account = about.split('.').next().unwrap_or(about);
        values.insert("account".to_owned(), Value::Text(teller.id("account", account)?));
        if account != about {
            values.insert("opportunity".to_owned(), Value::Text(teller.id("opportunity", about)?));
        }
        if !row.get("who").is_empty() {
            let person = teller.id("person", &format!("{account}/{}", row.get("who")))?;
            values.insert("person".to_owned(), Value::Text(person));
        }
        let edit = create(teller, "activity", &key, values)?;
        if days >= IMPORTED {
            imported.push(edit);
            continue;
        }
        let minute = begun + row.get("duration_minutes").parse().unwrap_or(0) + WRITE_UP_MINUTES;
        teller.tell(Deed { days, minute, by, action: "create", edits: vec![edit], ..Deed::default() });
    }
    let (days, minute) = (IMPORTED, MORNING + 15);
    teller.tell(Deed { days, minute, by: READER, action: "import", edits: imported, ..Deed::default() });
    Ok(())
}

pub(super) fn set(kind: &str, id: &str, field: &str, value: Option<Value>) -> Edit {
    Edit::Set { kind: kind.to_owned(), id: id.to_owned(), field: field.to_owned(), value }
}

/// Corrections along the way. Rows with one day, time and author are one change.
fn changes(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    let mut texts: BTreeMap<&str, String> =
        PAGES.iter().map(|page_of| (page_of.0, page(page_of.4).1.to_owned())).collect();
    let mut open: Option<Deed> = None;
    for row in rows(include_str!("data/changes.md")) {
        let broken = || wrong("change", row.get("record"), "is not readable");
        let days: i64 = row.get("days").parse().map_err(|_| broken())?;
        let minute = minute(row.get("time")).ok_or_else(broken)?;
        let (kind, key) = row.get("record").split_once(' ').ok_or_else(broken)?;
        let (field, cell) = (row.get("field"), row.get("value"));
        let id = teller.id(kind, key)?;
        let edit = match texts.get_mut(key) {
            Some(text) if kind == "page" => {
                text.push_str("\n\n");
                text.push_str(cell);
                Edit::Text { kind: kind.to_owned(), id, field: field.to_owned(), text: text.clone() }
            }
            _ => set(kind, &id, field, teller.value(teller.field(kind, field)?, cell)?),
        };
        let by = row.get("by");
        match &mut open {
            Some(deed) if (deed.days, deed.minute, deed.by) == (days, minute, by) => deed.edits.push(edit),
            _ => {
                if let Some(done) = open.take() {
                    teller.tell(done);
                }
                let action = if kind == "page" { "text" } else { "set" };
                let reason = Some(row.get("reason")).filter(|reason| !reason.is_empty());
                let apart = !row.get("apart").is_empty();
                open = Some(Deed { days, minute, by, action, reason, edits: vec![edit], apart, ..Deed::default() });
            }
        }
    }
    if let Some(done) = open {
        teller.tell(done);
    }
    Ok(())
}
