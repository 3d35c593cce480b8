#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{AnsweredBy, Rule, Verdicts, gate, score, violations};
use crate::facts::{Account, Activity, Answer, Decision, DecisionKind, Move, Opportunity};
use crate::rules::{Conditions, Criterion, Phase, Rules, Stage, Subject};
use crate::testing::{account, lead};
use crate::{Verdict, World};

const DAY_MS: i64 = 86_400_000;
const NOW_MS: i64 = 1_764_000_000_000;

use Verdict::{No, Unknown, Yes};

/// By hand from the formula above: score = 100 · max(0, yes − ¼ unknown) ⁄ all.
#[test]
fn the_score_follows_its_formula() {
    type Row = (&'static [i64], &'static [Verdict], (u32, u32));
    let rows: &[Row] = &[
        (&[], &[], (100, 100)),
        (&[10, 10], &[Yes, Yes], (100, 100)),
        (&[10, 10], &[Yes, No], (50, 100)),
        // An open question costs a quarter of its weight more than an honest no.
        (&[10, 10], &[Yes, Unknown], (38, 50)),
        (&[10, 10], &[No, Unknown], (0, 50)),
        (&[15, 15, 25, 15, 15, 15], &[Yes, Yes, Yes, Unknown, Yes, Unknown], (63, 70)),
        (&[0, 10], &[Unknown, Yes], (100, 100)),
    ];
    for (weights, verdicts, expected) in rows {
        assert_eq!(score(weights, verdicts), *expected, "{weights:?} {verdicts:?}");
    }
}

fn criterion(world: &mut World, id: &str, weight: i64) -> Criterion {
    Criterion {
        key: world.ids.key(id),
        default_key: "".into(),
        name: id.into(),
        question: "?".into(),
        family: "fit".into(),
        weight,
        required: false,
        fresh_days: None,
        rule: None,
    }
}

