//! From a row's cells to typed values and the names of other records.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;
use tandem_context::{Conventions, Field, FieldType, Merge, Remark, Schema, Value, fold, normalise};

use crate::cell::csv_unsafe;
use crate::mapping::{ID, MappedColumn, existing};
use crate::names::split_person;
use crate::report::Warnings;

/// What a row says, before it is known which record it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowIntent {
    /// Its number in the file; the heading is row 1.
    pub row: u32,
    /// The record's own id, from a file that we exported.
    pub id: Option<String>,
    /// Field → value.
    pub fields: BTreeMap<String, Value>,
    /// What it says about other records.
    pub links: Vec<LinkIntent>,
    /// The address in `email` comes from a column for other addresses.
    pub promoted: bool,
}

/// Another record, as a cell names it: an id, an e-mail address, a domain or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkIntent {
    /// The field that points there.
    pub field: String,
    /// The cell.
    pub text: String,
    /// For a field with roles, the role.
    pub role: String,
    /// The column's heading.
    pub column: String,
}

/// What a column's cells become.
struct Column {
    at: usize,
    heading: String,
    target: Target,
    /// What has been read before: cells repeat.
    read: HashMap<String, Cell>,
}

enum Target {
    Id,
    Field(Field),
}

/// Why a row cannot be taken, and because of which column.
pub(crate) struct Refusal {
    pub(crate) column: Option<String>,
    pub(crate) reason: Remark,
}

impl From<Remark> for Refusal {
    fn from(reason: Remark) -> Self {
        Self { column: None, reason }
    }
}

/// A cell that has been read.
#[derive(Clone)]
enum Cell {
    Value(Value, Option<Remark>),
    /// The value does not fit, the row goes without it.
    LeftOut(Remark),
    /// The value does not fit and the row cannot go without it.
    Refused(Remark),
}

/// Most cells of a column that are remembered.
const REMEMBERED: usize = 4_096;

/// Reads rows one after the other.
pub(crate) struct Interpreter<'a> {
    columns: Vec<Column>,
    conventions: Conventions,
    currency: Option<&'a str>,
    currency_field: Option<Field>,
    splits_names: bool,
}

impl<'a> Interpreter<'a> {
    /// `schema` has the fields that `mapping` makes ([`crate::new_fields`]) already.
    pub(crate) fn new(
        kind: &str,
        schema: &Schema,
        mapping: &[MappedColumn],
        conventions: Conventions,
        currency: Option<&'a str>,
    ) -> Self {
        let column = |(at, column): (usize, &MappedColumn)| {
            let target = match (column.field.as_deref()?, column.new_label()) {
                (ID, _) => Target::Id,
                (_, Some(label)) => Target::Field(existing(kind, schema, label)?.clone()),
                (name, None) => Target::Field(schema.field(kind, name)?.clone()),
            };
            Some(Column { at, heading: column.name.clone(), target, read: HashMap::new() })
        };
        let mut columns: Vec<Column> = mapping.iter().enumerate().filter_map(column).collect();
        // A row's country tells how its phone numbers are meant.
        columns.sort_by_key(|column| matches!(&column.target, Target::Field(field) if is_phone(&field.ty)));
        let fills = |name: &str| {
            columns.iter().any(|column| matches!(&column.target, Target::Field(field) if field.name == name))
        };
        let splits_names = schema.field(kind, "first_name").is_some() && fills("last_name") && !fills("first_name");
        let currency_field = schema.field(kind, "currency").cloned();
        Self { columns, conventions, currency, currency_field, splits_names }
    }

