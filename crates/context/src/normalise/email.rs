//! E-mail addresses.

use std::str::FromStr;

use email_address::EmailAddress;

use super::sentences::{NO_EMAIL, NOT_EMAIL, TOO_MANY};
use super::text;
use super::text::SET_ELEMENTS;
use crate::Remark;

/// Longest address (RFC 5321, 4.5.3.1.3, less the angle brackets).
const EMAIL_BYTES: usize = 254;

/// Reads one address. It is kept in lower case as a whole: the standard lets the part before the `@` tell cases apart,
/// no mail provider does, and people write both. Takes `mailto:` links and `Name <address>` too.
pub(super) fn email(text: &str) -> Result<String, Remark> {
    let refused = || NOT_EMAIL.of(text);
    let bare = bare(text);
    let composed = bare.to_lowercase();
    let (local, domain) = composed.rsplit_once('@').ok_or_else(refused)?;
    let ascii = idna::domain_to_ascii(domain).map_err(|_| refused())?;
    let (domain, valid) = idna::domain_to_unicode(&ascii);
    let made = format!("{local}@{domain}");
    let is_plain = !made
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '(' | ')' | '<' | '>' | ';' | ','));
    let fits = made.len() <= EMAIL_BYTES && ascii.contains('.') && !ascii.starts_with('[');
    let ends_in_letters =
        ascii.rsplit('.').next().is_some_and(|tld| tld.len() >= 2 && !tld.bytes().all(|b| b.is_ascii_digit()));
    let stands = EmailAddress::from_str(&format!("{local}@{ascii}")).is_ok();
    if valid.is_ok() && is_plain && fits && ends_in_letters && stands { Ok(made) } else { Err(refused()) }
}

/// Several addresses, separated by `;`, `,`, `|` or white space.
pub(super) fn emails(text: &str) -> Result<Vec<String>, Remark> {
    let mut emails = Vec::new();
    for part in text.split([';', ',', '|', '\n']).map(|part| part.trim_matches(text::is_blank)) {
        if part.is_empty() {
            continue;
        }
        if part.contains('<') {
            emails.push(email(part)?);
        } else {
            for word in part.split_whitespace() {
                emails.push(email(word)?);
            }
        }
    }
    match emails.len() {
        0 => Err(NO_EMAIL.of(text)),
        1..=SET_ELEMENTS => Ok(emails),
        many => Err(TOO_MANY.say().number("count", many).number("most", SET_ELEMENTS)),
    }
}

/// Without the wrapping that mail programs and browsers put around an address.
fn bare(text: &str) -> &str {
    let mut bare = text;
    if let (Some(open), Some(close)) = (bare.rfind('<'), bare.rfind('>'))
        && open < close
    {
        bare = &bare[open + 1..close];
    }
    if bare.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        bare = &bare[7..];
        bare = bare.split('?').next().unwrap_or(bare);
    }
    bare.trim_matches(|c: char| text::is_blank(c) || matches!(c, ',' | ';' | '\'')).trim_end_matches('.')
}
