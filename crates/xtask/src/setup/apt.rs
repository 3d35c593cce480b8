//! System packages, through apt where that is allowed; otherwise the exact command is said.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{answers, output, run};
use crate::say;

/// To build the desktop application.
pub(crate) const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "libssl-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
];
/// To show a window where there is no display.
pub(crate) const HEADLESS: &[&str] = &["xvfb", "imagemagick", "xdotool", "fonts-dejavu-core"];
/// To run the browser and real-window tests.
pub(crate) const TEST: &[&str] = &["xvfb", "webkit2gtk-driver", "chromium", "fonts-dejavu-core"];

/// Installs those packages that are missing.
pub(crate) fn packages(lists: &[&[&str]]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = lists.iter().flat_map(|list| list.iter().copied());
    if !answers("dpkg-query", &["--version"]) {
        let names = wanted.collect::<Vec<_>>().join(", ");
        say::line(format!("This is no Debian or Ubuntu; the equivalents of these packages are needed: {names}"));
        return Ok(());
    }
    let mut missing: Vec<&str> = wanted.filter(|package| !installed(package)).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let Some(prefix) = root_prefix() else {
        bail!(
            "system packages are missing; install them with\n  sudo apt-get update && sudo apt-get install --yes --no-install-recommends {names}"
        );
    };
    say::line(format!("Installing missing system packages: {names}"));
    let apt = |args: &[&str]| {
        let line: Vec<&str> = prefix.iter().copied().chain(["apt-get"]).chain(args.iter().copied()).collect();
        let (program, rest) = line.split_first().map_or(("apt-get", &[][..]), |(program, rest)| (*program, rest));
        let mut command = Command::new(program);
        command.args(rest).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command)
    };
    apt(&["update", "--quiet"])?;
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    apt(&[&install[..], &missing[..]].concat())
}

/// What to put before apt: nothing for root, sudo where it asks no password.
fn root_prefix() -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        Some(&[])
    } else if answers("sudo", &["-n", "true"]) {
        Some(&["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"])
    } else {
        None
    }
}

fn installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    output(&mut query).is_ok_and(|status| status == "installed")
}
