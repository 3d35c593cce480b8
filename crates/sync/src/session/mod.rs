//! A device's side of the conversation with the relay, as a state machine.
//!
//! Events go in, effects come out; the caller owns the socket, the disk and the clock:
//!
//! ```text
//! loop {
//!     event = next of: socket message, socket closed, new local records, timer at session.next_wake_ms()
//!     for effect in session.handle(now_ms, random, event) { carry it out, in order }
//! }
//! ```
//!
//! Rules for the caller:
//! - Carry out all effects of one event, in order, before handing in the next. When [`Effect::Store`] or
//!   [`Effect::MarkAcked`] fails (disk full), hand in [`Event::DiskFailed`]: the session reconnects later and goes on from
//!   what the disk says.
//! - Start with [`Event::Start`]. Answer [`Effect::Connect`] with [`Event::Connected`] or [`Event::Disconnected`],
//!   [`Effect::LoadStanding`] with [`Event::Standing`], [`Effect::LoadOutbox`] with [`Event::Outbox`], and
//!   [`Effect::LoadHeld`] with [`Event::Held`].
//! - Seal records and commit them to disk first, with gapless numbers; then hand in [`Event::LocalRecords`].
//! - Keep all sealed records, the device's own, acknowledged or not, and those of others: a relay that lost its disk is
//!   refilled from them.
//!
//! Duplicates, repetitions and reordering by the relay are harmless. Being away for weeks is the normal case: nothing here
//! depends on how long a connection was down.

mod backoff;
mod open;
mod types;

pub use types::{
    Cursor, Effect, Event, GaveUp, NewDeviceReason, ReceivedRecord, SessionConfig, Standing, Status, Warning,
};

use crate::chain::Chains;
use crate::keys::{DeviceKey, WorkspaceId};
use crate::membership::{Admission, FoundingCertificate, MemberCertificate, verify_proof};
use crate::wire::{ClientMessage, Hello, PROTOCOL_VERSION, Refusal, RefusalCode, ServerMessage, Welcome};
use backoff::Backoff;
use open::Open;

/// From asking for a connection until the relay's welcome.
pub const HANDSHAKE_TIMEOUT_MS: u64 = 20_000;
/// After this long without a message, the session asks whether the relay is still there.
pub const PING_AFTER_MS: u64 = 30_000;
/// After this long without a message, the connection counts as lost.
pub const IDLE_TIMEOUT_MS: u64 = 60_000;
/// A connection that lasted this long was a good one: the next retry is quick again.
pub const STABLE_AFTER_MS: u64 = 10_000;
/// How much may be pushed before the relay acknowledges.
pub const MAX_IN_FLIGHT_BYTES: usize = 4 * 1024 * 1024;
/// How many records may be pushed before the relay acknowledges.
pub const MAX_IN_FLIGHT_RECORDS: usize = 1024;
/// How much goes into one push, unless a single record is larger.
pub const PUSH_TARGET_BYTES: usize = 1024 * 1024;
/// How many records go into one push.
pub const MAX_PUSH_RECORDS: usize = 256;

/// One device's conversation with the relay about one workspace.
#[derive(Debug)]
pub struct Session {
    workspace: WorkspaceId,
    device: DeviceKey,
    founding: FoundingCertificate,
    admission: Option<Admission>,
    admitted: bool,
    proof: Vec<MemberCertificate>,
    chains: Chains,
    backoff: Backoff,
    phase: Phase,
    status: Status,
}

#[derive(Debug)]
enum Phase {
    Stopped,
    Waiting {
        until_ms: u64,
    },
    /// The socket is being opened.
    Connecting {
        deadline_ms: u64,
    },
    AwaitingChallenge {
        deadline_ms: u64,
    },
    AwaitingWelcome {
        deadline_ms: u64,
    },
    /// Welcome; the caller is asked what its disk says.
    AwaitingStanding {
        welcome: Welcome,
        deadline_ms: u64,
    },
    Open(Box<Open>),
}

