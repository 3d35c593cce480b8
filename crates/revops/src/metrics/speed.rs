//! Speed to lead: how much working time passes from an offer until sales touches the buyer.

use super::figure::Figure;
use super::median::median;
use super::period::Span;
use super::touches::Touches;
use crate::World;
use crate::calendar::Calendars;
use crate::facts::{DecisionKind, Key};

const MINUTE_MS: i64 = 60_000;

/// Bounds of the buckets in working minutes: 5 and 30 as in the Lead Response Management study (Oldroyd, 2007), an hour as in
/// The Short Life of Online Sales Leads (Oldroyd, McElheran and Elkington, HBR 3/2011), half a working day, a working day.
const BOUNDS: [u32; 5] = [5, 30, 60, 240, 480];

/// How long the first touch takes after an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeedToLead {
    /// Median working minutes of the offers that were followed by a touch.
    pub median_minutes: Option<f64>,
    /// The leads of those offers: what the median is of.
    pub touched: Figure,
    /// How many leads took how long, shortest first, untouched ones last. A lead offered twice may count in two.
    pub buckets: Vec<SpeedBucket>,
}

/// Leads that were touched within some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeedBucket {
    /// After at most so many working minutes, and more than the bucket before; `None`: longer, or not yet.
    pub upto_minutes: Option<u32>,
    /// Nobody of sales has touched them.
    pub untouched: bool,
    /// The leads.
    pub leads: Figure,
}

impl SpeedToLead {
    /// Its numbers.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        std::iter::once(&self.touched).chain(self.buckets.iter().map(|bucket| &bucket.leads))
    }
}

/// Follows every offer of a time to the first touch after it, as far as `now_ms`.
pub(crate) fn speed(
    world: &World,
    calendars: &Calendars<'_>,
    touches: &Touches<'_>,
    (span, now_ms): (Span, i64),
) -> SpeedToLead {
    let mut within: [Vec<Key>; BOUNDS.len()] = Default::default();
    let (mut longer, mut untouched, mut times_ms) = (Vec::new(), Vec::new(), Vec::new());
    let mut touched = Vec::new();
    let mut story = Vec::new();
    let is_asked = |kind: DecisionKind, at_ms: i64| kind == DecisionKind::Offer && span.contains(at_ms);
    for offer in world.decisions.iter().filter(|one| is_asked(one.kind, one.at_ms)) {
        let Some(lead) = world.opportunities.get(offer.opportunity) else { continue };
        touches.of(lead, now_ms.saturating_add(1), &mut story);
        let Some(touch) = story.iter().find(|touch| touch.by_sales && touch.at_ms >= offer.at_ms) else {
            untouched.push(lead.key);
            continue;
        };
        let took_ms = calendars.of(offer.member).working_ms_between(offer.at_ms, touch.at_ms);
        times_ms.push(took_ms);
        touched.push(lead.key);
        let bucket = BOUNDS.iter().zip(&mut within).find(|(bound, _)| took_ms <= i64::from(**bound) * MINUTE_MS);
        bucket.map_or(&mut longer, |(_, bucket)| bucket).push(lead.key);
    }
    let upto = BOUNDS.iter().zip(within).map(|(bound, leads)| SpeedBucket {
        upto_minutes: Some(*bound),
        untouched: false,
        leads: Figure::new(format!("speed/upto/{bound}"), leads),
    });
    let rest = [("speed/longer", longer, false), ("speed/untouched", untouched, true)];
    let rest = rest.map(|(number, leads, untouched)| SpeedBucket {
        upto_minutes: None,
        untouched,
        leads: Figure::new(number, leads),
    });
    SpeedToLead {
        median_minutes: median(times_ms).map(|ms| ms / MINUTE_MS as f64),
        touched: Figure::new("speed/touched", touched),
        buckets: upto.chain(rest).collect(),
    }
}
