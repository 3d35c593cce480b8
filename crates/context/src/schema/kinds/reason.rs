//! Why a lead is given back, and the criterion that contradicts.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn reason() -> Kind {
    Kind {
        name: "reason",
        title: &[Title::Fields(&["name"]), Title::Fields(&["key"])],
        aliases: &[],
        subtitle: &["type"],
        fields: vec![
            field("key", T::Line).internal(),
            field("name", T::Line).required().listed(),
            field("type", choices::reason_type()).required().listed(),
            field("criterion", T::Link("criterion")).listed(),
            field("rank", T::Integer).listed(),
            field("active", T::Boolean).listed(),
        ],
    }
}
