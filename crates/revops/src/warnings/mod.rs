//! What to know before contacting somebody: who else has just done so, and who is working on them.

#[cfg(test)]
mod tests;

use tandem_context::Remark;

use crate::World;
use crate::calendar::days_ms;
use crate::clocks::is_of;
use crate::facts::{Activity, Key, Member, Opportunity};
use crate::rules::Phase;

pub mod sentences {
    //! What is said before a contact.

    tandem_context::sentences! {
        JUST_CONTACTED = "contact_just_now", "{member} contacted {person} {days} days ago";
        CONTACTED_TODAY = "contact_today", "{member} contacted {person} within the last day";
        SALES_WORKS = "contact_sales_works", "{member} is working on {opportunity} with them; nurture rests meanwhile";
        MARKETING_WORKS = "contact_marketing_works", "{member} in marketing has a lead with them";
        DO_NOT_CONTACT = "contact_do_not", "{person} does not want to be contacted";
    }
}

use sentences::*;

/// Something to know.
#[derive(Debug, Clone)]
pub struct Warning {
    /// In words.
    pub why: Remark,
    /// The activity it is about.
    pub activity: Option<Key>,
    /// The other member.
    pub member: Option<Key>,
}

/// What `by` should know before contacting people about an account, at a moment. `about` is the opportunity in whose name.
pub fn before_contact(
    world: &World,
    about: Option<&Opportunity>,
    people: &[Key],
    account: Option<Key>,
    by: Key,
    now_ms: i64,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for person in people.iter().filter_map(|key| world.people.get(*key)) {
        if person.do_not_contact {
            let why = DO_NOT_CONTACT.say().text("person", &person.name);
            warnings.push(Warning { why, activity: None, member: None });
        }
        warnings.extend(contacted_by_others(world, person.key, by, now_ms));
    }
    warnings.extend(worked_on_by_others(world, about, people, account, by));
    warnings
}

/// The last contact of each other member with a person within the policy's days, newest first.
fn contacted_by_others(world: &World, person: Key, by: Key, now_ms: i64) -> Vec<Warning> {
    let since_ms = now_ms.saturating_sub(days_ms(world.rules.policy.contact_days));
    let name = world.people.get(person).map_or("", |person| &person.name);
    let recent = |one: &&Activity| (since_ms..=now_ms).contains(&one.at_ms) && is_contact(one);
    let mut contacts: Vec<&Activity> = world.activities.of(person).filter(recent).collect();
    contacts.sort_by_key(|one| std::cmp::Reverse((one.at_ms, world.id(one.key))));
    let mut seen = Vec::new();
    let mut warnings = Vec::new();
    for contact in contacts {
        let Some(other) = contact.owner.filter(|owner| *owner != by && !seen.contains(owner)) else { continue };
        let Some(member) = world.members.get(other) else { continue };
        seen.push(other);
        let days = usize::try_from((now_ms - contact.at_ms) / days_ms(1)).unwrap_or(0);
        let sentence = if days == 0 { CONTACTED_TODAY } else { JUST_CONTACTED };
        let why = sentence.say().text("member", &member.facts.name).text("person", name).number("days", days);
        warnings.push(Warning { why, activity: Some(contact.key), member: Some(other) });
    }
    warnings
}

/// A touch by us.
fn is_contact(activity: &Activity) -> bool {
    World::is_touch(activity) && &*activity.direction != "inbound" && !matches!(&*activity.kind, "form" | "visit")
}

