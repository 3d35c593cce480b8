//! Worlds of the past: each as it would be made by itself, and results kept for as long as they hold.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use tandem_context::{Edit, Value};
use tandem_revops::judged::Moments;
use tandem_revops::rules::Subject;
use tandem_revops::{World, forgotten};

use super::{Past, Worlds, months, past, thens};
use crate::engine::{Engine, WorkspaceSetup};
use crate::{Environment, KeyFile};

/// 2026-01-31, the end of the day in Berlin.
const FIRST_MS: i64 = 1_769_900_399_999;
const DAY_MS: i64 = 86_400_000;

/// A workspace whose clock is set by hand.
struct Desk {
    engine: Engine,
    clock_ms: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new(now_ms: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock_ms = Arc::new(AtomicI64::new(now_ms));
        let clock = Arc::clone(&clock_ms);
        let mut next = 0_u64;
        let environment = Environment::new(
            move || clock.load(Ordering::Relaxed),
            move |bytes| {
                next += 1;
                for (place, byte) in bytes.iter_mut().enumerate() {
                    *byte = next.to_le_bytes().get(place).copied().unwrap_or(7);
                }
            },
        );
        let setup = WorkspaceSetup { name: "Past".to_owned(), relay: None, sample: false };
        let keys = KeyFile::found([1; 32], [2; 16], [3; 32]);
        let path = folder.path().join("past.tandem");
        let engine = Engine::create(&path, &setup, keys, "test", environment).unwrap();
        Self { engine, clock_ms, _folder: folder }
    }

    fn at(&mut self, at_ms: i64, edits: &[Edit]) {
        self.clock_ms.store(at_ms, Ordering::Relaxed);
        let note = self.engine.note("set", None);
        self.engine.act(edits, note).unwrap();
    }

    fn forgotten(&self, worlds: &Worlds, moments: &[i64]) -> BTreeMap<i64, Arc<months::Then>> {
        worlds.forgotten(self.engine.store.reader(), self.engine.schema(), moments).unwrap()
    }
}

fn id(n: usize) -> String {
    format!("01900000-0000-7000-8000-{n:012}")
}

fn made(kind: &str, n: usize, values: &[(&str, &str)]) -> Edit {
    let values = values.iter().map(|(field, value)| ((*field).to_owned(), Value::text(*value))).collect();
    Edit::Create { kind: kind.to_owned(), id: id(n), values }
}

fn set(kind: &str, id: &str, field: &str, value: Option<Value>) -> Edit {
    Edit::Set { kind: kind.to_owned(), id: id.to_owned(), field: field.to_owned(), value }
}

/// Numbers that follow from a seed (xorshift; Marsaglia, 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most).unwrap()
    }
}

/// Six months of deeds, some of them by clocks that are behind: what replaces a value may bear an earlier time than it.
fn told(seed: u64) -> Desk {
    let mut numbers = Numbers(seed);
    let mut desk = Desk::new(FIRST_MS - 20 * DAY_MS);
    let members: Vec<Edit> = (0..3).map(|n| made("member", 100 + n, &[("name", "A"), ("team", "sales")])).collect();
    desk.at(FIRST_MS - 20 * DAY_MS, &members);
    let made_at = |n: usize| FIRST_MS - 15 * DAY_MS + n as i64 * 9 * DAY_MS;
    for n in 0..12 {
        desk.at(made_at(n), &[made("opportunity", n, &[("name", "A"), ("stage", "new")])]);
    }
    let stage = tandem_context::Document::policy_id();
    for _ in 0..150 {
        let at_ms = FIRST_MS + (numbers.below(190) as i64 - 20) * DAY_MS;
        let lead = id(numbers.below(12));
        let member = id(100 + numbers.below(3));
        let edit = match numbers.below(9) {
            0 => set("opportunity", &lead, "owner", Some(Value::text(member))),
            1 => set("opportunity", &lead, "owner", None),
            2 => set("opportunity", &lead, "next_step", Some(Value::text("Call"))),
            3 => set("opportunity", &lead, "next_step_date", Some(Value::text("2026-04-01"))),
            4 => set("opportunity", &lead, "next_step_date", None),
            5 => {
                let stage = ["new", "engaged", "proposal", "won", "nurture"][numbers.below(5)];
                set("opportunity", &lead, "stage", Some(Value::text(stage)))
            }
            6 => set("member", &member, "active", Some(Value::Boolean(numbers.below(2) == 0))),
            7 => set("policy", &stage, "accept_hours", Some(Value::Integer(numbers.below(40) as i64))),
            _ => Edit::Archive { kind: "opportunity".to_owned(), id: lead, archived: numbers.below(3) == 0 },
        };
        desk.at(at_ms, &[edit]);
    }
    desk
}

