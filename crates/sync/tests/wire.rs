//! The bytes of the messages as the specification has them, so that they do not change by accident.

#![allow(clippy::unwrap_used)]

use tandem_sync::wire::{Ack, ClientMessage, Held, LogId, Numbered, Refusal, RefusalCode, ServerMessage, Welcome};
use tandem_sync::{DeviceKey, FoundingCertificate, RecordHash};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn messages_have_the_specified_bytes() {
    let records = vec![vec![1, 2].into()];
    let pull = ClientMessage::Pull { after: 7, max_bytes: 1000 };
    for (bytes, expected) in [
        (ClientMessage::Push { records }.encode(), "82018181420102"),
        (pull.encode(), "820282071903e8"),
        (ClientMessage::Ping.encode(), "820480"),
        (ClientMessage::Bye.encode(), "820580"),
        (ServerMessage::Pong.encode(), "820880"),
        (ServerMessage::Acked { acks: vec![Ack { device_seq: 1, relay_seq: 2 }] }.encode(), "82038181820102"),
        (
            ServerMessage::Page {
                records: vec![Numbered { relay_seq: 3, record: vec![9].into() }],
                through: 3,
                head: 4,
            }
            .encode(),
            "82048381820341090304",
        ),
        (ServerMessage::Error(Refusal::new(RefusalCode::Fork, "no")).encode(), "8207818264666f726b626e6f"),
    ] {
        assert_eq!(hex(&bytes), expected);
    }
    let held = Held { device: DeviceKey::from_bytes(&[1; 32]).id(), seq: 3 };
    let head = format!("825820{}03", held.device.to_hex());
    assert_eq!(hex(&ClientMessage::Have { heads: vec![held] }.encode()), format!("82078181{head}"));
    assert_eq!(hex(&ClientMessage::Refill { records: vec![vec![1, 2].into()] }.encode()), "82088181420102");
    assert_eq!(hex(&ServerMessage::Lacks { heads: vec![held] }.encode()), format!("820a8181{head}"));
    let (log, device_hash) = (LogId([1; 16]), RecordHash::NONE);
    let welcome = Welcome { log, head: 5, device_seq: 6, device_hash, proof: Vec::new() };
    let expected = format!("8201818550{}05065820{}80", "01".repeat(16), "00".repeat(32));
    assert_eq!(hex(&ServerMessage::Welcome(welcome.clone()).encode()), expected);
    // Without the proof, as long as nobody wrote one.
    let shorter = format!("8201818450{}05065820{}", "01".repeat(16), "00".repeat(32));
    let shorter: Vec<u8> =
        (0..shorter.len()).step_by(2).map(|at| u8::from_str_radix(&shorter[at..at + 2], 16).unwrap()).collect();
    assert_eq!(ServerMessage::decode(&shorter), Ok(ServerMessage::Welcome(welcome)));
}

#[test]
fn unknown_fields_at_the_end_and_unknown_codes_are_tolerated() {
    // A pull with a third field.
    let longer = [0x82, 0x02, 0x83, 0x07, 0x01, 0xf5];
    assert_eq!(ClientMessage::decode(&longer), Ok(ClientMessage::Pull { after: 7, max_bytes: 1 }));
    // An error with the code "new".
    let newer = [0x82, 0x07, 0x81, 0x82, 0x63, b'n', b'e', b'w', 0x61, b'x'];
    let expected = ServerMessage::Error(Refusal::new(RefusalCode::Unknown, "x"));
    assert_eq!(ServerMessage::decode(&newer), Ok(expected));
    assert!(!RefusalCode::Unknown.is_permanent());
}

#[test]
fn ids_do_not_change() {
    let founding = FoundingCertificate::create(&DeviceKey::from_bytes(&[1; 32]), [2; 16]);
    assert_eq!(founding.workspace().to_string(), "51562716-b974-8d86-9563-be6aef226767");
}
