//! Answers to the gate's questions. Only ever added: the newest stands.

use super::{OWNERS, owner};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn answer() -> Kind {
    Kind {
        name: "answer",
        title: &[Title::Fields(&["verdict"])],
        aliases: &[],
        subtitle: &["evidence"],
        fields: vec![
            field("opportunity", T::Link("opportunity")).required().listed().indexed(),
            field("criterion", T::Link("criterion")).required().listed().indexed(),
            field("verdict", choices::verdict()).required().listed(),
            field("evidence", T::Prose).listed(),
            field("at", T::Instant).required().listed(),
            owner(OWNERS),
        ],
    }
}
