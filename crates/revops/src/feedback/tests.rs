#![allow(clippy::unwrap_used)]

use super::{Origin, returned};
use crate::facts::DecisionKind::{Accept, Claim, Offer, Return};
use crate::facts::{Decision, Opportunity};
use crate::metrics::tests::sketch::{Sketch, day, plain};
use crate::rules::{Conditions, Criterion};
use crate::{Verdict, World};

/// Leads of March: `fair` has one of each fate.
fn march() -> Sketch {
    let mut sketch = Sketch::new("2026-06-01 12:00");
    sketch.campaign("fair", Some(120_000));
    sketch.campaign("unheard", Some(5_000));
    let of_fair = |world: &mut World, one: &mut Opportunity| {
        one.campaign = world.ids.find("fair");
        one.source = "event".into();
        one.opened_on = Some(day("2026-03-05"));
    };
    for id in ["resting", "offered", "accepted", "claimed", "returned", "returned twice"] {
        sketch.moved(id, &[("qualified", "2026-03-05 09:00")], of_fair);
    }
    sketch.decided("offered", Offer, "2026-03-06 09:00", "sam", plain);
    for id in ["accepted", "returned", "returned twice"] {
        sketch.decided(id, Offer, "2026-03-06 09:00", "sam", plain);
        sketch.decided(id, Accept, "2026-03-07 09:00", "sam", plain);
    }
    sketch.decided("claimed", Claim, "2026-03-07 09:00", "sue", plain);
    give_back(&mut sketch, "returned", "no_budget", "2026-03-09 09:00");
    give_back(&mut sketch, "returned twice", "no_budget", "2026-03-08 09:00");
    give_back(&mut sketch, "returned twice", "no_need", "2026-04-20 09:00");
    sketch.moved(
        "won",
        &[("new", "2026-03-05 09:00"), ("accepted", "2026-03-06 09:00"), ("won", "2026-05-05 09:00")],
        |world, one| {
            of_fair(world, one);
            (one.value, one.currency) = (Some(90_000), "EUR".into());
        },
    );
    sketch.made("lost elsewhere", "lost", |_, one| one.opened_on = Some(day("2026-03-31")));
    sketch.made("before", "new", |_, one| one.opened_on = Some(day("2026-02-28")));
    sketch.made("upsell", "new", |world, one| {
        of_fair(world, one);
        one.purchase = "upsell".into();
    });
    sketch
}

fn give_back(sketch: &mut Sketch, lead: &str, reason: &str, when: &str) {
    sketch.decided(lead, Return, when, "sam", |world: &mut World, one: &mut Decision| {
        one.reason = Some(world.ids.key(reason));
        one.criterion = Some(world.ids.key("budget"));
        one.evidence = "They have no money until May.".into();
    });
}

const MARCH: (&str, &str) = ("2026-03-01", "2026-03-31");

#[test]
fn a_campaigns_row_says_what_became_of_its_leads() {
    let sketch = march();
    let feedback = sketch.feedback(MARCH.0, MARCH.1);
    let row = &feedback.campaigns[0];
    assert_eq!(row.origin, Origin::Campaign(sketch.world.ids.find("fair")));
    assert_eq!(row.leads.count(), 7);
    assert_eq!(sketch.ids(&row.passed), ["accepted", "claimed", "offered", "returned", "returned twice", "won"]);
    assert_eq!(sketch.ids(&row.accepted), ["accepted", "claimed", "returned", "returned twice", "won"]);
    assert_eq!(sketch.ids(&row.returned), ["returned", "returned twice"]);
    let reasons: Vec<_> = row.reasons.iter().map(|one| (sketch.world.id(one.reason), sketch.ids(&one.leads))).collect();
    assert_eq!(reasons, [("no_budget", vec!["returned", "returned twice"]), ("no_need", vec!["returned twice"])]);
    assert_eq!(sketch.ids(&row.won), ["won"]);
    assert_eq!(row.revenue, [("EUR".into(), 90_000)].into());
    assert_eq!((row.cost, &*row.cost_currency), (Some(120_000), "EUR"));
    assert_eq!(sketch.opens(MARCH.0, MARCH.1, "feedback/campaign/fair/returned/no_need"), ["returned twice"]);
}

