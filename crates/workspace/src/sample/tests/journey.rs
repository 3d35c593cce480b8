//! Every feature of the revenue journey has something to show, whatever day of the week the sample is made on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, TimeDelta, Timelike};
use serde::de::DeserializeOwned;

use super::*;
use crate::api::{
    Brief, Feedback, ForgottenList, ForgottenQuery, GateInfo, LeadQuery, Metrics, MetricsQuery, QueueItem, Request,
    ReturnedPage, ReturnedQuery, RouteInfo, Settlement, Share, Today, TodayQuery,
};

/// The sample, made and asked at one moment.
struct Sample {
    engine: Engine,
    now_ms: i64,
    opportunities: BTreeMap<String, RecordInfo>,
}

impl Sample {
    fn ask<T: DeserializeOwned>(&self, question: &Request) -> T {
        let answer = self.engine.ask(question, self.now_ms).expect("an answer");
        serde_json::from_value(answer).expect("of this type")
    }

    fn lead(&self, name: &str) -> LeadQuery {
        LeadQuery { id: self.opportunity(name).id.clone(), as_of: None }
    }

    /// The opportunity whose name begins like this.
    fn opportunity(&self, name: &str) -> &RecordInfo {
        let found = self.opportunities.iter().find(|(title, _)| title.starts_with(name));
        found.map(|(_, record)| record).expect(name)
    }

    fn today(&self, member: &str) -> Vec<QueueItem> {
        let query = TodayQuery { member: Some(member.to_owned()), ..TodayQuery::default() };
        self.ask::<Today>(&Request::Today(query)).items
    }

    /// The days of a person by their first name.
    fn days(&self) -> BTreeMap<String, Vec<QueueItem>> {
        let people = all(&self.engine, "member").into_iter().filter(|member| text(member, "type") == "person");
        people.map(|one| (one.title.split(' ').next().unwrap_or_default().to_owned(), self.today(&one.id))).collect()
    }

    /// From half a year ago until today.
    fn half_a_year(&self) -> MetricsQuery {
        let today = DateTime::from_timestamp_millis(self.now_ms).expect("a moment").date_naive();
        let from = (today - TimeDelta::days(182)).to_string();
        MetricsQuery { from, to: today.to_string(), as_of: None, without_meter: false }
    }
}

type Check = fn(&Sample);

/// What is asked of the sample, whenever it is made.
const CHECKS: &[Check] = &[
    everybody_has_something_of_several_kinds_to_do,
    queues_show_offers_returns_and_what_comes_back,
    a_handful_is_forgotten,
    some_leads_pass_and_some_are_held_for_reasons,
    routing_has_reasons,
    two_claims_have_a_proposed_settlement,
    an_offer_was_withdrawn_and_made_to_another,
    feedback_has_the_words_of_the_reps,
    the_funnel_has_every_stage,
    leads_were_touched_fast_and_slowly,
    the_break_meter_moves,
    each_model_adds_up_to_the_revenue,
    goals_are_under_way,
    a_brief_is_complete,
    customers_are_onboarded_and_renewed,
    nobody_decides_at_night,
];

fn shows_every_feature(now: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let now_ms = DateTime::parse_from_rfc3339(now).expect("a moment").timestamp_millis();
    let engine = made(folder.path(), now_ms);
    let opportunities = all(&engine, "opportunity").into_iter().map(|one| (one.title.clone(), one)).collect();
    let sample = Sample { engine, now_ms, opportunities };
    CHECKS.iter().for_each(|check| check(&sample));
}

macro_rules! made {
    ($($name:ident: $now:literal)*) => {
        $(#[test]
        fn $name() {
            shows_every_feature($now);
        })*
    };
}

