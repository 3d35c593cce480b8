//! How fast the pipeline turns into revenue.
//!
//! Pipeline velocity = open opportunities × win rate × average value ÷ length of the sales cycle: the usual sales velocity
//! formula (Jordan and Vazzana, Cracking the Sales Management Code, 2011, and every CRM's manual since). Where opportunities
//! have several currencies, an average value stands for all that were won, those in other currencies as nothing: so each
//! currency's revenue per day is its own, and they can stand side by side.

use std::collections::BTreeMap;

use super::attribution::Hundredths;
use super::decided::Decided;
use super::figure::Figure;
use super::median::median;
use super::period::{Days, Period};
use crate::World;
use crate::facts::Text;

/// How fast the pipeline turns into revenue.
#[derive(Debug, Clone, PartialEq)]
pub struct Velocity {
    /// Open now: marketing's and sales' part of the process.
    pub open: Figure,
    /// Won in the period.
    pub won: Figure,
    /// Lost in the period.
    pub lost: Figure,
    /// Value of what was won, by currency.
    pub revenue: BTreeMap<Text, Hundredths>,
    /// Won of those decided, 0–1; `None` where none was.
    pub win_rate: Option<f64>,
    /// Median days from first interest to won.
    pub cycle_days: Option<f64>,
    /// Average value of those won with a value in that currency, in hundredths.
    pub average: BTreeMap<Text, f64>,
    /// Expected revenue per day in hundredths, by currency; empty where a factor is not known.
    pub per_day: BTreeMap<Text, f64>,
}

impl Velocity {
    /// Its numbers.
    pub fn figures(&self) -> [&Figure; 3] {
        [&self.open, &self.won, &self.lost]
    }
}

/// The factors, and what they make in a day.
pub(crate) fn velocity(world: &World, days: &Days, decided: &[Decided<'_>], period: Period) -> Velocity {
    let open = world.opportunities.iter().filter(|one| world.rules.is_open(&one.stage)).map(|one| one.key).collect();
    let (mut won, mut lost, mut cycles) = (Vec::new(), Vec::new(), Vec::new());
    let mut sums: BTreeMap<Text, (Hundredths, u32)> = BTreeMap::new();
    for one in decided.iter().filter(|one| period.contains(one.day)) {
        if !one.won {
            lost.push(one.opportunity.key);
            continue;
        }
        won.push(one.opportunity.key);
        cycles.extend(cycle_days(days, one));
        if let Some(value) = one.opportunity.value {
            let (sum, count) = sums.entry(one.opportunity.currency.clone()).or_default();
            *sum += i128::from(value);
            *count += 1;
        }
    }
    let (won_count, decided_count) = (won.len() as f64, (won.len() + lost.len()) as f64);
    let open = Figure::new("velocity/open", open);
    let win_rate = (decided_count > 0.0).then(|| won_count / decided_count);
    let cycle = median(cycles);
    let a_day = |sum: Hundredths| {
        let (rate, cycle) = (win_rate?, cycle.filter(|days| *days > 0.0)?);
        (won_count > 0.0).then(|| open.count() as f64 * rate * (sum as f64 / won_count) / cycle)
    };
    let per_day = sums.iter().filter_map(|(currency, (sum, _))| Some((currency.clone(), a_day(*sum)?))).collect();
    Velocity {
        open,
        won: Figure::new("velocity/won", won),
        lost: Figure::new("velocity/lost", lost),
        revenue: sums.iter().map(|(currency, (sum, _))| (currency.clone(), *sum)).collect(),
        win_rate,
        cycle_days: cycle,
        average: sums.iter().map(|(one, (sum, count))| (one.clone(), *sum as f64 / f64::from(*count))).collect(),
        per_day,
    }
}

/// Days from first interest (else from when the record was made) to won; `None` where it was won before that.
fn cycle_days(days: &Days, one: &Decided<'_>) -> Option<i64> {
    let opened = one.opportunity.opened_on.unwrap_or_else(|| days.day(one.opportunity.created_ms));
    let cycle = one.day.signed_duration_since(opened).num_days();
    (cycle >= 0).then_some(cycle)
}
