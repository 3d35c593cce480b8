//! What was promised, what to worry about, what is to be done, and the steps of an onboarding.

use tandem_context::{Document, Edit, Value};

use super::calendar::minute;
use super::journey::What;
use super::opportunities::Told;
use super::records::{create, set};
use super::story::{Deed, IMPORTED, READER, Teller, Values, wrong};
use super::table::{Row, rows};
use crate::api::ApiError;

/// When the steps of the onboarding were agreed on: days ago and the minute.
const AGREED: (i64, i64) = (77, 10 * 60);
/// When a task was ticked off.
const TICKED_OFF: i64 = 16 * 60 + 40;

/// Tells of promises, risks and tasks.
pub(super) fn tell(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    for (n, row) in rows(include_str!("data/tasks.md")).iter().enumerate() {
        let broken = || wrong("task", row.get("name"), "is not readable");
        let days = row.get("days").parse().map_err(|_| broken())?;
        let minute = minute(row.get("time")).ok_or_else(broken)?;
        let key = n.to_string();
        teller.announce("task", &key, days, READER)?;
        let mut values = teller.values("task", row, &[])?;
        values.extend(about(teller, row.get("about"), row.get("who"))?);
        let edits = vec![create(teller, "task", &key, values)?];
        teller.tell(Deed { days, minute, by: row.get("by"), action: "create", edits, ..Deed::default() });
        if let Some(done) = Some(row.get("done")).filter(|done| !done.is_empty()) {
            let done = done.parse().map_err(|_| broken())?;
            tick_off(teller, &key, done, row.get("owner"))?;
        }
    }
    for row in rows(include_str!("data/onboarded.md")) {
        let key = format!("{}/{}", row.get("about"), row.get("step"));
        let days = row.get("days").parse().map_err(|_| wrong("task", &key, "was done on no day"))?;
        tick_off(teller, &key, days, "nora")?;
    }
    Ok(())
}

fn tick_off(teller: &mut Teller<'_>, key: &str, days: i64, by: &'static str) -> Result<(), ApiError> {
    let id = teller.id("task", key)?;
    let edits = vec![set("task", &id, "done_on", Some(teller.date(-days)))];
    teller.tell(Deed { days, minute: TICKED_OFF, by, action: "set", edits, ..Deed::default() });
    Ok(())
}

/// What a task is about: an opportunity with its account, or an account; and a person there.
fn about(teller: &Teller<'_>, about: &str, who: &str) -> Result<Values, ApiError> {
    let mut values = Values::new();
    let account = about.split('.').next().unwrap_or(about);
    if account.is_empty() {
        return Ok(values);
    }
    values.insert("account".to_owned(), Value::Text(teller.id("account", account)?));
    if account != about {
        values.insert("opportunity".to_owned(), Value::Text(teller.id("opportunity", about)?));
    }
    if !who.is_empty() {
        values.insert("person".to_owned(), Value::Text(teller.id("person", &format!("{account}/{who}"))?));
    }
    Ok(values)
}

/// The steps of every onboarding, as the head of revenue operations agreed on them with service.
pub(super) struct Onboarding {
    steps: Vec<Row>,
}

impl Onboarding {
    /// Tells how the steps that every workspace begins with were made Helvion's own.
    pub(super) fn told(teller: &mut Teller<'_>) -> Result<Self, ApiError> {
        let steps = rows(include_str!("data/onboarding.md"));
        let (days, minute) = AGREED;
        let mut edits = Vec::new();
        for row in &steps {
            let (key, values) = (row.get("key"), teller.values("onboarding_step", row, &[])?);
            if let Some(id) = Document::default_id("onboarding_step", key) {
                let said = values.into_iter();
                edits.extend(said.map(|(field, value)| set("onboarding_step", &id, &field, Some(value))));
            } else {
                teller.announce("onboarding_step", key, days, READER)?;
                edits.push(create(teller, "onboarding_step", key, values)?);
            }
        }
        let reason = Some("Mit Nora abgestimmt: so führen wir ein");
        teller.tell(Deed { days, minute, by: READER, action: "set", reason, edits, ..Deed::default() });
        Ok(Self { steps })
    }

    /// The tasks that an onboarding begins with. Those from before the first import were never made.
    pub(super) fn begin(&self, teller: &mut Teller<'_>, told: &Told<'_>, days: i64) -> Result<Vec<Edit>, ApiError> {
        let won = told.steps.iter().find(|step| matches!(step.what, What::Came("won", _)));
        let won = won.map_or(days, |step| step.days());
        let mut edits = Vec::new();
        for row in self.steps.iter().filter(|_| days < IMPORTED) {
            let key = format!("{}/{}", told.key, row.get("key"));
            let due = row.get("due_days").parse::<i64>().map_err(|_| wrong("task", &key, "is due on no day"))?;
            teller.announce("task", &key, days, "nora")?;
            let mut values = about(teller, told.key, "")?;
            let step = teller.id("onboarding_step", row.get("key"))?;
            values.extend([
                ("name".to_owned(), Value::text(row.get("name"))),
                ("type".to_owned(), Value::text("onboarding")),
                ("owner".to_owned(), Value::Text(teller.id("member", "nora")?)),
                ("due_on".to_owned(), teller.date(due - won)),
                ("step".to_owned(), Value::Text(step)),
            ]);
            edits.push(create(teller, "task", &key, values)?);
        }
        Ok(edits)
    }
}
