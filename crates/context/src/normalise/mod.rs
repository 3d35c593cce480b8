//! From what people type and files hold to the one form a field keeps.
//!
//! One file per family of types. Whatever is accepted is a fixed point: normalising the kept form gives it again.

mod boolean;
mod choice;
mod country;
mod country_names;
mod currency;
mod date;
mod email;
mod language;
mod number;
mod phone;
pub mod sentences;
mod text;
mod web;

use crate::schema::{Field, FieldType};
use crate::{InvalidValue, Remark, Value};

pub(crate) use text::compose;

/// The order of day, month and year in written dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31.12.2027
    DayMonthYear,
    /// 12/31/2027
    MonthDayYear,
    /// 2027-12-31
    YearMonthDay,
}

/// How numbers, dates and phone numbers are written where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conventions {
    /// The order of dates that do not say it themselves.
    pub date_order: DateOrder,
    /// The decimal sign, `.` or `,`.
    pub decimal: char,
    /// The country of phone numbers without a prefix (ISO 3166-1 alpha-2), where it is known.
    pub country: Option<[u8; 2]>,
}

impl Conventions {
    /// What the API takes: ISO dates, decimal point.
    pub const ISO: Self = Self { date_order: DateOrder::YearMonthDay, decimal: '.', country: None };
}

/// A value in the form the field keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The value.
    pub value: Value,
    /// What a person should know about how it was read: a misspelt option that was recognised, a value outside the
    /// usual ones, a phone number kept as written.
    pub note: Option<Remark>,
}

/// What a family of types makes of a text, with what to say about it; or why it refuses it.
type Read<T> = Result<(T, Option<Remark>), Remark>;

/// Reads `text` as a value of `field`. Links and roles take an id as given; whether there is such a record is not
/// known here.
///
/// # Errors
/// In the user's words, when the field cannot hold it; an empty text among them.
pub fn normalise(field: &Field, text: &str, conventions: &Conventions) -> Result<Normalised, InvalidValue> {
    // Composing makes separators of some characters (U+037E becomes `;`), so it comes before all else.
    let composed = text::compose(text);
    let text = composed.trim_matches(text::is_blank);
    let read = if text.is_empty() { Err(sentences::EMPTY.say()) } else { read(&field.ty, text, conventions) };
    read.map(|(value, note)| Normalised { value, note: note.map(|note| note.text("field", &field.name)) })
        .map_err(|reason| InvalidValue::new(&field.name, reason))
}

fn read(ty: &FieldType, text: &str, conventions: &Conventions) -> Read<Value> {
    let as_text = |(text, note)| (Value::Text(text), note);
    match ty {
        FieldType::Line => text::line(text).map(as_text),
        FieldType::Prose | FieldType::Text => text::prose(text).map(as_text),
        FieldType::Integer => number::integer(text, conventions.decimal).map(|n| (Value::Integer(n), None)),
        FieldType::Money => number::money(text, conventions.decimal).map(|n| (Value::Integer(n), None)),
        FieldType::Boolean => boolean::boolean(text).map(|yes| (Value::Boolean(yes), None)),
        FieldType::Date => date::date(text, conventions.date_order).map(|day| (Value::Text(day), None)),
        FieldType::Instant => date::instant(text, conventions.date_order).map(|at| (Value::Text(at), None)),
        FieldType::Email => email::email(text).map(|email| (Value::Text(email), None)),
        FieldType::Phone => phone::phone(text, conventions.country).map(as_text),
        FieldType::Domain => web::domain(text).map(as_text),
        FieldType::Url => web::url(text).map(|url| (Value::Text(url), None)),
        FieldType::Country => country::country(text).map(as_text),
        FieldType::Currency => currency::currency(text).map(|code| (Value::Text(code), None)),
        FieldType::Language => language::language(text).map(|code| (Value::Text(code), None)),
        FieldType::TimeZone => language::time_zone(text).map(|zone| (Value::Text(zone), None)),
        FieldType::Choice(choice) => choice::choice(choice, text).map(as_text),
        FieldType::Tags => text::tags(text).map(|tags| (Value::set(tags), None)),
        FieldType::Emails => email::emails(text).map(|emails| (Value::set(emails), None)),
        FieldType::Phones => phone::phones(text, conventions.country).map(|(phones, note)| (Value::set(phones), note)),
        FieldType::Link(_) => text::line(text).map(as_text),
        FieldType::Roles(_) => text::line(text).map(|(id, note)| (Value::set([id]), note)),
    }
}

#[cfg(test)]
mod tests;
