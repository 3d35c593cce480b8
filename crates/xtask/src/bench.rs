//! `cargo xtask bench`: the budgets as ratios, beside the raw baselines of the same run.

use anyhow::Result;
use clap::Args;

use crate::process::run as run_to_end;
use crate::project::cargo;

/// Which benchmarks.
#[derive(Args)]
pub(crate) struct Options {
    /// Only benchmarks whose name contains this
    filter: Vec<String>,
}

/// Runs the benchmarks.
pub(crate) fn run(options: &Options) -> Result<()> {
    // The profile that the application is run with, so that the figures are its own.
    run_to_end(
        cargo()
            .args(["bench", "--profile", "dev", "--package", "tandem-workspace", "--bench", "budgets", "--"])
            .args(&options.filter),
    )
}
