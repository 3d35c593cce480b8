//! The records that rules look at, with the fields they look at.

use chrono::NaiveDate;

use super::Text;
use super::table::{Fact, Key};

/// One potential purchase.
#[derive(Debug, Clone)]
pub struct Opportunity {
    /// Which record it is.
    pub key: Key,
    /// Its name.
    pub name: Text,
    /// Whose purchase.
    pub account: Option<Key>,
    /// Where it stands: the key of a stage.
    pub stage: Text,
    /// Hundredths of the currency.
    pub value: Option<i64>,
    /// ISO 4217; empty where none is given.
    pub currency: Text,
    /// Decided on, or expected to be.
    pub close_date: Option<NaiveDate>,
    /// Whose it is.
    pub owner: Option<Key>,
    /// What is done next; empty where nothing is.
    pub next_step: Text,
    /// When.
    pub next_step_date: Option<NaiveDate>,
    /// `new`, `upsell`, `renewal`; empty counts as `new`.
    pub purchase: Text,
    /// Which product.
    pub product: Option<Key>,
    /// The people there, with their roles (empty where none is given), by id.
    pub people: Vec<(Key, Text)>,
    /// Where it came from; empty where that is not known.
    pub source: Text,
    /// Through which campaign.
    pub campaign: Option<Key>,
    /// First interest.
    pub opened_on: Option<NaiveDate>,
    /// Why it left.
    pub exit_reason: Text,
    /// When a nurtured one comes back.
    pub return_on: Option<NaiveDate>,
    /// Whom it is offered to.
    pub offered_to: Option<Key>,
    /// Since when, in milliseconds since 1970.
    pub offered_ms: Option<i64>,
    /// When the contract ends.
    pub renewal_on: Option<NaiveDate>,
    /// The purchase this one follows.
    pub parent: Option<Key>,
    /// When the record was made.
    pub created_ms: i64,
    /// The stages it came to, oldest first; the first is where it was made.
    pub moves: Vec<Move>,
    /// Owners written without knowledge of each other; empty where there is one truth.
    pub claims: Vec<Claim>,
    /// Values of the workspace's own fields, by name; empty ones are left out.
    pub own_fields: Vec<(Text, OwnValue)>,
}

/// What a workspace's own field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnValue {
    /// A text, an option, an address, a country…
    Text(Text),
    /// A whole number.
    Number(i64),
    /// Hundredths.
    Money(i64),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(NaiveDate),
    /// A moment, in milliseconds since 1970.
    Moment(i64),
    /// Words.
    Set(Vec<Text>),
}

/// A passage to a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// When, by the writer's clock.
    pub at_ms: i64,
    /// To which stage.
    pub stage: Text,
    /// Who moved it.
    pub by: Option<Key>,
}

/// One of several owners that stand against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who would own it.
    pub owner: Option<Key>,
    /// Who wrote so.
    pub by: Option<Key>,
    /// When.
    pub at_ms: i64,
}

/// A company.
#[derive(Debug, Clone)]
pub struct Account {
    /// Which record it is.
    pub key: Key,
    /// Its name.
    pub name: Text,
    /// Its industry.
    pub industry: Text,
    /// Where it is, ISO 3166-1 alpha-2.
    pub country: Text,
    /// How many work there.
    pub employees: Option<i64>,
    /// Hundredths.
    pub annual_revenue: Option<i64>,
    /// `prospect`, `customer`, …
    pub relation: Text,
    /// Whose it is.
    pub owner: Option<Key>,
    /// Values of the workspace's own fields.
    pub own_fields: Vec<(Text, OwnValue)>,
}

/// Somebody at a company.
#[derive(Debug, Clone)]
pub struct Person {
    /// Which record it is.
    pub key: Key,
    /// First and last name.
    pub name: Text,
    /// Where they work.
    pub account: Option<Key>,
    /// What they do.
    pub job_title: Text,
    /// `owner`, `executive`, `vice_president`, `director`, `manager`, `senior`, `employee`.
    pub seniority: Text,
    /// ISO 639-1.
    pub language: Text,
    /// Must not be contacted.
    pub do_not_contact: bool,
    /// Values of the workspace's own fields.
    pub own_fields: Vec<(Text, OwnValue)>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Which record it is.
    pub key: Key,
    /// `call`, `email`, `meeting`, `form`, `visit`, `message`, `note`, `task`, …
    pub kind: Text,
    /// When.
    pub at_ms: i64,
    /// `inbound`, `outbound`, or empty.
    pub direction: Text,
    /// What it was about.
    pub subject: Text,
    /// With whose company.
    pub account: Option<Key>,
    /// With whom.
    pub person: Option<Key>,
    /// About which purchase.
    pub opportunity: Option<Key>,
    /// Through which campaign.
    pub campaign: Option<Key>,
    /// Whose doing.
    pub owner: Option<Key>,
}

impl Activity {
    /// What it is found through: the opportunity it names, else the person and the account.
    pub(crate) fn found_through(&self) -> impl Iterator<Item = Key> + use<> {
        let around = self.opportunity.is_none();
        let account = self.account.filter(|account| around && self.person != Some(*account));
        [self.opportunity, self.person.filter(|_| around), account].into_iter().flatten()
    }
}

