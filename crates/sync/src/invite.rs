//! The invite link: everything a new device needs to join, in one line a person can paste.
//!
//! `tandem://join/` followed by base64url of a CBOR array and eight bytes of BLAKE3 over it, so that a link which lost or
//! changed a character on its way is recognised. It can be made offline. Whoever has the link can read the workspace:
//! it is to be sent like a password.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::codec;
use crate::error::{Error, Result};
use crate::keys::{DeviceId, DeviceKey, SIGNATURE_BYTES, WorkspaceId, WorkspaceKey};
use crate::membership::{Admission, FoundingCertificate, InviteCertificate};

/// The version of the link this version writes and reads.
pub const LINK_VERSION: u8 = 1;
/// A link, in characters; longer text is not looked at.
pub const MAX_LINK_CHARS: usize = 8192;
/// The relay's address within a link.
pub const MAX_RELAY_URL_BYTES: usize = 1024;
/// The workspace's display name within a link.
pub const MAX_NAME_BYTES: usize = 256;

const PREFIX: &str = "tandem://join/";
const CHECKSUM_BYTES: usize = 8;

/// An invite: for one device, until a certain time.
#[derive(Clone)]
pub struct Invite {
    relay_url: String,
    founding: FoundingCertificate,
    workspace_name: String,
    key: WorkspaceKey,
    token: DeviceKey,
    certificate: InviteCertificate,
}

#[derive(Encode, Decode)]
struct LinkBody {
    #[n(0)]
    version: u8,
    #[n(1)]
    relay_url: String,
    #[n(2)]
    founding: FoundingCertificate,
    #[n(3)]
    workspace_name: String,
    #[cbor(n(4), with = "minicbor::bytes")]
    key: [u8; WorkspaceKey::ENCODED_BYTES],
    #[cbor(n(5), with = "minicbor::bytes")]
    token_seed: [u8; 32],
    #[n(6)]
    expires_at_s: u64,
    #[n(7)]
    issuer: DeviceId,
    #[cbor(n(8), with = "minicbor::bytes")]
    signature: [u8; SIGNATURE_BYTES],
}

impl Invite {
    /// Makes an invite; nobody needs to be reachable. `token_seed` must be random. A name that is too long is shortened.
    ///
    /// # Errors
    /// [`Error::BadRelayUrl`].
    pub fn create(
        relay_url: &str,
        founding: FoundingCertificate,
        workspace_name: &str,
        key: &WorkspaceKey,
        expires_at_s: u64,
        issuer: &DeviceKey,
        token_seed: [u8; 32],
    ) -> Result<Self> {
        let token = DeviceKey::from_bytes(&token_seed);
        Ok(Self {
            relay_url: relay_address(relay_url)?,
            founding,
            workspace_name: shortened(workspace_name, MAX_NAME_BYTES).to_owned(),
            key: key.clone(),
            certificate: InviteCertificate::create(founding.workspace(), token.id(), expires_at_s, issuer),
            token,
        })
    }

