//! Whether a rule can be kept as somebody would write it.

use serde_json::{Value as Json, json};
use tandem_context::{FieldType, Remark, Schema, Value};

use super::compare;
use super::conditions::{Condition, Conditions, Op};
use super::found::{Found, is_field, place};
use super::sentences::*;
use crate::calendar::{CalendarError, Region, parse_day, parse_hours};
use crate::facts::Key;

/// Why a rule cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{remark}")]
pub struct RuleError {
    code: &'static str,
    /// In words.
    pub remark: Remark,
}

impl RuleError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

/// From and to which number a field of a rule goes, both included; `None`: any.
pub fn bounds(kind: &str, field: &str) -> Option<(i64, i64)> {
    const DAYS: (i64, i64) = (0, 3_650);
    const HOURS: (i64, i64) = (0, 10_000);
    match (kind, field) {
        ("criterion", "weight") => Some((0, 1_000_000)),
        ("policy", "score_min" | "confidence_min") => Some((0, 100)),
        ("policy", "prior_strength") => Some((0, 10_000)),
        ("policy", "touch_hours" | "accept_hours" | "due_soon_hours") => Some(HOURS),
        ("policy", "contact_days" | "renewal_days") => Some(DAYS),
        ("criterion", "fresh_days") | ("stage", "rest_days") | ("onboarding_step", "due_days") => Some(DAYS),
        ("member", "capacity") => Some((0, 1_000_000)),
        _ => None,
    }
}

/// Whether a field of a rule (or of a member, a goal, an absence) may hold a value. `beside` gives the other values the record
/// would have.
///
/// # Errors
/// `invalid_conditions`, `invalid_hours`, `invalid_day`, `invalid_region`, `invalid_value`.
pub fn check(
    schema: &Schema,
    (kind, field): (&str, &str),
    value: &Value,
    beside: &dyn Fn(&str) -> Option<Value>,
) -> Result<(), RuleError> {
    match (kind, field, value) {
        ("criterion", "rule", Value::Text(text)) => conditions(schema, text, true),
        ("stage", "entry", Value::Text(text)) | ("routing_rule", "when", Value::Text(text)) => {
            conditions(schema, text, false)
        }
        ("policy" | "member", "working_hours", Value::Text(text)) => parse_hours(text).map(drop).map_err(calendar),
        ("policy" | "member", "holiday_region", Value::Text(text)) => Region::parse(text).map(drop).map_err(calendar),
        ("policy" | "member", "time_zone", Value::Text(text)) => match text.parse::<chrono_tz::Tz>() {
            Ok(_) => Ok(()),
            Err(_) => Err(invalid(ZONE_UNKNOWN.of(text))),
        },
        ("policy" | "member", "work_days", Value::Set(days)) => {
            days.keys().try_for_each(|day| parse_day(day).map(drop).map_err(calendar))
        }
        ("goal" | "absence", "from", Value::Text(from)) => {
            in_order(Some(from), beside("to").as_ref().and_then(Value::as_text))
        }
        ("goal" | "absence", "to", Value::Text(to)) => {
            in_order(beside("from").as_ref().and_then(Value::as_text), Some(to))
        }
        ("goal", "amount", Value::Integer(amount)) if *amount < 0 => {
            Err(invalid(AMOUNT_BELOW.say().text("kind", kind).text("field", field)))
        }
        (_, _, Value::Integer(number)) => within(kind, field, *number),
        _ => Ok(()),
    }
}

fn invalid(remark: Remark) -> RuleError {
    RuleError { code: "invalid_value", remark }
}

fn calendar(error: CalendarError) -> RuleError {
    let remark = match &error {
        CalendarError::Hours(text) => HOURS_UNREADABLE.of(text),
        CalendarError::Day(text) => DAY_UNREADABLE.of(text),
        CalendarError::Region(text) => REGION_UNKNOWN.of(text),
    };
    RuleError { code: error.code(), remark }
}

