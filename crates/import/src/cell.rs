//! Cells that a spreadsheet would take for formulas, on the way out and back.

use std::borrow::Cow;

/// Spreadsheets run a cell that starts so (OWASP, “CSV injection”).
fn is_dangerous_start(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')
}

/// A cell that no spreadsheet takes for a formula: where it could, a `'` goes before it, unless it is a plain number or
/// phone number. [`csv_unsafe`] takes that `'` off again.
pub fn csv_safe(text: &str) -> Cow<'_, str> {
    if is_guarded_or_dangerous(text) && !is_plain_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What [`csv_safe`] was given. A `'` before anything harmless is part of the text.
pub fn csv_unsafe(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded_or_dangerous(rest) => rest,
        _ => cell,
    }
}

/// A `'` of the text's own before a dangerous start needs another, or it would be lost on the way back.
fn is_guarded_or_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(is_dangerous_start)
}

/// `-12.50`, `+4930901820;ext=12`.
fn is_plain_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let (number, extension) = rest.split_once(";ext=").unwrap_or((rest, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    is_digits(whole) && is_digits(fraction) && is_digits(extension)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (text, cell) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-2+3", "'-2+3"),
            ("-12.50", "-12.50"),
            ("+4930901820;ext=12", "+4930901820;ext=12"),
            ("'=x", "''=x"),
            ("O'Hara", "O'Hara"),
            ("'tis", "'tis"),
        ] {
            assert_eq!(csv_safe(text), cell);
            assert_eq!(csv_unsafe(cell), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(text in "['=+@\t-]{0,4}[a-z0-9.;=]{0,6}") {
            let cell = csv_safe(&text);
            prop_assert_eq!(csv_unsafe(&cell), text.as_str());
        }

        #[test]
        fn no_cell_starts_a_formula(text in any::<String>()) {
            let cell = csv_safe(&text).into_owned();
            prop_assert!(!cell.starts_with(is_dangerous_start) || is_plain_number(&cell));
        }
    }
}
