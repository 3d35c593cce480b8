//! Answers: JSON for machines; sentences and tables for people, with colour only on a terminal.

use std::io::{IsTerminal as _, Write as _};

use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::Value as Json;

use crate::failure::Done;

/// Where answers go, and how.
pub(crate) struct Output {
    /// Answer in JSON.
    pub(crate) json: bool,
    /// Standard output is a terminal that wants style.
    styled: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { json, styled }
    }

    /// A line on standard output.
    pub(crate) fn line(&self, text: impl AsRef<str>) -> Done {
        let mut stdout = std::io::stdout().lock();
        writeln!(stdout, "{}", text.as_ref())?;
        stdout.flush()?;
        Ok(())
    }

    /// Text as it is, without a line end of our own.
    pub(crate) fn raw(&self, text: &str) -> Done {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }

    /// The answer as one JSON document.
    pub(crate) fn document(&self, answer: &impl Serialize) -> Done {
        let text = serde_json::to_string_pretty(answer).map_err(std::io::Error::from)?;
        self.line(text)
    }

    /// The answer as one line of JSON, for commands that give several.
    pub(crate) fn json_line(&self, answer: &impl Serialize) -> Done {
        let text = serde_json::to_string(answer).map_err(std::io::Error::from)?;
        self.line(text)
    }

    /// A table, or nothing where there are no rows.
    pub(crate) fn table(&self, heads: &[&str], rows: Vec<Vec<String>>) -> Done {
        if rows.is_empty() {
            return Ok(());
        }
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        if std::io::stdout().is_terminal() {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        table.set_header(heads.iter().map(|head| {
            let cell = Cell::new(head);
            if self.styled { cell.add_attribute(Attribute::Bold) } else { cell }
        }));
        table.add_rows(rows);
        for line in table.lines() {
            self.line(line.trim_end())?;
        }
        Ok(())
    }

    /// Strong text on a terminal.
    pub(crate) fn bold(&self, text: &str) -> String {
        if self.styled { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A field's value for people.
pub(crate) fn plain(value: &Json) -> String {
    match value {
        Json::Null => "—".to_owned(),
        Json::String(text) => printable(text),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::Number(number) => number.to_string(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Object(map) => {
            let title =
                map.get("title").and_then(Json::as_str).or_else(|| map.get("id").and_then(Json::as_str)).unwrap_or("");
            match map.get("role").and_then(Json::as_str).filter(|role| !role.is_empty()) {
                Some(role) => printable(&format!("{title} ({role})")),
                None => printable(title),
            }
        }
    }
}

/// Text from a document on a terminal: one line, no control characters that could move the cursor or change the screen.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// An RFC 3339 instant to the minute, in UTC as it stands.
pub(crate) fn minute(instant: &str) -> String {
    instant.get(..16).unwrap_or(instant).replace('T', " ")
}

/// The first eight characters of a hash: enough to tell changes apart by eye.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

/// `1 record`, `2 records`.
pub(crate) fn count(n: u32, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// `1 person`, `2 people`: so many records of a kind.
pub(crate) fn count_of(n: u32, kind: &str) -> String {
    if n == 1 { format!("1 {kind}") } else { format!("{n} {}", kinds(kind)) }
}

/// A kind's name for several.
pub(crate) fn kinds(kind: &str) -> String {
    match kind {
        "person" => "people".to_owned(),
        _ => kind.strip_suffix('y').map_or_else(|| format!("{kind}s"), |stem| format!("{stem}ies")),
    }
}
