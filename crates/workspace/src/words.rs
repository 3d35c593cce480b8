//! Whatever can be said to a person has words in every language of the interface.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tandem_context::Sentence;

const LANGUAGES: [&str; 2] = ["en", "de"];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalogue(language: &str) -> BTreeMap<String, Json> {
    let path = project().join(format!("ui/messages/{language}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The texts of a message: itself, or one for each number.
fn texts(message: &Json) -> Vec<&str> {
    let Json::Array(variants) = message else { return message.as_str().into_iter().collect() };
    let matches = variants.iter().filter_map(|variant| variant["match"].as_object());
    matches.flat_map(|texts| texts.values().filter_map(Json::as_str)).collect()
}

/// The names in a text's braces.
fn braces(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

fn sentences() -> Vec<Sentence> {
    crate::sentences::all()
}

#[test]
fn every_remark_has_words_in_every_language() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let messages = catalogue(language);
        for Sentence { code, english } in sentences() {
            let said = messages.get(&format!("remark_{code}")).map(texts).unwrap_or_default();
            if said.is_empty() {
                wrong.push(format!("{language}: remark_{code} is missing: “{english}”"));
            }
            for text in said.into_iter().filter(|text| !braces(text).is_subset(&braces(english))) {
                wrong.push(format!("{language}: remark_{code} asks for what “{english}” does not give: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_remarks_share_a_code() {
    let mut codes: Vec<&str> = sentences().iter().map(|sentence| sentence.code).collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

/// The Rust files below a folder.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The first text in quotes, if the code begins with one.
fn literal(code: &str) -> Option<&str> {
    code.trim_start().strip_prefix('"')?.split('"').next()
}

/// Every code that an `ApiError` is made with where it is written down, what the `code()` of an error gives, and what a
/// relay refuses with.
fn error_codes() -> BTreeSet<String> {
    let mut found = Vec::new();
    for part in ["context", "import", "store", "sync", "workspace", "devhost"] {
        sources(&project().join("crates").join(part).join("src"), &mut found);
    }
    sources(&project().join("src-tauri/src"), &mut found);
    // What this file looks for is not said here.
    found.retain(|source| !source.contains("fn error_codes()"));
    let mut codes = BTreeSet::new();
    for source in &found {
        let refusals = source.split("(RefusalCode::").skip(1).filter_map(|rest| literal(rest.split_once(',')?.1));
        codes.extend(refusals.map(str::to_owned));
        for made in ["ApiError::new(", "ApiError::said("] {
            codes.extend(source.split(made).skip(1).filter_map(literal).map(str::to_owned));
        }
        for body in source.split("fn code(&self)").skip(1) {
            let body = body.split("\n    }\n").next().unwrap_or(body);
            codes.extend(body.split("=>").skip(1).filter_map(literal).map(str::to_owned));
        }
    }
    codes
}

#[test]
fn every_error_code_has_words_in_every_language() {
    let codes = error_codes();
    assert!(codes.len() > 40 && codes.contains("disk_full") && codes.contains("timeout"), "found only {codes:?}");
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let messages = catalogue(language);
        let missing = codes.iter().filter(|code| !messages.contains_key(&format!("error_{code}")));
        wrong.extend(missing.map(|code| format!("{language}: error_{code}")));
    }
    assert!(wrong.is_empty(), "without words:\n{}", wrong.join("\n"));
}
