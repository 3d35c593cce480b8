//! Running programs: to their end, or as groups that are ended with us, whatever way we end.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use crate::say;

/// How often a condition is looked at again.
const POLL: Duration = Duration::from_millis(100);
/// How long a program may take to end by itself when asked to.
const GRACE: Duration = Duration::from_secs(5);

/// The process groups to end with us.
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// Runs a program to its end, showing the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    ensure!(succeeds(command)?, "`{}` failed", shown(command));
    Ok(())
}

/// Runs a program to its end, showing the command; says whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    say::step(shown(command));
    let status = command.status().with_context(|| format!("cannot start `{}`", shown(command)))?;
    Ok(status.success())
}

/// Runs a program silently and gives its standard output; its standard error is part of the failure.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start `{}`", shown(command)))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{}` failed: {}", shown(command), stderr.trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is there and answers.
pub(crate) fn answers(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy();
    let args = command.get_args().map(|arg| arg.to_string_lossy());
    [program].into_iter().chain(args).collect::<Vec<_>>().join(" ")
}

/// A program with everything it starts, ended when dropped.
pub(crate) struct Group {
    name: String,
    child: Child,
    group: Pid,
}

impl Group {
    /// Starts a program in a process group of its own.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        use std::os::unix::process::CommandExt as _;
        let name = shown(command);
        let child = command.process_group(0).spawn().with_context(|| format!("cannot start `{name}`"))?;
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a process without an id")?;
        groups().push(group);
        Ok(Self { name, child, group })
    }

    /// Starts a program and gives the first line that it prints, which says that it is ready.
    pub(crate) fn start_and_read_line(command: &mut Command) -> Result<(Self, String)> {
        let mut group = Self::start(command.stdout(Stdio::piped()))?;
        let stdout = group.child.stdout.take().context("no standard output")?;
        let line = first_line(stdout).with_context(|| format!("`{}` did not get ready", group.name))?;
        Ok((group, line))
    }

    /// Fails when the program has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("`{}` ended: {status}", self.name),
            None => Ok(()),
        }
    }

    /// Waits until the program ends.
    pub(crate) fn wait(&mut self) -> Result<()> {
        let status = self.child.wait()?;
        ensure!(status.success(), "`{}` ended: {status}", self.name);
        Ok(())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        end(self.group, || matches!(self.child.try_wait(), Ok(Some(_))));
        let _ = self.child.wait();
        groups().retain(|group| *group != self.group);
    }
}

fn first_line(stdout: ChildStdout) -> Result<String> {
    let mut line = String::new();
    let mut reader = BufReader::new(stdout);
    reader.read_line(&mut line)?;
    ensure!(!line.is_empty(), "it ended without a word");
    // Keeps the pipe open and empty, so that the program may go on printing.
    std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
    Ok(line.trim().to_owned())
}

/// Asks a group to end, then makes it.
fn end(group: Pid, mut ended: impl FnMut() -> bool) {
    let _ = kill_process_group(group, Signal::TERM);
    let asked = Instant::now();
    while asked.elapsed() < GRACE && !(ended() && test_kill_process_group(group).is_err()) {
        std::thread::sleep(POLL.min(Duration::from_millis(20)));
    }
    let _ = kill_process_group(group, Signal::KILL);
}

/// Ends all groups when we are told to stop.
pub(crate) fn end_all_on_signal() -> Result<()> {
    ctrlc::set_handler(|| {
        end_all();
        std::process::exit(130);
    })
    .context("cannot wait for signals")
}

/// Ends all groups that are left.
pub(crate) fn end_all() {
    let left = std::mem::take(&mut *groups());
    for group in left {
        end(group, || true);
    }
}

fn groups() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Looks at a condition until it gives something, at most for `bound`.
pub(crate) fn wait_for<T>(what: &str, bound: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let since = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        ensure!(since.elapsed() < bound, "waited {} s in vain until {what}", bound.as_secs());
        std::thread::sleep(POLL);
    }
}
