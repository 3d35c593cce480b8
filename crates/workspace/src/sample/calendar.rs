//! Days counted from today, as dates on which somebody was at work.

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, TimeDelta, Weekday};

/// The tables have the office's time; an hour is right for half of the year and near enough for the other.
const OFFICE_AHEAD_MINUTES: i64 = 60;

/// When today is.
pub(super) struct Calendar {
    today: NaiveDate,
}

impl Calendar {
    pub(super) fn at(now_ms: i64) -> Self {
        Self { today: DateTime::from_timestamp_millis(now_ms).unwrap_or_default().date_naive() }
    }

    /// The day so many days from today. What would fall on a weekend was done on the Friday or will be on the Monday.
    pub(super) fn day(&self, offset: i64) -> NaiveDate {
        let day = self.today + TimeDelta::days(offset);
        match (day.weekday(), offset < 0) {
            (Weekday::Sat, true) => day - Days::new(1),
            (Weekday::Sun, true) => day - Days::new(2),
            (Weekday::Sat, false) => day + Days::new(2),
            (Weekday::Sun, false) => day + Days::new(1),
            _ => day,
        }
    }

    /// Milliseconds since 1970, so many days ago at that minute of the office's day.
    pub(super) fn at_ms(&self, days_ago: i64, minute: i64) -> i64 {
        let midnight = self.day(-days_ago).and_time(chrono::NaiveTime::MIN).and_utc();
        (midnight + TimeDelta::minutes(minute - OFFICE_AHEAD_MINUTES)).timestamp_millis()
    }
}

/// A moment as a field holds it.
pub(super) fn instant(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `09:30` as the minute of the day.
pub(super) fn minute(clock: &str) -> Option<i64> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}
