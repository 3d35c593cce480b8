//! Today: what a member has to do, most urgent first.
//!
//! Every open opportunity stands in somebody's queue: of whom it is offered to, of its owner, or of everybody in the team of
//! its stage where nobody has it.

use tandem_context::Remark;

use crate::World;
use crate::calendar::{Calendars, days_ms};
use crate::claims::settlement;
use crate::clocks::{Clock, ClockKind, ClockState, clocks, is_back, is_overdue, most_urgent};
use crate::facts::{DecisionKind, Key, Opportunity, Task};
use crate::forgotten::wants_care;
use crate::gate::gate;
use crate::rules::Phase;
use crate::warnings::nurture_is_paused;

pub mod sentences {
    //! Why something stands in a queue.

    tandem_context::sentences! {
        TWO_CLAIMS = "today_two_claims", "{members} took it without knowing of each other";
        OFFERED = "today_offered", "{member} offers it to you";
        TOUCH = "today_touch", "Nobody of sales has been in touch since it was handed over";
        STEP = "today_step", "{text}";
        NO_STEP = "today_no_step", "It has no next step with a day";
        PASSES = "today_passes", "It passes the gate with {score}: sales can have it";
        ASK = "today_ask", "Score {score}; ask: {question}";
        UNANSWERED = "today_unanswered", "{member} has not answered the offer in time";
        GIVEN_BACK = "today_given_back", "{member} gave it back: {text}";
        BACK = "today_back", "Back from nurture";
        RESTS = "today_rests", "It rests in {stage} for too long";
        UNOWNED = "today_unowned", "Nobody has it";
        TO_ONBOARD = "today_to_onboard", "Won: the onboarding has not begun";
        TO_RENEW = "today_to_renew", "The contract ends on {day}";
        TASK_DUE = "today_task", "For {opportunity}";
        TASK_ALONE = "today_task_alone", "A task of yours";
        PAUSED = "today_paused", "Sales works on this account: nurture rests";
        LOOKED_AFTER = "today_later", "Nothing to do today";
    }
}

use sentences::*;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Two have it: settle.
    Settle,
    /// Take it or give it back.
    Accept,
    /// An offer was not answered: offer it to the next.
    Reroute,
    /// Touch the buyer.
    FirstTouch,
    /// Work on what sales gave back.
    Returned,
    /// Do the next step.
    NextStep,
    /// Plan a next step.
    Plan,
    /// It is back from nurture.
    ComeBack,
    /// Offer it to sales.
    Offer,
    /// Find out what is missing.
    Qualify,
    /// Begin the onboarding.
    Onboard,
    /// Begin the renewal.
    Renew,
    /// A task.
    Task,
    /// It rests for too long.
    Rest,
    /// Nothing today.
    Later,
}

impl What {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::Accept => "accept",
            Self::Reroute => "reroute",
            Self::FirstTouch => "first_touch",
            Self::Returned => "returned",
            Self::NextStep => "next_step",
            Self::Plan => "plan",
            Self::ComeBack => "come_back",
            Self::Offer => "offer",
            Self::Qualify => "qualify",
            Self::Onboard => "onboard",
            Self::Renew => "renew",
            Self::Task => "task",
            Self::Rest => "rest",
            Self::Later => "later",
        }
    }

    /// What can be done about it, the next action first.
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Settle => &["settle", "open"],
            Self::Accept => &["accept", "return", "brief", "open"],
            Self::Reroute => &["offer", "open"],
            Self::FirstTouch => &["log", "brief", "return", "step", "open"],
            Self::Returned => &["qualify", "step", "open"],
            Self::NextStep => &["log", "step", "brief", "open"],
            Self::Plan | Self::Rest | Self::Later => &["step", "log", "brief", "open"],
            Self::ComeBack => &["step", "qualify", "open"],
            Self::Offer => &["offer", "open"],
            Self::Qualify => &["qualify", "step", "open"],
            Self::Onboard => &["onboard", "brief", "open"],
            Self::Renew => &["renew", "brief", "open"],
            Self::Task => &["done", "open"],
        }
    }
}

/// How soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Time is up.
    Overdue,
    /// Today.
    Today,
    /// Within days.
    Soon,
    /// Not now.
    Later,
}

impl When {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

/// A line of a queue.
#[derive(Debug, Clone)]
pub struct Item {
    /// The record: an opportunity or a task.
    pub record: Key,
    /// The opportunity it is about.
    pub opportunity: Option<Key>,
    /// What is to be done.
    pub what: What,
    /// Why.
    pub why: Vec<Remark>,
    /// The clock that calls loudest.
    pub clock: Option<Clock>,
    /// How soon.
    pub when: When,
}

/// A moment with the calendars that belong to it.
struct Moment<'a> {
    world: &'a World,
    calendars: Calendars<'a>,
    member: Key,
    now_ms: i64,
    /// The member's team.
    team: &'a str,
    /// When the member's day ends.
    day_end_ms: i64,
}

