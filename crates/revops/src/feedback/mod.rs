//! What became of marketing's leads: by campaign, by source, by criterion, and in the words of the reps who gave them back.
//!
//! Leads are first purchases; they count by the day they were opened (else the day their record was made), whatever became of
//! them later. The leads given back are those given back within the period, whenever they were opened.
//!
//! | number | counts |
//! | --- | --- |
//! | `feedback/campaign/<campaign>/leads`, `…/passed`, `…/accepted`, `…/returned`, `…/won` | leads of a campaign; of none: `feedback/campaign//leads` |
//! | `feedback/campaign/<campaign>/returned/<reason>` | those given back for a reason |
//! | `feedback/source/<source>/…` | the same by source |
//! | `feedback/criterion/<criterion>/said_yes`, `…/wrong`, `…/contradicted` | which rule was wrong |
//! | `feedback/returned` | given back within the period |

mod criteria;
mod rows;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

pub use criteria::CriterionFeedback;
pub use rows::{FeedbackRow, Origin, ReasonCount};

use crate::World;
use crate::facts::{Decision, DecisionKind, Key, Opportunity, Text};
use crate::metrics::{Days, Figure, Scope};

/// What became of marketing's leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// By campaign: those with leads of the period, most leads first; then those without, by name; leads without a campaign
    /// last.
    pub campaigns: Vec<FeedbackRow>,
    /// By source, most leads first; leads without one last.
    pub sources: Vec<FeedbackRow>,
    /// By criterion, in the rules' order.
    pub criteria: Vec<CriterionFeedback>,
    /// The leads that were given back; every time one was: [`returned`].
    pub returned: Figure,
}

impl Feedback {
    /// Every number.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let rows = self.campaigns.iter().chain(&self.sources).flat_map(FeedbackRow::figures);
        let criteria = self.criteria.iter().flat_map(CriterionFeedback::figures);
        rows.chain(criteria).chain(std::iter::once(&self.returned))
    }
}

/// A lead that sales gave back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedLead {
    /// The decision.
    pub decision: Key,
    /// The lead.
    pub opportunity: Key,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Who gave it back.
    pub by: Option<Key>,
    /// Why.
    pub reason: Option<Key>,
    /// In the rep's words.
    pub evidence: Text,
    /// The criterion it contradicts.
    pub criterion: Option<Key>,
    /// The campaign it came through.
    pub campaign: Option<Key>,
    /// Where it stands now.
    pub stage: Text,
}

/// What became of the leads of a period.
pub fn feedback(scope: &Scope<'_>) -> Feedback {
    let days = scope.days();
    let leads = leads(scope, &days);
    Feedback {
        campaigns: rows::campaigns(scope.world, &leads),
        sources: rows::sources(scope.world, &leads),
        criteria: criteria::criteria(scope, &leads, None),
        returned: returned_leads(scope),
    }
}

/// The records behind a number of feedback.
pub(crate) fn find(scope: &Scope<'_>, number: &str) -> Option<Figure> {
    let days = scope.days();
    let is_asked = |figure: &&Figure| figure.number == number;
    let mut path = number.split('/').skip(1);
    match path.next()? {
        "campaign" => {
            let rows = rows::campaigns(scope.world, &leads(scope, &days));
            rows.iter().flat_map(FeedbackRow::figures).find(is_asked).cloned()
        }
        "source" => {
            let rows = rows::sources(scope.world, &leads(scope, &days));
            rows.iter().flat_map(FeedbackRow::figures).find(is_asked).cloned()
        }
        "criterion" => {
            let criterion = scope.world.ids.find(path.next()?)?;
            let criteria = criteria::criteria(scope, &leads(scope, &days), Some(criterion));
            criteria.iter().flat_map(CriterionFeedback::figures).find(is_asked).cloned()
        }
        _ => Some(returned_leads(scope)).filter(|figure| figure.number == number),
    }
}

/// The first purchases that were opened within the period, in no order.
fn leads<'a>(scope: &Scope<'a>, days: &Days) -> Vec<&'a Opportunity> {
    let span = days.span(scope.period);
    let opened_within = |one: &Opportunity| match one.opened_on {
        Some(day) => scope.period.contains(day),
        None => span.contains(one.created_ms),
    };
    let is_first = |one: &Opportunity| matches!(&*one.purchase, "" | "new");
    scope.world.opportunities.iter().filter(|one| is_first(one) && opened_within(one)).collect()
}

/// Every time a lead was given back within the period, newest first.
pub fn returned(scope: &Scope<'_>) -> Vec<ReturnedLead> {
    let (world, span) = (scope.world, scope.days().span(scope.period));
    let is_return = |one: &&Decision| one.kind == DecisionKind::Return && span.contains(one.at_ms);
    let mut returned: Vec<ReturnedLead> =
        world.decisions.iter().filter(is_return).filter_map(|decision| returned_lead(world, decision)).collect();
    returned.sort_by_key(|one| (Reverse(one.at_ms), world.id(one.decision)));
    returned
}

fn returned_lead(world: &World, decision: &Decision) -> Option<ReturnedLead> {
    let lead = world.opportunities.get(decision.opportunity)?;
    Some(ReturnedLead {
        decision: decision.key,
        opportunity: lead.key,
        at_ms: decision.at_ms,
        by: decision.member.or(decision.by),
        reason: decision.reason,
        evidence: decision.evidence.clone(),
        criterion: decision.criterion,
        campaign: lead.campaign,
        stage: lead.stage.clone(),
    })
}

fn returned_leads(scope: &Scope<'_>) -> Figure {
    Figure::new("feedback/returned", returned(scope).iter().map(|one| one.opportunity).collect())
}
