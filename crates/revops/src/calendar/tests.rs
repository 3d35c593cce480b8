#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use super::{Region, WorkCalendar, parse_hours};
use crate::World;
use crate::facts::{Absence, Member, MemberFacts};

fn ms(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(zone: &str, hours: &str, region: &str) -> WorkCalendar {
    let mut world = World::default();
    let key = world.ids.key("m");
    let facts = MemberFacts {
        time_zone: zone.into(),
        working_hours: hours.into(),
        holiday_region: region.into(),
        active: true,
        ..MemberFacts::default()
    };
    world.members.put(Member { key, facts });
    WorkCalendar::of(&world, Some(key))
}

/// Working minutes between two moments. The zones' rules are those of the IANA database; the source of each holiday stands
/// beside its row.
#[test]
fn working_time_is_what_lies_in_working_hours() {
    let rows: &[(&str, &str, &str, &str, &str, i64)] = &[
        // Within one day; over a night; over a weekend.
        ("Europe/Berlin", "09:00-17:00", "", "2026-11-25T10:00:00+01:00", "2026-11-25T12:30:00+01:00", 150),
        ("Europe/Berlin", "09:00-17:00", "", "2026-11-25T16:00:00+01:00", "2026-11-26T10:00:00+01:00", 120),
        ("Europe/Berlin", "09:00-17:00", "", "2026-11-27T16:00:00+01:00", "2026-11-30T10:00:00+01:00", 120),
        // A lunch break.
        ("Europe/Zurich", "08:00-12:00,13:00-17:00", "", "2026-11-25T11:30:00+01:00", "2026-11-25T13:30:00+01:00", 60),
        // The moment is the same, the hours are elsewhere: 15:00 in Berlin is 09:00 in New York.
        ("America/New_York", "09:00-17:00", "", "2026-11-25T10:00:00+01:00", "2026-11-25T16:00:00+01:00", 60),
        // Europe moves its clocks on 2026-03-29 at 02:00: an hour of a night shift is left out, and comes twice on 2026-10-25.
        ("Europe/Berlin", "00:00-06:00", "", "2026-03-27T22:00:00+01:00", "2026-03-30T07:00:00+02:00", 360),
        // The USA moves theirs on 2026-03-08: New York is five hours from Berlin until 2026-03-29.
        ("America/New_York", "09:00-17:00", "", "2026-03-10T14:00:00+01:00", "2026-03-10T15:00:00+01:00", 60),
        // Heilige Drei Könige, 6 January: Bayern (BayFTG Art. 1), not Berlin.
        ("Europe/Berlin", "09:00-17:00", "DE-BY", "2026-01-06T00:00:00+01:00", "2026-01-07T00:00:00+01:00", 0),
        ("Europe/Berlin", "09:00-17:00", "DE-BE", "2026-01-06T00:00:00+01:00", "2026-01-07T00:00:00+01:00", 480),
        // Internationaler Frauentag 2027-03-08 falls on a Monday: Berlin (Gesetz über die Sonn- und Feiertage § 1).
        ("Europe/Berlin", "09:00-17:00", "DE-BE", "2027-03-08T00:00:00+01:00", "2027-03-09T00:00:00+01:00", 0),
        ("Europe/Berlin", "09:00-17:00", "DE-BY", "2027-03-08T00:00:00+01:00", "2027-03-09T00:00:00+01:00", 480),
        // Nationalfeiertag 26 October, a Monday in 2026: Austria (ARG § 7).
        ("Europe/Vienna", "09:00-17:00", "AT", "2026-10-26T00:00:00+01:00", "2026-10-27T00:00:00+01:00", 0),
        // Auffahrt 2026-05-14: Switzerland; 1 May 2026, a Friday: Zürich, not all of Switzerland.
        ("Europe/Zurich", "09:00-17:00", "CH", "2026-05-14T00:00:00+02:00", "2026-05-15T00:00:00+02:00", 0),
        ("Europe/Zurich", "09:00-17:00", "CH", "2026-05-01T00:00:00+02:00", "2026-05-02T00:00:00+02:00", 480),
        ("Europe/Zurich", "09:00-17:00", "CH-ZH", "2026-05-01T00:00:00+02:00", "2026-05-02T00:00:00+02:00", 0),
        // Jeûne genevois 2026-09-10.
        ("Europe/Zurich", "09:00-17:00", "CH-GE", "2026-09-10T00:00:00+02:00", "2026-09-11T00:00:00+02:00", 0),
    ];
    for (zone, hours, region, from, to, minutes) in rows {
        let calendar = calendar(zone, hours, region);
        let between = calendar.working_ms_between(ms(from), ms(to)) / 60_000;
        assert_eq!(between, *minutes, "{zone} {hours} {region} from {from} to {to}");
        assert_eq!(calendar.working_ms_between(ms(to), ms(from)) / 60_000, -minutes, "backwards");
    }
}

#[test]
fn a_night_on_which_the_clocks_change_is_as_long_as_it_was() {
    let night = |text| {
        let mut calendar = calendar("Europe/Berlin", "00:00-06:00", "");
        calendar.days = [true; 7];
        let start = calendar.day_start_ms(day(text));
        calendar.working_ms_between(start, calendar.day_end_ms(day(text))) / 3_600_000
    };
    assert_eq!((night("2026-03-28"), night("2026-03-29"), night("2026-10-25")), (6, 5, 7));
}

#[test]
fn nobody_works_while_absent() {
    let mut world = World::default();
    let key = world.ids.key("m");
    world.members.put(Member { key, facts: MemberFacts { active: true, ..MemberFacts::default() } });
    let (from, to) = (day("2026-11-23"), day("2026-11-25"));
    let absence = Absence { key: world.ids.key("a"), member: key, from, to };
    world.absences.put(absence);
    let calendar = WorkCalendar::of(&world, Some(key));
    let due = calendar.add_working_ms(ms("2026-11-23T10:00:00+01:00"), 3_600_000);
    assert_eq!(due, ms("2026-11-26T10:00:00+01:00"));
    assert!(calendar.away_on(to) && !calendar.away_on(day("2026-11-26")));
}

#[test]
fn hours_and_regions_that_cannot_be_read_say_so() {
    for text in ["", "9-5", "17:00-09:00", "09:00-12:00,11:00-13:00", "09:00-25:00"] {
        assert_eq!(parse_hours(text).unwrap_err().code(), "invalid_hours", "{text}");
    }
    for text in ["XX", "DE-XX", "CH-XX", "AT-W"] {
        assert_eq!(Region::parse(text).unwrap_err().code(), "invalid_region", "{text}");
    }
    assert_eq!(Region::parse(" de-by ").unwrap().unwrap().in_year(2026).len(), 13, "with Mariä Himmelfahrt");
    assert_eq!(Region::parse("DE").unwrap().unwrap().in_year(2026).len(), 9, "what all states share");
}

#[test]
fn a_member_who_says_nothing_works_as_the_policy_says() {
    let calendar = calendar("no such zone", "whenever", "nowhere");
    assert!(calendar.is_working(ms("2026-11-25T09:00:00+01:00")));
    assert!(!calendar.is_working(ms("2026-11-25T08:59:59+01:00")));
}

proptest! {
    /// What is added is what lies between, whatever zone, moment and amount.
    #[test]
    fn adding_working_time_and_measuring_it_are_each_other_s_inverse(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
        hours in prop::sample::select(vec!["09:00-17:00", "08:00-12:00,13:00-17:30", "00:00-06:00"]),
        region in prop::sample::select(vec!["", "DE-BY", "AT", "CH-GE"]),
        from_min in 29_000_000_i64..31_000_000,
        minutes in 1_i64..20_000,
    ) {
        let calendar = calendar(zone, hours, region);
        let (from_ms, ms) = (from_min * 60_000, minutes * 60_000);
        let due = calendar.add_working_ms(from_ms, ms);
        prop_assert_eq!(calendar.working_ms_between(from_ms, due), ms);
        prop_assert!(due >= from_ms);
    }
}
