//! `cargo xtask run --pair`: a relay and two people's windows on one workspace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value as Json;

use crate::display::Virtual;
use crate::process::{Group, output, wait_for};
use crate::project::{binary, scratch};
use crate::run::Options;
use crate::say;

/// How long a change may take from one window to the other before something is wrong.
const SEEN_BOUND: Duration = Duration::from_secs(30);

/// One of the two people, on a machine of their own as far as Tandem can tell.
struct Person {
    role: &'static str,
    member: &'static str,
    team: &'static str,
    folder: PathBuf,
}

impl Person {
    fn new(base: &Path, role: &'static str, member: &'static str, team: &'static str) -> Result<Self> {
        let folder = base.join(role);
        std::fs::create_dir_all(&folder)?;
        Ok(Self { role, member, team, folder })
    }

    fn workspace(&self) -> PathBuf {
        self.folder.join("northwind.tandem")
    }

    /// Runs `tandem` on this person's copy and reads its answer.
    fn tandem(&self, args: &[&str]) -> Result<Json> {
        let mut command = Command::new(binary("tandem")?);
        command.arg("--json").args(args).env("TANDEM_DATA", &self.folder).env("TANDEM_WORKSPACE", self.workspace());
        let answer = output(&mut command)?;
        serde_json::from_str(&answer).with_context(|| format!("`tandem {}` answered {answer:?}", args.join(" ")))
    }

    /// This person's window, to be started.
    fn window(&self) -> Result<Command> {
        let mut command = Command::new(binary("tandem-desktop")?);
        command.arg("--workspace").arg(self.workspace()).env("TANDEM_DATA", &self.folder);
        Ok(command)
    }
}

/// Starts the relay, makes and shares the workspace, opens both windows.
pub(crate) fn run(options: &Options, headless: bool) -> Result<()> {
    let base = scratch("pair")?;
    std::fs::remove_dir_all(&base)?;
    let (mut relay, address) = start_relay(&base.join("relay"))?;
    say::line(format!("The relay is at {address}"));
    let marketer = Person::new(&base, "marketer", "Mia Berg <mia.berg@northwind.example>", "marketing")?;
    let rep = Person::new(&base, "rep", "Ravi Sharma <ravi.sharma@northwind.example>", "sales")?;
    share(&marketer, &rep, &address)?;
    if headless {
        return on_virtual_display(options, &marketer, &rep);
    }
    let mut windows = [Group::start(&mut marketer.window()?)?, Group::start(&mut rep.window()?)?];
    say::line("Two windows are open, Mia's and Ravi's. Change something in one and look at the other.");
    say::line("Close both or press Ctrl-C to end.");
    for window in &mut windows {
        window.wait()?;
    }
    relay.check()
}

/// The relay on a free port of this machine.
fn start_relay(data: &Path) -> Result<(Group, String)> {
    let mut command = Command::new(binary("tandem-relay")?);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    command.env("RUST_LOG", "warn");
    let (relay, line) = Group::start_and_read_line(&mut command)?;
    let Some(address) = line.strip_prefix("listening on ") else { bail!("the relay said {line:?}") };
    Ok((relay, address.to_owned()))
}

/// The marketer starts the workspace with example data and invites; the rep joins by the link.
fn share(marketer: &Person, rep: &Person, relay: &str) -> Result<()> {
    let path = marketer.workspace();
    let path = path.to_str().context("the path is not UTF-8")?;
    let who = ["--as", marketer.member, "--team", marketer.team];
    marketer.tandem(&[&["init", path, "--name", "Northwind GTM", "--sample", "--relay", relay], &who[..]].concat())?;
    marketer.tandem(&["sync"])?;
    say::line(format!("{} started the workspace", marketer.member));
    let invite = marketer.tandem(&["invite"])?;
    let link = invite.get("link").and_then(Json::as_str).context("the invite has no link")?;
    rep.tandem(&["join", link, "--as", rep.member, "--team", rep.team])?;
    say::line(format!("{} joined it by the invite link", rep.member));
    // The marketer's copy learns of the new member.
    marketer.tandem(&["sync"])?;
    let (one, other) = (marketer.tandem(&["fingerprint"])?, rep.tandem(&["fingerprint"])?);
    ensure!(one == other, "the copies differ: {one} and {other}");
    say::line(format!("Both hold the same truth: {one}"));
    Ok(())
}

/// Both windows side by side, a change made in one seen in the other, pictures of both.
fn on_virtual_display(options: &Options, marketer: &Person, rep: &Person) -> Result<()> {
    say::line("There is no display here: opening both windows on a virtual one.");
    let display = Virtual::start(2560, 800)?;
    let (mut apps, mut windows) = (Vec::new(), Vec::new());
    for person in [marketer, rep] {
        let mut command = person.window()?;
        display.show(&mut command);
        let mut app = Group::start(&mut command)?;
        let window = display.window_of("^Tandem$", &windows)?;
        display.place(&window, u32::try_from(windows.len())? * 1280, 0)?;
        display.wait_painted(&window, &mut app)?;
        apps.push(app);
        windows.push(window);
    }
    let [_, rep_window] = windows.as_slice() else { bail!("a window is missing") };
    change_and_see(&display, marketer, rep, rep_window)?;
    for (person, window) in [marketer, rep].into_iter().zip(&windows) {
        let path = scratch("pair")?.join(format!("{}.png", person.role));
        display.screenshot(window, &path)?;
        say::line(format!("{}'s window: {}", person.role, path.display()));
    }
    if options.keep {
        say::line("They stay open until Ctrl-C.");
        for app in &mut apps {
            app.wait()?;
        }
    }
    Ok(())
}

/// Renames a deal on the marketer's copy and waits until the rep's window shows another picture and holds the new name.
fn change_and_see(display: &Virtual, marketer: &Person, rep: &Person, rep_window: &str) -> Result<()> {
    const NAME: &str = "Changed by Mia a moment ago";
    let page = rep.tandem(&["list", "opportunity", "--limit", "1", "--filter", "stage=new"])?;
    let id = page.pointer("/records/0/id").and_then(Json::as_str).context("the example data has no new lead")?;
    let before = still(display, rep_window)?;
    let since = Instant::now();
    marketer.tandem(&["set", id, &format!("name={NAME}"), "--reason", "To see it arrive"])?;
    wait_for("the change reached the rep's copy", SEEN_BOUND, || {
        let record = rep.tandem(&["show", id])?;
        Ok((record.pointer("/fields/name").and_then(Json::as_str) == Some(NAME)).then_some(()))
    })?;
    say::line(format!("A change by Mia reached Ravi's copy within {:.1} s", since.elapsed().as_secs_f64()));
    wait_for("the rep's window showed it", SEEN_BOUND, || Ok((display.picture(rep_window)? != before).then_some(())))?;
    say::line("… and his window shows it");
    Ok(())
}

/// The picture of a window that has come to rest: two looks give the same.
fn still(display: &Virtual, window: &str) -> Result<String> {
    let mut last = String::new();
    wait_for("the window came to rest", SEEN_BOUND, || {
        let now = display.picture(window)?;
        let rests = now == last;
        last.clone_from(&now);
        Ok(rests.then_some(now))
    })
}
