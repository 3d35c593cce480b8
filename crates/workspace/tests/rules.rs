//! The rules of a workspace as they are edited: stages of its own, drafts switched on together, conditions that say too little.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

impl Desk {
    /// The stages that the schema names, each with what it is called.
    fn stages(&self) -> Vec<(String, String)> {
        let schema = self.ask("schema", Json::Null);
        let text = |stage: &Json, field: &str| stage[field].as_str().unwrap().to_owned();
        schema["stages"].as_array().unwrap().iter().map(|one| (text(one, "name"), text(one, "label"))).collect()
    }

    /// The stages on the board, each with how many stand there.
    fn board(&self) -> Vec<(String, u64)> {
        let board = self.ask("board", json!({ "cards": 1 }));
        let columns = board["columns"].as_array().unwrap().iter();
        columns.map(|one| (one["stage"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap())).collect()
    }

    fn stage_of(&self, id: &str) -> String {
        self.ask("record", json!({ "id": id }))["fields"]["stage"].as_str().unwrap().to_owned()
    }
}

fn place(stages: &[(String, String)], key: &str) -> usize {
    stages.iter().position(|(name, _)| name == key).unwrap_or_else(|| panic!("no {key} among {stages:?}"))
}

#[test]
fn an_added_stage_is_one_like_any_other() {
    let desk = Desk::new();
    desk.create("stage", json!({ "name": "Pilot phase", "phase": "sales", "rank": 550 }));
    let stages = desk.stages();
    let pilot = place(&stages, "x_pilot_phase");
    assert_eq!(stages[pilot].1, "Pilot phase");
    assert_eq!((&*stages[pilot - 1].0, &*stages[pilot + 1].0), ("discovery", "proposal"));
    // It is written by its key and by the name that people call it.
    let deal = desk.create("opportunity", json!({ "name": "Crane", "stage": "x_pilot_phase" }));
    let other = desk.create("opportunity", json!({ "name": "Pump", "stage": "discovery" }));
    desk.ask("set", json!({ "ids": [other], "fields": { "stage": "pilot phase" } }));
    assert_eq!(desk.stage_of(&other), "x_pilot_phase");
    assert!(desk.board().contains(&("x_pilot_phase".to_owned(), 2)));
    let found = desk.ask(
        "list",
        json!({ "kind": "opportunity", "filters": [{ "field": "stage", "op": "is", "value": "x_pilot_phase" }] }),
    );
    assert_eq!(found["total"], 2);
    // Its phase is the one it was given: sales has it, nobody asks the gate any more.
    let funnel = desk.ask("metrics", json!({ "from": "2020-01-01", "to": "2099-12-31", "without_meter": true }));
    let stage = funnel["funnel"].as_array().unwrap().iter().find(|one| one["stage"] == "x_pilot_phase").unwrap();
    assert_eq!((stage["phase"].as_str(), stage["resting"]["count"].as_u64()), (Some("sales"), Some(2)));
    desk.ask("undo", json!({}));
    assert_eq!(desk.stage_of(&other), "discovery");
    assert_eq!(desk.stage_of(&deal), "x_pilot_phase");
}

#[test]
fn a_file_may_call_a_stage_as_the_workspace_does() {
    let desk = Desk::new();
    desk.create("stage", json!({ "name": "Pilot phase", "phase": "sales" }));
    desk.ask("set", json!({ "ids": [desk.rule("stage", "discovery")], "fields": { "name": "First talk" } }));
    let path = desk.folder.path().join("deals.csv");
    std::fs::write(&path, "Deal Name,Stage\nCrane,Pilot Phase\nPump,First Talk\nBelt,Discovery\n").unwrap();
    let report = desk.ask("import_run", json!({ "path": path, "kind": "opportunity" }));
    assert_eq!(report["created"], 3, "{report}");
    let board = desk.board();
    assert!(
        board.contains(&("x_pilot_phase".to_owned(), 1)) && board.contains(&("discovery".to_owned(), 2)),
        "{board:?}"
    );
}

#[test]
fn a_stage_called_otherwise_keeps_its_opportunities_and_undo_gives_the_name_back() {
    let desk = Desk::new();
    let deal = desk.create("opportunity", json!({ "name": "Crane", "stage": "discovery" }));
    desk.ask("set", json!({ "ids": [desk.rule("stage", "discovery")], "fields": { "name": "First talk" } }));
    assert!(desk.stages().contains(&("discovery".to_owned(), "First talk".to_owned())));
    assert_eq!(desk.stage_of(&deal), "discovery");
    desk.ask("undo", json!({}));
    assert!(desk.stages().contains(&("discovery".to_owned(), "Discovery".to_owned())));
}

#[test]
fn a_stage_that_was_set_aside_shows_what_still_stands_there_and_takes_nothing_more() {
    let desk = Desk::new();
    let pilot = desk.create("stage", json!({ "name": "Pilot", "phase": "sales" }));
    let deal = desk.create("opportunity", json!({ "name": "Crane", "stage": "x_pilot" }));
    let other = desk.create("opportunity", json!({ "name": "Pump", "stage": "discovery" }));
    desk.ask("archive", json!({ "ids": [pilot], "archived": true }));
    assert!(desk.board().contains(&("x_pilot".to_owned(), 1)));
    let refused = desk.try_ask("set", json!({ "ids": [other], "fields": { "stage": "x_pilot" } })).unwrap_err();
    assert_eq!(refused.remark.unwrap().code, "stage_set_aside");
    let options = desk.ask("schema", Json::Null);
    assert!(!options["kinds"].to_string().contains("x_pilot"), "it is not offered any more");
    // What stands there is still sales'.
    let brief = desk.ask("today", json!({}));
    assert!(brief["items"].to_string().contains(&deal), "{brief}");
    desk.ask("set", json!({ "ids": [deal], "fields": { "stage": "discovery" } }));
    assert!(!desk.board().iter().any(|(stage, _)| stage == "x_pilot"));
    desk.ask("archive", json!({ "ids": [pilot], "archived": false }));
    assert!(desk.board().contains(&("x_pilot".to_owned(), 0)));
}

#[test]
fn a_stage_that_the_process_counts_on_stays() {
    let desk = Desk::new();
    let won = desk.rule("stage", "won");
    let archived = desk.try_ask("archive", json!({ "ids": [won], "archived": true })).unwrap_err();
    assert_eq!(archived.remark.unwrap().code, "stage_fixed");
    let moved = desk.try_ask("set", json!({ "ids": [won], "fields": { "phase": "marketing" } })).unwrap_err();
    assert_eq!(moved.remark.unwrap().code, "stage_fixed");
    desk.ask("set", json!({ "ids": [won], "fields": { "name": "Signed", "phase": "sales" } }));
    assert!(desk.stages().contains(&("won".to_owned(), "Signed".to_owned())));
}

#[test]
fn drafted_rules_are_tried_and_then_written_as_one_action() {
    let desk = Desk::new();
    let account = desk.create("account", json!({ "name": "Acme", "employees": 500 }));
    for stage in ["new", "won"] {
        desk.create("opportunity", json!({ "name": stage, "stage": stage, "account": account, "value": 1 }));
    }
    let fits = desk.rule("criterion", "company_fits");
    let need = desk.rule("criterion", "need_confirmed");
    let drafts = json!([
        { "kind": "criterion", "id": fits, "fields": { "weight": 900 } },
        { "kind": "criterion", "id": need, "fields": { "required": false } },
        { "kind": "routing_rule", "draft": "new:1", "fields": {
            "name": "Large", "when": "[{\"field\":\"account.employees\",\"op\":\"over\",\"value\":100}]",
            "team": "sales", "rank": 10, "active": true } },
    ]);
    let tried = desk.ask("backtest", json!({ "months": 12, "drafts": drafts }));
    assert_eq!(tried["present"]["held"]["all"]["count"], 2);
    let won = desk
        .ask("tried", json!({ "months": 12, "drafts": drafts, "number": tried["present"]["held"]["won"]["number"] }));
    assert_eq!((won["records"].as_array().unwrap().len(), &won["records"][0]["title"]), (1, &json!("won")));
    assert_eq!(tried["newly_offered"]["all"]["count"], 2);
    assert_eq!(tried["draft"]["routes"][0]["rule"], "new:1");
    assert_eq!(tried["draft"]["routes"][0]["leads"]["count"], 2);
    let nothing = desk.ask("backtest", json!({ "months": 12, "drafts": [] }));
    assert_eq!(nothing["newly_offered"]["all"]["count"], 0, "trying writes nothing");
    let done = desk.ask("switch_on", json!({ "drafts": drafts }));
    assert_eq!(done["records"], 3);
    let after = desk.ask("backtest", json!({ "months": 12, "drafts": [] }));
    assert_eq!(after["present"]["offered"]["all"]["count"], 2);
    desk.ask("undo", json!({}));
    let before = desk.ask("backtest", json!({ "months": 12, "drafts": [] }));
    assert_eq!(before["present"]["held"]["all"]["count"], 2, "one undo takes all of it back");
}

#[test]
fn a_lead_is_judged_by_what_its_records_held_when_sales_got_it() {
    let desk = Desk::new();
    let account = desk.create("account", json!({ "name": "Acme", "employees": 500 }));
    let lead = desk.create("opportunity", json!({ "name": "Crane", "account": account }));
    let large = r#"[{"field":"account.employees","op":"over","value":100}]"#;
    let fields =
        json!({ "name": "Large", "question": "Is it?", "family": "fit", "weight": 900, "rule": large, "active": true });
    let large = desk.create("criterion", fields);
    let said_yes = || {
        let asked = json!({ "from": "2020-01-01", "to": "2099-12-31" });
        let feedback = desk.ask("feedback", asked);
        let of = feedback["criteria"].as_array().unwrap().iter().find(|one| one["criterion"]["id"] == large.as_str());
        of.unwrap()["said_yes"]["count"].as_u64().unwrap()
    };
    let held = || {
        let need = json!([{ "kind": "criterion", "id": desk.rule("criterion", "need_confirmed"), "fields": { "required": false } }]);
        desk.ask("backtest", json!({ "months": 12, "drafts": need }))["draft"]["held"]["all"]["count"].as_u64().unwrap()
    };
    let shrunk = json!({ "ids": [account], "fields": { "employees": 5 } });
    // Nothing is decided: what counts is what is known now.
    desk.ask("set", shrunk.clone());
    assert_eq!(held(), 1);
    desk.ask("undo", json!({}));
    let moved = |stage: &str| {
        let fields = json!({ "stage": stage, "exit_reason": "too_small" });
        desk.ask("set", json!({ "ids": [lead], "fields": fields, "override_reason": "They called" }))
    };
    // The company is set together with the move: the gate sees it, and so does whoever judges later.
    desk.ask("set", json!({ "ids": [lead], "fields": { "account": null } }));
    let fields = json!({ "stage": "accepted", "account": account });
    desk.ask("set", json!({ "ids": [lead], "fields": fields, "override_reason": "They called" }));
    moved("lost");
    assert_eq!((held(), said_yes()), (0, 1));
    // What is learnt afterwards, and where the lead belongs by now, judges nobody.
    desk.ask("set", shrunk);
    assert_eq!((held(), said_yes()), (0, 1));
    let other = desk.create("account", json!({ "name": "Other", "employees": 7 }));
    desk.ask("set", json!({ "ids": [lead], "fields": { "account": other } }));
    desk.ask("archive", json!({ "ids": [account], "archived": true }));
    assert_eq!((held(), said_yes()), (0, 1));
}

#[test]
fn a_lead_is_judged_by_where_it_stood_before_it_was_decided() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane", "stage": "engaged", "source": "event" }));
    // Written with the move: the source counts, the stage and the owner are what was decided.
    let fields = json!({ "stage": "accepted", "source": "website", "owner": null });
    desk.ask("set", json!({ "ids": [lead], "fields": fields, "override_reason": "They called" }));
    let rule = json!([
        { "field": "stage", "op": "is", "value": "engaged" },
        { "field": "source", "op": "is", "value": "website" },
        { "field": "owner", "op": "not_empty" },
    ]);
    let drafts = json!([
        { "kind": "criterion", "id": desk.rule("criterion", "need_confirmed"), "fields": { "required": false } },
        { "kind": "criterion", "draft": "new", "fields": { "name": "Before", "question": "Was it?", "family": "fit",
            "weight": 900, "rule": rule.to_string(), "active": true } },
    ]);
    let tried = desk.ask("backtest", json!({ "months": 12, "drafts": drafts }));
    assert_eq!(tried["draft"]["offered"]["all"]["count"], 1, "{tried}");
}

