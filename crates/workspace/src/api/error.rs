//! What a caller is told when something cannot be done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tandem_context::{About, Remark};
use ts_rs::TS;

use super::types::Notice;

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
    /// The same as the message, to be said in the reader's language; absent where the code says it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remark: Option<Said>,
}

/// Something said about a value, a row or a file: the message `remark_<code>` with what stands in its braces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, export_to = "types.ts")]
pub struct Said {
    /// Stable.
    pub code: String,
    /// What it is about: texts, numbers, lists of names, lists of what else is said (each again a `Said`). Names of the schema (`kind`, `field`, `option`, …) are as in the
    /// document; the interface has words for them.
    pub about: BTreeMap<String, Json>,
}

impl From<&Remark> for Said {
    fn from(remark: &Remark) -> Self {
        let json = |about: &About| match about {
            About::Text(text) => Json::from(text.as_str()),
            About::Number(number) => Json::from(*number),
            About::List(list) => Json::from(list.clone()),
            About::Remarks(remarks) => remarks.iter().map(|one| Self::from(one).into_json()).collect(),
        };
        let about = remark.about().iter().map(|(name, about)| ((*name).to_owned(), json(about))).collect();
        Self { code: remark.code().to_owned(), about }
    }
}

impl Said {
    fn into_json(self) -> Json {
        Json::from_iter([("code", Json::from(self.code)), ("about", Json::from_iter(self.about))])
    }

    /// In English, for terminals and scripts; the code alone where no sentence has it (a newer engine).
    pub fn english(&self) -> String {
        let Some(sentence) = crate::sentences::all().into_iter().find(|one| one.code == self.code) else {
            return self.code.clone();
        };
        sentence.fill(&|name| {
            Some(match self.about.get(name)? {
                Json::String(text) => text.clone(),
                Json::Array(list) if list.iter().any(Json::is_object) => {
                    let said = list.iter().filter_map(|one| Self::deserialize(one).ok());
                    said.map(|one| one.english()).collect::<Vec<_>>().join("; ")
                }
                Json::Array(list) => {
                    list.iter().map(|one| one.as_str().unwrap_or_default()).collect::<Vec<_>>().join(", ")
                }
                other => other.to_string(),
            })
        })
    }
}

impl From<&Remark> for Notice {
    fn from(remark: &Remark) -> Self {
        Self { code: remark.code().to_owned(), message: remark.to_string(), remark: Some(remark.into()) }
    }
}

impl From<ApiError> for Notice {
    fn from(error: ApiError) -> Self {
        Self { code: error.code, message: error.message, remark: error.remark }
    }
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
        Self { code: code.to_owned(), message: message.into(), field: None, remark: None }
    }

    /// A failure with its stable code that says `remark`.
    pub(crate) fn said(code: &str, remark: &Remark) -> Self {
        Self { remark: Some(remark.into()), ..Self::new(code, remark.to_string()) }
    }
}
