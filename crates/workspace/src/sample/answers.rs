//! Answers to the gate's questions, each with how it is known.

use super::calendar::minute;
use super::handover::answer;
use super::story::{Deed, Teller, wrong};
use super::table::rows;
use crate::api::ApiError;

/// Tells of every answer by hand.
pub(super) fn tell(teller: &mut Teller<'_>) -> Result<(), ApiError> {
    for row in rows(include_str!("data/answers.md")) {
        let broken = || wrong("answer", row.get("about"), "is not readable");
        let days = row.get("days").parse().map_err(|_| broken())?;
        let minute = minute(row.get("time")).ok_or_else(broken)?;
        let (by, reason) = (row.get("by"), Some(row.get("evidence")));
        let mut deed = Deed { days, minute, by, action: "answer", reason, ..Deed::default() };
        let lead = teller.id("opportunity", row.get("about"))?;
        let said = (row.get("criterion"), row.get("verdict"));
        deed.edits.push(answer(teller, (&lead, &deed), said, row.get("evidence"))?);
        teller.tell(deed);
    }
    Ok(())
}
