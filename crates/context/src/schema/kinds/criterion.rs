//! The questions that decide whether a lead is ready for sales.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn criterion() -> Kind {
    Kind {
        name: "criterion",
        title: &[Title::Fields(&["name"]), Title::Fields(&["key"])],
        aliases: &[],
        subtitle: &["family", "question"],
        fields: vec![
            field("key", T::Line).internal(),
            field("name", T::Line).required().listed(),
            field("question", T::Line).listed(),
            field("family", choices::family()).required().listed(),
            field("weight", T::Integer).required().listed(),
            field("required", T::Boolean).listed(),
            field("fresh_days", T::Integer).listed(),
            // Conditions as JSON: the rule that answers it. Empty: answered by hand.
            field("rule", T::Prose).listed(),
            field("active", T::Boolean).listed(),
            field("rank", T::Integer),
        ],
    }
}