#[test]
fn what_came_from_elsewhere_past_marketing_is_judged_as_it_is() {
    let desk = Desk::new();
    let account = desk.create("account", json!({ "name": "Acme" }));
    let deal =
        desk.create("opportunity", json!({ "name": "Crane", "stage": "discovery", "value": 5, "account": account }));
    desk.ask("set", json!({ "ids": [account], "fields": { "employees": 500 } }));
    desk.ask("set", json!({ "ids": [deal], "fields": { "stage": "won" } }));
    let large = r#"[{"field":"account.employees","op":"over","value":100}]"#;
    let drafts = json!([
        { "kind": "criterion", "id": desk.rule("criterion", "need_confirmed"), "fields": { "required": false } },
        { "kind": "criterion", "draft": "new", "fields": {
            "name": "Large", "question": "Is it?", "family": "fit", "weight": 900, "rule": large, "active": true } },
    ]);
    let tried = desk.ask("backtest", json!({ "months": 12, "drafts": drafts }));
    assert_eq!(tried["draft"]["offered"]["won"]["count"], 1, "{tried}");
}

#[test]
fn a_link_of_the_past_is_compared_though_what_it_points_to_was_set_aside() {
    let desk = Desk::new();
    let crane = desk.create("product", json!({ "name": "Crane" }));
    let pump = desk.create("product", json!({ "name": "Pump" }));
    let lead = desk.create("opportunity", json!({ "name": "A", "product": crane }));
    let fields = json!({ "stage": "accepted" });
    desk.ask("set", json!({ "ids": [lead], "fields": fields, "override_reason": "They called" }));
    desk.ask("set", json!({ "ids": [lead], "fields": { "product": pump } }));
    let rule = json!([{ "field": "product", "op": "is", "value": crane }]).to_string();
    let drafts = json!([
        { "kind": "criterion", "id": desk.rule("criterion", "need_confirmed"), "fields": { "required": false } },
        { "kind": "criterion", "draft": "new", "fields": {
            "name": "Crane", "question": "Is it?", "family": "fit", "weight": 900, "rule": rule, "active": true } },
    ]);
    let offered = |app: &tandem_workspace::App| {
        let tried = crate::desk::ask(app, "backtest", json!({ "months": 12, "drafts": drafts }));
        tried["draft"]["offered"]["all"]["count"].clone()
    };
    assert_eq!(offered(&desk.app), 1);
    desk.ask("archive", json!({ "ids": [crane], "archived": true }));
    assert_eq!(offered(&desk.app), 1, "this process had met it");
    // Another one has not.
    let path = desk.ask("app", Json::Null)["workspace"]["path"].as_str().unwrap().to_owned();
    let other = tandem_workspace::App::new(desk.folder.path().to_owned(), tandem_workspace::Via::Cli).unwrap();
    crate::desk::ask(&other, "open", json!({ "path": path }));
    assert_eq!(offered(&other), 1);
    other.close();
}

