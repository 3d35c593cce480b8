//! The certificates by which a relay knows who belongs to a workspace, without anybody having to tell it beforehand.
//!
//! A workspace's id is a hash over its founder's key, so the founder needs no registration. A member's device signs an
//! invite; the invite's one-time token signs one device in. All of it can be made offline and checked by anybody.
//!
//! Removing a device and changing the key will be further certificates in a log kept by the relay; records already name the
//! key epoch they are sealed under.

use minicbor::{Decode, Encode};

use crate::error::{Error, Result};
use crate::keys::{DeviceId, DeviceKey, SIGNATURE_BYTES, WorkspaceId};

const FOUNDING_CONTEXT: &str = "tandem 2026 workspace id 1";
const INVITE_DOMAIN: &[u8] = b"tandem invite 1";
const ADMISSION_DOMAIN: &[u8] = b"tandem admission 1";
const MEMBER_DOMAIN: &[u8] = b"tandem member 1";

/// Certificates in a device's proof, from the device to the founder.
pub const MAX_PROOF: usize = 16;

/// Shows which device founded a workspace: the workspace's id is a hash over it. Every member keeps it.
///
/// It carries no signature because it grants nothing but what the hash already says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FoundingCertificate {
    /// The device that founded the workspace.
    #[n(0)]
    pub founder: DeviceId,
    /// Random bytes that let one device found several workspaces.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub salt: [u8; 16],
}

impl FoundingCertificate {
    /// Founds a workspace; `salt` must be random.
    pub fn create(founder: &DeviceKey, salt: [u8; 16]) -> Self {
        Self { founder: founder.id(), salt }
    }

    /// The workspace it founds: a UUID of version 8 (RFC 9562), the first 128 bits of BLAKE3 over founder and salt.
    pub fn workspace(&self) -> WorkspaceId {
        let mut hasher = blake3::Hasher::new_derive_key(FOUNDING_CONTEXT);
        hasher.update(&self.founder.to_bytes()).update(&self.salt);
        let mut id = [0; 16];
        hasher.finalize_xof().fill(&mut id);
        WorkspaceId::from_bytes(uuid::Builder::from_custom_bytes(id).into_uuid().into_bytes())
    }

    /// The bytes to keep with the workspace's keys.
    pub fn to_bytes(&self) -> [u8; 48] {
        let mut out = [0; 48];
        out[..32].copy_from_slice(&self.founder.to_bytes());
        out[32..].copy_from_slice(&self.salt);
        out
    }

    /// Reads what [`FoundingCertificate::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8; 48]) -> Self {
        let (mut founder, mut salt) = ([0; 32], [0; 16]);
        founder.copy_from_slice(&bytes[..32]);
        salt.copy_from_slice(&bytes[32..]);
        Self { founder: DeviceId::from_bytes(founder), salt }
    }
}

/// A member's word that whoever holds the token's secret may bring one device in, until a certain time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct InviteCertificate {
    /// Where the invite leads.
    #[n(0)]
    pub workspace: WorkspaceId,
    /// The token's public key. It is good for one device.
    #[n(1)]
    pub token: DeviceId,
    /// From when on it is void, in seconds since 1970-01-01 UTC.
    #[n(2)]
    pub expires_at_s: u64,
    /// The member's device that invites.
    #[n(3)]
    pub issuer: DeviceId,
    /// The issuer's signature over the above.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub signature: [u8; SIGNATURE_BYTES],
}

impl InviteCertificate {
    pub(crate) fn create(workspace: WorkspaceId, token: DeviceId, expires_at_s: u64, issuer: &DeviceKey) -> Self {
        let mut out = Self { workspace, token, expires_at_s, issuer: issuer.id(), signature: [0; SIGNATURE_BYTES] };
        let (workspace, token, expiry) = out.signed();
        out.signature = issuer.sign(INVITE_DOMAIN, &[&workspace, &token, &expiry]);
        out
    }

