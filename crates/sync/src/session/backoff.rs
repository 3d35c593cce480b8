//! How long to wait before trying again: twice as long each time, with jitter, so that a relay coming back is not met by
//! everybody at once.

const FIRST_DELAY_MS: u64 = 500;
const MAX_DELAY_MS: u64 = 60_000;

#[derive(Debug, Default)]
pub(super) struct Backoff {
    attempts: u32,
}

impl Backoff {
    /// The next delay: between half of the nominal one and all of it.
    pub(super) fn next_delay_ms(&mut self, random: u64) -> u64 {
        let doubled = FIRST_DELAY_MS.saturating_mul(1 << self.attempts.min(16));
        self.attempts = self.attempts.saturating_add(1);
        let nominal = doubled.min(MAX_DELAY_MS);
        nominal / 2 + random % (nominal / 2 + 1)
    }

    pub(super) fn reset(&mut self) {
        self.attempts = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_minute_and_start_over_when_reset() {
        let mut backoff = Backoff::default();
        for nominal in [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000] {
            let mut twin = Backoff { attempts: backoff.attempts };
            assert_eq!(backoff.next_delay_ms(0), nominal / 2);
            assert_eq!(twin.next_delay_ms(nominal / 2), nominal);
        }
        backoff.reset();
        assert_eq!(backoff.next_delay_ms(0), 250);
    }
}
