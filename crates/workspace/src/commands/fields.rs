//! A workspace's own fields.

use tandem_context::{ContextError, CustomField, Edit, Schema};

use crate::api::{ApiError, DefineField};
use crate::engine::{Committed, Engine};

/// Own fields that a workspace may have.
const FIELDS_MAX: usize = 200;
const NAME_MAX: usize = 60;

pub(crate) fn define_field(engine: &mut Engine, asked: &DefineField) -> Result<Committed, ApiError> {
    let field = declared(engine.schema(), asked)?;
    let note = engine.note("field", Some(&field.label));
    engine.act(&[Edit::Define(field)], note)
}

/// The declaration that was asked for, checked.
pub(crate) fn declared(schema: &Schema, asked: &DefineField) -> Result<CustomField, ApiError> {
    let kind = schema.kind(&asked.kind).ok_or_else(|| ContextError::UnknownKind(asked.kind.clone()))?;
    let label = asked.label.trim();
    if label.is_empty() {
        return Err(ApiError::new("invalid_value", "a field needs a name"));
    }
    if kind.fields.iter().filter(|field| field.is_custom()).count() >= FIELDS_MAX {
        return Err(ApiError::new("too_many", format!("a {} has at most {FIELDS_MAX} fields of your own", kind.name)));
    }
    let name = name_of(asked.name.as_deref().unwrap_or(label));
    if kind.field(&name).is_some() {
        return Err(ApiError::new("exists", format!("{} has a field “{label}” already", kind.name)));
    }
    let field = CustomField {
        kind: kind.name.to_owned(),
        name,
        label: label.to_owned(),
        type_name: asked.r#type.clone(),
        options: asked
            .options
            .iter()
            .map(|option| option.trim().to_owned())
            .filter(|option| !option.is_empty())
            .collect(),
    };
    if Schema::with_custom(std::slice::from_ref(&field)).field(kind.name, &field.name).is_none() {
        return Err(ApiError::new("invalid_value", format!("there is no type of field called “{}”", asked.r#type)));
    }
    Ok(field)
}

/// `x_` and the label's letters and digits, so that no later version's field has the same name.
fn name_of(label: &str) -> String {
    let folded: String = label
        .trim()
        .trim_start_matches("x_")
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(NAME_MAX)
        .collect();
    let name = folded.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    // A label without a single Latin letter still needs a name.
    let name =
        if name.is_empty() { tandem_sync::hex::hex(&blake3::hash(label.as_bytes()).as_bytes()[..4]) } else { name };
    format!("x_{name}")
}
