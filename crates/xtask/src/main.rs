//! What a contributor types: `cargo xtask run`, `cargo xtask test`, and a few more. CI runs the same.

mod bench;
mod display;
mod lint;
mod pair;
mod process;
mod project;
mod run;
mod say;
mod setup;
mod test;
mod types;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tandem's development commands. They install what is missing, or say the exact command that does.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build and open the desktop application
    Run(run::Options),
    /// Run every test: Rust, interface, browser, real window
    Test(test::Options),
    /// Regenerate ui/src/api/types.ts from the engine's API
    Types(types::Options),
    /// Run the benchmarks, which print ratios to raw baselines of the same run
    Bench(bench::Options),
    /// Check format, lints, the interface's types and style, and dependencies
    Lint,
}

fn main() -> ExitCode {
    let result = process::end_all_on_signal().and_then(|()| match Options::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Types(options) => types::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Lint => lint::run(),
    });
    process::end_all();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::line(format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
