//! How opportunities came to be and moved from stage to stage.

use std::collections::BTreeMap;

use tandem_context::{Edit, Phase, Value};

use super::journey::{Step, steps};
use super::records::{MORNING, create, set};
use super::story::{Deed, IMPORTED, READER, Teller, Values, wrong};
use super::table::{Row, rows};
use crate::api::ApiError;

const OPPORTUNITIES: &[&str] = &[
    include_str!("data/leads.md"),
    include_str!("data/deals.md"),
    include_str!("data/customers.md"),
    include_str!("data/exits.md"),
];
/// Where opportunities are worked: from nine, spread over seven hours.
const WORKDAY: (i64, i64) = (9 * 60, 7 * 60);

/// Tells of every opportunity. All are announced first: some point to others.
pub(super) fn tell(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    let opportunities: Vec<Row> = OPPORTUNITIES.iter().flat_map(|text| rows(text)).collect();
    let journeys = opportunities.iter().map(|row| journey(teller, row)).collect::<Result<Vec<_>, _>>()?;
    for (n, (row, steps)) in opportunities.iter().zip(&journeys).enumerate() {
        opportunity(teller, row, steps, n as i64)?;
    }
    Ok(())
}

fn journey(teller: &mut Teller<'_>, row: &Row) -> Result<Vec<Step>, ApiError> {
    let key = row.get("key");
    let steps = steps(row.get("journey")).ok_or_else(|| wrong("opportunity", key, "has no readable journey"))?;
    let first = steps.first().ok_or_else(|| wrong("opportunity", key, "has no journey"))?;
    teller.announce("opportunity", key, first.days.min(IMPORTED), READER)?;
    Ok(steps)
}

/// Who in marketing works it: the campaign's owner, where that is somebody of marketing.
fn marketer(row: &Row) -> &'static str {
    if matches!(row.get("campaign"), "messe" | "webinar" | "suche" | "plant") { "timo" } else { "lena" }
}

/// Who takes a step unless the row says otherwise: the one whose phase it is, or whose it was before an exit.
fn whose(row: &Row, phase: Phase, before: Option<Phase>) -> &'static str {
    match (phase, before) {
        (Phase::Exit, Some(Phase::Service)) | (Phase::Service, _) => "nora",
        (Phase::Sales, _) | (Phase::Exit, Some(Phase::Sales)) => row.get("rep"),
        _ => marketer(row),
    }
}

/// Who has it after a step; `None` leaves it with whom it was. The agent owns nothing.
fn owner(row: &Row, phase: Phase, by: &'static str) -> Option<&'static str> {
    match phase {
        Phase::Marketing if by == "qualifier" => None,
        Phase::Marketing if matches!(by, "lena" | "timo") => Some(by),
        Phase::Marketing => Some(marketer(row)),
        Phase::Sales => Some(row.get("rep")),
        Phase::Service => Some("nora"),
        Phase::Exit => None,
    }
}

/// An opportunity: made at its first step, or as it stood when the first import brought it, then one change a step.
fn opportunity(teller: &mut Teller<'_>, row: &Row, steps: &[Step], n: i64) -> Result<(), ApiError> {
    let key = row.get("key");
    let id = teller.id("opportunity", key)?;
    let Some(first) = steps.first() else { return Ok(()) };
    let made = first.days.min(IMPORTED);
    let mut values =
        teller.values("opportunity", row, &["people", "next_step", "next_step_date", "exit_reason", "return_on"])?;
    let (account, _) = key.split_once('.').ok_or_else(|| wrong("opportunity", key, "names no account"))?;
    values.insert("account".to_owned(), Value::Text(teller.id("account", account)?));
    values.insert("opened_on".to_owned(), teller.date(-first.days));
    people(teller, row, (account, &id), made, &mut values)?;

    let mut before = None;
    let (mut days_before, mut minute) = (i64::MAX, 0);
    let mut begun = false;
    for (at, step) in steps.iter().enumerate() {
        let by = step.by.unwrap_or_else(|| whose(row, step.phase, before));
        let mut written = written_at(teller, row, step, by)?;
        before = Some(step.phase);
        let is_last = at + 1 == steps.len();
        if is_last {
            for field in ["next_step", "next_step_date", "exit_reason", "return_on"] {
                if row.get(field).is_empty() {
                    continue;
                }
                if let Some(value) = teller.value(teller.field("opportunity", field)?, row.get(field))? {
                    written.insert(field.to_owned(), value);
                }
            }
        }
        if !begun {
            values.extend(written);
            // What was before the first import came as it stood then.
            if steps.get(at + 1).is_some_and(|next| next.days >= IMPORTED) {
                continue;
            }
            begun = true;
            let imported = step.days >= IMPORTED;
            let (days, by) = if imported { (IMPORTED, READER) } else { (step.days, by) };
            minute = if imported { MORNING + 10 } else { worked_at(n, at) };
            let edits = vec![create(teller, "opportunity", key, std::mem::take(&mut values))?];
            let (action, reason) = if imported { ("import", None) } else { ("create", step.reason) };
            teller.tell(Deed { days, minute, by, action, reason, edits, apart: false });
        } else {
            minute = if step.days == days_before { minute + 20 } else { worked_at(n, at) };
            let edits =
                written.into_iter().map(|(field, value)| set("opportunity", &id, &field, Some(value))).collect();
            teller.tell(Deed { days: step.days, minute, by, action: "set", reason: step.reason, edits, apart: false });
        }
        days_before = step.days;
    }
    Ok(())
}

fn worked_at(n: i64, step: usize) -> i64 {
    WORKDAY.0 + (n * 137 + step as i64 * 61) % WORKDAY.1
}

/// What a step writes: stage, owner, the day it was decided.
fn written_at(teller: &Teller<'_>, row: &Row, step: &Step, by: &'static str) -> Result<Values, ApiError> {
    let mut written = Values::from([("stage".to_owned(), Value::text(step.stage))]);
    if let Some(owner) = owner(row, step.phase, by) {
        written.insert("owner".to_owned(), Value::Text(teller.id("member", owner)?));
    }
    if matches!(step.stage, "won" | "lost") {
        written.insert("close_date".to_owned(), teller.date(-step.days));
    }
    if let (Phase::Exit, Some(reason)) = (step.phase, step.reason) {
        written.insert("exit_note".to_owned(), Value::text(reason));
    }
    Ok(written)
}

/// The people of an opportunity, `Frei:champion, Hug`. Who became known later is added then.
fn people(
    teller: &mut Teller<'_>,
    row: &Row,
    (account, id): (&str, &str),
    made: i64,
    values: &mut Values,
) -> Result<(), ApiError> {
    let mut there = BTreeMap::new();
    for part in row.get("people").split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, role) = part.split_once(':').unwrap_or((part, ""));
        let person = teller.known("person", &format!("{account}/{name}"))?.clone();
        if person.days >= made {
            there.insert(person.id, role.to_owned());
            continue;
        }
        let edit = Edit::Add {
            kind: "opportunity".to_owned(),
            id: id.to_owned(),
            field: "people".to_owned(),
            element: person.id,
            role: role.to_owned(),
        };
        let (days, minute) = (person.days, MORNING + 5);
        teller.tell(Deed { days, minute, by: person.by, action: "set", reason: None, edits: vec![edit], apart: false });
    }
    if !there.is_empty() {
        values.insert("people".to_owned(), Value::Set(there));
    }
    Ok(())
}
