//! What is done with every customer once they are won.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn onboarding_step() -> Kind {
    Kind {
        name: "onboarding_step",
        title: &[Title::Fields(&["name"]), Title::Fields(&["key"])],
        aliases: &[],
        subtitle: &["team"],
        fields: vec![
            field("key", T::Line).internal(),
            field("name", T::Line).required().listed(),
            field("team", choices::team()).listed(),
            field("due_days", T::Integer).listed(),
            field("rank", T::Integer).listed(),
            field("active", T::Boolean).listed(),
        ],
    }
}
