//! What is particular to a kind: how it is known by name, and what it gets where a row says nothing.

use std::collections::BTreeMap;

use tandem_context::{Remark, Schema, Value};

use crate::names::split_person;
use crate::sentences::{LACKS_FIELDS, NAMELESS};

/// By what name a row finds the record it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// The title alone: there is one company, product, campaign, member or page of a name.
    Title,
    /// The title within one account: people share names.
    TitleAndAccount,
    /// Never: two deals or two calls may well be called the same.
    Nothing,
}

pub(super) fn named_by(kind: &str) -> NamedBy {
    match kind {
        "person" => NamedBy::TitleAndAccount,
        "opportunity" | "activity" => NamedBy::Nothing,
        _ => NamedBy::Title,
    }
}

/// What a record of this name begins with, when nothing but the name is known.
pub(super) fn from_name(kind: &str, schema: &Schema, name: &str) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    if kind == "person" {
        let (first, last) = split_person(name);
        fields.extend(first.map(|first| ("first_name".to_owned(), Value::text(first))));
        fields.insert("last_name".to_owned(), Value::text(last));
    } else {
        let title = ["name", "title", "subject"].into_iter().find(|field| schema.field(kind, field).is_some());
        fields.extend(title.map(|field| (field.to_owned(), Value::text(name))));
    }
    complete(kind, &mut fields, None);
    fields
}

/// Fills in what a new record of the kind needs and the row does not say. `composed`: what an opportunity without a name is
/// called.
pub(super) fn complete(kind: &str, fields: &mut BTreeMap<String, Value>, composed: Option<String>) {
    let mut default = |field: &str, value: Option<String>| {
        if let (false, Some(value)) = (fields.contains_key(field), value) {
            fields.insert(field.to_owned(), Value::text(value));
        }
    };
    match kind {
        "opportunity" => {
            default("stage", Some("new".to_owned()));
            default("name", composed);
        }
        "activity" => default("type", Some("note".to_owned())),
        "account" => {
            let domain = fields.get("domain").and_then(Value::as_text).map(str::to_owned);
            if let (false, Some(domain)) = (fields.contains_key("name"), domain) {
                fields.insert("name".to_owned(), Value::text(domain));
            }
        }
        "member" => {
            let email = fields.get("email").and_then(Value::as_text).map(str::to_owned);
            if let (false, Some(email)) = (fields.contains_key("name"), email) {
                fields.insert("name".to_owned(), Value::text(email));
            }
        }
        _ => {}
    }
}

/// What a new record lacks.
pub(super) fn missing(kind: &str, schema: &Schema, fields: &BTreeMap<String, Value>) -> Option<Remark> {
    if kind == "person" && schema.title(kind, fields).is_empty() {
        return Some(NAMELESS.say());
    }
    let required = schema.kind(kind)?.fields.iter().filter(|field| field.required);
    let lacking: Vec<&str> =
        required.filter(|field| !fields.contains_key(&field.name)).map(|field| field.name.as_str()).collect();
    (!lacking.is_empty()).then(|| LACKS_FIELDS.say().list("fields", lacking).text("kind", kind))
}
