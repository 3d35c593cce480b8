#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod data;
mod memory;
mod planning;
mod proposing;
mod reading;
mod round_trip;
mod speed;
