//! The session of `tandem-sync` against the real relay: what an engine does, as short as it can be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tandem_sync::session::{Cursor, SessionConfig, Standing};
use tandem_sync::wire::Held;
use tandem_sync::{DeviceId, Effect, Event, MemberCertificate, Payload, RecordHash, SealedRecord, Session};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Device, PATIENCE, relay, workspace_key};

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

struct Node {
    device: Device,
    session: Session,
    socket: Option<Socket>,
    events: VecDeque<Event>,
    started: Instant,
    own: Vec<SealedRecord>,
    acked_seq: u64,
    cursor: Option<Cursor>,
    contents: BTreeSet<Vec<u8>>,
    others: BTreeMap<(DeviceId, u64), SealedRecord>,
    admitted: bool,
    proof: Vec<MemberCertificate>,
    lost: usize,
}

impl Node {
    /// The program ends and starts again on what is on its disk; it has forgotten its admission.
    fn again(self) -> Self {
        let mut again = Self::new(Device { admission: None, ..self.device });
        let config = SessionConfig {
            workspace: again.device.workspace(),
            device: again.device.key.clone(),
            founding: again.device.founding,
            admission: None,
            admitted: self.admitted,
            proof: self.proof.clone(),
            chains: vec![],
        };
        again.session = Session::new(config);
        let Self { own, acked_seq, cursor, contents, others, admitted, proof, lost, .. } = self;
        Self { own, acked_seq, cursor, contents, others, admitted, proof, lost, ..again }
    }

    /// Up to where the records of others are kept without gaps.
    fn held(&self) -> Vec<Held> {
        let mut held: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for (device, seq) in self.others.keys() {
            let last = held.entry(*device).or_default();
            *last = if *seq == *last + 1 { *seq } else { *last };
        }
        held.into_iter().map(|(device, seq)| Held { device, seq }).collect()
    }

    fn new(device: Device) -> Self {
        let session = Session::new(SessionConfig {
            workspace: device.workspace(),
            device: device.key.clone(),
            founding: device.founding,
            admission: device.admission,
            admitted: false,
            proof: vec![],
            chains: vec![],
        });
        Self {
            device,
            session,
            socket: None,
            events: VecDeque::from([Event::Start]),
            started: Instant::now(),
            own: vec![],
            acked_seq: 0,
            cursor: None,
            contents: BTreeSet::new(),
            others: BTreeMap::new(),
            admitted: false,
            proof: vec![],
            lost: 0,
        }
    }

    fn write(&mut self, content: &[u8]) {
        self.own.push(self.device.seal(content));
        self.contents.insert(content.to_vec());
        self.events.push_back(Event::LocalRecords);
    }

    fn has(&self, count: usize) -> bool {
        self.contents.len() == count && self.acked_seq == self.own.len() as u64
    }

    fn now_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    /// Goes on until the condition holds.
    async fn run_until(&mut self, url: &str, done: impl Fn(&Self) -> bool) {
        let run = async {
            while !done(self) {
                let event = match self.events.pop_front() {
                    Some(event) => event,
                    None => self.wait().await,
                };
                let (now_ms, random) = (self.now_ms(), self.started.elapsed().as_nanos() as u64);
                for effect in self.session.handle(now_ms, random, event) {
                    self.carry_out(url, effect).await;
                }
            }
        };
        tokio::time::timeout(PATIENCE, run).await.expect("it comes to rest in time");
    }

    async fn wait(&mut self) -> Event {
        let wake_ms = self.session.next_wake_ms().unwrap_or(u64::MAX);
        let wait = Duration::from_millis(wake_ms.saturating_sub(self.now_ms()).min(60_000));
        let Some(socket) = &mut self.socket else {
            tokio::time::sleep(wait).await;
            return Event::Tick;
        };
        match tokio::time::timeout(wait, socket.next()).await {
            Err(_) => Event::Tick,
            Ok(Some(Ok(Message::Binary(bytes)))) => Event::Received(bytes.into()),
            Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => Event::Tick,
            Ok(_) => {
                self.socket = None;
                Event::Disconnected { reason: "the connection ended".to_owned() }
            }
        }
    }

