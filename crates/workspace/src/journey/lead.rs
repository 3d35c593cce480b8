//! One lead: its gate, its route, what to know before the next contact.

use tandem_revops::calendar::Calendars;
use tandem_revops::clocks::clocks;
use tandem_revops::facts::{DecisionKind, Key, Opportunity, Task, Text};
use tandem_revops::gate::{Answered, AnsweredBy};
use tandem_revops::lessons::{lessons, took_days};
use tandem_revops::routing::{Candidate, Similar, Tracks};
use tandem_revops::similarity::Features;
use tandem_revops::{World, claims, gate as gates, routing, warnings as warn};

use super::Asked;
use super::say::{clock, major, said};
use crate::api::{
    ApiError, Brief, BriefPerson, ClaimInfo, ContactWarning, CriterionAnswer, Frequency, GateInfo, Lessons, Linked,
    NextQuestion, RecordInfo, RouteCandidate, RouteInfo, Said, Settlement, SimilarCustomer,
};
use crate::convert::instant;
use crate::queries;

/// Activities that a brief shows.
const HAPPENED: usize = 10;
const SIMILAR: usize = 5;
const PAGES: u32 = 12;

type Answer<T> = Result<T, ApiError>;

pub(crate) fn gate(asked: &Asked<'_>, id: &str) -> Answer<GateInfo> {
    let lead = asked.opportunity(id)?;
    let found = gates::gate(&asked.world, lead, asked.now_ms);
    let policy = &asked.world.rules.policy;
    let whole = |number: i64| u32::try_from(number).unwrap_or(0);
    let overrides = asked.world.decisions.of(lead.key).filter(|one| one.kind == DecisionKind::Override).count();
    Ok(GateInfo {
        opportunity: asked.linked(lead.key),
        score: found.score,
        confidence: found.confidence,
        passes: found.passes,
        score_min: whole(policy.score_min),
        confidence_min: whole(policy.confidence_min),
        missing: said(&found.missing),
        next: found.next.and_then(|n| question(asked, found.criteria.get(n)?)),
        criteria: found.criteria.iter().filter_map(|one| answer(asked, one)).collect(),
        overrides: u32::try_from(overrides).unwrap_or(u32::MAX),
    })
}

fn question(asked: &Asked<'_>, one: &Answered) -> Option<NextQuestion> {
    let criterion = asked.world.rules.criterion(one.criterion)?;
    let question = criterion.question.to_string();
    Some(NextQuestion { criterion: asked.criterion(criterion.key), question, gain: one.gain })
}

fn answer(asked: &Asked<'_>, one: &Answered) -> Option<CriterionAnswer> {
    let criterion = asked.world.rules.criterion(one.criterion)?;
    let (by, evidence, member, at) = match &one.by {
        AnsweredBy::Hand { member, at_ms, evidence } => {
            ("hand", evidence.to_string(), asked.linked_some(*member), Some(instant(*at_ms)))
        }
        AnsweredBy::Rule => ("rule", String::new(), None, None),
        AnsweredBy::Nobody => ("nobody", String::new(), None, None),
    };
    Some(CriterionAnswer {
        criterion: asked.criterion(criterion.key),
        question: criterion.question.to_string(),
        family: criterion.family.to_string(),
        weight: u32::try_from(criterion.weight).unwrap_or(0),
        required: criterion.required,
        verdict: one.verdict.name().to_owned(),
        by: by.to_owned(),
        why: said(&one.why),
        evidence,
        member,
        at,
        stale: one.stale,
        gain: one.gain,
    })
}