    /// The link to send.
    pub fn to_link(&self) -> Zeroizing<String> {
        let body = LinkBody {
            version: LINK_VERSION,
            relay_url: self.relay_url.clone(),
            founding: self.founding,
            workspace_name: self.workspace_name.clone(),
            key: *self.key.to_bytes(),
            token_seed: *self.token.to_bytes(),
            expires_at_s: self.certificate.expires_at_s,
            issuer: self.certificate.issuer,
            signature: self.certificate.signature,
        };
        let mut bytes = Zeroizing::new(codec::to_bytes(&body));
        let checksum = blake3::hash(&bytes);
        bytes.extend_from_slice(&checksum.as_bytes()[..CHECKSUM_BYTES]);
        Zeroizing::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&*bytes)))
    }

    /// Reads a link as people paste it: with white space and line breaks in it, in angle brackets or quotation marks, or as
    /// an `https://…/join/…` or `https://…/join#…` address.
    ///
    /// # Errors
    /// [`Error::NotAnInvite`] for other text, [`Error::InviteDamaged`], [`Error::UnsupportedVersion`]. Whether it has
    /// expired is [`Invite::check_expiry`]'s to say.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > MAX_LINK_CHARS {
            return Err(Error::NotAnInvite);
        }
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        let text = text.trim_matches(['<', '>', '"', '\'', '`', '(', ')', '.', ',', '„', '“', '”', '»', '«']);
        let encoded = after_prefix(text).ok_or(Error::NotAnInvite)?.trim_end_matches('=');
        let bytes = URL_SAFE_NO_PAD
            .decode(encoded)
            .map(Zeroizing::new)
            .map_err(|_| damaged("a character is missing or wrong"))?;
        let length = bytes.len().checked_sub(CHECKSUM_BYTES).ok_or_else(|| damaged("it is too short"))?;
        let (body, checksum) = bytes.split_at(length);
        if blake3::hash(body).as_bytes()[..CHECKSUM_BYTES] != *checksum {
            return Err(damaged("a character is missing or wrong"));
        }
        Self::from_body(body)
    }

    fn from_body(bytes: &[u8]) -> Result<Self> {
        let mut decoder = minicbor::Decoder::new(bytes);
        if let (Ok(_), Ok(version)) = (decoder.array(), decoder.u32())
            && version != u32::from(LINK_VERSION)
        {
            return Err(Error::UnsupportedVersion { what: "this invite link", found: version });
        }
        let body: LinkBody = codec::from_bytes("the link", bytes).map_err(|e| damaged(&e.to_string()))?;
        let token = DeviceKey::from_bytes(&body.token_seed);
        let certificate = InviteCertificate {
            workspace: body.founding.workspace(),
            token: token.id(),
            expires_at_s: body.expires_at_s,
            issuer: body.issuer,
            signature: body.signature,
        };
        certificate.verify().map_err(|e| damaged(&e.to_string()))?;
        Ok(Self {
            relay_url: relay_address(&body.relay_url)?,
            founding: body.founding,
            workspace_name: shortened(&body.workspace_name, MAX_NAME_BYTES).to_owned(),
            key: WorkspaceKey::from_bytes(&body.key),
            token,
            certificate,
        })
    }

    /// # Errors
    /// [`Error::InviteExpired`] when it is void at `now_s`.
    pub fn check_expiry(&self, now_s: u64) -> Result<()> {
        match self.certificate.is_expired(now_s) {
            true => Err(Error::InviteExpired { expired_at_s: self.certificate.expires_at_s }),
            false => Ok(()),
        }
    }

    /// Uses the invite for `device`: what to show the relay when connecting for the first time.
    pub fn admit(&self, device: DeviceId) -> Admission {
        Admission::create(self.certificate, &self.token, device)
    }

    /// The relay's address, `ws://` or `wss://`.
    pub fn relay_url(&self) -> &str {
        &self.relay_url
    }

    /// Where it leads.
    pub fn workspace(&self) -> WorkspaceId {
        self.certificate.workspace
    }

    /// What the workspace is called, for the person to see whom they join. Not authenticated.
    pub fn workspace_name(&self) -> &str {
        &self.workspace_name
    }

    /// Who founded the workspace; to be kept and shown to the relay.
    pub fn founding(&self) -> FoundingCertificate {
        self.founding
    }

    /// The workspace's key.
    pub fn key(&self) -> &WorkspaceKey {
        &self.key
    }

    /// The part a relay sees.
    pub fn certificate(&self) -> &InviteCertificate {
        &self.certificate
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invite(to {} through {}, secret)", self.workspace(), self.relay_url)
    }
}

/// A relay's address in the one form we connect to: `ws://` or `wss://` (`http` and `https` are understood as these).
///
/// # Errors
/// [`Error::BadRelayUrl`].
pub fn relay_address(text: &str) -> Result<String> {
    let bad = || Error::BadRelayUrl { url: shortened(text, 200).to_owned() };
    let text = text.trim();
    let address = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => format!("wss://{rest}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => format!("ws://{rest}"),
        _ => text.to_owned(),
    };
    let parsed = url::Url::parse(&address).map_err(|_| bad())?;
    let usable = matches!(parsed.scheme(), "ws" | "wss") && parsed.has_host() && parsed.fragment().is_none();
    if !usable || address.len() > MAX_RELAY_URL_BYTES {
        return Err(bad());
    }
    Ok(address)
}

