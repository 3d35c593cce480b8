//! Today: what a member has to do, most urgent first.
//!
//! Every open opportunity stands in somebody's queue: of whom it is offered to, of its owner, or of everybody in the team of
//! its stage where nobody has it.

pub mod sentences;
#[cfg(test)]
mod tests;
mod what;

use std::cell::OnceCell;

use tandem_context::Remark;

pub use what::{What, When};

use crate::World;
use crate::calendar::{Calendars, days_ms};
use crate::claims::{is_contended, settle};
use crate::clocks::{Clock, ClockKind, ClockState, clocks, is_back, is_overdue, most_urgent};
use crate::facts::{DecisionKind, Key, Opportunity, Task};
use crate::forgotten::wants_care;
use crate::gate::gate;
use crate::returns::standing_return;
use crate::routing::Tracks;
use crate::rules::Phase;
use crate::warnings::nurture_is_paused;

use sentences::*;

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
    /// Who is proposed: to have a lead that several took, or to be offered one that was not answered.
    pub proposed: Option<Key>,
}

/// What is to be done about an opportunity.
struct ToDo {
    what: What,
    why: Vec<Remark>,
    proposed: Option<Key>,
}

impl ToDo {
    fn new(what: What, why: Remark) -> Self {
        Self { what, why: vec![why], proposed: None }
    }
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
    /// Gathered only where a line proposes somebody.
    tracks: OnceCell<Tracks<'a>>,
}

