#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate};

use super::{Item, What, When, queue};
use crate::World;
use crate::facts::{Claim, DecisionKind, Opportunity, Task};
use crate::testing::{answer, criterion, decide, lead, member, stages, task, with_facts};

/// A Wednesday.
const NOW: &str = "2026-11-25T12:00:00+01:00";

fn ms(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One of each team, a second rep, and no opportunity.
fn world() -> World {
    let mut world = World::default();
    stages(&mut world);
    let teams = [("mona", "marketing"), ("rita", "sales"), ("ravi", "sales"), ("sam", "service"), ("lea", "revenue")];
    teams.into_iter().for_each(|(id, team)| _ = member(&mut world, id, team));
    world
}

fn with_lead(world: &mut World, id: &str, change: impl FnOnce(&World, &mut Opportunity)) {
    let mut one = lead(world, id);
    change(world, &mut one);
    world.opportunities.put(one);
}

fn lines(world: &World, id: &str) -> Vec<Item> {
    queue(world, world.ids.find(id).unwrap(), ms(NOW))
}

fn line(world: &World, id: &str, record: &str) -> Option<Item> {
    lines(world, id).into_iter().find(|item| world.id(item.record) == record)
}

fn codes(item: &Item) -> Vec<&'static str> {
    item.why.iter().map(tandem_context::Remark::code).collect()
}

#[test]
fn while_sales_works_on_the_account_marketings_nurture_rests_and_nothing_of_it_is_late() {
    let mut world = world();
    criterion(&mut world, "need");
    let account = world.ids.key("acme");
    let late = Some(day("2026-11-20"));
    for (id, owner) in [("nurtured", Some("mona")), ("unowned", None)] {
        with_lead(&mut world, id, |world, one| {
            (one.account, one.owner) = (Some(account), owner.and_then(|id| world.ids.find(id)));
            (one.next_step, one.next_step_date) = ("Write".into(), late);
        });
    }
    let of = |world: &World, id: &str| line(world, "mona", id).map(|item| (item.what, item.when));
    assert_eq!(of(&world, "nurtured"), Some((What::NextStep, When::Overdue)));
    with_lead(&mut world, "deal", |world, one| {
        (one.account, one.owner) = (Some(account), world.ids.find("rita"));
        (one.stage, one.next_step, one.next_step_date) = ("discovery".into(), "Call".into(), late);
    });
    assert_eq!(of(&world, "nurtured"), Some((What::Later, When::Later)));
    let forgotten = |world: &World, id: &str| {
        let (found, _) = crate::forgotten::all(world, ms(NOW));
        found.into_iter().find(|one| world.id(one.opportunity) == id).map(|one| one.why.len())
    };
    assert_eq!((forgotten(&world, "nurtured"), forgotten(&world, "deal")), (None, Some(1)));
    // What nobody has needs somebody, whoever works beside it.
    assert_eq!(of(&world, "unowned"), Some((What::NextStep, When::Overdue)));
    assert_eq!(forgotten(&world, "unowned"), Some(1));
}

#[test]
fn every_open_lead_of_mine_is_in_my_queue_also_where_nothing_is_due() {
    let mut world = world();
    let days = [
        ("overdue", "2026-11-24", When::Overdue),
        ("today", "2026-11-25", When::Today),
        ("soon", "2026-11-27", When::Soon),
        ("in a month", "2026-12-24", When::Later),
        ("in a year", "2027-11-25", When::Later),
    ];
    for (id, date, _) in days {
        with_lead(&mut world, id, |world, one| {
            (one.owner, one.stage) = (world.ids.find("rita"), "discovery".into());
            (one.next_step, one.next_step_date) = ("Call".into(), Some(day(date)));
        });
    }
    with_lead(&mut world, "offered", |world, one| {
        (one.owner, one.stage, one.offered_to) = (world.ids.find("rita"), "new".into(), world.ids.find("ravi"));
        one.offered_ms = Some(ms("2026-11-25T11:00:00+01:00"));
    });
    let queue = lines(&world, "rita");
    for (id, _, when) in days {
        let line = queue.iter().find(|item| world.id(item.record) == id).unwrap();
        assert_eq!((line.what, line.when), (What::NextStep, when), "{id}");
    }
    let offered = queue.iter().find(|item| world.id(item.record) == "offered").unwrap();
    assert_eq!(offered.what, What::Later, "the rep it is offered to has it now");
    assert!(queue.is_sorted_by_key(|item| item.when) && queue.len() == 6);
}

