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
    // Built as it is released: nobody uses anything else for real work.
    for (package, bench) in
        [("tandem-relay", "relay"), ("tandem-workspace", "budgets"), ("tandem-workspace", "journey")]
    {
        if options.filter.is_empty() || options.filter.iter().any(|name| bench.contains(name.as_str())) {
            run_to_end(cargo().args(["bench", "--package", package, "--bench", bench]))?;
        }
    }
    Ok(())
}
