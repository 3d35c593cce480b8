//! `init`, `sample`, `join`, `invite`, `relay`: how a workspace begins and how others come in.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use tandem_workspace::api::{
    AppState, Event, Invite as InviteLink, InviteRequest, JoinWorkspace, RenameWorkspace, Request, SetRelay,
    StartWorkspace, Status, WorkspaceInfo,
};

use crate::commands::sync::fetched_words;
use crate::failure::{Done, Failure};
use crate::output::{Output, minute, printable};
use crate::progress::Progress;
use crate::session::{Session, require_path};

/// How long a join may take to fetch the workspace.
const JOIN_TIMEOUT: Duration = Duration::from_secs(600);

/// Who writes here.
#[derive(Args)]
struct Member {
    /// Your name and e-mail address
    #[arg(long = "as", value_name = "NAME <MAIL>")]
    member: String,
    /// Your team
    #[arg(long, value_name = "TEAM", value_parser = ["marketing", "sales", "service", "revenue"])]
    team: String,
}

impl Member {
    /// Name and address out of `Mia Berg <mia@acme.example>`.
    fn parts(&self) -> Result<(String, String), Failure> {
        let wrong =
            || Failure::new("usage", format!("`{}` is not of the form \"Mia Berg <mia@acme.example>\"", self.member));
        let (name, rest) = self.member.split_once('<').ok_or_else(wrong)?;
        let (email, after) = rest.split_once('>').ok_or_else(wrong)?;
        let (name, email) = (name.trim(), email.trim());
        if name.is_empty() || email.is_empty() || !after.trim().is_empty() {
            return Err(wrong());
        }
        Ok((name.to_owned(), email.to_owned()))
    }
}

/// Start a workspace
#[derive(Args)]
pub(crate) struct Init {
    /// The file to make
    path: PathBuf,
    /// The workspace's name
    #[arg(long, value_name = "NAME")]
    name: String,
    #[command(flatten)]
    member: Member,
    /// The relay to meet others through, ws:// or wss://
    #[arg(long, value_name = "URL")]
    relay: Option<String>,
}

impl Init {
    pub(crate) fn run(self, output: &Output) -> Done {
        let (member_name, member_email) = self.member.parts()?;
        let session = Session::start()?;
        let state: AppState = session.ask(Request::Start(StartWorkspace {
            name: self.name,
            member_name,
            member_email,
            team: self.member.team,
            relay: self.relay,
            path: Some(path_text(&self.path)?),
        }))?;
        let workspace = opened(state)?;
        if output.json {
            return output.document(&workspace);
        }
        output.line(format!(
            "Started {} in {}. You write as {}.",
            output.bold(&workspace.name),
            workspace.path,
            workspace.me.title
        ))
    }
}

/// Open the sample workspace, made on first use, and say where it is
#[derive(Args)]
pub(crate) struct Sample {}

impl Sample {
    pub(crate) fn run(self, output: &Output) -> Done {
        let workspace = opened(Session::start()?.ask(Request::OpenSample)?)?;
        if output.json {
            return output.document(&workspace);
        }
        output.line(format!(
            "{} is in {}. You write as {}.",
            output.bold(&workspace.name),
            workspace.path,
            workspace.me.title
        ))
    }
}

/// Join a workspace with an invite link, into the file named by --workspace
#[derive(Args)]
pub(crate) struct Join {
    /// The link from `tandem invite`
    link: String,
    #[command(flatten)]
    member: Member,
}

impl Join {
    pub(crate) fn run(self, workspace: Option<PathBuf>, output: &Output) -> Done {
        let path = require_path(workspace)?;
        let (member_name, member_email) = self.member.parts()?;
        let session = Session::start()?;
        let asked = JoinWorkspace {
            link: self.link,
            member_name,
            member_email,
            team: self.member.team,
            path: Some(path_text(&path)?),
        };
        let progress = Progress::start(&session, output, |event| match event {
            Event::Status(status) => status.fetched.as_ref().map(fetched_words),
            _ => None,
        });
        let joined = session.ask(Request::Join(asked)).and_then(|state: AppState| {
            session.app.sync_until_quiet(JOIN_TIMEOUT)?;
            opened(state)
        });
        progress.end();
        let workspace = joined?;
        if output.json {
            return output.document(&workspace);
        }
        output.line(format!(
            "Joined {} in {}. You write as {}.",
            output.bold(&workspace.name),
            workspace.path,
            workspace.me.title
        ))
    }
}

/// Make a link that brings one device into the workspace
#[derive(Args)]
pub(crate) struct Invite {
    /// Days it stays good
    #[arg(long, value_name = "N", default_value_t = 7)]
    days: u32,
}

impl Invite {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let invite: InviteLink = session.ask(Request::Invite(InviteRequest { days: Some(self.days) }))?;
        if output.json {
            return output.document(&invite);
        }
        output.line(&invite.link)?;
        output.line(format!(
            "It brings one device in, until {} UTC. Whoever has it can read the workspace: send it like a password.",
            minute(&invite.expires_at)
        ))
    }
}

/// Show, name or leave the relay this workspace meets through
#[derive(Args)]
pub(crate) struct Relay {
    /// Its address, ws:// or wss://; without one, the current relay is shown
    url: Option<String>,
    /// Leave the relay: the workspace stays on this machine
    #[arg(long, conflicts_with = "url")]
    none: bool,
}

impl Relay {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let request = if self.url.is_some() || self.none {
            Request::SetRelay(SetRelay { relay: self.url })
        } else {
            Request::Status
        };
        let status: Status = session.ask(request)?;
        if output.json {
            return output.document(&status);
        }
        output.line(status.relay.as_deref().unwrap_or("No relay: the workspace stays on this machine."))
    }
}

/// Call the workspace otherwise, for everybody
#[derive(Args)]
pub(crate) struct Rename {
    /// Its name from now on
    name: String,
}

impl Rename {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let workspace = opened(session.ask(Request::RenameWorkspace(RenameWorkspace { name: self.name }))?)?;
        if output.json {
            return output.document(&workspace);
        }
        output.line(format!("The workspace is now called {}.", output.bold(&printable(&workspace.name))))
    }
}

fn opened(state: AppState) -> Result<WorkspaceInfo, Failure> {
    state
        .workspace
        .ok_or_else(|| Failure::new("internal", "the workspace was made but is not open; try `tandem status`"))
}

fn path_text(path: &Path) -> Result<String, Failure> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("usage", format!("the path {} is not valid UTF-8", path.display())))
}
