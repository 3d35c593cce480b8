//! What a machine gives a program: the time and random bytes, here both made up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tandem_workspace::Environment;

/// 2027-01-04, 09:00 UTC, in milliseconds since 1970: when every world begins.
pub(crate) const MONDAY_MS: i64 = 1_799_053_200_000;

/// The one clock of a world, in milliseconds since it began. It stands still unless somebody moves it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Milliseconds since the world began.
    pub fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Moves the clock; it never goes back.
    pub fn advance_to(&self, ms: u64) {
        self.0.fetch_max(ms, Ordering::Relaxed);
    }
}

/// A machine: its clock may be wrong, its randomness goes on over restarts.
#[derive(Clone, Debug)]
pub struct Machine {
    clock: Clock,
    skew_ms: i64,
    random: Arc<Mutex<StdRng>>,
}

impl Machine {
    /// A machine whose clock is `skew_ms` ahead, and whose random bytes follow from `seed`.
    pub fn new(clock: Clock, skew_ms: i64, seed: u64) -> Self {
        Self { clock, skew_ms, random: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    /// What an engine on this machine gets.
    pub fn environment(&self) -> Environment {
        let (clock, skew_ms) = (self.clock.clone(), self.skew_ms);
        let random = Arc::clone(&self.random);
        Environment::new(
            move || MONDAY_MS + skew_ms + i64::try_from(clock.now_ms()).unwrap_or(i64::MAX / 4),
            move |bytes| random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
        )
    }

    /// Random bytes, as a program on this machine would draw them.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}
