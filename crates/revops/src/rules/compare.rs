//! Fields compared with what a condition wants.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate};
use serde_json::Value as Json;
use tandem_context::{Remark, spelled};
use uuid::Uuid;

use super::conditions::Op;
use super::found::{Found, found, place};
use super::sentences::*;
use super::subject::{Names, Subject};
use crate::calendar::{local_day, policy_zone};
use crate::{Verdict, World};

/// What a field holds, compared.
pub(super) struct Compared<'a> {
    pub(super) verdict: Verdict,
    path: &'a str,
    say: tandem_context::Sentence,
    values: Vec<Found<'a>>,
}

impl<'a> Compared<'a> {
    pub(super) fn of(subject: Subject<'a>, path: &'a str, (op, wanted): (Op, &Json)) -> Self {
        let Some(values) = found(subject, path) else {
            return Self { verdict: Verdict::Unknown, path, say: NO_SUCH_FIELD, values: Vec::new() };
        };
        let (verdict, say) = match op {
            Op::Empty if values.is_empty() => (Verdict::Yes, FIELD_EMPTY),
            Op::Empty => (Verdict::No, FIELD_IS),
            Op::NotEmpty if values.is_empty() => (Verdict::No, FIELD_EMPTY),
            Op::NotEmpty => (Verdict::Yes, FIELD_IS),
            _ if values.is_empty() => (Verdict::Unknown, FIELD_UNKNOWN),
            _ => match holds_of(subject.names(), &values, op, wanted) {
                Some(true) => (Verdict::Yes, FIELD_IS),
                Some(false) => (Verdict::No, FIELD_IS),
                None => (Verdict::Unknown, FIELD_UNFIT),
            },
        };
        Self { verdict, path, say, values }
    }

    pub(super) fn remark(&self, world: &World) -> Remark {
        if self.say.code == NO_SUCH_FIELD.code {
            return NO_SUCH_FIELD.of(self.path);
        }
        let (kind, field) = place(self.path);
        let remark = self.say.say().text("kind", kind).text("field", field);
        match self.say.code {
            code if code == FIELD_IS.code || code == FIELD_UNFIT.code => {
                remark.list("option", self.values.iter().map(|value| shown(world, *value)))
            }
            _ => remark,
        }
    }
}

/// Of several values, one that holds is enough; what none may be must hold of all. None: it cannot be compared.
fn holds_of(names: Names<'_>, values: &[Found<'_>], op: Op, wanted: &Json) -> Option<bool> {
    let compared = || values.iter().map(|value| compare(names, *value, op, wanted));
    match op {
        Op::IsNot | Op::NoneOf => any(compared().map(|one| one.map(|holds| !holds))).map(|fails| !fails),
        _ => any(compared()),
    }
}

/// Whether one is true; where none is, and one cannot be told, neither can this.
fn any(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut found = Some(false);
    for one in all {
        match one {
            Some(true) => return Some(true),
            Some(false) => {}
            None => found = None,
        }
    }
    found
}

fn compare(names: Names<'_>, value: Found<'_>, op: Op, wanted: &Json) -> Option<bool> {
    let list = || wanted.as_array().map_or(std::slice::from_ref(wanted), Vec::as_slice);
    let is_one_of = || any(list().iter().map(|one| is_same(names, value, one)));
    match op {
        Op::Is => is_same(names, value, wanted),
        Op::IsNot => is_same(names, value, wanted).map(|same| !same),
        Op::AnyOf => is_one_of(),
        Op::NoneOf => is_one_of().map(|one| !one),
        Op::Contains => contains(names, value, wanted),
        Op::Over => order(names, value, wanted).map(Ordering::is_gt),
        Op::Under => order(names, value, wanted).map(Ordering::is_lt),
        Op::AtLeast => order(names, value, wanted).map(Ordering::is_ge),
        Op::AtMost => order(names, value, wanted).map(Ordering::is_le),
        Op::Between => match list() {
            [from, to] => Some(order(names, value, from)?.is_ge() && order(names, value, to)?.is_le()),
            _ => None,
        },
        Op::Empty | Op::NotEmpty => None,
    }
}

/// Whether a value of this sort can be compared in this way at all.
pub(super) fn suits(value: Found<'_>, op: Op) -> bool {
    match op {
        Op::Empty | Op::NotEmpty | Op::Is | Op::IsNot | Op::AnyOf | Op::NoneOf => true,
        Op::Contains => matches!(value, Found::Text(_) | Found::Record(_)),
        Op::Over | Op::Under | Op::AtLeast | Op::AtMost | Op::Between => {
            matches!(value, Found::Number(_) | Found::Money(_) | Found::Day(_) | Found::Moment(_))
        }
    }
}

/// Whether what is wanted can be compared in this way with a value of this sort.
pub(super) fn fits(value: Found<'_>, op: Op, wanted: &Json) -> bool {
    let is_name = |one: &Json| one.as_str().is_some_and(|text| !text.trim().is_empty());
    // Nobody has to be called so.
    if let Found::Record(_) = value {
        return wanted.as_array().map_or_else(|| is_name(wanted), |all| all.iter().all(is_name));
    }
    let world = World::default();
    let names = Names::of(&world);
    match (op, wanted.as_array()) {
        (Op::AnyOf | Op::NoneOf, Some(all)) => all.iter().all(|one| is_same(names, value, one).is_some()),
        (_, Some(_)) if op != Op::Between => false,
        _ => compare(names, value, op, wanted).is_some(),
    }
}

