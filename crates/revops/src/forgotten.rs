//! What nobody looks after: open opportunities without an owner, a next step or a date, with an overdue step, or resting for
//! too long.

use std::cell::OnceCell;

use chrono::NaiveDate;
use tandem_context::Remark;

use crate::World;
use crate::calendar::Calendars;
use crate::clocks::{ClockKind, ClockState, clocks};
use crate::facts::{Key, Opportunity};
use crate::warnings::nurture_is_paused;

pub mod sentences {
    //! What is said of what is forgotten.

    tandem_context::sentences! {
        NO_OWNER = "forgotten_no_owner", "Nobody has it";
        OWNER_GONE = "forgotten_owner_gone", "{member} has it and is no longer active";
        NO_STEP = "forgotten_no_step", "No next step";
        NO_DATE = "forgotten_no_date", "No date for the next step";
        STEP_OVERDUE = "forgotten_step_overdue", "The next step is {days} days overdue";
        RESTS = "forgotten_rests", "In {stage} for {days} days; {most} are usual";
        OFFER_OVERDUE = "forgotten_offer_overdue", "{member} has not answered the offer";
        OFFER_GONE = "forgotten_offer_gone", "Offered to {member}, who is no longer active";
        TWIN = "forgotten_twin", "“{text}” renews the same contract; one of the two is too many";
        TOO_LONG_BACK = "forgotten_back", "Came back from nurture {days} days ago";
    }
}

use sentences::*;

const DAY_MS: i64 = 86_400_000;

/// The kinds of records, beside the rules, that decide what is forgotten: a world that has no others forgets the same.
pub const KINDS: &[&str] = &["opportunity", "member", "absence", "decision"];

/// A forgotten opportunity.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// Which.
    pub opportunity: Key,
    /// What is wrong.
    pub why: Vec<Remark>,
    /// Since when, in milliseconds since 1970.
    pub since_ms: i64,
}

/// Whether somebody has to look after an opportunity: it is open, or its time in nurture is over.
pub fn wants_care(world: &World, calendars: &Calendars<'_>, opportunity: &Opportunity, now_ms: i64) -> bool {
    world.rules.is_open(&opportunity.stage) || crate::clocks::is_back(world, calendars, opportunity, now_ms)
}

/// What is wrong with an opportunity; `None` where it is looked after, or need not be.
pub fn forgotten(
    world: &World,
    calendars: &Calendars<'_>,
    opportunity: &Opportunity,
    now_ms: i64,
) -> Option<Forgotten> {
    if !wants_care(world, calendars, opportunity, now_ms) {
        return None;
    }
    let mut why = Vec::new();
    let stage_since = world.stage_since(opportunity);
    let mut since_ms = i64::MAX;
    let mut say = |remark: Remark, since: i64| {
        why.push(remark);
        since_ms = since_ms.min(since);
    };
    let owner = opportunity.owner.map(|key| (key, world.members.get(key)));
    match owner {
        None | Some((_, None)) => say(NO_OWNER.say(), stage_since),
        Some((_, Some(member))) if !member.facts.active => {
            say(OWNER_GONE.say().text("member", &member.facts.name), stage_since);
        }
        Some(_) => {}
    }
    // Whoever is asked to take a lead need not have planned it; whoever is gone will not answer.
    let offered = world.offered_to(opportunity);
    let is_offered = offered.is_some_and(|member| world.active(member).is_some());
    if offered.is_some() && !is_offered {
        let member = offered.and_then(|key| world.members.get(key)).map_or("", |one| &one.facts.name);
        say(OFFER_GONE.say().text("member", member), opportunity.offered_ms.unwrap_or(stage_since));
    }
    if opportunity.next_step.is_empty() && !is_offered {
        say(NO_STEP.say(), stage_since);
    } else if opportunity.next_step_date.is_none() && !is_offered {
        say(NO_DATE.say(), stage_since);
    }
    if let Some(first) = renewed_by(world, opportunity) {
        say(TWIN.of(&first.name), opportunity.created_ms);
    }
    // What rests because somebody else has a turn is not late.
    let rests = OnceCell::new();
    let is_resting = || is_offered || *rests.get_or_init(|| nurture_is_paused(world, opportunity));
    let today = calendars.of(None).local_day(now_ms);
    for clock in clocks(world, calendars, opportunity, now_ms) {
        if clock.state != ClockState::Overdue {
            continue;
        }
        // By the calendar, as a day is told everywhere: what was due yesterday is a day late from midnight on.
        let since =
            |day: Option<NaiveDate>| day.map_or(0, |day| usize::try_from((today - day).num_days()).unwrap_or(0));
        match clock.kind {
            ClockKind::NextStep | ClockKind::Rest | ClockKind::ComeBack if is_resting() => {}
            ClockKind::NextStep => {
                let days = since(opportunity.next_step_date).max(1);
                say(STEP_OVERDUE.say().number("days", days), clock.due_ms);
            }
            ClockKind::Rest => {
                let most = world.rules.stage(&opportunity.stage).and_then(|stage| stage.rest_days).unwrap_or(0);
                let rests = usize::try_from((now_ms - stage_since) / DAY_MS).unwrap_or(0);
                let stage = world.rules.stage_name(&opportunity.stage);
                let say_of = RESTS.say().stage(stage, &opportunity.stage).number("days", rests);
                say(say_of.number("most", usize::try_from(most).unwrap_or(0)), clock.due_ms);
            }
            ClockKind::Accept if is_offered => {
                let member = offered.and_then(|key| world.members.get(key));
                say(OFFER_OVERDUE.say().text("member", member.map_or("", |one| &one.facts.name)), clock.due_ms);
            }
            ClockKind::ComeBack => {
                say(TOO_LONG_BACK.say().number("days", since(opportunity.return_on)), clock.due_ms);
            }
            _ => {}
        }
    }
    (!why.is_empty()).then_some(Forgotten { opportunity: opportunity.key, why, since_ms })
}

/// The renewal of the same customer that was begun before this one and is open too. Two devices that begin one without knowledge
/// of each other make two.
fn renewed_by<'a>(world: &'a World, opportunity: &Opportunity) -> Option<&'a Opportunity> {
    let customer = opportunity.parent.filter(|_| &*opportunity.purchase == "renewal")?;
    let first = world.open_renewals(customer).min_by_key(|one| (one.created_ms, world.id(one.key)))?;
    (world.rules.is_open(&opportunity.stage) && first.key != opportunity.key).then_some(first)
}

/// Everything that is forgotten, longest first; and how many opportunities want care.
pub fn all(world: &World, now_ms: i64) -> (Vec<Forgotten>, usize) {
    let calendars = Calendars::new(world);
    let mut open = 0;
    let mut found = Vec::new();
    for opportunity in world.opportunities.iter() {
        if wants_care(world, &calendars, opportunity, now_ms) {
            open += 1;
            found.extend(forgotten(world, &calendars, opportunity, now_ms));
        }
    }
    found.sort_by_key(|one| (one.since_ms, world.id(one.opportunity)));
    (found, open)
}