fn moments() -> Vec<i64> {
    (0..6).map(|n| FIRST_MS + n * 30 * DAY_MS).collect()
}

#[test]
fn each_world_of_a_row_is_the_one_that_history_makes_by_itself() {
    for seed in 1..20 {
        let desk = told(seed);
        let (connection, schema) = (desk.engine.store.reader(), desk.engine.schema());
        let of = |world: &World, at_ms: i64| {
            let mut all: Vec<String> = world
                .opportunities
                .iter()
                .map(|one| {
                    let owner = one.owner.map(|key| world.id(key));
                    let moves: Vec<_> = one.moves.iter().map(|step| (step.at_ms, &step.stage)).collect();
                    let claims = one.claims.len();
                    format!("{} {} {owner:?} {:?} {moves:?} {claims}", world.id(one.key), one.stage, one.next_step_date)
                })
                .collect();
            all.sort();
            let (found, open) = forgotten::all(world, at_ms);
            let found: Vec<_> =
                found.iter().map(|one| (world.id(one.opportunity).to_owned(), one.since_ms, one.why.clone())).collect();
            (all, found, open, world.rules.policy.accept_hours)
        };
        let mut in_a_row = Vec::new();
        past::each(connection, schema, (forgotten::KINDS, &moments()), &mut |at_ms, world| {
            in_a_row.push((at_ms, of(world, at_ms)));
        })
        .unwrap();
        for (at_ms, told) in in_a_row {
            let alone = Past::read(connection, at_ms).unwrap().whole(schema, at_ms);
            assert_eq!(told, of(&alone, at_ms), "seed {seed}, moment {at_ms}");
        }
    }
}

#[test]
fn what_is_computed_of_a_month_that_is_over_is_kept_until_something_older_is_learnt() {
    let mut desk = told(7);
    let worlds = Worlds::default();
    let all = moments();
    let before = desk.forgotten(&worlds, &all);
    assert_eq!(before.len(), all.len());
    let kept = |before: &BTreeMap<i64, Arc<months::Then>>, after: &BTreeMap<i64, Arc<months::Then>>| -> Vec<bool> {
        all.iter().map(|at_ms| Arc::ptr_eq(&before[at_ms], &after[at_ms])).collect()
    };
    // Today's edits leave it alone.
    desk.at(FIRST_MS + 300 * DAY_MS, &[set("opportunity", &id(0), "next_step", Some(Value::text("Write")))]);
    let after = desk.forgotten(&worlds, &all);
    assert_eq!(kept(&before, &after), [true; 6]);
    // What was written in the third month and is learnt now counts from there on.
    let name = [made("opportunity", 50, &[("name", "Late"), ("stage", "new")])];
    desk.at(FIRST_MS + 50 * DAY_MS, &name);
    let later = desk.forgotten(&worlds, &all);
    assert_eq!(kept(&after, &later), [true, true, false, false, false, false]);
    assert!(!later[&all[1]].forgotten.contains(&id(50)) && later[&all[2]].forgotten.contains(&id(50)));
    assert_eq!(later[&all[2]].open, after[&all[2]].open + 1);
    // At the very moment, too.
    desk.at(all[4], &[set("opportunity", &id(50), "stage", Some(Value::text("lost")))]);
    let last = desk.forgotten(&worlds, &all);
    assert_eq!(kept(&later, &last), [true, true, true, true, false, false]);
    // Where history is made anew, nothing is known of it any more.
    desk.engine.rebuild().unwrap();
    let anew = desk.forgotten(&worlds, &all);
    assert_eq!(kept(&last, &anew), [false; 6]);
    assert_eq!(anew, last);
}