    /// What a row says; `Err` with a reason when it cannot be taken.
    pub(crate) fn row(
        &mut self,
        number: u32,
        cells: &StringRecord,
        warnings: &mut Warnings,
    ) -> Result<RowIntent, Refusal> {
        let mut intent = RowIntent { row: number, ..RowIntent::default() };
        let (mut others, mut signs) = (Vec::new(), None);
        for Column { at, heading, target, read } in &mut self.columns {
            let Some(cell) = cells.get(*at).map(|cell| csv_unsafe(cell.trim())).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            let field = match target {
                Target::Id => {
                    intent.id = Some(cell.to_lowercase());
                    continue;
                }
                Target::Field(field) => &*field,
            };
            if stands_for_nothing(cell, &field.ty) {
                continue;
            }
            if field.ty.target().is_some() {
                intent.links.extend(links(field, cell, heading));
                continue;
            }
            let mut conventions = self.conventions;
            if is_phone(&field.ty) {
                conventions.country = country(&intent.fields).or(conventions.country);
            }
            match read_cell(read, field, cell, &conventions) {
                Cell::Value(value, note) => {
                    if let Some(note) = note {
                        // Misread options are worth a line each; numbers without a prefix are all of one sort.
                        if is_phone(&field.ty) {
                            warnings.add_alike(number, Some(heading), &note);
                        } else {
                            warnings.add(number, Some(heading), &note);
                        }
                    }
                    if field.ty == FieldType::Emails {
                        others.extend(set_in_order(&value, cell));
                    }
                    if field.ty == FieldType::Money && signs.is_none() {
                        signs = sign(cell);
                    }
                    put(&mut intent.fields, field, value);
                }
                Cell::LeftOut(reason) => warnings.add_left_out(number, Some(heading), &reason),
                Cell::Refused(reason) => return Err(Refusal { column: Some(heading.clone()), reason }),
            }
        }
        if self.splits_names {
            split_name(&mut intent.fields);
        }
        promote(&mut intent, &others);
        self.add_currency(&mut intent, signs);
        Ok(intent)
    }

    /// Amounts get the currency of their sign, else the one that was chosen for the file.
    fn add_currency(&self, intent: &mut RowIntent, sign: Option<String>) {
        let Some(field) = &self.currency_field else { return };
        let amounts = self.columns.iter().any(|column| {
            matches!(&column.target, Target::Field(field) if field.ty == FieldType::Money && intent.fields.contains_key(&field.name))
        });
        if !amounts || intent.fields.contains_key(&field.name) {
            return;
        }
        let read = |text: &str| normalise(field, text, &self.conventions).ok();
        let code = sign.as_deref().and_then(read).or_else(|| self.currency.and_then(read));
        if let Some(code) = code {
            intent.fields.insert(field.name.clone(), code.value);
        }
    }
}

fn read_cell(known: &mut HashMap<String, Cell>, field: &Field, cell: &str, conventions: &Conventions) -> Cell {
    // The same digits are another number in another country.
    let key = match conventions.country {
        Some(country) if is_phone(&field.ty) => format!("{}{} {cell}", char::from(country[0]), char::from(country[1])),
        _ => cell.to_owned(),
    };
    if let Some(read) = known.get(&key) {
        return read.clone();
    }
    let read = match normalise(field, cell, conventions) {
        Ok(made) => Cell::Value(made.value, made.note),
        Err(invalid) if may_be_left_out(field) => Cell::LeftOut(invalid.reason),
        Err(invalid) => Cell::Refused(invalid.reason),
    };
    if known.len() < REMEMBERED && key.len() < 200 {
        known.insert(key, read.clone());
    }
    read
}

/// A row goes without a detail that cannot be read, and says so. It does not go without what tells records apart, what
/// every record needs, and what numbers are made of: amounts, days, currencies.
fn may_be_left_out(field: &Field) -> bool {
    let counts = matches!(
        field.ty,
        FieldType::Money
            | FieldType::Date
            | FieldType::Instant
            | FieldType::Currency
            | FieldType::Email
            | FieldType::Emails
    );
    let is_long_text = matches!(field.ty, FieldType::Line | FieldType::Prose | FieldType::Text);
    field.is_custom() || !(field.required || field.identifies || counts || is_long_text)
}

fn is_phone(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Phone | FieldType::Phones)
}

/// The row's country, as two letters.
fn country(fields: &BTreeMap<String, Value>) -> Option<[u8; 2]> {
    fields.get("country")?.as_text()?.as_bytes().try_into().ok()
}

