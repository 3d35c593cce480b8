//! Won customers: onboarding on the same record, and renewal.

use chrono::{Days, Months, NaiveDate};
use tandem_context::{Edit, Value};
use tandem_revops::calendar::{local_day, policy_zone};
use tandem_revops::facts::{Key, Opportunity};
use tandem_revops::rules::{Phase, Rules};
use tandem_revops::{World, clocks};

use super::claims::ACCEPTED;
use super::{Case, create, is_of};
use crate::api::{ApiError, RecordInfo, TakeLead};
use crate::engine::{Committed, Engine};
use crate::sentences::{NOT_WON, RENEWAL_EXISTS};

/// The stage in which a customer is brought in.
const ONBOARDING: &str = "onboarding";

/// Starts the onboarding: the stage moves on, service has it, and its steps become tasks with days. Where the stage was set by
/// other means, it makes up for what is missing.
pub(crate) fn onboard(engine: &mut Engine, asked: &TakeLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let mut edits = Vec::new();
    if matches!(&*opportunity.stage, "won" | ONBOARDING) {
        let won_on = opportunity.close_date.unwrap_or_else(|| today(&case));
        edits = begun(engine, &case, won_on)?;
    }
    if &*opportunity.stage == "won" {
        edits.insert(0, case.set("stage", Some(Value::text(ONBOARDING))));
    }
    if edits.is_empty() {
        return Err(ApiError::said("not_possible", &NOT_WON.of(&opportunity.name)));
    }
    let note = engine.note("onboard", asked.reason.as_deref());
    engine.act(&edits, note)
}

/// What begins with an onboarding: service has the customer, and each step becomes a task of somebody of its team, due so many
/// days after it was won. A step that
/// has its task gets no other one. Two devices that begin it without knowledge of each other each make all of them; of those
/// one counts ([`tandem_revops::World::counts`]).
pub(super) fn begun(engine: &mut Engine, case: &Case, won_on: NaiveDate) -> Result<Vec<Edit>, ApiError> {
    let opportunity = case.opportunity()?;
    let done: Vec<Key> = case.world.tasks.of(case.key).filter_map(|task| task.step).collect();
    let owner = opportunity.owner.filter(|owner| case.world.active(*owner).is_some());
    let is_services = owner.is_some_and(|owner| clocks::is_of(&case.world, owner, "service"));
    let seller = owner.filter(|_| !is_services).map(|key| case.world.id(key).to_owned());
    let service = match owner.filter(|_| is_services) {
        Some(owner) => Some(case.world.id(owner).to_owned()),
        None => service_member(engine, case),
    };
    let mut edits = Vec::new();
    if let Some(member) = service.as_ref().filter(|_| !is_services) {
        edits.push(case.set("owner", Some(Value::text(member))));
    }
    for step in case.world.rules.onboarding.iter().filter(|step| !done.contains(&step.key)) {
        let owner = match &*step.team {
            "sales" => seller.clone(),
            "marketing" => super::claims::marketer(case)?,
            "revenue" => case.world.team("revenue").first().map(|member| case.world.id(member.key).to_owned()),
            _ => service.clone(),
        };
        let due = won_on.checked_add_days(Days::new(step.due_days.unsigned_abs())).unwrap_or(won_on);
        let fields = vec![
            ("name", Some(Value::text(&*step.name))),
            ("type", Some(Value::text("onboarding"))),
            ("opportunity", Some(Value::text(&case.id))),
            ("account", opportunity.account.map(|key| Value::text(case.world.id(key)))),
            ("owner", owner.map(Value::Text)),
            ("due_on", Some(Value::Text(due.to_string()))),
            ("step", Some(Value::text(case.world.id(step.key)))),
        ];
        edits.push(create(engine, "task", fields));
    }
    Ok(edits)
}

