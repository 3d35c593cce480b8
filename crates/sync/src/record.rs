//! The sealed record: what one device wrote at once, compressed, encrypted for the workspace's members, signed by the device.
//!
//! A record is the CBOR array `[header, ciphertext, signature]` of three byte strings. The header stays readable, so that a
//! relay can order and check records without being able to read them; it is authenticated twice, by the cipher and by the
//! signature. Every record but presence names the hash of its device's previous one, which makes omissions visible.

use std::ops::Range;

use chacha20poly1305::aead::{Aead, KeyInit, Payload as AeadPayload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use crate::codec;
use crate::error::{Error, Result};
use crate::hex::hex;
use crate::keys::{DeviceId, DeviceKey, SIGNATURE_BYTES, WorkspaceId, WorkspaceKey};

/// The format this version writes and reads.
pub const FORMAT_VERSION: u8 = 1;
/// A sealed record, all of it. One change must fit, so an import is written as several changes.
pub const MAX_SEALED_BYTES: usize = 4 * 1024 * 1024;
/// What a record may decompress to.
pub const MAX_PLAIN_BYTES: usize = 16 * 1024 * 1024;
/// How many changes one record may carry.
pub const MAX_CHANGES_PER_RECORD: usize = 4096;
/// How much a device puts into one record when it has many changes to send (before compression).
pub const BATCH_TARGET_BYTES: usize = 256 * 1024;
/// A presence record, sealed: it goes to everybody, often.
pub const MAX_PRESENCE_BYTES: usize = 64 * 1024;
/// The random bytes each record needs. Drawn anew for every record; 24 bytes make a repetition negligible.
pub const NONCE_BYTES: usize = 24;

const WHAT: &str = "the record";
const SIGN_DOMAIN: &[u8] = b"tandem record 1";
const KEY_CONTEXT: &str = "tandem 2026 sealed record 1";
const ZSTD_LEVEL: i32 = 3;

/// BLAKE3 of a record's bytes; the link of the chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct RecordHash(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl RecordHash {
    /// What a device's first record names as its predecessor.
    pub const NONE: Self = Self([0; 32]);

    /// The hash's bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The hash with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for RecordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecordHash({})", hex(&self.0[..4]))
    }
}

/// A document within its workspace. There is one today, number 0.
pub type DocumentNumber = u32;

/// What a record carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// Changes to the document.
    #[n(0)]
    Changes,
    /// The whole document, which stands for everything before it.
    #[n(1)]
    Snapshot,
    /// Who is where; forwarded to those connected, never stored, outside the chain.
    #[n(2)]
    Presence,
}

/// The readable part of a record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Header {
    /// [`FORMAT_VERSION`].
    #[n(0)]
    pub format: u8,
    /// The workspace it belongs to.
    #[n(1)]
    pub workspace: WorkspaceId,
    /// The document it belongs to.
    #[n(2)]
    pub document: DocumentNumber,
    /// Who wrote it.
    #[n(3)]
    pub device: DeviceId,
    /// The device's how-manieth record, from 1 without gaps; 0 for presence.
    #[n(4)]
    pub device_seq: u64,
    /// Hash of the device's previous record; [`RecordHash::NONE`] for the first, and for presence.
    #[n(5)]
    pub previous: RecordHash,
    /// The epoch of the workspace key it is sealed under.
    #[n(6)]
    pub key_epoch: u32,
    /// What it carries.
    #[n(7)]
    pub kind: Kind,
    /// The cipher's nonce.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub nonce: [u8; NONCE_BYTES],
}

/// Where a record stands: everything its writer has to say about it besides content, key and nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The document within it.
    pub document: DocumentNumber,
    /// The device's next number (from 1); 0 for presence.
    pub device_seq: u64,
    /// Hash of the device's previous record.
    pub previous: RecordHash,
}

/// A record's content, in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Changes, each as the document's library encodes it.
    Changes(Vec<Vec<u8>>),
    /// A document, as its library saves it.
    Snapshot(Vec<u8>),
    /// A presence message.
    Presence(Vec<u8>),
}

impl Payload {
    /// The kind of record that carries it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Changes(_) => Kind::Changes,
            Self::Snapshot(_) => Kind::Snapshot,
            Self::Presence(_) => Kind::Presence,
        }
    }

    fn encode(&self) -> Vec<u8> {
        let parts: &[Vec<u8>] = match self {
            Self::Changes(changes) => changes,
            Self::Snapshot(one) | Self::Presence(one) => std::slice::from_ref(one),
        };
        let mut out = Vec::with_capacity(parts.iter().map(|p| p.len() + 5).sum::<usize>() + 5);
        let mut encoder = minicbor::Encoder::new(&mut out);
        // Writing to a Vec is infallible.
        let _ = encoder.array(parts.len() as u64);
        for part in parts {
            let _ = encoder.bytes(part);
        }
        out
    }

    fn decode(kind: Kind, bytes: &[u8]) -> Result<Self> {
        let parts: Vec<ByteVec> = codec::from_bytes(WHAT, bytes)?;
        let mut parts: Vec<Vec<u8>> = parts.into_iter().map(Vec::from).collect();
        match (kind, parts.len()) {
            (Kind::Changes, 0..=MAX_CHANGES_PER_RECORD) => Ok(Self::Changes(parts)),
            (Kind::Snapshot, 1) => Ok(Self::Snapshot(parts.remove(0))),
            (Kind::Presence, 1) => Ok(Self::Presence(parts.remove(0))),
            (_, n) => Err(Error::damaged(WHAT, format!("{n} parts in a record of kind {kind:?}"))),
        }
    }
}

