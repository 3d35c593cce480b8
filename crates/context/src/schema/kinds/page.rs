//! Business context in prose.

use super::{OWNERS, external_id, owner, tags};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn page() -> Kind {
    Kind {
        name: "page",
        title: &[Title::Fields(&["name"])],
        aliases: &["page", "pages", "seite", "seiten", "document", "documents", "dokumente"],
        subtitle: &["type"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&["title", "titel", "name"]),
            field("type", choices::page_type()).listed().indexed().alias(&["type", "typ", "art"]),
            owner(OWNERS),
            tags(),
            field("body", T::Text).searched().alias(&["body", "text", "content", "inhalt"]),
            external_id(&["id", "pageid", "externalid"]),
        ],
    }
}
