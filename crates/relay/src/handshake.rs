//! A connection's beginning: challenge, proof, welcome or refusal.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::ws::Message;
use tandem_sync::membership::verify_proof;
use tandem_sync::wire::{
    ClientMessage, Hello, MAX_HELLO_BYTES, PROTOCOL_VERSION, Refusal, RefusalCode, ServerMessage, Welcome,
};

use crate::connection::{Connection, storage_refusal};
use crate::error::StorageError;
use crate::log::{Admit, Outcome, Write};
use crate::server::Shared;

/// A device that has proved who it is.
pub(crate) struct Admitted {
    pub(crate) hello: Hello,
    pub(crate) welcome: Welcome,
}

impl Connection {
    /// Challenges the device and checks its answer. A refusal is for the caller to send.
    pub(crate) async fn handshake(&mut self) -> Result<Admitted, Refusal> {
        let mut nonce = [0; 32];
        getrandom::fill(&mut nonce).map_err(|_| Refusal::new(RefusalCode::Busy, "the relay has no random numbers"))?;
        let challenge = ServerMessage::Challenge {
            nonce,
            protocol: PROTOCOL_VERSION,
            relay_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        self.send(&challenge).await.map_err(|_| Refusal::new(RefusalCode::Timeout, "the device does not read"))?;
        let timeout = self.shared.limits.handshake_timeout;
        let hello = match tokio::time::timeout(timeout, self.hello()).await {
            Ok(hello) => hello?,
            Err(_) => {
                return Err(Refusal::new(RefusalCode::Timeout, "the device did not say who it is in time"));
            }
        };
        let hello = tokio::task::spawn_blocking(move || check(*hello, &nonce))
            .await
            .map_err(|_| Refusal::new(RefusalCode::Busy, "the greeting could not be checked"))??;
        let welcome = admit(&self.shared, &hello).await?;
        Ok(Admitted { hello, welcome })
    }

    async fn hello(&mut self) -> Result<Box<Hello>, Refusal> {
        loop {
            let bytes = match self.next_message().await? {
                Some(Message::Binary(bytes)) => bytes,
                Some(Message::Ping(_) | Message::Pong(_)) => continue,
                Some(Message::Text(_)) => return Err(malformed("messages are binary")),
                Some(Message::Close(_)) | None => {
                    return Err(Refusal::new(RefusalCode::Timeout, "the device closed the connection"));
                }
            };
            if bytes.len() > MAX_HELLO_BYTES {
                return Err(Refusal::new(RefusalCode::TooLarge, "the greeting is too large"));
            }
            return match ClientMessage::decode(&bytes) {
                Ok(ClientMessage::Hello(hello)) => Ok(hello),
                Ok(_) => Err(malformed("the first message must be a greeting")),
                Err(e) => Err(malformed(&e.to_string())),
            };
        }
    }
}

async fn admit(shared: &Shared, hello: &Hello) -> Result<Welcome, Refusal> {
    let (workspace, device) = (hello.workspace, hello.device);
    let log = shared.log.clone();
    let known = tokio::task::spawn_blocking(move || log.welcome(workspace, device))
        .await
        .map_err(|e| storage_refusal(&StorageError::Failed(e.to_string())))?;
    if let Some(welcome) = known.map_err(|e| storage_refusal(&e))? {
        return Ok(welcome);
    }
    let request = Admit {
        workspace,
        device,
        founding: hello.founding,
        admission: hello.admission,
        proof: hello.proof.clone(),
        now_s: now_s(),
    };
    match shared.writer.submit(Write::Admit(Box::new(request))).await.await {
        Ok(Ok(Outcome::Admitted(welcome))) => Ok(welcome),
        Ok(Ok(Outcome::Refused(refusal))) => Err(refusal),
        Ok(Ok(Outcome::Appended { .. } | Outcome::Refilled { .. } | Outcome::Vouched)) | Err(_) => {
            Err(Refusal::new(RefusalCode::ShuttingDown, "the relay is being shut down"))
        }
        Ok(Err(e)) => Err(storage_refusal(&e)),
    }
}

/// Everything about a greeting that can be said without looking at the disk.
fn check(hello: Hello, nonce: &[u8; 32]) -> Result<Hello, Refusal> {
    if hello.protocol != PROTOCOL_VERSION {
        let reason = format!("this relay speaks protocol {PROTOCOL_VERSION}, the device {}", hello.protocol);
        return Err(Refusal::new(RefusalCode::Version, reason));
    }
    let signature = |e: tandem_sync::Error| Refusal::new(RefusalCode::Signature, e.to_string());
    hello.verify(nonce).map_err(signature)?;
    if hello.founding.is_some_and(|f| f.workspace() != hello.workspace) {
        return Err(Refusal::new(RefusalCode::Signature, "the founder named is not this workspace's"));
    }
    if let Some(admission) = &hello.admission {
        admission.verify(hello.workspace, hello.device).map_err(signature)?;
    }
    verify_proof(&hello.proof, hello.workspace, hello.device).map_err(signature)?;
    Ok(hello)
}

/// The time, in seconds since 1970-01-01 UTC.
pub(crate) fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

fn malformed(reason: &str) -> Refusal {
    Refusal::new(RefusalCode::Malformed, reason)
}
