//! Simulated devices, clock, network and relay, so that histories of many devices run without time, sockets or chance.
//!
//! | module | what it is about |
//! | --- | --- |
//! | `action` | what can happen, as data |
//! | `world` | devices, relay and network, driven step by step |
//! | `device` | a real engine on a real file with a real session |
//! | `relay` | what the relay promises on the wire, in memory |
//! | `deeds`, `values` | what members do, and with which values |
//! | `journey` | what passes between the teams, and what has to be true of it |
//! | `ledger`, `check` | what was done, and what has to be true of a world |
//! | `seeds` | running histories from seeds, and again |
//!
//! For tests only.

#![allow(clippy::panic, reason = "what is not as it should be ends a test")]

pub mod action;
mod check;
mod deeds;
mod device;
pub mod journey;
mod ledger;
mod machine;
mod relay;
pub mod seeds;
mod values;
mod world;

pub use check::assert_same;
pub use device::Device;
pub use machine::{Clock, Machine};
pub use relay::Relay;
pub use world::World;