    async fn carry_out(&mut self, url: &str, effect: Effect) {
        match effect {
            Effect::Connect => match tokio_tungstenite::connect_async(url).await {
                Ok((socket, _)) => {
                    self.socket = Some(socket);
                    self.events.push_back(Event::Connected);
                }
                Err(e) => self.events.push_back(Event::Disconnected { reason: e.to_string() }),
            },
            Effect::Disconnect => self.socket = None,
            Effect::Send(bytes) => {
                if let Some(socket) = &mut self.socket {
                    let _ = socket.send(Message::Binary(bytes.into())).await;
                }
            }
            Effect::LoadStanding { own_seq } => self.events.push_front(Event::Standing(Standing {
                hash_asked: (own_seq > 0).then(|| self.own.get(own_seq as usize - 1).unwrap().hash()),
                held: self.held(),
                reads_first: false,
                cursor: self.cursor,
                sealed_seq: self.own.len() as u64,
                sealed_hash: self.own.last().map_or(RecordHash::NONE, SealedRecord::hash),
                acked_seq: self.acked_seq,
            })),
            Effect::LoadOutbox { after_seq, max_records, .. } => {
                let records = self.own.iter().skip(after_seq as usize).take(max_records);
                self.events.push_front(Event::Outbox { records: records.cloned().collect() });
            }
            Effect::Store { records, cursor, .. } => {
                for received in records {
                    let header = received.record.header();
                    if header.device != self.device.key.id() {
                        self.others.insert((header.device, header.device_seq), received.record.clone());
                    }
                    match received.record.open(&workspace_key()).unwrap() {
                        Payload::Changes(changes) => self.contents.extend(changes),
                        other => panic!("instead of changes: {other:?}"),
                    }
                }
                self.cursor = Some(cursor);
            }
            Effect::MarkAcked(acks) => {
                self.acked_seq = acks.iter().map(|a| a.device_seq).fold(self.acked_seq, u64::max);
            }
            Effect::LoadHeld { device, after_seq, max_records, .. } => {
                let kept = self.others.range((device, after_seq + 1)..=(device, u64::MAX)).take(max_records);
                self.events.push_front(Event::Held { records: kept.map(|(_, record)| record.clone()).collect() });
            }
            Effect::Admitted => self.admitted = true,
            Effect::Proven(proof) => self.proof = proof,
            Effect::Presence(_) => {}
            Effect::RelayLostRecords { .. } => {
                self.lost += 1;
                self.acked_seq = 0;
            }
            Effect::Status(_) => {}
            other => panic!("nothing else should happen here: {other:?}"),
        }
    }
}

#[tokio::test]
async fn two_sessions_converge_through_a_relay_that_goes_away_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let first = relay(&dir).await;
    let founder = Device::founder();
    let (mut one, mut two) = (Node::new(founder.clone()), Node::new(founder.invite(2)));
    for n in 0..300u16 {
        one.write(&[&b"one"[..], &n.to_be_bytes()].concat());
        two.write(&[&b"two"[..], &n.to_be_bytes()].concat());
    }
    let url = first.url();
    tokio::join!(one.run_until(&url, |n| n.has(600)), two.run_until(&url, |n| n.has(600)));
    assert_eq!(one.contents, two.contents);
    assert!(two.admitted);

    // The relay ends; both go on writing; another one starts on the same data.
    first.shutdown().await.unwrap();
    one.write(b"meanwhile one");
    two.write(b"meanwhile two");
    let second = relay(&dir).await;
    let url = second.url();
    tokio::join!(one.run_until(&url, |n| n.has(602)), two.run_until(&url, |n| n.has(602)));
    assert_eq!((one.lost, two.lost), (0, 0));
    second.shutdown().await.unwrap();

    // The relay's disk is lost: the devices fill the next one.
    let empty = tempfile::tempdir().unwrap();
    let third = relay(&empty).await;
    let url = third.url();
    let refilled = |n: &Node| n.lost > 0 && n.has(602) && n.cursor.is_some_and(|c| c.seq == 602);
    tokio::join!(one.run_until(&url, refilled), two.run_until(&url, refilled));
    let mut fresh = Node::new(founder.invite(3));
    fresh.run_until(&url, |n| n.has(602)).await;
    assert_eq!(fresh.contents, one.contents);
    third.shutdown().await.unwrap();
}

#[tokio::test]
async fn whoever_comes_back_first_refills_an_empty_relay_also_without_the_founder() {
    let dir = tempfile::tempdir().unwrap();
    let first = relay(&dir).await;
    let founder = Device::founder();
    let (mut one, mut two, mut three) =
        (Node::new(founder.clone()), Node::new(founder.invite(2)), Node::new(founder.invite(3)));
    for n in 0..400u16 {
        one.write(&[&b"one"[..], &n.to_be_bytes()].concat());
        two.write(&[&b"two"[..], &n.to_be_bytes()].concat());
        three.write(&[&b"three"[..], &n.to_be_bytes()].concat());
    }
    let url = first.url();
    tokio::join!(
        one.run_until(&url, |n| n.has(1200)),
        two.run_until(&url, |n| n.has(1200)),
        three.run_until(&url, |n| n.has(1200))
    );
    // Once this is acknowledged, so is what the founder said before it: that the others are members.
    one.write(b"and one more");
    tokio::join!(
        one.run_until(&url, |n| n.has(1201)),
        two.run_until(&url, |n| n.has(1201)),
        three.run_until(&url, |n| n.has(1201))
    );
    // Whoever has been vouched for hears of it when it connects again.
    let (mut two, mut three) = (two.again(), three.again());
    tokio::join!(two.run_until(&url, |n| !n.proof.is_empty()), three.run_until(&url, |n| !n.proof.is_empty()));
    first.shutdown().await.unwrap();
    drop((one, two.again()));

    let empty = tempfile::tempdir().unwrap();
    let second = relay(&empty).await;
    let url = second.url();
    let mut three = three.again();
    three.run_until(&url, |n| n.lost > 0 && n.has(1201) && n.cursor.is_some_and(|c| c.seq == 1201)).await;
    // A fresh device, invited by the one that came back, has everything though the others never do.
    let mut fresh = Node::new(three.device.invite(9));
    fresh.run_until(&url, |n| n.has(1201)).await;
    assert_eq!(fresh.contents, three.contents);
    second.shutdown().await.unwrap();
}
