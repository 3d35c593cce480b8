//! The break meter: where the way from marketing to sales breaks, month by month.
//!
//! Leads count in the month in which they came into sales' hands; what became of them counts there too, whenever it happened:
//! so a share never exceeds the whole, and a month's shares are those of one set of leads.

use std::collections::HashSet;

use super::figure::Figure;
use super::handovers::{Handover, handovers};
use super::median::median;
use super::period::{Days, Span};
use super::touches::{MARKETING, Touches};
use super::{ForgottenThen, Scope};
use crate::facts::Key;

const HOUR_MS: f64 = 3_600_000.0;

/// Where the handover breaks, in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct MeterPoint {
    /// `2027-03`.
    pub month: String,
    /// Silent gap: median hours between marketing's last touch before the handover and sales' first after it.
    pub gap_hours: Option<f64>,
    /// The leads it is measured on: those that have both touches.
    pub gap: Figure,
    /// Came into sales' hands.
    pub handed: Figure,
    /// Of those, given back since.
    pub returned: Figure,
    /// Of those, handed over although a rule held them back.
    pub overridden: Figure,
    /// Of those, worked by two at a time since the month began.
    pub double: Figure,
    /// Forgotten at the month's end; `None` where the past is not known.
    pub forgotten: Option<Figure>,
    /// Of so many open ones.
    pub open: Option<usize>,
}

impl MeterPoint {
    /// Its numbers.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        [&self.gap, &self.handed, &self.returned, &self.overridden, &self.double].into_iter().chain(&self.forgotten)
    }
}

/// The months of the period, or only the one of this name.
pub(crate) fn meter(scope: &Scope<'_>, touches: &Touches<'_>, days: &Days, only: Option<&str>) -> Vec<MeterPoint> {
    let months = scope.period.months(days.day(scope.now_ms));
    let months = months.into_iter().filter(|(name, _)| only.is_none_or(|only| only == name));
    let months: Vec<(String, Span)> = months.map(|(name, month)| (name, days.span(month))).collect();
    let mut handed: Vec<Vec<Handover<'_>>> = months.iter().map(|_| Vec::new()).collect();
    for handover in handovers(scope.world).into_iter().filter(|one| one.at_ms <= scope.now_ms) {
        let month = months.iter().position(|(_, span)| span.contains(handover.at_ms));
        if let Some(handed) = month.and_then(|month| handed.get_mut(month)) {
            handed.push(handover);
        }
    }
    let from_ms = months.iter().map(|(_, span)| span.from_ms).min().unwrap_or(scope.now_ms);
    let double = (scope.double_work)(from_ms, scope.now_ms.saturating_add(1));
    let ends: Vec<i64> = months.iter().map(|(_, span)| span.until_ms.saturating_sub(1).min(scope.now_ms)).collect();
    let then = (scope.forgotten_at)(&ends).into_iter().chain(std::iter::repeat(None));
    let points = months.into_iter().zip(handed).zip(then);
    points.map(|((month, handed), then)| point((scope, touches, &double), month, &handed, then)).collect()
}

fn point(
    (scope, touches, double): (&Scope<'_>, &Touches<'_>, &[(Key, i64)]),
    (month, span): (String, Span),
    handed: &[Handover<'_>],
    past: Option<ForgottenThen>,
) -> MeterPoint {
    let named = |what: &str, records| Figure::new(format!("meter/{month}/{what}"), records);
    let which = |is: &dyn Fn(&Handover<'_>) -> bool| -> Vec<Key> {
        handed.iter().filter(|one| is(one)).map(|one| one.opportunity.key).collect()
    };
    let (mut gaps_ms, mut measured) = (Vec::new(), Vec::new());
    for one in handed {
        if let Some(gap_ms) = silent_ms(touches, one, scope.now_ms) {
            gaps_ms.push(gap_ms);
            measured.push(one.opportunity.key);
        }
    }
    let since = double.iter().filter(|(_, last_ms)| *last_ms >= span.from_ms);
    let double: HashSet<Key> = since.map(|(key, _)| *key).collect();
    let open = past.as_ref().map(|past| past.open);
    MeterPoint {
        gap_hours: median(gaps_ms).map(|ms| ms / HOUR_MS),
        gap: named("gap", measured),
        handed: named("handed", which(&|_| true)),
        returned: named("returned", which(&|one| one.returned)),
        overridden: named("overridden", which(&|one| one.overridden)),
        double: named("double", which(&|one| double.contains(&one.opportunity.key))),
        forgotten: past.map(|ForgottenThen { records, .. }| named("forgotten", records)),
        open,
        month,
    }
}

/// Time on the wall from marketing's last touch before a handover to sales' first after it, until now.
fn silent_ms(touches: &Touches<'_>, handover: &Handover<'_>, now_ms: i64) -> Option<i64> {
    let Handover { opportunity, at_ms, .. } = *handover;
    let last = touches.last_until(opportunity, at_ms, &|touch| touch.team == MARKETING)?;
    let first =
        touches.first_since(opportunity, at_ms, &|touch| touch.by_sales).filter(|touch| touch.at_ms <= now_ms)?;
    Some(first.at_ms - last.at_ms)
}
