//! Goals, the funnel and velocity.

use super::sketch::{Sketch, day, plain};
use crate::facts::Goal;
use crate::metrics::{Metrics, find};

fn goal(sketch: &mut Sketch, id: &str, from: &str, to: &str, amount: i64) {
    let key = sketch.key(id);
    let (from, to) = (day(from), day(to));
    sketch.world.goals.put(Goal { key, name: id.into(), from, to, amount, currency: "EUR".into() });
}

fn deal(sketch: &mut Sketch, id: &str, stage: &str, close: &str, value: i64, currency: &str) {
    sketch.made(id, stage, |_, deal| {
        (deal.close_date, deal.value, deal.currency) = (Some(day(close)), Some(value), currency.into());
    });
}

#[test]
fn a_goal_counts_what_was_won_within_its_days_in_its_currency() {
    let mut sketch = Sketch::new("2027-01-15 23:00");
    goal(&mut sketch, "january", "2027-01-01", "2027-01-31", 1_000);
    goal(&mut sketch, "next year", "2028-01-01", "2028-12-31", 1_000);
    deal(&mut sketch, "first day", "won", "2026-12-31", 7, "EUR");
    for (id, stage, close, value, currency) in [
        ("a", "won", "2027-01-01", 100, "EUR"),
        ("b", "live", "2027-01-31", 50, "EUR"),
        ("c", "churned", "2027-01-05", 100, "EUR"),
        ("after", "won", "2027-02-01", 100, "EUR"),
        ("francs", "won", "2027-01-05", 100, "CHF"),
        ("lost", "lost", "2027-01-05", 100, "EUR"),
        ("open", "proposal", "2027-01-20", 30, "EUR"),
        ("open, marketing's", "new", "2027-01-31", 20, "EUR"),
        ("open, later", "proposal", "2027-02-20", 30, "EUR"),
    ] {
        sketch.moved(id, &[(stage, "2027-02-01 08:00")], |_, deal| {
            (deal.close_date, deal.value, deal.currency) = (Some(day(close)), Some(value), currency.into());
        });
    }
    let goals = sketch.metrics("2027-01-10", "2027-03-31").goals;
    assert_eq!(goals.len(), 1, "next year's has no day in the period");
    let january = &goals[0];
    assert_eq!(sketch.ids(&january.won_records), ["a", "b", "c"]);
    assert_eq!(january.won, 250);
    assert_eq!(sketch.ids(&january.open_records), ["open", "open, marketing's"]);
    assert_eq!(january.open, 50);
    // In Berlin it is the first moment of the 16th: 15 of 31 days have passed.
    assert_eq!(january.elapsed, 15.0 / 31.0);
    assert_eq!(january.teams.iter().map(|share| share.amount).sum::<i128>(), january.won);
    assert_eq!(sketch.opens("2027-01-10", "2027-03-31", "goal/next year/won"), [""; 0]);
}

/// The stages an opportunity came to and when, its close date, and the day on which it counts as won.
type Closing<'a> = (&'a str, &'a [(&'a str, &'a str)], Option<&'a str>, Option<&'a str>);

#[test]
fn an_opportunity_is_won_on_its_close_date_or_when_it_came_to_be_won() {
    // Midnight in Berlin is 22:00 in summer.
    let late = [("new", "2026-03-01 09:00"), ("won", "2026-04-30 22:30"), ("live", "2026-06-01 09:00")];
    let rows: &[Closing<'_>] = &[
        ("close date", &late, Some("2026-04-15"), Some("2026-04-15")),
        ("no close date", &late, None, Some("2026-05-01")),
        ("closed earlier than expected", &late, Some("2026-09-30"), Some("2026-05-01")),
        ("the same day", &late, Some("2026-05-01"), Some("2026-05-01")),
        ("brought in", &[("won", "2026-07-01 09:00")], Some("2017-04-15"), Some("2017-04-15")),
        ("brought in without a date", &[("won", "2026-07-01 09:00")], None, None),
    ];
    for (name, steps, close, expected) in rows {
        let mut sketch = Sketch::new("2027-01-01 12:00");
        sketch.moved("deal", steps, |_, deal| deal.close_date = close.map(day));
        let is_won = |on: &str| sketch.opens(on, on, "won") == ["deal"];
        match expected {
            Some(expected) => assert!(is_won(expected), "{name}"),
            None => assert!(sketch.opens("1970-01-01", "2099-12-31", "won").is_empty(), "{name}"),
        }
    }
}

