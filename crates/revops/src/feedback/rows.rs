//! What became of the leads of each campaign and source.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::World;
use crate::clocks::is_of;
use crate::facts::{Decision, DecisionKind, Key, Opportunity, Text};
use crate::metrics::{Figure, Hundredths, is_past_marketing};
use crate::rules::Phase;

/// Where leads come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A campaign; `None`: without one.
    Campaign(Option<Key>),
    /// A source; empty: not known.
    Source(Text),
}

/// What became of the leads of a campaign or source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Whose leads.
    pub origin: Origin,
    /// The leads.
    pub leads: Figure,
    /// Of those, offered to sales, or taken by it.
    pub passed: Figure,
    /// Of those, accepted, claimed by sales, or in sales' part of the process.
    pub accepted: Figure,
    /// Of those passed, given back at least once.
    pub returned: Figure,
    /// Given back, by reason, most often first. A lead given back twice for two reasons counts for both; one given back
    /// without a reason, for none.
    pub reasons: Vec<ReasonCount>,
    /// Of the leads, won.
    pub won: Figure,
    /// What they brought, by currency.
    pub revenue: BTreeMap<Text, Hundredths>,
    /// What the campaign cost in all, in hundredths.
    pub cost: Option<i64>,
    /// In which currency.
    pub cost_currency: Text,
}

/// How often a reason was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonCount {
    /// The reason.
    pub reason: Key,
    /// The leads.
    pub leads: Figure,
}

impl FeedbackRow {
    /// Its numbers.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let own = [&self.leads, &self.passed, &self.accepted, &self.returned, &self.won];
        own.into_iter().chain(self.reasons.iter().map(|reason| &reason.leads))
    }
}

/// What is gathered of a row.
#[derive(Debug, Default)]
struct Gathered {
    leads: Vec<Key>,
    passed: Vec<Key>,
    accepted: Vec<Key>,
    returned: Vec<Key>,
    reasons: HashMap<Key, Vec<Key>>,
    won: Vec<Key>,
    revenue: BTreeMap<Text, Hundredths>,
}

/// By campaign; every campaign has a row, also one that cost money and brought nothing.
pub(super) fn campaigns(world: &World, leads: &[&Opportunity]) -> Vec<FeedbackRow> {
    let mut gathered: HashMap<Option<Key>, Gathered> =
        world.campaigns.iter().map(|campaign| (Some(campaign.key), Gathered::default())).collect();
    for lead in leads {
        gathered.entry(lead.campaign).or_default().take(world, lead);
    }
    let row = |(campaign, found): (Option<Key>, Gathered)| {
        let path = format!("feedback/campaign/{}", campaign.map_or("", |key| world.id(key)));
        let mut row = found.complete(world, Origin::Campaign(campaign), &path);
        if let Some(campaign) = campaign.and_then(|key| world.campaigns.get(key)) {
            (row.cost, row.cost_currency) = (campaign.cost, campaign.currency.clone());
        }
        row
    };
    let mut rows: Vec<FeedbackRow> = gathered.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| {
        let key = match row.origin {
            Origin::Campaign(key) => key,
            Origin::Source(_) => None,
        };
        let name = key.and_then(|key| world.campaigns.get(key)).map(|campaign| campaign.name.clone());
        (key.is_none(), Reverse(row.leads.count()), name, key.map(|key| world.id(key)))
    });
    rows
}

/// By source.
pub(super) fn sources(world: &World, leads: &[&Opportunity]) -> Vec<FeedbackRow> {
    let mut gathered: HashMap<Text, Gathered> = HashMap::new();
    for lead in leads {
        gathered.entry(lead.source.clone()).or_default().take(world, lead);
    }
    let row = |(source, found): (Text, Gathered)| {
        let path = format!("feedback/source/{source}");
        found.complete(world, Origin::Source(source), &path)
    };
    let mut rows: Vec<FeedbackRow> = gathered.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| {
        let source = match &row.origin {
            Origin::Source(source) => source.clone(),
            Origin::Campaign(_) => "".into(),
        };
        (source.is_empty(), Reverse(row.leads.count()), source)
    });
    rows
}

impl Gathered {
    fn take(&mut self, world: &World, lead: &Opportunity) {
        let by_sales = |one: &Decision| one.member.is_some_and(|member| is_of(world, member, "sales"));
        let mut in_sales = reached_sales(world, lead);
        let (mut offered, mut returned) = (false, false);
        for decision in world.decisions.of(lead.key) {
            match decision.kind {
                DecisionKind::Offer => offered = true,
                DecisionKind::Accept => in_sales = true,
                DecisionKind::Claim => in_sales = in_sales || by_sales(decision),
                DecisionKind::Return => {
                    returned = true;
                    if let Some(reason) = decision.reason {
                        self.reasons.entry(reason).or_default().push(lead.key);
                    }
                }
                DecisionKind::Override | DecisionKind::Withdraw => {}
            }
        }
        self.leads.push(lead.key);
        self.passed.extend((offered || in_sales || returned).then_some(lead.key));
        self.accepted.extend(in_sales.then_some(lead.key));
        self.returned.extend(returned.then_some(lead.key));
        if world.rules.is_won(&lead.stage) {
            self.won.push(lead.key);
            if let Some(value) = lead.value {
                *self.revenue.entry(lead.currency.clone()).or_default() += i128::from(value);
            }
        }
    }

    fn complete(self, world: &World, origin: Origin, path: &str) -> FeedbackRow {
        let named = |what: &str, records| Figure::new(format!("{path}/{what}"), records);
        let reasons = self.reasons.into_iter().map(|(reason, leads)| ReasonCount {
            reason,
            leads: named(&format!("returned/{}", world.id(reason)), leads),
        });
        let mut reasons: Vec<ReasonCount> = reasons.collect();
        reasons.sort_by_key(|one| (Reverse(one.leads.count()), world.id(one.reason)));
        FeedbackRow {
            origin,
            leads: named("leads", self.leads),
            passed: named("passed", self.passed),
            accepted: named("accepted", self.accepted),
            returned: named("returned", self.returned),
            reasons,
            won: named("won", self.won),
            revenue: self.revenue,
            cost: None,
            cost_currency: "".into(),
        }
    }
}

/// Whether a lead was ever in sales' part of the process. One that left from nobody knows where counts by the team of its exit.
fn reached_sales(world: &World, lead: &Opportunity) -> bool {
    let rules = &world.rules;
    let is_theirs = |stage: &str| matches!(rules.phase(stage), Phase::Sales | Phase::Service);
    let made = lead.moves.first().map_or(&lead.stage, |step| &step.stage);
    is_theirs(&lead.stage) || lead.moves.iter().any(|step| is_theirs(&step.stage)) || is_past_marketing(rules, made)
}
