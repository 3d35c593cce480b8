//! Long histories with every fault there is, the loss of the relay's disk included.

use tandem_testkit::World;
use tandem_testkit::seeds::{each_seed, history};

#[test]
fn long_histories_with_every_fault_lose_nothing_and_end_in_one_truth() {
    each_seed("long_histories_with_every_fault_lose_nothing_and_end_in_one_truth", 60, |seed| {
        let devices = 2 + usize::try_from(seed % 4).unwrap();
        let mut world = World::new(seed, devices);
        for action in history(seed, 300, true) {
            world.act(&action);
        }
        world.rest();
        world.assert_converged();
    });
}
