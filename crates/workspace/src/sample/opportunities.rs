//! How opportunities came to be and moved from stage to stage and from team to team.

use std::collections::BTreeMap;

use tandem_context::{Edit, Phase, Value, default_stage};
use tandem_revops::facts::MemberFacts;

use super::handover;
use super::journey::{Step, What, When, steps};
use super::plans::Plans;
use super::records::{MORNING, create, set};
use super::story::{Deed, IMPORTED, READER, Teller, Values, wrong};
use super::table::{Row, rows};
use super::tasks::Onboarding;
use crate::api::ApiError;

const OPPORTUNITIES: &[&str] = &[
    include_str!("data/leads.md"),
    include_str!("data/deals.md"),
    include_str!("data/customers.md"),
    include_str!("data/exits.md"),
];
/// Where opportunities are worked: from nine, spread over seven hours.
const WORKDAY: (i64, i64) = (9 * 60, 7 * 60);
/// What is told in hours of work comes so long after the step before it at least.
const STEP_MS: i64 = 20 * 60_000;
/// What is next is written down so long after a handover.
const PLANNED_MINUTES: i64 = 9;
/// Fields that a row tells and a new opportunity does not have yet.
const LATER: &[&str] = &["people", "next_step", "next_step_date", "exit_reason", "return_on", "renewal_on"];

/// An opportunity that is told of.
pub(super) struct Told<'a> {
    pub(super) row: &'a Row,
    pub(super) key: &'static str,
    pub(super) id: String,
    pub(super) steps: &'a [Step],
    /// Its place among all.
    pub(super) n: i64,
}

/// How it stands while it is told.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) stage: &'static str,
    /// Who has offered it, and to whom while nobody has answered.
    pub(super) offered_by: Option<&'static str>,
    pub(super) offered_to: Option<&'static str>,
    /// When the last step was taken.
    days: i64,
    minute: i64,
    at_ms: Option<i64>,
}

/// Tells of every opportunity. All are announced first: some point to others.
pub(super) fn tell(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    let plans = Plans::read();
    let onboarding = Onboarding::told(teller)?;
    let opportunities: Vec<Row> = OPPORTUNITIES.iter().flat_map(|text| rows(text)).collect();
    let journeys = opportunities.iter().map(|row| journey(teller, row)).collect::<Result<Vec<_>, _>>()?;
    for (n, (row, steps)) in opportunities.iter().zip(&journeys).enumerate() {
        let key = row.get("key");
        let told = Told { row, key, id: teller.id("opportunity", key)?, steps, n: n as i64 };
        told.tell(teller, &plans, &onboarding)?;
    }
    Ok(())
}

fn journey(teller: &mut Teller<'_>, row: &Row) -> Result<Vec<Step>, ApiError> {
    let key = row.get("key");
    let steps = steps(row.get("journey")).ok_or_else(|| wrong("opportunity", key, "has no readable journey"))?;
    let first = steps.first().ok_or_else(|| wrong("opportunity", key, "has no journey"))?;
    teller.announce("opportunity", key, first.days().min(IMPORTED), READER)?;
    Ok(steps)
}