/// Days are written so that their order is that of their letters.
fn in_order(from: Option<&str>, to: Option<&str>) -> Result<(), RuleError> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(invalid(DAYS_TURNED.say())),
        _ => Ok(()),
    }
}

fn within(kind: &str, field: &str, number: i64) -> Result<(), RuleError> {
    let Some((least, most)) = bounds(kind, field).filter(|(least, most)| !(*least..=*most).contains(&number)) else {
        return Ok(());
    };
    let limit = |limit: i64| usize::try_from(limit).unwrap_or(0);
    let say = NUMBER_OUTSIDE.say().text("kind", kind).text("field", field);
    Err(invalid(say.number("least", limit(least)).number("most", limit(most))))
}

fn conditions(schema: &Schema, text: &str, is_criterion: bool) -> Result<(), RuleError> {
    let wrong = |remark| RuleError { code: "invalid_conditions", remark };
    let read = Conditions::parse(text).map_err(|error| wrong(error.remark()))?;
    for (number, one) in (1..).zip(&read.all) {
        match one {
            Condition::Field { field, op, value } => compared(schema, field, *op, value).map_err(wrong)?,
            Condition::Activity { activity, direction, .. } => {
                let known = direction.as_deref().is_none_or(|direction| matches!(direction, "inbound" | "outbound"));
                if activity.is_empty() || !known {
                    return Err(wrong(CONDITION_UNKNOWN.say().number("number", number)));
                }
            }
            Condition::Gate { .. } if is_criterion => return Err(wrong(GATE_IN_GATE.say())),
            Condition::Gate { .. } => {}
        }
    }
    Ok(())
}

/// Whether a field can be compared so.
fn compared(schema: &Schema, path: &str, op: Op, wanted: &Json) -> Result<(), Remark> {
    let (kind, name) = place(path);
    let known = schema.field(kind, name).filter(|field| !field.retired).map(|field| &field.ty);
    let role = FieldType::Line;
    let ty = match known {
        // What somebody is in this purchase stands in the link to them.
        None if (kind, name) == ("person", "role") => Some(&role),
        known => known,
    };
    let Some(ty) = ty.filter(|_| is_field(kind, name)) else { return Err(NO_SUCH_FIELD.of(path)) };
    let about = |sentence: tandem_context::Sentence| sentence.say().text("kind", kind).text("field", name);
    let sample = sample(ty);
    let list = wanted.as_array().map_or(std::slice::from_ref(wanted), Vec::as_slice);
    if matches!(op, Op::Empty | Op::NotEmpty) {
        return Ok(());
    }
    if list.iter().all(Json::is_null) {
        return Err(about(VALUE_MISSING));
    }
    if !compare::suits(sample, op) {
        return Err(about(OP_UNFIT).text("text", json!(op).as_str().unwrap_or_default()));
    }
    if !compare::fits(sample, op, wanted) {
        return Err(about(VALUE_UNFIT).text("text", wanted.as_str().unwrap_or(&wanted.to_string())));
    }
    if op == Op::Between && compare::ends_before_it_begins(list) {
        return Err(about(SPAN_TURNED));
    }
    Ok(())
}

/// A value such as a field of this type holds.
fn sample(ty: &FieldType) -> Found<'static> {
    match ty {
        FieldType::Integer => Found::Number(1),
        FieldType::Money => Found::Money(1),
        FieldType::Boolean => Found::Truth(true),
        FieldType::Date => Found::Day(chrono::NaiveDate::default()),
        FieldType::Instant => Found::Moment(0),
        FieldType::Link(_) | FieldType::Roles(_) => Found::Record(Key::UNKNOWN),
        FieldType::Line
        | FieldType::Prose
        | FieldType::Text
        | FieldType::Email
        | FieldType::Phone
        | FieldType::Domain
        | FieldType::Url
        | FieldType::Country
        | FieldType::Currency
        | FieldType::Language
        | FieldType::TimeZone
        | FieldType::Choice(_)
        | FieldType::Tags
        | FieldType::Emails
        | FieldType::Phones => Found::Text("a"),
    }
}
