//! Who brought the revenue: the value of what was won, divided among the touches that led to it.
//!
//! The models are the usual ones of multi-touch attribution: everything to the first touch, everything to the last, the same to
//! each, or 40 % to the first, 40 % to the last and 20 % to those between (position-based, also called U-shaped; with two
//! touches half each). Whatever the model, the parts of a value add up to it to the hundredth: each part is rounded down, and
//! what is left goes, one hundredth each, to the parts that lost most by it, the earlier touch first (largest remainder, or
//! Hamilton's method; Balinski and Young, Fair Representation, 1982).

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::decided::Decided;
use super::figure::Figure;
use super::period::Days;
use super::touches::{Touch, Touches};
use crate::World;
use crate::facts::{Key, Opportunity, Text};

/// A sum of money in hundredths of its currency.
pub type Hundredths = i128;

/// How a value is divided among touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Model {
    /// Everything to the first touch.
    First,
    /// Everything to the last.
    Last,
    /// The same to each.
    Linear,
    /// 40 % to the first, 40 % to the last, 20 % to those between.
    Position,
}

impl Model {
    /// Every model.
    pub const ALL: [Self; 4] = [Self::First, Self::Last, Self::Linear, Self::Position];

    /// As it stands in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Linear => "linear",
            Self::Position => "position",
        }
    }

    /// Reads what stands in the document; what is not known is by position, the policy's default.
    pub fn of(name: &str) -> Self {
        Self::ALL.into_iter().find(|model| model.name() == name).unwrap_or(Self::Position)
    }

    /// The weight of the touch at a place among `count`.
    pub(crate) fn weight(self, place: usize, count: usize) -> i128 {
        let is_first = place == 0;
        let is_last = place + 1 == count;
        match self {
            Self::First => i128::from(is_first),
            Self::Last => i128::from(is_last),
            Self::Linear => 1,
            Self::Position if count <= 2 => 1,
            // 40 : 20 ⁄ between : 40, in whole numbers.
            Self::Position if is_first || is_last => 2 * (count as i128 - 2),
            Self::Position => 1,
        }
    }
}

/// Divides a value, in hundredths, among `count` touches: one part for each, oldest first. They add up to the value. Without
/// touches there are no parts.
pub fn divide(value: i64, count: usize, model: Model) -> Vec<i64> {
    let all: i128 = (0..count).map(|place| model.weight(place, count)).sum();
    if all == 0 {
        return Vec::new();
    }
    let mut left = i128::from(value);
    let mut parts = Vec::with_capacity(count);
    let mut lost = Vec::with_capacity(count);
    for place in 0..count {
        let exact = i128::from(value) * model.weight(place, count);
        let part = exact.div_euclid(all);
        left -= part;
        lost.push((Reverse(exact.rem_euclid(all)), place));
        // A part of an i64 is one.
        parts.push(i64::try_from(part).unwrap_or(0));
    }
    if left > 0 {
        lost.sort_unstable();
        for (_, place) in lost.iter().take(usize::try_from(left).unwrap_or(0)) {
            if let Some(part) = parts.get_mut(*place) {
                *part += 1;
            }
        }
    }
    parts
}

/// What of a revenue goes to one team, campaign or source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share<K> {
    /// Which.
    pub of: K,
    /// How much.
    pub amount: Hundredths,
    /// The opportunities of whose value it is a part.
    pub records: Figure,
}

/// Revenue in one currency, divided by one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The model.
    pub model: Model,
    /// ISO 4217; empty: what has none.
    pub currency: Text,
    /// The revenue; each of the lists adds up to it.
    pub total: Hundredths,
    /// What was won with a value in this currency; the same for every model.
    pub deals: Figure,
    /// By team (empty: none), the largest part first.
    pub teams: Vec<Share<Text>>,
    /// By campaign (`None`: without one), the largest part first.
    pub campaigns: Vec<Share<Option<Key>>>,
    /// By source (empty: not known), the largest part first.
    pub sources: Vec<Share<Text>>,
    /// What was won without a touch on record, the same for every model: the whole value goes to whoever closed it and to the
    /// opportunity's campaign.
    pub untouched: Figure,
}

impl Attribution {
    /// The numbers that are this model's own.
    pub(crate) fn shares(&self) -> impl Iterator<Item = &Figure> {
        let teams = self.teams.iter().map(|share| &share.records);
        let campaigns = self.campaigns.iter().map(|share| &share.records);
        teams.chain(campaigns).chain(self.sources.iter().map(|share| &share.records))
    }
}

/// A sum, and of whose values it is made.
#[derive(Debug, Clone, Default)]
struct Sum {
    amount: Hundredths,
    records: Vec<Key>,
}

impl Sum {
    fn add(&mut self, part: i64, of: Key) {
        self.amount += i128::from(part);
        if part != 0 && self.records.last() != Some(&of) {
            self.records.push(of);
        }
    }
}

/// Sums of one model and currency.
#[derive(Debug, Clone, Default)]
struct Sums {
    total: Hundredths,
    deals: Vec<Key>,
    teams: Vec<Sum>,
    campaigns: HashMap<Option<Key>, Sum>,
    sources: HashMap<Text, Sum>,
    untouched: Vec<Key>,
}

