//! Who a device and a workspace are, and the secrets they hold.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::hex::{hex, unhex_array};

/// Length of an Ed25519 signature.
pub const SIGNATURE_BYTES: usize = 64;

/// A device, named by its Ed25519 public key. One device may run several processes, but never two data files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct DeviceId(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl DeviceId {
    /// The id as its public key's bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The id with this public key. Whether the bytes are a usable key shows when a signature is verified.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// All 64 hex digits; the [`fmt::Display`] form is shortened.
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }

    /// Checks a signature of this device over `message`, where `domain` keeps the uses of one key apart.
    ///
    /// # Errors
    /// [`Error::BadSignature`], naming `what`.
    pub(crate) fn verify(
        self,
        what: &'static str,
        domain: &[u8],
        message: &[&[u8]],
        signature: &[u8; SIGNATURE_BYTES],
    ) -> Result<()> {
        let bad = Error::BadSignature { what };
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| bad.clone())?;
        key.verify_strict(&joined(domain, message), &Signature::from_bytes(signature)).map_err(|_| bad)
    }
}

impl fmt::Display for DeviceId {
    /// The first eight hex digits: enough for a person to tell devices apart, not an identifier.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0[..4]))
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({self})")
    }
}

impl FromStr for DeviceId {
    type Err = Error;

    /// Reads the 64 hex digits of [`DeviceId::to_hex`].
    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::BadId { what: "device id", text: text.to_owned() };
        unhex_array(text).map(Self).ok_or_else(bad)
    }
}

/// A device's secret signing key. Overwritten in memory when dropped; never leaves the device.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// A device key from 32 bytes of randomness, or from [`DeviceKey::to_bytes`].
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The secret, for a key file only its owner may read.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The id other devices and the relay know this device by.
    pub fn id(&self) -> DeviceId {
        DeviceId(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, domain: &[u8], message: &[&[u8]]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(&joined(domain, message)).to_bytes()
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({}, secret)", self.id())
    }
}

/// The workspace's symmetric key of one epoch. Whoever holds it can read the workspace.
#[derive(Clone)]
pub struct WorkspaceKey {
    epoch: u32,
    secret: Zeroizing<[u8; 32]>,
}

impl WorkspaceKey {
    /// Length of [`WorkspaceKey::to_bytes`].
    pub const ENCODED_BYTES: usize = 36;

    /// A key of the given epoch from 32 bytes of randomness. A new workspace starts with epoch 1.
    pub fn new(epoch: u32, secret: [u8; 32]) -> Self {
        Self { epoch, secret: Zeroizing::new(secret) }
    }

    /// Which of the workspace's successive keys this is; a record names the epoch it was sealed under.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Epoch (big endian) and secret, for a key file only its owner may read.
    pub fn to_bytes(&self) -> Zeroizing<[u8; Self::ENCODED_BYTES]> {
        let mut out = Zeroizing::new([0; Self::ENCODED_BYTES]);
        out[..4].copy_from_slice(&self.epoch.to_be_bytes());
        out[4..].copy_from_slice(self.secret.as_slice());
        out
    }

    /// Reads what [`WorkspaceKey::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8; Self::ENCODED_BYTES]) -> Self {
        let (mut epoch, mut secret) = ([0; 4], [0; 32]);
        epoch.copy_from_slice(&bytes[..4]);
        secret.copy_from_slice(&bytes[4..]);
        Self::new(u32::from_be_bytes(epoch), secret)
    }

    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }
}

impl fmt::Debug for WorkspaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorkspaceKey(epoch {}, secret)", self.epoch)
    }
}

/// A workspace. The id is derived from its founder's key (see [`crate::FoundingCertificate`]), so nobody else can claim it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct WorkspaceId(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]);

impl WorkspaceId {
    /// The id's bytes, in the order the UUID form prints them.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// The id with these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&uuid::Uuid::from_bytes(self.0).hyphenated(), f)
    }
}

impl fmt::Debug for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorkspaceId({self})")
    }
}

impl FromStr for WorkspaceId {
    type Err = Error;

    /// Reads the UUID form, with or without hyphens.
    fn from_str(text: &str) -> Result<Self> {
        let uuid =
            uuid::Uuid::try_parse(text).map_err(|_| Error::BadId { what: "workspace id", text: text.to_owned() })?;
        Ok(Self(uuid.into_bytes()))
    }
}

/// `domain`, then each part preceded by its length, so that no two lists of parts are signed as the same bytes.
fn joined(domain: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let length = domain.len() + parts.iter().map(|p| p.len() + 8).sum::<usize>();
    let mut out = Vec::with_capacity(length);
    out.extend_from_slice(domain);
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ids_survive_their_text_form() {
        let device = DeviceKey::from_bytes(&[7; 32]).id();
        assert_eq!(device.to_hex().parse::<DeviceId>().unwrap(), device);
        assert_eq!(device.to_string().len(), 8);
        let workspace = WorkspaceId::from_bytes([0xab; 16]);
        assert_eq!(workspace.to_string(), "abababab-abab-abab-abab-abababababab");
        assert_eq!(workspace.to_string().parse::<WorkspaceId>().unwrap(), workspace);
    }

    #[test]
    fn text_that_is_no_id_is_refused_in_words() {
        for text in ["", "xyz", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<DeviceId>().unwrap_err().code(), "bad_id");
            assert_eq!(text.parse::<WorkspaceId>().unwrap_err().code(), "bad_id");
        }
    }

    #[test]
    fn keys_survive_their_file_form_and_never_print_their_secret() {
        let device = DeviceKey::from_bytes(&[9; 32]);
        assert_eq!(DeviceKey::from_bytes(&device.to_bytes()).id(), device.id());
        let key = WorkspaceKey::new(3, [5; 32]);
        let again = WorkspaceKey::from_bytes(&key.to_bytes());
        assert_eq!((again.epoch(), again.secret()), (3, &[5; 32]));
        assert!(!format!("{key:?} {device:?}").contains("0505"));
    }

    #[test]
    fn a_signature_holds_for_its_domain_and_parts_only() {
        let key = DeviceKey::from_bytes(&[1; 32]);
        let signature = key.sign(b"a", &[b"one", b"two"]);
        let check = |domain: &[u8], parts: &[&[u8]]| key.id().verify("it", domain, parts, &signature);
        assert!(check(b"a", &[b"one", b"two"]).is_ok());
        assert!(check(b"b", &[b"one", b"two"]).is_err());
        assert!(check(b"a", &[b"onet", b"wo"]).is_err());
    }
}
