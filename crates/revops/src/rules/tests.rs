#![allow(clippy::unwrap_used)]

use tandem_context::{Schema, Value};

use super::{Conditions, Subject, check, holds};
use crate::Verdict::{self, No, Unknown, Yes};
use crate::World;
use crate::facts::{Account, Activity, Opportunity, OwnValue, Person};
use crate::testing::{account, lead};

/// 2025-11-24 16:00 UTC.
const NOW_MS: i64 = 1_764_000_000_000;

fn world() -> (World, Opportunity) {
    let mut world = World::default();
    let a = account(&mut world, "a");
    world.accounts.put(Account { industry: "C#".into(), employees: Some(340), annual_revenue: Some(123_456), ..a });
    let mut lead = lead(&mut world, "lead");
    lead.account = world.ids.find("a");
    lead.source = "A/B".into();
    lead.value = Some(500_050);
    lead.close_date = chrono::NaiveDate::from_ymd_opt(2026, 3, 31);
    (world, lead)
}

fn ask(world: &World, lead: &Opportunity, condition: &str) -> Verdict {
    let conditions = Conditions::parse(&format!("[{condition}]")).unwrap();
    holds(Subject::now(world, lead), &conditions, NOW_MS, &|| false).verdict
}

#[test]
fn what_a_rule_cannot_compare_is_unknown_and_never_a_no() {
    let (world, lead) = world();
    let rows = [
        // Fit: an honest answer.
        (r#"{"field":"account.employees","op":"over","value":339}"#, Yes),
        (r#"{"field":"account.employees","op":"over","value":340}"#, No),
        (r#"{"field":"account.employees","op":"at_least","value":"340"}"#, Yes),
        (r#"{"field":"account.employees","op":"between","value":[340,500]}"#, Yes),
        (r#"{"field":"value","op":"is","value":5000.5}"#, Yes),
        (r#"{"field":"value","op":"over","value":500049}"#, No),
        (r#"{"field":"account.annual_revenue","op":"is","value":1234.56}"#, Yes),
        (r#"{"field":"close_date","op":"under","value":"2026-04-01"}"#, Yes),
        // Unfit: nobody can say.
        (r#"{"field":"account.employees","op":"over","value":"many"}"#, Unknown),
        (r#"{"field":"account.employees","op":"is_not","value":"many"}"#, Unknown),
        (r#"{"field":"account.employees","op":"none_of","value":["many"]}"#, Unknown),
        (r#"{"field":"account.employees","op":"between","value":[1]}"#, Unknown),
        (r#"{"field":"account.employees","op":"between","value":[1,"many"]}"#, Unknown),
        (r#"{"field":"account.employees","op":"over"}"#, Unknown),
        (r#"{"field":"account.employees","op":"contains","value":"4"}"#, Unknown),
        (r#"{"field":"account.industry","op":"over","value":3}"#, Unknown),
        (r#"{"field":"account.industry","op":"under","value":"zzz"}"#, Unknown),
        (r#"{"field":"account.industry","op":"contains","value":""}"#, Unknown),
        (r#"{"field":"close_date","op":"over","value":"soon"}"#, Unknown),
        (r#"{"field":"close_date","op":"over","value":20260101}"#, Unknown),
        (r#"{"field":"account","op":"over","value":"a"}"#, Unknown),
        // Of several, one that fits and says so is enough.
        (r#"{"field":"account.employees","op":"any_of","value":["many",340]}"#, Yes),
    ];
    for (condition, expected) in rows {
        assert_eq!(ask(&world, &lead, condition), expected, "{condition}");
    }
}

#[test]
fn signs_are_part_of_a_text() {
    let (world, lead) = world();
    let rows = [
        (r#"{"field":"account.industry","op":"is","value":"c#"}"#, Yes),
        (r#"{"field":"account.industry","op":"is","value":"C++"}"#, No),
        (r#"{"field":"account.industry","op":"is_not","value":"C++"}"#, Yes),
        (r#"{"field":"account.industry","op":"any_of","value":["C","C++"]}"#, No),
        (r#"{"field":"account.industry","op":"contains","value":"+"}"#, No),
        (r#"{"field":"source","op":"is","value":"AB"}"#, No),
        (r#"{"field":"source","op":"is","value":" a/b "}"#, Yes),
    ];
    for (condition, expected) in rows {
        assert_eq!(ask(&world, &lead, condition), expected, "{condition}");
    }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn ms(at: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(at).unwrap().timestamp_millis()
}

#[test]
fn a_workspaces_own_fields_compare_like_the_others() {
    let (mut world, mut lead) = world();
    lead.own_fields = vec![
        ("x_text".into(), OwnValue::Text("Blau".into())),
        ("x_seats".into(), OwnValue::Number(250)),
        ("x_budget".into(), OwnValue::Money(1_250_050)),
        ("x_pilot".into(), OwnValue::Truth(true)),
        ("x_start".into(), OwnValue::Day(day("2026-05-01"))),
        // 2026-05-02 in Berlin.
        ("x_seen".into(), OwnValue::Moment(ms("2026-05-01T22:30:00Z"))),
        ("x_tags".into(), OwnValue::Set(vec!["C#".into(), "VIP".into()])),
    ];
    let a = world.accounts.get(world.ids.find("a").unwrap()).unwrap().clone();
    world.accounts.put(Account { own_fields: vec![("x_spend".into(), OwnValue::Money(999))], ..a });
    let rows = [
        (r#"{"field":"x_text","op":"is","value":"blau"}"#, Yes),
        (r#"{"field":"x_text","op":"any_of","value":["rot","Blau"]}"#, Yes),
        (r#"{"field":"x_seats","op":"between","value":[250,250]}"#, Yes),
        // Money is written in whole units with decimals, and held in hundredths.
        (r#"{"field":"x_budget","op":"is","value":12500.5}"#, Yes),
        (r#"{"field":"x_budget","op":"over","value":12500}"#, Yes),
        (r#"{"field":"x_budget","op":"over","value":12501}"#, No),
        (r#"{"field":"account.x_spend","op":"under","value":10}"#, Yes),
        (r#"{"field":"account.x_spend","op":"over","value":10}"#, No),
        (r#"{"field":"x_pilot","op":"is","value":true}"#, Yes),
        (r#"{"field":"x_pilot","op":"is","value":false}"#, No),
        (r#"{"field":"x_pilot","op":"is","value":"perhaps"}"#, Unknown),
        (r#"{"field":"x_start","op":"at_most","value":"2026-05-01"}"#, Yes),
        (r#"{"field":"x_start","op":"over","value":"2026-05-01"}"#, No),
        (r#"{"field":"x_seen","op":"is","value":"2026-05-02"}"#, Yes),
        (r#"{"field":"x_seen","op":"under","value":"2026-05-01T22:30:01Z"}"#, Yes),
        (r#"{"field":"x_tags","op":"is","value":"vip"}"#, Yes),
        (r#"{"field":"x_tags","op":"any_of","value":["c++","c#"]}"#, Yes),
        (r#"{"field":"x_tags","op":"is","value":"c"}"#, No),
        (r#"{"field":"x_tags","op":"contains","value":"ip"}"#, Yes),
        // One of them is it: then it is not true that none is.
        (r#"{"field":"x_tags","op":"is_not","value":"vip"}"#, No),
        (r#"{"field":"x_tags","op":"none_of","value":["vip","new"]}"#, No),
        (r#"{"field":"x_tags","op":"none_of","value":["old","new"]}"#, Yes),
        (r#"{"field":"x_tags","op":"over","value":3}"#, Unknown),
        (r#"{"field":"x_nothing","op":"empty"}"#, Yes),
        (r#"{"field":"x_nothing","op":"is","value":1}"#, Unknown),
        (r#"{"field":"nothing","op":"empty"}"#, Unknown),
        (r#"{"field":"account.nothing","op":"empty"}"#, Unknown),
        (r#"{"field":"person.nothing","op":"empty"}"#, Unknown),
    ];
    for (condition, expected) in rows {
        assert_eq!(ask(&world, &lead, condition), expected, "{condition}");
    }
}

#[test]
fn every_field_that_conditions_may_look_at_is_found() {
    let (world, lead) = world();
    for (kind, fields) in super::FIELDS {
        for field in *fields {
            let path = if *kind == "opportunity" { (*field).to_owned() } else { format!("{kind}.{field}") };
            assert!(super::found::found(Subject::now(&world, &lead), &path).is_some(), "{path}");
            let known = tandem_context::Schema::standard();
            assert!(*field == "role" || known.field(kind, field).is_some(), "{path} is in the schema");
        }
    }
}

/// The same in the zones of the gate's table of fresh answers: Berlin UTC+1, UTC+2 from 2026-03-29 01:00 UTC; Kiritimati UTC+14;
/// Pago Pago UTC−11 (IANA time zone database).
#[test]
fn within_thirty_days_are_today_and_the_thirty_days_before() {
    let rows = [
        // Asked on 31 March in Berlin (summer time): 1 March began there at 23:00 UTC the day before (winter time).
        ("Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-31T00:00:00Z", Yes),
        ("Europe/Berlin", "2026-02-28T22:59:59.999Z", "2026-03-31T00:00:00Z", No),
        ("Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-31T21:59:59.999Z", Yes),
        ("Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", No),
        // The same moments in other zones are other days.
        ("Pacific/Kiritimati", "2026-02-28T10:00:00Z", "2026-03-31T09:59:59.999Z", Yes),
        ("Pacific/Kiritimati", "2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z", No),
        ("Pacific/Pago_Pago", "2026-03-01T11:00:00Z", "2026-04-01T10:59:59.999Z", Yes),
        ("Pacific/Pago_Pago", "2026-03-01T10:59:59.999Z", "2026-03-31T11:00:00Z", No),
        // Just now counts, what lies ahead does not.
        ("Europe/Berlin", "2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z", Yes),
        ("Europe/Berlin", "2026-03-31T12:00:00.001Z", "2026-03-31T12:00:00Z", No),
    ];
    for (zone, at, asked, expected) in rows {
        let (mut world, lead) = world();
        world.rules.policy.time_zone = zone.into();
        happens(&mut world, "form", &lead, ms(at));
        let rule = r#"[{"activity":["form"],"direction":"inbound","within_days":30}]"#;
        let held = holds(Subject::now(&world, &lead), &Conditions::parse(rule).unwrap(), ms(asked), &|| false);
        assert_eq!(held.verdict, expected, "{zone}: {at}, asked {asked}");
    }
}

#[test]
fn days_without_number_reach_back_to_the_beginning() {
    let (mut world, lead) = world();
    happens(&mut world, "form", &lead, 0);
    let within = |days: u32| ask(&world, &lead, &format!(r#"{{"activity":["form"],"within_days":{days}}}"#));
    assert_eq!((within(0), within(30), within(100_000), within(u32::MAX)), (No, No, Yes, Yes));
}

fn happens(world: &mut World, kind: &str, lead: &Opportunity, at_ms: i64) {
    let activity = Activity {
        key: world.ids.key(&format!("{kind} {at_ms}")),
        kind: kind.into(),
        at_ms,
        direction: "".into(),
        subject: "".into(),
        account: lead.account,
        person: None,
        opportunity: None,
        campaign: None,
        owner: None,
    };
    world.activities.put(activity);
}

#[test]
fn what_happened_is_counted_once_however_it_is_found() {
    let (mut world, mut lead) = world();
    let people: Vec<_> = ["p", "q"].iter().map(|id| world.ids.key(id)).collect();
    for key in &people {
        let text = || crate::Text::from("");
        let (name, job_title, seniority, language) = (text(), text(), text(), text());
        let account = lead.account;
        let (do_not_contact, own_fields) = (false, Vec::new());
        world.people.put(Person {
            key: *key,
            name,
            account,
            job_title,
            seniority,
            language,
            do_not_contact,
            own_fields,
        });
    }
    lead.people = people.iter().map(|key| (*key, "".into())).collect();
    let elsewhere = world.ids.key("another account");
    let named = [
        (lead.account, Some(people[0]), None),
        (lead.account, None, Some(lead.key)),
        (None, Some(people[1]), None),
        (Some(elsewhere), Some(people[1]), None),
        (Some(elsewhere), None, None),
        (lead.account, Some(people[0]), Some(world.ids.key("another lead"))),
    ];
    for (n, (account, person, opportunity)) in (0_i64..).zip(named) {
        happens(&mut world, "call", &lead, n);
        let made = world.activities.get(world.ids.find(&format!("call {n}")).unwrap()).unwrap().clone();
        world.activities.put(Activity { account, person, opportunity, ..made });
    }
    let mut counted: Vec<_> = world.happened_to(&lead).map(|one| one.at_ms).collect();
    counted.sort_unstable();
    let story: Vec<_> = world.story_of(&lead).iter().map(|one| one.at_ms).collect();
    assert_eq!((counted.as_slice(), story.as_slice()), (&[0, 1, 2, 3][..], &[0, 1, 2, 3][..]));
}

/// What is said of a value that a field of a rule cannot hold; nothing where it can.
fn refused(kind: &str, field: &str, value: Value) -> Option<String> {
    refused_beside(kind, field, value, &[])
}

fn refused_beside(kind: &str, field: &str, value: Value, beside: &[(&str, &str)]) -> Option<String> {
    let beside = |name: &str| beside.iter().find(|(known, _)| *known == name).map(|(_, value)| Value::text(*value));
    check(&Schema::standard(), (kind, field), &value, &beside).err().map(|error| error.remark.to_string())
}

#[test]
fn conditions_that_nobody_could_answer_are_not_written() {
    let rows = [
        ("", None),
        (r#"[{"field":"account.employees","op":"between","value":[50,5000]}]"#, None),
        (r#"[{"field":"account.industry","op":"any_of","value":["C#","energy"]}]"#, None),
        (r#"[{"field":"owner","op":"is","value":"Mia"},{"field":"person.role","op":"is","value":"decider"}]"#, None),
        (r#"[{"field":"close_date","op":"over","value":"2027-03-31"}]"#, None),
        (r#"[{"activity":["form"],"direction":"inbound","within_days":30,"at_least":1}]"#, None),
        (r#"[{"field":"value","op":"not_empty"}]"#, None),
        ("[", Some("The rule cannot be read: EOF while parsing a list at line 1 column 1")),
        (
            r#"[{"field":"value","op":"not_empty"},{"field":"value","op":"about"}]"#,
            Some(
                "The rule cannot be read: its condition 2 says neither which field to compare and how, nor what has happened, nor the gate",
            ),
        ),
        (r#"[{"field":"account.mood","op":"empty"}]"#, Some("The rule asks for “account.mood”, which is no field")),
        (r#"[{"field":"x_gone","op":"empty"}]"#, Some("The rule asks for “x_gone”, which is no field")),
        (r#"[{"field":"value","op":"over"}]"#, Some("The rule does not say what to compare value with")),
        (r#"[{"field":"value","op":"over","value":"much"}]"#, Some("value cannot be compared with “much”")),
        (r#"[{"field":"value","op":"over","value":[1,2]}]"#, Some("value cannot be compared with “[1,2]”")),
        (
            r#"[{"field":"close_date","op":"between","value":["2027-03-31","2027-03-30"]}]"#,
            Some("The span for close_date ends before it begins"),
        ),
        (r#"[{"field":"value","op":"between","value":[9,"1"]}]"#, Some("The span for value ends before it begins")),
        (
            r#"[{"field":"account.employees","op":"between","value":[1]}]"#,
            Some("employees cannot be compared with “[1]”"),
        ),
        (
            r#"[{"field":"account.employees","op":"any_of","value":[1,"many"]}]"#,
            Some("employees cannot be compared with “[1,\"many\"]”"),
        ),
        (
            r#"[{"field":"account.industry","op":"over","value":"energy"}]"#,
            Some("industry cannot be compared in this way (over)"),
        ),
        (r#"[{"field":"owner","op":"is","value":7}]"#, Some("owner cannot be compared with “7”")),
    ];
    for (text, expected) in rows {
        for (kind, field) in [("criterion", "rule"), ("stage", "entry"), ("routing_rule", "when")] {
            assert_eq!(refused(kind, field, Value::text(text)).as_deref(), expected, "{kind}: {text}");
        }
    }
    let gate = || Value::text(r#"[{"gate":true}]"#);
    assert_eq!(refused("criterion", "rule", gate()).as_deref(), Some("The gate cannot ask for itself"));
    assert_eq!((refused("stage", "entry", gate()), refused("routing_rule", "when", gate())), (None, None));
}

#[test]
fn what_a_rule_cannot_hold_is_not_written() {
    let number = |kind, field, number| refused(kind, field, Value::Integer(number));
    let rows = [
        ("criterion", "weight", 0, 1_000_000),
        ("criterion", "fresh_days", 0, 3_650),
        ("stage", "rest_days", 0, 3_650),
        ("onboarding_step", "due_days", 0, 3_650),
        ("policy", "score_min", 0, 100),
        ("policy", "confidence_min", 0, 100),
        ("policy", "prior_strength", 0, 10_000),
        ("policy", "accept_hours", 0, 10_000),
    ];
    for (kind, field, least, most) in rows {
        let outside = Some(format!("{field} goes from {least} to {most}"));
        assert_eq!((number(kind, field, least), number(kind, field, most)), (None, None), "{kind} {field}");
        assert_eq!(number(kind, field, least - 1), outside, "{kind} {field}");
        assert_eq!(number(kind, field, most + 1), outside, "{kind} {field}");
    }
    assert_eq!(number("criterion", "rank", -1), None, "a place may be before all others");
    assert_eq!(number("goal", "amount", -1).as_deref(), Some("amount cannot be less than nothing"));
    let text = |field, value: &str| refused("policy", field, Value::text(value)).is_none();
    for (field, value, expected) in [
        ("working_hours", "09:00-17:00", true),
        ("working_hours", "08:00-12:00, 13:00-17:30", true),
        ("working_hours", "17:00-09:00", false),
        ("working_hours", "09:00-09:00", false),
        ("working_hours", "all day", false),
        ("time_zone", "America/New_York", true),
        ("time_zone", "Bavaria", false),
        ("holiday_region", "CH-ZH", true),
        ("holiday_region", "DE-XX", false),
    ] {
        assert_eq!(text(field, value), expected, "{field}: {value}");
    }
    assert_eq!(refused("policy", "work_days", Value::set(["mon", "fri"])), None);
    assert!(refused("policy", "work_days", Value::set(["mon", "someday"])).is_some());
}

#[test]
fn the_last_day_of_a_goal_is_not_before_its_first() {
    let turned = Some("The last day is before the first");
    let from = |value: &str| refused_beside("goal", "from", Value::text(value), &[("to", "2027-03-31")]);
    let to = |value: &str| refused_beside("goal", "to", Value::text(value), &[("from", "2027-03-31")]);
    assert_eq!((from("2027-03-31"), to("2027-03-31")), (None, None));
    assert_eq!((from("2027-04-01").as_deref(), to("2027-03-30").as_deref()), (turned, turned));
    assert_eq!(refused("goal", "from", Value::text("2027-04-01")), None, "nobody knows yet when it ends");
}
