#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Record, rendezvous, route};
use crate::World;
use crate::facts::{Absence, Account, DecisionKind, Opportunity};
use crate::rules::{Phase, Rules, Stage};
use crate::similarity::{Features, size_band};
use crate::testing::{account, lead, member};

const NOW_MS: i64 = 1_764_000_000_000;

fn rules(world: &mut World) -> Rules {
    let stages = [("new", Phase::Marketing), ("discovery", Phase::Sales), ("won", Phase::Sales), ("lost", Phase::Exit)];
    let stages = stages.map(|(key, phase)| Stage {
        id: world.ids.key(key),
        key: key.into(),
        name: key.into(),
        phase,
        team: "sales".into(),
        entry: crate::rules::Conditions::default(),
        rest_days: None,
        set_aside: false,
    });
    Rules { stages: stages.to_vec(), ..Rules::default() }
}

/// A world of two reps: `a` won in energy, `b` in retail; the lead is in energy.
fn world() -> (World, Opportunity) {
    let mut world = World::default();
    world.rules = rules(&mut world);
    for (id, industry) in [("energy", "energy"), ("retail", "retail")] {
        let made = account(&mut world, id);
        world.accounts.put(Account { industry: industry.into(), employees: Some(300), ..made });
    }
    for (rep, at) in [("a", "energy"), ("b", "retail")] {
        let rep = member(&mut world, rep, "sales");
        for n in 0..20 {
            let mut one = lead(&mut world, &format!("{at}{n}"));
            (one.owner, one.account) = (Some(rep), world.ids.find(if n % 2 == 0 { "energy" } else { "retail" }));
            let wins = one.account == world.ids.find(at);
            one.stage = if wins { "won" } else { "lost" }.into();
            world.opportunities.put(one);
        }
    }
    let made = account(&mut world, "new");
    world.accounts.put(Account { industry: "energy".into(), employees: Some(300), ..made });
    let mut one = lead(&mut world, "lead");
    one.account = world.ids.find("new");
    world.opportunities.put(one.clone());
    (world, one)
}

#[test]
fn whoever_wins_with_similar_customers_comes_first_and_says_so() {
    let (world, lead) = world();
    let route = route(&world, &lead, NOW_MS);
    assert_eq!(route.chosen, world.ids.find("a"));
    let best = &route.candidates[0];
    assert_eq!((best.won, best.closed), (10, 20));
    assert!(best.rate > 500 && route.candidates[1].rate < 500);
    assert!(best.reasons.iter().any(|one| one.code() == "route_record"));
    assert!(best.similar[0].won && best.similar[0].similarity == 60);
}

#[test]
fn who_is_absent_full_or_gave_it_back_does_not_get_it() {
    let (mut world, lead) = world();
    let a = world.ids.find("a").unwrap();
    let today = crate::calendar::local_day(chrono_tz::UTC, NOW_MS);
    let absence = Absence { key: world.ids.key("absence"), member: a, from: today, to: today };
    world.absences.put(absence.clone());
    assert_eq!(route(&world, &lead, NOW_MS).chosen, world.ids.find("b"));
    world.absences.remove(absence.key);
    let mut full = world.members.get(a).unwrap().clone();
    full.facts.capacity = Some(0);
    world.members.put(full.clone());
    assert_eq!(route(&world, &lead, NOW_MS).candidates.last().unwrap().reasons[0].code(), "route_full");
    full.facts.capacity = None;
    world.members.put(full);
    let decision = crate::facts::Decision {
        key: world.ids.key("return"),
        kind: DecisionKind::Return,
        opportunity: lead.key,
        member: Some(a),
        stage: "".into(),
        reason: None,
        criterion: None,
        evidence: "".into(),
        score: None,
        at_ms: NOW_MS - 1,
        by: Some(a),
    };
    world.decisions.put(decision);
    let route = route(&world, &lead, NOW_MS);
    assert_eq!(route.chosen, world.ids.find("b"));
    assert_eq!(route.candidates[1].reasons[0].code(), "route_returned_it");
}

