//! One set of numbers, and what became of leads.

use std::cell::RefCell;
use std::collections::BTreeMap;

use tandem_revops::calendar::Calendars;
use tandem_revops::facts::Key;
use tandem_revops::judged::Moments;
use tandem_revops::metrics::{self as revops, Period, Scope};
use tandem_revops::{feedback as revops_feedback, forgotten, warnings};
use tandem_store::StoreError;

use super::say::{by_currency, figure, major};
use super::{Asked, parse_day};
use crate::api::{
    ApiError, Attribution, CriterionFeedback, Feedback, FeedbackRow, FunnelStage, GoalProgress, MeterPoint, Metrics,
    MetricsQuery, NumberQuery, NumberRecords, ReasonCount, ReturnedLead, ReturnedPage, ReturnedQuery, Share,
    SpeedBucket, SpeedToLead, Velocity,
};
use crate::convert::instant;
use crate::sentences::{PERIOD_TURNED, UNKNOWN_NUMBER};
use crate::world::thens;

/// Records of a page, where nobody says how many.
pub(super) const PAGE: u32 = 100;
/// The most records of a page.
pub(super) const PAGE_MAX: u32 = 1_000;

type Answer<T> = Result<T, ApiError>;

fn period(from: &str, to: &str) -> Answer<Period> {
    let period = Period { from: parse_day(from)?, to: parse_day(to)? };
    if period.from > period.to {
        let remark = PERIOD_TURNED.say().text("day", &period.from.to_string()).text("until", &period.to.to_string());
        return Err(ApiError::said("invalid_value", &remark));
    }
    Ok(period)
}

/// Runs a computation over a period of the asked world.
fn over<T>(asked: &Asked<'_>, period: Period, compute: impl FnOnce(&Scope<'_>) -> T) -> Answer<T> {
    let world = &asked.world;
    let calendars = Calendars::new(world);
    let double_work = |from_ms, until_ms| warnings::double_work(world, from_ms, until_ms);
    // The computation knows no files: what cannot be read is told afterwards.
    let unread = RefCell::new(None);
    let note = |error| _ = unread.borrow_mut().get_or_insert(error);
    let forgotten_at =
        |moments: &[i64]| forgotten_at(asked, moments).map_err(note).unwrap_or_else(|()| vec![None; moments.len()]);
    let then =
        |moments: &Moments<'_>| thens(asked.connection, asked.schema, world, moments).map_err(note).unwrap_or_default();
    let found = compute(&Scope {
        world,
        calendars: &calendars,
        period,
        now_ms: asked.now_ms,
        double_work: &double_work,
        forgotten_at: &forgotten_at,
        then: &then,
    });
    match unread.take() {
        Some(error) => Err(error.into()),
        None => Ok(found),
    }
}

/// What was forgotten at moments: from the world as it stood at each.
fn forgotten_at(asked: &Asked<'_>, moments: &[i64]) -> Result<Vec<Option<revops::ForgottenThen>>, StoreError> {
    let past: Vec<i64> = moments.iter().copied().filter(|at_ms| *at_ms < asked.now_ms).collect();
    let past = asked.worlds.forgotten(asked.connection, asked.schema, &past)?;
    let world = &asked.world;
    let then = |at_ms: &i64| {
        if *at_ms >= asked.now_ms {
            let (found, open) = forgotten::all(world, *at_ms);
            return Some(revops::ForgottenThen { open, records: found.iter().map(|one| one.opportunity).collect() });
        }
        let then = past.get(at_ms)?;
        let here = then.forgotten.iter().filter_map(|id| world.opportunity(id));
        Some(revops::ForgottenThen { open: then.open, records: here.map(|one| one.key).collect() })
    };
    Ok(moments.iter().map(then).collect())
}

