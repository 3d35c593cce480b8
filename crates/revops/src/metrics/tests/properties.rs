//! What holds of any workspace, whatever was written to it and in whatever order it was read.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::attribution::amounts;
use super::sketch::{at, day, stages};
use crate::World;
use crate::calendar::Calendars;
use crate::clocks::touch_between;
use crate::facts::{Account, Activity, Decision, DecisionKind, Goal, Key, Move, Person, Text};
use crate::feedback::{Feedback, Origin, feedback, returned};
use crate::judged::Moments;
use crate::metrics::touches::Touches;
use crate::metrics::{Attribution, Figure, ForgottenThen, Metrics, Period, Scope, Share, find, metrics};
use crate::rules::Thens;
use crate::rules::{Conditions, Criterion};
use crate::testing::{account, lead, member};

const MEMBERS: [(&str, &str); 5] =
    [("mia", "marketing"), ("sam", "sales"), ("sue", "sales"), ("vic", "service"), ("rob", "")];
const STAGES: [&str; 9] = ["new", "qualified", "accepted", "proposal", "won", "live", "nurture", "lost", "elsewhere"];
const KINDS: [&str; 6] = ["form", "visit", "call", "email", "meeting", "note"];

/// A record, as small numbers: each is told apart by its place in the list.
#[derive(Debug, Clone)]
enum Record {
    Opportunity {
        steps: Vec<(usize, i64)>,
        value: Option<i64>,
        currency: usize,
        close: Option<u64>,
        opened: Option<u64>,
        place: usize,
        owner: usize,
        origin: usize,
    },
    Activity {
        kind: usize,
        minutes: i64,
        direction: usize,
        about: usize,
        owner: usize,
        campaign: bool,
    },
    Decision {
        kind: usize,
        minutes: i64,
        lead: usize,
        member: usize,
        stage: usize,
        reason: usize,
    },
}

/// The first of the days on which anything happens.
fn first_ms() -> i64 {
    at("2026-01-01 00:00")
}

fn date(days: u64) -> chrono::NaiveDate {
    day("2026-01-01") + chrono::Days::new(days)
}

/// Records of four months, to be looked at after three.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let minutes = || 0_i64..120 * 24 * 60;
    let steps = vec((0..STAGES.len(), minutes()), 0..5);
    let dates = (prop::option::of(0_u64..120), prop::option::of(0_u64..120));
    let value = prop::option::weighted(0.8, prop_oneof![0_i64..100_000, -500_i64..500]);
    let opportunity = (steps, value, 0_usize..2, dates, 0_usize..3, 0_usize..6, 0_usize..3).prop_map(
        |(mut steps, value, currency, (close, opened), place, owner, origin)| {
            steps.sort_by_key(|(_, minutes)| *minutes);
            Record::Opportunity { steps, value, currency, close, opened, place, owner, origin }
        },
    );
    let activity = (0..KINDS.len(), minutes(), 0_usize..3, 0_usize..9, 0_usize..6, any::<bool>()).prop_map(
        |(kind, minutes, direction, about, owner, campaign)| {
            // Hours, so that several fall on one moment.
            Record::Activity { kind, minutes: minutes / 60 * 60, direction, about, owner, campaign }
        },
    );
    let decision = (0_usize..6, minutes(), 0_usize..12, 0_usize..5, 0..STAGES.len(), 0_usize..3).prop_map(
        |(kind, minutes, lead, member, stage, reason)| Record::Decision { kind, minutes, lead, member, stage, reason },
    );
    (vec(opportunity, 0..12), vec(activity, 0..40), vec(decision, 0..25))
        .prop_map(|(one, two, three)| one.into_iter().chain(two).chain(three).collect())
}

/// The world of records that were read in some order: the first `turned` of them last.
fn world(records: &[Record], turned: usize) -> World {
    let mut world = World::default();
    let turned = turned % (records.len() + 1);
    let (first, rest) = records.split_at(turned);
    let order: Vec<usize> = (turned..turned + rest.len()).chain(0..first.len()).collect();
    let rules_first = !turned.is_multiple_of(2);
    if rules_first {
        rules(&mut world);
    }
    for place in order {
        if let Some(record) = records.get(place) {
            put(&mut world, record, place);
        }
    }
    if !rules_first {
        rules(&mut world);
    }
    world
}

