//! Running histories from seeds, and saying how to run a failing one again.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Once;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::action::{Action, any_action};

/// Names the seed to run, instead of new ones.
pub const SEED: &str = "TANDEM_SEED";
/// How long a failing history is shortened, in milliseconds.
const SHORTEN_MS: u32 = 60_000;

fn named_seed() -> Option<u64> {
    std::env::var(SEED).ok()?.parse().ok()
}

/// Set to anything: new seeds each time, to explore. Without it the same ones, so that a change is judged by what it changed.
pub const SOAK: &str = "TANDEM_SOAK";

/// A seed to begin with: new ones when exploring, else the test's own.
fn first_seed(test: &str) -> u64 {
    if std::env::var_os(SOAK).is_some() {
        return rand::random();
    }
    // FNV-1a: a number that stays the same for a name.
    test.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Seeds that once failed.
const FOUND: &[u64] = &[15_501_135_031_230_670_915, 3_101_536_701_523_729_917];

fn command(test: &str, seed: u64) -> String {
    format!("{SEED}={seed} cargo nextest run -p tandem-testkit {test}")
}

fn runner(seed: u64, cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_time: SHORTEN_MS, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Checks a property on as many cases as `PROPTEST_CASES` says, `cases` by default. All cases follow from one seed: the test's
/// own, a new one with [`SOAK`], or the one that [`SEED`] names.
///
/// # Panics
/// When the property does not hold: with the shortest case found and the command that finds it again.
pub fn check<S: Strategy>(test: &str, cases: u32, strategy: &S, property: impl Fn(S::Value)) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let seed = named_seed().unwrap_or_else(|| first_seed(test));
    hush();
    let outcome = runner(seed, cases).run(strategy, |case| {
        // What fails while a case is shortened is told once, at the end.
        HUSHED.set(true);
        let outcome = catch_unwind(AssertUnwindSafe(|| property(case)));
        HUSHED.set(false);
        outcome.map_err(|panic| TestCaseError::fail(words(panic.as_ref())))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => {
            panic!("{reason}\nshortest case: {case:#?}\nto run it again: {}", command(test, seed))
        }
        Err(TestError::Abort(reason)) => panic!("no cases: {reason}"),
    }
}

thread_local! {
    static HUSHED: Cell<bool> = const { Cell::new(false) };
}

/// Panics of a thread that asked for it are not printed.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let printed = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !HUSHED.get() {
                printed(panic);
            }
        }));
    });
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// Runs a history for each of the seeds that once failed and of so many others: the same ones each time, new ones with
/// [`SOAK`]. [`SEED`] names a single one.
///
/// # Panics
/// When a history does; the command that runs it again is printed first.
#[expect(clippy::print_stderr, reason = "how to run a failing seed again belongs in the test's output")]
pub fn each_seed(test: &str, count: u64, history: impl Fn(u64)) {
    let seeds: Vec<u64> = match named_seed() {
        Some(seed) => vec![seed],
        None => {
            let first = first_seed(test);
            FOUND.iter().copied().chain((0..count).map(|step| first.wrapping_add(step))).collect()
        }
    };
    for seed in seeds {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| history(seed))) {
            eprintln!("seed {seed} failed; to run it again: {}", command(test, seed));
            resume_unwind(panic);
        }
    }
}

/// A history of so many actions, made up from a seed.
pub fn history(seed: u64, actions: usize, losses: bool) -> Vec<Action> {
    let mut runner = runner(seed, 1);
    let strategy = any_action(losses);
    let action = |_| strategy.new_tree(&mut runner).expect("no action is ruled out").current();
    (0..actions).map(action).collect()
}
