//! From the records of rules to rules.

use tandem_revops::facts::Key;
use tandem_revops::rules::{
    Conditions, Criterion, OnboardingStep, Phase, Policy, Reason, RoutingRule, Rules, Stage, bounds,
};

use std::collections::HashSet;

use rusqlite::Connection;
use tandem_context::ARCHIVED;
use tandem_store::StoreError;

use super::read::{Cells, Keys, Texts};
use tandem_revops::Text;

/// The kinds that are rules.
pub(crate) const RULE_KINDS: &[&str] = &["stage", "criterion", "routing_rule", "reason", "onboarding_step", "policy"];

/// The columns of a kind of rule.
pub(crate) fn columns(kind: &str) -> &'static [&'static str] {
    match kind {
        // Those that were set aside are read too: what stands there keeps its phase, what was decided names them.
        "stage" => &["key", "name", "phase", "team", "rank", "entry", "rest_days", ARCHIVED],
        "criterion" => &[
            "key",
            "name",
            "question",
            "family",
            "weight",
            "required",
            "fresh_days",
            "rule",
            "active",
            "rank",
            ARCHIVED,
        ],
        "routing_rule" => &["key", "name", "rank", "when", "team", "region", "members", "active"],
        "reason" => &["key", "name", "type", "criterion", "rank", "active", ARCHIVED],
        "onboarding_step" => &["key", "name", "team", "due_days", "rank", "active"],
        "policy" => &[
            "score_min",
            "confidence_min",
            "routing",
            "prior_strength",
            "touch_hours",
            "accept_hours",
            "due_soon_hours",
            "contact_days",
            "renewal_days",
            "attribution",
            "time_zone",
            "work_days",
            "working_hours",
            "holiday_region",
        ],
        _ => &[],
    }
}

/// Whether rules of a kind still count for something once they were set aside.
pub(crate) fn counts_when_set_aside(kind: &str) -> bool {
    matches!(kind, "stage" | "criterion" | "reason")
}

/// Reads the rules of a kind.
pub(crate) fn scan(
    connection: &Connection,
    kind: &str,
    visit: &mut dyn FnMut(&tandem_store::Cells<'_>),
) -> Result<(), StoreError> {
    if counts_when_set_aside(kind) {
        return tandem_store::scan_all(connection, kind, columns(kind), visit);
    }
    tandem_store::scan(connection, kind, columns(kind), None, visit)
}

/// Rules being gathered, each with its rank and id.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    stages: Vec<(i64, String, Stage)>,
    criteria: Vec<(i64, String, Criterion)>,
    criteria_off: Vec<(i64, String, Criterion)>,
    routing: Vec<(i64, String, RoutingRule)>,
    reasons: Vec<(i64, String, Reason)>,
    onboarding: Vec<(i64, String, OnboardingStep)>,
    policy: Option<Policy>,
}

/// A rule without a rank comes last.
const LAST: i64 = i64::MAX;

impl Gathered {
    /// Takes a rule's record in.
    pub(crate) fn take(&mut self, kind: &str, cells: &dyn Cells, keys: &mut Keys<'_>, texts: &mut Texts) {
        let id = cells.id().to_owned();
        let key = keys.key(&id);
        let mut r = Row { cells, kind, keys, texts };
        match kind {
            "stage" => {
                let stage = r.stage(key);
                self.stages.push((r.integer("rank").unwrap_or(LAST), id, stage));
            }
            "criterion" => {
                let is_on = r.is_active() && r.integer(ARCHIVED) != Some(1);
                let criteria = if is_on { &mut self.criteria } else { &mut self.criteria_off };
                criteria.push((r.integer("rank").unwrap_or(LAST), id, r.criterion(key)));
            }
            "routing_rule" if r.is_active() => {
                let rule = r.routing(key);
                self.routing.push((r.integer("rank").unwrap_or(LAST), id, rule));
            }
            "reason" => {
                let reason = r.reason(key);
                self.reasons.push((r.integer("rank").unwrap_or(LAST), id, reason));
            }
            "onboarding_step" if r.is_active() => {
                let step = r.step(key);
                self.onboarding.push((r.integer("rank").unwrap_or(LAST), id, step));
            }
            "policy" if id == tandem_context::Document::policy_id() => self.policy = Some(r.policy()),
            _ => {}
        }
    }

