//! What a field holds, and its form in JSON.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::normalise::sentences::{TAKES_LIST, TAKES_NO_OBJECT, TAKES_ONE};
use crate::schema::{Field, FieldType};
use crate::{Conventions, InvalidValue, normalise};

/// A field's value. Which field types use which form: texts, days, instants, links and the like are `Text`; whole
/// numbers and money (in hundredths) are `Integer`; sets are `Set`, element → role (empty but for [`FieldType::Roles`]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Any text-like type.
    Text(String),
    /// A whole number, or money in hundredths.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// Elements, each with its role where the type has roles.
    Set(BTreeMap<String, String>),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A set without roles.
    pub fn set<T: Into<String>>(elements: impl IntoIterator<Item = T>) -> Self {
        Self::Set(elements.into_iter().map(|element| (element.into(), String::new())).collect())
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The form in JSON. Links and roles come out as plain ids; who has a read model replaces them by `{id, title}`.
    pub fn to_json(&self, ty: &FieldType) -> Json {
        match self {
            Self::Text(text) => Json::String(text.clone()),
            Self::Boolean(yes) => Json::Bool(*yes),
            Self::Integer(number) if *ty == FieldType::Money => money_to_json(*number),
            Self::Integer(number) => Json::from(*number),
            Self::Set(elements) if matches!(ty, FieldType::Roles(_)) => {
                elements.iter().map(|(id, role)| serde_json::json!({ "id": id, "role": role })).collect()
            }
            Self::Set(elements) => elements.keys().map(String::as_str).collect(),
        }
    }

    /// Reads the JSON that a caller gave for `field`, normalised. `null`, an empty text and an empty list are `None`.
    ///
    /// # Errors
    /// In the user's words, when the value is not one the field can hold.
    pub fn from_json(field: &Field, json: &Json) -> Result<Option<Self>, InvalidValue> {
        match json {
            Json::Null => Ok(None),
            Json::Array(elements) => Self::set_from_json(field, elements),
            Json::Object(object) => match object.get("id") {
                Some(Json::String(_)) if matches!(field.ty, FieldType::Roles(_)) => {
                    Self::set_from_json(field, std::slice::from_ref(json))
                }
                Some(Json::String(id)) => Self::from_text(field, id),
                _ => Err(InvalidValue::new(&field.name, TAKES_NO_OBJECT.say())),
            },
            Json::Bool(yes) if field.ty == FieldType::Boolean => Ok(Some(Self::Boolean(*yes))),
            Json::Bool(yes) => Self::from_text(field, if *yes { "true" } else { "false" }),
            // serde_json prints numbers with a point, whatever the conventions of the text around them.
            Json::Number(number) => Self::from_text(field, &number.to_string()),
            Json::String(text) => Self::from_text(field, text),
        }
    }

    fn from_text(field: &Field, text: &str) -> Result<Option<Self>, InvalidValue> {
        // Several lines keep their white space: somebody may be in the middle of writing.
        if matches!(field.ty, FieldType::Prose | FieldType::Text) {
            return Ok((!text.is_empty()).then(|| Self::text(text)));
        }
        if text.trim().is_empty() {
            return Ok(None);
        }
        normalise(field, text, &Conventions::ISO).map(|normalised| Some(normalised.value))
    }

    fn set_from_json(field: &Field, elements: &[Json]) -> Result<Option<Self>, InvalidValue> {
        let mut set = BTreeMap::new();
        for element in elements {
            let (text, role) = match element {
                Json::String(text) => (text.as_str(), ""),
                Json::Object(object) => (
                    object.get("id").and_then(Json::as_str).unwrap_or_default(),
                    object.get("role").and_then(Json::as_str).unwrap_or_default(),
                ),
                _ => return Err(InvalidValue::new(&field.name, TAKES_LIST.say())),
            };
            if let Some(Self::Set(made)) = Self::from_text(field, text)? {
                set.extend(made.into_keys().map(|key| (key, role.trim().to_owned())));
            } else if field.ty.merge() != crate::Merge::Set {
                return Err(InvalidValue::new(&field.name, TAKES_ONE.say()));
            }
        }
        Ok((!set.is_empty()).then_some(Self::Set(set)))
    }
}

/// Hundredths as a JSON number in major units: whole amounts without decimals.
fn money_to_json(hundredths: i64) -> Json {
    if hundredths % 100 == 0 {
        Json::from(hundredths / 100)
    } else {
        #[expect(clippy::cast_precision_loss, reason = "amounts beyond 2^53 hundredths are refused on the way in")]
        Json::from(hundredths as f64 / 100.0)
    }
}
