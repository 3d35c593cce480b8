//! Requests against a workspace of one's own, as the window and the command line make them.

use std::path::Path;

use serde_json::{Value as Json, json};
use tandem_workspace::api::Request;
use tandem_workspace::{App, Via};

use crate::desk::Desk;

impl Desk {
    fn import(&self, kind: &str, text: &str, more: Json) -> Json {
        let mut asked = json!({ "path": self.file("rows.csv", text), "kind": kind });
        asked.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        self.ask("import_run", asked)
    }

    /// The newest change of the history.
    fn newest(&self) -> Json {
        self.ask("history", json!({}))["changes"][0].clone()
    }

    /// The labels of an account's own fields: those in use, and those that were removed.
    fn own_fields(&self) -> (Vec<String>, Vec<String>) {
        let schema = self.ask("schema", Json::Null);
        let account = schema["kinds"].as_array().unwrap().iter().find(|kind| kind["name"] == "account").unwrap();
        let labels = |list: &str| {
            let fields = account[list].as_array().unwrap().iter().filter(|field| field["custom"] == true);
            fields.map(|field| field["label"].as_str().unwrap().to_owned()).collect()
        };
        (labels("fields"), labels("retired"))
    }
}

#[test]
fn what_an_import_says_comes_as_a_code_with_what_it_is_about_and_in_english() {
    let desk = Desk::new();
    let report = desk.import("account", "name,country,founded\nAcme,Mordor,1999\n,,2001\n", json!({}));
    let warning = &report["warnings"][0];
    assert_eq!(warning["message"], "“Mordor” is not a country; left out");
    assert_eq!(
        warning["remark"],
        json!({ "code": "not_a_country", "about": { "text": "Mordor", "field": "country" } })
    );
    assert_eq!((&warning["left_out"], &warning["others"]), (&json!(true), &json!(false)));
    let skipped = &report["skipped"][0];
    assert_eq!((&skipped["row"], &skipped["reason"]), (&json!(3), &json!("has no name")));
    assert_eq!(
        skipped["remark"],
        json!({ "code": "lacks_fields", "about": { "fields": ["name"], "kind": "account" } })
    );
    let person = json!({ "kind": "person", "fields": { "last_name": "Lee", "email": "x" } });
    let refused = desk.try_ask("create", person).unwrap_err();
    let said = refused.remark.unwrap();
    assert_eq!((refused.code.as_str(), said.code.as_str()), ("invalid_value", "not_an_email"));
    assert_eq!(said.about["text"], "x");
    let no_file = desk.try_ask("import_run", json!({ "path": desk.file("empty.csv", "") })).unwrap_err();
    assert_eq!(no_file.remark.unwrap().code, "file_empty");
}

#[test]
fn phone_numbers_without_a_prefix_are_read_by_the_country_that_is_asked_for() {
    let desk = Desk::new();
    for country in ["DE", "Germany", "Deutschland"] {
        desk.import("account", &format!("name,phone\n{country},030 901820\n"), json!({ "country": country }));
        let filters = json!([{ "field": "name", "op": "is", "value": country }]);
        let found = desk.ask("list", json!({ "kind": "account", "filters": filters }));
        assert_eq!(found["records"][0]["fields"]["phone"], "+4930901820", "{country}");
    }
    let wrong = json!({ "path": desk.file("rows.csv", "name\nA\n"), "kind": "account", "country": "Mordor" });
    assert_eq!(desk.try_ask("import_preview", wrong).unwrap_err().code, "invalid_value");
}

#[test]
fn a_preview_that_only_reads_plans_nothing() {
    let desk = Desk::new();
    let asked = json!({ "path": desk.file("rows.csv", "name\nA\n"), "kind": "account", "only_read": true });
    let preview = desk.ask("import_preview", asked);
    assert_eq!((&preview["rows"], &preview["columns"][0]["field"]), (&json!(1), &json!("name")));
    assert_eq!(preview["report"]["created"], 0);
}

#[test]
fn another_address_finds_a_person_in_the_workspace() {
    let desk = Desk::new();
    let fields = json!({ "last_name": "Lee", "email": "ann@acme.example", "other_emails": ["al@home.example"] });
    let ann = desk.create("person", fields);
    let report = desk.import("person", "Last Name,Email,Job Title\nLee,al@home.example,CTO\n", json!({}));
    assert_eq!((&report["created"], &report["updated"]), (&json!(0), &json!(1)), "{report}");
    let record = desk.ask("record", json!({ "id": ann }));
    assert_eq!(record["fields"]["job_title"], "CTO");
    assert_eq!(record["fields"]["email"], "ann@acme.example");
}