impl Sums {
    fn credit(&mut self, team: usize, campaign: Option<Key>, part: i64, of: Key) {
        if self.teams.len() <= team {
            self.teams.resize(team + 1, Sum::default());
        }
        if let Some(sum) = self.teams.get_mut(team) {
            sum.add(part, of);
        }
        self.campaigns.entry(campaign).or_default().add(part, of);
    }

    /// `within` is what the numbers' names begin with.
    fn complete(
        self,
        world: &World,
        touches: &Touches<'_>,
        (model, currency, within): (Model, Text, &str),
    ) -> Attribution {
        let teams = self.teams.into_iter().enumerate().map(|(place, sum)| (touches.teams.name(place), sum));
        let deals = Figure::new(format!("attribution/deals/{currency}"), self.deals);
        let untouched = Figure::new(format!("attribution/untouched/{currency}"), self.untouched);
        let campaign_id = |campaign: &Option<Key>| Text::from(campaign.map_or("", |key| world.id(key)));
        Attribution {
            model,
            currency,
            total: self.total,
            deals,
            teams: shares(teams, &format!("{within}/team"), Text::clone),
            campaigns: shares(self.campaigns.into_iter(), &format!("{within}/campaign"), campaign_id),
            sources: shares(self.sources.into_iter(), &format!("{within}/source"), Text::clone),
            untouched,
        }
    }
}

/// Sums without the empty ones, the largest first, then by name.
fn shares<K>(sums: impl Iterator<Item = (K, Sum)>, within: &str, name: impl Fn(&K) -> Text) -> Vec<Share<K>> {
    let shares = sums.filter(|(_, sum)| sum.amount != 0).map(|(of, sum)| {
        let records = Figure::new(format!("{within}/{}", name(&of)), sum.records);
        Share { of, amount: sum.amount, records }
    });
    let mut shares: Vec<Share<K>> = shares.collect();
    shares.sort_by_cached_key(|share| (Reverse(share.amount), name(&share.of)));
    shares
}

/// What the names of a model's numbers in a currency begin with.
type Naming<'a> = &'a dyn Fn(Model, &str) -> String;

/// Divides what was won by each of the models, by currency. What has no value is left out. `within` says for a model and a
/// currency what the names of its numbers begin with.
pub(crate) fn attribute<'a>(
    world: &World,
    touches: &Touches<'_>,
    days: &Days,
    won: impl Iterator<Item = Decided<'a>>,
    (models, now_ms, within): (&[Model], i64, Naming<'_>),
) -> Vec<Attribution> {
    let mut sums: BTreeMap<&Text, Vec<Sums>> = BTreeMap::new();
    let mut story = Vec::new();
    for Decided { opportunity, day, .. } in won {
        let Some(value) = opportunity.value.filter(|value| *value != 0) else { continue };
        touches.of(opportunity, days.end_ms(day).min(now_ms.saturating_add(1)), &mut story);
        let sums = sums.entry(&opportunity.currency).or_insert_with(|| vec![Sums::default(); models.len()]);
        for (model, sums) in models.iter().zip(sums) {
            sums.total += i128::from(value);
            sums.deals.push(opportunity.key);
            sums.sources.entry(opportunity.source.clone()).or_default().add(value, opportunity.key);
            credit(world, touches, opportunity, (value, &story), *model, sums);
        }
    }
    let mut all = Vec::new();
    for (place, model) in models.iter().enumerate() {
        for (currency, sums) in &mut sums {
            if let Some(sums) = sums.get_mut(place) {
                let within = within(*model, currency);
                all.push(std::mem::take(sums).complete(world, touches, (*model, (*currency).clone(), &within)));
            }
        }
    }
    all
}

/// Credits one value to the touches that led to it.
fn credit(
    world: &World,
    touches: &Touches<'_>,
    opportunity: &Opportunity,
    (value, story): (i64, &[Touch]),
    model: Model,
    sums: &mut Sums,
) {
    let of = opportunity.key;
    let mut give =
        |touch: &Touch, part: i64| sums.credit(touch.team, touch.campaign.or(opportunity.campaign), part, of);
    match (model, story) {
        (_, []) => {
            let team = touches.teams.of_member(closer(world, opportunity));
            sums.credit(team, opportunity.campaign, value, of);
            sums.untouched.push(of);
        }
        (Model::First, [touch, ..]) | (Model::Last, [.., touch]) => give(touch, value),
        _ => {
            for (touch, part) in story.iter().zip(divide(value, story.len(), model)) {
                give(touch, part);
            }
        }
    }
}

/// Who closed it: its owner; where it is service's by now, whoever brought it to be won.
fn closer(world: &World, opportunity: &Opportunity) -> Option<Key> {
    let is_service = opportunity.owner.is_none_or(|owner| crate::clocks::is_of(world, owner, "service"));
    let arrival = opportunity.moves.iter().find(|step| world.rules.is_won(&step.stage));
    let by = arrival.and_then(|step| step.by).filter(|_| is_service);
    by.or(opportunity.owner)
}