impl Session {
    /// A session that does nothing until [`Event::Start`].
    pub fn new(config: SessionConfig) -> Self {
        Self {
            workspace: config.workspace,
            device: config.device,
            founding: config.founding,
            admission: config.admission,
            admitted: config.admitted,
            proof: config.proof,
            chains: Chains::new(config.chains),
            backoff: Backoff::default(),
            phase: Phase::Stopped,
            status: Status::Stopped,
        }
    }

    /// When [`Event::Tick`] is due at the latest; `None` while nothing waits for time.
    pub fn next_wake_ms(&self) -> Option<u64> {
        match &self.phase {
            Phase::Stopped => None,
            Phase::Waiting { until_ms } => Some(*until_ms),
            Phase::Connecting { deadline_ms }
            | Phase::AwaitingChallenge { deadline_ms }
            | Phase::AwaitingWelcome { deadline_ms }
            | Phase::AwaitingStanding { deadline_ms, .. } => Some(*deadline_ms),
            Phase::Open(open) => Some(open.next_wake_ms()),
        }
    }

    /// Where the conversation stands.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Takes an event, says what to do. `now_ms` is any monotonic clock; `random` is a fresh random number.
    pub fn handle(&mut self, now_ms: u64, random: u64, event: Event) -> Vec<Effect> {
        let mut out = Vec::new();
        match event {
            Event::Start => self.start(now_ms, &mut out),
            Event::Stop => self.stop(&mut out),
            Event::Connected => {
                if let Phase::Connecting { deadline_ms } = self.phase {
                    self.phase = Phase::AwaitingChallenge { deadline_ms };
                }
            }
            Event::Disconnected { reason } => {
                if !matches!(self.phase, Phase::Stopped | Phase::Waiting { .. }) {
                    self.wait(now_ms, random, reason, &mut out);
                }
            }
            Event::DiskFailed { reason } => self.hang_up(now_ms, random, reason, &mut out),
            Event::Tick => self.tick(now_ms, random, &mut out),
            Event::Received(bytes) => self.received(now_ms, random, &bytes, &mut out),
            Event::Standing(standing) => self.standing(now_ms, standing, &mut out),
            Event::LocalRecords | Event::Outbox { .. } | Event::Held { .. } | Event::Presence(_) => {
                let verdict = match &mut self.phase {
                    Phase::Open(open) => open.local(event, &mut out),
                    _ => Ok(()),
                };
                self.conclude(now_ms, random, verdict, &mut out);
            }
        }
        self.report(&mut out);
        out
    }

    fn start(&mut self, now_ms: u64, out: &mut Vec<Effect>) {
        if matches!(self.phase, Phase::Stopped | Phase::Waiting { .. }) {
            self.phase = Phase::Connecting { deadline_ms: now_ms + HANDSHAKE_TIMEOUT_MS };
            self.status = Status::Connecting;
            out.push(Effect::Connect);
        }
    }

    fn stop(&mut self, out: &mut Vec<Effect>) {
        match self.phase {
            Phase::Stopped | Phase::Waiting { .. } => {}
            Phase::Open(_) => out.extend([send(&ClientMessage::Bye), Effect::Disconnect]),
            _ => out.push(Effect::Disconnect),
        }
        self.phase = Phase::Stopped;
        self.status = Status::Stopped;
    }

    fn tick(&mut self, now_ms: u64, random: u64, out: &mut Vec<Effect>) {
        match &mut self.phase {
            Phase::Stopped => {}
            Phase::Waiting { until_ms } if now_ms >= *until_ms => self.start(now_ms, out),
            Phase::Waiting { .. } => {}
            Phase::Connecting { deadline_ms }
            | Phase::AwaitingChallenge { deadline_ms }
            | Phase::AwaitingWelcome { deadline_ms }
            | Phase::AwaitingStanding { deadline_ms, .. } => {
                if now_ms >= *deadline_ms {
                    self.hang_up(now_ms, random, "the relay did not answer in time".to_owned(), out);
                }
            }
            Phase::Open(open) => {
                let verdict = open.tick(now_ms, out);
                if now_ms.saturating_sub(open.since_ms) >= STABLE_AFTER_MS {
                    self.backoff.reset();
                }
                self.conclude(now_ms, random, verdict, out);
            }
        }
    }

