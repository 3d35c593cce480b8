//! Whole numbers and amounts, as written in English, German, French and Swiss texts.

use super::sentences::{DECIMALS, NOT_AMOUNT, NOT_WHOLE, TOO_LARGE};
use super::{currency, text};
use crate::{Remark, Sentence};

/// Beyond this a JSON number is no longer exact.
const MOST: u128 = 1 << 53;

/// Reads a whole number; `1,234`, `1.234`, `1'234` and `1 234` are the same one.
pub(super) fn integer(text: &str, decimal: char) -> Result<i64, Remark> {
    let refused = || NOT_WHOLE.of(text);
    let hundredths = hundredths(text, decimal, false).ok_or_else(refused)??;
    if hundredths % 100 == 0 { Ok(hundredths / 100) } else { Err(refused()) }
}

/// Reads an amount to hundredths; a currency's sign or code around it is passed over.
pub(super) fn money(text: &str, decimal: char) -> Result<i64, Remark> {
    hundredths(text, decimal, true).ok_or_else(|| NOT_AMOUNT.of(text))?
}

/// `None`: not a number. `Some(Err)`: a number that does not fit.
fn hundredths(text: &str, decimal: char, with_currency: bool) -> Option<Result<i64, Remark>> {
    let compact: String = text
        .chars()
        .filter(|c| !text::is_blank(*c) && !matches!(c, '\'' | '’' | '_'))
        .map(|c| if matches!(c, '−' | '–') { '-' } else { c })
        .collect();
    let (mut negative, mut rest) = (false, compact.as_str());
    // Sign, parentheses (bookkeepers' minus) and currency stand in any order around the digits.
    loop {
        let before = rest;
        if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            if negative {
                return None;
            }
            (negative, rest) = (true, inner);
        }
        if let Some(inner) = rest.strip_prefix('-').or_else(|| rest.strip_suffix('-').filter(|inner| !inner.is_empty()))
        {
            // “12.-” is a Swiss price, not a minus.
            let is_price = rest.ends_with(".-") || rest.ends_with(",-") || rest.ends_with(".--");
            if !is_price && negative {
                return None;
            }
            negative |= !is_price || rest.starts_with('-');
            rest = inner;
        }
        rest = rest.strip_prefix('+').unwrap_or(rest);
        if with_currency {
            rest = without_currency(rest);
        }
        if rest == before {
            break;
        }
    }
    let (rest, factor) = suffix(rest);
    let number = plain(rest, decimal)?;
    Some(scale(&number, factor).map(|n| if negative { -n } else { n }).map_err(|refused| refused.of(text)))
}

/// Takes a currency's sign, code or name off either end.
fn without_currency(text: &str) -> &str {
    let starts = text.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | ',')).unwrap_or(0);
    if starts > 0 && currency::find(&text[..starts]).is_some() {
        return &text[starts..];
    }
    let ends = text.rfind(|c: char| c.is_ascii_digit() || matches!(c, '-' | ')' | '.')).map_or(0, |at| at + 1);
    if ends > 0 && ends < text.len() && currency::find(&text[ends..]).is_some() {
        return &text[..ends];
    }
    text
}

/// `5k`, `1.2M`, `3 Mio.`, `1 Mrd`.
fn suffix(text: &str) -> (&str, u128) {
    const FACTORS: &[(&str, u128)] = &[
        ("tsd", 1_000),
        ("mio", 1_000_000),
        ("mrd", 1_000_000_000),
        ("bn", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1_000_000_000),
    ];
    let bare = text.strip_suffix('.').unwrap_or(text);
    for (name, factor) in FACTORS {
        let Some(at) = bare.len().checked_sub(name.len()) else { continue };
        if at > 0 && bare.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return (&bare[..at], *factor);
        }
    }
    (text, 1)
}

/// Digits before and after the decimal sign.
struct Plain {
    whole: String,
    fraction: String,
}

/// Tells which of `.` and `,` is the decimal sign.
fn plain(text: &str, decimal: char) -> Option<Plain> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return None;
    }
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let sign = match (points, commas) {
        (0, 0) => None,
        (1, 0) => single(text, '.', decimal),
        (0, 1) => single(text, ',', decimal),
        (_, 0) | (0, _) => None,
        // Both are there: the last is the decimal sign, and there is one of it.
        _ => {
            let last = if text.rfind('.') > text.rfind(',') { '.' } else { ',' };
            if text.matches(last).count() > 1 {
                return None;
            }
            Some(last)
        }
    };
    let (whole, fraction) = sign.and_then(|sign| text.split_once(sign)).unwrap_or((text, ""));
    let whole = ungrouped(whole)?;
    (!whole.is_empty() || !fraction.is_empty()).then(|| Plain { whole, fraction: fraction.to_owned() })
}

/// A sign that is there once: decimal where the conventions say so, or where no group of three follows.
fn single(text: &str, sign: char, decimal: char) -> Option<char> {
    let (whole, after) = text.split_once(sign)?;
    let is_group = after.len() == 3 && matches!(whole.len(), 1..=3) && !whole.starts_with('0');
    (sign == decimal || !is_group).then_some(sign)
}

/// Without the signs between groups; `None` where they do not stand between groups (of three; two before that in India).
fn ungrouped(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return Some(whole.to_owned()) };
    if groups.len() == 1 {
        return Some(whole.to_owned());
    }
    let fits =
        matches!(first.len(), 1..=3) && last.len() == 3 && middle.iter().all(|group| matches!(group.len(), 2 | 3));
    fits.then(|| groups.concat())
}

fn scale(number: &Plain, factor: u128) -> Result<i64, Sentence> {
    let digits = format!("{}{}", number.whole, number.fraction);
    let digits = digits.trim_start_matches('0');
    if digits.len() > 30 {
        return Err(TOO_LARGE);
    }
    let all: u128 = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| TOO_LARGE)? };
    let divisor =
        u32::try_from(number.fraction.len()).ok().and_then(|places| 10_u128.checked_pow(places)).ok_or(TOO_LARGE)?;
    let scaled = all.checked_mul(factor * 100).ok_or(TOO_LARGE)?;
    if scaled % divisor != 0 {
        return Err(DECIMALS);
    }
    let hundredths = scaled / divisor;
    if hundredths >= MOST {
        return Err(TOO_LARGE);
    }
    i64::try_from(hundredths).map_err(|_| TOO_LARGE)
}
