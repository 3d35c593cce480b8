//! The rules that every workspace begins with: the process as PRODUCT.md draws it.
//!
//! They are records like others, made by a change that is the same bytes on every device, so that all devices edit the same
//! ones. Their names are English; the interface translates those that nobody has changed. Never edit a line that was released:
//! what a later version proposes instead is another change.

/// A value of a default.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given {
    Text(&'static str),
    Number(i64),
    Yes,
    /// Elements of a set, each under a key of its own.
    Set(&'static [&'static str]),
    /// The default record of this kind whose `key` is this.
    Link(&'static str, &'static str),
}

use Given::{Link, Number, Set, Text, Yes};

/// A record to begin with: its fields by name, in order.
pub(super) type Default = &'static [(&'static str, Given)];

/// The records of each kind. A record's id follows from the kind's place here and its own.
pub(super) const DEFAULTS: &[(&str, &[Default])] = &[
    ("stage", STAGES),
    ("criterion", CRITERIA),
    ("routing_rule", ROUTING),
    ("reason", REASONS),
    ("onboarding_step", ONBOARDING),
    ("policy", POLICY),
];

/// The id of the `n`th default record of a kind; `None` where the kind has none.
pub(super) fn id(kind: &str, n: usize) -> Option<String> {
    let place = DEFAULTS.iter().position(|(name, _)| *name == kind)? + 1;
    Some(format!("00000000-0000-7{place:03x}-8000-{:012x}", n + 1))
}

/// The same where there is one for certain.
pub(crate) fn default_id(kind: &str, n: usize) -> String {
    id(kind, n).unwrap_or_default()
}

/// The id of the default record of a kind with this key.
pub(super) fn id_of(kind: &str, key: &str) -> Option<String> {
    let (_, records) = DEFAULTS.iter().find(|(name, _)| *name == kind)?;
    let has_key = |fields: &Default| fields.iter().any(|(name, given)| *name == "key" && is_text(*given, key));
    id(kind, records.iter().position(has_key)?)
}

fn is_text(given: Given, expected: &str) -> bool {
    matches!(given, Text(text) if text == expected)
}

macro_rules! stage {
    ($key:literal, $name:literal, $phase:literal, $team:literal, $rank:literal $(, $field:literal = $value:expr)*) => {
        &[("key", Text($key)), ("name", Text($name)), ("phase", Text($phase)), ("team", Text($team)), ("rank", Number($rank))
            $(, ($field, $value))*]
    };
}