impl Told<'_> {
    /// Made at its first step, or as it stood when the first import brought it; then one change a step.
    fn tell(&self, teller: &mut Teller<'_>, plans: &Plans, onboarding: &Onboarding) -> Result<(), ApiError> {
        let imported = self.steps.iter().take_while(|step| step.days() >= IMPORTED).count();
        // What was before the first import came as it stood then.
        let first = imported.saturating_sub(1);
        let mut standing = Standing::default();
        self.make(teller, (first, imported > 0), plans, &mut standing)?;
        for place in first + 1..self.steps.len() {
            self.take(teller, place, &mut standing, (plans, onboarding))?;
        }
        Ok(())
    }

    fn make(
        &self,
        teller: &mut Teller<'_>,
        (first, is_imported): (usize, bool),
        plans: &Plans,
        standing: &mut Standing,
    ) -> Result<(), ApiError> {
        let Some(opened) = self.steps.first().map(Step::days) else { return Ok(()) };
        let mut values = teller.values("opportunity", self.row, LATER)?;
        let (account, _) =
            self.key.split_once('.').ok_or_else(|| wrong("opportunity", self.key, "names no account"))?;
        values.insert("account".to_owned(), Value::Text(teller.id("account", account)?));
        values.insert("opened_on".to_owned(), teller.date(-opened));
        people(teller, self.row, (account, &self.id), opened.min(IMPORTED), &mut values)?;
        let mut deed = Deed::default();
        for (place, step) in self.steps.iter().enumerate().take(first + 1) {
            deed = self.deed(teller, place, step, standing);
            values.extend(self.written(teller, place, step, deed.by)?);
            if let What::Came(stage, _) = step.what {
                standing.stage = stage;
            }
        }
        let planned = plans.after(teller, self, first)?;
        values.extend(planned.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))));
        deed.edits = vec![create(teller, "opportunity", self.key, values)?];
        deed.action = "create";
        if is_imported {
            let (days, minute, edits) = (IMPORTED, MORNING + 10, deed.edits);
            deed = Deed { days, minute, by: READER, action: "import", edits, ..Deed::default() };
        } else if self.row.get("type") == "renewal" {
            deed.action = "renew";
            deed.edits.extend(renewed(teller, self.row.get("parent"))?);
        }
        teller.tell(deed);
        Ok(())
    }

    fn take(
        &self,
        teller: &mut Teller<'_>,
        place: usize,
        standing: &mut Standing,
        (plans, onboarding): (&Plans, &Onboarding),
    ) -> Result<(), ApiError> {
        let Some(step) = self.steps.get(place) else { return Ok(()) };
        let mut deed = self.deed(teller, place, step, standing);
        let planned = plans.after(teller, self, place)?;
        let mut planned: Vec<Edit> =
            planned.into_iter().map(|(field, value)| set("opportunity", &self.id, field, value)).collect();
        match step.what {
            What::Came("accepted", _) if standing.offered_to.is_some() => {
                handover::accept(teller, self, &mut deed, standing)?;
            }
            What::Came(stage, _) => {
                let written = self.written(teller, place, step, deed.by)?.into_iter();
                deed.edits = written.map(|(field, value)| set("opportunity", &self.id, &field, Some(value))).collect();
                deed.edits.append(&mut planned);
                deed.action = "set";
                if stage == "onboarding" {
                    deed.action = "onboard";
                    deed.edits.extend(onboarding.begin(teller, self, step.days())?);
                }
                standing.stage = stage;
            }
            What::Offered => handover::offer(teller, self, step, &mut deed, standing)?,
            What::Returned => handover::give_back(teller, self, step, &mut deed, standing)?,
            What::Withdrawn => handover::withdraw(teller, self, &mut deed, standing)?,
            What::Taken => handover::claim(teller, self, &mut deed, (standing, true))?,
            What::Claimed | What::ClaimedApart => {
                deed.apart = step.what == What::ClaimedApart;
                handover::claim(teller, self, &mut deed, (standing, false))?;
            }
        }
        let (days, minute, by) = (deed.days, deed.minute + PLANNED_MINUTES, deed.by);
        let at_ms = deed.at_ms.map(|at_ms| at_ms + PLANNED_MINUTES * 60_000);
        teller.tell(deed);
        if !planned.is_empty() {
            teller.tell(Deed { days, minute, at_ms, by, action: "set", edits: planned, ..Deed::default() });
        }
        Ok(())
    }

    /// A step as a deed: when, by whom and why.
    fn deed(&self, teller: &Teller<'_>, place: usize, step: &Step, standing: &mut Standing) -> Deed {
        let by = self.whose(step, standing);
        let days = step.days();
        let usual = if place > 0 && days == standing.days {
            standing.minute + 20
        } else {
            WORKDAY.0 + (self.n * 137 + place as i64 * 61) % WORKDAY.1
        };
        let minute = step.minute.unwrap_or(usual);
        let at_ms = match step.when {
            When::Days(_) => None,
            When::Worked(minutes) => {
                let since_ms = teller.calendar.worked_before(working_hours(step.to.unwrap_or(by)), minutes);
                let before_ms = standing.at_ms.unwrap_or_else(|| teller.calendar.at_ms(standing.days, standing.minute));
                Some(since_ms.max(before_ms + STEP_MS))
            }
        };
        (standing.days, standing.minute, standing.at_ms) = (days, minute, at_ms);
        Deed { days, minute, at_ms, by, reason: step.reason, ..Deed::default() }
    }

    /// Who takes a step unless the row says otherwise: the one whose phase it is, or whose it was before an exit.
    fn whose(&self, step: &Step, standing: &Standing) -> &'static str {
        let rep = self.row.get("rep");
        let before = default_stage(standing.stage).map(|stage| stage.phase);
        step.by.unwrap_or(match (step.what, before) {
            (What::Came(_, Phase::Exit), Some(Phase::Service)) | (What::Came(_, Phase::Service), _) => "nora",
            (What::Came(_, Phase::Sales), _) | (What::Came(_, Phase::Exit), Some(Phase::Sales)) => rep,
            (What::Came(..) | What::Offered | What::Withdrawn, _) => marketer(self.row),
            (What::Returned | What::Taken | What::Claimed | What::ClaimedApart, _) => rep,
        })
    }

    /// Who has it at a stage; `None` leaves it with whom it was. The agent owns nothing.
    fn owner(&self, phase: Phase, by: &'static str) -> Option<&'static str> {
        match phase {
            Phase::Marketing if by == "qualifier" => None,
            Phase::Marketing if matches!(by, "lena" | "timo") => Some(by),
            Phase::Marketing => Some(marketer(self.row)),
            Phase::Sales => Some(self.row.get("rep")),
            Phase::Service => Some("nora"),
            Phase::Exit => None,
        }
    }

    /// What coming to a stage writes: stage, owner, the day it was decided, and after the last step what the row says of it.
    fn written(&self, teller: &Teller<'_>, place: usize, step: &Step, by: &'static str) -> Result<Values, ApiError> {
        let What::Came(stage, phase) = step.what else { return Ok(Values::new()) };
        let mut written = Values::from([("stage".to_owned(), Value::text(stage))]);
        if let Some(owner) = self.owner(phase, by) {
            written.insert("owner".to_owned(), Value::Text(teller.id("member", owner)?));
        }
        if matches!(stage, "won" | "lost") {
            written.insert("close_date".to_owned(), teller.date(-step.days()));
        }
        if let (Phase::Exit, Some(reason)) = (phase, step.reason) {
            written.insert("exit_note".to_owned(), Value::text(reason));
        }
        if place + 1 == self.steps.len() {
            written.extend(self.said(teller, &["exit_reason", "return_on", "renewal_on"])?);
        }
        Ok(written)
    }

    /// What the row says of fields that are not told from the beginning.
    pub(super) fn said(&self, teller: &Teller<'_>, fields: &[&str]) -> Result<Values, ApiError> {
        let mut values = Values::new();
        for field in fields.iter().filter(|field| !self.row.get(field).is_empty()) {
            if let Some(value) = teller.value(teller.field("opportunity", field)?, self.row.get(field))? {
                values.insert((*field).to_owned(), value);
            }
        }
        Ok(values)
    }
}

