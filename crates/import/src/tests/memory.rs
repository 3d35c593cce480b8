//! A workspace in memory, and an import into it.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use tandem_context::{FieldType, Schema, Value, fold};

use crate::{Directory, Import, Plan, RecordId, Table, detect_conventions, guess_kind, plan, propose_mapping};

#[derive(Default)]
pub(super) struct Memory {
    schema: Schema,
    next: u64,
    /// Of phone numbers without a prefix.
    country: Option<[u8; 2]>,
    pub(super) records: BTreeMap<String, BTreeMap<RecordId, BTreeMap<String, Value>>>,
    by_value: HashMap<(String, String, String), Vec<RecordId>>,
}

impl Memory {
    /// Phone numbers without a prefix are of this country.
    pub(super) fn in_country(country: [u8; 2]) -> Self {
        Self { country: Some(country), ..Self::default() }
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(super) fn plan_as(
        &mut self,
        text: &str,
        file: &str,
        kind: Option<&str>,
        asked: &[(&str, Option<&str>)],
    ) -> Plan {
        let table = Table::read(text.as_bytes()).unwrap();
        self.plan_table(&table, file, kind, asked)
    }

    pub(super) fn plan_table(
        &mut self,
        table: &Table,
        file: &str,
        kind: Option<&str>,
        asked: &[(&str, Option<&str>)],
    ) -> Plan {
        let kind = kind.or_else(|| guess_kind(table, Some(file), &self.schema)).unwrap().to_owned();
        let asked = asked.iter().map(|(column, field)| ((*column).to_owned(), field.map(str::to_owned))).collect();
        let mapping = propose_mapping(table, &kind, &self.schema, &asked).unwrap();
        let detected = detect_conventions(table, &mapping, &kind, &self.schema);
        let mut next = self.next;
        let mut new_id = || {
            next += 1;
            format!("00000000-0000-7000-8000-{next:012x}")
        };
        let import = Import {
            table,
            kind: &kind,
            schema: &self.schema,
            mapping: &mapping,
            conventions: detected.conventions(self.country),
            detected: Some(&detected),
            currency: None,
        };
        let made = plan(&import, self, &mut new_id, &mut |_, _| ControlFlow::Continue(())).unwrap();
        self.next = next;
        made
    }

    /// Plans and writes.
    pub(super) fn import(&mut self, text: &str, file: &str) -> Plan {
        let plan = self.plan_as(text, file, None, &[]);
        self.write(&plan);
        plan
    }

    pub(super) fn import_bytes(&mut self, bytes: &[u8], file: &str) -> Plan {
        let table = Table::read(bytes).unwrap();
        let plan = self.plan_table(&table, file, None, &[]);
        self.write(&plan);
        plan
    }

    pub(super) fn write(&mut self, plan: &Plan) {
        self.schema = Schema::with_custom(&plan.new_fields);
        for record in &plan.creates {
            self.put(record.kind, &record.id, &record.fields);
        }
        for update in &plan.updates {
            self.put(update.kind, &update.id, &update.fields);
        }
    }

    fn put(&mut self, kind: &str, id: &str, fields: &BTreeMap<String, Value>) {
        let record = self.records.entry(kind.to_owned()).or_default().entry(id.to_owned()).or_default();
        record.extend(fields.clone());
        let mut keys: Vec<(String, String)> = vec![(String::new(), fold(&self.schema.title(kind, record)))];
        for (name, value) in &*record {
            let field = self.schema.field(kind, name).unwrap();
            assert!(is_of_type(value, &field.ty), "{kind}.{name} holds {value:?}");
            if field.identifies {
                keys.push((name.clone(), value.as_text().unwrap().to_owned()));
            }
        }
        for (field, value) in keys {
            let ids = self.by_value.entry((kind.to_owned(), field, value)).or_default();
            if !ids.iter().any(|there| there == id) {
                ids.push(id.to_owned());
            }
        }
    }

    /// The titles of a kind's records, sorted.
    pub(super) fn titles(&self, kind: &str) -> Vec<String> {
        let mut titles: Vec<String> = self.all(kind).map(|(_, fields)| self.schema.title(kind, fields)).collect();
        titles.sort();
        titles
    }

    pub(super) fn all(&self, kind: &str) -> impl Iterator<Item = (&RecordId, &BTreeMap<String, Value>)> {
        self.records.get(kind).into_iter().flatten()
    }

    /// A field's text of the record with this title; of a link the other's title.
    pub(super) fn text(&self, kind: &str, title: &str, field: &str) -> Option<String> {
        let (_, fields) = self.all(kind).find(|(_, fields)| self.schema.title(kind, fields) == title)?;
        let text = fields.get(field)?.as_text()?;
        let target = self.schema.field(kind, field)?.ty.target();
        Some(target.map_or(text.to_owned(), |target| self.schema.title(target, &self.records[target][text])))
    }
}

fn is_of_type(value: &Value, ty: &FieldType) -> bool {
    match value {
        Value::Integer(_) => matches!(ty, FieldType::Integer | FieldType::Money),
        Value::Boolean(_) => *ty == FieldType::Boolean,
        Value::Set(_) => ty.merge() == tandem_context::Merge::Set,
        Value::Text(text) => !ty.is_number() && !text.is_empty(),
    }
}

impl Directory for Memory {
    fn by_id(&self, kind: &str, id: &str) -> Option<RecordId> {
        self.records.get(kind)?.contains_key(id).then(|| id.to_owned())
    }

    fn by_field(&self, kind: &str, field: &str, value: &str) -> Vec<RecordId> {
        self.by_value.get(&(kind.to_owned(), field.to_owned(), value.to_owned())).cloned().unwrap_or_default()
    }

    fn by_element(&self, kind: &str, field: &str, element: &str) -> Vec<RecordId> {
        let has = |fields: &BTreeMap<String, Value>| matches!(fields.get(field), Some(Value::Set(set)) if set.contains_key(element));
        self.all(kind).filter(|(_, fields)| has(fields)).map(|(id, _)| id.clone()).collect()
    }

    fn title(&self, kind: &str, id: &str) -> String {
        self.records
            .get(kind)
            .and_then(|records| records.get(id))
            .map_or_else(String::new, |fields| self.schema.title(kind, fields))
    }

    fn by_title_folded(&self, kind: &str, folded: &str) -> Vec<RecordId> {
        self.by_field(kind, "", folded)
    }

    fn values(&self, kind: &str, id: &RecordId) -> BTreeMap<String, Value> {
        self.records.get(kind).and_then(|records| records.get(id)).cloned().unwrap_or_default()
    }
}
