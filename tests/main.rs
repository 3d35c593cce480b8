//! Tests of the whole program: its real binaries, over real files, relays and windows.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `architecture` | which crate may know which |
//! | `cli` | the shapes that scripts rely on |
//! | `journey` | the way of a lead between marketing and sales, and its numbers |
//! | `crash` | `kill -9` at any moment loses nothing that was acknowledged |
//! | `devices` | two devices, one relay, one truth |
//! | `bad_input` | files and circumstances as bad as they come |
//! | `desktop` | the real window; in `story` one opportunity from import to renewal |
//!
//! `cargo xtask test` builds the programs first; by hand: `cargo build --workspace --bins`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod architecture;
mod bad_input;
mod cli;
mod crash;
mod desktop;
mod devices;
mod journey;
mod support;
