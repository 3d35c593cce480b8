//! Real programs over temporary folders.

mod desk;
mod maven;
mod programs;
mod relay;
mod wait;
mod window;

pub(crate) use desk::{Desk, Failed, failed};
pub(crate) use maven::Maven;
pub(crate) use programs::{Running, program};
pub(crate) use relay::Relay;
pub(crate) use wait::wait_for;
pub(crate) use window::{Screen, Window};