/// Whether a span of numbers, days or moments ends before it begins.
pub(super) fn ends_before_it_begins(span: &[Json]) -> bool {
    let [from, to] = span else { return false };
    let turned = |numbers: Option<(f64, f64)>| numbers.is_some_and(|(from, to)| to < from);
    turned(number_of(from).zip(number_of(to)))
        || day_of(from).zip(day_of(to)).is_some_and(|(from, to)| to < from)
        || moment_of(from).zip(moment_of(to)).is_some_and(|(from, to)| to < from)
}

/// Equal: numbers by size, texts without regard to case, records by id or name.
fn is_same(names: Names<'_>, value: Found<'_>, wanted: &Json) -> Option<bool> {
    match value {
        Found::Text(text) => match wanted {
            Json::String(wanted) => Some(is_same_text(text, wanted)),
            _ => order(names, value, wanted).map(Ordering::is_eq),
        },
        Found::Record(key) => {
            let wanted = wanted.as_str()?;
            match names.name(key) {
                _ if names.id(key) == wanted => Some(true),
                Some(name) => Some(is_same_text(name, wanted)),
                // What was set aside has no name here: only an id tells it from others. Which ids this world has met says
                // nothing: another device has met others.
                None => Uuid::try_parse(wanted).is_ok().then_some(false),
            }
        }
        Found::Truth(yes) => Some(yes == truth(wanted)?),
        Found::Number(_) | Found::Money(_) | Found::Day(_) | Found::Moment(_) => {
            order(names, value, wanted).map(Ordering::is_eq)
        }
    }
}

fn is_same_text(one: &str, other: &str) -> bool {
    one == other || spelled(one) == spelled(other)
}

/// Texts, and records by name.
fn contains(names: Names<'_>, value: Found<'_>, wanted: &Json) -> Option<bool> {
    let wanted = spelled(wanted.as_str()?);
    let text = match value {
        Found::Text(text) => text,
        Found::Record(key) => names.name(key)?,
        _ => return None,
    };
    (!wanted.is_empty()).then(|| spelled(text).contains(&wanted))
}

/// Numbers by size, days and moments by time; a text where it reads as a number.
fn order(names: Names<'_>, value: Found<'_>, wanted: &Json) -> Option<Ordering> {
    match value {
        Found::Number(number) => match wanted.as_i64() {
            Some(wanted) => Some(number.cmp(&wanted)),
            None => as_number(number).partial_cmp(&number_of(wanted)?),
        },
        Found::Money(hundredths) => major(hundredths).partial_cmp(&number_of(wanted)?),
        Found::Day(day) => Some(day.cmp(&day_of(wanted)?)),
        Found::Moment(at_ms) => match moment_of(wanted) {
            Some(wanted) => Some(at_ms.cmp(&wanted)),
            None => Some(local_day(policy_zone(&names.world.rules.policy), at_ms).cmp(&day_of(wanted)?)),
        },
        Found::Text(text) => finite(text)?.partial_cmp(&wanted.as_f64()?),
        Found::Truth(_) | Found::Record(_) => None,
    }
}

fn truth(wanted: &Json) -> Option<bool> {
    match wanted {
        Json::Bool(yes) => Some(*yes),
        Json::String(text) if text == "true" => Some(true),
        Json::String(text) if text == "false" => Some(false),
        _ => None,
    }
}

/// A number, or a text that reads as one.
fn number_of(wanted: &Json) -> Option<f64> {
    wanted.as_f64().or_else(|| finite(wanted.as_str()?))
}

fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn day_of(wanted: &Json) -> Option<NaiveDate> {
    wanted.as_str()?.trim().parse().ok()
}

fn moment_of(wanted: &Json) -> Option<i64> {
    DateTime::parse_from_rfc3339(wanted.as_str()?.trim()).ok().map(|at| at.timestamp_millis())
}

#[expect(clippy::cast_precision_loss, reason = "only compared with what is no whole number")]
fn as_number(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "amounts beyond 2^53 hundredths are refused on the way in")]
fn major(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// A value in words; a record that is pointed to by its name.
fn shown(world: &World, value: Found<'_>) -> String {
    match value {
        Found::Text(text) => text.to_owned(),
        Found::Number(number) => number.to_string(),
        Found::Money(hundredths) if hundredths % 100 == 0 => (hundredths / 100).to_string(),
        Found::Money(hundredths) => format!("{:.2}", major(hundredths)),
        Found::Truth(yes) => yes.to_string(),
        Found::Day(day) => day.to_string(),
        Found::Moment(at_ms) => DateTime::from_timestamp_millis(at_ms).map_or_else(String::new, |at| at.to_rfc3339()),
        Found::Record(key) => world.name(key).unwrap_or_else(|| world.id(key)).to_owned(),
    }
}
