//! What each command does. All of it happens on the engine's thread.

mod edit;
mod export;
mod fields;
mod import;
mod undo;

pub(crate) use edit::{archive, create, edit_text, set, settle, text};
pub(crate) use export::{export, write_out};
pub(crate) use fields::define_field;
pub(crate) use import::{preview, run};
pub(crate) use undo::{redo, undo};
