//! Values for fields: a handful for each type, so that devices often write the same one.

use std::collections::BTreeMap;

use tandem_context::{Field, FieldType, Kind, Merge, Value};

const WORDS: &[&str] = &["Acme", "Bergstrom & Söhne", "012", "Çelik 東京", "naïve 👋🏽 “quotes”"];

/// Ids of records by kind, for links.
pub(crate) type Known = BTreeMap<String, Vec<String>>;

fn pick<'a>(words: &[&'a str], number: u8) -> &'a str {
    words[usize::from(number) % words.len()]
}

/// A value that `field` can hold; `None` where it would link to a kind that has no record.
pub(crate) fn value_for(field: &Field, number: u8, known: &Known) -> Option<Value> {
    let text = |words: &[&str]| Some(Value::text(pick(words, number)));
    match &field.ty {
        FieldType::Line | FieldType::Prose | FieldType::Text => text(WORDS),
        FieldType::Integer => Some(Value::Integer(i64::from(number) - 2)),
        FieldType::Money => Some(Value::Integer(i64::from(number) * 12_345)),
        FieldType::Boolean => Some(Value::Boolean(number.is_multiple_of(2))),
        FieldType::Date => text(&["2027-01-31", "2027-02-28", "2028-02-29"]),
        FieldType::Instant => text(&["2027-01-31T09:00:00Z", "2027-02-28T10:30:00Z"]),
        FieldType::Email => text(&["ana@acme.example", "bo@bolt.example", "cem@celik.example"]),
        FieldType::Phone => text(&["+4930901820", "+33140205050", "+12025550123"]),
        FieldType::Domain => text(&["acme.example", "bolt.example", "celik.example"]),
        FieldType::Url => text(&["https://acme.example/", "https://bolt.example/a?b=c"]),
        FieldType::Country => text(&["DE", "FR", "US"]),
        FieldType::Currency => text(&["EUR", "USD", "CHF"]),
        FieldType::Language => text(&["de", "en", "tr"]),
        FieldType::TimeZone => text(&["Europe/Berlin", "America/New_York"]),
        FieldType::Choice(choice) => {
            let option = choice.options.get(usize::from(number) % choice.options.len().max(1))?;
            Some(Value::text(option.name.as_str()))
        }
        FieldType::Link(kind) => {
            let ids = known.get(*kind).filter(|ids| !ids.is_empty())?;
            Some(Value::text(ids[usize::from(number) % ids.len()].as_str()))
        }
        FieldType::Tags | FieldType::Emails | FieldType::Phones | FieldType::Roles(_) => {
            let count = 1 + number % 3;
            let elements = (0..count).filter_map(|more| element_for(field, number.wrapping_add(more), known));
            let set: BTreeMap<String, String> = elements.collect();
            (!set.is_empty()).then_some(Value::Set(set))
        }
    }
}

/// An element for a set, with its role; `None` where it would link to a kind that has no record.
pub(crate) fn element_for(field: &Field, number: u8, known: &Known) -> Option<(String, String)> {
    let text = |words: &[&str]| Some((pick(words, number).to_owned(), String::new()));
    match &field.ty {
        FieldType::Emails => text(&["info@acme.example", "sales@acme.example", "hello@bolt.example"]),
        FieldType::Phones => text(&["+4930901821", "+4930901822", "+4930901823"]),
        FieldType::Roles(kind) => {
            let ids = known.get(*kind).filter(|ids| !ids.is_empty())?;
            let role = pick(&["", "champion", "decision_maker"], number / 2);
            Some((ids[usize::from(number) % ids.len()].clone(), role.to_owned()))
        }
        _ => text(&["fair", "newsletter", "a/b test", "VIP"]),
    }
}

/// The first values of a record of this kind: what it needs and a few more.
pub(crate) fn first_values(kind: &Kind, number: u8, known: &Known) -> BTreeMap<String, Value> {
    let wanted = |at: usize, field: &Field| {
        field.required || (at + usize::from(number)).is_multiple_of(3) || field.ty.merge() == Merge::Text
    };
    kind.fields
        .iter()
        .enumerate()
        .filter(|(at, field)| wanted(*at, field))
        .filter_map(|(_, field)| Some((field.name.clone(), value_for(field, number, known)?)))
        .collect()
}
