//! What an opportunity's card and timeline say of what passed between the teams.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

impl Desk {
    fn marks(&self, id: &str) -> Json {
        self.ask("marks", json!({ "ids": [id] }))[0].clone()
    }

    /// Of each entry, what was done and the kinds of records it wrote.
    fn told(&self, id: &str) -> Vec<(String, Vec<String>)> {
        let timeline = self.ask("timeline", json!({ "id": id }));
        let entries = timeline["entries"].as_array().unwrap().iter().filter(|entry| !entry["change"].is_null());
        let kinds = |entry: &Json| {
            let fields = entry["fields"].as_array().unwrap().iter();
            let mut kinds: Vec<String> = fields.map(|field| field["kind"].as_str().unwrap().to_owned()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        };
        entries.map(|entry| (entry["change"]["action"].as_str().unwrap().to_owned(), kinds(entry))).collect()
    }
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn marks_say_what_is_forgotten_until_somebody_looks_after_it() {
    let desk = Desk::new();
    let deal = desk.create("opportunity", json!({ "name": "Windpark", "stage": "discovery" }));
    let marks = desk.marks(&deal);
    assert_eq!(marks["forgotten"][0]["code"], "forgotten_no_step");
    assert_eq!((&marks["claimed_by"], &marks["is_back"]), (&json!([]), &json!(false)));
    let fields = json!({ "next_step": "Send the quote", "next_step_date": "2031-03-04" });
    desk.ask("set", json!({ "ids": [deal], "fields": fields }));
    let marks = desk.marks(&deal);
    assert_eq!(marks["forgotten"], json!([]));
    assert_eq!(marks["clocks"][0]["kind"], "next_step");
}

#[test]
fn marks_leave_out_what_is_not_there() {
    let desk = Desk::new();
    assert_eq!(desk.ask("marks", json!({ "ids": ["00000000-0000-7000-8000-00000000ffff"] })), json!([]));
}

#[test]
fn the_timeline_tells_answers_decisions_and_promises_with_the_opportunity() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Windpark", "stage": "engaged" }));
    let need = json!({ "id": lead, "criterion": "need_confirmed", "verdict": "yes", "evidence": "They said so" });
    desk.ask("answer", need);
    desk.ask("offer", json!({ "id": lead, "override_reason": "They called" }));
    desk.ask("accept", json!({ "id": lead }));
    desk.create("task", json!({ "name": "Two training days", "type": "promise", "opportunity": lead }));
    let expected = [
        ("create", names(&["task"])),
        ("accept", names(&["decision", "opportunity"])),
        ("offer", names(&["decision", "opportunity"])),
        ("answer", names(&["answer"])),
        ("create", names(&["opportunity"])),
    ];
    let expected = expected.map(|(action, kinds)| (action.to_owned(), kinds));
    let mut told = desk.told(&lead);
    // Within a millisecond, entries stand in no order.
    told.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn a_change_between_teams_is_called_by_its_opportunity() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Windpark", "stage": "engaged" }));
    desk.ask("offer", json!({ "id": lead, "override_reason": "They called" }));
    let newest = desk.ask("history", json!({ "limit": 1 }))["changes"][0].clone();
    assert_eq!((&newest["action"], &newest["first"]["id"]), (&json!("offer"), &json!(lead)));
}

#[test]
fn a_return_contradicts_what_its_reason_says_unless_the_rep_says_otherwise() {
    let desk = Desk::new();
    for (criterion, contradicts) in [(Json::Null, true), (json!(""), false)] {
        let deal = desk.create("opportunity", json!({ "name": "Windpark", "stage": "discovery" }));
        let give_back =
            json!({ "id": deal, "reason": "wrong_time", "evidence": "Not this year", "criterion": criterion });
        desk.ask("return", give_back);
        let is_about = json!({ "field": "opportunity", "op": "is", "value": deal });
        let is_return = json!({ "field": "type", "op": "is", "value": "return" });
        let decided = desk.ask("list", json!({ "kind": "decision", "filters": [is_about, is_return] }));
        let decided = &decided["records"][0]["fields"];
        assert_eq!(decided["criterion"].is_object(), contradicts, "{decided}");
    }
}

#[test]
fn every_return_is_found_page_by_page_and_by_what_was_said() {
    let desk = Desk::new();
    let budget = desk.rule("criterion", "budget_known");
    for (name, evidence) in [("Windpark", "Kein GELD bis Mai"), ("Kran", "Schon vergeben"), ("Pumpe", "Nur Prospekte")]
    {
        let lead = desk.create("opportunity", json!({ "name": name, "stage": "engaged" }));
        desk.ask("offer", json!({ "id": lead, "override_reason": "They called" }));
        let reason = if name == "Kran" { "no_budget" } else { "no_need" };
        let criterion = if name == "Pumpe" { &*budget } else { "" };
        let back = json!({ "id": lead, "reason": reason, "evidence": evidence, "criterion": criterion });
        desk.ask("return", back);
    }
    let found = |asked: Json| {
        let mut query = json!({ "from": "2020-01-01", "to": "2099-12-31" });
        query.as_object_mut().unwrap().extend(asked.as_object().unwrap().clone());
        let page = desk.ask("returned", query);
        let name = |lead: &Json| lead["opportunity"]["title"].as_str().unwrap().to_owned();
        let leads: Vec<String> = page["leads"].as_array().unwrap().iter().map(name).collect();
        (page["total"].as_u64().unwrap(), leads)
    };
    assert_eq!(found(json!({})), (3, names(&["Pumpe", "Kran", "Windpark"])));
    assert_eq!(found(json!({ "offset": 1, "limit": 1 })), (3, names(&["Kran"])));
    assert_eq!(found(json!({ "offset": 3 })), (3, Vec::new()));
    assert_eq!(found(json!({ "text": " geld " })), (1, names(&["Windpark"])));
    assert_eq!(found(json!({ "text": "mia" })), (3, names(&["Pumpe", "Kran", "Windpark"])), "who gave it back");
    assert_eq!(found(json!({ "text": "no budget" })), (1, names(&["Kran"])), "why");
    // What a rule is called in somebody's language is theirs to know.
    assert_eq!(found(json!({ "text": "etat", "rules": [] })), (0, Vec::new()));
    assert_eq!(found(json!({ "text": "etat", "rules": [budget] })), (1, names(&["Pumpe"])));
    assert_eq!(found(json!({ "from": "2020-01-01", "to": "2020-12-31" })), (0, Vec::new()));
}
