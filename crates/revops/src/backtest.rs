//! What rules would have done to the leads of the past, before they are switched on.

use std::collections::HashSet;

use crate::World;
use crate::calendar::{days_after, local_day, policy_zone};
use crate::facts::{Key, Opportunity};
use crate::gate::Verdicts;
use crate::judged::{Outcome, moment_of_truth, outcome};
use crate::routing::rule_under;
use crate::rules::{Conditions, Rules, Subject, Thens};

/// Days that count as a month.
const MONTH_DAYS: i64 = 30;

/// What one set of rules would have done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Offered to sales.
    pub offered: Leads,
    /// Held back.
    pub held: Leads,
    /// Of those offered, where routing sends them: by the place of the first rule that holds; last, those for whom none does.
    pub routed: Vec<Vec<Key>>,
}

/// Leads, and what became of them. Ordered by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leads {
    /// All of them.
    pub all: Vec<Key>,
    /// Of those, won.
    pub won: Vec<Key>,
    /// Of those, lost or given back.
    pub lost: Vec<Key>,
}

impl Leads {
    fn take(&mut self, lead: Key, outcome: Outcome) {
        self.all.push(lead);
        match outcome {
            Outcome::Won => self.won.push(lead),
            Outcome::Lost => self.lost.push(lead),
            Outcome::Open => {}
        }
    }

    /// Those that are not among `others`.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let known: HashSet<Key> = others.all.iter().copied().collect();
        let rest = |keys: &[Key]| keys.iter().copied().filter(|key| !known.contains(key)).collect();
        Self { all: rest(&self.all), won: rest(&self.won), lost: rest(&self.lost) }
    }
}

/// The leads of the last `months` months (of 30 days): first purchases, by the day they were opened. Ordered by id.
pub fn leads_of(world: &World, months: u32, now_ms: i64) -> Vec<&Opportunity> {
    let zone = policy_zone(&world.rules.policy);
    let today = local_day(zone, now_ms);
    let since = days_after(today, -MONTH_DAYS * i64::from(months));
    let opened = |one: &Opportunity| one.opened_on.unwrap_or_else(|| local_day(zone, one.created_ms));
    let is_first = |one: &Opportunity| matches!(&*one.purchase, "" | "new");
    let mut leads: Vec<&Opportunity> =
        world.opportunities.iter().filter(|one| is_first(one) && (since..=today).contains(&opened(one))).collect();
    leads.sort_by_key(|one| world.id(one.key));
    leads
}

/// The conditions that rules ask of a lead: those of the gate and of routing.
pub fn conditions(rules: &Rules) -> impl Iterator<Item = &Conditions> {
    let gate = rules.criteria.iter().filter_map(|criterion| criterion.rule.as_ref());
    gate.chain(rules.routing.iter().map(|rule| &rule.when))
}

