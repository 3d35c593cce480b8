//! The sample workspace: twelve weeks in the life of Helvion, a maker of sensors and software in Winterthur.
//!
//! What is in it is data: the tables in `data/` and the texts in `pages/`, with days counted back from today, so that it
//! never looks old. It is written the way a team would have written it, as one change after another by its members, so
//! that history, timelines and undo have something to show. Every name is made up; every address ends in `.example`.

mod answers;
mod calendar;
mod handover;
mod journey;
mod opportunities;
mod plans;
mod records;
mod story;
mod table;
mod tasks;
#[cfg(test)]
mod tests;

use std::path::Path;

use tandem_context::{Edit, Value};
use tandem_revops::gate::gate;

use crate::api::ApiError;
use crate::engine::{Engine, WorkspaceSetup};
use crate::environment::Environment;
use crate::keys::KeyFile;
use story::{Story, wrong};

const NAME: &str = "Helvion (Beispiel)";

/// Makes the sample workspace at `path`. Who explores it does so as its head of revenue operations.
pub(crate) fn create(path: &Path, via: &'static str, mut environment: Environment) -> Result<Engine, ApiError> {
    let keys = KeyFile::found(environment.random(), environment.random(), environment.random());
    let setup = WorkspaceSetup { name: NAME.to_owned(), relay: None, sample: true };
    let workspace = keys.workspace_id().to_string();
    let story = Story::told(&mut environment, NAME, &workspace)?;
    let mut engine = Engine::create(path, &setup, keys, via, environment)?;
    engine.become_member(&story.reader)?;
    recount(&mut engine, story)?;
    Ok(engine)
}

/// Tells the engine the story. What passes to sales is scored by the gate as it stood at that moment.
fn recount(engine: &mut Engine, mut story: Story) -> Result<(), ApiError> {
    let mut told = 0;
    for (place, judged) in std::mem::take(&mut story.judged) {
        engine.recount(story.past.get(told..place).unwrap_or_default())?;
        told = place;
        let Some(action) = story.past.get_mut(place) else { continue };
        let world = engine.world()?;
        let lead = world.opportunity(&judged.lead).ok_or_else(|| wrong("opportunity", &judged.lead, "is not there"))?;
        let gate = gate(&world, lead, action.at_ms);
        if gate.passes != judged.passes {
            let missing: Vec<String> = gate.missing.iter().map(ToString::to_string).collect();
            let what = format!("scores {}, which is told otherwise; {}", gate.score, missing.join(", "));
            return Err(wrong("opportunity", &lead.name, &what));
        }
        for edit in &mut action.edits {
            score(edit, gate.score);
        }
    }
    engine.recount(story.past.get(told..).unwrap_or_default())
}

/// Writes the gate's score into the decision that was made by it.
fn score(edit: &mut Edit, score: u32) {
    if let Edit::Create { kind, values, .. } = edit
        && kind == "decision"
        && matches!(values.get("type").and_then(Value::as_text), Some("offer" | "override"))
    {
        values.insert("score".to_owned(), Value::Integer(i64::from(score)));
    }
}
