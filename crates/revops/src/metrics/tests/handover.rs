//! Speed to lead and the break meter.

use super::sketch::{Sketch, plain};
use crate::facts::DecisionKind::{Accept, Claim, Offer, Override, Return, Withdraw};
use crate::metrics::{ForgottenThen, MeterPoint, Period, Scope, find, metrics};

/// Working hours are Monday to Friday, 9 to 17 in Berlin: 8 to 16 in universal time in winter. 2 March 2026 is a Monday.
#[test]
fn an_offer_counts_by_the_working_time_until_sales_reaches_out() {
    let rows = [
        ("2026-03-02 09:00", Some("2026-03-02 09:05"), "speed/upto/5"),
        ("2026-03-02 09:00", Some("2026-03-02 09:06"), "speed/upto/30"),
        ("2026-03-02 09:00", Some("2026-03-02 10:00"), "speed/upto/60"),
        // Two minutes on Friday, three on Monday.
        ("2026-03-06 15:58", Some("2026-03-09 08:03"), "speed/upto/5"),
        ("2026-03-02 09:00", Some("2026-03-02 13:00"), "speed/upto/240"),
        ("2026-03-02 09:00", Some("2026-03-03 09:00"), "speed/upto/480"),
        ("2026-03-02 09:00", Some("2026-03-03 09:01"), "speed/longer"),
        ("2026-03-02 09:00", None, "speed/untouched"),
        // It has not happened yet.
        ("2026-03-02 09:00", Some("2026-05-02 09:01"), "speed/untouched"),
    ];
    for (offered, touched, number) in rows {
        let mut sketch = Sketch::new("2026-04-01 12:00");
        sketch.moved("lead", &[("qualified", "2026-03-01 09:00")], plain);
        sketch.decided("lead", Offer, offered, "sam", plain);
        // Neither marketing, nor the buyer, nor a note is sales reaching out.
        sketch.happened("lead", "email", offered, Some("mia"), plain);
        sketch.happened("lead", "email", offered, Some("sam"), |_, one| one.direction = "inbound".into());
        sketch.happened("lead", "note", offered, Some("sam"), plain);
        if let Some(touched) = touched {
            sketch.happened("lead", "call", touched, Some("sue"), plain);
        }
        assert_eq!(sketch.opens("2026-03-01", "2026-03-31", number), ["lead"], "{offered} {touched:?}");
        let speed = sketch.metrics("2026-03-01", "2026-03-31").speed;
        assert_eq!(speed.buckets.iter().map(|bucket| bucket.leads.count()).sum::<usize>(), 1, "{offered} {touched:?}");
        let before = sketch.metrics("2026-02-01", "2026-02-28").speed;
        assert_eq!(before.figures().map(|figure| figure.count()).sum::<usize>(), 0, "offered in March only");
    }
}

fn march(sketch: &Sketch) -> MeterPoint {
    let mut meter = sketch.metrics("2026-03-01", "2026-03-31").meter;
    assert_eq!(meter.len(), 1);
    meter.remove(0)
}

#[test]
fn what_came_into_sales_hands_counts_in_the_month_in_which_it_first_did() {
    let mut sketch = Sketch::new("2026-05-01 12:00");
    let in_february = [("qualified", "2026-02-01 09:00"), ("accepted", "2026-03-02 09:00")];
    sketch.moved("offered in February", &in_february, plain);
    sketch.decided("offered in February", Offer, "2026-02-27 09:00", "sam", plain);
    sketch.decided("offered in February", Accept, "2026-03-02 09:00", "sam", plain);
    sketch.moved("moved", &[("new", "2026-02-01 09:00"), ("proposal", "2026-03-03 09:00")], plain);
    sketch.moved(
        "nurtured",
        &[("new", "2026-01-01 09:00"), ("nurture", "2026-01-02 09:00"), ("accepted", "2026-03-04 09:00")],
        plain,
    );
    sketch.moved(
        "reopened",
        &[("new", "2026-01-01 09:00"), ("lost", "2026-01-02 09:00"), ("accepted", "2026-03-04 09:00")],
        plain,
    );
    sketch.moved("brought in", &[("accepted", "2026-03-05 09:00")], plain);
    for (id, member) in [("claimed", "sue"), ("claimed by marketing", "mia")] {
        sketch.moved(id, &[("new", "2026-02-01 09:00")], plain);
        sketch.decided(id, Claim, "2026-03-06 09:00", member, plain);
    }
    sketch.moved("withdrawn", &[("qualified", "2026-02-01 09:00")], plain);
    sketch.decided("withdrawn", Offer, "2026-03-07 09:00", "sam", plain);
    sketch.decided("withdrawn", Withdraw, "2026-03-08 09:00", "sam", plain);
    assert_eq!(sketch.ids(&march(&sketch).handed), ["claimed", "moved", "nurtured", "withdrawn"]);
    assert_eq!(sketch.opens("2026-02-01", "2026-02-28", "meter/2026-02/handed"), ["offered in February"]);
}

