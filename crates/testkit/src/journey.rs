//! What passes between the teams on simulated devices, as data; and what has to be true of it.
//!
//! Numbers choose among what a device knows at that moment, as in [`action`](crate::action): so every list of handovers is a
//! possible history.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tandem_context::{Edit, Value};
use tandem_workspace::api::{Request, UndoChange};

use crate::machine::MONDAY_MS;
use crate::world::World;

/// The teams of the devices' members, counted round: several reps, so that they can take one lead at once.
const TEAMS: [&str; 4] = ["marketing", "sales", "sales", "service"];
/// Where an opportunity may be put by hand.
const STAGES: [&str; 13] = [
    "new",
    "engaged",
    "qualified",
    "accepted",
    "discovery",
    "proposal",
    "negotiation",
    "won",
    "onboarding",
    "live",
    "nurture",
    "disqualified",
    "lost",
];
const CRITERIA: [&str; 4] = ["need_confirmed", "budget_known", "decider_known", "timing_known"];
const REASONS: [&str; 3] = ["no_budget", "no_need", "not_the_decider"];
/// What a member may not do; anything else that is refused is a fault.
const REFUSALS: [&str; 7] = [
    "not_possible",
    "rule_violated",
    "not_found",
    "missing_field",
    "invalid_value",
    "nothing_to_undo",
    "nothing_to_redo",
];
/// Lines of a queue that are looked at.
const LINES_MAX: u32 = 1_000;
const DAY_MS: u64 = 86_400_000;

/// Something that passes between the teams, or lets it pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant's line says what its numbers choose")]
pub enum Handover {
    /// A lead comes in, of nobody or of who writes it down.
    Lead { owned: bool },
    /// Somebody was in touch about a lead.
    Touch(u8),
    /// A question of the gate is answered.
    Answer { lead: u8, criterion: u8, yes: bool },
    /// A lead is offered, if need be against the gate.
    Offer { lead: u8, force: bool },
    /// An offer is taken.
    Accept(u8),
    /// A lead is taken that nobody offered.
    Claim(u8),
    /// A lead is given back, or put to rest for some days.
    Return { lead: u8, reason: u8, days: u8 },
    /// An offer is taken back.
    Withdraw(u8),
    /// A lead is put to a stage by hand, with a reason against the rules if need be.
    Move { lead: u8, stage: u8, force: bool },
    /// A next step is planned, or forgotten again.
    Step { lead: u8, days: Option<u8> },
    /// Nobody has it any more.
    Release(u8),
    /// What two members took is settled as proposed.
    Settle(u8),
    /// The onboarding of a customer begins.
    Onboard(u8),
    /// The renewal of a customer begins.
    Renew(u8),
    /// A lead is set aside or taken back.
    Archive { lead: u8, archived: bool },
    /// A member leaves the company, or comes back.
    Leave { member: u8, active: bool },
    /// A member undoes what they did last, or does it again.
    Undo { redo: bool },
}

/// Any handover; few leads, so that devices meet on them.
pub fn any_handover() -> impl Strategy<Value = Handover> {
    let lead = 0..6u8;
    prop_oneof![
        3 => any::<bool>().prop_map(|owned| Handover::Lead { owned }),
        3 => lead.clone().prop_map(Handover::Touch),
        6 => (lead.clone(), 0..4u8, prop::bool::weighted(0.8))
            .prop_map(|(lead, criterion, yes)| Handover::Answer { lead, criterion, yes }),
        5 => (lead.clone(), any::<bool>()).prop_map(|(lead, force)| Handover::Offer { lead, force }),
        5 => lead.clone().prop_map(Handover::Accept),
        5 => lead.clone().prop_map(Handover::Claim),
        4 => (lead.clone(), 0..3u8, 0..20u8).prop_map(|(lead, reason, days)| Handover::Return { lead, reason, days }),
        1 => lead.clone().prop_map(Handover::Withdraw),
        5 => (lead.clone(), any::<u8>(), any::<bool>())
            .prop_map(|(lead, stage, force)| Handover::Move { lead, stage, force }),
        3 => (lead.clone(), prop::option::of(0..10u8)).prop_map(|(lead, days)| Handover::Step { lead, days }),
        1 => lead.clone().prop_map(Handover::Release),
        2 => lead.clone().prop_map(Handover::Settle),
        2 => lead.clone().prop_map(Handover::Onboard),
        1 => lead.clone().prop_map(Handover::Renew),
        1 => (lead, any::<bool>()).prop_map(|(lead, archived)| Handover::Archive { lead, archived }),
        1 => (0..4u8, any::<bool>()).prop_map(|(member, active)| Handover::Leave { member, active }),
        3 => prop::bool::weighted(0.3).prop_map(|redo| Handover::Undo { redo }),
    ]
}

