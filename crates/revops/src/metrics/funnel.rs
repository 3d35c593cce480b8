//! The funnel: what came to each stage, how much of it went on, and how long it took.

use chrono::NaiveDate;

use super::figure::Figure;
use super::median::median;
use super::period::{Days, Period, Span};
use crate::World;
use crate::facts::{Key, Opportunity, Text};
use crate::rules::{Phase, Rules};

const DAY_MS: f64 = 86_400_000.0;

/// A stage of the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStage {
    /// The stage.
    pub stage: Text,
    /// Whose part of the process it is.
    pub phase: Phase,
    /// Came to it within the period.
    pub entered: Figure,
    /// Of those, came to a later stage afterwards, exits left out.
    pub converted: Figure,
    /// Median days there, of stays that began within the period and are over.
    pub median_days: Option<f64>,
    /// Stand there now.
    pub resting: Figure,
}

impl FunnelStage {
    /// Its numbers.
    pub fn figures(&self) -> [&Figure; 3] {
        [&self.entered, &self.converted, &self.resting]
    }
}

/// What is gathered of a stage.
#[derive(Debug, Clone, Default)]
struct Gathered {
    entered: Vec<Key>,
    converted: Vec<Key>,
    stays_ms: Vec<i64>,
    resting: Vec<Key>,
}

/// When a stay began: a moment, or only a day is known.
#[derive(Debug, Clone, Copy)]
enum Since {
    Moment(i64),
    Day(NaiveDate),
}

/// The stages in order, exits last.
pub(crate) fn funnel(world: &World, days: &Days, period: Period) -> Vec<FunnelStage> {
    let rules = &world.rules;
    let span = days.span(period);
    let is_exit: Vec<bool> = rules.stages.iter().map(|stage| stage.phase == Phase::Exit).collect();
    let mut gathered = vec![Gathered::default(); rules.stages.len()];
    for opportunity in world.opportunities.iter() {
        if let Some(stage) = rules.place(&opportunity.stage).checked_sub(1).and_then(|place| gathered.get_mut(place)) {
            stage.resting.push(opportunity.key);
        }
        take(rules, days, (period, span), opportunity, &is_exit, &mut gathered);
    }
    let named = |what: &str, stage: &str, records| Figure::new(format!("funnel/{what}/{stage}"), records);
    let counts = |found: &Gathered| !found.entered.is_empty() || !found.resting.is_empty();
    let stages = rules.stages.iter().zip(gathered);
    stages
        .filter(|(stage, found)| !stage.set_aside || counts(found))
        .map(|(stage, found)| FunnelStage {
            stage: stage.key.clone(),
            phase: stage.phase,
            entered: named("entered", &stage.key, found.entered),
            converted: named("converted", &stage.key, found.converted),
            median_days: median(found.stays_ms).map(|ms| ms / DAY_MS),
            resting: named("resting", &stage.key, found.resting),
        })
        .collect()
}

/// Takes the stays of one opportunity, the last one first: what comes after each is known by then.
fn take(
    rules: &Rules,
    days: &Days,
    (period, span): (Period, Span),
    opportunity: &Opportunity,
    is_exit: &[bool],
    gathered: &mut [Gathered],
) {
    let mut furthest = 0;
    let mut left_ms: Option<i64> = None;
    let mut stay = |at_ms: i64, stage: &str, is_first: bool| {
        let place = rules.place(stage);
        let since = if is_first { made(rules, days, opportunity, stage, at_ms) } else { Since::Moment(at_ms) };
        let began_within = match since {
            Since::Moment(at_ms) => span.contains(at_ms),
            Since::Day(day) => period.contains(day),
        };
        let known = place.checked_sub(1);
        if let Some(stage) = known.filter(|_| began_within).and_then(|place| gathered.get_mut(place)) {
            stage.entered.push(opportunity.key);
            if furthest > place {
                stage.converted.push(opportunity.key);
            }
            if let Some(left_ms) = left_ms {
                let since_ms = match since {
                    Since::Moment(at_ms) => at_ms,
                    Since::Day(day) => days.start_ms(day),
                };
                stage.stays_ms.push((left_ms - since_ms).max(0));
            }
        }
        if known.and_then(|place| is_exit.get(place)) == Some(&false) {
            furthest = furthest.max(place);
        }
        left_ms = Some(at_ms);
    };
    for (n, step) in opportunity.moves.iter().enumerate().rev() {
        stay(step.at_ms, &step.stage, n == 0);
    }
    if opportunity.moves.is_empty() {
        stay(opportunity.created_ms, &opportunity.stage, true);
    }
}

/// When a record came to the stage at which it was made. One that was brought in from elsewhere says so by its days: a decided
/// one by its close date, an open one by when it was opened, where that day was over when the record was made.
fn made(rules: &Rules, days: &Days, opportunity: &Opportunity, stage: &str, made_ms: i64) -> Since {
    let is_decided = rules.is_won(stage) || rules.phase(stage) == Phase::Exit;
    let day = if is_decided { opportunity.close_date } else { opportunity.opened_on };
    match day {
        Some(day) if days.end_ms(day) <= made_ms => Since::Day(day),
        _ => Since::Moment(made_ms),
    }
}
