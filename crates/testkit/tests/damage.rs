//! A damaged file: what can be read is read, what cannot is named and fetched again.

use std::collections::BTreeMap;

use rusqlite::Connection;
use tandem_context::{Edit, Remark, Value};
use tandem_testkit::World;
use tandem_testkit::action::Action;

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

fn forget_received(world: &World, device: usize) {
    Connection::open(&world.devices[device].path).unwrap().execute("DELETE FROM received", []).unwrap();
}

fn notices(world: &mut World, device: usize) -> Vec<&'static str> {
    world.devices[device].engine().take_notices().iter().map(Remark::code).collect()
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

/// Below the checkpoint or beyond it, own or another's, in its bytes or in what it is known by: whatever else the file holds it
/// in, the document or a sealed record, puts it right, without the relay.
#[test]
fn a_damaged_change_is_put_right_from_what_else_holds_it() {
    for checkpoint in [true, false] {
        for own in [0, 1] {
            for column in ["bytes", "hash"] {
                let mut world = world(2);
                let dump = world.devices[1].engine().dump().unwrap();
                if checkpoint {
                    world.devices[1].engine().keep_checkpoint().unwrap();
                }
                world.act(&Action::Part(1));
                let row = format!("(SELECT n FROM change WHERE own = {own} ORDER BY n LIMIT 1 OFFSET 1)");
                damage(&world, 1, &format!("UPDATE change SET {column} = x'00ff' WHERE n = {row}"));
                world.restart(1);
                let engine = world.devices[1].engine();
                let report = engine.verify().unwrap();
                assert!(report.clean, "{checkpoint} {own} {column}: {:?}", report.problems);
                tandem_testkit::assert_same(&dump, &engine.dump().unwrap(), "before and after the damage");
                assert_eq!(notices(&mut world, 1), ["changes_mended"], "{checkpoint} {own} {column}");
                world.rest();
                world.assert_converged();
            }
        }
    }
}

/// The sealed record is gone as well.
#[test]
fn a_change_that_nothing_else_holds_is_set_aside_and_fetched_again() {
    let mut world = world(2);
    damage(&world, 1, "UPDATE change SET bytes = x'00ff' WHERE n = (SELECT max(n) FROM change WHERE own = 0)");
    forget_received(&world, 1);
    world.restart(1);
    let engine = world.devices[1].engine();
    engine.load().unwrap();
    assert_eq!(notices(&mut world, 1), ["changes_damaged"]);
    let report = world.devices[1].engine().verify().unwrap();
    assert!(report.clean, "what is left agrees with itself: {:?}", report.problems);
    world.rest();
    world.assert_converged();
}

/// What had not been sent is in no sealed record; with a checkpoint the document still has it, without one it is lost, and the
/// notice says which.
#[test]
fn an_own_change_that_was_never_sent_comes_back_from_the_document_or_is_said_to_be_lost() {
    for checkpoint in [true, false] {
        let mut world = world(5);
        world.act(&Action::Part(1));
        let engine = world.devices[1].engine();
        let note = engine.note("set", None);
        let (kind, field, value) = ("account".to_owned(), "city".to_owned(), Some(Value::text("Chur")));
        engine.act(&[Edit::Set { kind, id: FIRST.to_owned(), field, value }], note).unwrap();
        if checkpoint {
            engine.keep_checkpoint().unwrap();
        }
        damage(&world, 1, "UPDATE change SET bytes = x'' WHERE n = (SELECT max(n) FROM change)");
        world.restart(1);
        let report = world.devices[1].engine().verify().unwrap();
        assert_eq!((report.clean, report.mended), (true, u32::from(checkpoint)));
        let expected = if checkpoint {
            ("changes_mended", "from another place in the file: 1.")
        } else {
            ("changes_lost", "had not been sent to anybody yet: 1.")
        };
        let said = &report.noticed[0];
        assert!(said.code == expected.0 && said.message.contains(expected.1), "the report says it: {report:?}");
        assert_eq!(notices(&mut world, 1), [expected.0], "and everybody hears of it");
        world.rest();
        world.assert_converged();
        let city = world.devices[0].record(FIRST).unwrap().values["city"].clone();
        assert_eq!(city == Value::text("Chur"), checkpoint, "what was put right is sent like any other");
    }
}

/// The session is under way, with a cursor of its own, when the damage is found.
#[test]
fn damage_that_is_found_while_receiving_is_mended_as_well() {
    let mut world = world(3);
    damage(&world, 1, "UPDATE change SET bytes = x'00ff' WHERE n = (SELECT max(n) FROM change WHERE own = 0)");
    forget_received(&world, 1);
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
