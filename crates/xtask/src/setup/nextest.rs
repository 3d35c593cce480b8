//! The test runner.

use anyhow::Result;

use crate::process::{answers, succeeds};
use crate::project::cargo;
use crate::say;

/// Whether cargo-nextest can be used: it is there, or could be installed. Without it, `cargo test` runs the tests.
pub(crate) fn nextest() -> Result<bool> {
    if answers("cargo", &["nextest", "--version"]) {
        return Ok(true);
    }
    // Its dev build is as good for starting tests and takes a third of the time to make.
    let installed = succeeds(cargo().args(["install", "--locked", "--debug", "--quiet", "cargo-nextest"]))?;
    if !installed {
        say::line("cargo-nextest could not be installed; `cargo test` runs the tests instead.");
    }
    Ok(installed)
}
