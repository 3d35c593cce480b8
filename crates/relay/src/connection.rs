//! One device's connection: takes records in, hands out pages, and follows the log as it grows.
//!
//! There is no queue of outgoing records. The connection remembers how far it has sent and reads on from the log when that
//! has grown, so a slow reader costs one page of memory, and is cut off when it stops reading altogether.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use tandem_sync::record::{Kind, MAX_PRESENCE_BYTES, SealedRecord};
use tandem_sync::wire::{ClientMessage, Held, MAX_PAGE_BYTES, Refusal, RefusalCode, ServerMessage};
use tandem_sync::{DeviceId, MemberCertificate, WorkspaceId};
use tokio::sync::{broadcast, oneshot, watch};
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::error::StorageError;
use crate::handshake::now_s;
use crate::hub::{PresenceFrom, Room};
use crate::log::{Append, Outcome, Page, Refill, Vouch, Write};
use crate::rate::Bucket;
use crate::server::Shared;
use crate::writer::Answer;

/// Pushes of one device that may wait for the disk; beyond, it is not read from.
const MAX_PENDING_PUSHES: usize = 8;
/// How long a connection that was told goodbye is kept, so that the message arrives.
const LINGER: Duration = Duration::from_millis(500);

pub(crate) struct Connection {
    pub(crate) shared: Arc<Shared>,
    socket: WebSocket,
}

/// The other side does not read, or is gone: there is nobody to tell.
pub(crate) struct Gone;

/// Why a connection ends.
enum End {
    Gone,
    /// The device said goodbye.
    Done,
    /// To be told to the device.
    Told(Refusal),
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::Told(refusal)
    }
}

/// A welcomed device's part of the state.
struct Member {
    id: u64,
    workspace: WorkspaceId,
    device: DeviceId,
    room: Arc<Room>,
    head: watch::Receiver<u64>,
    presence: broadcast::Receiver<PresenceFrom>,
    /// How far the log has been sent, once a page has reached its head.
    live_from: Option<u64>,
    pending: VecDeque<oneshot::Receiver<Answer>>,
    heard_at: Instant,
    messages: Bucket,
    bytes: Bucket,
    presences: Bucket,
}

impl Member {
    fn lags(&self) -> bool {
        self.live_from.is_some_and(|sent| sent < *self.head.borrow())
    }
}

/// Serves one socket from its challenge to its end. `greeted` is called when the device is no longer a stranger.
pub(crate) async fn serve(shared: Arc<Shared>, socket: WebSocket, greeted: impl FnOnce()) {
    let mut connection = Connection { shared, socket };
    let admitted = match connection.handshake().await {
        Ok(admitted) => admitted,
        Err(refusal) => {
            tracing::debug!(code = refusal.code.as_str(), reason = refusal.reason, "refused");
            return connection.part(ServerMessage::Refused(refusal)).await;
        }
    };
    greeted();
    let (workspace, device) = (admitted.hello.workspace, admitted.hello.device);
    tracing::info!(%workspace, %device, "connected");
    let mut member = connection.member(workspace, device);
    let end = match connection.send(&ServerMessage::Welcome(admitted.welcome)).await {
        Ok(()) => connection.run(&mut member).await,
        Err(gone) => gone.into(),
    };
    tracing::info!(%workspace, %device, "disconnected");
    if let End::Told(refusal) = end {
        connection.part(ServerMessage::Bye(refusal)).await;
    }
}

impl Connection {
    fn member(&self, workspace: WorkspaceId, device: DeviceId) -> Member {
        let room = self.shared.hub.enter(workspace);
        let limits = &self.shared.limits;
        Member {
            id: self.shared.next_connection(),
            workspace,
            device,
            head: room.head.subscribe(),
            presence: room.presence.subscribe(),
            room,
            live_from: None,
            pending: VecDeque::new(),
            heard_at: Instant::now(),
            messages: Bucket::new(limits.messages_per_s),
            bytes: Bucket::new(limits.bytes_per_s),
            presences: Bucket::new(limits.presences_per_s),
        }
    }

    async fn run(&mut self, member: &mut Member) -> End {
        let mut shutdown = self.shared.shutdown.clone();
        loop {
            if let Err(end) = self.step(member, &mut shutdown).await {
                return end;
            }
        }
    }

