//! The real relay on loopback, with real sockets.
#![allow(clippy::unwrap_used, clippy::panic)]

mod client;
mod process;
mod sessions;
mod strangers;

use std::time::{Duration, Instant};

use client::{Client, Device, PATIENCE, contents, loopback, relay, relay_with};
use futures_util::StreamExt as _;
use tandem_relay::{Config, serve};
use tandem_sync::MemberCertificate;
use tandem_sync::wire::{ClientMessage, Held, RefusalCode, ServerMessage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn what_one_device_pushes_another_pulls_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut one = founder.connect(&relay.url()).await;
    let records = [founder.seal(b"a"), founder.seal(b"b"), founder.seal(b"c")];
    let acks = one.push(&records).await.unwrap();
    assert_eq!(acks.iter().map(|a| (a.device_seq, a.relay_seq)).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 3)]);

    let guest = founder.invite(2);
    let mut two = guest.connect(&relay.url()).await;
    assert_eq!(two.welcome.clone().unwrap().head, 3);
    let (records, through, head) = two.pull(0, u32::MAX).await;
    assert_eq!((contents(&records), through, head), (vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()], 3, 3));

    // Reconnecting needs no invite any more, and tells the device where its chain ends.
    let welcome = Device { admission: None, ..guest }.connect(&relay.url()).await.welcome.unwrap();
    assert_eq!((welcome.device_seq, welcome.head), (0, 3));
    let welcome = founder.connect(&relay.url()).await.welcome.unwrap();
    assert_eq!((welcome.device_seq, welcome.device_hash), (3, founder.last));
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn pushing_the_same_again_gives_the_same_acknowledgement() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut client = founder.connect(&relay.url()).await;
    let records = [founder.seal(b"a"), founder.seal(b"b")];
    let first = client.push(&records).await.unwrap();
    assert_eq!(client.push(&records).await.unwrap(), first);
    let third = founder.seal(b"c");
    let acks = client.push(&[records[1].clone(), third]).await.unwrap();
    assert_eq!((acks[0], acks[1].relay_seq), (first[1], 3));
    assert_eq!(client.pull(0, u32::MAX).await.2, 3);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn two_records_with_one_number_are_a_fork_and_a_missing_one_is_a_gap() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut copy = founder.clone();
    let mut client = founder.connect(&relay.url()).await;
    client.push(&[founder.seal(b"mine")]).await.unwrap();

    assert_eq!(client.push(&[copy.seal(b"other")]).await.unwrap_err().code, RefusalCode::Fork);
    assert_eq!(client.push(&[copy.seal(b"its next")]).await.unwrap_err().code, RefusalCode::Fork);
    let (second, third) = (founder.seal(b"second"), founder.seal(b"third"));
    assert_eq!(client.push(std::slice::from_ref(&third)).await.unwrap_err().code, RefusalCode::Gap);
    client.push(&[second, third]).await.unwrap();
    assert_eq!(client.pull(0, u32::MAX).await.2, 3);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn pages_are_bounded_and_lead_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut client = founder.connect(&relay.url()).await;
    let records: Vec<_> = (0..100u8).map(|n| founder.seal(&[n; 50])).collect();
    client.push(&records).await.unwrap();
    let (mut after, mut pages, mut all) = (0, 0, Vec::new());
    loop {
        let (records, through, head) = client.pull(after, 2_000).await;
        assert!(records.iter().map(|r| r.record.len()).sum::<usize>() <= 2_000 && !records.is_empty());
        all.extend(contents(&records));
        (after, pages) = (through, pages + 1);
        if through == head {
            break;
        }
    }
    assert_eq!(all, (0..100u8).map(|n| vec![n; 50]).collect::<Vec<_>>());
    assert!(pages > 5);
    let (records, through, _) = client.pull(0, 1).await;
    assert_eq!((records.len(), through), (1, 1), "a page carries at least one record");
    let (records, through, head) = client.pull(u64::MAX, u32::MAX).await;
    assert_eq!((records.len(), through, head), (0, 100, 100));
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn records_and_presence_reach_whoever_is_connected() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut founder = Device::founder();
    let mut one = founder.connect(&relay.url()).await;
    let mut two = founder.invite(2).connect(&relay.url()).await;
    one.pull(0, u32::MAX).await;
    two.pull(0, u32::MAX).await;
    one.push(&[founder.seal(b"live")]).await.unwrap();
    match two.receive().await {
        Some(ServerMessage::Records { records, after: 0, through: 1 }) => {
            assert_eq!(contents(&records), [b"live".to_vec()]);
        }
        other => panic!("instead of the record: {other:?}"),
    }
    // The writer is told that the log has grown, without its own record.
    match one.receive().await {
        Some(ServerMessage::Records { records, through: 1, .. }) => assert!(records.is_empty()),
        other => panic!("instead of the new head: {other:?}"),
    }
    let presence = founder.presence(b"on the board");
    one.send(&ClientMessage::Presence { record: presence.as_bytes().to_vec().into() }).await;
    match two.receive().await {
        Some(ServerMessage::Presence { record }) => assert_eq!(**record, presence.as_bytes()[..]),
        other => panic!("instead of presence: {other:?}"),
    }
    two.send(&ClientMessage::Ping).await;
    assert_eq!(two.receive().await, Some(ServerMessage::Pong));
    assert_eq!(two.pull(0, u32::MAX).await.2, 1, "presence is not stored");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_device_that_does_not_read_is_cut_off_and_disturbs_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let send_timeout = Duration::from_millis(300);
    let relay = relay_with(&dir, |limits| limits.send_timeout = send_timeout).await;
    let mut founder = Device::founder();
    let guest = founder.invite(2);
    let mut slow = guest.connect(&relay.url()).await;
    slow.pull(0, u32::MAX).await;
    let mut quick = founder.invite(3).connect(&relay.url()).await;
    quick.pull(0, u32::MAX).await;
    let mut writer = founder.connect(&relay.url()).await;
    // More than the sockets' buffers hold (it does not compress), and then on for longer than the relay is patient.
    let mut content = vec![0; 1 << 20];
    getrandom::fill(&mut content).unwrap();
    let (mut head, mut seen, mut full_since) = (0, 0, None);
    while full_since.is_none_or(|since: Instant| since.elapsed() < 4 * send_timeout) {
        let content = if head < 24 { &content[..] } else { b"more" };
        head = writer.push(&[founder.seal(content)]).await.unwrap()[0].relay_seq;
        while seen < head {
            match quick.receive().await {
                Some(ServerMessage::Records { through, .. }) => seen = through,
                other => panic!("instead of records: {other:?}"),
            }
        }
        if head >= 24 {
            full_since.get_or_insert_with(Instant::now);
        }
    }
    // The slow one finds what was under way and then the end; it can come back and read the rest.
    let mut through = 0;
    while let Some(Ok(message)) = tokio::time::timeout(PATIENCE, slow.socket.next()).await.unwrap() {
        match ServerMessage::decode(&message.into_data()) {
            Ok(ServerMessage::Records { through: now, .. }) => through = now,
            _ => break,
        }
    }
    assert!(through < head, "it was cut off");
    let mut again = guest.connect(&relay.url()).await;
    while through < head {
        through = again.pull(through, u32::MAX).await.1;
    }
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_keeps_the_connection() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay_with(&dir, |limits| limits.max_file_bytes = Some(1 << 20)).await;
    let mut founder = Device::founder();
    let mut client = founder.connect(&relay.url()).await;
    client.push(&[founder.seal(b"fits")]).await.unwrap();
    let mut content = vec![0; 2 << 20];
    getrandom::fill(&mut content).unwrap();
    let mut full = founder.clone();
    let refusal = client.push(&[full.seal(&content)]).await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Storage);
    assert!(refusal.reason.contains("disk is full"), "{}", refusal.reason);
    assert_eq!(client.pull(0, u32::MAX).await.2, 1, "nothing of it was stored");
    client.push(&[founder.seal(b"fits as well")]).await.unwrap();
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn shutting_down_says_goodbye_and_the_next_relay_has_everything() {
    let dir = tempfile::tempdir().unwrap();
    let first = relay(&dir).await;
    let mut founder = Device::founder();
    let mut client = founder.connect(&first.url()).await;
    client.push(&[founder.seal(b"kept")]).await.unwrap();
    let (ended, word) = tokio::join!(first.shutdown(), client.last_word());
    ended.unwrap();
    assert_eq!(word.code, RefusalCode::ShuttingDown);
    assert!(client.receive().await.is_none());

    let wal = dir.path().join("relay.sqlite-wal");
    assert!(std::fs::metadata(&wal).map_or(0, |m| m.len()) == 0, "the write-ahead log was emptied");
    let second = relay(&dir).await;
    let mut client = founder.connect(&second.url()).await;
    assert_eq!(contents(&client.pull(0, u32::MAX).await.0), [b"kept".to_vec()]);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn one_directory_serves_one_relay_and_an_unusable_one_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let first = relay(&dir).await;
    let again = serve(Config::new(dir.path(), loopback())).await.unwrap_err();
    assert_eq!(again.code(), "data_dir_in_use");
    let file = dir.path().join("a-file");
    std::fs::write(&file, "x").unwrap();
    assert_eq!(serve(Config::new(file, loopback())).await.unwrap_err().code(), "data_dir");
    let other = tempfile::tempdir().unwrap();
    let taken = serve(Config::new(other.path(), first.addr())).await.unwrap_err();
    assert_eq!(taken.code(), "listen");
    first.shutdown().await.unwrap();
}

