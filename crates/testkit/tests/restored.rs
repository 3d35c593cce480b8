//! Data files restored in place from older copies, at any time: the device begins anew by itself, what the relay had
//! acknowledged is there, and what was written after the restore is there once.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tandem_context::{Edit, Remark, Value};
use tandem_testkit::World;
use tandem_testkit::action::{Action, any_action_with_restores};
use tandem_testkit::seeds::check;

const ID: &str = "0192f000-0000-7000-8000-000000000001";

fn set(field: &str, value: &str) -> Edit {
    let (kind, id, field) = ("account".to_owned(), ID.to_owned(), field.to_owned());
    Edit::Set { kind, id, field, value: Some(Value::text(value)) }
}

/// A world that has met on one account; device 0 has a backup from then, and has written and sent more since.
fn world(seed: u64) -> World {
    let mut world = World::new(seed, 3);
    let values = BTreeMap::from([("name".to_owned(), Value::text("Acme"))]);
    world.edit(0, "create", &[Edit::Create { kind: "account".to_owned(), id: ID.to_owned(), values }]);
    world.rest();
    world.act(&Action::BackUp(0));
    world.edit(0, "set", &[set("city", "Bern")]);
    world.edit(0, "set", &[set("phone", "+41 44 000 00 00")]);
    world.rest();
    world
}

fn notices(world: &mut World, device: usize) -> Vec<&'static str> {
    world.devices[device].engine().take_notices().iter().map(Remark::code).collect()
}

#[test]
fn a_restored_device_gets_back_what_it_had_sent_and_keeps_what_it_wrote_since() {
    for key_too in [false, true] {
        let mut world = world(1);
        world.act(&Action::Part(0));
        world.restore(0, 0, key_too);
        let (city, website) = (set("city", "Chur"), set("website", "https://acme.example"));
        world.edit(0, "set", &[city, website]);
        world.edit(0, "set", &[set("description", "After the restore")]);
        world.rest();
        world.assert_converged();
        assert_eq!(world.devices[0].renewals, 1, "it has begun anew once");
        assert_eq!(notices(&mut world, 0), ["file_restored"], "and says so");
        for device in 0..3 {
            let values = world.devices[device].record(ID).unwrap().values;
            assert_eq!(values["phone"], Value::text("+41 44 000 00 00"), "what was acknowledged is there");
            assert_eq!(values["description"], Value::text("After the restore"));
            let device = &world.devices[device];
            let cities: Vec<_> = device.read(|c| tandem_store::conflicts_of(c, ID)).into_iter().collect();
            assert_eq!(cities.len(), 1, "both cities stand until somebody settles them");
            let written = device.read(|c| tandem_store::field_history(c, ID, Some("description")));
            let said = Value::text("After the restore");
            let times = written.iter().filter(|(wrote, _)| wrote.to.as_ref() == Some(&said)).count();
            assert_eq!(times, 1, "it was written once");
        }
        // It goes on like any other device.
        world.edit(0, "set", &[set("city", "Davos")]);
        world.rest();
        world.assert_converged();
        assert_eq!(world.devices[0].renewals, 1);
    }
}

#[test]
fn what_the_author_said_stays_when_a_change_is_made_again() {
    let mut world = world(2);
    world.act(&Action::Part(0));
    world.restore(0, 0, false);
    let engine = world.devices[0].engine();
    let note = engine.note("set", Some("They moved"));
    let by = note.by.clone();
    let change = engine.act(&[set("city", "Chur")], note).unwrap().change.unwrap();
    let before = world.devices[0].read(|c| tandem_store::change(c, &change)).unwrap();
    world.rest();
    let rows = world.devices[1].read(|c| tandem_store::changes(c, None, 0, u32::MAX));
    let after: Vec<_> = rows.into_iter().filter(|row| row.reason.as_deref() == Some("They moved")).collect();
    assert_eq!(after.len(), 1);
    assert_ne!(after[0].hash, change, "its number was taken");
    assert_eq!((&after[0].by, after[0].at_ms, &after[0].action), (&by, before.at_ms, &before.action));
}

#[test]
fn a_restored_device_that_wrote_nothing_just_goes_on() {
    let mut world = world(3);
    world.restore(0, 0, true);
    world.rest();
    world.assert_converged();
    assert_eq!(world.devices[0].renewals, 1);
    world.edit(0, "set", &[set("city", "Davos")]);
    world.rest();
    world.assert_converged();
}

#[test]
fn what_was_sealed_before_the_backup_and_sent_after_it_is_neither_lost_nor_doubled() {
    let mut world = World::new(4, 2);
    world.act(&Action::Part(0));
    let values = BTreeMap::from([("name".to_owned(), Value::text("Acme"))]);
    world.edit(0, "create", &[Edit::Create { kind: "account".to_owned(), id: ID.to_owned(), values }]);
    world.act(&Action::BackUp(0));
    world.rest();
    world.act(&Action::Part(0));
    world.restore(0, 0, true);
    world.edit(0, "set", &[set("city", "Chur")]);
    world.rest();
    world.assert_converged();
    let made = world.devices[1].read(|c| tandem_store::field_history(c, ID, None));
    assert_eq!(made.len(), 2, "made once, written once");
}

/// Between the new key and the new beginning of the file the power fails; and again while everything is read.
#[test]
fn a_recovery_that_is_interrupted_goes_on() {
    for effects in 0..40 {
        let mut world = world(5);
        world.act(&Action::Part(0));
        world.restore(0, 0, false);
        world.edit(0, "set", &[set("city", "Chur")]);
        world.act(&Action::Mend(0));
        world.act(&Action::Crash { device: 0, effects });
        world.act(&Action::Pass(60_000));
        world.act(&Action::Deliver(40));
        world.rest();
        world.assert_converged();
    }
}

#[test]
fn any_history_with_restores_at_any_time_ends_in_one_truth_with_nothing_lost_or_doubled() {
    let name = "any_history_with_restores_at_any_time_ends_in_one_truth_with_nothing_lost_or_doubled";
    let histories = (any::<u64>(), 2..=4usize, prop::collection::vec(any_action_with_restores(), 20..120));
    check(name, 40, &histories, |(seed, devices, actions)| {
        let mut world = World::new(seed, devices);
        for device in 0..devices {
            world.act(&Action::BackUp(u8::try_from(device).unwrap()));
        }
        for action in &actions {
            world.act(action);
        }
        world.rest();
        world.assert_converged();
    });
}