/// Others whose opportunity with the same account or people is under way: sales for marketing, marketing for sales.
fn worked_on_by_others(
    world: &World,
    about: Option<&Opportunity>,
    people: &[Key],
    account: Option<Key>,
    by: Key,
) -> Vec<Warning> {
    let mine = is_of(world, by, "marketing");
    let with_them = |one: &Opportunity| one.people.iter().any(|(key, _)| people.contains(key));
    let with_account =
        |one: &Opportunity| account.is_some() && one.account == account && (people.is_empty() || one.people.is_empty());
    let mut others: Vec<&Opportunity> = people
        .iter()
        .copied()
        .chain(account)
        .flat_map(|key| world.opportunities.of(key))
        .filter(|one| world.rules.is_open(&one.stage) && (with_them(one) || with_account(one)))
        .collect();
    others.sort_by_key(|one| world.id(one.key));
    others.dedup_by_key(|one| one.key);
    let mut warnings = Vec::new();
    for one in others {
        let Some(owner) = one.owner.filter(|owner| *owner != by) else { continue };
        let Some(member) = world.members.get(owner) else { continue };
        let phase = world.rules.phase(&one.stage);
        let say = match phase {
            Phase::Sales if mine => SALES_WORKS.say().text("opportunity", &one.name),
            Phase::Marketing if !mine && about.map(|about| about.key) != Some(one.key) => MARKETING_WORKS.say(),
            _ => continue,
        };
        let why = say.text("member", &member.facts.name);
        warnings.push(Warning { why, activity: None, member: Some(owner) });
    }
    warnings
}

/// Whether marketing lets a lead rest because sales works on the same account, or with one of the same people.
pub fn nurture_is_paused(world: &World, opportunity: &Opportunity) -> bool {
    let rules = &world.rules;
    if !matches!(rules.phase(&opportunity.stage), Phase::Marketing | Phase::Exit) {
        return false;
    }
    let people = opportunity.people.iter().map(|(key, _)| *key);
    let mut around = people.chain(opportunity.account).flat_map(|key| world.opportunities.of(key));
    around.any(|one| {
        one.key != opportunity.key
            && rules.phase(&one.stage) == Phase::Sales
            && rules.is_open(&one.stage)
            && one.owner.is_some()
    })
}

/// Opportunities on which two members who are no team of one contacted the same person within the policy's days of each
/// other, the second contact within a stretch of time (its beginning included), and when that last was so. By id, each once.
///
/// A contact by nobody (an import without owners) or by somebody who was set aside is nobody's, and no half of double work.
/// Where neither contact names an opportunity, it is about those that the person belongs to, as in [`World::story_of`].
pub fn double_work(world: &World, from_ms: i64, until_ms: i64) -> Vec<(Key, i64)> {
    let within_ms = days_ms(world.rules.policy.contact_days);
    let mut contacts: Vec<Contact<'_>> = world
        .activities
        .iter()
        .filter(|one| (from_ms.saturating_sub(within_ms)..until_ms).contains(&one.at_ms) && is_contact(one))
        .filter_map(|activity| {
            let (person, by) = (activity.person?, world.members.get(activity.owner?)?);
            Some(Contact { person, by, activity })
        })
        .collect();
    contacts.sort_by_key(|one| (world.id(one.person), one.activity.at_ms, world.id(one.activity.key)));
    let mut found: Vec<(Key, i64)> = Vec::new();
    for pair in contacts.windows(2) {
        let [before, one] = pair else { continue };
        let at_ms = one.activity.at_ms;
        let close = before.person == one.person && at_ms >= from_ms && at_ms - before.activity.at_ms <= within_ms;
        if close && before.by.key != one.by.key && !is_handover(before.by, one.by) {
            found.extend(contacted_about(world, before, one).into_iter().map(|key| (key, at_ms)));
        }
    }
    found.sort_by_key(|(key, at_ms)| (world.id(*key), std::cmp::Reverse(*at_ms)));
    found.dedup_by_key(|(key, _)| *key);
    found
}

/// A contact of a member with a person.
struct Contact<'a> {
    person: Key,
    by: &'a Member,
    activity: &'a Activity,
}

/// Handing over from marketing to sales is no double work; two reps, or one team behind the other's back, are.
fn is_handover(before: &Member, one: &Member) -> bool {
    matches!((&*before.facts.team, &*one.facts.team), ("marketing", "sales") | ("sales", "service"))
}

/// The opportunities that two contacts are about.
fn contacted_about(world: &World, before: &Contact<'_>, one: &Contact<'_>) -> Vec<Key> {
    if let Some(named) = one.activity.opportunity.or(before.activity.opportunity) {
        return vec![named];
    }
    world.opportunities.of(one.person).map(|one| one.key).collect()
}
