//! The real window, driven through WebKit's own WebDriver on a virtual display.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value as Json, json};

use super::{Desk, Running};

/// How long the window may take to show something, on two cores that do other things too.
const BOUND: Duration = Duration::from_secs(45);
/// How long the driver may take to answer.
const ANSWER_BOUND: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(50);
/// WebDriver's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A display without a screen; gone when dropped.
pub(crate) struct Screen {
    _server: Running,
    name: String,
}

impl Screen {
    pub(crate) fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]).stderr(Stdio::null());
        let (server, number) = Running::start_and_read_line(&mut command);
        Self { _server: server, name: format!(":{number}") }
    }
}

/// An open window of the desktop application; closed when dropped.
pub(crate) struct Window {
    client: Client,
    /// Holds the window: it was started by the driver and ends with its process group.
    driver: Running,
    whose: &'static str,
}

impl Window {
    /// Opens it on a person's machine, on their workspace if they have one.
    pub(crate) async fn open(screen: &Screen, desk: &Desk, whose: &'static str) -> Self {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("DISPLAY", &screen.name).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        command.env("TANDEM_DATA", desk.folder()).env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
        command.env("LANG", "C.UTF-8").env_remove("LANGUAGE");
        let driver = Running::start(&mut command);
        let args = if desk.workspace().exists() {
            vec!["--workspace".to_owned(), desk.workspace().display().to_string()]
        } else {
            Vec::new()
        };
        let options = json!({"binary": env!("CARGO_BIN_EXE_tandem-desktop"), "args": args});
        let client = connect(port, options).await;
        Self { client, driver, whose }
    }

    /// Closes it as a person does, then ends its driver.
    pub(crate) async fn close(self) {
        let _ = within(self.client.close()).await;
        self.driver.stop();
    }

