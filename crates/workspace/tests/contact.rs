//! A contact, its next step and its promise are one action.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

impl Desk {
    fn count(&self, kind: &str) -> u64 {
        self.ask("list", json!({ "kind": kind }))["total"].as_u64().unwrap()
    }
}

#[test]
fn a_contact_with_its_step_and_promise_is_one_change_and_one_undo() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Windpark", "stage": "discovery" }));
    let done = desk.ask(
        "log",
        json!({
            "fields": { "type": "call", "subject": "Talked about the crane", "opportunity": lead },
            "next": { "id": lead, "step": "Send the quote", "on": "2031-03-04" },
            "promise": { "what": "A quote with the crane in it", "on": "2031-03-05" },
        }),
    );
    assert_eq!(done["records"], 3, "the activity, the opportunity, the promise");
    assert_eq!(desk.field(&lead, "next_step"), "Send the quote");
    assert_eq!(desk.field(&lead, "next_step_date"), "2031-03-04");
    let promise = desk.ask("list", json!({ "kind": "task" }))["records"][0]["fields"].clone();
    assert_eq!((&promise["type"], &promise["due_on"]), (&json!("promise"), &json!("2031-03-05")));
    assert_eq!(promise["opportunity"]["id"], json!(lead));
    let undone = desk.ask("undo", json!({ "change": done["change"] }));
    assert_eq!(undone["kept"], json!([]));
    assert_eq!(desk.field(&lead, "next_step"), Json::Null);
    assert_eq!((desk.count("activity"), desk.count("task")), (0, 0));
}

#[test]
fn a_contact_whose_next_step_has_no_day_writes_nothing() {
    let desk = Desk::new();
    let lead = desk.create("opportunity", json!({ "name": "Windpark", "stage": "discovery" }));
    let fields = json!({ "type": "call", "subject": "Talked", "opportunity": lead });
    let refused = desk
        .try_ask("log", json!({ "fields": fields, "next": { "id": lead, "step": "Send the quote", "on": "soon" } }))
        .unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("next_step_date"));
    assert_eq!(desk.count("activity"), 0);
}

#[test]
fn a_queue_is_read_page_by_page() {
    let desk = Desk::new();
    for n in 0..5 {
        desk.create("opportunity", json!({ "name": format!("Lead {n}"), "stage": "discovery" }));
    }
    let whole = desk.ask("today", json!({}));
    let pages = [0, 2, 4].map(|offset| desk.ask("today", json!({ "offset": offset, "limit": 2 })));
    let lines: Vec<Json> = pages.iter().flat_map(|page| page["items"].as_array().unwrap().clone()).collect();
    assert_eq!(whole["total"], 5);
    assert_eq!(json!(lines), whole["items"]);
}

#[test]
fn what_nobody_has_can_be_taken_from_the_queue() {
    let desk = Desk::new();
    let free = desk.create("opportunity", json!({ "name": "Windpark", "stage": "discovery", "owner": null }));
    let mine = desk.create("opportunity", json!({ "name": "Solarfeld", "stage": "discovery" }));
    let today = desk.ask("today", json!({}));
    let first_action = |id: &str| {
        let line = today["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
        line["actions"][0].clone()
    };
    assert_eq!(first_action(&free), "claim");
    assert_ne!(first_action(&mine), "claim");
}