#[test]
fn a_lead_counts_as_given_back_in_the_month_in_which_it_was_handed_over() {
    let mut sketch = Sketch::new("2026-05-01 12:00");
    for (id, offered, returned) in [
        ("at once", "2026-03-02 09:00", Some("2026-03-03 09:00")),
        ("a month later", "2026-03-02 09:00", Some("2026-04-03 09:00")),
        ("kept", "2026-03-02 09:00", None),
        ("handed before", "2026-02-02 09:00", Some("2026-03-03 09:00")),
    ] {
        sketch.moved(id, &[("qualified", "2026-02-01 09:00")], plain);
        sketch.decided(id, Offer, offered, "sam", plain);
        if let Some(returned) = returned {
            sketch.decided(id, Return, returned, "sam", plain);
        }
    }
    // Given back, offered again, and kept: handed over twice, once in vain.
    sketch.decided("at once", Offer, "2026-03-20 09:00", "sue", plain);
    let point = march(&sketch);
    assert_eq!(sketch.ids(&point.handed), ["a month later", "at once", "kept"]);
    assert_eq!(sketch.ids(&point.returned), ["a month later", "at once"]);
}

#[test]
fn an_override_counts_where_it_let_a_lead_into_sales() {
    let mut sketch = Sketch::new("2026-05-01 12:00");
    let to = |stage: &'static str, rule: &'static str| {
        move |_: &mut crate::World, one: &mut crate::facts::Decision| {
            (one.stage, one.rules) = (stage.into(), vec![rule.into()]);
        }
    };
    let through =
        [("qualified", "2026-02-01 09:00"), ("accepted", "2026-03-02 09:00"), ("proposal", "2026-03-03 09:00")];
    sketch.moved("gate overridden", &[("qualified", "2026-02-01 09:00")], plain);
    sketch.decided("gate overridden", Override, "2026-03-02 09:00", "mia", to("qualified", "gate"));
    sketch.decided("gate overridden", Offer, "2026-03-02 09:00", "sam", plain);
    sketch.moved("moved all the same", &through, plain);
    sketch.decided("moved all the same", Override, "2026-03-02 09:00", "mia", to("accepted", "entry"));
    sketch.moved("its stage overridden", &[("new", "2026-02-01 09:00"), ("qualified", "2026-03-02 09:00")], plain);
    sketch.decided("its stage overridden", Override, "2026-03-02 09:00", "mia", to("qualified", "entry"));
    sketch.decided("its stage overridden", Offer, "2026-03-02 09:00", "sam", plain);
    sketch.moved("overridden later", &through, plain);
    sketch.decided("overridden later", Override, "2026-03-03 09:00", "sam", to("proposal", "entry"));
    // Offered as it should be, and accepted days later past a rule of the stage.
    sketch.moved("accepted past a rule", &[("qualified", "2026-02-01 09:00"), ("accepted", "2026-03-06 09:00")], plain);
    sketch.decided("accepted past a rule", Offer, "2026-03-02 09:00", "sam", plain);
    sketch.decided("accepted past a rule", Override, "2026-03-06 09:00", "sam", to("accepted", "entry"));
    // Left while it was offered, and offered again past the gate: two handovers, the second overridden.
    sketch.moved(
        "offered again",
        &[("qualified", "2026-02-01 09:00"), ("nurture", "2026-02-10 09:00"), ("qualified", "2026-03-02 09:00")],
        plain,
    );
    sketch.decided("offered again", Offer, "2026-02-02 09:00", "sam", plain);
    sketch.decided("offered again", Override, "2026-03-02 09:00", "mia", to("qualified", "gate"));
    sketch.decided("offered again", Offer, "2026-03-02 09:00", "sam", plain);
    // Made where sales works, past the gate.
    sketch.moved("made past the gate", &[("accepted", "2026-03-02 09:00")], plain);
    sketch.decided("made past the gate", Override, "2026-03-02 09:00", "sam", to("accepted", "gate"));
    let point = march(&sketch);
    assert_eq!(point.handed.count(), 7);
    let overridden =
        ["accepted past a rule", "gate overridden", "made past the gate", "moved all the same", "offered again"];
    assert_eq!(sketch.ids(&point.overridden), overridden);
}

