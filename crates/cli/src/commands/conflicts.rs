//! `conflicts` and `settle`.

use clap::Args;
use serde_json::Value as Json;
use tandem_workspace::api::{ConflictInfo, Done as Written, RecordInfo, RecordRef, Request, SettleConflict};

use crate::args::Why;
use crate::failure::Done;
use crate::fields;
use crate::output::{Output, count, minute, plain, printable};
use crate::session::Session;

/// List fields that hold two values, written without knowledge of each other
#[derive(Args)]
pub(crate) struct Conflicts {}

impl Conflicts {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let conflicts: Vec<ConflictInfo> = session.ask(Request::Conflicts)?;
        if output.json {
            return output.document(&conflicts);
        }
        if conflicts.is_empty() {
            return output.line("No conflicts.");
        }
        let rows = conflicts.iter().flat_map(|conflict| {
            conflict.values.iter().enumerate().map(|(index, value)| {
                let first = |text: String| if index == 0 { text } else { String::new() };
                vec![
                    first(printable(&conflict.record.title)),
                    first(conflict.field.clone()),
                    plain(&value.value),
                    printable(&value.by.title),
                    minute(&value.at),
                    value.device.clone(),
                    first(conflict.record.id.clone()),
                ]
            })
        });
        output.table(&["record", "field", "value", "by", "at (UTC)", "device", "id"], rows.collect())?;
        let total = u32::try_from(conflicts.len()).unwrap_or(u32::MAX);
        output.line(format!("{}. Settle one with `tandem settle ID FIELD VALUE`.", count(total, "conflict")))
    }
}

/// Settle a conflict on a value
#[derive(Args)]
pub(crate) struct Settle {
    /// The record's id, or its beginning
    id: String,
    /// The field
    field: String,
    /// The value that shall stand: one of those in conflict, or a third; empty clears the field
    #[arg(allow_hyphen_values = true)]
    value: String,
    #[command(flatten)]
    why: Why,
}

impl Settle {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let id = session.id(&self.id)?;
        let record: RecordInfo = session.ask(Request::Record(RecordRef { id: id.clone() }))?;
        let kind = session.kind(&record.kind)?;
        // A linked record's title need not be unique: among the values in conflict it still says which one is meant.
        let meant = record.conflicts.get(&self.field).into_iter().flatten().find(|held| {
            held.value.is_object() && held.value.get("title").and_then(Json::as_str) == Some(self.value.as_str())
        });
        let value = match meant {
            Some(held) => held.value.clone(),
            None => fields::value(session, fields::field(&kind, &self.field)?, &self.value)?,
        };
        let written: Written = session.ask(Request::Settle(SettleConflict {
            id,
            field: self.field.clone(),
            value: value.clone(),
            reason: self.why.reason,
        }))?;
        if output.json {
            return output.document(&written);
        }
        output.line(format!("{} of {} is now {}.", self.field, printable(&record.title), plain(&value)))
    }
}
