//! What goes out comes back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tandem_context::{Conventions, Field, FieldType, Kind, Schema, Value, normalise};

use super::memory::Memory;
use crate::{ExportRecord, Table, to_csv};

const KINDS: &[&str] = &["account", "person", "opportunity", "activity", "campaign", "product", "member", "page"];

/// Values that a field may hold: whatever it takes of some texts.
fn value(field: &Field) -> BoxedStrategy<Option<Value>> {
    let texts: BoxedStrategy<String> = match &field.ty {
        FieldType::Line => prop_oneof!["[='+@-]{0,2}[a-zA-Zäöü\",;|' ]{1,12}", any::<String>()].boxed(),
        FieldType::Prose | FieldType::Text => "[='+@-]{0,2}[a-zß\",;\n\t' ]{1,20}".boxed(),
        FieldType::Tags => "[='@-]?[a-z]{1,5}(;[a-z =-]{1,5}){0,3}".boxed(),
        FieldType::Integer => "-?[0-9]{1,9}".boxed(),
        FieldType::Money => "-?[0-9]{1,9}(\\.[0-9]{1,2})?".boxed(),
        FieldType::Boolean => prop_oneof![Just("yes".to_owned()), Just("no".to_owned())].boxed(),
        FieldType::Date => {
            (1990..2040_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).boxed()
        }
        FieldType::Instant => (1990..2040_i32, 1..=12_u32, 0..1_000_u32)
            .prop_map(|(y, m, ms)| format!("{y}-{m:02}-05T10:11:12.{ms:03}Z"))
            .boxed(),
        FieldType::Email => "[a-z=+'-]{1,8}@[a-z]{1,8}\\.example".boxed(),
        FieldType::Emails => "[a-z]{1,8}@[a-z]{1,8}\\.(com|de)(;[a-z]{1,8}@b\\.de)?".boxed(),
        // A number without a prefix would be read by the row's country the next time.
        FieldType::Phone => {
            prop_oneof!["\\+49 ?30 ?[0-9]{6,8}( x[0-9]{2})?", "1-800-[A-Z]{3,7}", "-[0-9]{2} ?[A-Z]{3}"].boxed()
        }
        FieldType::Phones => "\\+4930[0-9]{6}( x12)?(;\\+4144[0-9]{7})?".boxed(),
        FieldType::Domain => "[a-zü]{2,9}\\.(com|de)".boxed(),
        FieldType::Url => "https://[a-z]{2,9}\\.com/[a-z=,;]{0,5}".boxed(),
        FieldType::Country => prop::sample::select(vec!["DE", "US", "KR"]).prop_map(str::to_owned).boxed(),
        FieldType::Currency => prop::sample::select(vec!["EUR", "CHF"]).prop_map(str::to_owned).boxed(),
        FieldType::Language => prop::sample::select(vec!["de", "en"]).prop_map(str::to_owned).boxed(),
        FieldType::TimeZone => Just("Europe/Berlin".to_owned()).boxed(),
        FieldType::Choice(choice) => {
            prop::sample::select(choice.options.iter().map(|o| o.name.clone()).collect::<Vec<_>>()).boxed()
        }
        // Links are tested where there is something to point to.
        FieldType::Link(_) | FieldType::Roles(_) => return Just(None).boxed(),
    };
    let field = field.clone();
    let read = move |text: String| normalise(&field, &text, &Conventions::ISO).ok().map(|made| made.value);
    prop_oneof![1 => Just(None), 3 => texts.prop_map(read)].boxed()
}

fn record(kind: &Kind) -> BoxedStrategy<BTreeMap<String, Value>> {
    let fields: Vec<Field> =
        kind.fields.iter().filter(|field| !field.by_doing && (!field.internal || field.identifies)).cloned().collect();
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    let values: Vec<_> = fields.iter().map(value).collect();
    values
        .prop_map(move |values| {
            names.iter().cloned().zip(values).filter_map(|(name, value)| Some((name, value?))).collect()
        })
        .boxed()
}

