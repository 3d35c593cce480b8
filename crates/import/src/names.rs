//! How names of columns, files and records are compared.

use std::borrow::Cow;

use tandem_context::fold;

/// The folded forms of a heading, the whole first: `Amount (EUR)` also without what is in brackets, `Company: Name` also by
/// what follows the colon.
pub(crate) fn heading_folds(heading: &str) -> Vec<String> {
    let mut folds = vec![fold(heading)];
    let bare = heading.split(['(', '[']).next().unwrap_or(heading);
    let last = heading.rsplit([':', '.', '/']).next().unwrap_or(heading);
    for other in [bare, last] {
        let folded = fold(other);
        if !folded.is_empty() && !folds.contains(&folded) {
            folds.push(folded);
        }
    }
    folds
}

/// The key under which two names are one: folded, or in lower case where nothing is left of it (`???`).
pub(crate) fn name_key(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { folded }
}

/// Equal for a reader, whatever the case.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// A person's name in its two parts: `Lee, Ann`, `Ann Lee`, `Ursula von der Leyen` (a small word begins the last name).
pub(crate) fn split_person(name: &str) -> (Option<String>, String) {
    let name = name.trim();
    if let Some((last, first)) = name.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        if !last.is_empty() && !first.is_empty() {
            return (Some(first.to_owned()), last.to_owned());
        }
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = words.iter().skip(1).position(|word| word.starts_with(char::is_lowercase)).map(|at| at + 1);
    let at = particle.filter(|at| at + 1 < words.len()).unwrap_or(words.len().saturating_sub(1));
    let (first, last) = words.split_at(at);
    ((!first.is_empty()).then(|| first.join(" ")), last.join(" "))
}

/// `Lee, Ann` as `Ann Lee`.
pub(crate) fn in_order(name: &str) -> Cow<'_, str> {
    match name.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() => Cow::Owned(format!("{} {}", first.trim(), last.trim())),
        _ => Cow::Borrowed(name),
    }
}
