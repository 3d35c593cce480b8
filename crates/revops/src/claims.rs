//! Leads that two members took without knowledge of each other, and what is proposed.

use std::collections::BTreeMap;

use tandem_context::Remark;

use crate::World;
use crate::facts::{DecisionKind, Key, Opportunity};
use crate::routing::route;

pub mod sentences {
    //! What is said of claims.

    tandem_context::sentences! {
        FIRST_BY_TIME = "claim_first", "{member} took it first";
        FIRST_BY_RANK = "claim_rank", "Both took it at once; {member} comes first in the routing";
    }
}

use sentences::*;

/// A claim among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// Who would own it.
    pub owner: Key,
    /// When it was claimed, in milliseconds since 1970.
    pub at_ms: i64,
    /// Place in the routing, 1 is best; `None`: not in the pool.
    pub rank: Option<u32>,
}

/// What is proposed where several have a lead.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The claims, the one that should win first.
    pub claims: Vec<Contender>,
    /// Why that one.
    pub why: Remark,
}

/// What is proposed for an opportunity whose owner was written without knowledge of another; `None` where there is one truth.
/// The first by time gets it; of claims within the same minute (clocks of laptops differ by more than seconds), the one that
/// routing ranks higher; then the one with the smaller id.
pub fn settlement(world: &World, opportunity: &Opportunity, now_ms: i64) -> Option<Settlement> {
    let mut earliest: BTreeMap<&str, (Key, i64)> = BTreeMap::new();
    for claim in &opportunity.claims {
        let Some(owner) = claim.owner else { continue };
        let at_ms = claimed_ms(world, opportunity, owner).unwrap_or(claim.at_ms);
        let entry = earliest.entry(world.id(owner)).or_insert((owner, at_ms));
        entry.1 = entry.1.min(at_ms);
    }
    if earliest.len() < 2 {
        return None;
    }
    let ranking = route(world, opportunity, now_ms).candidates;
    let rank = |owner: Key| {
        let place = ranking.iter().position(|one| one.member == owner)?;
        u32::try_from(place + 1).ok()
    };
    let mut claims: Vec<Contender> =
        earliest.into_values().map(|(owner, at_ms)| Contender { owner, at_ms, rank: rank(owner) }).collect();
    claims.sort_by_key(|one| (one.at_ms / MINUTE_MS, one.rank.unwrap_or(u32::MAX), world.id(one.owner)));
    let [first, second, ..] = claims.as_slice() else { return None };
    let at_once = first.at_ms / MINUTE_MS == second.at_ms / MINUTE_MS;
    let name = world.members.get(first.owner).map_or("", |member| &member.facts.name);
    let why = if at_once { FIRST_BY_RANK } else { FIRST_BY_TIME }.say().text("member", name);
    Some(Settlement { claims, why })
}

const MINUTE_MS: i64 = 60_000;

/// When a member decided to take it: their last acceptance or claim.
fn claimed_ms(world: &World, opportunity: &Opportunity, owner: Key) -> Option<i64> {
    let taken = world.decisions.of(opportunity.key).filter(|one| {
        matches!(one.kind, DecisionKind::Accept | DecisionKind::Claim) && one.member.or(one.by) == Some(owner)
    });
    taken.map(|one| one.at_ms).max()
}
