//! What can go wrong with an edit or a document.

use crate::Remark;
use crate::normalise::sentences::{NEEDS_FIELD, UNKNOWN_FIELD, UNKNOWN_KIND};

/// A value that a field cannot hold, in the user's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct InvalidValue {
    /// The field.
    pub field: String,
    /// Why, in words that follow the field's name or stand alone: “x@” is not an e-mail address.
    pub reason: Remark,
}

impl InvalidValue {
    /// A value that `field` cannot hold.
    pub fn new(field: impl Into<String>, reason: Remark) -> Self {
        let field = field.into();
        Self { reason: reason.text("field", &field), field }
    }
}

/// What the document refuses.
#[derive(Debug, thiserror::Error)]
pub enum ContextError {
    /// A value that the field cannot hold.
    #[error(transparent)]
    Invalid(#[from] InvalidValue),
    /// No such kind.
    #[error("there is no kind of record called “{0}”")]
    UnknownKind(String),
    /// No such field.
    #[error("{kind} has no field called “{field}”")]
    UnknownField {
        /// The kind that was meant.
        kind: String,
        /// The field it does not have.
        field: String,
    },
    /// No such record.
    #[error("there is no record {0}")]
    UnknownRecord(String),
    /// A field that a record cannot be made without.
    #[error("a new {kind} needs a {field}")]
    Missing {
        /// The kind.
        kind: String,
        /// The field that is missing.
        field: String,
    },
    /// The bytes are not a document or change of ours.
    #[error("the data is damaged: {0}")]
    Damaged(String),
    /// Automerge refused; a defect of ours.
    #[error("the document refused the change: {0}")]
    Refused(String),
}

impl ContextError {
    /// Stable, for callers to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_value",
            Self::UnknownKind(_) => "unknown_kind",
            Self::UnknownField { .. } => "unknown_field",
            Self::UnknownRecord(_) => "not_found",
            Self::Missing { .. } => "missing_field",
            Self::Damaged(_) => "damaged",
            Self::Refused(_) => "refused",
        }
    }

    /// What it says, where that can be said in other languages too.
    pub fn remark(&self) -> Option<Remark> {
        match self {
            Self::Invalid(invalid) => Some(invalid.reason.clone()),
            Self::UnknownKind(kind) => Some(UNKNOWN_KIND.of(kind)),
            Self::UnknownField { kind, field } => Some(UNKNOWN_FIELD.of(field).text("kind", kind)),
            Self::Missing { kind, field } => Some(NEEDS_FIELD.say().text("kind", kind).text("field", field)),
            _ => None,
        }
    }
}

impl From<automerge::AutomergeError> for ContextError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Refused(error.to_string())
    }
}
