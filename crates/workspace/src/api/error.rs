//! What a caller is told when something cannot be done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A failure, in the user's words, with a stable code to branch on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "types.ts")]
pub struct ApiError {
    /// Stable, e.g. `invalid_value`, `not_found`, `disk_full`, `newer_version`, `no_workspace`.
    pub code: String,
    /// What happened, what it means for the data, what to do.
    pub message: String,
    /// The field the message is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

impl ApiError {
    /// A failure with its stable code.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), field: None }
    }
}
