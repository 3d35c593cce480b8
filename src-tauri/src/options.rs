//! What the program is started with.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, bail};

/// The program's options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Where workspaces, preferences and keys live (`TANDEM_DATA`, or the system's place for it).
    pub(crate) data_dir: PathBuf,
    /// A workspace to open at once.
    pub(crate) workspace: Option<PathBuf>,
}

impl Options {
    /// Reads `[--workspace PATH | PATH]`; a path alone is what a double click on a workspace gives.
    pub(crate) fn from_args(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<Self> {
        let (mut args, mut workspace) = (args.into_iter(), None);
        while let Some(argument) = args.next() {
            match argument.to_str() {
                Some("--workspace") => workspace = Some(args.next().context("--workspace needs a path")?),
                Some(text) if text.starts_with("--workspace=") => {
                    workspace = text.strip_prefix("--workspace=").map(OsString::from);
                }
                // Started by macOS' Finder.
                Some(text) if text.starts_with("-psn_") => {}
                Some(text) if text.starts_with('-') => {
                    bail!("unknown option {text}; usage: tandem-desktop [--workspace PATH]")
                }
                _ => workspace = Some(argument),
            }
        }
        Ok(Self { data_dir: tandem_workspace::default_data_dir(), workspace: workspace.map(PathBuf::from) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> anyhow::Result<Option<PathBuf>> {
        Options::from_args(args.iter().map(OsString::from)).map(|options| options.workspace)
    }

    #[test]
    fn a_workspace_is_named_by_option_or_alone() {
        assert_eq!(read(&[]).ok(), Some(None));
        for args in [&["--workspace", "deals.tandem"][..], &["--workspace=deals.tandem"], &["deals.tandem"]] {
            assert_eq!(read(args).ok(), Some(Some(PathBuf::from("deals.tandem"))), "{args:?}");
        }
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(read(&["--wrkspace", "deals.tandem"]).is_err(), "a typo must not open another workspace");
        assert!(read(&["--workspace"]).is_err(), "a missing path must be said");
    }
}