/// What a member has to do, most urgent first; the same on every device.
pub fn queue(world: &World, member: Key, now_ms: i64) -> Vec<Item> {
    let calendars = Calendars::new(world);
    let calendar = calendars.of(Some(member));
    let day_end_ms = calendar.day_end_ms(calendar.local_day(now_ms));
    let team = world.members.get(member).map_or("", |member| &*member.facts.team);
    let moment = Moment { world, calendars, member, now_ms, team, day_end_ms };
    let mut items: Vec<Item> = world.opportunities.iter().filter_map(|one| moment.line(one)).collect();
    items.extend(world.tasks.iter().filter_map(|task| moment.task(task)));
    items.sort_by_cached_key(|item| {
        let due_ms = item.clock.as_ref().map_or(i64::MAX, |clock| clock.due_ms);
        (item.when, due_ms, item.what, world.id(item.record).to_owned())
    });
    items
}

impl Moment<'_> {
    /// Whether an opportunity stands in this member's queue.
    fn is_mine(&self, one: &Opportunity) -> bool {
        if one.offered_to == Some(self.member) || one.owner == Some(self.member) {
            return true;
        }
        // Somebody took it: whoever else did hears of it too.
        if one.claims.iter().any(|claim| claim.owner == Some(self.member)) {
            return true;
        }
        let owner = one.owner.and_then(|key| self.world.members.get(key)).filter(|owner| owner.facts.active);
        if self.team == "revenue" {
            return !one.claims.is_empty() || one.offered_to.is_some() && self.is_unanswered(one) || owner.is_none();
        }
        let offered = one.offered_to.is_some();
        owner.is_none() && !offered && self.team_of(one) == self.team
    }

    /// The team whose an opportunity is where nobody has it.
    fn team_of(&self, one: &Opportunity) -> &str {
        let stage = self.world.rules.stage(&one.stage);
        match stage.map(|stage| stage.phase) {
            // Won is for service to take on.
            _ if &*one.stage == "won" => "service",
            None | Some(Phase::Exit) => "marketing",
            Some(_) => stage.map(|stage| &*stage.team).filter(|team| !team.is_empty()).unwrap_or("marketing"),
        }
    }

    fn is_unanswered(&self, one: &Opportunity) -> bool {
        let clocks = clocks(self.world, &self.calendars, one, self.now_ms);
        is_overdue(&clocks, ClockKind::Accept)
    }

    fn line(&self, one: &Opportunity) -> Option<Item> {
        let is_customer = self.world.rules.is_won(&one.stage) && &*one.stage != "churned";
        // What was won is for service, whoever of sales still has it.
        let to_onboard = &*one.stage == "won" && matches!(self.team, "service");
        if !self.is_mine(one) && !to_onboard {
            return None;
        }
        let clocks = clocks(self.world, &self.calendars, one, self.now_ms);
        let (what, why) = match is_customer {
            true => self.of_customer(one, &clocks)?,
            false if !wants_care(self.world, &self.calendars, one, self.now_ms) => return None,
            false => self.of_open(one, &clocks),
        };
        let clock = self.clock_for(what, &clocks);
        let when = self.when(what, clock.as_ref());
        Some(Item { record: one.key, opportunity: Some(one.key), what, why, clock, when })
    }

    /// What is to be done about a customer; `None`: nothing that calls for anybody.
    fn of_customer(&self, one: &Opportunity, clocks: &[Clock]) -> Option<(What, Vec<Remark>)> {
        if &*one.stage == "won" {
            return Some((What::Onboard, vec![TO_ONBOARD.say()]));
        }
        let due = |kind| clocks.iter().find(|clock| clock.kind == kind && clock.left_ms <= 0);
        if due(ClockKind::Renewal).is_some() {
            let day = one.renewal_on.map(|day| day.to_string()).unwrap_or_default();
            return Some((What::Renew, vec![TO_RENEW.say().text("day", &day)]));
        }
        if one.next_step_date.is_some() {
            return Some((What::NextStep, vec![STEP.of(&one.next_step)]));
        }
        due(ClockKind::Rest).map(|_| (What::Rest, vec![RESTS.say().text("stage", &one.stage)]))
    }

    fn of_open(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Vec<Remark>) {
        if settlement(self.world, one, self.now_ms).is_some() {
            let owners = one.claims.iter().filter_map(|claim| self.world.members.get(claim.owner?));
            let mut names: Vec<&str> = owners.map(|member| &*member.facts.name).collect();
            names.sort_unstable();
            names.dedup();
            return (What::Settle, vec![TWO_CLAIMS.say().list("members", names)]);
        }
        if let Some(offered) = one.offered_to {
            return self.of_offered(one, offered, clocks);
        }
        let mut why = Vec::new();
        if one.owner.is_none() {
            why.push(UNOWNED.say());
        }
        let phase = self.world.rules.phase(&one.stage);
        let (what, remark) = match phase {
            Phase::Sales => self.of_deal(one, clocks),
            _ => self.of_lead(one, clocks),
        };
        why.push(remark);
        if nurture_is_paused(self.world, one) {
            why.push(PAUSED.say());
        }
        (what, why)
    }

    fn of_offered(&self, one: &Opportunity, offered: Key, clocks: &[Clock]) -> (What, Vec<Remark>) {
        let name = |key: Option<Key>| {
            let member = key.and_then(|key| self.world.members.get(key));
            member.map_or_else(String::new, |member| member.facts.name.to_string())
        };
        if offered == self.member {
            let decisions = self.world.decisions_of(one.key);
            let by = decisions.iter().rev().find(|one| one.kind == DecisionKind::Offer).and_then(|one| one.by);
            return (What::Accept, vec![OFFERED.say().text("member", &name(by))]);
        }
        match is_overdue(clocks, ClockKind::Accept) {
            true => (What::Reroute, vec![UNANSWERED.say().text("member", &name(Some(offered)))]),
            false => (What::Later, vec![LOOKED_AFTER.say()]),
        }
    }

    fn of_deal(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Remark) {
        let touch = clocks.iter().find(|clock| clock.kind == ClockKind::FirstTouch);
        if touch.is_some_and(|clock| clock.state != ClockState::Met) {
            return (What::FirstTouch, TOUCH.say());
        }
        if one.next_step.is_empty() || one.next_step_date.is_none() {
            return (What::Plan, NO_STEP.say());
        }
        self.of_step(one, clocks)
    }

    /// What has a next step: that, or what calls before it.
    fn of_step(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Remark) {
        if is_overdue(clocks, ClockKind::Rest) && !is_overdue(clocks, ClockKind::NextStep) {
            return (What::Rest, RESTS.say().text("stage", &one.stage));
        }
        (What::NextStep, STEP.of(&one.next_step))
    }

    fn of_lead(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Remark) {
        if is_back(self.world, &self.calendars, one, self.now_ms) {
            return (What::ComeBack, BACK.say());
        }
        let decisions = self.world.decisions_of(one.key);
        let returned = decisions.last().filter(|last| last.kind == DecisionKind::Return);
        let gate = gate(self.world, one, self.now_ms);
        if gate.passes && returned.is_none() {
            return (What::Offer, PASSES.say().number("score", gate.score as usize));
        }
        let planned = !one.next_step.is_empty() && one.next_step_date.is_some();
        if let Some(returned) = returned
            && !planned
        {
            let by = returned.by.and_then(|key| self.world.members.get(key));
            let say = GIVEN_BACK.of(&returned.evidence);
            return (What::Returned, say.text("member", by.map_or("", |member| &member.facts.name)));
        }
        if planned {
            return self.of_step(one, clocks);
        }
        let question = gate.next.and_then(|n| self.world.rules.criteria.get(n));
        match question {
            Some(criterion) => {
                let say = ASK.say().number("score", gate.score as usize).text("question", &criterion.question);
                (What::Qualify, say.text("question_key", &criterion.default_key))
            }
            None => (What::Plan, NO_STEP.say()),
        }
    }

    /// The clock that belongs to what is to be done, else the loudest.
    fn clock_for(&self, what: What, clocks: &[Clock]) -> Option<Clock> {
        let kind = match what {
            What::Accept | What::Reroute => ClockKind::Accept,
            What::FirstTouch => ClockKind::FirstTouch,
            What::NextStep => ClockKind::NextStep,
            What::ComeBack => ClockKind::ComeBack,
            What::Renew => ClockKind::Renewal,
            _ => return most_urgent(clocks).cloned(),
        };
        clocks.iter().find(|clock| clock.kind == kind).cloned()
    }

    fn when(&self, what: What, clock: Option<&Clock>) -> When {
        let at_once = matches!(
            what,
            What::Settle
                | What::Reroute
                | What::Plan
                | What::Onboard
                | What::Offer
                | What::Returned
                | What::ComeBack
                | What::Renew
        );
        let by_clock = match clock {
            Some(clock) if clock.state == ClockState::Overdue && what != What::ComeBack && what != What::Renew => {
                When::Overdue
            }
            Some(clock) if clock.due_ms <= self.day_end_ms || clock.state == ClockState::DueSoon => When::Today,
            Some(clock) if clock.due_ms <= self.now_ms.saturating_add(days_ms(SOON_DAYS)) => When::Soon,
            _ => When::Later,
        };
        if at_once { by_clock.min(When::Today) } else { by_clock }
    }

    /// A task of the member's that is not done.
    fn task(&self, task: &Task) -> Option<Item> {
        if task.owner != Some(self.member) || task.done_on.is_some() || &*task.kind == "risk" {
            return None;
        }
        let opportunity = task.opportunity.and_then(|key| self.world.opportunities.get(key));
        let why = match opportunity {
            Some(one) => TASK_DUE.say().text("opportunity", &one.name),
            None => TASK_ALONE.say(),
        };
        let clock = crate::clocks::task(&self.calendars, task, self.now_ms);
        let when = self.when(What::Task, clock.as_ref());
        let opportunity = task.opportunity;
        Some(Item { record: task.key, opportunity, what: What::Task, why: vec![why], clock, when })
    }
}

/// Days that are soon.
const SOON_DAYS: i64 = 3;
