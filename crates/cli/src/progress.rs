//! How far a long command is, on a terminal's standard error.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use tandem_workspace::api::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::output::Output;
use crate::session::Session;

/// Takes the cursor to the start of an empty line.
const CLEAR: &str = "\r\u{1b}[K";

/// One line that changes. Not there with `--json`, nor where standard error is no terminal.
pub(crate) struct Progress {
    /// Whether anything may still be printed.
    going: Option<Arc<Mutex<bool>>>,
}

impl Progress {
    /// Shows what `words` makes of the events, from now on.
    pub(crate) fn start(
        session: &Session,
        output: &Output,
        words: impl Fn(&Event) -> Option<String> + Send + 'static,
    ) -> Self {
        if output.json || !std::io::stderr().is_terminal() {
            return Self { going: None };
        }
        let going = Arc::new(Mutex::new(true));
        let (mut events, shown) = (session.app.subscribe(), Arc::clone(&going));
        // It ends with the process, or with the first event after the end.
        std::thread::spawn(move || {
            loop {
                let event = match events.blocking_recv() {
                    Ok(event) => event,
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => return,
                };
                let going = shown.lock().unwrap_or_else(PoisonError::into_inner);
                if !*going {
                    return;
                }
                if let Some(line) = words(&event) {
                    print(&line);
                }
            }
        });
        Self { going: Some(going) }
    }

    /// Takes the line away; nothing is printed after this.
    pub(crate) fn end(self) {
        if let Some(going) = &self.going {
            *going.lock().unwrap_or_else(PoisonError::into_inner) = false;
            print("");
        }
    }
}

/// A terminal that is gone takes no progress with it.
fn print(line: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{CLEAR}{line}");
    let _ = stderr.flush();
}
