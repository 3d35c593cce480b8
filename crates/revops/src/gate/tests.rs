#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{AnsweredBy, gate, score, violations};
use crate::facts::{Account, Answer, Opportunity};
use crate::rules::{Conditions, Criterion, Phase, Rules, Stage};
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
        ["The score is 25; 60 is needed", "Only 40 % is known; 60 % is needed", "need: not known, and it is required"];
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
        violations(world, lead, to, NOW_MS).iter().map(|one| one.remark.code()).collect::<Vec<_>>()
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

prop_compose! {
    fn answers()(rows in prop::collection::vec((0_i64..100, 0_u8..3), 1..12)) -> (Vec<i64>, Vec<Verdict>) {
        rows.into_iter().map(|(weight, n)| (weight, [Yes, No, Unknown][usize::from(n)])).unzip()
    }
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
}
