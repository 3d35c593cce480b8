//! The interface's tests: units by vitest, the main paths in a browser by Playwright.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

use super::Plan;
use super::counts::Counts;
use crate::process::succeeds;
use crate::project::{binary, npm, scratch};

pub(crate) fn vitest(plan: &Plan) -> Result<Counts> {
    let report = scratch("test")?.join("vitest.json");
    forget(&report)?;
    let mut command = npm();
    command.args(["run", "test", "--", "--passWithNoTests", "--reporter=default", "--reporter=json"]);
    command.arg(format!("--outputFile.json={}", report.display()));
    if !plan.names.is_empty() {
        command.arg("-t").arg(plan.names.join("|"));
    }
    let success = succeeds(&mut command)?;
    let counts = Counts::from_vitest(&read(&report).context("vitest did not run")?)?;
    // With a filter, vitest counts what it left out as pending.
    let skipped = if plan.names.is_empty() { counts.skipped } else { 0 };
    Ok(Counts { skipped, ..counts }.with_exit(success))
}

pub(crate) fn playwright(plan: &Plan) -> Result<Counts> {
    let report = scratch("test")?.join("playwright.json");
    forget(&report)?;
    let mut command = npm();
    command.args(["run", "e2e", "--", "--pass-with-no-tests", "--reporter=list,json"]);
    if !plan.names.is_empty() {
        command.arg("-g").arg(plan.names.join("|"));
    }
    command.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    command.env("TANDEM_DEVHOST", binary("tandem-devhost")?).env("TANDEM_RELAY", binary("tandem-relay")?);
    let success = succeeds(&mut command)?;
    Ok(Counts::from_playwright(&read(&report).context("Playwright did not run")?)?.with_exit(success))
}

/// Removes the report of an earlier run, so that it is not taken for this one's.
fn forget(report: &Path) -> Result<()> {
    match std::fs::remove_file(report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn read(report: &Path) -> Result<Json> {
    Ok(serde_json::from_str(&std::fs::read_to_string(report)?)?)
}
