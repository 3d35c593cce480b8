//! A contact is written down together with what follows from it.

use std::collections::BTreeMap;

use tandem_context::{Edit, Value};

use super::{Case, create, text};
use crate::api::{ApiError, LogContact, NextStep, Promised};
use crate::commands::edit;
use crate::engine::{Committed, Engine};
use crate::journey::parse_day;
use crate::sentences::STEP_NEEDED;

/// Writes down what happened, the next step and the promise, as one action: undone together, seen together.
pub(crate) fn log(engine: &mut Engine, asked: &LogContact) -> Result<Committed, ApiError> {
    let values = edit::values(engine, "activity", &asked.fields)?;
    let promised = match &asked.promise {
        Some(promise) => Some(promised(engine, promise, &values)?),
        None => None,
    };
    let next = match &asked.next {
        Some(next) => planned(engine, next)?,
        None => Vec::new(),
    };
    let id = engine.environment.new_id();
    let mut edits = vec![Edit::Create { kind: "activity".to_owned(), id, values }];
    edits.extend(next);
    edits.extend(promised);
    let note = engine.note("log", None);
    engine.act(&edits, note)
}

/// The opportunity's next step with its day.
fn planned(engine: &mut Engine, next: &NextStep) -> Result<Vec<Edit>, ApiError> {
    let case = Case::of(engine, &next.id)?;
    let day = parse_day(&next.on).map_err(|error| about("next_step_date", error))?;
    let Some(step) = text(&next.step) else {
        return Err(about("next_step", ApiError::said("missing_field", &STEP_NEEDED.say())));
    };
    Ok(vec![case.set("next_step", Some(step)), case.set("next_step_date", Some(Value::Text(day.to_string())))])
}

/// A promise is a task of who made it, about what the contact was about.
fn promised(engine: &mut Engine, promise: &Promised, activity: &BTreeMap<String, Value>) -> Result<Edit, ApiError> {
    let day = promise.on.as_deref().map(parse_day).transpose().map_err(|error| about("due_on", error))?;
    let Some(what) = text(&promise.what) else {
        return Err(about("name", ApiError::said("missing_field", &STEP_NEEDED.say())));
    };
    let me = engine.me().to_owned();
    let same = |field: &str| activity.get(field).cloned();
    let fields = vec![
        ("name", Some(what)),
        ("type", Some(Value::text("promise"))),
        ("opportunity", same("opportunity")),
        ("account", same("account")),
        ("person", same("person")),
        ("owner", text(&me)),
        ("due_on", day.map(|day| Value::Text(day.to_string()))),
    ];
    Ok(create(engine, "task", fields))
}

fn about(field: &str, mut error: ApiError) -> ApiError {
    error.field = Some(field.to_owned());
    error
}
