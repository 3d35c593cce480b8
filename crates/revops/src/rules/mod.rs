//! How the process is run: the rules of a workspace, read from their records.
//!
//! What is written is checked ([`check`]). What is read is not refused: two people's halves of a rule may meet in one record, a
//! newer version may know conditions that this one does not. So reading is tolerant, and the same on every device: a number out
//! of bounds counts as the nearest that is in them ([`bounds`]), hours, days, a zone or region that cannot be read as the usual
//! ones, conditions that cannot be read hold for nobody ([`Conditions::unreadable`], and the window says so), a condition that
//! cannot be compared is unknown.

mod check;
mod compare;
mod conditions;
mod found;
mod happened;
mod holds;
pub mod sentences;
mod subject;
#[cfg(test)]
mod tests;
mod timelines;

pub use check::{RuleError, bounds, check};
pub use conditions::{Condition, ConditionError, Conditions, Op};
pub use found::{FIELDS, is_field, place};
pub(crate) use happened::direction_of;
pub use holds::Holds;
pub(crate) use holds::{holds, holds_for_gate, verdict_for_gate};

pub use subject::{Subject, Then, Thens, looked_at};
pub use tandem_context::Phase;
pub(crate) use timelines::Timelines;

use crate::facts::{Key, Text};

/// Every rule of a workspace, each sort by rank, then id.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Thresholds, clocks, working hours.
    pub policy: Policy,
    /// The stages, exits last.
    pub stages: Vec<Stage>,
    /// The questions of the gate that are switched on.
    pub criteria: Vec<Criterion>,
    /// Those that are switched off: what was decided names them still.
    pub criteria_off: Vec<Criterion>,
    /// Which pool a lead goes to, first one that holds.
    pub routing: Vec<RoutingRule>,
    /// Why a lead is given back or leaves.
    pub reasons: Vec<Reason>,
    /// What is done with every customer once they are won.
    pub onboarding: Vec<OnboardingStep>,
}

impl Rules {
    /// The stage of this key.
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| &*stage.key == key)
    }

    /// What a stage is called; its key where it is not known.
    pub fn stage_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.stage(key).map_or(key, |stage| &stage.name)
    }

    /// Whose part of the process a stage is; a stage that is not known counts as marketing's, so that nothing is lost.
    pub fn phase(&self, stage: &str) -> Phase {
        self.stage(stage).map_or(Phase::Marketing, |stage| stage.phase)
    }

    /// Where a stage stands in the process; unknown ones come first.
    pub fn place(&self, stage: &str) -> usize {
        self.stages.iter().position(|known| &*known.key == stage).map_or(0, |place| place + 1)
    }

    /// Whether an opportunity there was won: the stage is Won or service's, or it was a customer who left.
    pub fn is_won(&self, stage: &str) -> bool {
        matches!(stage, "won" | "churned") || self.phase(stage) == Phase::Service
    }

    /// Whether somebody has to do something about an opportunity there: marketing's and sales' part before it is decided.
    pub fn is_open(&self, stage: &str) -> bool {
        matches!(self.phase(stage), Phase::Marketing | Phase::Sales) && stage != "won"
    }

    /// The criterion of this key, switched on or off.
    pub fn criterion(&self, key: Key) -> Option<&Criterion> {
        self.criteria.iter().chain(&self.criteria_off).find(|criterion| criterion.key == key)
    }

    /// The reason of this key.
    pub fn reason(&self, key: Key) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.key == key)
    }
}

/// A stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The record.
    pub id: Key,
    /// What opportunities hold in their `stage`.
    pub key: Text,
    /// What people call it.
    pub name: Text,
    /// Whose part of the process it is.
    pub phase: Phase,
    /// The team that owns opportunities there.
    pub team: Text,
    /// What must be true to enter it.
    pub entry: Conditions,
    /// How many days an opportunity may rest there; none: for ever.
    pub rest_days: Option<i64>,
    /// It was set aside: nothing comes there any more, what stands there is kept.
    pub set_aside: bool,
}

