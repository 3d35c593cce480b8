//! The clocks of an opportunity: what is due when, and how much time is left.
//!
//! The clocks between the teams (accept, first touch) count working time of whoever they are on; they stand still while that
//! member is absent. The others count days.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::World;
use crate::calendar::{Calendars, days_after, days_ms};
use crate::facts::{Activity, Decision, DecisionKind, Key, Opportunity, Task};
use crate::rules::Phase;

const HOUR_MS: i64 = 3_600_000;
/// The exit whose opportunities come back.
const NURTURE: &str = "nurture";

/// What a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockKind {
    /// From an offer until it is taken or given back.
    Accept,
    /// From an offer until sales touches the buyer.
    FirstTouch,
    /// Until the day of the next step.
    NextStep,
    /// For how long it may rest in its stage.
    Rest,
    /// Until a nurtured one comes back.
    ComeBack,
    /// Until a customer's renewal comes up.
    Renewal,
    /// Until the day on which a task is due; see [`task`].
    Task,
}

impl ClockKind {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::FirstTouch => "first_touch",
            Self::NextStep => "next_step",
            Self::Rest => "rest",
            Self::ComeBack => "come_back",
            Self::Renewal => "renewal",
            Self::Task => "task",
        }
    }
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockState {
    /// Time is up.
    Overdue,
    /// Little time is left.
    DueSoon,
    /// There is time.
    Running,
    /// What it waited for has happened.
    Met,
}

impl ClockState {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due_soon",
            Self::Running => "running",
            Self::Met => "met",
        }
    }
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What it measures.
    pub kind: ClockKind,
    /// How it stands.
    pub state: ClockState,
    /// Since when, in milliseconds since 1970; where it only waits for a day, the beginning of that day.
    pub started_ms: i64,
    /// Until when, in milliseconds since 1970.
    pub due_ms: i64,
    /// What is left now, and of a clock that is met, what was left then: working time for [`ClockKind::Accept`] and
    /// [`ClockKind::FirstTouch`], else time on the wall. Negative: so long overdue.
    pub left_ms: i64,
    /// When what it waited for happened, in milliseconds since 1970.
    pub met_ms: Option<i64>,
}

/// Every clock that runs on an opportunity, in the order of [`ClockKind`].
pub fn clocks(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Vec<Clock> {
    let all = [
        accept(world, calendars, opportunity, now_ms),
        first_touch(world, calendars, opportunity, now_ms),
        next_step(world, calendars, opportunity, now_ms),
        rest(world, opportunity, now_ms),
        come_back(world, calendars, opportunity, now_ms),
        renewal(world, calendars, opportunity, now_ms),
    ];
    all.into_iter().flatten().collect()
}

/// Whether time is up on a clock of this kind.
pub fn is_overdue(clocks: &[Clock], kind: ClockKind) -> bool {
    clocks.iter().any(|clock| clock.kind == kind && clock.state == ClockState::Overdue)
}

/// The clock that calls loudest: the one overdue longest, else the one due first. One that is met calls nobody.
pub fn most_urgent(clocks: &[Clock]) -> Option<&Clock> {
    clocks.iter().filter(|clock| clock.state != ClockState::Met).min_by_key(|clock| (clock.state, clock.due_ms))
}

/// From an offer until it is taken or given back: the policy's hours, of whom it is offered to.
fn accept(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let member = world.offered_to(opportunity)?;
    let started_ms = offered_since(world, opportunity, member);
    let hours = world.rules.policy.accept_hours;
    Some(working(
        world,
        calendars,
        Measure { kind: ClockKind::Accept, member, started_ms, hours, met_ms: None },
        now_ms,
    ))
}

/// Since when the offer to a member stands. Where nobody wrote it down (an import, a field set by hand), the last decision to
/// offer it to them, else its coming to the stage: an offer without a moment must not wait for ever.
fn offered_since(world: &World, opportunity: &Opportunity, member: Key) -> i64 {
    let offered = |one: &&Decision| one.kind == DecisionKind::Offer && one.member == Some(member);
    let decided = || world.decisions_of(opportunity.key).into_iter().rfind(offered).map(|offer| offer.at_ms);
    opportunity.offered_ms.or_else(decided).unwrap_or_else(|| world.stage_since(opportunity))
}

/// From the offer on until sales has touched the buyer; also after it was taken.
fn first_touch(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let (member, started_ms) = match world.offered_to(opportunity) {
        Some(member) => (member, offered_since(world, opportunity, member)),
        None => {
            let in_sales =
                world.rules.phase(&opportunity.stage) == Phase::Sales && world.rules.is_open(&opportunity.stage);
            let handover = last_handover(world, opportunity).filter(|_| in_sales)?;
            (opportunity.owner.or(handover.member)?, handover.at_ms)
        }
    };
    let hours = world.rules.policy.touch_hours;
    let met_ms = touch_between(world, opportunity, started_ms, now_ms).map(|touch| touch.at_ms);
    Some(working(world, calendars, Measure { kind: ClockKind::FirstTouch, member, started_ms, hours, met_ms }, now_ms))
}

/// The offer or claim by which sales came to have a lead: the last one since it was given back or withdrawn, because a rep to
/// whom it is offered next begins anew; where there is none, the first time somebody took it.
fn last_handover<'a>(world: &'a World, opportunity: &Opportunity) -> Option<&'a Decision> {
    let decisions = world.decisions_of(opportunity.key);
    let ended = |one: &&Decision| matches!(one.kind, DecisionKind::Return | DecisionKind::Withdraw);
    let since = decisions.iter().rposition(ended).map_or(0, |last| last + 1);
    let mut standing = decisions.into_iter().skip(since);
    let begins = |one: &&Decision| matches!(one.kind, DecisionKind::Offer | DecisionKind::Claim);
    standing.clone().rfind(begins).or_else(|| standing.find(|one| one.kind == DecisionKind::Accept))
}

