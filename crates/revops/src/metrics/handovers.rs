//! Every time a lead came into sales' hands.

use super::decided::is_past_marketing;
use crate::World;
use crate::clocks::is_of;
use crate::facts::{Decision, DecisionKind, Key, Opportunity};
use crate::gate::GATE;
use crate::rules::{Phase, Rules};

/// What is written within so many milliseconds of a handover is part of it: a decision and the move that goes with it are one
/// action, but bear two times.
const TOGETHER_MS: i64 = 60_000;

/// A lead that came into sales' hands: from its offer, claim, acceptance or move to sales, whichever came first (or from its
/// making, where that was in sales' part of the process past the gate), until it was given back, the offer was withdrawn, it was
/// moved back to marketing, or it left marketing while it was offered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handover<'a> {
    pub(crate) opportunity: &'a Opportunity,
    /// When it began, in milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Sales gave it back.
    pub(crate) returned: bool,
    /// Nobody of sales has it by this any more.
    ended: bool,
    /// A rule held it back, and was overridden.
    pub(crate) overridden: bool,
}

/// What begins or ends a handover, in the order in which it counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Returned,
    Ended,
    Begun,
}

/// Every handover of a world, in no order.
pub(crate) fn handovers(world: &World) -> Vec<Handover<'_>> {
    let mut all = Vec::new();
    for opportunity in world.opportunities.iter() {
        of_one(world, opportunity, &mut all);
    }
    all
}

fn of_one<'a>(world: &'a World, opportunity: &'a Opportunity, all: &mut Vec<Handover<'a>>) {
    let decisions = world.decisions_of(opportunity.key);
    let decided = decisions.iter().filter_map(|one| Some((one.at_ms, event_of(world, one)?)));
    let is_born = |one: &&&Decision| is_let_in(&world.rules, opportunity, one);
    let born = decisions.iter().find(is_born).and(opportunity.moves.first()).map(|made| (made.at_ms, Event::Begun));
    let mut events: Vec<(i64, Event)> = decided.chain(moves(&world.rules, opportunity)).chain(born).collect();
    events.sort_unstable();
    let first = all.len();
    for (at_ms, event) in events {
        let last = all.get_mut(first..).and_then(|own| own.last_mut());
        match (event, last) {
            (Event::Begun, Some(last)) if !last.ended => {}
            (Event::Begun, _) => {
                all.push(Handover { opportunity, at_ms, returned: false, ended: false, overridden: false });
            }
            (Event::Ended, Some(last)) => last.ended = true,
            (Event::Returned, Some(last)) => (last.ended, last.returned) = (true, true),
            // It was never handed over on record: made in sales' part of the process.
            (Event::Ended | Event::Returned, None) => {}
        }
    }
    // An override belongs to the handover that was under way, or began with it.
    for one in decisions.iter().filter(|one| overrides(&world.rules, opportunity, one)) {
        let begun = |handover: &&mut Handover<'_>| handover.at_ms <= one.at_ms.saturating_add(TOGETHER_MS);
        let own = all.get_mut(first..).unwrap_or_default();
        own.iter_mut().rfind(begun).into_iter().for_each(|handover| handover.overridden = true);
    }
}

fn event_of(world: &World, decision: &Decision) -> Option<Event> {
    let by_sales = || decision.member.is_some_and(|member: Key| is_of(world, member, "sales"));
    match decision.kind {
        DecisionKind::Offer | DecisionKind::Accept => Some(Event::Begun),
        DecisionKind::Claim => by_sales().then_some(Event::Begun),
        DecisionKind::Return => Some(Event::Returned),
        DecisionKind::Withdraw => Some(Event::Ended),
        DecisionKind::Override => None,
    }
}

/// The moves into sales' hands and out of them. Where an opportunity was made is no move.
fn moves<'a>(rules: &'a Rules, opportunity: &'a Opportunity) -> impl Iterator<Item = (i64, Event)> + 'a {
    let steps = opportunity.moves.iter().zip(opportunity.moves.iter().skip(1));
    steps.filter_map(|(before, step)| {
        let was_marketing = !is_past_marketing(rules, &before.stage);
        let is_marketing = !is_past_marketing(rules, &step.stage);
        let leaves = rules.phase(&before.stage) == Phase::Marketing && rules.phase(&step.stage) == Phase::Exit;
        match (was_marketing, is_marketing) {
            (true, false) if rules.phase(&step.stage) == Phase::Sales => Some((step.at_ms, Event::Begun)),
            // A deal that was lost and is taken up again is the same handover.
            (false, true) => Some((step.at_ms, Event::Ended)),
            _ => leaves.then_some((step.at_ms, Event::Ended)),
        }
    })
}

/// Whether a decision overrode what held back a handover: the gate, for an offer, or a rule of the stage of sales that the lead
/// came to; a rule of one of marketing's stages is none of its business, and what is overridden later within sales neither.
fn overrides(rules: &Rules, opportunity: &Opportunity, decision: &Decision) -> bool {
    let steps = opportunity.moves.iter().zip(opportunity.moves.iter().skip(1));
    let mut came = steps.filter(|(before, _)| !matches!(rules.phase(&before.stage), Phase::Sales | Phase::Service));
    decision.kind == DecisionKind::Override
        && match rules.phase(&decision.stage) {
            Phase::Sales => {
                is_let_in(rules, opportunity, decision)
                    || came.any(|(_, step)| step.stage == decision.stage && together(step.at_ms, decision.at_ms))
            }
            _ => is_of_gate(decision),
        }
}

/// Whether the gate was overridden to make an opportunity in sales' part of the process.
fn is_let_in(rules: &Rules, opportunity: &Opportunity, decision: &Decision) -> bool {
    let made = opportunity.moves.first().filter(|made| rules.phase(&made.stage) == Phase::Sales);
    decision.kind == DecisionKind::Override
        && is_of_gate(decision)
        && made.is_some_and(|made| made.stage == decision.stage && together(made.at_ms, decision.at_ms))
}

fn is_of_gate(decision: &Decision) -> bool {
    decision.rules.iter().any(|rule| &**rule == GATE)
}

/// Whether two moments are those of one action.
fn together(one_ms: i64, other_ms: i64) -> bool {
    one_ms.abs_diff(other_ms) <= TOGETHER_MS.unsigned_abs()
}
