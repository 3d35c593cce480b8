//! A data file that was restored from an older copy, or copied: the device begins anew.
//!
//! The relay has records of this device that the file does not know. So the numbers that the file would use next are taken,
//! those of the device's records and those of its actor's changes. The device takes a new key, which the old one vouches for,
//! and a new actor; it reads everything the relay has before it seals anything; and where a change that was written here
//! meanwhile has a number that another change of the same actor has at the relay, it is made again under an actor of its own.
//! Interrupted at any point, this goes on when the file is opened again.

use std::collections::{HashMap, HashSet};

use tandem_context::{Change, Document, Stamp};
use tandem_store::{Store, Tx};
use tandem_sync::hex::hex;
use tandem_sync::session::NewDeviceReason;
use tandem_sync::{DeviceId, SealedRecord};

use super::{Engine, load, receive};
use crate::api::ApiError;
use crate::keys::KeyFile;

/// Setting: nothing is sealed before everything was read.
const READS_FIRST: &str = "reads_first";
/// Setting: the device whose records this file seals.
const DEVICE: &str = "device";

impl Engine {
    /// Takes a new device key and a new actor; to be followed by a session that reads first. Another process may have done
    /// so already: then its key is taken over.
    ///
    /// # Errors
    /// `no_keys`; what the disk says.
    pub fn take_new_device(&mut self, reason: NewDeviceReason) -> Result<(), ApiError> {
        if self.refresh_keys()? {
            return Ok(());
        }
        let seed = self.environment.random();
        let Some(keys) = &self.keys else {
            return Err(ApiError::new("no_keys", "this machine has no key for this workspace"));
        };
        let (known, next) = (keys.device.id(), keys.succeeded_by(seed));
        if reason == NewDeviceReason::RecordsGone {
            // What was acknowledged is gone on both sides: everything is sealed again.
            self.set_setting("acked", None)?;
        }
        // The key first: a file that is not of it begins anew when it is opened.
        next.save(self.store.path())?;
        self.keys = Some(next);
        self.begin_anew(known)
    }

    /// The file is of a former key, `known`. Its acknowledged records count as another device's from now on.
    pub(super) fn begin_anew(&mut self, known: DeviceId) -> Result<(), ApiError> {
        let Some(keys) = &self.keys else { return Ok(()) };
        let (device, actor) = (keys.device.id().to_hex(), self.environment.random::<16>());
        let tx = self.store.begin()?;
        let acked: u64 = Store::setting(tx.reader(), "acked")?.and_then(|acked| acked.parse().ok()).unwrap_or(0);
        let last = Store::outbox_after(tx.reader(), acked.saturating_sub(1), 1)?;
        if let Some(last) = last.into_iter().find(|row| row.sequence == acked) {
            let head = format!("{acked}:{}", hex(&SealedRecord::decode(last.bytes)?.hash().to_bytes()));
            tx.set_setting(&format!("chain/{}", known.to_hex()), Some(&head))?;
        }
        tx.part_from_outbox(&known.to_bytes(), acked)?;
        for gone in ["sealed", "acked", "cursor"] {
            tx.set_setting(gone, None)?;
        }
        tx.set_setting(READS_FIRST, Some("1"))?;
        tx.set_setting(DEVICE, Some(&device))?;
        tx.set_setting("actor", Some(&hex(&actor)))?;
        tx.commit()?;
        if let Some(document) = self.document.as_mut() {
            document.set_actor(&actor);
        }
        self.notices.push(crate::sentences::FILE_RESTORED.say());
        Ok(())
    }

    /// Takes over the key that another process has taken for this device; whether there was one.
    pub(super) fn refresh_keys(&mut self) -> Result<bool, ApiError> {
        let (Some(keys), Some(device)) = (&self.keys, Store::setting(self.store.reader(), DEVICE)?) else {
            return Ok(false);
        };
        if device == keys.device.id().to_hex() {
            return Ok(false);
        }
        let Some(keys) = KeyFile::load(self.store.path())? else { return Ok(false) };
        let changed = keys.device.id().to_hex() == device;
        if changed {
            self.keys = Some(keys);
        }
        Ok(changed)
    }
}

/// Whether nothing may be sealed yet.
pub(super) fn reads_first(tx: &Tx<'_>) -> Result<bool, ApiError> {
    Ok(Store::setting(tx.reader(), READS_FIRST)?.is_some())
}

/// Everything was read: what is left is sealed. Whether that had been waited for.
pub(super) fn has_read(tx: &Tx<'_>) -> Result<bool, ApiError> {
    let waited = reads_first(tx)?;
    if waited {
        tx.set_setting(READS_FIRST, None)?;
    }
    Ok(waited)
}

/// Whether the file seals records of this key.
pub(super) fn is_of(tx: &Tx<'_>, keys: &KeyFile) -> Result<bool, ApiError> {
    let device = Store::setting(tx.reader(), DEVICE)?;
    Ok(device.is_none_or(|device| device == keys.device.id().to_hex()))
}

/// Makes way for changes that come from the relay: changes of this file that nobody else has and that have the number of one
/// of them, with all that build on those, are made again under other actors, which follow from `seed`. Hashes before and after.
pub(super) fn make_way(
    document: &mut Document,
    tx: &Tx<'_>,
    coming: &[Change],
    seed: &[u8; 32],
) -> Result<Vec<(String, String)>, ApiError> {
    let taken: HashMap<_, _> =
        coming.iter().map(|change| ((change.actor_id().clone(), change.seq()), change.hash())).collect();
    let (mut places, mut again) = (Vec::new(), Vec::new());
    let mut hashes = HashSet::new();
    let mut actors = HashSet::new();
    for row in Store::to_seal(tx.reader(), u32::MAX)? {
        let Ok(change) = Change::from_bytes(row.bytes) else { continue };
        let other = taken.get(&(change.actor_id().clone(), change.seq())).is_some_and(|hash| *hash != change.hash());
        let builds = actors.contains(change.actor_id()) || change.deps().iter().any(|dep| hashes.contains(dep));
        if other || builds {
            hashes.insert(change.hash());
            actors.insert(change.actor_id().clone());
            places.push(row.n);
            again.push(change);
        }
    }
    if again.is_empty() {
        return Ok(Vec::new());
    }
    let mut drawn = blake3::Hasher::new_keyed(seed).finalize_xof();
    let mut fresh_actor = || {
        let mut actor = [0; 16];
        drawn.fill(&mut actor);
        actor
    };
    let made = Document::remake(&again, || fresh_actor().to_vec());
    for n in places {
        tx.set_aside(n)?;
    }
    for change in &made {
        tx.append(&Stamp::of(change), change.raw_bytes(), true)?;
    }
    // The checkpoint holds what is no longer there.
    tx.drop_checkpoint()?;
    let actor = fresh_actor();
    tx.set_setting("actor", Some(&hex(&actor)))?;
    *document = load::replay(tx)?;
    document.set_actor(&actor);
    tx.clear_read_model(document.schema())?;
    receive::project_applied(document, tx)?;
    Ok(again.iter().zip(&made).map(|(before, after)| (before.hash().to_string(), after.hash().to_string())).collect())
}
