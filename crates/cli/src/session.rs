//! The engine, opened on the workspace the command is about.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use tandem_workspace::api::{Filter, KindInfo, ListQuery, RecordPage, RecordRef, Request, SchemaInfo};
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

    /// The id of a member who is named by id, its beginning, or name.
    pub(crate) fn member(&self, typed: &str) -> Result<String, Failure> {
        self.named("member", "title", typed).or_else(|missing| self.id(typed).map_err(|_| missing))
    }

    /// The id of a rule by its key or name; of a kind that has one record, that one.
    pub(crate) fn rule(&self, kind: &str, typed: &str) -> Result<String, Failure> {
        if typed.is_empty() {
            return self.named(kind, "", "");
        }
        self.named(kind, "key", typed).or_else(|_| self.named(kind, "title", typed))
    }

    /// The id of the first record of a kind whose field says this; without a field, of the first.
    fn named(&self, kind: &str, field: &str, value: &str) -> Result<String, Failure> {
        let filter = Filter { field: field.to_owned(), op: "is".to_owned(), value: value.into() };
        let query = ListQuery {
            kind: kind.to_owned(),
            filters: if field.is_empty() { Vec::new() } else { vec![filter] },
            sort: Vec::new(),
            text: None,
            offset: 0,
            limit: Some(2),
            sums: Vec::new(),
        };
        let page: RecordPage = self.ask(Request::List(query))?;
        match page.records.as_slice() {
            [one] => Ok(one.id.clone()),
            [] => Err(Failure::new("not_found", format!("there is no {kind} called “{value}”"))),
            _ => Err(Failure::new("ambiguous", format!("several are called “{value}”; give the id"))),
        }
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
