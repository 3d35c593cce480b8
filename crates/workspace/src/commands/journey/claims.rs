//! Offers to sales and what sales answers: taken, given back, claimed, or the offer withdrawn.
//!
//! The opportunity is written before the decision: a change is called by the record it wrote first.

use tandem_context::{Edit, Sentence, Value};
use tandem_revops::facts::{DecisionKind, Key};
use tandem_revops::gate::{Rule, sentences::NURTURE_DAY_PAST};
use tandem_revops::rules::Phase;
use tandem_revops::{Verdict, clocks, gate, routing};

use super::moves::{LEAVING, Overridden, counted, refusal, sorts, words};
use super::qualify::{answered, check_evidence, criterion, rule};
use super::{Case, Decided, decide, is_of};
use crate::api::{AcceptLead, ApiError, OfferLead, ReturnLead, TakeLead};
use crate::engine::{Committed, Engine};
use crate::journey::parse_day;
use crate::sentences::{
    ALREADY_SALES, GATE_HOLDS, NO_SUCH_RECORD, NOBODY_TO_OFFER, NOT_OFFERED, NOT_OFFERED_TO_YOU, NOT_YOURS_TO_RETURN,
    OFFERED_ALREADY, OFFERED_OUTSIDE, OFFERED_TO_INACTIVE, OWNED_ALREADY,
};

/// The stage of a lead that sales has taken.
pub(super) const ACCEPTED: &str = "accepted";
/// The stage of a lead that sales gave back.
const RETURNED: &str = "engaged";
const NURTURE: &str = "nurture";
/// The stage of a lead that is offered.
const QUALIFIED: &str = "qualified";

/// Offers a lead to a member, by default as routed. A lead that the gate holds back needs a reason, which is counted.
pub(crate) fn offer(engine: &mut Engine, asked: &OfferLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let rules = &case.world.rules;
    if matches!(rules.phase(&opportunity.stage), Phase::Sales | Phase::Service) {
        return Err(ApiError::said("not_possible", &ALREADY_SALES.of(&opportunity.name)));
    }
    let gate = gate::gate(&case.world, opportunity, case.now_ms);
    // Who is asked next after one who did not answer is offered what was let through already.
    let is_passed_on = case.world.offered_to(opportunity).is_some() && gate::is_let_through(&case.world, opportunity);
    let passes = gate.passes || is_passed_on;
    let why = asked.override_reason.as_deref().map(str::trim).filter(|why| !why.is_empty());
    let stage = if rules.policy.routing_assigns { ACCEPTED } else { QUALIFIED };
    let held = held_back(&case, stage)?;
    if why.is_none() && !passes {
        // All that is overridden with a reason is said before.
        let missing = gate.missing.iter().chain(words(&held)).cloned();
        let remark = GATE_HOLDS.of(&opportunity.name).number("score", gate.score as usize).remarks("missing", missing);
        return Err(ApiError::said("rule_violated", &remark));
    }
    if why.is_none() && !held.is_empty() {
        return Err(refusal(&case, stage, &held)?);
    }
    let member = match &asked.member {
        Some(named) => offerable(&case, &member(&case, named)?)?,
        None => {
            let chosen = routing::route(&case.world, opportunity, case.now_ms).chosen;
            let chosen =
                chosen.ok_or_else(|| ApiError::said("not_possible", &NOBODY_TO_OFFER.of(&opportunity.name)))?;
            case.world.id(chosen).to_owned()
        }
    };
    let (mut edits, mut decisions) = (Vec::new(), Vec::new());
    let mut overridden = sorts(&held);
    if !passes {
        overridden.push(Rule::Gate.sort());
    }
    if !overridden.is_empty() {
        let decided = Decided {
            stage: Some(stage),
            evidence: why,
            rules: &overridden,
            score: Some(gate.score),
            ..Decided::default()
        };
        decisions.push(decide(engine, &case, DecisionKind::Override, &decided));
    }
    let decided = Decided { member: Some(&member), score: Some(gate.score), ..Decided::default() };
    decisions.push(decide(engine, &case, DecisionKind::Offer, &decided));
    if rules.phase(&opportunity.stage) == Phase::Exit {
        edits.extend(LEAVING.iter().map(|field| case.set(field, None)));
    }
    if rules.policy.routing_assigns {
        decisions.push(decide(engine, &case, DecisionKind::Accept, &decided));
        edits.extend(taken(&case, &member));
    } else {
        if &*opportunity.stage != QUALIFIED {
            edits.push(case.set("stage", Some(Value::text(QUALIFIED))));
        }
        edits.push(case.set("offered_to", Some(Value::text(&member))));
        edits.push(case.set("offered_at", Some(case.now())));
    }
    edits.extend(decisions);
    let note = engine.note("offer", why);
    engine.act(&edits, note)
}

