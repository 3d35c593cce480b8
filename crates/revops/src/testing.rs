//! Records for tests, with nothing in them but what a test says.

use crate::World;
use crate::facts::{Account, Member, MemberFacts, Opportunity};

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

/// An active member of a team, taken in.
pub(crate) fn member(world: &mut World, id: &str, team: &str) -> crate::Key {
    let key = world.ids.key(id);
    let facts = MemberFacts { name: id.into(), team: team.into(), active: true, ..MemberFacts::default() };
    world.members.put(Member { key, facts });
    key
}
