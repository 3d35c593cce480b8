//! Time and randomness, handed in so that a simulation can have its own.

use std::fmt;

/// Where the engine gets the time and random bytes from.
pub struct Environment {
    now_ms: Box<dyn FnMut() -> i64 + Send>,
    fill: Fill,
}

type Fill = Box<dyn FnMut(&mut [u8]) + Send>;

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}

impl Environment {
    /// The machine's clock and the system's randomness.
    pub fn real() -> Self {
        Self::new(|| chrono::Utc::now().timestamp_millis(), fill_from_system)
    }

    /// A clock in milliseconds since 1970, and a source of random bytes.
    pub fn new(now_ms: impl FnMut() -> i64 + Send + 'static, fill: impl FnMut(&mut [u8]) + Send + 'static) -> Self {
        Self { now_ms: Box::new(now_ms), fill: Box::new(fill) }
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&mut self) -> i64 {
        (self.now_ms)()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes);
        bytes
    }

    /// A new record's id.
    pub fn new_id(&mut self) -> String {
        let ms = u64::try_from(self.now_ms()).unwrap_or(0);
        let random = self.random();
        uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid().to_string()
    }
}

/// Random bytes of the system, where there is no [`Environment`] at hand.
pub(crate) fn system_random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill_from_system(&mut bytes);
    bytes
}

fn fill_from_system(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("every system we run on has a source of randomness");
}
