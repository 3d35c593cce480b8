//! From what people type and files hold to the one form a field keeps.

use std::collections::BTreeMap;

use crate::schema::{Field, FieldType};
use crate::{InvalidValue, Value};

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
    pub note: Option<String>,
}

/// Reads `text` as a value of `field`. The text is not empty.
///
/// # Errors
/// In the user's words, when the field cannot hold it.
pub fn normalise(field: &Field, text: &str, _conventions: &Conventions) -> Result<Normalised, InvalidValue> {
    let text = text.trim();
    let value = match &field.ty {
        FieldType::Integer => Value::Integer(text.parse().map_err(|_| InvalidValue::new(&field.name, format!("“{text}” is not a whole number")))?),
        FieldType::Money => Value::Integer((text.parse::<f64>().map_err(|_| InvalidValue::new(&field.name, format!("“{text}” is not an amount")))? * 100.0).round() as i64),
        FieldType::Boolean => Value::Boolean(text == "true"),
        FieldType::Tags | FieldType::Emails | FieldType::Phones | FieldType::Roles(_) => Value::Set(BTreeMap::from([(text.to_owned(), String::new())])),
        _ => Value::text(text),
    };
    Ok(Normalised { value, note: None })
}
