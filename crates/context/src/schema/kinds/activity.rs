//! What happened: forms, calls, meetings, notes.

use super::{OWNERS, external_id, owner};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn activity() -> Kind {
    Kind {
        name: "activity",
        title: &[Title::Fields(&["subject"]), Title::Fields(&["type"])],
        aliases: &[
            "activity",
            "activities",
            "aktivitaet",
            "aktivitaeten",
            "calls",
            "meetings",
            "tasks",
            "engagements",
            "notes",
        ],
        subtitle: &["type", "account", "at"],
        fields: vec![
            field("type", choices::activity_type()).required().listed().indexed().alias(&[
                "type",
                "typ",
                "activitytype",
                "engagementtype",
                "tasksubtype",
                "art",
            ]),
            field("subject", T::Line).listed().searched().alias(&[
                "subject",
                "betreff",
                "title",
                "titel",
                "name",
                "calltitle",
                "meetingname",
            ]),
            field("at", T::Instant).required().listed().indexed().alias(&[
                "at",
                "date",
                "activitydate",
                "datum",
                "zeitpunkt",
                "startdatetime",
                "duedate",
                "timestamp",
                "createdate",
            ]),
            field("direction", choices::direction()).listed().alias(&["direction", "richtung", "calldirection"]),
            field("account", T::Link("account")).listed().indexed().alias(&[
                "account",
                "company",
                "accountname",
                "companyname",
                "firma",
                "relatedto",
            ]),
            field("person", T::Link("person")).listed().indexed().alias(&[
                "person",
                "contact",
                "kontakt",
                "contactname",
                "who",
                "email",
            ]),
            field("opportunity", T::Link("opportunity")).indexed().alias(&[
                "opportunity",
                "deal",
                "dealname",
                "opportunityname",
            ]),
            field("campaign", T::Link("campaign")).indexed().alias(&["campaign", "kampagne"]),
            owner(OWNERS),
            field("duration_minutes", T::Integer).alias(&["durationminutes", "duration", "dauer", "dauerinminuten"]),
            field("outcome", T::Line).alias(&["outcome", "ergebnis", "calloutcome", "calldisposition", "result"]),
            field("body", T::Prose).searched().alias(&[
                "body",
                "comments",
                "notes",
                "text",
                "inhalt",
                "notebody",
                "callnotes",
                "description",
                "beschreibung",
            ]),
            external_id(&["id", "activityid", "taskid", "recordid", "externalid"]),
        ],
    }
}
