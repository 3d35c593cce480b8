//! What the revenue journey costs at full size: today, what is forgotten, routing, the gate, the numbers, a back-test.
//!
//! The baseline is SQLite's own count over the same rows by stage, in the same run: what a plain report would cost. Nothing is
//! asserted. `TANDEM_BENCH_RECORDS` sets the size (default 100,000 opportunities).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[allow(dead_code, reason = "each bench uses a part")]
mod measure;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use measure::{median, report, timed};
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use tandem_workspace::api::Request;
use tandem_workspace::{App, Via};

const ROUNDS: usize = 15;
const REPS: usize = 35;
const CAMPAIGNS: usize = 40;
const BUDGET: &str = "≤ 100 ms";

fn main() {
    // `cargo test` runs benches too, to see that they work: a small size will do.
    let quick = std::env::args().any(|arg| arg == "--test");
    let records: usize = std::env::var("TANDEM_BENCH_RECORDS")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(if quick { 1_000 } else { 100_000 });
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::start(folder.path());
    workspace.fill(records);
    measure::head(&format!("at {records} opportunities, {REPS} reps"));
    let counted = workspace.counted();

    let first = workspace.takes("today", &json!({}));
    report("the first question: facts are read", first, counted, "—");
    for (name, payload, budget) in workspace.questions() {
        let asked = || workspace.takes(&name, &payload);
        asked();
        let times: Vec<Duration> = (0..ROUNDS).map(|_| asked()).collect();
        report(&title(&name, &payload), median(&times), counted, budget);
    }
    let edited: Vec<Duration> = timed(ROUNDS, |round| workspace.edit(round));
    let followed: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            workspace.edit(round);
            workspace.takes("today", &json!({}))
        })
        .collect();
    report("today, after an edit was followed", median(&followed), counted, BUDGET);
    report("an edit, for comparison", median(&edited), counted, "—");
    let past = json!({ "from": "2026-01-01", "to": "2026-12-31", "without_meter": true, "as_of": "2026-12-31" });
    report("metrics as of a past day, made from history", workspace.takes("metrics", &past), counted, "—");
    let meter = json!({ "from": "2026-01-01", "to": "2026-12-31" });
    report("metrics with the break meter of twelve months", workspace.takes("metrics", &meter), counted, "—");
    report("… again", workspace.takes("metrics", &meter), counted, "—");
}

fn title(name: &str, payload: &Json) -> String {
    match payload["member"].as_str() {
        Some(_) => format!("{name}, of a rep"),
        None => name.to_owned(),
    }
}

/// A workspace with leads, deals and customers of three years.
struct Workspace {
    app: App,
    path: PathBuf,
    folder: PathBuf,
}

impl Workspace {
    fn start(folder: &Path) -> Self {
        let path = folder.join("journey.tandem");
        let app = App::new(folder.join("data"), Via::Cli).unwrap();
        let started = json!({ "name": "Journey", "member_name": "Mara", "member_email": "mara@example.com",
            "team": "marketing", "path": path });
        ask(&app, "start", &started);
        Self { app, path, folder: folder.to_owned() }
    }

    fn ask(&self, command: &str, payload: &Json) -> Json {
        ask(&self.app, command, payload)
    }

    fn takes(&self, command: &str, payload: &Json) -> Duration {
        let started = Instant::now();
        self.ask(command, payload);
        started.elapsed()
    }

    fn import(&self, kind: &str, csv: &str) {
        let path = self.folder.join(format!("{kind}.csv"));
        std::fs::write(&path, csv).unwrap();
        let report = self.ask("import_run", &json!({ "path": path, "kind": kind }));
        assert_eq!(report["skipped"], json!([]), "{report}");
    }