pub(crate) fn route(asked: &Asked<'_>, id: &str) -> Answer<RouteInfo> {
    let lead = asked.opportunity(id)?;
    let found = routing::route(&asked.world, lead, asked.now_ms);
    let features = Features::of(&asked.world, lead);
    let mode = if asked.world.rules.policy.routing_assigns { "assign" } else { "propose" };
    Ok(RouteInfo {
        opportunity: asked.linked(lead.key),
        rule: found.rule.map(|key| asked.routing_rule(key)),
        mode: mode.to_owned(),
        chosen: asked.linked_some(found.chosen),
        candidates: (1..).zip(&found.candidates).map(|(rank, one)| candidate(asked, &features, rank, one)).collect(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "shown, not calculated with")]
fn candidate(asked: &Asked<'_>, features: &Features, rank: u32, one: &Candidate) -> RouteCandidate {
    RouteCandidate {
        member: asked.linked(one.member),
        rank,
        eligible: one.eligible,
        reasons: said(&one.reasons),
        rate: f64::from(one.rate) / 1_000.0,
        won: one.won,
        closed: one.closed,
        weight: one.weight as f64 / 100.0,
        open: one.open,
        capacity: one.capacity,
        similar: one.similar.iter().filter_map(|one| similar(asked, features, one, None)).collect(),
    }
}

/// A similar customer; how many touches it took is counted for a brief only.
fn similar(asked: &Asked<'_>, features: &Features, one: &Similar, touches: Option<usize>) -> Option<SimilarCustomer> {
    let opportunity = asked.world.opportunities.get(one.opportunity)?;
    let same = features.same(&Features::of(&asked.world, opportunity));
    Some(SimilarCustomer {
        opportunity: asked.linked(opportunity.key),
        account: asked.linked_some(opportunity.account),
        owner: asked.linked_some(opportunity.owner),
        won: one.won,
        similarity: f64::from(one.similarity) / 100.0,
        same: same.into_iter().map(|part| part.name().to_owned()).collect(),
        value: opportunity.value.map(|value| major(value.into())),
        currency: opportunity.currency.to_string(),
        days: took_days(opportunity),
        touches: touches.map(whole),
        source: opportunity.source.to_string(),
        campaign: asked.linked_some(opportunity.campaign),
        exit_reason: opportunity.exit_reason.to_string(),
    })
}

pub(crate) fn settlement(asked: &Asked<'_>, id: &str) -> Answer<Option<Settlement>> {
    Ok(settled(asked, asked.opportunity(id)?))
}

fn settled(asked: &Asked<'_>, lead: &Opportunity) -> Option<Settlement> {
    let found = claims::settlement(&asked.world, lead, asked.now_ms)?;
    let proposed = asked.linked(found.claims.first()?.owner);
    let claims = found.claims.iter().map(|one| ClaimInfo {
        member: Some(asked.linked(one.owner)),
        at: instant(one.at_ms),
        rank: one.rank,
    });
    Some(Settlement { claims: claims.collect(), proposed, why: Said::from(&found.why) })
}

/// Warnings before contacting an opportunity's people, or a person.
pub(crate) fn warnings(asked: &Asked<'_>, id: &str) -> Answer<Vec<ContactWarning>> {
    let world = &asked.world;
    if let Some(person) = world.ids.find(id).and_then(|key| world.people.get(key)) {
        return Ok(warned(asked, None, &[person.key], person.account));
    }
    let lead = asked.opportunity(id)?;
    let people: Vec<Key> = lead.people.iter().map(|(key, _)| *key).collect();
    Ok(warned(asked, Some(lead), &people, lead.account))
}

fn warned(asked: &Asked<'_>, about: Option<&Opportunity>, people: &[Key], account: Option<Key>) -> Vec<ContactWarning> {
    let Some(me) = asked.world.ids.find(&asked.me) else { return Vec::new() };
    let found = warn::before_contact(&asked.world, about, people, account, me, asked.now_ms);
    let warning = |one: warn::Warning| ContactWarning {
        why: Said::from(&one.why),
        activity: one.activity.map(|key| asked.key(key)),
        member: asked.linked_some(one.member),
    };
    found.into_iter().map(warning).collect()
}

pub(crate) fn brief(asked: &Asked<'_>, id: &str) -> Answer<Brief> {
    let world = &asked.world;
    let lead = asked.opportunity(id)?;
    let found = gates::gate(world, lead, asked.now_ms);
    let features = Features::of(world, lead);
    let learned = lessons(&Tracks::of_world(world), lead);
    let mut story = world.story_of(lead);
    story.reverse();
    story.truncate(HAPPENED);
    let record = |key: Key| asked.record(key);
    let unknown = found.criteria.iter().filter(|one| one.verdict == tandem_revops::Verdict::Unknown);
    let calendars = Calendars::new(world);
    Ok(Brief {
        opportunity: record(lead.key)?,
        account: lead.account.filter(|key| world.accounts.get(*key).is_some()).map(record).transpose()?,
        people: people(asked, lead),
        happened: story.iter().map(|one| record(one.key)).collect::<Answer<_>>()?,
        promises: tasks(asked, lead, &|task| &*task.kind == "promise")?,
        risks: tasks(asked, lead, &|task| &*task.kind == "risk")?,
        tasks: tasks(asked, lead, &|task| !matches!(&*task.kind, "promise" | "risk") && task.done_on.is_none())?,
        unknown: unknown.filter_map(|one| question(asked, one)).collect(),
        score: found.score,
        confidence: found.confidence,
        similar: learned
            .won
            .iter()
            .take(SIMILAR)
            .filter_map(|one| similar(asked, &features, &one.similar, Some(one.touches)))
            .collect(),
        lost_because: learned.lost_because.iter().map(|(reason, times)| (reason.to_string(), whole(*times))).collect(),
        lessons: in_common(asked, &learned),
        warnings: warnings(asked, id)?,
        clocks: clocks(world, &calendars, lead, asked.now_ms).iter().map(clock).collect(),
        pages: pages(asked)?,
        settlement: settled(asked, lead),
    })
}

/// What won similar customers have in common.
fn in_common(asked: &Asked<'_>, learned: &tandem_revops::lessons::Lessons) -> Lessons {
    let option =
        |(key, count): &(Text, usize)| Frequency { key: key.to_string(), title: String::new(), count: whole(*count) };
    let record = |(key, count): &(Key, usize)| {
        let Linked { id, title } = asked.linked(*key);
        Frequency { key: id, title, count: whole(*count) }
    };
    Lessons {
        won: whole(learned.won.len()),
        lost: whole(learned.lost),
        days: learned.days,
        touches: learned.touches,
        channels: learned.channels.iter().map(option).collect(),
        sources: learned.sources.iter().map(option).collect(),
        campaigns: learned.campaigns.iter().map(record).collect(),
    }
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn people(asked: &Asked<'_>, lead: &Opportunity) -> Vec<BriefPerson> {
    let world: &World = &asked.world;
    let known = lead.people.iter().filter_map(|(key, role)| Some((world.people.get(*key)?, role)));
    let mut people: Vec<BriefPerson> = known
        .map(|(person, role)| {
            let touches =
                world.activities.of(person.key).filter(|one| World::is_touch(one) && one.at_ms <= asked.now_ms);
            BriefPerson {
                person: asked.linked(person.key),
                role: role.to_string(),
                job_title: person.job_title.to_string(),
                last_touch: touches.map(|one| one.at_ms).max().map(instant),
            }
        })
        .collect();
    people.sort_by(|a, b| (&a.person.title, &a.person.id).cmp(&(&b.person.title, &b.person.id)));
    people
}

/// The tasks of a lead that are meant, open ones first, then by day; of an onboarding begun twice, each step once.
fn tasks(asked: &Asked<'_>, lead: &Opportunity, meant: &dyn Fn(&Task) -> bool) -> Answer<Vec<RecordInfo>> {
    let world = &asked.world;
    let counted = world.tasks.of(lead.key).filter(|task| world.counts(task));
    let mut tasks: Vec<&Task> = counted.filter(|task| meant(task)).collect();
    tasks.sort_by_key(|task| (task.done_on.is_some(), task.due_on.is_none(), task.due_on, asked.world.id(task.key)));
    tasks.iter().map(|task| asked.record(task.key)).collect()
}

/// Pages that help: playbooks, personas, the ideal customer.
fn pages(asked: &Asked<'_>) -> Answer<Vec<Linked>> {
    let filter = crate::api::Filter {
        field: "type".to_owned(),
        op: "any_of".to_owned(),
        value: serde_json::json!(["playbook", "persona", "messaging", "ideal_customer"]),
    };
    let query = crate::api::ListQuery {
        kind: "page".to_owned(),
        filters: vec![filter],
        sort: Vec::new(),
        text: None,
        offset: 0,
        limit: Some(PAGES),
        sums: Vec::new(),
    };
    let page = queries::list(asked.connection, asked.schema, &query)?;
    Ok(page.records.into_iter().map(|record| Linked { id: record.id, title: record.title }).collect())
}
