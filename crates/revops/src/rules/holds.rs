//! Whether conditions hold for an opportunity, and why.

use serde_json::Value as Json;
use tandem_context::{Remark, fold};

use super::conditions::{Condition, Conditions, Op};
use super::sentences::*;
use crate::facts::{Activity, Key, Opportunity};
use crate::{Verdict, World};

const DAY_MS: i64 = 86_400_000;

/// Whether conditions hold, and what was found for each.
#[derive(Debug, Clone)]
pub struct Holds {
    /// Yes where all hold; no where one does not; else unknown.
    pub verdict: Verdict,
    /// What was found, in words, condition by condition.
    pub why: Vec<Remark>,
}

/// Asks conditions of an opportunity at a moment. `passes` says whether it passes the gate, for those that ask that.
pub fn holds(
    world: &World,
    opportunity: &Opportunity,
    conditions: &Conditions,
    at_ms: i64,
    passes: &dyn Fn() -> bool,
) -> Holds {
    if let Some(error) = &conditions.unreadable {
        return Holds { verdict: Verdict::Unknown, why: vec![error.remark()] };
    }
    let mut verdict = Verdict::Yes;
    let mut why = Vec::with_capacity(conditions.all.len());
    for condition in &conditions.all {
        let (one, remark) = match condition {
            Condition::Field { field, op, value } => field_holds(world, opportunity, (field, *op, value)),
            Condition::Activity { activity, direction, within_days, at_least } => {
                let direction = direction.as_deref();
                happened(world, opportunity, (activity, direction, *within_days, *at_least), at_ms)
            }
            Condition::Gate { gate } => {
                let verdict = if passes() == *gate { Verdict::Yes } else { Verdict::No };
                (verdict, if passes() { GATE_PASSED.say() } else { GATE_NOT_PASSED.say() })
            }
        };
        why.push(remark);
        verdict = match (verdict, one) {
            (Verdict::No, _) | (_, Verdict::No) => Verdict::No,
            (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
            _ => Verdict::Yes,
        };
    }
    Holds { verdict, why }
}

/// What a field holds, for comparing: several where several people are meant.
fn found(world: &World, opportunity: &Opportunity, path: &str) -> Option<Vec<Json>> {
    let one = |value: Json| Some(if is_empty(&value) { Vec::new() } else { vec![value] });
    if let Some(name) = path.strip_prefix("account.") {
        let Some(account) = opportunity.account.and_then(|key| world.accounts.get(key)) else {
            return Some(Vec::new());
        };
        return one(match name {
            "name" => text(&account.name),
            "industry" => text(&account.industry),
            "country" => text(&account.country),
            "type" => text(&account.relation),
            "employees" => account.employees.map_or(Json::Null, Json::from),
            "annual_revenue" => account.annual_revenue.map_or(Json::Null, major),
            own => own_field(&account.own_fields, own)?,
        });
    }
    if let Some(name) = path.strip_prefix("person.") {
        let people = opportunity.people.iter().filter_map(|(key, role)| Some((world.people.get(*key)?, role)));
        let values = people.map(|(person, role)| {
            Some(match name {
                "job_title" => text(&person.job_title),
                "seniority" => text(&person.seniority),
                "language" => text(&person.language),
                "role" => text(role),
                own => own_field(&person.own_fields, own)?,
            })
        });
        return Some(values.collect::<Option<Vec<_>>>()?.into_iter().filter(|value| !is_empty(value)).collect());
    }
    let link = |key: Option<Key>| key.map_or(Json::Null, |key| Json::from(world.id(key)));
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Json::Null, |day| Json::from(day.to_string()));
    one(match path {
        "name" => text(&opportunity.name),
        "stage" => text(&opportunity.stage),
        "value" => opportunity.value.map_or(Json::Null, major),
        "currency" => text(&opportunity.currency),
        "close_date" => day(opportunity.close_date),
        "account" => link(opportunity.account),
        "owner" => link(opportunity.owner),
        "product" => link(opportunity.product),
        "campaign" => link(opportunity.campaign),
        "parent" => link(opportunity.parent),
        "next_step" => text(&opportunity.next_step),
        "next_step_date" => day(opportunity.next_step_date),
        "type" => text(&opportunity.purchase),
        "source" => text(&opportunity.source),
        "opened_on" => day(opportunity.opened_on),
        "exit_reason" => text(&opportunity.exit_reason),
        "return_on" => day(opportunity.return_on),
        "renewal_on" => day(opportunity.renewal_on),
        "people" => {
            let people = opportunity.people.iter().map(|(key, _)| Json::from(world.id(*key)));
            return Some(people.collect());
        }
        own => own_field(&opportunity.own_fields, own)?,
    })
}

/// A workspace's own field; `None` where the name is of no field at all.
fn own_field(fields: &[(crate::Text, Json)], name: &str) -> Option<Json> {
    name.starts_with("x_")
        .then(|| fields.iter().find(|(known, _)| &**known == name).map_or(Json::Null, |(_, value)| value.clone()))
}

fn text(text: &str) -> Json {
    Json::from(text)
}

#[expect(clippy::cast_precision_loss, reason = "amounts beyond 2^53 hundredths are refused on the way in")]
fn major(hundredths: i64) -> Json {
    Json::from(hundredths as f64 / 100.0)
}

fn is_empty(value: &Json) -> bool {
    matches!(value, Json::Null) || value.as_str() == Some("")
}

