//! Where things are, and how they are built.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::run;

/// The repository's top level.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The interface's folder.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}

/// The folder of real data that some tests need, beside the repository.
pub(crate) fn data() -> PathBuf {
    root().join("../shared/data")
}

/// Cargo's target folder.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    Ok(metadata.target_directory.into_std_path_buf())
}

/// A program that [`build`] made.
pub(crate) fn binary(name: &str) -> Result<PathBuf> {
    Ok(target()?.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// A folder for what these commands write, within the target folder.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    let folder = target()?.join("tandem").join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Cargo, at the top level.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// npm, in the interface's folder.
pub(crate) fn npm() -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(ui()).env("npm_config_fund", "false").env("npm_config_audit", "false");
    npm
}

/// Builds what people run: the desktop application, the command line and the relay (Cargo's default members).
///
/// Always together: Cargo chooses features by what is built at once, and would build half of the dependencies anew for
/// every other selection.
pub(crate) fn build() -> Result<()> {
    run(cargo().args(["build", "--bins"]))
}

/// Builds all programs and all tests, as the test runners will ask for them.
pub(crate) fn build_for_tests() -> Result<()> {
    run(cargo().args(["build", "--workspace", "--bins", "--tests"]))
}

/// Builds the interface where its sources are newer than what was built.
pub(crate) fn build_ui() -> Result<()> {
    let built = modified(&ui().join("dist/index.html"));
    let sources = ["src", "messages", "project.inlang", "public", "index.html", "vite.config.ts", "package-lock.json"];
    let newest = sources.iter().filter_map(|source| newest(&ui().join(source))).max();
    if built.is_some() && built > newest {
        return Ok(());
    }
    run(npm().args(["run", "build"]))
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// The time of the newest file at or below a path; what a build writes itself does not count.
fn newest(path: &Path) -> Option<std::time::SystemTime> {
    if path.ends_with("src/paraglide") || path.ends_with("project.inlang/cache") {
        return None;
    }
    if !path.is_dir() {
        return modified(path);
    }
    let entries = std::fs::read_dir(path).ok()?;
    entries.flatten().filter_map(|entry| newest(&entry.path())).max()
}
