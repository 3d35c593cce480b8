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

/// Why conditions cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// More characters than are read.
    #[error("conditions cannot be read: they are longer than {TEXT_MAX} characters")]
    TooLong,
    /// More conditions than are read.
    #[error("conditions cannot be read: there are more than {CONDITIONS_MAX}")]
    TooMany,
    /// The text is no JSON list, and why not.
    #[error("conditions cannot be read: {0}")]
    NoList(String),
    /// The condition in this place, the first is 1, is none of those there are.
    #[error("conditions cannot be read: number {0} is no condition")]
    Unknown(usize),
}

impl ConditionError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong | Self::TooMany | Self::NoList(_) | Self::Unknown(_) => "invalid_conditions",
        }
    }

    /// In the reader's words.
    pub fn remark(&self) -> Remark {
        match self {
            Self::TooLong => CONDITIONS_TOO_LONG.say().number("most", TEXT_MAX),
            Self::TooMany => CONDITIONS_TOO_MANY.say().number("most", CONDITIONS_MAX),
            Self::NoList(why) => UNREADABLE.of(why),
            Self::Unknown(place) => CONDITION_UNKNOWN.say().number("number", *place),
        }
    }
}

impl Conditions {
    /// Reads what a rule's record holds; an empty text is no condition.
    ///
    /// # Errors
    /// Why not, with the place in the text.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        if text.len() > TEXT_MAX {
            return Err(ConditionError::TooLong);
        }
        let all: Vec<Json> = serde_json::from_str(text).map_err(|error| ConditionError::NoList(error.to_string()))?;
        if all.len() > CONDITIONS_MAX {
            return Err(ConditionError::TooMany);
        }
        let read = |(place, json)| serde_json::from_value(json).map_err(|_| ConditionError::Unknown(place));
        let all = (1..).zip(all).map(read).collect::<Result<_, _>>()?;
        Ok(Self { all, unreadable: None })
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