/// Half a year of deeds about leads, companies and people, some of them by clocks that are behind.
fn told_of_companies(seed: u64) -> Desk {
    let mut numbers = Numbers(seed);
    let mut desk = Desk::new(FIRST_MS);
    let (account, person) = (|n: usize| id(200 + n), |n: usize| id(300 + n));
    for n in 0..4 {
        let name = format!("{n}");
        let somebody = [("first_name", "Pia"), ("last_name", &*name), ("job_title", "Buyer")];
        desk.at(FIRST_MS, &[made("account", 200 + n, &[("name", &name)]), made("person", 300 + n, &somebody)]);
    }
    for n in 0..8 {
        let of = account(n % 4);
        desk.at(FIRST_MS, &[made("opportunity", n, &[("name", "A"), ("stage", "new"), ("account", &of)])]);
    }
    for _ in 0..120 {
        let at_ms = FIRST_MS + numbers.below(190) as i64 * DAY_MS;
        let (lead, company, who) = (id(numbers.below(8)), account(numbers.below(4)), person(numbers.below(4)));
        let archive = |kind: &str, id, archived| Edit::Archive { kind: kind.to_owned(), id, archived };
        let (kind, field) = ("opportunity".to_owned(), "people".to_owned());
        let edit = match numbers.below(9) {
            0 => set(&kind, &lead, "account", (numbers.below(4) > 0).then(|| Value::text(company))),
            1 => set(&kind, &lead, "source", Some(Value::text(["event", "website"][numbers.below(2)]))),
            2 => set("account", &company, "employees", Some(Value::Integer(numbers.below(900) as i64))),
            3 => set("account", &company, "employees", None),
            4 => archive("account", company, numbers.below(2) == 0),
            5 => set("person", &who, "job_title", Some(Value::text(["Buyer", "Head"][numbers.below(2)]))),
            6 => archive("person", who, numbers.below(2) == 0),
            7 => Edit::Remove { kind, id: lead, field, element: who },
            _ => Edit::Add { kind, id: lead, field, element: who, role: "champion".to_owned() },
        };
        desk.at(at_ms, &[edit]);
    }
    desk
}

#[test]
fn a_lead_as_it_stood_is_the_one_of_the_world_of_that_moment() {
    let fields = [
        ("opportunity", "account"),
        ("opportunity", "people"),
        ("opportunity", "source"),
        ("account", "employees"),
        ("person", "job_title"),
    ];
    let told = |lead: Subject<'_>| {
        let one = lead.opportunity();
        let account = lead.account().map(|account| (account.name.clone(), account.employees));
        let mut people: Vec<_> = one
            .people
            .iter()
            .map(|(key, role)| (role.clone(), lead.person(*key).map(|one| (one.name.clone(), one.job_title.clone()))))
            .collect();
        people.sort();
        (one.source.clone(), account, people)
    };
    let mut differed = 0;
    for seed in 1..30 {
        let desk = told_of_companies(seed);
        let (connection, schema) = (desk.engine.store.reader(), desk.engine.schema());
        let now = Worlds::default().present(connection, schema).unwrap();
        for at_ms in moments() {
            let of = now.opportunities.iter().map(|one| (one.key, at_ms)).collect();
            let thens = thens(connection, schema, &now, &Moments { of, fields: fields.into() }).unwrap();
            differed += thens.of.len();
            let world = Past::read(connection, at_ms).unwrap().whole(schema, at_ms);
            for one in now.opportunities.iter() {
                let then = world.opportunity(now.id(one.key)).unwrap();
                let (seen, stood) = (Subject::then(&now, one, &thens), Subject::now(&world, then));
                assert_eq!(told(seen), told(stood), "seed {seed}, moment {at_ms}");
            }
        }
    }
    assert!(differed > 500, "only {differed} were different then");
}