/// Entered, converted, resting and median days of a stage.
fn stage(sketch: &Sketch, metrics: &Metrics, stage: &str) -> (String, String, String, Option<f64>) {
    let one = metrics.funnel.iter().find(|one| &*one.stage == stage).unwrap();
    let ids = |figure| sketch.ids(figure).join(" ");
    (ids(&one.entered), ids(&one.converted), ids(&one.resting), one.median_days)
}

#[test]
fn the_funnel_counts_what_came_to_a_stage_and_what_went_on() {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    let on = |day: &str| format!("2026-{day} 09:00");
    let mut moved = |id: &str, steps: &[(&str, &str)]| {
        let steps: Vec<(&str, String)> = steps.iter().map(|(stage, when)| (*stage, on(when))).collect();
        let steps: Vec<(&str, &str)> = steps.iter().map(|(stage, when)| (*stage, when.as_str())).collect();
        sketch.moved(id, &steps, plain);
    };
    moved("through", &[("new", "03-02"), ("qualified", "03-04"), ("accepted", "04-04"), ("won", "05-01")]);
    moved("skips", &[("new", "03-03"), ("proposal", "03-09")]);
    moved("leaves", &[("new", "03-05"), ("nurture", "03-06")]);
    moved("stays", &[("new", "03-31")]);
    moved("comes back", &[("qualified", "03-01"), ("new", "03-11"), ("qualified", "03-21"), ("lost", "03-22")]);
    moved("before", &[("new", "02-28"), ("qualified", "03-10")]);
    moved("made later", &[("proposal", "03-15")]);
    let metrics = sketch.metrics("2026-03-01", "2026-03-31");
    let of = |name| stage(&sketch, &metrics, name);
    let text = |a: &str, b: &str, c: &str, d| (a.to_owned(), b.to_owned(), c.to_owned(), d);
    // Stays: 2, 6, 1 and 10 days; “stays” is still there.
    let new = text("comes back leaves skips stays through", "comes back skips through", "stays", Some(4.0));
    assert_eq!(of("new"), new);
    // Stays: 31, 10 and 1 days; “before” is still there.
    assert_eq!(of("qualified"), text("before comes back through", "through", "before", Some(10.0)));
    // An exit is no way on; what comes to an exit comes to no later stage.
    assert_eq!(of("nurture"), text("leaves", "", "leaves", None));
    assert_eq!(of("proposal"), text("made later skips", "", "made later skips", None));
    assert_eq!(of("accepted"), text("", "", "", None));
    assert_eq!(sketch.opens("2026-03-01", "2026-03-31", "funnel/converted/qualified"), ["through"]);
}

#[test]
fn what_was_brought_in_came_to_its_stage_on_the_day_its_dates_say() {
    let mut sketch = Sketch::new("2027-06-01 12:00");
    sketch.made("won", "won", |_, one| one.close_date = Some(day("2017-03-05")));
    sketch.made("lost", "lost", |_, one| one.close_date = Some(day("2017-03-31")));
    sketch.made("open", "proposal", |_, one| one.opened_on = Some(day("2017-03-01")));
    sketch.made("no dates", "proposal", plain);
    sketch.made("expected", "won", |_, one| one.close_date = Some(day("2027-03-05")));
    // Without history, as when only the record is known.
    sketch.moved("no history", &[], |_, one| {
        (one.stage, one.created_ms) = ("proposal".into(), super::sketch::at("2017-03-02 09:00"));
    });
    let opens = |from, to, number| sketch.opens(from, to, number);
    assert_eq!(opens("2017-03-01", "2017-03-31", "funnel/entered/won"), ["won"]);
    assert_eq!(opens("2017-03-01", "2017-03-31", "funnel/entered/lost"), ["lost"]);
    assert_eq!(opens("2017-03-01", "2017-03-31", "funnel/entered/proposal"), ["no history", "open"]);
    assert_eq!(opens("2026-12-31", "2026-12-31", "funnel/entered/proposal"), ["no dates"]);
    assert_eq!(opens("2026-12-31", "2026-12-31", "funnel/entered/won"), ["expected"]);
}

