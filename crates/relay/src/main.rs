//! `tandem-relay`: the relay as a program.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use tandem_relay::{Config, serve};

/// Carries sealed changes between the devices of Tandem workspaces.
///
/// The relay stores what devices send it, sealed: it cannot read any of it. It needs no accounts: a workspace proves its
/// founder, members bring others in with invites.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the relay until it is told to stop (Ctrl-C or SIGTERM).
    ///
    /// Prints "listening on ws://ADDRESS" to standard output once it is ready, everything else to standard error. It speaks
    /// plain WebSocket: outside of one machine or a private network, put a reverse proxy with TLS in front and give members
    /// its wss:// address. GET /healthz answers 200 while it runs.
    Serve(Serve),
}

#[derive(Args)]
struct Serve {
    /// Directory for the relay's data; created if missing. Back it up like any database.
    #[arg(long, env = "TANDEM_RELAY_DATA", value_name = "DIR")]
    data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "TANDEM_RELAY_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:4470")]
    listen: SocketAddr,
    /// Connections at one time.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    max_connections: usize,
    /// Workspaces to hold; further ones are refused. With the number it holds already, the relay is closed to new ones.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    max_workspaces: u64,
    /// Size of the database in MiB, beyond which nothing more is accepted; without it, the disk is the limit.
    #[arg(long, value_name = "MIB")]
    max_data_mib: Option<u64>,
}

fn main() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let Command::Serve(options) = Cli::parse().command;
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(run(options))
}

async fn run(options: Serve) -> anyhow::Result<()> {
    let mut config = Config::new(options.data, options.listen);
    config.limits.max_connections = options.max_connections;
    config.limits.max_workspaces = options.max_workspaces;
    config.limits.max_file_bytes = options.max_data_mib.map(|mib| mib.saturating_mul(1024 * 1024));
    let stop = stop_signal().context("cannot wait for signals")?;
    let relay = serve(config).await?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening on {}", relay.url())
        .and_then(|()| stdout.flush())
        .context("cannot write to standard output")?;
    stop.await;
    tracing::info!("stopping");
    relay.shutdown().await.context("the relay did not end cleanly")
}

/// Completes when the system or a person asks the program to stop.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes when a person asks the program to stop.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
