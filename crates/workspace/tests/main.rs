//! The engine as a process holds it: every command and query through [`App`](tandem_workspace::App).
//!
//! | module | what it holds |
//! | --- | --- |
//! | `app` | commands on one workspace |
//! | `contact` | a contact, its next step and its promise |
//! | `gate` | the gate on every way to sales, and what a rule may hold |
//! | `handovers` | what cards and timelines say of handovers |
//! | `journey` | what two people do without knowledge of each other |
//! | `joining` | fetching a workspace through a relay |
//! | `moves` | what follows from a move; renewals and onboardings |
//! | `rules` | stages of one's own, drafts that are switched on |

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod app;
mod contact;
mod desk;
mod gate;
mod handovers;
mod joining;
mod journey;
mod moves;
mod rules;
