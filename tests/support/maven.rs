//! The Maven CRM data, which lives beside the repository: tests that need it are `#[ignore]`d by name, and
//! `cargo xtask test` includes them where it is there.

use std::path::{Path, PathBuf};

use super::Desk;

/// The Maven CRM files.
pub(crate) struct Maven {
    folder: PathBuf,
}

impl Maven {
    /// They must be there.
    pub(crate) fn open() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/maven-crm");
        assert!(folder.is_dir(), "{} is missing", folder.display());
        Self { folder }
    }

    /// One of the files.
    pub(crate) fn file(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    /// Imports all of it: accounts, products, sales teams as members, opportunities. Gives the last report.
    pub(crate) fn import(&self, desk: &Desk) -> serde_json::Value {
        desk.json(&["import", "account", &self.file("accounts.csv")]);
        desk.json(&["import", "product", &self.file("products.csv")]);
        desk.json(&["import", "member", &self.file("sales_teams.csv")]);
        desk.json(&["import", "opportunity", &self.file("sales_pipeline.csv")])
    }
}