/// What the members of a world see of the journey at a moment: each question with its answer.
pub type Seen = BTreeMap<String, Json>;

impl World {
    /// Puts the members into teams, one after the other.
    pub fn take_teams(&mut self) {
        for index in 0..self.count() {
            let id = self.devices[index].engine().me().to_owned();
            let team = Value::text(TEAMS[index % TEAMS.len()]);
            let edit = Edit::Set { kind: "member".to_owned(), id, field: "team".to_owned(), value: Some(team) };
            self.edit(index, "set", &[edit]);
        }
        self.rest();
    }

    /// The moment on a clock that is right, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        MONDAY_MS + i64::try_from(self.clock_ms()).expect("worlds are short")
    }

    /// The day that it is where the workspace is, and its last moment.
    ///
    /// # Panics
    /// Never: worlds are short.
    pub fn end_of_day(&self) -> (String, i64) {
        use chrono::TimeZone as _;
        // The time zone that every workspace begins with.
        let zone = chrono_tz::Europe::Berlin;
        let day = zone.timestamp_millis_opt(self.now_ms()).single().expect("worlds are short").date_naive();
        let midnight = (day + chrono::Days::new(1)).and_time(chrono::NaiveTime::MIN);
        let next = zone.from_local_datetime(&midnight).single().expect("clocks do not change at midnight");
        (day.to_string(), next.timestamp_millis() - 1)
    }

    /// Days go by; whatever is due in them happens.
    pub fn pass_days(&mut self, days: u64) {
        self.pass(days * DAY_MS);
    }

    /// A device's member does something. What the rules or the circumstances do not allow is refused and changes nothing.
    ///
    /// # Panics
    /// When it fails otherwise.
    pub fn hand_over(&mut self, index: usize, handover: &Handover) {
        self.tick();
        let Some(request) = self.request(index, handover) else { return };
        let before = self.devices[index].snapshot();
        let engine = self.devices[index].engine();
        let done = match &request {
            Asked::Edits(edits) => {
                let note = engine.note("set", None);
                engine.act(edits, note).map(|committed| committed.change)
            }
            Asked::Settle(request) => engine.settle(&serde_json::from_value(request.clone()).expect("it is one")),
            Asked::Set(request) => engine.set(&serde_json::from_value(request.clone()).expect("it is one")),
            Asked::Command(request) => engine.hand_over(request),
            Asked::Undo { redo: false } => engine.undo(&UndoChange { change: None }).map(|undone| undone.change),
            Asked::Undo { redo: true } => engine.redo().map(|undone| undone.change),
        };
        match done {
            Ok(change) => self.note(index, change, before),
            Err(error) if REFUSALS.contains(&error.code.as_str()) => {
                assert_eq!(
                    self.devices[index].snapshot(),
                    before,
                    "{handover:?} was refused and has changed something"
                );
            }
            Err(error) => panic!("{handover:?} fails: {error:?}"),
        }
    }

    fn request(&mut self, index: usize, handover: &Handover) -> Option<Asked> {
        let clock_ms = self.clock_ms();
        let day = |days: u8| {
            let at = chrono::DateTime::from_timestamp_millis(self.now_ms()).expect("worlds are short");
            (at.date_naive() + chrono::Days::new(days.into())).to_string()
        };
        let now = chrono::DateTime::from_timestamp_millis(self.now_ms()).expect("worlds are short").to_rfc3339();
        let new_id = self.devices[index].new_id(clock_ms);
        let leads = self.devices[index].ids_of("opportunity");
        let lead = |number: u8| leads.get(usize::from(number) % leads.len().max(1)).cloned();
        let command = |name: &str, payload: Json| {
            let request = serde_json::from_value(json!({ "command": name, "payload": payload }));
            Some(Asked::Command(request.expect("it is a request")))
        };
        let set = |lead: String, fields: Json, why: Option<&str>| {
            Some(Asked::Set(json!({ "ids": [lead], "fields": fields, "override_reason": why })))
        };
        let create = |kind: &str, fields: &[(&str, &str)]| {
            let values = fields.iter().map(|(name, value)| ((*name).to_owned(), Value::text(*value))).collect();
            Some(Asked::Edits(vec![Edit::Create { kind: kind.to_owned(), id: new_id.clone(), values }]))
        };
        match handover {
            Handover::Lead { owned } => {
                let me = self.devices[index].engine().me().to_owned();
                let name = format!("Lead {}", leads.len());
                let fields = [("name", name.as_str()), ("stage", "new"), ("owner", &me)];
                create("opportunity", if *owned { &fields } else { &fields[..2] })
            }
            Handover::Touch(number) => {
                let me = self.devices[index].engine().me().to_owned();
                let fields = [("type", "call"), ("direction", "outbound"), ("at", &now)];
                create("activity", &[&fields[..], &[("opportunity", &lead(*number)?), ("owner", &me)]].concat())
            }
            Handover::Answer { lead: number, criterion, yes } => {
                let criterion = CRITERIA[usize::from(*criterion) % CRITERIA.len()];
                let verdict = if *yes { "yes" } else { "no" };
                let payload = json!({ "id": lead(*number)?, "criterion": criterion, "verdict": verdict, "evidence": "They said so" });
                command("answer", payload)
            }
            Handover::Offer { lead: number, force } => {
                let why = force.then_some("They asked for it");
                command("offer", json!({ "id": lead(*number)?, "override_reason": why }))
            }
            Handover::Accept(number) => command("accept", json!({ "id": lead(*number)? })),
            Handover::Claim(number) => command("claim", json!({ "id": lead(*number)? })),
            Handover::Return { lead: number, reason, days } => {
                let reason = REASONS[usize::from(*reason) % REASONS.len()];
                let on = (*days > 10).then(|| day(*days));
                let payload =
                    json!({ "id": lead(*number)?, "reason": reason, "evidence": "Until May", "return_on": on });
                command("return", payload)
            }
            Handover::Withdraw(number) => command("withdraw", json!({ "id": lead(*number)? })),
            Handover::Move { lead: number, stage, force } => {
                let stage = STAGES[usize::from(*stage) % STAGES.len()];
                let mut fields = json!({ "stage": stage });
                if matches!(stage, "nurture" | "disqualified" | "lost") {
                    fields["exit_reason"] = json!("timing");
                }
                if stage == "nurture" {
                    fields["return_on"] = json!(day(5));
                }
                set(lead(*number)?, fields, force.then_some("Agreed on the phone"))
            }
            Handover::Step { lead: number, days } => {
                let fields = json!({ "next_step": days.map(|_| "Call"), "next_step_date": days.map(day) });
                set(lead(*number)?, fields, None)
            }
            Handover::Release(number) => set(lead(*number)?, json!({ "owner": null }), None),
            Handover::Settle(number) => {
                let id = lead(*number)?;
                let question = request("settlement", &json!({ "id": id }));
                let now_ms = self.now_ms();
                let proposed = self.devices[index].engine().ask(&question, now_ms).ok()?;
                let owner = proposed["claims"][0]["member"]["id"].as_str()?.to_owned();
                Some(Asked::Settle(json!({ "id": id, "field": "owner", "value": owner })))
            }
            Handover::Onboard(number) => command("onboard", json!({ "id": lead(*number)? })),
            Handover::Renew(number) => command("renew", json!({ "id": lead(*number)? })),
            Handover::Archive { lead: number, archived } => {
                let edit = Edit::Archive { kind: "opportunity".to_owned(), id: lead(*number)?, archived: *archived };
                Some(Asked::Edits(vec![edit]))
            }
            Handover::Leave { member, active } => {
                let members = self.devices[index].ids_of("member");
                let id = members.get(usize::from(*member) % members.len().max(1))?.clone();
                let value = Some(Value::Boolean(*active));
                let edit = Edit::Set { kind: "member".to_owned(), id, field: "active".to_owned(), value };
                Some(Asked::Edits(vec![edit]))
            }
            Handover::Undo { redo } => Some(Asked::Undo { redo: *redo }),
        }
    }

    /// What a device answers to a question at a moment.
    ///
    /// # Panics
    /// When it has no answer.
    pub fn ask(&mut self, index: usize, name: &str, payload: &Json, now_ms: i64) -> Json {
        let question = request(name, payload);
        let answer = self.devices[index].engine().ask(&question, now_ms);
        answer.unwrap_or_else(|error| panic!("{name} {payload} on device {index} fails: {error:?}"))
    }

    /// Everything that a device shows of the journey at a moment; as of the end of a past day where one is named.
    pub fn seen(&mut self, index: usize, as_of: Option<&str>, now_ms: i64) -> Seen {
        let mut seen = Seen::new();
        for (kind, names) in [("member", &["today"][..]), ("opportunity", &["gate", "route", "settlement"])] {
            for id in self.devices[index].ids_of(kind) {
                for name in names {
                    let payload = match kind {
                        "member" => json!({ "member": id, "limit": LINES_MAX, "as_of": as_of }),
                        _ => json!({ "id": id, "as_of": as_of }),
                    };
                    // What was not there at that time has no answer, and none is expected.
                    let question = request(name, &payload);
                    if let Ok(answer) = self.devices[index].engine().ask(&question, now_ms) {
                        seen.insert(format!("{name} {id}"), answer);
                    }
                }
            }
        }
        seen.insert(
            "forgotten".to_owned(),
            self.ask(index, "forgotten", &json!({ "limit": LINES_MAX, "as_of": as_of }), now_ms),
        );
        for name in ["metrics", "feedback"] {
            let payload = json!({ "from": "2027-01-01", "to": "2027-12-31", "as_of": as_of });
            seen.insert(name.to_owned(), self.ask(index, name, &payload, now_ms));
        }
        seen
    }

    /// Every opportunity that wants care stands in some active member's queue or is listed as forgotten.
    ///
    /// # Panics
    /// When one does not.
    pub fn assert_nothing_is_lost(&mut self, index: usize) {
        let now_ms = self.now_ms();
        let mut found: BTreeSet<String> = BTreeSet::new();
        let forgotten = self.ask(index, "forgotten", &json!({ "limit": LINES_MAX }), now_ms);
        found.extend(texts(&forgotten["items"], "id"));
        for member in self.devices[index].ids_of("member") {
            let gone = self.devices[index]
                .record(&member)
                .is_some_and(|row| row.archived || row.values.get("active") == Some(&Value::Boolean(false)));
            if !gone {
                let queue = self.ask(index, "today", &json!({ "member": member, "limit": LINES_MAX }), now_ms);
                found.extend(texts(&queue["items"], "id"));
            }
        }
        for id in self.devices[index].ids_of("opportunity") {
            let row = self.devices[index].record(&id).expect("it was just listed");
            let stage = row.values.get("stage").and_then(Value::as_text).unwrap_or_default().to_owned();
            let is_open = !matches!(stage.as_str(), "won" | "onboarding" | "live" | "renewal")
                && !matches!(stage.as_str(), "nurture" | "disqualified" | "lost" | "churned");
            assert!(
                !is_open || row.archived || found.contains(&id),
                "{id} in {stage} is in nobody's queue and not forgotten: {:?}",
                row.values
            );
        }
    }
}

/// How something is done.
enum Asked {
    Edits(Vec<Edit>),
    Set(Json),
    Settle(Json),
    Command(Request),
    Undo { redo: bool },
}

fn request(name: &str, payload: &Json) -> Request {
    serde_json::from_value(json!({ "command": name, "payload": payload })).expect("it is a request")
}

fn texts(list: &Json, name: &str) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|item| item[name].as_str().map(str::to_owned)).collect()
}