/// What marketing does to be heard.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Which record it is.
    pub key: Key,
    /// Its name.
    pub name: Text,
    /// `event`, `webinar`, …
    pub kind: Text,
    /// What it cost, in hundredths.
    pub cost: Option<i64>,
    /// ISO 4217.
    pub currency: Text,
    /// Whose it is.
    pub owner: Option<Key>,
}

/// Somebody or something that reads and writes the workspace.
#[derive(Debug, Clone, Default)]
pub struct MemberFacts {
    /// Its name.
    pub name: Text,
    /// `person` or `agent`.
    pub kind: Text,
    /// `marketing`, `sales`, `service`, `revenue`.
    pub team: Text,
    /// Free text: the office or area.
    pub region: Text,
    /// ISO 639-1; none: not said.
    pub languages: Vec<Text>,
    /// Countries; none: everywhere.
    pub territories: Vec<Text>,
    /// So many open leads and deals at once; none: any number.
    pub capacity: Option<i64>,
    /// IANA; empty: the policy's.
    pub time_zone: Text,
    /// `mon` … `sun`; none: the policy's.
    pub work_days: Vec<Text>,
    /// `09:00-17:00`, several with commas; empty: the policy's.
    pub working_hours: Text,
    /// Which public holidays; empty: the policy's.
    pub holiday_region: Text,
    /// Not set counts as active.
    pub active: bool,
}

/// A member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Which record it is.
    pub key: Key,
    /// The rest.
    pub facts: MemberFacts,
}

/// A thing that is sold.
#[derive(Debug, Clone)]
pub struct Product {
    /// Which record it is.
    pub key: Key,
    /// Its name.
    pub name: Text,
    /// Its line; empty where none is given.
    pub family: Text,
}

/// Something to do, promised, or to worry about.
#[derive(Debug, Clone)]
pub struct Task {
    /// Which record it is.
    pub key: Key,
    /// What.
    pub name: Text,
    /// `task`, `promise`, `risk`, `onboarding`.
    pub kind: Text,
    /// About which purchase.
    pub opportunity: Option<Key>,
    /// About which company.
    pub account: Option<Key>,
    /// With whom.
    pub person: Option<Key>,
    /// Who does it.
    pub owner: Option<Key>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// The onboarding step it was made from.
    pub step: Option<Key>,
}

/// A goal.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Which record it is.
    pub key: Key,
    /// Its name.
    pub name: Text,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Hundredths.
    pub amount: i64,
    /// ISO 4217; empty: opportunities without a currency.
    pub currency: Text,
}

/// When a member is away.
#[derive(Debug, Clone)]
pub struct Absence {
    /// Which record it is.
    pub key: Key,
    /// Who.
    pub member: Key,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// An answer to a question of the gate.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which record it is.
    pub key: Key,
    /// Of which lead.
    pub opportunity: Key,
    /// Which question.
    pub criterion: Key,
    /// The answer.
    pub verdict: crate::Verdict,
    /// In whose words.
    pub evidence: Text,
    /// When.
    pub at_ms: i64,
    /// Who answered.
    pub by: Option<Key>,
}

/// What was decided about an opportunity between the teams.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Which record it is.
    pub key: Key,
    /// What.
    pub kind: DecisionKind,
    /// About which lead.
    pub opportunity: Key,
    /// Offered to, accepted by.
    pub member: Option<Key>,
    /// For an override: the stage that was entered all the same.
    pub stage: Text,
    /// For a return: the reason.
    pub reason: Option<Key>,
    /// The criterion that is contradicted.
    pub criterion: Option<Key>,
    /// For an override: the sorts of the rules that were overridden; see [`crate::gate::Rule::sort`].
    pub rules: Vec<Text>,
    /// In the member's words.
    pub evidence: Text,
    /// The gate's score then.
    pub score: Option<i64>,
    /// When.
    pub at_ms: i64,
    /// Who decided.
    pub by: Option<Key>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DecisionKind {
    /// Offered to a member.
    Offer,
    /// A member took it.
    Accept,
    /// A member gave it back.
    Return,
    /// A member took ownership without an offer.
    Claim,
    /// A rule was overridden.
    Override,
    /// An offer was taken back.
    Withdraw,
}

impl DecisionKind {
    /// As it stands in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::Return => "return",
            Self::Claim => "claim",
            Self::Override => "override",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads what stands in the document.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Offer, Self::Accept, Self::Return, Self::Claim, Self::Override, Self::Withdraw]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

macro_rules! facts {
    ($($name:ident: $fact:ident => $parents:expr;)*) => {
        $(impl Fact for $name {
            fn key(&self) -> Key {
                self.key
            }

            fn parents(&self) -> Vec<Key> {
                let $fact = self;
                $parents.into_iter().flatten().collect()
            }
        })*
    };
}

facts! {
    Account: _fact => [None];
    Campaign: _fact => [None];
    Member: _fact => [None];
    Product: _fact => [None];
    Goal: _fact => [None];
    Person: fact => [fact.account];
    Absence: fact => [Some(fact.member)];
    Answer: fact => [Some(fact.opportunity)];
    Decision: fact => [Some(fact.opportunity)];
    Task: fact => [fact.opportunity];
    Activity: fact => [fact.opportunity, fact.account, fact.person];
    Opportunity: fact => [fact.account, fact.parent].into_iter().chain(fact.people.iter().map(|(key, _)| Some(*key)));
}
