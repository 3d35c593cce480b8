//! Sockets before they are a device's: counted, and given up when no request comes in time.

use std::sync::Arc;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::Duration;

use crate::server::Limits;

/// After the system could not hand out a socket: it will not be better at once.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(200);
/// Sockets beyond the limits of connections, for those that are turned away in words and for health checks.
const SPARE_SOCKETS: usize = 64;

/// Accepts until the relay is being shut down.
pub(crate) async fn run(listener: TcpListener, router: Router, limits: Limits, mut down: watch::Receiver<bool>) {
    let sockets = limits.max_connections + limits.max_strangers + SPARE_SOCKETS;
    let sockets = Arc::new(Semaphore::new(sockets));
    loop {
        let accepted = tokio::select! {
            _ = down.wait_for(|down| *down) => return,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
                continue;
            }
        };
        let Ok(permit) = sockets.clone().try_acquire_owned() else { continue };
        let request = request(stream, router.clone(), limits.handshake_timeout);
        let mut down = down.clone();
        tokio::spawn(async move {
            let _permit = permit;
            tokio::select! {
                _ = down.wait_for(|down| *down) => {}
                () = request => {}
            }
        });
    }
}

/// Answers a socket's requests, each of which has to come in time; when it becomes a WebSocket, this ends and the connection's own task goes on.
async fn request(stream: TcpStream, router: Router, timeout: Duration) {
    // Messages are small and awaited: none may wait in the system for the next.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection will be slower");
    }
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(timeout)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "no request came");
    }
}
