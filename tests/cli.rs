//! The shapes that scripts rely on.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::support::{Desk, Maven};

/// The names in a JSON object.
fn keys(value: &Json) -> BTreeSet<&str> {
    value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// An object must have these names (it may have more).
#[track_caller]
fn has(value: &Json, names: &[&str]) {
    let missing: Vec<_> = names.iter().filter(|name| !keys(value).contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?} are missing in {value}");
}

#[test]
fn a_record_is_its_id_kind_fields_and_conflicts_with_links_as_id_and_title() {
    let desk = Desk::with_workspace();
    let account = desk.json(&["create", "account", "name=Nordwind AG", "domain=nordwind.example"]);
    has(&account, &["id", "kind", "fields", "conflicts"]);
    let id = account["id"].as_str().unwrap();
    let deal = desk.json(&[
        "create",
        "--override",
        "Known from before",
        "opportunity",
        "name=Windpark",
        "stage=proposal",
        "value=1200.50",
        &format!("account={id}"),
    ]);
    assert_eq!(deal["kind"], "opportunity");
    assert_eq!(deal["fields"]["account"], json!({"id": id, "title": "Nordwind AG"}));
    assert_eq!(deal["fields"]["value"], json!(1200.5));
    assert_eq!(deal["conflicts"], json!({}));
    assert_eq!(desk.json(&["show", deal["id"].as_str().unwrap()]), deal, "`show` and `create` give the same record");
}

#[test]
fn a_linked_record_may_be_named_by_its_title() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nordwind AG"]);
    let deal = desk.json(&["create", "opportunity", "name=Windpark", "stage=new", "account=Nordwind AG"]);
    assert_eq!(deal["fields"]["account"]["id"], id.as_str());
    let unknown = desk.fails(&["create", "opportunity", "name=X", "stage=new", "account=Nobody"]);
    assert!(unknown.line().contains("Nobody"), "{}", unknown.line());
}

#[test]
fn a_list_is_filtered_sorted_and_limited() {
    let desk = Desk::with_workspace();
    for (name, stage, value) in
        [("Alpha", "proposal", 100), ("Beta", "new", 300), ("Gamma", "proposal", 200), ("Delta", "won", 50)]
    {
        desk.create("opportunity", &[&format!("name={name}"), &format!("stage={stage}"), &format!("value={value}")]);
    }
    let names = |args: &[&str]| -> (u64, Vec<String>) {
        let page = desk.json(&[&["list", "opportunity"], args].concat());
        has(&page, &["total", "records"]);
        let records = page["records"].as_array().unwrap();
        let names = records.iter().map(|record| record["fields"]["name"].as_str().unwrap().to_owned()).collect();
        (page["total"].as_u64().unwrap(), names)
    };
    let expect = |total, list: &[&str]| (total, list.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(names(&["--sort", "name"]), expect(4, &["Alpha", "Beta", "Delta", "Gamma"]));
    assert_eq!(names(&["--filter", "stage=proposal", "--sort", "-value"]), expect(2, &["Gamma", "Alpha"]));
    assert_eq!(names(&["--filter", "stage!=proposal", "--sort", "value:desc"]), expect(2, &["Beta", "Delta"]));
    assert_eq!(
        names(&["--filter", "value>50", "--filter", "value<300", "--sort", "value"]),
        expect(2, &["Alpha", "Gamma"])
    );
    assert_eq!(names(&["--filter", "name~amm"]), expect(1, &["Gamma"]));
    assert_eq!(names(&["--filter", "next_step=", "--sort", "name", "--limit", "1"]), expect(4, &["Alpha"]));
}

#[test]
fn fields_are_set_cleared_and_lists_added_to_as_one_change_with_its_reason() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nordwind", "city=Kiel", "tags=wind"]);
    let done = desk.json(&["set", &id, "name=Nordwind AG", "city=", "tags+=energy", "--reason", "They merged"]);
    has(&done, &["change", "records"]);
    let account = desk.json(&["show", &id]);
    assert_eq!(account["fields"]["name"], "Nordwind AG");
    assert!(!keys(&account["fields"]).contains("city"), "a cleared field is absent: {account}");
    assert_eq!(account["fields"]["tags"], json!(["energy", "wind"]));
    desk.json(&["set", &id, "tags-=wind"]);
    assert_eq!(desk.json(&["show", &id])["fields"]["tags"], json!(["energy"]));
    let history = desk.json(&["history", &id]);
    let renamed =
        history.as_array().unwrap().iter().find(|change| change["field"] == "name" && change["from"] == "Nordwind");
    let renamed = renamed.unwrap_or_else(|| panic!("the rename is not in {history}"));
    assert_eq!(renamed["to"], "Nordwind AG");
    assert_eq!(renamed["change"]["reason"], "They merged");
    assert_eq!(renamed["change"]["by"]["title"], "Mia Berg");
    assert_eq!(renamed["change"]["change"], done["change"]);
}

