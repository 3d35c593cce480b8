//! Which record a row is about.

use std::collections::BTreeMap;

use tandem_context::{Remark, Value};

use super::ledger::{Ledger, TITLE, addresses, has_element, identifying};
use super::rules::{NamedBy, named_by};
use super::{RecordId, read_as};
use crate::interpret::{LinkIntent, RowIntent};
use crate::names::{name_key, same_words};
use crate::sentences::SEVERAL;

/// A record that was recognised.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Its entry.
    pub(super) at: usize,
    /// By its name, not by an id or address.
    pub(super) by_name: bool,
}

/// A record that may be meant: an entry, or one there that no row has touched yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Candidate {
    Entry(usize),
    There(RecordId),
}

impl Ledger<'_> {
    /// The record that the row is about, in the order of [`super::plan`]'s description.
    pub(super) fn find(&mut self, kind: &'static str, intent: &RowIntent, links: &[LinkIntent]) -> Option<Found> {
        let by_name = false;
        if let Some(id) = &intent.id {
            let candidate =
                self.candidate_by_id(kind, id).or_else(|| self.candidates(kind, "external_id", id).into_iter().next());
            if let Some(candidate) = candidate {
                return Some(Found { at: self.touch(kind, candidate, intent.row), by_name });
            }
        }
        for field in identifying(self.schema, kind) {
            let Some(value) = intent.fields.get(&field.name).and_then(Value::as_text) else { continue };
            let candidates = self.candidates(kind, &field.name, value);
            if let Some(candidate) = self.oldest(kind, candidates, intent.row, None, value) {
                return Some(Found { at: self.touch(kind, candidate, intent.row), by_name });
            }
        }
        if let Some(candidate) = self.find_by_address(kind, intent) {
            return Some(Found { at: self.touch(kind, candidate, intent.row), by_name });
        }
        self.find_by_name(kind, intent, links)
    }

    /// The record that has one of the row's addresses, as its own or among its others. Two that are known by different
    /// addresses are two, also where they share another (`info@…`).
    fn find_by_address(&mut self, kind: &'static str, intent: &RowIntent) -> Option<Candidate> {
        let own = intent.fields.get("email").and_then(Value::as_text).filter(|_| !intent.promoted);
        for field in addresses(self.schema, kind) {
            let others: Vec<&str> = match intent.fields.get(&field.name) {
                Some(Value::Set(set)) => set.keys().map(String::as_str).collect(),
                _ => Vec::new(),
            };
            let email = intent.fields.get("email").and_then(Value::as_text);
            for address in email.into_iter().chain(others) {
                let mut candidates = self.candidates(kind, &field.name, address);
                if Some(address) != email {
                    candidates.extend(self.candidates(kind, "email", address));
                }
                candidates.retain(|candidate| {
                    let there = self.values_of(kind, candidate);
                    let known_by = there.get("email").and_then(Value::as_text);
                    match (known_by, own) {
                        (Some(there_own), Some(own)) => {
                            there_own == own
                                || has_element(&there, &field.name, own)
                                || has_element(&intent.fields, &field.name, there_own)
                        }
                        _ => true,
                    }
                });
                if let Some(candidate) = self.oldest(kind, candidates, intent.row, None, address) {
                    return Some(candidate);
                }
            }
        }
        None
    }

    fn find_by_name(&mut self, kind: &'static str, intent: &RowIntent, links: &[LinkIntent]) -> Option<Found> {
        let rule = named_by(kind);
        if rule == NamedBy::Nothing {
            return None;
        }
        let title = self.schema.title(kind, &intent.fields);
        if title.is_empty() {
            return None;
        }
        let mut candidates = self.candidates(kind, TITLE, &name_key(&title));
        if candidates.is_empty() {
            return None;
        }
        let account = match rule {
            NamedBy::TitleAndAccount => {
                links.iter().find(|link| link.field == "account").map(|link| self.look_up("account", &link.text, None))
            }
            _ => None,
        };
        // A company that is not there yet has no people either.
        let account = match account {
            Some(None) => return None,
            Some(Some(found)) => Some(self.id_of(&found.candidate)),
            None => None,
        };
        candidates.retain(|candidate| {
            let values = self.values_of(kind, candidate);
            let in_account = rule != NamedBy::TitleAndAccount
                || values.get("account").and_then(Value::as_text) == account.as_deref();
            in_account && !self.contradicts(kind, &values, intent)
        });
        let candidate = self.oldest(kind, candidates, intent.row, None, &title)?;
        let there = self.title_of(kind, &candidate);
        if !same_words(&there, &title) {
            self.warnings().add(intent.row, None, &read_as(&title, kind, &there));
        }
        Some(Found { at: self.touch(kind, candidate, intent.row), by_name: true })
    }

    /// Whether an id or address that both have tells them apart, whatever their name.
    fn contradicts(&self, kind: &str, there: &BTreeMap<String, Value>, intent: &RowIntent) -> bool {
        identifying(self.schema, kind).any(|field| {
            let promoted = intent.promoted && field.name == "email";
            match (there.get(&field.name), intent.fields.get(&field.name)) {
                (Some(one), Some(other)) => !promoted && one != other,
                _ => false,
            }
        })
    }

    /// The record of this kind with this id.
    pub(super) fn candidate_by_id(&self, kind: &'static str, id: &str) -> Option<Candidate> {
        let known = self.known(kind, id).map(Candidate::Entry);
        known.or_else(|| self.directory.by_id(kind, id).map(Candidate::There))
    }

    /// The records with this value in this identifying field, or ([`TITLE`]) this key of a title; each once.
    pub(super) fn candidates(&self, kind: &'static str, field: &str, value: &str) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.having(kind, field, value).iter().copied().map(Candidate::Entry).collect();
        let there = match field {
            _ if value.is_empty() => Vec::new(),
            TITLE => self.directory.by_title_folded(kind, value),
            field if addresses(self.schema, kind).any(|other| other.name == field) => {
                self.directory.by_element(kind, field, value)
            }
            field => self.directory.by_field(kind, field, value),
        };
        for id in there {
            let candidate = self.known(kind, &id).map_or(Candidate::There(id), Candidate::Entry);
            if !found.contains(&candidate) {
                found.push(candidate);
            }
        }
        found
    }

    /// Of several the one that has been there longest (ids carry the time they were made): every device takes the same.
    pub(super) fn oldest(
        &mut self,
        kind: &str,
        mut candidates: Vec<Candidate>,
        row: u32,
        column: Option<&str>,
        text: &str,
    ) -> Option<Candidate> {
        if candidates.len() > 1 {
            let message = several(kind, candidates.len(), text);
            self.warnings().add(row, column, &message);
        }
        candidates.sort_by_key(|candidate| self.id_of(candidate));
        candidates.into_iter().next()
    }

    pub(super) fn id_of(&self, candidate: &Candidate) -> RecordId {
        match candidate {
            Candidate::Entry(at) => self.entries.get(*at).map(|entry| entry.id.clone()).unwrap_or_default(),
            Candidate::There(id) => id.clone(),
        }
    }

    pub(super) fn title_of(&self, kind: &str, candidate: &Candidate) -> String {
        match candidate {
            Candidate::Entry(at) => self.entries.get(*at).map(|entry| self.schema.title(kind, &entry.fields)),
            Candidate::There(id) => Some(self.title_there(kind, id)),
        }
        .unwrap_or_default()
    }

    pub(super) fn values_of(&self, kind: &str, candidate: &Candidate) -> BTreeMap<String, Value> {
        match candidate {
            Candidate::Entry(at) => self.entries.get(*at).map(|entry| entry.fields.clone()).unwrap_or_default(),
            Candidate::There(id) => self.directory.values(kind, id),
        }
    }

    fn touch(&mut self, kind: &'static str, candidate: Candidate, row: u32) -> usize {
        match candidate {
            Candidate::Entry(at) => at,
            Candidate::There(id) => self.open(kind, id, row),
        }
    }
}

pub(super) fn several(kind: &str, count: usize, text: &str) -> Remark {
    SEVERAL.of(text).number("count", count).text("kind", kind)
}
