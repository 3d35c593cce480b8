//! Records for tests, with nothing in them but what a test says.

use crate::facts::{Account, Activity, Decision, DecisionKind, Member, MemberFacts, Opportunity, Person, Task};
use crate::rules::{Conditions, Criterion, Phase, Stage};
use crate::{Key, Text, Verdict, World};

/// A stage without conditions, its team as its phase.
pub(crate) fn stage(world: &mut World, key: &str, phase: Phase, rest_days: Option<i64>) {
    let team = match phase {
        Phase::Marketing | Phase::Exit => "marketing",
        Phase::Sales => "sales",
        Phase::Service => "service",
    };
    let (id, entry) = (world.ids.key(&format!("stage {key}")), Conditions::default());
    let stage =
        Stage { id, key: key.into(), name: key.into(), phase, team: team.into(), entry, rest_days, set_aside: false };
    world.rules.stages.push(stage);
}

/// The stages of the defaults that matter here.
pub(crate) fn stages(world: &mut World) {
    let stages = [
        ("new", Phase::Marketing),
        ("engaged", Phase::Marketing),
        ("qualified", Phase::Marketing),
        ("accepted", Phase::Sales),
        ("discovery", Phase::Sales),
        ("won", Phase::Sales),
        ("onboarding", Phase::Service),
        ("live", Phase::Service),
        ("nurture", Phase::Exit),
        ("lost", Phase::Exit),
    ];
    stages.into_iter().for_each(|(key, phase)| stage(world, key, phase, None));
}

/// A required question of the gate, answered by hand.
pub(crate) fn criterion(world: &mut World, id: &str) -> Key {
    let key = world.ids.key(id);
    world.rules.criteria.push(Criterion {
        key,
        default_key: "".into(),
        name: id.into(),
        question: id.into(),
        family: "need".into(),
        weight: 1,
        required: true,
        fresh_days: None,
        rule: None,
    });
    key
}

/// An opportunity at `new`.
pub(crate) fn lead(world: &mut World, id: &str) -> Opportunity {
    Opportunity {
        key: world.ids.key(id),
        name: id.into(),
        account: None,
        stage: "new".into(),
        value: None,
        currency: "".into(),
        close_date: None,
        owner: None,
        next_step: "".into(),
        next_step_date: None,
        purchase: "new".into(),
        product: None,
        people: Vec::new(),
        source: "".into(),
        campaign: None,
        opened_on: None,
        exit_reason: "".into(),
        return_on: None,
        offered_to: None,
        offered_ms: None,
        renewal_on: None,
        parent: None,
        created_ms: 0,
        moves: Vec::new(),
        claims: Vec::new(),
        own_fields: Vec::new(),
    }
}

/// A company of which nothing is known.
pub(crate) fn account(world: &mut World, id: &str) -> Account {
    Account {
        key: world.ids.key(id),
        name: id.into(),
        industry: "".into(),
        country: "".into(),
        employees: None,
        annual_revenue: None,
        relation: "".into(),
        owner: None,
        own_fields: Vec::new(),
    }
}

/// Somebody of whom nothing is known.
pub(crate) fn person(world: &mut World, id: &str) -> Person {
    Person {
        key: world.ids.key(id),
        name: id.into(),
        account: None,
        job_title: "".into(),
        seniority: "".into(),
        language: "".into(),
        do_not_contact: false,
        own_fields: Vec::new(),
    }
}

/// An active member of a team, taken in.
pub(crate) fn member(world: &mut World, id: &str, team: &str) -> Key {
    let key = world.ids.key(id);
    let facts = MemberFacts { name: id.into(), team: team.into(), active: true, ..MemberFacts::default() };
    world.members.put(Member { key, facts });
    key
}

/// Changes what is known of a member.
pub(crate) fn with_facts(world: &mut World, member: Key, change: impl FnOnce(&mut MemberFacts)) {
    if let Some(member) = world.members.get_mut(member) {
        change(&mut member.facts);
    }
}

/// A decision about the opportunity of an id, taken in; its own id is made of all it is made of.
pub(crate) fn decide(world: &mut World, kind: DecisionKind, lead: &str, member: Key, at_ms: i64) -> Decision {
    let id = format!("{} {lead} {} {at_ms}", kind.name(), world.id(member));
    let decision = Decision {
        key: world.ids.key(&id),
        kind,
        opportunity: world.ids.key(lead),
        member: Some(member),
        stage: "".into(),
        reason: None,
        criterion: None,
        rules: Vec::new(),
        evidence: "".into(),
        score: None,
        at_ms,
        by: Some(member),
    };
    world.decisions.put(decision.clone());
    decision
}

/// An answer to a question of the gate, taken in.
pub(crate) fn answer(world: &mut World, lead: &str, criterion: Key, verdict: Verdict, at_ms: i64) {
    let key = world.ids.key(&format!("answer {lead} {} {at_ms}", world.id(criterion)));
    let opportunity = world.ids.key(lead);
    let evidence: Text = "".into();
    let answer = crate::facts::Answer { key, opportunity, criterion, verdict, evidence, at_ms, by: None };
    world.answers.put(answer);
}

/// A call that reached out, about nothing yet.
pub(crate) fn call(world: &mut World, id: &str, owner: Option<Key>, at_ms: i64) -> Activity {
    Activity {
        key: world.ids.key(id),
        kind: "call".into(),
        at_ms,
        direction: "outbound".into(),
        subject: "".into(),
        account: None,
        person: None,
        opportunity: None,
        campaign: None,
        owner,
    }
}

/// A task about nothing.
pub(crate) fn task(world: &mut World, id: &str, owner: Option<Key>) -> Task {
    Task {
        key: world.ids.key(id),
        name: id.into(),
        kind: "task".into(),
        opportunity: None,
        account: None,
        person: None,
        owner,
        due_on: None,
        done_on: None,
        step: None,
    }
}
