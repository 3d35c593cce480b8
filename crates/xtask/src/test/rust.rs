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

pub(crate) fn all_but_window(plan: &Plan) -> Result<Counts> {
    let mut command = cargo();
    if plan.nextest {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]);
        command.args(["-E", "not (package(tandem-desktop) & kind(test) & test(/^desktop::/))"]);
        if plan.data {
            command.args(["--run-ignored", "all"]);
        }
        command.args(&plan.names);
        let (text, success) = shown_and_kept(&mut command)?;
        return Ok(Counts::from_nextest(&text)?.with_exit(success));
    }
    command.args([
        "test",
        "--workspace",
        "--no-fail-fast",
        "--lib",
        "--bins",
        "--tests",
        "--",
        "--skip",
        WINDOW_MODULE,
    ]);
    cargo_test(plan, command)
}

pub(crate) fn window(plan: &Plan) -> Result<Counts> {
    let mut command = cargo();
    if plan.nextest {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass", "--test-threads", "1"]);
        command.args(["-E", "package(tandem-desktop) & kind(test) & test(/^desktop::/)"]);
        command.args(&plan.names);
        let (text, success) = shown_and_kept(&mut command)?;
        return Ok(run_only(Counts::from_nextest(&text)?).with_exit(success));
    }
    command.args(["test", "--workspace", "--tests", "--", WINDOW_MODULE, "--test-threads=1"]);
    let (text, success) = shown_and_kept(&mut command)?;
    Ok(Counts::from_cargo_test(&text).with_exit(success))
}

/// The counts of a run that chose its tests: what it left out is no skipped test.
fn run_only(counts: Counts) -> Counts {
    Counts { skipped: 0, ..counts }
}

/// How many tests drive the real window.
fn window_tests() -> Result<u64> {
    let mut command = cargo();
    command.args(["nextest", "list", "--workspace", "--message-format", "oneline"]);
    command.args(["-E", "package(tandem-desktop) & kind(test) & test(/^desktop::/)"]);
    Ok(output(&mut command)?.lines().filter(|line| line.contains(WINDOW_MODULE)).count() as u64)
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

fn cargo_test(plan: &Plan, mut command: Command) -> Result<Counts> {
    if plan.data {
        command.arg("--include-ignored");
    }
    command.args(&plan.names);
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
