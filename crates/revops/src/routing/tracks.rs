//! What members' decided opportunities say: gathered in one pass over a world, then asked for any lead.
//!
//! Decided opportunities that are alike in everything that is compared are of one class, and those of one class and one
//! seller lie side by side. So a lead is compared with each class once, not with each of a hundred thousand opportunities,
//! and neither once more for each member.

use std::cmp::{Ordering, Reverse};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use super::{SIMILAR_MIN, SIMILAR_SHOWN, Similar};
use crate::World;
use crate::facts::{Key, Opportunity};
use crate::similarity::{Bought, Company, Features};

/// Every member's record.
#[derive(Debug)]
pub struct Tracks<'a> {
    world: &'a World,
    classes: Vec<Features>,
    /// By seller, class, and within those won ones first, then the newest.
    decided: Vec<Decided>,
    groups: Vec<Group>,
    /// Leads and deals of each member, and offers to them; by the place of their key.
    open: Vec<u32>,
}

/// An opportunity that was won or lost.
#[derive(Debug, Clone, Copy)]
struct Decided {
    /// Whose record it is.
    seller: Option<Key>,
    /// Its place among the classes.
    class: usize,
    won: bool,
    day: Option<NaiveDate>,
    key: Key,
}

/// What one seller decided of one class: a stretch of `decided`.
#[derive(Debug)]
struct Group {
    seller: Key,
    class: usize,
    won: u32,
    of: Range<usize>,
}

/// What a member's decided opportunities say of a lead.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) won: u32,
    pub(super) closed: u32,
    /// Sum of similarities, in hundredths; and of those that were won.
    pub(super) weight: u64,
    pub(super) weight_won: u64,
    /// The most similar, best first.
    pub(super) similar: Vec<Similar>,
}

/// Where an opportunity stands in the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    Won,
    Lost,
    Elsewhere,
}

impl Standing {
    fn of(world: &World, stage: &str) -> Self {
        match stage {
            _ if world.rules.is_won(stage) => Self::Won,
            "lost" => Self::Lost,
            _ if world.rules.is_open(stage) => Self::Open,
            _ => Self::Elsewhere,
        }
    }
}

impl<'a> Tracks<'a> {
    /// One pass over the opportunities of a world.
    pub fn of_world(world: &'a World) -> Self {
        let mut classes = Classes::default();
        let mut stages: HashMap<&str, Standing> = HashMap::new();
        let sales = world.members.iter().filter(|member| &*member.facts.team == "sales");
        let sales: HashSet<Key> = sales.map(|member| member.key).collect();
        let mut open = vec![0; world.ids.count()];
        let mut decided = Vec::new();
        for one in world.opportunities.iter() {
            let standing = *stages.entry(&one.stage).or_insert_with(|| Standing::of(world, &one.stage));
            match standing {
                Standing::Open => workload(world, one).for_each(|member| {
                    open.get_mut(member.place()).into_iter().for_each(|count| *count += 1);
                }),
                Standing::Won | Standing::Lost => decided.push(Decided {
                    seller: one.owner.map(|owner| seller(&sales, one, owner)),
                    class: classes.of(world, one),
                    won: standing == Standing::Won,
                    day: one.close_date,
                    key: one.key,
                }),
                Standing::Elsewhere => {}
            }
        }
        decided.sort_unstable_by(|a, b| {
            let grouped = (a.seller, a.class).cmp(&(b.seller, b.class));
            grouped.then_with(|| better(world, a, b))
        });
        let groups = groups(&decided);
        Self { world, classes: classes.known, decided, groups, open }
    }

    /// The world that was gone through.
    pub fn world(&self) -> &'a World {
        self.world
    }

    /// The record of each member who has one, for a lead; the lead itself left out.
    pub(super) fn records(&self, lead: &Opportunity) -> HashMap<Key, Record> {
        let similarities = self.similarities(lead);
        let own = self.own(lead.key);
        let mut records: HashMap<Key, Record> = HashMap::new();
        let mut best: HashMap<Key, Best<'_>> = HashMap::new();
        for group in &self.groups {
            let similarity = similarities.get(group.class).copied().unwrap_or(0);
            let own = own.filter(|place| group.of.contains(place)).and_then(|place| self.decided.get(place));
            let closed = u32::try_from(group.of.len()).unwrap_or(u32::MAX) - u32::from(own.is_some());
            let won = group.won - u32::from(own.is_some_and(|own| own.won));
            let record = records.entry(group.seller).or_default();
            record.closed += closed;
            record.won += won;
            record.weight += u64::from(similarity) * u64::from(closed);
            record.weight_won += u64::from(similarity) * u64::from(won);
            let best = best.entry(group.seller).or_insert_with(|| Best::of(self.world, SIMILAR_SHOWN));
            let members = self.decided.get(group.of.clone()).unwrap_or_default();
            let others = members.iter().filter(|one| one.key != lead.key);
            // They are in order: where one is not taken, none after it is.
            _ = others.map_while(|one| best.take(similarity, one).then_some(())).count();
        }
        for (member, best) in best {
            records.entry(member).or_default().similar = best.similar();
        }
        records
    }

    /// Leads and deals a member has, and offers to them; the lead left out.
    pub(super) fn open(&self, member: Key, lead: &Opportunity) -> u32 {
        let all = self.open.get(member.place()).copied().unwrap_or(0);
        let present = self.world.opportunities.get(lead.key).filter(|one| self.world.rules.is_open(&one.stage));
        all.saturating_sub(u32::from(present.is_some_and(|one| workload(self.world, one).any(|key| key == member))))
    }

    /// The most similar opportunities that were won, or that were lost, whoever had them.
    pub fn similar(&self, lead: &Opportunity, won: bool, most: usize) -> Vec<Similar> {
        let similarities = self.similarities(lead);
        let mut best = Best::of(self.world, most);
        for one in self.decided.iter().filter(|one| one.won == won && one.key != lead.key) {
            best.take(similarities.get(one.class).copied().unwrap_or(0), one);
        }
        best.similar()
    }

    fn similarities(&self, lead: &Opportunity) -> Vec<u32> {
        let features = Features::of(self.world, lead);
        self.classes.iter().map(|class| features.similarity(class)).collect()
    }

    /// The place of an opportunity among those that were decided.
    fn own(&self, lead: Key) -> Option<usize> {
        let present = self.world.opportunities.get(lead)?;
        let is_decided = matches!(Standing::of(self.world, &present.stage), Standing::Won | Standing::Lost);
        is_decided.then(|| self.decided.iter().position(|one| one.key == lead)).flatten()
    }
}

