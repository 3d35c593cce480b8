//! Histories of several devices: whatever happens between them, they come to one truth.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `convergence` | any interleaving ends in one document and one read model |
//! | `simulation` | long histories with everything that can go wrong |

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod convergence;
mod simulation;
