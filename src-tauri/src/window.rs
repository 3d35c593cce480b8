//! The window: its size, the colour before the first paint, where it may go, and how it closes.

use std::time::Duration;

use tandem_workspace::App as Engine;
use tandem_workspace::api::{AppState, Event, Request};
use tauri::webview::{DownloadEvent, PageLoadEvent};
use tauri::window::Color;
use tauri::{
    App, Emitter as _, Manager as _, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::{EVENT, FirstNotice};

/// The interface's canvas colour (`--canvas` of its tokens), so that nothing flashes before the first paint.
const CANVAS_LIGHT: Color = Color(0xfb, 0xfb, 0xfc, 0xff);
const CANVAS_DARK: Color = Color(0x10, 0x11, 0x14, 0xff);

/// The interface writes what was typed last before the window closes, and then closes it; one that does not answer any more
/// does not keep the window open for longer than this.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Opens the main window.
pub(crate) fn open(app: &App, engine: &Engine, first_notice: FirstNotice) -> tauri::Result<()> {
    let theme = chosen_theme(engine);
    let downloads = app.path().download_dir().ok();
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Tandem")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .theme(theme)
        .background_color(canvas(theme.unwrap_or(Theme::Light)))
        .on_navigation(is_ours)
        .on_download(move |_, event| match (event, &downloads) {
            // An export: the interface names the file, the folder is always the user's downloads.
            (DownloadEvent::Requested { url, destination }, Some(folder)) if url.scheme() == "blob" => {
                let name =
                    destination.file_name().map_or_else(|| "tandem-export".into(), std::ffi::OsStr::to_os_string);
                *destination = folder.join(name);
                true
            }
            (DownloadEvent::Requested { .. }, _) => false,
            _ => true,
        })
        .on_page_load(move |window, page| {
            if page.event() == PageLoadEvent::Finished {
                tell(&window, &first_notice);
            }
        })
        .build()?;
    let closing = window.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::CloseRequested { .. }) {
            close_after_last_words(closing.clone());
        }
    });
    if theme.is_none() && window.theme().ok() == Some(Theme::Dark) {
        window.set_background_color(Some(CANVAS_DARK))?;
    }
    Ok(())
}

/// Tauri holds the window open for an interface that listens to the request to close it; here that is bounded.
fn close_after_last_words(window: WebviewWindow) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LAST_WORDS).await;
        // Fails where the interface has closed it, as it should have.
        let _ = window.destroy();
    });
}

/// The theme that the user chose; none follows the system.
fn chosen_theme(engine: &Engine) -> Option<Theme> {
    let state: AppState = serde_json::from_value(engine.rpc(Request::App).ok()?).ok()?;
    match state.preferences.theme.as_deref() {
        Some("light") => Some(Theme::Light),
        Some("dark") => Some(Theme::Dark),
        _ => None,
    }
}

fn canvas(theme: Theme) -> Color {
    if theme == Theme::Dark { CANVAS_DARK } else { CANVAS_LIGHT }
}

/// Only the interface itself; a link that points elsewhere does not replace it.
fn is_ours(url: &Url) -> bool {
    let own_scheme = url.scheme() == "tauri" || (url.scheme() == "http" && url.host_str() == Some("tauri.localhost"));
    let development = cfg!(not(feature = "custom-protocol")) && url.host_str() == Some("localhost");
    own_scheme || development || url.as_str() == "about:blank"
}

/// What could not be said before the interface listened.
fn tell(window: &WebviewWindow, first_notice: &FirstNotice) {
    if let Some(notice) = first_notice.lock().take() {
        // Fails only while the window is going away.
        let _ = window.emit(EVENT, Event::Notice(notice));
    }
}
