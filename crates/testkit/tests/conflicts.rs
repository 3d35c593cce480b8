//! Values written without knowledge of each other: kept, listed everywhere, settled everywhere.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tandem_context::{Edit, Value};
use tandem_testkit::World;
use tandem_testkit::seeds::check;

/// A world that has met on one account.
fn world(seed: u64, devices: usize) -> (World, String) {
    let mut world = World::new(seed, devices);
    let id = "0192f000-0000-7000-8000-000000000001".to_owned();
    let values = BTreeMap::from([("name".to_owned(), Value::text("Acme")), ("city".to_owned(), Value::text("Bern"))]);
    world.edit(0, "create", &[Edit::Create { kind: "account".to_owned(), id: id.clone(), values }]);
    world.rest();
    (world, id)
}

fn city(id: &str, city: Option<&str>) -> Edit {
    Edit::Set { kind: "account".to_owned(), id: id.to_owned(), field: "city".to_owned(), value: city.map(Value::text) }
}

/// Value and who wrote it on which device, of every value that stands against others at the city.
fn standing(world: &World, device: usize, id: &str) -> BTreeSet<(Option<Value>, String, String)> {
    let device = &world.devices[device];
    let conflicts = device.read(|connection| tandem_store::conflicts_of(connection, id));
    let values = conflicts.into_iter().filter(|(key, _)| key == "city").flat_map(|(_, values)| values);
    values
        .map(|(value, change)| {
            let change = device.read(|connection| tandem_store::change(connection, &change)).unwrap();
            (value, change.by, change.device)
        })
        .collect()
}

const CITIES: [Option<&str>; 4] = [Some("Basel"), Some("Chur"), Some("Genève"), None];

#[test]
fn concurrent_values_stand_on_every_device_with_their_authors_until_one_settles_them() {
    let name = "concurrent_values_stand_on_every_device_with_their_authors_until_one_settles_them";
    let choices = prop::collection::vec(0..CITIES.len(), 2..=5);
    check(name, 16, &(any::<u64>(), choices, any::<u8>(), any::<u8>()), |(seed, choices, who, which)| {
        let (mut world, id) = world(seed, choices.len());
        let mut written = BTreeSet::new();
        for (device, choice) in choices.iter().enumerate() {
            world.edit(device, "set", &[city(&id, CITIES[*choice])]);
            let engine = world.devices[device].engine();
            let note = engine.note("set", None);
            written.insert((CITIES[*choice].map(Value::text), note.by, note.device));
        }
        world.rest();
        let values: BTreeSet<_> = written.iter().map(|(value, ..)| value.clone()).collect();
        let expected = if values.len() > 1 { written } else { BTreeSet::new() };
        for device in 0..choices.len() {
            assert_eq!(standing(&world, device, &id), expected, "device {device} lists every value with its author");
        }
        if values.len() > 1 {
            let settled = values.iter().nth(usize::from(which) % values.len()).unwrap().clone();
            world.settle_on(usize::from(who) % choices.len(), (&id, "account", "city"), settled.as_ref());
            world.rest();
            for device in 0..choices.len() {
                assert_eq!(
                    standing(&world, device, &id),
                    BTreeSet::new(),
                    "device {device}: settled on one, gone on all"
                );
                assert_eq!(world.devices[device].record(&id).unwrap().values.get("city").cloned(), settled);
            }
        }
        world.assert_converged();
    });
}

#[test]
fn an_edit_that_saw_all_values_settles_them() {
    check("an_edit_that_saw_all_values_settles_them", 6, &any::<u64>(), |seed| {
        let (mut world, id) = world(seed, 3);
        for (device, name) in ["Basel", "Chur"].into_iter().enumerate() {
            world.edit(device, "set", &[city(&id, Some(name))]);
        }
        world.rest();
        assert_eq!(standing(&world, 2, &id).len(), 2);
        world.edit(2, "set", &[city(&id, Some("Davos"))]);
        world.rest();
        for device in 0..3 {
            assert_eq!(standing(&world, device, &id), BTreeSet::new());
            assert_eq!(world.devices[device].record(&id).unwrap().values["city"], Value::text("Davos"));
        }
        world.assert_converged();
    });
}

#[test]
fn a_settlement_and_a_new_value_unseen_by_it_are_a_conflict_again() {
    let (mut world, id) = world(7, 3);
    world.edit(0, "set", &[city(&id, Some("Basel"))]);
    world.edit(1, "set", &[city(&id, Some("Chur"))]);
    world.rest();
    world.settle_on(0, (&id, "account", "city"), Some(&Value::text("Chur")));
    world.edit(2, "set", &[city(&id, Some("Davos"))]);
    world.rest();
    let values: BTreeSet<_> = standing(&world, 1, &id).into_iter().map(|(value, ..)| value).collect();
    assert_eq!(values, BTreeSet::from([Some(Value::text("Chur")), Some(Value::text("Davos"))]));
    world.assert_converged();
}

#[test]
fn a_set_keeps_what_anybody_added_unseen_and_loses_what_was_seen_and_removed() {
    let name = "a_set_keeps_what_anybody_added_unseen_and_loses_what_was_seen_and_removed";
    let steps = prop::collection::vec(prop::collection::vec((0..4usize, any::<bool>()), 0..6), 2..=4);
    check(name, 16, &(any::<u64>(), steps), |(seed, steps)| {
        const TAGS: [&str; 4] = ["a", "b", "c", "d"];
        let (mut world, id) = world(seed, steps.len());
        let seen = BTreeSet::from(["a", "b"]);
        let tags = |element: &str, add: bool| {
            let (kind, id, field, element) = ("account".to_owned(), id.clone(), "tags".to_owned(), element.to_owned());
            if add {
                Edit::Add { kind, id, field, element, role: String::new() }
            } else {
                Edit::Remove { kind, id, field, element }
            }
        };
        world.edit(0, "set", &[tags("a", true), tags("b", true)]);
        world.rest();
        // What stands at the end of each device's own steps; and what it wrote there itself, unseen by the others.
        let (mut added, mut removed) = (BTreeSet::new(), BTreeSet::new());
        for (device, steps) in steps.iter().enumerate() {
            let mut here: BTreeMap<&str, bool> = seen.iter().map(|tag| (*tag, false)).collect();
            for (tag, add) in steps {
                let tag = TAGS[*tag];
                world.edit(device, "set", &[tags(tag, *add)]);
                if !*add {
                    here.remove(tag);
                } else {
                    here.entry(tag).or_insert(true);
                }
            }
            added.extend(here.iter().filter(|(_, own)| **own).map(|(tag, _)| *tag));
            removed.extend(seen.iter().filter(|tag| here.get(*tag) != Some(&false)).copied());
        }
        world.rest();
        let expected: BTreeSet<&str> = seen.difference(&removed).copied().chain(added).collect();
        let found = match world.devices[0].record(&id).unwrap().values.get("tags") {
            Some(Value::Set(elements)) => elements.keys().cloned().collect(),
            _ => BTreeSet::new(),
        };
        assert_eq!(found, expected.into_iter().map(str::to_owned).collect::<BTreeSet<String>>());
        world.assert_converged();
    });
}
