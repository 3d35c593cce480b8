//! The stages of an opportunity and the team whose part of the process each is: those every workspace begins with, and how a
//! workspace has them.

use serde::{Deserialize, Serialize};

use super::{Choice, Opt};

/// Which team's part of the process a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// From first interest to qualified.
    Marketing,
    /// From accepted to won.
    Sales,
    /// From onboarding to renewal.
    Service,
    /// Out of the process, with a reason.
    Exit,
}

impl Phase {
    /// `marketing`, `sales`, `service`, `exit`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::Sales => "sales",
            Self::Service => "service",
            Self::Exit => "exit",
        }
    }

    /// Reads what stands in the document.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Marketing, Self::Sales, Self::Service, Self::Exit].into_iter().find(|phase| phase.name() == name)
    }
}

/// Where an opportunity may stand in every workspace.
#[derive(Debug, Clone, Copy)]
pub struct DefaultStage {
    /// As it stands in the document.
    pub name: &'static str,
    /// What it is called until a workspace calls it otherwise.
    pub english: &'static str,
    /// Whose part of the process it is.
    pub phase: Phase,
    /// What other tools call it, folded.
    pub aliases: &'static [&'static str],
}

const fn at(name: &'static str, english: &'static str, phase: Phase, aliases: &'static [&'static str]) -> DefaultStage {
    DefaultStage { name, english, phase, aliases }
}

impl DefaultStage {
    /// Whether the process counts on it: opportunities begin there, or what passes between the teams leads there. It may be
    /// called otherwise, but neither set aside nor given to another team.
    pub fn is_counted_on(&self) -> bool {
        !matches!(self.name, "discovery" | "proposal" | "negotiation")
    }
}

/// A stage as a workspace has it: a default, perhaps called otherwise, or one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its record.
    pub id: String,
    /// What opportunities hold in their `stage`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Whose part of the process it is.
    pub phase: Phase,
    /// Its place within the phase; none: last.
    pub rank: Option<i64>,
    /// It was set aside: nothing comes there any more, what stands there is kept.
    pub set_aside: bool,
}

impl Stage {
    /// The default it is, if it is one.
    pub fn default_stage(&self) -> Option<&'static DefaultStage> {
        default_stage(&self.key)
    }

    /// Orders stages as the process goes: by phase, then rank, then record.
    fn place(&self) -> (Phase, i64, &str) {
        (self.phase, self.rank.unwrap_or(i64::MAX), &self.id)
    }
}

/// Brings stages into their order. Of several with one key, made without knowledge of each other, one in use stands.
pub(super) fn in_order(mut stages: Vec<Stage>) -> Vec<Stage> {
    stages.sort_by(|a, b| (a.set_aside, a.place()).cmp(&(b.set_aside, b.place())));
    let mut known = std::collections::BTreeSet::new();
    stages.retain(|stage| known.insert(stage.key.clone()));
    stages.sort_by(|a, b| a.place().cmp(&b.place()));
    stages
}

/// The stages of a workspace that has changed nothing about them.
pub(super) fn standard() -> Vec<Stage> {
    let stage = |(n, one): (usize, &DefaultStage)| Stage {
        id: crate::document::default_id("stage", n),
        key: one.name.to_owned(),
        name: one.english.to_owned(),
        phase: one.phase,
        rank: i64::try_from(n).ok().map(|n| (n + 1) * 100),
        set_aside: false,
    };
    STAGES.iter().enumerate().map(stage).collect()
}

/// The default process (PRODUCT.md), in order, exits last.
pub const STAGES: &[DefaultStage] = &[
    at("new", "New", Phase::Marketing, &["new", "neu", "open", "offen", "lead", "subscriber"]),
    at(
        "engaged",
        "Engaged",
        Phase::Marketing,
        &["engaged", "interessiert", "nurturing", "marketingqualifiedlead", "mql", "contacted"],
    ),
    at(
        "qualified",
        "Qualified",
        Phase::Marketing,
        &["qualified", "qualifiziert", "qualification", "salesqualifiedlead", "sql", "qualifiedtobuy"],
    ),
    at(
        "accepted",
        "Accepted",
        Phase::Sales,
        &["accepted", "angenommen", "prospecting", "salesacceptedlead", "sal", "appointmentscheduled"],
    ),
    at(
        "discovery",
        "Discovery",
        Phase::Sales,
        &[
            "discovery",
            "bedarfsanalyse",
            "engaging",
            "needsanalysis",
            "valueproposition",
            "iddecisionmakers",
            "perceptionanalysis",
            "presentationscheduled",
            "demo",
        ],
    ),
    at(
        "proposal",
        "Proposal",
        Phase::Sales,
        &["proposal", "angebot", "proposalpricequote", "quote", "decisionmakerboughtin"],
    ),
    at(
        "negotiation",
        "Negotiation",
        Phase::Sales,
        &["negotiation", "verhandlung", "negotiationreview", "contractsent"],
    ),
    at("won", "Won", Phase::Sales, &["won", "gewonnen", "closedwon"]),
    at("onboarding", "Onboarding", Phase::Service, &["onboarding", "einfuehrung", "implementation"]),
    at("live", "Live", Phase::Service, &["live", "aktiv", "customer", "kunde", "active"]),
    at("renewal", "Renewal", Phase::Service, &["renewal", "verlaengerung"]),
    at("nurture", "Nurture", Phase::Exit, &["nurture", "spaeter", "onhold", "zurueckgestellt", "recycled"]),
    at("disqualified", "Disqualified", Phase::Exit, &["disqualified", "disqualifiziert", "unqualified"]),
    at("lost", "Lost", Phase::Exit, &["lost", "verloren", "closedlost"]),
    at("churned", "Churned", Phase::Exit, &["churned", "abgewandert", "gekuendigt"]),
];

/// The default stage of this name.
pub fn default_stage(name: &str) -> Option<&'static DefaultStage> {
    STAGES.iter().find(|stage| stage.name == name)
}

/// Stages as the options of a field. One that was set aside is still read where it is named exactly, as what stands there is.
pub(super) fn choice(stages: &[Stage]) -> Choice {
    let option = |stage: &Stage| Opt {
        name: stage.key.clone(),
        label: Some(stage.name.clone()),
        aliases: stage.default_stage().map(|one| one.aliases).unwrap_or_default(),
        retired: stage.set_aside,
    };
    Choice { options: stages.iter().map(option).collect(), open: false }
}