/// An offer made on Monday at nine, with eight hours to answer.
fn offered(world: &mut World, by: &str, owner: Option<&str>) {
    with_lead(world, "lead", |world, one| {
        (one.stage, one.offered_to) = ("qualified".into(), world.ids.find("rita"));
        one.owner = owner.and_then(|id| world.ids.find(id));
        one.offered_ms = Some(ms("2026-11-23T09:00:00+01:00"));
    });
    let rita = world.ids.find("rita").unwrap();
    let mut offer = decide(world, DecisionKind::Offer, "lead", rita, ms("2026-11-23T09:00:00+01:00"));
    offer.by = world.ids.find(by);
    world.decisions.put(offer);
}

#[test]
fn an_overdue_offer_proposes_who_is_next_to_whoever_offered_it_and_to_revenue() {
    let mut world = world();
    offered(&mut world, "sam", Some("mona"));
    for (id, why) in [("mona", "the owner"), ("sam", "who offered it"), ("lea", "the revenue lead")] {
        let line = line(&world, id, "lead").expect(why);
        assert_eq!((line.what, line.when), (What::Reroute, When::Overdue), "{why}");
        assert_eq!(line.proposed, world.ids.find("ravi"), "{why}");
        assert_eq!(codes(&line)[..3], ["today_unanswered", "today_next_rep", "route_no_record"], "{why}");
    }
    assert_eq!(line(&world, "rita", "lead").unwrap().what, What::Accept, "she still may");
    assert!(line(&world, "ravi", "lead").is_none(), "it is not his yet");
    let ravi = world.ids.find("ravi").unwrap();
    with_facts(&mut world, ravi, |facts| facts.capacity = Some(0));
    let alone = line(&world, "lea", "lead").unwrap();
    assert_eq!((alone.proposed, codes(&alone)), (None, vec!["today_unanswered", "today_no_next_rep"]));
}

#[test]
fn an_offer_in_time_is_nobody_s_but_the_rep_s_and_the_owner_s() {
    let mut world = world();
    offered(&mut world, "sam", Some("mona"));
    let mut one = world.opportunity("lead").unwrap().clone();
    one.offered_ms = Some(ms("2026-11-25T09:00:00+01:00"));
    world.opportunities.put(one);
    assert_eq!(line(&world, "mona", "lead").unwrap().what, What::Later);
    assert!(line(&world, "sam", "lead").is_none() && line(&world, "lea", "lead").is_none());
}

#[test]
fn an_offer_to_somebody_who_left_is_offered_on_at_once_and_forgotten() {
    let mut world = world();
    offered(&mut world, "mona", None);
    let mut one = world.opportunity("lead").unwrap().clone();
    one.offered_ms = Some(ms("2026-11-25T11:00:00+01:00"));
    world.opportunities.put(one);
    let rita = world.ids.find("rita").unwrap();
    with_facts(&mut world, rita, |facts| facts.active = false);
    let line = line(&world, "mona", "lead").unwrap();
    assert_eq!((line.what, line.proposed), (What::Reroute, world.ids.find("ravi")));
    assert_eq!(codes(&line)[0], "today_offered_to_gone");
    let (forgotten, _) = crate::forgotten::all(&world, ms(NOW));
    assert!(forgotten[0].why.iter().any(|why| why.code() == "forgotten_offer_gone"));
}