/// Takes the lead that was offered to who writes here: its clock stops.
pub(crate) fn accept(engine: &mut Engine, asked: &AcceptLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let me = engine.me().to_owned();
    match case.world.offered_to(opportunity) {
        None => return Err(ApiError::said("not_possible", &NOT_OFFERED.of(&opportunity.name))),
        Some(other) if case.world.id(other) != me => {
            let remark = NOT_OFFERED_TO_YOU.of(&opportunity.name).text("member", &name(&case, other));
            return Err(ApiError::said("not_possible", &remark));
        }
        Some(_) => {}
    }
    // An offer was asked for at the gate; a lead that came by it otherwise is asked now.
    let held = gate::violations(&case.world, opportunity, ACCEPTED, case.now_ms);
    let why = Overridden::of(asked.override_reason.as_deref(), None).map(|overridden| overridden.why);
    let mut edits = taken(&case, &me);
    match why {
        _ if held.is_empty() => {}
        Some(why) => edits.push(counted(engine, &case, opportunity, (ACCEPTED, why), &held)),
        None => return Err(refusal(&case, ACCEPTED, &held)?),
    }
    let decided = Decided { member: Some(&me), evidence: asked.reason.as_deref(), ..Decided::default() };
    edits.push(decide(engine, &case, DecisionKind::Accept, &decided));
    let note = engine.note("accept", asked.reason.as_deref().or(why.filter(|_| !held.is_empty())));
    engine.act(&edits, note)
}

/// Takes a lead that nobody offered. One that no rule holds back comes to sales' first stage with it; another stays where it
/// stands, with its new owner.
pub(crate) fn claim(engine: &mut Engine, asked: &TakeLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let me = engine.me().to_owned();
    if let Some(owner) = opportunity.owner
        && case.world.id(owner) == me
    {
        return Err(ApiError::said("not_possible", &OWNED_ALREADY.of(&opportunity.name)));
    }
    let decided = Decided { member: Some(&me), evidence: asked.reason.as_deref(), ..Decided::default() };
    let mut edits = Vec::new();
    let is_lead = case.world.rules.phase(&opportunity.stage) == Phase::Marketing;
    let comes_to_sales = is_lead
        && is_of(&case.world, &me, "sales")
        && gate::gate(&case.world, opportunity, case.now_ms).passes
        && held_back(&case, ACCEPTED)?.is_empty();
    if comes_to_sales {
        edits.extend(taken(&case, &me));
    } else {
        edits.push(case.set("owner", Some(Value::text(&me))));
        edits.extend(offer_cleared(&case));
    }
    edits.push(decide(engine, &case, DecisionKind::Claim, &decided));
    let note = engine.note("claim", asked.reason.as_deref());
    engine.act(&edits, note)
}

/// Gives a lead back to marketing: with a reason from the list, in the rep's words, and the criterion that was wrong, whose
/// answer is now no. With a day it rests until then.
pub(crate) fn give_back(engine: &mut Engine, asked: &ReturnLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let me = engine.me().to_owned();
    let mine = |member: Option<Key>| member.is_some_and(|member| case.world.id(member) == me);
    let rules = &case.world.rules;
    // What is won is no lead any more.
    let in_sales = rules.phase(&opportunity.stage) == Phase::Sales && rules.is_open(&opportunity.stage);
    if !(mine(case.world.offered_to(opportunity)) || in_sales && mine(opportunity.owner)) {
        return Err(ApiError::said("not_possible", &NOT_YOURS_TO_RETURN.of(&opportunity.name)));
    }
    let evidence = asked.evidence.trim();
    check_evidence(evidence)?;
    let (reason, contradicted) = reason(&case, &asked.reason)?;
    let contradicted = match &asked.criterion {
        Some(named) if named.trim().is_empty() => None,
        Some(named) => Some(criterion(&case, named)?),
        None => contradicted,
    };
    let return_on = asked.return_on.as_deref().map(parse_day).transpose()?;
    if return_on.is_some_and(|day| day <= super::customers::today(&case)) {
        return Err(ApiError::said("invalid_value", &NURTURE_DAY_PAST.say()));
    }
    let decided = Decided {
        member: Some(&me),
        reason: Some(&reason),
        criterion: contradicted.as_deref(),
        evidence: Some(evidence),
        ..Decided::default()
    };
    let mut edits = Vec::new();
    let stage = if return_on.is_some() { NURTURE } else { RETURNED };
    edits.push(case.set("stage", Some(Value::text(stage))));
    if let Some(day) = return_on {
        edits.push(case.set("return_on", Some(Value::Text(day.to_string()))));
        edits.push(case.set("exit_reason", Some(Value::text("timing"))));
    }
    edits.push(case.set("owner", marketer(&case)?.map(Value::Text)));
    edits.extend(offer_cleared(&case));
    edits.push(decide(engine, &case, DecisionKind::Return, &decided));
    if let Some(criterion) = &contradicted {
        edits.push(answered(engine, &case, criterion, Verdict::No, evidence));
    }
    let note = engine.note("return", Some(evidence));
    engine.act(&edits, note)
}

