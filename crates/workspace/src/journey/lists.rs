//! Today, what is forgotten, and what calls for attention on cards.

use std::cell::OnceCell;

use tandem_revops::calendar::Calendars;
use tandem_revops::claims::{is_contended, settle};
use tandem_revops::clocks::{clocks, is_back};
use tandem_revops::facts::Opportunity;
use tandem_revops::forgotten::forgotten as neglected;
use tandem_revops::queue::{Item, When, queue};
use tandem_revops::routing::Tracks;

use super::Asked;
use super::say::{clock, major, said};
use crate::api::{
    ApiError, ForgottenItem, ForgottenList, ForgottenQuery, Marks, MarksQuery, QueueItem, Today, TodayQuery,
};
use crate::convert::instant;
use crate::queries::not_found;

const LINES: u32 = 200;
const LINES_MAX: u32 = 1_000;
const MARKED_MAX: usize = 1_000;

type Answer<T> = Result<T, ApiError>;

pub(crate) fn today(asked: &Asked<'_>, query: &TodayQuery) -> Answer<Today> {
    let id = query.member.as_deref().unwrap_or(&asked.me);
    let member = asked.world.ids.find(id).filter(|key| asked.world.members.get(*key).is_some());
    let member = member.ok_or_else(|| not_found(id))?;
    let items = queue(&asked.world, member, asked.now_ms);
    let count = |when: When| u32::try_from(items.iter().filter(|item| item.when == when).count()).unwrap_or(u32::MAX);
    let limit = query.limit.unwrap_or(LINES).min(LINES_MAX) as usize;
    Ok(Today {
        member: asked.linked(member),
        team: asked.world.members.get(member).map(|one| one.facts.team.to_string()).unwrap_or_default(),
        now: instant(asked.now_ms),
        total: u32::try_from(items.len()).unwrap_or(u32::MAX),
        overdue: count(When::Overdue),
        due: count(When::Today),
        soon: count(When::Soon),
        items: items.iter().skip(query.offset as usize).take(limit).map(|item| line(asked, item)).collect(),
    })
}

fn line(asked: &Asked<'_>, item: &Item) -> QueueItem {
    let is_task = asked.world.tasks.get(item.record).is_some();
    let opportunity: Option<&Opportunity> = item.opportunity.and_then(|key| asked.world.opportunities.get(key));
    let record = asked.linked(item.record);
    let mut actions: Vec<String> = item.what.actions().iter().map(|action| (*action).to_owned()).collect();
    if !is_task && opportunity.is_some_and(|one| one.owner.is_none() && asked.world.offered_to(one).is_none()) {
        actions.insert(0, "claim".to_owned());
    }
    QueueItem {
        id: record.id,
        kind: if is_task { "task" } else { "opportunity" }.to_owned(),
        title: record.title,
        opportunity: asked.linked_some(item.opportunity.filter(|_| is_task)),
        stage: opportunity.map(|one| one.stage.to_string()).unwrap_or_default(),
        account: asked.linked_some(opportunity.and_then(|one| one.account)),
        value: opportunity.and_then(|one| one.value).map(|value| major(value.into())),
        currency: opportunity.map(|one| one.currency.to_string()).unwrap_or_default(),
        what: item.what.name().to_owned(),
        why: said(&item.why),
        clock: item.clock.as_ref().map(clock),
        when: item.when.name().to_owned(),
        actions,
        proposed: asked.linked_some(item.proposed),
    }
}

pub(crate) fn forgotten(asked: &Asked<'_>, query: &ForgottenQuery) -> Answer<ForgottenList> {
    let (mut found, open) = tandem_revops::forgotten::all(&asked.world, asked.now_ms);
    if let Some(member) = &query.member {
        let member = asked.world.ids.find(member).ok_or_else(|| not_found(member))?;
        found.retain(|one| asked.world.opportunities.get(one.opportunity).is_some_and(|one| one.owner == Some(member)));
    }
    let limit = query.limit.unwrap_or(LINES).min(LINES_MAX) as usize;
    let page = found.iter().skip(query.offset as usize).take(limit);
    let items = page.filter_map(|one| {
        let opportunity = asked.world.opportunities.get(one.opportunity)?;
        Some(ForgottenItem {
            id: asked.key(opportunity.key),
            title: opportunity.name.to_string(),
            stage: opportunity.stage.to_string(),
            account: asked.linked_some(opportunity.account),
            owner: asked.linked_some(opportunity.owner),
            value: opportunity.value.map(|value| major(value.into())),
            currency: opportunity.currency.to_string(),
            next_step: opportunity.next_step.to_string(),
            next_step_date: opportunity.next_step_date.map(|day| day.to_string()),
            why: said(&one.why),
            since: instant(one.since_ms),
        })
    });
    Ok(ForgottenList {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        open: u32::try_from(open).unwrap_or(u32::MAX),
        items: items.collect(),
    })
}

/// What calls for attention on opportunities, in the order in which they were named.
pub(crate) fn marks(asked: &Asked<'_>, query: &MarksQuery) -> Vec<Marks> {
    let (world, now_ms) = (&asked.world, asked.now_ms);
    let calendars = Calendars::new(world);
    // One pass over the opportunities for all that are contended.
    let tracks = OnceCell::new();
    let settled = |one: &Opportunity| settle(tracks.get_or_init(|| Tracks::of_world(world)), one, now_ms);
    let marked = |one: &Opportunity| Marks {
        id: asked.key(one.key),
        clocks: clocks(world, &calendars, one, now_ms).iter().map(clock).collect(),
        forgotten: neglected(world, &calendars, one, now_ms).map(|found| said(&found.why)).unwrap_or_default(),
        claimed_by: is_contended(one)
            .then(|| settled(one))
            .flatten()
            .map(|found| found.claims.iter().map(|claim| asked.linked(claim.owner)).collect())
            .unwrap_or_default(),
        is_back: is_back(world, &calendars, one, now_ms),
    };
    query.ids.iter().take(MARKED_MAX).filter_map(|id| world.opportunity(id)).map(marked).collect()
}