    /// Checks the issuer's signature. Whether the issuer is a member, the invite unused and the time right is the relay's to say.
    ///
    /// # Errors
    /// [`Error::BadSignature`].
    pub fn verify(&self) -> Result<()> {
        let (workspace, token, expiry) = self.signed();
        self.issuer.verify("the invite", INVITE_DOMAIN, &[&workspace, &token, &expiry], &self.signature)
    }

    /// Whether it is void at `now_s`.
    pub fn is_expired(&self, now_s: u64) -> bool {
        now_s >= self.expires_at_s
    }

    fn signed(&self) -> ([u8; 16], [u8; 32], [u8; 8]) {
        (self.workspace.to_bytes(), self.token.to_bytes(), self.expires_at_s.to_be_bytes())
    }
}

/// What a new device shows the relay: an invite, and the token's signature over this one device.
///
/// It is of no use to anybody else: the device still proves its own key over the relay's challenge. So it can be sent again
/// when an answer got lost, and the token's secret can be forgotten at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Admission {
    /// The invite.
    #[n(0)]
    pub invite: InviteCertificate,
    /// The device to be let in.
    #[n(1)]
    pub device: DeviceId,
    /// The token's signature over workspace and device.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; SIGNATURE_BYTES],
}

impl Admission {
    pub(crate) fn create(invite: InviteCertificate, token: &DeviceKey, device: DeviceId) -> Self {
        let parts: [&[u8]; 2] = [&invite.workspace.to_bytes(), &device.to_bytes()];
        Self { signature: token.sign(ADMISSION_DOMAIN, &parts), invite, device }
    }

    /// Checks both signatures and that they speak of this workspace and device.
    ///
    /// # Errors
    /// [`Error::ForeignWorkspace`], [`Error::BadSignature`].
    pub fn verify(&self, workspace: WorkspaceId, device: DeviceId) -> Result<()> {
        if self.invite.workspace != workspace {
            return Err(Error::ForeignWorkspace { what: "the invite" });
        }
        if self.device != device {
            return Err(Error::BadSignature { what: "the admission" });
        }
        self.invite.verify()?;
        let parts: [&[u8]; 2] = [&workspace.to_bytes(), &device.to_bytes()];
        self.invite.token.verify("the admission", ADMISSION_DOMAIN, &parts, &self.signature)
    }

    /// The bytes to keep until the relay has welcomed the device.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::codec::to_bytes(self)
    }

    /// Reads what [`Admission::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        crate::codec::from_bytes("the admission", bytes)
    }
}

/// A member's word that a device is a member too, for good. Several of them lead from a device to the founder: so a relay that
/// lost its disk knows the device again, whoever comes first; and a device that must take a new key brings it in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberCertificate {
    /// The member.
    #[n(0)]
    pub device: DeviceId,
    /// Whose word it is.
    #[n(1)]
    pub by: DeviceId,
    /// That device's signature over workspace and member.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; SIGNATURE_BYTES],
}

impl MemberCertificate {
    /// `by` vouches for `device`.
    pub fn create(workspace: WorkspaceId, device: DeviceId, by: &DeviceKey) -> Self {
        let parts: [&[u8]; 2] = [&workspace.to_bytes(), &device.to_bytes()];
        Self { device, by: by.id(), signature: by.sign(MEMBER_DOMAIN, &parts) }
    }

    /// Checks the signature. Whether `by` is a member is another question.
    ///
    /// # Errors
    /// [`Error::BadSignature`].
    pub fn verify(&self, workspace: WorkspaceId) -> Result<()> {
        let parts: [&[u8]; 2] = [&workspace.to_bytes(), &self.device.to_bytes()];
        self.by.verify("the membership", MEMBER_DOMAIN, &parts, &self.signature)
    }
}

/// Checks that the certificates lead from `device` step by step to somebody else. Whether that somebody is a member, or the
/// founder, is for the caller to say.
///
/// # Errors
/// [`Error::BadSignature`]; [`Error::Damaged`] when they do not follow each other or are too many.
pub fn verify_proof(proof: &[MemberCertificate], workspace: WorkspaceId, device: DeviceId) -> Result<()> {
    if proof.len() > MAX_PROOF {
        return Err(Error::damaged("the membership", format!("more than {MAX_PROOF} steps")));
    }
    let mut of = device;
    for certificate in proof {
        if certificate.device != of {
            return Err(Error::damaged("the membership", "its steps do not follow each other"));
        }
        certificate.verify(workspace)?;
        of = certificate.by;
    }
    Ok(())
}

