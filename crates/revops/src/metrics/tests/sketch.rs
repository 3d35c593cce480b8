//! A world for the tests of numbers: the default stages, a few members, and what a test adds.

use chrono::{DateTime, NaiveDate};

use crate::World;
use crate::calendar::Calendars;
use crate::facts::{Activity, Campaign, Decision, DecisionKind, Key, Move, Opportunity, Text};
use crate::feedback::{Feedback, feedback};
use crate::judged::Moments;
use crate::metrics::{Figure, ForgottenThen, Metrics, Period, Scope, find, metrics};
use crate::rules::Thens;
use crate::rules::{Conditions, Phase, Stage};
use crate::testing::{lead, member};

/// The default stages in order, with their teams.
const STAGES: [(&str, Phase, &str); 9] = [
    ("new", Phase::Marketing, "marketing"),
    ("qualified", Phase::Marketing, "marketing"),
    ("accepted", Phase::Sales, "sales"),
    ("proposal", Phase::Sales, "sales"),
    ("won", Phase::Sales, "sales"),
    ("live", Phase::Service, "service"),
    ("nurture", Phase::Exit, "marketing"),
    ("lost", Phase::Exit, "sales"),
    ("churned", Phase::Exit, "service"),
];

/// A moment, from `2026-03-01 12:00` in universal time.
pub(crate) fn at(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(&format!("{}:00Z", text.replace(' ', "T"))).unwrap().timestamp_millis()
}

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The stages, taken into a world.
pub(crate) fn stages(world: &mut World) {
    world.rules.stages = STAGES
        .iter()
        .map(|(key, phase, team)| Stage {
            id: world.ids.key(key),
            key: (*key).into(),
            name: (*key).into(),
            phase: *phase,
            team: (*team).into(),
            entry: Conditions::default(),
            rest_days: None,
            set_aside: false,
        })
        .collect();
}

/// A world and the moment it is looked at.
pub(crate) struct Sketch {
    pub(crate) world: World,
    pub(crate) now: &'static str,
    made: usize,
}

impl Sketch {
    /// Members `mia` (marketing), `sam` and `sue` (sales), `vic` (service); nothing else. Days are Berlin's.
    pub(crate) fn new(now: &'static str) -> Self {
        let mut world = World::default();
        stages(&mut world);
        for (id, team) in [("mia", "marketing"), ("sam", "sales"), ("sue", "sales"), ("vic", "service")] {
            member(&mut world, id, team);
        }
        Self { world, now, made: 0 }
    }

    pub(crate) fn key(&mut self, id: &str) -> Key {
        self.world.ids.key(id)
    }

    /// An opportunity that came to stages at moments; the first is where it was made.
    pub(crate) fn moved(
        &mut self,
        id: &str,
        steps: &[(&str, &str)],
        complete: impl FnOnce(&mut World, &mut Opportunity),
    ) {
        let mut one = lead(&mut self.world, id);
        let step = |(stage, when): &(&str, &str)| Move { at_ms: at(when), stage: (*stage).into(), by: None };
        one.moves = steps.iter().map(step).collect();
        if let (Some(first), Some(last)) = (one.moves.first(), one.moves.last()) {
            (one.created_ms, one.stage) = (first.at_ms, last.stage.clone());
        }
        complete(&mut self.world, &mut one);
        self.world.opportunities.put(one);
    }

    /// An opportunity that was brought in at a stage on the last day of 2026.
    pub(crate) fn made(&mut self, id: &str, stage: &str, complete: impl FnOnce(&mut World, &mut Opportunity)) {
        self.moved(id, &[(stage, "2026-12-31 08:00")], complete);
    }

    /// Something that happened about an opportunity.
    pub(crate) fn happened(
        &mut self,
        lead: &str,
        kind: &str,
        when: &str,
        owner: Option<&str>,
        complete: impl FnOnce(&mut World, &mut Activity),
    ) {
        self.made += 1;
        let world = &mut self.world;
        let mut one = Activity {
            key: world.ids.key(&format!("activity {:02}", self.made)),
            kind: kind.into(),
            at_ms: at(when),
            direction: "".into(),
            subject: "".into(),
            account: None,
            person: None,
            opportunity: Some(world.ids.key(lead)),
            campaign: None,
            owner: owner.map(|owner| world.ids.key(owner)),
        };
        complete(world, &mut one);
        world.activities.put(one);
    }

    /// Something that was decided about a lead.
    pub(crate) fn decided(
        &mut self,
        lead: &str,
        kind: DecisionKind,
        when: &str,
        member: &str,
        complete: impl FnOnce(&mut World, &mut Decision),
    ) {
        self.made += 1;
        let world = &mut self.world;
        let mut one = Decision {
            key: world.ids.key(&format!("decision {:02}", self.made)),
            kind,
            opportunity: world.ids.key(lead),
            member: Some(world.ids.key(member)),
            stage: "".into(),
            reason: None,
            criterion: None,
            rules: Vec::new(),
            evidence: "".into(),
            score: None,
            at_ms: at(when),
            by: None,
        };
        complete(world, &mut one);
        world.decisions.put(one);
    }

    pub(crate) fn campaign(&mut self, id: &str, cost: Option<i64>) {
        let key = self.world.ids.key(id);
        let (kind, currency): (Text, Text) = ("event".into(), "EUR".into());
        self.world.campaigns.put(Campaign { key, name: id.into(), kind, cost, currency, owner: None });
    }

    /// Computes something in a period, with nothing worked twice, nothing known of the past, and leads that always were as they are.
    pub(crate) fn ask<T>(&self, from: &str, to: &str, compute: impl FnOnce(&Scope<'_>) -> T) -> T {
        let calendars = Calendars::new(&self.world);
        let period = Period { from: day(from), to: day(to) };
        let (double_work, forgotten_at) =
            (|_, _| Vec::new(), |ends: &[i64]| ends.iter().map(|_| None::<ForgottenThen>).collect());
        let (world, now_ms) = (&self.world, at(self.now));
        let (double_work, forgotten_at) = (&double_work, &forgotten_at);
        let then = &|_: &Moments<'_>| Thens::default();
        compute(&Scope { world, calendars: &calendars, period, now_ms, double_work, forgotten_at, then })
    }

    pub(crate) fn metrics(&self, from: &str, to: &str) -> Metrics {
        self.ask(from, to, |scope| metrics(scope, true))
    }

    pub(crate) fn feedback(&self, from: &str, to: &str) -> Feedback {
        self.ask(from, to, feedback)
    }

    /// The ids that a number opens.
    pub(crate) fn opens(&self, from: &str, to: &str, number: &str) -> Vec<&str> {
        let figure = self.ask(from, to, |scope| find(scope, number));
        self.ids(&figure.unwrap_or_else(|| Figure::new(number, Vec::new())))
    }

    pub(crate) fn ids(&self, figure: &Figure) -> Vec<&str> {
        figure.records(&self.world).into_iter().map(|key| self.world.id(key)).collect()
    }
}

/// Nothing to add.
pub(crate) fn plain<T>(_: &mut World, _: &mut T) {}