/// Takes an offer back.
pub(crate) fn withdraw(engine: &mut Engine, asked: &TakeLead) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let opportunity = case.opportunity()?;
    let Some(member) = case.world.offered_to(opportunity) else {
        return Err(ApiError::said("not_possible", &NOT_OFFERED.of(&opportunity.name)));
    };
    let member = case.world.id(member).to_owned();
    let decided = Decided { member: Some(&member), evidence: asked.reason.as_deref(), ..Decided::default() };
    let mut edits = offer_cleared(&case).to_vec();
    edits.push(decide(engine, &case, DecisionKind::Withdraw, &decided));
    let note = engine.note("withdraw", asked.reason.as_deref());
    engine.act(&edits, note)
}

/// What the stage itself has against a lead that comes there; the gate is asked apart from it.
fn held_back(case: &Case, to: &str) -> Result<Vec<gate::Violation>, ApiError> {
    let opportunity = case.opportunity()?;
    let stage = case.world.rules.stage(to).filter(|_| &*opportunity.stage != to);
    Ok(stage.map(|stage| gate::entry(&case.world, opportunity, stage, case.now_ms)).unwrap_or_default())
}

/// The lead is a member's and in sales' first stage.
fn taken(case: &Case, member: &str) -> Vec<Edit> {
    let mut edits = vec![case.set("owner", Some(Value::text(member))), case.set("stage", Some(Value::text(ACCEPTED)))];
    edits.extend(offer_cleared(case));
    edits
}

/// No offer stands any more. What is empty already is not written.
fn offer_cleared(case: &Case) -> [Edit; 2] {
    [case.set("offered_to", None), case.set("offered_at", None)]
}

/// Who in marketing has it again: who offered it last, else who moved it last, else the campaign's owner; nobody where none of
/// them is in marketing still.
pub(super) fn marketer(case: &Case) -> Result<Option<String>, ApiError> {
    let opportunity = case.opportunity()?;
    let decisions = case.world.decisions_of(opportunity.key);
    let offered = decisions.iter().rev().filter(|decision| decision.kind == DecisionKind::Offer).find_map(|one| one.by);
    let moved = opportunity.moves.iter().rev().filter_map(|step| step.by);
    let campaign = opportunity.campaign.and_then(|key| case.world.campaigns.get(key)).and_then(|one| one.owner);
    let candidates = offered.into_iter().chain(moved).chain(campaign);
    let is_marketing = |key: &Key| is_active_of(case, *key, "marketing");
    Ok(candidates.into_iter().find(is_marketing).map(|key| case.world.id(key).to_owned()))
}

fn is_active_of(case: &Case, member: Key, team: &str) -> bool {
    case.world.active(member).is_some() && clocks::is_of(&case.world, member, team)
}

/// The id of a member to whom the lead may be offered: they are active, in sales or in the pool that it is routed to, and it is
/// not offered to them already.
fn offerable(case: &Case, id: &str) -> Result<String, ApiError> {
    let opportunity = case.opportunity()?;
    let refused = |sentence: Sentence, key: Key| {
        Err(ApiError::said("not_possible", &sentence.of(&opportunity.name).text("member", &name(case, key))))
    };
    let Some(key) = case.world.ids.find(id) else { return Err(crate::queries::not_found(id)) };
    if case.world.active(key).is_none() {
        return refused(OFFERED_TO_INACTIVE, key);
    }
    // One that came about by other means, past the gate, is made good.
    if case.world.offered_to(opportunity) == Some(key) && gate::is_let_through(&case.world, opportunity) {
        return refused(OFFERED_ALREADY, key);
    }
    let is_routed = || {
        let route = routing::route(&case.world, opportunity, case.now_ms);
        route.candidates.iter().any(|candidate| candidate.member == key)
    };
    if !clocks::is_of(&case.world, key, "sales") && !is_routed() {
        return refused(OFFERED_OUTSIDE, key);
    }
    Ok(id.to_owned())
}

fn name(case: &Case, member: Key) -> String {
    case.world.members.get(member).map_or_else(String::new, |member| member.facts.name.to_string())
}

/// The id of a member that was named by id or name.
fn member(case: &Case, named: &str) -> Result<String, ApiError> {
    let members = case.world.members.iter();
    let mut found: Vec<&str> = members
        .filter(|member| case.world.id(member.key) == named || member.facts.name.eq_ignore_ascii_case(named))
        .map(|member| case.world.id(member.key))
        .collect();
    found.sort_unstable();
    match found.as_slice() {
        [one] => Ok((*one).to_owned()),
        _ => Err(ApiError::said("not_found", &NO_SUCH_RECORD.of(named).text("kind", "member"))),
    }
}

/// The id of a reason that was named by id, key or name, and the criterion it contradicts.
fn reason(case: &Case, named: &str) -> Result<(String, Option<String>), ApiError> {
    let reasons = case.world.rules.reasons.iter().filter(|one| &*one.kind == "return" && one.active);
    let key = rule(case, "reason", named, reasons.map(|one| (one.key, &*one.default_key, &*one.name)))?;
    let criterion = case.world.rules.reason(key).and_then(|reason| reason.criterion);
    Ok((case.world.id(key).to_owned(), criterion.map(|key| case.world.id(key).to_owned())))
}
