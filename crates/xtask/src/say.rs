//! What is printed.

use std::io::Write as _;

/// A line on standard output. That nobody reads it is no reason to stop.
pub(crate) fn line(text: impl AsRef<str>) {
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{}", text.as_ref());
    let _ = stdout.flush();
}

/// What is being done now.
pub(crate) fn step(text: impl AsRef<str>) {
    line(format!("==> {}", text.as_ref()));
}