    /// Waits for the next thing to happen and deals with it.
    async fn step(&mut self, member: &mut Member, shutdown: &mut watch::Receiver<bool>) -> Result<(), End> {
        let silent_at = member.heard_at + self.shared.limits.idle_timeout;
        let room_for_pushes = member.pending.len() < MAX_PENDING_PUSHES;
        let lags = member.lags();
        tokio::select! {
            () = told(shutdown) => {
                self.drain(member).await?;
                Err(Refusal::new(RefusalCode::ShuttingDown, "the relay is being shut down").into())
            }
            message = timeout_at(silent_at, self.socket.recv()), if room_for_pushes => match message {
                Ok(message) => match read(message)? {
                    Some(message) => {
                        member.heard_at = Instant::now();
                        self.incoming(member, message).await
                    }
                    None => Err(End::Done),
                },
                Err(_) => Err(Refusal::new(RefusalCode::Timeout, "nothing was heard of the device").into()),
            },
            answer = first(&mut member.pending) => {
                member.pending.pop_front();
                self.answer(answer).await
            }
            () = std::future::ready(()), if lags => self.follow(member).await,
            changed = member.head.changed(), if !lags => changed.map_err(|_| End::Done),
            presence = member.presence.recv() => match presence {
                Ok(from) if from.connection != member.id => {
                    let record = from.record.to_vec().into();
                    Ok(self.send(&ServerMessage::Presence { record }).await?)
                }
                _ => Ok(()), // our own, or some were skipped because the device reads slowly
            },
        }
    }

    async fn incoming(&mut self, member: &mut Member, message: Message) -> Result<(), End> {
        let bytes = match message {
            Message::Binary(bytes) => bytes,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Text(_) => return Err(malformed("messages are binary").into()),
            Message::Close(_) => return Err(End::Done),
        };
        let wait = member.messages.charge(1.0).max(member.bytes.charge(bytes.len() as f64));
        if !wait.is_zero() {
            tokio::time::sleep(wait).await; // whoever sends too much is read more slowly
        }
        match ClientMessage::decode(&bytes).map_err(|e| malformed(&e.to_string()))? {
            ClientMessage::Push { records } => {
                let records = records.into_iter().map(Vec::from).collect();
                self.push(member, records).await
            }
            ClientMessage::Pull { after, max_bytes } => self.pull(member, after, max_bytes).await,
            ClientMessage::Presence { record } => presence(member, record.into()),
            ClientMessage::Vouch { certificates } => self.vouch(member, certificates).await,
            ClientMessage::Have { heads } => self.have(member, heads).await,
            ClientMessage::Refill { records } => {
                let records = records.into_iter().map(Vec::from).collect();
                self.refill(member, records).await
            }
            ClientMessage::Ping => Ok(self.send(&ServerMessage::Pong).await?),
            ClientMessage::Bye => Err(End::Done),
            ClientMessage::Hello(_) => Err(malformed("the device has already said who it is").into()),
        }
    }

    async fn push(&mut self, member: &mut Member, records: Vec<Vec<u8>>) -> Result<(), End> {
        let (workspace, device) = (member.workspace, member.device);
        let write = |records| Write::Append(Append { workspace, device, records });
        self.take(member, records, Some(device), write).await
    }

    async fn refill(&mut self, member: &mut Member, records: Vec<Vec<u8>>) -> Result<(), End> {
        let (workspace, bringer) = (member.workspace, member.device);
        let write = |records| Write::Refill(Refill { workspace, bringer, records });
        self.take(member, records, None, write).await
    }

    /// Checks records (see [`check`]) and hands what `write` makes of them to the writer. When one is not as it should be, none
    /// is taken and the device hears why.
    async fn take(
        &mut self,
        member: &mut Member,
        records: Vec<Vec<u8>>,
        device: Option<DeviceId>,
        write: impl FnOnce(Vec<SealedRecord>) -> Write,
    ) -> Result<(), End> {
        let workspace = member.workspace;
        let checked = tokio::task::spawn_blocking(move || {
            records.into_iter().map(|bytes| check(bytes, workspace, device)).collect::<Result<Vec<_>, _>>()
        });
        match checked.await.map_err(|_| malformed("the records could not be read"))? {
            Ok(records) => {
                member.pending.push_back(self.shared.writer.submit(write(records)).await);
                Ok(())
            }
            Err(refusal) => Ok(self.send(&ServerMessage::Error(refusal)).await?),
        }
    }

