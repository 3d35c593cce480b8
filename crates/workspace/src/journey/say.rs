//! From facts to what the API says of them.

use std::collections::BTreeMap;

use tandem_context::Remark;
use tandem_revops::clocks::Clock;
use tandem_revops::facts::{Key, Text};
use tandem_revops::{World, metrics};

use super::Asked;
use crate::api::{ClockInfo, Figure, Linked, Named, Said};
use crate::convert::instant;

/// Hundredths in major units.
#[expect(clippy::cast_precision_loss, reason = "amounts are shown, not calculated with")]
pub(super) fn major(hundredths: i128) -> f64 {
    hundredths as f64 / 100.0
}

/// Amounts by currency, in major units.
pub(super) fn by_currency(amounts: &BTreeMap<Text, i128>) -> BTreeMap<String, f64> {
    amounts.iter().map(|(currency, amount)| (currency.to_string(), major(*amount))).collect()
}

pub(super) fn said(remarks: &[Remark]) -> Vec<Said> {
    remarks.iter().map(Said::from).collect()
}

pub(super) fn clock(clock: &Clock) -> ClockInfo {
    ClockInfo {
        kind: clock.kind.name().to_owned(),
        state: clock.state.name().to_owned(),
        due_at: instant(clock.due_ms),
        left_minutes: clock.left_ms.div_euclid(60_000),
    }
}

pub(super) fn figure(figure: &metrics::Figure) -> Figure {
    Figure { count: u32::try_from(figure.count()).unwrap_or(u32::MAX), number: figure.number.clone() }
}

/// What a record of any kind is called.
fn title(world: &World, key: Key) -> String {
    let name = world.opportunities.get(key).map(|one| &one.name);
    let name = name.or_else(|| world.accounts.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.members.get(key).map(|one| &one.facts.name));
    let name = name.or_else(|| world.people.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.campaigns.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.tasks.get(key).map(|one| &one.name));
    let name = name.or_else(|| world.goals.get(key).map(|one| &one.name));
    name.map(|name| name.to_string()).unwrap_or_default()
}

impl Asked<'_> {
    pub(super) fn linked(&self, key: Key) -> Linked {
        Linked { id: self.key(key), title: title(&self.world, key) }
    }

    pub(super) fn linked_some(&self, key: Option<Key>) -> Option<Linked> {
        key.map(|key| self.linked(key))
    }

    /// A criterion by its name; one that is switched off or gone has none.
    pub(super) fn criterion(&self, key: Key) -> Named {
        let known = self.world.rules.criterion(key);
        self.named(key, known.map(|one| (&one.default_key, &one.name)))
    }

    pub(super) fn reason(&self, key: Key) -> Named {
        let known = self.world.rules.reason(key);
        self.named(key, known.map(|one| (&one.default_key, &one.name)))
    }

    pub(super) fn routing_rule(&self, key: Key) -> Named {
        let known = self.world.rules.routing.iter().find(|one| one.key == key);
        self.named(key, known.map(|one| (&one.default_key, &one.name)))
    }

    fn named(&self, key: Key, known: Option<(&Text, &Text)>) -> Named {
        let (default_key, name) = known.map(|(key, name)| (key.to_string(), name.to_string())).unwrap_or_default();
        Named { id: self.key(key), key: default_key, name }
    }
}
