//! Rows against what is there.

use std::ops::ControlFlow;

use tandem_context::{Conventions, Value};

use super::memory::Memory;
use crate::{Import, ImportError, Plan, Table, plan, propose_mapping};

/// What an import comes to, in one line.
fn counts(plan: &Plan) -> String {
    let linked: Vec<String> = plan.linked.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    format!(
        "{} made, {} changed, {} same, linked [{}], {} skipped",
        plan.created(),
        plan.updates.len(),
        plan.unchanged,
        linked.join(", "),
        plan.skipped.len()
    )
}

fn messages(plan: &Plan) -> Vec<String> {
    let said = |warning: &crate::Warning| {
        format!(
            "{} {}: {} ×{}",
            warning.row,
            warning.column.as_deref().unwrap_or("-"),
            warning.message(),
            warning.count
        )
    };
    plan.warnings.iter().map(said).collect()
}

fn reasons(plan: &Plan) -> Vec<(u32, String)> {
    plan.skipped.iter().map(|skipped| (skipped.row, skipped.message())).collect()
}

#[test]
fn people_bring_their_companies_and_owners_along_once_each() {
    let mut memory = Memory::default();
    let plan = memory.import("First Name,Last Name,Email,Company,Owner\nAnn,Lee,Ann@acme.example,Acme Inc.,Rob Roy\nBob,Low,bob@acme.example,ACME Inc,rob@us.example\nCy,Poe,cy@bolt.example,Bolt,Rob Roy\n", "contacts.csv");
    assert_eq!(counts(&plan), "3 made, 0 changed, 0 same, linked [2 account, 2 member], 0 skipped");
    assert_eq!(messages(&plan), ["3 Company: there is no account “ACME Inc” here; read as “Acme Inc.” ×1"]);
    assert_eq!(memory.text("person", "Bob Low", "account").as_deref(), Some("Acme Inc."));
    assert_eq!(memory.text("person", "Bob Low", "owner").as_deref(), Some("rob@us.example"));
    assert_eq!(memory.titles("member"), ["Rob Roy", "rob@us.example"]);
}

#[test]
fn a_known_address_or_external_id_updates_and_an_empty_cell_changes_nothing() {
    let mut memory = Memory::default();
    memory.import("id,First Name,Last Name,Email,Job Title,Tags\n7,Ann,Lee,ann@a.example,CTO,vip\n", "people.csv");
    let same = memory.import("First Name,Last Name,Email,Job Title\nAnn,Lee,ANN@a.example,\n", "people.csv");
    assert_eq!(counts(&same), "0 made, 0 changed, 1 same, linked [], 0 skipped");
    let by_mail = memory.import("Last Name,Email,Tags\nLee-Poe,ann@a.example,fan\n", "people.csv");
    assert_eq!(counts(&by_mail), "0 made, 1 changed, 0 same, linked [], 0 skipped");
    assert_eq!(by_mail.updates[0].fields.get("tags"), Some(&Value::set(["vip", "fan"])), "sets grow");
    let by_id = memory.import("id,First Name,Last Name,Email\n7,Ann,Lee-Poe,ann@b.example\n", "people.csv");
    assert_eq!(by_id.updates[0].fields.keys().collect::<Vec<_>>(), ["email"]);
    assert_eq!(memory.titles("person"), ["Ann Lee-Poe"]);
}

#[test]
fn people_of_one_name_are_told_apart_by_account_and_address() {
    let mut memory = Memory::default();
    memory.import("Name,Email,Company\nAnn Lee,,Acme\nAnn Lee,ann@bolt.example,Bolt\n", "people.csv");
    assert_eq!(memory.all("person").count(), 2);
    let plan = memory.import(
        "Name,Email,Company\nAnn Lee,ann@acme.example,Acme\nAnn Lee,other@bolt.example,Bolt\n\"Lee, Ann\",,Cube\n",
        "people.csv",
    );
    assert_eq!(
        counts(&plan),
        "2 made, 1 changed, 0 same, linked [1 account], 0 skipped",
        "only the one without an address was the same"
    );
}

