//! The truth: the schema, typed edits, the document and what it knows of its own history.
//!
//! Knows Automerge; does no I/O, has no clock and no randomness: time, ids and actors come in as arguments.

mod document;
mod edit;
mod error;
mod normalise;
mod remark;
mod schema;
mod value;

pub use document::{
    ARCHIVED, Author, DEFAULTS_ACTION, Document, Op, Place, RecordState, Stamp, Stated, Wrote, split_key,
};
pub use edit::{Edit, Group, Note};
pub use error::{ContextError, InvalidValue};
pub use normalise::sentences;
pub use normalise::{Conventions, DateOrder, Normalised, normalise};
pub use remark::{About, Remark, Sentence};
pub use schema::{
    CONTACT_ROLES, Choice, CustomField, DefaultStage, Field, FieldType, Kind, Merge, Opt, Phase, STAGES, Schema, Stage,
    Title, default_stage, fold, spelled,
};
pub use value::Value;

/// The types of Automerge that stand in this crate's own interface.
pub use automerge::{Change, ChangeHash};
