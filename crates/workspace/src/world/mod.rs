//! The facts that the rules are computed from, in memory: read from the read model once, then brought up to date with what
//! was written since, whoever wrote it.

mod draft;
mod fill;
mod months;
mod past;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod then;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_revops::World;
use tandem_store::{Mark, StoreError};

pub(crate) use draft::{Drafts, drafted_rules, new_opportunity, opportunity_with, present_rules};
use months::{Months, Then};
pub(crate) use past::Past;
use read::Texts;
pub(crate) use read::day;
pub(crate) use then::thens;

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
    months: Months,
}

#[derive(Debug)]
struct Present {
    mark: Mark,
    /// Kind, name and type of each of the workspace's own fields.
    own_fields: Vec<(&'static str, String, &'static str)>,
    world: Arc<World>,
    texts: Texts,
}

impl Worlds {
    /// The world as the connection's state of the file has it, or a later one.
    pub(crate) fn present(&self, connection: &Connection, schema: &Schema) -> Result<Arc<World>, StoreError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = tandem_store::mark(connection)?;
        let own_fields = declared(schema);
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
        let world = Arc::new(Past::read(connection, at_ms)?.whole(schema, at_ms));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.past = Some((at_ms, mark, Arc::clone(&world)));
        Ok(world)
    }
}

impl Worlds {
    /// What was forgotten at moments of the past, by moment. What was computed before and still holds is not computed again.
    pub(crate) fn forgotten(
        &self,
        connection: &Connection,
        schema: &Schema,
        moments: &[i64],
    ) -> Result<BTreeMap<i64, Arc<Then>>, StoreError> {
        // Taken first: what comes while history is read is looked at again the next time.
        let mark = tandem_store::mark(connection)?;
        let lock = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = lock().months.holding(connection, mark, moments)?;
        let missing: Vec<i64> = moments.iter().copied().filter(|at_ms| !found.contains_key(at_ms)).collect();
        let computed = months::computed(connection, schema, &missing)?;
        let mut held = lock();
        for (at_ms, then) in &computed {
            held.months.keep(mark, *at_ms, Arc::clone(then));
        }
        found.extend(computed);
        Ok(found)
    }
}

/// The workspace's own fields, such that what was read is read again where one comes or is of another type.
fn declared(schema: &Schema) -> Vec<(&'static str, String, &'static str)> {
    let fields = schema.kinds().iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind.name, field)));
    let own = fields.filter(|(_, field)| field.is_custom());
    own.map(|(kind, field)| (kind, field.name.clone(), field.ty.name())).collect()
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
