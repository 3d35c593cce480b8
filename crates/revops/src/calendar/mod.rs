//! Working time: when a member works, and how much of it lies between two moments.
//!
//! A day's hours are local times; how long they last follows from the time zone, so that a working day on which the clocks
//! change is as long as it really was.

mod holidays;
mod hours;
#[cfg(test)]
mod tests;
mod worked;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;
use std::rc::Rc;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Weekday};
use chrono_tz::Tz;

pub use holidays::{Canton, Region};
pub use hours::{parse_day, parse_hours};

use worked::WorkedYear;

use crate::World;
use crate::facts::{Key, Member};
use crate::rules::Policy;

/// Years after the present one that are looked through for working time.
const YEARS_AHEAD: i32 = 3;
const DAY_MS: i64 = 86_400_000;
/// Years whose dates and moments are computed in a zone.
const FOUR_DIGITS: RangeInclusive<i32> = 1..=9999;
/// From 1900-01-02 to 2200-12-30 UTC: working time is counted between those. A moment outside is a slip of the pen and counts
/// as the nearer of the two, so that nothing is added up over thousands of years.
const MOMENTS: RangeInclusive<i64> = -2_208_902_400_000..=7_289_567_999_999;

/// What of a calendar cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Working hours.
    #[error("“{0}” is not a day's working hours; write them like 09:00-17:00, or 09:00-12:00, 13:00-17:00")]
    Hours(String),
    /// A day of the week.
    #[error("“{0}” is not a day of the week; use mon, tue, wed, thu, fri, sat, sun")]
    Day(String),
    /// A region of public holidays.
    #[error(
        "the public holidays of “{0}” are not known; DE, DE-BY and the other states, AT, CH, CH-ZH and the other cantons, and US are"
    )]
    Region(String),
}

impl CalendarError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Hours(_) => "invalid_hours",
            Self::Day(_) => "invalid_day",
            Self::Region(_) => "invalid_region",
        }
    }
}

/// When a member works.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    zone: Tz,
    days: [bool; 7],
    hours: Vec<(NaiveTime, NaiveTime)>,
    region: Option<Region>,
    /// First and last days of absences.
    away: Vec<(NaiveDate, NaiveDate)>,
    /// The public holidays of years that were asked for.
    holidays: RefCell<BTreeMap<i32, Rc<BTreeSet<NaiveDate>>>>,
    /// The working time of years that were asked for.
    years: RefCell<BTreeMap<i32, Rc<WorkedYear>>>,
}

impl WorkCalendar {
    /// The calendar of a member: as they say, else as the policy says, else as the usual policy. Without a member, the
    /// policy's.
    pub fn of(world: &World, member: Option<Key>) -> Self {
        let policy = &world.rules.policy;
        let member: Option<&Member> = member.and_then(|key| world.members.get(key));
        let own = |read: fn(&Member) -> &str| member.map(read).filter(|text| !text.trim().is_empty());
        let zone = own(|member| &member.facts.time_zone).and_then(zone);
        let hours = own(|member| &member.facts.working_hours).and_then(|text| parse_hours(text).ok());
        let region = own(|member| &member.facts.holiday_region).and_then(|text| Region::parse(text).ok());
        let days = member.map(|member| member.facts.work_days.as_slice()).unwrap_or_default();
        let days = week(days).or_else(|| week(&policy.work_days));
        let usual = Policy::default();
        let mut away: Vec<_> =
            member.into_iter().flat_map(|member| world.absences.of(member.key)).map(|one| (one.from, one.to)).collect();
        away.sort_unstable();
        Self {
            zone: zone.unwrap_or_else(|| policy_zone(policy)),
            days: days.or_else(|| week(&usual.work_days)).unwrap_or([true; 7]),
            hours: hours
                .or_else(|| parse_hours(&policy.working_hours).ok())
                .or_else(|| parse_hours(&usual.working_hours).ok())
                .unwrap_or_default(),
            region: region.unwrap_or_else(|| Region::parse(&policy.holiday_region).unwrap_or_default()),
            away,
            holidays: RefCell::default(),
            years: RefCell::default(),
        }
    }

    /// The day it is there at a moment.
    pub fn local_day(&self, at_ms: i64) -> NaiveDate {
        local_day(self.zone, at_ms)
    }

    /// When a day begins there. Where the clocks skip midnight, the day begins at the first moment after it.
    pub fn day_start_ms(&self, day: NaiveDate) -> i64 {
        self.moment(day, NaiveTime::MIN)
    }

    /// When a day ends there: the next one's beginning.
    pub fn day_end_ms(&self, day: NaiveDate) -> i64 {
        self.day_start_ms(day.succ_opt().unwrap_or(day))
    }

    /// Whether the member is absent on a day.
    pub fn away_on(&self, day: NaiveDate) -> bool {
        self.away.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// Whether it is a day of work: of the week, no public holiday, no absence.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.days[day.weekday().num_days_from_monday() as usize] && !self.is_holiday(day) && !self.away_on(day)
    }

    /// Working time between two moments, in milliseconds; negative where the second comes first.
    pub fn working_ms_between(&self, from_ms: i64, to_ms: i64) -> i64 {
        if to_ms < from_ms {
            return -self.working_ms_between(to_ms, from_ms);
        }
        let (from_ms, to_ms) = (in_bounds(from_ms), in_bounds(to_ms));
        let (first, last) = (self.local_day(from_ms).year(), self.local_day(to_ms).year());
        let whole: i64 = (first..last).map(|year| self.year(year).total_ms()).sum();
        whole + self.year(last).until_ms(to_ms) - self.year(first).until_ms(from_ms)
    }

