//! What follows from a move to another stage, and what it leaves behind; renewals and onboardings.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

impl Desk {
    fn moves(&self, id: &str, fields: Json) {
        self.ask("set", json!({ "ids": [id], "fields": fields, "override_reason": "Agreed on the phone" }));
    }

    fn me(&self) -> Json {
        self.ask("app", json!(null))["workspace"]["me"]["id"].clone()
    }

    fn member(&self, name: &str, team: &str) -> String {
        self.create("member", json!({ "name": name, "type": "person", "team": team }))
    }

    /// A won deal of Mia's whose contract ends on a day.
    fn customer(&self) -> String {
        let account = self.create("account", json!({ "name": "Acme" }));
        let fields =
            json!({ "name": "Pumps", "account": account, "value": 900, "stage": "live", "renewal_on": "2027-03-31" });
        self.create("opportunity", fields)
    }

    fn number(&self, number: &str) -> Json {
        let payload = json!({ "number": number, "from": "2020-01-01", "to": "2099-12-31" });
        self.ask("number", payload)["total"].clone()
    }

    fn decided(&self, kind: &str) -> Vec<Json> {
        let all = self.all("decision").into_iter().map(|one| one["fields"].clone());
        all.filter(|fields| fields["type"] == kind).collect()
    }

    fn forgotten(&self, id: &str) -> Vec<String> {
        let items = self.ask("forgotten", json!({}))["items"].as_array().unwrap().clone();
        let of = items.iter().filter(|item| item["id"] == id).flat_map(|item| item["why"].as_array().unwrap());
        of.map(|why| why["code"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn a_lead_that_is_dragged_to_sales_is_taken_by_whom_it_is_offered_to() {
    let desk = Desk::new();
    let (lead, rita) = (desk.create("opportunity", json!({ "name": "Crane" })), desk.member("Rita", "sales"));
    desk.ask("offer", json!({ "id": lead, "member": rita, "override_reason": "They called" }));
    desk.moves(&lead, json!({ "stage": "accepted" }));
    assert_eq!(desk.field(&lead, "owner")["id"], json!(rita));
    assert_eq!((desk.field(&lead, "offered_to"), desk.field(&lead, "offered_at")), (Json::Null, Json::Null));
    assert_eq!(desk.decided("accept")[0]["member"]["id"], json!(rita));
    desk.ask("undo", json!({}));
    assert_eq!((desk.field(&lead, "stage"), desk.decided("accept")), (json!("qualified"), vec![]));
    assert_eq!(desk.field(&lead, "offered_to")["id"], json!(rita));
}

#[test]
fn what_leaves_is_offered_to_nobody_and_what_comes_back_has_no_reason_for_leaving() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane" }));
    desk.ask("offer", json!({ "id": lead, "override_reason": "They called" }));
    desk.moves(&lead, json!({ "stage": "disqualified", "exit_reason": "no_budget", "exit_note": "None at all" }));
    assert_eq!(desk.field(&lead, "offered_to"), Json::Null);
    desk.moves(&lead, json!({ "stage": "engaged" }));
    assert_eq!((desk.field(&lead, "exit_reason"), desk.field(&lead, "exit_note")), (Json::Null, Json::Null));
    let why = desk.try_ask("set", json!({ "ids": [lead], "fields": { "stage": "lost" } })).unwrap_err();
    assert_eq!(why.code, "rule_violated", "the old reason does not do for the next exit");
}

#[test]
fn whatever_day_it_was_expected_on_a_deal_counts_on_the_day_it_was_won() {
    let desk = Desk::new();
    let fields = json!({ "name": "Crane", "stage": "proposal", "value": 5, "close_date": "2021-03-31" });
    let deal = desk.create("opportunity", fields);
    desk.moves(&deal, json!({ "stage": "won" }));
    let decided = desk.field(&deal, "close_date");
    assert!(decided.as_str().unwrap() > "2026", "{decided}");
    // Said together with the move, it is that day.
    desk.moves(&deal, json!({ "stage": "proposal" }));
    desk.moves(&deal, json!({ "stage": "won", "close_date": "2026-02-03" }));
    assert_eq!(desk.field(&deal, "close_date"), json!("2026-02-03"));
    // Written again where it stands, nothing is decided anew.
    desk.moves(&deal, json!({ "stage": "won" }));
    assert_eq!(desk.field(&deal, "close_date"), json!("2026-02-03"));
}

#[test]
fn a_renewal_that_is_won_twice_renews_once_and_begins_no_onboarding() {
    let desk = Desk::new();
    let (customer, sam) = (desk.customer(), desk.member("Sam", "service"));
    // Discovery is called off: a renewal begins in the next stage of sales.
    desk.ask("archive", json!({ "ids": [desk.rule("stage", "discovery")], "archived": true }));
    let renewal = desk.ask("renew", json!({ "id": customer }))["record"]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.field(&renewal, "stage"), json!("proposal"));
    for stage in ["won", "negotiation", "won"] {
        desk.moves(&renewal, json!({ "stage": stage }));
        if stage == "won" {
            assert_eq!(desk.field(&customer, "renewal_on"), json!("2028-03-31"));
        }
    }
    assert_eq!(desk.field(&customer, "stage"), json!("live"));
    let queue = desk.ask("today", json!({ "member": sam }));
    assert_eq!(queue["items"], json!([]), "what renews a contract is not onboarded");
}

#[test]
fn of_two_renewals_of_one_contract_the_later_is_forgotten_until_somebody_sets_it_aside() {
    let desk = Desk::new();
    let customer = desk.customer();
    let first = desk.ask("renew", json!({ "id": customer }))["record"]["id"].as_str().unwrap().to_owned();
    let step = json!({ "next_step": "Call", "next_step_date": "2099-01-01" });
    desk.moves(&first, step.clone());
    let mut twin = json!({ "name": "Pumps again", "stage": "proposal", "type": "renewal", "parent": customer });
    twin.as_object_mut().unwrap().extend(step.as_object().unwrap().clone());
    let twin = desk.create("opportunity", twin);
    assert_eq!((desk.forgotten(&first), desk.forgotten(&twin)), (vec![], vec!["forgotten_twin".to_owned()]));
    desk.ask("archive", json!({ "ids": [twin], "archived": true }));
    assert_eq!(desk.forgotten(&twin), Vec::<String>::new());
}

#[test]
fn an_onboarding_that_is_reached_by_hand_has_its_tasks_each_of_its_team() {
    let desk = Desk::new();
    let sam = desk.member("Sam", "service");
    let (rhea, maik) = (desk.member("Rhea", "revenue"), desk.member("Maik", "marketing"));
    let campaign = desk.create("campaign", json!({ "name": "Fair", "owner": maik }));
    for (name, team) in [("Ask for a reference", "marketing"), ("Check the margin", "revenue")] {
        desk.create("onboarding_step", json!({ "name": name, "team": team, "due_days": 5, "active": true }));
    }
    let fields = json!({ "name": "Crane", "stage": "won", "value": 5, "campaign": campaign });
    let deal = desk.create("opportunity", fields);
    desk.moves(&deal, json!({ "stage": "onboarding" }));
    assert_eq!(desk.field(&deal, "owner")["id"], json!(sam));
    let tasks = desk.all("task");
    assert_eq!(tasks.len(), desk.all("onboarding_step").len());
    let owner = |name: &str| {
        let task = tasks.iter().find(|task| task["fields"]["name"] == name);
        task.map(|task| task["fields"]["owner"]["id"].clone())
    };
    assert_eq!((owner("Ask for a reference"), owner("Check the margin")), (Some(json!(maik)), Some(json!(rhea))));
    // There is nothing to make up for.
    assert_eq!(desk.try_ask("onboard", json!({ "id": deal })).unwrap_err().code, "not_possible");
    desk.ask(
        "archive",
        json!({ "ids": tasks.iter().map(|task| task["id"].clone()).collect::<Vec<_>>(), "archived": true }),
    );
    desk.ask("onboard", json!({ "id": deal }));
    assert_eq!(desk.all("task").len(), tasks.len());
}

#[test]
fn a_move_that_was_undone_is_in_no_number_and_closes_no_gate() {
    let desk = Desk::new();
    let (lead, me) = (desk.create("opportunity", json!({ "name": "Crane" })), desk.me());
    desk.ask("offer", json!({ "id": lead, "member": me, "override_reason": "They called" }));
    desk.moves(&lead, json!({ "stage": "disqualified", "exit_reason": "no_budget" }));
    desk.ask("undo", json!({}));
    // The offer that was overridden for still stands: it is taken without being asked again.
    desk.ask("accept", json!({ "id": lead }));
    desk.moves(&lead, json!({ "stage": "negotiation", "value": 5 }));
    let entered = || desk.number("funnel/entered/negotiation");
    assert_eq!(entered(), json!(1));
    desk.ask("undo", json!({}));
    assert_eq!((desk.field(&lead, "stage"), entered()), (json!("accepted"), json!(0)));
    desk.ask("redo", json!(null));
    assert_eq!((desk.field(&lead, "stage"), entered()), (json!("negotiation"), json!(1)));
}

#[test]
fn decisions_and_answers_are_written_by_what_is_done_alone() {
    let desk = Desk::new();
    let (lead, me) = (desk.create("opportunity", json!({ "name": "Crane" })), desk.me());
    let offer = json!({ "type": "offer", "opportunity": lead, "member": me, "at": "2026-01-01T08:00:00Z" });
    let need = desk.rule("criterion", "need_confirmed");
    let answer = json!({ "opportunity": lead, "criterion": need, "verdict": "yes", "at": "2026-01-01T08:00:00Z" });
    for (kind, fields) in [("decision", offer), ("answer", answer)] {
        let refused = desk.try_ask("create", json!({ "kind": kind, "fields": fields })).unwrap_err();
        assert_eq!(refused.remark.unwrap().code, "only_by_doing");
    }
    desk.ask("offer", json!({ "id": lead, "member": me, "override_reason": "They called" }));
    let decision = desk.all("decision")[0]["id"].clone();
    let set = json!({ "ids": [decision], "fields": { "evidence": "Never" } });
    assert_eq!(desk.try_ask("set", set).unwrap_err().code, "not_possible");
    assert_eq!(
        desk.try_ask("archive", json!({ "ids": [decision], "archived": true })).unwrap_err().code,
        "not_possible"
    );
    let path = desk.file("decisions.csv", "Type,Opportunity\noffer,Crane\n");
    let import = json!({ "path": path, "kind": "decision" });
    assert_eq!(desk.try_ask("import_run", import).unwrap_err().code, "not_possible");
}

#[test]
fn a_lead_is_offered_to_somebody_of_sales_who_is_there_and_once() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane" }));
    let (rita, gone, maik) =
        (desk.member("Rita", "sales"), desk.member("Gone", "sales"), desk.member("Maik", "marketing"));
    desk.ask("set", json!({ "ids": [gone], "fields": { "active": false } }));
    let offer = |member: &str| {
        let asked = json!({ "id": lead, "member": member, "override_reason": "They called" });
        desk.try_ask("offer", asked).map_err(|error| error.remark.unwrap().code)
    };
    assert_eq!(offer(&gone).unwrap_err(), "offered_to_inactive");
    assert_eq!(offer(&maik).unwrap_err(), "offered_outside");
    offer(&rita).unwrap();
    assert_eq!(offer(&rita).unwrap_err(), "offered_already");
    assert_eq!(desk.decided("override").len(), 1);
}

#[test]
fn a_reason_that_is_out_of_use_cannot_be_given() {
    let desk = Desk::new();
    let (lead, me) = (desk.create("opportunity", json!({ "name": "Crane" })), desk.me());
    desk.ask("offer", json!({ "id": lead, "member": me, "override_reason": "They called" }));
    desk.ask("set", json!({ "ids": [desk.rule("reason", "no_budget")], "fields": { "active": false } }));
    let back = json!({ "id": lead, "reason": "no_budget", "evidence": "None this year" });
    assert_eq!(desk.try_ask("return", back).unwrap_err().code, "not_found");
}

#[test]
fn a_lead_is_opened_on_the_day_it_is_where_the_workspace_is() {
    let desk = Desk::new();
    let policy = desk.all("policy")[0]["id"].clone();
    // One of them has another day than Greenwich, whenever this runs.
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
        desk.ask("set", json!({ "ids": [policy], "fields": { "time_zone": zone } }));
        let before = chrono::Utc::now();
        let lead = desk.create("opportunity", json!({ "name": "Crane" }));
        let zone: chrono_tz::Tz = zone.parse().unwrap();
        let days = [before, chrono::Utc::now()].map(|at| json!(at.with_timezone(&zone).date_naive().to_string()));
        assert!(days.contains(&desk.field(&lead, "opened_on")), "{days:?}");
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    let desk = Desk::new();
    let turned = json!({ "from": "2026-12-31", "to": "2026-01-01" });
    for question in ["metrics", "feedback"] {
        assert_eq!(desk.try_ask(question, &turned).unwrap_err().remark.unwrap().code, "period_turned");
    }
}

#[test]
fn any_number_of_moves_is_asked_about_and_overridden_at_once_the_first_hundred_in_words() {
    let desk = Desk::new();
    let path = desk.folder.path().join("leads.csv");
    let rows: String = (0..1_200).map(|n| format!("Lead {n}\n")).collect();
    std::fs::write(&path, format!("Deal Name\n{rows}")).unwrap();
    desk.ask("import_run", json!({ "path": path, "kind": "opportunity" }));
    let mut ids: Vec<Json> = Vec::new();
    for offset in [0, 1_000] {
        let page = desk.ask("list", json!({ "kind": "opportunity", "limit": 1_000, "offset": offset }));
        ids.extend(page["records"].as_array().unwrap().iter().map(|one| one["id"].clone()));
    }
    let held = desk.ask("check_move", json!({ "ids": ids, "stage": "accepted" }));
    let held = held["records"].as_array().unwrap();
    assert_eq!(held.len(), 1_200);
    let is_told = |one: &&Json| !one["why"].as_array().unwrap().is_empty();
    assert_eq!(held.iter().filter(is_told).count(), 100);
    let rule = |one: &Json| (one["record"]["id"].as_str().unwrap().to_owned(), one["rules"].clone());
    let overrides: Json = held.iter().map(rule).collect::<serde_json::Map<String, Json>>().into();
    let fields = json!({ "stage": "accepted" });
    let asked =
        json!({ "ids": ids, "fields": fields, "override_reason": "Bought with the company", "overrides": overrides });
    desk.ask("set", asked);
    let is_override = json!({ "field": "type", "op": "is", "value": "override" });
    let counted = desk.ask("list", json!({ "kind": "decision", "filters": [is_override], "limit": 1 }));
    assert_eq!(counted["total"], 1_200);
}

#[test]
fn what_is_won_is_given_back_by_nobody() {
    let desk = Desk::new();
    let deal =
        desk.create("opportunity", json!({ "name": "Crane", "stage": "won", "value": 5, "close_date": "2026-02-03" }));
    let back = json!({ "id": deal, "reason": "no_need", "evidence": "They have one" });
    assert_eq!(desk.try_ask("return", back).unwrap_err().remark.unwrap().code, "not_yours_to_return");
    assert_eq!((desk.field(&deal, "stage"), desk.number("won")), (json!("won"), json!(1)));
}

#[test]
fn a_deal_that_goes_straight_to_service_is_won_today_and_its_steps_are_due_from_today() {
    let desk = Desk::new();
    desk.member("Sam", "service");
    desk.create("onboarding_step", json!({ "name": "Kick-off", "team": "service", "due_days": 3, "active": true }));
    let fields = json!({ "name": "Crane", "stage": "negotiation", "value": 5, "close_date": "2021-03-31" });
    let deal = desk.create("opportunity", fields);
    desk.moves(&deal, json!({ "stage": "onboarding" }));
    let decided = desk.field(&deal, "close_date").as_str().unwrap().to_owned();
    assert!(*decided > *"2026", "{decided}");
    let due = desk.all("task").iter().map(|task| task["fields"]["due_on"].as_str().unwrap().to_owned()).min();
    assert!(due.unwrap() > decided);
    // Further on within service nothing is decided anew.
    desk.moves(&deal, json!({ "stage": "live", "close_date": "2026-02-03" }));
    desk.moves(&deal, json!({ "stage": "renewal" }));
    assert_eq!(desk.field(&deal, "close_date"), json!("2026-02-03"));
    // A renewal that skips Won renews its customer all the same.
    let customer = desk.customer();
    let renewal = desk.ask("renew", json!({ "id": customer }))["record"]["id"].as_str().unwrap().to_owned();
    desk.moves(&renewal, json!({ "stage": "live" }));
    assert_eq!(desk.field(&customer, "renewal_on"), json!("2028-03-31"));
}

#[test]
fn each_exit_has_a_reason_of_its_own() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane" }));
    desk.moves(&lead, json!({ "stage": "nurture", "exit_reason": "timing", "return_on": "2099-01-01" }));
    let on = |fields: Json| desk.try_ask("set", json!({ "ids": [lead], "fields": fields }));
    assert_eq!(on(json!({ "stage": "lost" })).unwrap_err().code, "rule_violated");
    on(json!({ "stage": "lost", "exit_reason": "no_budget" })).unwrap();
    assert_eq!((desk.field(&lead, "exit_reason"), desk.field(&lead, "return_on")), (json!("no_budget"), Json::Null));
}