/// Begins the renewal: an opportunity of its own that points to the customer, who comes to the stage Renewal.
pub(crate) fn renew(engine: &mut Engine, asked: &TakeLead) -> Result<(Committed, RecordInfo), ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let rules = &case.world.rules;
    if !rules.is_won(&opportunity.stage) {
        return Err(ApiError::said("not_possible", &NOT_WON.of(&opportunity.name)));
    }
    if let Some(open) = case.world.open_renewals(case.key).next() {
        return Err(ApiError::said("not_possible", &RENEWAL_EXISTS.of(&open.name)));
    }
    let day = opportunity.renewal_on.unwrap_or_else(|| today(&case));
    let id = engine.environment.new_id();
    let linked = |key: Option<Key>| key.map(|key| Value::text(case.world.id(key)));
    let year = day.format("%Y");
    let fields = [
        ("name", Some(Value::Text(format!("{} – {year}", opportunity.name)))),
        ("account", linked(opportunity.account)),
        ("stage", Some(Value::text(begins_in(rules)))),
        ("type", Some(Value::text("renewal"))),
        ("value", opportunity.value.map(Value::Integer)),
        ("currency", (!opportunity.currency.is_empty()).then(|| Value::text(&*opportunity.currency))),
        ("product", linked(opportunity.product)),
        ("owner", linked(opportunity.owner)),
        ("source", Some(Value::text("customer"))),
        ("opened_on", Some(Value::Text(today(&case).to_string()))),
        ("close_date", Some(Value::Text(day.to_string()))),
        // Until when the contract will run if it is won: with it, winning it twice renews it once.
        ("renewal_on", Some(Value::Text(a_year_after(day).to_string()))),
        ("parent", Some(Value::text(&case.id))),
        ("people", people(&case, opportunity)),
    ];
    let values = fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))).collect();
    let made = Edit::Create { kind: "opportunity".to_owned(), id: id.clone(), values };
    let mut edits = vec![made];
    if &*opportunity.stage == "live" {
        edits.push(case.set("stage", Some(Value::text("renewal"))));
    }
    let note = engine.note("renew", asked.reason.as_deref());
    let committed = engine.act(&edits, note)?;
    Ok((committed, crate::queries::record(engine.store.reader(), engine.schema(), &id)?))
}

/// The stage in which a renewal begins: sales' first in use after the one in which a lead is taken.
fn begins_in(rules: &Rules) -> &str {
    let stages = rules.stages.iter().filter(|stage| stage.phase == Phase::Sales && !stage.set_aside);
    let mut after = stages.filter(|stage| &*stage.key != ACCEPTED && rules.is_open(&stage.key));
    after.next().map_or(ACCEPTED, |stage| &stage.key)
}

fn a_year_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap_or(day)
}

/// A renewal that is won renews the customer it points to: live again, until the day that the renewal says, else until a year
/// after the day it would have ended.
pub(super) fn renewed(case: &Case) -> Result<Vec<Edit>, ApiError> {
    let opportunity = case.opportunity()?;
    let parent = opportunity.parent.and_then(|key| case.world.opportunities.get(key));
    let Some(parent) = parent.filter(|_| &*opportunity.purchase == "renewal") else { return Ok(Vec::new()) };
    let id = case.world.id(parent.key).to_owned();
    let set = |field: &str, value: Value| Edit::Set {
        kind: "opportunity".to_owned(),
        id: id.clone(),
        field: field.to_owned(),
        value: Some(value),
    };
    let next = opportunity
        .renewal_on
        .unwrap_or_else(|| a_year_after(parent.renewal_on.or(opportunity.close_date).unwrap_or_else(|| today(case))));
    let mut edits = vec![set("renewal_on", Value::Text(next.to_string()))];
    if matches!(&*parent.stage, "renewal" | "onboarding") {
        edits.push(set("stage", Value::text("live")));
    }
    Ok(edits)
}

fn people(case: &Case, opportunity: &Opportunity) -> Option<Value> {
    let people = opportunity.people.iter();
    let set: std::collections::BTreeMap<String, String> =
        people.map(|(key, role)| (case.world.id(*key).to_owned(), role.to_string())).collect();
    (!set.is_empty()).then_some(Value::Set(set))
}

/// Who in service has it: who writes here, if that is one of them; else who has fewest customers.
fn service_member(engine: &Engine, case: &Case) -> Option<String> {
    if is_of(&case.world, engine.me(), "service") {
        return Some(engine.me().to_owned());
    }
    let is_customer = |one: &&Opportunity| case.world.rules.phase(&one.stage) == Phase::Service;
    let load =
        |key: Key| case.world.opportunities.iter().filter(is_customer).filter(|one| one.owner == Some(key)).count();
    let team = case.world.team("service");
    // `team` is in the order of ids: of equals the first is taken, the same on every device.
    team.into_iter().min_by_key(|member| load(member.key)).map(|member| case.world.id(member.key).to_owned())
}

/// The day it is in the policy's time zone.
pub(super) fn today(case: &Case) -> NaiveDate {
    local_today(&case.world, case.now_ms)
}

/// The day it is at a moment in the policy's time zone.
pub(crate) fn local_today(world: &World, now_ms: i64) -> NaiveDate {
    local_day(policy_zone(&world.rules.policy), now_ms)
}
