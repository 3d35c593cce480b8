//! Search as you type.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use tandem_context::fold;

use crate::StoreError;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What to call it.
    pub title: String,
}

/// Most recent matches that are looked at for one search: bounds its time whatever was typed.
const CANDIDATES: u32 = 400;

/// Records whose words begin with the words typed, best first: a title that begins so, then a word of the title, then
/// anything in the record; among equals, the newest.
///
/// # Errors
/// Whatever SQLite says.
pub fn search(connection: &Connection, text: &str, kind: Option<&str>, limit: u32) -> Result<Vec<Hit>, StoreError> {
    let mut hits = by_title(connection, text, kind, limit)?;
    let mut seen: HashSet<String> = hits.iter().map(|hit| hit.id.clone()).collect();
    let Some(query) = match_query(text) else { return Ok(hits) };
    let mut statement = connection
        .prepare_cached("SELECT rowid FROM record_text WHERE record_text MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
    let places: Vec<i64> =
        statement.query_map(params![query, CANDIDATES], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut found = Vec::with_capacity(places.len());
    let mut read = connection.prepare_cached(
        "SELECT id, kind, title FROM record WHERE n = ?1 AND archived = 0 AND kind <> 'view' AND (?2 IS NULL OR kind = ?2)",
    )?;
    let words: Vec<String> = words(text).iter().map(|word| fold(word)).collect();
    for n in places {
        if let Some(hit) = read.query_row(params![n, kind], hit).optional()?
            && seen.insert(hit.id.clone())
        {
            let title: Vec<String> = hit.title.split_whitespace().map(fold).collect();
            let in_title = words.iter().filter(|word| title.iter().any(|part| part.starts_with(word.as_str()))).count();
            found.push((words.len() - in_title, hit));
        }
    }
    found.sort_by_key(|(missed, _)| *missed);
    hits.extend(found.into_iter().map(|(_, hit)| hit));
    hits.truncate(limit as usize);
    Ok(hits)
}

/// Titles that begin with what was typed, shortest first.
fn by_title(connection: &Connection, text: &str, kind: Option<&str>, limit: u32) -> Result<Vec<Hit>, StoreError> {
    let start = fold(text);
    if start.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, title FROM (
            SELECT id, kind, title, folded, archived FROM record WHERE folded >= ?1 AND folded < ?1 || char(1114111) ORDER BY folded LIMIT 200
         ) WHERE archived = 0 AND kind <> 'view' AND (?2 IS NULL OR kind = ?2) ORDER BY length(title), title LIMIT ?3",
    )?;
    let rows = statement.query_map(params![start, kind, limit], hit)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit { id: row.get(0)?, kind: row.get(1)?, title: row.get(2)? })
}

/// Most words of a search that count.
const WORDS: usize = 8;

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS).collect()
}

/// What was typed as a question to the full-text index: every word, as the beginning of one. `None` where no word is in it.
pub(super) fn match_query(text: &str) -> Option<String> {
    let terms: Vec<String> = words(text).iter().map(|word| format!("\"{word}\"*")).collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}
