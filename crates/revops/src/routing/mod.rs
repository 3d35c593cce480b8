//! Who should get a lead.
//!
//! The first rule that holds names a pool. Of the pool, those who may get it come first; among them the account's present
//! owner; then by track record on similar customers; then by room left (open offers take room too); then by a rendezvous hash
//! of lead and member, so that two devices that know nothing of each other choose the same.
//!
//! Track record = (Σ sᵢ·wonᵢ + k·team) ⁄ (Σ sᵢ + k): the win rate over a member's decided opportunities, each weighted by its
//! similarity sᵢ, shrunk to the team's rate with a prior as strong as k opportunities (the mean of a beta-binomial posterior;
//! Gelman et al., Bayesian Data Analysis, §2.4). Few decided ones say little, many say much.

mod eligible;
mod language;
pub mod sentences;
#[cfg(test)]
mod tests;
mod tracks;

use std::cmp::Reverse;

pub use tracks::Tracks;

use tandem_context::Remark;

use crate::Verdict;
use crate::World;
use crate::facts::{Key, Member, Opportunity};
use crate::gate::gate;
use crate::rules::{RoutingRule, Rules, Subject, holds};
use eligible::Eligibility;
use sentences::*;
use tracks::Record;

/// Similar customers that are shown for a member.
const SIMILAR_SHOWN: usize = 5;
/// Less alike than this says nothing about a customer, in hundredths.
const SIMILAR_MIN: u32 = 25;

/// Who should get a lead, and why.
#[derive(Debug, Clone)]
pub struct Route {
    /// The rule that named the pool; `None`: none held, so all of sales.
    pub rule: Option<Key>,
    /// The pool, best first; those who may not get it last.
    pub candidates: Vec<Candidate>,
    /// Whom it goes to.
    pub chosen: Option<Key>,
}

/// A member of the pool.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub member: Key,
    /// They may get it.
    pub eligible: bool,
    /// Why, or why not.
    pub reasons: Vec<Remark>,
    /// Their shrunk win rate in thousandths.
    pub rate: u32,
    /// Of their decided opportunities, how many were won.
    pub won: u32,
    /// How many were decided.
    pub closed: u32,
    /// Sum of similarities, in hundredths.
    pub weight: u64,
    /// Leads and deals they have now, and those offered to them.
    pub open: u32,
    /// How many they take.
    pub capacity: Option<u32>,
    /// The most similar customers.
    pub similar: Vec<Similar>,
}

/// A decided opportunity that is like the one asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Which.
    pub opportunity: Key,
    /// In hundredths.
    pub similarity: u32,
    /// Won, or lost.
    pub won: bool,
}

/// Ranks the pool for a lead. Whoever asks for several gathers [`Tracks`] once.
pub fn route(world: &World, lead: &Opportunity, now_ms: i64) -> Route {
    Tracks::of_world(world).route(lead, now_ms)
}

impl Tracks<'_> {
    /// Ranks the pool for a lead.
    pub fn route(&self, lead: &Opportunity, now_ms: i64) -> Route {
        let world = self.world();
        let rule = rule_for(world, lead, now_ms);
        let pool = pool(world, rule);
        let records = self.records(lead);
        let (won, closed) = pool
            .iter()
            .filter_map(|member| records.get(&member.key))
            .fold((0, 0), |(won, closed), one| (won + u64::from(one.won), closed + u64::from(one.closed)));
        // Nobody has decided anything: as likely as not.
        let team = (1_000 * won + closed / 2).checked_div(closed).unwrap_or(500);
        let eligibility = Eligibility::of(world, lead, &pool, now_ms);
        let none = Record::default();
        let mut candidates: Vec<Candidate> = Vec::with_capacity(pool.len());
        for member in &pool {
            let record = records.get(&member.key).unwrap_or(&none);
            let open = self.open(member.key, lead);
            candidates.push(candidate(world, (member, open), record, team, &eligibility));
        }
        let owner = eligibility.account_owner();
        let id = world.id(lead.key);
        candidates.sort_by_cached_key(|one| {
            let room = one
                .capacity
                .map_or(u64::MAX, |most| u64::from(most.saturating_sub(one.open)) * 1_000 / u64::from(most.max(1)));
            let member = world.id(one.member);
            let first = (Reverse(one.eligible), Reverse(owner == Some(one.member)), Reverse(one.rate), Reverse(room));
            (first, Reverse(rendezvous(id, member)), member.to_owned())
        });
        let chosen = candidates.first().filter(|one| one.eligible).map(|one| one.member);
        Route { rule: rule.map(|rule| rule.key), candidates, chosen }
    }
}