#[test]
fn rows_that_repeat_in_a_file_come_together() {
    let mut memory = Memory::default();
    let plan = memory.import(
        "name,domain,city\nAcme,acme.example,\nAcme Corp,www.acme.example,Ulm\nBolt,,\nbolt,,Bonn\n",
        "accounts.csv",
    );
    assert_eq!(counts(&plan), "2 made, 0 changed, 0 same, linked [], 0 skipped");
    assert_eq!(messages(&plan), ["3 -: is about the same record as an earlier row; the two were brought together ×2"]);
    assert_eq!(memory.text("account", "Acme Corp", "city").as_deref(), Some("Ulm"));
    assert_eq!(memory.text("account", "Bolt", "city").as_deref(), Some("Bonn"), "a name in other case is not respelt");
}

#[test]
fn a_record_may_be_pointed_to_before_its_own_row_and_by_itself() {
    let mut memory = Memory::default();
    let plan = memory.import("name,parent company,city\nAcme Sub,Acme,Ulm\nAcme,Acme,Bonn\n", "accounts.csv");
    assert_eq!(counts(&plan), "2 made, 0 changed, 0 same, linked [], 0 skipped");
    assert_eq!(memory.text("account", "Acme Sub", "parent").as_deref(), Some("Acme"));
    assert_eq!(memory.text("account", "Acme", "parent"), None);
    assert_eq!(memory.text("account", "Acme", "city").as_deref(), Some("Bonn"));
}

#[test]
fn a_name_does_not_join_accounts_whose_domains_differ() {
    let mut memory = Memory::default();
    memory.import("name,domain\nAcme,acme.example.com\n", "accounts.csv");
    let plan = memory.import("name,domain\nAcme,acme.example.org\nAcme,\n", "accounts.csv");
    assert_eq!(plan.created(), 1);
    let several = memory.import("name,company\nAnn Lee,Acme\n", "people.csv");
    assert_eq!(
        messages(&several),
        ["2 company: “Acme” could be any of 2 records of kind account; the one made first was taken ×1"]
    );
    assert_eq!(memory.text("person", "Ann Lee", "account").as_deref(), Some("Acme"));
}

#[test]
fn opportunities_get_a_name_a_stage_and_a_currency() {
    let mut memory = Memory::default();
    let plan = memory.import("deal id,account,product,stage,amount,contact\n1,Acme,Widget,Gewonnen,\"€ 1,200.50\",Ann Lee (champion); Bob Low\n2,,,,5,\n3,,Widget,Closed Lost,,\n", "deals.csv");
    assert_eq!(counts(&plan), "3 made, 0 changed, 0 same, linked [1 account, 2 person, 1 product], 0 skipped");
    assert_eq!(memory.titles("opportunity"), ["2", "Acme – Widget", "Widget"]);
    let (_, first) = memory.all("opportunity").find(|(_, fields)| fields["external_id"] == Value::text("1")).unwrap();
    assert_eq!(
        (&first["stage"], &first["value"], &first["currency"]),
        (&Value::text("won"), &Value::Integer(120_050), &Value::text("EUR"))
    );
    let Value::Set(people) = &first["people"] else { panic!("a set") };
    assert_eq!(people.values().collect::<Vec<_>>(), ["champion", ""]);
    assert_eq!(memory.text("opportunity", "2", "stage").as_deref(), Some("new"));
    assert_eq!(
        memory.text("person", "Ann Lee", "account").as_deref(),
        Some("Acme"),
        "a new contact belongs to the deal's account"
    );
}

#[test]
fn rows_that_cannot_be_taken_say_why_and_the_rest_comes_in() {
    let mut memory = Memory::default();
    let plan = memory.import("Deal Name,Stage,Amount,Close Date,Account\nA,Won,12,2027-02-30,Acme\nB,Nirvana,12,2027-02-28,Bolt\nC,Won,much,2027-02-28,Cube\nD,Won,12,2027-02-28,Dome\n,Won,12,,\n", "deals.csv");
    assert_eq!(plan.created(), 1);
    let stages = "new, engaged, qualified, accepted, discovery, proposal, negotiation, won, onboarding, live, renewal, nurture, disqualified, lost, churned";
    assert_eq!(
        reasons(&plan),
        [
            (2, "Close Date: “2027-02-30” is not a date".to_owned()),
            (3, format!("Stage: “Nirvana” is none of {stages}")),
            (4, "Amount: “much” is not an amount".to_owned()),
            (6, "has no name".to_owned()),
        ]
    );
    assert_eq!(memory.titles("account"), ["Dome"], "a row that is not taken makes nothing");
    let people = memory.import("First Name,Email,Job Title\nAnn,nonsense,\n,,CTO\nBob,bob@a.example,\n", "people.csv");
    assert_eq!(
        reasons(&people),
        [
            (2, "Email: “nonsense” is not an e-mail address".to_owned()),
            (3, "has neither a name nor an e-mail address".to_owned())
        ]
    );
    let calls = memory.import("Subject,Date,Type\nHello,,call\nHello,2027-01-02 10:00,call\n", "calls.csv");
    assert_eq!(reasons(&calls), [(2, "has no at".to_owned())]);
}