#[test]
fn the_silent_gap_lies_between_marketings_last_and_sales_first_touch() {
    let mut sketch = Sketch::new("2026-05-01 12:00");
    for (id, first) in [("a", "2026-03-03 09:00"), ("b", "2026-03-05 09:00"), ("nobody called", "2026-06-01 09:00")] {
        sketch.moved(id, &[("qualified", "2026-02-01 09:00"), ("accepted", "2026-03-02 12:00")], plain);
        sketch.happened(id, "form", "2026-02-20 09:00", None, plain);
        sketch.happened(id, "email", "2026-03-02 09:00", Some("mia"), plain);
        sketch.happened(id, "call", first, Some("sam"), plain);
        // Marketing writes on: the gap is the one around the handover.
        sketch.happened(id, "email", "2026-03-02 18:00", Some("mia"), plain);
    }
    let point = march(&sketch);
    assert_eq!(sketch.ids(&point.gap), ["a", "b"]);
    // 24 and 72 hours.
    assert_eq!(point.gap_hours, Some(48.0));
}

#[test]
fn double_work_counts_among_the_leads_handed_over_and_forgotten_at_the_months_end() {
    let mut sketch = Sketch::new("2026-04-15 12:00");
    for id in ["handed", "other"] {
        sketch.moved(id, &[("qualified", "2026-02-01 09:00")], plain);
    }
    sketch.decided("handed", Offer, "2026-03-02 09:00", "sam", plain);
    sketch.moved("handed before it", &[("qualified", "2026-02-01 09:00")], plain);
    sketch.decided("handed before it", Offer, "2026-03-02 09:00", "sam", plain);
    let mut at = |id: &str, at: &str| (sketch.key(id), super::sketch::at(at));
    // March began at 23:00 UTC in Berlin; what happened before it is none of its business.
    let both = vec![
        at("handed", "2026-02-28 23:00"),
        at("handed before it", "2026-02-28 22:59"),
        at("other", "2026-03-09 09:00"),
    ];
    let other = sketch.key("other");
    let asked = std::cell::RefCell::new(Vec::<i64>::new());
    let forgotten_at = |ends: &[i64]| {
        asked.borrow_mut().extend(ends);
        ends.iter().map(|_| Some(ForgottenThen { open: 7, records: vec![other] })).collect()
    };
    let (point, found) = sketch.ask("2026-03-01", "2026-04-30", |scope| {
        let scope = Scope { double_work: &|_, _| both.clone(), forgotten_at: &forgotten_at, ..*scope };
        let mut meter = metrics(&scope, true).meter;
        assert_eq!(meter.iter().map(|one| one.month.as_str()).collect::<Vec<_>>(), ["2026-03", "2026-04"]);
        (meter.remove(0), find(&scope, "meter/2026-03/forgotten"))
    });
    assert_eq!(sketch.ids(&point.double), ["handed"]);
    assert_eq!((point.open, point.forgotten.clone()), (Some(7), found));
    // The last millisecond of March in Berlin; now, where the month is not over; and March alone for its own number.
    let end = super::sketch::at("2026-03-31 22:00") - 1;
    assert_eq!(*asked.borrow(), [end, super::sketch::at("2026-04-15 12:00"), end]);
}

#[test]
fn the_meter_shows_at_most_the_last_36_months_that_have_begun() {
    let day = super::sketch::day;
    let rows = [
        ("2026-01-15", "2026-03-10", "2026-12-31", 3, "2026-01-15", "2026-03-10"),
        // A month that is not over is whole.
        ("2026-01-01", "2026-12-31", "2026-02-03", 2, "2026-01-01", "2026-02-28"),
        ("2026-01-01", "2030-12-31", "2026-02-28", 2, "2026-01-01", "2026-02-28"),
        ("1990-01-01", "2026-12-31", "2026-12-31", 36, "2024-01-01", "2026-12-31"),
        ("2027-01-01", "2027-12-31", "2026-12-31", 0, "2026-01-01", "2026-01-01"),
        ("2026-03-10", "2026-03-01", "2026-12-31", 0, "2026-01-01", "2026-01-01"),
    ];
    for (from, to, today, count, first, last) in rows {
        let months = Period { from: day(from), to: day(to) }.months(day(today));
        assert_eq!(months.len(), count, "{from} to {to}");
        let ends = months.first().zip(months.last()).map(|((_, first), (_, last))| (first.from, last.to));
        assert_eq!(ends, (count > 0).then(|| (day(first), day(last))), "{from} to {to}");
    }
}
