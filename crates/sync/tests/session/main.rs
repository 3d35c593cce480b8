//! Sessions against a relay in memory: whatever happens on the way, everybody ends up with everything.
#![allow(clippy::unwrap_used, clippy::panic)]

mod world;

use proptest::prelude::*;
use tandem_sync::session::{HANDSHAKE_TIMEOUT_MS, IDLE_TIMEOUT_MS, MAX_PUSH_RECORDS, NewDeviceReason, Status, Warning};
use tandem_sync::wire::{Refusal, RefusalCode};
use tandem_sync::{Event, Irregularity};
use world::{Faults, World};

const WEEKS_MS: u64 = 3 * 7 * 24 * 3_600_000;
const MINUTES_MS: u64 = 5 * 60_000;

#[derive(Clone, Debug)]
enum Action {
    Write(usize),
    Cut(usize),
    Restart(usize),
    Settle,
    Pass(u64),
    Down,
    Up,
    Full(bool),
    DiskFull(usize, bool),
    LoseDisk,
}

fn action(devices: usize) -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (0..devices).prop_map(Action::Write),
        2 => (0..devices).prop_map(Action::Cut),
        1 => (0..devices).prop_map(Action::Restart),
        4 => Just(Action::Settle),
        3 => (1..40_000u64).prop_map(Action::Pass),
        1 => Just(Action::Down),
        2 => Just(Action::Up),
        1 => any::<bool>().prop_map(Action::Full),
        1 => (0..devices, any::<bool>()).prop_map(|(d, full)| Action::DiskFull(d, full)),
        1 => Just(Action::LoseDisk),
    ]
}