#[derive(Encode, Decode)]
struct Frame {
    #[n(0)]
    header: ByteVec,
    #[n(1)]
    ciphertext: ByteVec,
    #[n(2)]
    signature: ByteArray<SIGNATURE_BYTES>,
}

/// A record as it travels and as it lies on disk, with its header read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRecord {
    header: Header,
    bytes: Vec<u8>,
}

impl SealedRecord {
    /// Compresses, encrypts and signs `payload`. `nonce` must be freshly random.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the content or the result exceeds its bound.
    pub fn seal(
        position: &Position,
        payload: &Payload,
        key: &WorkspaceKey,
        device: &DeviceKey,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Self> {
        if let Payload::Changes(changes) = payload
            && changes.len() > MAX_CHANGES_PER_RECORD
        {
            return Err(Error::damaged(WHAT, format!("more than {MAX_CHANGES_PER_RECORD} changes")));
        }
        let header = Header {
            format: FORMAT_VERSION,
            workspace: position.workspace,
            document: position.document,
            device: device.id(),
            device_seq: position.device_seq,
            previous: position.previous,
            key_epoch: key.epoch(),
            kind: payload.kind(),
            nonce,
        };
        header.check()?;
        let plain = payload.encode();
        within(WHAT, plain.len(), MAX_PLAIN_BYTES)?;
        let packed = zstd::bulk::compress(&plain, ZSTD_LEVEL).map_err(|e| Error::damaged(WHAT, e))?;
        let header_bytes = codec::to_bytes(&header);
        let ciphertext = cipher(key)
            .encrypt(&XNonce::from(nonce), AeadPayload { msg: &packed, aad: &header_bytes })
            .map_err(|_| Error::WrongKey)?;
        let signature = device.sign(SIGN_DOMAIN, &[&header_bytes, &ciphertext]);
        let frame = Frame { header: header_bytes.into(), ciphertext: ciphertext.into(), signature: signature.into() };
        let bytes = codec::to_bytes(&frame);
        within(WHAT, bytes.len(), header.limit_bytes())?;
        Ok(Self { header, bytes })
    }

    /// Reads a record and its header, without checking the signature: follow with [`SealedRecord::verify`] unless the bytes
    /// come from a place that did.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::UnsupportedVersion`], or [`Error::Damaged`]; the latter also when the bytes are not
    /// exactly what [`SealedRecord::seal`] would write, so that one record never has two forms.
    pub fn decode(bytes: Vec<u8>) -> Result<Self> {
        within(WHAT, bytes.len(), MAX_SEALED_BYTES)?;
        let frame: Frame = codec::from_bytes(WHAT, &bytes)?;
        if let Some(found) = stated_format(&frame.header)
            && found != u32::from(FORMAT_VERSION)
        {
            return Err(Error::UnsupportedVersion { what: WHAT, found });
        }
        let header: Header = codec::from_bytes(WHAT, &frame.header)?;
        header.check()?;
        if codec::to_bytes(&header) != **frame.header || codec::to_bytes(&frame) != bytes {
            return Err(Error::damaged(WHAT, "not in its one permitted encoding"));
        }
        within(WHAT, bytes.len(), header.limit_bytes())?;
        Ok(Self { header, bytes })
    }

    /// Checks the device's signature; needs no key, so the relay can.
    ///
    /// # Errors
    /// [`Error::BadSignature`].
    pub fn verify(&self) -> Result<()> {
        let frame = self.frame()?;
        self.header.device.verify(WHAT, SIGN_DOMAIN, &[&frame.header, &frame.ciphertext], &frame.signature)
    }

    /// Verifies, decrypts and unpacks the record.
    ///
    /// # Errors
    /// [`Error::BadSignature`], [`Error::WrongKeyEpoch`], [`Error::WrongKey`], or [`Error::Damaged`] and
    /// [`Error::TooLarge`] when a member's device sealed nonsense.
    pub fn open(&self, key: &WorkspaceKey) -> Result<Payload> {
        self.verify()?;
        self.open_verified(key)
    }

    /// Decrypts and unpacks a record whose signature has been checked, as that of everything a session hands out.
    ///
    /// # Errors
    /// As [`SealedRecord::open`], but for the signature.
    pub fn open_verified(&self, key: &WorkspaceKey) -> Result<Payload> {
        if key.epoch() != self.header.key_epoch {
            return Err(Error::WrongKeyEpoch { record_epoch: self.header.key_epoch, key_epoch: key.epoch() });
        }
        let frame = self.frame()?;
        let sealed = AeadPayload { msg: &frame.ciphertext, aad: &frame.header };
        let packed = cipher(key).decrypt(&XNonce::from(self.header.nonce), sealed).map_err(|_| Error::WrongKey)?;
        Payload::decode(self.header.kind, &unpack(&packed)?)
    }

    /// The readable part.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The record's bytes, as to be stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The record's bytes, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What the device's next record names as its predecessor.
    pub fn hash(&self) -> RecordHash {
        RecordHash(*blake3::hash(&self.bytes).as_bytes())
    }

    fn frame(&self) -> Result<Frame> {
        codec::from_bytes(WHAT, &self.bytes)
    }
}

impl Header {
    fn check(&self) -> Result<()> {
        let first = self.previous == RecordHash::NONE;
        let consistent = match (self.kind, self.device_seq) {
            (Kind::Presence, seq) => seq == 0 && first,
            (_, 0) => false,
            (_, 1) => first,
            (_, _) => !first,
        };
        if consistent {
            Ok(())
        } else {
            Err(Error::damaged(WHAT, format!("number {} does not fit its place in the chain", self.device_seq)))
        }
    }

