//! A device as a stranger would write one from the specification: a WebSocket, the messages, and nothing else.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tandem_relay::{Config, Handle, Limits, serve};
use tandem_sync::wire::{Ack, ClientMessage, Held, Hello, Numbered, Refusal, ServerMessage, Welcome};
use tandem_sync::{
    Admission, DeviceKey, FoundingCertificate, Invite, Payload, Position, RecordHash, SealedRecord, WorkspaceId,
    WorkspaceKey,
};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// No answer takes this long; a test that waits longer has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const FAR_FUTURE_S: u64 = 4_000_000_000;

pub(crate) fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

pub(crate) async fn relay_with(dir: &tempfile::TempDir, change: impl FnOnce(&mut Limits)) -> Handle {
    let mut config = Config::new(dir.path(), loopback());
    change(&mut config.limits);
    serve(config).await.expect("the relay starts")
}

pub(crate) async fn relay(dir: &tempfile::TempDir) -> Handle {
    relay_with(dir, |_| {}).await
}

/// A device with its chain, and what it shows the relay.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) key: DeviceKey,
    pub(crate) founding: FoundingCertificate,
    pub(crate) admission: Option<Admission>,
    pub(crate) seq: u64,
    pub(crate) last: RecordHash,
}

impl Device {
    pub(crate) fn founder() -> Self {
        let key = DeviceKey::from_bytes(&[1; 32]);
        let founding = FoundingCertificate::create(&key, [1; 16]);
        Self { key, founding, admission: None, seq: 0, last: RecordHash::NONE }
    }

    /// A device invited by this one.
    pub(crate) fn invite(&self, seed: u8) -> Self {
        self.invite_until(seed, FAR_FUTURE_S)
    }

    pub(crate) fn invite_until(&self, seed: u8, expires_at_s: u64) -> Self {
        let invite = Invite::create(
            "ws://127.0.0.1:1",
            self.founding,
            "Test",
            &workspace_key(),
            expires_at_s,
            &self.key,
            [seed; 32],
        );
        let key = DeviceKey::from_bytes(&[seed + 100; 32]);
        let admission = Some(invite.expect("a valid invite").admit(key.id()));
        Self { key, admission, seq: 0, last: RecordHash::NONE, ..self.clone() }
    }

    pub(crate) fn stranger(&self) -> Self {
        let key = DeviceKey::from_bytes(&[99; 32]);
        Self { key, admission: None, seq: 0, last: RecordHash::NONE, ..self.clone() }
    }

    pub(crate) fn workspace(&self) -> WorkspaceId {
        self.founding.workspace()
    }

    /// Seals the device's next record.
    pub(crate) fn seal(&mut self, content: &[u8]) -> SealedRecord {
        let position =
            Position { workspace: self.workspace(), document: 0, device_seq: self.seq + 1, previous: self.last };
        let payload = Payload::Changes(vec![content.to_vec()]);
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&position.device_seq.to_be_bytes());
        let record = SealedRecord::seal(&position, &payload, &workspace_key(), &self.key, nonce).expect("it fits");
        self.seq += 1;
        self.last = record.hash();
        record
    }

    pub(crate) fn presence(&self, content: &[u8]) -> SealedRecord {
        let position = Position { workspace: self.workspace(), document: 0, device_seq: 0, previous: RecordHash::NONE };
        let payload = Payload::Presence(content.to_vec());
        SealedRecord::seal(&position, &payload, &workspace_key(), &self.key, [3; 24]).expect("it fits")
    }

    pub(crate) fn hello(&self, challenge: &[u8; 32]) -> Hello {
        Hello::create(challenge, self.workspace(), &self.key, Some(self.founding), self.admission)
    }

    /// Connects and expects to be welcomed.
    pub(crate) async fn connect(&self, url: &str) -> Client {
        self.try_connect(url).await.expect("welcome")
    }

    pub(crate) async fn try_connect(&self, url: &str) -> Result<Client, Refusal> {
        let mut client = Client::dial(url).await;
        let challenge = client.challenge().await;
        client.greet(self.hello(&challenge)).await?;
        Ok(client)
    }
}

pub(crate) fn workspace_key() -> WorkspaceKey {
    WorkspaceKey::new(1, [5; 32])
}

