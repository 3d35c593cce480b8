use proptest::prelude::*;

use super::sketch::{Sketch, day, plain};
use crate::Text;
use crate::metrics::{Attribution, Model, Share, divide};

use Model::{First, Last, Linear, Position};

/// By hand from the models: 40/20/40 for position-based, a hundredth that is left over to the part that lost most.
#[test]
fn a_value_is_divided_as_the_model_says() {
    let rows: &[(i64, usize, Model, &[i64])] = &[
        (10_000, 3, First, &[10_000, 0, 0]),
        (10_000, 3, Last, &[0, 0, 10_000]),
        (10_000, 3, Linear, &[3_334, 3_333, 3_333]),
        (10_001, 3, Linear, &[3_334, 3_334, 3_333]),
        (10_000, 1, Position, &[10_000]),
        (10_000, 2, Position, &[5_000, 5_000]),
        (1, 2, Position, &[1, 0]),
        (10_000, 3, Position, &[4_000, 2_000, 4_000]),
        (10_000, 4, Position, &[4_000, 1_000, 1_000, 4_000]),
        // 40.4 · 6.73 · 6.73 · 6.73 · 40.4: the three in the middle lost most.
        (101, 5, Position, &[40, 7, 7, 7, 40]),
        // A credit note.
        (-100, 3, Linear, &[-33, -33, -34]),
        (10_000, 0, Linear, &[]),
    ];
    for (value, count, model, parts) in rows {
        assert_eq!(divide(*value, *count, *model), *parts, "{value} among {count} by {model:?}");
    }
}

proptest! {
    /// Each part is what the model says but for less than a hundredth, and together they are the value.
    #[test]
    fn parts_add_up_to_the_hundredth(value in any::<i64>(), count in 1_usize..60, model in prop::sample::select(&Model::ALL[..])) {
        let parts = divide(value, count, model);
        prop_assert_eq!(parts.len(), count);
        prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(value));
        let all: i128 = (0..count).map(|place| model.weight(place, count)).sum();
        for (place, part) in parts.iter().enumerate() {
            let off = i128::from(*part) * all - i128::from(value) * model.weight(place, count);
            prop_assert!(off.abs() < all, "part {} of {} is {}", place, value, part);
        }
    }
}

/// A form through a campaign, a call by sales, a note, a meeting, and a call after the close.
fn won() -> Sketch {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    sketch.campaign("fair", None);
    sketch.made("deal", "won", |world, deal| {
        (deal.value, deal.currency) = (Some(10_000), "EUR".into());
        (deal.close_date, deal.owner) = (Some(day("2026-03-10")), world.ids.find("sam"));
        deal.source = "event".into();
    });
    // Sales' own inbox received it, but the campaign brought it.
    sketch
        .happened("deal", "form", "2026-02-01 09:00", Some("sam"), |world, one| one.campaign = world.ids.find("fair"));
    sketch.happened("deal", "call", "2026-02-02 09:00", Some("sam"), plain);
    sketch.happened("deal", "note", "2026-02-03 09:00", Some("vic"), plain);
    // The last minute of the day on which it closed, in Berlin.
    sketch.happened("deal", "meeting", "2026-03-10 22:59", Some("sue"), plain);
    sketch.happened("deal", "call", "2026-03-10 23:00", Some("vic"), plain);
    sketch
}

pub(super) fn amounts(shares: &[Share<Text>]) -> Vec<(&str, i128)> {
    shares.iter().map(|share| (&*share.of, share.amount)).collect()
}

fn by(all: &[Attribution], model: Model) -> (Vec<(&str, i128)>, usize) {
    let one = all.iter().find(|one| one.model == model).unwrap();
    (one.teams.iter().map(|share| (&*share.of, share.amount)).collect(), one.campaigns.len())
}

#[test]
fn touches_until_the_end_of_the_closing_day_are_credited_to_their_teams_and_campaigns() {
    let sketch = won();
    let all = sketch.metrics("2026-03-01", "2026-03-31").attribution;
    assert_eq!(by(&all, First), (vec![("marketing", 10_000)], 1));
    assert_eq!(by(&all, Last), (vec![("sales", 10_000)], 1));
    assert_eq!(by(&all, Linear), (vec![("sales", 6_666), ("marketing", 3_334)], 2));
    assert_eq!(by(&all, Position), (vec![("sales", 6_000), ("marketing", 4_000)], 2));
    assert!(all.iter().all(|one| one.total == 10_000 && amounts(&one.sources) == [("event", 10_000)]), "{all:?}");
    assert!(all.iter().all(|one| one.untouched.count() == 0), "{all:?}");
}

#[test]
fn a_form_that_nobody_owns_is_marketings_and_a_call_that_nobody_owns_is_nobodys() {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    sketch.made("deal", "won", |_, deal| (deal.value, deal.close_date) = (Some(300), Some(day("2026-03-10"))));
    sketch.happened("deal", "visit", "2026-02-01 09:00", None, plain);
    sketch.happened("deal", "call", "2026-02-02 09:00", None, plain);
    sketch.happened("deal", "form", "2026-02-03 09:00", Some("sam"), |_, one| one.direction = "outbound".into());
    let all = sketch.metrics("2026-03-01", "2026-03-31").attribution;
    assert_eq!(by(&all, Linear).0, [("", 100), ("marketing", 100), ("sales", 100)]);
}

#[test]
fn what_was_won_without_a_touch_goes_to_whoever_closed_it_and_says_so() {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    sketch.campaign("fair", None);
    let steps = [("new", "2026-01-05 09:00"), ("won", "2026-03-10 09:00"), ("live", "2026-04-01 09:00")];
    sketch.moved("deal", &steps, |world, deal| {
        (deal.value, deal.campaign) = (Some(500), world.ids.find("fair"));
        deal.owner = world.ids.find("vic");
        deal.moves[1].by = world.ids.find("sue");
    });
    let all = sketch.metrics("2026-03-01", "2026-03-31").attribution;
    for one in &all {
        assert_eq!(amounts(&one.teams), [("sales", 500)], "{:?}", one.model);
        let campaigns: Vec<_> = one.campaigns.iter().map(|share| (share.of, share.amount)).collect();
        assert_eq!(campaigns, [(sketch.world.ids.find("fair"), 500)], "{:?}", one.model);
        assert_eq!(sketch.ids(&one.untouched), ["deal"]);
    }
    assert_eq!(sketch.opens("2026-03-01", "2026-03-31", "attribution/untouched/"), ["deal"]);
}