/// The customer that is renewed comes to that stage, where they are live.
fn renewed(teller: &Teller<'_>, parent: &str) -> Result<Option<Edit>, ApiError> {
    let customers = rows(include_str!("data/customers.md"));
    let customer = customers.iter().find(|row| row.get("key") == parent);
    let last = customer.and_then(|row| steps(row.get("journey"))?.pop());
    if last.is_none_or(|step| !matches!(step.what, What::Came("live", _))) {
        return Ok(None);
    }
    let id = teller.id("opportunity", parent)?;
    Ok(Some(set("opportunity", &id, "stage", Some(Value::text("renewal")))))
}

/// Who in marketing works it: the campaign's owner, where that is somebody of marketing.
pub(super) fn marketer(row: &Row) -> &'static str {
    if matches!(row.get("campaign"), "messe" | "webinar" | "suche" | "plant") { "timo" } else { "lena" }
}

/// When a member works, as their row says.
fn working_hours(member: &str) -> MemberFacts {
    let members = rows(include_str!("data/members.md"));
    let said = |heading| members.iter().find(|row| row.get("key") == member).map_or("", |row| row.get(heading)).into();
    let (time_zone, working_hours) = (said("time_zone"), said("working_hours"));
    MemberFacts { time_zone, working_hours, holiday_region: said("holiday_region"), ..MemberFacts::default() }
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
        teller.tell(Deed { days, minute, by: person.by, action: "set", edits: vec![edit], ..Deed::default() });
    }
    if !there.is_empty() {
        values.insert("people".to_owned(), Value::Set(there));
    }
    Ok(())
}
