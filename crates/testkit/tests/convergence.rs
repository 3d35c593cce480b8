//! Any interleaving of edits by two to five devices, with partitions, repetitions, reordering and restarts.

use proptest::prelude::*;
use tandem_testkit::World;
use tandem_testkit::action::{Action, any_action};
use tandem_testkit::seeds::check;

fn history() -> impl Strategy<Value = (u64, usize, Vec<Action>)> {
    (any::<u64>(), 2..=5usize, prop::collection::vec(any_action(false), 1..80))
}

#[test]
fn any_interleaving_ends_in_one_document_and_one_read_model() {
    check("any_interleaving_ends_in_one_document_and_one_read_model", 100, &history(), |(seed, devices, actions)| {
        let mut world = World::new(seed, devices);
        for action in &actions {
            world.act(action);
        }
        world.rest();
        world.assert_converged();
    });
}