#[test]
fn an_import_counts_what_it_made_along_the_way_apart() {
    let desk = Desk::new();
    let text = "Name,Account,Product\nA,Acme,Widget\nB,Acme,Widget\nC,Bolt,Widget\n";
    desk.import("opportunity", text, json!({ "name": "deals.csv" }));
    let change = desk.newest();
    assert_eq!((&change["action"], &change["kind"]), (&json!("import"), &json!("opportunity")));
    assert_eq!(change["records"], 3);
    assert_eq!(change["linked"], json!({ "account": 2, "product": 1 }));
}

#[test]
fn a_redo_names_what_stands_again() {
    let desk = Desk::new();
    let id = desk.create("account", json!({ "name": "Acme" }));
    let set = desk.ask("set", json!({ "ids": [id], "fields": { "city": "Ulm" } }));
    desk.ask("undo", json!({}));
    let redone = desk.ask("redo", Json::Null);
    assert_eq!(redone["undid"]["change"], set["change"]);
    assert_eq!(redone["undid"]["action"], "set");
}

#[test]
fn sums_name_no_currency_where_there_is_no_amount() {
    let desk = Desk::new();
    desk.create("opportunity", json!({ "name": "A", "value": 10, "currency": "EUR" }));
    desk.create("opportunity", json!({ "name": "B" }));
    let page = desk.ask("list", json!({ "kind": "opportunity", "sums": ["value"] }));
    assert_eq!(page["sums"]["value"], json!({ "EUR": 10.0 }));
    let board = desk.ask("board", json!({ "cards": 0 }));
    assert_eq!(board["columns"][0]["sums"], json!({ "EUR": 10.0 }));
}

#[test]
fn without_a_relay_nothing_waits_for_it() {
    let desk = Desk::new();
    desk.create("account", json!({ "name": "Acme" }));
    assert_eq!(desk.ask("status", Json::Null)["waiting"], 0);
    assert_eq!(desk.newest()["waiting"], false);
}

#[test]
fn what_is_found_says_which_field_its_second_line_comes_from() {
    let desk = Desk::new();
    desk.create("opportunity", json!({ "name": "Windpark", "stage": "proposal" }));
    let hits = desk.ask("search", json!({ "text": "windp" }));
    let hints = hits[0]["hints"].as_array().unwrap();
    assert!(hints.contains(&json!({ "field": "stage", "text": "proposal" })), "{hits}");
}

#[test]
fn an_export_gives_only_the_records_that_are_named() {
    let desk = Desk::new();
    let make = |name: &&str| desk.create("account", json!({ "name": name }));
    let ids: Vec<String> = ["Cube", "Acme", "Bolt"].iter().map(make).collect();
    let export = |ids: &[&String]| desk.ask("export", json!({ "kind": "account", "format": "csv", "ids": ids }));
    let exported = export(&[&ids[0], &ids[1], &ids[1]]);
    assert_eq!(exported["records"], 2, "each once");
    let text = exported["text"].as_str().unwrap();
    assert!(text.find("Acme") < text.find("Cube") && !text.contains("Bolt"), "in the list's order: {text}");
    assert_eq!(export(&[])["records"], 0, "an empty selection is not everything");
}

#[test]
fn the_beginning_of_an_id_stands_for_it_where_only_one_begins_so() {
    let desk = Desk::new();
    let [one, two] = ["Acme", "Bolt"].map(|name| desk.create("account", json!({ "name": name })));
    let common = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    assert!(common >= 4, "ids begin with the time");
    let find = |id: &str| desk.try_ask("find_id", json!({ "id": id }));
    // The time it was made, and some of what is random in it.
    assert_eq!(find(&one[..23]).unwrap()["id"], one.as_str());
    assert_eq!(find(&one.to_uppercase()).unwrap()["id"], one.as_str());
    let several = find(&one[..common]).unwrap_err();
    assert_eq!(several.code, "ambiguous");
    assert!(several.message.contains(&one) && several.message.contains("Bolt"), "{several}");
    assert_eq!(find(&one[..3]).unwrap_err().code, "not_found", "too short to mean one");
    assert_eq!(find("ffff").unwrap_err().code, "not_found");
    let change = desk.newest()["change"].as_str().unwrap().to_owned();
    assert_eq!(desk.ask("find_change", json!({ "change": change[..10] }))["change"], change.as_str());
}

