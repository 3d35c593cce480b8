//! What was decided about an opportunity between the teams: offered, accepted, returned, claimed, a rule overridden.
//! Only ever added.

use super::{OWNERS, owner};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn decision() -> Kind {
    Kind {
        name: "decision",
        title: &[Title::Fields(&["type"])],
        aliases: &[],
        subtitle: &["evidence"],
        fields: vec![
            field("type", choices::decision_type()).required().listed().indexed(),
            field("opportunity", T::Link("opportunity")).required().listed().indexed(),
            // Whom it concerns: offered to, accepted by.
            field("member", T::Link("member")).listed().indexed(),
            field("stage", T::Line).listed(),
            field("reason", T::Link("reason")).listed().indexed(),
            field("criterion", T::Link("criterion")).listed().indexed(),
            // Of an override: what was overridden; see `tandem_revops::gate::Rule::sort`.
            field("rules", T::Tags).listed(),
            field("evidence", T::Prose).listed(),
            field("score", T::Integer).listed(),
            field("at", T::Instant).required().listed().indexed(),
            owner(OWNERS),
        ],
    }
}
