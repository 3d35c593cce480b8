//! The stages an opportunity goes through: what each is called, whose it is, what must be true to enter it, how long one may rest there.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn stage() -> Kind {
    Kind {
        name: "stage",
        title: &[Title::Fields(&["name"]), Title::Fields(&["key"])],
        aliases: &[],
        subtitle: &["phase", "team"],
        fields: vec![
            field("key", T::Line).required().internal(),
            field("name", T::Line).required().listed(),
            field("phase", choices::phase()).required().listed(),
            field("team", choices::team()).listed(),
            field("rank", T::Integer).listed(),
            // Conditions as JSON; see `tandem_revops::Conditions`.
            field("entry", T::Prose).listed(),
            field("rest_days", T::Integer).listed(),
        ],
    }
}
