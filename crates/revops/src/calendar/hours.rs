//! The hours of a working day, and its days of the week, as people write them.

use chrono::{NaiveTime, Weekday};

use super::CalendarError;

/// Stretches that a day may have.
const STRETCHES_MAX: usize = 8;

/// Reads `09:00-17:00`, several with commas: `08:00-12:00, 13:00-17:30`.
///
/// # Errors
/// [`CalendarError::Hours`] where a time cannot be read, ends before it begins, or stretches overlap.
pub fn parse_hours(text: &str) -> Result<Vec<(NaiveTime, NaiveTime)>, CalendarError> {
    let wrong = || CalendarError::Hours(text.to_owned());
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| wrong());
    let mut stretches: Vec<(NaiveTime, NaiveTime)> = Vec::new();
    for stretch in text.split(',') {
        let (from, to) = stretch.split_once(['-', '–']).ok_or_else(wrong)?;
        let (from, to) = (time(from)?, time(to)?);
        let follows = stretches.last().is_none_or(|(_, before)| *before <= from);
        if from >= to || !follows || stretches.len() == STRETCHES_MAX {
            return Err(wrong());
        }
        stretches.push((from, to));
    }
    Ok(stretches)
}

/// Reads `mon` … `sun`.
///
/// # Errors
/// [`CalendarError::Day`] for anything else.
pub fn parse_day(text: &str) -> Result<Weekday, CalendarError> {
    Ok(match text.trim().to_ascii_lowercase().as_str() {
        "mon" => Weekday::Mon,
        "tue" => Weekday::Tue,
        "wed" => Weekday::Wed,
        "thu" => Weekday::Thu,
        "fri" => Weekday::Fri,
        "sat" => Weekday::Sat,
        "sun" => Weekday::Sun,
        _ => return Err(CalendarError::Day(text.to_owned())),
    })
}
