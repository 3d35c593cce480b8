//! What a fresh machine lacks: system packages, the interface's packages, the test runner.

mod apt;
mod interface;
mod nextest;

pub(crate) use apt::{BUILD, HEADLESS, TEST, packages};
pub(crate) use interface::interface;
pub(crate) use nextest::nextest;
