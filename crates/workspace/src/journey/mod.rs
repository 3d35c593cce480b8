//! What follows from the records, as the API gives it: the world at a moment is asked, the answer is put into the API's words.

mod backtest;
mod lead;
mod lists;
mod numbers;
mod say;

use std::sync::Arc;

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_revops::World;
use tandem_revops::calendar::WorkCalendar;
use tandem_revops::facts::{Key, Opportunity};

use serde_json::Value as Json;

use crate::api::{ApiError, RecordInfo, Request};
use crate::convert::{Names, json};
use crate::queries::{self, not_found};
use crate::sentences::NOT_A_DAY;
use crate::world::{Past, Worlds, day};

/// What questions are asked of: one state of the file, the facts held of it, the moment.
pub(crate) struct Source<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) schema: &'a Schema,
    pub(crate) worlds: &'a Worlds,
    pub(crate) now_ms: i64,
}

/// Answers a question about the revenue journey.
///
/// # Errors
/// `unknown_command` for what is no such question; what the question says.
pub(crate) fn answer(source: &Source<'_>, question: &Request) -> Result<Json, ApiError> {
    let asked = |as_of: &Option<String>| {
        Asked::of(source.connection, source.schema, source.worlds, as_of.as_deref(), source.now_ms)
    };
    match question {
        Request::Today(query) => json(lists::today(&asked(&query.as_of)?, query)?),
        Request::Forgotten(query) => json(lists::forgotten(&asked(&query.as_of)?, query)?),
        Request::Gate(query) => json(lead::gate(&asked(&query.as_of)?, &query.id)?),
        Request::Route(query) => json(lead::route(&asked(&query.as_of)?, &query.id)?),
        Request::Brief(query) => json(lead::brief(&asked(&query.as_of)?, &query.id)?),
        Request::Settlement(query) => json(lead::settlement(&asked(&query.as_of)?, &query.id)?),
        Request::Marks(query) => json(lists::marks(&asked(&None)?, query)),
        Request::Warnings(query) => json(lead::warnings(&asked(&None)?, &query.id)?),
        Request::Metrics(query) => json(numbers::metrics(&asked(&query.as_of)?, query)?),
        Request::Feedback(query) => json(numbers::feedback(&asked(&query.as_of)?, query)?),
        Request::Returned(query) => json(numbers::returned(&asked(&query.as_of)?, query)?),
        Request::Number(query) => json(numbers::number(&asked(&query.as_of)?, query)?),
        Request::Backtest(query) => json(backtest::backtest(&asked(&query.as_of)?, query)?),
        Request::Tried(query) => json(backtest::leads(&asked(&query.as_of)?, query)?),
        other => Err(ApiError::new("unknown_command", format!("{other:?} is no question about the journey"))),
    }
}

/// What a question is asked of: the world at a moment, the file for what only it has, and who asks.
pub(crate) struct Asked<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) schema: &'a Schema,
    pub(crate) worlds: &'a Worlds,
    pub(crate) world: Arc<World>,
    pub(crate) now_ms: i64,
    pub(crate) me: String,
    /// The moment is past: `now_ms`, and records are shown as they stood then.
    pub(crate) is_past: bool,
}

impl<'a> Asked<'a> {
    /// As of the end of a day, or now. A day that is not over yet is now.
    pub(crate) fn of(
        connection: &'a Connection,
        schema: &'a Schema,
        worlds: &'a Worlds,
        as_of: Option<&str>,
        now_ms: i64,
    ) -> Result<Self, ApiError> {
        let present = worlds.present(connection, schema)?;
        let me = tandem_store::Store::setting(connection, "me")?.unwrap_or_default();
        let asked = |world, now_ms, is_past| Self { connection, schema, worlds, world, now_ms, me, is_past };
        let Some(text) = as_of.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(asked(present, now_ms, false));
        };
        // The policy's calendar: whose day it is does not depend on who asks.
        let end_ms = WorkCalendar::of(&present, None).day_end_ms(parse_day(text)?) - 1;
        if end_ms >= now_ms {
            return Ok(asked(present, now_ms, false));
        }
        Ok(asked(worlds.past(connection, schema, end_ms)?, end_ms, true))
    }

    /// The opportunity of an id.
    fn opportunity(&self, id: &str) -> Result<&Opportunity, ApiError> {
        self.world.opportunity(id).ok_or_else(|| not_found(id))
    }

    /// A record with all its fields, as it stood at the moment.
    fn record(&self, key: Key) -> Result<RecordInfo, ApiError> {
        let id = self.world.id(key);
        if !self.is_past {
            return queries::record(self.connection, self.schema, id);
        }
        let then = Past::record(self.connection, self.schema, id, self.now_ms)?.ok_or_else(|| not_found(id))?;
        Names::new(self.connection, self.schema).record(&then, false)
    }

    fn key(&self, key: Key) -> String {
        self.world.id(key).to_owned()
    }
}

pub(crate) fn parse_day(text: &str) -> Result<chrono::NaiveDate, ApiError> {
    day(text).ok_or_else(|| ApiError::said("invalid_value", &NOT_A_DAY.of(text)))
}