    /// Accounts of ten industries, reps, campaigns, opportunities of three years (most are decided, a tenth is open), and as many
    /// activities: every other opportunity was touched by marketing and then by sales.
    fn fill(&self, records: usize) {
        let industries =
            ["Software", "Energy", "Retail", "Health", "Finance", "Media", "Travel", "Food", "Metal", "Law"];
        let countries = ["DE", "AT", "CH", "FR", "US"];
        let mut accounts = String::from("name,industry,employees,country\n");
        for row in 0..records / 10 {
            accounts += &format!(
                "Account {row},{},{},{}\n",
                industries[row % industries.len()],
                row * 37 % 9_000 + 1,
                countries[row / 7 % countries.len()],
            );
        }
        self.import("account", &accounts);
        let mut members = String::from("name,team\n");
        for rep in 0..REPS {
            members += &format!("Rep {rep},Sales\n");
        }
        self.import("member", &members);
        let mut campaigns = String::from("name,type,cost\n");
        for campaign in 0..CAMPAIGNS {
            campaigns += &format!("Campaign {campaign},Event,{}\n", campaign * 700 + 500);
        }
        self.import("campaign", &campaigns);
        let stages = [
            "Won",
            "Lost",
            "Won",
            "Lost",
            "Live",
            "Lost",
            "Disqualified",
            "Won",
            "Live",
            "Engaged",
            "Won",
            "Lost",
            "Won",
            "Lost",
            "Live",
            "Lost",
            "Disqualified",
            "Won",
            "Live",
            "Proposal",
        ];
        let heads = "name,account,stage,owner,value,opened_on,close_date,next_step,next_step_date,campaign,source";
        let mut csv = format!("{heads}\n");
        let mut touches = String::from("type,subject,at,opportunity,owner,direction\n");
        for row in 0..records {
            // From January 2024 to October 2026.
            let (month, day) = (row * 5 % 34, row % 28 + 1);
            csv += &format!(
                "Deal {row},Account {},{},Rep {},{},{}-{:02}-{day:02},2026-{:02}-{:02},Call,2026-12-{:02},Campaign {},event\n",
                row % (records / 10).max(1),
                stages[row % stages.len()],
                row % REPS,
                row % 9_973 + 100,
                2024 + month / 12,
                month % 12 + 1,
                row / 3 % 12 + 1,
                row % 27 + 1,
                row % 28 + 1,
                row % CAMPAIGNS,
            );
            if row % 2 == 0 {
                let on = format!("{}-{:02}-{day:02}", 2024 + month / 12, month % 12 + 1);
                touches += &format!("email,Invitation {row},{on}T08:00:00Z,Deal {row},Mara,outbound\n");
                touches += &format!("call,First call {row},{on}T14:30:00Z,Deal {row},Rep {},outbound\n", row % REPS);
            }
        }
        self.import("opportunity", &csv);
        self.import("activity", &touches);
    }

    fn ids(&self, kind: &str, filters: &Json) -> Vec<String> {
        let page = self.ask("list", &json!({ "kind": kind, "limit": 100, "filters": filters }));
        page["records"].as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
    }

    fn leads(&self) -> Vec<String> {
        self.ids("opportunity", &json!([{ "field": "stage", "op": "is", "value": "engaged" }]))
    }

    fn questions(&self) -> Vec<(String, Json, &'static str)> {
        let lead = &self.leads()[0];
        let rep = &self.ids("member", &json!([{ "field": "team", "op": "is", "value": "sales" }]))[0];
        let year = json!({ "from": "2026-01-01", "to": "2026-12-31", "without_meter": true });
        let number = json!({ "number": "won", "from": "2026-01-01", "to": "2026-12-31" });
        [
            ("today", json!({}), BUDGET),
            ("today", json!({ "member": rep }), BUDGET),
            ("route", json!({ "id": lead }), BUDGET),
            ("metrics", year.clone(), BUDGET),
            ("number", number, BUDGET),
            ("gate", json!({ "id": lead }), "≤ 16 ms"),
            ("brief", json!({ "id": lead }), BUDGET),
            ("forgotten", json!({}), BUDGET),
            ("feedback", year, BUDGET),
            ("backtest", json!({ "months": 24 }), "≤ 1 s"),
        ]
        .into_iter()
        .map(|(name, payload, budget)| (name.to_owned(), payload, budget))
        .collect()
    }

    fn edit(&self, round: usize) {
        let leads = self.leads();
        let fields = json!({ "next_step": format!("Call again, round {round} {:?}", Instant::now()) });
        self.ask("set", &json!({ "ids": [leads[round % leads.len()]], "fields": fields }));
    }

    /// SQLite's own count and sum by stage.
    fn counted(&self) -> Duration {
        let connection = Connection::open(&self.path).unwrap();
        let count = || {
            let mut statement = connection
                .prepare_cached("SELECT stage, count(*), sum(value) FROM kind_opportunity GROUP BY stage")
                .unwrap();
            let rows = statement.query_map([], |row| row.get::<_, i64>(1)).unwrap();
            assert!(rows.map(Result::unwrap).sum::<i64>() > 0);
        };
        count();
        median(&timed(ROUNDS, |_| count()))
    }
}

fn ask(app: &App, command: &str, payload: &Json) -> Json {
    let request: Request = serde_json::from_value(json!({ "command": command, "payload": payload })).unwrap();
    app.rpc(request).unwrap_or_else(|error| panic!("{command}: {error:?}"))
}