#[test]
fn a_detail_that_cannot_be_read_is_left_out_with_a_warning() {
    let mut memory = Memory::default();
    let plan = memory
        .import("name,country,employees,phone\nAcme,Mordor,12,n/a\nBolt,Deutschland,-,030 901820\n", "accounts.csv");
    assert_eq!(counts(&plan), "2 made, 0 changed, 0 same, linked [], 0 skipped");
    assert_eq!(messages(&plan), ["2 country: “Mordor” is not a country; left out ×1"]);
    assert_eq!(memory.text("account", "Bolt", "phone").as_deref(), Some("+4930901820"), "the row's country tells how");
}

#[test]
fn phone_numbers_are_read_by_the_row_s_country_else_by_the_file_s() {
    let mut memory = Memory::in_country(*b"DE");
    let plan = memory.import(
        "name,country,phone\nAcme,,030 901820\nBolt,Switzerland,044 668 18 00\nCube,,+41 44 668 18 00\nDome,,123\n",
        "accounts.csv",
    );
    let phone = |name: &str| memory.text("account", name, "phone");
    assert_eq!(phone("Acme").as_deref(), Some("+4930901820"), "the file's country");
    assert_eq!(phone("Bolt").as_deref(), Some("+41446681800"), "the row's own country comes first");
    assert_eq!(phone("Cube").as_deref(), Some("+41446681800"), "a prefix says it itself");
    assert_eq!(messages(&plan), ["5 phone: “123” is no number of DE; kept as written ×1"]);
    let mut memory = Memory::default();
    let plan = memory.import("name,phone\nAcme,030 901820\nBolt,030 901821\n", "accounts.csv");
    let said = "“030 901820” says no country; kept as written (and others like it)";
    assert_eq!(messages(&plan), [format!("2 phone: {said} ×2")], "what cannot be read is said");
}

#[test]
fn another_address_finds_a_person_too() {
    let mut memory = Memory::default();
    memory.import("Name,Email,Other emails\nAnn Lee,ann@acme.example,al@home.example\n", "people.csv");
    let by_other = memory.import("Last Name,Email,Job Title\nLee-Poe,al@home.example,CTO\n", "people.csv");
    assert_eq!(counts(&by_other), "0 made, 1 changed, 0 same, linked [], 0 skipped");
    let own = memory.text("person", "Ann Lee-Poe", "email");
    assert_eq!(own.as_deref(), Some("ann@acme.example"), "she stays known by her own address");
    let swapped =
        memory.import("Last Name,Email,Other emails\nLee-Poe,ann@new.example,ann@acme.example\n", "people.csv");
    assert_eq!(counts(&swapped), "0 made, 1 changed, 0 same, linked [], 0 skipped");
    let (_, ann) = memory.all("person").next().unwrap();
    assert_eq!(ann["email"], Value::text("ann@new.example"));
    assert_eq!(ann["other_emails"], Value::set(["ann@acme.example", "al@home.example"]));
    let calls = memory.import("Subject,Date,Type,Contact\nHi,2027-01-02 10:00,call,al@home.example\n", "calls.csv");
    assert_eq!(calls.linked.len(), 0, "a link finds her as well: {:?}", calls.linked);
    assert_eq!(memory.all("person").count(), 1);
}

#[test]
fn an_address_that_two_people_share_does_not_make_them_one() {
    let mut memory = Memory::default();
    memory.import("Name,Email,Other emails\nAnn Lee,ann@acme.example,info@acme.example\n", "people.csv");
    let plan = memory.import("Name,Email,Other emails\nBob Low,bob@acme.example,info@acme.example\n", "people.csv");
    assert_eq!(counts(&plan), "1 made, 0 changed, 0 same, linked [], 0 skipped");
}