pub(crate) fn metrics(asked: &Asked<'_>, query: &MetricsQuery) -> Answer<Metrics> {
    let period = period(&query.from, &query.to)?;
    let found = over(asked, period, |scope| revops::metrics(scope, !query.without_meter))?;
    Ok(Metrics {
        from: period.from.to_string(),
        to: period.to.to_string(),
        now: instant(asked.now_ms),
        goals: found.goals.iter().filter_map(|one| goal(asked, one)).collect(),
        won: figure(&found.won),
        revenue: by_currency(&found.revenue),
        attribution: found.attribution.iter().map(|one| attribution(asked, one)).collect(),
        funnel: found.funnel.iter().map(funnel_stage).collect(),
        velocity: velocity(&found.velocity),
        speed: SpeedToLead {
            median_minutes: found.speed.median_minutes,
            touched: figure(&found.speed.touched),
            buckets: found.speed.buckets.iter().map(bucket).collect(),
        },
        meter: found.meter.iter().map(meter_point).collect(),
    })
}

fn bucket(one: &revops::SpeedBucket) -> SpeedBucket {
    SpeedBucket { upto_minutes: one.upto_minutes, untouched: one.untouched, leads: figure(&one.leads) }
}

fn goal(asked: &Asked<'_>, one: &revops::GoalProgress) -> Option<GoalProgress> {
    let goal = asked.world.goals.get(one.goal)?;
    Some(GoalProgress {
        goal: asked.linked(one.goal),
        from: goal.from.to_string(),
        to: goal.to.to_string(),
        amount: major(goal.amount.into()),
        currency: goal.currency.to_string(),
        won: major(one.won),
        won_records: figure(&one.won_records),
        open: major(one.open),
        open_records: figure(&one.open_records),
        elapsed: one.elapsed,
        teams: one.teams.iter().map(share).collect(),
    })
}

/// A share of a team or a source.
fn share(one: &revops::Share<tandem_revops::Text>) -> Share {
    Share { key: one.of.to_string(), title: String::new(), amount: major(one.amount), records: figure(&one.records) }
}

fn attribution(asked: &Asked<'_>, one: &revops::Attribution) -> Attribution {
    let campaign = |one: &revops::Share<Option<Key>>| {
        let (key, title) = asked.linked_some(one.of).map(|one| (one.id, one.title)).unwrap_or_default();
        Share { key, title, amount: major(one.amount), records: figure(&one.records) }
    };
    Attribution {
        model: one.model.name().to_owned(),
        currency: one.currency.to_string(),
        total: major(one.total),
        deals: figure(&one.deals),
        teams: one.teams.iter().map(share).collect(),
        campaigns: one.campaigns.iter().map(campaign).collect(),
        sources: one.sources.iter().map(share).collect(),
    }
}

fn funnel_stage(one: &revops::FunnelStage) -> FunnelStage {
    FunnelStage {
        stage: one.stage.to_string(),
        phase: one.phase.name().to_owned(),
        entered: figure(&one.entered),
        converted: figure(&one.converted),
        median_days: one.median_days,
        resting: figure(&one.resting),
    }
}

fn velocity(one: &revops::Velocity) -> Velocity {
    let by = |amounts: &BTreeMap<tandem_revops::Text, f64>| {
        // From hundredths.
        amounts.iter().map(|(currency, amount)| (currency.to_string(), amount / 100.0)).collect()
    };
    Velocity {
        open: figure(&one.open),
        won: figure(&one.won),
        lost: figure(&one.lost),
        win_rate: one.win_rate,
        cycle_days: one.cycle_days,
        average: by(&one.average),
        per_day: by(&one.per_day),
    }
}

fn meter_point(one: &revops::MeterPoint) -> MeterPoint {
    MeterPoint {
        month: one.month.clone(),
        gap_hours: one.gap_hours,
        gap: figure(&one.gap),
        handed: figure(&one.handed),
        returned: figure(&one.returned),
        overridden: figure(&one.overridden),
        double: figure(&one.double),
        forgotten: one.forgotten.as_ref().map(figure),
        open: one.open.and_then(|open| u32::try_from(open).ok()),
    }
}

/// The records behind a number, as they stood at the moment.
pub(crate) fn number(asked: &Asked<'_>, query: &NumberQuery) -> Answer<NumberRecords> {
    let period = period(&query.from, &query.to)?;
    let found = over(asked, period, |scope| revops::find(scope, &query.number))?;
    let found = found.ok_or_else(|| ApiError::said("not_found", &UNKNOWN_NUMBER.of(&query.number)))?;
    let limit = query.limit.unwrap_or(PAGE).min(PAGE_MAX) as usize;
    let page = found.records(&asked.world).into_iter().skip(query.offset as usize).take(limit);
    let records = page.map(|key| asked.record(key));
    Ok(NumberRecords {
        total: u32::try_from(found.count()).unwrap_or(u32::MAX),
        records: records.collect::<Answer<_>>()?,
    })
}

