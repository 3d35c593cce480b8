//! Undo does exactly what it says, alone and among others. [`World::undo`] and [`World::redo`] compare every field.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tandem_context::{Edit, Value};
use tandem_testkit::World;
use tandem_testkit::action::{Action, Deed, any_step};
use tandem_testkit::seeds::check;

/// Rounds of actions by all devices, and whether they meet after each.
fn rounds() -> impl Strategy<Value = Vec<(Vec<Action>, bool)>> {
    let edit = (0..3u8, prop::collection::vec(any_step(), 1..5))
        .prop_map(|(device, steps)| Action::Do { device, deed: Deed::Edit(steps) });
    prop::collection::vec((prop::collection::vec(edit, 1..6), any::<bool>()), 1..6)
}

#[test]
fn undoing_everything_and_redoing_it_restores_each_field_unless_others_wrote_it() {
    let name = "undoing_everything_and_redoing_it_restores_each_field_unless_others_wrote_it";
    check(name, 80, &(any::<u64>(), rounds(), 1..12usize), |(seed, rounds, depth)| {
        let mut world = World::new(seed, 3);
        for (actions, meet) in rounds {
            for action in &actions {
                world.act(action);
            }
            if meet {
                world.rest();
            }
        }
        let undone = (0..depth).map_while(|_| world.undo(0, None)).filter(|undone| undone.change.is_some()).count();
        for _ in 0..undone {
            assert!(world.redo(0).is_some(), "what was undone can be redone");
        }
        world.rest();
        world.assert_converged();
    });
}

fn account(world: &mut World) -> String {
    let id = "0192f000-0000-7000-8000-000000000001".to_owned();
    let values = BTreeMap::from([
        ("name".to_owned(), Value::text("Acme")),
        ("city".to_owned(), Value::text("Bern")),
        ("tags".to_owned(), Value::set(["old"])),
    ]);
    world.edit(0, "create", &[Edit::Create { kind: "account".to_owned(), id: id.clone(), values }]);
    world.rest();
    id
}

fn set(id: &str, field: &str, value: Option<Value>) -> Edit {
    Edit::Set { kind: "account".to_owned(), id: id.to_owned(), field: field.to_owned(), value }
}

#[test]
fn undo_leaves_alone_what_others_wrote_since_and_names_it() {
    let mut world = World::new(1, 2);
    let id = account(&mut world);
    let edits = [
        set(&id, "city", Some(Value::text("Basel"))),
        set(&id, "country", Some(Value::text("CH"))),
        set(&id, "tags", Some(Value::set(["new"]))),
    ];
    let change = world.edit(0, "set", &edits).unwrap();
    world.rest();
    world.edit(1, "set", &[set(&id, "city", Some(Value::text("Chur")))]);
    world.rest();
    let undone = world.undo(0, Some(change)).unwrap();
    let kept: Vec<_> = undone.kept.iter().map(|kept| kept.field.as_str()).collect();
    assert_eq!((kept, undone.restored), (vec!["city"], 3));
    world.rest();
    for device in &mut world.devices {
        let values = device.record(&id).unwrap().values;
        assert_eq!(values["city"], Value::text("Chur"), "what the other wrote stays");
        assert_eq!(values.get("country"), None);
        assert_eq!(values["tags"], Value::set(["old"]));
    }
    world.redo(0).unwrap();
    world.rest();
    let values = world.devices[1].record(&id).unwrap().values;
    assert_eq!((&values["city"], &values["country"]), (&Value::text("Chur"), &Value::text("CH")));
    assert_eq!(values["tags"], Value::set(["new"]));
    world.assert_converged();
}

#[test]
fn a_record_is_set_aside_when_its_making_is_undone_and_kept_when_others_wrote_to_it() {
    let mut world = World::new(2, 2);
    let id = account(&mut world);
    let undone = world.undo(0, None).unwrap();
    assert_eq!((undone.restored, undone.kept.len()), (1, 0));
    assert!(world.devices[0].record(&id).unwrap().archived);
    world.redo(0).unwrap();
    assert!(!world.devices[0].record(&id).unwrap().archived);
    world.edit(1, "set", &[set(&id, "city", Some(Value::text("Chur")))]);
    world.rest();
    let made = world.undo(0, Some(undone.undid.change)).unwrap();
    let kept: Vec<_> = made.kept.iter().map(|kept| kept.field.as_str()).collect();
    assert_eq!((kept, made.restored), (vec!["created"], 0));
    assert!(!world.devices[0].record(&id).unwrap().archived);
    world.assert_converged();
}

#[test]
fn undoing_a_settlement_shows_the_value_that_was_shown_before() {
    for settled in ["Basel", "Chur"] {
        let mut world = World::new(3, 2);
        let id = account(&mut world);
        world.edit(0, "set", &[set(&id, "city", Some(Value::text("Basel")))]);
        world.edit(1, "set", &[set(&id, "city", Some(Value::text("Chur")))]);
        world.rest();
        let shown = world.devices[0].record(&id).unwrap().values["city"].clone();
        world.settle_on(0, (&id, "account", "city"), Some(&Value::text(settled)));
        assert_eq!(world.devices[0].record(&id).unwrap().values["city"], Value::text(settled));
        world.undo(0, None).unwrap();
        assert_eq!(world.devices[0].record(&id).unwrap().values["city"], shown);
        world.rest();
        world.assert_converged();
    }
}
