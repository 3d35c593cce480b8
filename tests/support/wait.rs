//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

/// How often a condition is looked at again.
const POLL: Duration = Duration::from_millis(20);

/// Looks until there is something, at most for `bound`; then the test has failed.
#[track_caller]
pub(crate) fn wait_for<T>(what: &str, bound: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < bound, "waited {} s in vain until {what}", bound.as_secs());
        std::thread::park_timeout(POLL);
    }
}
