//! Typed edits.
