//! Who reads and writes the workspace: people and agents.

use super::external_id;
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn member() -> Kind {
    Kind {
        name: "member",
        title: &[Title::Fields(&["name"]), Title::Fields(&["email"])],
        aliases: &[
            "member",
            "members",
            "user",
            "users",
            "team",
            "teams",
            "salesteam",
            "salesteams",
            "owners",
            "mitglieder",
            "mitarbeiter",
            "benutzer",
        ],
        subtitle: &["team", "email", "region"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&[
                "name",
                "member",
                "user",
                "username",
                "fullname",
                "salesagent",
                "salesrep",
                "agent",
                "mitarbeiter",
                "benutzer",
                "ownername",
            ]),
            field("email", T::Email).listed().identifies().searched().alias(&[
                "email",
                "emailaddress",
                "mail",
                "emailadresse",
            ]),
            field("type", choices::member_type()).listed().indexed().alias(&["type", "typ"]),
            field("team", choices::team()).listed().indexed().alias(&["team", "abteilung", "department", "teams"]),
            field("job_title", T::Line).listed().alias(&["jobtitle", "title", "position", "role", "rolle", "funktion"]),
            field("manager", T::Link("member")).listed().indexed().alias(&[
                "manager",
                "managername",
                "vorgesetzter",
                "teamleiter",
                "reportsto",
            ]),
            field("region", T::Line).listed().indexed().searched().alias(&[
                "region",
                "regionaloffice",
                "territory",
                "gebiet",
                "office",
                "buero",
            ]),
            field("languages", T::Tags).alias(&["languages", "sprachen"]),
            field("time_zone", T::TimeZone).alias(&["timezone", "zeitzone", "timezonesidkey"]),
            field("phone", T::Phone).alias(&["phone", "telefon", "phonenumber"]),
            // Countries; none: everywhere.
            field("territories", T::Tags).alias(&["territories", "countries", "laender"]),
            // So many open leads and deals at once; none: any number.
            field("capacity", T::Integer).alias(&["capacity", "kapazitaet"]),
            // As in the policy, where they differ from it.
            field("work_days", T::Tags).alias(&["workdays", "arbeitstage"]),
            field("working_hours", T::Line).alias(&["workinghours", "arbeitszeit"]),
            field("holiday_region", T::Line).alias(&["holidayregion", "feiertagsregion"]),
            field("active", T::Boolean).alias(&["active", "isactive", "aktiv"]),
            field("owner", T::Link("member")).alias(&["owner"]),
            field("devices", T::Tags).internal(),
            external_id(&["id", "userid", "ownerid", "recordid", "externalid"]),
        ],
    }
}
