//! Whatever a stranger tries is refused with a reason, and the members notice nothing.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tandem_relay::Handle;
use tandem_sync::wire::{ClientMessage, MAX_MESSAGE_BYTES, RefusalCode, ServerMessage};
use tandem_sync::{DeviceKey, FoundingCertificate, SealedRecord};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Client, Device, FAR_FUTURE_S, PATIENCE, relay, relay_with};

/// A relay, a member connected to it, and the means to see that the member is undisturbed.
struct Scene {
    relay: Handle,
    founder: Device,
    member: Client,
    _dir: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let relay = relay(&dir).await;
        Self::around(relay, dir).await
    }

    async fn around(relay: Handle, dir: tempfile::TempDir) -> Self {
        let founder = Device::founder();
        let member = founder.connect(&relay.url()).await;
        Self { relay, founder, member, _dir: dir }
    }

    fn url(&self) -> String {
        self.relay.url()
    }

    /// The member's connection still works, and the log holds what members wrote and nothing else.
    async fn expect_undisturbed(mut self) {
        let before = self.member.pull(0, u32::MAX).await.2;
        self.member.push(&[self.founder.seal(b"undisturbed")]).await.unwrap();
        let mut fresh = self.founder.connect(&self.relay.url()).await;
        assert_eq!(fresh.pull(0, u32::MAX).await.2, before + 1);
        self.relay.shutdown().await.unwrap();
    }

    async fn refuses(&self, device: &Device) -> RefusalCode {
        let refusal = device.try_connect(&self.url()).await.err().expect("a refusal");
        assert!(refusal.reason.len() > 10, "in words: {}", refusal.reason);
        refusal.code
    }
}

