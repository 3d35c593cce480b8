//! The records an import touches, found again by everything that tells them apart.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use tandem_context::{Field, FieldType, Merge, Remark, Schema, Value};

use super::matching::Found;
use super::rules;
use super::{Plan, PlannedRecord, PlannedUpdate, RecordId};
use crate::directory::Directory;
use crate::interpret::RowIntent;
use crate::names::name_key;
use crate::report::Warnings;
use crate::sentences::{NOTHING_IN_ROW, SAME_RECORD};

/// The field under which titles are indexed; no field is called so.
pub(super) const TITLE: &str = "";

/// Where a record of the plan comes from.
pub(super) enum Origin {
    /// Made by a row, or because a row points to it.
    New { linked: bool },
    /// There before, with these values.
    Existing { before: BTreeMap<String, Value> },
}

/// A record the import touches.
pub(super) struct Entry {
    pub(super) kind: &'static str,
    pub(super) id: RecordId,
    pub(super) fields: BTreeMap<String, Value>,
    pub(super) origin: Origin,
    pub(super) row: u32,
}

/// Everything the plan knows while rows come in. Records are addressed by their place in `entries`.
pub(super) struct Ledger<'a> {
    pub(super) schema: &'a Schema,
    pub(super) directory: &'a dyn Directory,
    new_id: &'a mut dyn FnMut() -> RecordId,
    warnings: Warnings,
    pub(super) entries: Vec<Entry>,
    by_id: HashMap<RecordId, usize>,
    /// Kind and field → value → the entries that have or had it.
    by_value: HashMap<(&'static str, String), HashMap<String, Vec<usize>>>,
    /// What records that no row has touched are called, as far as it was asked.
    titles: RefCell<HashMap<RecordId, String>>,
    /// What link texts were resolved to.
    pub(super) resolved: HashMap<super::links::Asked, super::links::Resolved>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        directory: &'a dyn Directory,
        new_id: &'a mut dyn FnMut() -> RecordId,
        warnings: Warnings,
    ) -> Self {
        let (entries, by_id, by_value, titles, resolved) = Default::default();
        Self { schema, directory, new_id, warnings, entries, by_id, by_value, titles, resolved }
    }

    pub(super) fn warnings(&mut self) -> &mut Warnings {
        &mut self.warnings
    }

    /// Takes a row in: finds its record or makes one.
    pub(super) fn enter(&mut self, kind: &'static str, mut intent: RowIntent) -> Result<(), Remark> {
        if intent.fields.is_empty() && intent.links.is_empty() {
            return Err(NOTHING_IN_ROW.say());
        }
        let links = std::mem::take(&mut intent.links);
        if let Some(found) = self.find(kind, &intent, &links) {
            let own = self.entries.get(found.at).map(|entry| entry.id.clone()).unwrap_or_default();
            self.follow(kind, &own, &links, &mut intent);
            self.merge(found, intent);
            return Ok(());
        }
        let is_named = intent.fields.contains_key("name");
        let composed = name_of_cells(&intent, &links);
        rules::complete(kind, &mut intent.fields, composed);
        if let Some(reason) = rules::missing(kind, self.schema, &intent.fields) {
            return Err(reason);
        }
        self.keep_foreign_id(kind, &mut intent);
        // The record comes first: a row may point to itself, and what it points to is then not made again.
        let at = self.create(kind, intent.fields.clone(), false, intent.row);
        let own = self.entries.get(at).map(|entry| entry.id.clone()).unwrap_or_default();
        self.follow(kind, &own, &links, &mut intent);
        if kind == "opportunity"
            && !is_named
            && let Some(name) = self.composed_name(&intent)
        {
            intent.fields.insert("name".to_owned(), Value::Text(name));
        }
        if let Some(entry) = self.entries.get_mut(at) {
            entry.fields = intent.fields;
        }
        self.index(at);
        Ok(())
    }

    /// An id of another workspace becomes the external id.
    fn keep_foreign_id(&self, kind: &str, intent: &mut RowIntent) {
        if let Some(id) = intent.id.take()
            && self.schema.field(kind, "external_id").is_some()
        {
            intent.fields.entry("external_id".to_owned()).or_insert(Value::Text(id));
        }
    }

    /// “Account – Product”, with the titles of the linked records.
    fn composed_name(&self, intent: &RowIntent) -> Option<String> {
        let title = |kind: &str, field: &str| {
            let id = intent.fields.get(field)?.as_text()?;
            let title = match self.by_id.get(id).and_then(|at| self.entries.get(*at)) {
                Some(entry) => self.schema.title(kind, &entry.fields),
                None => self.title_there(kind, id),
            };
            (!title.is_empty()).then_some(title)
        };
        let parts: Vec<String> =
            [title("account", "account"), title("product", "product")].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" – "))
    }

    /// What a record that no row has touched is called. Many rows point to few.
    pub(super) fn title_there(&self, kind: &str, id: &str) -> String {
        if let Some(title) = self.titles.borrow().get(id) {
            return title.clone();
        }
        let title = self.directory.title(kind, id);
        self.titles.borrow_mut().insert(id.to_owned(), title.clone());
        title
    }

    pub(super) fn create(
        &mut self,
        kind: &'static str,
        fields: BTreeMap<String, Value>,
        linked: bool,
        row: u32,
    ) -> usize {
        let id = (self.new_id)();
        self.add(Entry { kind, id, fields, origin: Origin::New { linked }, row })
    }

    /// The entry of a record that was there before.
    pub(super) fn open(&mut self, kind: &'static str, id: RecordId, row: u32) -> usize {
        if let Some(at) = self.by_id.get(&id) {
            return *at;
        }
        let before = self.directory.values(kind, &id);
        self.add(Entry { kind, id, fields: before.clone(), origin: Origin::Existing { before }, row })
    }

    fn add(&mut self, entry: Entry) -> usize {
        let at = self.entries.len();
        self.by_id.insert(entry.id.clone(), at);
        self.entries.push(entry);
        self.index(at);
        at
    }

    /// The entry with this id, of a record made or touched so far.
    pub(super) fn known(&self, kind: &str, id: &str) -> Option<usize> {
        self.by_id.get(id).copied().filter(|at| self.entries.get(*at).is_some_and(|entry| entry.kind == kind))
    }

    /// The entries with this value in this identifying field, or ([`TITLE`]) this folded title.
    pub(super) fn having(&self, kind: &'static str, field: &str, value: &str) -> &[usize] {
        self.by_value.get(&(kind, field.to_owned())).and_then(|values| values.get(value)).map_or(&[], Vec::as_slice)
    }

    fn index(&mut self, at: usize) {
        let Some(entry) = self.entries.get(at) else { return };
        let kind = entry.kind;
        let mut keys: Vec<(String, String)> = identifying(self.schema, kind)
            .filter_map(|field| Some((field.name.clone(), entry.fields.get(&field.name)?.as_text()?.to_owned())))
            .collect();
        for field in addresses(self.schema, kind) {
            if let Some(Value::Set(set)) = entry.fields.get(&field.name) {
                keys.extend(set.keys().map(|address| (field.name.clone(), address.clone())));
            }
        }
        let title = self.schema.title(kind, &entry.fields);
        if !title.is_empty() {
            keys.push((TITLE.to_owned(), name_key(&title)));
        }
        for (field, value) in keys {
            let entries = self.by_value.entry((kind, field)).or_default().entry(value).or_default();
            if !entries.contains(&at) {
                entries.push(at);
            }
        }
    }

    /// Adds what a row says to a record.
    fn merge(&mut self, found: Found, intent: RowIntent) {
        let at = found.at;
        let (row, promoted) = (intent.row, intent.promoted);
        let Some(entry) = self.entries.get_mut(at) else { return };
        let kind = entry.kind;
        let is_repeated = match &mut entry.origin {
            // A stand-in becomes the record the row is about.
            Origin::New { linked } => !std::mem::replace(linked, false),
            Origin::Existing { .. } => false,
        };
        // A row that was recognised by a name it spells in another way (`GTXPro` for `GTX Pro`) does not respell it.
        let keeps_title = found.by_name;
        for (name, value) in intent.fields {
            let Some(field) = self.schema.field(kind, &name) else { continue };
            // An address that was only promoted, or that is one of the person's others, does not displace the one they are
            // known by.
            if name == "email" && entry.fields.get("email").is_some_and(|email| *email != value) {
                let other = value.as_text().is_some_and(|address| has_element(&entry.fields, "other_emails", address));
                if promoted || other {
                    extend_set(&mut entry.fields, "other_emails", &value);
                    continue;
                }
            }
            if keeps_title && is_title(self.schema, kind, &name) && entry.fields.contains_key(&name) {
                continue;
            }
            put(&mut entry.fields, field, value);
        }
        without_own_address(&mut entry.fields);
        if is_repeated {
            let first = entry.row;
            if first != row {
                self.warnings.add(row, None, &SAME_RECORD.say());
            }
        }
        self.index(at);
    }

    /// What came of it.
    pub(super) fn close(self) -> Plan {
        let mut plan = Plan { warnings: self.warnings.into_list(), ..Plan::default() };
        for Entry { kind, id, mut fields, origin, row } in self.entries {
            match origin {
                Origin::New { linked } => {
                    if linked {
                        *plan.linked.entry(kind.to_owned()).or_default() += 1;
                    }
                    plan.creates.push(PlannedRecord { kind, id, fields, linked, row });
                }
                Origin::Existing { before } => {
                    fields.retain(|name, value| before.get(name) != Some(value));
                    if fields.is_empty() {
                        plan.unchanged += 1;
                    } else {
                        plan.updates.push(PlannedUpdate { kind, id, fields, row });
                    }
                }
            }
        }
        plan
    }
}

