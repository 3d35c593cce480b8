//! Real files, where they are at hand.

use std::path::PathBuf;

use tandem_context::Value;

use super::memory::Memory;

fn file(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {name} is not there");
    }
    bytes
}

#[test]
fn a_hardware_seller_s_crm_comes_in_whole_and_linked() {
    let mut memory = Memory::default();
    let mut plans = Vec::new();
    for name in ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"] {
        let Some(bytes) = file(&format!("maven-crm/{name}")) else { return };
        plans.push(memory.import_bytes(&bytes, name));
    }
    let [accounts, products, teams, pipeline] = plans.as_slice() else { panic!("four files") };
    for (plan, created) in [(accounts, 85), (products, 7), (teams, 35), (pipeline, 8_800)] {
        assert_eq!((plan.created(), plan.updates.len(), plan.skipped.as_slice()), (created, 0, [].as_slice()));
    }
    assert_eq!(pipeline.linked.len(), 0, "every account, product and owner was there: {:?}", pipeline.linked);
    let won = memory.all("opportunity").filter(|(_, fields)| fields.get("stage") == Some(&Value::text("won"))).count();
    assert_eq!(won, 4_238);
    let said =
        |plan: &crate::Plan, text: &str| plan.warnings.iter().find(|warning| warning.message().contains(text)).cloned();
    let misspelt = said(accounts, "technolgy").expect("the misspelt industry is reported");
    assert_eq!((misspelt.column.as_deref(), misspelt.row), (Some("sector"), 2));
    let renamed = said(pipeline, "GTXPro").expect("the product's other spelling is reported");
    assert_eq!(renamed.message(), "there is no product “GTXPro” here; read as “GTX Pro”");
    assert_eq!((renamed.column.as_deref(), renamed.row, renamed.count), (Some("product"), 3, 1_480));
    assert_eq!(pipeline.warnings.len(), 1, "{:#?}", pipeline.warnings);
    assert_eq!(memory.text("account", "Bluth Company", "country").as_deref(), Some("US"));
    assert_eq!(memory.text("member", "Anna Snelling", "manager").as_deref(), Some("Dustin Brinkmann"));
}

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let mut memory = Memory::default();
    for name in ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"] {
        let Some(bytes) = file(&format!("maven-crm/{name}")) else { return };
        let first = memory.import_bytes(&bytes, name);
        let again = memory.import_bytes(&bytes, name);
        assert!(
            again.creates.is_empty() && again.updates.is_empty(),
            "{name}: {} made, {:?}",
            again.creates.len(),
            again.updates.first()
        );
        assert_eq!(again.unchanged as usize, first.created(), "{name}");
    }
}

#[test]
fn contacts_with_three_columns_of_addresses_come_in_with_their_companies() {
    let mut memory = Memory::default();
    let Some(bytes) = file("atomic-crm-contacts.csv") else { return };
    let plan = memory.import_bytes(&bytes, "atomic-crm-contacts.csv");
    let rows = crate::Table::read(&bytes).unwrap().len();
    assert_eq!((plan.created(), rows), (500, 500));
    assert!(plan.skipped.is_empty());
    assert!(plan.linked["account"] > 10 && plan.linked["member"] >= 1, "{:?}", plan.linked);
    let shelley = memory.text("person", "Shelley Kerluke", "email");
    assert_eq!(
        shelley.as_deref(),
        Some("shelley_kerluke47@hotmail.com"),
        "the only address is the one they are known by"
    );
    assert_eq!(memory.text("person", "Shelley Kerluke", "account").as_deref(), Some("Gottlieb and Sons"));
    let again = memory.import_bytes(&bytes, "atomic-crm-contacts.csv");
    assert_eq!((again.creates.len(), again.updates.len()), (0, 0), "{:?}", again.updates.first());
}
