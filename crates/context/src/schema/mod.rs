//! The schema: which kinds of record there are, their fields, and how each field is written, merged and recognised.
//!
//! It is data, declared once (in `kinds`) and everything derives from it: what the document accepts, the tables of the
//! read model, how columns of a file are matched, the interface's forms. A workspace adds fields of its own; those
//! live in the document (see [`Schema::with_custom`]).

mod choices;
mod field;
mod kinds;
mod stages;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use choices::CONTACT_ROLES;
pub use field::{Choice, Field, FieldType, Merge, Opt};
pub use stages::{DefaultStage, Phase, STAGES, Stage, default_stage};

/// A kind of record.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Singular and lower case; also the key of its map in the document and part of its table's name.
    pub name: &'static str,
    /// The fields, in the order to show them.
    pub fields: Vec<Field>,
    /// How a record of this kind is called, tried in order; see [`Title`].
    pub title: &'static [Title],
    /// What people call this kind in a file name or heading, folded (see [`fold`]).
    pub aliases: &'static [&'static str],
    /// A second line that tells two records of one title apart: the first of these fields that is not empty.
    pub subtitle: &'static [&'static str],
}

/// A way to call a record.
#[derive(Debug, Clone, Copy)]
pub enum Title {
    /// The fields, with a space between.
    Fields(&'static [&'static str]),
}

impl Kind {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether records of this kind are found, listed and offered to people as such.
    pub fn is_shown(&self) -> bool {
        !self.is_rule() && !matches!(self.name, "view" | "answer" | "decision" | "absence")
    }

    /// Whether its records say how the process is run. Those that every workspace begins with are made with the document.
    pub fn is_rule(&self) -> bool {
        matches!(self.name, "stage" | "criterion" | "routing_rule" | "reason" | "onboarding_step" | "policy")
    }
}

/// A field of a workspace's own, as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// The kind it belongs to.
    pub kind: String,
    /// Its name: `a-z`, `0-9`, `_`, starting with `x_`, so that no later version of ours takes it.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The name of its [`FieldType`].
    #[serde(rename = "type")]
    pub type_name: String,
    /// For a choice, its options.
    #[serde(default)]
    pub options: Vec<String>,
    /// It was set aside: not offered any more, its values are kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

impl CustomField {
    /// The declaration of a field, if it is a workspace's own.
    fn of(kind: &str, field: &Field) -> Option<Self> {
        let options = match &field.ty {
            FieldType::Choice(choice) => choice.options.iter().map(|option| option.name.clone()).collect(),
            _ => Vec::new(),
        };
        Some(Self {
            kind: kind.to_owned(),
            name: field.name.clone(),
            label: field.label.clone()?,
            type_name: field.ty.name().to_owned(),
            options,
            retired: field.retired,
        })
    }
}

/// Every kind with its fields, a workspace's own included.
#[derive(Debug, Clone)]
pub struct Schema {
    kinds: Vec<Kind>,
    stages: Vec<Stage>,
}

impl Default for Schema {
    fn default() -> Self {
        Self::standard()
    }
}

impl Schema {
    /// The schema every workspace starts with.
    pub fn standard() -> Self {
        Self { kinds: kinds::standard(), stages: stages::standard() }
    }

    /// The standard schema with a workspace's own fields. A field of an unknown kind or type (from a newer version) is
    /// left out here and kept in the document.
    pub fn with_custom(custom: &[CustomField]) -> Self {
        let mut schema = Self::standard();
        for field in custom {
            let Some(kind) = schema.kinds.iter_mut().find(|kind| kind.name == field.kind) else { continue };
            if kind.field(&field.name).is_none()
                && let Some(made) = Field::custom(field)
            {
                kind.fields.push(made);
            }
        }
        schema
    }

    /// The same with the stages that a workspace has. Without any (from a damaged file) those of the default stay.
    #[must_use]
    pub fn with_stages(mut self, stages: &[Stage]) -> Self {
        if stages.is_empty() {
            return self;
        }
        self.stages = stages::in_order(stages.to_vec());
        let field = self.kinds.iter_mut().find(|kind| kind.name == "opportunity");
        let field = field.and_then(|kind| kind.fields.iter_mut().find(|field| field.name == "stage"));
        if let Some(field) = field {
            field.ty = FieldType::Choice(stages::choice(&self.stages));
        }
        self
    }

    /// The stages of an opportunity in the order of the process, exits last, those that were set aside included.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The stage that opportunities hold as this key.
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// Whether a workspace has declared the same as that of another schema: its own fields and its stages.
    pub fn declares_same(&self, other: &Self) -> bool {
        self.stages == other.stages && self.custom_fields() == other.custom_fields()
    }

    /// The declarations of the workspace's own fields: what [`Schema::with_custom`] made this schema from.
    pub fn custom_fields(&self) -> Vec<CustomField> {
        let fields = self.kinds.iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind.name, field)));
        fields.filter_map(|(kind, field)| CustomField::of(kind, field)).collect()
    }

    /// Every kind, in the order to show them.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind of this name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The field of this name of the kind of this name.
    pub fn field(&self, kind: &str, name: &str) -> Option<&Field> {
        self.kind(kind)?.field(name)
    }

    /// What to call a record of `kind` with these values: its title fields, or empty where there are none.
    pub fn title(&self, kind: &str, values: &BTreeMap<String, crate::Value>) -> String {
        let Some(kind) = self.kind(kind) else { return String::new() };
        for Title::Fields(names) in kind.title {
            let parts: Vec<&str> = names
                .iter()
                .filter_map(|name| values.get(*name)?.as_text())
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            if !parts.is_empty() {
                return parts.join(" ");
            }
        }
        String::new()
    }
}

/// A text as it is compared with another: composed, lower case, umlauts written out, white space as one blank. Signs stay:
/// “C#” is not “C++”.
pub fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for word in crate::normalise::compose(text).split_whitespace() {
        if !spelled.is_empty() {
            spelled.push(' ');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            match written_out(c) {
                Some(letters) => spelled.push_str(letters),
                None => spelled.push(c),
            }
        }
    }
    spelled
}

/// An umlaut or ß in letters that every keyboard has.
fn written_out(c: char) -> Option<&'static str> {
    match c {
        'ä' => Some("ae"),
        'ö' => Some("oe"),
        'ü' => Some("ue"),
        'ß' => Some("ss"),
        _ => None,
    }
}

/// A name as headings and values are compared: lower case, letters and digits only, umlauts written out.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match written_out(c) {
            Some(letters) => folded.push_str(letters),
            None if c.is_alphanumeric() => folded.push(c),
            None => {}
        }
    }
    folded
}
