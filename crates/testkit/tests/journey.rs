//! The revenue journey over several devices: whatever they do to the same leads at the same time.

use proptest::prelude::*;
use serde_json::json;
use tandem_testkit::World;
use tandem_testkit::action::Action;
use tandem_testkit::journey::{Handover, Seen, any_handover};
use tandem_testkit::seeds::check;

/// A turn of a history: who does what, who is without network, what arrives.
#[derive(Clone, Debug)]
enum Turn {
    Do(u8, Handover),
    Part(u8),
    Mend(u8),
    Deliver(u8),
    Days(u8),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        24 => (any::<u8>(), any_handover()).prop_map(|(device, handover)| Turn::Do(device, handover)),
        2 => any::<u8>().prop_map(Turn::Part),
        2 => any::<u8>().prop_map(Turn::Mend),
        4 => (1..30u8).prop_map(Turn::Deliver),
        2 => (1..9u8).prop_map(Turn::Days),
    ]
}

fn turns() -> impl Strategy<Value = (u64, usize, Vec<Turn>)> {
    (any::<u64>(), 2..=4usize, prop::collection::vec(turn(), 10..70))
}

/// A world whose members have teams and two leads to begin with.
fn begin(seed: u64, devices: usize) -> World {
    let mut world = World::new(seed, devices);
    world.take_teams();
    for _ in 0..2 {
        world.hand_over(0, &Handover::Lead { owned: false });
    }
    world.rest();
    world
}

fn take(world: &mut World, turn: &Turn) {
    match turn {
        Turn::Do(device, handover) => world.hand_over(usize::from(*device) % world.count(), handover),
        Turn::Part(device) => world.act(&Action::Part(*device)),
        Turn::Mend(device) => world.act(&Action::Mend(*device)),
        Turn::Deliver(messages) => world.act(&Action::Deliver(*messages)),
        Turn::Days(days) => world.pass_days(u64::from(*days)),
    }
}

#[track_caller]
fn assert_same(one: &Seen, other: &Seen, between: &str) {
    for (question, answer) in one {
        assert_eq!(Some(answer), other.get(question), "{question} differs between {between}");
    }
    assert_eq!(one.len(), other.len(), "questions that have an answer differ between {between}");
}

#[test]
fn every_device_computes_the_same_gate_route_queue_and_numbers_from_the_same_document() {
    let name = "every_device_computes_the_same_gate_route_queue_and_numbers_from_the_same_document";
    check(name, 30, &turns(), |(seed, devices, turns)| {
        let mut world = begin(seed, devices);
        for turn in &turns {
            take(&mut world, turn);
        }
        world.rest();
        world.assert_converged();
        let now_ms = world.now_ms();
        let first = world.seen(0, None, now_ms);
        for other in 1..world.count() {
            let seen = world.seen(other, None, now_ms);
            assert_same(&first, &seen, &format!("device 0 and device {other}"));
        }
        // What is held in memory and followed by is what the file says.
        world.restart(0);
        let again = world.seen(0, None, now_ms);
        assert_same(&first, &again, "facts that were followed and facts read anew");
    });
}

#[test]
fn no_concurrent_claims_accepts_returns_and_moves_leave_an_open_lead_to_nobody() {
    let name = "no_concurrent_claims_accepts_returns_and_moves_leave_an_open_lead_to_nobody";
    check(name, 40, &turns(), |(seed, devices, turns)| {
        let mut world = begin(seed, devices);
        for turn in &turns {
            take(&mut world, turn);
            // Also on a device that has not heard of what the others did.
            if let Turn::Do(device, _) = turn {
                world.assert_nothing_is_lost(usize::from(*device) % devices);
            }
        }
        world.rest();
        world.assert_converged();
        for index in 0..world.count() {
            world.assert_nothing_is_lost(index);
        }
    });
}

#[test]
fn what_was_seen_at_the_end_of_a_day_is_what_is_seen_as_of_that_day() {
    let name = "what_was_seen_at_the_end_of_a_day_is_what_is_seen_as_of_that_day";
    let days = prop::collection::vec(prop::collection::vec(turn(), 5..25), 2..4);
    check(name, 20, &(any::<u64>(), 2..=4usize, days), |(seed, devices, days)| {
        let mut world = begin(seed, devices);
        let mut then = Vec::new();
        for turns in &days {
            for turn in turns {
                take(&mut world, turn);
            }
            world.rest();
            let (day, end_ms) = world.end_of_day();
            then.push((day, end_ms, world.seen(0, None, end_ms)));
            // No clock is so wrong that what comes next is written on that day.
            world.pass_days(2);
        }
        let now_ms = world.now_ms();
        for (day, end_ms, seen) in &then {
            for index in 0..world.count() {
                let as_of = world.seen(index, Some(day), now_ms);
                assert_same(seen, &as_of, &format!("{day} as it was ({end_ms}) and as of it on device {index}"));
            }
        }
    });
}

