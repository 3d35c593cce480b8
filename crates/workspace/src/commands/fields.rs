//! A workspace's own fields.

use tandem_context::{ContextError, CustomField, Edit, Field, Schema, fold};

use crate::api::{ApiError, DefineField, RenameField, RenameWorkspace, RetireField};
use crate::engine::{Committed, Engine};
use crate::queries;
use crate::sentences::{FIELD_EXISTS, FIELD_WAS_REMOVED, NOT_A_FIELD_TYPE, TOO_MANY_FIELDS};

/// Own fields that a workspace may have.
const FIELDS_MAX: usize = 200;
const NAME_MAX: usize = 60;

pub(crate) fn define_field(engine: &mut Engine, asked: &DefineField) -> Result<Committed, ApiError> {
    let field = declared(engine.schema(), asked)?;
    let note = engine.note("field", Some(&field.label));
    engine.act(&[Edit::Define(field)], note)
}

/// Calls a field otherwise. Two names given without knowledge of each other: every device shows the same one of them.
pub(crate) fn rename_field(engine: &mut Engine, asked: &RenameField) -> Result<Committed, ApiError> {
    engine.load()?;
    let field = own_field(engine.schema(), &asked.kind, &asked.field)?;
    let before = field.label.clone().unwrap_or_default();
    let label = asked.label.trim().to_owned();
    if label.is_empty() {
        return Err(ApiError::new("missing_name", "a field needs a name"));
    }
    let kind = engine.schema().kind(&asked.kind);
    let same = |other: &&Field| {
        other.name != asked.field && !other.retired && other.label.as_ref().is_some_and(|it| fold(it) == fold(&label))
    };
    if kind.is_some_and(|kind| kind.fields.iter().any(|other| same(&other))) {
        return Err(ApiError::said("exists", &FIELD_EXISTS.of(&label).text("kind", &asked.kind)));
    }
    let note = engine.note("rename_field", Some(&format!("{before} → {label}")));
    engine.act(&[Edit::Label { kind: asked.kind.clone(), field: asked.field.clone(), label }], note)
}

/// Sets a field aside or takes it back.
pub(crate) fn retire_field(engine: &mut Engine, asked: &RetireField) -> Result<Committed, ApiError> {
    engine.load()?;
    let label = own_field(engine.schema(), &asked.kind, &asked.field)?.label.clone();
    let action = if asked.retired { "retire_field" } else { "restore_field" };
    let note = engine.note(action, label.as_deref());
    let edit = Edit::Retire { kind: asked.kind.clone(), field: asked.field.clone(), retired: asked.retired };
    engine.act(&[edit], note)
}

/// Calls the workspace otherwise.
pub(crate) fn rename_workspace(engine: &mut Engine, asked: &RenameWorkspace) -> Result<Committed, ApiError> {
    let name = asked.name.trim();
    if name.is_empty() {
        return Err(ApiError::new("missing_name", "the workspace needs a name"));
    }
    let before = engine.setting("name")?.unwrap_or_default();
    let note = engine.note("rename_workspace", Some(&format!("{before} → {name}")));
    engine.act(&[Edit::Meta { key: "name".to_owned(), value: name.to_owned() }], note)
}

fn own_field<'a>(schema: &'a Schema, kind: &str, field: &str) -> Result<&'a Field, ApiError> {
    let known = schema.kind(kind).ok_or_else(|| ContextError::UnknownKind(kind.to_owned()))?;
    known.field(field).filter(|field| field.is_custom()).ok_or_else(|| queries::unknown_field(kind, field))
}

/// The declaration that was asked for, checked.
pub(crate) fn declared(schema: &Schema, asked: &DefineField) -> Result<CustomField, ApiError> {
    let kind = schema.kind(&asked.kind).ok_or_else(|| ContextError::UnknownKind(asked.kind.clone()))?;
    let label = asked.label.trim();
    if label.is_empty() {
        return Err(ApiError::new("missing_name", "a field needs a name"));
    }
    if kind.fields.iter().filter(|field| field.is_custom()).count() >= FIELDS_MAX {
        return Err(ApiError::said(
            "too_many",
            &TOO_MANY_FIELDS.say().text("kind", kind.name).number("most", FIELDS_MAX),
        ));
    }
    let name = name_of(asked.name.as_deref().unwrap_or(label));
    if let Some(there) = kind.field(&name) {
        let said = if there.retired { FIELD_WAS_REMOVED } else { FIELD_EXISTS };
        return Err(ApiError::said("exists", &said.of(label).text("kind", kind.name)));
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
        retired: false,
    };
    if Schema::with_custom(std::slice::from_ref(&field)).field(kind.name, &field.name).is_none() {
        return Err(ApiError::said("invalid_value", &NOT_A_FIELD_TYPE.of(&asked.r#type)));
    }
    Ok(field)
}

/// `x_` and the label's letters and digits, so that no later version's field has the same name.
pub(super) fn name_of(label: &str) -> String {
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
