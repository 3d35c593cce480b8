//! What the values of a column look like, where its heading says nothing.

use tandem_context::{Conventions, DateOrder, Field, FieldType, normalise};

use crate::table::Table;

/// How many values tell.
const SAMPLE: usize = 200;

/// The share of a column's values (in per cent) that `looks` is true of; 0 for an empty column.
fn share(table: &Table, column: usize, looks: impl Fn(&str) -> bool) -> usize {
    let (mut all, mut alike) = (0_usize, 0_usize);
    for cell in table.column(column).take(SAMPLE) {
        all += 1;
        alike += usize::from(looks(cell));
    }
    (alike * 100_usize).checked_div(all).unwrap_or(0)
}

/// What most values look like, among what can be told without a heading.
pub(crate) fn looks_like(table: &Table, column: usize) -> Option<FieldType> {
    let mostly = |looks: fn(&str) -> bool| share(table, column, looks) >= 80;
    if mostly(is_email) {
        Some(FieldType::Email)
    } else if mostly(is_url) {
        Some(FieldType::Url)
    } else if mostly(is_phone) {
        Some(FieldType::Phone)
    } else {
        None
    }
}

/// Whether the column's values could stand in such a field: of two columns that a heading offers, the better one.
pub(crate) fn fit(table: &Table, column: usize, field: &Field) -> usize {
    let is_free = matches!(
        field.ty,
        FieldType::Line
            | FieldType::Prose
            | FieldType::Text
            | FieldType::Link(_)
            | FieldType::Tags
            | FieldType::Roles(_)
    );
    let fits = |cell: &str| is_free || fits_any_order(field, cell);
    let filled = table.column(column).take(SAMPLE).count();
    // A column with hardly anything in it fits less than a full one.
    share(table, column, fits) + usize::from(filled > 0) + usize::from(filled * 4 > table.len().min(SAMPLE))
}

fn fits_any_order(field: &Field, cell: &str) -> bool {
    let orders = [DateOrder::MonthDayYear, DateOrder::DayMonthYear];
    orders.iter().any(|date_order| {
        ['.', ','].iter().any(|decimal| {
            normalise(field, cell, &Conventions { date_order: *date_order, decimal: *decimal, country: None }).is_ok()
        })
    })
}

/// Whether all values (of a sample) are ids of ours.
pub(crate) fn is_ids(table: &Table, column: usize) -> bool {
    share(table, column, is_uuid) == 100
}

/// The usual form of a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if matches!(at, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() })
}

/// The type of a new field for these values: the narrowest that holds them all.
pub(crate) fn narrowest(table: &Table, column: usize) -> &'static str {
    let all = |looks: fn(&str) -> bool| share(table, column, looks) == 100;
    if all(is_yes_or_no) {
        "boolean"
    } else if all(is_integer) {
        "integer"
    } else if all(is_amount) {
        "money"
    } else if all(is_day) {
        "date"
    } else if all(is_email) {
        "email"
    } else if all(is_url) {
        "url"
    } else if table.column(column).take(SAMPLE).any(|cell| cell.contains('\n') || cell.chars().count() > 200) {
        "prose"
    } else {
        "line"
    }
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !cell.contains(char::is_whitespace))
}

fn is_url(cell: &str) -> bool {
    cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www.")
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let punctuated = cell.starts_with(['+', '(']) || cell.starts_with("00");
    punctuated
        && (7..=17).contains(&digits)
        && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | 'x'))
}

fn is_yes_or_no(cell: &str) -> bool {
    ["true", "false", "yes", "no", "ja", "nein"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Digits that are a number: a leading zero belongs to a code.
fn is_integer(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    (1..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
}

fn is_amount(cell: &str) -> bool {
    let number = cell.trim_matches(|c: char| matches!(c, '€' | '$' | '£' | '-' | ' '));
    let (whole, fraction) = match number.rfind(['.', ',']) {
        Some(at) => (&number[..at], &number[at + 1..]),
        None => (number, ""),
    };
    !whole.is_empty()
        && fraction.len() <= 2
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && whole.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\''))
        && (whole == "0" || !whole.starts_with('0'))
}

fn is_day(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|part| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit()))
}
