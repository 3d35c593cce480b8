//! `tandem-devhost`: the engine's commands over HTTP, so that browser tests drive the same interface and the same engine
//! as the desktop does. For this machine only, and never shipped.

mod guard;
mod routes;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Parser;
use tandem_workspace::{App, Via};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Serves the interface and the engine's commands over HTTP on this machine, for browser tests.
#[derive(Parser)]
#[command(name = "tandem-devhost", version)]
struct Options {
    /// Where to listen; loopback only, port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Where workspaces, preferences and keys live
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The built interface
    #[arg(long, value_name = "DIR")]
    ui: Option<PathBuf>,
    /// A workspace to open at once
    #[arg(long, value_name = "PATH")]
    workspace: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    ensure!(options.listen.ip().is_loopback(), "it has no login: it listens on loopback addresses only");
    let engine = App::new(options.data, Via::Desktop).context("cannot start the engine")?;
    if let Some(path) = options.workspace {
        let opening = engine.clone();
        tokio::task::spawn_blocking(move || opening.open(&path)).await?.context("cannot open the workspace")?;
    }
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let address = listener.local_addr()?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening on http://{address}").and_then(|()| stdout.flush())?;
    let app = routes::router(engine.clone(), address, options.ui);
    // Event streams never end by themselves, so a graceful shutdown would wait for them: dropping the server is enough.
    tokio::select! {
        served = async { axum::serve(listener, app).await } => served?,
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tokio::task::spawn_blocking(move || engine.close()).await?;
    Ok(())
}