    async fn vouch(&mut self, member: &mut Member, certificates: Vec<MemberCertificate>) -> Result<(), End> {
        let (workspace, voucher) = (member.workspace, member.device);
        let checked = tokio::task::spawn_blocking(move || {
            let own = certificates.iter().all(|c| c.by == voucher && c.verify(workspace).is_ok());
            own.then_some(certificates)
        });
        let Some(certificates) = checked.await.map_err(|_| malformed("the certificates could not be read"))? else {
            return Err(Refusal::new(RefusalCode::Signature, "the certificates are not this device's").into());
        };
        let write = Write::Vouch(Vouch { workspace, voucher, certificates, now_s: now_s() });
        member.pending.push_back(self.shared.writer.submit(write).await);
        Ok(())
    }

    async fn have(&mut self, member: &Member, heads: Vec<Held>) -> Result<(), End> {
        let (log, workspace) = (self.shared.log.clone(), member.workspace);
        let lacks = tokio::task::spawn_blocking(move || log.lacks(workspace, &heads)).await;
        let lacks = lacks.map_err(|e| StorageError::Failed(e.to_string())).and_then(|lacks| lacks);
        Ok(self
            .send(&match lacks {
                Ok(heads) => ServerMessage::Lacks { heads },
                Err(error) => ServerMessage::Error(storage_refusal(&error)),
            })
            .await?)
    }

    async fn answer(&mut self, answer: Option<Answer>) -> Result<(), End> {
        let message = match answer {
            Some(Ok(Outcome::Appended { acks, .. })) => ServerMessage::Acked { acks },
            Some(Ok(Outcome::Refilled { heads, .. })) => ServerMessage::Lacks { heads },
            Some(Ok(Outcome::Vouched)) => return Ok(()),
            Some(Ok(Outcome::Refused(refusal))) => ServerMessage::Error(refusal),
            Some(Err(error)) => ServerMessage::Error(storage_refusal(&error)),
            Some(Ok(Outcome::Admitted(_))) | None => {
                return Err(Refusal::new(RefusalCode::ShuttingDown, "the relay is being shut down").into());
            }
        };
        Ok(self.send(&message).await?)
    }

    async fn pull(&mut self, member: &mut Member, after: u64, max_bytes: u32) -> Result<(), End> {
        let page = page(&self.shared, member, after, max_bytes.min(MAX_PAGE_BYTES), None).await?;
        member.live_from = (page.through >= page.head).then_some(page.through);
        let Page { records, through, head } = page;
        Ok(self.send(&ServerMessage::Page { records, through, head }).await?)
    }

    /// Sends what has been stored since the device reached the log's head.
    async fn follow(&mut self, member: &mut Member) -> Result<(), End> {
        let Some(after) = member.live_from else {
            return Ok(());
        };
        let Page { records, through, .. } =
            page(&self.shared, member, after, MAX_PAGE_BYTES, Some(member.device)).await?;
        if through <= after {
            // The log says it has grown but shows nothing: do not spin.
            let reason = StorageError::Failed("the log ends before its head".to_owned());
            return Err(storage_refusal(&reason).into());
        }
        member.live_from = Some(through);
        Ok(self.send(&ServerMessage::Records { records, after, through }).await?)
    }

    /// Before the end, tells the device what became of what it pushed.
    async fn drain(&mut self, member: &mut Member) -> Result<(), End> {
        while let Some(pending) = member.pending.pop_front() {
            self.answer(pending.await.ok()).await?;
        }
        Ok(())
    }

    pub(crate) async fn next_message(&mut self) -> Result<Option<Message>, Refusal> {
        let message = self.socket.recv().await;
        read(message)
    }

