//! What a person is told about rows: those left out, and what was noticed on the way.

use std::collections::HashMap;

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its number in the file; the heading is row 1.
    pub row: u32,
    /// Why, in words.
    pub reason: String,
}

/// Something to look at; the import went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// In words.
    pub message: String,
    /// The column it is about.
    pub column: Option<String>,
    /// The first row it was seen in.
    pub row: u32,
    /// How many rows.
    pub count: u32,
}

/// Most different warnings that are kept apart.
const KINDS_OF_WARNING: usize = 500;

const AND_OTHERS: &str = " (and others like it)";

/// Warnings as they come in, equal ones counted.
#[derive(Debug, Default)]
pub(crate) struct Warnings {
    list: Vec<Warning>,
    at: HashMap<(Option<String>, String), usize>,
}

impl Warnings {
    pub(crate) fn add(&mut self, row: u32, column: Option<&str>, message: &str) {
        self.add_alike(row, column, message, message);
    }

    /// Counts `message` with the earlier ones of the same `class` in the column, and says that they are not all the same.
    pub(crate) fn add_alike(&mut self, row: u32, column: Option<&str>, class: &str, message: &str) {
        let key = (column.map(str::to_owned), class.to_owned());
        if let Some(at) = self.at.get(&key) {
            let Some(first) = self.list.get_mut(*at) else { return };
            first.count += 1;
            if first.message != message && !first.message.ends_with(AND_OTHERS) {
                first.message.push_str(AND_OTHERS);
            }
            return;
        }
        if self.list.len() >= KINDS_OF_WARNING {
            // One line for all the rest keeps the report readable and bounded.
            if self.list.len() == KINDS_OF_WARNING {
                let message = "and more of the same kind that are not listed".to_owned();
                self.list.push(Warning { message, column: None, row, count: 0 });
            }
            if let Some(rest) = self.list.last_mut() {
                rest.count += 1;
            }
            return;
        }
        self.at.insert(key, self.list.len());
        self.list.push(Warning { message: message.to_owned(), column: column.map(str::to_owned), row, count: 1 });
    }

    pub(crate) fn into_list(self) -> Vec<Warning> {
        self.list
    }
}