/// Velocity by hand: 4 open × 2 of 3 won × €300 ÷ 20 days = €40 a day.
#[test]
fn velocity_is_open_times_win_rate_times_average_value_by_length_of_the_cycle() {
    let mut sketch = Sketch::new("2027-06-01 12:00");
    for (id, opened, value) in [("short", "2026-03-01", 20_000), ("long", "2026-02-09", 40_000)] {
        sketch.made(id, "won", |_, one| {
            (one.opened_on, one.close_date) = (Some(day(opened)), Some(day("2026-03-11")));
            (one.value, one.currency) = (Some(value), "EUR".into());
        });
    }
    deal(&mut sketch, "lost", "lost", "2026-03-31", 99, "EUR");
    deal(&mut sketch, "lost before", "lost", "2026-02-28", 99, "EUR");
    for n in 0..4 {
        sketch.made(&format!("open {n}"), if n == 0 { "new" } else { "proposal" }, plain);
    }
    let velocity = sketch.metrics("2026-03-01", "2026-03-31").velocity;
    assert_eq!((velocity.open.count(), velocity.won.count(), velocity.lost.count()), (4, 2, 1));
    assert_eq!((velocity.win_rate, velocity.cycle_days), (Some(2.0 / 3.0), Some(20.0)));
    assert_eq!(velocity.average.get("EUR"), Some(&30_000.0));
    assert!((velocity.per_day["EUR"] - 4_000.0).abs() < 1e-6, "{velocity:?}");
}

#[test]
fn with_two_currencies_each_has_its_own_revenue_per_day() {
    let mut sketch = Sketch::new("2027-06-01 12:00");
    for (id, currency, value) in [("a", "EUR", 10_000), ("b", "CHF", 50_000)] {
        sketch.made(id, "won", |_, one| {
            (one.opened_on, one.close_date) = (Some(day("2026-03-01")), Some(day("2026-03-11")));
            (one.value, one.currency) = (Some(value), currency.into());
        });
    }
    sketch.made("open", "proposal", plain);
    let velocity = sketch.metrics("2026-03-01", "2026-03-31").velocity;
    // One open, won for certain, half of them in each currency, ten days.
    assert_eq!((velocity.per_day["EUR"], velocity.per_day["CHF"]), (500.0, 2_500.0));
    assert_eq!((velocity.average["EUR"], velocity.average["CHF"]), (10_000.0, 50_000.0));
}

#[test]
fn without_anything_decided_there_is_no_rate_and_no_velocity() {
    let mut sketch = Sketch::new("2027-06-01 12:00");
    sketch.made("open", "proposal", plain);
    let velocity = sketch.metrics("2026-03-01", "2026-03-31").velocity;
    assert_eq!((velocity.win_rate, velocity.cycle_days, velocity.per_day.len()), (None, None, 0));
}

#[test]
fn a_name_that_nobody_knows_opens_nothing() {
    let mut sketch = Sketch::new("2027-06-01 12:00");
    goal(&mut sketch, "g", "2026-01-01", "2026-12-31", 5);
    for number in [
        "",
        "won/much",
        "goal",
        "goal/g",
        "goal/h/won",
        "funnel/entered/nowhere",
        "velocity/speed",
        "speed/upto/6",
        "meter/2026-13/gap",
        "meter/2027-03/gap",
        "meter/2026-03/forgotten",
        "attribution/untouched/USD",
        "attribution/deals/USD",
        "feedback",
        "feedback/campaign/none/leads",
        "feedback/criterion/g/wrong",
        "feedback/returned/twice",
    ] {
        assert_eq!(sketch.ask("2026-03-01", "2026-03-31", |scope| find(scope, number)), None, "{number}");
    }
}

#[test]
fn what_is_opened_on_the_day_on_which_it_is_made_came_when_it_was_made() {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    let steps = [("new", "2026-03-05 18:00"), ("qualified", "2026-03-05 19:12")];
    sketch.moved("made now", &steps, |_, one| one.opened_on = Some(day("2026-03-05")));
    let median = |sketch: &Sketch| sketch.metrics("2026-03-01", "2026-03-31").funnel[0].median_days;
    assert_eq!(median(&sketch), Some(0.05));
    // One that was opened before its record was made has waited since.
    sketch.moved("made now", &steps, |_, one| one.opened_on = Some(day("2026-03-03")));
    assert!(median(&sketch).is_some_and(|days| days > 2.0));
}
