//! `sync`, `status`, `fingerprint`, `verify`: where this copy of the truth stands.

use std::time::Duration;

use clap::Args;
use tandem_workspace::api::{Event, Fetched, Request, Status, VerifyReport};
use tokio::sync::broadcast::error::RecvError;

use crate::failure::{Done, Failure};
use crate::output::{Output, count, minute, printable};
use crate::session::Session;

/// Send and fetch changes through the relay
#[derive(Args)]
pub(crate) struct Sync {
    /// Stay connected and say what happens, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Seconds to wait for the relay
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
}

impl Sync {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        // Subscribed first, so that nothing between the first status and the watch is missed.
        let events = session.app.subscribe();
        let status = session.app.sync_until_quiet(Duration::from_secs(self.timeout))?;
        if self.watch {
            line(output, &status)?;
            return watch(events, output);
        }
        if output.json { output.document(&status) } else { output.line(sentence(&status)) }
    }
}

/// A line for every status, until Ctrl-C.
fn watch(mut events: tokio::sync::broadcast::Receiver<Event>, output: &Output) -> Done {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut last = String::new();
    runtime.block_on(async {
        loop {
            let event = tokio::select! {
                _ = tokio::signal::ctrl_c() => return Ok(()),
                event = events.recv() => event,
            };
            match event {
                Ok(Event::Status(status)) => {
                    let said = sentence(&status);
                    if said != last {
                        line(output, &status)?;
                        last = said;
                    }
                }
                Ok(Event::Notice(notice)) if !output.json => output.line(notice.message)?,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return Ok(()),
            }
        }
    })
}

fn line(output: &Output, status: &Status) -> Done {
    if output.json { output.json_line(status) } else { output.line(sentence(status)) }
}

/// The state in one sentence.
fn sentence(status: &Status) -> String {
    let state = match status.sync.as_str() {
        "local" => "On this machine only, no relay is named",
        "offline" => "Offline",
        "connecting" => "Connecting",
        "syncing" => "Syncing",
        "synced" => "Synced",
        "refused" => "Refused by the relay",
        other => other,
    };
    let fetched = status.fetched.as_ref().map(|fetched| format!(", {}", fetched_words(fetched))).unwrap_or_default();
    let waiting = if status.waiting == 0 {
        String::new()
    } else {
        format!(", {} waiting to be sent", count(status.waiting, "change"))
    };
    let same = match status.sameness.as_str() {
        "same" => ", all devices hold the same truth",
        "different" => ", another device holds something else yet",
        _ => "",
    };
    let conflicts = if status.conflicts == 0 {
        String::new()
    } else {
        format!(", {} to settle", count(status.conflicts, "conflict"))
    };
    let detail = status.detail.as_deref().map(|detail| format!(" ({detail})")).unwrap_or_default();
    format!("{state}{fetched}{waiting}{same}{conflicts}. Fingerprint {}{detail}", status.fingerprint)
}

/// How much of the workspace has been fetched.
pub(crate) fn fetched_words(fetched: &Fetched) -> String {
    format!("{} of {} fetched", fetched.at, count(fetched.of, "record"))
}

/// Say where this copy stands: sync, waiting changes, other devices
#[derive(Args)]
pub(crate) struct StatusArgs {}

impl StatusArgs {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let status: Status = session.ask(Request::Status)?;
        if output.json {
            return output.document(&status);
        }
        output.line(sentence(&status))?;
        if let Some(relay) = &status.relay {
            let last = status
                .last_synced_at
                .as_deref()
                .map_or("never reached".to_owned(), |at| format!("last reached {} UTC", minute(at)));
            output.line(format!("Relay {relay}, {last}"))?;
        }
        let rows = status.peers.iter().map(|peer| {
            let same = if peer.fingerprint == status.fingerprint { "same" } else { "different" };
            vec![printable(&peer.member.title), peer.device.clone(), same.to_owned(), minute(&peer.seen_at)]
        });
        output.table(&["member", "device", "truth", "heard (UTC)"], rows.collect())
    }
}

/// Print one word for the state of the document: equal words mean equal truth
#[derive(Args)]
pub(crate) struct Fingerprint {}

impl Fingerprint {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let status: Status = session.ask(Request::Status)?;
        if output.json { output.document(&status.fingerprint) } else { output.line(status.fingerprint) }
    }
}

/// Check the log, the document and the read model against each other
#[derive(Args)]
pub(crate) struct Verify {}

impl Verify {
    pub(crate) fn run(self, session: &Session, output: &Output) -> Done {
        let report: VerifyReport = session.ask(Request::Verify)?;
        if output.json {
            output.document(&report)?;
        } else {
            for line in report.noticed.iter().map(|notice| &notice.message).chain(&report.problems) {
                output.line(line)?;
            }
        }
        if !report.clean {
            let problems = count(u32::try_from(report.problems.len()).unwrap_or(u32::MAX), "problem");
            return Err(Failure::new("not_clean", format!("{problems} found; the workspace's parts do not agree")));
        }
        if output.json {
            return Ok(());
        }
        output.line(format!(
            "Clean: {} and {} agree in the log, the document and the read model. Fingerprint {}",
            count(report.changes, "change"),
            count(report.records, "record"),
            report.fingerprint
        ))
    }
}