    pub(crate) async fn send(&mut self, message: &ServerMessage) -> Result<(), Gone> {
        let bytes = Message::Binary(message.encode().into());
        match timeout(self.shared.limits.send_timeout, self.socket.send(bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }

    /// Says the last word, and waits a moment for it to arrive: closing at once while the device is still sending would
    /// make its system throw the message away.
    async fn part(mut self, message: ServerMessage) {
        if self.send(&message).await.is_err() {
            return;
        }
        let deadline = Instant::now() + LINGER;
        let _ = timeout(LINGER, self.socket.send(Message::Close(None))).await;
        loop {
            match timeout_at(deadline, self.socket.recv()).await {
                Ok(Some(Ok(_))) => {}
                Ok(None) | Err(_) => return, // it has answered, or had its time
                Ok(Some(Err(_))) => return tokio::time::sleep_until(deadline).await,
            }
        }
    }
}

/// Reads a part of the workspace's log.
fn page(
    shared: &Shared,
    member: &Member,
    after: u64,
    max_bytes: u32,
    except: Option<DeviceId>,
) -> impl Future<Output = Result<Page, Refusal>> + use<> {
    let (log, workspace) = (shared.log.clone(), member.workspace);
    let page = tokio::task::spawn_blocking(move || log.page(workspace, after, max_bytes as usize, except));
    async move {
        page.await
            .map_err(|e| StorageError::Failed(e.to_string()))
            .and_then(|page| page)
            .map_err(|e| storage_refusal(&e))
    }
}

/// Completes when the relay is being shut down.
async fn told(shutdown: &mut watch::Receiver<bool>) {
    let _ = shutdown.wait_for(|down| *down).await;
}

/// The answer to the oldest push that waits for the disk; never, while there is none.
async fn first(pending: &mut VecDeque<oneshot::Receiver<Answer>>) -> Option<Answer> {
    match pending.front_mut() {
        Some(receiver) => receiver.await.ok(),
        None => std::future::pending().await,
    }
}

fn read(message: Option<Result<Message, axum::Error>>) -> Result<Option<Message>, Refusal> {
    match message {
        Some(Ok(message)) => Ok(Some(message)),
        Some(Err(e)) => Err(malformed(&e.to_string())),
        None => Ok(None),
    }
}

/// Everything about a pushed record that can be said without looking at the disk. Without a `device`, anybody's will do.
fn check(bytes: Vec<u8>, workspace: WorkspaceId, device: Option<DeviceId>) -> Result<SealedRecord, Refusal> {
    let record = SealedRecord::decode(bytes).map_err(|e| match e {
        tandem_sync::Error::TooLarge { .. } => Refusal::new(RefusalCode::TooLarge, e.to_string()),
        _ => malformed(&e.to_string()),
    })?;
    let header = record.header();
    if header.workspace != workspace || device.is_some_and(|device| header.device != device) {
        return Err(Refusal::new(RefusalCode::Foreign, "the record belongs to another workspace or device"));
    }
    if header.kind == Kind::Presence {
        return Err(malformed("presence is not stored"));
    }
    record.verify().map_err(|e| Refusal::new(RefusalCode::Signature, e.to_string()))?;
    Ok(record)
}

fn presence(member: &mut Member, bytes: Vec<u8>) -> Result<(), End> {
    if bytes.len() > MAX_PRESENCE_BYTES {
        return Err(Refusal::new(RefusalCode::TooLarge, "the presence record is too large").into());
    }
    if !member.presences.take() {
        return Ok(()); // the next one will say the same, and more
    }
    let record = SealedRecord::decode(bytes).map_err(|e| malformed(&e.to_string()))?;
    let header = record.header();
    if header.kind != Kind::Presence || header.workspace != member.workspace || header.device != member.device {
        return Err(Refusal::new(RefusalCode::Foreign, "the record is not this device's presence").into());
    }
    record.verify().map_err(|e| Refusal::new(RefusalCode::Signature, e.to_string()))?;
    let record = record.into_bytes().into();
    let _ = member.room.presence.send(PresenceFrom { connection: member.id, record });
    Ok(())
}

pub(crate) fn storage_refusal(error: &StorageError) -> Refusal {
    let reason = match error {
        StorageError::Full => "the relay's disk is full: nothing was stored, your changes wait on this device",
        StorageError::Failed(_) => {
            "the relay cannot use its storage: nothing was stored, your changes wait on this device"
        }
    };
    Refusal::new(RefusalCode::Storage, reason)
}

fn malformed(reason: &str) -> Refusal {
    let end = reason.floor_char_boundary(500);
    Refusal::new(RefusalCode::Malformed, &reason[..end])
}
