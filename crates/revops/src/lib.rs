//! What follows from the context: whether a lead is ready, whose it should be, what is due, what it all came to.
//!
//! Pure functions of facts ([`World`]) and a moment (milliseconds since 1970, UTC): the same document and the same moment give
//! the same answer on every device. Knows no files, no SQL, no clock and no randomness; where two things would tie, the
//! record's id decides.

pub mod backtest;
pub mod calendar;
pub mod claims;
pub mod clocks;
pub mod facts;
pub mod feedback;
pub mod forgotten;
pub mod gate;
pub mod judged;
pub mod lessons;
pub mod metrics;
#[cfg(test)]
mod properties;
pub mod queue;
pub mod returns;
pub mod routing;
pub mod rules;
pub mod sentences;
pub mod similarity;
#[cfg(test)]
mod testing;
pub mod warnings;

pub use facts::{Key, Text, World};

/// The answer to a question of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Nobody knows. Counts against the lead.
    Unknown,
}

impl Verdict {
    /// As it stands in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// Reads what stands in the document; what is not known is unknown.
    pub fn of(name: &str) -> Self {
        match name {
            "yes" => Self::Yes,
            "no" => Self::No,
            _ => Self::Unknown,
        }
    }
}