#[test]
fn every_number_of_a_back_test_opens_its_leads_page_by_page() {
    let desk = Desk::new();
    let path =
        desk.file("leads.csv", &format!("Deal Name\n{}", (0..130).map(|n| format!("Lead {n}\n")).collect::<String>()));
    desk.ask("import_run", json!({ "path": path, "kind": "opportunity" }));
    let tried = desk.ask("backtest", json!({ "months": 12, "drafts": [] }));
    let held = &tried["present"]["held"]["all"];
    assert_eq!((held["count"].as_u64(), held["number"].as_str()), (Some(130), Some("present/held/all")));
    let page = |number: &str, offset: u32| {
        let page = desk.ask("tried", json!({ "months": 12, "number": number, "offset": offset }));
        (page["total"].as_u64().unwrap(), page["records"].as_array().unwrap().len())
    };
    assert_eq!((page("present/held/all", 0), page("present/held/all", 100)), ((130, 100), (130, 30)));
    assert_eq!(
        (page("draft/offered/won", 0), page("newly_held/lost", 0), page("present/route/", 0)),
        ((0, 0), (0, 0), (0, 0))
    );
    for number in ["", "present", "present/held", "past/held/all", "present/route/nobody"] {
        assert_eq!(desk.try_ask("tried", json!({ "months": 12, "number": number })).unwrap_err().code, "not_found");
    }
}

