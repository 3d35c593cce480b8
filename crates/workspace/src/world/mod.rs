//! The facts that the rules are computed from, in memory: read from the read model once, then brought up to date with what
//! was written since, whoever wrote it.

mod draft;
mod fill;
mod past;
mod read;
mod rules;

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_revops::World;
use tandem_store::{Mark, StoreError};

pub(crate) use draft::{drafted_rules, opportunity_with};
pub(crate) use past::Past;
use read::Texts;
pub(crate) use read::day;

/// More touched records than this are quicker read all together.
const TOUCHED_MAX: u32 = 2_000;

/// The world of an open workspace. Cheap to clone; all clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Worlds {
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    present: Option<Present>,
    /// The world of the past that was asked for last.
    past: Option<(i64, Mark, Arc<World>)>,
}

#[derive(Debug)]
struct Present {
    mark: Mark,
    own_fields: usize,
    world: Arc<World>,
    texts: Texts,
}

impl Worlds {
    /// The world as the connection's state of the file has it, or a later one.
    pub(crate) fn present(&self, connection: &Connection, schema: &Schema) -> Result<Arc<World>, StoreError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = tandem_store::mark(connection)?;
        let own_fields = schema.custom_fields().len();
        match &mut held.present {
            Some(present) if present.mark.epoch == mark.epoch && present.own_fields == own_fields => {
                if present.mark.upto < mark.upto && !present.follow(connection, schema, mark)? {
                    held.present = None;
                }
            }
            _ => held.present = None,
        }
        if let Some(present) = &held.present {
            return Ok(Arc::clone(&present.world));
        }
        let mut texts = Texts::default();
        let world = Arc::new(fill::whole(connection, schema, &mut texts)?);
        held.present = Some(Present { mark, own_fields, world: Arc::clone(&world), texts });
        Ok(world)
    }

    /// The world as it stood at a moment.
    pub(crate) fn past(&self, connection: &Connection, schema: &Schema, at_ms: i64) -> Result<Arc<World>, StoreError> {
        let mark = tandem_store::mark(connection)?;
        {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, of, world)) = &held.past
                && (*known, *of) == (at_ms, mark)
            {
                return Ok(Arc::clone(world));
            }
        }
        let world = self.month_end(connection, schema, at_ms)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.past = Some((at_ms, mark, Arc::clone(&world)));
        Ok(world)
    }
}

impl Worlds {
    /// The world as it stood at a moment, made anew and not kept: for whoever asks for many moments one after another.
    pub(crate) fn month_end(
        &self,
        connection: &Connection,
        schema: &Schema,
        at_ms: i64,
    ) -> Result<Arc<World>, StoreError> {
        Ok(Arc::new(Past::read(connection, at_ms)?.whole(schema)))
    }
}

impl Present {
    /// Reads again what was touched since; `false` where that is too much.
    fn follow(&mut self, connection: &Connection, schema: &Schema, mark: Mark) -> Result<bool, StoreError> {
        let touched = tandem_store::touched_since(connection, self.mark.upto, TOUCHED_MAX)?;
        if touched.len() > TOUCHED_MAX as usize {
            return Ok(false);
        }
        let world = Arc::make_mut(&mut self.world);
        if touched.iter().any(|(_, kind)| rules::RULE_KINDS.contains(&kind.as_str())) {
            world.rules = fill::read_rules(connection, world, &mut self.texts)?;
        }
        for (id, kind) in &touched {
            fill::again(connection, schema, world, &mut self.texts, (kind, id))?;
        }
        self.mark = mark;
        Ok(true)
    }
}
