//! The gate: whether a lead is ready for sales.
//!
//! Score = 100 · max(0, yes − ¼ · unknown) ⁄ all, in weights, rounded. Unknown counts against a lead, and more than an honest
//! no: in published B2B pipelines, deals whose budget or competitor stayed unknown were won in 14–25 % of cases, fewer than
//! those where the answer was a clear no. A quarter of the weight keeps one open question from drowning four answered ones.
//! Confidence = weight with an answer ⁄ all, in percent.
//!
//! An answer by hand stays fresh for whole days of the policy's time zone: one of any hour of 1 March that counts for 90 days
//! counts until the end of 30 May.

mod entry;
pub mod sentences;
#[cfg(test)]
mod tests;
mod verdicts;

pub(crate) use entry::GATE;
pub use entry::{Rule, Violation, entry, is_let_through, violations, violations_at_birth};
pub(crate) use verdicts::Verdicts;

use crate::calendar::{days_after, local_day, policy_zone};
use crate::facts::{Answer, Key, Opportunity};
use crate::rules::{Criterion, Rules, Subject, holds_for_gate};
use crate::{Text, Verdict, World};
use sentences::*;
use tandem_context::Remark;

/// Share of an unknown answer's weight that is taken off: numerator and denominator.
const UNKNOWN_PENALTY: (i64, i64) = (1, 4);

/// Whether a lead is ready, and why.
#[derive(Debug, Clone)]
pub struct Gate {
    /// 0–100.
    pub score: u32,
    /// Share of the weight that is known, 0–100.
    pub confidence: u32,
    /// It may be offered to sales.
    pub passes: bool,
    /// What is missing, what matters most first; empty for a lead that passes.
    pub missing: Vec<Remark>,
    /// Each criterion with its answer, in the rules' order.
    pub criteria: Vec<Answered>,
    /// The question whose yes would raise the score most: its place in `criteria`.
    pub next: Option<usize>,
}

/// A criterion and its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The criterion.
    pub criterion: Key,
    /// The answer.
    pub verdict: Verdict,
    /// Who answered.
    pub by: AnsweredBy,
    /// Why the answer is what it is.
    pub why: Vec<Remark>,
    /// An answer by hand was too old to count.
    pub stale: bool,
    /// By how much a yes would raise the score.
    pub gain: u32,
}

/// Where an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnsweredBy {
    /// A member said so.
    Hand {
        /// Who.
        member: Option<Key>,
        /// When.
        at_ms: i64,
        /// In whose words.
        evidence: Text,
    },
    /// The criterion's rule.
    Rule,
    /// Nobody.
    Nobody,
}

/// The gate under the workspace's rules, with what was known at a moment: later answers and activities do not count.
pub fn gate(world: &World, opportunity: &Opportunity, at_ms: i64) -> Gate {
    let rules = &world.rules;
    let criteria: Vec<Answered> =
        rules.criteria.iter().map(|criterion| answered(world, criterion, opportunity, at_ms)).collect();
    complete(rules, criteria)
}

fn weights(rules: &Rules) -> Vec<i64> {
    rules.criteria.iter().map(|criterion| criterion.weight).collect()
}

/// Whether verdicts pass that have this score and confidence.
fn passes(rules: &Rules, verdicts: &[Verdict], (score, confidence): (u32, u32)) -> bool {
    let lacks = |(criterion, verdict): (&Criterion, &Verdict)| criterion.required && *verdict != Verdict::Yes;
    i64::from(score) >= rules.policy.score_min
        && i64::from(confidence) >= rules.policy.confidence_min
        && !rules.criteria.iter().zip(verdicts).any(lacks)
}

/// Scores answers and says what is missing.
fn complete(rules: &Rules, mut criteria: Vec<Answered>) -> Gate {
    let weights = weights(rules);
    let verdicts: Vec<Verdict> = criteria.iter().map(|one| one.verdict).collect();
    let (score, confidence) = score(&weights, &verdicts);
    for (n, one) in criteria.iter_mut().enumerate() {
        let mut would_be = verdicts.clone();
        would_be[n] = Verdict::Yes;
        one.gain = self::score(&weights, &would_be).0 - score;
    }
    let passes = passes(rules, &verdicts, (score, confidence));
    let missing = if passes { Vec::new() } else { missing(rules, &criteria, score, confidence) };
    // Of questions that nobody has answered: the one that changes most; a required one first, then in the rules' order.
    let open = rules.criteria.iter().zip(&criteria).enumerate().filter(|(_, (_, one))| one.verdict == Verdict::Unknown);
    let next =
        open.max_by_key(|(n, (criterion, one))| (one.gain, criterion.required, std::cmp::Reverse(*n))).map(|(n, _)| n);
    Gate { score, confidence, passes, missing, criteria, next }
}

