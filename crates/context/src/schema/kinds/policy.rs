//! How the process is run: thresholds, clocks, working hours. One record, made with the workspace.

use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn policy() -> Kind {
    Kind {
        name: "policy",
        title: &[Title::Fields(&["name"])],
        aliases: &[],
        subtitle: &[],
        fields: vec![
            field("name", T::Line).required(),
            field("score_min", T::Integer).listed(),
            field("confidence_min", T::Integer).listed(),
            field("routing", choices::routing_mode()).listed(),
            field("prior_strength", T::Integer).listed(),
            field("touch_hours", T::Integer).listed(),
            field("accept_hours", T::Integer).listed(),
            field("due_soon_hours", T::Integer).listed(),
            field("contact_days", T::Integer).listed(),
            field("renewal_days", T::Integer).listed(),
            field("attribution", choices::attribution()).listed(),
            field("time_zone", T::TimeZone).listed(),
            field("work_days", T::Tags).listed(),
            field("working_hours", T::Line).listed(),
            field("holiday_region", T::Line).listed(),
        ],
    }
}