/// What programs and people write into a cell that they have nothing for.
fn stands_for_nothing(cell: &str, ty: &FieldType) -> bool {
    const ANYWHERE: [&str; 6] = ["n/a", "#n/a", "null", "(null)", "k.a.", "#wert!"];
    const OUTSIDE_TEXTS: [&str; 8] = ["-", "--", "–", "none", "nan", "unknown", "unbekannt", "?"];
    let is = |word: &&str| cell.eq_ignore_ascii_case(word);
    let is_text = matches!(ty, FieldType::Line | FieldType::Prose | FieldType::Text | FieldType::Choice(_));
    // “Null” is a surname.
    ANYWHERE.iter().any(|word| is(word) && !(is_text && cell == "Null")) || (!is_text && OUTSIDE_TEXTS.iter().any(is))
}

/// The records that a cell names; a field with roles takes several, each with its role in brackets.
fn links(field: &Field, cell: &str, column: &str) -> Vec<LinkIntent> {
    let link = |text: &str, role: &str| {
        // As names are kept: one line, no more than fits.
        let text: String = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .filter(|c| !c.is_control())
            .take(500)
            .collect();
        LinkIntent { field: field.name.clone(), text, role: role.trim().to_owned(), column: column.to_owned() }
    };
    let links: Vec<LinkIntent> = if matches!(field.ty, FieldType::Roles(_)) {
        let with_role = |part: &str| match part.trim().strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
            Some((name, role)) if !name.trim().is_empty() => link(name, role),
            _ => link(part, ""),
        };
        cell.split(';').map(with_role).collect()
    } else {
        vec![link(cell, "")]
    };
    // A dot or a dash names nothing.
    links.into_iter().filter(|link| !fold(&link.text).is_empty()).collect()
}

fn put(fields: &mut BTreeMap<String, Value>, field: &Field, value: Value) {
    match (fields.get_mut(&field.name), value) {
        (Some(Value::Set(there)), Value::Set(more)) if field.ty.merge() == Merge::Set => there.extend(more),
        (_, value) => {
            fields.insert(field.name.clone(), value);
        }
    }
}

/// The elements in the order of the cell: a set forgets it, and the first address counts.
fn set_in_order(value: &Value, cell: &str) -> Vec<String> {
    let Value::Set(set) = value else { return Vec::new() };
    let lower = cell.to_lowercase();
    let mut elements: Vec<String> = set.keys().cloned().collect();
    elements.sort_by_key(|element| lower.find(element.as_str()).unwrap_or(usize::MAX));
    elements
}

/// A person is known by `email`: where that is empty, the first of the other addresses takes its place. One that is there
/// already is no other address.
fn promote(intent: &mut RowIntent, others: &[String]) {
    if others.is_empty() {
        return;
    }
    if !intent.fields.contains_key("email")
        && let Some(first) = others.first()
    {
        intent.fields.insert("email".to_owned(), Value::text(first));
        intent.promoted = true;
    }
    let email = intent.fields.get("email").and_then(Value::as_text).map(str::to_owned);
    if let Some(Value::Set(set)) = intent.fields.get_mut("other_emails") {
        set.retain(|address, _| Some(address) != email.as_ref());
        if set.is_empty() {
            intent.fields.remove("other_emails");
        }
    }
}

/// A whole name in the last name's column.
fn split_name(fields: &mut BTreeMap<String, Value>) {
    let Some(name) = fields.get("last_name").and_then(Value::as_text) else { return };
    let (first, last) = split_person(name);
    if let Some(first) = first {
        fields.insert("first_name".to_owned(), Value::text(first));
        fields.insert("last_name".to_owned(), Value::text(last));
    }
}

/// The currency's sign or code around an amount.
fn sign(cell: &str) -> Option<String> {
    let sign: String = cell.chars().filter(|c| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥' | '₹')).collect();
    // A single letter is a factor: “5k”.
    let is_factor = sign.len() == 1 && sign != "$";
    (!sign.is_empty() && !is_factor).then_some(sign)
}
