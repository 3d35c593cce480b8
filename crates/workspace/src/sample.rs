//! The sample workspace.

use std::path::Path;

use crate::api::ApiError;
use crate::app::{begin, member_values};
use crate::engine::{Engine, WorkspaceSetup};
use crate::environment::Environment;
use crate::keys::KeyFile;

/// Makes the sample workspace at `path`.
pub(crate) fn create(path: &Path, via: &'static str, mut environment: Environment) -> Result<Engine, ApiError> {
    let keys = KeyFile::found(environment.random(), environment.random(), environment.random());
    let setup = WorkspaceSetup { name: "Sample workspace".to_owned(), relay: None, sample: true };
    let id = keys.workspace_id().to_string();
    let mut engine = Engine::create(path, &setup, keys, via, environment)?;
    begin(&mut engine, &setup.name, &id, member_values("Ada Keller", "ada.keller@example.com", "revenue")?)?;
    Ok(engine)
}
