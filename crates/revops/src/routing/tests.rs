#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Record, rendezvous, route};
use crate::facts::{Absence, Account, DecisionKind, Opportunity};
use crate::rules::{Phase, Rules, Stage};
use crate::similarity::{Features, size_band};
use crate::testing::{account, answer, criterion, decide, lead, member, person, with_facts};
use crate::{Key, Verdict, World};

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
    decide(&mut world, DecisionKind::Return, "lead", a, NOW_MS - 1);
    let route = route(&world, &lead, NOW_MS);
    assert_eq!(route.chosen, world.ids.find("b"));
    assert_eq!(route.candidates[1].reasons[0].code(), "route_returned_it");
}

#[test]
fn open_offers_take_room_like_open_work_and_decided_ones_do_not() {
    let (mut world, lead_of) = world();
    let a = world.ids.find("a").unwrap();
    with_facts(&mut world, a, |facts| facts.capacity = Some(2));
    let room = |world: &World| {
        let route = route(world, &lead_of, NOW_MS);
        let found = route.candidates.iter().find(|one| one.member == a).unwrap();
        (found.open, found.eligible)
    };
    assert_eq!(room(&world), (0, true));
    let offer = |world: &mut World, id: &str, stage: &str, owner| {
        let mut one = lead(world, id);
        (one.stage, one.offered_to, one.owner) = (stage.into(), Some(a), owner);
        world.opportunities.put(one);
    };
    offer(&mut world, "offered", "new", None);
    assert_eq!(room(&world), (1, true));
    offer(&mut world, "offered and decided since", "lost", None);
    assert_eq!(room(&world), (1, true), "what is lost is no work");
    offer(&mut world, "offered and theirs", "new", Some(a));
    assert_eq!(room(&world), (2, false), "one lead is one");
    let mut own = lead_of.clone();
    own.offered_to = Some(a);
    world.opportunities.put(own);
    assert_eq!(room(&world), (2, false), "the lead itself takes no room of its own");
}

/// Languages and country of the account, of the people; whether `a` and `b` may have it.
#[test]
fn a_rep_speaks_the_language_of_the_people_or_else_one_of_the_country_s() {
    type Names = &'static [&'static str];
    type Row = (Names, Names, &'static str, Names, bool, bool);
    let rows: &[Row] = &[
        (&["de"], &["en"], "", &["en"], false, true),
        (&["de"], &["en"], "AT", &[], true, false),
        (&["de"], &["en"], "AT", &["en"], false, true),
        (&["it"], &["en"], "CH", &[], true, false),
        (&["de"], &["en"], "CH", &["de", "en"], true, true),
        (&["de"], &[], "FR", &[], false, true),
        // Nobody speaks it: a guess bars nobody, what is known bars everybody.
        (&["de"], &["en"], "FR", &[], true, true),
        (&["de"], &["en"], "DE", &["fr"], false, false),
        (&["de"], &["en"], "AQ", &[], true, true),
    ];
    for (of_a, of_b, country, people, a_may, b_may) in rows {
        let (mut world, mut lead) = world();
        for (id, languages) in [("a", of_a), ("b", of_b)] {
            let member = world.ids.find(id).unwrap();
            with_facts(&mut world, member, |facts| {
                facts.languages = languages.iter().map(|one| (*one).into()).collect();
            });
        }
        let company = world.ids.find("new").unwrap();
        world.accounts.get_mut(company).unwrap().country = (*country).into();
        for (n, language) in people.iter().enumerate() {
            let made = person(&mut world, &format!("person {n}"));
            lead.people.push((made.key, "".into()));
            world.people.put(crate::facts::Person { language: (*language).into(), ..made });
        }
        let route = route(&world, &lead, NOW_MS);
        let may = |id| route.candidates.iter().find(|one| Some(one.member) == world.ids.find(id)).unwrap().eligible;
        assert_eq!((may("a"), may("b")), (*a_may, *b_may), "{of_a:?} {of_b:?} {country} {people:?}");
    }
}

#[test]
fn whoever_gave_it_back_may_have_it_once_it_is_qualified_anew() {
    let (mut world, lead) = world();
    let (need, a) = (criterion(&mut world, "need"), world.ids.find("a").unwrap());
    let mut returned = decide(&mut world, DecisionKind::Return, "lead", a, NOW_MS - 10);
    returned.criterion = Some(need);
    world.decisions.put(returned);
    answer(&mut world, "lead", need, Verdict::No, NOW_MS - 10);
    assert_eq!(route(&world, &lead, NOW_MS).chosen, world.ids.find("b"));
    answer(&mut world, "lead", need, Verdict::Yes, NOW_MS - 5);
    assert_eq!(route(&world, &lead, NOW_MS).chosen, Some(a));
}

/// Each opportunity is looked at once, whoever is ranked: 35 reps take no longer than one does. Both are timed in one run, the
/// best of some tries, because other work on the machine is no fault of routing; `benches/journey.rs` measures the rest.
#[test]
fn ranking_many_reps_takes_about_as_long_as_ranking_one() {
    let mut world = World::default();
    world.rules = rules(&mut world);
    let reps: Vec<Key> = (0..35).map(|n| member(&mut world, &format!("rep {n}"), "sales")).collect();
    let companies: Vec<Key> = (0..1_000).map(|n| company(&mut world, n)).collect();
    for n in 0..20_000_usize {
        let mut one = lead(&mut world, &format!("opportunity {n}"));
        (one.account, one.owner) = (Some(companies[n * 31 % companies.len()]), Some(reps[n * 17 % reps.len()]));
        one.stage = ["won", "lost", "won", "discovery"][n % 4].into();
        world.opportunities.put(one);
    }
    let mut alone = world.clone();
    reps.iter().skip(1).for_each(|rep| alone.members.remove(*rep));
    let took = |world: &World, reps: usize| {
        let asked = world.opportunity("opportunity 3").unwrap();
        let start = std::time::Instant::now();
        assert_eq!(route(world, asked, NOW_MS).candidates.len(), reps);
        start.elapsed()
    };
    let tries: Vec<_> = (0..9).map(|_| (took(&world, 35), took(&alone, 1))).collect();
    let many = tries.iter().map(|(many, _)| *many).min().unwrap();
    let one = tries.iter().map(|(_, one)| *one).min().unwrap();
    assert!(many < one * 4, "{many:?} for 35, {one:?} for one");
}

fn company(world: &mut World, n: i64) -> Key {
    let made = account(world, &format!("account {n}"));
    let (key, industry) = (made.key, format!("industry {}", n % 12));
    world.accounts.put(Account { industry: industry.into(), employees: Some(n * 7 % 9_000), ..made });
    key
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
