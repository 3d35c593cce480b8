//! What conditions are asked of.

use std::collections::{BTreeSet, HashMap};

use super::conditions::{Condition, Conditions};
use super::found::place;
use crate::World;
use crate::facts::{Account, Ids, Key, Opportunity, Person};

/// What an opportunity, its company and its people held at a moment of the past, where that is not what they hold in the world.
#[derive(Debug, Clone, Default)]
pub struct Then {
    /// The opportunity; none: as it is.
    pub opportunity: Option<Opportunity>,
    /// The company it was with, where that was different; none: it was not there.
    pub account: Option<(Key, Option<Account>)>,
    /// Those of its people who were different; none: they were not there.
    pub people: Vec<(Key, Option<Person>)>,
}

/// Leads as they stood at moments of the past, as far as that differs from the world.
#[derive(Debug, Clone, Default)]
pub struct Thens {
    /// By lead.
    pub of: HashMap<Key, Then>,
    /// The world's ids, and those of records that the world has not: what was set aside since. None: it has all of them.
    pub ids: Option<Ids>,
}

/// An opportunity with its company and its people, as they stand in a world or as they stood at a moment before it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub(super) world: &'a World,
    now: &'a Opportunity,
    then: Option<&'a Then>,
    ids: &'a Ids,
}

impl<'a> Subject<'a> {
    /// As it stands in the world.
    pub fn now(world: &'a World, opportunity: &'a Opportunity) -> Self {
        Self { world, now: opportunity, then: None, ids: &world.ids }
    }

    /// With what was different then, if anything was.
    pub fn then(world: &'a World, opportunity: &'a Opportunity, thens: &'a Thens) -> Self {
        let ids = thens.ids.as_ref().unwrap_or(&world.ids);
        Self { world, now: opportunity, then: thens.of.get(&opportunity.key), ids }
    }

    /// What records are called that it points to: as they are called now, whenever it stood so.
    pub(super) fn names(&self) -> Names<'a> {
        Names { world: self.world, ids: self.ids }
    }

    /// The opportunity.
    pub fn opportunity(&self) -> &'a Opportunity {
        self.then.and_then(|then| then.opportunity.as_ref()).unwrap_or(self.now)
    }

    /// Its company.
    pub fn account(&self) -> Option<&'a Account> {
        let key = self.opportunity().account?;
        match self.then.and_then(|then| then.account.as_ref()) {
            Some((then, account)) if *then == key => account.as_ref(),
            _ => self.world.accounts.get(key),
        }
    }

    /// One of its people.
    pub fn person(&self, key: Key) -> Option<&'a Person> {
        match self.then.and_then(|then| then.people.iter().find(|(then, _)| *then == key)) {
            Some((_, person)) => person.as_ref(),
            None => self.world.people.get(key),
        }
    }
}

/// What conditions look at, as kind and field: the fields they compare, and always through what an opportunity's activities are
/// found.
pub fn looked_at<'a>(conditions: impl Iterator<Item = &'a Conditions>) -> BTreeSet<(&'a str, &'a str)> {
    let compared = conditions.flat_map(|one| &one.all).filter_map(|condition| match condition {
        Condition::Field { field, .. } => Some(place(field)),
        Condition::Activity { .. } | Condition::Gate { .. } => None,
    });
    compared.chain([("opportunity", "account"), ("opportunity", "people")]).collect()
}

/// What records are called.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) world: &'a World,
    ids: &'a Ids,
}

impl<'a> Names<'a> {
    /// Of a world.
    pub(super) fn of(world: &'a World) -> Self {
        Self { world, ids: &world.ids }
    }

    pub(super) fn id(self, key: Key) -> &'a str {
        self.ids.id(key)
    }

    pub(super) fn name(self, key: Key) -> Option<&'a str> {
        self.world.name(key)
    }
}