#[test]
fn an_own_field_is_called_otherwise_removed_and_brought_back_with_its_values() {
    let desk = Desk::new();
    desk.ask("define_field", json!({ "kind": "account", "label": "Class", "type": "line" }));
    let id = desk.create("account", json!({ "name": "Acme", "x_class": "A" }));
    let field = |more: Json| {
        let mut asked = json!({ "kind": "account", "field": "x_class" });
        asked.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        asked
    };
    desk.ask("rename_field", field(json!({ "label": "Tier" })));
    assert_eq!(desk.own_fields(), (vec!["Tier".to_owned()], vec![]));
    let renamed = desk.newest();
    assert_eq!((&renamed["action"], &renamed["reason"]), (&json!("rename_field"), &json!("Class → Tier")));

    desk.ask("retire_field", field(json!({ "retired": true })));
    assert_eq!(desk.own_fields(), (vec![], vec!["Tier".to_owned()]));
    assert_eq!(desk.ask("record", json!({ "id": id }))["fields"].get("x_class"), None, "it is not shown");
    let csv = desk.ask("export", json!({ "kind": "account", "format": "csv" }));
    assert!(!csv["text"].as_str().unwrap().contains("x_class"), "nor exported");
    let set = desk.try_ask("set", json!({ "ids": [id], "fields": { "x_class": "B" } })).unwrap_err();
    assert_eq!(set.code, "unknown_field", "nor written");
    let define = json!({ "kind": "account", "label": "Class", "type": "line" });
    assert_eq!(desk.try_ask("define_field", define).unwrap_err().remark.unwrap().code, "field_was_removed");
    let columns = json!({ "path": desk.file("rows.csv", "name,Tier\nBolt,C\n"), "kind": "account" });
    assert_eq!(desk.ask("import_preview", columns)["columns"][1]["field"], Json::Null, "nor imported");

    desk.ask("undo", json!({}));
    assert_eq!(desk.own_fields(), (vec!["Tier".to_owned()], vec![]));
    assert_eq!(desk.ask("record", json!({ "id": id }))["fields"]["x_class"], "A", "its values were kept");
    desk.ask("redo", Json::Null);
    assert_eq!(desk.own_fields(), (vec![], vec!["Tier".to_owned()]));
    desk.ask("retire_field", field(json!({ "retired": false })));
    desk.ask("undo", json!({ "change": renamed["change"] }));
    assert_eq!(desk.own_fields(), (vec!["Class".to_owned()], vec![]));
    assert_eq!(desk.ask("verify", Json::Null)["clean"], true);

    // Another process reads the same from the file.
    let path = desk.ask("app", Json::Null)["workspace"]["path"].as_str().unwrap().to_owned();
    let other = App::new(desk.folder.path().to_owned(), Via::Cli).unwrap();
    other.open(Path::new(&path)).unwrap();
    assert!(other.rpc(Request::Schema).unwrap().to_string().contains("\"Class\""));
    other.close();
}

#[test]
fn a_field_takes_no_empty_name_and_none_that_another_has() {
    let desk = Desk::new();
    desk.ask("define_field", json!({ "kind": "account", "label": "Class", "type": "line" }));
    desk.ask("define_field", json!({ "kind": "account", "label": "Tier", "type": "line" }));
    let rename = |field: &str, label: &str| {
        desk.try_ask("rename_field", json!({ "kind": "account", "field": field, "label": label })).unwrap_err().code
    };
    assert_eq!(rename("x_class", " "), "missing_name");
    assert_eq!(rename("x_class", "tier"), "exists");
    assert_eq!(rename("city", "Town"), "unknown_field", "the standard fields have their names from the catalogue");
}

#[test]
fn a_workspace_is_called_otherwise_and_the_undo_takes_it_back() {
    let desk = Desk::new();
    let name = || desk.ask("app", Json::Null)["workspace"]["name"].clone();
    let state = desk.ask("rename_workspace", json!({ "name": " GTM " }));
    assert_eq!(state["workspace"]["name"], "GTM");
    assert_eq!(desk.newest()["reason"], "Deals → GTM");
    desk.ask("undo", json!({}));
    assert_eq!(name(), "Deals");
    desk.ask("redo", Json::Null);
    assert_eq!(name(), "GTM");
    assert_eq!(desk.try_ask("rename_workspace", json!({ "name": "" })).unwrap_err().code, "missing_name");
}