/// Whose work an open opportunity is: its owner's, and that of whom it is offered to.
fn workload(world: &World, one: &Opportunity) -> impl Iterator<Item = Key> {
    one.owner.into_iter().chain(world.offered_to(one).filter(|member| Some(*member) != one.owner))
}

/// Who sold it: service has it once it is won, but the record is of whoever of sales brought it there.
fn seller(sales: &HashSet<Key>, one: &Opportunity, owner: Key) -> Key {
    if sales.contains(&owner) {
        return owner;
    }
    one.moves.iter().rev().filter_map(|step| step.by).find(|by| sales.contains(by)).unwrap_or(owner)
}

fn groups(decided: &[Decided]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut from = 0;
    for chunk in decided.chunk_by(|a, b| (a.seller, a.class) == (b.seller, b.class)) {
        let of = from..from + chunk.len();
        from = of.end;
        let Some(Decided { seller: Some(seller), class, .. }) = chunk.first().copied() else { continue };
        let won = u32::try_from(chunk.iter().filter(|one| one.won).count()).unwrap_or(u32::MAX);
        groups.push(Group { seller, class, won, of });
    }
    groups
}

/// Of equally similar ones: won ones first, then the newest.
fn better(world: &World, a: &Decided, b: &Decided) -> Ordering {
    let order = |one: &Decided| Reverse((one.won, one.day));
    order(a).cmp(&order(b)).then_with(|| world.id(a.key).cmp(world.id(b.key)))
}

/// The classes that were met, each once. Looked up by account and product, which many opportunities share.
#[derive(Default)]
struct Classes {
    known: Vec<Features>,
    companies: HashMap<Option<Key>, usize>,
    /// The companies, each once, by what is compared of them.
    alike: HashMap<Company, usize>,
    by_both: HashMap<(usize, Option<Key>), usize>,
}

impl Classes {
    fn of(&mut self, world: &World, one: &Opportunity) -> usize {
        let account = |key: Option<Key>| key.and_then(|key| world.accounts.get(key));
        let company = || account(one.account).map(Company::of).unwrap_or_default();
        let Self { known, companies, alike, by_both } = self;
        let count = alike.len();
        let place = *companies.entry(one.account).or_insert_with(|| *alike.entry(company()).or_insert(count));
        *by_both.entry((place, one.product)).or_insert_with(|| {
            let bought = one.product.map(|product| Bought::of(world, product)).unwrap_or_default();
            known.push(Features::with(company(), bought));
            known.len() - 1
        })
    }
}

/// The most similar of those that are shown to it.
struct Best<'a> {
    world: &'a World,
    most: usize,
    rows: Vec<(u32, Decided)>,
}

impl<'a> Best<'a> {
    fn of(world: &'a World, most: usize) -> Self {
        Self { world, most, rows: Vec::new() }
    }

    /// Whether it is among them now.
    fn take(&mut self, similarity: u32, one: &Decided) -> bool {
        if similarity < SIMILAR_MIN {
            return false;
        }
        let before = |row: &(u32, Decided)| {
            let order = Reverse(row.0).cmp(&Reverse(similarity));
            order.then_with(|| better(self.world, &row.1, one)).is_lt()
        };
        let place = match self.rows.last() {
            Some(last) if self.rows.len() == self.most && before(last) => return false,
            _ => self.rows.partition_point(before),
        };
        self.rows.insert(place, (similarity, *one));
        self.rows.truncate(self.most);
        place < self.most
    }

    fn similar(self) -> Vec<Similar> {
        let similar = |(similarity, one): (u32, Decided)| Similar { opportunity: one.key, similarity, won: one.won };
        self.rows.into_iter().map(similar).collect()
    }
}
