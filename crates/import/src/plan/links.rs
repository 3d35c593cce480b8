//! Other records that rows point to: found by id, external id, e-mail, domain or name, else made.

use std::collections::BTreeMap;

use tandem_context::{Conventions, FieldType, Remark, Schema, Value, normalise};

use super::ledger::{Ledger, TITLE, addresses, identifying, put};
use super::matching::{Candidate, several};
use super::{RecordId, read_as, rules};
use crate::content::is_uuid;
use crate::interpret::{LinkIntent, RowIntent};
use crate::names::{in_order, name_key, same_words};
use crate::sentences::ID_OF_NONE;

/// What was asked for: kind, text and, for a person, the account.
pub(super) type Asked = (&'static str, String, Option<RecordId>);

/// What it was resolved to, with what to say each time; `None`: nothing that could be made.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    id: Option<RecordId>,
    note: Option<Remark>,
}

/// A record that a text names.
pub(super) struct Named {
    pub(super) candidate: Candidate,
    note: Option<Remark>,
}

impl Ledger<'_> {
    /// Resolves a row's links into its fields. The account comes first: it tells people of one name apart. `own` is the
    /// record the row is about, which does not point to itself.
    pub(super) fn follow(&mut self, kind: &str, own: &str, links: &[LinkIntent], intent: &mut RowIntent) {
        let (accounts, others): (Vec<_>, Vec<_>) = links.iter().partition(|link| link.field == "account");
        for link in accounts.into_iter().chain(others) {
            let Some(field) = self.schema.field(kind, &link.field) else { continue };
            let Some(target) = field.ty.target() else { continue };
            let account =
                intent.fields.get("account").and_then(Value::as_text).filter(|_| target == "person").map(str::to_owned);
            let resolved = self.resolve(target, link, account, intent.row);
            if let Some(note) = &resolved.note {
                self.warnings().add(intent.row, Some(&link.column), note);
            }
            let Some(id) = resolved.id.filter(|id| id != own) else { continue };
            let value = match field.ty {
                FieldType::Roles(_) => Value::Set(BTreeMap::from([(id, link.role.clone())])),
                _ => Value::Text(id),
            };
            put(&mut intent.fields, field, value);
        }
    }

    fn resolve(&mut self, target: &'static str, link: &LinkIntent, account: Option<RecordId>, row: u32) -> Resolved {
        let asked = (target, link.text.clone(), account);
        if let Some(resolved) = self.resolved.get(&asked) {
            return resolved.clone();
        }
        let resolved = match self.look_up(target, &link.text, asked.2.as_deref()) {
            Some(named) => Resolved { id: Some(self.id_of(&named.candidate)), note: named.note },
            None if is_id(link) => Resolved { id: None, note: Some(ID_OF_NONE.of(&link.text).text("kind", target)) },
            None => {
                let mut fields = stand_in(target, self.schema, &link.text);
                fields.extend(asked.2.clone().map(|account| ("account".to_owned(), Value::Text(account))));
                let at = self.create(target, fields, true, row);
                Resolved { id: Some(self.id_of(&Candidate::Entry(at))), note: None }
            }
        };
        self.resolved.insert(asked, resolved.clone());
        resolved
    }

    /// The record that a text names; of people those in `account`, or in none, where it is known.
    pub(super) fn look_up(&self, target: &'static str, text: &str, account: Option<&str>) -> Option<Named> {
        if is_uuid(text)
            && let Some(candidate) = self.candidate_by_id(target, &text.to_lowercase())
        {
            return Some(Named { candidate, note: None });
        }
        for field in identifying(self.schema, target) {
            let Some(value) = identifier(field, text) else { continue };
            let candidates = self.candidates(target, &field.name, &value);
            if !candidates.is_empty() {
                return self.choose(target, candidates, text);
            }
        }
        for field in addresses(self.schema, target) {
            let email = self.schema.field(target, "email").filter(|_| text.contains('@'));
            let Some(address) = email.and_then(|email| identifier(email, text)) else { continue };
            let candidates = self.candidates(target, &field.name, &address);
            if !candidates.is_empty() {
                return self.choose(target, candidates, text);
            }
        }
        let ordered = if target == "person" { in_order(text) } else { text.into() };
        let mut candidates = self.candidates(target, TITLE, &name_key(&ordered));
        if account.is_some() {
            candidates.retain(|candidate| {
                let values = self.values_of(target, candidate);
                values.get("account").and_then(Value::as_text).is_none_or(|there| Some(there) == account)
            });
        }
        let title = |candidate: &Candidate| self.title_of(target, candidate);
        if candidates.len() > 1 && candidates.iter().any(|candidate| same_words(&title(candidate), &ordered)) {
            candidates.retain(|candidate| same_words(&title(candidate), &ordered));
        }
        let mut named = self.choose(target, candidates, text)?;
        let there = title(&named.candidate);
        if named.note.is_none() && !same_words(&there, &ordered) {
            named.note = Some(read_as(text, target, &there));
        }
        Some(named)
    }

    fn choose(&self, target: &str, mut candidates: Vec<Candidate>, text: &str) -> Option<Named> {
        let note = (candidates.len() > 1).then(|| several(target, candidates.len(), text));
        candidates.sort_by_key(|candidate| self.id_of(candidate));
        candidates.into_iter().next().map(|candidate| Named { candidate, note })
    }
}

/// The text as a value of an identifying field, where it can be one.
fn identifier(field: &tandem_context::Field, text: &str) -> Option<String> {
    let may_be = match field.ty {
        FieldType::Email => text.contains('@'),
        FieldType::Domain => text.contains('.') && !text.contains(char::is_whitespace),
        _ => true,
    };
    let made = may_be.then(|| normalise(field, text, &Conventions::ISO).ok())??;
    made.value.as_text().map(str::to_owned)
}

/// An id that nothing is known of makes no record: it would have a number for a name.
fn is_id(link: &LinkIntent) -> bool {
    let heading = tandem_context::fold(&link.column);
    is_uuid(&link.text)
        || (heading.ends_with("id") && link.text.bytes().any(|b| b.is_ascii_digit()) && !link.text.contains(['@', ' ']))
}

/// What is known of a record that is only named: an e-mail address or domain in the name goes to its field.
fn stand_in(target: &str, schema: &Schema, text: &str) -> BTreeMap<String, Value> {
    let mut known = BTreeMap::new();
    for field in identifying(schema, target).filter(|field| matches!(field.ty, FieldType::Email | FieldType::Domain)) {
        known.extend(identifier(field, text).map(|value| (field.name.clone(), Value::Text(value))));
    }
    let has_email = known.contains_key("email");
    let name = match text.split_once('<') {
        Some((name, _)) if has_email => name.trim().trim_matches('"'),
        _ if target == "person" && has_email => "",
        _ => text,
    };
    if name.is_empty() && has_email {
        rules::complete(target, &mut known, None);
    } else {
        known.extend(rules::from_name(target, schema, name));
    }
    known
}
