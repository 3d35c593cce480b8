//! Undo and redo: a new change that restores what still stands as it was written.

use std::collections::BTreeMap;

use tandem_context::{ARCHIVED, Edit, Merge, Value, split_key};
use tandem_store::{ChangeRow, WroteRow};

use crate::api::{ApiError, FieldChange, UndoChange, Undone};
use crate::convert::Names;
use crate::engine::{Committed, Engine};
use crate::queries;
use crate::sentences::{UNDONE_ALREADY, UNKNOWN_CHANGE};

pub(crate) fn undo(engine: &mut Engine, asked: &UndoChange) -> Result<(Committed, Undone), ApiError> {
    let Some(hash) = &asked.change else { return undo_last(engine) };
    let reader = engine.store.reader();
    let row =
        tandem_store::change(reader, hash)?.ok_or_else(|| ApiError::said("not_found", &UNKNOWN_CHANGE.of(hash)))?;
    if tandem_store::is_undone(reader, &row.hash)?.is_some() {
        return Err(ApiError::said("nothing_to_undo", &UNDONE_ALREADY.say()));
    }
    reverse(engine, row, "undo")
}

/// Undoes one's own last action of which something can be restored. One that others have written over entirely leaves no
/// trace when it is undone: it is passed over, or the next call would find it again.
fn undo_last(engine: &mut Engine) -> Result<(Committed, Undone), ApiError> {
    let mut passed = Vec::new();
    while let Some(row) = tandem_store::last_undoable(engine.store.reader(), engine.me(), &passed)? {
        passed.push(row.hash.clone());
        let (committed, undone) = reverse(engine, row, "undo")?;
        if undone.restored > 0 {
            return Ok((committed, undone));
        }
    }
    Err(ApiError::new("nothing_to_undo", "there is nothing to undo"))
}

pub(crate) fn redo(engine: &mut Engine) -> Result<(Committed, Undone), ApiError> {
    let row = tandem_store::last_redoable(engine.store.reader(), engine.me())?
        .ok_or_else(|| ApiError::new("nothing_to_redo", "there is nothing to redo"))?;
    reverse(engine, row, "redo")
}

/// What a reversal will do, and what it leaves alone.
#[derive(Default)]
struct Reversal {
    edits: Vec<Edit>,
    kept: Vec<WroteRow>,
}

fn reverse(engine: &mut Engine, row: ChangeRow, action: &str) -> Result<(Committed, Undone), ApiError> {
    // The read model is brought up to date first: another process may have written.
    engine.load()?;
    engine.catch_up_alone()?;
    let reversal = plan(engine, &row)?;
    let restored = reversal.edits.len() as u32;
    let committed = if reversal.edits.is_empty() {
        Committed::default()
    } else {
        let mut note = engine.note(action, None);
        note.undoes = Some(row.hash.clone());
        engine.act(&reversal.edits, note)?
    };
    let (reader, schema) = (engine.store.reader(), engine.schema());
    let mut names = Names::new(reader, schema);
    let reversed = names.change(&row)?;
    let kept = reversal
        .kept
        .iter()
        .map(|wrote| names.field_change(wrote, &reversed))
        .collect::<Result<Vec<FieldChange>, _>>()?;
    // Who redoes wants to hear what stands again, not that an undo was undone.
    let again = match row.undoes.as_deref().filter(|_| action == "redo") {
        Some(hash) => tandem_store::change(reader, hash)?,
        None => None,
    };
    let undid = again.map_or(Ok(reversed), |row| names.change(&row))?;
    Ok((committed.clone(), Undone { change: committed.change, undid, restored, kept }))
}

fn plan(engine: &Engine, row: &ChangeRow) -> Result<Reversal, ApiError> {
    let (reader, schema) = (engine.store.reader(), engine.schema());
    let mut reversal = Reversal::default();
    // What the workspace is called and its own fields are not records: the change itself says what stood there before.
    if row.records == 0 {
        reversal.edits = engine.reversed_meta(&row.hash);
    }
    let mut records: BTreeMap<String, tandem_store::Row> = BTreeMap::new();
    // Last written, first restored: an action may have written one place twice.
    for wrote in tandem_store::wrote_by(reader, row.n, u32::MAX)?.into_iter().rev() {
        if !records.contains_key(&wrote.record) {
            records.insert(wrote.record.clone(), queries::row(reader, schema, &wrote.record)?);
        }
        // Whoever wrote here last: was it this change?
        let last = tandem_store::last_write(reader, &wrote.record, &wrote.key)?;
        if last.is_some_and(|n| n != wrote.change) {
            reversal.kept.push(wrote);
            continue;
        }
        let (kind, id) = (wrote.kind.clone(), wrote.record.clone());
        if wrote.key.is_empty() {
            match tandem_store::touched_by_others(reader, &id, &row.by)? {
                // Nobody else has written to what this change made: it is set aside.
                false => reversal.edits.push(Edit::Archive { kind, id, archived: true }),
                true => reversal.kept.push(wrote),
            }
            continue;
        }
        match edit(schema, &wrote, kind, id) {
            Some(edit) => reversal.edits.push(edit),
            None => reversal.kept.push(wrote),
        }
    }
    reversal.kept.reverse();
    Ok(reversal)
}

/// The edit that restores what stood there before; `None` where it cannot be said (a text, a field of a newer version).
fn edit(schema: &tandem_context::Schema, wrote: &WroteRow, kind: String, id: String) -> Option<Edit> {
    let (name, element) = split_key(&wrote.key);
    if wrote.key == ARCHIVED {
        return Some(Edit::Archive { kind, id, archived: wrote.from == Some(Value::Boolean(true)) });
    }
    let field = schema.field(&kind, name)?;
    match (field.ty.merge(), element) {
        (Merge::Set, Some(element)) => {
            let (field, element) = (name.to_owned(), element.to_owned());
            Some(match &wrote.from {
                Some(role) => {
                    let role = role.as_text().unwrap_or_default().to_owned();
                    Edit::Add { kind, id, field, element, role }
                }
                None => Edit::Remove { kind, id, field, element },
            })
        }
        (Merge::Register, None) => Some(Edit::Set { kind, id, field: name.to_owned(), value: wrote.from.clone() }),
        _ => None,
    }
}