#[test]
fn undo_takes_back_the_last_change_or_the_named_one() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=One", "city=Kiel"]);
    let renamed = desk.json(&["set", &id, "name=Two"]);
    desk.json(&["set", &id, "city=Bonn"]);
    desk.json(&["undo", renamed["change"].as_str().unwrap()]);
    let account = desk.json(&["show", &id]);
    assert_eq!((&account["fields"]["name"], &account["fields"]["city"]), (&json!("One"), &json!("Bonn")));
    desk.json(&["set", &id, "city=Ulm"]);
    let undone = desk.json(&["undo"]);
    assert_eq!(undone["restored"], 1);
    assert_eq!(desk.json(&["show", &id])["fields"]["city"], "Bonn");
}

#[test]
fn search_finds_by_the_beginning_of_a_word() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nordwind Energie"]);
    let hits = desk.json(&["search", "energ"]);
    assert_eq!(hits[0]["id"], id.as_str(), "{hits}");
    assert_eq!(desk.json(&["search", "nothing-like-it"]), json!([]));
}

#[test]
fn a_failure_is_one_line_and_a_code_for_machines() {
    let desk = Desk::with_workspace();
    let cases: &[&[&str]] = &[
        &["show", "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"],
        &["create", "account", "nonsense=1", "name=X"],
        &["create", "nonsense", "name=X"],
        &["create", "person", "first_name=Eva", "email=not an address"],
        &["list", "account", "--filter", "what is this"],
        &["list", "account", "--nonsense"],
        &["import", "account", "/nowhere/at/all.csv"],
        &["sync"],
        &["nonsense"],
        &[],
    ];
    for case in cases {
        let failure = desk.fails(case);
        assert!(failure.exit != 0, "{case:?}");
        failure.line();
        let machine = desk.fails(&[&["--json"], *case].concat());
        let error: Json = serde_json::from_str(&machine.stderr)
            .unwrap_or_else(|_| panic!("{case:?}: {:?} is no JSON", machine.stderr));
        has(&error, &["code", "message"]);
    }
}

#[test]
fn without_a_workspace_it_says_how_to_name_one() {
    let desk = Desk::empty();
    let missing = desk.fails(&["status"]);
    assert!(missing.line().contains("deals.tandem"), "the missing file is named: {}", missing.line());
    let mut unnamed = desk.command(&["status"]);
    let output = unnamed.env_remove("TANDEM_WORKSPACE").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && stderr.contains("TANDEM_WORKSPACE"), "{stderr}");
}

#[test]
fn an_import_reports_and_is_undone_at_once() {
    let desk = Desk::with_workspace();
    let file = desk.file(
        "people.csv",
        "Vorname;Nachname;E-Mail;Firma\nEva;Groß;eva@nord.example;Nord AG\nOtto;;not-an-address;\n;;;\n",
    );
    let dry = desk.json(&["import", "person", &file, "--dry-run"]);
    has(&dry, &["created", "updated", "skipped", "warnings", "change", "mapping"]);
    assert_eq!(dry["change"], Json::Null, "a dry run writes nothing");
    assert_eq!(desk.json(&["list", "person"])["total"], 0);
    let report = desk.json(&["import", "person", &file]);
    has(&report, &["created", "updated", "skipped", "warnings", "change"]);
    has(&report["skipped"][0], &["row", "reason", "remark"]);
    let total = desk.json(&["list", "person"])["total"].clone();
    assert_eq!(report["created"], total, "{report}");
    let eva = desk.json(&["list", "person", "--filter", "email=eva@nord.example"]);
    assert_eq!(eva["records"][0]["fields"]["account"]["title"], "Nord AG", "the company was made along the way: {eva}");
    let again = desk.json(&["import", "person", &file]);
    assert_eq!(
        (&again["created"], &desk.json(&["list", "person"])["total"]),
        (&json!(0), &total),
        "no duplicates: {again}"
    );
    desk.json(&["undo", report["change"].as_str().unwrap()]);
    assert_eq!(desk.json(&["list", "person"])["total"], 0);
    assert_eq!(desk.json(&["list", "account"])["total"], 0, "what was made along the way is undone with it");
}