const STAGES: &[Default] = &[
    stage!("new", "New", "marketing", "marketing", 100, "rest_days" = Number(7)),
    stage!("engaged", "Engaged", "marketing", "marketing", 200, "rest_days" = Number(30)),
    stage!("qualified", "Qualified", "marketing", "marketing", 300, "rest_days" = Number(7)),
    stage!("accepted", "Accepted", "sales", "sales", 400, "rest_days" = Number(5)),
    stage!("discovery", "Discovery", "sales", "sales", 500, "rest_days" = Number(30)),
    stage!(
        "proposal",
        "Proposal",
        "sales",
        "sales",
        600,
        "rest_days" = Number(21),
        "entry" = Text(r#"[{"field":"value","op":"not_empty"},{"field":"people","op":"not_empty"}]"#)
    ),
    stage!(
        "negotiation",
        "Negotiation",
        "sales",
        "sales",
        700,
        "rest_days" = Number(21),
        "entry" = Text(r#"[{"field":"value","op":"not_empty"},{"field":"close_date","op":"not_empty"}]"#)
    ),
    stage!(
        "won",
        "Won",
        "sales",
        "sales",
        800,
        "rest_days" = Number(3),
        "entry" = Text(r#"[{"field":"value","op":"not_empty"},{"field":"account","op":"not_empty"}]"#)
    ),
    stage!("onboarding", "Onboarding", "service", "service", 900, "rest_days" = Number(45)),
    stage!("live", "Live", "service", "service", 1000),
    stage!("renewal", "Renewal", "service", "service", 1100, "rest_days" = Number(60)),
    stage!("nurture", "Nurture", "exit", "marketing", 1200),
    stage!("disqualified", "Disqualified", "exit", "marketing", 1300),
    stage!("lost", "Lost", "exit", "sales", 1400),
    stage!("churned", "Churned", "exit", "service", 1500),
];

const CRITERIA: &[Default] = &[
    &[
        ("key", Text("company_fits")),
        ("name", Text("Company fits")),
        ("question", Text("Is the company of the size we sell to?")),
        ("family", Text("fit")),
        ("weight", Number(15)),
        ("rule", Text(r#"[{"field":"account.employees","op":"over","value":19}]"#)),
        ("active", Yes),
        ("rank", Number(100)),
    ],
    &[
        ("key", Text("showed_interest")),
        ("name", Text("Showed interest")),
        ("question", Text("Has somebody there come to us in the last three months?")),
        ("family", Text("interest")),
        ("weight", Number(15)),
        (
            "rule",
            Text(
                r#"[{"activity":["form","meeting","call","email","message","visit"],"direction":"inbound","within_days":90}]"#,
            ),
        ),
        ("active", Yes),
        ("rank", Number(200)),
    ],
    &[
        ("key", Text("need_confirmed")),
        ("name", Text("Need confirmed")),
        ("question", Text("Which problem do they want solved, in their own words?")),
        ("family", Text("need")),
        ("weight", Number(25)),
        ("required", Yes),
        ("fresh_days", Number(180)),
        ("active", Yes),
        ("rank", Number(300)),
    ],
    &[
        ("key", Text("budget_known")),
        ("name", Text("Budget known")),
        ("question", Text("Is there money for it, and whose?")),
        ("family", Text("budget")),
        ("weight", Number(15)),
        ("fresh_days", Number(180)),
        ("active", Yes),
        ("rank", Number(400)),
    ],
    &[
        ("key", Text("decider_known")),
        ("name", Text("Decider known")),
        ("question", Text("Do we know who decides?")),
        ("family", Text("authority")),
        ("weight", Number(15)),
        (
            "rule",
            Text(
                r#"[{"field":"person.seniority","op":"any_of","value":["owner","executive","vice_president","director"]}]"#,
            ),
        ),
        ("active", Yes),
        ("rank", Number(500)),
    ],
    &[
        ("key", Text("timing_known")),
        ("name", Text("Timing known")),
        ("question", Text("When do they want to have it running?")),
        ("family", Text("timing")),
        ("weight", Number(15)),
        ("fresh_days", Number(90)),
        ("active", Yes),
        ("rank", Number(600)),
    ],
];

const ROUTING: &[Default] = &[&[
    ("key", Text("everyone")),
    ("name", Text("Everyone in sales")),
    ("rank", Number(1000)),
    ("team", Text("sales")),
    ("active", Yes),
]];

macro_rules! reason {
    ($key:literal, $name:literal, $type:literal, $rank:literal $(, $criterion:literal)?) => {
        &[("key", Text($key)), ("name", Text($name)), ("type", Text($type)), ("rank", Number($rank)), ("active", Yes)
            $(, ("criterion", Link("criterion", $criterion)))?]
    };
}

const REASONS: &[Default] = &[
    reason!("no_need", "No need", "return", 100, "need_confirmed"),
    reason!("no_budget", "No budget", "return", 200, "budget_known"),
    reason!("not_the_decider", "Not the decider", "return", 300, "decider_known"),
    reason!("wrong_time", "Wrong time", "return", 400, "timing_known"),
    reason!("does_not_fit", "Company does not fit", "return", 500, "company_fits"),
    reason!("no_interest", "No real interest", "return", 600, "showed_interest"),
    reason!("unreachable", "Cannot be reached", "return", 700),
    reason!("duplicate", "Worked already", "return", 800),
    reason!("other", "Something else", "return", 900),
];

const ONBOARDING: &[Default] = &[
    &[
        ("key", Text("welcome")),
        ("name", Text("Welcome the customer and go through what was promised")),
        ("team", Text("service")),
        ("due_days", Number(3)),
        ("rank", Number(100)),
        ("active", Yes),
    ],
    &[
        ("key", Text("kick_off")),
        ("name", Text("Hold the kick-off")),
        ("team", Text("service")),
        ("due_days", Number(14)),
        ("rank", Number(200)),
        ("active", Yes),
    ],
    &[
        ("key", Text("first_use")),
        ("name", Text("See the first use")),
        ("team", Text("service")),
        ("due_days", Number(30)),
        ("rank", Number(300)),
        ("active", Yes),
    ],
    &[
        ("key", Text("renewal_date")),
        ("name", Text("Write down when the contract ends")),
        ("team", Text("service")),
        ("due_days", Number(30)),
        ("rank", Number(400)),
        ("active", Yes),
    ],
];

const POLICY: &[Default] = &[&[
    ("name", Text("Policy")),
    ("score_min", Number(60)),
    ("confidence_min", Number(60)),
    ("routing", Text("propose")),
    ("prior_strength", Number(10)),
    ("touch_hours", Number(8)),
    ("accept_hours", Number(8)),
    ("due_soon_hours", Number(2)),
    ("contact_days", Number(7)),
    ("renewal_days", Number(90)),
    ("attribution", Text("position")),
    ("time_zone", Text("Europe/Berlin")),
    ("work_days", Set(&["fri", "mon", "thu", "tue", "wed"])),
    ("working_hours", Text("09:00-17:00")),
]];
