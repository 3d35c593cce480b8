//! Domains and web addresses.

use std::net::IpAddr;

use addr::parse_domain_name;
use url::Url;

use super::sentences::{NOT_DOMAIN, NOT_URL, SHARED_SUFFIX, UNKNOWN_SUFFIX, URL_LENGTH, URL_PASSWORD, URL_SCHEME};
use super::{Read, text};
use crate::Remark;

/// Longest web address kept.
const URL_BYTES: usize = 2_000;

/// Reads a domain, also out of a web or e-mail address; without `www.`, in lower case and in its readable form
/// (`müller.de`, not `xn--mller-kva.de`).
pub(super) fn domain(text: &str) -> Read<String> {
    let refused = || NOT_DOMAIN.of(text);
    let lower = text.to_lowercase();
    let ascii = idna::domain_to_ascii_strict(host(&lower)).map_err(|_| refused())?;
    let ascii = ascii.trim_end_matches('.');
    // As often as it stands there: what is kept must not have one left.
    let mut bare = ascii;
    while let Some(rest) = bare.strip_prefix("www.") {
        bare = rest;
    }
    if !bare.contains('.') || bare.parse::<IpAddr>().is_ok() {
        return Err(refused());
    }
    let name = parse_domain_name(bare).map_err(|_| refused())?;
    if name.root().is_none() {
        return Err(SHARED_SUFFIX.of(text));
    }
    let (readable, valid) = idna::domain_to_unicode(bare);
    valid.map_err(|_| refused())?;
    // Reserved for examples and tests (RFC 2606), and meant so.
    let is_example = bare.ends_with(".example") || bare.ends_with(".test");
    let note = (!name.has_known_suffix() && !is_example).then(|| UNKNOWN_SUFFIX.of(&readable));
    Ok((readable, note))
}

/// The host in a web address, an e-mail address or a bare name.
fn host(text: &str) -> &str {
    let mut host = text;
    if let Some((_, rest)) = host.split_once("://") {
        host = rest;
    }
    host = host.strip_prefix("mailto:").unwrap_or(host);
    host = host.split(['/', '?', '#']).next().unwrap_or(host);
    host = host.rsplit_once('@').map_or(host, |(_, rest)| rest);
    if let Some((name, port)) = host.rsplit_once(':')
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        host = name;
    }
    host.trim_matches(|c: char| text::is_blank(c) || c == '.')
}

/// Reads a web address; one without a scheme gets `https://`. Only http and https; no passwords in it.
pub(super) fn url(text: &str) -> Result<String, Remark> {
    let refused = || NOT_URL.of(text);
    let full = if text.contains("://") {
        text.to_owned()
    } else if has_other_scheme(text) {
        return Err(URL_SCHEME.of(text));
    } else {
        format!("https://{}", text.trim_start_matches('/'))
    };
    let url = Url::parse(&full).map_err(|_| refused())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(URL_SCHEME.of(text));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(URL_PASSWORD.say());
    }
    if !url.host_str().is_some_and(|host| host.contains('.') || host == "localhost" || host.starts_with('[')) {
        return Err(refused());
    }
    let mut made = url.to_string();
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() {
        made.pop();
    }
    if made.len() > URL_BYTES {
        return Err(URL_LENGTH.say().number("most", URL_BYTES));
    }
    Ok(made)
}

/// `javascript:…`, `mailto:…`; but `acme.com:8080` is a host with a port.
fn has_other_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'))
            && !rest.bytes().next().is_some_and(|b| b.is_ascii_digit())
            && !scheme.is_empty()
    })
}