fn field_holds(world: &World, opportunity: &Opportunity, (path, op, wanted): (&str, Op, &Json)) -> (Verdict, Remark) {
    let (kind, field) = place(path);
    let about = |sentence: tandem_context::Sentence| sentence.say().text("kind", kind).text("field", field);
    let Some(values) = found(world, opportunity, path) else {
        return (Verdict::Unknown, NO_SUCH_FIELD.of(path));
    };
    let shown = || values.iter().map(|value| name_of(world, value)).collect::<Vec<_>>().join(", ");
    match op {
        Op::Empty if values.is_empty() => return (Verdict::Yes, about(FIELD_EMPTY)),
        Op::Empty => return (Verdict::No, about(FIELD_IS).text("option", &shown())),
        Op::NotEmpty if values.is_empty() => return (Verdict::No, about(FIELD_EMPTY)),
        Op::NotEmpty => return (Verdict::Yes, about(FIELD_IS).text("option", &shown())),
        _ if values.is_empty() => return (Verdict::Unknown, about(FIELD_UNKNOWN)),
        _ => {}
    }
    let any = values.iter().any(|value| compare(world, value, op, wanted));
    let remark = about(FIELD_IS).text("option", &shown());
    (if any { Verdict::Yes } else { Verdict::No }, remark)
}

/// The kind and name of a field's path.
fn place(path: &str) -> (&str, &str) {
    match path.split_once('.') {
        Some(("account", name)) => ("account", name),
        Some(("person", name)) => ("person", name),
        _ => ("opportunity", path),
    }
}

/// A record that is linked is shown by its name.
fn name_of(world: &World, value: &Json) -> String {
    let Some(text) = value.as_str() else { return value.to_string() };
    let Some(key) = world.ids.find(text) else { return text.to_owned() };
    let name = world.accounts.get(key).map(|one| &one.name);
    let name = name.or_else(|| world.members.get(key).map(|one| &one.facts.name));
    let name = name.or_else(|| world.products.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.campaigns.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.people.get(key).map(|one| &one.name));
    name.map_or_else(|| text.to_owned(), |name| name.to_string())
}

fn compare(world: &World, value: &Json, op: Op, wanted: &Json) -> bool {
    let list = || wanted.as_array().map(Vec::as_slice).unwrap_or(std::slice::from_ref(wanted));
    match op {
        Op::Is => is_same(world, value, wanted),
        Op::IsNot => !is_same(world, value, wanted),
        Op::AnyOf => list().iter().any(|one| is_same(world, value, one)),
        Op::NoneOf => !list().iter().any(|one| is_same(world, value, one)),
        Op::Contains => fold(&name_of(world, value)).contains(&fold(wanted.as_str().unwrap_or_default())),
        Op::Over => order(value, wanted).is_some_and(std::cmp::Ordering::is_gt),
        Op::Under => order(value, wanted).is_some_and(std::cmp::Ordering::is_lt),
        Op::AtLeast => order(value, wanted).is_some_and(std::cmp::Ordering::is_ge),
        Op::AtMost => order(value, wanted).is_some_and(std::cmp::Ordering::is_le),
        Op::Between => match list() {
            [from, to] => {
                order(value, from).is_some_and(std::cmp::Ordering::is_ge)
                    && order(value, to).is_some_and(std::cmp::Ordering::is_le)
            }
            _ => false,
        },
        Op::Empty | Op::NotEmpty => false,
    }
}

/// Equal: numbers as numbers, texts without regard to case, links by id or name.
fn is_same(world: &World, value: &Json, wanted: &Json) -> bool {
    match (value.as_str(), wanted.as_str()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || fold(&name_of(world, value)) == fold(b),
        _ => order(value, wanted).is_some_and(std::cmp::Ordering::is_eq),
    }
}

/// Numbers by size, days (and other texts) by their letters; what is no pair has no order.
fn order(a: &Json, b: &Json) -> Option<std::cmp::Ordering> {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => Some(a.cmp(b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}

type Asked<'a> = (&'a [String], Option<&'a str>, Option<u32>, Option<u32>);

fn happened(
    world: &World,
    opportunity: &Opportunity,
    (types, direction, within_days, at_least): Asked<'_>,
    at_ms: i64,
) -> (Verdict, Remark) {
    let since_ms = within_days.map_or(i64::MIN, |days| at_ms.saturating_sub(i64::from(days) * DAY_MS));
    let counts = |activity: &&Activity| {
        (since_ms..=at_ms).contains(&activity.at_ms)
            && types.iter().any(|kind| **kind == *activity.kind)
            && direction.is_none_or(|wanted| direction_of(activity) == wanted)
    };
    let story = world.story_of(opportunity);
    let count = story.into_iter().filter(counts).count();
    let enough = count >= at_least.unwrap_or(1) as usize;
    let said = match (direction, within_days) {
        (Some("inbound"), Some(days)) => HAPPENED_IN_WITHIN.say().number("days", days as usize),
        (Some("inbound"), None) => HAPPENED_IN.say(),
        (Some(_), Some(days)) => HAPPENED_OUT_WITHIN.say().number("days", days as usize),
        (Some(_), None) => HAPPENED_OUT.say(),
        (None, Some(days)) => HAPPENED_WITHIN.say().number("days", days as usize),
        (None, None) => HAPPENED.say(),
    };
    let remark =
        said.number("count", count).text("kind", "activity").text("field", "type").list("options", types.to_vec());
    (if enough { Verdict::Yes } else { Verdict::No }, remark)
}

/// A form and a visit come from the buyer unless they say otherwise.
pub(crate) fn direction_of(activity: &Activity) -> &str {
    match &*activity.direction {
        "" if matches!(&*activity.kind, "form" | "visit") => "inbound",
        direction => direction,
    }
}