    fn received(&mut self, now_ms: u64, random: u64, bytes: &[u8], out: &mut Vec<Effect>) {
        if matches!(self.phase, Phase::Stopped | Phase::Waiting { .. } | Phase::Connecting { .. }) {
            return; // a late message of a connection already given up
        }
        let message = match ServerMessage::decode(bytes) {
            Ok(message) => message,
            Err(e) => {
                return self.hang_up(now_ms, random, format!("the relay is not understood: {e}"), out);
            }
        };
        let verdict = match (&mut self.phase, message) {
            (_, ServerMessage::Refused(refusal) | ServerMessage::Bye(refusal)) => Err(self.refused(refusal)),
            (Phase::AwaitingChallenge { .. }, ServerMessage::Challenge { nonce, protocol, .. }) => {
                self.greet(&nonce, protocol, out)
            }
            (Phase::AwaitingWelcome { deadline_ms }, ServerMessage::Welcome(welcome)) => {
                let (own_seq, deadline_ms) = (welcome.device_seq, *deadline_ms);
                self.let_in(&welcome.proof, out);
                self.phase = Phase::AwaitingStanding { welcome, deadline_ms };
                out.push(Effect::LoadStanding { own_seq });
                Ok(())
            }
            (Phase::Open(open), message) => {
                let verdict = open.received(now_ms, random, message, &mut self.chains, out);
                if matches!(verdict, Ok(open::Progress::Acked)) {
                    self.backoff.reset();
                }
                verdict.map(|_| ())
            }
            _ => Err(Verdict::Reconnect("the relay answered out of turn".to_owned())),
        };
        self.conclude(now_ms, random, verdict, out);
    }

    /// The relay knows this device, and perhaps who vouches for it.
    fn let_in(&mut self, proof: &[MemberCertificate], out: &mut Vec<Effect>) {
        if !self.admitted {
            self.admitted = true;
            out.push(Effect::Admitted);
        }
        let founder = self.founding.founder;
        let whole = proof.last().is_some_and(|last| last.by == founder)
            && verify_proof(proof, self.workspace, self.device.id()).is_ok();
        if whole && proof != self.proof {
            self.proof = proof.to_vec();
            self.admission = None;
            out.push(Effect::Proven(self.proof.clone()));
        }
    }

    /// A device that was let in before and is no longer known has met a relay that lost its disk: it waits until another
    /// member has vouched for it.
    fn refused(&self, refusal: Refusal) -> Verdict {
        use RefusalCode::{InviteExpired, InviteIssuer, NotAMember};
        let was_let_in = self.admitted && self.device.id() != self.founding.founder;
        match refusal.code {
            NotAMember | InviteExpired | InviteIssuer if was_let_in => Verdict::Reconnect(
                "the relay no longer knows this device: it can come back once another member has connected".to_owned(),
            ),
            _ => Verdict::from(refusal),
        }
    }

    fn greet(&mut self, nonce: &[u8; 32], protocol: u16, out: &mut Vec<Effect>) -> Result<(), Verdict> {
        if protocol < PROTOCOL_VERSION {
            let reason = "the relay is older than this version of Tandem: it needs an update";
            return Err(Verdict::from(Refusal::new(RefusalCode::Version, reason)));
        }
        let Phase::AwaitingChallenge { deadline_ms } = self.phase else {
            return Ok(());
        };
        let hello = Hello::create(nonce, self.workspace, &self.device, Some(self.founding), self.admission)
            .with_proof(self.proof.clone());
        out.push(send(&ClientMessage::Hello(Box::new(hello))));
        self.phase = Phase::AwaitingWelcome { deadline_ms };
        Ok(())
    }

