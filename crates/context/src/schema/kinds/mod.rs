//! The standard kinds and their fields: a file each, and what they share.

mod account;
mod activity;
mod campaign;
mod member;
mod opportunity;
mod page;
mod person;
mod product;
mod view;

use super::field::{FieldType as T, field};
use super::{Field, Kind, choices};

pub(super) fn standard() -> Vec<Kind> {
    vec![
        account::account(),
        person::person(),
        opportunity::opportunity(),
        activity::activity(),
        campaign::campaign(),
        product::product(),
        member::member(),
        page::page(),
        view::view(),
    ]
}

/// The ids that other tools give their records; a row with a known one updates the record.
fn external_id(aliases: &'static [&'static str]) -> Field {
    field("external_id", T::Line).alias(aliases).identifies().internal()
}

fn owner(aliases: &'static [&'static str]) -> Field {
    field("owner", T::Link("member")).alias(aliases).listed().indexed()
}

fn description(aliases: &'static [&'static str]) -> Field {
    field("description", T::Prose).alias(aliases).searched()
}

fn tags() -> Field {
    field("tags", T::Tags).alias(&["tags", "labels", "schlagworte", "topics"]).searched()
}

/// Where a lead came from.
fn source() -> Field {
    field("source", choices::source()).indexed().alias(&[
        "source",
        "leadsource",
        "originalsource",
        "quelle",
        "herkunft",
        "leadquelle",
    ])
}

const OWNERS: &[&str] = &[
    "owner",
    "inhaber",
    "zustaendig",
    "verantwortlich",
    "ownername",
    "hubspotowner",
    "ownerid",
    "contactowner",
    "companyowner",
    "accountowner",
    "dealowner",
    "opportunityowner",
    "leadowner",
    "salesagent",
    "salesrep",
    "sales",
    "assignedto",
    "besitzer",
    "betreuer",
];
