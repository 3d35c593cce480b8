//! A damaged file: what can be read is read, what cannot is named and fetched again.

use std::collections::BTreeMap;

use rusqlite::Connection;
use tandem_context::{Edit, Value};
use tandem_testkit::World;

/// A world that has met and worked a little.
fn world(seed: u64) -> World {
    let mut world = World::new(seed, 2);
    for number in 0..6u8 {
        let id = format!("0192f000-0000-7000-8000-00000000000{number}");
        let values = BTreeMap::from([("name".to_owned(), Value::text(format!("Account {number}")))]);
        let device = usize::from(number % 2);
        world.edit(device, "create", &[Edit::Create { kind: "account".to_owned(), id: id.clone(), values }]);
        world.rest();
        set_city(&mut world, 1 - device, &id, "Bern");
        world.rest();
    }
    world
}

fn set_city(world: &mut World, device: usize, id: &str, city: &str) {
    let (kind, field, value) = ("account".to_owned(), "city".to_owned(), Some(Value::text(city)));
    world.edit(device, "set", &[Edit::Set { kind, id: id.to_owned(), field, value }]);
}

const FIRST: &str = "0192f000-0000-7000-8000-000000000000";

fn damage(world: &World, device: usize, sql: &str) {
    let connection = Connection::open(&world.devices[device].path).unwrap();
    assert_eq!(connection.execute(sql, []).unwrap(), 1, "one row is damaged");
}

fn notices(world: &mut World, device: usize) -> Vec<&'static str> {
    world.devices[device].engine().take_notices().into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_damaged_checkpoint_falls_back_to_the_log_and_says_so() {
    let mut world = world(1);
    let engine = world.devices[0].engine();
    engine.keep_checkpoint().unwrap();
    let dump = engine.dump().unwrap();
    damage(
        &world,
        0,
        "UPDATE checkpoint SET bytes = CAST(substr(bytes, 1, length(bytes) - 9) || x'000000000000000000' AS BLOB)",
    );
    world.restart(0);
    let engine = world.devices[0].engine();
    engine.load().unwrap();
    tandem_testkit::assert_same(&dump, &engine.dump().unwrap(), "before and after the damage");
    assert!(engine.verify().unwrap().clean);
    assert_eq!(notices(&mut world, 0), ["checkpoint_damaged"]);
    world.rest();
    world.assert_converged();
}

/// The damage is found when the document is read, before anything was received.
#[test]
fn a_damaged_change_is_named_set_aside_and_fetched_again() {
    for own in [0, 1] {
        let mut world = world(2);
        damage(
            &world,
            1,
            &format!("UPDATE change SET bytes = x'00ff' WHERE n = (SELECT min(n) + 2 FROM change WHERE own = {own})"),
        );
        world.restart(1);
        let engine = world.devices[1].engine();
        engine.load().unwrap();
        assert_eq!(notices(&mut world, 1), ["changes_damaged"]);
        let engine = world.devices[1].engine();
        let report = engine.verify().unwrap();
        assert!(report.clean, "what is left agrees with itself: {:?}", report.problems);
        world.rest();
        world.assert_converged();
    }
}

/// The session is under way, with a cursor of its own, when the damage is found.
#[test]
fn damage_that_is_found_while_receiving_is_mended_as_well() {
    let mut world = world(3);
    damage(&world, 1, "UPDATE change SET bytes = x'00ff' WHERE n = (SELECT min(n) + 1 FROM change WHERE own = 0)");
    world.restart(1);
    world.rest();
    set_city(&mut world, 0, FIRST, "Basel");
    world.rest();
    assert_eq!(notices(&mut world, 1), ["changes_damaged"]);
    world.assert_converged();
}

/// The last number of this file's own actor is gone with the damage: it must not be given to another change.
#[test]
fn whoever_lost_an_own_change_writes_on_under_another_actor() {
    let mut world = world(4);
    damage(&world, 1, "UPDATE change SET bytes = x'' WHERE n = (SELECT max(n) FROM change WHERE own = 1)");
    world.restart(1);
    world.devices[1].engine().load().unwrap();
    set_city(&mut world, 1, FIRST, "Chur");
    set_city(&mut world, 0, FIRST, "Davos");
    world.rest();
    world.assert_converged();
}
