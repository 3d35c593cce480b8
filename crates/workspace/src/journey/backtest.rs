//! What rules would have done to the leads of the past: counted, and opened number by number.

use std::collections::BTreeMap;

use tandem_context::Value;
use tandem_revops::backtest::{self as revops, Leads, Side};
use tandem_revops::facts::Key;
use tandem_revops::judged::Moments;

use super::Asked;
use super::numbers::{PAGE, PAGE_MAX};
use crate::api::{
    ApiError, Backtest, BacktestQuery, BacktestSide, DraftRule, TriedGroup, TriedLeads, TriedPage, TriedQuery,
    TriedRoute,
};
use crate::sentences::UNKNOWN_NUMBER;
use crate::world::{Drafts, Past, drafted_rules, present_rules, thens};

const MONTHS_MAX: u32 = 120;

/// Rules tried beside the rules as they are.
struct Tried {
    leads: usize,
    present: Side,
    draft: Side,
    newly_offered: Leads,
    newly_held: Leads,
    /// The ids of the routing rules in their order, as they are and as they would be; last, none.
    routing: [Vec<String>; 2],
}

/// Tries rules as they would be on the leads of the past, beside the rules as they are.
pub(crate) fn backtest(asked: &Asked<'_>, query: &BacktestQuery) -> Result<Backtest, ApiError> {
    let tried = tried(asked, (query.months, &query.drafts))?;
    let [present, draft] = &tried.routing;
    Ok(Backtest {
        leads: u32::try_from(tried.leads).unwrap_or(u32::MAX),
        newly_offered: group("newly_offered", &tried.newly_offered),
        newly_held: group("newly_held", &tried.newly_held),
        draft: side("draft", &tried.draft, draft),
        present: side("present", &tried.present, present),
    })
}

/// The leads behind one of its numbers.
pub(crate) fn leads(asked: &Asked<'_>, query: &TriedQuery) -> Result<TriedPage, ApiError> {
    let tried = tried(asked, (query.months, &query.drafts))?;
    let keys = tried.leads_of(&query.number);
    let keys = keys.ok_or_else(|| ApiError::said("not_found", &UNKNOWN_NUMBER.of(&query.number)))?;
    let limit = query.limit.unwrap_or(PAGE).min(PAGE_MAX) as usize;
    let page = keys.iter().skip(query.offset as usize).take(limit);
    Ok(TriedPage {
        total: u32::try_from(keys.len()).unwrap_or(u32::MAX),
        records: page.map(|key| asked.linked(*key)).collect(),
    })
}

fn tried(asked: &Asked<'_>, (months, drafts): (u32, &[DraftRule])) -> Result<Tried, ApiError> {
    let (world, now_ms) = (&asked.world, asked.now_ms);
    let leads = revops::leads_of(world, months.clamp(1, MONTHS_MAX), now_ms);
    let drafts = read(asked, drafts)?;
    let then = asked.is_past.then(|| Past::of_rules(asked.connection, now_ms)).transpose()?;
    let rules_of = |kind: &str| match &then {
        Some(then) => Ok(then.rules_of(kind, now_ms)),
        None => present_rules(asked.connection, kind),
    };
    let (rules, routing) = drafted_rules(&rules_of, world, &drafts)?;
    let conditions = revops::conditions(&world.rules).chain(revops::conditions(&rules));
    let thens = thens(asked.connection, asked.schema, world, &Moments::new(world, &leads, conditions, now_ms))?;
    let present = revops::backtest(world, &world.rules, (&leads, &thens), now_ms);
    let draft = revops::backtest(world, &rules, (&leads, &thens), now_ms);
    let ids = |mut ids: Vec<String>| {
        ids.push(String::new());
        ids
    };
    Ok(Tried {
        leads: leads.len(),
        newly_offered: draft.offered.without(&present.offered),
        newly_held: draft.held.without(&present.held),
        routing: [ids(world.rules.routing.iter().map(|rule| asked.key(rule.key)).collect()), ids(routing)],
        present,
        draft,
    })
}

/// Reads drafted rules; each is checked as it would be if it were written.
fn read(asked: &Asked<'_>, drafts: &[DraftRule]) -> Result<Drafts, ApiError> {
    let mut read = Drafts::new();
    for draft in drafts {
        let mut values: BTreeMap<String, Option<Value>> = BTreeMap::new();
        for (name, json) in &draft.fields {
            let field = crate::commands::known_field(asked.schema, &draft.kind, name)?;
            values.insert(name.clone(), Value::from_json(field, json)?);
        }
        let written = values.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
        crate::commands::check_record(asked.schema, &draft.kind, &written, &BTreeMap::new())?;
        let named = draft.id.as_ref().or(draft.draft.as_ref());
        let id = named.cloned().unwrap_or_else(|| format!("draft-{}", read.len()));
        // One rule may be drafted field by field.
        let drafted = read.entry((draft.kind.clone(), id)).or_default();
        drafted.0.extend(values);
        drafted.1 |= draft.archived;
    }
    Ok(read)
}

impl Tried {
    /// The leads of a number: `<side>/offered/all` (`won`, `lost`), `<side>/held/…`, `<side>/route/<rule>`,
    /// `newly_offered/…`, `newly_held/…`; a side is `present` or `draft`.
    fn leads_of(&self, number: &str) -> Option<&[Key]> {
        let (first, rest) = number.split_once('/')?;
        let [present, draft] = &self.routing;
        let (side, routing) = match first {
            "newly_offered" => return of_group(&self.newly_offered, rest),
            "newly_held" => return of_group(&self.newly_held, rest),
            "present" => (&self.present, present),
            "draft" => (&self.draft, draft),
            _ => return None,
        };
        match rest.split_once('/')? {
            ("offered", which) => of_group(&side.offered, which),
            ("held", which) => of_group(&side.held, which),
            ("route", rule) => {
                let place = routing.iter().position(|id| id == rule)?;
                side.routed.get(place).map(Vec::as_slice)
            }
            _ => None,
        }
    }
}

fn of_group<'a>(leads: &'a Leads, which: &str) -> Option<&'a [Key]> {
    match which {
        "all" => Some(&leads.all),
        "won" => Some(&leads.won),
        "lost" => Some(&leads.lost),
        _ => None,
    }
}

/// What a set of rules would have done; `routing` are the ids of its routing rules, in their order.
fn side(name: &str, one: &Side, routing: &[String]) -> BacktestSide {
    let route = |(rule, leads): (&String, &Vec<Key>)| TriedRoute {
        rule: rule.clone(),
        leads: counted(format!("{name}/route/{rule}"), leads),
    };
    BacktestSide {
        offered: group(&format!("{name}/offered"), &one.offered),
        held: group(&format!("{name}/held"), &one.held),
        routes: routing.iter().zip(&one.routed).map(route).collect(),
    }
}

fn group(name: &str, one: &Leads) -> TriedGroup {
    TriedGroup {
        all: counted(format!("{name}/all"), &one.all),
        won: counted(format!("{name}/won"), &one.won),
        lost: counted(format!("{name}/lost"), &one.lost),
    }
}

fn counted(number: String, keys: &[Key]) -> TriedLeads {
    TriedLeads { count: u32::try_from(keys.len()).unwrap_or(u32::MAX), number }
}
