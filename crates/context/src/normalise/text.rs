//! Lines, prose and tags: what is written stays, what cannot be seen goes.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::Read;
use super::sentences::{EMPTY, NO_WORD, TOO_LONG, TOO_MANY};
use crate::Remark;

/// Longest text of one line.
const LINE_CHARS: usize = 1_000;
/// Longest text of several lines.
const PROSE_CHARS: usize = 100_000;
/// Most elements of a set.
pub(super) const SET_ELEMENTS: usize = 500;

/// White space, control characters and what takes no room: never the first or last character of a value.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// Characters without a glyph that make equal texts unequal or turn the reading direction. The joiners (U+200C, U+200D)
/// stay: scripts and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Composed (NFC), so that “ü” typed on any system is the same text.
pub(crate) fn compose(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// One line: control characters and runs of white space become one space.
pub(super) fn line(text: &str) -> Read<String> {
    let made = one_line(text);
    if made.is_empty() {
        return Err(EMPTY.say());
    }
    bounded(made, LINE_CHARS).map(|line| (line, None))
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() || c.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    match compose(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(composed) => composed,
    }
}

/// Several lines: line ends are `\n`, other control characters but the tab go.
pub(super) fn prose(text: &str) -> Read<String> {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        unix.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_invisible(*c))).collect();
    let made = compose(kept.trim()).into_owned();
    if made.is_empty() {
        return Err(EMPTY.say());
    }
    bounded(made, PROSE_CHARS).map(|prose| (prose, None))
}

/// Words between `;`, `,`, `|` or line ends; a word that is there twice in other case counts once.
pub(super) fn tags(text: &str) -> Result<Vec<String>, Remark> {
    let mut tags: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for part in text.split([';', ',', '|', '\n']) {
        let tag = one_line(part);
        if !tag.is_empty() && seen.insert(tag.to_lowercase()) {
            tags.push(bounded(tag, LINE_CHARS)?);
        }
    }
    match tags.len() {
        0 => Err(NO_WORD.of(text)),
        1..=SET_ELEMENTS => Ok(tags),
        many => Err(TOO_MANY.say().number("count", many).number("most", SET_ELEMENTS)),
    }
}

fn bounded(text: String, most: usize) -> Result<String, Remark> {
    // A character has at most four bytes: short texts need no counting.
    if text.len() <= most {
        return Ok(text);
    }
    let length = text.chars().count();
    if length <= most {
        return Ok(text);
    }
    Err(TOO_LONG.say().number("length", length).number("most", most))
}
