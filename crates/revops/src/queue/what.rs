//! What is to be done about a line of a queue, and how soon.

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Two have it: settle.
    Settle,
    /// Take it or give it back.
    Accept,
    /// An offer was not answered: offer it to the next.
    Reroute,
    /// Touch the buyer.
    FirstTouch,
    /// Work on what sales gave back.
    Returned,
    /// Do the next step.
    NextStep,
    /// Plan a next step.
    Plan,
    /// It is back from nurture.
    ComeBack,
    /// Offer it to sales.
    Offer,
    /// Find out what is missing.
    Qualify,
    /// Begin the onboarding.
    Onboard,
    /// Begin the renewal.
    Renew,
    /// A task.
    Task,
    /// It rests for too long.
    Rest,
    /// Nothing today.
    Later,
}

impl What {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::Accept => "accept",
            Self::Reroute => "reroute",
            Self::FirstTouch => "first_touch",
            Self::Returned => "returned",
            Self::NextStep => "next_step",
            Self::Plan => "plan",
            Self::ComeBack => "come_back",
            Self::Offer => "offer",
            Self::Qualify => "qualify",
            Self::Onboard => "onboard",
            Self::Renew => "renew",
            Self::Task => "task",
            Self::Rest => "rest",
            Self::Later => "later",
        }
    }

    /// What can be done about it, the next action first.
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Settle => &["settle", "open"],
            Self::Accept => &["accept", "return", "brief", "open"],
            Self::Reroute => &["offer", "open"],
            Self::FirstTouch => &["log", "brief", "return", "step", "open"],
            Self::Returned => &["qualify", "step", "open"],
            Self::NextStep => &["log", "step", "brief", "open"],
            Self::Rest => &["move", "step", "log", "brief", "open"],
            Self::Plan | Self::Later => &["step", "log", "brief", "open"],
            Self::ComeBack => &["take_up", "qualify", "step", "open"],
            Self::Offer => &["offer", "open"],
            Self::Qualify => &["qualify", "step", "open"],
            Self::Onboard => &["onboard", "brief", "open"],
            Self::Renew => &["renew", "brief", "open"],
            Self::Task => &["done", "open"],
        }
    }
}

/// How soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Time is up.
    Overdue,
    /// Today.
    Today,
    /// Within days.
    Soon,
    /// Not now.
    Later,
}

impl When {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}