    fn limit_bytes(&self) -> usize {
        if self.kind == Kind::Presence { MAX_PRESENCE_BYTES } else { MAX_SEALED_BYTES }
    }
}

/// Splits changes into runs that each make a record of moderate size, in order.
/// A single change above [`BATCH_TARGET_BYTES`] gets a record of its own.
pub fn batches(changes: &[Vec<u8>]) -> Vec<Range<usize>> {
    let (mut out, mut start, mut size_bytes) = (Vec::new(), 0, 0);
    for (index, change) in changes.iter().enumerate() {
        let full = size_bytes + change.len() > BATCH_TARGET_BYTES || index - start >= MAX_CHANGES_PER_RECORD;
        if full && index > start {
            out.push(start..index);
            (start, size_bytes) = (index, 0);
        }
        size_bytes += change.len();
    }
    if start < changes.len() {
        out.push(start..changes.len());
    }
    out
}

fn cipher(key: &WorkspaceKey) -> XChaCha20Poly1305 {
    // A key of its own for this use: the workspace's secret may later serve others.
    let derived = zeroize::Zeroizing::new(blake3::derive_key(KEY_CONTEXT, key.secret()));
    XChaCha20Poly1305::new((&*derived).into())
}

/// Decompresses with the size known and checked beforehand, so that a small record cannot claim gigabytes.
fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed)
        .map_err(|_| Error::damaged(WHAT, "its content is not compressed as expected"))?
        .ok_or_else(|| Error::damaged(WHAT, "its content does not state its size"))?;
    let size_bytes = usize::try_from(size).unwrap_or(usize::MAX);
    within("the record's content", size_bytes, MAX_PLAIN_BYTES)?;
    zstd::bulk::decompress(packed, size_bytes).map_err(|e| Error::damaged(WHAT, e))
}

fn stated_format(header: &[u8]) -> Option<u32> {
    let mut decoder = minicbor::Decoder::new(header);
    decoder.array().ok()?;
    decoder.u32().ok()
}

fn within(what: &'static str, size_bytes: usize, limit_bytes: usize) -> Result<()> {
    if size_bytes > limit_bytes {
        return Err(Error::TooLarge { what, size_bytes, limit_bytes });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use super::*;

    #[test]
    fn content_that_claims_or_hides_an_enormous_size_is_refused_before_it_is_unpacked() {
        let honest = zstd::bulk::compress(&vec![0; MAX_PLAIN_BYTES + 1], ZSTD_LEVEL).unwrap();
        assert!(honest.len() < 4096, "a small record");
        assert_eq!(unpack(&honest).unwrap_err().code(), "too_large");
        // A streaming encoder does not know the size, so its frame does not state it.
        let mut encoder = zstd::stream::Encoder::new(Vec::new(), ZSTD_LEVEL).unwrap();
        encoder.write_all(&[0; 500]).unwrap();
        encoder.flush().unwrap();
        let silent = encoder.finish().unwrap();
        assert_eq!(unpack(&silent).unwrap_err().code(), "damaged");
        // A frame that states less than it holds.
        let mut lying = zstd::bulk::compress(&vec![0; 1000], ZSTD_LEVEL).unwrap();
        let stated = zstd::zstd_safe::get_frame_content_size(&lying).unwrap();
        assert_eq!(stated, Some(1000));
        lying[5] ^= 0xff; // the low byte of the stated size
        assert!(unpack(&lying).is_err());
        assert!(unpack(b"").is_err());
    }
}
