//! The stages of an opportunity and the team whose part of the process each is.

use super::{Choice, Opt};

/// Which team's part of the process a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// Where an opportunity stands.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// As it stands in the document.
    pub name: &'static str,
    /// Whose part of the process it is.
    pub phase: Phase,
    /// What other tools call it, folded.
    pub aliases: &'static [&'static str],
}

const fn at(name: &'static str, phase: Phase, aliases: &'static [&'static str]) -> Stage {
    Stage { name, phase, aliases }
}

/// The default process (PRODUCT.md), in order, exits last.
pub const STAGES: &[Stage] = &[
    at("new", Phase::Marketing, &["new", "neu", "open", "offen", "lead", "subscriber"]),
    at(
        "engaged",
        Phase::Marketing,
        &["engaged", "interessiert", "nurturing", "marketingqualifiedlead", "mql", "contacted"],
    ),
    at(
        "qualified",
        Phase::Marketing,
        &["qualified", "qualifiziert", "qualification", "salesqualifiedlead", "sql", "qualifiedtobuy"],
    ),
    at(
        "accepted",
        Phase::Sales,
        &["accepted", "angenommen", "prospecting", "salesacceptedlead", "sal", "appointmentscheduled"],
    ),
    at(
        "discovery",
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
    at("proposal", Phase::Sales, &["proposal", "angebot", "proposalpricequote", "quote", "decisionmakerboughtin"]),
    at("negotiation", Phase::Sales, &["negotiation", "verhandlung", "negotiationreview", "contractsent"]),
    at("won", Phase::Sales, &["won", "gewonnen", "closedwon"]),
    at("onboarding", Phase::Service, &["onboarding", "einfuehrung", "implementation"]),
    at("live", Phase::Service, &["live", "aktiv", "customer", "kunde", "active"]),
    at("renewal", Phase::Service, &["renewal", "verlaengerung"]),
    at("nurture", Phase::Exit, &["nurture", "spaeter", "onhold", "zurueckgestellt", "recycled"]),
    at("disqualified", Phase::Exit, &["disqualified", "disqualifiziert", "unqualified"]),
    at("lost", Phase::Exit, &["lost", "verloren", "closedlost"]),
    at("churned", Phase::Exit, &["churned", "abgewandert", "gekuendigt"]),
];

/// The stage of this name.
pub fn stage(name: &str) -> Option<&'static Stage> {
    STAGES.iter().find(|stage| stage.name == name)
}

/// The stages as the options of a field.
pub(super) fn choice() -> Choice {
    let options = STAGES.iter().map(|stage| Opt { name: stage.name.to_owned(), aliases: stage.aliases }).collect();
    Choice { options, open: false }
}