    /// The ids of the routing rules in their order.
    pub(crate) fn routing_ids(&self) -> Vec<String> {
        let mut order: Vec<(i64, &String)> = self.routing.iter().map(|(rank, id, _)| (*rank, id)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// The rules, each sort by rank, then id.
    pub(crate) fn rules(self) -> Rules {
        fn sorted<T>(mut rules: Vec<(i64, String, T)>) -> Vec<T> {
            rules.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
            rules.into_iter().map(|(_, _, rule)| rule).collect()
        }
        Rules {
            policy: self.policy.unwrap_or_default(),
            stages: in_order(self.stages),
            criteria: sorted(self.criteria),
            criteria_off: sorted(self.criteria_off),
            routing: sorted(self.routing),
            reasons: sorted(self.reasons),
            onboarding: sorted(self.onboarding),
        }
    }
}

/// Stages as the process goes: by phase, then rank, then record. Of several with one key, one in use stands.
fn in_order(mut stages: Vec<(i64, String, Stage)>) -> Vec<Stage> {
    fn place((rank, id, stage): &(i64, String, Stage)) -> (Phase, i64, &str) {
        (stage.phase, *rank, id)
    }
    stages.sort_by(|a, b| (a.2.set_aside, place(a)).cmp(&(b.2.set_aside, place(b))));
    let mut known = HashSet::new();
    stages.retain(|(_, _, stage)| known.insert(stage.key.clone()));
    stages.sort_by(|a, b| place(a).cmp(&place(b)));
    stages.into_iter().map(|(_, _, stage)| stage).collect()
}

/// The cells of a rule by name: there are few of them.
struct Row<'a, 'b> {
    cells: &'a dyn Cells,
    kind: &'a str,
    keys: &'a mut Keys<'b>,
    texts: &'a mut Texts,
}

impl Row<'_, '_> {
    fn place(&self, name: &str) -> usize {
        columns(self.kind).iter().position(|column| *column == name).unwrap_or(usize::MAX - 16)
    }

    fn text(&mut self, name: &str) -> Text {
        self.cells.text(self.place(name)).unwrap_or_default().into()
    }

    fn integer(&self, name: &str) -> Option<i64> {
        self.cells.integer(self.place(name))
    }

    /// A number; out of bounds, the nearest that is in them.
    fn bounded(&self, name: &str) -> Option<i64> {
        let number = self.integer(name)?;
        Some(bounds(self.kind, name).map_or(number, |(least, most)| number.clamp(least, most)))
    }

    fn is_active(&self) -> bool {
        self.integer("active") == Some(1)
    }

    fn conditions(&self, name: &str) -> Conditions {
        Conditions::read(self.cells.text(self.place(name)).unwrap_or_default())
    }

    fn stage(&mut self, id: Key) -> Stage {
        Stage {
            id,
            key: self.text("key"),
            name: self.text("name"),
            phase: Phase::of(&self.text("phase")).unwrap_or(Phase::Marketing),
            team: self.text("team"),
            entry: self.conditions("entry"),
            rest_days: self.bounded("rest_days").filter(|days| *days > 0),
            set_aside: self.integer(ARCHIVED) == Some(1),
        }
    }

    fn criterion(&mut self, key: Key) -> Criterion {
        let rule = self.conditions("rule");
        Criterion {
            key,
            default_key: self.text("key"),
            name: self.text("name"),
            question: self.text("question"),
            family: self.text("family"),
            weight: self.bounded("weight").unwrap_or(0),
            required: self.integer("required") == Some(1),
            fresh_days: self.bounded("fresh_days").filter(|days| *days > 0),
            rule: (!rule.is_empty()).then_some(rule),
        }
    }

    fn routing(&mut self, key: Key) -> RoutingRule {
        let members = self.cells.set(self.place("members"));
        RoutingRule {
            key,
            default_key: self.text("key"),
            name: self.text("name"),
            when: self.conditions("when"),
            team: self.text("team"),
            region: self.text("region"),
            members: members.into_keys().map(|id| self.keys.key(&id)).collect(),
        }
    }

    fn reason(&mut self, key: Key) -> Reason {
        let criterion = self.cells.text(self.place("criterion")).map(str::to_owned);
        Reason {
            key,
            default_key: self.text("key"),
            name: self.text("name"),
            kind: self.text("type"),
            criterion: criterion.map(|id| self.keys.key(&id)),
            active: self.is_active() && self.integer(ARCHIVED) != Some(1),
        }
    }

    fn step(&mut self, key: Key) -> OnboardingStep {
        OnboardingStep {
            key,
            name: self.text("name"),
            team: self.text("team"),
            due_days: self.bounded("due_days").unwrap_or(0),
        }
    }

    fn policy(&mut self) -> Policy {
        let usual = Policy::default();
        let given = |text: Text, usual: Text| if text.is_empty() { usual } else { text };
        let days = self.cells.set(self.place("work_days"));
        let work_days = days.into_keys().map(|day| self.texts.shared(&day)).collect::<Vec<_>>();
        Policy {
            score_min: self.bounded("score_min").unwrap_or(usual.score_min),
            confidence_min: self.bounded("confidence_min").unwrap_or(usual.confidence_min),
            routing_assigns: &*self.text("routing") == "assign",
            prior_strength: self.bounded("prior_strength").unwrap_or(usual.prior_strength),
            touch_hours: self.bounded("touch_hours").unwrap_or(usual.touch_hours),
            accept_hours: self.bounded("accept_hours").unwrap_or(usual.accept_hours),
            due_soon_hours: self.bounded("due_soon_hours").unwrap_or(usual.due_soon_hours),
            contact_days: self.bounded("contact_days").unwrap_or(usual.contact_days),
            renewal_days: self.bounded("renewal_days").unwrap_or(usual.renewal_days),
            attribution: given(self.text("attribution"), usual.attribution),
            time_zone: given(self.text("time_zone"), usual.time_zone),
            work_days: if work_days.is_empty() { usual.work_days } else { work_days },
            working_hours: given(self.text("working_hours"), usual.working_hours),
            holiday_region: self.text("holiday_region"),
        }
    }
}
