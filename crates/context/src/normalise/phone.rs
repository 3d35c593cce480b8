//! Phone numbers: E.164, with `;ext=` (RFC 3966) for an extension.

use std::borrow::Cow;
use std::str::FromStr;

use phonenumber::country::Id;

use super::sentences::{NO_PHONE, NOT_PHONE, PHONE_COUNTRY, PHONE_ELSEWHERE, PHONE_LETTERS, TOO_MANY};
use super::text::SET_ELEMENTS;
use super::{Read, text};

/// Fewest and most digits of a number that can be dialled from abroad (ITU-T E.164; the shortest in use have 7).
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// A number as written may hold short codes and an exit prefix.
const WRITTEN_DIGITS: std::ops::RangeInclusive<usize> = 3..=20;
const WRITTEN_CHARS: usize = 60;

/// Reads a number. One without a country's prefix is read by `country`; where that is not known it is kept as written,
/// with a note. The one exception is `1-ddd-ddd-dddd`, which is written so in North America only.
pub(super) fn phone(text: &str, country: Option<[u8; 2]>) -> Read<String> {
    let refused = || NOT_PHONE.of(text);
    let bare = text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:")).map_or(text, |_| &text[4..]);
    let (number, extension) = split_extension(bare.trim());
    let dialled = Dialled::read(number);
    if !WRITTEN_DIGITS.contains(&dialled.digits.len()) || bare.chars().count() > WRITTEN_CHARS || dialled.foreign > 8 {
        return Err(refused());
    }
    let international = dialled.international().or_else(|| national(&dialled, country));
    let Some(made) = international else {
        let written = text::line(bare)?.0;
        let note = match country {
            _ if dialled.foreign > 0 => PHONE_LETTERS.of(&written),
            Some(country) if !dialled.has_prefix => {
                PHONE_ELSEWHERE.of(&written).text("country", &String::from_utf8_lossy(&country))
            }
            _ => PHONE_COUNTRY.of(&written),
        };
        return Ok((written, Some(note)));
    };
    Ok((extension.map_or(made.clone(), |extension| format!("{made};ext={extension}")), None))
}

/// Several numbers, separated by `;`, `,`, `|` or line ends.
pub(super) fn phones(text: &str, country: Option<[u8; 2]>) -> Read<Vec<String>> {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    for part in text.split([';', ',', '|', '\n']).map(|part| part.trim_matches(text::is_blank)) {
        let is_extension = part.get(..1).is_some_and(|c| c.eq_ignore_ascii_case("e") || c.eq_ignore_ascii_case("x"));
        match parts.last_mut() {
            Some(last) if is_extension => *last = Cow::Owned(format!("{last};{part}")),
            _ if part.is_empty() => {}
            _ => parts.push(Cow::Borrowed(part)),
        }
    }
    if parts.len() > SET_ELEMENTS {
        return Err(TOO_MANY.say().number("count", parts.len()).number("most", SET_ELEMENTS));
    }
    let mut phones = Vec::with_capacity(parts.len());
    let mut note = None;
    for part in &parts {
        let (made, about) = phone(part, country)?;
        // A separator kept inside one number would split it the next time.
        phones.push(made);
        note = note.or(about);
    }
    if phones.is_empty() { Err(NO_PHONE.of(text)) } else { Ok((phones, note)) }
}

/// What is dialled: the digits, whether a country's prefix leads, and how much of the text was neither digit nor the
/// usual punctuation.
struct Dialled {
    digits: String,
    has_prefix: bool,
    foreign: usize,
    is_north_american: bool,
}

impl Dialled {
    fn read(number: &str) -> Self {
        // “+49 (0)30 …”: the zero is for callers at home.
        let number =
            if number.trim_start().starts_with(['+', '0']) { number.replacen("(0)", "", 1) } else { number.to_owned() };
        let mut digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let foreign =
            number.chars().filter(|c| !(c.is_ascii_digit() || c.is_whitespace() || is_punctuation(*c))).count();
        let mut has_prefix = number.trim_start().starts_with('+') || number.trim_start().starts_with("(+");
        if !has_prefix && let Some(rest) = digits.strip_prefix("00") {
            digits = rest.to_owned();
            has_prefix = true;
        }
        let groups: Vec<usize> =
            number.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).map(str::len).collect();
        let is_north_american = digits.starts_with('1') && groups == [1, 3, 3, 4];
        Self { digits, has_prefix, foreign, is_north_american }
    }

    /// The number with its prefix, where it has one.
    fn international(&self) -> Option<String> {
        if !(self.has_prefix || self.is_north_american) || self.foreign > 0 {
            return None;
        }
        settle(&format!("+{}", self.digits))
    }
}

/// The number as dialled from `country`.
fn national(dialled: &Dialled, country: Option<[u8; 2]>) -> Option<String> {
    if dialled.has_prefix || dialled.foreign > 0 {
        return None;
    }
    let country = country?;
    let id = Id::from_str(std::str::from_utf8(&country).ok()?).ok()?;
    let number = phonenumber::parse(Some(id), &dialled.digits).ok()?;
    number.is_valid().then(|| format!("+{}{}", number.code().value(), number.national())).and_then(|made| settle(&made))
}

/// Reads what was read until that changes nothing: the library takes a trunk zero off, and what is left may lose another.
fn settle(written: &str) -> Option<String> {
    let made = parse(written)?;
    match parse(&made) {
        Some(again) if again == made => Some(made),
        _ => Some(written.to_owned()),
    }
}

fn parse(international: &str) -> Option<String> {
    let digits = international.len() - 1;
    if !INTERNATIONAL_DIGITS.contains(&digits) {
        return None;
    }
    let number = phonenumber::parse(None, international).ok()?;
    (number.code().value() > 0).then(|| format!("+{}{}", number.code().value(), number.national()))
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '+' | '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}')
}

/// Cuts the extension off: `x371`, `ext. 371`, `;ext=371`, `Durchwahl 371`, `#371`.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, digits) = text.split_at(start);
    if digits.is_empty() || digits.len() > 7 {
        return (text, None);
    }
    let head = head.trim_end_matches([' ', '.', ':', '=']);
    for mark in ["extension", "durchwahl", "ext", "dw", "x", "#"] {
        let Some(at) = head.len().checked_sub(mark.len()) else { continue };
        if head.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(mark)) {
            return (head[..at].trim_end_matches([' ', ';', ',', '-']), Some(digits));
        }
    }
    (text, None)
}
