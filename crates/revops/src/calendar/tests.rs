#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use chrono::{DateTime, Datelike as _, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Calendars, Region, WorkCalendar, parse_hours};
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
        // Thanksgiving, the fourth Thursday of November: 2026-11-26 (5 U.S.C. § 6103(a)).
        ("America/New_York", "09:00-17:00", "US", "2026-11-26T00:00:00-05:00", "2026-11-27T00:00:00-05:00", 0),
        // Years: 2026 has 261 Mondays to Fridays (1 January is a Thursday). Nine holidays that all of Germany shares fall on
        // seven of them: 3 October and 26 December are Saturdays.
        ("Europe/Berlin", "09:00-17:00", "", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", 261 * 480),
        ("Europe/Berlin", "09:00-17:00", "DE", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", 254 * 480),
        // From one year to the next but one: 22 days of December 2025 from the 2nd on, 261, and 1 January 2027, a Friday.
        ("Europe/Berlin", "09:00-17:00", "", "2025-12-02T00:00:00+01:00", "2027-01-02T00:00:00+01:00", 284 * 480),
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

/// Hours that begin or end in the hour that 2026-03-29 leaves out in Berlin (02:00 to 03:00): only what there was counts.
#[test]
fn what_the_clocks_leave_out_is_not_worked() {
    let night = |hours| {
        let mut calendar = calendar("Europe/Berlin", hours, "");
        calendar.days = [true; 7];
        let start = calendar.day_start_ms(day("2026-03-29"));
        calendar.working_ms_between(start, calendar.day_end_ms(day("2026-03-29"))) / 60_000
    };
    assert_eq!(night("00:00-02:30"), 120, "ends where the gap begins");
    assert_eq!(night("02:30-06:00"), 180, "begins where the gap ends");
    assert_eq!(night("02:15-02:45"), 0, "lies in it");
}

/// Chile sets its clocks from 24:00 to 01:00 on 2026-09-06; Samoa left out 2011-12-30 as a whole (both IANA).
#[test]
fn a_day_begins_at_its_first_moment_also_where_midnight_is_left_out() {
    let starts = |zone, text| calendar(zone, "09:00-17:00", "").day_start_ms(day(text));
    assert_eq!(starts("America/Santiago", "2026-09-06"), ms("2026-09-06T01:00:00-03:00"));
    assert_eq!(starts("Pacific/Apia", "2011-12-30"), ms("2011-12-31T00:00:00+14:00"));
}

/// Federal holidays of 2026 to 2028, as the Office of Personnel Management lists them with the days they are observed on.
#[test]
fn a_federal_holiday_on_a_weekend_is_observed_beside_it() {
    let federal = |text| Region::UnitedStates.in_year(day(text).year()).contains(&day(text));
    for text in ["2026-07-03", "2027-12-24", "2027-06-18", "2027-07-05", "2027-12-31", "2026-05-25", "2026-06-19"] {
        assert!(federal(text), "{text}");
    }
    for text in ["2026-07-06", "2027-12-27", "2028-01-03", "2026-05-18", "2020-06-19"] {
        assert!(!federal(text), "{text}");
    }
}

/// The days of 2026 that not all of Germany shares, each with its states, as their holiday laws have them (the list that the
/// Federal Ministry of the Interior keeps). What holds only in some municipalities is left out, but for Bayern's Mariä Himmelfahrt,
/// which most of its municipalities observe.
#[test]
fn a_german_state_has_its_own_days() {
    let rows = [
        ("2026-01-06", "BW BY ST"),
        ("2026-03-08", "BE MV"),
        ("2026-06-04", "BW BY HE NW RP SL"),
        ("2026-08-15", "BY SL"),
        ("2026-09-20", "TH"),
        ("2026-10-31", "BB HB HH MV NI SH SN ST TH"),
        ("2026-11-01", "BW BY NW RP SL"),
        ("2026-11-18", "SN"),
        ("2026-05-08", ""),
    ];
    for (text, expected) in rows {
        let off = |state: &&str| {
            let region = Region::parse(&format!("DE-{state}")).unwrap().unwrap();
            region.in_year(2026).contains(&day(text))
        };
        let states = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH";
        let found: Vec<&str> = states.split(' ').filter(off).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }
}

/// Days that were made holidays once: Reformationstag 2017 in all of Germany (500 years), and in Berlin 8 May 2020 and 2025 and
/// 17 June 2028 (Gesetz über die Sonn- und Feiertage § 1).
#[test]
fn a_day_that_is_a_holiday_once_is_one_that_year_only() {
    let rows = [
        ("DE-BY", "2017-10-31", true),
        ("DE", "2017-10-31", true),
        ("DE-BY", "2018-10-31", false),
        ("DE-BE", "2020-05-08", true),
        ("DE-BE", "2025-05-08", true),
        ("DE-BE", "2026-05-08", false),
        ("DE-BB", "2025-05-08", false),
        ("DE-BE", "2028-06-17", true),
        ("DE-BE", "2027-06-17", false),
    ];
    for (region, text, expected) in rows {
        let holidays = Region::parse(region).unwrap().unwrap().in_year(day(text).year());
        assert_eq!(holidays.contains(&day(text)), expected, "{region} {text}");
    }
}

/// Whole years against the lists that are published: Austria's Arbeitsruhegesetz § 7 Abs. 2; the federal holidays of 2026 with
/// the days they are observed on, by the Office of Personnel Management; Zürich's Ruhetags- und Ladenöffnungsgesetz § 1.
#[test]
fn a_year_has_the_days_that_are_published_for_it() {
    let rows = [
        ("AT", "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26"),
        ("US", "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"),
        ("CH-ZH", "01-01 04-03 04-06 05-01 05-14 05-25 08-01 12-25 12-26"),
        ("DE", "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
    ];
    for (region, expected) in rows {
        let holidays = Region::parse(region).unwrap().unwrap().in_year(2026);
        let found: Vec<String> = holidays.iter().map(|day| day.format("%m-%d").to_string()).collect();
        assert_eq!(found.join(" "), expected, "{region}");
    }
}

/// One row for each canton whose days follow a rule of their own. Source: the laws' words beside `Other`.
#[test]
fn a_canton_has_its_own_days() {
    let rows = [
        ("CH-GL", "2026-04-09", true, "Näfelser Fahrt: 2 April 2026 is Maundy Thursday"),
        ("CH-GL", "2026-04-02", false, "in Holy Week"),
        ("CH-GL", "2027-04-01", true, "the first Thursday of April"),
        ("CH-VD", "2026-09-21", true, "lundi du Jeûne: the third Sunday is the 20th"),
        ("CH-AR", "2023-12-26", false, "Christmas is a Monday"),
        ("CH-AR", "2024-12-26", true, "Christmas is a Wednesday"),
        ("CH-NE", "2023-01-02", true, "New Year's Day is a Sunday"),
        ("CH-NE", "2026-01-02", false, "a Friday"),
        ("CH-TI", "2026-04-03", false, "no Good Friday in Ticino"),
        ("CH-TI", "2026-06-29", true, "Peter and Paul"),
        ("CH", "2026-04-03", true, "Good Friday nearly everywhere"),
    ];
    for (region, text, expected, why) in rows {
        let holidays = Region::parse(region).unwrap().unwrap().in_year(day(text).year());
        assert_eq!(holidays.contains(&day(text)), expected, "{region} {text}: {why}");
    }
}

#[test]
fn the_next_moment_of_work_is_now_or_when_work_begins() {
    let calendar = calendar("Europe/Zurich", "08:00-12:00,13:00-17:00", "CH-ZH");
    let rows = [
        ("2026-11-25T09:15:00+01:00", "2026-11-25T09:15:00+01:00", "at work"),
        ("2026-11-25T12:00:00+01:00", "2026-11-25T13:00:00+01:00", "the lunch break begins"),
        ("2026-11-27T17:00:00+01:00", "2026-11-30T08:00:00+01:00", "the weekend begins"),
        ("2026-12-31T18:00:00+01:00", "2027-01-04T08:00:00+01:00", "New Year's Day is a Friday"),
    ];
    for (at, next, why) in rows {
        assert_eq!(calendar.add_working_ms(ms(at), 0), ms(next), "{why}");
    }
}

#[test]
fn where_nobody_ever_works_time_on_the_wall_counts() {
    let mut world = World::default();
    let key = world.ids.key("m");
    world.members.put(Member { key, facts: MemberFacts::default() });
    let absence = Absence { key: world.ids.key("a"), member: key, from: day("2020-01-01"), to: day("2099-12-31") };
    world.absences.put(absence);
    let calendar = WorkCalendar::of(&world, Some(key));
    let at = ms("2026-11-25T10:00:00+01:00");
    assert_eq!(calendar.add_working_ms(at, 3_600_000), at + 3_600_000);
    assert_eq!(calendar.add_working_ms(at, 0), at);
}

#[test]
fn moments_and_days_that_no_calendar_has_are_answered() {
    let calendar = calendar("Pacific/Kiritimati", "09:00-17:00", "DE-BY");
    for at in [i64::MIN, i64::MIN + 1, -62_135_596_800_000, 253_402_300_799_999, i64::MAX - 1, i64::MAX] {
        calendar.local_day(at);
        calendar.add_working_ms(at, 0);
        calendar.add_working_ms(at, i64::MAX);
        calendar.add_working_ms(at, i64::MIN);
        assert_eq!(calendar.working_ms_between(at, at), 0, "{at}");
    }
    assert!(calendar.working_ms_between(i64::MIN, i64::MAX) > 0);
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(calendar.day_start_ms(day) <= calendar.day_end_ms(day), "{day}");
        assert!(!calendar.away_on(day));
    }
}

#[test]
fn a_member_s_calendar_is_made_once() {
    let mut world = World::default();
    let key = world.ids.key("m");
    world.members.put(Member { key, facts: MemberFacts { time_zone: "Asia/Tokyo".into(), ..MemberFacts::default() } });
    let calendars = Calendars::new(&world);
    assert!(Rc::ptr_eq(&calendars.of(Some(key)), &calendars.of(Some(key))));
    assert_ne!(
        calendars.of(Some(key)).day_start_ms(day("2026-11-25")),
        calendars.of(None).day_start_ms(day("2026-11-25"))
    );
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
    let worked = |until| calendar.working_ms_between(ms("2026-11-25T08:00:00+01:00"), ms(until));
    assert_eq!((worked("2026-11-25T09:00:00+01:00"), worked("2026-11-25T09:00:01+01:00")), (0, 1_000));
}

#[test]
fn a_policy_that_cannot_be_read_is_the_usual_one() {
    let mut world = World::default();
    world.rules.policy.time_zone = "Middle/Earth".into();
    world.rules.policy.working_hours = "all day".into();
    world.rules.policy.work_days = vec!["someday".into()];
    world.rules.policy.holiday_region = "ME".into();
    let calendar = WorkCalendar::of(&world, None);
    assert_eq!(calendar.add_working_ms(ms("2026-11-28T12:00:00+01:00"), 0), ms("2026-11-30T09:00:00+01:00"));
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

    /// Counted minute by minute off a clock on the wall, around days on which it changes.
    #[test]
    fn working_time_is_what_a_clock_on_the_wall_would_count(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe"]),
        (hours, stretches) in prop::sample::select(vec![
            ("09:00-17:00", vec![(540, 1_020)]),
            ("08:00-12:00,13:00-17:30", vec![(480, 720), (780, 1_050)]),
            ("00:00-06:00", vec![(0, 360)]),
        ]),
        // A week around each change of 2026 in one of the zones, and one over New Year.
        week in prop::sample::select(vec!["2026-03-05", "2026-03-26", "2026-04-02", "2026-09-03", "2026-10-01", "2026-10-22", "2026-12-29"]),
        from_min in 0_i64..4_000,
        minutes in 0_i64..8_000,
    ) {
        let mut calendar = calendar(zone, hours, "");
        // Sundays too: that is when clocks change.
        calendar.days = [true, true, true, true, true, false, true];
        let from_ms = calendar.day_start_ms(day(week)) + from_min * 60_000;
        let tz: Tz = zone.parse().unwrap();
        let is_worked = |minute: &i64| {
            use chrono::Timelike as _;
            let local = DateTime::from_timestamp_millis(from_ms + minute * 60_000).unwrap().with_timezone(&tz);
            let of_day = local.hour() * 60 + local.minute();
            local.weekday() != chrono::Weekday::Sat && stretches.iter().any(|(from, to)| (*from..*to).contains(&of_day))
        };
        let counted = (0..minutes).filter(is_worked).count();
        prop_assert_eq!(calendar.working_ms_between(from_ms, from_ms + minutes * 60_000), counted as i64 * 60_000);
    }
}
