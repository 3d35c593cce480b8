//! The gate between marketing and sales on every way there, and what a rule may hold.

use std::borrow::Borrow;

use serde_json::{Value as Json, json};

use crate::desk::Desk;

impl Desk {
    /// The code of what is said against it.
    #[track_caller]
    fn refused(&self, command: &str, payload: impl Borrow<Json>) -> String {
        let error = self.try_ask(command, payload).unwrap_err();
        error.remark.map_or(error.code, |remark| remark.code)
    }

    fn lead(&self, name: &str, stage: &str) -> String {
        self.create("opportunity", json!({ "name": name, "stage": stage }))
    }

    /// The stage and rules of every override on record.
    fn overrides(&self) -> Vec<(String, Json)> {
        let all = self.all("decision").into_iter().filter(|one| one["fields"]["type"] == "override");
        all.map(|one| (one["fields"]["stage"].as_str().unwrap().to_owned(), one["fields"]["rules"].clone())).collect()
    }
}

#[test]
fn a_lead_comes_from_nurture_to_sales_by_the_gate_or_by_an_override_that_is_counted() {
    let desk = Desk::new();
    let lead = desk.lead("Crane", "new");
    let nurture = json!({ "stage": "nurture", "exit_reason": "timing", "return_on": "2099-01-01" });
    desk.ask("set", json!({ "ids": [lead], "fields": nurture }));
    for stage in ["accepted", "proposal", "live"] {
        let straight = json!({ "ids": [lead], "fields": { "stage": stage, "value": 1 } });
        assert_eq!(desk.refused("set", &straight), "rule_violated", "{stage}");
    }
    // However the stage is written.
    for stage in [json!("Accepted"), json!({ "id": "accepted" })] {
        assert_eq!(desk.refused("set", json!({ "ids": [lead], "fields": { "stage": stage } })), "rule_violated");
    }
    assert_eq!(desk.field(&lead, "stage"), "nurture");
    let all_the_same = json!({ "ids": [lead], "fields": { "stage": "accepted" }, "override_reason": "They called" });
    desk.ask("set", &all_the_same);
    assert_eq!(desk.overrides(), [("accepted".to_owned(), json!(["gate"]))]);
    // Sales has it; from there on it is not asked.
    desk.ask("set", json!({ "ids": [lead], "fields": { "stage": "discovery" } }));
    desk.ask("set", json!({ "ids": [lead], "fields": { "stage": "lost", "exit_reason": "price" } }));
    assert_eq!(desk.refused("set", json!({ "ids": [lead], "fields": { "stage": "discovery" } })), "rule_violated");
}

#[test]
fn an_opportunity_that_begins_in_sales_is_asked_the_gate_and_what_a_customer_buys_further_is_not() {
    let desk = Desk::new();
    let begin = |fields: Json, why: Option<&str>| {
        let asked = json!({ "kind": "opportunity", "fields": fields, "override_reason": why });
        desk.try_ask("create", asked)
    };
    let held = begin(json!({ "name": "Crane", "stage": "Discovery" }), None).unwrap_err();
    let said = held.remark.unwrap();
    assert_eq!((held.code.as_str(), said.code.as_str()), ("rule_violated", "new_held_back"));
    // By the name of the stage, and with the reasons as what they are: every language has words for them.
    assert!(held.message.contains("cannot begin in Discovery: The lead does not pass the gate"), "{}", held.message);
    assert_eq!(said.about["why"][0]["code"], "gate_not_passed");
    assert_eq!((desk.all("opportunity").len(), desk.overrides()), (0, vec![]));
    // An exit needs what it always needs; where leads begin, nothing is asked.
    begin(json!({ "name": "Crane", "stage": "lost" }), None).unwrap_err();
    begin(json!({ "name": "Crane", "stage": "lost", "exit_reason": "price" }), None).unwrap();
    begin(json!({ "name": "Crane", "stage": "engaged" }), Some("not needed")).unwrap();
    assert_eq!(desk.overrides(), []);
    let customer = begin(json!({ "name": "Crane", "stage": "won", "value": 5 }), Some("Signed at the fair")).unwrap();
    assert_eq!(desk.overrides(), [("won".to_owned(), json!(["entry", "gate"]))]);
    let further = json!({ "name": "Second crane", "stage": "discovery", "type": "upsell", "parent": customer["id"] });
    begin(further, None).unwrap();
    assert_eq!(desk.overrides().len(), 1);
    // Naming somebody's purchase is not enough.
    begin(json!({ "name": "Other", "stage": "discovery", "parent": customer["id"] }), None).unwrap_err();
    let theirs = desk.create("account", json!({ "name": "Another" }));
    let elsewhere = json!({ "name": "Other", "stage": "discovery", "type": "upsell", "parent": customer["id"],
        "account": theirs });
    begin(elsewhere, None).unwrap_err();
}