#[test]
fn a_lead_that_was_taken_while_it_was_offered_on_stays_with_whoever_took_it() {
    let mut world = begin(11, 4);
    let force = Handover::Offer { lead: 0, force: true };
    world.hand_over(0, &force);
    world.rest();
    let lead = world.devices[0].ids_of("opportunity")[0].clone();
    let field = |world: &mut World, name: &str| {
        let row = world.devices[0].record(&lead).unwrap();
        row.values.get(name).and_then(|value| value.as_text()).map(str::to_owned)
    };
    let asked = field(&mut world, "offered_to").unwrap();
    let rep = [1, 2].into_iter().find(|rep| world.devices[*rep].engine().me() == asked).unwrap();
    let other = 3 - rep;
    // Days later they take it, without network, while marketing offers it to the next.
    world.pass_days(5);
    world.act(&Action::Part(u8::try_from(rep).unwrap()));
    world.hand_over(rep, &Handover::Accept(0));
    world.hand_over(0, &force);
    assert_eq!(field(&mut world, "offered_to").as_deref(), Some(world.devices[other].engine().me()));
    world.act(&Action::Mend(u8::try_from(rep).unwrap()));
    world.rest();
    world.assert_converged();
    assert_eq!((field(&mut world, "stage").as_deref(), field(&mut world, "owner")), (Some("accepted"), Some(asked)));
    let now_ms = world.now_ms();
    for (device, stands) in [(rep, true), (other, false)] {
        let me = world.devices[device].engine().me().to_owned();
        let today = world.ask(device, "today", &json!({ "member": me }), now_ms);
        let lines = today["items"].as_array().unwrap();
        assert_eq!(lines.iter().any(|item| item["id"] == lead.as_str()), stands, "{today}");
    }
    // Whoever was offered it meanwhile can neither take it nor send it back.
    let decided = world.devices[other].ids_of("decision").len();
    world.hand_over(other, &Handover::Accept(0));
    world.hand_over(other, &Handover::Return { lead: 0, reason: 0, days: 0 });
    assert_eq!(world.devices[other].ids_of("decision").len(), decided);
}

#[test]
fn two_offline_claims_are_one_conflict_with_one_proposal_and_both_reps_activities_on_the_record() {
    let mut world = begin(7, 4);
    world.hand_over(0, &Handover::Answer { lead: 0, criterion: 0, yes: true });
    world.rest();
    // Devices 1 and 2 are reps.
    for rep in [1, 2] {
        world.hand_over(rep, &Handover::Claim(0));
        world.hand_over(rep, &Handover::Touch(0));
    }
    world.rest();
    world.assert_converged();
    let now_ms = world.now_ms();
    let lead = world.devices[0].ids_of("opportunity")[0].clone();
    let reps: Vec<String> = [1, 2].map(|rep| world.devices[rep].engine().me().to_owned()).into();
    let proposed = world.ask(0, "settlement", &json!({ "id": lead }), now_ms);
    let claims = proposed["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 2, "{proposed}");
    assert_eq!(claims[0]["member"]["id"], reps[0].as_str(), "who took it first is proposed: {proposed}");
    for rep in &reps {
        let today = world.ask(3, "today", &json!({ "member": rep }), now_ms);
        let told = today["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["id"] == lead.as_str() && item["what"] == "settle");
        assert!(told, "both reps are told: {today}");
    }
    world.hand_over(2, &Handover::Settle(0));
    world.rest();
    assert_eq!(world.ask(1, "settlement", &json!({ "id": lead }), now_ms), json!(null));
    for index in 0..world.count() {
        let activities = world.devices[index].ids_of("activity");
        let on_it = activities.iter().filter(|id| {
            let row = world.devices[index].record(id).unwrap();
            row.values.get("opportunity").and_then(|value| value.as_text()) == Some(lead.as_str())
        });
        assert_eq!(on_it.count(), 2, "both reps' activities stay on the one record");
    }
}
