//! Which pool of reps a lead goes to: the first rule whose conditions hold.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn routing_rule() -> Kind {
    Kind {
        name: "routing_rule",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &["team", "region"],
        fields: vec![
            field("key", T::Line).internal(),
            field("name", T::Line).required().listed(),
            field("rank", T::Integer).listed(),
            // Conditions as JSON; empty: every lead.
            field("when", T::Prose).listed(),
            field("team", choices::team()).listed(),
            field("region", T::Line).listed(),
            field("members", T::Roles("member")).listed(),
            field("active", T::Boolean).listed(),
        ],
    }
}
