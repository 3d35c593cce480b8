//! Currencies: ISO 4217 codes, signs and the names people use.

use iso_currency::Currency;

use super::sentences::NOT_CURRENCY;
use crate::Remark;
use crate::fold;

/// Signs and names that mean one currency to most people who write them.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD"),
    ("US$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("R$", "BRL"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₴", "UAH"),
    ("Fr.", "CHF"),
    ("Fr", "CHF"),
    ("SFr.", "CHF"),
    ("SFr", "CHF"),
];

const NAMES: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("usdollar", "USD"),
    ("franken", "CHF"),
    ("schweizerfranken", "CHF"),
    ("swissfranc", "CHF"),
    ("swissfrancs", "CHF"),
    ("pfund", "GBP"),
    ("pound", "GBP"),
    ("poundsterling", "GBP"),
    ("britishpound", "GBP"),
    ("yen", "JPY"),
    ("zloty", "PLN"),
];

/// Reads a currency to its code.
pub(super) fn currency(text: &str) -> Result<String, Remark> {
    find(text).ok_or_else(|| NOT_CURRENCY.of(text))
}

/// The code of a sign, code or name.
pub(super) fn find(text: &str) -> Option<String> {
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(text)) {
        return Some((*code).to_owned());
    }
    let upper = text.to_ascii_uppercase();
    if upper.len() == 3 && upper.bytes().all(|b| b.is_ascii_uppercase()) {
        return Currency::from_code(&upper).map(|currency| currency.code().to_owned());
    }
    let folded = fold(text);
    NAMES.iter().find(|(name, _)| *name == folded).map(|(_, code)| (*code).to_owned())
}
