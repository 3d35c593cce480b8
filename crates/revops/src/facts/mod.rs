//! What rules are computed from: the records of a workspace as they stood at one moment, small and in memory.
//!
//! Whoever has a read model fills a [`World`] and keeps it up to date; everything else in this crate only reads it. A world of
//! the past is a world like any other.

mod records;
mod table;

use std::sync::Arc;

pub use records::{
    Absence, Account, Activity, Answer, Campaign, Claim, Decision, DecisionKind, Goal, Member, MemberFacts, Move,
    Opportunity, OwnValue, Person, Product, Task,
};
pub use table::{Fact, Ids, Key, Table};

use crate::rules::{Phase, Rules};

/// A text that many records share.
pub type Text = Arc<str>;

/// The records of a workspace as they stood at one moment; those that were set aside are not in it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Ids and keys.
    pub ids: Ids,
    /// How the process is run.
    pub rules: Rules,
    /// Opportunities; found through their account, their parent and their people.
    pub opportunities: Table<Opportunity>,
    /// Companies.
    pub accounts: Table<Account>,
    /// People; found through their account.
    pub people: Table<Person>,
    /// What happened; found through opportunity, account and person.
    pub activities: Table<Activity>,
    /// Campaigns.
    pub campaigns: Table<Campaign>,
    /// Products.
    pub products: Table<Product>,
    /// Members.
    pub members: Table<Member>,
    /// Tasks, promises and risks; found through their opportunity.
    pub tasks: Table<Task>,
    /// Goals.
    pub goals: Table<Goal>,
    /// Absences; found through their member.
    pub absences: Table<Absence>,
    /// Answers to the gate's questions; found through their opportunity.
    pub answers: Table<Answer>,
    /// Decisions; found through their opportunity.
    pub decisions: Table<Decision>,
}

impl World {
    /// The id of a key.
    pub fn id(&self, key: Key) -> &str {
        self.ids.id(key)
    }

    /// The opportunity of an id.
    pub fn opportunity(&self, id: &str) -> Option<&Opportunity> {
        self.opportunities.get(self.ids.find(id)?)
    }

    /// What happened about an opportunity, oldest first: what names it, and what names one of its people or its account
    /// without naming another opportunity.
    pub fn story_of(&self, opportunity: &Opportunity) -> Vec<&Activity> {
        let people = opportunity.people.iter().map(|(person, _)| *person);
        let around = people.chain(opportunity.account).flat_map(|key| self.activities.of(key));
        let around = around.filter(|activity| activity.opportunity.is_none());
        let mut story: Vec<&Activity> = self.activities.of(opportunity.key).chain(around).collect();
        story.sort_by_key(|activity| (activity.at_ms, self.id(activity.key)));
        story.dedup_by_key(|activity| activity.key);
        story
    }

    /// The same activities in no order, each once.
    pub(crate) fn happened_to<'a>(&'a self, opportunity: &'a Opportunity) -> impl Iterator<Item = &'a Activity> {
        let account = opportunity.account;
        // Somebody's activity that names the account is found through that.
        let of_people = opportunity.people.iter().flat_map(|(person, _)| self.activities.of(*person));
        let of_people = of_people.filter(move |activity| account.is_none() || activity.account != account);
        let around = account.into_iter().flat_map(|key| self.activities.of(key)).chain(of_people);
        self.activities.of(opportunity.key).chain(around.filter(|activity| activity.opportunity.is_none()))
    }

    /// What a record is called that others point to: a company, a member, a product, a campaign, somebody, an opportunity.
    pub fn name(&self, key: Key) -> Option<&str> {
        let name = self.accounts.get(key).map(|one| &one.name);
        let name = name.or_else(|| self.members.get(key).map(|one| &one.facts.name));
        let name = name.or_else(|| self.products.get(key).map(|one| &one.name));
        let name = name.or_else(|| self.campaigns.get(key).map(|one| &one.name));
        let name = name.or_else(|| self.people.get(key).map(|one| &one.name));
        name.or_else(|| self.opportunities.get(key).map(|one| &one.name)).map(|name| &**name)
    }

    /// To whom an opportunity is offered. Once sales or service has it, or it left, no offer stands any more, whatever its field
    /// still says: somebody may have taken it while another device offered it on.
    pub fn offered_to(&self, opportunity: &Opportunity) -> Option<Key> {
        opportunity.offered_to.filter(|_| self.rules.phase(&opportunity.stage) == Phase::Marketing)
    }

    /// The renewals of a customer's purchase that are under way, in no order.
    pub fn open_renewals(&self, customer: Key) -> impl Iterator<Item = &Opportunity> {
        let is_renewal = move |one: &&Opportunity| one.parent == Some(customer) && &*one.purchase == "renewal";
        self.opportunities.of(customer).filter(is_renewal).filter(|one| self.rules.is_open(&one.stage))
    }

    /// Whether the renewal of a customer's contract was tried for the term that follows, and lost.
    pub fn renewal_is_lost(&self, customer: &Opportunity) -> bool {
        let is_lost = |one: &Opportunity| {
            one.parent == Some(customer.key)
                && &*one.purchase == "renewal"
                && self.rules.phase(&one.stage) == Phase::Exit
                && one.renewal_on > customer.renewal_on
        };
        self.open_renewals(customer.key).next().is_none() && self.opportunities.of(customer.key).any(is_lost)
    }

    /// What was decided about an opportunity, oldest first.
    pub fn decisions_of(&self, opportunity: Key) -> Vec<&Decision> {
        let mut decisions: Vec<&Decision> = self.decisions.of(opportunity).collect();
        decisions.sort_by_key(|decision| (decision.at_ms, self.id(decision.key)));
        decisions
    }

    /// The members of a team who are active, by id.
    pub fn team(&self, team: &str) -> Vec<&Member> {
        let mut members: Vec<&Member> =
            self.members.iter().filter(|member| member.facts.active && &*member.facts.team == team).collect();
        members.sort_by_key(|member| self.id(member.key));
        members
    }

    /// A member who is there and active; nobody for one who left or was set aside.
    pub fn active(&self, member: Key) -> Option<&Member> {
        self.members.get(member).filter(|member| member.facts.active)
    }

    /// Whether a task is to be counted. Two devices that began one onboarding without knowledge of each other each made its
    /// tasks; they cannot make the same record (two maps at one key would hide one another), so both are kept and one of each
    /// step counts: one that is done, else one of whoever has the customer, else the first that was made. The others are
    /// nobody's work.
    pub fn counts(&self, task: &Task) -> bool {
        let (Some(step), Some(opportunity)) = (task.step, task.opportunity) else { return true };
        let customer_of = self.opportunities.get(opportunity).and_then(|one| one.owner);
        let order = |one: &Task| (one.done_on.is_none(), one.owner != customer_of);
        let mut twins = self.tasks.of(opportunity).filter(|one| one.step == Some(step) && one.key != task.key);
        twins.all(|twin| (order(task), self.id(task.key)) < (order(twin), self.id(twin.key)))
    }

    /// When an opportunity last came to the stage where it stands, in milliseconds since 1970.
    pub fn stage_since(&self, opportunity: &Opportunity) -> i64 {
        // A stage written elsewhere at the same time may have come last and not stand.
        let arrival = opportunity.moves.iter().rev().find(|step| step.stage == opportunity.stage);
        arrival.map_or(opportunity.created_ms, |step| step.at_ms)
    }

    /// Whether an activity reached the buyer or came from them: a touch.
    pub fn is_touch(activity: &Activity) -> bool {
        !matches!(&*activity.kind, "note" | "task")
    }
}
