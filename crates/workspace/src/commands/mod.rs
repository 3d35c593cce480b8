//! What each command does. All of it happens on the engine's thread.

mod edit;
mod export;
mod fields;
mod import;
mod journey;
mod undo;

pub(crate) use edit::field as known_field;
pub(crate) use edit::{archive, create, edit_text, set, settle, text};
pub(crate) use export::{export, write_out};
pub(crate) use fields::{define_field, rename_field, rename_workspace, retire_field};
pub(crate) use import::{preview, run};
pub(crate) use journey::{accept, answer, claim, give_back, offer, onboard, renew, violations_of, withdraw};
pub(crate) use undo::{redo, undo};

use crate::api::{ApiError, SettleConflict, UndoChange, Undone};
use crate::engine::Engine;

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
}