#[test]
fn a_reason_overrides_what_was_shown_and_nothing_else() {
    let desk = Desk::new();
    let lead = desk.lead("Crane", "new");
    let shown = desk.ask("check_move", json!({ "ids": [lead], "stage": "proposal" }));
    let rules = shown["records"][0]["rules"].clone();
    assert_eq!(rules.as_array().unwrap().len(), 3, "the gate, a value, people: {shown}");
    let over = |rules: &Json| {
        json!({ "ids": [lead], "fields": { "stage": "proposal" }, "override_reason": "They insist",
            "overrides": { &lead: rules } })
    };
    assert_eq!(desk.refused("set", over(&json!(["gate"]))), "rule_violated");
    assert_eq!(desk.refused("set", over(&json!([]))), "rule_violated");
    assert_eq!((desk.field(&lead, "stage"), desk.overrides()), (json!("new"), vec![]));
    desk.ask("set", over(&rules));
    assert_eq!(desk.overrides(), [("proposal".to_owned(), json!(["entry", "gate"]))]);
}

#[test]
fn what_is_overridden_of_a_stage_opens_no_gate() {
    let desk = Desk::new();
    let qualified = desk.rule("stage", "qualified");
    let entry = r#"[{"field":"value","op":"not_empty"}]"#;
    desk.ask("set", json!({ "ids": [qualified], "fields": { "entry": entry } }));
    let lead = desk.lead("Crane", "new");
    let qualify = json!({ "ids": [lead], "fields": { "stage": "qualified" }, "override_reason": "No budget yet" });
    desk.ask("set", &qualify);
    assert_eq!(desk.overrides(), [("qualified".to_owned(), json!(["entry"]))]);
    assert_eq!(desk.refused("set", json!({ "ids": [lead], "fields": { "stage": "accepted" } })), "rule_violated");
}

#[test]
fn an_offer_that_nobody_made_is_no_way_round_the_gate() {
    let desk = Desk::new();
    let lead = desk.lead("Crane", "new");
    let me = desk.all("member")[0]["id"].clone();
    for fields in [json!({ "offered_to": me }), json!({ "offered_at": "2026-01-01T00:00:00Z" })] {
        assert_eq!(desk.refused("set", json!({ "ids": [lead], "fields": fields })), "only_by_offering");
    }
    let made = json!({ "kind": "opportunity", "fields": { "name": "Pump", "offered_to": me } });
    assert_eq!(desk.refused("create", made), "only_by_offering");
    assert_eq!(desk.refused("accept", json!({ "id": lead })), "not_offered");
    desk.ask("offer", json!({ "id": lead, "member": me, "override_reason": "A friend of the house" }));
    assert_eq!(desk.overrides(), [("qualified".to_owned(), json!(["gate"]))]);
    desk.ask("accept", json!({ "id": lead }));
    assert_eq!(desk.field(&lead, "stage"), "accepted");
    // It comes back on a day, which lies ahead.
    let back = |day: &str| json!({ "id": lead, "reason": "wrong_time", "evidence": "Next year", "return_on": day });
    assert_eq!(desk.refused("return", back("2020-01-01")), "gate_nurture_day_past");
    desk.ask("return", back("2099-01-01"));
    assert_eq!(desk.refused("set", json!({ "ids": [lead], "fields": { "stage": "accepted" } })), "rule_violated");
}

