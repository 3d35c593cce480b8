//! Histories of several devices: whatever happens between them, they come to one truth.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `convergence` | any interleaving ends in one document and one read model |
//! | `conflicts` | concurrent values are kept, listed and settled; sets keep what was added unseen |
//! | `journey` | claims, returns and moves at the same time lose no lead, and everybody computes the same |
//! | `damage` | a damaged file is read as far as it goes, and mended |
//! | `memory` | remote changes after loading need little memory |
//! | `refill` | a relay that lost its disk gets everything back from any device |
//! | `restored` | files restored from older copies |
//! | `undo` | undo and redo do exactly what they say |
//! | `simulation` | long histories with everything that can go wrong |

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod conflicts;
mod convergence;
mod damage;
mod journey;
mod memory;
mod refill;
mod restored;
mod simulation;
mod undo;
