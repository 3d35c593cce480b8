//! A token bucket: how often something may happen.

use tokio::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) struct Bucket {
    per_s: f64,
    burst: f64,
    tokens: f64,
    at: Instant,
}

impl Bucket {
    /// Allows `per_s` a second, and twice that at once.
    pub(crate) fn new(per_s: u32) -> Self {
        let burst = f64::from(per_s) * 2.0;
        Self { per_s: f64::from(per_s), burst, tokens: burst, at: Instant::now() }
    }

    /// Takes one; whether it was there.
    pub(crate) fn take(&mut self) -> bool {
        self.refill();
        let there = self.tokens >= 1.0;
        if there {
            self.tokens -= 1.0;
        }
        there
    }

    /// Takes `count`, which may be more than there is; how long to wait until the debt is paid.
    pub(crate) fn charge(&mut self, count: f64) -> Duration {
        self.refill();
        self.tokens -= count;
        Duration::from_secs_f64((-self.tokens / self.per_s).max(0.0))
    }

    fn refill(&mut self) {
        let now = Instant::now();
        self.tokens = (self.tokens + (now - self.at).as_secs_f64() * self.per_s).min(self.burst);
        self.at = now;
    }
}