made! {
    made_on_a_sunday_it_shows_every_feature: "2027-02-28T00:05:00Z"
    made_on_a_monday_it_shows_every_feature: "2027-03-01T03:05:00Z"
    made_on_a_tuesday_it_shows_every_feature: "2027-03-02T06:05:00Z"
    made_on_a_wednesday_it_shows_every_feature: "2027-03-03T09:05:00Z"
    made_on_a_thursday_it_shows_every_feature: "2027-03-04T12:05:00Z"
    made_on_a_friday_it_shows_every_feature: "2027-03-05T15:05:00Z"
    made_on_a_saturday_it_shows_every_feature: "2027-03-06T18:05:00Z"
    made_between_the_years_it_shows_every_feature: "2026-12-29T00:05:00Z"
    made_on_new_year_it_shows_every_feature: "2027-01-01T12:00:00Z"
    made_after_easter_it_shows_every_feature: "2027-03-30T06:10:00Z"
    made_before_midnight_it_shows_every_feature: "2027-05-12T22:40:00Z"
    made_at_the_end_of_a_month_in_summer_it_shows_every_feature: "2027-07-31T15:20:00Z"
}

fn an_offer_was_withdrawn_and_made_to_another(sample: &Sample) {
    let cemvia = &sample.opportunity("Cemvia: Drehofen").id;
    let decisions = all(&sample.engine, "decision").into_iter();
    let of = decisions.filter(|one| one.fields["opportunity"]["id"] == cemvia.as_str());
    let mut told: Vec<(String, String)> =
        of.map(|one| (text(&one, "at").to_owned(), text(&one, "type").to_owned())).collect();
    told.sort();
    let told: Vec<&str> = told.iter().map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(told, ["offer", "withdraw", "offer", "accept"]);
}

fn everybody_has_something_of_several_kinds_to_do(sample: &Sample) {
    for (person, lines) in sample.days() {
        let kinds: BTreeSet<&str> = lines.iter().map(|line| line.what.as_str()).collect();
        assert!(lines.len() >= 4 && kinds.len() >= 3, "{person} has {} lines: {kinds:?}", lines.len());
        assert!(lines.iter().any(|line| matches!(line.when.as_str(), "overdue" | "today")), "{person} is at leisure");
    }
}

fn queues_show_offers_returns_and_what_comes_back(sample: &Sample) {
    let days = sample.days();
    let has = |person: &str, what: &str| days[person].iter().any(|line| line.what == what);
    let expected = [
        ("Ada", "settle"),
        ("Ada", "reroute"),
        ("Lena", "come_back"),
        ("Marek", "settle"),
        ("Nora", "onboard"),
        ("Nora", "renew"),
        ("Reto", "first_touch"),
        ("Timo", "offer"),
        ("Timo", "returned"),
    ];
    for (person, what) in expected {
        assert!(has(person, what), "{person} has no line “{what}”");
    }
    let states = |person: &str| -> Vec<&str> {
        let lines = days[person].iter().filter(|line| line.what == "accept");
        lines.filter_map(|line| line.clock.as_ref()).map(|clock| clock.state.as_str()).collect()
    };
    assert_eq!(states("Sophie"), ["overdue"], "offered to Sophie");
    assert_eq!(BTreeSet::from_iter(states("Reto")), BTreeSet::from(["due_soon", "running"]), "offered to Reto");
    let today = DateTime::from_timestamp_millis(sample.now_ms).expect("a moment").date_naive();
    let soon = today..=today + TimeDelta::days(9);
    let returns = sample.opportunities.values().filter(|one| text(one, "stage") == "nurture");
    let next_week = returns.filter(|one| text(one, "return_on").parse().is_ok_and(|day| soon.contains(&day)));
    assert!(next_week.count() > 0, "nothing comes back from nurture next week");
}

fn a_handful_is_forgotten(sample: &Sample) {
    let list: ForgottenList = sample.ask(&Request::Forgotten(ForgottenQuery::default()));
    let why: Vec<(&str, Vec<&str>)> =
        list.items.iter().map(|one| (&*one.title, one.why.iter().map(|why| &*why.code).collect())).collect();
    assert!((3..=12).contains(&list.total), "{} of {} are forgotten: {why:#?}", list.total, list.open);
    let codes: BTreeSet<&str> = why.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
    for code in ["forgotten_no_owner", "forgotten_no_step", "forgotten_step_overdue", "forgotten_offer_overdue"] {
        assert!(codes.contains(code), "nothing is forgotten for {code}");
    }
}