#[test]
fn a_settlement_says_who_took_it_who_should_have_it_and_why() {
    let mut world = world();
    with_lead(&mut world, "lead", |world, one| {
        (one.stage, one.owner) = ("accepted".into(), world.ids.find("rita"));
        let claim = |id: &str, at_ms| Claim { owner: world.ids.find(id), by: world.ids.find(id), at_ms };
        one.claims = vec![claim("rita", ms(NOW) - 60_000_000), claim("ravi", ms(NOW) - 90_000_000)];
    });
    for id in ["rita", "ravi", "lea"] {
        let line = line(&world, id, "lead").unwrap();
        assert_eq!((line.what, line.proposed), (What::Settle, world.ids.find("ravi")), "{id}");
        assert_eq!(codes(&line), ["today_two_claims", "claim_first"], "{id}");
    }
    let mut customer = world.opportunity("lead").unwrap().clone();
    customer.stage = "onboarding".into();
    world.opportunities.put(customer);
    assert_eq!(line(&world, "rita", "lead").unwrap().what, What::Settle, "customers too");
    let ravi = world.ids.find("ravi").unwrap();
    world.members.remove(ravi);
    let alone = line(&world, "rita", "lead").unwrap();
    assert_eq!((alone.proposed, codes(&alone)), (world.ids.find("rita"), vec!["claim_alone"]));
}

#[test]
fn a_lead_given_back_is_worked_on_until_it_is_qualified_anew_and_then_offered() {
    let mut world = world();
    let need = criterion(&mut world, "need");
    with_lead(&mut world, "lead", |world, one| {
        (one.stage, one.owner) = ("engaged".into(), world.ids.find("mona"));
    });
    let rita = world.ids.find("rita").unwrap();
    let mut returned = decide(&mut world, DecisionKind::Return, "lead", rita, ms(NOW) - 1_000);
    returned.criterion = Some(need);
    world.decisions.put(returned);
    answer(&mut world, "lead", need, crate::Verdict::No, ms(NOW) - 1_000);
    assert_eq!(line(&world, "mona", "lead").unwrap().what, What::Returned);
    answer(&mut world, "lead", need, crate::Verdict::Yes, ms(NOW) - 500);
    assert_eq!(line(&world, "mona", "lead").unwrap().what, What::Offer);
}

/// Two devices that began one onboarding offline each made a task of each step.
#[test]
fn of_an_onboarding_begun_twice_each_step_counts_once() {
    let mut world = world();
    with_lead(&mut world, "lead", |_, one| one.stage = "onboarding".into());
    let step = world.ids.key("step");
    for id in ["first", "second"] {
        let owner = world.ids.find("sam");
        let made = task(&mut world, id, owner);
        let opportunity = world.ids.find("lead");
        world.tasks.put(Task { kind: "onboarding".into(), opportunity, step: Some(step), ..made });
    }
    let sam = world.ids.find("sam");
    let made = task(&mut world, "of another step", sam);
    let (opportunity, other) = (world.ids.find("lead"), world.ids.key("other step"));
    world.tasks.put(Task { opportunity, step: Some(other), ..made });
    let todo = |world: &World| -> Vec<String> {
        let tasks = lines(world, "sam").into_iter().filter(|item| item.what == What::Task);
        let mut ids: Vec<String> = tasks.map(|item| world.id(item.record).to_owned()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(todo(&world), ["first", "of another step"]);
    let other_member = world.ids.find("lea");
    let first = world.ids.find("first").unwrap();
    world.tasks.get_mut(first).unwrap().owner = other_member;
    let customer = world.ids.find("lead").unwrap();
    world.opportunities.get_mut(customer).unwrap().owner = world.ids.find("sam");
    assert_eq!(todo(&world), ["of another step", "second"], "he has the customer");
    let mut done = world.tasks.get(world.ids.find("second").unwrap()).unwrap().clone();
    done.done_on = Some(day("2026-11-24"));
    world.tasks.put(done);
    assert_eq!(todo(&world), ["of another step"], "whichever of the two is done, the step is");
}
