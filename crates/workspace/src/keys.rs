//! The secrets of a workspace on this device: a file of its own beside the data, readable by its owner only, so that a copy
//! of the data is not a copy of the keys.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tandem_sync::hex::{hex, unhex, unhex_array};
use tandem_sync::membership::{MemberCertificate, proof_from_bytes, proof_to_bytes};
use tandem_sync::session::SessionConfig;
use tandem_sync::{Admission, ChainHead, DeviceKey, FoundingCertificate, WorkspaceId, WorkspaceKey};

use crate::api::ApiError;

/// What a device holds of a workspace.
#[derive(Debug, Clone)]
pub struct KeyFile {
    /// This device's own key.
    pub device: DeviceKey,
    /// The workspace's key.
    pub workspace: WorkspaceKey,
    /// Who founded the workspace.
    pub founding: FoundingCertificate,
    /// What lets this device in, until somebody has vouched for it.
    pub admission: Option<Admission>,
    /// A relay has let this device in.
    pub admitted: bool,
    /// Who vouches for this device, up to the founder.
    pub proof: Vec<MemberCertificate>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    device: String,
    workspace: String,
    founding: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admission: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admitted: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof: Option<String>,
}

impl KeyFile {
    /// Where the keys of the workspace at `workspace` lie.
    pub fn path(workspace: &Path) -> PathBuf {
        let mut name = workspace.as_os_str().to_owned();
        name.push(".key");
        PathBuf::from(name)
    }

    /// Keys for a new workspace.
    pub fn found(seed: [u8; 32], salt: [u8; 16], secret: [u8; 32]) -> Self {
        let device = DeviceKey::from_bytes(&seed);
        let founding = FoundingCertificate::create(&device, salt);
        let workspace = WorkspaceKey::new(0, secret);
        Self { device, workspace, founding, admission: None, admitted: false, proof: Vec::new() }
    }

    /// Another key for this device, vouched for by the present one: what the founder, or whoever the founder's line of word
    /// leads to, is to the old key, it is to the new one.
    pub fn succeeded_by(&self, seed: [u8; 32]) -> Self {
        let device = DeviceKey::from_bytes(&seed);
        let mut proof = vec![MemberCertificate::create(self.workspace_id(), device.id(), &self.device)];
        proof.extend(&self.proof);
        proof.truncate(tandem_sync::membership::MAX_PROOF);
        Self { device, proof, admission: None, admitted: true, ..self.clone() }
    }

    /// What a conversation with the relay starts from; `chains` as they were last stored.
    pub fn session(&self, chains: Vec<ChainHead>) -> SessionConfig {
        SessionConfig {
            workspace: self.workspace_id(),
            device: self.device.clone(),
            founding: self.founding,
            admission: self.admission,
            admitted: self.admitted,
            proof: self.proof.clone(),
            chains,
        }
    }

    /// The workspace these keys open.
    pub fn workspace_id(&self) -> WorkspaceId {
        self.founding.workspace()
    }

    /// Reads the keys that lie beside a workspace; `None` where there are none.
    ///
    /// # Errors
    /// `keys_damaged` when the file cannot be read.
    pub fn load(workspace: &Path) -> Result<Option<Self>, ApiError> {
        let text = match std::fs::read_to_string(Self::path(workspace)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(damaged(workspace, &error.to_string())),
        };
        let stored: Stored = serde_json::from_str(&text).map_err(|error| damaged(workspace, &error.to_string()))?;
        let incomplete = || damaged(workspace, "a key is incomplete");
        let admission = match &stored.admission {
            Some(admission) => {
                let admission = unhex(admission).and_then(|bytes| Admission::from_bytes(&bytes).ok());
                Some(admission.ok_or_else(|| damaged(workspace, "the admission is incomplete"))?)
            }
            None => None,
        };
        // A proof that cannot be read is given again by the relay.
        let proof = stored.proof.and_then(|proof| proof_from_bytes(&unhex(&proof)?).ok()).unwrap_or_default();
        Ok(Some(Self {
            device: DeviceKey::from_bytes(&unhex_array(&stored.device).ok_or_else(incomplete)?),
            workspace: WorkspaceKey::from_bytes(&unhex_array(&stored.workspace).ok_or_else(incomplete)?),
            founding: FoundingCertificate::from_bytes(&unhex_array(&stored.founding).ok_or_else(incomplete)?),
            admitted: stored.admitted.unwrap_or(admission.is_none()),
            admission,
            proof,
        }))
    }

    /// Writes the keys beside a workspace, replacing what was there, readable by the owner only.
    ///
    /// # Errors
    /// `storage` when the file cannot be written.
    pub fn save(&self, workspace: &Path) -> Result<(), ApiError> {
        let stored = Stored {
            version: 1,
            device: hex(&self.device.to_bytes()[..]),
            workspace: hex(&self.workspace.to_bytes()[..]),
            founding: hex(&self.founding.to_bytes()),
            admission: self.admission.as_ref().map(|admission| hex(&admission.to_bytes())),
            admitted: Some(self.admitted),
            proof: (!self.proof.is_empty()).then(|| hex(&proof_to_bytes(&self.proof))),
        };
        let path = Self::path(workspace);
        let text = serde_json::to_string_pretty(&stored).unwrap_or_default();
        write_private(&path, text.as_bytes())
            .map_err(|error| ApiError::new("storage", format!("{} cannot be written: {error}", path.display())))
    }
}

fn damaged(workspace: &Path, why: &str) -> ApiError {
    let path = KeyFile::path(workspace);
    ApiError::new(
        "keys_damaged",
        format!("the keys in {} cannot be read: {why}. The data itself is safe", path.display()),
    )
}

/// Writes a file that only its owner can read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}