#[test]
fn what_was_decided_names_a_criterion_that_is_switched_off_or_set_aside() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane", "stage": "discovery" }));
    let budget = desk.rule("criterion", "budget_known");
    desk.ask("return", json!({ "id": lead, "reason": "no_budget", "evidence": "None", "criterion": budget }));
    let named = || {
        let page = desk.ask("returned", json!({ "from": "2020-01-01", "to": "2099-12-31", "text": "budget known" }));
        page["leads"][0]["criterion"]["name"].clone()
    };
    assert_eq!(named(), json!("Budget known"));
    desk.ask("set", json!({ "ids": [budget], "fields": { "active": false } }));
    assert_eq!(named(), json!("Budget known"));
    desk.ask("archive", json!({ "ids": [budget], "archived": true }));
    assert_eq!(named(), json!("Budget known"));
    let gate = desk.ask("gate", json!({ "id": lead }));
    assert!(!gate["criteria"].to_string().contains("Budget known"), "nobody is asked it any more");
}

#[test]
fn a_condition_that_says_too_little_is_refused_in_words_and_nothing_is_written() {
    let desk = Desk::new();
    let fits = desk.rule("criterion", "company_fits");
    for (rule, code) in [
        (r#"[{"field":"value","op":"over"}]"#, "rule_value_missing"),
        (r#"[{"field":"value","op":"between","value":[9,1]}]"#, "rule_span_turned"),
        (r#"[{"activity":[]}]"#, "rule_condition_unknown"),
        ("[{", "rule_unreadable"),
    ] {
        let drafts = json!([{ "kind": "criterion", "id": fits, "fields": { "weight": 1, "rule": rule } }]);
        let refused = desk.try_ask("switch_on", json!({ "drafts": drafts })).unwrap_err();
        assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("invalid_conditions", Some("rule")));
        assert_eq!(refused.remark.unwrap().code, code, "{rule}");
    }
    assert_eq!(desk.ask("record", json!({ "id": fits }))["fields"]["weight"], 15);
}
