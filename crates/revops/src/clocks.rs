//! The clocks of an opportunity: what is due when, and how much time is left.
//!
//! The clocks between the teams (accept, first touch) count working time of whoever they are on; they stand still while that
//! member is absent. The others count days.

use crate::World;
use crate::calendar::{Calendars, days_after, days_ms};
use crate::facts::{Activity, Decision, DecisionKind, Key, Opportunity};
use crate::rules::Phase;

const HOUR_MS: i64 = 3_600_000;

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
    /// Until when, in milliseconds since 1970.
    pub due_ms: i64,
    /// What is left: working time for [`ClockKind::Accept`] and [`ClockKind::FirstTouch`], else time on the wall. Negative: so
    /// long overdue.
    pub left_ms: i64,
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

/// The clock that calls loudest: the one overdue longest, else the one due first.
pub fn most_urgent(clocks: &[Clock]) -> Option<&Clock> {
    clocks.iter().filter(|clock| clock.state != ClockState::Met).min_by_key(|clock| (clock.state, clock.due_ms))
}

/// From an offer until it is taken or given back: the policy's hours, of whom it is offered to.
fn accept(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let (member, since_ms) = (opportunity.offered_to?, opportunity.offered_ms?);
    Some(working(world, calendars, ClockKind::Accept, (member, since_ms), world.rules.policy.accept_hours, now_ms))
}

/// From the offer on until sales has touched the buyer; also after it was taken.
fn first_touch(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let phase = world.rules.phase(&opportunity.stage);
    let is_sales = opportunity.offered_to.is_some() || phase == Phase::Sales && world.rules.is_open(&opportunity.stage);
    let offer = last_handover(world, opportunity).filter(|_| is_sales)?;
    let member = opportunity.offered_to.or(opportunity.owner).or(offer.member)?;
    let hours = world.rules.policy.touch_hours;
    let mut clock = working(world, calendars, ClockKind::FirstTouch, (member, offer.at_ms), hours, now_ms);
    if touch_after(world, opportunity, offer.at_ms).is_some() {
        clock.state = ClockState::Met;
    }
    Some(clock)
}

/// The offer, claim or acceptance by which sales came to have a lead: the last offer, unless it was given back since.
fn last_handover<'a>(world: &'a World, opportunity: &Opportunity) -> Option<&'a Decision> {
    let decisions = world.decisions_of(opportunity.key);
    let ended = |one: &&&Decision| matches!(one.kind, DecisionKind::Return | DecisionKind::Withdraw);
    let since = decisions.iter().rposition(|one| ended(&one)).map_or(0, |last| last + 1);
    let begins = |one: &&Decision| matches!(one.kind, DecisionKind::Offer | DecisionKind::Claim | DecisionKind::Accept);
    decisions.into_iter().skip(since).find(begins)
}

/// The first touch by sales after a moment: what somebody of sales did about the opportunity or with its people.
pub fn touch_after<'a>(world: &'a World, opportunity: &Opportunity, after_ms: i64) -> Option<&'a Activity> {
    world.story_of(opportunity).into_iter().find(|activity| {
        activity.at_ms >= after_ms
            && World::is_touch(activity)
            && &*activity.direction != "inbound"
            && activity.owner.is_some_and(|owner| is_of(world, owner, "sales"))
    })
}

/// Whether somebody is of a team.
pub fn is_of(world: &World, member: Key, team: &str) -> bool {
    world.members.get(member).is_some_and(|member| &*member.facts.team == team)
}

/// A clock that counts working time of a member.
fn working(
    world: &World,
    calendars: &Calendars<'_>,
    kind: ClockKind,
    (member, since_ms): (Key, i64),
    hours: i64,
    now_ms: i64,
) -> Clock {
    let calendar = calendars.of(Some(member));
    let due_ms = calendar.add_working_ms(since_ms, hours.saturating_mul(HOUR_MS));
    let left_ms = calendar.working_ms_between(now_ms, due_ms);
    let state = match left_ms {
        _ if now_ms > due_ms => ClockState::Overdue,
        left if left <= world.rules.policy.due_soon_hours.saturating_mul(HOUR_MS) => ClockState::DueSoon,
        _ => ClockState::Running,
    };
    Clock { kind, state, due_ms, left_ms }
}

/// A clock that counts time on the wall, and is due soon so long before.
fn until(kind: ClockKind, due_ms: i64, soon_ms: i64, now_ms: i64) -> Clock {
    let left_ms = due_ms.saturating_sub(now_ms);
    let state = match left_ms {
        left if left < 0 => ClockState::Overdue,
        left if left <= soon_ms => ClockState::DueSoon,
        _ => ClockState::Running,
    };
    Clock { kind, state, due_ms, left_ms }
}

/// The next step is due by the end of its day where its owner is, and due soon on that day.
fn next_step(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.next_step_date?;
    let works = world.rules.phase(&opportunity.stage) != Phase::Exit;
    let calendar = calendars.of(opportunity.owner);
    works.then(|| until(ClockKind::NextStep, calendar.day_end_ms(day), days_ms(1), now_ms))
}

/// For how long an opportunity may rest in its stage.
fn rest(world: &World, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let days = world.rules.stage(&opportunity.stage)?.rest_days?;
    let due_ms = world.stage_since(opportunity).saturating_add(days_ms(days));
    Some(until(ClockKind::Rest, due_ms, days_ms(1), now_ms))
}

/// A nurtured opportunity comes back as its day begins.
fn come_back(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.return_on?;
    let rests = world.rules.phase(&opportunity.stage) == Phase::Exit;
    rests.then(|| until(ClockKind::ComeBack, calendars.of(None).day_start_ms(day), 0, now_ms))
}

/// A customer's renewal comes up the policy's days before its date, unless it has begun.
fn renewal(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Clock> {
    let day = opportunity.renewal_on?;
    let begun = |child: &Opportunity| {
        child.parent == Some(opportunity.key) && &*child.purchase == "renewal" && world.rules.is_open(&child.stage)
    };
    if world.rules.phase(&opportunity.stage) != Phase::Service || world.opportunities.of(opportunity.key).any(begun) {
        return None;
    }
    let comes_up = days_after(day, -world.rules.policy.renewal_days);
    Some(until(ClockKind::Renewal, calendars.of(None).day_start_ms(comes_up), 0, now_ms))
}

/// Working time from a handover to the first touch after it, in milliseconds; `None` while there is none.
pub fn time_to_touch(
    world: &World,
    calendars: &Calendars<'_>,
    opportunity: &Opportunity,
    offer: &Decision,
) -> Option<i64> {
    let touch = touch_after(world, opportunity, offer.at_ms)?;
    Some(calendars.of(offer.member).working_ms_between(offer.at_ms, touch.at_ms))
}

/// Whether a nurtured opportunity's day has come: it is marketing's again, although nobody has written so.
pub fn is_back(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> bool {
    come_back(world, calendars, opportunity, now_ms).is_some_and(|clock| clock.left_ms <= 0)
}
