//! The engine, opened on the workspace the command is about.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use tandem_workspace::api::{KindInfo, RecordRef, Request, SchemaInfo};
use tandem_workspace::{App, Via, default_data_dir};

use crate::failure::Failure;

/// The engine in this process. Flushes and ends its threads when dropped.
pub(crate) struct Session {
    pub(crate) app: App,
}

impl Session {
    /// The engine with no workspace open.
    pub(crate) fn start() -> Result<Self, Failure> {
        Ok(Self { app: App::new(default_data_dir(), Via::Cli)? })
    }

    /// The engine with the named workspace open.
    pub(crate) fn open(workspace: Option<PathBuf>) -> Result<Self, Failure> {
        let path = require_path(workspace)?;
        let session = Self::start()?;
        session.app.open(&path)?;
        Ok(session)
    }

    /// Sends a request and reads its answer as the type that [`Request`] names.
    pub(crate) fn ask<T: DeserializeOwned>(&self, request: Request) -> Result<T, Failure> {
        let answer = self.app.rpc(request)?;
        serde_json::from_value(answer)
            .map_err(|error| Failure::new("internal", format!("the engine gave an answer of another shape: {error}")))
    }

    /// The whole id of a record that is typed whole or by its beginning.
    pub(crate) fn id(&self, typed: &str) -> Result<String, Failure> {
        let found: RecordRef = self.ask(Request::FindId(RecordRef { id: typed.to_owned() }))?;
        Ok(found.id)
    }

    /// The schema of one kind.
    pub(crate) fn kind(&self, name: &str) -> Result<KindInfo, Failure> {
        let schema: SchemaInfo = self.ask(Request::Schema)?;
        let known = schema.kinds.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>().join(", ");
        schema.kinds.into_iter().find(|kind| kind.name == name).ok_or_else(|| {
            Failure::new("unknown_kind", format!("there is no kind called `{name}`; the kinds are {known}"))
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.app.close();
    }
}

/// The workspace's path, or words on how to name one.
pub(crate) fn require_path(workspace: Option<PathBuf>) -> Result<PathBuf, Failure> {
    workspace.ok_or_else(|| {
        Failure::new(
            "no_workspace",
            "name the workspace with --workspace PATH or in TANDEM_WORKSPACE (`tandem init` starts one)",
        )
    })
}