fn some_leads_pass_and_some_are_held_for_reasons(sample: &Sample) {
    let gate = |name: &str| sample.ask::<GateInfo>(&Request::Gate(sample.lead(name)));
    for name in ["Rottach: Servo", "Inntalkraft: Hilfs", "Cemvia: Kühler", "Steinacher: Nachr"] {
        let gate = gate(name);
        assert!(gate.passes, "{name} scores {}: {:?}", gate.score, gate.missing);
    }
    let overridden = gate("Bohemetal: forging");
    assert!(!overridden.passes && overridden.overrides == 1, "the gate was overridden for Bohemetal");
    for name in ["Backfrisch: Froster", "Klinikum Elbaue: Lüftung", "Spreeglas: Gebläse der Wanne 2"] {
        let gate = gate(name);
        assert!(!gate.passes && !gate.missing.is_empty(), "{name} passes");
    }
    let stale = gate("Salzkristall: Mischer");
    assert!(stale.criteria.iter().any(|one| one.stale), "every answer about Salzkristall is fresh");
    let by: BTreeSet<String> = all(&sample.engine, "answer")
        .iter()
        .filter_map(|answer| answer.fields["owner"]["title"].as_str().map(str::to_owned))
        .collect();
    for member in ["Qualifier", "Lena Brunner", "Timo Vogt", "Reto Amstutz"] {
        assert!(by.contains(member), "{member} has answered nothing");
    }
}

fn routing_has_reasons(sample: &Sample) {
    let route: RouteInfo = sample.ask(&Request::Route(sample.lead("Inntalkraft: Hilfs")));
    assert_eq!(route.rule.map(|rule| rule.name).as_deref(), Some("Österreich und Tschechien"));
    assert_eq!(route.chosen.map(|member| member.title).as_deref(), Some("Sophie Lindner"));
    let marek = route.candidates.iter().find(|one| one.member.title == "Marek Havel").expect("Marek is in the pool");
    assert!(marek.reasons.iter().any(|reason| reason.code == "route_absent"), "{:?}", marek.reasons);
    let route: RouteInfo = sample.ask(&Request::Route(sample.lead("Rottach: Servo")));
    let codes: BTreeSet<&str> =
        route.candidates.iter().flat_map(|one| &one.reasons).map(|reason| reason.code.as_str()).collect();
    for code in ["route_territory", "route_let_it_lie", "route_record", "route_owns_account"] {
        assert!(codes.contains(code), "no candidate for Rottach has {code}: {codes:?}");
    }
    assert!(route.candidates.iter().any(|one| !one.similar.is_empty()), "no similar customers");
}

fn two_claims_have_a_proposed_settlement(sample: &Sample) {
    let settlement: Option<Settlement> = sample.ask(&Request::Settlement(sample.lead("Bohemetal: forging")));
    let settlement = settlement.expect("two have claimed it");
    assert_eq!(settlement.proposed.title, "Marek Havel");
    assert_eq!(settlement.claims.len(), 2);
    assert!(settlement.claims.iter().all(|claim| claim.rank.is_some()), "{:?}", settlement.claims);
}

fn feedback_has_the_words_of_the_reps(sample: &Sample) {
    let feedback: Feedback = sample.ask(&Request::Feedback(sample.half_a_year()));
    let MetricsQuery { from, to, .. } = sample.half_a_year();
    let all = ReturnedQuery { from, to, as_of: None, text: None, rules: Vec::new(), offset: 0, limit: None };
    let returned: ReturnedPage = sample.ask(&Request::Returned(all));
    assert!(returned.leads.len() >= 4, "{} leads were given back", returned.total);
    for one in &returned.leads {
        let title = &one.opportunity.title;
        assert!(one.evidence.len() > 40 && one.reason.is_some() && one.criterion.is_some(), "{title}: {one:?}");
        assert!(one.by.is_some() && one.campaign.is_some(), "{title}: {one:?}");
    }
    let worked = |row: &&crate::api::FeedbackRow| row.leads.count > 0 && row.passed.count > 0 && row.cost.is_some();
    assert!(feedback.campaigns.iter().filter(worked).count() >= 5, "{:?}", feedback.campaigns);
    let won: Vec<&str> =
        feedback.campaigns.iter().filter(|row| row.won.count > 0).map(|row| row.title.as_str()).collect();
    assert!(won.len() >= 3, "won through {won:?} only");
    assert!(feedback.sources.iter().filter(|row| row.returned.count > 0).count() >= 2, "{:?}", feedback.sources);
    let criteria = &feedback.criteria;
    assert!(criteria.iter().filter(|one| one.said_yes.count > 0).count() >= 5, "{criteria:?}");
    assert!(criteria.iter().filter(|one| one.wrong.count > 0).count() >= 3, "{criteria:?}");
    assert!(criteria.iter().filter(|one| one.contradicted.count > 0).count() >= 3, "{criteria:?}");
}

