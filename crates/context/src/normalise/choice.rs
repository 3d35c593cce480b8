//! One of some options, by its name, by what other tools call it, or nearly so.

use strsim::osa_distance;

use super::sentences::{NO_OPTION, OPTION_READ_AS, UNUSUAL_OPTION};
use super::{Read, text};
use crate::fold;
use crate::schema::{Choice, Opt};

/// Reads an option; in an open choice also anything else, with a note.
pub(super) fn choice(choice: &Choice, text: &str) -> Read<String> {
    let line = match text::line(text) {
        Ok((line, _)) => line,
        Err(reason) => return Err(reason),
    };
    if let Some(option) = choice.option(&line) {
        return Ok((option.name.clone(), None));
    }
    let folded = fold(&line);
    if let Some(name) = by_fold(choice, &folded) {
        return Ok((name.to_owned(), None));
    }
    if let Some(name) = near(choice, &folded) {
        return Ok((name.to_owned(), Some(OPTION_READ_AS.of(&line).text("option", name))));
    }
    if choice.open {
        let note = UNUSUAL_OPTION.of(&line);
        return Ok((line, Some(note)));
    }
    let offered = choice.options.iter().filter(|option| !option.retired);
    Err(NO_OPTION.of(&line).list("options", offered.map(|option| option.name.as_str())))
}

fn by_fold<'a>(choice: &'a Choice, folded: &str) -> Option<&'a str> {
    let named = |option: &&Opt| fold(&option.name) == folded;
    let labelled = |option: &&Opt| option.label.as_ref().is_some_and(|label| fold(label) == folded);
    let called = |option: &&Opt| option.aliases.contains(&folded);
    let options = || choice.options.iter().filter(|option| !option.retired);
    // What a workspace calls its options comes before what other tools do.
    let found = options().find(labelled).or_else(|| options().find(named)).or_else(|| options().find(called));
    found.map(|option| option.name.as_str())
}

/// How many slips (a letter missing, added, wrong or swapped with its neighbour) a word of this length may have.
pub(super) fn slips(chars: usize) -> usize {
    match chars {
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    }
}

/// What an option is called, folded.
fn words(option: &Opt) -> impl Iterator<Item = String> {
    let own = [Some(&option.name), option.label.as_ref()].into_iter().flatten().map(|name| fold(name));
    own.chain(option.aliases.iter().map(|alias| (*alias).to_owned()))
}

/// The only option that differs by a slip of the pen.
fn near<'a>(choice: &'a Choice, folded: &str) -> Option<&'a str> {
    let length = folded.chars().count();
    if slips(length) == 0 || length > 40 {
        return None;
    }
    let is_near = |word: &str| {
        let allowed = slips(length.min(word.chars().count()));
        word.chars().count().abs_diff(length) <= allowed && osa_distance(word, folded) <= allowed
    };
    let mut near = choice
        .options
        .iter()
        .filter(|option| !option.retired)
        .filter(|option| words(option).any(|word| is_near(&word)));
    match (near.next(), near.next()) {
        (Some(option), None) => Some(&option.name),
        _ => None,
    }
}