#[test]
fn formulas_are_text_and_a_spreadsheet_s_guard_comes_off() {
    let mut memory = Memory::default();
    let formula = "=HYPERLINK(\"http://x\",\"y\")";
    memory.import("name,description\nAcme,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\nBolt,'@SUM(1)\n", "accounts.csv");
    assert_eq!(memory.text("account", "Acme", "description").as_deref(), Some(formula));
    assert_eq!(memory.text("account", "Bolt", "description").as_deref(), Some("@SUM(1)"));
}

#[test]
fn an_unknown_id_makes_no_record_of_that_name() {
    let mut memory = Memory::default();
    let plan = memory.import("First Name,Email,Account ID\nAnn,ann@a.example,00Q5e00000\n", "people.csv");
    assert_eq!(counts(&plan), "1 made, 0 changed, 0 same, linked [], 0 skipped");
    assert_eq!(messages(&plan), ["2 Account ID: “00Q5e00000” is the id of no account here; left out ×1"]);
    memory.import("Account ID,Name\n00Q5e00000,Acme\n", "accounts.csv");
    let again = memory.import("First Name,Email,Account ID\nAnn,ann@a.example,00Q5e00000\n", "people.csv");
    assert_eq!(again.updates.len(), 1, "found by its external id");
}

#[test]
fn a_column_may_become_a_field_of_the_workspace_s_own() {
    let mut memory = Memory::default();
    let plan = memory.plan_as(
        "name,Kundenklasse,Rabatt\nAcme,A,\"1,5\"\nBolt,B,\"2,75\"\n",
        "accounts.csv",
        Some("account"),
        &[("Kundenklasse", Some("new:Kundenklasse")), ("Rabatt", Some("new:Rabatt"))],
    );
    let fields: Vec<(&str, &str)> =
        plan.new_fields.iter().map(|field| (field.name.as_str(), field.type_name.as_str())).collect();
    assert_eq!(fields, [("x_kundenklasse", "line"), ("x_rabatt", "money")]);
    assert_eq!(
        (&plan.creates[0].fields["x_kundenklasse"], &plan.creates[0].fields["x_rabatt"]),
        (&Value::text("A"), &Value::Integer(150))
    );
}

#[test]
fn an_import_can_be_stopped_and_an_empty_one_is_none() {
    let table = Table::read(b"name\nAcme\n").unwrap();
    let memory = Memory::default();
    let mapping = propose_mapping(&table, "account", memory.schema(), &std::collections::BTreeMap::new()).unwrap();
    let import = |kind| Import {
        table: &table,
        kind,
        schema: memory.schema(),
        mapping: &mapping,
        conventions: Conventions::ISO,
        detected: None,
        currency: None,
    };
    let mut new_id = || "x".to_owned();
    let stopped = plan(&import("account"), &memory, &mut new_id, &mut |_, _| ControlFlow::Break(()));
    assert_eq!(stopped, Err(ImportError::Cancelled));
    let unknown = plan(&import("animal"), &memory, &mut new_id, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(unknown, Err(ImportError::UnknownKind("animal".to_owned())));
    let mut memory = Memory::default();
    assert_eq!(
        counts(&memory.plan_as("name,city\n", "accounts.csv", Some("account"), &[])),
        "0 made, 0 changed, 0 same, linked [], 0 skipped"
    );
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(
        heading in proptest::sample::subsequence(vec!["id", "name", "Email", "Company", "Owner", "stage", "amount", "Close date", "phone", "tags", "country", "contacts", "other emails", "product", "parent"], 1..8),
        rows in proptest::collection::vec(proptest::collection::vec("[a-c@.,;<>()=' 0-9€äñ\u{37e}\u{1}-]{0,12}", 0..9), 0..6),
        kind in proptest::sample::select(vec!["account", "person", "opportunity", "activity", "campaign", "product", "member", "page"]),
    ) {
        let lines = rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","));
        let text = std::iter::once(heading.join(",")).chain(lines).collect::<Vec<_>>().join("\n");
        // Mostly control characters are no text.
        proptest::prop_assume!(text.bytes().filter(|b| *b == 1).count() * 20 < text.len());
        let mut memory = Memory::default();
        let plan = memory.plan_as(&text, "file.csv", Some(kind), &[]);
        memory.write(&plan);
        // What came in is known the next time: rows without anything that tells them apart excepted.
        let again = memory.plan_as(&text, "file.csv", Some(kind), &[]);
        proptest::prop_assert!(again.created() <= plan.created());
        proptest::prop_assert_eq!(again.linked, std::collections::BTreeMap::new(), "{}", text);
    }
}
