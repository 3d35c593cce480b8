//! One set of numbers for everybody: goals, attribution, the funnel, velocity, speed to lead, the break meter.
//!
//! Every count is a [`Figure`]: the set of records that it counts, with a name. [`find`] computes the set of one name again,
//! through the same functions, so that a number and the records it opens cannot differ.
//!
//! | number | counts |
//! | --- | --- |
//! | `won` | won in the period |
//! | `goal/<goal>/won`, `…/open`, `…/team/<team>` | towards a goal |
//! | `attribution/<model>/<currency>/team/<team>`, `…/campaign/<campaign>`, `…/source/<source>` | of whose value a share is a part |
//! | `attribution/deals/<currency>`, `attribution/untouched/<currency>` | won with a value in a currency; of it, without a touch on record |
//! | `funnel/entered/<stage>`, `funnel/converted/…`, `funnel/resting/…` | the funnel |
//! | `velocity/open`, `…/won`, `…/lost` | the pipeline |
//! | `speed/touched`, `speed/upto/<minutes>`, `speed/longer`, `speed/untouched` | speed to lead |
//! | `meter/<month>/handed`, `…/gap`, `…/returned`, `…/overridden`, `…/double`, `…/forgotten` | the break meter |
//! | `feedback/…` | see [`crate::feedback`] |
//!
//! Days are days in the policy's time zone. Sums of money are whole hundredths and exact; shares, medians and averages are
//! computed from sorted or exact values with the four basic operations, so that they are the same on every device.

mod attribution;
mod decided;
mod figure;
mod funnel;
mod goals;
mod handovers;
mod median;
mod meter;
mod period;
mod speed;
#[cfg(test)]
pub(crate) mod tests;
mod touches;
mod velocity;

use std::collections::BTreeMap;

pub use attribution::{Attribution, Hundredths, Model, Share, divide};
pub use figure::Figure;
pub use funnel::FunnelStage;
pub use goals::GoalProgress;
pub use meter::MeterPoint;
pub use period::{Period, Span};
pub use speed::{SpeedBucket, SpeedToLead};
pub use velocity::Velocity;

pub(crate) use decided::is_past_marketing;
pub(crate) use median::median;
pub(crate) use period::Days;

use crate::World;
use crate::calendar::Calendars;
use crate::facts::{Key, Text};
use crate::judged::Moments;
use crate::rules::Thens;
use decided::{Decided, decided};
use touches::Touches;

/// What numbers are computed from, and for when.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The records as they stood at the moment.
    pub world: &'a World,
    /// Over the same world.
    pub calendars: &'a Calendars<'a>,
    /// The days.
    pub period: Period,
    /// The moment, in milliseconds since 1970: what lies after it has not happened.
    pub now_ms: i64,
    /// The opportunities that were worked by two at a time from a moment on until another, which is left out, each with when it
    /// was last so; [`crate::warnings::double_work`].
    pub double_work: &'a dyn Fn(i64, i64) -> Vec<(Key, i64)>,
    /// What was forgotten at moments of the past, as [`crate::forgotten::all`] finds it in the world of each; `None`: nobody
    /// knows any more. The moments are asked for at once, oldest first, because each world is made from the one before. Keys are
    /// of this world, so a record that is set aside by now cannot be among them.
    pub forgotten_at: &'a dyn Fn(&[i64]) -> Vec<Option<ForgottenThen>>,
    /// Leads as they stood at moments of the past.
    pub then: &'a dyn Fn(&Moments<'_>) -> Thens,
}

impl std::fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").field("period", &self.period).field("now_ms", &self.now_ms).finish_non_exhaustive()
    }
}

impl Scope<'_> {
    pub(crate) fn days(&self) -> Days {
        Days::new(self.calendars.of(None))
    }
}

/// What was forgotten at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgottenThen {
    /// How many opportunities were open.
    pub open: usize,
    /// Those of them that were forgotten.
    pub records: Vec<Key>,
}

/// One set of numbers for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// Every goal that has a day in common with the period, by its first day.
    pub goals: Vec<GoalProgress>,
    /// What was won in the period.
    pub won: Figure,
    /// Its value by currency.
    pub revenue: BTreeMap<Text, Hundredths>,
    /// The same revenue divided by each model, by model and then currency.
    pub attribution: Vec<Attribution>,
    /// The stages in order, exits last.
    pub funnel: Vec<FunnelStage>,
    /// How fast the pipeline turns into revenue.
    pub velocity: Velocity,
    /// From offer to first touch.
    pub speed: SpeedToLead,
    /// Where the handover breaks, month by month, oldest first; empty where it was not asked for.
    pub meter: Vec<MeterPoint>,
}

