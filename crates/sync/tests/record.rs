//! The sealed record against damage: whatever is done to its bytes, it is refused, and nothing panics.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tandem_sync::record::{BATCH_TARGET_BYTES, MAX_CHANGES_PER_RECORD, MAX_SEALED_BYTES, batches};
use tandem_sync::wire::{ClientMessage, ServerMessage};
use tandem_sync::{
    Admission, DeviceKey, Error, Invite, Payload, Position, RecordHash, SealedRecord, WorkspaceId, WorkspaceKey,
};

fn device() -> DeviceKey {
    DeviceKey::from_bytes(&[1; 32])
}

fn key() -> WorkspaceKey {
    WorkspaceKey::new(1, [2; 32])
}

fn first() -> Position {
    Position { workspace: WorkspaceId::from_bytes([3; 16]), document: 0, device_seq: 1, previous: RecordHash::NONE }
}

fn seal(payload: &Payload) -> Result<SealedRecord, Error> {
    SealedRecord::seal(&first(), payload, &key(), &device(), [4; 24])
}

fn read(bytes: Vec<u8>) -> Result<Payload, Error> {
    SealedRecord::decode(bytes)?.open(&key())
}

fn payload() -> impl Strategy<Value = Payload> {
    let bytes = || proptest::collection::vec(any::<u8>(), 0..200);
    prop_oneof![
        proptest::collection::vec(bytes(), 0..20).prop_map(Payload::Changes),
        bytes().prop_map(Payload::Snapshot),
    ]
}

proptest! {
    #[test]
    fn what_was_sealed_is_what_is_opened(payload in payload()) {
        let record = seal(&payload).unwrap();
        let again = SealedRecord::decode(record.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(&again, &record);
        prop_assert_eq!(again.open(&key()).unwrap(), payload);
    }

    #[test]
    fn any_changed_byte_is_refused(payload in payload(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let mut bytes = seal(&payload).unwrap().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        // Even without the key: the relay must notice as well.
        prop_assert!(SealedRecord::decode(bytes).and_then(|r| r.verify()).is_err(), "byte {}", at);
    }

    #[test]
    fn any_truncation_or_addition_is_refused(payload in payload(), at in any::<prop::sample::Index>(), more in any::<u8>()) {
        let mut bytes = seal(&payload).unwrap().into_bytes();
        prop_assert!(SealedRecord::decode(bytes[..at.index(bytes.len())].to_vec()).is_err());
        bytes.push(more);
        prop_assert!(SealedRecord::decode(bytes).is_err());
    }

    #[test]
    fn garbage_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read(bytes.clone()).is_err());
        let _ = ClientMessage::decode(&bytes);
        let _ = ServerMessage::decode(&bytes);
        let _ = Admission::from_bytes(&bytes);
        let _ = Invite::parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn batches_cover_all_changes_in_order_and_stay_moderate(sizes in proptest::collection::vec(0..BATCH_TARGET_BYTES * 2, 0..12)) {
        let changes: Vec<Vec<u8>> = sizes.iter().map(|&n| vec![0; n]).collect();
        let batches = batches(&changes);
        let covered: Vec<usize> = batches.iter().cloned().flatten().collect();
        prop_assert_eq!(covered, (0..changes.len()).collect::<Vec<_>>());
        for batch in batches {
            let size: usize = changes[batch.clone()].iter().map(Vec::len).sum();
            prop_assert!(batch.len() == 1 || size <= BATCH_TARGET_BYTES);
        }
    }
}

#[test]
fn every_single_byte_of_a_record_is_protected() {
    let bytes = seal(&Payload::Changes(vec![b"one".to_vec(), b"two".to_vec()])).unwrap().into_bytes();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[at] ^= 1 << bit;
            assert!(SealedRecord::decode(altered).and_then(|r| r.verify()).is_err(), "byte {at} bit {bit}");
        }
    }
}

#[test]
fn another_key_opens_nothing_and_another_epoch_is_named() {
    let record = seal(&Payload::Changes(vec![b"secret".to_vec()])).unwrap();
    assert_eq!(record.open(&WorkspaceKey::new(1, [9; 32])).unwrap_err(), Error::WrongKey);
    let error = record.open(&WorkspaceKey::new(2, [2; 32])).unwrap_err();
    assert_eq!(error, Error::WrongKeyEpoch { record_epoch: 1, key_epoch: 2 });
}

#[test]
fn what_is_inside_does_not_show_outside() {
    let change = b"Nordwind GmbH pays 120,000".to_vec();
    let record = seal(&Payload::Changes(vec![change.clone()])).unwrap();
    assert!(!record.as_bytes().windows(8).any(|w| change.windows(8).any(|c| c == w)));
}

#[test]
fn numbers_and_chain_must_agree() {
    let changes = Payload::Changes(vec![]);
    let presence = Payload::Presence(b"here".to_vec());
    let linked = RecordHash::from_bytes([7; 32]);
    let seal = |device_seq, previous, payload: &Payload| {
        let position = Position { device_seq, previous, ..first() };
        SealedRecord::seal(&position, payload, &key(), &device(), [4; 24])
    };
    assert!(seal(1, RecordHash::NONE, &changes).is_ok());
    assert!(seal(2, linked, &changes).is_ok());
    assert!(seal(0, RecordHash::NONE, &presence).is_ok());
    for (device_seq, previous, payload) in [
        (0, RecordHash::NONE, &changes),
        (1, linked, &changes),
        (2, RecordHash::NONE, &changes),
        (1, RecordHash::NONE, &presence),
    ] {
        assert_eq!(seal(device_seq, previous, payload).unwrap_err().code(), "damaged");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_sent() {
    // Pseudo-random bytes do not compress.
    let mut bytes = vec![0; MAX_SEALED_BYTES + 1];
    let mut state = 1_u64;
    for byte in &mut bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *byte = (state >> 56) as u8;
    }
    assert_eq!(seal(&Payload::Changes(vec![bytes])).unwrap_err().code(), "too_large");
    assert_eq!(seal(&Payload::Changes(vec![vec![0; 17 << 20]])).unwrap_err().code(), "too_large");
    assert!(seal(&Payload::Changes(vec![vec![]; MAX_CHANGES_PER_RECORD + 1])).is_err());
    assert!(SealedRecord::decode(vec![0; MAX_SEALED_BYTES + 1]).is_err());
}

#[test]
fn a_record_of_a_newer_format_says_so() {
    let mut bytes = seal(&Payload::Changes(vec![])).unwrap().into_bytes();
    // [array(3), bytes(1-byte length), header: [array(9), format, …]]
    assert_eq!(bytes[4], 1, "the place of the format number");
    bytes[4] = 2;
    assert_eq!(SealedRecord::decode(bytes).unwrap_err().code(), "unsupported_version");
}