/// What a member has to do, most urgent first; the same on every device. Complete: what needs nothing today stands under
/// [`When::Later`].
pub fn queue(world: &World, member: Key, now_ms: i64) -> Vec<Item> {
    let calendars = Calendars::new(world);
    let calendar = calendars.of(Some(member));
    let day_end_ms = calendar.day_end_ms(calendar.local_day(now_ms));
    let team = world.members.get(member).map_or("", |member| &*member.facts.team);
    let moment = Moment { world, calendars, member, now_ms, team, day_end_ms, tracks: OnceCell::new() };
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
        if self.world.offered_to(one) == Some(self.member) || one.owner == Some(self.member) {
            return true;
        }
        // Somebody took it: whoever else did hears of it too.
        if one.claims.iter().any(|claim| claim.owner == Some(self.member)) {
            return true;
        }
        let is_unowned = self.is_unowned(one);
        let waits = self.world.offered_to(one).is_some_and(|member| self.world.active(member).is_some());
        let stalls = || self.offer_stalls(one);
        if self.team == "revenue" {
            return is_unowned || !one.claims.is_empty() || stalls();
        }
        // Whoever offered it hears that nobody answers, also where it is not theirs.
        if is_unowned && !waits && self.team_of(one) == self.team {
            return true;
        }
        self.world.offered_to(one).is_some() && self.offered_by(one) == Some(self.member) && stalls()
    }

    /// Whether nobody who is still there has it.
    fn is_unowned(&self, one: &Opportunity) -> bool {
        one.owner.is_none_or(|owner| self.world.active(owner).is_none())
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

    /// Whether an offer waits for somebody who does not answer in time, or who is gone.
    fn offer_stalls(&self, one: &Opportunity) -> bool {
        let Some(offered) = self.world.offered_to(one) else { return false };
        let clocks = || clocks(self.world, &self.calendars, one, self.now_ms);
        self.world.active(offered).is_none() || is_overdue(&clocks(), ClockKind::Accept)
    }

    fn offered_by(&self, one: &Opportunity) -> Option<Key> {
        let decisions = self.world.decisions_of(one.key);
        decisions.iter().rev().find(|decision| decision.kind == DecisionKind::Offer).and_then(|offer| offer.by)
    }

    fn line(&self, one: &Opportunity) -> Option<Item> {
        let is_customer = self.world.rules.is_won(&one.stage) && &*one.stage != "churned";
        // What was won is for service, whoever of sales still has it.
        let to_onboard = is_to_onboard(one) && matches!(self.team, "service");
        if !self.is_mine(one) && !to_onboard {
            return None;
        }
        let clocks = clocks(self.world, &self.calendars, one, self.now_ms);
        let ToDo { what, why, proposed } = match is_customer {
            true => self.of_contended(one).or_else(|| self.of_customer(one, &clocks))?,
            false if !wants_care(self.world, &self.calendars, one, self.now_ms) => return None,
            false => self.of_open(one, &clocks),
        };
        let clock = self.clock_for(what, &clocks);
        let when = self.when(what, clock.as_ref());
        Some(Item { record: one.key, opportunity: Some(one.key), what, why, clock, when, proposed })
    }

    /// What is to be done about a customer; `None`: nothing that calls for anybody.
    fn of_customer(&self, one: &Opportunity, clocks: &[Clock]) -> Option<ToDo> {
        if is_to_onboard(one) {
            return Some(ToDo::new(What::Onboard, TO_ONBOARD.say()));
        }
        let due = |kind| clocks.iter().find(|clock| clock.kind == kind && clock.left_ms <= 0);
        if due(ClockKind::Renewal).is_some() {
            let day = one.renewal_on.map(|day| day.to_string()).unwrap_or_default();
            let say = if self.world.renewal_is_lost(one) { RENEWAL_LOST } else { TO_RENEW };
            return Some(ToDo::new(What::Renew, say.say().text("day", &day)));
        }
        if one.next_step_date.is_some() {
            return Some(ToDo::new(What::NextStep, STEP.of(&one.next_step)));
        }
        due(ClockKind::Rest).map(|_| ToDo::new(What::Rest, self.rests(one)))
    }

    fn of_open(&self, one: &Opportunity, clocks: &[Clock]) -> ToDo {
        if let Some(settle) = self.of_contended(one) {
            return settle;
        }
        if let Some(offered) = self.world.offered_to(one) {
            return self.of_offered(one, offered);
        }
        let mut why = Vec::new();
        if self.is_unowned(one) {
            why.push(UNOWNED.say());
        }
        let (what, remark) = match self.world.rules.phase(&one.stage) {
            Phase::Sales => self.of_deal(one, clocks),
            _ => self.of_lead(one, clocks),
        };
        if !nurture_is_paused(self.world, one) {
            why.push(remark);
            return ToDo { what, why, proposed: None };
        }
        // What passes the gate or came back from sales is marketing's turn anyway, and what nobody has needs somebody; the rest
        // is nurture.
        let rests = !matches!(what, What::Offer | What::Returned) && !self.is_unowned(one);
        if !rests {
            why.push(remark);
        }
        why.push(PAUSED.say());
        ToDo { what: if rests { What::Later } else { what }, why, proposed: None }
    }

    fn tracks(&self) -> &Tracks<'_> {
        self.tracks.get_or_init(|| Tracks::of_world(self.world))
    }

    fn name(&self, member: Option<Key>) -> &str {
        member.and_then(|key| self.world.members.get(key)).map_or("", |member| &member.facts.name)
    }

    /// Several took it: who, and who should have it.
    fn of_contended(&self, one: &Opportunity) -> Option<ToDo> {
        let settlement = is_contended(one).then(|| settle(self.tracks(), one, self.now_ms)).flatten()?;
        let mut why = vec![settlement.why];
        if settlement.claims.len() > 1 {
            let mut names: Vec<&str> = settlement.claims.iter().map(|claim| self.name(Some(claim.owner))).collect();
            names.sort_unstable();
            why.insert(0, TWO_CLAIMS.say().list("members", names));
        }
        let proposed = settlement.claims.first().map(|claim| claim.owner);
        Some(ToDo { what: What::Settle, why, proposed })
    }

    fn of_offered(&self, one: &Opportunity, offered: Key) -> ToDo {
        if offered == self.member {
            return ToDo::new(What::Accept, OFFERED.say().text("member", self.name(self.offered_by(one))));
        }
        if !self.offer_stalls(one) {
            return ToDo::new(What::Later, LOOKED_AFTER.say());
        }
        let is_gone = self.world.active(offered).is_none();
        let said = if is_gone { OFFERED_TO_GONE } else { UNANSWERED };
        let mut why = vec![said.say().text("member", self.name(Some(offered)))];
        let route = self.tracks().route(one, self.now_ms);
        let next = route.candidates.into_iter().next().filter(|one| one.eligible);
        let proposed = next.as_ref().map(|next| next.member);
        match next {
            Some(next) => {
                why.push(NEXT_REP.say().text("member", self.name(proposed)));
                why.extend(next.reasons);
            }
            None => why.push(NO_NEXT_REP.say()),
        }
        ToDo { what: What::Reroute, why, proposed }
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

    fn rests(&self, one: &Opportunity) -> Remark {
        RESTS.say().stage(self.world.rules.stage_name(&one.stage), &one.stage)
    }

    /// What has a next step: that, or what calls before it.
    fn of_step(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Remark) {
        if is_overdue(clocks, ClockKind::Rest) && !is_overdue(clocks, ClockKind::NextStep) {
            return (What::Rest, self.rests(one));
        }
        (What::NextStep, STEP.of(&one.next_step))
    }

    fn of_lead(&self, one: &Opportunity, clocks: &[Clock]) -> (What, Remark) {
        if is_back(self.world, &self.calendars, one, self.now_ms) {
            return (What::ComeBack, BACK.say());
        }
        let returned = standing_return(self.world, one, self.now_ms);
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
            // Somebody else's turn: how long they have for it, if they have a time.
            What::Later => ClockKind::Accept,
            What::FirstTouch => ClockKind::FirstTouch,
            What::NextStep => ClockKind::NextStep,
            What::ComeBack => ClockKind::ComeBack,
            What::Renew => ClockKind::Renewal,
            _ => return most_urgent(clocks).cloned(),
        };
        clocks.iter().find(|clock| clock.kind == kind).cloned()
    }

    fn when(&self, what: What, clock: Option<&Clock>) -> When {
        if what == What::Later {
            return When::Later;
        }
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
        let is_mine = task.owner == Some(self.member) && task.done_on.is_none() && &*task.kind != "risk";
        if !is_mine || !self.world.counts(task) {
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
        Some(Item { record: task.key, opportunity, what: What::Task, why: vec![why], clock, when, proposed: None })
    }
}

/// Whether a customer's onboarding is to be begun. What renews a contract begins nothing anew.
fn is_to_onboard(one: &Opportunity) -> bool {
    &*one.stage == "won" && !(&*one.purchase == "renewal" && one.parent.is_some())
}

/// Days that are soon.
const SOON_DAYS: i64 = 3;