pub(crate) struct Client {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) welcome: Option<Welcome>,
    /// Records that came while another answer was awaited.
    live: VecDeque<ServerMessage>,
}

impl Client {
    pub(crate) async fn dial(url: &str) -> Self {
        Self::try_dial(url).await.expect("the relay accepts connections")
    }

    /// A connection, unless the relay has no room.
    pub(crate) async fn try_dial(url: &str) -> Option<Self> {
        let (socket, _) = tokio_tungstenite::connect_async(url).await.ok()?;
        Some(Self { socket, welcome: None, live: VecDeque::new() })
    }

    pub(crate) async fn challenge(&mut self) -> [u8; 32] {
        match self.receive().await {
            Some(ServerMessage::Challenge { nonce, .. }) => nonce,
            other => panic!("instead of a challenge: {other:?}"),
        }
    }

    pub(crate) async fn greet(&mut self, hello: Hello) -> Result<Welcome, Refusal> {
        self.send(&ClientMessage::Hello(Box::new(hello))).await;
        match self.receive().await {
            Some(ServerMessage::Welcome(welcome)) => {
                self.welcome = Some(welcome.clone());
                Ok(welcome)
            }
            Some(ServerMessage::Refused(refusal)) => Err(refusal),
            other => panic!("instead of welcome or refusal: {other:?}"),
        }
    }

    pub(crate) async fn send(&mut self, message: &ClientMessage) {
        self.send_raw(message.encode()).await;
    }

    pub(crate) async fn send_raw(&mut self, bytes: Vec<u8>) {
        self.socket.send(Message::Binary(bytes.into())).await.expect("the relay reads");
    }

    /// The next message; `None` when the relay has closed the connection.
    pub(crate) async fn receive(&mut self) -> Option<ServerMessage> {
        match self.live.pop_front() {
            Some(message) => Some(message),
            None => self.next().await,
        }
    }

    /// The next message that answers something; live records are kept for later.
    async fn answer(&mut self) -> Option<ServerMessage> {
        loop {
            match self.next().await {
                Some(message @ ServerMessage::Records { .. }) => self.live.push_back(message),
                other => return other,
            }
        }
    }

    async fn next(&mut self) -> Option<ServerMessage> {
        loop {
            match tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("an answer in time") {
                Some(Ok(Message::Binary(bytes))) => return Some(ServerMessage::decode(&bytes).expect("understood")),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn push(&mut self, records: &[SealedRecord]) -> Result<Vec<Ack>, Refusal> {
        let records = records.iter().map(|r| r.as_bytes().to_vec().into()).collect();
        self.send(&ClientMessage::Push { records }).await;
        match self.answer().await {
            Some(ServerMessage::Acked { acks }) => Ok(acks),
            Some(ServerMessage::Error(refusal) | ServerMessage::Bye(refusal)) => Err(refusal),
            other => panic!("instead of an acknowledgement: {other:?}"),
        }
    }

    pub(crate) async fn pull(&mut self, after: u64, max_bytes: u32) -> (Vec<Numbered>, u64, u64) {
        self.send(&ClientMessage::Pull { after, max_bytes }).await;
        match self.answer().await {
            Some(ServerMessage::Page { records, through, head }) => (records, through, head),
            other => panic!("instead of a page: {other:?}"),
        }
    }

    pub(crate) async fn lacks(&mut self) -> Vec<Held> {
        match self.answer().await {
            Some(ServerMessage::Lacks { heads }) => heads,
            other => panic!("instead of what is lacking: {other:?}"),
        }
    }

    /// The reason with which the relay ends the connection.
    pub(crate) async fn last_word(&mut self) -> Refusal {
        match self.answer().await {
            Some(ServerMessage::Refused(refusal) | ServerMessage::Bye(refusal)) => refusal,
            other => panic!("instead of a last word: {other:?}"),
        }
    }
}

/// Opens the records' contents.
pub(crate) fn contents(records: &[Numbered]) -> Vec<Vec<u8>> {
    let open = |numbered: &Numbered| {
        let record = SealedRecord::decode(numbered.record.to_vec()).expect("whole");
        match record.open(&workspace_key()).expect("opens") {
            Payload::Changes(changes) => changes,
            other => panic!("instead of changes: {other:?}"),
        }
    };
    records.iter().flat_map(open).collect()
}
