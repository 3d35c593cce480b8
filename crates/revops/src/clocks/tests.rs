#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use super::{Clock, ClockKind, ClockState, clocks, is_back, most_urgent, task};
use crate::calendar::Calendars;
use crate::facts::{Absence, Activity, Decision, DecisionKind, Move, Opportunity, Task};
use crate::rules::{Conditions, Phase, Stage};
use crate::testing::{self, lead, member, with_facts};
use crate::{Key, World};

use ClockState::{DueSoon, Met, Overdue, Running};

const HOUR_MS: i64 = 3_600_000;

fn ms(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(&format!("{text}:00+01:00")).unwrap().timestamp_millis()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Everybody works Monday to Friday, 09:00 to 17:00 in Berlin; 8 hours to accept and to touch, due soon 2 hours before.
/// 2026-11-23 is a Monday.
fn world() -> World {
    let mut world = World::default();
    let stages = [
        ("qualified", Phase::Marketing, Some(7)),
        ("discovery", Phase::Sales, Some(30)),
        ("won", Phase::Sales, None),
        ("live", Phase::Service, None),
        ("nurture", Phase::Exit, None),
        ("lost", Phase::Exit, None),
    ];
    for (key, phase, rest_days) in stages {
        let entry = Conditions::default();
        let id = world.ids.key(key);
        let stage =
            Stage { id, key: key.into(), name: key.into(), phase, team: "".into(), entry, rest_days, set_aside: false };
        world.rules.stages.push(stage);
    }
    member(&mut world, "rita", "sales");
    member(&mut world, "ravi", "sales");
    member(&mut world, "mona", "marketing");
    world
}

fn key(world: &World, id: &str) -> Key {
    world.ids.find(id).unwrap()
}

/// A lead that came to its stage on Monday at 08:00.
fn at(world: &mut World, stage: &str) -> Opportunity {
    let mut one = lead(world, "lead");
    one.stage = stage.into();
    one.moves = vec![Move { at_ms: ms("2026-11-23T08:00"), stage: stage.into(), by: None }];
    one
}

fn decide(world: &mut World, kind: DecisionKind, member: &str, at: &str) -> Decision {
    let member = key(world, member);
    testing::decide(world, kind, "lead", member, ms(at))
}

fn happens(world: &mut World, kind: &str, direction: &str, owner: &str, at: &str) {
    let activity = Activity {
        key: world.ids.key(&format!("{kind} {owner} {at}")),
        kind: kind.into(),
        at_ms: ms(at),
        direction: direction.into(),
        subject: "".into(),
        account: None,
        person: None,
        opportunity: Some(world.ids.key("lead")),
        campaign: None,
        owner: world.ids.find(owner),
    };
    world.activities.put(activity);
}

fn clock(world: &World, one: &Opportunity, kind: ClockKind, now: &str) -> Option<Clock> {
    clocks(world, &Calendars::new(world), one, ms(now)).into_iter().find(|clock| clock.kind == kind)
}

/// State, hours left.
fn stands(world: &World, one: &Opportunity, kind: ClockKind, now: &str) -> Option<(ClockState, i64)> {
    clock(world, one, kind, now).map(|clock| (clock.state, clock.left_ms / HOUR_MS))
}

#[test]
fn an_offer_is_to_be_answered_within_working_hours_of_whom_it_is_offered_to() {
    let mut world = world();
    let mut one = at(&mut world, "qualified");
    assert_eq!(clock(&world, &one, ClockKind::Accept, "2026-11-26T10:00"), None, "nothing is offered");
    one.offered_to = Some(key(&world, "rita"));
    one.offered_ms = Some(ms("2026-11-26T16:00"));
    let due = clock(&world, &one, ClockKind::Accept, "2026-11-26T16:00").unwrap().due_ms;
    assert_eq!(due, ms("2026-11-27T16:00"), "an hour on Thursday, seven on Friday");
    let rows = [
        ("2026-11-26T16:00", (Running, 8)),
        ("2026-11-27T03:00", (Running, 7)),
        ("2026-11-27T14:00", (DueSoon, 2)),
        ("2026-11-27T16:00", (DueSoon, 0)),
        // Saturday and Sunday are not worked: an hour is left of Friday, one is gone of Monday.
        ("2026-11-30T10:00", (Overdue, -2)),
    ];
    for (now, expected) in rows {
        assert_eq!(stands(&world, &one, ClockKind::Accept, now), Some(expected), "{now}");
    }
}

#[test]
fn the_clock_of_an_absent_member_stands_still() {
    let mut world = world();
    let rita = key(&world, "rita");
    let absence = Absence { key: world.ids.key("ill"), member: rita, from: day("2026-11-24"), to: day("2026-11-25") };
    world.absences.put(absence);
    let mut one = at(&mut world, "qualified");
    (one.offered_to, one.offered_ms) = (Some(rita), Some(ms("2026-11-23T16:00")));
    assert_eq!(stands(&world, &one, ClockKind::Accept, "2026-11-24T08:00"), Some((Running, 7)));
    assert_eq!(stands(&world, &one, ClockKind::Accept, "2026-11-26T08:00"), Some((Running, 7)), "two days later");
    one.offered_to = Some(key(&world, "ravi"));
    assert_eq!(stands(&world, &one, ClockKind::Accept, "2026-11-26T08:00"), Some((Overdue, -9)), "Ravi is there");
}

/// Who an offer is made to: zone, working days, hours, public holidays. Empty: the policy's, Monday to Friday, 09:00 to 17:00 in
/// Berlin, without holidays.
type Rep = (&'static str, &'static [&'static str], &'static str, &'static str);

/// When an offer with eight hours to answer is due. Zones and their changes are those of the IANA database (2025b); where a
/// row's result follows from a public holiday, its law stands beside it.
#[test]
fn an_offer_is_due_after_eight_hours_of_work_wherever_the_rep_is() {
    const BERLIN: Rep = ("Europe/Berlin", &[], "", "");
    let rows: &[(Rep, &str, &str, &str)] = &[
        // Within a day; over the night; as the weekend begins; on it.
        (BERLIN, "2026-11-25T09:00+01:00", "2026-11-25T17:00+01:00", "a whole day"),
        (BERLIN, "2026-11-25T13:00+01:00", "2026-11-26T13:00+01:00", "over a night"),
        (BERLIN, "2026-11-27T17:00+01:00", "2026-11-30T17:00+01:00", "Friday, as work ends"),
        (BERLIN, "2026-11-27T16:59+01:00", "2026-11-30T16:59+01:00", "Friday, a minute before"),
        (BERLIN, "2026-11-28T03:00+01:00", "2026-11-30T17:00+01:00", "on Saturday"),
        // Weekends that begin on other days: Friday and Saturday (Saudi Arabia, since 2013), Friday afternoon (UAE, since 2022).
        (
            ("Asia/Riyadh", &["sun", "mon", "tue", "wed", "thu"], "", ""),
            "2026-11-26T17:00+03:00",
            "2026-11-29T17:00+03:00",
            "Thursday evening",
        ),
        (
            ("Asia/Dubai", &["mon", "tue", "wed", "thu"], "", ""),
            "2026-11-26T13:00+04:00",
            "2026-11-30T13:00+04:00",
            "Thursday noon",
        ),
        // Over the night on which the clocks change: Berlin 29 March and 25 October 2026, New York 8 March and 1 November,
        // Sydney 5 April and 4 October.
        (BERLIN, "2026-03-27T13:00+01:00", "2026-03-30T13:00+02:00", "to summer time"),
        (BERLIN, "2026-10-23T13:00+02:00", "2026-10-26T13:00+01:00", "to winter time"),
        (("America/New_York", &[], "", ""), "2026-03-06T13:00-05:00", "2026-03-09T13:00-04:00", "to daylight time"),
        (("America/New_York", &[], "", ""), "2026-10-30T13:00-04:00", "2026-11-02T13:00-05:00", "to standard time"),
        (("Australia/Sydney", &[], "", ""), "2026-04-03T13:00+11:00", "2026-04-06T13:00+10:00", "the southern autumn"),
        // On that night itself: from 00:00 to 08:00 there are seven hours on 29 March, and nine on 25 October.
        (
            ("Europe/Berlin", &["sun", "mon"], "00:00-08:00", ""),
            "2026-03-29T00:00+01:00",
            "2026-03-30T01:00+02:00",
            "an hour is left out",
        ),
        (
            ("Europe/Berlin", &["sun", "mon"], "00:00-08:00", ""),
            "2026-10-25T00:00+02:00",
            "2026-10-25T07:00+01:00",
            "an hour comes twice",
        ),
        // Half and three quarter hours from UTC.
        (("Asia/Kolkata", &[], "", ""), "2026-11-25T13:00+05:30", "2026-11-26T13:00+05:30", "half an hour"),
        (("Asia/Kathmandu", &[], "", ""), "2026-11-25T13:00+05:45", "2026-11-26T13:00+05:45", "three quarters"),
        // Without a zone, or with one that nobody knows: the policy's.
        (("", &[], "", ""), "2026-11-25T13:00+01:00", "2026-11-26T13:00+01:00", "no zone"),
        (("Middle/Earth", &[], "", ""), "2026-11-25T13:00+01:00", "2026-11-26T13:00+01:00", "no such zone"),
        // Holidays. Good Friday 3 April and Easter Monday 6 April 2026: all of Germany; Austria works on Good Friday (ARG § 7).
        (("Europe/Berlin", &[], "", "DE"), "2026-04-02T13:00+02:00", "2026-04-07T13:00+02:00", "Easter in Germany"),
        (
            ("Europe/Vienna", &[], "", "AT"),
            "2026-04-02T13:00+02:00",
            "2026-04-03T13:00+02:00",
            "Good Friday in Austria",
        ),
        (
            ("Europe/Vienna", &[], "", "AT"),
            "2026-04-03T13:00+02:00",
            "2026-04-07T13:00+02:00",
            "Easter Monday in Austria",
        ),
        // Corpus Christi 4 June 2026: Bayern (FTG Art. 1), not Berlin. Allerheiligen is a Sunday. Buß- und Bettag 18 November:
        // Sachsen only (SächsSFG § 1).
        (("Europe/Berlin", &[], "", "DE-BY"), "2026-06-03T13:00+02:00", "2026-06-05T13:00+02:00", "Corpus Christi"),
        (("Europe/Berlin", &[], "", "DE-BE"), "2026-06-03T13:00+02:00", "2026-06-04T13:00+02:00", "none in Berlin"),
        (("Europe/Berlin", &[], "", "DE-SN"), "2026-11-17T13:00+01:00", "2026-11-19T13:00+01:00", "Buß- und Bettag"),
        // Sechseläuten is no holiday; the national day 1 August 2027 is a Sunday, Ascension 14 May 2026 is one everywhere.
        (("Europe/Zurich", &[], "", "CH-ZH"), "2026-05-13T13:00+02:00", "2026-05-15T13:00+02:00", "Auffahrt"),
        // Independence Day 2026 is a Saturday, observed on Friday 3 July (5 U.S.C. § 6103(b)).
        (("America/New_York", &[], "", "US"), "2026-07-02T13:00-04:00", "2026-07-06T13:00-04:00", "Independence Day"),
        // Hours that are none are the policy's.
        (("Europe/Berlin", &[], "09:00-09:00", ""), "2026-11-25T13:00+01:00", "2026-11-26T13:00+01:00", "no hours"),
        (("Europe/Berlin", &["someday"], "", ""), "2026-11-27T13:00+01:00", "2026-11-30T13:00+01:00", "no days"),
    ];
    for ((zone, days, hours, region), offered, due, why) in rows {
        let mut world = world();
        let rita = key(&world, "rita");
        with_facts(&mut world, rita, |facts| {
            (facts.time_zone, facts.working_hours) = ((*zone).into(), (*hours).into());
            (facts.work_days, facts.holiday_region) =
                (days.iter().map(|day| (*day).into()).collect(), (*region).into());
        });
        let mut one = at(&mut world, "qualified");
        let moment = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").unwrap().timestamp_millis();
        (one.offered_to, one.offered_ms) = (Some(rita), Some(moment(offered)));
        let found = clock(&world, &one, ClockKind::Accept, "2026-11-26T10:00").unwrap().due_ms;
        let shown = DateTime::from_timestamp_millis(found).unwrap();
        assert_eq!(found, moment(due), "{why}: {zone} from {offered}, due {due}, found {shown}");
    }
}

/// Days off of one member: from, to; when an offer of Monday 16:00 is due.
#[test]
fn absences_move_what_is_due_and_nobody_waits_for_whoever_never_works() {
    type Row = (&'static [(&'static str, &'static str)], &'static str, &'static str);
    let rows: &[Row] = &[
        (&[("2026-11-24", "2026-11-24")], "2026-11-25T16:00", "a day"),
        (&[("2026-11-24", "2026-11-25"), ("2026-11-25", "2026-11-26")], "2026-11-27T16:00", "two that overlap"),
        (&[("2026-11-25", "2026-11-24")], "2026-11-24T16:00", "one that ends before it begins"),
        (&[("2026-11-23", "2026-11-23")], "2026-11-24T17:00", "the day of the offer"),
        (&[("2026-11-20", "2027-01-03")], "2027-01-04T17:00", "six weeks"),
        (&[("2020-01-01", "2099-12-31")], "2026-11-24T00:00", "for ever: eight hours on the wall"),
    ];
    for (absences, due, why) in rows {
        let mut world = world();
        let rita = key(&world, "rita");
        for (from, to) in *absences {
            let absence = Absence { key: world.ids.key(from), member: rita, from: day(from), to: day(to) };
            world.absences.put(absence);
        }
        let mut one = at(&mut world, "qualified");
        (one.offered_to, one.offered_ms) = (Some(rita), Some(ms("2026-11-23T16:00")));
        let found = clock(&world, &one, ClockKind::Accept, "2026-11-23T16:00").unwrap();
        assert_eq!(found.due_ms, ms(due), "{why}");
        assert!(found.left_ms > 0, "{why}");
        let later = clock(&world, &one, ClockKind::Accept, "2027-06-01T12:00").unwrap();
        assert!(later.state == Overdue && later.left_ms < 0, "{why}");
    }
}

/// The clock of somebody who was set aside is the policy's: an offer to them is not open for ever.
#[test]
fn the_clock_of_somebody_set_aside_goes_by_the_policy() {
    let mut world = world();
    let mut one = at(&mut world, "qualified");
    (one.offered_to, one.offered_ms) = (Some(world.ids.key("set aside")), Some(ms("2026-11-25T13:00")));
    assert_eq!(clock(&world, &one, ClockKind::Accept, "2026-11-26T10:00").unwrap().due_ms, ms("2026-11-26T13:00"));
}

#[test]
fn an_offer_whose_moment_nobody_wrote_down_runs_from_the_decision_or_the_stage() {
    let mut world = world();
    let mut one = at(&mut world, "qualified");
    one.offered_to = Some(key(&world, "rita"));
    let started = |world: &World, one: &Opportunity| clock(world, one, ClockKind::Accept, "2026-11-26T10:00").unwrap();
    assert_eq!(started(&world, &one).started_ms, ms("2026-11-23T08:00"), "since it came to the stage");
    decide(&mut world, DecisionKind::Offer, "rita", "2026-11-25T10:00");
    decide(&mut world, DecisionKind::Offer, "ravi", "2026-11-25T11:00");
    assert_eq!(started(&world, &one).started_ms, ms("2026-11-25T10:00"), "since it was offered to her");
}

#[test]
fn the_first_touch_is_what_somebody_of_sales_did_after_the_offer() {
    let mut world = world();
    let mut one = at(&mut world, "discovery");
    one.owner = Some(key(&world, "rita"));
    assert_eq!(clock(&world, &one, ClockKind::FirstTouch, "2026-11-24T12:00"), None, "nobody handed it over");
    decide(&mut world, DecisionKind::Offer, "rita", "2026-11-24T09:00");
    decide(&mut world, DecisionKind::Accept, "rita", "2026-11-24T11:00");
    let now = "2026-11-24T12:00";
    assert_eq!(
        stands(&world, &one, ClockKind::FirstTouch, now),
        Some((Running, 5)),
        "from the offer, not the acceptance"
    );
    happens(&mut world, "call", "outbound", "rita", "2026-11-23T10:00");
    happens(&mut world, "email", "inbound", "rita", "2026-11-24T10:00");
    happens(&mut world, "note", "", "rita", "2026-11-24T10:15");
    happens(&mut world, "email", "outbound", "mona", "2026-11-24T10:30");
    happens(&mut world, "meeting", "outbound", "rita", "2026-11-25T10:00");
    let is_met = |world: &World, now| clock(world, &one, ClockKind::FirstTouch, now).unwrap().met_ms;
    assert_eq!(is_met(&world, now), None, "before it, theirs, a note, marketing's, and one that is only planned");
    happens(&mut world, "call", "outbound", "ravi", "2026-11-24T11:30");
    let met = clock(&world, &one, ClockKind::FirstTouch, "2026-11-30T12:00").unwrap();
    assert_eq!((met.state, met.met_ms), (Met, Some(ms("2026-11-24T11:30"))));
    assert_eq!(met.left_ms, 5 * HOUR_MS + HOUR_MS / 2, "what was left when it was met");
}

#[test]
fn whoever_it_is_offered_to_next_begins_anew() {
    let mut world = world();
    let mut one = at(&mut world, "discovery");
    let starts = |world: &World, one: &Opportunity| {
        clock(world, one, ClockKind::FirstTouch, "2026-11-27T12:00").map(|clock| clock.started_ms)
    };
    decide(&mut world, DecisionKind::Offer, "rita", "2026-11-23T09:00");
    decide(&mut world, DecisionKind::Offer, "ravi", "2026-11-25T09:00");
    decide(&mut world, DecisionKind::Accept, "ravi", "2026-11-25T10:00");
    one.owner = Some(key(&world, "ravi"));
    assert_eq!(starts(&world, &one), Some(ms("2026-11-25T09:00")), "offered to Ravi, not when it was offered to Rita");
    decide(&mut world, DecisionKind::Return, "ravi", "2026-11-26T09:00");
    assert_eq!(starts(&world, &one), None, "given back");
    decide(&mut world, DecisionKind::Claim, "rita", "2026-11-26T15:00");
    assert_eq!(starts(&world, &one), Some(ms("2026-11-26T15:00")), "claimed");
    one.stage = "won".into();
    assert_eq!(starts(&world, &one), None, "decided");
}

#[test]
fn a_next_step_is_due_by_the_end_of_its_day_where_its_owner_is() {
    let mut world = world();
    let rita = key(&world, "rita");
    let mut facts = world.members.get(rita).unwrap().facts.clone();
    facts.time_zone = "America/New_York".into();
    world.members.put(crate::facts::Member { key: rita, facts });
    let mut one = at(&mut world, "discovery");
    one.next_step_date = Some(day("2026-11-25"));
    let rows = [("2026-11-24T23:00", Running), ("2026-11-25T00:00", DueSoon), ("2026-11-26T00:01", Overdue)];
    for (now, state) in rows {
        assert_eq!(
            stands(&world, &one, ClockKind::NextStep, now).map(|clock| clock.0),
            Some(state),
            "in Berlin, {now}"
        );
    }
    one.owner = Some(rita);
    let rows = [("2026-11-25T05:00", Running), ("2026-11-25T06:00", DueSoon), ("2026-11-26T05:59", DueSoon)];
    for (now, state) in rows {
        assert_eq!(
            stands(&world, &one, ClockKind::NextStep, now).map(|clock| clock.0),
            Some(state),
            "in New York, {now}"
        );
    }
    one.stage = "lost".into();
    assert_eq!(clock(&world, &one, ClockKind::NextStep, "2026-11-25T06:00"), None, "what is lost has no next step");
}

/// Berlin's 2026-10-25 has 25 hours: due soon is the day, not the 24 hours before its end.
#[test]
fn a_next_step_is_due_soon_all_of_its_day_also_when_that_is_longer() {
    let mut world = world();
    let mut one = at(&mut world, "discovery");
    one.next_step_date = Some(day("2026-10-25"));
    // 00:00 in summer time is 23:00 in winter time.
    assert_eq!(stands(&world, &one, ClockKind::NextStep, "2026-10-24T23:00"), Some((DueSoon, 25)));
    assert_eq!(stands(&world, &one, ClockKind::NextStep, "2026-10-24T22:59").map(|clock| clock.0), Some(Running));
}

#[test]
fn an_opportunity_may_rest_for_its_stage_s_days_also_those_off() {
    let mut world = world();
    let one = at(&mut world, "qualified");
    let rows = [
        ("2026-11-23T08:00", (Running, 168)),
        ("2026-11-29T08:00", (DueSoon, 24)),
        ("2026-11-30T08:00", (DueSoon, 0)),
        ("2026-12-01T08:00", (Overdue, -24)),
    ];
    for (now, expected) in rows {
        assert_eq!(stands(&world, &one, ClockKind::Rest, now), Some(expected), "{now}");
    }
    let won = at(&mut world, "won");
    assert_eq!(clock(&world, &won, ClockKind::Rest, "2026-12-01T08:00"), None, "no longest rest");
}

#[test]
fn a_nurtured_lead_comes_back_as_its_day_begins_and_a_lost_one_never() {
    let mut world = world();
    let mut one = at(&mut world, "nurture");
    one.return_on = Some(day("2026-12-01"));
    let back = |world: &World, one: &Opportunity, now| is_back(world, &Calendars::new(world), one, ms(now));
    assert!(!back(&world, &one, "2026-11-30T23:59"));
    assert!(back(&world, &one, "2026-12-01T00:00"));
    one.stage = "lost".into();
    assert!(!back(&world, &one, "2026-12-01T00:00"), "the day is from an earlier rest");
}

#[test]
fn a_customer_s_renewal_comes_up_unless_it_has_begun() {
    let mut world = world();
    let mut customer = at(&mut world, "live");
    customer.renewal_on = Some(day("2027-03-01"));
    // 90 days before 1 March 2027 is 1 December 2026.
    let due = clock(&world, &customer, ClockKind::Renewal, "2026-11-30T12:00").unwrap();
    assert_eq!((due.state, due.due_ms), (Running, ms("2026-12-01T00:00")));
    let mut child = lead(&mut world, "child");
    (child.parent, child.purchase, child.stage) = (Some(customer.key), "upsell".into(), "discovery".into());
    world.opportunities.put(child.clone());
    assert!(clock(&world, &customer, ClockKind::Renewal, "2026-12-02T12:00").is_some(), "an upsell is no renewal");
    child.purchase = "renewal".into();
    world.opportunities.put(child);
    assert_eq!(clock(&world, &customer, ClockKind::Renewal, "2026-12-02T12:00"), None);
}

#[test]
fn a_task_is_due_by_the_end_of_its_day_until_it_is_done() {
    let mut world = world();
    let mut one = Task {
        key: world.ids.key("task"),
        name: "".into(),
        kind: "promise".into(),
        opportunity: None,
        account: None,
        person: None,
        owner: None,
        due_on: Some(day("2026-11-25")),
        done_on: None,
        step: None,
    };
    let state = |one: &Task, now| task(&Calendars::new(&world), one, ms(now)).map(|clock| clock.state);
    assert_eq!(state(&one, "2026-11-25T23:59"), Some(DueSoon));
    assert_eq!(state(&one, "2026-11-26T00:01"), Some(Overdue));
    one.done_on = Some(day("2026-11-24"));
    assert_eq!(state(&one, "2026-11-26T00:01"), None);
}

#[test]
fn the_clock_overdue_longest_calls_loudest_and_one_that_is_met_not_at_all() {
    let clock = |kind, state, due_ms| Clock { kind, state, started_ms: 0, due_ms, left_ms: 0, met_ms: None };
    let all = [
        clock(ClockKind::FirstTouch, Met, 1),
        clock(ClockKind::Rest, DueSoon, 2),
        clock(ClockKind::NextStep, Overdue, 4),
        clock(ClockKind::Accept, Overdue, 3),
    ];
    assert_eq!(most_urgent(&all).map(|clock| clock.kind), Some(ClockKind::Accept));
    assert_eq!(most_urgent(&all[..2]).map(|clock| clock.kind), Some(ClockKind::Rest));
    assert_eq!(most_urgent(&all[..1]), None);
}

proptest! {
    /// A clock only ever goes on: later, no more is left, and what is overdue stays so.
    #[test]
    fn a_clock_never_runs_backwards(offered_min in 0_i64..20_000, now_min in 0_i64..40_000, later_min in 0_i64..20_000) {
        let mut world = world();
        let mut one = at(&mut world, "qualified");
        let start = ms("2026-11-23T00:00");
        (one.offered_to, one.offered_ms) = (Some(key(&world, "rita")), Some(start + offered_min * 60_000));
        one.next_step_date = Some(day("2026-12-03"));
        let calendars = Calendars::new(&world);
        let now_ms = start + now_min * 60_000;
        let before = clocks(&world, &calendars, &one, now_ms);
        let after = clocks(&world, &calendars, &one, now_ms + later_min * 60_000);
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!((before.kind, before.due_ms, before.started_ms), (after.kind, after.due_ms, after.started_ms));
            prop_assert!(after.left_ms <= before.left_ms && after.state <= before.state);
            prop_assert_eq!(after.state == Overdue, now_ms + later_min * 60_000 > after.due_ms);
        }
    }

    /// Records come in another order on another device; the clocks are the same.
    #[test]
    fn clocks_do_not_depend_on_the_order_in_which_records_are_read(
        order in Just((0_usize..6).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let read = |order: &[usize]| {
            let mut world = world();
            for row in order {
                match row {
                    0 => drop(decide(&mut world, DecisionKind::Offer, "rita", "2026-11-23T09:00")),
                    1 => drop(decide(&mut world, DecisionKind::Offer, "ravi", "2026-11-23T09:00")),
                    2 => drop(decide(&mut world, DecisionKind::Accept, "ravi", "2026-11-23T09:00")),
                    3 => happens(&mut world, "call", "outbound", "ravi", "2026-11-24T09:00"),
                    4 => happens(&mut world, "call", "outbound", "rita", "2026-11-24T09:00"),
                    _ => happens(&mut world, "email", "", "ravi", "2026-11-23T15:00"),
                }
            }
            let mut one = at(&mut world, "discovery");
            one.owner = Some(key(&world, "ravi"));
            clocks(&world, &Calendars::new(&world), &one, ms("2026-11-25T12:00"))
        };
        prop_assert_eq!(read(&order), read(&[0, 1, 2, 3, 4, 5]));
    }
}
