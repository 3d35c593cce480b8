//! `cargo xtask types`: the API's types for the interface, generated from the engine's.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use crate::process::run as run_to_end;
use crate::project::{cargo, scratch, ui};
use crate::say;

/// What to do with them.
#[derive(Args)]
pub(crate) struct Options {
    /// Only fail when what is there is stale
    #[arg(long)]
    check: bool,
}

/// Regenerates, or checks.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let there = ui().join("src/api");
    for file in generate()? {
        let to = there.join(&file.path);
        std::fs::create_dir_all(to.parent().unwrap_or(&there))?;
        std::fs::write(&to, file.text).with_context(|| format!("cannot write {}", to.display()))?;
        say::line(format!("wrote ui/src/api/{}", file.path.display()));
    }
    Ok(())
}

/// Fails when the interface's types are not those of the engine.
pub(crate) fn check() -> Result<()> {
    for file in generate()? {
        let there = std::fs::read_to_string(ui().join("src/api").join(&file.path)).unwrap_or_default();
        ensure!(
            there == file.text,
            "ui/src/api/{} is stale; regenerate it with `cargo xtask types`",
            file.path.display()
        );
    }
    Ok(())
}

/// A generated file, named relative to `ui/src/api`.
struct Generated {
    path: PathBuf,
    text: String,
}

fn generate() -> Result<Vec<Generated>> {
    let folder = scratch("types")?;
    std::fs::remove_dir_all(&folder)?;
    std::fs::create_dir_all(&folder)?;
    // One process writes them all (they share a file), so not through a runner that starts one for each test.
    let mut command = cargo();
    command.args(["test", "--quiet", "--workspace", "--lib", "export_bindings"]);
    command.env("TS_RS_EXPORT_DIR", &folder).env("TS_RS_LARGE_INT", "number");
    run_to_end(&mut command)?;
    let mut files = Vec::new();
    collect(&folder, &folder, &mut files)?;
    ensure!(!files.is_empty(), "no types were generated");
    Ok(files)
}

fn collect(base: &Path, folder: &Path, files: &mut Vec<Generated>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(base, &path, files)?;
        } else {
            files.push(Generated {
                path: path.strip_prefix(base)?.to_path_buf(),
                text: std::fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}
