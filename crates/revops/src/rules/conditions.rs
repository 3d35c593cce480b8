//! Conditions as rules hold them: a JSON list, all of which must hold.
//!
//! ```json
//! [{"field": "account.employees", "op": "between", "value": [50, 5000]},
//!  {"field": "account.industry", "op": "any_of", "value": ["manufacturing", "energy"]},
//!  {"activity": ["form", "meeting"], "direction": "inbound", "within_days": 30, "at_least": 1},
//!  {"gate": true}]
//! ```
//!
//! `field` is a field of the opportunity, or of its `account.` or any of its people (`person.`).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tandem_context::Remark;

use super::sentences::*;

/// Conditions a list holds at most.
const CONDITIONS_MAX: usize = 50;
/// Characters of JSON they are read from at most.
const TEXT_MAX: usize = 20_000;

/// Conditions, all of which must hold. None: it holds always.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conditions {
    /// The conditions.
    pub all: Vec<Condition>,
    /// They could not be read: then they never hold.
    pub unreadable: Option<ConditionError>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// A field compared with a value.
    #[serde(rename_all = "snake_case")]
    Field {
        /// `value`, `account.industry`, `person.seniority`, an own field `x_…`.
        field: String,
        /// How.
        op: Op,
        /// With what: a text, a number, a list for `any_of`, `none_of`, two numbers for `between`; nothing for `empty`.
        #[serde(default, skip_serializing_if = "Json::is_null")]
        value: Json,
    },
    /// Something that happened.
    #[serde(rename_all = "snake_case")]
    Activity {
        /// Of one of these types.
        activity: Vec<String>,
        /// `inbound`, `outbound`; absent: either.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direction: Option<String>,
        /// Within so many days; absent: ever.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within_days: Option<u32>,
        /// So many times; absent: once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<u32>,
    },
    /// The lead passes the gate, or does not.
    Gate {
        /// Whether it passes.
        gate: bool,
    },
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Equal, without regard to case.
    Is,
    /// Not equal.
    IsNot,
    /// Equal to one of them.
    AnyOf,
    /// Equal to none of them.
    NoneOf,
    /// The text has it inside.
    Contains,
    /// Greater, later.
    Over,
    /// Smaller, earlier.
    Under,
    /// Greater, later or equal.
    AtLeast,
    /// Smaller, earlier or equal.
    AtMost,
    /// From the first to the second, both included.
    Between,
    /// Nothing there.
    Empty,
    /// Something there.
    NotEmpty,
}

/// What is wrong with conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionError {
    /// They are no JSON of this form: what the parser says.
    Unreadable(String),
    /// More than may be.
    TooMany,
    /// A field's condition lacks what to compare with.
    NoValue(String),
    /// `between` takes two ends, the smaller one first.
    NoSpan(String),
    /// An activity's condition names no type.
    NoActivity,
}

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.remark().fmt(f)
    }
}

impl std::error::Error for ConditionError {}

impl ConditionError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        "invalid_conditions"
    }

    /// In words.
    pub fn remark(&self) -> Remark {
        match self {
            Self::Unreadable(why) => UNREADABLE.of(why),
            Self::TooMany => TOO_MANY_CONDITIONS.say().number("most", CONDITIONS_MAX),
            Self::NoValue(field) => CONDITION_WITHOUT_VALUE.of(field),
            Self::NoSpan(field) => CONDITION_WITHOUT_SPAN.of(field),
            Self::NoActivity => CONDITION_WITHOUT_ACTIVITY.say(),
        }
    }
}

impl Condition {
    /// Whether it says all that it must say.
    ///
    /// # Errors
    /// What is missing.
    pub fn check(&self) -> Result<(), ConditionError> {
        match self {
            Self::Activity { activity, .. } if activity.is_empty() => Err(ConditionError::NoActivity),
            Self::Field { op: Op::Empty | Op::NotEmpty, .. } | Self::Activity { .. } | Self::Gate { .. } => Ok(()),
            Self::Field { field, op: Op::Between, value } => match value.as_array().map(Vec::as_slice) {
                Some([from, to]) if is_span(from, to) => Ok(()),
                _ => Err(ConditionError::NoSpan(field.clone())),
            },
            Self::Field { field, value, .. } => match value {
                Json::Null => Err(ConditionError::NoValue(field.clone())),
                Json::String(text) if text.is_empty() => Err(ConditionError::NoValue(field.clone())),
                Json::Array(list) if list.is_empty() => Err(ConditionError::NoValue(field.clone())),
                _ => Ok(()),
            },
        }
    }
}

/// Two numbers or two texts, the first not above the second.
fn is_span(from: &Json, to: &Json) -> bool {
    match (from, to) {
        (Json::Number(from), Json::Number(to)) => from.as_f64() <= to.as_f64(),
        (Json::String(from), Json::String(to)) => !from.is_empty() && from <= to,
        _ => false,
    }
}

impl Conditions {
    /// Reads what a rule's record holds; an empty text is no condition. One that says too little is read too: it never holds.
    ///
    /// # Errors
    /// Why not, with the place in the text.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        if text.len() > TEXT_MAX {
            return Err(ConditionError::TooMany);
        }
        let unreadable = |error: serde_json::Error| ConditionError::Unreadable(error.to_string());
        let all: Vec<Condition> = serde_json::from_str(text).map_err(unreadable)?;
        if all.len() > CONDITIONS_MAX {
            return Err(ConditionError::TooMany);
        }
        Ok(Self { all, unreadable: None })
    }

    /// Reads conditions that are about to be written: each says all that it must say.
    ///
    /// # Errors
    /// As [`Conditions::parse`]; the first condition that says too little.
    pub fn written(text: &str) -> Result<Self, ConditionError> {
        let conditions = Self::parse(text)?;
        conditions.all.iter().try_for_each(Condition::check)?;
        Ok(conditions)
    }

    /// Reads them, or keeps why they cannot be read.
    pub fn read(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|error| Self { all: Vec::new(), unreadable: Some(error) })
    }

    /// Whether there is nothing to hold.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.unreadable.is_none()
    }
}