/// A member's place for a lead by chance that is the same everywhere: the highest gets it. Another member joining or leaving
/// moves only the leads that one wins (Thaler and Ravishankar, Rendezvous hashing, 1996).
pub fn rendezvous(lead: &str, member: &str) -> u64 {
    let hash = blake3::hash(format!("{lead}\n{member}").as_bytes());
    let first: [u8; 8] = hash.as_bytes().first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}

fn rule_for<'a>(world: &'a World, lead: &Opportunity, now_ms: i64) -> Option<&'a RoutingRule> {
    let passes = || gate(world, lead, now_ms).passes;
    world.rules.routing.get(rule_under(&world.rules, Subject::now(world, lead), now_ms, &passes)?)
}

/// The place of the first routing rule of `rules` that holds for a lead; `passes` says whether it passes the gate.
pub(crate) fn rule_under(rules: &Rules, lead: Subject<'_>, at_ms: i64, passes: &dyn Fn() -> bool) -> Option<usize> {
    rules.routing.iter().position(|rule| holds(lead, &rule.when, at_ms, passes).verdict == Verdict::Yes)
}

/// The members a rule names, by id.
fn pool<'a>(world: &'a World, rule: Option<&RoutingRule>) -> Vec<&'a Member> {
    let is_in = |member: &Member| match rule {
        None => &*member.facts.team == "sales",
        Some(rule) if !rule.members.is_empty() => rule.members.contains(&member.key),
        Some(rule) => {
            let team = if rule.team.is_empty() { "sales" } else { &*rule.team };
            let in_region = rule.region.is_empty() || member.facts.region.eq_ignore_ascii_case(&rule.region);
            &*member.facts.team == team && in_region
        }
    };
    let mut pool: Vec<&Member> = world.members.iter().filter(|member| is_in(member)).collect();
    pool.sort_by_key(|member| world.id(member.key));
    pool
}

impl Record {
    /// The win rate on similar customers in thousandths, shrunk to the team's rate (also in thousandths).
    fn rate(&self, team: u64, prior_strength: u64) -> u32 {
        // Similarities are hundredths: so many hundredths is one whole opportunity.
        let (k, weight) = (prior_strength * 100, self.weight);
        if weight + k == 0 {
            return u32::try_from(team).unwrap_or(0);
        }
        let rate = (1_000 * self.weight_won + k * team + (weight + k) / 2) / (weight + k);
        u32::try_from(rate).unwrap_or(1_000)
    }
}

fn candidate(
    world: &World,
    (member, open): (&Member, u32),
    record: &Record,
    team: u64,
    eligibility: &Eligibility<'_>,
) -> Candidate {
    let prior = u64::try_from(world.rules.policy.prior_strength).unwrap_or(0);
    let rate = record.rate(team, prior);
    let capacity = member.facts.capacity.map(|most| u32::try_from(most.max(0)).unwrap_or(u32::MAX));
    let against = eligibility.against(member, open, capacity);
    let eligible = against.is_empty();
    let mut reasons = against;
    if eligibility.account_owner() == Some(member.key) {
        reasons.push(OWNS_ACCOUNT.say().text("account", eligibility.account_name()));
    }
    let percent = |thousandths: u64| usize::try_from((thousandths + 5) / 10).unwrap_or(0);
    reasons.push(if record.closed == 0 {
        NO_RECORD.say().number("team", percent(team))
    } else {
        let say = RECORD.say().number("won", record.won as usize).number("closed", record.closed as usize);
        say.number("rate", percent(u64::from(rate))).number("team", percent(team))
    });
    if eligible {
        reasons.push(match capacity {
            Some(most) => ROOM.say().number("count", most.saturating_sub(open) as usize),
            None => ROOM_UNLIMITED.say().number("count", open as usize),
        });
    }
    Candidate {
        member: member.key,
        eligible,
        reasons,
        rate,
        won: record.won,
        closed: record.closed,
        weight: record.weight,
        open,
        capacity,
        similar: record.similar.clone(),
    }
}
