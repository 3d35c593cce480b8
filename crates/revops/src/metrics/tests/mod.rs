#![allow(clippy::unwrap_used)]

mod attribution;
mod handover;
mod properties;
mod revenue;
pub(crate) mod sketch;
