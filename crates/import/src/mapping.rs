//! Which column goes to which field.

use std::collections::{BTreeMap, BTreeSet};

use tandem_context::{CustomField, Field, FieldType, Kind, Merge, Schema, fold};

use crate::ImportError;
use crate::content::{fit, is_ids, looks_like, narrowest};
use crate::names::heading_folds;
use crate::table::Table;

/// The target of a column that holds a record's own id, as our export writes it.
pub(crate) const ID: &str = "id";
/// What the target of a column starts with that becomes a field of the workspace's own.
const NEW: &str = "new:";

/// A column of the file and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// Its heading, as [`Table::headings`] has it.
    pub name: String,
    /// The field; `new:<label>` for a field to make, `id` for the record's own id; absent: left out.
    pub field: Option<String>,
    /// Why.
    pub because: Because,
}

/// Why a column goes where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Its heading names the field.
    Alias,
    /// Somebody said so.
    Asked,
    /// Its values look so.
    Content,
    /// Nothing was found.
    None,
}

impl Because {
    /// `alias`, `asked`, `content`, `none`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Asked => "asked",
            Self::Content => "content",
            Self::None => "none",
        }
    }
}

impl MappedColumn {
    pub(crate) fn is_new(&self) -> bool {
        self.new_label().is_some()
    }

    pub(crate) fn new_label(&self) -> Option<&str> {
        self.field.as_deref()?.strip_prefix(NEW)
    }
}

/// The type of the field a column goes to, where it is in the schema.
pub(crate) fn column_type<'a>(column: &MappedColumn, kind: &str, schema: &'a Schema) -> Option<&'a FieldType> {
    schema.field(kind, column.field.as_deref()?).map(|field| &field.ty)
}

/// The kind that the columns fit best; what the file is called counts too. `None` where no heading is known.
pub fn guess_kind(table: &Table, file_name: Option<&str>, schema: &Schema) -> Option<&'static str> {
    let words = file_name.map(file_words).unwrap_or_default();
    let score = |kind: &Kind| {
        let named = words.iter().any(|word| kind.aliases.contains(&word.as_str()));
        let mut taken = BTreeSet::new();
        for heading in table.headings() {
            let folds = heading_folds(heading);
            let best = importable(kind).filter_map(|field| Some((rank(field, &folds)?, &field.name))).min();
            taken.extend(best.map(|(_, name)| name));
        }
        // A heading such as “account” or “product” in the first place names what the rows are.
        let first = table.headings().first().is_some_and(|heading| kind.aliases.contains(&fold(heading).as_str()));
        if taken.is_empty() { 0 } else { taken.len() * 4 + usize::from(named) * 6 + usize::from(first) * 3 }
    };
    let scored = schema.kinds().iter().filter(|kind| kind.is_shown()).map(|kind| (score(kind), kind.name));
    // Of equals the first of the schema.
    scored.filter(|(score, _)| *score > 0).rev().max_by_key(|(score, _)| *score).map(|(_, name)| name)
}

/// The name without its ending, folded, and its words.
fn file_words(name: &str) -> Vec<String> {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut words = vec![fold(stem)];
    words.extend(stem.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()));
    words
}

/// Whether a file may fill a field: not what only Tandem writes, nor what was set aside.
fn is_importable(field: &Field) -> bool {
    !field.retired && !field.by_doing && (!field.internal || field.identifies)
}

/// The fields a file may fill.
fn importable(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| is_importable(field))
}

/// How well a heading names a field: 0 its own name, then its aliases; worse for a part of the heading.
fn rank(field: &Field, folds: &[String]) -> Option<usize> {
    folds.iter().enumerate().find_map(|(part, folded)| {
        let own = fold(&field.name) == *folded || field.label.as_ref().is_some_and(|label| fold(label) == *folded);
        let at = if own { Some(0) } else { field.aliases.iter().position(|alias| alias == folded).map(|at| at + 1) };
        at.map(|at| at + part * 1_000)
    })
}

/// Maps every column: as asked, else by its heading, else by what is in it. A field that holds one value is taken once, by
/// the column that fits best; a set takes several.
///
/// # Errors
/// When `asked` names a column or field that is not there, or one field twice.
pub fn propose_mapping(
    table: &Table,
    kind: &str,
    schema: &Schema,
    asked: &BTreeMap<String, Option<String>>,
) -> Result<Vec<MappedColumn>, ImportError> {
    let kind = schema.kind(kind).ok_or_else(|| ImportError::UnknownKind(kind.to_owned()))?;
    let mut mapping = Mapping {
        table,
        kind,
        columns: table
            .headings()
            .iter()
            .map(|name| MappedColumn { name: name.clone(), field: None, because: Because::None })
            .collect(),
        taken: BTreeMap::new(),
    };
    for (column, field) in asked {
        mapping.ask(column, field.as_deref())?;
    }
    mapping.by_heading();
    mapping.by_content();
    Ok(mapping.columns)
}

struct Mapping<'a> {
    table: &'a Table,
    kind: &'a Kind,
    columns: Vec<MappedColumn>,
    /// Field → its first column.
    taken: BTreeMap<String, usize>,
}

