//! Filling a world from the read model, and bringing one up to date with what was written since.

use rusqlite::Connection;
use tandem_context::Schema;
use tandem_revops::World;
use tandem_revops::facts::{Claim, Key, Move, Opportunity};
use tandem_store::{StoreError, scan};

use super::read::{self, Keys, OwnField, Reader, Texts};
use super::rules::{self, Gathered, RULE_KINDS};

/// The workspace's own fields of a kind: their columns come after the standard ones.
pub(crate) fn own_fields(schema: &Schema, kind: &str) -> Vec<OwnField> {
    let fields = schema.kind(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    let own = fields.iter().filter(|field| field.is_custom());
    own.map(|field| OwnField { name: field.name.as_str().into(), ty: field.ty.clone() }).collect()
}

/// The kinds of facts, with their columns.
pub(crate) const FACT_KINDS: &[(&str, &[&str])] = &[
    ("account", read::ACCOUNT),
    ("person", read::PERSON),
    ("opportunity", read::OPPORTUNITY),
    ("activity", read::ACTIVITY),
    ("campaign", read::CAMPAIGN),
    ("product", read::PRODUCT),
    ("member", read::MEMBER),
    ("task", read::TASK),
    ("goal", read::GOAL),
    ("absence", read::ABSENCE),
    ("answer", read::ANSWER),
    ("decision", read::DECISION),
];

/// Takes a record of a kind in.
pub(crate) fn put(world: &mut World, texts: &mut Texts, own: &[OwnField], kind: &str, cells: &dyn read::Cells) {
    let World { ids, .. } = world;
    let mut reader = Reader::new(cells, Keys::Given(ids), texts, own);
    match kind {
        "account" => world.accounts.put(read::account(&mut reader)),
        "person" => world.people.put(read::person(&mut reader)),
        "opportunity" => world.opportunities.put(read::opportunity(&mut reader)),
        "activity" => world.activities.put(read::activity(&mut reader)),
        "campaign" => world.campaigns.put(read::campaign(&mut reader)),
        "product" => world.products.put(read::product(&mut reader)),
        "member" => world.members.put(read::member(&mut reader)),
        "task" => world.tasks.put(read::task(&mut reader)),
        "goal" => read::goal(&mut reader).into_iter().for_each(|goal| world.goals.put(goal)),
        "absence" => read::absence(&mut reader).into_iter().for_each(|absence| world.absences.put(absence)),
        "answer" => read::answer(&mut reader).into_iter().for_each(|answer| world.answers.put(answer)),
        "decision" => read::decision(&mut reader).into_iter().for_each(|decision| world.decisions.put(decision)),
        _ => {}
    }
}

/// Takes a record of a kind out.
pub(crate) fn remove(world: &mut World, kind: &str, key: Key) {
    match kind {
        "account" => world.accounts.remove(key),
        "person" => world.people.remove(key),
        "opportunity" => world.opportunities.remove(key),
        "activity" => world.activities.remove(key),
        "campaign" => world.campaigns.remove(key),
        "product" => world.products.remove(key),
        "member" => world.members.remove(key),
        "task" => world.tasks.remove(key),
        "goal" => world.goals.remove(key),
        "absence" => world.absences.remove(key),
        "answer" => world.answers.remove(key),
        "decision" => world.decisions.remove(key),
        _ => {}
    }
}

/// The whole world as the read model has it.
pub(crate) fn whole(connection: &Connection, schema: &Schema, texts: &mut Texts) -> Result<World, StoreError> {
    let mut world = World::default();
    world.rules = read_rules(connection, &mut world, texts)?;
    for (kind, columns) in FACT_KINDS {
        records(connection, schema, &mut world, texts, (kind, columns), None)?;
    }
    story(connection, &mut world, texts, None)?;
    Ok(world)
}

/// Reads one record again, as it stands now.
pub(crate) fn again(
    connection: &Connection,
    schema: &Schema,
    world: &mut World,
    texts: &mut Texts,
    (kind, id): (&str, &str),
) -> Result<(), StoreError> {
    let Some((kind, columns)) = FACT_KINDS.iter().find(|(name, _)| *name == kind) else { return Ok(()) };
    let key = world.ids.key(id);
    remove(world, kind, key);
    records(connection, schema, world, texts, (kind, columns), Some(id))?;
    if *kind == "opportunity" {
        story(connection, world, texts, Some(id))?;
    }
    Ok(())
}

/// The rules as they stand now.
pub(crate) fn read_rules(
    connection: &Connection,
    world: &mut World,
    texts: &mut Texts,
) -> Result<tandem_revops::rules::Rules, StoreError> {
    let mut gathered = Gathered::default();
    for kind in RULE_KINDS {
        rules::scan(connection, kind, &mut |cells| {
            gathered.take(kind, cells, &mut Keys::Given(&mut world.ids), texts);
        })?;
    }
    Ok(gathered.rules())
}

fn records(
    connection: &Connection,
    schema: &Schema,
    world: &mut World,
    texts: &mut Texts,
    (kind, columns): (&str, &[&str]),
    id: Option<&str>,
) -> Result<(), StoreError> {
    let own = match kind {
        "opportunity" | "account" | "person" => own_fields(schema, kind),
        _ => Vec::new(),
    };
    let all: Vec<&str> = columns.iter().copied().chain(own.iter().map(|field| &*field.name)).collect();
    scan(connection, kind, &all, id, &mut |cells| put(world, texts, &own, kind, cells))
}

/// The stages that opportunities came to, and the owners that stand against each other.
fn story(connection: &Connection, world: &mut World, texts: &mut Texts, id: Option<&str>) -> Result<(), StoreError> {
    tandem_store::stage_moves(connection, id, &mut |step| {
        let by = member_key(world, step.by);
        let key = world.ids.key(step.record);
        if let Some(opportunity) = world.opportunities.get_mut(key) {
            came_to(opportunity, Move { at_ms: step.at_ms, stage: texts.shared(step.stage), by });
        }
    })?;
    for standing in tandem_store::standing_owners(connection, id)? {
        let claim = Claim {
            owner: standing.owner.as_deref().map(|id| world.ids.key(id)),
            by: member_key(world, &standing.by),
            at_ms: standing.at_ms,
        };
        let key = world.ids.key(&standing.record);
        if let Some(opportunity) = world.opportunities.get_mut(key) {
            opportunity.claims.push(claim);
        }
    }
    Ok(())
}

pub(crate) fn member_key(world: &mut World, id: &str) -> Option<Key> {
    (!id.is_empty()).then(|| world.ids.key(id))
}

/// A stage that is written again where it stands is no passage.
pub(crate) fn came_to(opportunity: &mut Opportunity, step: Move) {
    if opportunity.moves.last().is_none_or(|last| last.stage != step.stage) {
        opportunity.moves.push(step);
    }
}
