//! What each command does. All of it happens on the engine's thread.

mod checked;
mod edit;
mod export;
mod fields;
mod import;
mod journey;
mod rules;
mod undo;

pub(crate) use checked::check_record;
pub(crate) use edit::field as known_field;
pub(crate) use edit::{archive, create, edit_text, set, settle, text};
pub(crate) use export::{export, write_out};
pub(crate) use fields::{define_field, rename_field, rename_workspace, retire_field};
pub(crate) use import::{preview, run};
pub(crate) use journey::{hand_over, violations_of};
pub(crate) use rules::switch_on;
pub(crate) use undo::{redo, undo};

use serde_json::Value as Json;

use crate::api::{ApiError, Request, SetFields, SettleConflict, UndoChange, Undone};
use crate::engine::Engine;
use crate::journey::{Source, answer};

/// The commands that are more than edits, for who holds an engine without an [`App`](crate::App).
impl Engine {
    /// Undoes a change; one's own last where none is named.
    ///
    /// # Errors
    /// `nothing_to_undo`, `not_found`; what the disk says.
    pub fn undo(&mut self, asked: &UndoChange) -> Result<Undone, ApiError> {
        Ok(undo(self, asked)?.1)
    }

    /// Takes one's own last undo back.
    ///
    /// # Errors
    /// `nothing_to_redo`; what the disk says.
    pub fn redo(&mut self) -> Result<Undone, ApiError> {
        Ok(redo(self)?.1)
    }

    /// Settles a conflict. The change's hash (hex).
    ///
    /// # Errors
    /// `invalid_value`, `not_found`; what the disk says.
    pub fn settle(&mut self, asked: &SettleConflict) -> Result<Option<String>, ApiError> {
        Ok(settle(self, asked)?.change)
    }

    /// Sets fields of records as one action, as a person does: the rules are asked about a stage. The change's hash (hex).
    ///
    /// # Errors
    /// `rule_violated`, `invalid_value`, `not_found`; what the disk says.
    pub fn set(&mut self, asked: &SetFields) -> Result<Option<String>, ApiError> {
        Ok(set(self, asked)?.change)
    }

    /// Does what passes between the teams (`answer`, `offer`, `accept`, `return`, `claim`, `withdraw`, `onboard`, `log`, `renew`). The
    /// change's hash (hex).
    ///
    /// # Errors
    /// What the command says; what the disk says.
    pub fn hand_over(&mut self, command: &Request) -> Result<Option<String>, ApiError> {
        Ok(hand_over(self, command)?.0.change)
    }

    /// Answers a question about the revenue journey as of a moment, in milliseconds since 1970: by its rules only what is in the
    /// file and that moment count.
    ///
    /// # Errors
    /// What the question says.
    pub fn ask(&self, question: &Request, now_ms: i64) -> Result<Json, ApiError> {
        let (connection, schema) = (self.store.reader(), self.schema().as_ref());
        answer(&Source { connection, schema, worlds: &self.worlds, now_ms }, question)
    }
}