fn the_funnel_has_every_stage(sample: &Sample) {
    let metrics: Metrics = sample.ask(&Request::Metrics(sample.half_a_year()));
    let stages: Vec<&str> = metrics.funnel.iter().map(|stage| stage.stage.as_str()).collect();
    assert_eq!(stages, STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>());
    for stage in &metrics.funnel {
        assert!(stage.entered.count > 0, "nothing came to {}", stage.stage);
        assert!(stage.resting.count > 0, "nothing stands at {}", stage.stage);
    }
    let process = metrics.funnel.iter().filter(|stage| stage.phase != "exit" && stage.stage != "renewal");
    for stage in process.filter(|stage| stage.stage != "live") {
        assert!(stage.converted.count > 0 && stage.median_days.is_some(), "nothing went on from {}", stage.stage);
    }
    let velocity = metrics.velocity;
    assert!(velocity.win_rate.is_some_and(|rate| (0.4..0.9).contains(&rate)), "{velocity:?}");
    assert!(!velocity.per_day.is_empty() && velocity.cycle_days.is_some(), "{velocity:?}");
}

fn leads_were_touched_fast_and_slowly(sample: &Sample) {
    let speed = sample.ask::<Metrics>(&Request::Metrics(sample.half_a_year())).speed;
    assert!(speed.median_minutes.is_some_and(|minutes| (30.0..600.0).contains(&minutes)), "{speed:?}");
    let filled = speed.buckets.iter().filter(|bucket| bucket.leads.count > 0).count();
    assert!(filled + 1 >= speed.buckets.len(), "{speed:?}");
}

fn the_break_meter_moves(sample: &Sample) {
    let meter = sample.ask::<Metrics>(&Request::Metrics(sample.half_a_year())).meter;
    let months: Vec<_> = meter.iter().filter(|month| month.handed.count > 0).collect();
    assert!(months.len() >= 3, "{meter:?}");
    assert!(months.iter().filter(|month| month.gap_hours.is_some()).count() >= 2, "{months:?}");
    for (what, count) in [
        ("returned", months.iter().map(|month| month.returned.count).sum::<u32>()),
        ("overridden", months.iter().map(|month| month.overridden.count).sum()),
        ("double", months.iter().map(|month| month.double.count).sum()),
    ] {
        let handed: u32 = months.iter().map(|month| month.handed.count).sum();
        assert!(count > 0 && 4 * count < handed, "{what}: {count} of {handed}");
    }
    for month in months {
        let (forgotten, open) = (month.forgotten.as_ref().map_or(0, |one| one.count), month.open.unwrap_or(0));
        assert!(2 * forgotten < open, "{}: {forgotten} of {open} forgotten", month.month);
    }
}

fn each_model_adds_up_to_the_revenue(sample: &Sample) {
    let metrics: Metrics = sample.ask(&Request::Metrics(sample.half_a_year()));
    let hundredths = |amount: f64| (amount * 100.0).round() as i64;
    let sum = |shares: &[Share]| shares.iter().map(|share| hundredths(share.amount)).sum::<i64>();
    let models: BTreeSet<&str> = metrics.attribution.iter().map(|one| one.model.as_str()).collect();
    assert_eq!(models, BTreeSet::from(["first", "last", "linear", "position"]));
    for one in &metrics.attribution {
        let total = hundredths(metrics.revenue[&one.currency]);
        for shares in [&one.teams, &one.campaigns, &one.sources] {
            assert_eq!(sum(shares), total, "{} in {}", one.model, one.currency);
        }
        if one.model == "position" {
            let teams: BTreeSet<&str> = one.teams.iter().map(|share| share.key.as_str()).collect();
            assert!(teams.is_superset(&BTreeSet::from(["marketing", "sales"])), "{teams:?} in {}", one.currency);
            assert!(one.campaigns.iter().filter(|share| !share.key.is_empty()).count() >= 3, "{:?}", one.campaigns);
        }
    }
}

