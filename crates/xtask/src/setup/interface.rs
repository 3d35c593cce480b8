//! The interface's packages.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;

use crate::process::{output, run};
use crate::project::{npm, ui};

/// Node's oldest version that the interface's tools run on.
const NODE: (u32, u32) = (20, 19);

/// Checks Node and installs the packages of the lock file unless they are there.
pub(crate) fn interface() -> Result<()> {
    let version = output(std::process::Command::new("node").arg("--version"))
        .context("Node is missing; install Node 20.19 or newer from https://nodejs.org")?;
    let found = major_minor(&version).unwrap_or_default();
    ensure!(
        found >= NODE,
        "Node {} is too old; install {}.{} or newer from https://nodejs.org",
        version.trim(),
        NODE.0,
        NODE.1
    );
    if up_to_date() {
        return Ok(());
    }
    // Not `npm ci`: it refuses a lock that lacks the optional packages of other platforms, and a registry that mirrors one
    // platform cannot give them. What is in the lock is installed at the locked version by both.
    run(npm().args(["install", "--no-progress", "--no-audit", "--no-fund"]))
}

fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Whether what npm noted as installed is what the lock file wants. (Packages of other systems are optional.)
fn up_to_date() -> bool {
    let (Some(wanted), Some(have)) =
        (packages(&ui().join("package-lock.json")), packages(&ui().join("node_modules/.package-lock.json")))
    else {
        return false;
    };
    wanted.iter().filter(|(path, _)| !path.is_empty()).all(|(path, package)| match have.get(path) {
        Some(installed) => installed.get("version") == package.get("version"),
        None => package.get("optional") == Some(&Json::Bool(true)) || package.get("peer") == Some(&Json::Bool(true)),
    })
}

fn packages(lock: &Path) -> Option<serde_json::Map<String, Json>> {
    let lock: Json = serde_json::from_str(&std::fs::read_to_string(lock).ok()?).ok()?;
    lock.get("packages")?.as_object().cloned()
}