#[tokio::test]
async fn workspaces_know_nothing_of_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay_with(&dir, |limits| limits.max_workspaces = 2).await;
    let mut one = Device::founder();
    let other = |salt| {
        let key = one.key.clone();
        let founding = tandem_sync::FoundingCertificate::create(&key, [salt; 16]);
        Device { key, founding, ..Device::founder() }
    };
    let (mut two, three) = (other(2), other(3));
    let mut a = one.connect(&relay.url()).await;
    let mut b = two.connect(&relay.url()).await;
    a.push(&[one.seal(b"one")]).await.unwrap();
    assert_eq!(b.pull(0, u32::MAX).await.2, 0);
    assert_eq!(b.push(&[two.seal(b"two")]).await.unwrap()[0].relay_seq, 1);
    // And a relay takes only so many.
    assert_eq!(three.try_connect(&relay.url()).await.err().unwrap().code, RefusalCode::Closed);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn after_the_relay_lost_its_disk_one_member_vouches_for_the_others() {
    let old = tempfile::tempdir().unwrap();
    let first = relay(&old).await;
    let mut founder = Device::founder();
    founder.connect(&first.url()).await;
    let guest = founder.invite(2);
    guest.connect(&first.url()).await;
    first.shutdown().await.unwrap();

    let new = tempfile::tempdir().unwrap();
    let second = relay(&new).await;
    let guest = Device { admission: None, ..guest };
    let refusal = guest.try_connect(&second.url()).await.err().unwrap();
    assert_eq!(refusal.code, RefusalCode::NotAMember);
    let mut client = founder.connect(&second.url()).await;
    let certificate = MemberCertificate::create(founder.workspace(), guest.key.id(), &founder.key);
    client.send(&ClientMessage::Vouch { certificates: vec![certificate] }).await;
    // Acknowledged after what was sent before it.
    client.push(&[founder.seal(b"next")]).await.unwrap();
    let client = guest.connect(&second.url()).await;
    assert_eq!(client.welcome.unwrap().proof, [certificate], "and is told who vouches for it");
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_proof_that_leads_to_the_founder_opens_an_empty_relay_and_no_other_does() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let founder = Device::founder();
    let guest = Device { admission: None, ..founder.invite(2) };
    let (middle, stranger) = (founder.invite(3), founder.stranger());
    let vouches =
        |by: &Device, device: &Device| MemberCertificate::create(founder.workspace(), device.key.id(), &by.key);
    for (proof, code) in [
        (vec![vouches(&stranger, &guest)], RefusalCode::NotAMember),
        (vec![vouches(&middle, &guest)], RefusalCode::NotAMember),
        (vec![vouches(&founder, &middle)], RefusalCode::Signature),
        (vec![MemberCertificate { by: founder.key.id(), ..vouches(&stranger, &guest) }], RefusalCode::Signature),
    ] {
        let mut client = Client::dial(&relay.url()).await;
        let challenge = client.challenge().await;
        let refused = client.greet(guest.hello(&challenge).with_proof(proof)).await.err().unwrap();
        assert_eq!(refused.code, code);
    }
    let mut client = Client::dial(&relay.url()).await;
    let challenge = client.challenge().await;
    let proof = vec![vouches(&middle, &guest), vouches(&founder, &middle)];
    let welcome = client.greet(guest.hello(&challenge).with_proof(proof.clone())).await.unwrap();
    assert_eq!(welcome.proof, proof);
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_refill_stores_what_continues_a_chain_and_says_how_far_it_has_come() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let founder = Device::founder();
    let mut guest = founder.invite(2);
    let records: Vec<_> = (0..5u8).map(|n| guest.seal(&[n])).collect();
    let mut client = founder.connect(&relay.url()).await;
    let device = guest.key.id();
    let head = |seq| vec![Held { device, seq }];
    client.send(&ClientMessage::Have { heads: head(5) }).await;
    assert_eq!(client.lacks().await, head(0));
    let refill = |range: std::ops::Range<usize>| ClientMessage::Refill {
        records: records[range].iter().map(|record| record.as_bytes().to_vec().into()).collect(),
    };
    client.send(&refill(0..2)).await;
    assert_eq!(client.lacks().await, head(0), "nobody has vouched for whoever wrote them");
    let certificate = MemberCertificate::create(founder.workspace(), device, &founder.key);
    client.send(&ClientMessage::Vouch { certificates: vec![certificate] }).await;
    for (range, seq) in [(1..3, 0), (0..3, 3), (0..3, 3), (2..5, 5), (0..5, 5)] {
        client.send(&refill(range.clone())).await;
        assert_eq!(client.lacks().await, head(seq), "{range:?}");
    }
    client.send(&ClientMessage::Have { heads: head(5) }).await;
    assert_eq!(client.lacks().await, []);
    let (stored, ..) = client.pull(0, u32::MAX).await;
    assert_eq!(stored.len(), 5, "each once");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn health_is_answered_over_plain_http() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let mut stream = tokio::net::TcpStream::connect(relay.addr()).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    relay.shutdown().await.unwrap();
}

#[tokio::test]
async fn many_devices_at_once_get_one_gapless_order() {
    let dir = tempfile::tempdir().unwrap();
    let relay = relay(&dir).await;
    let founder = Device::founder();
    founder.connect(&relay.url()).await;
    let url = relay.url();
    let tasks: Vec<_> = (2..12u8)
        .map(|seed| {
            let (mut device, url) = (founder.invite(seed), url.clone());
            tokio::spawn(async move {
                let mut client: Client = device.connect(&url).await;
                let mut numbers = Vec::new();
                for n in 0..20u8 {
                    numbers.push(client.push(&[device.seal(&[seed, n])]).await.unwrap()[0].relay_seq);
                }
                numbers
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
    relay.shutdown().await.unwrap();
}