fn damaged(detail: &str) -> Error {
    Error::InviteDamaged { detail: detail.to_owned() }
}

fn after_prefix(text: &str) -> Option<&str> {
    let scheme = text.split_once(':')?.0;
    if !["tandem", "https", "http"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
        return None;
    }
    let at = text.find("join/").or_else(|| text.find("join#"))?;
    text.get(at + "join/".len()..).map(|rest| rest.trim_start_matches(['/', '#']))
}

/// Characters mail programs put into long words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn shortened(text: &str, limit_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(limit_bytes)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn invite(relay: &str) -> Result<Invite> {
        let issuer = DeviceKey::from_bytes(&[1; 32]);
        let founding = FoundingCertificate::create(&issuer, [2; 16]);
        let key = WorkspaceKey::new(1, [3; 32]);
        Invite::create(relay, founding, "Nordwind Vertrieb", &key, 5000, &issuer, [4; 32])
    }

    #[test]
    fn a_link_brings_everything_across() {
        let invite = invite("wss://relay.example.org/t").unwrap();
        let link = invite.to_link();
        assert!(link.starts_with("tandem://join/") && link.len() < 600, "{} characters", link.len());
        let parsed = Invite::parse(&link).unwrap();
        assert_eq!(parsed.relay_url(), "wss://relay.example.org/t");
        assert_eq!(parsed.workspace(), invite.workspace());
        assert_eq!(parsed.workspace_name(), "Nordwind Vertrieb");
        assert_eq!(parsed.key().to_bytes(), invite.key().to_bytes());
        let device = DeviceKey::from_bytes(&[8; 32]).id();
        parsed.admit(device).verify(parsed.workspace(), device).unwrap();
        assert!(parsed.check_expiry(4999).is_ok());
        assert_eq!(parsed.check_expiry(5000).unwrap_err().code(), "invite_expired");
    }

    #[test]
    fn a_link_is_read_as_people_paste_it() {
        let link = invite("ws://127.0.0.1:4400").unwrap().to_link();
        let body = link.strip_prefix("tandem://join/").unwrap();
        let broken = link.as_bytes().chunks(60).map(|c| std::str::from_utf8(c).unwrap());
        for text in [
            format!("  \n{}\t", *link),
            format!("<{}>.", *link),
            broken.collect::<Vec<_>>().join("\r\n  "),
            format!("https://tandem.example/join/{body}"),
            format!("https://tandem.example/join#{body}"),
            format!("TANDEM://join/{body}=="),
        ] {
            assert!(Invite::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn any_changed_character_is_noticed() {
        let link = invite("ws://127.0.0.1:4400").unwrap().to_link();
        for at in PREFIX.len()..link.len() {
            let mut altered = link.to_string();
            let other = if &link[at..=at] == "A" { "B" } else { "A" };
            altered.replace_range(at..=at, other);
            let error = Invite::parse(&altered).err();
            assert_eq!(error.map(|e| e.code()), Some("invite_damaged"), "at {at}");
            assert_eq!(Invite::parse(&link[..at]).unwrap_err().code(), "invite_damaged", "cut at {at}");
        }
    }

    #[test]
    fn other_text_is_no_invite() {
        for text in ["", "hello", "https://example.org/", "mailto:join/abc", &"x".repeat(9000)] {
            assert_eq!(Invite::parse(text).unwrap_err().code(), "not_an_invite", "{text}");
        }
    }

    #[test]
    fn a_relay_address_is_checked_when_the_invite_is_made() {
        for url in ["", "relay", "ftp://relay", "ws://", "file:///etc/passwd"] {
            assert_eq!(invite(url).unwrap_err().code(), "bad_relay_url", "{url}");
        }
        assert_eq!(relay_address(" https://r.example:1 ").unwrap(), "wss://r.example:1");
    }
}
