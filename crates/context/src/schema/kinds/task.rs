//! What somebody has to do, promised, or should worry about.

use super::{OWNERS, description, external_id, owner};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn task() -> Kind {
    Kind {
        name: "task",
        title: &[Title::Fields(&["name"])],
        aliases: &["task", "todo", "todos", "aufgabe", "aufgaben", "promises", "zusagen"],
        subtitle: &["type", "due_on"],
        fields: vec![
            field("name", T::Line)
                .required()
                .listed()
                .indexed()
                .searched()
                .alias(&["name", "subject", "betreff", "aufgabe"]),
            field("type", choices::task_type()).listed().indexed().alias(&["type", "typ"]),
            field("opportunity", T::Link("opportunity")).listed().indexed().alias(&["opportunity", "deal"]),
            field("account", T::Link("account")).listed().indexed().alias(&["account", "company", "firma"]),
            field("person", T::Link("person")).listed().indexed().alias(&["person", "contact", "kontakt"]),
            owner(OWNERS),
            field("due_on", T::Date).listed().indexed().alias(&["dueon", "duedate", "faellig", "faelligam"]),
            field("done_on", T::Date).listed().indexed().alias(&["doneon", "completedon", "erledigtam"]),
            field("step", T::Link("onboarding_step")).indexed(),
            description(&["description", "beschreibung", "notes"]),
            external_id(&["id", "taskid", "recordid", "externalid"]),
        ],
    }
}
