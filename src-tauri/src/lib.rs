//! The desktop shell: one window, one command, one event.
//!
//! It knows Tauri and the engine's API and nothing else: what a request may do is decided in `tandem-workspace`.

mod options;
mod rpc;
mod window;

use std::sync::Arc;

use anyhow::Context as _;
use parking_lot::Mutex;
use tandem_workspace::api::{Event, Notice};
use tandem_workspace::{App as Engine, Via};
use tauri::{AppHandle, Emitter as _, RunEvent};
use tokio::sync::broadcast::error::RecvError;

use crate::options::Options;

/// The name of the one event, carrying [`Event`].
pub(crate) const EVENT: &str = "tandem";

/// What the user must be told as soon as the window listens.
pub(crate) type FirstNotice = Arc<Mutex<Option<Notice>>>;

/// Opens the window and runs until it is closed.
///
/// # Errors
/// When the data folder cannot be used or the system gives no window.
pub fn run() -> anyhow::Result<()> {
    let options = Options::from_args(std::env::args_os().skip(1))?;
    let engine = Engine::new(options.data_dir, Via::Desktop).context("cannot start the engine")?;
    let first_notice = FirstNotice::default();
    if let Some(path) = &options.workspace
        && let Err(error) = engine.open(path)
    {
        *first_notice.lock() = Some(error.into());
    }
    let (forwarded, closing) = (engine.clone(), engine.clone());
    tauri::Builder::default()
        .manage(engine)
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            tauri::async_runtime::spawn(forward(forwarded.subscribe(), app.handle().clone()));
            window::open(app, &forwarded, first_notice)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("cannot open the window")?
        .run(move |_, event| {
            if matches!(event, RunEvent::Exit) {
                closing.close();
            }
        });
    Ok(())
}

/// Passes the engine's events on to the window. One that lags has missed some: it is told to look at everything again.
async fn forward(mut events: tokio::sync::broadcast::Receiver<Event>, app: AppHandle) {
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => everything_changed(),
            Err(RecvError::Closed) => return,
        };
        // Fails only while the window is going away.
        let _ = app.emit(EVENT, event);
    }
}

fn everything_changed() -> Event {
    Event::Changed(tandem_workspace::api::Changed { kinds: Vec::new(), ids: None, remote: true })
}