/// Leads of two years, each moved on twice and planned again, with a tenth of them open.
fn large(records: usize) -> Desk {
    let start_ms = FIRST_MS - 700 * DAY_MS;
    let mut desk = Desk::new(start_ms);
    let members: Vec<Edit> =
        (0..35).map(|n| made("member", 1_000_000 + n, &[("name", "A"), ("team", "sales")])).collect();
    desk.at(start_ms, &members);
    let accounts: Vec<Edit> = (0..records / 10).map(|n| made("account", 2_000_000 + n, &[("name", "A")])).collect();
    desk.at(start_ms, &accounts);
    let days = 700;
    for day in 0..days {
        let of_day = |n: usize| n * days / records == day;
        let at_ms = start_ms + day as i64 * DAY_MS;
        let (mut born, mut moved, mut called) = (Vec::new(), Vec::new(), Vec::new());
        for n in (0..records).filter(|n| of_day(*n)) {
            let (account, owner) = (id(2_000_000 + n % (records / 10)), id(1_000_000 + n % 35));
            let values = [("name", "Deal"), ("stage", "new"), ("account", &*account), ("owner", &*owner)];
            born.push(made("opportunity", n, &values));
            moved.push(set("opportunity", &id(n), "stage", Some(Value::text("qualified"))));
            moved.push(set("opportunity", &id(n), "next_step", Some(Value::text("Call"))));
            let stage = if n % 10 == 0 { "proposal" } else { ["won", "lost"][n % 2] };
            moved.push(set("opportunity", &id(n), "stage", Some(Value::text(stage))));
            let values = [
                ("type", "call"),
                ("subject", "Call"),
                ("opportunity", &*id(n)),
                ("account", &*account),
                ("at", "2026-01-01T00:00:00Z"),
            ];
            called.extend((0..3).map(|one| made("activity", 10_000_000 + n * 3 + one, &values)));
        }
        for edits in [born, moved, called] {
            desk.at(at_ms, &edits);
        }
    }
    desk
}

#[test]
#[ignore = "measures"]
fn what_the_past_costs() {
    let records = std::env::var("TANDEM_BENCH_RECORDS").ok().and_then(|size| size.parse().ok()).unwrap_or(100_000);
    let timed = |what: &str, act: &mut dyn FnMut()| {
        let started = Instant::now();
        act();
        eprintln!("{what}: {:?}", started.elapsed());
    };
    let mut desk = Desk::new(0);
    timed("filled", &mut || desk = large(records));
    let worlds = Worlds::default();
    let year: Vec<i64> = (0..12).map(|n| FIRST_MS - n * 30 * DAY_MS).rev().collect();
    timed("forgotten at twelve ends of months", &mut || drop(desk.forgotten(&worlds, &year)));
    timed("again", &mut || drop(desk.forgotten(&worlds, &year)));
    desk.at(FIRST_MS + DAY_MS, &[set("opportunity", &id(0), "next_step", Some(Value::text("Write")))]);
    timed("again after an edit", &mut || drop(desk.forgotten(&worlds, &year)));
    let (connection, schema) = (desk.engine.store.reader(), desk.engine.schema());
    timed("one whole world of the past", &mut || drop(worlds.past(connection, schema, FIRST_MS).unwrap()));
    timed("the present world", &mut || drop(worlds.present(connection, schema).unwrap()));
    timed("the change that brought the rules", &mut || drop(tandem_context::Document::defaults_change()));
    let path = desk.engine.store.path().to_owned();
    for _ in 0..3 {
        timed("opened", &mut || drop(Engine::open(&path, "test", Environment::real()).unwrap()));
    }
}