/// The bytes of a proof, to be kept beside the device's key.
pub fn proof_to_bytes(proof: &[MemberCertificate]) -> Vec<u8> {
    crate::codec::to_bytes(&proof)
}

/// Reads what [`proof_to_bytes`] wrote.
///
/// # Errors
/// [`Error::Damaged`].
pub fn proof_from_bytes(bytes: &[u8]) -> Result<Vec<MemberCertificate>> {
    crate::codec::from_bytes("the membership", bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn key(seed: u8) -> DeviceKey {
        DeviceKey::from_bytes(&[seed; 32])
    }

    #[test]
    fn a_workspace_id_binds_its_founder() {
        let founding = FoundingCertificate::create(&key(1), [9; 16]);
        assert_eq!(founding.workspace(), FoundingCertificate::from_bytes(&founding.to_bytes()).workspace());
        assert_ne!(founding.workspace(), FoundingCertificate::create(&key(2), [9; 16]).workspace());
        assert_ne!(founding.workspace(), FoundingCertificate::create(&key(1), [8; 16]).workspace());
        let uuid = uuid::Uuid::from_bytes(founding.workspace().to_bytes());
        assert_eq!(uuid.get_version_num(), 8);
    }

    #[test]
    fn an_admission_holds_for_its_workspace_and_device_only() {
        let workspace = FoundingCertificate::create(&key(1), [9; 16]).workspace();
        let invite = InviteCertificate::create(workspace, key(3).id(), 1000, &key(1));
        let admission = Admission::create(invite, &key(3), key(2).id());
        admission.verify(workspace, key(2).id()).unwrap();
        assert_eq!(Admission::from_bytes(&admission.to_bytes()).unwrap(), admission);

        let elsewhere = WorkspaceId::from_bytes([1; 16]);
        assert_eq!(admission.verify(elsewhere, key(2).id()).unwrap_err().code(), "foreign_workspace");
        assert_eq!(admission.verify(workspace, key(4).id()).unwrap_err().code(), "bad_signature");
        let stolen = Admission { device: key(4).id(), ..admission };
        assert_eq!(stolen.verify(workspace, key(4).id()).unwrap_err().code(), "bad_signature");
        let prolonged = InviteCertificate { expires_at_s: 2000, ..invite };
        let prolonged = Admission { invite: prolonged, ..admission };
        assert_eq!(prolonged.verify(workspace, key(2).id()).unwrap_err().code(), "bad_signature");
        assert!(!invite.is_expired(999) && invite.is_expired(1000));
    }

    #[test]
    fn a_proof_leads_from_the_device_to_the_founder_and_nowhere_else() {
        let workspace = FoundingCertificate::create(&key(1), [9; 16]).workspace();
        let near = MemberCertificate::create(workspace, key(3).id(), &key(2));
        let far = MemberCertificate::create(workspace, key(2).id(), &key(1));
        verify_proof(&[near, far], workspace, key(3).id()).unwrap();
        verify_proof(&[], workspace, key(3).id()).unwrap();
        assert_eq!(proof_from_bytes(&proof_to_bytes(&[near, far])).unwrap(), [near, far]);
        for wrong in [[far, near].as_slice(), &[near, near], &[near; MAX_PROOF + 1]] {
            assert_eq!(verify_proof(wrong, workspace, key(3).id()).unwrap_err().code(), "damaged");
        }
        let elsewhere = WorkspaceId::from_bytes([1; 16]);
        assert_eq!(verify_proof(&[near], elsewhere, key(3).id()).unwrap_err().code(), "bad_signature");
        let forged = MemberCertificate { by: key(1).id(), ..near };
        assert_eq!(verify_proof(&[forged], workspace, key(3).id()).unwrap_err().code(), "bad_signature");
    }
}
