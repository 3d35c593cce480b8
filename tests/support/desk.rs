//! One person's machine, worked by the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

use super::{Relay, program};

/// A machine with one copy of a workspace.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// How a command failed.
#[derive(Debug)]
pub(crate) struct Failed {
    /// The exit code.
    pub(crate) exit: i32,
    /// What it printed on standard error.
    pub(crate) stderr: String,
}

impl Desk {
    /// A machine with nothing on it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A machine with a new workspace.
    pub(crate) fn with_workspace() -> Self {
        let desk = Self::empty();
        desk.init(&[]);
        desk
    }

    /// A marketer's and a rep's machine on one workspace.
    pub(crate) fn pair(relay: &Relay) -> (Self, Self) {
        let (mia, ravi) = (Self::empty(), Self::empty());
        mia.init(&["--relay", &relay.url()]);
        mia.json(&["sync"]);
        mia.invite(&ravi);
        mia.json(&["sync"]);
        (mia, ravi)
    }

    fn init(&self, more: &[&str]) {
        let path = self.workspace();
        let who = ["--name", "Deals", "--as", "Mia Berg <mia@acme.example>", "--team", "marketing"];
        self.json(&[&["init", path.to_str().unwrap()], &who[..], more].concat());
    }

    /// Brings another machine in.
    pub(crate) fn invite(&self, other: &Self) {
        let invite = self.json(&["invite"]);
        let link = invite["link"].as_str().unwrap();
        other.json(&["join", link, "--as", "Ravi Sharma <ravi@acme.example>", "--team", "sales"]);
    }

    /// The folder of this machine.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The workspace's file.
    pub(crate) fn workspace(&self) -> PathBuf {
        self.folder().join("deals.tandem")
    }

    /// The one workspace that was made on this machine, wherever its maker put it.
    pub(crate) fn only_workspace(&self) -> PathBuf {
        let (mut found, mut open) = (Vec::new(), vec![self.folder().to_path_buf()]);
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|extension| extension == "tandem") {
                    found.push(path);
                }
            }
        }
        assert_eq!(found.len(), 1, "one workspace was to be made: {found:?}");
        found.remove(0)
    }

    /// A file on this machine.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// `tandem` on this machine, to be started.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.within(Command::new(program("tandem")), args)
    }

    /// Another program that starts `tandem` on this machine.
    pub(crate) fn within(&self, mut command: Command, args: &[&str]) -> Command {
        command.args(args).env("TANDEM_DATA", self.folder()).env("TANDEM_WORKSPACE", self.workspace());
        command.env_remove("TANDEM_LOG").stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command prints for people; it must succeed.
    #[track_caller]
    pub(crate) fn text(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`tandem {}` failed: {stderr}", args.join(" "));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A command's answer in JSON; it must succeed.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Json {
        let text = self.text(&[&["--json"], args].concat());
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("`tandem {}` gave no JSON ({error}): {text}", args.join(" ")))
    }

    /// How a command fails; it must not succeed.
    #[track_caller]
    pub(crate) fn fails(&self, args: &[&str]) -> Failed {
        let output = self.run(args);
        failed(&output, &args.join(" "))
    }

    /// The id of a new record. An opportunity may begin in any stage.
    #[track_caller]
    pub(crate) fn create(&self, kind: &str, fields: &[&str]) -> String {
        let record = self.json(&[&["create", "--override", "It stands there", kind], fields].concat());
        record["id"].as_str().unwrap().to_owned()
    }

    /// The state of this copy in one word.
    #[track_caller]
    pub(crate) fn fingerprint(&self) -> String {
        self.text(&["fingerprint"]).trim().to_owned()
    }

    /// The log, the document and the read model must agree.
    #[track_caller]
    pub(crate) fn verify(&self) {
        let report = self.json(&["verify"]);
        assert_eq!(report["clean"], true, "{report}");
    }
}

/// The failure of a command that must have failed.
#[track_caller]
pub(crate) fn failed(output: &Output, what: &str) -> Failed {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "`tandem {what}` succeeded: {}", String::from_utf8_lossy(&output.stdout));
    let exit =
        output.status.code().unwrap_or_else(|| panic!("`tandem {what}` was ended by a signal: {}", output.status));
    Failed { exit, stderr }
}

impl Failed {
    /// One line that says what is wrong, as people see it.
    #[track_caller]
    pub(crate) fn line(&self) -> &str {
        let line = self.stderr.strip_suffix('\n').unwrap_or(&self.stderr);
        assert!(line.starts_with("error: ") && !line.contains('\n'), "not one clear line: {:?}", self.stderr);
        line
    }
}