pub(crate) fn feedback(asked: &Asked<'_>, query: &MetricsQuery) -> Answer<Feedback> {
    let period = period(&query.from, &query.to)?;
    let found = over(asked, period, revops_feedback::feedback)?;
    Ok(Feedback {
        from: period.from.to_string(),
        to: period.to.to_string(),
        campaigns: found.campaigns.iter().map(|one| row(asked, one)).collect(),
        sources: found.sources.iter().map(|one| row(asked, one)).collect(),
        criteria: found
            .criteria
            .iter()
            .map(|one| CriterionFeedback {
                criterion: asked.criterion(one.criterion),
                said_yes: figure(&one.said_yes),
                wrong: figure(&one.wrong),
                contradicted: figure(&one.contradicted),
            })
            .collect(),
        returned_leads: figure(&found.returned),
    })
}

fn row(asked: &Asked<'_>, one: &revops_feedback::FeedbackRow) -> FeedbackRow {
    let (key, title) = match &one.origin {
        revops_feedback::Origin::Campaign(key) => {
            asked.linked_some(*key).map(|one| (one.id, one.title)).unwrap_or_default()
        }
        revops_feedback::Origin::Source(source) => (source.to_string(), String::new()),
    };
    let reason = |one: &revops_feedback::ReasonCount| ReasonCount {
        reason: asked.reason(one.reason),
        leads: figure(&one.leads),
    };
    FeedbackRow {
        key,
        title,
        leads: figure(&one.leads),
        passed: figure(&one.passed),
        accepted: figure(&one.accepted),
        returned: figure(&one.returned),
        reasons: one.reasons.iter().map(reason).collect(),
        won: figure(&one.won),
        revenue: by_currency(&one.revenue),
        cost: one.cost.map(|cost| major(cost.into())),
        cost_currency: one.cost_currency.to_string(),
    }
}

/// The leads that sales gave back, newest first.
pub(crate) fn returned(asked: &Asked<'_>, query: &ReturnedQuery) -> Answer<ReturnedPage> {
    let period = period(&query.from, &query.to)?;
    let text = query.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut found = over(asked, period, revops_feedback::returned)?;
    found.retain(|one| says(asked, one, &text, &query.rules));
    let limit = query.limit.unwrap_or(PAGE).min(PAGE_MAX) as usize;
    let page = found.iter().skip(query.offset as usize).take(limit);
    Ok(ReturnedPage {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        leads: page.map(|one| returned_lead(asked, one)).collect(),
    })
}

/// Whether a return says something somewhere (in lower case; nothing is said by all), or is for one of some reasons and criteria.
fn says(asked: &Asked<'_>, one: &revops_feedback::ReturnedLead, text: &str, rules: &[String]) -> bool {
    let world = &asked.world;
    let linked = [Some(one.opportunity), one.by, one.campaign].into_iter().flatten();
    let names = linked.filter_map(|key| world.name(key));
    let reason = one.reason.and_then(|key| world.rules.reason(key)).map(|reason| &*reason.name);
    let criterion = one.criterion.and_then(|key| world.rules.criterion(key)).map(|criterion| &*criterion.name);
    let mut words = names.chain(reason).chain(criterion).chain([&*one.evidence]);
    let mut named = [one.reason, one.criterion].into_iter().flatten();
    words.any(|words| words.to_lowercase().contains(text))
        || named.any(|key| rules.iter().any(|id| *id == world.id(key)))
}

fn returned_lead(asked: &Asked<'_>, one: &revops_feedback::ReturnedLead) -> ReturnedLead {
    ReturnedLead {
        opportunity: asked.linked(one.opportunity),
        at: instant(one.at_ms),
        by: asked.linked_some(one.by),
        reason: one.reason.map(|key| asked.reason(key)),
        evidence: one.evidence.to_string(),
        criterion: one.criterion.map(|key| asked.criterion(key)),
        campaign: asked.linked_some(one.campaign),
        stage: one.stage.to_string(),
    }
}