fn world() -> (World, Opportunity) {
    let mut world = World::default();
    let a = account(&mut world, "a");
    world.accounts.put(Account { industry: "energy".into(), employees: Some(340), ..a });
    let mut lead = lead(&mut world, "lead");
    lead.account = world.ids.find("a");
    world.opportunities.put(lead.clone());
    let rule = |text| Some(Conditions::parse(text).unwrap());
    let size = Criterion {
        rule: rule(r#"[{"field":"account.employees","op":"between","value":[50,500]}]"#),
        ..criterion(&mut world, "size", 40)
    };
    let need = Criterion { required: true, fresh_days: Some(90), ..criterion(&mut world, "need", 60) };
    world.rules = Rules { criteria: vec![size, need], ..Rules::default() };
    (world, lead)
}

fn say(world: &mut World, id: &str, verdict: Verdict, at_ms: i64) {
    let answer = Answer {
        key: world.ids.key(id),
        opportunity: world.ids.key("lead"),
        criterion: world.ids.key("need"),
        verdict,
        evidence: "They said so".into(),
        at_ms,
        by: None,
    };
    world.answers.put(answer);
}

#[test]
fn what_is_missing_and_what_to_ask_next_is_said() {
    let (world, lead) = world();
    let gate = gate(&world, &lead, NOW_MS);
    assert_eq!((gate.score, gate.confidence, gate.passes), (25, 40, false));
    assert_eq!(gate.next, Some(1), "the need is the one open question");
    assert_eq!(gate.criteria[1].gain, 75);
    let missing: Vec<String> = gate.missing.iter().map(ToString::to_string).collect();
    let expected =
        ["The score is 25; 60 is needed", "Only 40% is known; 60% is needed", "need: not known, and it is required"];
    assert_eq!(missing, expected);
    assert_eq!(gate.criteria[0].why[0].to_string(), "employees is 340");
}

#[test]
fn an_answer_by_hand_counts_while_it_is_fresh_and_from_when_it_was_given() {
    let (mut world, lead) = world();
    say(&mut world, "a1", Yes, NOW_MS - 10 * DAY_MS);
    let now = gate(&world, &lead, NOW_MS);
    assert!(now.passes && matches!(now.criteria[1].by, AnsweredBy::Hand { .. }));
    assert!(!gate(&world, &lead, NOW_MS - 11 * DAY_MS).passes, "nobody knew it then");
    let later = gate(&world, &lead, NOW_MS + 81 * DAY_MS);
    assert!(later.criteria[1].stale && later.criteria[1].verdict == Unknown);
    say(&mut world, "a2", No, NOW_MS - DAY_MS);
    assert!(!gate(&world, &lead, NOW_MS).passes, "the newest answer stands");
}

#[test]
fn a_stage_is_entered_when_its_conditions_hold() {
    let (mut world, mut lead) = world();
    let stage = |key: &str, phase, entry: &str| Stage {
        id: crate::facts::Ids::default().key(key),
        key: key.into(),
        name: key.into(),
        phase,
        team: "sales".into(),
        entry: Conditions::parse(entry).unwrap(),
        rest_days: None,
        set_aside: false,
    };
    world.rules.stages = vec![
        stage("new", Phase::Marketing, ""),
        stage("accepted", Phase::Sales, ""),
        stage("proposal", Phase::Sales, r#"[{"field":"value","op":"not_empty"}]"#),
        stage("nurture", Phase::Exit, ""),
    ];
    let against = |world: &World, lead: &Opportunity, to| {
        let all = violations(world, lead, to, NOW_MS);
        all.iter().flat_map(|one| &one.why).map(|one| one.code()).collect::<Vec<_>>()
    };
    assert_eq!(against(&world, &lead, "accepted")[0], "gate_not_passed");
    say(&mut world, "a1", Yes, NOW_MS);
    assert!(against(&world, &lead, "accepted").is_empty());
    lead.stage = "accepted".into();
    assert_eq!(against(&world, &lead, "proposal"), ["rule_field_empty"]);
    lead.value = Some(100);
    assert!(against(&world, &lead, "proposal").is_empty());
    assert_eq!(against(&world, &lead, "nurture"), ["gate_exit_without_reason", "gate_nurture_without_day"]);
    lead.stage = "proposal".into();
    lead.value = None;
    assert!(against(&world, &lead, "accepted").is_empty(), "back within a phase is always allowed");
}

/// The usual stages, marketing's `new` to service's `live`, and the exits of each team.
fn staged() -> (World, Opportunity) {
    let (mut world, lead) = world();
    let stages = [
        ("new", Phase::Marketing, "marketing"),
        ("qualified", Phase::Marketing, "marketing"),
        ("accepted", Phase::Sales, "sales"),
        ("proposal", Phase::Sales, "sales"),
        ("live", Phase::Service, "service"),
        ("nurture", Phase::Exit, "marketing"),
        ("disqualified", Phase::Exit, "marketing"),
        ("lost", Phase::Exit, "sales"),
        ("churned", Phase::Exit, "service"),
    ];
    let entry =
        |key| if matches!(key, "qualified" | "proposal") { r#"[{"field":"value","op":"not_empty"}]"# } else { "" };
    for (key, phase, team) in stages {
        let id = world.ids.key(key);
        let entry = Conditions::parse(entry(key)).unwrap();
        let (key, name, team) = (key.into(), key.into(), team.into());
        world.rules.stages.push(Stage { id, key, name, phase, team, entry, rest_days: None, set_aside: false });
    }
    (world, lead)
}

fn asks_the_gate(world: &World, lead: &Opportunity, to: &str) -> bool {
    violations(world, lead, to, NOW_MS).iter().any(|one| one.rule == Rule::Gate)
}

#[test]
fn every_way_into_sales_asks_the_gate() {
    let (world, mut lead) = staged();
    let rows = [
        ("new", "accepted", true),
        ("new", "proposal", true),
        ("nurture", "accepted", true),
        ("nurture", "proposal", true),
        ("disqualified", "accepted", true),
        ("lost", "proposal", true),
        ("churned", "proposal", true),
        ("never heard of", "accepted", true),
        // Past sales altogether.
        ("new", "live", true),
        ("nurture", "live", true),
        // No way into sales.
        ("new", "qualified", false),
        ("nurture", "new", false),
        ("accepted", "proposal", false),
        ("proposal", "accepted", false),
        ("live", "proposal", false),
        ("churned", "live", false),
    ];
    for (from, to, expected) in rows {
        lead.stage = from.into();
        assert_eq!(asks_the_gate(&world, &lead, to), expected, "{from} → {to}");
    }
}

fn decided(world: &mut World, kind: DecisionKind, rules: &[&str], at_ms: i64) {
    let decision = Decision {
        key: world.ids.key(&format!("{} {at_ms}", kind.name())),
        kind,
        opportunity: world.ids.key("lead"),
        member: None,
        stage: "accepted".into(),
        reason: None,
        criterion: None,
        rules: rules.iter().map(|rule| (*rule).into()).collect(),
        evidence: "".into(),
        score: None,
        at_ms,
        by: None,
    };
    world.decisions.put(decision);
}

/// What happened to a lead, one thing a day.
enum Happened {
    At(&'static str),
    Decided(DecisionKind, &'static [&'static str]),
}

#[test]
fn the_gate_is_asked_once_and_again_when_sales_no_longer_has_it() {
    use DecisionKind::{Accept, Claim, Offer, Override, Return, Withdraw};
    use Happened::{At, Decided};
    let rows: &[(&str, &[Happened], bool)] = &[
        ("never decided", &[At("new")], true),
        ("offered", &[At("new"), Decided(Offer, &[])], false),
        ("offer withdrawn", &[At("new"), Decided(Offer, &[]), Decided(Withdraw, &[])], true),
        ("overridden, offered", &[At("new"), Decided(Override, &["gate"]), Decided(Offer, &[])], false),
        ("another rule overridden", &[At("new"), Decided(Override, &["entry"]), At("qualified")], true),
        (
            "an exit's rules overridden",
            &[At("new"), Decided(Override, &["exit_reason", "return_day"]), At("nurture")],
            true,
        ),
        ("both overridden", &[At("new"), Decided(Override, &["entry", "gate"])], false),
        ("returned", &[At("new"), Decided(Accept, &[]), At("accepted"), Decided(Return, &[]), At("new")], true),
        ("moved back", &[At("new"), Decided(Accept, &[]), At("accepted"), At("new")], true),
        ("parked", &[At("new"), Decided(Accept, &[]), At("accepted"), At("nurture")], true),
        ("lost", &[At("new"), Decided(Accept, &[]), At("proposal"), At("lost")], true),
        ("taken again", &[At("accepted"), At("nurture"), Decided(Override, &["gate"])], false),
        ("claimed by somebody", &[At("new"), Decided(Claim, &[])], true),
        ("moved within marketing", &[At("new"), Decided(Offer, &[]), At("qualified"), At("new")], false),
    ];
    for (what, happened, expected) in rows {
        let (mut world, mut lead) = staged();
        for (day, one) in (1_i64..).zip(*happened) {
            let at_ms = NOW_MS - 100 * DAY_MS + day * DAY_MS;
            match one {
                At(stage) => {
                    lead.stage = (*stage).into();
                    lead.moves.push(Move { at_ms, stage: lead.stage.clone(), by: None });
                }
                Decided(kind, rules) => decided(&mut world, *kind, rules, at_ms),
            }
        }
        assert_eq!(asks_the_gate(&world, &lead, "accepted"), *expected, "{what}");
    }
}

#[test]
fn a_stage_whose_conditions_cannot_be_read_is_entered_by_nobody() {
    let (mut world, mut lead) = staged();
    lead.stage = "accepted".into();
    lead.value = Some(100);
    assert!(violations(&world, &lead, "proposal", NOW_MS).is_empty());
    let entry = |stage: &mut Stage| stage.entry = Conditions::read(r#"[{"field":"value","op":"close to"}]"#);
    world.rules.stages.iter_mut().filter(|stage| &*stage.key == "proposal").for_each(entry);
    let held = violations(&world, &lead, "proposal", NOW_MS);
    assert_eq!(held[0].why[0].code(), "rule_condition_unknown");
}

#[test]
fn each_rule_that_holds_back_has_a_name_of_its_own() {
    let (world, mut lead) = staged();
    let names = |lead: &Opportunity, to| -> Vec<String> {
        violations(&world, lead, to, NOW_MS).iter().map(|one| one.rule.name()).collect()
    };
    assert_eq!(names(&lead, "proposal"), ["gate", r#"entry {"field":"value","op":"not_empty"}"#]);
    assert_eq!(names(&lead, "nurture"), ["exit_reason", "return_day"]);
    lead.value = Some(100);
    assert_eq!(names(&lead, "proposal"), ["gate"]);
}

#[test]
fn a_criterion_that_asks_for_the_gate_is_not_known() {
    let (mut world, lead) = world();
    for wanted in ["true", "false"] {
        world.rules.criteria[0].rule = Some(Conditions::parse(&format!(r#"[{{"gate":{wanted}}}]"#)).unwrap());
        let gate = gate(&world, &lead, NOW_MS);
        assert_eq!(gate.criteria[0].verdict, Unknown, "{wanted}");
        assert_eq!(gate.criteria[0].why[0].code(), "rule_gate_in_gate");
    }
}

fn ms(at: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(at).unwrap().timestamp_millis()
}

/// Local midnights follow the IANA time zone database: Berlin is UTC+1, UTC+2 from 2026-03-29 01:00 UTC (last Sunday of March,
/// Directive 2000/84/EC); New York is UTC−5, UTC−4 from 2026-03-08 07:00 UTC (second Sunday of March, Energy Policy Act of
/// 2005); Kiritimati is UTC+14, Pago Pago UTC−11, Kathmandu UTC+5:45, all year.
#[test]
fn an_answer_stays_fresh_to_the_end_of_its_last_day() {
    let rows = [
        // Berlin, one day: until the end of the next day there, whatever the hour.
        ("Europe/Berlin", 1, "2026-01-10T08:00:00Z", "2026-01-11T22:59:59.999Z", true),
        ("Europe/Berlin", 1, "2026-01-10T08:00:00Z", "2026-01-11T23:00:00Z", false),
        ("Europe/Berlin", 1, "2026-01-10T22:59:59Z", "2026-01-11T22:59:59.999Z", true),
        ("Europe/Berlin", 1, "2026-01-10T22:59:59Z", "2026-01-11T23:00:00Z", false),
        // A minute later there it is the next day, so a day longer.
        ("Europe/Berlin", 1, "2026-01-10T23:00:00Z", "2026-01-12T22:59:59.999Z", true),
        ("Europe/Berlin", 1, "2026-01-10T23:00:00Z", "2026-01-12T23:00:00Z", false),
        // Over the change of clocks: 90 days after 2026-01-01 is 2026-04-01, which ends at 22:00 UTC.
        ("Europe/Berlin", 90, "2026-01-01T12:00:00Z", "2026-04-01T21:59:59.999Z", true),
        ("Europe/Berlin", 90, "2026-01-01T12:00:00Z", "2026-04-01T22:00:00Z", false),
        ("America/New_York", 1, "2026-03-07T12:00:00Z", "2026-03-09T03:59:59.999Z", true),
        ("America/New_York", 1, "2026-03-07T12:00:00Z", "2026-03-09T04:00:00Z", false),
        ("Pacific/Kiritimati", 1, "2026-01-10T09:59:59Z", "2026-01-11T09:59:59.999Z", true),
        ("Pacific/Kiritimati", 1, "2026-01-10T09:59:59Z", "2026-01-11T10:00:00Z", false),
        ("Pacific/Pago_Pago", 1, "2026-01-10T11:00:00Z", "2026-01-12T10:59:59.999Z", true),
        ("Pacific/Pago_Pago", 1, "2026-01-10T11:00:00Z", "2026-01-12T11:00:00Z", false),
        ("Asia/Kathmandu", 1, "2026-01-10T18:14:59Z", "2026-01-11T18:14:59.999Z", true),
        ("Asia/Kathmandu", 1, "2026-01-10T18:14:59Z", "2026-01-11T18:15:00Z", false),
    ];
    for (zone, days, given, asked, expected) in rows {
        let (mut world, lead) = world();
        world.rules.policy.time_zone = zone.into();
        world.rules.criteria[1].fresh_days = Some(days);
        say(&mut world, "a1", Yes, ms(given));
        let gate = gate(&world, &lead, ms(asked));
        assert_eq!(gate.criteria[1].verdict == Yes, expected, "{zone}: given {given}, asked {asked}");
        assert_eq!(gate.criteria[1].stale, !expected, "{zone}: given {given}, asked {asked}");
    }
}

#[test]
fn a_stale_answer_leaves_it_to_the_rule() {
    let (mut world, lead) = world();
    world.rules.criteria[1].rule = world.rules.criteria[0].rule.clone();
    say(&mut world, "a1", No, NOW_MS - 90 * DAY_MS);
    assert_eq!(gate(&world, &lead, NOW_MS).criteria[1].verdict, No);
    let later = gate(&world, &lead, NOW_MS + DAY_MS);
    assert_eq!((later.criteria[1].verdict, &later.criteria[1].by), (Yes, &AnsweredBy::Rule));
    let why: Vec<String> = later.criteria[1].why.iter().map(ToString::to_string).collect();
    assert_eq!(why, ["The answer is 91 days old; it counts for 90", "employees is 340"]);
}

prop_compose! {
    fn answers()(rows in prop::collection::vec((0_i64..100, 0_u8..3), 1..12)) -> (Vec<i64>, Vec<Verdict>) {
        rows.into_iter().map(|(weight, n)| (weight, [Yes, No, Unknown][usize::from(n)])).unzip()
    }
}

/// A world of answers and activities (kind, day before now, number), taken in in an order.
fn told_in_order(told: &[(u8, i64, usize)], order: &[usize]) -> (World, Opportunity) {
    let (mut world, mut lead) = world();
    let rule = r#"[{"activity":["form"],"direction":"inbound","within_days":30,"at_least":2}]"#;
    let interest = Criterion { rule: Some(Conditions::parse(rule).unwrap()), ..criterion(&mut world, "interest", 30) };
    world.rules.criteria.push(interest);
    // Keys are given in the order of reading.
    for place in order {
        world.ids.key(&format!("record {place}"));
    }
    let person = world.ids.key("record 39");
    lead.people = vec![(person, "".into())];
    for place in order.iter().filter(|place| **place < told.len()) {
        let (sort, day, number) = told[*place];
        let at_ms = NOW_MS + day * DAY_MS;
        if sort == 0 {
            say(&mut world, &format!("record {place}"), [Yes, No, Unknown][number % 3], at_ms);
            continue;
        }
        let named = |is: bool, key| is.then_some(key);
        let activity = Activity {
            key: world.ids.key(&format!("record {place}")),
            kind: if sort == 1 { "form" } else { "note" }.into(),
            at_ms,
            direction: "".into(),
            subject: "".into(),
            account: lead.account.filter(|_| number % 2 == 0),
            person: named(number % 3 == 0, person),
            opportunity: named(number == 5, lead.key),
            campaign: None,
            owner: None,
        };
        world.activities.put(activity);
    }
    world.opportunities.put(lead.clone());
    (world, lead)
}

proptest! {
    /// A better answer never lowers the score: unknown is worse than no, no is worse than yes.
    #[test]
    fn knowing_never_harms((weights, verdicts) in answers(), at in any::<prop::sample::Index>()) {
        let at = at.index(verdicts.len());
        let with = |verdict| { let mut all = verdicts.clone(); all[at] = verdict; score(&weights, &all) };
        let (unknown, no, yes) = (with(Unknown), with(No), with(Yes));
        prop_assert!(unknown.0 <= no.0 && no.0 <= yes.0 && yes.0 <= 100);
        prop_assert!(unknown.1 <= no.1 && no.1 == yes.1 && yes.1 <= 100);
    }

    /// Whatever order the records came in (and so whatever keys they have), a lead's gate is the same; and to pass is the same
    /// with the reasons and without.
    #[test]
    fn the_same_facts_in_any_order_give_the_same_score(
        told in prop::collection::vec((0_u8..3, -200_i64..2, 0_usize..6), 0..12),
        order in Just((0..40_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let outcome = |order: &[usize]| {
            let (world, lead) = told_in_order(&told, order);
            let gate = gate(&world, &lead, NOW_MS);
            let verdicts: Vec<Verdict> = gate.criteria.iter().map(|one| one.verdict).collect();
            let many = Verdicts::new(&world, &world.rules);
            let alike: Vec<Verdict> = world.rules.criteria.iter().map(|one| many.of(one, Subject::now(&world, &lead), NOW_MS)).collect();
            assert_eq!((gate.passes, &verdicts), (many.passes(Subject::now(&world, &lead), NOW_MS), &alike));
            let missing: Vec<String> = gate.missing.iter().map(ToString::to_string).collect();
            (gate.score, gate.confidence, gate.passes, verdicts, missing, gate.next)
        };
        let usual: Vec<usize> = (0..order.len()).collect();
        prop_assert_eq!(outcome(&usual), outcome(&order));
    }
}
