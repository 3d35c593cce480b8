//! The sample workspace: twelve weeks in the life of Helvion, a maker of sensors and software in Winterthur.
//!
//! What is in it is data: the tables in `data/` and the texts in `pages/`, with days counted back from today, so that it
//! never looks old. It is written the way a team would have written it, as one change after another by its members, so
//! that history, timelines and undo have something to show. Every name is made up; every address ends in `.example`.

mod calendar;
mod journey;
mod opportunities;
mod records;
mod story;
mod table;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::api::ApiError;
use crate::engine::{Engine, WorkspaceSetup};
use crate::environment::Environment;
use crate::keys::KeyFile;
use story::Story;

const NAME: &str = "Helvion (Beispiel)";

/// Makes the sample workspace at `path`. Who explores it does so as its head of revenue operations.
pub(crate) fn create(path: &Path, via: &'static str, mut environment: Environment) -> Result<Engine, ApiError> {
    let keys = KeyFile::found(environment.random(), environment.random(), environment.random());
    let setup = WorkspaceSetup { name: NAME.to_owned(), relay: None, sample: true };
    let workspace = keys.workspace_id().to_string();
    let story = Story::told(&mut environment, NAME, &workspace)?;
    let mut engine = Engine::create(path, &setup, keys, via, environment)?;
    engine.become_member(&story.reader)?;
    engine.recount(&story.past)?;
    Ok(engine)
}
