//! When a member is away: their clocks stand still and no lead is routed to them.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title};

pub(super) fn absence() -> Kind {
    Kind {
        name: "absence",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &["from", "to"],
        fields: vec![
            field("name", T::Line).required().listed(),
            field("member", T::Link("member")).required().listed().indexed(),
            field("from", T::Date).required().listed(),
            field("to", T::Date).required().listed(),
        ],
    }
}