#[test]
fn an_import_moves_as_anybody_does() {
    let desk = Desk::new();
    let rita = desk.member("Rita", "sales");
    let offered = desk.create("opportunity", json!({ "name": "Crane" }));
    desk.ask("offer", json!({ "id": offered, "member": rita, "override_reason": "They called" }));
    let resting = desk.create("opportunity", json!({ "name": "Pump" }));
    desk.moves(&resting, json!({ "stage": "nurture", "exit_reason": "timing", "return_on": "2099-01-01" }));
    let customer = desk.customer();
    let renewal = desk.ask("renew", json!({ "id": customer }))["record"]["id"].as_str().unwrap().to_owned();
    let rows = format!("id,stage\n{offered},accepted\n{resting},engaged\n{renewal},won\n");
    let path = desk.file("moves.csv", &rows);
    desk.ask("import_run", json!({ "path": path, "kind": "opportunity" }));
    assert_eq!(
        (desk.field(&offered, "offered_to"), desk.field(&offered, "owner")["id"].clone()),
        (Json::Null, json!(rita))
    );
    assert_eq!((desk.field(&resting, "exit_reason"), desk.field(&resting, "return_on")), (Json::Null, Json::Null));
    assert_eq!(
        (desk.field(&customer, "stage"), desk.field(&customer, "renewal_on")),
        (json!("live"), json!("2028-03-31"))
    );
}