/// Tries rules on leads: each with the answers, activities, days and fields that were known when it was handed to sales, or
/// left, or else now. `thens` is how the leads stood at their [`Moments`](crate::judged::Moments).
pub fn backtest(world: &World, rules: &Rules, (leads, thens): (&[&Opportunity], &Thens), now_ms: i64) -> Side {
    let mut side = Side { routed: vec![Vec::new(); rules.routing.len() + 1], ..Side::default() };
    let gate = Verdicts::new(world, rules);
    for lead in leads {
        let at_ms = moment_of_truth(world, lead, now_ms);
        let outcome = outcome(world, lead);
        let then = Subject::then(world, lead, thens);
        if !gate.passes(then, at_ms) {
            side.held.take(lead.key, outcome);
            continue;
        }
        side.offered.take(lead.key, outcome);
        // It passes: that is known, and need not be asked again.
        let place = rule_under(rules, then, at_ms, &|| true).unwrap_or(rules.routing.len());
        if let Some(routed) = side.routed.get_mut(place) {
            routed.push(lead.key);
        }
    }
    side
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::facts::{Activity, Answer, Decision, DecisionKind, Move};
    use crate::rules::Criterion;
    use crate::testing::{account, lead};
    use crate::{Verdict, World};

    const NOW_MS: i64 = 1_764_000_000_000;
    const DAY_MS: i64 = 86_400_000;

    /// Leads of the last two years over some companies, each with activities of its own, three of its company's, two answers and
    /// an offer; every third was won.
    fn large(leads: usize, accounts: usize) -> World {
        let mut world = World::default();
        for n in 0..accounts {
            let made = account(&mut world, &format!("account {n}"));
            world.accounts.put(crate::facts::Account { employees: Some(n as i64 % 400), ..made });
        }
        criteria(&mut world);
        for n in 0..leads {
            let at_ms = NOW_MS - (n as i64 % 700) * DAY_MS;
            let mut made = lead(&mut world, &format!("lead {n}"));
            made.account = world.ids.find(&format!("account {}", n % accounts));
            made.created_ms = at_ms;
            made.stage = if n % 3 == 0 { "won" } else { "lost" }.into();
            made.moves = vec![Move { at_ms, stage: "new".into(), by: None }];
            for one in 0..5 {
                let opportunity = (one < 2).then_some(made.key);
                let activity = Activity {
                    key: world.ids.key(&format!("activity {n} {one}")),
                    kind: ["form", "call", "email"][one % 3].into(),
                    at_ms: at_ms + one as i64 * DAY_MS,
                    direction: "inbound".into(),
                    subject: "".into(),
                    account: made.account,
                    person: None,
                    opportunity,
                    campaign: None,
                    owner: None,
                };
                world.activities.put(activity);
            }
            for one in 0..2 {
                let answer = Answer {
                    key: world.ids.key(&format!("answer {n} {one}")),
                    opportunity: made.key,
                    criterion: world.ids.key(["need", "budget"][one]),
                    verdict: [Verdict::Yes, Verdict::No][n / 2 % 2],
                    evidence: "".into(),
                    at_ms: at_ms + DAY_MS,
                    by: None,
                };
                world.answers.put(answer);
            }
            let offer = Decision {
                key: world.ids.key(&format!("offer {n}")),
                kind: DecisionKind::Offer,
                opportunity: made.key,
                member: None,
                stage: "".into(),
                reason: None,
                criterion: None,
                rules: Vec::new(),
                evidence: "".into(),
                score: None,
                at_ms: at_ms + 4 * DAY_MS,
                by: None,
            };
            world.decisions.put(offer);
            world.opportunities.put(made);
        }
        world
    }

    fn criteria(world: &mut World) {
        let rules = [
            ("size", Some(r#"[{"field":"account.employees","op":"over","value":19}]"#)),
            (
                "interest",
                Some(r#"[{"activity":["form","meeting","call","email"],"direction":"inbound","within_days":90}]"#),
            ),
            ("need", None),
            ("budget", None),
            (
                "decider",
                Some(r#"[{"field":"person.seniority","op":"any_of","value":["owner","executive","director"]}]"#),
            ),
        ];
        for (id, rule) in rules {
            let criterion = Criterion {
                key: world.ids.key(id),
                default_key: "".into(),
                name: id.into(),
                question: "?".into(),
                family: "fit".into(),
                weight: 20,
                required: id == "need",
                fresh_days: Some(180),
                rule: rule.map(Conditions::read),
            };
            world.rules.criteria.push(criterion);
        }
    }

    #[test]
    #[ignore = "measures"]
    fn how_long_a_back_test_takes() {
        for accounts in [20_000, 100] {
            let world = large(100_000, accounts);
            let started = Instant::now();
            let leads = leads_of(&world, 24, NOW_MS);
            let side = backtest(&world, &world.rules, (&leads, &Thens::default()), NOW_MS);
            let took = started.elapsed();
            eprintln!("{} leads of {accounts} accounts: {took:?}, {} offered", leads.len(), side.offered.all.len());
        }
    }
}
