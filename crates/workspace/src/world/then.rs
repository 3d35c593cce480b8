//! Leads as they stood when it was decided whether sales gets them: what a back-test and the criteria of feedback judge by.
//!
//! Most records hold what they held. So only those are made from history of which a field that is looked at was written anew
//! since the earliest of the moments.

use rusqlite::Connection;
use tandem_context::{ARCHIVED, Schema};
use tandem_revops::World;
use tandem_revops::facts::{Account, Ids, Key, Opportunity, Person};
use tandem_revops::judged::{Moments, judged_by};
use tandem_revops::rules::{Then, Thens};
use tandem_store::StoreError;

use super::Past;
use super::fill::own_fields;
use super::read::{self, ByName, Keys, OwnField, Reader, Texts};

/// How leads stood at their moments, as far as that is not how the world has them.
pub(crate) fn thens(
    connection: &Connection,
    schema: &Schema,
    world: &World,
    moments: &Moments<'_>,
) -> Result<Thens, StoreError> {
    let times = || moments.of.iter().map(|(_, at_ms)| *at_ms);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return Ok(Thens::default()) };
    let is_there = [("account", ARCHIVED), ("person", ARCHIVED)];
    let fields: Vec<(&str, &str)> = moments.fields.iter().copied().chain(is_there).collect();
    let own = |kind| own_fields(schema, kind);
    let mut stood = Stood {
        world,
        // What stood right before the first is asked for too.
        past: Past::of_edited(connection, &fields, (first - 1, last))?,
        own: [own("opportunity"), own("account"), own("person")],
        texts: Texts::default(),
        ids: None,
    };
    let mut thens = Thens::default();
    for (lead, at_ms) in &moments.of {
        let Some(now) = world.opportunities.get(*lead) else { continue };
        let opportunity = stood.opportunity(now, *at_ms);
        let seen = opportunity.as_ref().unwrap_or(now);
        let account = seen.account.and_then(|key| Some((key, stood.account(key, *at_ms)?)));
        let person = |(key, _): &(Key, _)| Some((*key, stood.person(*key, *at_ms)?));
        let people: Vec<(Key, Option<Person>)> = seen.people.iter().filter_map(person).collect();
        if opportunity.is_some() || account.is_some() || !people.is_empty() {
            thens.of.insert(*lead, Then { opportunity, account, people });
        }
    }
    thens.ids = stood.ids;
    Ok(thens)
}

/// Records as history has them, for those that were edited since.
struct Stood<'a> {
    world: &'a World,
    past: Past,
    /// The workspace's own fields of an opportunity, an account, a person.
    own: [Vec<OwnField>; 3],
    texts: Texts,
    /// The world's, and those that it has not: of what was set aside since. Made when one is met.
    ids: Option<Ids>,
}

impl Stood<'_> {
    fn opportunity(&mut self, now: &Opportunity, at_ms: i64) -> Option<Opportunity> {
        let then = self.whole(now.key, at_ms)?;
        let before = self.whole(now.key, (at_ms - 1).max(now.created_ms))?;
        let moves = now.moves.iter().filter(|step| step.at_ms < at_ms).cloned().collect();
        Some(Opportunity { created_ms: now.created_ms, moves, ..judged_by(then, before) })
    }

    fn whole(&mut self, key: Key, at_ms: i64) -> Option<Opportunity> {
        let columns = (0, read::OPPORTUNITY);
        let then = self.read(key, at_ms, columns, read::opportunity)?;
        let links = [then.account, then.owner, then.product, then.campaign, then.parent, then.offered_to];
        let mut links = links.into_iter().flatten().chain(then.people.iter().map(|(key, _)| *key));
        if links.all(|key| key != Key::UNKNOWN) {
            return Some(then);
        }
        self.ids = Some(self.world.ids.clone());
        self.read(key, at_ms, columns, read::opportunity)
    }

    fn account(&mut self, key: Key, at_ms: i64) -> Option<Option<Account>> {
        let is_there = self.past.is_kept(self.id(key), at_ms)?;
        Some(self.read(key, at_ms, (1, read::ACCOUNT), read::account).filter(|_| is_there))
    }

    fn person(&mut self, key: Key, at_ms: i64) -> Option<Option<Person>> {
        let is_there = self.past.is_kept(self.id(key), at_ms)?;
        Some(self.read(key, at_ms, (2, read::PERSON), read::person).filter(|_| is_there))
    }

    fn read<T>(
        &mut self,
        key: Key,
        at_ms: i64,
        (own, columns): (usize, &[&str]),
        read: fn(&mut Reader<'_>) -> T,
    ) -> Option<T> {
        let id = self.id(key).to_owned();
        let values = self.past.values(&id, at_ms)?;
        let own = self.own.get(own).map(Vec::as_slice).unwrap_or_default();
        let cells = ByName { id: &id, created_ms: 0, values, columns, own };
        let ids = match &mut self.ids {
            Some(ids) => Keys::Given(ids),
            None => Keys::Known(&self.world.ids),
        };
        Some(read(&mut Reader::new(&cells, ids, &mut self.texts, own)))
    }

    fn id(&self, key: Key) -> &str {
        self.ids.as_ref().unwrap_or(&self.world.ids).id(key)
    }
}