fn goals_are_under_way(sample: &Sample) {
    let goals = sample.ask::<Metrics>(&Request::Metrics(sample.half_a_year())).goals;
    assert_eq!(goals.len(), 3);
    for goal in goals {
        let share = goal.won / goal.amount;
        assert!((0.2..=0.95).contains(&share), "{}: {share}", goal.goal.title);
        assert!((0.2..0.9).contains(&goal.elapsed) && goal.open > 0.0, "{goal:?}");
        assert!(goal.teams.len() >= 2, "{}: {:?}", goal.goal.title, goal.teams);
    }
}

fn a_brief_is_complete(sample: &Sample) {
    let brief: Brief = sample.ask(&Request::Brief(sample.lead("Hafenkran: Hubwerke")));
    let said = [
        ("an account", usize::from(brief.account.is_some())),
        ("people", brief.people.len()),
        ("what happened", brief.happened.len()),
        ("a promise", brief.promises.len()),
        ("a risk", brief.risks.len()),
        ("similar customers", brief.similar.len()),
        ("reasons of lost ones", brief.lost_because.len()),
        ("clocks", brief.clocks.len()),
        ("pages", brief.pages.len()),
    ];
    for (what, count) in said {
        assert!(count > 0, "the brief has no {what}");
    }
    assert!(brief.people.iter().any(|one| one.last_touch.is_some()), "nobody there was ever touched");
    let unknown: Brief = sample.ask(&Request::Brief(sample.lead("Backfrisch: Froster")));
    assert!(!unknown.unknown.is_empty(), "nothing is unknown about Backfrisch");
    let customer: Brief = sample.ask(&Request::Brief(sample.lead("Kolonia: Halle 2")));
    assert!(customer.promises.len() >= 2 && !customer.risks.is_empty(), "{:?}", customer.promises);
}

fn customers_are_onboarded_and_renewed(sample: &Sample) {
    let tasks = all(&sample.engine, "task");
    let of = |kind: &'static str| tasks.iter().filter(move |task| text(task, "type") == kind);
    for kind in ["onboarding", "promise", "task"] {
        let done = of(kind).filter(|task| !text(task, "done_on").is_empty()).count();
        assert!(done > 0 && done < of(kind).count(), "{kind}: {done} of {} done", of(kind).count());
    }
    assert!(of("onboarding").all(|task| task.fields["step"]["id"].is_string()), "an onboarding task has no step");
    let customers = sample.opportunities.values().filter(|one| text(one, "stage") == "onboarding");
    for customer in customers {
        let mine = of("onboarding").filter(|task| task.fields["opportunity"]["id"] == customer.id.as_str());
        assert_eq!(mine.count(), 5, "steps of {}", customer.title);
    }
    let renewals: Vec<_> = sample.opportunities.values().filter(|one| text(one, "type") == "renewal").collect();
    let is_open = |one: &&&RecordInfo| matches!(text(one, "stage"), "discovery" | "proposal" | "negotiation");
    assert!(renewals.iter().filter(is_open).count() >= 2, "no renewal is under way");
    for renewal in renewals {
        assert!(renewal.fields["parent"]["id"].is_string(), "{} renews nothing", renewal.title);
    }
}

fn nobody_decides_at_night(sample: &Sample) {
    for kind in ["answer", "decision"] {
        for record in all(&sample.engine, kind) {
            let at = DateTime::parse_from_rfc3339(text(&record, "at")).expect("a moment");
            let local = at.with_timezone(&chrono_tz::Europe::Zurich);
            assert!((8..18).contains(&local.hour()), "{kind} at {local}: {:?}", record.fields);
            assert!(local.weekday().number_from_monday() < 6, "{kind} on a {local}: {:?}", record.fields);
            assert!(at.timestamp_millis() < sample.now_ms, "{kind} lies in the future: {:?}", record.fields);
        }
    }
}