#[test]
fn campaigns_that_brought_nothing_have_a_row_and_leads_without_one_come_last() {
    let sketch = march();
    let feedback = sketch.feedback(MARCH.0, MARCH.1);
    let of = |name| Origin::Campaign(sketch.world.ids.find(name));
    let origins: Vec<&Origin> = feedback.campaigns.iter().map(|row| &row.origin).collect();
    assert_eq!(origins, [&of("fair"), &of("unheard"), &Origin::Campaign(None)]);
    assert_eq!(sketch.opens(MARCH.0, MARCH.1, "feedback/campaign//leads"), ["lost elsewhere"]);
    // Nobody knows its story, but only sales loses.
    assert_eq!(sketch.opens(MARCH.0, MARCH.1, "feedback/source//accepted"), ["lost elsewhere"]);
    let sources: Vec<&Origin> = feedback.sources.iter().map(|row| &row.origin).collect();
    assert_eq!(sources, [&Origin::Source("event".into()), &Origin::Source("".into())]);
}

#[test]
fn every_return_of_the_period_stands_with_the_words_of_the_rep_newest_first() {
    let sketch = march();
    let told = sketch.ask(MARCH.0, MARCH.1, returned);
    let leads: Vec<&str> = told.iter().map(|one| sketch.world.id(one.opportunity)).collect();
    assert_eq!(leads, ["returned", "returned twice"]);
    let first = &told[0];
    assert_eq!(&*first.evidence, "They have no money until May.");
    let named = [first.by, first.reason, first.criterion, first.campaign].map(|key| sketch.world.id(key.unwrap()));
    assert_eq!(named, ["sam", "no_budget", "budget", "fair"]);
    // In April only the second time counts.
    let april = sketch.feedback("2026-04-01", "2026-04-30");
    assert_eq!(sketch.ids(&april.returned), ["returned twice"]);
    assert_eq!(sketch.ask("2026-04-01", "2026-04-30", returned).len(), 1);
}

#[test]
fn a_criterion_was_wrong_where_it_said_yes_and_the_lead_came_back_or_was_lost() {
    let mut sketch = march();
    let key = sketch.key("budget");
    let rule = Some(Conditions::parse(r#"[{"activity":["form"],"within_days":30}]"#).unwrap());
    let text = |text: &str| crate::Text::from(text);
    let (default_key, name, question, family) = (text(""), text("Budget"), text("?"), text("budget"));
    let criterion =
        Criterion { key, default_key, name, question, family, weight: 1, required: false, fresh_days: None, rule };
    sketch.world.rules.criteria.push(criterion);
    for id in ["returned", "won", "accepted"] {
        sketch.happened(id, "form", "2026-03-05 10:00", None, plain);
    }
    // It came after the lead was handed over: the criterion said no then.
    sketch.happened("returned twice", "form", "2026-03-20 10:00", None, plain);
    let feedback = sketch.feedback(MARCH.0, MARCH.1);
    let budget = &feedback.criteria[0];
    // “accepted” is not decided.
    assert_eq!(sketch.ids(&budget.said_yes), ["returned", "won"]);
    assert_eq!(sketch.ids(&budget.wrong), ["returned"]);
    assert_eq!(sketch.ids(&budget.contradicted), ["returned", "returned twice"]);
    assert_eq!(sketch.opens(MARCH.0, MARCH.1, "feedback/criterion/budget/wrong"), ["returned"]);
}

#[test]
fn an_answer_by_hand_counts_as_it_stood_when_the_lead_was_handed_over() {
    let mut sketch = march();
    let key = sketch.key("budget");
    let text = |text: &str| crate::Text::from(text);
    let (default_key, name, question, family) = (text(""), text("Budget"), text("?"), text("budget"));
    let criterion = Criterion {
        key,
        default_key,
        name,
        question,
        family,
        weight: 1,
        required: false,
        fresh_days: None,
        rule: None,
    };
    sketch.world.rules.criteria.push(criterion);
    // As `return` does: the answer is no from then on.
    for (n, (verdict, when)) in
        [(Verdict::Yes, "2026-03-05 10:00"), (Verdict::No, "2026-03-09 09:00")].into_iter().enumerate()
    {
        let (key, opportunity, criterion) =
            (sketch.key(&format!("answer {n}")), sketch.key("returned"), sketch.key("budget"));
        let at_ms = crate::metrics::tests::sketch::at(when);
        let evidence = text("");
        sketch.world.answers.put(crate::facts::Answer {
            key,
            opportunity,
            criterion,
            verdict,
            evidence,
            at_ms,
            by: None,
        });
    }
    assert_eq!(sketch.opens(MARCH.0, MARCH.1, "feedback/criterion/budget/wrong"), ["returned"]);
}
