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

/// Somebody on a machine of their own, as far as Tandem can tell.
struct Person {
    name: &'static str,
    member: &'static str,
    team: &'static str,
    folder: PathBuf,
    workspace: PathBuf,
}

impl Person {
    fn new(base: &Path, name: &'static str, member: &'static str, team: &'static str) -> Result<Self> {
        let folder = base.join(name.to_lowercase());
        std::fs::create_dir_all(&folder)?;
        Ok(Self { name, member, team, workspace: folder.join("shared.tandem"), folder })
    }

    /// Runs `tandem` on this person's copy and reads its answer.
    fn tandem(&self, args: &[&str]) -> Result<Json> {
        let mut command = Command::new(binary("tandem")?);
        command.arg("--json").args(args).env("TANDEM_DATA", &self.folder).env("TANDEM_WORKSPACE", &self.workspace);
        let answer = output(&mut command)?;
        serde_json::from_str(&answer).with_context(|| format!("`tandem {}` answered {answer:?}", args.join(" ")))
    }

    /// This person's window, to be started.
    fn window(&self) -> Result<Command> {
        let mut command = Command::new(binary("tandem-desktop")?);
        command.arg("--workspace").arg(&self.workspace).env("TANDEM_DATA", &self.folder);
        Ok(command)
    }
}

/// Starts the relay, makes and shares the workspace, opens both windows.
pub(crate) fn run(options: &Options, headless: bool) -> Result<()> {
    let base = scratch("pair")?;
    std::fs::remove_dir_all(&base)?;
    let (mut relay, address) = start_relay(&base.join("relay"))?;
    say::line(format!("The relay is at {address}"));
    let mia = Person::new(&base, "Mia", "Mia Berg <mia.berg@helvion.example>", "marketing")?;
    let ravi = Person::new(&base, "Ravi", "Ravi Sharma <ravi.sharma@helvion.example>", "sales")?;
    share(&base, [&mia, &ravi], &address)?;
    if headless {
        return on_virtual_display(options, &mia, &ravi);
    }
    let mut windows = [Group::start(&mut mia.window()?)?, Group::start(&mut ravi.window()?)?];
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

/// The sample workspace's owner names the relay and invites; the marketer and the rep join, each by a link.
fn share(base: &Path, invited: [&Person; 2], relay: &str) -> Result<()> {
    let mut owner = Person::new(base, "Owner", "", "")?;
    let sample = owner.tandem(&["sample"])?;
    owner.workspace = sample.get("path").and_then(Json::as_str).context("the sample has no path")?.into();
    owner.tandem(&["relay", relay])?;
    owner.tandem(&["sync"])?;
    say::line("The sample workspace is at the relay");
    for person in invited {
        let invite = owner.tandem(&["invite"])?;
        let link = invite.get("link").and_then(Json::as_str).context("the invite has no link")?;
        person.tandem(&["join", link, "--as", person.member, "--team", person.team])?;
        say::line(format!("{} ({}) joined it by an invite link", person.name, person.team));
    }
    let [mia, ravi] = invited;
    mia.tandem(&["sync"])?;
    let (one, other) = (mia.tandem(&["fingerprint"])?, ravi.tandem(&["fingerprint"])?);
    ensure!(one == other, "the copies differ: {one} and {other}");
    say::line(format!("Both hold the same truth: {one}"));
    Ok(())
}

/// Both windows side by side, a change made in one seen in the other, pictures of both.
fn on_virtual_display(options: &Options, mia: &Person, ravi: &Person) -> Result<()> {
    say::line("There is no display here: opening both windows on a virtual one.");
    let display = Virtual::start(2560, 800)?;
    let (mut apps, mut windows) = (Vec::new(), Vec::new());
    for person in [mia, ravi] {
        let mut command = person.window()?;
        display.show(&mut command);
        let mut app = Group::start(&mut command)?;
        let window = display.window_of("^Tandem$", &windows)?;
        display.place(&window, u32::try_from(windows.len())? * 1280, 0)?;
        display.wait_painted(&window, &mut app)?;
        apps.push(app);
        windows.push(window);
    }
    let [_, ravis] = windows.as_slice() else { bail!("a window is missing") };
    change_and_see(&display, mia, ravi, ravis)?;
    for (person, window) in [mia, ravi].into_iter().zip(&windows) {
        let path = scratch("pair")?.join(format!("{}.png", person.name.to_lowercase()));
        display.screenshot(window, &path)?;
        say::line(format!("{}'s window: {}", person.name, path.display()));
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
fn change_and_see(display: &Virtual, mia: &Person, ravi: &Person, window: &str) -> Result<()> {
    const NAME: &str = "Changed by Mia a moment ago";
    let page =
        ravi.tandem(&["list", "opportunity", "--limit", "1", "--filter", "stage=new", "--sort", "next_step_date"])?;
    let id = page.pointer("/records/0/id").and_then(Json::as_str).context("the example data has no new lead")?;
    let before = display.wait_still(window)?;
    let since = Instant::now();
    mia.tandem(&["set", id, &format!("name={NAME}"), "--reason", "To see it arrive"])?;
    wait_for("the change reached the rep's copy", SEEN_BOUND, || {
        let record = ravi.tandem(&["show", id])?;
        Ok((record.pointer("/fields/name").and_then(Json::as_str) == Some(NAME)).then_some(()))
    })?;
    say::line(format!("A change by Mia reached Ravi's copy within {:.1} s", since.elapsed().as_secs_f64()));
    wait_for("the rep's window showed it", SEEN_BOUND, || Ok((display.picture(window)? != before).then_some(())))?;
    display.wait_still(window)?;
    say::line("… and his window shows it");
    Ok(())
}
