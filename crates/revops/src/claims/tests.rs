#![allow(clippy::unwrap_used)]

use super::{Settlement, settlement};
use crate::World;
use crate::facts::{Claim, DecisionKind, Opportunity};
use crate::testing::{decide, lead, member, stages, with_facts};

use DecisionKind::{Accept, Return, Withdraw};

const MINUTE_MS: i64 = 60_000;
const NOON_MS: i64 = 1_764_072_000_000;

/// Members `rita` and `ravi` of sales and `mona` of marketing, and a lead.
fn world() -> World {
    let mut world = World::default();
    stages(&mut world);
    for (id, team) in [("rita", "sales"), ("ravi", "sales"), ("mona", "marketing")] {
        member(&mut world, id, team);
    }
    let one = lead(&mut world, "lead");
    world.opportunities.put(one);
    world
}

/// An owner, who wrote so, minutes after noon.
type Stated<'a> = (Option<&'a str>, &'a str, i64);

fn claimed(world: &mut World, stated: &[Stated<'_>]) -> Opportunity {
    let mut one = world.opportunity("lead").unwrap().clone();
    let claim = |(owner, by, minute): &Stated<'_>| Claim {
        owner: owner.map(|id| world.ids.key(id)),
        by: Some(world.ids.key(by)),
        at_ms: NOON_MS + minute * MINUTE_MS,
    };
    one.claims = stated.iter().map(claim).collect();
    one
}

fn decided(world: &mut World, kind: DecisionKind, id: &str, minute: i64) {
    let member = world.ids.find(id).unwrap();
    decide(world, kind, "lead", member, NOON_MS + minute * MINUTE_MS);
}

/// Who contends, in order, and the code of why.
fn settled(world: &World, one: &Opportunity) -> Option<(Vec<String>, &'static str)> {
    let Settlement { claims, why } = settlement(world, one, NOON_MS + 1_000 * MINUTE_MS)?;
    Some((claims.iter().map(|claim| world.id(claim.owner).to_owned()).collect(), why.code()))
}

fn is(names: &[&str], code: &'static str) -> Option<(Vec<String>, &'static str)> {
    Some((names.iter().map(|name| (*name).to_owned()).collect(), code))
}

#[test]
fn the_first_by_time_is_proposed_and_of_claims_at_once_the_better_in_the_routing() {
    let mut world = world();
    let one = claimed(&mut world, &[(Some("rita"), "rita", 10), (Some("ravi"), "ravi", 5)]);
    assert_eq!(settled(&world, &one), is(&["ravi", "rita"], "claim_first"));
    decided(&mut world, Accept, "rita", 2);
    assert_eq!(settled(&world, &one), is(&["rita", "ravi"], "claim_first"), "the decision says when");
    let one = claimed(&mut world, &[(Some("rita"), "rita", 2), (Some("ravi"), "ravi", 2)]);
    let ravi = world.ids.find("ravi").unwrap();
    let mut won = lead(&mut world, "won");
    (won.stage, won.owner) = ("won".into(), Some(ravi));
    world.opportunities.put(won);
    let rita = world.ids.find("rita").unwrap();
    with_facts(&mut world, rita, |facts| facts.capacity = Some(0));
    assert_eq!(settled(&world, &one), is(&["ravi", "rita"], "claim_rank"));
}

/// 59 seconds apart is at once also where a minute of the clock ends between.
#[test]
fn at_once_does_not_depend_on_where_a_minute_begins() {
    let mut world = world();
    let mut one = claimed(&mut world, &[(Some("rita"), "rita", 2), (Some("ravi"), "ravi", 2)]);
    one.claims[0].at_ms -= 1;
    let (_, why) = settled(&world, &one).unwrap();
    assert_eq!(why, "claim_rank");
}

#[test]
fn whoever_gave_it_back_or_lost_the_offer_has_no_claim_any_more() {
    for ends in [Return, Withdraw] {
        let mut world = world();
        let one = claimed(&mut world, &[(Some("rita"), "rita", 1), (Some("ravi"), "ravi", 5)]);
        decided(&mut world, Accept, "rita", 1);
        decided(&mut world, Accept, "ravi", 5);
        decided(&mut world, ends, "rita", 9);
        assert_eq!(settled(&world, &one), is(&["ravi"], "claim_alone"), "{}", ends.name());
        decided(&mut world, Accept, "rita", 11);
        assert_eq!(settled(&world, &one), is(&["ravi", "rita"], "claim_first"), "she took it again");
    }
}

#[test]
fn to_whom_it_came_back_stands_behind_who_took_it() {
    let mut world = world();
    decided(&mut world, Accept, "rita", 1);
    decided(&mut world, Return, "rita", 3);
    decided(&mut world, Accept, "ravi", 7);
    let one = claimed(&mut world, &[(Some("mona"), "rita", 3), (Some("ravi"), "ravi", 7)]);
    assert_eq!(settled(&world, &one), is(&["ravi", "mona"], "claim_took"));
}

#[test]
fn a_claim_of_somebody_set_aside_or_not_active_does_not_count() {
    let mut world = world();
    let one = claimed(&mut world, &[(Some("rita"), "rita", 1), (Some("ravi"), "ravi", 5)]);
    let rita = world.ids.find("rita").unwrap();
    with_facts(&mut world, rita, |facts| facts.active = false);
    assert_eq!(settled(&world, &one), is(&["ravi"], "claim_alone"));
    world.members.remove(rita);
    assert_eq!(settled(&world, &one), is(&["ravi"], "claim_alone"));
    world.members.remove(world.ids.find("ravi").unwrap());
    assert_eq!(settled(&world, &one), None, "nobody is left");
}

#[test]
fn an_owner_who_was_cleared_meanwhile_is_no_claim_and_one_owner_twice_no_conflict() {
    let mut world = world();
    let one = claimed(&mut world, &[(None, "mona", 1), (Some("ravi"), "ravi", 5)]);
    assert_eq!(settled(&world, &one), is(&["ravi"], "claim_alone"));
    let one = claimed(&mut world, &[(Some("ravi"), "mona", 1), (Some("ravi"), "ravi", 5)]);
    assert_eq!(settled(&world, &one), None);
}