    fn standing(&mut self, now_ms: u64, standing: Standing, out: &mut Vec<Effect>) {
        let Phase::AwaitingStanding { welcome, .. } = &self.phase else {
            return;
        };
        // The relay's last record of this device must be one that this device sealed.
        let copied = welcome.device_seq > standing.sealed_seq
            || standing.hash_asked.is_some_and(|hash| welcome.device_seq > 0 && hash != welcome.device_hash);
        if copied {
            return self.stop_for_new_device(NewDeviceReason::RelayKnowsMore, out);
        }
        let open = Open::begin(now_ms, self.workspace, self.device.clone(), welcome, standing, &self.chains, out);
        self.phase = Phase::Open(Box::new(open));
    }

    fn conclude(&mut self, now_ms: u64, random: u64, verdict: Result<(), Verdict>, out: &mut Vec<Effect>) {
        match verdict {
            Ok(()) => {}
            Err(Verdict::Reconnect(reason)) => self.hang_up(now_ms, random, reason, out),
            Err(Verdict::GiveUp(refusal)) => {
                self.phase = Phase::Stopped;
                self.status = Status::GaveUp(refusal.code);
                out.extend([Effect::Disconnect, Effect::GiveUp(GaveUp { code: refusal.code, reason: refusal.reason })]);
            }
            Err(Verdict::NewDevice(reason)) => self.stop_for_new_device(reason, out),
        }
    }

    fn stop_for_new_device(&mut self, reason: NewDeviceReason, out: &mut Vec<Effect>) {
        self.phase = Phase::Stopped;
        self.status = Status::Stopped;
        out.extend([Effect::Disconnect, Effect::NewDeviceNeeded(reason)]);
    }

    fn hang_up(&mut self, now_ms: u64, random: u64, reason: String, out: &mut Vec<Effect>) {
        if matches!(self.phase, Phase::Stopped | Phase::Waiting { .. }) {
            return;
        }
        out.push(Effect::Disconnect);
        self.wait(now_ms, random, reason, out);
    }

    fn wait(&mut self, now_ms: u64, random: u64, reason: String, out: &mut Vec<Effect>) {
        if let Phase::Open(open) = &self.phase
            && now_ms.saturating_sub(open.since_ms) >= STABLE_AFTER_MS
        {
            self.backoff.reset();
        }
        let until_ms = now_ms + self.backoff.next_delay_ms(random);
        self.phase = Phase::Waiting { until_ms };
        self.status = Status::Waiting { retry_at_ms: until_ms, reason };
        out.push(Effect::Status(self.status.clone()));
    }

    /// Says so when what the person is shown has changed.
    fn report(&mut self, out: &mut Vec<Effect>) {
        let status = match &self.phase {
            Phase::Open(open) => open.status(),
            Phase::Stopped | Phase::Waiting { .. } => self.status.clone(),
            _ => Status::Connecting,
        };
        let said = out.iter().any(|e| matches!(e, Effect::Status(s) if *s == status));
        let last_said = out.iter().any(|e| matches!(e, Effect::Connect | Effect::GiveUp(_)));
        if !said && (status != self.status || last_said) {
            out.push(Effect::Status(status.clone()));
        }
        self.status = status;
    }
}

/// Why a conversation cannot go on.
#[derive(Debug)]
enum Verdict {
    Reconnect(String),
    GiveUp(Refusal),
    NewDevice(NewDeviceReason),
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        match refusal.code {
            code if code.is_permanent() => Self::GiveUp(refusal),
            _ => Self::Reconnect(refusal.reason),
        }
    }
}

fn send(message: &ClientMessage) -> Effect {
    Effect::Send(message.encode())
}
