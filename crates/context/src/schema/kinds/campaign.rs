//! What marketing does to be heard.

use super::{OWNERS, description, external_id, owner, tags};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title, choices};

pub(super) fn campaign() -> Kind {
    Kind {
        name: "campaign",
        title: &[Title::Fields(&["name"])],
        aliases: &["campaign", "campaigns", "kampagne", "kampagnen"],
        subtitle: &["type", "status"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&[
                "name",
                "campaignname",
                "campaign",
                "kampagne",
                "kampagnenname",
                "title",
            ]),
            field("type", choices::campaign_type()).listed().indexed().alias(&[
                "type",
                "campaigntype",
                "typ",
                "art",
                "channel",
                "kanal",
            ]),
            field("status", choices::campaign_status()).listed().indexed().alias(&["status", "campaignstatus"]),
            field("start_date", T::Date).listed().indexed().alias(&[
                "startdate",
                "start",
                "beginn",
                "startdatum",
                "von",
            ]),
            field("end_date", T::Date).listed().indexed().alias(&["enddate", "end", "ende", "enddatum", "bis"]),
            field("budget", T::Money).listed().alias(&["budget", "budgetedcost", "budgetedcostincampaign"]),
            field("cost", T::Money).listed().alias(&["cost", "actualcost", "kosten", "spend", "ausgaben"]),
            field("currency", T::Currency).alias(&["currency", "waehrung", "currencyisocode"]),
            owner(OWNERS),
            tags(),
            description(&["description", "beschreibung", "notes"]),
            external_id(&["id", "campaignid", "recordid", "externalid", "utmcampaign"]),
        ],
    }
}
