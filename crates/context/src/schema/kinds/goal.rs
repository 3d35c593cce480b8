//! What revenue is aimed at in a period; one for everybody.

use super::{OWNERS, description, owner};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title};

pub(super) fn goal() -> Kind {
    Kind {
        name: "goal",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &["from", "to"],
        fields: vec![
            field("name", T::Line).required().listed().searched(),
            field("from", T::Date).required().listed(),
            field("to", T::Date).required().listed(),
            field("amount", T::Money).required().listed(),
            field("currency", T::Currency).listed(),
            owner(OWNERS),
            description(&[]),
        ],
    }
}
