//! Countries, by code or by name in English or German.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use celes::LookupTable;
use icu_normalizer::DecomposingNormalizerBorrowed;
use strsim::osa_distance;

use super::Read;
use super::choice::slips;
use super::country_names::{GERMAN, OTHER};
use super::sentences::{COUNTRY_READ_AS, NOT_COUNTRY};
use crate::fold;

/// Folded name or code → alpha-2. ISO's own names go in first: no other name takes one over.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let countries = celes::Country::get_countries();
    for country in &countries {
        for name in [country.alpha2, country.alpha3, country.long_name] {
            names.entry(plain(name)).or_insert(country.alpha2);
        }
    }
    for (alpha2, german) in GERMAN.iter().chain(OTHER) {
        names.entry(plain(german)).or_insert(alpha2);
    }
    for country in &countries {
        // “The Netherlands”, “Korea (Republic of)”.
        let short = country.long_name.split([',', '(']).next().unwrap_or(country.long_name);
        let short = short.strip_prefix("The ").unwrap_or(short);
        names.entry(plain(short)).or_insert(country.alpha2);
        for alias in country.aliases.iter() {
            names.entry(plain(alias)).or_insert(country.alpha2);
        }
    }
    names
});

/// Reads a country to its ISO 3166-1 alpha-2 code.
pub(super) fn country(text: &str) -> Read<String> {
    let folded = plain(text);
    if let Some(code) = find(&folded) {
        return Ok((code.to_owned(), None));
    }
    let refused = || NOT_COUNTRY.of(text);
    let code = near(&folded).ok_or_else(refused)?;
    Ok((code.to_owned(), Some(COUNTRY_READ_AS.of(text).text("country", code))))
}

fn find(folded: &str) -> Option<&'static str> {
    NAMES.get(folded).or_else(|| NAMES.get(folded.strip_prefix("the")?)).copied()
}

/// The only country whose name differs by a slip of the pen; codes are too short for that.
fn near(folded: &str) -> Option<&'static str> {
    let length = folded.chars().count();
    if !(6..=60).contains(&length) {
        return None;
    }
    let mut found = None;
    for (name, code) in NAMES.iter() {
        // One slip, however long: “Nigeria” and “Niger” are neighbours enough.
        let allowed = slips(length).min(1);
        if name.len().abs_diff(folded.len()) <= 2 && name.len() > 5 && osa_distance(name, folded) <= allowed {
            if found.is_some_and(|other| other != *code) {
                return None;
            }
            found = Some(*code);
        }
    }
    found
}

/// Folded, and without accents: “Côte d’Ivoire” is also written “Cote d'Ivoire”.
fn plain(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let decomposed: Cow<'_, str> = DecomposingNormalizerBorrowed::new_nfd().normalize(&folded);
    decomposed.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect()
}
