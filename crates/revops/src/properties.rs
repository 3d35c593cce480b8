//! What holds in every world, whatever is in it and in whatever order it was read.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use crate::facts::{Account, Claim, DecisionKind, Move, Opportunity};
use crate::queue::queue;
use crate::routing::{Candidate, rendezvous, route};
use crate::similarity::Features;
use crate::testing::{account, answer, call, criterion, decide, lead, member, stages, task, with_facts};
use crate::{Key, Verdict, World, claims, forgotten, gate};

const DAY_MS: i64 = 86_400_000;
/// Wednesday, 25 November 2026, noon in Berlin.
const NOW_MS: i64 = 1_795_604_400_000;

/// Everybody who may stand somewhere: members, one who left, and one whom nobody knows.
const SOMEBODY: [&str; 8] = ["mona", "rita", "ravi", "rolf", "sam", "lea", "gone", "unknown"];
const STAGES: [&str; 10] =
    ["new", "engaged", "qualified", "accepted", "discovery", "won", "live", "nurture", "lost", "no such stage"];

/// What is made of an opportunity.
#[derive(Debug, Clone)]
struct Sketch {
    stage: &'static str,
    owner: Option<&'static str>,
    /// To whom, and days ago.
    offered: Option<(&'static str, i64)>,
    /// In days.
    step: Option<i64>,
    back: Option<i64>,
    account: Option<u32>,
    claims: Vec<(Option<&'static str>, i64)>,
    decisions: Vec<(DecisionKind, &'static str, i64)>,
    answers: Vec<(u32, bool, i64)>,
    calls: Vec<(&'static str, i64)>,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let somebody = || select(SOMEBODY.to_vec());
    let kinds = vec![
        DecisionKind::Offer,
        DecisionKind::Accept,
        DecisionKind::Return,
        DecisionKind::Claim,
        DecisionKind::Withdraw,
        DecisionKind::Override,
    ];
    let place = (
        select(STAGES.to_vec()),
        proptest::option::weighted(0.7, somebody()),
        proptest::option::weighted(0.3, (somebody(), 0_i64..6)),
        proptest::option::of(-20_i64..40),
        proptest::option::of(-20_i64..20),
        proptest::option::weighted(0.8, 0_u32..4),
    );
    let story = (
        proptest::collection::vec((proptest::option::weighted(0.9, somebody()), 0_i64..4), 0..4),
        proptest::collection::vec((select(kinds), somebody(), 0_i64..9), 0..5),
        proptest::collection::vec((0_u32..2, any::<bool>(), 0_i64..9), 0..4),
        proptest::collection::vec((somebody(), -3_i64..9), 0..4),
    );
    (place, story).prop_map(|((stage, owner, offered, step, back, account), (claims, decisions, answers, calls))| {
        Sketch { stage, owner, offered, step, back, account, claims, decisions, answers, calls }
    })
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    proptest::collection::vec(sketch(), 1..12)
}

/// The world of sketches, its records read from the `turned`th on: keys are others, the records are the same.
fn world(sketches: &[Sketch], turned: usize) -> World {
    let mut world = World::default();
    let mut people = SOMEBODY;
    people.rotate_left(turned % SOMEBODY.len());
    people.into_iter().for_each(|id| _ = world.ids.key(id));
    stages(&mut world);
    for id in people.into_iter().filter(|id| *id != "unknown") {
        let team = match id {
            "mona" => "marketing",
            "sam" => "service",
            "lea" => "revenue",
            _ => "sales",
        };
        let key = member(&mut world, id, team);
        with_facts(&mut world, key, |facts| facts.active = id != "gone");
    }
    let rolf = world.ids.key("rolf");
    with_facts(&mut world, rolf, |facts| (facts.capacity, facts.languages) = (Some(3), vec!["fr".into()]));
    for id in ["need", "budget"] {
        criterion(&mut world, id);
    }
    let mut accounts: Vec<u32> = (0..4).collect();
    accounts.rotate_left(turned % 4);
    for n in accounts {
        let made = account(&mut world, &format!("account {n}"));
        let industry = if n < 2 { "energy" } else { "retail" };
        let country = if n % 2 == 0 { "FR" } else { "DE" };
        let employees = Some(i64::from(n) * 40);
        world.accounts.put(Account { industry: industry.into(), country: country.into(), employees, ..made });
    }
    let mut rows: Vec<(usize, &Sketch)> = sketches.iter().enumerate().collect();
    rows.rotate_left(turned % sketches.len().max(1));
    rows.into_iter().for_each(|(n, sketch)| draw(&mut world, n, sketch));
    world
}

fn draw(world: &mut World, n: usize, sketch: &Sketch) {
    let id = format!("lead {n}");
    let today = crate::calendar::local_day(chrono_tz::Europe::Berlin, NOW_MS);
    let day = |days: i64| crate::calendar::days_after(today, days);
    let mut one = lead(world, &id);
    one.stage = sketch.stage.into();
    one.owner = sketch.owner.map(|id| world.ids.key(id));
    one.offered_to = sketch.offered.map(|(id, _)| world.ids.key(id));
    one.offered_ms = sketch.offered.map(|(_, days)| NOW_MS - days * DAY_MS);
    one.next_step = if sketch.step.is_some() { "Call" } else { "" }.into();
    one.next_step_date = sketch.step.map(day);
    one.return_on = sketch.back.map(day);
    one.close_date = sketch.back.map(day);
    one.account = sketch.account.map(|n| world.ids.key(&format!("account {n}")));
    one.moves = vec![Move { at_ms: NOW_MS - 9 * DAY_MS, stage: sketch.stage.into(), by: one.owner }];
    let claim = |(owner, days): &(Option<&str>, i64)| {
        let owner = owner.map(|id| world.ids.key(id));
        Claim { owner, by: owner, at_ms: NOW_MS - days * DAY_MS }
    };
    one.claims = sketch.claims.iter().map(claim).collect();
    world.opportunities.put(one);
    for (kind, member, days) in &sketch.decisions {
        let member = world.ids.key(member);
        decide(world, *kind, &id, member, NOW_MS - days * DAY_MS);
    }
    for (criterion, yes, days) in &sketch.answers {
        let criterion = world.ids.find(if *criterion == 0 { "need" } else { "budget" }).unwrap();
        answer(world, &id, criterion, if *yes { Verdict::Yes } else { Verdict::No }, NOW_MS - days * DAY_MS);
    }
    for (member, days) in &sketch.calls {
        let (owner, opportunity) = (world.ids.find(member), world.ids.find(&id));
        let made = call(world, &format!("{id} {member} {days}"), owner, NOW_MS - days * DAY_MS);
        world.activities.put(crate::facts::Activity { opportunity, ..made });
    }
    let made = task(world, &format!("task {n}"), sketch.owner.map(|id| world.ids.find(id).unwrap()));
    world.tasks.put(crate::facts::Task { opportunity: world.ids.find(&id), ..made });
}

fn members(world: &World) -> Vec<Key> {
    let mut members: Vec<Key> = world.members.iter().map(|member| member.key).collect();
    members.sort_by_key(|key| world.id(*key));
    members
}

fn leads(world: &World) -> Vec<&Opportunity> {
    let mut leads: Vec<&Opportunity> = world.opportunities.iter().collect();
    leads.sort_by_key(|one| world.id(one.key));
    leads
}

/// Everything that is answered, in ids instead of keys.
fn told(world: &World) -> Vec<String> {
    let id = |key: Option<Key>| key.map(|key| world.id(key));
    let said = |why: &[tandem_context::Remark]| why.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut told = Vec::new();
    for member in members(world) {
        told.extend(queue(world, member, NOW_MS).iter().map(|item| {
            let line = (world.id(item.record), item.what, item.when, said(&item.why), id(item.proposed));
            format!("{} {line:?} {:?}", world.id(member), item.clock)
        }));
    }
    for one in leads(world) {
        let gate = gate::gate(world, one, NOW_MS);
        let route = route(world, one, NOW_MS);
        told.push(format!("{} {} {} {:?}", world.id(one.key), gate.score, gate.passes, id(route.chosen)));
        told.extend(route.candidates.iter().map(|one| {
            let similar: Vec<_> = one.similar.iter().map(|one| (world.id(one.opportunity), one.similarity)).collect();
            let Candidate { eligible, rate, won, closed, weight, open, .. } = one;
            let numbers = (eligible, rate, won, closed, weight, open);
            format!("{} {numbers:?} {:?} {similar:?}", world.id(one.member), said(&one.reasons))
        }));
        let settlement = claims::settlement(world, one, NOW_MS);
        told.extend(settlement.map(|found| {
            let claims: Vec<_> = found.claims.iter().map(|one| (world.id(one.owner), one.at_ms, one.rank)).collect();
            format!("{claims:?} {}", found.why)
        }));
    }
    let (forgotten, open) = forgotten::all(world, NOW_MS);
    told.extend(forgotten.iter().map(|one| format!("{} {:?}", world.id(one.opportunity), said(&one.why))));
    told.push(open.to_string());
    told
}

proptest! {
    #[test]
    fn every_open_opportunity_is_in_somebody_s_queue_or_forgotten(sketches in sketches()) {
        let world = world(&sketches, 0);
        let active = members(&world).into_iter().filter(|member| world.active(*member).is_some());
        let queued: BTreeSet<Key> =
            active.flat_map(|member| queue(&world, member, NOW_MS)).filter_map(|item| item.opportunity).collect();
        let forgotten: BTreeSet<Key> =
            forgotten::all(&world, NOW_MS).0.into_iter().map(|one| one.opportunity).collect();
        let calendars = crate::calendar::Calendars::new(&world);
        for one in world.opportunities.iter().filter(|one| forgotten::wants_care(&world, &calendars, one, NOW_MS)) {
            prop_assert!(queued.contains(&one.key) || forgotten.contains(&one.key), "{:?}", one);
        }
    }

    #[test]
    fn queue_route_and_score_do_not_depend_on_the_order_in_which_records_are_read(
        sketches in sketches(), turned in 1_usize..100,
    ) {
        prop_assert_eq!(told(&world(&sketches, 0)), told(&world(&sketches, turned)));
    }

    /// The break meter makes worlds of the past with nothing else in them.
    #[test]
    fn what_is_forgotten_follows_from_its_kinds_alone(sketches in sketches()) {
        let whole = world(&sketches, 0);
        prop_assert_eq!(forgotten::KINDS, ["opportunity", "member", "absence", "decision"]);
        let World { ids, rules, opportunities, members, absences, decisions, .. } = whole.clone();
        let bare = World { ids, rules, opportunities, members, absences, decisions, ..World::default() };
        let told = |world: &World| {
            let (found, open) = forgotten::all(world, NOW_MS);
            (found.iter().map(|one| (one.opportunity, one.since_ms, one.why.clone())).collect::<Vec<_>>(), open)
        };
        prop_assert_eq!(told(&whole), told(&bare));
    }

    /// A queue holds each record once, and what everybody has to do there is one of what can be done.
    #[test]
    fn a_queue_names_each_record_once(sketches in sketches()) {
        let world = world(&sketches, 0);
        for member in members(&world) {
            let items = queue(&world, member, NOW_MS);
            let records: BTreeSet<Key> = items.iter().map(|item| item.record).collect();
            prop_assert_eq!(records.len(), items.len());
            prop_assert!(items.iter().all(|item| !item.why.is_empty() && !item.what.actions().is_empty()));
            prop_assert!(items.is_sorted_by_key(|item| item.when));
        }
    }

    /// What is gathered class by class is what looking at one opportunity after another would find.
    #[test]
    fn a_track_record_is_that_of_each_opportunity_looked_at_alone(sketches in sketches()) {
        let world = world(&sketches, 0);
        for lead in world.opportunities.iter() {
            let features = Features::of(&world, lead);
            let others = || world.opportunities.iter().filter(|one| one.key != lead.key);
            for candidate in route(&world, lead, NOW_MS).candidates {
                let is_theirs = |one: &&Opportunity| {
                    let by_sales = one.owner.filter(|owner| crate::clocks::is_of(&world, *owner, "sales"));
                    by_sales == Some(candidate.member)
                };
                let decided = || others().filter(is_theirs).filter(|one| {
                    world.rules.is_won(&one.stage) || &*one.stage == "lost"
                });
                let alike = decided().map(|one| u64::from(features.similarity(&Features::of(&world, one))));
                let open = others().filter(|one| world.rules.is_open(&one.stage));
                let open = open.filter(|one| [one.owner, world.offered_to(one)].contains(&Some(candidate.member)));
                prop_assert_eq!(candidate.closed as usize, decided().count());
                prop_assert_eq!(candidate.weight, alike.sum::<u64>());
                prop_assert_eq!(candidate.open as usize, open.count());
            }
        }
    }

    /// Where two reps are equal in everything, the hash of lead and rep decides: the same on each device, and not always the
    /// same rep.
    #[test]
    fn ties_fall_alike_on_each_device(lead_id in "[a-z]{8}", turned in 0_usize..8) {
        let build = |turned: usize| {
            let mut world = World::default();
            stages(&mut world);
            let mut reps = ["r1", "r2", "r3", "r4"];
            reps.rotate_left(turned % 4);
            reps.into_iter().for_each(|id| _ = member(&mut world, id, "sales"));
            let one = lead(&mut world, &lead_id);
            world.opportunities.put(one);
            let route = route(&world, world.opportunity(&lead_id).unwrap(), NOW_MS);
            world.id(route.chosen.unwrap()).to_owned()
        };
        let best = ["r1", "r2", "r3", "r4"].into_iter().max_by_key(|rep| rendezvous(&lead_id, rep)).unwrap();
        prop_assert_eq!(build(0), best);
        prop_assert_eq!(build(turned), best);
    }
}
