//! The standard kinds and their fields: a file each, and what they share.

mod absence;
mod account;
mod activity;
mod answer;
mod campaign;
mod criterion;
mod decision;
mod goal;
mod member;
mod onboarding_step;
mod opportunity;
mod page;
mod person;
mod policy;
mod product;
mod reason;
mod routing_rule;
mod stage;
mod task;
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
        task::task(),
        goal::goal(),
        absence::absence(),
        answer::answer(),
        decision::decision(),
        stage::stage(),
        criterion::criterion(),
        routing_rule::routing_rule(),
        reason::reason(),
        onboarding_step::onboarding_step(),
        policy::policy(),
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