/// What stands for nothing in a cell cannot come back, and a person's other address may be promoted.
fn is_plain(kind: &str, schema: &Schema, fields: &BTreeMap<String, Value>) -> bool {
    let words = ["n/a", "#n/a", "null", "k.a."];
    let means_something = |value: &Value| {
        value.as_text().is_none_or(|text| !words.contains(&text.to_lowercase().as_str()) && text != "-")
    };
    let is_complete =
        schema.kind(kind).unwrap().fields.iter().all(|field| !field.required || fields.contains_key(&field.name));
    let has_email = fields.contains_key("email") || !fields.contains_key("other_emails");
    let is_named = kind != "person" || !schema.title(kind, fields).is_empty();
    is_complete && has_email && is_named && fields.values().all(means_something)
}

fn any_record() -> impl Strategy<Value = (&'static str, BTreeMap<String, Value>)> {
    let schema = Schema::standard();
    prop::sample::select(KINDS.to_vec()).prop_flat_map(move |kind| (Just(kind), record(schema.kind(kind).unwrap())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_imports_as_it_was((kind, fields) in any_record()) {
        let schema = Schema::standard();
        prop_assume!(is_plain(kind, &schema, &fields));
        let id = "0192f3a4-0000-7000-8000-000000000001";
        let text = to_csv(&schema, kind, [ExportRecord { id, fields: &fields }], &|_, _| None);
        let plan = Memory::default().plan_as(&text, "export.csv", Some(kind), &[]);
        prop_assert_eq!(&plan.skipped, &vec![], "{}", text);
        prop_assert_eq!(plan.creates.len(), 1);
        let mut back = plan.creates[0].fields.clone();
        // An id of another workspace is kept as the external one.
        if !fields.contains_key("external_id") && back.get("external_id") == Some(&Value::text(id)) {
            back.remove("external_id");
        }
        prop_assert_eq!(&back, &fields, "{}", text);
    }
}

#[test]
fn an_export_imported_where_it_came_from_changes_nothing() {
    let mut memory = Memory::default();
    memory.import("name,domain,employees,tags\nAcme,acme.com,12,\"a,b\"\nBolt,,,\n", "accounts.csv");
    memory.import(
        "Name,Email,Other emails,Company,Owner\nAnn Lee,ann@acme.com,x@y.de,Acme,Rob\nBob,,,Bolt,\n",
        "people.csv",
    );
    memory.import(
        "deal id,deal name,account,stage,amount,contacts\n1,Big one,Acme,won,12.5,Ann Lee (champion); Bob\n",
        "deals.csv",
    );
    for kind in ["account", "person", "opportunity", "member"] {
        let records: Vec<_> = memory.all(kind).map(|(id, fields)| ExportRecord { id, fields }).collect();
        let count = records.len();
        let text = to_csv(memory.schema(), kind, records, &|_, _| None);
        let plan = memory.plan_as(&text, &format!("{kind}.csv"), None, &[]);
        assert_eq!(
            (plan.creates.len(), plan.updates.len(), plan.unchanged as usize),
            (0, 0, count),
            "{text} {:?} {:?}",
            plan.updates,
            plan.creates
        );
        assert!(plan.warnings.is_empty() && plan.skipped.is_empty(), "{:?} {:?}", plan.warnings, plan.skipped);
    }
}

#[test]
fn the_file_is_plain_csv() {
    let fields = BTreeMap::from([
        ("name".to_owned(), Value::text("=1+1, \"x\"")),
        ("annual_revenue".to_owned(), Value::Integer(-123_405)),
    ]);
    let text = to_csv(&Schema::standard(), "account", [ExportRecord { id: "7", fields: &fields }], &|_, _| None);
    assert!(text.starts_with("id,name,domain,website,"), "{text}");
    assert!(text.contains("\r\n7,\"'=1+1, \"\"x\"\"\",,"), "{text}");
    assert!(text.contains(",-1234.05,"), "{text}");
    assert_eq!(Table::read(text.as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_role_s_person_whose_name_has_separators_is_written_by_id() {
    let people =
        Value::Set(BTreeMap::from([("id-1".to_owned(), "champion".to_owned()), ("id-2".to_owned(), String::new())]));
    let fields = BTreeMap::from([("people".to_owned(), people)]);
    let name = |_: &str, id: &str| Some(if id == "id-1" { "Ann Lee" } else { "Bob (Acme); Low" }.to_owned());
    let text = to_csv(&Schema::standard(), "opportunity", [ExportRecord { id: "7", fields: &fields }], &name);
    assert!(text.contains(",Ann Lee (champion);id-2,"), "{text}");
}