#[test]
fn a_file_that_moves_a_lead_to_sales_is_counted() {
    let desk = Desk::new();
    // Deals may share a name: a file's row is the one of its id.
    let deal = |id: &str, stage: &str| {
        desk.create("opportunity", json!({ "name": "Deal", "stage": stage, "external_id": id }))
    };
    let (lead, deal) = (deal("D-1", "new"), deal("D-2", "discovery"));
    let path = desk.folder.path().join("deals.csv");
    let rows = "Opportunity ID,Deal Name,Stage\nD-1,Deal,Discovery\nD-2,Deal,Proposal\nD-3,Deal,Discovery\n";
    std::fs::write(&path, rows).unwrap();
    let report = desk.ask("import_run", json!({ "path": path, "kind": "opportunity" }));
    assert_eq!((&report["updated"], &report["created"]), (&json!(2), &json!(1)), "{report}");
    assert_eq!((desk.field(&lead, "stage"), desk.field(&deal, "stage")), (json!("discovery"), json!("proposal")));
    // One is the deal's, which began there.
    let counted = ("discovery".to_owned(), json!(["gate"]));
    assert_eq!(desk.overrides(), [counted.clone(), counted.clone()]);
    desk.ask("undo", json!({}));
    assert_eq!((desk.field(&lead, "stage"), desk.overrides()), (json!("new"), vec![counted]));
}