    /// The moment at which so much working time has passed; the next moment of work where nothing has to pass. Where there is
    /// too little until the end of the third year after, time on the wall counts.
    pub fn add_working_ms(&self, from_ms: i64, ms: i64) -> i64 {
        let begin_ms = in_bounds(from_ms);
        let first = self.local_day(begin_ms).year();
        let mut left_ms = ms.max(0);
        for year in first..=first + YEARS_AHEAD {
            let year = self.year(year);
            let before_ms = year.until_ms(begin_ms);
            if let Some(at_ms) = year.after(before_ms.saturating_add(left_ms), begin_ms) {
                return at_ms;
            }
            left_ms -= year.total_ms() - before_ms;
        }
        from_ms.saturating_add(ms.max(0))
    }

    fn is_holiday(&self, day: NaiveDate) -> bool {
        let Some(region) = self.region else { return false };
        let mut years = self.holidays.borrow_mut();
        years.entry(day.year()).or_insert_with(|| Rc::new(region.in_year(day.year()))).contains(&day)
    }

    /// The stretches of work on a day, as moments.
    fn stretches(&self, day: NaiveDate) -> impl DoubleEndedIterator<Item = (i64, i64)> + '_ {
        let hours = if self.is_working_day(day) { self.hours.as_slice() } else { &[] };
        hours.iter().map(move |(from, to)| (self.moment(day, *from), self.moment(day, *to)))
    }

    /// The working time of a year, computed once.
    fn year(&self, year: i32) -> Rc<WorkedYear> {
        if let Some(known) = self.years.borrow().get(&year) {
            return Rc::clone(known);
        }
        let days = NaiveDate::from_ymd_opt(year, 1, 1).into_iter().flat_map(|day| day.iter_days());
        let days = days.take_while(|day| day.year() == year);
        let made = Rc::new(WorkedYear::new(days.flat_map(|day| self.stretches(day))));
        self.years.borrow_mut().insert(year, Rc::clone(&made));
        made
    }

    fn moment(&self, day: NaiveDate, time: NaiveTime) -> i64 {
        moment(self.zone, day.and_time(time))
    }
}

/// A local time as a moment: the first of two where it is there twice, the end of the gap where it is left out.
fn moment(zone: Tz, local: NaiveDateTime) -> i64 {
    // Near the ends of what a date can be, a zone's offset leads out of it.
    if !FOUR_DIGITS.contains(&local.year()) {
        return local.and_utc().timestamp_millis();
    }
    match zone.from_local_datetime(&local).earliest() {
        Some(at) => at.timestamp_millis(),
        None => end_of_gap(zone, local),
    }
}

/// When a day begins in a zone.
pub fn day_start_ms(zone: Tz, day: NaiveDate) -> i64 {
    moment(zone, day.and_time(NaiveTime::MIN))
}

/// The first moment at which clocks show `local` or later. Found by halving: before a gap they show less, after it more.
fn end_of_gap(zone: Tz, local: NaiveDateTime) -> i64 {
    let as_utc = local.and_utc().timestamp_millis();
    // No zone is further from UTC than 14 hours, and none has ever left out more than a day.
    let (mut before, mut after) = (as_utc - 2 * DAY_MS, as_utc + 2 * DAY_MS);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let shows = zone.from_utc_datetime(&DateTime::from_timestamp_millis(middle).unwrap_or_default().naive_utc());
        if shows.naive_local() < local {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

fn in_bounds(at_ms: i64) -> i64 {
    at_ms.clamp(*MOMENTS.start(), *MOMENTS.end())
}

/// A time zone by its IANA name.
fn zone(name: &str) -> Option<Tz> {
    name.trim().parse().ok()
}

/// The time zone of a policy; the usual policy's where it cannot be read.
pub fn policy_zone(policy: &Policy) -> Tz {
    zone(&policy.time_zone).or_else(|| zone(&Policy::default().time_zone)).unwrap_or(Tz::UTC)
}

/// The day it is in a zone at a moment. A moment outside the years that can be written with four digits counts as 1970.
pub fn local_day(zone: Tz, at_ms: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_millis(at_ms).filter(|at| FOUR_DIGITS.contains(&at.year()));
    at.unwrap_or_default().with_timezone(&zone).date_naive()
}

/// A day so many days later, or as late (or early) as there are days.
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    match u64::try_from(days) {
        Ok(days) => day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MIN),
    }
}

/// Days in milliseconds.
pub fn days_ms(days: i64) -> i64 {
    days.saturating_mul(DAY_MS)
}

/// The days of a week that are worked; `None` where none of them can be read.
fn week(days: &[crate::Text]) -> Option<[bool; 7]> {
    let known: Vec<Weekday> = days.iter().filter_map(|day| parse_day(day).ok()).collect();
    let mut week = [false; 7];
    for day in &known {
        week[day.num_days_from_monday() as usize] = true;
    }
    (!known.is_empty()).then_some(week)
}

/// The calendars of members, each made once.
#[derive(Debug)]
pub struct Calendars<'a> {
    world: &'a World,
    known: RefCell<HashMap<Option<Key>, Rc<WorkCalendar>>>,
}

impl<'a> Calendars<'a> {
    /// Over the members of a world.
    pub fn new(world: &'a World) -> Self {
        Self { world, known: RefCell::default() }
    }

    /// A member's calendar; without one, the policy's.
    pub fn of(&self, member: Option<Key>) -> Rc<WorkCalendar> {
        let mut known = self.known.borrow_mut();
        Rc::clone(known.entry(member).or_insert_with(|| Rc::new(WorkCalendar::of(self.world, member))))
    }
}
