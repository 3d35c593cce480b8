//! Opportunities that were won or lost, and the day.

use chrono::NaiveDate;

use super::period::Days;
use crate::World;
use crate::facts::Opportunity;
use crate::rules::{Phase, Rules};

/// An opportunity that was decided.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decided<'a> {
    pub(crate) opportunity: &'a Opportunity,
    /// Won; otherwise lost.
    pub(crate) won: bool,
    /// The day.
    pub(crate) day: NaiveDate,
}

/// Every opportunity that was won or lost on a day that is known, in no order.
pub(crate) fn decided<'a>(world: &'a World, days: &Days) -> Vec<Decided<'a>> {
    let mut all = Vec::new();
    for opportunity in world.opportunities.iter() {
        let won = world.rules.is_won(&opportunity.stage);
        if !won && !is_lost(&opportunity.stage) {
            continue;
        }
        if let Some(day) = decided_on(&world.rules, days, opportunity, won) {
            all.push(Decided { opportunity, won, day });
        }
    }
    all
}

/// Whether an opportunity there was lost by sales.
pub(crate) fn is_lost(stage: &str) -> bool {
    stage == "lost"
}

/// The close date; where it is missing, or was only an expectation that lay later, the day on which the opportunity came to be
/// won or lost. One that was made as won or lost and has no close date was decided nobody knows when.
fn decided_on(rules: &Rules, days: &Days, opportunity: &Opportunity, won: bool) -> Option<NaiveDate> {
    let same = |stage: &str| if won { rules.is_won(stage) } else { is_lost(stage) };
    let since = opportunity.moves.iter().rposition(|step| !same(&step.stage)).map(|last| last + 1);
    let arrived_ms = since.and_then(|since| opportunity.moves.get(since)).map(|step| step.at_ms);
    match (opportunity.close_date, arrived_ms) {
        (Some(day), Some(at_ms)) if at_ms >= days.start_ms(day) => Some(day),
        (_, Some(at_ms)) => Some(days.day(at_ms)),
        (day, None) => day,
    }
}

/// Whether an opportunity at a stage is, or was, in sales' hands or beyond: sales' and service's stages, and the exits from
/// them.
pub(crate) fn is_past_marketing(rules: &Rules, stage: &str) -> bool {
    rules.stage(stage).is_some_and(|stage| match stage.phase {
        Phase::Marketing => false,
        Phase::Sales | Phase::Service => true,
        Phase::Exit => matches!(&*stage.team, "sales" | "service"),
    })
}