#[test]
fn a_rule_that_nobody_could_follow_is_refused_in_words_and_nothing_is_written() {
    let desk = Desk::new();
    let policy = desk.all("policy")[0]["id"].as_str().unwrap().to_owned();
    let criterion = desk.rule("criterion", "company_fits");
    let stage = desk.rule("stage", "new");
    let step = desk.rule("onboarding_step", "kick_off");
    let rows = [
        (&criterion, "rule", json!("[{"), "rule_unreadable"),
        (&criterion, "rule", json!(r#"[{"gate":false}]"#), "rule_gate_in_gate"),
        (&criterion, "rule", json!(r#"[{"field":"mood","op":"empty"}]"#), "rule_no_field"),
        (&criterion, "weight", json!(-1), "rule_number_outside"),
        (&criterion, "fresh_days", json!(-1), "rule_number_outside"),
        (&stage, "rest_days", json!(-1), "rule_number_outside"),
        (&stage, "entry", json!(r#"[{"field":"value","op":"near"}]"#), "rule_condition_unknown"),
        (&step, "due_days", json!(-1), "rule_number_outside"),
        (&policy, "score_min", json!(101), "rule_number_outside"),
        (&policy, "confidence_min", json!(-1), "rule_number_outside"),
        (&policy, "prior_strength", json!(-1), "rule_number_outside"),
        (&policy, "working_hours", json!("17:00-09:00"), "rule_hours"),
        (&policy, "work_days", json!(["mon", "someday"]), "rule_day"),
        (&policy, "work_days", json!({ "add": ["someday"] }), "rule_day"),
        (&policy, "time_zone", json!("Bavaria"), "not_a_time_zone"),
        (&policy, "holiday_region", json!("DE-XX"), "rule_region"),
    ];
    for (id, field, value, code) in rows {
        let before = desk.field(id, field);
        let beside = if id == &policy { "contact_days" } else { "rank" };
        let payload = json!({ "ids": [id], "fields": { beside: 3, field: value } });
        let error = desk.try_ask("set", &payload).unwrap_err();
        assert_eq!(error.remark.unwrap().code, code, "{field}: {value}");
        assert_eq!(error.field.as_deref(), Some(field), "{value}");
        assert_eq!((desk.field(id, field), desk.field(id, beside) == json!(3)), (before, false), "{field}: {value}");
    }
    let made = json!({ "kind": "criterion", "fields": { "name": "Odd", "family": "fit", "weight": -5 } });
    assert_eq!(desk.refused("create", &made), "rule_number_outside");
    let goal = |from: &str, to: &str| json!({ "name": "Q1", "from": from, "to": to, "amount": 10 });
    let turned = json!({ "kind": "goal", "fields": goal("2027-03-31", "2027-01-01") });
    assert_eq!(desk.refused("create", &turned), "rule_days_turned");
    let goal = desk.create("goal", goal("2027-01-01", "2027-03-31"));
    assert_eq!(desk.refused("set", json!({ "ids": [goal], "fields": { "to": "2026-12-31" } })), "rule_days_turned");
    desk.ask("set", json!({ "ids": [goal], "fields": { "from": "2026-10-01", "to": "2026-12-31" } }));
}

#[test]
fn a_workspaces_own_fields_are_compared_as_what_they_are() {
    let desk = Desk::new();
    let define =
        |label: &str, ty: &str| desk.ask("define_field", json!({ "kind": "account", "label": label, "type": ty }));
    for (label, ty) in [
        ("Spend", "money"),
        ("Seats", "integer"),
        ("Pilot", "boolean"),
        ("Since", "date"),
        ("Seen", "instant"),
        ("Stack", "tags"),
        ("Note", "line"),
    ] {
        define(label, ty);
    }
    let account = desk.create(
        "account",
        json!({ "name": "Acme", "x_spend": 1250.5, "x_seats": 40, "x_pilot": true, "x_since": "2026-01-31",
            "x_seen": "2026-02-01T10:00:00Z", "x_stack": ["C#", "Rust"], "x_note": "A/B" }),
    );
    let lead = desk.create("opportunity", json!({ "name": "Crane", "stage": "new", "account": account }));
    let criterion =
        desk.create("criterion", json!({ "name": "Own", "family": "fit", "weight": 1, "active": true, "rank": 1 }));
    let rows = [
        (r#"[{"field":"account.x_spend","op":"is","value":1250.5}]"#, "yes"),
        (r#"[{"field":"account.x_spend","op":"over","value":1251}]"#, "no"),
        (r#"[{"field":"account.x_seats","op":"between","value":[40,50]}]"#, "yes"),
        (r#"[{"field":"account.x_pilot","op":"is","value":true}]"#, "yes"),
        (r#"[{"field":"account.x_since","op":"under","value":"2026-02-01"}]"#, "yes"),
        (r#"[{"field":"account.x_seen","op":"is","value":"2026-02-01"}]"#, "yes"),
        (r#"[{"field":"account.x_stack","op":"any_of","value":["C++","c#"]}]"#, "yes"),
        (r#"[{"field":"account.x_stack","op":"none_of","value":["C++","Go"]}]"#, "yes"),
        (r#"[{"field":"account.x_note","op":"is","value":"AB"}]"#, "no"),
    ];
    for (rule, expected) in rows {
        desk.ask("set", json!({ "ids": [criterion], "fields": { "rule": rule } }));
        let gate = desk.ask("gate", json!({ "id": lead }));
        let own = gate["criteria"].as_array().unwrap().iter().find(|one| one["criterion"]["id"] == criterion.as_str());
        assert_eq!(own.unwrap()["verdict"], expected, "{rule}: {gate}");
    }
    let unfit = json!({ "ids": [criterion], "fields": { "rule": r#"[{"field":"account.x_spend","op":"contains","value":"1"}]"# } });
    assert_eq!(desk.refused("set", &unfit), "rule_op_unfit");
}