impl Mapping<'_> {
    fn ask(&mut self, column: &str, field: Option<&str>) -> Result<(), ImportError> {
        let find = |is: &dyn Fn(&str) -> bool| self.table.headings().iter().position(|name| is(name));
        let at = find(&|name| name == column).or_else(|| find(&|name| fold(name) == fold(column)));
        let at = at.ok_or_else(|| ImportError::UnknownColumn {
            column: column.to_owned(),
            columns: self.table.headings().to_vec(),
        })?;
        let field = match field.map(str::trim).filter(|field| !field.is_empty()) {
            None => None,
            Some(field) => Some(self.asked_field(field)?),
        };
        if let Some(field) = &field {
            if self.is_taken(field) {
                let first =
                    self.taken.get(field).and_then(|at| self.columns.get(*at)).map(|column| column.name.clone());
                let second = column.to_owned();
                return Err(ImportError::FieldTwice { field: field.clone(), first: first.unwrap_or_default(), second });
            }
            self.taken.entry(field.clone()).or_insert(at);
        }
        if let Some(column) = self.columns.get_mut(at) {
            (column.field, column.because) = (field, Because::Asked);
        }
        Ok(())
    }

    fn asked_field(&self, name: &str) -> Result<String, ImportError> {
        if name == ID || name.strip_prefix(NEW).is_some_and(|label| !label.trim().is_empty()) {
            return Ok(name.to_owned());
        }
        let folds = [fold(name)];
        let named = self.kind.field(name).filter(|field| is_importable(field));
        let called = || {
            importable(self.kind).filter_map(|field| Some((rank(field, &folds)?, field))).min_by_key(|(rank, _)| *rank)
        };
        named
            .or_else(|| called().map(|(_, field)| field))
            .map(|field| field.name.clone())
            .ok_or_else(|| ImportError::UnknownField { kind: self.kind.name.to_owned(), field: name.to_owned() })
    }

    /// A set is never full.
    fn is_taken(&self, field: &str) -> bool {
        self.taken.contains_key(field) && self.kind.field(field).is_none_or(|field| field.ty.merge() != Merge::Set)
    }

    fn by_heading(&mut self) {
        let is_id = |(at, column): (usize, &MappedColumn)| {
            column.because == Because::None && fold(&column.name) == ID && is_ids(self.table, at)
        };
        if !self.is_taken(ID)
            && let Some(at) = self.columns.iter().enumerate().position(is_id)
        {
            self.give(at, ID, Because::Alias);
        }
        // Every way a heading names a field, the best first.
        let mut ways = Vec::new();
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| column.because == Because::None) {
            let folds = heading_folds(&column.name);
            for field in importable(self.kind) {
                if let Some(rank) = rank(field, &folds) {
                    // Whether the values fit outweighs how exactly the heading does.
                    let misfit = usize::from(fit(self.table, at, field) < 50 && self.table.column(at).next().is_some());
                    let unfit = 1_000 - fit(self.table, at, field);
                    ways.push(((misfit, rank, unfit, at), field.name.clone()));
                }
            }
        }
        ways.sort();
        for ((_, _, _, at), field) in ways {
            let is_free = self.columns.get(at).is_some_and(|column| column.because == Because::None);
            if is_free && !self.is_taken(&field) {
                self.give(at, &field, Because::Alias);
            }
        }
    }

    fn by_content(&mut self) {
        for at in 0..self.columns.len() {
            if self.columns.get(at).is_none_or(|column| column.because != Because::None) {
                continue;
            }
            let Some(ty) = looks_like(self.table, at) else { continue };
            let is_linkedin = || self.table.column(at).take(20).any(|cell| cell.contains("linkedin.com"));
            let suits = |field: &&Field| match (&ty, &field.ty) {
                (FieldType::Email, FieldType::Emails) | (FieldType::Phone, FieldType::Phones) => true,
                (FieldType::Url, FieldType::Url) => (field.name == "linkedin") == is_linkedin(),
                (looks, is) => looks == is,
            };
            let found = importable(self.kind).filter(suits).find(|field| !self.is_taken(&field.name));
            if let Some(field) = found.map(|field| field.name.clone()) {
                self.give(at, &field, Because::Content);
            }
        }
    }

    fn give(&mut self, at: usize, field: &str, because: Because) {
        if let Some(column) = self.columns.get_mut(at) {
            (column.field, column.because) = (Some(field.to_owned()), because);
            self.taken.entry(field.to_owned()).or_insert(at);
        }
    }
}

/// The fields that the mapping's `new:<label>` columns ask for, each of the narrowest type that holds its column's
/// values. A label that the workspace already has a field for names that field.
pub fn new_fields(table: &Table, mapping: &[MappedColumn], kind: &str, schema: &Schema) -> Vec<CustomField> {
    let mut made: Vec<CustomField> = Vec::new();
    for (at, column) in mapping.iter().enumerate() {
        let Some(label) = column.new_label().map(str::trim) else { continue };
        if made.iter().any(|field| field.label == label) || existing(kind, schema, label).is_some() {
            continue;
        }
        let base: String = fold(label).chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        let base = if base.is_empty() { "field".to_owned() } else { base };
        let is_free =
            |name: &String| schema.field(kind, name).is_none() && made.iter().all(|field| field.name != *name);
        let name = std::iter::once(format!("x_{base}")).chain((2..).map(|n| format!("x_{base}_{n}"))).find(is_free);
        made.push(CustomField {
            kind: kind.to_owned(),
            name: name.unwrap_or_default(),
            label: label.to_owned(),
            type_name: narrowest(table, at).to_owned(),
            options: Vec::new(),
            retired: false,
        });
    }
    made
}

/// The workspace's own field with this label.
pub(crate) fn existing<'a>(kind: &str, schema: &'a Schema, label: &str) -> Option<&'a Field> {
    let mut in_use = schema.kind(kind)?.fields.iter().filter(|field| !field.retired);
    in_use.find(|field| field.label.as_ref().is_some_and(|other| fold(other) == fold(label)))
}
