//! `cargo xtask lint`: what must hold beside the tests.

use anyhow::{Result, ensure};

use crate::process::{answers, succeeds};
use crate::project::{build_ui, cargo, npm};
use crate::{say, setup};

/// Runs all checks and names those that failed.
pub(crate) fn run() -> Result<()> {
    setup::packages(&[setup::BUILD])?;
    setup::interface()?;
    // The desktop application embeds the interface: without one, it does not compile.
    build_ui()?;
    let mut failed = Vec::new();
    let mut check = |name: &'static str, command: &mut std::process::Command| -> Result<()> {
        if !succeeds(command)? {
            failed.push(name);
        }
        Ok(())
    };
    check("format", cargo().args(["fmt", "--all", "--check"]))?;
    check("clippy", cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    check("interface", npm().args(["run", "check"]))?;
    if answers("cargo", &["deny", "--version"]) {
        check("dependencies", cargo().args(["deny", "check"]))?;
    } else {
        say::line(
            "cargo-deny is not installed: licences and advisories were not checked (cargo install --locked cargo-deny).",
        );
    }
    ensure!(failed.is_empty(), "these checks failed: {}", failed.join(", "));
    say::line("All checks passed.");
    Ok(())
}