#[tokio::test]
async fn a_device_without_the_key_it_claims() {
    let scene = Scene::new().await;
    let mut client = Client::dial(&scene.url()).await;
    let challenge = client.challenge().await;
    let mut hello = scene.founder.stranger().hello(&challenge);
    hello.device = scene.founder.key.id();
    assert_eq!(client.greet(hello).await.unwrap_err().code, RefusalCode::Signature);
    assert!(client.receive().await.is_none(), "and the connection ends");
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn a_greeting_overheard_on_another_connection() {
    let scene = Scene::new().await;
    let mut overheard = Client::dial(&scene.url()).await;
    let hello = scene.founder.hello(&overheard.challenge().await);
    overheard.greet(hello.clone()).await.unwrap();
    let mut client = Client::dial(&scene.url()).await;
    client.challenge().await;
    assert_eq!(client.greet(hello).await.unwrap_err().code, RefusalCode::Signature);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn a_stranger_without_an_invite() {
    let scene = Scene::new().await;
    assert_eq!(scene.refuses(&scene.founder.stranger()).await, RefusalCode::NotAMember);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn a_stranger_who_claims_to_have_founded_the_workspace() {
    let scene = Scene::new().await;
    let stranger = scene.founder.stranger();
    let mut client = Client::dial(&scene.url()).await;
    let mut hello = stranger.hello(&client.challenge().await);
    hello.founding = Some(FoundingCertificate::create(&stranger.key, [1; 16]));
    assert_eq!(client.greet(hello).await.unwrap_err().code, RefusalCode::Signature);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn an_invite_is_good_for_one_device_and_one_only() {
    let scene = Scene::new().await;
    let guest = scene.founder.invite(7);
    guest.connect(&scene.url()).await;
    guest.connect(&scene.url()).await; // the same device again: its answer may have been lost
    let key = DeviceKey::from_bytes(&[77; 32]);
    let mut second = scene.founder.invite(7); // the same token
    let invite = tandem_sync::Invite::create(
        "ws://127.0.0.1:1",
        scene.founder.founding,
        "Test",
        &crate::client::workspace_key(),
        FAR_FUTURE_S,
        &scene.founder.key,
        [7; 32],
    );
    second.admission = Some(invite.unwrap().admit(key.id()));
    second.key = key;
    assert_eq!(scene.refuses(&second).await, RefusalCode::InviteUsed);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn an_invite_meant_for_another_device() {
    let scene = Scene::new().await;
    let stolen = Device { admission: scene.founder.invite(7).admission, ..scene.founder.stranger() };
    assert_eq!(scene.refuses(&stolen).await, RefusalCode::Signature);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn an_invite_whose_time_is_over() {
    let scene = Scene::new().await;
    assert_eq!(scene.refuses(&scene.founder.invite_until(7, 1_000)).await, RefusalCode::InviteExpired);
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn an_invite_by_somebody_who_is_no_member() {
    let scene = Scene::new().await;
    assert_eq!(scene.refuses(&scene.founder.stranger().invite(7)).await, RefusalCode::InviteIssuer);
    // A member who was invited may invite in turn.
    let guest = scene.founder.invite(8);
    guest.connect(&scene.url()).await;
    guest.invite(9).connect(&scene.url()).await;
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn a_workspace_the_relay_does_not_know() {
    let scene = Scene::new().await;
    let mut client = Client::dial(&scene.url()).await;
    let mut hello = scene.founder.hello(&client.challenge().await);
    hello = tandem_sync::wire::Hello { founding: None, ..hello };
    hello.workspace = tandem_sync::WorkspaceId::from_bytes([9; 16]);
    assert_eq!(client.greet(hello).await.unwrap_err().code, RefusalCode::Signature, "its proof speaks of another");
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn an_invited_device_may_be_the_first_to_reach_the_relay() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut guest = founder.invite(2);
    assert!(founder.stranger().try_connect(&relay.url()).await.is_err());
    let mut early = guest.connect(&relay.url()).await;
    early.push(&[guest.seal(b"early")]).await.unwrap();
    let mut late = founder.connect(&relay.url()).await;
    late.push(&[founder.seal(b"late")]).await.unwrap();
    assert_eq!(late.pull(0, u32::MAX).await.2, 2);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn garbage_before_and_after_the_greeting() {
    let scene = Scene::new().await;
    for garbage in [vec![], vec![0xff; 100], b"GET / HTTP/1.1".to_vec(), vec![0x9b; 3000], vec![0x82, 0x18]] {
        let mut client = Client::dial(&scene.url()).await;
        client.challenge().await;
        client.send_raw(garbage.clone()).await;
        assert_eq!(client.last_word().await.code, RefusalCode::Malformed);

        let mut client = scene.founder.connect(&scene.url()).await;
        client.send_raw(garbage).await;
        assert_eq!(client.last_word().await.code, RefusalCode::Malformed);
    }
    let mut client = Client::dial(&scene.url()).await;
    client.challenge().await;
    client.socket.send(Message::Text("hello".into())).await.unwrap();
    assert_eq!(client.last_word().await.code, RefusalCode::Malformed);
    let mut client = Client::dial(&scene.url()).await;
    client.challenge().await;
    client.send(&ClientMessage::Pull { after: 0, max_bytes: 1 }).await;
    assert_eq!(client.last_word().await.code, RefusalCode::Malformed, "nothing before the greeting");
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn every_truncation_of_a_greeting() {
    let scene = Scene::new().await;
    for part in 1..8 {
        let mut client = Client::dial(&scene.url()).await;
        let hello = scene.founder.hello(&client.challenge().await);
        let bytes = ClientMessage::Hello(Box::new(hello)).encode();
        client.send_raw(bytes[..bytes.len() * part / 8].to_vec()).await;
        assert_eq!(client.last_word().await.code, RefusalCode::Malformed, "{part} eighths");
    }
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn damaged_truncated_and_foreign_records() {
    let scene = Scene::new().await;
    let guest = scene.founder.invite(5);
    let mut client = guest.connect(&scene.url()).await;
    let good = guest.clone().seal(b"good").into_bytes();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let truncated = good[..good.len() - 1].to_vec();
    let foreign = scene.founder.clone().seal(b"not mine").into_bytes();
    let mut elsewhere = Device { founding: FoundingCertificate::create(&guest.key, [9; 16]), ..guest.clone() };
    let elsewhere = elsewhere.seal(b"not here").into_bytes();
    let presence = guest.presence(b"x").into_bytes();
    for (bytes, code) in [
        (flipped, RefusalCode::Signature),
        (truncated, RefusalCode::Malformed),
        (foreign, RefusalCode::Foreign),
        (elsewhere, RefusalCode::Foreign),
        (presence, RefusalCode::Malformed),
    ] {
        client.send(&ClientMessage::Push { records: vec![bytes.into()] }).await;
        match client.receive().await {
            Some(ServerMessage::Error(refusal)) => assert_eq!(refusal.code, code, "{}", refusal.reason),
            other => panic!("instead of a refusal: {other:?}"),
        }
    }
    // The same connection can still do it right.
    client.push(&[SealedRecord::decode(good).unwrap()]).await.unwrap();
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn messages_beyond_the_bounds() {
    let scene = Scene::new().await;
    let mut client = Client::dial(&scene.url()).await;
    client.challenge().await;
    client.send_raw(vec![0; 10_000]).await;
    assert_eq!(client.last_word().await.code, RefusalCode::TooLarge);

    // Larger than any message: the relay does not even read it. Reading while writing, as any client should.
    let (mut sink, mut stream) = scene.founder.connect(&scene.url()).await.socket.split();
    let writing = tokio::spawn(async move {
        let _ = sink.send(Message::Binary(vec![0; MAX_MESSAGE_BYTES + 1].into())).await;
        sink
    });
    let last = tokio::time::timeout(PATIENCE, stream.next()).await.unwrap();
    match last.unwrap().map(|m| ServerMessage::decode(&m.into_data())) {
        Ok(Ok(ServerMessage::Bye(refusal))) => assert!(refusal.reason.contains("too long"), "{}", refusal.reason),
        other => panic!("instead of goodbye: {other:?}"),
    }
    drop((writing, stream));
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn a_stranger_who_says_nothing_and_strangers_in_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay_with(&dir, |limits| {
        limits.handshake_timeout = Duration::from_millis(200);
        limits.max_strangers = 3;
    })
    .await;
    let scene = Scene::around(relay, dir).await;
    let mut silent = Client::dial(&scene.url()).await;
    silent.challenge().await;
    assert_eq!(silent.last_word().await.code, RefusalCode::Timeout);
    let mut crowd = Vec::new();
    let mut turned_away = 0;
    for _ in 0..20 {
        match tokio_tungstenite::connect_async(scene.url()).await {
            Ok(connection) => crowd.push(connection),
            Err(_) => turned_away += 1,
        }
    }
    assert!(turned_away > 0, "all of {} were let in at once", crowd.len());
    drop(crowd);
    // Once the crowd has been sent away, there is room again.
    let returns = async {
        let mut poll = tokio::time::interval(Duration::from_millis(20));
        loop {
            poll.tick().await;
            if let Some(mut client) = Client::try_dial(&scene.url()).await {
                let hello = scene.founder.hello(&client.challenge().await);
                return client.greet(hello).await;
            }
        }
    };
    tokio::time::timeout(PATIENCE, returns).await.expect("room for a member").unwrap();
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn sockets_on_which_no_request_comes_are_closed() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay_with(&dir, |limits| limits.handshake_timeout = Duration::from_millis(200)).await;
    let scene = Scene::around(relay, dir).await;
    for opening in [&b""[..], b"GET / HT"] {
        let mut stream = tokio::net::TcpStream::connect(scene.relay.addr()).await.unwrap();
        stream.write_all(opening).await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        assert!(closed.is_ok(), "still open");
    }
    scene.expect_undisturbed().await;
}

#[tokio::test]
async fn another_protocol_version() {
    let scene = Scene::new().await;
    let mut client = Client::dial(&scene.url()).await;
    let mut hello = scene.founder.hello(&client.challenge().await);
    hello.protocol = 99;
    assert_eq!(client.greet(hello).await.unwrap_err().code, RefusalCode::Version);
    scene.expect_undisturbed().await;
}
