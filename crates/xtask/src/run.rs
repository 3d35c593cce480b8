//! `cargo xtask run`: the desktop application, on a machine that may have nothing yet.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::display::{self, Virtual};
use crate::process::{Group, run as run_to_end};
use crate::project::{binary, build, build_ui, scratch};
use crate::{pair, say, setup};

/// What to open.
#[derive(Args)]
pub(crate) struct Options {
    /// A relay and two windows, a marketer's and a rep's, on one workspace
    #[arg(long)]
    pub(crate) pair: bool,
    /// A workspace to open
    #[arg(long, value_name = "PATH", conflicts_with = "pair")]
    workspace: Option<PathBuf>,
    /// Without a display: keep running after the screenshot, until Ctrl-C
    #[arg(long)]
    pub(crate) keep: bool,
}

/// Installs what is missing, builds, opens.
pub(crate) fn run(options: &Options) -> Result<()> {
    let headless = !display::is_there();
    setup::packages(if headless { &[setup::BUILD, setup::HEADLESS] } else { &[setup::BUILD] })?;
    setup::interface()?;
    build_ui()?;
    build()?;
    if options.pair {
        return pair::run(options, headless);
    }
    let mut app = Command::new(binary("tandem-desktop")?);
    if let Some(workspace) = &options.workspace {
        app.arg("--workspace").arg(workspace);
    }
    if !headless {
        say::line("Tandem is open. Close its window or press Ctrl-C to end.");
        return run_to_end(&mut app);
    }
    say::line("There is no display here: opening the window on a virtual one.");
    let display = Virtual::start(1280, 800)?;
    display.show(&mut app);
    let mut app = Group::start(&mut app)?;
    let window = display.window_of("^Tandem$", &[])?;
    display.wait_painted(&window, &mut app)?;
    let path = scratch("run")?.join("screenshot.png");
    display.screenshot(&window, &path)?;
    say::line(format!("The window has painted: {}", path.display()));
    if options.keep {
        say::line("It stays open until Ctrl-C.");
        return app.wait();
    }
    Ok(())
}
