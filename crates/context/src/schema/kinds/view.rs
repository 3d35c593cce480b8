//! Saved views of lists.

use super::owner;
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title};

/// A saved view of a list: `query` is the interface's own JSON.
pub(super) fn view() -> Kind {
    Kind {
        name: "view",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &[],
        fields: vec![
            field("name", T::Line).required().listed(),
            field("kind", T::Line).required().indexed(),
            field("query", T::Prose).required(),
            field("rank", T::Line),
            owner(&[]),
        ],
    }
}