/// An opportunity's name before its links are followed: from what the cells say, else from its external id.
fn name_of_cells(intent: &RowIntent, links: &[crate::interpret::LinkIntent]) -> Option<String> {
    let said = |field: &str| links.iter().find(|link| link.field == field).map(|link| link.text.clone());
    let parts: Vec<String> = [said("account"), said("product")].into_iter().flatten().collect();
    if parts.is_empty() {
        return intent.fields.get("external_id").and_then(Value::as_text).map(str::to_owned);
    }
    Some(parts.join(" – "))
}

/// The fields that tell records of a kind apart, the external id first.
pub(super) fn identifying<'s>(schema: &'s Schema, kind: &str) -> impl Iterator<Item = &'s Field> + use<'s> {
    let fields = schema.kind(kind).map_or(&[] as &[Field], |kind| kind.fields.as_slice());
    let external = fields.iter().filter(|field| field.identifies && field.name == "external_id");
    external.chain(fields.iter().filter(|field| field.identifies && field.name != "external_id"))
}

/// The fields that hold more addresses of a record; one of them finds it as its own does.
pub(super) fn addresses<'s>(schema: &'s Schema, kind: &str) -> impl Iterator<Item = &'s Field> + use<'s> {
    let fields = schema.kind(kind).map_or(&[] as &[Field], |kind| kind.fields.as_slice());
    fields.iter().filter(|field| field.ty == FieldType::Emails && !field.is_custom())
}

