//! What a condition's field holds: the values that are compared, each as what it is.

use chrono::NaiveDate;

use super::subject::Subject;
use crate::facts::{Key, Opportunity, OwnValue, Text};

/// A value that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Never empty.
    Text(&'a str),
    Number(i64),
    /// Hundredths.
    Money(i64),
    Truth(bool),
    Day(NaiveDate),
    /// Milliseconds since 1970.
    Moment(i64),
    /// A record that is pointed to.
    Record(Key),
}

/// The fields that conditions may look at, beside a workspace's own, by whose they are.
pub const FIELDS: &[(&str, &[&str])] = &[
    (
        "opportunity",
        &[
            "name",
            "stage",
            "value",
            "currency",
            "close_date",
            "account",
            "owner",
            "product",
            "campaign",
            "parent",
            "next_step",
            "next_step_date",
            "type",
            "source",
            "opened_on",
            "exit_reason",
            "return_on",
            "renewal_on",
            "people",
        ],
    ),
    ("account", &["name", "industry", "country", "type", "employees", "annual_revenue", "owner"]),
    ("person", &["job_title", "seniority", "language", "role"]),
];

/// The kind and name of a field's path.
pub fn place(path: &str) -> (&str, &str) {
    match path.split_once('.') {
        Some(("account", name)) => ("account", name),
        Some(("person", name)) => ("person", name),
        _ => ("opportunity", path),
    }
}

/// What a field holds: nothing where it is empty, several where it is a set or several people are meant. `None`: the path is of
/// no field.
pub(super) fn found<'a>(subject: Subject<'a>, path: &str) -> Option<Vec<Found<'a>>> {
    let mut values = Vec::new();
    let is_known = match place(path) {
        ("account", name) => of_account(subject, name, &mut values),
        ("person", name) => of_people(subject, name, &mut values),
        (_, name) => of_opportunity(subject.opportunity(), name, &mut values),
    };
    is_known.then_some(values)
}

type Values<'a> = Vec<Found<'a>>;

fn of_opportunity<'a>(opportunity: &'a Opportunity, name: &str, values: &mut Values<'a>) -> bool {
    let one = match name {
        "name" => text(&opportunity.name),
        "stage" => text(&opportunity.stage),
        "value" => opportunity.value.map(Found::Money),
        "currency" => text(&opportunity.currency),
        "close_date" => opportunity.close_date.map(Found::Day),
        "account" => opportunity.account.map(Found::Record),
        "owner" => opportunity.owner.map(Found::Record),
        "product" => opportunity.product.map(Found::Record),
        "campaign" => opportunity.campaign.map(Found::Record),
        "parent" => opportunity.parent.map(Found::Record),
        "next_step" => text(&opportunity.next_step),
        "next_step_date" => opportunity.next_step_date.map(Found::Day),
        "type" => text(&opportunity.purchase),
        "source" => text(&opportunity.source),
        "opened_on" => opportunity.opened_on.map(Found::Day),
        "exit_reason" => text(&opportunity.exit_reason),
        "return_on" => opportunity.return_on.map(Found::Day),
        "renewal_on" => opportunity.renewal_on.map(Found::Day),
        "people" => {
            values.extend(opportunity.people.iter().map(|(key, _)| Found::Record(*key)));
            None
        }
        own => return own_field(&opportunity.own_fields, own, values),
    };
    values.extend(one);
    true
}

fn of_account<'a>(subject: Subject<'a>, name: &str, values: &mut Values<'a>) -> bool {
    let Some(account) = subject.account() else {
        return is_field("account", name);
    };
    let one = match name {
        "name" => text(&account.name),
        "industry" => text(&account.industry),
        "country" => text(&account.country),
        "type" => text(&account.relation),
        "employees" => account.employees.map(Found::Number),
        "annual_revenue" => account.annual_revenue.map(Found::Money),
        "owner" => account.owner.map(Found::Record),
        own => return own_field(&account.own_fields, own, values),
    };
    values.extend(one);
    true
}

fn of_people<'a>(subject: Subject<'a>, name: &str, values: &mut Values<'a>) -> bool {
    for (key, role) in &subject.opportunity().people {
        let Some(person) = subject.person(*key) else { continue };
        let one = match name {
            "job_title" => text(&person.job_title),
            "seniority" => text(&person.seniority),
            "language" => text(&person.language),
            "role" => text(role),
            own => {
                own_field(&person.own_fields, own, values);
                None
            }
        };
        values.extend(one);
    }
    is_field("person", name)
}

/// Whether a kind has a field of this name that conditions may look at. Of a workspace's own, only how they are called is known
/// here.
pub fn is_field(kind: &str, name: &str) -> bool {
    is_own(name) || FIELDS.iter().any(|(known, fields)| *known == kind && fields.contains(&name))
}

fn is_own(name: &str) -> bool {
    name.starts_with("x_")
}

fn text(text: &str) -> Option<Found<'_>> {
    (!text.is_empty()).then_some(Found::Text(text))
}

/// A workspace's own field; whether the name is of one.
fn own_field<'a>(fields: &'a [(Text, OwnValue)], name: &str, values: &mut Values<'a>) -> bool {
    let value = fields.iter().find(|(known, _)| &**known == name).map(|(_, value)| value);
    match value {
        None => {}
        Some(OwnValue::Text(one)) => values.extend(text(one)),
        Some(OwnValue::Number(number)) => values.push(Found::Number(*number)),
        Some(OwnValue::Money(hundredths)) => values.push(Found::Money(*hundredths)),
        Some(OwnValue::Truth(yes)) => values.push(Found::Truth(*yes)),
        Some(OwnValue::Day(day)) => values.push(Found::Day(*day)),
        Some(OwnValue::Moment(at_ms)) => values.push(Found::Moment(*at_ms)),
        Some(OwnValue::Set(elements)) => values.extend(elements.iter().filter_map(|one| text(one))),
    }
    is_own(name)
}
