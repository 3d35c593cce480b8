//! The engine: ties the context, the store and sync together.
//!
//! | module | what it is about |
//! | --- | --- |
//! | [`api`] | every command and query with what goes in and comes out, declared once |
//! | `app` | one process: which workspace is open, preferences, dispatch of requests |
//! | `engine` | one workspace: the document, the file and the way a change takes through them; no threads, no network |
//! | `host` | the engine's own thread, and the pool of readers beside it |
//! | `link` | the connection to the relay: carries out what the session asks for |
//! | `world` | the facts that the rules are computed from, in memory, as of now or of a past moment |
//! | `commands`, `queries`, `journey` | what each request does |
//!
//! Knows nothing of windows, terminals or HTTP.

pub mod api;
mod app;
mod commands;
mod convert;
mod engine;
mod environment;
mod fault;
mod host;
mod journey;
mod keys;
mod link;
mod queries;
mod sample;
mod sentences;
mod tls;
#[cfg(test)]
mod words;
mod world;

pub use app::{App, Via, default_data_dir};
pub use engine::{Engine, Received, WorkspaceSetup};
pub use environment::Environment;
pub use keys::KeyFile;
