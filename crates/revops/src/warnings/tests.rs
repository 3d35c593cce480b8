#![allow(clippy::unwrap_used)]

use super::{before_contact, double_work, nurture_is_paused};
use crate::facts::{Activity, Person};
use crate::testing::{account, call, lead, member, person};
use crate::{Key, World};

const DAY_MS: i64 = 86_400_000;
const START_MS: i64 = 1_764_000_000_000;

/// Two reps, a marketer, and a lead with one person.
fn world() -> World {
    let mut world = World::default();
    for (id, team) in [("rita", "sales"), ("ravi", "sales"), ("mona", "marketing")] {
        member(&mut world, id, team);
    }
    let company = account(&mut world, "acme");
    let anna = person(&mut world, "anna");
    world.people.put(Person { account: Some(company.key), ..anna });
    let mut one = lead(&mut world, "lead");
    (one.account, one.people) = (Some(company.key), vec![(world.ids.find("anna").unwrap(), "".into())]);
    world.accounts.put(company);
    world.opportunities.put(one);
    world
}

/// A call to Anna on a day.
fn calls(world: &mut World, by: Option<&str>, day: i64, about: Option<&str>) {
    let owner = by.map(|id| world.ids.key(id));
    let one = call(world, &format!("{by:?} {day}"), owner, START_MS + day * DAY_MS);
    let (person, opportunity) = (world.ids.find("anna"), about.map(|id| world.ids.key(id)));
    world.activities.put(Activity { person, opportunity, ..one });
}

fn found(world: &World) -> Vec<&str> {
    let found: Vec<(Key, i64)> = double_work(world, START_MS, START_MS + 30 * DAY_MS);
    found.into_iter().map(|(key, _)| world.id(key)).collect()
}

#[test]
fn two_reps_within_the_policy_s_days_is_double_work_and_a_handover_is_not() {
    let mut world = world();
    calls(&mut world, Some("mona"), 0, Some("lead"));
    calls(&mut world, Some("rita"), 1, Some("lead"));
    assert!(found(&world).is_empty());
    calls(&mut world, Some("ravi"), 9, Some("lead"));
    assert!(found(&world).is_empty(), "more than seven days later");
    calls(&mut world, Some("rita"), 12, Some("lead"));
    assert_eq!(found(&world), ["lead"]);
}

#[test]
fn what_nobody_did_is_no_half_of_double_work() {
    let mut world = world();
    calls(&mut world, None, 0, Some("lead"));
    calls(&mut world, Some("rita"), 1, Some("lead"));
    assert!(found(&world).is_empty());
    calls(&mut world, Some("set aside"), 2, Some("lead"));
    assert!(found(&world).is_empty(), "who was set aside is nobody");
    calls(&mut world, Some("ravi"), 3, Some("lead"));
    assert_eq!(found(&world), ["lead"], "what nobody did lies between, and hides nothing");
}

#[test]
fn contacts_that_name_no_lead_are_about_those_of_the_person() {
    let mut world = world();
    calls(&mut world, Some("rita"), 1, None);
    calls(&mut world, Some("ravi"), 2, None);
    assert_eq!(found(&world), ["lead"]);
}

#[test]
fn who_works_on_a_person_is_told_also_where_there_is_no_company() {
    let mut world = world();
    crate::testing::stages(&mut world);
    let [anna, rita, mona] = ["anna", "rita", "mona"].map(|id| world.ids.find(id).unwrap());
    let mut nurtured = lead(&mut world, "nurtured");
    nurtured.people = vec![(anna, "".into())];
    let warned = |world: &World| -> Vec<&'static str> {
        let warnings = before_contact(world, Some(&nurtured), &[anna], None, mona, START_MS);
        warnings.iter().map(|one| one.why.code()).collect()
    };
    // The lead of the company is marketing's, and nobody's.
    assert!(warned(&world).is_empty() && !nurture_is_paused(&world, &nurtured));
    let mut deal = lead(&mut world, "deal");
    (deal.stage, deal.owner, deal.people) = ("discovery".into(), Some(rita), vec![(anna, "".into())]);
    world.opportunities.put(deal.clone());
    assert_eq!(warned(&world), ["contact_sales_works"]);
    assert!(nurture_is_paused(&world, &nurtured));
    deal.stage = "lost".into();
    world.opportunities.put(deal);
    assert!(warned(&world).is_empty() && !nurture_is_paused(&world, &nurtured), "nobody works on them any more");
}

#[test]
fn double_work_is_found_with_somebody_without_a_company() {
    let mut world = world();
    let anna = world.people.get(world.ids.find("anna").unwrap()).unwrap().clone();
    world.people.put(Person { account: None, ..anna });
    calls(&mut world, Some("rita"), 1, None);
    calls(&mut world, Some("ravi"), 2, None);
    assert_eq!(found(&world), ["lead"]);
}
