//! Days and moments.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Timelike, Utc};

use super::DateOrder;
use super::sentences::NOT_DATE;
use crate::Remark;
use crate::fold;

/// Years outside are slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// Reads a day to `YYYY-MM-DD`. ISO is always taken, dotted dates have the day first, month names may be English or
/// German, two-digit years mean 1970–2069; `order` decides the rest.
pub(super) fn date(text: &str, order: DateOrder) -> Result<String, Remark> {
    // A moment, as exports write for a day: its own day, whatever its zone.
    let day = match split_time(text) {
        Some((day, time)) if read_time(time).is_some() => day,
        _ => text,
    };
    read_day(day, order).map(|day| day.format("%Y-%m-%d").to_string()).ok_or_else(|| NOT_DATE.of(text))
}

/// Reads a moment to `YYYY-MM-DDTHH:MM:SSZ`, with milliseconds where there are some. Without a zone it is UTC; a day
/// alone is its first moment; thirteen digits are milliseconds since 1970 (HubSpot).
pub(super) fn instant(text: &str, order: DateOrder) -> Result<String, Remark> {
    let at = read_instant(text, order).ok_or_else(|| NOT_DATE.of(text))?;
    let has_millis = at.nanosecond() / 1_000_000 % 1_000 != 0;
    Ok(at.to_rfc3339_opts(if has_millis { SecondsFormat::Millis } else { SecondsFormat::Secs }, true))
}

fn read_instant(text: &str, order: DateOrder) -> Option<DateTime<Utc>> {
    if text.len() == 13 && text.bytes().all(|b| b.is_ascii_digit()) {
        return DateTime::from_timestamp_millis(text.parse().ok()?).filter(|at| YEARS.contains(&at.year()));
    }
    let midnight = NaiveTime::MIN;
    let Some((day, time)) = split_time(text) else {
        return Some(read_day(text, order)?.and_time(midnight).and_utc());
    };
    let Some((time, offset_minutes)) = read_time(time) else {
        // “31 March 2027” has a space and no time.
        return Some(read_day(text, order)?.and_time(midnight).and_utc());
    };
    let local = NaiveDateTime::new(read_day(day, order)?, time);
    let utc = local.checked_sub_signed(chrono::TimeDelta::minutes(offset_minutes))?;
    YEARS.contains(&utc.year()).then(|| utc.and_utc())
}

/// The day and the time, at the `T`, the comma or the white space before the time.
fn split_time(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(':')?;
    let at = text[..colon].rfind(|c: char| matches!(c, 'T' | 't' | ',') || c.is_whitespace())?;
    let (day, time) = text.split_at(at);
    Some((
        day.trim_end_matches([' ', ',']),
        time.trim_start_matches(|c: char| matches!(c, 'T' | 't' | ',') || c.is_whitespace()),
    ))
}

/// `18:04`, `18:04:34.666`, `6:04 PM`, `18:04 Uhr`, each with an offset: `Z`, `UTC`, `+02:00`, `+0200`, `+02`.
fn read_time(text: &str) -> Option<(NaiveTime, i64)> {
    let (clock, offset) = split_offset(text.trim())?;
    let lower = clock.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix("uhr").unwrap_or(&lower).trim_end();
    let (digits, half) = match lower.strip_suffix("am").or_else(|| lower.strip_suffix("a.m.")) {
        Some(rest) => (rest, Some(0)),
        None => match lower.strip_suffix("pm").or_else(|| lower.strip_suffix("p.m.")) {
            Some(rest) => (rest, Some(12)),
            None => (lower, None),
        },
    };
    let mut parts = digits.trim_end().split(':');
    let hour = small(parts.next()?)?;
    let minute = small(parts.next()?)?;
    let (second, fraction) = match parts.next() {
        None => (0, ""),
        Some(seconds) => {
            let (second, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
            (small(second)?, fraction)
        }
    };
    if parts.next().is_some() || fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    let millis = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    NaiveTime::from_hms_milli_opt(hour, minute, second, millis).map(|time| (time, offset))
}

fn split_offset(text: &str) -> Option<(&str, i64)> {
    for zone in ["Z", "z", "UTC", "GMT"] {
        if let Some(clock) = text.strip_suffix(zone) {
            return Some((clock, 0));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let digits: String = text[at + 1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    if hours > 15 || minutes > 59 {
        return None;
    }
    let sign = if text[at..].starts_with('-') { -1 } else { 1 };
    Some((&text[..at], sign * (hours * 60 + minutes)))
}

/// One or two digits.
fn small(text: &str) -> Option<u32> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn read_day(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
    }
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '.' | '/' | '-' | ',') || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        // “Mon, 31 Mar 2027”
        [weekday, rest @ ..] if rest.len() == 3 && is_weekday(weekday) => rest,
        parts => parts,
    };
    let [a, b, c] = *parts else { return None };
    if let Some(month) = month_name(b) {
        return day(year(c)?, month, small(ordinal(a))?);
    }
    if let Some(month) = month_name(a) {
        return day(year(c)?, month, small(ordinal(b))?);
    }
    if a.len() == 4 {
        return day(year(a)?, small(b)?, small(c)?);
    }
    let is_dotted = text.contains('.') && !text.contains(['/', '-']);
    match order {
        _ if is_dotted => day(year(c)?, small(b)?, small(a)?),
        DateOrder::MonthDayYear => day(year(c)?, small(a)?, small(b)?),
        DateOrder::DayMonthYear => day(year(c)?, small(b)?, small(a)?),
        DateOrder::YearMonthDay if a.len() == 2 && c.len() == 2 => day(year(a)?, small(b)?, small(c)?),
        // The year is last after all: only where the day gives itself away.
        DateOrder::YearMonthDay => match (small(a)?, small(b)?) {
            (first, second) if first > 12 || first == second => day(year(c)?, second, first),
            (first, second) if second > 12 => day(year(c)?, first, second),
            _ => None,
        },
    }
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day))?
}

fn year(text: &str) -> Option<i32> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (text.len(), text.parse::<i32>().ok()?) {
        (2, short @ 0..=69) => Some(2000 + short),
        (2, short) => Some(1900 + short),
        (4, full) => Some(full),
        _ => None,
    }
}

/// `1st`, `22nd`.
fn ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text)
}

fn is_weekday(text: &str) -> bool {
    let folded = fold(text);
    ["mo", "tu", "we", "th", "fr", "sa", "su", "di", "mi", "do", "so"].iter().any(|start| folded.starts_with(start))
        && month_name(text).is_none()
        && folded.chars().all(char::is_alphabetic)
}

/// The month of an English or German name or its first letters.
fn month_name(text: &str) -> Option<u32> {
    #[rustfmt::skip] // a table
    const NAMES: &[(&str, u32)] = &[
        ("january", 1), ("januar", 1), ("jaenner", 1), ("february", 2), ("februar", 2), ("march", 3), ("maerz", 3), ("mrz", 3),
        ("april", 4), ("may", 5), ("mai", 5), ("june", 6), ("juni", 6), ("july", 7), ("juli", 7), ("august", 8),
        ("september", 9), ("october", 10), ("oktober", 10), ("november", 11), ("december", 12), ("dezember", 12),
    ];
    let folded = fold(text);
    if folded.len() < 3 || !folded.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    NAMES.iter().find(|(name, _)| name.starts_with(&folded)).map(|(_, month)| *month)
}
