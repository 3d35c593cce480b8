//! The working time of a year, added up: how much of it has passed at a moment is found by halving, not by counting days.

/// A stretch of work.
#[derive(Debug)]
struct Stretch {
    from_ms: i64,
    to_ms: i64,
    /// Working time from the year's beginning to the stretch's end.
    worked_ms: i64,
}

/// The stretches of work of one year, in order.
#[derive(Debug)]
pub(super) struct WorkedYear {
    stretches: Vec<Stretch>,
}

impl WorkedYear {
    /// Of stretches as moments (from, to), in order and not overlapping; empty ones are left out.
    pub(super) fn new(stretches: impl Iterator<Item = (i64, i64)>) -> Self {
        let mut worked_ms = 0;
        let stretches = stretches.filter(|(from, to)| from < to).map(|(from_ms, to_ms)| {
            worked_ms += to_ms - from_ms;
            Stretch { from_ms, to_ms, worked_ms }
        });
        Self { stretches: stretches.collect() }
    }

    /// All of it, in milliseconds.
    pub(super) fn total_ms(&self) -> i64 {
        self.stretches.last().map_or(0, |last| last.worked_ms)
    }

    /// What of it lies before a moment, in milliseconds.
    pub(super) fn until_ms(&self, at_ms: i64) -> i64 {
        let next = self.stretches.partition_point(|stretch| stretch.to_ms <= at_ms);
        match self.stretches.get(next) {
            // The whole stretch is counted in; what of it is still to come goes off.
            Some(stretch) => stretch.worked_ms - (stretch.to_ms - at_ms.max(stretch.from_ms)),
            None => self.total_ms(),
        }
    }

    /// The first moment, `begin_ms` or later, at which so much of the year's working time has passed. `None` where there is
    /// less, or where nothing is worked from `begin_ms` on.
    pub(super) fn after(&self, worked_ms: i64, begin_ms: i64) -> Option<i64> {
        let enough = self.stretches.partition_point(|stretch| stretch.worked_ms < worked_ms);
        let not_over = self.stretches.partition_point(|stretch| stretch.to_ms <= begin_ms);
        let stretch = self.stretches.get(enough.max(not_over))?;
        Some(stretch.to_ms - (stretch.worked_ms - worked_ms))
    }
}
