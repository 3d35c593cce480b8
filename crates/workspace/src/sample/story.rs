//! What was done, by whom, in which order: from rows of tables to actions of the past.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tandem_context::{Document, Edit, Field, FieldType, Note, Schema, Value};

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
const TOLD: &[&str] =
    &["key", "made", "ext", "journey", "rep", "about", "who", "by", "days", "time", "done", "begins", "months"];
/// Stands for the moment of the deed that writes it.
pub(super) const NOW: &str = "{now}";

/// The sample's history.
pub(super) struct Story {
    /// Who explores it.
    pub(super) reader: String,
    pub(super) past: Vec<PastAction>,
    /// Those of the past that the gate has a say in, by their place.
    pub(super) judged: Vec<(usize, Judged)>,
}

/// A lead that passes to sales.
#[derive(Clone)]
pub(super) struct Judged {
    /// The lead's id.
    pub(super) lead: String,
    /// Whether it was handed over as the gate wants it; otherwise with a reason.
    pub(super) passes: bool,
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
#[derive(Default)]
pub(super) struct Deed {
    pub(super) days: i64,
    pub(super) minute: i64,
    /// The moment, where it is told exactly; in milliseconds since 1970.
    pub(super) at_ms: Option<i64>,
    pub(super) by: &'static str,
    pub(super) action: &'static str,
    pub(super) reason: Option<&'static str>,
    pub(super) edits: Vec<Edit>,
    /// Without knowledge of the deed before.
    pub(super) apart: bool,
    pub(super) judged: Option<Judged>,
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
        let reader = teller.id("member", READER)?;
        teller.finish(reader)
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
        let id = self.new_id(days);
        match self.known.insert((kind, key.to_owned()), Known { id, days, by }) {
            Some(_) => Err(wrong(kind, key, "is there twice")),
            None => Ok(()),
        }
    }

    /// The id of a record that is made so many days ago and that nothing else points to.
    pub(super) fn new_id(&mut self, days: i64) -> String {
        let ms = u64::try_from(self.calendar.at_ms(days, 0)).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &self.environment.random()).into_uuid().to_string()
    }

    pub(super) fn known(&self, kind: &'static str, key: &str) -> Result<&Known, ApiError> {
        self.known.get(&(kind, key.to_owned())).ok_or_else(|| wrong(kind, key, "is not known"))
    }

    /// The id of a record of the story, or of a rule that every workspace begins with.
    pub(super) fn id(&self, kind: &'static str, key: &str) -> Result<String, ApiError> {
        if let Some(id) = Document::default_id(kind, key) {
            return Ok(id);
        }
        if kind == "policy" {
            return Ok(Document::policy_id());
        }
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
            FieldType::Roles(kind) => {
                let keys = cell.split(',').map(str::trim);
                let set: Result<_, ApiError> = keys.map(|key| Ok((self.id(kind, key)?, String::new()))).collect();
                Some(Value::Set(set?))
            }
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

    /// Puts the deeds in order. No change is older than the one before it.
    fn finish(mut self, reader: String) -> Result<Story, ApiError> {
        let deeds = std::mem::take(&mut self.deeds);
        let mut ordered: Vec<(i64, i64, Deed)> = Vec::with_capacity(deeds.len());
        for deed in deeds {
            let at_ms = deed.at_ms.unwrap_or_else(|| self.calendar.at_ms(deed.days, deed.minute));
            // Stays beside the one it did not know of.
            let place_ms = ordered.last().filter(|_| deed.apart).map_or(at_ms, |(place_ms, ..)| *place_ms);
            ordered.push((place_ms, at_ms, deed));
        }
        ordered.sort_by_key(|(place_ms, ..)| *place_ms);
        let (mut past, mut judged) = (Vec::with_capacity(ordered.len()), Vec::new());
        let mut before_ms = i64::MIN;
        for (_, at_ms, deed) in ordered {
            before_ms = at_ms.max(before_ms.saturating_add(1_000));
            judged.extend(deed.judged.clone().map(|one| (past.len(), one)));
            past.push(self.past(deed, before_ms)?);
        }
        Ok(Story { reader, past, judged })
    }

    fn past(&self, deed: Deed, at_ms: i64) -> Result<PastAction, ApiError> {
        let is_agent = deed.by == "qualifier";
        let note = Note {
            action: deed.action.to_owned(),
            by: self.id("member", deed.by)?,
            device: if is_agent { "helvion-agents".to_owned() } else { format!("{}-laptop", deed.by) },
            via: if is_agent { "agent" } else { "desktop" }.to_owned(),
            reason: deed.reason.map(str::to_owned),
            ..Note::default()
        };
        let mut edits = deed.edits;
        edits.iter_mut().for_each(|edit| timed(edit, at_ms));
        Ok(PastAction { at_ms, note, edits, apart: deed.apart })
    }
}

/// Writes the moment of a deed where it stands for itself.
fn timed(edit: &mut Edit, at_ms: i64) {
    let values: Vec<&mut Value> = match edit {
        Edit::Create { values, .. } => values.values_mut().collect(),
        Edit::Set { value, .. } => value.iter_mut().collect(),
        _ => Vec::new(),
    };
    for value in values.into_iter().filter(|value| value.as_text() == Some(NOW)) {
        *value = Value::Text(instant(at_ms));
    }
}

/// The sample's data contradict themselves; the tests see to it that nobody ever reads this.
pub(super) fn wrong(kind: &str, key: &str, what: &str) -> ApiError {
    ApiError::new("internal", format!("the sample is wrong: {kind} “{key}” {what}"))
}
