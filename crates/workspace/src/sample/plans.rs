//! What is next after each step of an opportunity: what its row says after the last one, before that what usually is until the
//! step that followed.

use std::collections::BTreeMap;

use tandem_context::{Phase, Value};

use super::journey::{Step, What};
use super::opportunities::Told;
use super::story::Teller;
use super::table::{Row, rows};
use crate::api::ApiError;

/// A plan that nothing followed was for so many days later.
const USUAL_DAYS: i64 = 7;
/// One of so many plans was overtaken by events: its day passed long before anything happened.
const LATE_OF: i64 = 6;
/// Where people write in English.
const ENGLISH: [&str; 4] = ["CZ", "GB", "NL", "US"];

/// The fields of a plan; `None` clears.
pub(super) type Plan = BTreeMap<&'static str, Option<Value>>;

/// What usually is next.
pub(super) struct Plans {
    usual: Vec<Row>,
    accounts: Vec<Row>,
}

impl Plans {
    pub(super) fn read() -> Self {
        Self { usual: rows(include_str!("data/plans.md")), accounts: rows(include_str!("data/accounts.md")) }
    }

    /// What is next after the step at a place.
    pub(super) fn after(&self, teller: &Teller<'_>, told: &Told<'_>, place: usize) -> Result<Plan, ApiError> {
        let Some(step) = told.steps.get(place) else { return Ok(Plan::new()) };
        // Whoever claims a lead has planned nothing yet.
        let last = told.steps.iter().rposition(|step| !step.is_claim()).unwrap_or(place);
        if place > last || matches!(step.what, What::Came(_, Phase::Exit)) {
            return Ok(Plan::new());
        }
        if place == last {
            let mut said = told.said(teller, &["next_step", "next_step_date"])?;
            return Ok(["next_step", "next_step_date"].map(|field| (field, said.remove(field))).into());
        }
        let Some(text) = self.usual(told, place, step) else { return Ok(Plan::new()) };
        let day = teller.date(-planned_for(told, place, step));
        Ok(Plan::from([("next_step", Some(Value::text(text))), ("next_step_date", Some(day))]))
    }

    fn usual(&self, told: &Told<'_>, place: usize, step: &Step) -> Option<&'static str> {
        let stage = match step.what {
            What::Came(stage, _) => stage,
            What::Taken => "accepted",
            What::Returned => "engaged",
            What::Offered | What::Withdrawn | What::Claimed | What::ClaimedApart => return None,
        };
        let usual: Vec<&Row> = self.usual.iter().filter(|row| row.get("stage") == stage).collect();
        let row = usual.get((told.n as usize + place) % usual.len().max(1))?;
        let account = told.key.split('.').next()?;
        let country = self.accounts.iter().find(|row| row.get("key") == account).map_or("", |row| row.get("country"));
        Some(row.get(if ENGLISH.contains(&country) { "en" } else { "de" }))
    }
}

/// For which day something was planned, in days ago: that of the step that followed, seldom an earlier one.
fn planned_for(told: &Told<'_>, place: usize, step: &Step) -> i64 {
    let days = step.days();
    let followed = told.steps.iter().skip(place + 1).map(Step::days).find(|next| *next < days);
    let followed = followed.unwrap_or(days - USUAL_DAYS);
    let is_late = (told.n + place as i64) % LATE_OF == 0;
    if is_late { followed + (days - followed) / 2 } else { followed }
}
