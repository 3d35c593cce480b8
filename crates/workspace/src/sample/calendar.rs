//! Days counted from today, as dates on which somebody was at work.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, SecondsFormat, TimeDelta, TimeZone, Weekday};
use chrono_tz::Europe::Zurich;
use tandem_revops::World;
use tandem_revops::calendar::WorkCalendar;
use tandem_revops::facts::{Member, MemberFacts};

/// When the office works, in minutes of the day: from half past eight, nine hours.
const OFFICE: (i64, i64) = (8 * 60 + 30, 9 * 60);
const MINUTE_MS: i64 = 60_000;
/// Days back in which any stretch of work the tables ask for is found.
const WORKED_WITHIN_DAYS: i64 = 30;

/// When today is.
pub(super) struct Calendar {
    now_ms: i64,
    today: NaiveDate,
}

impl Calendar {
    pub(super) fn at(now_ms: i64) -> Self {
        let now = DateTime::from_timestamp_millis(now_ms).unwrap_or_default();
        Self { now_ms, today: now.with_timezone(&Zurich).date_naive() }
    }

    /// The day so many days from today. What would fall on a weekend was done on the Friday or will be on the Monday.
    pub(super) fn day(&self, offset: i64) -> NaiveDate {
        let day = self.date(offset);
        match (day.weekday(), offset < 0) {
            (Weekday::Sat, true) => day - Days::new(1),
            (Weekday::Sun, true) => day - Days::new(2),
            (Weekday::Sat, false) => day + Days::new(2),
            (Weekday::Sun, false) => day + Days::new(1),
            _ => day,
        }
    }

    /// The day so many days from today, whether anybody works on it or not.
    pub(super) fn date(&self, offset: i64) -> NaiveDate {
        self.today + TimeDelta::days(offset)
    }

    /// The first day of the month so many months ago.
    pub(super) fn month(&self, months_ago: u32) -> NaiveDate {
        let first = self.today.with_day(1).unwrap_or(self.today);
        first.checked_sub_months(Months::new(months_ago)).unwrap_or(first)
    }

    /// Milliseconds since 1970, so many days ago at that minute of the office's day. What is told of a weekend shares the
    /// Friday: each of its days has a part of it, in order.
    pub(super) fn at_ms(&self, days_ago: i64, minute: i64) -> i64 {
        let (part, parts) = self.part_of_friday(days_ago);
        let (begin, length) = OFFICE;
        let seconds = 60 * begin + (60 * (part * length + minute - begin)).div_euclid(parts);
        let local = self.day(-days_ago).and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds(seconds);
        let at = Zurich.from_local_datetime(&local).earliest();
        at.map_or_else(|| local.and_utc().timestamp_millis(), |at| at.timestamp_millis())
    }

    /// Which part of a Friday's work is told of this day, of how many.
    fn part_of_friday(&self, days_ago: i64) -> (i64, i64) {
        let day = self.date(-days_ago);
        let part = match day.weekday() {
            Weekday::Fri => 0,
            Weekday::Sat => 1,
            Weekday::Sun => 2,
            _ => return (0, 1),
        };
        // Only days before today are told of.
        (part, (days_ago + part).clamp(part + 1, 3))
    }

    /// The moment since which a member has worked for so many minutes.
    pub(super) fn worked_before(&self, member: MemberFacts, minutes: i64) -> i64 {
        let mut world = World::default();
        let key = world.ids.key("member");
        world.members.put(Member { key, facts: member });
        let calendar = WorkCalendar::of(&world, Some(key));
        let from_ms = self.now_ms - WORKED_WITHIN_DAYS * 24 * 60 * MINUTE_MS;
        let worked_ms = calendar.working_ms_between(from_ms, self.now_ms);
        calendar.add_working_ms(from_ms, worked_ms - minutes * MINUTE_MS)
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