#[test]
fn a_column_is_mapped_as_asked_or_left_out() {
    let desk = Desk::with_workspace();
    let file = desk.file("accounts.csv", "Firma,Wo,Branche\nNord AG,Kiel,Energy\n");
    desk.json(&["import", "account", &file, "--map", "Wo=city", "--map", "Branche="]);
    let account = &desk.json(&["list", "account"])["records"][0];
    assert_eq!(account["fields"]["city"], "Kiel");
    assert!(!keys(&account["fields"]).contains("industry"), "{account}");
}

#[test]
fn an_export_gives_what_was_put_in() {
    let desk = Desk::with_workspace();
    let file = desk.file("accounts.csv", "name,city\n\"Nord, \"\"Süd\"\" & Co\",Kiel\nOst,Görlitz\n");
    desk.json(&["import", "account", &file]);
    let csv = desk.text(&["export", "account", "--csv"]);
    assert!(csv.contains("\"Nord, \"\"Süd\"\" & Co\""), "{csv}");
    let records = desk.json(&["export", "account"]);
    let records = records.as_array().unwrap_or_else(|| panic!("not a list: {records}"));
    assert_eq!(records.len(), 2);
    let other = Desk::with_workspace();
    let copy = other.file("copy.csv", &csv);
    let report = other.json(&["import", "account", &copy]);
    assert_eq!(report["created"], 2, "an export can be imported: {report}");
    let to = desk.folder().join("out.csv");
    desk.text(&["export", "account", "--csv", "--output", to.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(to).unwrap(), csv);
}

#[test]
fn an_export_may_be_of_some_records_only() {
    let desk = Desk::with_workspace();
    let [acme, _, cube] = ["Acme", "Bolt", "Cube"].map(|name| desk.create("account", &[&format!("name={name}")]));
    let records = desk.json(&["export", "account", "--id", &acme, "--id", &cube]);
    let names: Vec<_> = records.as_array().unwrap().iter().map(|record| record["title"].as_str().unwrap()).collect();
    assert_eq!(names, ["Acme", "Cube"]);
    assert!(!desk.text(&["export", "account", "--id", &acme]).contains("Cube"));
}

#[test]
fn the_beginning_of_an_id_is_enough_where_it_is_one_record_s() {
    let desk = Desk::with_workspace();
    let (acme, bolt) = (desk.create("account", &["name=Acme"]), desk.create("account", &["name=Bolt"]));
    let common = acme.bytes().zip(bolt.bytes()).take_while(|(a, b)| a == b).count();
    // The time it was made, and some of what is random in it.
    let short = &acme[..23];
    assert_eq!(desk.json(&["show", short])["id"], acme.as_str());
    let changed = desk.json(&["set", short, "city=Ulm"]);
    assert_eq!(desk.json(&["history", short, "city"])[0]["to"], "Ulm");
    let several = desk.fails(&["show", &acme[..common]]);
    assert!(several.line().contains(&acme) && several.line().contains(&bolt), "{}", several.line());
    assert!(desk.fails(&["show", &acme[..3]]).line().contains("there is no record"));
    desk.json(&["undo", &changed["change"].as_str().unwrap()[..8]]);
    assert!(desk.json(&["show", &acme])["fields"].get("city").is_none(), "a change goes by its beginning too");
}

#[test]
fn phone_numbers_are_read_by_the_country_that_is_named() {
    let desk = Desk::with_workspace();
    let file = desk.file("accounts.csv", "name,phone\nNord AG,0431 901820\n");
    let unread = desk.json(&["import", "account", &file, "--dry-run"]);
    assert_eq!(unread["warnings"][0]["remark"]["code"], "phone_country", "{unread}");
    desk.json(&["import", "account", &file, "--country", "DE"]);
    assert_eq!(desk.json(&["list", "account"])["records"][0]["fields"]["phone"], "+49431901820");
}

#[test]
fn own_fields_and_the_workspace_are_renamed_and_fields_removed_and_brought_back() {
    let desk = Desk::with_workspace();
    desk.json(&["field", "add", "account", "Class", "--type", "choice", "--option", "A", "--option", "B"]);
    let id = desk.create("account", &["name=Acme", "x_class=A"]);
    let renamed = desk.json(&["field", "rename", "account", "Class", "Tier"]);
    assert_eq!((&renamed["name"], &renamed["label"]), (&json!("x_class"), &json!("Tier")));
    desk.json(&["field", "remove", "account", "tier"]);
    assert!(desk.json(&["show", &id])["fields"].get("x_class").is_none(), "it is no longer shown");
    let listed = desk.json(&["field", "list"]);
    assert_eq!((&listed[0]["name"], &listed[0]["removed"]), (&json!("x_class"), &json!(true)));
    desk.json(&["field", "restore", "account", "x_class"]);
    assert_eq!(desk.json(&["show", &id])["fields"]["x_class"], "A", "its values were kept");
    assert!(desk.fails(&["field", "rename", "account", "city", "Town"]).line().contains("city"));
    assert_eq!(desk.json(&["rename", "GTM"])["name"], "GTM");
    desk.json(&["undo"]);
    assert!(desk.text(&["rename", "Deals 2"]).contains("Deals 2"));
    desk.verify();
}

#[test]
fn the_fingerprint_is_one_word_that_changes_with_the_truth() {
    let desk = Desk::with_workspace();
    let before = desk.fingerprint();
    assert_eq!(before.split_whitespace().count(), 1, "{before:?}");
    assert_eq!(desk.fingerprint(), before, "looking changes nothing");
    desk.create("account", &["name=Nord"]);
    assert_ne!(desk.fingerprint(), before);
    desk.verify();
}

#[test]
fn people_get_tables_and_sentences_without_colour_in_a_pipe() {
    let desk = Desk::with_workspace();
    let id = desk.create("account", &["name=Nordwind AG", "city=Kiel"]);
    let commands: &[&[&str]] = &[
        &["list", "account"],
        &["show", &id],
        &["history", &id],
        &["conflicts"],
        &["search", "nord"],
        &["status"],
        &["verify"],
        &["set", &id, "city=Bonn"],
        &["undo"],
    ];
    for command in commands {
        let text = desk.text(command);
        assert!(
            !text.trim().is_empty() && !text.contains('\u{1b}') && !text.trim_start().starts_with('{'),
            "{command:?}: {text}"
        );
    }
    assert!(desk.text(&["list", "account"]).contains("Nordwind AG"));
}

#[test]
#[ignore = "needs the real data in ../shared/data"]
fn the_maven_pipeline_is_imported_linked_by_name_and_its_oddities_are_reported() {
    let (desk, maven) = (Desk::with_workspace(), Maven::open());
    let report = maven.import(&desk);
    let imported = report["created"].as_u64().unwrap();
    assert_eq!(imported, 8_800, "{}", report["skipped"]);
    assert_eq!(desk.json(&["list", "opportunity", "--limit", "1"])["total"], 8_800);
    assert_eq!(desk.json(&["list", "opportunity", "--filter", "stage=won", "--limit", "1"])["total"], 4_238);
    let won = desk.json(&["list", "opportunity", "--filter", "stage=won", "--limit", "1"]);
    for link in ["account", "product", "owner"] {
        has(&won["records"][0]["fields"][link], &["id", "title"]);
    }
    let warnings = report["warnings"].to_string();
    assert!(warnings.contains("GTXPro"), "the misspelt product is reported: {warnings}");
    let accounts = desk.json(&["import", "account", &maven.file("accounts.csv"), "--dry-run"]);
    assert!(
        accounts["warnings"].to_string().contains("technolgy"),
        "the misspelt sector is reported: {}",
        accounts["warnings"]
    );
    desk.verify();
}

#[test]
fn a_copy_of_the_file_alone_is_a_whole_workspace() {
    let desk = Desk::with_workspace();
    desk.create("account", &["name=Nordwind AG"]);
    let copy = desk.workspace().with_file_name("copy.tandem");
    std::fs::copy(desk.workspace(), &copy).unwrap();
    let copied = desk.json(&["--workspace", copy.to_str().unwrap(), "list", "account"]);
    assert_eq!(copied["total"], 1, "{copied}");
}