fn act(world: &mut World, count: &mut u32, action: &Action) {
    match *action {
        Action::Write(device) => {
            *count += 1;
            world.write(device, &count.to_be_bytes());
        }
        Action::Cut(device) => world.cut(device),
        Action::Restart(device) => world.restart(device),
        Action::Settle => world.settle(),
        Action::Pass(ms) => world.pass(ms),
        Action::Down => {
            world.relay.faults.down = true;
            (0..world.devices.len()).for_each(|d| world.cut(d));
        }
        Action::Up => world.relay.faults.down = false,
        Action::Full(full) => world.relay.faults.full = full,
        Action::DiskFull(device, full) => world.devices[device].disk_full = full,
        Action::LoseDisk => {
            (0..world.devices.len()).for_each(|d| world.cut(d));
            world.relay.lose_disk();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_history_converges_once_everything_works(
        actions in proptest::collection::vec(action(3), 0..60),
        duplicate in any::<bool>(),
        reverse in any::<bool>(),
        page_records in 1..5usize,
    ) {
        let mut world = World::new(3);
        world.relay.page_records = page_records;
        world.relay.faults = Faults { duplicate, reverse, ..Faults::default() };
        let mut count = 0;
        for action in &actions {
            act(&mut world, &mut count, action);
        }
        let faults = &mut world.relay.faults;
        (faults.down, faults.full) = (false, false);
        world.devices.iter_mut().for_each(|d| d.disk_full = false);
        world.pass(MINUTES_MS);
        world.assert_converged();
        prop_assert!(world.devices.iter().all(|d| d.gave_up.is_empty() && d.new_device.is_none()));
        let disturbed = reverse || actions.iter().any(|a| matches!(a, Action::LoseDisk));
        prop_assert!(disturbed || world.devices.iter().all(|d| d.warnings.is_empty()));
    }
}

#[test]
fn a_write_reaches_the_others_and_is_acknowledged() {
    let mut world = World::new(2);
    world.settle();
    world.write(0, b"hello");
    world.settle();
    world.assert_converged();
    assert!(world.devices[1].disk.contents.contains(b"hello".as_slice()));
    assert_eq!(world.devices[1].disk.cursor.unwrap().seq, 1);
}

#[test]
fn weeks_offline_end_with_everything_sent_and_received_in_bounded_pieces() {
    let mut world = World::new(2);
    world.settle();
    world.relay.faults.down = true;
    (0..2).for_each(|d| world.cut(d));
    for n in 0..2_000u32 {
        world.write((n % 2) as usize, &n.to_be_bytes());
    }
    world.pass(WEEKS_MS / 1000); // retrying all the while
    world.relay.faults.down = false;
    world.relay.page_records = 100;
    world.pass(MINUTES_MS);
    world.assert_converged();
    assert!(world.devices.iter().all(|d| d.most_in_flight <= MAX_PUSH_RECORDS));
}

#[test]
fn retries_become_rarer_but_never_rarer_than_a_minute() {
    let mut world = World::new(1);
    world.relay.faults.down = true;
    world.pass(60 * 60_000);
    let waits = world.devices[0].statuses.iter().filter(|s| matches!(s, Status::Waiting { .. })).count();
    assert!((60..140).contains(&waits), "{waits} tries in an hour");
}

#[test]
fn a_relay_that_does_not_answer_is_left_and_tried_again() {
    let mut world = World::new(1);
    world.relay.faults.mute = true;
    world.pass(HANDSHAKE_TIMEOUT_MS);
    assert!(matches!(world.devices[0].session.status(), Status::Waiting { .. }));
    world.relay.faults.mute = false;
    world.pass(MINUTES_MS);
    world.assert_converged();
    world.relay.faults.mute = true;
    world.pass(IDLE_TIMEOUT_MS);
    assert!(
        world.devices[0]
            .statuses
            .iter()
            .any(|s| matches!(s, Status::Waiting { reason, .. } if reason.contains("no longer answers")))
    );
}

#[test]
fn a_restored_data_file_is_noticed_before_a_number_is_used_twice() {
    let mut world = World::new(1);
    world.write(0, b"one");
    let backup = world.devices[0].disk.clone();
    world.write(0, b"two");
    world.settle();
    world.devices[0].disk = backup;
    world.restart(0);
    world.settle();
    assert_eq!(world.devices[0].new_device, Some(NewDeviceReason::RelayKnowsMore));
    assert_eq!(world.relay.records.len(), 2);
}

#[test]
fn a_copied_data_file_is_noticed_when_its_number_is_taken() {
    let mut world = World::new(1);
    world.write(0, b"one");
    let copy = world.devices[0].disk.clone();
    world.write(0, b"two");
    world.settle();
    world.devices[0].disk = copy;
    world.write(0, b"another two");
    world.write(0, b"and a third");
    world.restart(0);
    world.settle();
    assert_eq!(world.devices[0].new_device, Some(NewDeviceReason::RelayKnowsMore));
    assert_eq!(world.relay.records.len(), 2);
}

#[test]
fn a_copy_that_writes_beside_the_original_is_noticed_when_its_number_is_taken() {
    let mut world = World::new(1);
    world.write(0, b"one");
    world.settle();
    // The other copy's record comes to the relay while this one is connected.
    let (disk, key) = (world.devices[0].disk.clone(), world.devices[0].key.clone());
    let mut copy = World::new(1);
    copy.devices[0].disk = disk;
    assert_eq!(copy.devices[0].key.id(), key.id());
    copy.write(0, b"two there");
    let theirs = copy.devices[0].disk.own[1].clone();
    world.relay.records.push(theirs);
    world.write(0, b"two here");
    world.settle();
    assert_eq!(world.devices[0].new_device, Some(NewDeviceReason::Fork));
}

#[test]
fn a_device_with_a_new_key_reads_everything_before_it_sends_anything() {
    let mut world = World::new(2);
    for n in 0..20u8 {
        world.write(1, &[n]);
    }
    world.settle();
    world.cut(0);
    let device = &mut world.devices[0];
    device.disk = world::Disk { reads_first: true, ..world::Disk::default() };
    world.restart(0);
    world.write(0, b"later");
    world.relay.page_records = 1;
    world.settle();
    world.assert_converged();
    assert_eq!(world.relay.records.len(), 21);
    assert!(!world.devices[0].disk.reads_first);
}

#[test]
fn whoever_comes_first_refills_a_relay_that_lost_its_disk_with_what_others_wrote() {
    let mut world = World::new(3);
    for n in 0..30u8 {
        world.write(usize::from(n % 3), &[n]);
    }
    world.settle();
    (0..3).for_each(|d| world.cut(d));
    world.relay.lose_disk();
    // The founder and another one never come back.
    (0..2).for_each(|d| world.devices[d].events.push_back(Event::Stop));
    world.pass(MINUTES_MS);
    assert_eq!(world.relay.records.len(), 30);
    world.devices[1].disk = world::Disk::default();
    world.devices[1].key = world::device_key(9);
    world.restart(1);
    world.settle();
    assert_eq!(world.devices[1].disk.contents, world.devices[2].disk.contents, "a fresh device has everything");
}

#[test]
fn several_that_refill_at_once_store_each_record_once() {
    let mut world = World::new(4);
    for n in 0..40u8 {
        world.write(usize::from(n % 4), &[n]);
    }
    world.settle();
    (0..4).for_each(|d| world.cut(d));
    world.relay.lose_disk();
    world.devices[0].events.push_back(Event::Stop);
    world.pass(MINUTES_MS);
    assert_eq!(world.relay.records.len(), 40);
}

#[test]
fn a_relay_that_lost_its_disk_is_reported_and_refilled() {
    let mut world = World::new(2);
    for n in 0..10u8 {
        world.write(usize::from(n % 2), &[n]);
    }
    world.settle();
    (0..2).for_each(|d| world.cut(d));
    world.relay.lose_disk();
    world.pass(MINUTES_MS);
    world.assert_converged();
    assert_eq!(world.relay.records.len(), 10);
    assert!(world.devices.iter().all(|d| d.lost >= 1));
}

#[test]
fn own_records_that_are_needed_again_but_gone_are_reported() {
    let mut world = World::new(1);
    world.write(0, b"one");
    world.write(0, b"two");
    world.settle();
    world.cut(0);
    world.relay.lose_disk();
    let device = &mut world.devices[0];
    // The caller kept only its last record.
    let last = device.disk.own[1].clone();
    device.session.handle(world.now_ms, 0, Event::Tick);
    world.relay.faults.down = true;
    world.settle();
    world.relay.faults.down = false;
    let device = &mut world.devices[0];
    device.disk.own = vec![last.clone(), last];
    world.pass(MINUTES_MS);
    assert_eq!(world.devices[0].new_device, Some(NewDeviceReason::RecordsGone));
}

#[test]
fn an_omitted_record_shows_as_a_gap_and_what_came_is_kept() {
    let mut world = World::new(2);
    world.relay.faults.omit = Some(2);
    for n in 1..=3u8 {
        world.write(0, &[n]);
    }
    world.settle();
    let receiver = &world.devices[1];
    let device = world.devices[0].key.id();
    let gap = Irregularity::Gap { device, expected_seq: 2, found_seq: 3 };
    assert_eq!(receiver.warnings, [Warning::Chain(gap)]);
    assert_eq!(receiver.disk.contents.len(), 2);
}

#[test]
fn a_damaged_record_is_named_and_disturbs_no_other() {
    let mut world = World::new(2);
    world.relay.faults.damage = Some(2);
    for n in 1..=3u8 {
        world.write(0, &[n]);
    }
    world.settle();
    let receiver = &world.devices[1];
    assert!(receiver.warnings.iter().any(|w| matches!(w, Warning::BadRecord { relay_seq: 2, .. })));
    assert_eq!(receiver.disk.contents.len(), 2);
    // It was damaged on its way: the next connection asks for it again.
    world.relay.faults.damage = None;
    world.cut(1);
    world.pass(MINUTES_MS);
    world.assert_converged();
    assert_eq!(world.devices[1].disk.cursor.unwrap().seq, 3);
}

#[test]
fn a_full_relay_blocks_writing_says_so_and_lets_reading_go_on() {
    let mut world = World::new(2);
    world.write(1, b"before");
    world.settle();
    world.relay.faults.full = true;
    world.write(0, b"waits");
    world.settle();
    let blocked = Status::Live { push_blocked: Some("no".to_owned()) };
    assert_eq!(world.devices[0].session.status(), &blocked);
    assert!(world.devices[0].connected && world.devices[0].disk.contents.contains(b"before".as_slice()));
    world.relay.faults.full = false;
    world.pass(MINUTES_MS);
    world.assert_converged();
}

#[test]
fn a_final_refusal_ends_the_tries_until_somebody_asks_again() {
    let mut world = World::new(1);
    world.relay.refuse = Some(Refusal::new(RefusalCode::NotAMember, "not a member"));
    world.pass(WEEKS_MS);
    assert_eq!(world.devices[0].gave_up.len(), 1);
    assert_eq!(world.devices[0].session.status(), &Status::GaveUp(RefusalCode::NotAMember));
    assert_eq!(world.devices[0].session.next_wake_ms(), None);
    world.relay.refuse = None;
    world.devices[0].events.push_back(Event::Start);
    world.settle();
    world.assert_converged();
}

#[test]
fn a_member_the_relay_has_forgotten_waits_to_be_vouched_for() {
    let mut world = World::new(2);
    world.relay.refuse = Some(Refusal::new(RefusalCode::NotAMember, "who is this?"));
    world.pass(MINUTES_MS);
    assert_eq!(world.devices[0].gave_up.len(), 1, "the founder needs no vouching");
    assert!(matches!(world.devices[1].session.status(), Status::Waiting { .. }));
    world.relay.refuse = None;
    world.devices[0].events.push_back(Event::Start);
    world.pass(MINUTES_MS);
    world.assert_converged();
}

#[test]
fn a_passing_refusal_is_tried_again() {
    let mut world = World::new(1);
    world.relay.refuse = Some(Refusal::new(RefusalCode::UnknownWorkspace, "not yet"));
    world.settle();
    assert!(matches!(world.devices[0].session.status(), Status::Waiting { .. }));
    world.relay.refuse = None;
    world.pass(MINUTES_MS);
    world.assert_converged();
}

#[test]
fn stopping_says_goodbye_and_stays_offline() {
    let mut world = World::new(1);
    world.settle();
    world.devices[0].events.push_back(Event::Stop);
    world.pass(WEEKS_MS);
    assert!(!world.devices[0].connected);
    assert_eq!(world.devices[0].session.status(), &Status::Stopped);
    assert_eq!(world.devices[0].session.next_wake_ms(), None);
}

#[test]
fn garbage_from_the_relay_never_panics_and_ends_in_a_retry() {
    for length in 0..200usize {
        let mut world = World::new(1);
        world.settle();
        let bytes: Vec<u8> = (0..length).map(|n| (n * 31 + length * 7) as u8).collect();
        world.devices[0].events.push_back(Event::Received(bytes));
        world.pass(MINUTES_MS);
        world.assert_converged();
    }
}

#[test]
fn an_idle_connection_costs_a_few_bytes_a_minute() {
    let mut world = World::new(1);
    world.settle();
    let before = world.devices[0].sent_bytes;
    world.pass(10 * 60_000);
    let spent = world.devices[0].sent_bytes - before;
    assert!(world.devices[0].connected && spent < 200, "{spent} bytes in ten minutes");
}