#[test]
fn a_stage_that_is_settled_on_has_its_consequences() {
    let desk = Desk::new();
    let (lead, rita) = (desk.create("opportunity", json!({ "name": "Crane" })), desk.member("Rita", "sales"));
    desk.ask("offer", json!({ "id": lead, "member": rita, "override_reason": "They called" }));
    desk.ask("settle", json!({ "id": lead, "field": "stage", "value": "accepted" }));
    assert_eq!((desk.field(&lead, "offered_to"), desk.field(&lead, "owner")["id"].clone()), (Json::Null, json!(rita)));
    assert_eq!(desk.decided("accept").len(), 1);
}

#[test]
fn what_was_let_through_is_passed_on_without_being_asked_again() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Crane" }));
    let (rita, ravi) = (desk.member("Rita", "sales"), desk.member("Ravi", "sales"));
    desk.ask("offer", json!({ "id": lead, "member": rita, "override_reason": "They called" }));
    desk.ask("offer", json!({ "id": lead, "member": ravi }));
    assert_eq!(desk.field(&lead, "offered_to")["id"], json!(ravi));
    assert_eq!(desk.decided("override").len(), 1);
    // Once it was taken back, it is asked anew.
    desk.ask("withdraw", json!({ "id": lead }));
    assert_eq!(desk.try_ask("offer", json!({ "id": lead, "member": rita })).unwrap_err().code, "rule_violated");
}

#[test]
fn a_customer_whose_renewal_is_lost_is_told_so() {
    let desk = Desk::new();
    let customer = desk.customer();
    desk.ask("set", json!({ "ids": [customer], "fields": { "renewal_on": "2026-01-31" } }));
    let renewal = desk.ask("renew", json!({ "id": customer }))["record"]["id"].as_str().unwrap().to_owned();
    desk.moves(&renewal, json!({ "stage": "lost", "exit_reason": "no_budget" }));
    let why = || {
        let today = desk.ask("today", json!({}));
        let items = today["items"].as_array().unwrap().iter();
        let of = items.filter(|item| item["id"] == customer.as_str());
        of.map(|item| item["why"][0]["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(why(), [json!("today_renewal_lost")]);
    // Begun again, it is under way.
    desk.ask("renew", json!({ "id": customer }));
    assert!(why().is_empty(), "{:?}", why());
}
