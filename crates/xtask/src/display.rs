//! Where windows appear: the display that is there, or a virtual one, and pictures of it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process::{Group, output, wait_for};

/// How long a window may take to paint, on a slow machine that has just built it.
const PAINT_BOUND: Duration = Duration::from_secs(90);
/// A window that shows more than its background has more colours than this (text alone has dozens).
const BLANK_COLOURS: u32 = 16;

/// Whether somebody can see a window here.
pub(crate) fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A display without a screen.
pub(crate) struct Virtual {
    _server: Group,
    name: String,
}

impl Virtual {
    /// Starts one of that size in pixels.
    pub(crate) fn start(width: u32, height: u32) -> Result<Self> {
        let screen = format!("{width}x{height}x24");
        let mut command = Command::new("Xvfb");
        // It takes a free number and says which on its standard output.
        command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
        let (server, number) = Group::start_and_read_line(command.stderr(Stdio::null()))?;
        Ok(Self { _server: server, name: format!(":{number}") })
    }

    /// Makes a program appear here.
    pub(crate) fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        // There is no graphics card to share buffers with.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
    }

    /// Waits for a process' window and gives its id.
    pub(crate) fn window_of(&self, title: &str, known: &[String]) -> Result<String> {
        wait_for("a window opened", PAINT_BOUND, || {
            let mut search = Command::new("xdotool");
            search.args(["search", "--onlyvisible", "--name", title]).env("DISPLAY", &self.name);
            // It fails as long as there is none.
            let found = output(&mut search).unwrap_or_default();
            Ok(found.lines().map(str::to_owned).find(|id| !known.contains(id)))
        })
    }

    /// Puts a window's upper left corner somewhere.
    pub(crate) fn place(&self, window: &str, x: u32, y: u32) -> Result<()> {
        let mut command = Command::new("xdotool");
        command.args(["windowmove", "--sync", window, &x.to_string(), &y.to_string()]).env("DISPLAY", &self.name);
        output(&mut command).map(|_| ())
    }

    /// Waits until the window shows content, not only its background and frame, and has come to rest.
    pub(crate) fn wait_painted(&self, window: &str, program: &mut Group) -> Result<()> {
        wait_for("the window was painted", PAINT_BOUND, || {
            program.check()?;
            Ok((self.colours(window)? > BLANK_COLOURS).then_some(()))
        })?;
        self.wait_still(window).map(|_| ())
    }

    /// Waits until two looks at the window show the same picture, and gives its digest.
    pub(crate) fn wait_still(&self, window: &str) -> Result<String> {
        let mut last = String::new();
        wait_for("the window came to rest", PAINT_BOUND, || {
            let now = self.picture(window)?;
            let rests = now == last;
            last.clone_from(&now);
            Ok(rests.then_some(now))
        })
    }

    /// How many different colours the window shows where its content is, right of the sidebar and below the header.
    fn colours(&self, window: &str) -> Result<u32> {
        let shown = output(self.import(window).args(["-crop", "900x640+300+100", "-format", "%k", "info:"]))?;
        shown.trim().parse().with_context(|| format!("`import` said {shown:?}"))
    }

    /// A digest of what the window shows: differs when the picture does.
    pub(crate) fn picture(&self, window: &str) -> Result<String> {
        output(self.import(window).args(["-format", "%#", "info:"]))
    }

    /// Writes a picture of a window as PNG.
    pub(crate) fn screenshot(&self, window: &str, path: &Path) -> Result<()> {
        output(self.import(window).arg(path)).map(|_| ())
    }

    fn import(&self, window: &str) -> Command {
        let mut command = Command::new("import");
        command.args(["-silent", "-window", window]).env("DISPLAY", &self.name);
        command
    }
}