impl Metrics {
    /// Every number.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let goals = self.goals.iter().flat_map(GoalProgress::figures);
        let of_all_models = of_all_models(&self.attribution);
        let shares = self.attribution.iter().flat_map(Attribution::shares);
        let funnel = self.funnel.iter().flat_map(FunnelStage::figures);
        let meter = self.meter.iter().flat_map(MeterPoint::figures);
        let all = std::iter::once(&self.won).chain(goals).chain(of_all_models).chain(shares).chain(funnel);
        all.chain(self.velocity.figures()).chain(self.speed.figures()).chain(meter)
    }
}

/// The models agree on what there is to divide, and on what of it has no touches.
fn of_all_models(attribution: &[Attribution]) -> impl Iterator<Item = &Figure> {
    let first = attribution.first().map(|one| one.model);
    attribution.iter().filter(move |one| Some(one.model) == first).flat_map(|one| [&one.deals, &one.untouched])
}

/// Every number of a period. Without the meter it is faster: the past need not be made from history.
pub fn metrics(scope: &Scope<'_>, with_meter: bool) -> Metrics {
    let Scope { world, period, now_ms, .. } = *scope;
    let days = scope.days();
    let touches = Touches::of_world(world);
    let decided = decided(world, &days);
    let velocity = velocity::velocity(world, &days, &decided, period);
    Metrics {
        goals: goals::goals(world, (&touches, &days), &decided, &|goal| period.overlaps(&goals::days_of(goal)), now_ms),
        won: won(&decided, period),
        revenue: velocity.revenue.clone(),
        attribution: attribution(scope, &touches, &days, &decided, &Model::ALL),
        funnel: funnel::funnel(world, &days, period),
        velocity,
        speed: speed::speed(world, scope.calendars, &touches, (days.span(period), now_ms)),
        meter: if with_meter { meter::meter(scope, &touches, &days, None) } else { Vec::new() },
    }
}

fn won(decided: &[Decided<'_>], period: Period) -> Figure {
    let won = decided.iter().filter(|one| one.won && period.contains(one.day));
    Figure::new("won", won.map(|one| one.opportunity.key).collect())
}

fn attribution(
    scope: &Scope<'_>,
    touches: &Touches<'_>,
    days: &Days,
    decided: &[Decided<'_>],
    models: &[Model],
) -> Vec<Attribution> {
    let won = decided.iter().copied().filter(|one| one.won && scope.period.contains(one.day));
    let within = |model: Model, currency: &str| format!("attribution/{}/{currency}", model.name());
    attribution::attribute(scope.world, touches, days, won, (models, scope.now_ms, &within))
}

/// The records behind a number, by its name; `None` for a name that nobody knows. Computes no more than the subject it is of.
pub fn find(scope: &Scope<'_>, number: &str) -> Option<Figure> {
    let Scope { world, period, now_ms, .. } = *scope;
    let days = scope.days();
    let (subject, rest) = number.split_once('/').unwrap_or((number, ""));
    let is_asked = |figure: &&Figure| figure.number == number;
    match subject {
        "won" => Some(won(&decided(world, &days), period)).filter(|figure| figure.number == number),
        "velocity" => {
            let found = velocity::velocity(world, &days, &decided(world, &days), period);
            found.figures().into_iter().find(is_asked).cloned()
        }
        "funnel" => {
            let found = funnel::funnel(world, &days, period);
            found.iter().flat_map(FunnelStage::figures).find(is_asked).cloned()
        }
        "goal" => {
            let goal = world.ids.find(rest.split('/').next()?)?;
            let (touches, decided) = (Touches::of_world(world), decided(world, &days));
            let found = goals::goals(world, (&touches, &days), &decided, &|one| one.key == goal, now_ms);
            found.iter().flat_map(GoalProgress::figures).find(is_asked).cloned()
        }
        "attribution" => {
            let (touches, decided) = (Touches::of_world(world), decided(world, &days));
            let model = Model::of(rest.split('/').next().unwrap_or_default());
            let found = attribution(scope, &touches, &days, &decided, &[model]);
            of_all_models(&found).chain(found.iter().flat_map(Attribution::shares)).find(is_asked).cloned()
        }
        "speed" => {
            let touches = Touches::of_world(world);
            let found = speed::speed(world, scope.calendars, &touches, (days.span(period), now_ms));
            found.figures().find(is_asked).cloned()
        }
        "meter" => {
            let month = rest.split('/').next();
            let found = meter::meter(scope, &Touches::of_world(world), &days, month);
            found.iter().flat_map(MeterPoint::figures).find(is_asked).cloned()
        }
        "feedback" => crate::feedback::find(scope, number),
        _ => None,
    }
}
