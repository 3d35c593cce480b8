//! What the revenue journey asks and answers: the gate, routing, queues, claims, numbers.
//!
//! Where a moment matters, `as_of` is a day (`2027-03-31`): everything is answered as it stood at its end; absent: now.
//! Amounts are in major units. A [`Figure`] counts records and names the number under which [`NumberQuery`] opens them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

use super::Said;
use super::types::{Linked, RecordInfo};

api! {
    /// An opportunity, and when.
    pub struct LeadQuery {
        /// The opportunity's id.
        pub id: String,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
    }

    /// A rule by its name. `key` is that of a default; its name in each language is the message `rule_<kind>_<key>`, as long as
    /// nobody changed the English one.
    pub struct Named {
        /// The rule's record.
        pub id: String,
        /// The key of a default; empty for a workspace's own.
        pub key: String,
        /// What people call it.
        pub name: String,
    }

    /// A clock that runs.
    pub struct ClockInfo {
        /// `accept`, `first_touch`, `next_step`, `rest`, `come_back`, `renewal`, `task`.
        pub kind: String,
        /// `running`, `due_soon`, `overdue`, `met`.
        pub state: String,
        /// Until when (RFC 3339).
        pub due_at: String,
        /// Minutes left, in working time where the clock counts that; negative: so long overdue.
        pub left_minutes: i64,
    }

    /// Opportunities of which it is asked what calls for attention.
    pub struct MarksQuery {
        /// Which, at most 1,000; those that are not known are left out.
        pub ids: Vec<String>,
    }

    /// What calls for attention on an opportunity.
    pub struct Marks {
        /// The opportunity.
        pub id: String,
        /// Every clock that runs on it.
        pub clocks: Vec<ClockInfo>,
        /// Why nobody looks after it; empty where somebody does.
        pub forgotten: Vec<Said>,
        /// Whose it is without their knowing of each other; empty where it is one member's.
        pub claimed_by: Vec<Linked>,
        /// Its time in nurture is over.
        pub is_back: bool,
    }

    // --- today ---------------------------------------------------------------------------------------------------

    /// Whose day, and when.
    #[derive(Default)]
    pub struct TodayQuery {
        /// The member; absent: whoever writes here.
        #[serde(default)]
        pub member: Option<String>,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
        /// How many lines to skip.
        #[serde(default)]
        pub offset: u32,
        /// How many lines to give, at most 1,000; default 200.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// A member's queue, most urgent first. It is complete: every open opportunity that is theirs stands in it, those that need
    /// nothing yet under `later`.
    pub struct Today {
        /// Whose.
        pub member: Linked,
        /// Their team.
        pub team: String,
        /// The moment it is computed for (RFC 3339).
        pub now: String,
        /// How many lines there are in all.
        pub total: u32,
        /// How many of them are overdue.
        pub overdue: u32,
        /// How many are due today.
        pub due: u32,
        /// How many are due within days.
        pub soon: u32,
        /// The lines.
        pub items: Vec<QueueItem>,
    }

    /// One thing to do.
    pub struct QueueItem {
        /// The record it is about.
        pub id: String,
        /// `opportunity` or `task`.
        pub kind: String,
        /// What the record is called.
        pub title: String,
        /// The opportunity, where the record is another one.
        pub opportunity: Option<Linked>,
        /// The opportunity's stage.
        pub stage: String,
        /// Its account.
        pub account: Option<Linked>,
        /// Its value.
        pub value: Option<f64>,
        /// The value's currency.
        pub currency: String,
        /// What is to be done: `settle` (two claims), `accept` (an offer), `first_touch`, `next_step`, `plan` (no next step),
        /// `qualify`, `offer` (it passes the gate), `reroute` (an offer is overdue), `returned`, `come_back`, `rest`, `onboard`,
        /// `renew`, `task`, `later` (nothing today).
        pub what: String,
        /// Why it is here, in words.
        pub why: Vec<Said>,
        /// The clock that runs, where one does.
        pub clock: Option<ClockInfo>,
        /// `overdue`, `today`, `soon`, `later`.
        pub when: String,
        /// Who is proposed: for `settle`, who should have it; for `reroute`, whom to offer it to next.
        pub proposed: Option<Linked>,
        /// What can be done, the next action first: `accept`, `return`, `log`, `step`, `qualify`, `offer`, `settle`, `done`,
        /// `onboard`, `renew`, `claim`, `brief`, `open`.
        pub actions: Vec<String>,
    }

    // --- the gate ------------------------------------------------------------------------------------------------

    /// Whether a lead is ready for sales, and why.
    pub struct GateInfo {
        /// The lead.
        pub opportunity: Linked,
        /// 0–100.
        pub score: u32,
        /// Share of the weight that is known, 0–100.
        pub confidence: u32,
        /// It may be offered to sales.
        pub passes: bool,
        /// From which score on.
        pub score_min: u32,
        /// From which confidence on.
        pub confidence_min: u32,
        /// What is missing, what matters most first.
        pub missing: Vec<Said>,
        /// The question whose answer would change most.
        pub next: Option<NextQuestion>,
        /// Each criterion with its answer.
        pub criteria: Vec<CriterionAnswer>,
        /// How often a rule was overridden for this lead.
        pub overrides: u32,
    }

    /// A question to ask next.
    pub struct NextQuestion {
        /// The criterion.
        pub criterion: Named,
        /// What to ask.
        pub question: String,
        /// By how much a yes raises the score.
        pub gain: u32,
    }

    /// A criterion and how it is answered.
    pub struct CriterionAnswer {
        /// The criterion.
        pub criterion: Named,
        /// What to ask.
        pub question: String,
        /// `fit`, `interest`, `need`, `budget`, `authority`, `timing`.
        pub family: String,
        /// Its weight.
        pub weight: u32,
        /// Without it no lead passes.
        pub required: bool,
        /// `yes`, `no`, `unknown`.
        pub verdict: String,
        /// `hand`, `rule`, `nobody`.
        pub by: String,
        /// Why the answer is what it is.
        pub why: Vec<Said>,
        /// In whose words, for an answer by hand.
        pub evidence: String,
        /// Who answered.
        pub member: Option<Linked>,
        /// When (RFC 3339).
        pub at: Option<String>,
        /// An answer by hand was too old to count.
        pub stale: bool,
        /// By how much a yes raises the score.
        pub gain: u32,
    }

    /// An answer to a question of the gate.
    pub struct AnswerCriterion {
        /// The lead.
        pub id: String,
        /// The criterion's id.
        pub criterion: String,
        /// `yes`, `no`, `unknown`.
        pub verdict: String,
        /// How that is known, in words.
        #[serde(default)]
        pub evidence: Option<String>,
    }

    /// An answer was written.
    pub struct Answered {
        /// The change that was written.
        pub change: Option<String>,
        /// The gate with it.
        pub gate: GateInfo,
    }

    // --- routing -------------------------------------------------------------------------------------------------

    /// Who should get a lead, and why.
    pub struct RouteInfo {
        /// The lead.
        pub opportunity: Linked,
        /// The rule that chose the pool; absent: none held, so all of sales.
        pub rule: Option<Named>,
        /// `propose` or `assign`.
        pub mode: String,
        /// Whom it goes to.
        pub chosen: Option<Linked>,
        /// The ranking, best first; those who are not eligible last.
        pub candidates: Vec<RouteCandidate>,
    }

    /// A member of the pool.
    pub struct RouteCandidate {
        /// Who.
        pub member: Linked,
        /// 1 is best.
        pub rank: u32,
        /// They may get it.
        pub eligible: bool,
        /// Why, or why not, in words.
        pub reasons: Vec<Said>,
        /// Their win rate on similar customers, the team's mixed in; 0–1.
        pub rate: f64,
        /// Of their decided opportunities, how many were won.
        pub won: u32,
        /// How many were decided.
        pub closed: u32,
        /// How much similar experience that is: the sum of similarities.
        pub weight: f64,
        /// Leads and deals they have now, and those offered to them.
        pub open: u32,
        /// How many they take; absent: any number.
        pub capacity: Option<u32>,
        /// The most similar customers behind the rate.
        pub similar: Vec<SimilarCustomer>,
    }

    /// A decided opportunity that is like the one asked about.
    pub struct SimilarCustomer {
        /// The opportunity.
        pub opportunity: Linked,
        /// Its account.
        pub account: Option<Linked>,
        /// Who had it.
        pub owner: Option<Linked>,
        /// Won, or lost.
        pub won: bool,
        /// 0–1.
        pub similarity: f64,
        /// In what: `industry`, `size`, `country`, `product`.
        pub same: Vec<String>,
        /// Its value.
        pub value: Option<f64>,
        /// The value's currency.
        pub currency: String,
        /// From first interest to the decision.
        pub days: Option<i64>,
        /// Touches until the decision; absent where they were not counted (in a ranking, and of lost ones).
        pub touches: Option<u32>,
        /// Where it came from.
        pub source: String,
        /// Through which campaign.
        pub campaign: Option<Linked>,
        /// Why it was lost.
        pub exit_reason: String,
    }

    // --- claims --------------------------------------------------------------------------------------------------

    /// An offer to sales.
    pub struct OfferLead {
        /// The lead.
        pub id: String,
        /// To whom; absent: as routed.
        #[serde(default)]
        pub member: Option<String>,
        /// Why, although the gate holds it back.
        #[serde(default)]
        pub override_reason: Option<String>,
    }

    /// A lead to take.
    pub struct TakeLead {
        /// The lead.
        pub id: String,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// A lead that was offered, to take.
    pub struct AcceptLead {
        /// The lead.
        pub id: String,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
        /// Why it is taken although a rule holds it back; counted. Without it that fails with `rule_violated`.
        #[serde(default)]
        pub override_reason: Option<String>,
    }

    /// A renewal has begun.
    pub struct Renewed {
        /// The change that was written.
        pub change: Option<String>,
        /// The opportunity that points to the customer.
        pub record: RecordInfo,
    }

    /// A lead to give back.
    pub struct ReturnLead {
        /// The lead.
        pub id: String,
        /// The reason: its record's id, its key or its name.
        pub reason: String,
        /// What happened, in one's own words.
        pub evidence: String,
        /// The criterion it contradicts (id or key); absent: the reason's own, empty: none.
        #[serde(default)]
        pub criterion: Option<String>,
        /// Take it up again on this day; absent: marketing works it at once.
        #[serde(default)]
        pub return_on: Option<String>,
    }

    /// A lead that two members took without knowledge of each other.
    pub struct Settlement {
        /// The claims, in the order in which they would win.
        pub claims: Vec<ClaimInfo>,
        /// Who should have it.
        pub proposed: Linked,
        /// Why.
        pub why: Said,
    }

    /// One of several claims.
    pub struct ClaimInfo {
        /// Who would own it.
        pub member: Option<Linked>,
        /// When it was claimed (RFC 3339).
        pub at: String,
        /// Their place in the routing, 1 is best; absent: not in the pool.
        pub rank: Option<u32>,
    }

    /// Opportunities and the stage they would come to.
    pub struct MoveCheck {
        /// The opportunities, at most 100,000.
        pub ids: Vec<String>,
        /// The stage.
        pub stage: String,
        /// Fields that would be written together with it.
        #[serde(default)]
        pub fields: BTreeMap<String, Json>,
    }

    /// What speaks against a move.
    pub struct Violations {
        /// One for each opportunity that a rule holds back.
        pub records: Vec<Violation>,
    }

    /// What holds an opportunity back.
    pub struct Violation {
        /// The opportunity.
        pub record: Linked,
        /// The names of the rules that do not hold, for `overrides`.
        pub rules: Vec<String>,
        /// The same in words; empty after the first 100 records.
        pub why: Vec<Said>,
    }

    /// Who is about to contact whom.
    pub struct ContactQuery {
        /// An opportunity or a person.
        pub id: String,
    }

    /// A contact to write down, and what follows from it.
    pub struct LogContact {
        /// The activity: field → value.
        pub fields: BTreeMap<String, Json>,
        /// The next step that follows from it.
        #[serde(default)]
        pub next: Option<NextStep>,
        /// What was promised meanwhile; it becomes a task of whoever writes.
        #[serde(default)]
        pub promise: Option<Promised>,
    }

    /// A next step with its day.
    pub struct NextStep {
        /// The opportunity.
        pub id: String,
        /// What is to be done.
        pub step: String,
        /// On which day.
        pub on: String,
    }

    /// Something promised to a buyer.
    pub struct Promised {
        /// What.
        pub what: String,
        /// Until which day.
        #[serde(default)]
        pub on: Option<String>,
    }

    /// Something to know before contacting somebody.
    pub struct ContactWarning {
        /// In words.
        pub why: Said,
        /// The activity it is about.
        pub activity: Option<String>,
        /// The other member.
        pub member: Option<Linked>,
    }

    // --- brief ---------------------------------------------------------------------------------------------------

    /// What to know before the next contact.
    pub struct Brief {
        /// The opportunity with all its fields.
        pub opportunity: RecordInfo,
        /// The account with all its fields.
        pub account: Option<RecordInfo>,
        /// Who they are.
        pub people: Vec<BriefPerson>,
        /// What happened, newest first, at most ten.
        pub happened: Vec<RecordInfo>,
        /// What was promised, open first.
        pub promises: Vec<RecordInfo>,
        /// What to worry about.
        pub risks: Vec<RecordInfo>,
        /// Open tasks and onboarding steps.
        pub tasks: Vec<RecordInfo>,
        /// What nobody knows yet, and the question that would tell.
        pub unknown: Vec<NextQuestion>,
        /// The gate's score, confidence and whether it passes.
        pub score: u32,
        /// Share of the weight that is known.
        pub confidence: u32,
        /// What worked on similar customers.
        pub similar: Vec<SimilarCustomer>,
        /// What the similar customers have in common: those won, of at most fifty.
        pub lessons: Lessons,
        /// Why similar customers were lost: reason → how often, of at most fifty.
        pub lost_because: BTreeMap<String, u32>,
        /// What to know before contacting them.
        pub warnings: Vec<ContactWarning>,
        /// Every clock that runs.
        pub clocks: Vec<ClockInfo>,
        /// Pages to read: ideal customer, personas, playbooks.
        pub pages: Vec<Linked>,
        /// Two members have it.
        pub settlement: Option<Settlement>,
    }

    /// How it went with similar customers that were won. What is counted comes with how many of them it is true of, the most
    /// frequent first.
    pub struct Lessons {
        /// How many were won.
        pub won: u32,
        /// How many were lost.
        pub lost: u32,
        /// Median days from first interest to the decision.
        pub days: Option<f64>,
        /// Median touches until the decision, of those that have any on record.
        pub touches: Option<f64>,
        /// Kinds of touches.
        pub channels: Vec<Frequency>,
        /// Where they came from.
        pub sources: Vec<Frequency>,
        /// The campaigns they came through.
        pub campaigns: Vec<Frequency>,
    }

    /// How many something is true of.
    pub struct Frequency {
        /// An option of a field, or a record's id.
        pub key: String,
        /// What to call it, where it is a record.
        pub title: String,
        /// How many.
        pub count: u32,
    }

    /// Somebody at the account.
    pub struct BriefPerson {
        /// Who.
        pub person: Linked,
        /// Their role in this purchase.
        pub role: String,
        /// What they do.
        pub job_title: String,
        /// The last touch (RFC 3339).
        pub last_touch: Option<String>,
    }

    // --- forgotten -----------------------------------------------------------------------------------------------

    /// Which forgotten opportunities, and when.
    #[derive(Default)]
    pub struct ForgottenQuery {
        /// Only what this member owns.
        #[serde(default)]
        pub member: Option<String>,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
        /// How many to skip.
        #[serde(default)]
        pub offset: u32,
        /// At most 1,000; default 200.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// Opportunities that nobody looks after, longest first.
    pub struct ForgottenList {
        /// How many there are in all.
        pub total: u32,
        /// Of how many open ones.
        pub open: u32,
        /// This page.
        pub items: Vec<ForgottenItem>,
    }

    /// A forgotten opportunity.
    pub struct ForgottenItem {
        /// The opportunity.
        pub id: String,
        /// What it is called.
        pub title: String,
        /// Its stage.
        pub stage: String,
        /// Its account.
        pub account: Option<Linked>,
        /// Its owner.
        pub owner: Option<Linked>,
        /// Its value.
        pub value: Option<f64>,
        /// The value's currency.
        pub currency: String,
        /// What is to be done next; empty: nothing is planned.
        pub next_step: String,
        /// On which day.
        pub next_step_date: Option<String>,
        /// What is wrong: no owner, no next step, no date, overdue, rests too long.
        pub why: Vec<Said>,
        /// Since when (RFC 3339).
        pub since: String,
    }

    // --- numbers -------------------------------------------------------------------------------------------------

    /// How many records a number counts.
    pub struct Figure {
        /// How many.
        pub count: u32,
        /// Under which name [`NumberQuery`] opens them.
        pub number: String,
    }

    /// The records behind a number.
    pub struct NumberQuery {
        /// The number's name, from a [`Figure`].
        pub number: String,
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
        /// How many to skip.
        #[serde(default)]
        pub offset: u32,
        /// At most 1,000; default 100.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// The records behind a number, as they stood at the moment.
    pub struct NumberRecords {
        /// How many there are in all.
        pub total: u32,
        /// This page.
        pub records: Vec<RecordInfo>,
    }

    /// A stretch of time.
    pub struct MetricsQuery {
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
        /// Without the break meter, whose past states take longest.
        #[serde(default)]
        pub without_meter: bool,
    }

    /// One set of numbers for everybody.
    pub struct Metrics {
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// The moment they are computed for (RFC 3339).
        pub now: String,
        /// Every goal that lies in the period.
        pub goals: Vec<GoalProgress>,
        /// What was won in the period.
        pub won: Figure,
        /// Its value by currency.
        pub revenue: BTreeMap<String, f64>,
        /// The same revenue by each attribution model.
        pub attribution: Vec<Attribution>,
        /// The stages in order.
        pub funnel: Vec<FunnelStage>,
        /// How fast the pipeline turns into revenue.
        pub velocity: Velocity,
        /// From offer to first touch.
        pub speed: SpeedToLead,
        /// Where the handover breaks, month by month.
        pub meter: Vec<MeterPoint>,
    }

    /// A goal and how far it is.
    pub struct GoalProgress {
        /// The goal.
        pub goal: Linked,
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// What is aimed at.
        pub amount: f64,
        /// In which currency.
        pub currency: String,
        /// What is won.
        pub won: f64,
        /// The won opportunities.
        pub won_records: Figure,
        /// What is open and closes within the goal's time.
        pub open: f64,
        /// The open opportunities.
        pub open_records: Figure,
        /// Share of the time that has passed, 0–1.
        pub elapsed: f64,
        /// Each team's contribution by the workspace's attribution model; adds up to `won`.
        pub teams: Vec<Share>,
    }

    /// A part of an amount.
    pub struct Share {
        /// A team, a source, or a campaign's id; empty: none.
        pub key: String,
        /// What to call it, where it is a record.
        pub title: String,
        /// How much.
        pub amount: f64,
        /// The opportunities of whose value it is a part.
        pub records: Figure,
    }

    /// Revenue divided among touches.
    pub struct Attribution {
        /// `first`, `last`, `linear`, `position`.
        pub model: String,
        /// In which currency.
        pub currency: String,
        /// What it adds up to.
        pub total: f64,
        /// What was won in that currency.
        pub deals: Figure,
        /// By team.
        pub teams: Vec<Share>,
        /// By campaign.
        pub campaigns: Vec<Share>,
        /// By source.
        pub sources: Vec<Share>,
    }

    /// A stage of the funnel.
    pub struct FunnelStage {
        /// The stage's key.
        pub stage: String,
        /// Its phase.
        pub phase: String,
        /// Came to it within the period.
        pub entered: Figure,
        /// Of those, went on.
        pub converted: Figure,
        /// Median days spent there by those that left it.
        pub median_days: Option<f64>,
        /// Rest there now.
        pub resting: Figure,
    }

    /// How fast the pipeline turns into revenue.
    pub struct Velocity {
        /// Open opportunities.
        pub open: Figure,
        /// Won in the period.
        pub won: Figure,
        /// Lost in the period.
        pub lost: Figure,
        /// Won of those decided, 0–1.
        pub win_rate: Option<f64>,
        /// Median days from first interest to won.
        pub cycle_days: Option<f64>,
        /// Average value of a won one, by currency.
        pub average: BTreeMap<String, f64>,
        /// Open × win rate × average ÷ cycle: revenue per day, by currency.
        pub per_day: BTreeMap<String, f64>,
    }

    /// How long the first touch takes after an offer, in working time.
    pub struct SpeedToLead {
        /// Median minutes.
        pub median_minutes: Option<f64>,
        /// The leads that the median is of.
        pub touched: Figure,
        /// How many took how long.
        pub buckets: Vec<SpeedBucket>,
    }

    /// Offers touched within some time.
    pub struct SpeedBucket {
        /// At most so many minutes; absent: longer. With `untouched`, not yet.
        pub upto_minutes: Option<u32>,
        /// Nobody has touched them yet.
        pub untouched: bool,
        /// The leads.
        pub leads: Figure,
    }

    /// Where the handover breaks, in one month.
    pub struct MeterPoint {
        /// `2027-03`.
        pub month: String,
        /// Median hours between marketing's last and sales' first touch.
        pub gap_hours: Option<f64>,
        /// The leads it is measured on.
        pub gap: Figure,
        /// Handed to sales.
        pub handed: Figure,
        /// Of those offered or accepted, given back.
        pub returned: Figure,
        /// Handed over although a rule held them back.
        pub overridden: Figure,
        /// Worked by two at a time.
        pub double: Figure,
        /// Forgotten at the month's end.
        pub forgotten: Option<Figure>,
        /// Of so many open ones.
        pub open: Option<u32>,
    }

    // --- feedback ------------------------------------------------------------------------------------------------

    /// What became of marketing's leads.
    pub struct Feedback {
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// By campaign; leads without one last.
        pub campaigns: Vec<FeedbackRow>,
        /// By source.
        pub sources: Vec<FeedbackRow>,
        /// By criterion: which rule was wrong.
        pub criteria: Vec<CriterionFeedback>,
        /// The leads that were returned; each return with the words of the rep: [`ReturnedQuery`].
        pub returned_leads: Figure,
    }

    /// What became of the leads of a campaign or source.
    pub struct FeedbackRow {
        /// The campaign's id or the source; empty: none.
        pub key: String,
        /// The campaign's name.
        pub title: String,
        /// The leads.
        pub leads: Figure,
        /// Offered to sales, or taken by it.
        pub passed: Figure,
        /// Accepted.
        pub accepted: Figure,
        /// Given back.
        pub returned: Figure,
        /// Given back, by reason.
        pub reasons: Vec<ReasonCount>,
        /// Won.
        pub won: Figure,
        /// What they brought, by currency.
        pub revenue: BTreeMap<String, f64>,
        /// What the campaign cost.
        pub cost: Option<f64>,
        /// In which currency.
        pub cost_currency: String,
    }

    /// How often a reason was given.
    pub struct ReasonCount {
        /// The reason.
        pub reason: Named,
        /// The leads.
        pub leads: Figure,
    }

    /// How often a criterion was right.
    pub struct CriterionFeedback {
        /// The criterion.
        pub criterion: Named,
        /// Decided leads it said yes on.
        pub said_yes: Figure,
        /// Of those, given back or lost.
        pub wrong: Figure,
        /// A return named it as contradicted.
        pub contradicted: Figure,
    }

    /// The leads that sales gave back in a period, with the words of the rep.
    pub struct ReturnedQuery {
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
        /// Only those that say this somewhere, in whatever case: in the lead's, the member's or the campaign's name, in the rep's
        /// words, in the name of the reason or the criterion.
        #[serde(default)]
        pub text: Option<String>,
        /// Reasons and criteria that the text means too: what they are called in the asker's language, the engine does not know.
        #[serde(default)]
        pub rules: Vec<String>,
        /// So many are passed over.
        #[serde(default)]
        pub offset: u32,
        /// At most so many, up to 1,000; absent: 100.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// A page of returned leads.
    pub struct ReturnedPage {
        /// How many returns there are of those asked for.
        pub total: u32,
        /// Newest first.
        pub leads: Vec<ReturnedLead>,
    }

    /// A lead that sales gave back.
    pub struct ReturnedLead {
        /// The lead.
        pub opportunity: Linked,
        /// When (RFC 3339).
        pub at: String,
        /// By whom.
        pub by: Option<Linked>,
        /// Why.
        pub reason: Option<Named>,
        /// In the rep's words.
        pub evidence: String,
        /// The criterion it contradicts.
        pub criterion: Option<Named>,
        /// The campaign it came through.
        pub campaign: Option<Linked>,
        /// Where it stands now.
        pub stage: String,
    }

    // --- back-test -----------------------------------------------------------------------------------------------

    /// Rules to try on the past.
    pub struct BacktestQuery {
        /// On the leads of the last so many months, at most 120.
        pub months: u32,
        /// Rules as they would be; those not named are as they are.
        #[serde(default)]
        pub drafts: Vec<DraftRule>,
        /// As of the end of this day; absent: now.
        #[serde(default)]
        pub as_of: Option<String>,
    }

    /// Drafted rules to write.
    pub struct SwitchOn {
        /// The rules as they shall be; those not named stay as they are.
        pub drafts: Vec<DraftRule>,
        /// Why.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// A rule as it would be.
    pub struct DraftRule {
        /// `criterion`, `policy`, `routing_rule`, `stage`, `reason`, `onboarding_step`.
        pub kind: String,
        /// The record; absent: a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// What a new one is called in the answer; absent: nothing.
        #[serde(default)]
        pub draft: Option<String>,
        /// Its fields as they would be; those not named are as they are.
        #[serde(default)]
        pub fields: BTreeMap<String, Json>,
        /// It would be set aside.
        #[serde(default)]
        pub archived: bool,
    }

    /// What rules would have done.
    pub struct Backtest {
        /// Leads of that time.
        pub leads: u32,
        /// With the rules as drafted.
        pub draft: BacktestSide,
        /// With the rules as they are.
        pub present: BacktestSide,
        /// Offered by the draft, held by the rules as they are.
        pub newly_offered: TriedGroup,
        /// Held by the draft, offered by the rules as they are.
        pub newly_held: TriedGroup,
    }

    /// What one set of rules would have done.
    pub struct BacktestSide {
        /// Offered to sales.
        pub offered: TriedGroup,
        /// Held back.
        pub held: TriedGroup,
        /// Where routing would have sent those that were offered: its rules in their order, then those for whom none holds.
        pub routes: Vec<TriedRoute>,
    }

    /// Leads that rules were tried on, and what became of them.
    pub struct TriedGroup {
        /// All of them.
        pub all: TriedLeads,
        /// Of those, won.
        pub won: TriedLeads,
        /// Of those, lost or given back.
        pub lost: TriedLeads,
    }

    /// Leads that rules were tried on.
    pub struct TriedLeads {
        /// How many.
        pub count: u32,
        /// Under which name [`TriedQuery`] opens them.
        pub number: String,
    }

    /// The leads behind a number of a back-test.
    pub struct TriedQuery {
        /// As the back-test was asked.
        pub months: u32,
        /// As the back-test was asked.
        #[serde(default)]
        pub drafts: Vec<DraftRule>,
        /// As the back-test was asked.
        #[serde(default)]
        pub as_of: Option<String>,
        /// Which number: [`TriedLeads::number`].
        pub number: String,
        /// So many are passed over.
        #[serde(default)]
        pub offset: u32,
        /// At most so many, up to 1,000; absent: 100.
        #[serde(default)]
        pub limit: Option<u32>,
    }

    /// A page of leads.
    pub struct TriedPage {
        /// How many the number counts.
        pub total: u32,
        /// By id.
        pub records: Vec<Linked>,
    }

    /// The leads that a routing rule would have taken.
    pub struct TriedRoute {
        /// The rule's record, or what the draft calls a new one; empty: no rule holds, so they go to all of sales.
        pub rule: String,
        /// The leads.
        pub leads: TriedLeads,
    }
}
