//! The hash chain of each device's records: what shows that a relay left something out or that a device wrote twice.
//!
//! An irregularity is a warning. The record itself is kept: its signature says who wrote it, and the document decides what
//! depends on what.

use std::collections::BTreeMap;

use crate::keys::DeviceId;
use crate::record::{RecordHash, SealedRecord};

/// The last record seen of one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// Whose chain.
    pub device: DeviceId,
    /// Number of the last record seen.
    pub seq: u64,
    /// Hash of that record.
    pub hash: RecordHash,
}

/// What does not fit in a device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Irregularity {
    /// Records of this device are missing so far: out of order, withheld or lost.
    Gap {
        /// Whose chain.
        device: DeviceId,
        /// The number that should have come.
        expected_seq: u64,
        /// The number that came.
        found_seq: u64,
    },
    /// Two different records claim one place: the device's data file was copied, or its key is used by somebody else.
    Fork {
        /// Whose chain.
        device: DeviceId,
        /// The first number known to be contested.
        seq: u64,
    },
}

/// How a record relates to what was seen of its device before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next one, as it should be.
    Next,
    /// Exactly the record seen last.
    Repeated,
    /// One from before the last seen, probably a repetition.
    Earlier,
    /// It does not fit.
    Irregular(Irregularity),
}

/// The chains of all devices.
#[derive(Clone, Debug, Default)]
pub struct Chains {
    heads: BTreeMap<DeviceId, (u64, RecordHash)>,
}

impl Chains {
    /// Chains that were seen up to these heads.
    pub fn new(heads: impl IntoIterator<Item = ChainHead>) -> Self {
        Self { heads: heads.into_iter().map(|h| (h.device, (h.seq, h.hash))).collect() }
    }

    /// The last record seen of `device`.
    pub fn head(&self, device: DeviceId) -> Option<ChainHead> {
        self.heads.get(&device).map(|&(seq, hash)| ChainHead { device, seq, hash })
    }

    /// Everybody of whom a record was seen.
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> {
        self.heads.keys().copied()
    }

    /// Takes note of a verified record and says how it fits.
    pub fn follow(&mut self, record: &SealedRecord) -> Step {
        let header = record.header();
        let (device, found_seq) = (header.device, header.device_seq);
        let (head_seq, head_hash) = self.heads.get(&device).copied().unwrap_or((0, RecordHash::NONE));
        if found_seq < head_seq {
            return Step::Earlier;
        }
        let hash = record.hash();
        if found_seq == head_seq {
            return match hash == head_hash {
                true => Step::Repeated,
                false => Step::Irregular(Irregularity::Fork { device, seq: found_seq }),
            };
        }
        self.heads.insert(device, (found_seq, hash));
        let expected_seq = head_seq + 1;
        if found_seq > expected_seq {
            Step::Irregular(Irregularity::Gap { device, expected_seq, found_seq })
        } else if header.previous != head_hash {
            Step::Irregular(Irregularity::Fork { device, seq: head_seq })
        } else {
            Step::Next
        }
    }
}
