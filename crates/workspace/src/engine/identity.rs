//! Who writes here: the actor of this data file, the device's name, and the word for a document's state.

use std::path::Path;

use tandem_context::ChangeHash;
use tandem_store::Store;
use tandem_sync::hex::{hex, unhex};

use super::Engine;
use crate::api::ApiError;
use crate::keys::KeyFile;

impl Engine {
    /// Makes sure that this file writes under an actor no other file has: a file that was copied or moved to another machine
    /// takes a new one before it writes.
    pub(super) fn settle_identity(&mut self) -> Result<(), ApiError> {
        let place = place_of(self.store.path());
        if let Some(keys) = &self.keys {
            let device = keys.device.id().to_hex();
            match Store::setting(self.store.reader(), "device")? {
                Some(known) if known != device => {
                    // The file is older than the key: it was restored since the device took another, or that was interrupted.
                    let known = known.parse().unwrap_or(keys.device.id());
                    self.begin_anew(known)?;
                }
                Some(_) => {}
                None => self.set_setting("device", Some(&device))?,
            }
        }
        let known = Store::setting(self.store.reader(), "actor")?;
        let at = Store::setting(self.store.reader(), "actor_place")?;
        if known.is_none() || at.as_deref() != Some(&place) {
            let actor = hex(&self.environment.random::<16>());
            let tx = self.store.begin()?;
            tx.set_setting("actor", Some(&actor))?;
            tx.set_setting("actor_place", Some(&place))?;
            tx.commit()?;
        }
        Ok(())
    }

    /// Takes a new actor: a relay knows more of this device than this file does.
    ///
    /// # Errors
    /// What the disk says.
    pub fn renew_actor(&mut self) -> Result<(), ApiError> {
        let actor = hex(&self.environment.random::<16>());
        self.set_setting("actor", Some(&actor))?;
        if let (Some(document), Some(bytes)) = (self.document.as_mut(), unhex(&actor)) {
            document.set_actor(&bytes);
        }
        Ok(())
    }

    /// Whether the document in memory writes under the file's actor. Whoever takes something out of the log takes a new one.
    pub(super) fn writes_as_before(&self) -> Result<bool, ApiError> {
        let actor = self.actor()?;
        Ok(self.document.as_ref().is_none_or(|document| document.actor() == actor))
    }

    pub(super) fn actor(&self) -> Result<Vec<u8>, ApiError> {
        let actor = Store::setting(self.store.reader(), "actor")?.unwrap_or_default();
        unhex(&actor).filter(|actor| !actor.is_empty()).ok_or_else(super::not_loaded)
    }
}

/// What tells this file from a copy of it: machine, device and inode where there are such things.
fn place_of(path: &Path) -> String {
    let machine = std::fs::read_to_string("/etc/machine-id").unwrap_or_default();
    #[cfg(unix)]
    if let Ok(metadata) = std::fs::metadata(path) {
        use std::os::unix::fs::MetadataExt as _;
        return format!("{}:{}:{}", machine.trim(), metadata.dev(), metadata.ino());
    }
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    format!("{}:{}", machine.trim(), whole.display())
}

/// How this device is called where people read it: the machine's name and a few digits of its key.
pub(super) fn device_name(keys: Option<&KeyFile>) -> String {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = host.trim();
    let host = if host.is_empty() { "device" } else { host };
    match keys {
        Some(keys) => format!("{host}-{}", &keys.device.id().to_hex()[..4]),
        None => host.to_owned(),
    }
}

/// A word for a document's state, from its heads: equal words mean equal documents. Three times five letters, each word 16
/// bits as a pronounceable quint (Wilkerson, "A Proposal for Proquints", 2009), so that two people can compare it aloud.
pub(crate) fn fingerprint(heads: &[ChangeHash]) -> String {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 4] = b"aiou";
    let mut sorted: Vec<&[u8]> = heads.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for head in sorted {
        hasher.update(head);
    }
    let hash = hasher.finalize();
    let quint = |pair: &[u8]| -> String {
        let bits = u16::from_be_bytes([pair[0], pair[1]]) as usize;
        [
            CONSONANTS[bits >> 12],
            VOWELS[bits >> 10 & 3],
            CONSONANTS[bits >> 6 & 15],
            VOWELS[bits >> 4 & 3],
            CONSONANTS[bits & 15],
        ]
        .iter()
        .map(|letter| char::from(*letter))
        .collect()
    };
    hash.as_bytes()[..6].chunks(2).map(quint).collect::<Vec<_>>().join("-")
}

/// The word for a document nothing was written to yet.
pub(crate) fn empty_fingerprint() -> String {
    fingerprint(&tandem_context::Document::new().heads())
}
