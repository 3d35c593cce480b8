//! What passes between the teams: answers, offers, acceptance, return, claims, contacts, onboarding, renewal.
//!
//! Each is one action: the opportunity's fields and the record of the decision are written together.

mod claims;
mod contact;
mod customers;
mod moves;
mod qualify;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value as Json;
use tandem_context::{Edit, Value};
use tandem_revops::facts::{DecisionKind, Key, Opportunity};
use tandem_revops::{World, clocks};

pub(crate) use customers::local_today;
pub(crate) use moves::{FIRST_STAGE, Moved, Overridden, check, check_new, unasked, violations_of};

use crate::api::{Answered, ApiError, LeadQuery, Renewed, Request};
use crate::convert::{done, json};
use crate::engine::{Committed, Engine};
use crate::sentences::NO_SUCH_RECORD;

/// Does what passes between the teams, and gives what is answered to it.
///
/// # Errors
/// `unknown_command` for what is no such command; what the command says.
pub(crate) fn hand_over(engine: &mut Engine, command: &Request) -> Result<(Committed, Json), ApiError> {
    let committed = match command {
        Request::Answer(asked) => {
            let committed = qualify::answer(engine, asked)?;
            let question = Request::Gate(LeadQuery { id: asked.id.clone(), as_of: None });
            let now_ms = engine.environment.now_ms();
            let gate = serde_json::from_value(engine.ask(&question, now_ms)?)
                .map_err(|error| ApiError::new("internal", error.to_string()))?;
            let change = committed.change.clone();
            return Ok((committed, json(Answered { change, gate })?));
        }
        Request::Renew(asked) => {
            let (committed, record) = customers::renew(engine, asked)?;
            let change = committed.change.clone();
            return Ok((committed, json(Renewed { change, record })?));
        }
        Request::Offer(asked) => claims::offer(engine, asked)?,
        Request::Accept(asked) => claims::accept(engine, asked)?,
        Request::Return(asked) => claims::give_back(engine, asked)?,
        Request::Claim(asked) => claims::claim(engine, asked)?,
        Request::Withdraw(asked) => claims::withdraw(engine, asked)?,
        Request::Onboard(asked) => customers::onboard(engine, asked)?,
        Request::Log(asked) => contact::log(engine, asked)?,
        other => return Err(ApiError::new("unknown_command", format!("{other:?} passes nothing between teams"))),
    };
    Ok((committed.clone(), done(committed)?))
}

/// The world, an opportunity in it, and the moment.
struct Case {
    world: Arc<World>,
    key: Key,
    id: String,
    now_ms: i64,
}

impl Case {
    fn of(engine: &mut Engine, id: &str) -> Result<Self, ApiError> {
        engine.catch_up_alone()?;
        let world = engine.world()?;
        let now_ms = engine.environment.now_ms();
        let known = world.opportunity(id).map(|opportunity| opportunity.key);
        let Some(key) = known else {
            return Err(ApiError::said("not_found", &NO_SUCH_RECORD.of(id).text("kind", "opportunity")));
        };
        Ok(Self { world, key, id: id.to_owned(), now_ms })
    }

    /// Of an opportunity that is about to be made: there is none yet.
    fn new(engine: &mut Engine, id: &str) -> Result<Self, ApiError> {
        engine.catch_up_alone()?;
        let (world, now_ms) = (engine.world()?, engine.environment.now_ms());
        Ok(Self { world, key: Key::UNKNOWN, id: id.to_owned(), now_ms })
    }

    /// The opportunity: it was found when the case was opened.
    fn opportunity(&self) -> Result<&Opportunity, ApiError> {
        self.world.opportunities.get(self.key).ok_or_else(|| crate::queries::not_found(&self.id))
    }

    /// Sets a field of the opportunity; `None` clears it.
    fn set(&self, field: &str, value: Option<Value>) -> Edit {
        Edit::Set { kind: "opportunity".to_owned(), id: self.id.clone(), field: field.to_owned(), value }
    }

    fn now(&self) -> Value {
        instant(self.now_ms)
    }
}

/// A moment as the document holds it.
fn instant(ms: i64) -> Value {
    let at = DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
    Value::Text(at.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// A new record.
fn create(engine: &mut Engine, kind: &str, fields: Vec<(&str, Option<Value>)>) -> Edit {
    let values: BTreeMap<String, Value> =
        fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))).collect();
    Edit::Create { kind: kind.to_owned(), id: engine.environment.new_id(), values }
}

fn text(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| Value::text(text))
}

/// What was decided, beside the opportunity and kind.
#[derive(Default)]
struct Decided<'a> {
    member: Option<&'a str>,
    stage: Option<&'a str>,
    reason: Option<&'a str>,
    criterion: Option<&'a str>,
    /// For an override: the sorts of the rules.
    rules: &'a [&'static str],
    evidence: Option<&'a str>,
    score: Option<u32>,
}

/// The record of a decision by who writes here.
fn decide(engine: &mut Engine, case: &Case, kind: DecisionKind, decided: &Decided<'_>) -> Edit {
    let me = engine.me().to_owned();
    create(
        engine,
        "decision",
        vec![
            ("type", Some(Value::text(kind.name()))),
            ("opportunity", Some(Value::text(&case.id))),
            ("member", decided.member.map(Value::text)),
            ("stage", decided.stage.map(Value::text)),
            ("reason", decided.reason.map(Value::text)),
            ("criterion", decided.criterion.map(Value::text)),
            ("rules", (!decided.rules.is_empty()).then(|| Value::set(decided.rules.iter().copied()))),
            ("evidence", decided.evidence.and_then(text)),
            ("score", decided.score.map(|score| Value::Integer(i64::from(score)))),
            ("at", Some(case.now())),
            ("owner", text(&me)),
        ],
    )
}

/// Whether somebody is a member of a team.
fn is_of(world: &World, member: &str, team: &str) -> bool {
    world.ids.find(member).is_some_and(|key| clocks::is_of(world, key, team))
}
