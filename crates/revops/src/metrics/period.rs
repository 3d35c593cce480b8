//! The days that numbers are computed for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::calendar::WorkCalendar;

/// Months that the break meter shows at most.
const MONTHS_MAX: usize = 36;

/// Days, the first and the last included. One that ends before it begins holds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether two have a day in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// The calendar months that it touches, each cut to it and named like `2026-03`, oldest first: the last 36 that have begun
    /// by `today`.
    pub fn months(&self, today: NaiveDate) -> Vec<(String, Self)> {
        let last = self.to.min(today);
        let mut months = Vec::new();
        let mut first = last.with_day(1);
        while let Some(begin) = first.filter(|_| months.len() < MONTHS_MAX) {
            let next = begin.checked_add_months(Months::new(1));
            let end = next.and_then(|next| next.pred_opt()).unwrap_or(begin);
            let month = Self { from: begin.max(self.from), to: end.min(self.to) };
            if end < self.from || month.from > month.to {
                break;
            }
            months.push((begin.format("%Y-%m").to_string(), month));
            first = begin.checked_sub_months(Months::new(1));
        }
        months.reverse();
        months
    }
}

/// A stretch of time in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first moment.
    pub from_ms: i64,
    /// The first moment after it.
    pub until_ms: i64,
}

impl Span {
    /// Whether a moment lies in it.
    pub fn contains(&self, at_ms: i64) -> bool {
        (self.from_ms..self.until_ms).contains(&at_ms)
    }
}

/// Beginnings of days in the policy's time zone, each computed once: a day comes up thousands of times, and asking the time
/// zone takes longer than everything else that is done with a record.
#[derive(Debug)]
pub(crate) struct Days {
    calendar: Rc<WorkCalendar>,
    starts: RefCell<HashMap<NaiveDate, i64>>,
}

impl Days {
    pub(crate) fn new(calendar: Rc<WorkCalendar>) -> Self {
        Self { calendar, starts: RefCell::default() }
    }

    /// When a day begins.
    pub(crate) fn start_ms(&self, day: NaiveDate) -> i64 {
        *self.starts.borrow_mut().entry(day).or_insert_with(|| self.calendar.day_start_ms(day))
    }

    /// The first moment after a day.
    pub(crate) fn end_ms(&self, day: NaiveDate) -> i64 {
        self.start_ms(day.succ_opt().unwrap_or(day))
    }

    /// The day it is at a moment.
    pub(crate) fn day(&self, at_ms: i64) -> NaiveDate {
        self.calendar.local_day(at_ms)
    }

    /// The time that days take.
    pub(crate) fn span(&self, period: Period) -> Span {
        Span { from_ms: self.start_ms(period.from), until_ms: self.end_ms(period.to) }
    }
}
