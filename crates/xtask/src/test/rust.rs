//! The Rust tests: all but the real window's, the documentation's, the real window's.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use super::Plan;
use super::counts::Counts;
use crate::process::{Group, output};
use crate::project::{cargo, root};
use crate::say;

/// The module of the root test binary that drives the real window; its tests share one screen and run one by one.
const WINDOW_MODULE: &str = "desktop::";

/// The same for nextest, of all packages.
const WINDOW_TESTS: &str = "package(tandem-desktop) & kind(test) & test(/^desktop::/)";
/// Not tests but the generator of the interface's types: they write one file together, and the suite `types` runs them.
const GENERATORS: &str = "test(/::export_bindings_/)";

pub(crate) fn all_but_window(plan: &Plan) -> Result<Counts> {
    let mut command = cargo();
    if plan.nextest {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]);
        command.args(["-E", &format!("not (({WINDOW_TESTS}) | {GENERATORS})")]);
        if plan.data {
            command.args(["--run-ignored", "all"]);
        }
        command.args(&plan.names);
        let (text, success) = shown_and_kept(&mut command)?;
        let counts = Counts::from_nextest(&text)?;
        // nextest counts what the filter left out as skipped too; it is not, its turn is in another suite.
        let left_out = if plan.names.is_empty() { left_out()? } else { counts.skipped };
        return Ok(Counts { skipped: counts.skipped.saturating_sub(left_out), ..counts }.with_exit(success));
    }
    command.args(["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests", "--"]);
    command.args(["--skip", WINDOW_MODULE, "--skip", "export_bindings_"]);
    if plan.data {
        command.arg("--include-ignored");
    }
    command.args(&plan.names);
    let (text, success) = shown_and_kept(&mut command)?;
    Ok(Counts::from_cargo_test(&text).with_exit(success))
}

pub(crate) fn window(plan: &Plan) -> Result<Counts> {
    let mut command = cargo();
    if plan.nextest {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass", "--test-threads", "1"]);
        command.args(["-E", WINDOW_TESTS]);
        command.args(&plan.names);
        let (text, success) = shown_and_kept(&mut command)?;
        return Ok(Counts { skipped: 0, ..Counts::from_nextest(&text)? }.with_exit(success));
    }
    command.args(["test", "--workspace", "--tests", "--", WINDOW_MODULE, "--test-threads=1"]);
    let (text, success) = shown_and_kept(&mut command)?;
    Ok(Counts::from_cargo_test(&text).with_exit(success))
}

/// How many tests [`all_but_window`] leaves to other suites.
fn left_out() -> Result<u64> {
    let mut command = cargo();
    command.args(["nextest", "list", "--workspace", "--message-format", "oneline"]);
    command.args(["-E", &format!("({WINDOW_TESTS}) | {GENERATORS}")]);
    let is_test = |line: &&str| line.contains(WINDOW_MODULE) || line.contains("::export_bindings_");
    Ok(output(&mut command)?.lines().filter(is_test).count() as u64)
}

/// Examples in doc comments, where there are any (looking is faster than asking rustdoc about every crate).
pub(crate) fn documentation(plan: &Plan) -> Result<Counts> {
    let mut look = Command::new("git");
    look.args(["grep", "--quiet", "-E", r"^\s*//[/!] ```(rust)?$", "--", "*.rs"]).current_dir(root());
    if !look.status().context("cannot start git")?.success() {
        return Ok(Counts::default());
    }
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast", "--doc", "--"]).args(&plan.names);
    let (text, success) = shown_and_kept(&mut command)?;
    Ok(Counts::from_cargo_test(&text).with_exit(success))
}

/// Runs a program in a group of its own, shows what it prints (both streams, in order) and keeps it.
fn shown_and_kept(command: &mut Command) -> Result<(String, bool)> {
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    say::step(format!("{:?}", command.get_args().collect::<Vec<_>>()));
    let mut group = Group::start(command)?;
    // The command holds the writing ends: they are closed for the reader to see the end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut kept = String::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        say::line(&line);
        kept.push_str(&line);
        kept.push('\n');
    }
    Ok((kept, group.wait().is_ok()))
}
