//! How many tests ran, read from what each runner says.

use std::fmt;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

/// How many tests passed, failed, and were not run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// A runner that failed without naming a failed test (it did not compile, it crashed) has failed once.
    pub(crate) fn with_exit(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// The sum of `cargo test`'s lines: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`.
    pub(crate) fn from_cargo_test(text: &str) -> Self {
        let mut sum = Self::default();
        for line in text.lines().filter(|line| line.starts_with("test result:")) {
            let number = |what: &str| before(line, what).unwrap_or(0);
            sum.add(&Self { passed: number(" passed"), failed: number(" failed"), skipped: number(" ignored") });
        }
        sum
    }

    /// nextest's summary: `Summary [   1.2s] 10 tests run: 8 passed (1 slow), 1 failed, 1 timed out, 3 skipped`.
    pub(crate) fn from_nextest(text: &str) -> Result<Self> {
        let line = text.lines().rfind(|line| line.contains("Summary [")).context("nextest gave no summary")?;
        let number = |what: &str| before(line, what).unwrap_or(0);
        let failed = number(" failed") + number(" timed out") + number(" exec failed");
        Ok(Self { passed: number(" passed"), failed, skipped: number(" skipped") })
    }

    /// vitest's JSON report.
    pub(crate) fn from_vitest(report: &Json) -> Result<Self> {
        let number = |name: &str| {
            report.get(name).and_then(Json::as_u64).with_context(|| format!("vitest's report lacks {name}"))
        };
        Ok(Self {
            passed: number("numPassedTests")?,
            failed: number("numFailedTests")?,
            skipped: number("numPendingTests")? + number("numTodoTests")?,
        })
    }

    /// Playwright's JSON report. A test that passed only when tried again has failed.
    pub(crate) fn from_playwright(report: &Json) -> Result<Self> {
        let stats = report.get("stats").context("Playwright's report lacks stats")?;
        let number = |name: &str| {
            stats.get(name).and_then(Json::as_u64).with_context(|| format!("Playwright's report lacks {name}"))
        };
        Ok(Self {
            passed: number("expected")?,
            failed: number("unexpected")? + number("flaky")?,
            skipped: number("skipped")?,
        })
    }
}

/// The number right before some words.
fn before(line: &str, words: &str) -> Option<u64> {
    let (head, _) = line.split_once(words)?;
    let digits = head.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_runners_words_are_understood() {
        let cargo = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out\n\
                     test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Counts::from_cargo_test(cargo), Counts { passed: 5, failed: 4, skipped: 1 });
        let nextest =
            "     Summary [   3.001s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n  FAIL a b";
        assert_eq!(Counts::from_nextest(nextest).ok(), Some(Counts { passed: 9, failed: 3, skipped: 3 }));
        let vitest = json!({"numPassedTests": 4, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 0});
        assert_eq!(Counts::from_vitest(&vitest).ok(), Some(Counts { passed: 4, failed: 1, skipped: 2 }));
        let playwright = json!({"stats": {"expected": 6, "unexpected": 1, "flaky": 1, "skipped": 0}});
        assert_eq!(Counts::from_playwright(&playwright).ok(), Some(Counts { passed: 6, failed: 2, skipped: 0 }));
    }

    #[test]
    fn a_runner_that_crashed_has_failed() {
        assert_eq!(Counts::default().with_exit(false).failed, 1);
        assert_eq!(Counts { passed: 1, failed: 2, skipped: 0 }.with_exit(false).failed, 2);
        assert!(Counts::from_nextest("error: could not compile").is_err());
    }
}
