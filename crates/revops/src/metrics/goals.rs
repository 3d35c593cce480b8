//! The goals and how far each is: one sum for everybody, and each team's part of it.

use super::attribution::{Hundredths, Model, Share, attribute};
use super::decided::Decided;
use super::figure::Figure;
use super::period::{Days, Period};
use super::touches::Touches;
use crate::World;
use crate::facts::{Goal, Key, Text};

/// A goal and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalProgress {
    /// The goal.
    pub goal: Key,
    /// What is won: opportunities in its currency that were won within its days.
    pub won: Hundredths,
    /// Those.
    pub won_records: Figure,
    /// What is open and is expected to close within its days.
    pub open: Hundredths,
    /// Those.
    pub open_records: Figure,
    /// Share of its time that has passed, 0–1.
    pub elapsed: f64,
    /// Each team's part of what is won by the policy's attribution model, the largest first; they add up to it.
    pub teams: Vec<Share<Text>>,
}

impl GoalProgress {
    /// Its numbers.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        [&self.won_records, &self.open_records].into_iter().chain(self.teams.iter().map(|share| &share.records))
    }
}

/// How far the goals are that are asked for, by their first day.
pub(crate) fn goals(
    world: &World,
    (touches, days): (&Touches<'_>, &Days),
    decided: &[Decided<'_>],
    is_asked: &dyn Fn(&Goal) -> bool,
    now_ms: i64,
) -> Vec<GoalProgress> {
    let mut goals: Vec<&Goal> = world.goals.iter().filter(|goal| is_asked(goal)).collect();
    goals.sort_by_key(|goal| (goal.from, goal.to, world.id(goal.key)));
    goals.into_iter().map(|goal| progress(world, (touches, days), decided, goal, now_ms)).collect()
}

/// The days of a goal.
pub(crate) fn days_of(goal: &Goal) -> Period {
    Period { from: goal.from, to: goal.to }
}

fn progress(
    world: &World,
    (touches, days): (&Touches<'_>, &Days),
    decided: &[Decided<'_>],
    goal: &Goal,
    now_ms: i64,
) -> GoalProgress {
    let time = days_of(goal);
    let won = decided
        .iter()
        .copied()
        .filter(|one| one.won && time.contains(one.day) && one.opportunity.currency == goal.currency);
    let won: Vec<Decided<'_>> = won.collect();
    let mut open = Vec::new();
    let mut open_sum = 0;
    for one in world.opportunities.iter() {
        let closes = one.close_date.is_some_and(|day| time.contains(day));
        if closes && one.currency == goal.currency && world.rules.is_open(&one.stage) {
            open.push(one.key);
            open_sum += one.value.map_or(0, i128::from);
        }
    }
    let won_records = won.iter().map(|one| one.opportunity.key).collect();
    let won_sum: Hundredths = won.iter().filter_map(|one| one.opportunity.value).map(i128::from).sum();
    let model = Model::of(&world.rules.policy.attribution);
    // All of one currency: one division, or none where nothing has a value.
    let id = world.id(goal.key);
    let within = |_: Model, _: &str| format!("goal/{id}");
    let divided = attribute(world, touches, days, won.into_iter(), (&[model], now_ms, &within)).pop();
    let span = days.span(time);
    let (passed, whole) = (now_ms.saturating_sub(span.from_ms), span.until_ms.saturating_sub(span.from_ms));
    GoalProgress {
        goal: goal.key,
        won: won_sum,
        won_records: Figure::new(format!("goal/{id}/won"), won_records),
        open: open_sum,
        open_records: Figure::new(format!("goal/{id}/open"), open),
        elapsed: if whole > 0 { (passed as f64 / whole as f64).clamp(0.0, 1.0) } else { 0.0 },
        teams: divided.map(|one| one.teams).unwrap_or_default(),
    }
}
