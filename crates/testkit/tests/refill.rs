//! A relay that lost its disk is refilled by whoever comes back first, with everything, whoever wrote it.

use proptest::prelude::*;
use tandem_testkit::World;
use tandem_testkit::action::{Action, any_action};
use tandem_testkit::seeds::check;

/// All have met; then the relay loses its disk, and of the devices only one ever comes back, the founder or another.
#[test]
fn any_one_device_refills_an_empty_relay_so_that_a_fresh_one_has_the_whole_truth() {
    let name = "any_one_device_refills_an_empty_relay_so_that_a_fresh_one_has_the_whole_truth";
    let histories = (any::<u64>(), 2..=4usize, any::<usize>(), prop::collection::vec(any_action(false), 1..60));
    check(name, 30, &histories, |(seed, devices, survivor, actions)| {
        let survivor = survivor % devices;
        let mut world = World::new(seed, devices);
        for action in &actions {
            world.act(action);
        }
        world.rest();
        // Whoever was vouched for hears of it when it connects again.
        for device in 0..devices {
            world.restart(device);
        }
        world.rest();
        world.act(&Action::RelayLosesDisk);
        world.leave_only(survivor);
        world.rest();
        let fresh = world.join(0);
        world.rest();
        world.assert_converged();
        assert_eq!(fresh, 1, "the one that came back, and the fresh one");
    });
}

/// Several come back at once, each with everything: nothing is stored twice.
#[test]
fn several_that_refill_at_once_store_each_record_once() {
    let mut world = World::new(7, 4);
    for device in 0..4 {
        world.restart(device);
    }
    world.rest();
    let head = world.relay.head();
    for round in 0..4 {
        world.act(&Action::RelayLosesDisk);
        world.act(&Action::Weather { repeat: 20 * round, overtake: 10 * round });
        world.rest();
        assert_eq!(world.relay.head(), head);
        world.assert_converged();
    }
}