/// A question of the gate.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// The record.
    pub key: Key,
    /// The key of a default; empty for a workspace's own.
    pub default_key: Text,
    /// What people call it.
    pub name: Text,
    /// The question that answers it.
    pub question: Text,
    /// `fit`, `interest`, `need`, `budget`, `authority`, `timing`.
    pub family: Text,
    /// What it counts for in the score; zero: nothing.
    pub weight: i64,
    /// Without it no lead passes.
    pub required: bool,
    /// How many days an answer by hand stays fresh; none: for ever.
    pub fresh_days: Option<i64>,
    /// The rule that answers it; none: answered by hand only. An answer by hand that is fresh stands before the rule's.
    pub rule: Option<Conditions>,
}

/// A routing rule.
#[derive(Debug, Clone)]
pub struct RoutingRule {
    /// The record.
    pub key: Key,
    /// The key of a default; empty for a workspace's own.
    pub default_key: Text,
    /// What people call it.
    pub name: Text,
    /// When it holds; no condition: always.
    pub when: Conditions,
    /// The pool: members of this team; empty: of sales.
    pub team: Text,
    /// The pool: members of this region; empty: of any.
    pub region: Text,
    /// The pool: these members; none: as team and region say.
    pub members: Vec<Key>,
}

/// Why a lead is given back or leaves.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The record.
    pub key: Key,
    /// The key of a default; empty for a workspace's own.
    pub default_key: Text,
    /// What people call it.
    pub name: Text,
    /// `return` or `exit`.
    pub kind: Text,
    /// The criterion it contradicts.
    pub criterion: Option<Key>,
    /// It can be given; one that is out of use is kept for what it was given for.
    pub active: bool,
}

/// Something done with every customer once they are won.
#[derive(Debug, Clone)]
pub struct OnboardingStep {
    /// The record.
    pub key: Key,
    /// What is done.
    pub name: Text,
    /// By which team.
    pub team: Text,
    /// Days after it was won.
    pub due_days: i64,
}

/// Thresholds, clocks, working hours.
#[derive(Debug, Clone)]
pub struct Policy {
    /// A lead passes from this score on, 0–100.
    pub score_min: i64,
    /// … and from this confidence on, 0–100.
    pub confidence_min: i64,
    /// Routing assigns; otherwise it proposes.
    pub routing_assigns: bool,
    /// How many opportunities of the team's rate a rep's own record is mixed with.
    pub prior_strength: i64,
    /// Working hours from an offer to the first touch.
    pub touch_hours: i64,
    /// Working hours from an offer to its acceptance or return.
    pub accept_hours: i64,
    /// A clock with less than so many working hours left is due soon.
    pub due_soon_hours: i64,
    /// A warning before a person is contacted whom another member contacted within so many days.
    pub contact_days: i64,
    /// A renewal comes up so many days before its date.
    pub renewal_days: i64,
    /// How a won opportunity's value is divided among its touches where one model is asked for.
    pub attribution: Text,
    /// IANA.
    pub time_zone: Text,
    /// `mon` … `sun`.
    pub work_days: Vec<Text>,
    /// `09:00-17:00`, several with commas.
    pub working_hours: Text,
    /// Which public holidays (`DE-BY`, `CH-ZH`, `AT`…); empty: none.
    pub holiday_region: Text,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            score_min: 60,
            confidence_min: 60,
            routing_assigns: false,
            prior_strength: 10,
            touch_hours: 8,
            accept_hours: 8,
            due_soon_hours: 2,
            contact_days: 7,
            renewal_days: 90,
            attribution: "position".into(),
            time_zone: "Europe/Berlin".into(),
            work_days: ["mon", "tue", "wed", "thu", "fri"].map(Text::from).to_vec(),
            working_hours: "09:00-17:00".into(),
            holiday_region: "".into(),
        }
    }
}