#[test]
fn whoever_has_the_account_comes_before_a_better_record() {
    let (mut world, lead) = world();
    let (b, new) = (world.ids.find("b"), world.ids.find("new").unwrap());
    let owned = Account { owner: b, ..world.accounts.get(new).unwrap().clone() };
    world.accounts.put(owned);
    assert_eq!(route(&world, &lead, NOW_MS).chosen, b);
}

/// Bands as in EU recommendation 2003/361/EC: micro below 10, small below 50, medium below 250.
#[test]
fn size_bands_begin_where_they_are_defined_to() {
    let rows = [(0, 0), (9, 0), (10, 1), (49, 1), (50, 2), (249, 2), (250, 3), (999, 3), (1_000, 4), (5_000, 5)];
    for (employees, band) in rows {
        assert_eq!(size_band(employees), band, "{employees}");
    }
}

#[test]
fn what_is_not_known_is_not_alike() {
    let mut world = World::default();
    let (a, b) = (lead(&mut world, "a"), lead(&mut world, "b"));
    assert_eq!(Features::of(&world, &a).similarity(&Features::of(&world, &b)), 0);
}

/// By hand: (1000·Σ s·won + k·team) ⁄ (Σ s + k), s in hundredths.
#[test]
fn few_decided_ones_are_shrunk_to_the_team_s_rate() {
    let record = |weight, weight_won| Record { weight, weight_won, closed: 1, ..Record::default() };
    let rows = [
        (0, 0, 400, 10, 400),
        (1_000, 1_000, 400, 10, 700),
        (9_000, 9_000, 400, 10, 940),
        (100, 0, 400, 10, 364),
        (0, 0, 400, 0, 400),
    ];
    for (weight, won, team, k, rate) in rows {
        assert_eq!(record(weight, won).rate(team, k), rate, "{weight} {won} {team} {k}");
    }
}

proptest! {
    /// A shrunk rate lies between a member's own and the team's.
    #[test]
    fn a_shrunk_rate_lies_between(weight in 1_u64..10_000, share in 0_u64..=100, team in 0_u64..=1_000, k in 0_u64..100) {
        let won = weight * share / 100;
        let own = (1_000 * won + weight / 2) / weight;
        let rate = u64::from(Record { weight, weight_won: won, ..Record::default() }.rate(team, k));
        prop_assert!(rate + 1 >= own.min(team) && rate <= own.max(team) + 1, "{rate} of {own} and {team}");
    }

    /// Another member takes leads over, and moves none between the others.
    #[test]
    fn a_new_member_moves_only_the_leads_they_get(lead in "[a-z]{8}", members in prop::collection::btree_set("[a-z]{4}", 2..10)) {
        let best = |members: &[String]| members.iter().max_by_key(|one| rendezvous(&lead, one)).cloned();
        let all: Vec<String> = members.into_iter().collect();
        let (newcomer, others) = all.split_last().unwrap();
        let (before, after) = (best(others), best(&all));
        prop_assert!(after == before || after.as_ref() == Some(newcomer));
    }

    /// The order in which records were read does not show.
    #[test]
    fn every_device_ranks_alike(seed in any::<u64>()) {
        let (one, lead) = world();
        let mut other = World { rules: one.rules.clone(), ids: one.ids.clone(), ..World::default() };
        let mut opportunities: Vec<_> = one.opportunities.iter().cloned().collect();
        opportunities.sort_by_key(|o| rendezvous(&seed.to_string(), one.id(o.key)));
        opportunities.into_iter().for_each(|o| other.opportunities.put(o));
        one.accounts.iter().for_each(|a| other.accounts.put(a.clone()));
        let mut members: Vec<_> = one.members.iter().cloned().collect();
        members.reverse();
        members.into_iter().for_each(|m| other.members.put(m));
        let ranks = |world: &World| route(world, &lead, NOW_MS).candidates.iter().map(|c| (c.member, c.rate, c.similar.clone())).collect::<Vec<_>>();
        prop_assert_eq!(ranks(&one), ranks(&other));
    }
}