    /// Waits until the window shows this text somewhere.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> impl Future<Output = ()> {
        let script = "return document.body.innerText.toLowerCase().includes(arguments[0].toLowerCase())";
        self.until(format!("it shows “{text}”"), script, vec![json!(text)])
    }

    /// Waits until the window no longer shows this text.
    #[track_caller]
    pub(crate) fn no_longer_sees(&self, text: &str) -> impl Future<Output = ()> {
        let script = "return !document.body.innerText.toLowerCase().includes(arguments[0].toLowerCase())";
        self.until(format!("it no longer shows “{text}”"), script, vec![json!(text)])
    }

    /// What a script gives; nothing where it could not run (the page is changing).
    async fn script(&self, script: &str, args: Vec<Json>) -> Json {
        within(self.client.execute(script, args)).await.unwrap_or_default()
    }

    /// Waits until a script gives true.
    async fn until(&self, what: String, script: &str, args: Vec<Json>) {
        let since = Instant::now();
        loop {
            if self.script(script, args.clone()).await == json!(true) {
                return;
            }
            if since.elapsed() > BOUND {
                self.fail(&what).await;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The control with this accessible name: its label, the text on it or in its place. `…` at the end: what begins so.
    pub(crate) async fn control(&self, name: &str) -> Element {
        let since = Instant::now();
        loop {
            let found = self.script(CONTROL, vec![json!(name)]).await;
            if let Some(id) = found.get(ELEMENT).and_then(Json::as_str) {
                return Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()));
            }
            if since.elapsed() > BOUND {
                self.fail(&format!("there is a control called “{name}”")).await;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Clicks the control with this name.
    pub(crate) async fn click(&self, name: &str) {
        let since = Instant::now();
        // What was found may be replaced before the click arrives: then it is found again.
        while let Err(error) = within(self.control(name).await.click()).await {
            if since.elapsed() > BOUND {
                self.fail(&format!("“{name}” can be clicked ({error})")).await;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Opens the record panel of a card on the board, or of a row, that shows this title.
    pub(crate) async fn open_card(&self, title: &str) {
        let since = Instant::now();
        loop {
            let found = self.script(CARD, vec![json!(title)]).await;
            if let Some(id) = found.get(ELEMENT).and_then(Json::as_str) {
                let card = Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()));
                if within(card.click()).await.is_ok() {
                    return;
                }
            }
            if since.elapsed() > BOUND {
                self.fail(&format!("there is a card “{title}”")).await;
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Types into the control with this name, in place of what it holds.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let control = self.control(name).await;
        // Chosen and typed over, as a person does: WebDriver's own clearing leaves the field before the new text comes.
        for keys in [format!("{}a", char::from(Key::Control)), text.to_owned()] {
            if let Err(error) = within(control.send_keys(&keys)).await {
                self.fail(&format!("“{name}” takes text ({error})")).await;
            }
        }
    }

    /// Chooses an option of a list by what it is called.
    pub(crate) async fn choose(&self, name: &str, option: &str) {
        let control = self.control(name).await;
        if let Err(error) = within(control.select_by_label(option)).await {
            self.fail(&format!("“{name}” offers “{option}” ({error})")).await;
        }
    }

    /// Sends what is being written off, with Ctrl and Enter.
    pub(crate) async fn submit(&self) {
        let keys = format!("{}{}", char::from(Key::Control), char::from(Key::Enter));
        if let Err(error) = within(async { self.client.active_element().await?.send_keys(&keys).await }).await {
            self.fail(&format!("it can be sent off ({error})")).await;
        }
    }

    /// Fills a control and presses Enter.
    pub(crate) async fn enter(&self, name: &str, text: &str) {
        self.fill(name, &format!("{text}{}", char::from(Key::Enter))).await;
    }

    /// Ends the test with what the window shows, in words and as a picture.
    async fn fail(&self, what: &str) -> ! {
        let shown = self.script("return document.body.innerText", Vec::new()).await;
        let picture = std::env::temp_dir().join(format!("tandem-window-{}.png", std::process::id()));
        if let Ok(bytes) = within(self.client.screenshot()).await {
            let _ = std::fs::write(&picture, bytes);
        }
        let shown = shown.as_str().unwrap_or_default();
        panic!("{}'s window: waited in vain until {what}; see {}; it shows:\n{shown}", self.whose, picture.display());
    }
}

/// Finds a visible control by its accessible name.
const CONTROL: &str = r"
const wanted = arguments[0].trim();
const isMeant = (name) => (wanted.endsWith('…') ? name.startsWith(wanted.slice(0, -1)) : name === wanted);
const controls = 'button, a, input, textarea, select, [role], [contenteditable=true], label';
const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden' && !e.disabled;
const labelled = (e) => (e.getAttribute('aria-labelledby') ?? '').split(/\s+/)
  .map((id) => document.getElementById(id)?.innerText ?? '').join(' ').trim();
// A label's star says that the field is required; a control's further lines explain it.
const names = (e) => [e.getAttribute('aria-label'), labelled(e), e.labels?.[0]?.innerText, e.title, e.innerText, e.placeholder]
  .filter(Boolean).map((name) => name.trim().split('\n')[0].replace(/\s*\*$/, ''));
const found = [...document.querySelectorAll(controls)].filter((e) => shown(e) && e.tagName !== 'LABEL' && names(e).some(isMeant));
// The innermost one, where one lies within another.
return found.find((e) => !found.some((other) => other !== e && e.contains(other))) ?? null;
";

/// Finds the innermost visible element whose text is a title.
const CARD: &str = r"
const wanted = arguments[0];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (walker.currentNode.textContent.trim() === wanted && e.getClientRects().length > 0) return e;
}
return null;
";

/// An answer of the driver, or that it gave none: a driver that hangs must not hang the test.
async fn within<T>(answer: impl Future<Output = Result<T, CmdError>>) -> Result<T, String> {
    match tokio::time::timeout(ANSWER_BOUND, answer).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(format!("the driver gave no answer in {} s", ANSWER_BOUND.as_secs())),
    }
}

async fn connect(port: u16, options: Json) -> Client {
    let capabilities = json!({"webkitgtk:browserOptions": options}).as_object().cloned().unwrap_or_default();
    let since = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.clone());
        match tokio::time::timeout(BOUND, builder.connect(&format!("http://127.0.0.1:{port}"))).await {
            Ok(Ok(client)) => return client,
            Ok(Err(error)) if since.elapsed() > BOUND => panic!("the window could not be opened: {error}"),
            // The driver is not listening yet.
            Ok(Err(_)) => tokio::time::sleep(POLL).await,
            Err(_) => panic!("the driver gave no answer in {} s", BOUND.as_secs()),
        }
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