fn is_title(schema: &Schema, kind: &str, field: &str) -> bool {
    schema.kind(kind).and_then(|kind| kind.title.first()).is_some_and(|title| {
        let tandem_context::Title::Fields(names) = title;
        names.contains(&field)
    })
}

/// Whether a set has this element.
pub(super) fn has_element(fields: &BTreeMap<String, Value>, name: &str, element: &str) -> bool {
    matches!(fields.get(name), Some(Value::Set(set)) if set.contains_key(element))
}

/// The address a person is known by is no other address.
fn without_own_address(fields: &mut BTreeMap<String, Value>) {
    let Some(email) = fields.get("email").and_then(Value::as_text).map(str::to_owned) else { return };
    if let Some(Value::Set(set)) = fields.get_mut("other_emails") {
        set.remove(&email);
    }
}

fn extend_set(fields: &mut BTreeMap<String, Value>, name: &str, value: &Value) {
    let Some(text) = value.as_text() else { return };
    if let Value::Set(set) = fields.entry(name.to_owned()).or_insert_with(|| Value::Set(BTreeMap::new())) {
        set.entry(text.to_owned()).or_default();
    }
}

/// Sets grow; a role that is known is not lost to an empty one.
pub(super) fn put(fields: &mut BTreeMap<String, Value>, field: &Field, value: Value) {
    match (fields.get_mut(&field.name), value) {
        (Some(Value::Set(there)), Value::Set(more)) if field.ty.merge() == Merge::Set => {
            for (element, role) in more {
                let known = there.entry(element).or_default();
                if !role.is_empty() {
                    *known = role;
                }
            }
        }
        (_, value) => {
            fields.insert(field.name.clone(), value);
        }
    }
}
