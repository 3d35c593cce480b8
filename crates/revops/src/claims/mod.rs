//! Leads that two members took without knowledge of each other, and what is proposed.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use tandem_context::Remark;

use crate::World;
use crate::facts::{Claim, DecisionKind, Key, Opportunity};
use crate::routing::Tracks;

pub mod sentences {
    //! What is said of claims.

    tandem_context::sentences! {
        FIRST_BY_TIME = "claim_first", "{member} took it first";
        FIRST_BY_RANK = "claim_rank", "Both took it at once; {member} comes first in the routing";
        FIRST_BY_ID = "claim_lot", "Both took it at once and the routing knows neither; the lot falls on {member}";
        TOOK_IT = "claim_took", "{member} took it; to {other} it was only given back";
        ALONE = "claim_alone", "Of those who took it, only {member} still has it";
    }
}

use sentences::*;

/// What was taken within a minute of the first was taken at once: clocks of laptops differ by more than seconds.
const AT_ONCE_MS: i64 = 60_000;

/// A claim among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// Who would own it.
    pub owner: Key,
    /// When it was claimed, in milliseconds since 1970.
    pub at_ms: i64,
    /// Place in the routing, 1 is best; `None`: not in the pool.
    pub rank: Option<u32>,
    /// They did not take it: it came back to them as somebody else gave it back.
    pub given_back: bool,
}

/// What is proposed where several have a lead.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The claims that stand, the one that should win first; at least one.
    pub claims: Vec<Contender>,
    /// Why that one.
    pub why: Remark,
}

/// What is proposed for an opportunity whose owner was written without knowledge of another; `None` where there is one truth,
/// or where nobody is left who could have it.
///
/// Whoever gave it back or had the offer withdrawn since they took it, is not active or was set aside, has no claim any more.
/// Of the others the first by time gets it; of claims at once, the one that routing ranks higher; then the one with the
/// smaller id. To whom it was only given back comes after everybody who took it.
pub fn settlement(world: &World, opportunity: &Opportunity, now_ms: i64) -> Option<Settlement> {
    let contended = is_contended(opportunity);
    contended.then(|| settle(&Tracks::of_world(world), opportunity, now_ms)).flatten()
}

/// Whether several owners stand against each other.
pub fn is_contended(opportunity: &Opportunity) -> bool {
    let owners: BTreeSet<Option<Key>> = opportunity.claims.iter().map(|claim| claim.owner).collect();
    owners.len() > 1
}

/// The same as [`settlement`], for whoever asks for several.
pub fn settle(tracks: &Tracks<'_>, opportunity: &Opportunity, now_ms: i64) -> Option<Settlement> {
    if !is_contended(opportunity) {
        return None;
    }
    let world = tracks.world();
    let mut standing: BTreeMap<&str, Contender> = BTreeMap::new();
    for one in opportunity.claims.iter().filter_map(|claim| contender(world, opportunity, claim)) {
        let known = standing.entry(world.id(one.owner)).or_insert_with(|| one.clone());
        known.at_ms = known.at_ms.min(one.at_ms);
        known.given_back &= one.given_back;
    }
    let mut claims: Vec<Contender> = standing.into_values().collect();
    if claims.len() > 1 {
        let ranking = tracks.route(opportunity, now_ms).candidates;
        for one in &mut claims {
            let place = ranking.iter().position(|candidate| candidate.member == one.owner);
            one.rank = place.and_then(|place| u32::try_from(place + 1).ok());
        }
    }
    let took = claims.iter().filter(|one| !one.given_back).map(|one| one.at_ms).min();
    let first_ms = took.or_else(|| claims.iter().map(|one| one.at_ms).min())?;
    let later_ms = |one: &Contender| if is_at_once(one, first_ms) { first_ms } else { one.at_ms };
    claims.sort_by_key(|one| (one.given_back, later_ms(one), one.rank.unwrap_or(u32::MAX), world.id(one.owner)));
    let why = why(world, &claims, first_ms)?;
    Some(Settlement { claims, why })
}

fn is_at_once(one: &Contender, first_ms: i64) -> bool {
    one.at_ms.saturating_sub(first_ms) < AT_ONCE_MS
}

fn why(world: &World, claims: &[Contender], first_ms: i64) -> Option<Remark> {
    let name = |one: &Contender| world.members.get(one.owner).map_or("", |member| &member.facts.name);
    let (first, second) = (claims.first()?, claims.get(1));
    let sentence = match second {
        None => ALONE,
        Some(second) if first.given_back != second.given_back => TOOK_IT,
        Some(second) if !is_at_once(second, first_ms) => FIRST_BY_TIME,
        Some(_) if first.rank.is_none() => FIRST_BY_ID,
        Some(_) => FIRST_BY_RANK,
    };
    Some(sentence.say().text("member", name(first)).text("other", second.map_or("", name)))
}

/// Who contends by a claim, as long as it stands. The rank is filled in later.
fn contender(world: &World, opportunity: &Opportunity, claim: &Claim) -> Option<Contender> {
    let owner = claim.owner.filter(|owner| world.active(*owner).is_some())?;
    let decisions = world.decisions_of(opportunity.key);
    let of = |member: Key| decisions.iter().filter(move |one| one.member.or(one.by) == Some(member));
    let ends = |kind| matches!(kind, DecisionKind::Return | DecisionKind::Withdraw);
    let ended_ms = of(owner).filter(|one| ends(one.kind)).map(|one| one.at_ms).max();
    let since = |at_ms: &i64| ended_ms.is_none_or(|ended_ms| ended_ms < *at_ms);
    let takes = |kind| matches!(kind, DecisionKind::Accept | DecisionKind::Claim);
    let taken_ms = of(owner).filter(|one| takes(one.kind)).map(|one| one.at_ms).filter(since).max();
    let at_ms = taken_ms.or_else(|| Some(claim.at_ms).filter(since))?;
    let given_back = claim.by.filter(|by| *by != owner).is_some_and(|by| {
        let together = |at_ms: i64| at_ms.abs_diff(claim.at_ms) < AT_ONCE_MS.unsigned_abs();
        taken_ms.is_none() && of(by).any(|one| one.kind == DecisionKind::Return && together(one.at_ms))
    });
    Some(Contender { owner, at_ms, rank: None, given_back })
}