/// What every one of these worlds has.
fn rules(world: &mut World) {
    stages(world);
    for (id, team) in MEMBERS {
        member(world, id, team);
    }
    for n in 0..3 {
        let made = account(world, &format!("account {n}"));
        world.accounts.put(Account { employees: Some(i64::from(n) * 100), ..made });
        let (key, account) = (world.ids.key(&format!("person {n}")), world.ids.find(&format!("account {n}")));
        let text = || Text::from("");
        let (name, job_title, seniority, language) = (text(), text(), text(), text());
        let own_fields = Vec::new();
        world.people.put(Person {
            key,
            name,
            account,
            job_title,
            seniority,
            language,
            do_not_contact: false,
            own_fields,
        });
    }
    for (id, from, to) in [("q1", 0, 89), ("january", 0, 30), ("later", 200, 300)] {
        let key = world.ids.key(id);
        world.goals.put(Goal {
            key,
            name: id.into(),
            from: date(from),
            to: date(to),
            amount: 1_000,
            currency: "EUR".into(),
        });
    }
    for (id, rule) in [
        ("interest", r#"[{"activity":["form","meeting"],"direction":"inbound"}]"#),
        ("size", r#"[{"field":"account.employees","op":"over","value":50}]"#),
    ] {
        let key = world.ids.key(id);
        let rule = Some(Conditions::parse(rule).unwrap());
        let (name, family): (Text, Text) = (id.into(), "fit".into());
        let (default_key, question) = (Text::from(""), Text::from(""));
        world.rules.criteria.push(Criterion {
            key,
            default_key,
            name,
            question,
            family,
            weight: 1,
            required: false,
            fresh_days: None,
            rule,
        });
    }
}

fn put(world: &mut World, record: &Record, place: usize) {
    match record {
        Record::Opportunity { steps, value, currency, close, opened, place: at_account, owner, origin } => {
            let mut one = lead(world, &format!("lead {place}"));
            one.moves = steps
                .iter()
                .map(|(stage, minutes)| Move { at_ms: ms(*minutes), stage: STAGES[*stage].into(), by: None })
                .collect();
            one.stage = one.moves.last().map_or_else(|| STAGES[place % STAGES.len()].into(), |step| step.stage.clone());
            one.created_ms = one.moves.first().map_or(first_ms(), |step| step.at_ms);
            (one.value, one.currency) = (*value, ["EUR", "CHF"][*currency].into());
            (one.close_date, one.opened_on) = (close.map(date), opened.map(date));
            one.account = Some(world.ids.key(&format!("account {at_account}")));
            one.people = vec![(world.ids.key(&format!("person {at_account}")), "".into())];
            one.owner = MEMBERS.get(*owner).map(|(id, _)| world.ids.key(id));
            one.source = ["", "event", "website"][*origin].into();
            one.campaign = (*origin > 0).then(|| world.ids.key(&format!("campaign {origin}")));
            world.opportunities.put(one);
        }
        Record::Activity { kind, minutes, direction, about, owner, campaign } => {
            let one = Activity {
                key: world.ids.key(&format!("activity {place}")),
                kind: KINDS[*kind].into(),
                at_ms: ms(*minutes),
                direction: ["", "inbound", "outbound"][*direction].into(),
                subject: "".into(),
                account: (*about < 6).then(|| world.ids.key(&format!("account {}", about % 3))),
                person: (*about < 3).then(|| world.ids.key(&format!("person {}", about % 3))),
                opportunity: (*about > 4).then(|| world.ids.key(&format!("lead {}", about % 5))),
                campaign: campaign.then(|| world.ids.key("campaign 2")),
                owner: MEMBERS.get(*owner).map(|(id, _)| world.ids.key(id)),
            };
            world.activities.put(one);
        }
        Record::Decision { kind, minutes, lead, member, stage, reason } => {
            use DecisionKind::{Accept, Claim, Offer, Override, Return, Withdraw};
            let one = Decision {
                key: world.ids.key(&format!("decision {place}")),
                kind: [Offer, Accept, Return, Claim, Override, Withdraw][*kind],
                opportunity: world.ids.key(&format!("lead {lead}")),
                member: Some(world.ids.key(MEMBERS[*member].0)),
                stage: STAGES[*stage].into(),
                reason: (*reason > 0).then(|| world.ids.key(&format!("reason {reason}"))),
                criterion: (*reason > 1).then(|| world.ids.key("interest")),
                rules: if *reason > 0 { vec!["gate".into()] } else { Vec::new() },
                evidence: "".into(),
                score: None,
                at_ms: ms(*minutes),
                by: None,
            };
            world.decisions.put(one);
        }
    }
}

fn ms(minutes: i64) -> i64 {
    first_ms() + minutes * 60_000
}

/// Asks a world about days, counted from the first of January, at the end of March.
fn ask<T>(world: &World, (from, to): (u64, u64), compute: impl FnOnce(&Scope<'_>) -> T) -> T {
    let calendars = Calendars::new(world);
    let open = || world.opportunities.iter().filter(|one| world.rules.is_open(&one.stage));
    let double_work = |_, until_ms| open().map(|one| (one.key, until_ms)).collect();
    let then = |at_ms: &i64| {
        let records: Vec<Key> = open().filter(|one| one.created_ms < *at_ms).map(|one| one.key).collect();
        Some(ForgottenThen { open: records.len(), records })
    };
    let forgotten_at = |ends: &[i64]| ends.iter().map(then).collect();
    compute(&Scope {
        world,
        calendars: &calendars,
        period: Period { from: date(from), to: date(to) },
        now_ms: at("2026-03-31 12:00"),
        double_work: &double_work,
        forgotten_at: &forgotten_at,
        then: &|_: &Moments<'_>| Thens::default(),
    })
}

fn all(world: &World, period: (u64, u64)) -> (Metrics, Feedback) {
    ask(world, period, |scope| (metrics(scope, true), feedback(scope)))
}

fn ids(world: &World, figure: &Figure) -> Vec<String> {
    figure.records(world).into_iter().map(|key| world.id(key).to_owned()).collect()
}

/// Everything that is computed, in ids instead of keys.
fn told(world: &World, period: (u64, u64)) -> Vec<String> {
    let (metrics, feedback) = all(world, period);
    let id = |key: Key| world.id(key).to_owned();
    let campaign = |one: &Share<Option<Key>>| (one.of.map(id), one.amount);
    let figures = metrics.figures().chain(feedback.figures());
    let mut told: Vec<String> = figures.map(|one| format!("{} {:?}", one.number, ids(world, one))).collect();
    told.extend(
        metrics
            .goals
            .iter()
            .map(|one| format!("{} {} {} {} {:?}", id(one.goal), one.won, one.open, one.elapsed, amounts(&one.teams))),
    );
    told.extend(metrics.attribution.iter().map(|one| {
        let campaigns: Vec<_> = one.campaigns.iter().map(campaign).collect();
        format!(
            "{:?} {} {} {:?} {:?} {:?}",
            one.model,
            one.currency,
            one.total,
            amounts(&one.teams),
            campaigns,
            amounts(&one.sources)
        )
    }));
    told.extend(metrics.funnel.iter().map(|one| format!("{} {:?}", one.stage, one.median_days)));
    let velocity = &metrics.velocity;
    told.push(format!(
        "{:?} {:?} {:?} {:?}",
        velocity.win_rate, velocity.cycle_days, velocity.average, velocity.per_day
    ));
    told.push(format!("{:?} {:?}", metrics.speed.median_minutes, metrics.revenue));
    told.extend(metrics.meter.iter().map(|one| format!("{} {:?} {:?}", one.month, one.gap_hours, one.open)));
    told.extend(feedback.campaigns.iter().chain(&feedback.sources).map(|row| match &row.origin {
        Origin::Campaign(key) => format!("{:?} {:?} {:?}", key.map(id), row.revenue, row.cost),
        Origin::Source(source) => format!("{source} {:?}", row.revenue),
    }));
    told.extend(ask(world, period, returned).iter().map(|one| format!("{} {}", id(one.opportunity), one.at_ms)));
    told
}

fn is_part(world: &World, part: &Figure, whole: &Figure) -> Result<(), TestCaseError> {
    for record in part.records(world) {
        prop_assert!(whole.counts(record), "{} is in {} and not in {}", world.id(record), part.number, whole.number);
    }
    Ok(())
}

fn sum<K>(parts: &[Share<K>]) -> i128 {
    parts.iter().map(|share| share.amount).sum()
}

fn period() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![select(vec![(0, 89), (0, 364), (31, 58), (50, 40)]), (0_u64..100, 0_u64..130)]
}

proptest! {
    #[test]
    fn a_number_counts_the_records_it_opens(records in records(), period in period()) {
        let world = world(&records, 0);
        let (metrics, feedback) = all(&world, period);
        let mut names = BTreeMap::new();
        for figure in metrics.figures().chain(feedback.figures()) {
            prop_assert_eq!(names.insert(figure.number.clone(), figure.count()), None, "{} is there twice", figure.number);
            let ids = ids(&world, figure);
            prop_assert!(ids.is_sorted_by(|one, next| one < next), "{}: {:?}", figure.number, ids);
            let found = ask(&world, period, |scope| find(scope, &figure.number));
            let found = found.map(|found| found.records(&world));
            prop_assert_eq!(found.as_ref().map(Vec::len), Some(figure.count()), "{}", figure.number);
            prop_assert_eq!(found, Some(figure.records(&world)), "{}", figure.number);
        }
    }

    #[test]
    fn numbers_do_not_depend_on_the_order_in_which_records_are_read(
        records in records(), period in period(), turned in 1_usize..100,
    ) {
        let (one, other) = (world(&records, 0), world(&records, turned));
        prop_assert_eq!(told(&one, period), told(&other, period));
    }

    #[test]
    fn parts_of_the_revenue_add_up_to_it(records in records(), period in period()) {
        let world = world(&records, 0);
        let (metrics, _) = all(&world, period);
        for Attribution { model, currency, total, teams, campaigns, sources, .. } in &metrics.attribution {
            let revenue = metrics.revenue.get(currency).copied().unwrap_or(0);
            let sums = (*total, sum(teams), sum(campaigns), sum(sources));
            prop_assert_eq!(sums, (revenue, revenue, revenue, revenue), "{:?} in {}", model, currency);
        }
        let won = metrics.won.records(&world).into_iter().filter_map(|key| world.opportunities.get(key)?.value);
        prop_assert_eq!(metrics.revenue.values().sum::<i128>(), won.map(i128::from).sum::<i128>());
        for goal in &metrics.goals {
            prop_assert_eq!(sum(&goal.teams), goal.won, "{}", world.id(goal.goal));
        }
    }

    #[test]
    fn a_part_lies_within_its_whole(records in records(), period in period()) {
        let world = world(&records, 0);
        let (metrics, feedback) = all(&world, period);
        for stage in &metrics.funnel {
            is_part(&world, &stage.converted, &stage.entered)?;
        }
        for month in &metrics.meter {
            for part in [&month.gap, &month.returned, &month.overridden, &month.double] {
                is_part(&world, part, &month.handed)?;
            }
        }
        prop_assert_eq!(metrics.won.records(&world), metrics.velocity.won.records(&world));
        for row in feedback.campaigns.iter().chain(&feedback.sources) {
            is_part(&world, &row.passed, &row.leads)?;
            is_part(&world, &row.accepted, &row.passed)?;
            is_part(&world, &row.returned, &row.passed)?;
            is_part(&world, &row.won, &row.leads)?;
            for reason in &row.reasons {
                is_part(&world, &reason.leads, &row.returned)?;
            }
        }
        for criterion in &feedback.criteria {
            is_part(&world, &criterion.wrong, &criterion.said_yes)?;
        }
        let leads = |rows: &[crate::feedback::FeedbackRow]| rows.iter().map(|row| row.leads.count()).sum::<usize>();
        prop_assert_eq!(leads(&feedback.campaigns), leads(&feedback.sources));
    }

    /// One pass over all activities finds for each opportunity what its story says.
    #[test]
    fn touches_are_those_of_the_story(records in records()) {
        let world = world(&records, 0);
        let touches = Touches::of_world(&world);
        let mut found = Vec::new();
        for opportunity in world.opportunities.iter() {
            touches.of(opportunity, i64::MAX, &mut found);
            let story = world.story_of(opportunity).into_iter().filter(|one| World::is_touch(one)).map(|one| one.key);
            prop_assert_eq!(found.iter().map(|touch| touch.key).collect::<Vec<_>>(), story.collect::<Vec<_>>());
            let first = found.iter().find(|touch| touch.by_sales && touch.at_ms >= ms(30_000)).map(|touch| touch.key);
            prop_assert_eq!(first, touch_between(&world, opportunity, ms(30_000), i64::MAX).map(|one| one.key));
        }
    }
}
