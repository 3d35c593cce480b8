//! `cargo xtask test`: every test of the project, and at the end what ran.

mod counts;
mod interface;
mod rust;

use std::time::Instant;

use anyhow::{Result, ensure};
use clap::Args;

use crate::project::{build_for_tests, build_ui, data};
use crate::{say, setup, types};
use counts::Counts;

/// Which tests.
#[derive(Args)]
pub(crate) struct Options {
    /// Suites (types, rust, doc, interface, browser, window), or parts of tests' names; without any, everything runs
    filter: Vec<String>,
}

/// The suites, in the order they run: those that fail fastest first.
const SUITES: [Suite; 6] = [
    Suite { name: "types", title: "generated types", run: generated_types },
    Suite { name: "interface", title: "interface (vitest)", run: interface::vitest },
    Suite { name: "rust", title: "Rust", run: rust::all_but_window },
    Suite { name: "doc", title: "documentation", run: rust::documentation },
    Suite { name: "browser", title: "browser (Playwright)", run: interface::playwright },
    Suite { name: "window", title: "real window", run: rust::window },
];

/// A runner and what it runs.
struct Suite {
    name: &'static str,
    title: &'static str,
    run: fn(&Plan) -> Result<Counts>,
}

/// What the suites need to know.
pub(crate) struct Plan {
    /// Parts of tests' names; empty: all.
    names: Vec<String>,
    /// cargo-nextest is there.
    nextest: bool,
    /// The real data that some tests need is there.
    data: bool,
}

/// Installs what is missing, builds, runs the suites. The last line says what ran.
pub(crate) fn run(options: &Options) -> Result<()> {
    let (suites, names): (Vec<String>, Vec<String>) =
        options.filter.iter().cloned().partition(|word| SUITES.iter().any(|suite| suite.name == word));
    let wanted = |suite: &&Suite| suites.is_empty() || suites.iter().any(|name| name == suite.name);
    setup::packages(&[setup::BUILD, setup::TEST])?;
    setup::interface()?;
    let plan = Plan { names, nextest: setup::nextest()?, data: data().is_dir() };
    build_ui()?;
    build_for_tests()?;
    let (mut lines, mut total) = (Vec::new(), Counts::default());
    for suite in SUITES.iter().filter(wanted) {
        let since = Instant::now();
        // A suite that could not run counts as failed: nothing is left out in silence.
        let counts = (suite.run)(&plan).unwrap_or_else(|error| {
            say::line(format!("error: {}: {error:#}", suite.title));
            Counts { failed: 1, ..Counts::default() }
        });
        lines.push(format!("{:<22} {counts} ({} s)", suite.title, since.elapsed().as_secs()));
        total.add(&counts);
    }
    say::line("");
    if !plan.data {
        say::line("The real data (../shared/data) is not here: the tests that need it count as skipped.");
    }
    for line in lines {
        say::line(line);
    }
    say::line(total.to_string());
    ensure_passed(&total)
}

fn ensure_passed(total: &Counts) -> Result<()> {
    if total.failed > 0 {
        // The last line is the counts; the failures were shown where they happened.
        crate::process::end_all();
        std::process::exit(1);
    }
    ensure!(total.passed > 0, "no test has that name");
    Ok(())
}

/// One test: what the interface was given is what the engine has.
fn generated_types(plan: &Plan) -> Result<Counts> {
    if !plan.names.is_empty() && !plan.names.iter().any(|name| "types".contains(name.as_str())) {
        return Ok(Counts::default());
    }
    types::check()?;
    Ok(Counts { passed: 1, ..Counts::default() })
}
