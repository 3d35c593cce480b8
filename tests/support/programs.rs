//! The project's own programs, and processes that end with the test.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

/// A program of this project, as the same build made it.
pub(crate) fn program(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_BIN_EXE_tandem-desktop")).parent().unwrap();
    let path = folder.join(name);
    assert!(
        path.exists(),
        "{} is missing; run `cargo xtask test`, or first `cargo build --workspace --bins`",
        path.display()
    );
    path
}

/// A running program and all that it started; killed when dropped.
pub(crate) struct Running {
    child: Child,
    group: Pid,
}

impl Running {
    /// Starts it in a process group of its own.
    pub(crate) fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).spawn().unwrap();
        let group = Pid::from_child(&child);
        Self { child, group }
    }

    /// Starts it and gives the first line that it prints.
    pub(crate) fn start_and_read_line(command: &mut Command) -> (Self, String) {
        let mut running = Self::start(command.stdout(Stdio::piped()));
        let mut reader = BufReader::new(running.child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{command:?} ended without a word");
        // Keeps the pipe open and empty, so that the program may go on printing.
        std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
        (running, line.trim().to_owned())
    }

    /// Asks it to end and waits until it has.
    pub(crate) fn stop(mut self) {
        let _ = kill_process_group(self.group, Signal::TERM);
        self.child.wait().unwrap();
    }

    /// `kill -9`.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
    }
}
