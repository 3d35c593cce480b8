//! Yes and no, in English and German.

use super::sentences::NOT_YES_OR_NO;
use crate::Remark;
use crate::fold;

/// Reads yes or no.
pub(super) fn boolean(text: &str) -> Result<bool, Remark> {
    match fold(text).as_str() {
        "true" | "yes" | "y" | "1" | "x" | "t" | "on" | "ja" | "j" | "wahr" | "checked" | "aktiv" | "active" => {
            Ok(true)
        }
        "false" | "no" | "n" | "0" | "f" | "off" | "nein" | "falsch" | "unchecked" | "inaktiv" | "inactive" => {
            Ok(false)
        }
        _ if matches!(text, "✓" | "✔" | "☑") => Ok(true),
        _ if matches!(text, "✗" | "✘" | "☐" | "-") => Ok(false),
        _ => Err(NOT_YES_OR_NO.of(text)),
    }
}
