//! `history` and `undo`.

use std::collections::HashSet;

use clap::Args;
use tandem_workspace::api::{ChangeRef, FieldChange, FieldRef, Request, Timeline, TimelineQuery, UndoChange, Undone};

use crate::failure::{Done, Failure};
use crate::output::{Output, count_of, minute, plain, printable, short};
use crate::session::Session;

/// Timeline entries the engine gives at a time.
const PAGE: u32 = 200;

/// Show every value a record's fields ever had: who, when, from, to, why
#[derive(Args)]
pub(crate) struct History {
    /// The record's id, or its beginning
    id: String,
    /// Only this field
    field: Option<String>,
}

impl History {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let id = session.id(&self.id)?;
        let changes = match self.field {
            Some(field) => session.ask(Request::FieldHistory(FieldRef { id, field }))?,
            None => all_fields(session, &id)?,
        };
        if output.json {
            return output.document(&changes);
        }
        let rows = changes.iter().map(|change| {
            vec![
                minute(&change.change.at),
                printable(&change.change.by.title),
                change.field.clone(),
                plain(&change.from),
                plain(&change.to),
                printable(change.change.reason.as_deref().unwrap_or_default()),
                short(&change.change.change).to_owned(),
            ]
        });
        output.table(&["when (UTC)", "who", "field", "from", "to", "why", "change"], rows.collect())
    }
}

/// Every field change of the record, newest first, out of its timeline.
fn all_fields(session: &Session, id: &str) -> Result<Vec<FieldChange>, Failure> {
    let (mut changes, mut seen, mut before) = (Vec::new(), HashSet::new(), None);
    loop {
        let query = TimelineQuery { id: id.to_owned(), before: before.clone(), limit: Some(PAGE) };
        let page: Timeline = session.ask(Request::Timeline(query))?;
        let last = page.entries.last().map(|entry| entry.at.clone());
        let of_record = |field: &FieldChange| field.record.id == id;
        for field in page.entries.into_iter().flat_map(|entry| entry.fields).filter(of_record) {
            if seen.insert((field.change.change.clone(), field.field.clone())) {
                changes.push(field);
            }
        }
        if !page.more || last.is_none() || last == before {
            return Ok(changes);
        }
        before = last;
    }
}

/// Actions that pass an opportunity between the teams.
const HANDOVERS: [&str; 9] = ["answer", "offer", "accept", "return", "claim", "withdraw", "onboard", "renew", "log"];

/// Undo a change, by default your own last
#[derive(Args)]
pub(crate) struct Undo {
    /// The change's hash, from `tandem history`, or its beginning
    change: Option<String>,
}

impl Undo {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let change = match self.change {
            Some(typed) => {
                let found: ChangeRef = session.ask(Request::FindChange(ChangeRef { change: typed }))?;
                Some(found.change)
            }
            None => None,
        };
        let undone: Undone = session.ask(Request::Undo(UndoChange { change }))?;
        if output.json {
            return output.document(&undone);
        }
        let undid = &undone.undid;
        let what = match &undid.first {
            // What passed between the teams is about one opportunity, whatever was written along.
            Some(first) if HANDOVERS.contains(&undid.action.as_str()) => format!("“{}”", printable(&first.title)),
            _ => count_of(undid.records, undid.kind.as_deref().unwrap_or("record")),
        };
        output.line(format!("Undid {} of {what}, {} UTC.", undid.action, minute(&undid.at)))?;
        for kept in &undone.kept {
            output.line(format!(
                "Left alone: {} of {}, which somebody has written since.",
                kept.field,
                printable(&kept.record.title)
            ))?;
        }
        Ok(())
    }
}