/// The first touch by sales from one moment to another, both included: what somebody of sales did about the opportunity or
/// with its people. A meeting that is planned is no touch before its hour.
pub fn touch_between<'a>(
    world: &'a World,
    opportunity: &Opportunity,
    after_ms: i64,
    until_ms: i64,
) -> Option<&'a Activity> {
    let mut story = world.story_of(opportunity).into_iter();
    story.find(|one| (after_ms..=until_ms).contains(&one.at_ms) && is_sales_touch(world, one))
}

/// Whether an activity is somebody of sales reaching out to the buyer.
pub fn is_sales_touch(world: &World, activity: &Activity) -> bool {
    World::is_touch(activity)
        && &*activity.direction != "inbound"
        && activity.owner.is_some_and(|owner| is_of(world, owner, "sales"))
}

/// Whether somebody is of a team.
pub fn is_of(world: &World, member: Key, team: &str) -> bool {
    world.members.get(member).is_some_and(|member| &*member.facts.team == team)
}

/// What a clock that counts working time of a member goes by.
struct Measure {
    kind: ClockKind,
    member: Key,
    started_ms: i64,
    hours: i64,
    met_ms: Option<i64>,
}

/// A clock that counts working time of a member.
fn working(world: &World, calendars: &Calendars<'_>, measure: Measure, now_ms: i64) -> Clock {
    let Measure { kind, member, started_ms, hours, met_ms } = measure;
    let calendar = calendars.of(Some(member));
    let given_ms = hours.saturating_mul(HOUR_MS);
    let due_ms = calendar.add_working_ms(started_ms, given_ms);
    let until_ms = met_ms.unwrap_or(now_ms);
    // Whoever does not work at all (absent for years) is given time on the wall.
    let works = calendar.working_ms_between(started_ms, due_ms) >= given_ms;
    let left_ms = if works { calendar.working_ms_between(until_ms, due_ms) } else { due_ms.saturating_sub(until_ms) };
    let state = match left_ms {
        _ if met_ms.is_some() => ClockState::Met,
        _ if now_ms > due_ms => ClockState::Overdue,
        left if left <= world.rules.policy.due_soon_hours.saturating_mul(HOUR_MS) => ClockState::DueSoon,
        _ => ClockState::Running,
    };
    Clock { kind, state, started_ms, due_ms, left_ms, met_ms }
}

/// A clock that counts time on the wall, and is due soon from a moment on.
fn until(kind: ClockKind, (started_ms, soon_ms, due_ms): (i64, i64, i64), now_ms: i64) -> Clock {
    let state = match now_ms {
        now if now > due_ms => ClockState::Overdue,
        now if now >= soon_ms => ClockState::DueSoon,
        _ => ClockState::Running,
    };
    Clock { kind, state, started_ms, due_ms, left_ms: due_ms.saturating_sub(now_ms), met_ms: None }
}

/// A clock that is due by the end of a day where a member is, and due soon on that day.
fn by_day(calendars: &Calendars<'_>, kind: ClockKind, member: Option<Key>, day: NaiveDate, now_ms: i64) -> Clock {
    let calendar = calendars.of(member);
    let start_ms = calendar.day_start_ms(day);
    until(kind, (start_ms, start_ms, calendar.day_end_ms(day)), now_ms)
}

/// The next step is due by the end of its day where its owner is, and due soon on that day.
fn next_step(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.next_step_date?;
    let works = world.rules.phase(&opportunity.stage) != Phase::Exit;
    works.then(|| by_day(calendars, ClockKind::NextStep, opportunity.owner, day, now_ms))
}

/// The clock of a task that is not done: due by the end of its day where its owner is, and due soon on that day. Not among
/// [`clocks`]: an opportunity has any number of tasks, and each is worked through by itself.
pub fn task(calendars: &Calendars<'_>, task: &Task, now_ms: i64) -> Option<Clock> {
    let day = task.due_on.filter(|_| task.done_on.is_none())?;
    Some(by_day(calendars, ClockKind::Task, task.owner, day, now_ms))
}

/// For how long an opportunity may rest in its stage.
fn rest(world: &World, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let days = world.rules.stage(&opportunity.stage)?.rest_days?;
    let since_ms = world.stage_since(opportunity);
    let due_ms = since_ms.saturating_add(days_ms(days));
    Some(until(ClockKind::Rest, (since_ms, due_ms.saturating_sub(days_ms(1)), due_ms), now_ms))
}

/// A nurtured opportunity comes back as its day begins.
fn come_back(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.return_on?;
    // A day that was set for an earlier rest brings nobody back who is lost by now.
    let due_ms = (&*opportunity.stage == NURTURE).then(|| calendars.of(None).day_start_ms(day))?;
    Some(until(ClockKind::ComeBack, (world.stage_since(opportunity), due_ms, due_ms), now_ms))
}

/// A customer's renewal comes up the policy's days before its date, unless it has begun.
fn renewal(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.renewal_on?;
    let is_begun = || world.open_renewals(opportunity.key).next().is_some();
    if world.rules.phase(&opportunity.stage) != Phase::Service || is_begun() {
        return None;
    }
    let comes_up = days_after(day, world.rules.policy.renewal_days.saturating_neg());
    let due_ms = calendars.of(None).day_start_ms(comes_up);
    Some(until(ClockKind::Renewal, (world.stage_since(opportunity), due_ms, due_ms), now_ms))
}

/// Whether a nurtured opportunity's day has come: it is marketing's again, although nobody has written so.
pub fn is_back(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> bool {
    come_back(world, calendars, opportunity, now_ms).is_some_and(|clock| clock.left_ms <= 0)
}
