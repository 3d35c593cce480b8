//! A process with a workspace, asked as the window and the command line do.

use std::borrow::Borrow;

use serde_json::{Value as Json, json};
use tandem_workspace::api::{ApiError, Request};
use tandem_workspace::{App, Via};

/// What a process answers to a command; `null`: the command takes nothing.
pub(crate) fn try_ask(app: &App, command: &str, payload: impl Borrow<Json>) -> Result<Json, ApiError> {
    let mut request = json!({ "command": command });
    if !payload.borrow().is_null() {
        request["payload"] = payload.borrow().clone();
    }
    app.rpc(serde_json::from_value::<Request>(request).unwrap())
}

/// The same, where it must have an answer.
#[track_caller]
pub(crate) fn ask(app: &App, command: &str, payload: impl Borrow<Json>) -> Json {
    try_ask(app, command, payload).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// A process with a new workspace open, Mia of sales at it.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) folder: tempfile::TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.app.close();
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { app: App::new(folder.path().to_owned(), Via::Cli).unwrap(), folder };
        let mia = json!({ "name": "Deals", "member_name": "Mia", "member_email": "mia@acme.example", "team": "sales" });
        desk.ask("start", mia);
        desk
    }

    pub(crate) fn try_ask(&self, command: &str, payload: impl Borrow<Json>) -> Result<Json, ApiError> {
        try_ask(&self.app, command, payload)
    }

    #[track_caller]
    pub(crate) fn ask(&self, command: &str, payload: impl Borrow<Json>) -> Json {
        ask(&self.app, command, payload)
    }

    /// A file beside the workspace, by its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The id of a new record. An opportunity may begin in any stage.
    pub(crate) fn create(&self, kind: &str, fields: impl Borrow<Json>) -> String {
        let asked = json!({ "kind": kind, "fields": fields.borrow(), "override_reason": "It stands there" });
        self.ask("create", asked)["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn field(&self, id: &str, field: &str) -> Json {
        self.ask("record", json!({ "id": id }))["fields"][field].clone()
    }

    /// Every record of a kind.
    pub(crate) fn all(&self, kind: &str) -> Vec<Json> {
        self.ask("list", json!({ "kind": kind, "limit": 1_000 }))["records"].as_array().unwrap().clone()
    }

    /// The id of the rule with this key.
    pub(crate) fn rule(&self, kind: &str, key: &str) -> String {
        let found = self.all(kind).into_iter().find(|one| one["fields"]["key"] == key);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    }
}