/// Score and confidence of verdicts with weights. Without any weight there is nothing to ask: 100 and 100.
pub fn score(weights: &[i64], verdicts: &[Verdict]) -> (u32, u32) {
    let sum = |wanted: &dyn Fn(Verdict) -> bool| -> i64 {
        weights.iter().zip(verdicts).filter(|(_, verdict)| wanted(**verdict)).map(|(weight, _)| weight).sum()
    };
    let all = sum(&|_| true);
    if all <= 0 {
        return (100, 100);
    }
    let (yes, unknown) = (sum(&|one| one == Verdict::Yes), sum(&|one| one == Verdict::Unknown));
    let (part, of) = UNKNOWN_PENALTY;
    let earned = (yes * of - unknown * part).max(0);
    (percent(earned, all * of), percent(all - unknown, all))
}

/// A share in percent, rounded half up.
fn percent(part: i64, all: i64) -> u32 {
    u32::try_from((200 * part + all) / (2 * all)).unwrap_or(0).min(100)
}

fn missing(rules: &Rules, criteria: &[Answered], score: u32, confidence: u32) -> Vec<Remark> {
    let policy = &rules.policy;
    let mut lacking: Vec<(bool, u32, usize, &Criterion, Verdict)> = rules
        .criteria
        .iter()
        .zip(criteria)
        .enumerate()
        .filter(|(_, (_, one))| one.verdict != Verdict::Yes)
        .map(|(n, (criterion, one))| (criterion.required, one.gain, n, criterion, one.verdict))
        .collect();
    lacking.sort_by_key(|(required, gain, n, ..)| (std::cmp::Reverse((*required, *gain)), *n));
    let mut missing = Vec::new();
    if i64::from(score) < policy.score_min {
        missing.push(SCORE_BELOW.say().number("score", score as usize).number("least", least(policy.score_min)));
    }
    if i64::from(confidence) < policy.confidence_min {
        let say = CONFIDENCE_BELOW.say().number("confidence", confidence as usize);
        missing.push(say.number("least", least(policy.confidence_min)));
    }
    missing.extend(lacking.into_iter().map(|(required, _, _, criterion, verdict)| {
        let sentence = match (required, verdict) {
            (true, Verdict::No) => REQUIRED_IS_NO,
            (true, _) => REQUIRED_UNKNOWN,
            (false, Verdict::No) => IS_NO,
            (false, _) => IS_UNKNOWN,
        };
        named(sentence, criterion)
    }));
    missing
}

/// Says something of a criterion. Its key comes along, so that the interface can translate the name of a default.
fn named(sentence: tandem_context::Sentence, criterion: &Criterion) -> Remark {
    sentence.say().text("criterion", &criterion.name).text("criterion_key", &criterion.default_key)
}

fn least(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// How a criterion is answered: a fresh answer by hand stands before the rule's.
pub fn answered(world: &World, criterion: &Criterion, opportunity: &Opportunity, at_ms: i64) -> Answered {
    let nothing = Answered {
        criterion: criterion.key,
        verdict: Verdict::Unknown,
        by: AnsweredBy::Nobody,
        why: Vec::new(),
        stale: false,
        gain: 0,
    };
    let by_hand = by_hand(world, criterion, opportunity, at_ms);
    if let Some(ByHand { answer, stale_days: None }) = by_hand {
        let by = AnsweredBy::Hand { member: answer.by, at_ms: answer.at_ms, evidence: answer.evidence.clone() };
        return Answered { verdict: answer.verdict, by, ..nothing };
    }
    let stale_days = by_hand.and_then(|one| one.stale_days);
    let stale = stale_days.map(|(days, most)| ANSWER_STALE.say().number("days", days).number("most", most));
    let is_stale = stale.is_some();
    let Some(rule) = &criterion.rule else {
        let why = vec![stale.unwrap_or_else(|| NOBODY_ANSWERED.say())];
        return Answered { why, stale: is_stale, ..nothing };
    };
    let found = holds_for_gate(Subject::now(world, opportunity), rule, at_ms);
    let why = stale.into_iter().chain(found.why).collect();
    let by = if found.verdict == Verdict::Unknown { AnsweredBy::Nobody } else { AnsweredBy::Rule };
    Answered { verdict: found.verdict, by, why, stale: is_stale, ..nothing }
}

/// A yes or no that somebody gave.
#[derive(Clone, Copy)]
struct ByHand<'a> {
    answer: &'a Answer,
    /// How many days old it is, and for how many it counts, where it is too old.
    stale_days: Option<(usize, usize)>,
}

/// The newest answer by hand, unless it takes an earlier one back.
fn by_hand<'a>(world: &'a World, criterion: &Criterion, opportunity: &Opportunity, at_ms: i64) -> Option<ByHand<'a>> {
    let answers = world.answers.of(opportunity.key);
    let answer = answers
        .filter(|answer| answer.criterion == criterion.key && answer.at_ms <= at_ms)
        .max_by_key(|answer| (answer.at_ms, world.id(answer.key)))
        .filter(|answer| answer.verdict != Verdict::Unknown)?;
    let stale_days = criterion.fresh_days.and_then(|most| {
        let zone = policy_zone(&world.rules.policy);
        let (given, today) = (local_day(zone, answer.at_ms), local_day(zone, at_ms));
        let days = usize::try_from((today - given).num_days()).unwrap_or(0);
        (today > days_after(given, most)).then(|| (days, usize::try_from(most).unwrap_or(0)))
    });
    Some(ByHand { answer, stale_days })
}
