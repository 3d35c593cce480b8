//! What was done, by whom, in which order: from rows of tables to actions of the past.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{Edit, Field, FieldType, Note, Schema, Value};

use super::calendar::{Calendar, instant};
use super::table::Row;
use crate::api::ApiError;
use crate::engine::PastAction;
use crate::environment::Environment;

/// The workspace was begun so many days ago; what is older came with the first import, a day later.
pub(super) const BEGUN: i64 = 80;
pub(super) const IMPORTED: i64 = BEGUN - 1;
/// Who set it up, and as whom it is explored.
pub(super) const READER: &str = "ada";
/// Headings that are not fields: they say how a record came to be.
const TOLD: &[&str] = &["key", "made", "ext", "journey", "rep", "about", "who", "by", "days", "time"];

/// The sample's history.
pub(super) struct Story {
    /// Who explores it.
    pub(super) reader: String,
    pub(super) past: Vec<PastAction>,
}

/// A record that the story knows.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) id: String,
    /// Made so many days ago.
    pub(super) days: i64,
    /// By whom.
    pub(super) by: &'static str,
}

/// Something a member did.
pub(super) struct Deed {
    pub(super) days: i64,
    pub(super) minute: i64,
    pub(super) by: &'static str,
    pub(super) action: &'static str,
    pub(super) reason: Option<&'static str>,
    pub(super) edits: Vec<Edit>,
    /// Without knowledge of the deed before.
    pub(super) apart: bool,
}

/// Gathers deeds; records are known by kind and key.
pub(super) struct Teller<'a> {
    schema: Schema,
    pub(super) calendar: Calendar,
    environment: &'a mut Environment,
    known: BTreeMap<(&'static str, String), Known>,
    deeds: Vec<Deed>,
}

pub(super) type Values = BTreeMap<String, Value>;

impl Story {
    /// Tells everything.
    pub(super) fn told(environment: &mut Environment, name: &str, workspace: &str) -> Result<Self, ApiError> {
        let calendar = Calendar::at(environment.now_ms());
        let schema = Schema::standard();
        let mut teller = Teller { schema, calendar, environment, known: BTreeMap::new(), deeds: Vec::new() };
        let meta = |key: &str, value: &str| Edit::Meta { key: key.to_owned(), value: value.to_owned() };
        super::records::tell(&mut teller, vec![meta("id", workspace), meta("name", name)])?;
        Ok(Self { reader: teller.id("member", READER)?, past: teller.finish()? })
    }
}

impl Teller<'_> {
    /// Gives a record its id, so that others may point to it.
    pub(super) fn announce(
        &mut self,
        kind: &'static str,
        key: &str,
        days: i64,
        by: &'static str,
    ) -> Result<(), ApiError> {
        let ms = u64::try_from(self.calendar.at_ms(days, 0)).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(ms, &self.environment.random()).into_uuid().to_string();
        match self.known.insert((kind, key.to_owned()), Known { id, days, by }) {
            Some(_) => Err(wrong(kind, key, "is there twice")),
            None => Ok(()),
        }
    }

    pub(super) fn known(&self, kind: &'static str, key: &str) -> Result<&Known, ApiError> {
        self.known.get(&(kind, key.to_owned())).ok_or_else(|| wrong(kind, key, "is not known"))
    }

    pub(super) fn id(&self, kind: &'static str, key: &str) -> Result<String, ApiError> {
        Ok(self.known(kind, key)?.id.clone())
    }

    /// The field of this name.
    pub(super) fn field(&self, kind: &str, name: &str) -> Result<&Field, ApiError> {
        self.schema.field(kind, name).ok_or_else(|| wrong(kind, name, "is no field"))
    }

    /// What a cell says of a field: links by key, days from today, the rest as people write it.
    pub(super) fn value(&self, field: &Field, cell: &str) -> Result<Option<Value>, ApiError> {
        Ok(match &field.ty {
            FieldType::Link(kind) => Some(Value::Text(self.id(kind, cell)?)),
            FieldType::Date => {
                let offset = cell.parse().map_err(|_| wrong("day", cell, "is no number of days"))?;
                Some(self.date(offset))
            }
            FieldType::Prose => Some(Value::text(cell.replace("<br>", "\n"))),
            _ => Value::from_json(field, &Json::from(cell))?,
        })
    }

    pub(super) fn date(&self, offset: i64) -> Value {
        Value::text(self.calendar.day(offset).to_string())
    }

    pub(super) fn instant(&self, days: i64, minute: i64) -> Value {
        Value::text(instant(self.calendar.at_ms(days, minute)))
    }

    /// What a row says of its record's fields, but for those told in another way.
    pub(super) fn values(&self, kind: &str, row: &Row, besides: &[&str]) -> Result<Values, ApiError> {
        let mut values = Values::new();
        for (name, cell) in row.filled().filter(|(name, _)| !TOLD.contains(name) && !besides.contains(name)) {
            if let Some(value) = self.value(self.field(kind, name)?, cell)? {
                values.insert(name.to_owned(), value);
            }
        }
        Ok(values)
    }

    /// Writes a deed down.
    pub(super) fn tell(&mut self, deed: Deed) {
        self.deeds.push(deed);
    }

    /// Puts the deeds in order. No change is older than the one before it, whatever the weekends did.
    fn finish(mut self) -> Result<Vec<PastAction>, ApiError> {
        let deeds = std::mem::take(&mut self.deeds);
        let mut minute_before = 0;
        let mut ordered: Vec<(i64, Deed)> = Vec::with_capacity(deeds.len());
        for deed in deeds {
            // Stays beside the one it did not know of.
            let place = if deed.apart { minute_before } else { deed.minute };
            minute_before = place;
            ordered.push((place, deed));
        }
        ordered.sort_by_key(|(place, deed)| (Reverse(deed.days), *place));
        let mut before_ms = i64::MIN;
        ordered
            .into_iter()
            .map(|(_, deed)| {
                let at_ms = self.calendar.at_ms(deed.days, deed.minute).max(before_ms.saturating_add(1_000));
                before_ms = at_ms;
                let is_agent = deed.by == "qualifier";
                let note = Note {
                    action: deed.action.to_owned(),
                    by: self.id("member", deed.by)?,
                    device: if is_agent { "helvion-agents".to_owned() } else { format!("{}-laptop", deed.by) },
                    via: if is_agent { "agent" } else { "desktop" }.to_owned(),
                    reason: deed.reason.map(str::to_owned),
                    ..Note::default()
                };
                Ok(PastAction { at_ms, note, edits: deed.edits, apart: deed.apart })
            })
            .collect()
    }
}

/// The sample's data contradict themselves; the tests see to it that nobody ever reads this.
pub(super) fn wrong(kind: &str, key: &str, what: &str) -> ApiError {
    ApiError::new("internal", format!("the sample is wrong: {kind} “{key}” {what}"))
}
