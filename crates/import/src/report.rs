//! What a person is told about rows: those left out, and what was noticed on the way.

use std::collections::HashMap;

use tandem_context::Remark;

use crate::sentences::MORE_WARNINGS;

/// A row that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its number in the file; the heading is row 1.
    pub row: u32,
    /// The column that is the reason, where it is one.
    pub column: Option<String>,
    /// Why.
    pub reason: Remark,
}

/// Something to look at; the import went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What was noticed.
    pub remark: Remark,
    /// The column it is about.
    pub column: Option<String>,
    /// The rows went without this value.
    pub left_out: bool,
    /// Others of the same sort are counted with it.
    pub others: bool,
    /// The first row it was seen in.
    pub row: u32,
    /// How many rows.
    pub count: u32,
}

impl Skipped {
    /// In English.
    pub fn message(&self) -> String {
        match &self.column {
            Some(column) => format!("{column}: {}", self.reason),
            None => self.reason.to_string(),
        }
    }
}

impl Warning {
    /// In English.
    pub fn message(&self) -> String {
        let left_out = if self.left_out { "; left out" } else { "" };
        let others = if self.others { " (and others like it)" } else { "" };
        format!("{}{left_out}{others}", self.remark)
    }
}

/// Most different warnings that are kept apart.
const KINDS_OF_WARNING: usize = 500;

/// What makes two warnings one: the column, and the remark or only its sort.
type Key = (Option<String>, String);

/// Warnings as they come in, equal ones counted.
#[derive(Debug, Default)]
pub(crate) struct Warnings {
    list: Vec<Warning>,
    at: HashMap<Key, usize>,
}

impl Warnings {
    pub(crate) fn add(&mut self, row: u32, column: Option<&str>, remark: &Remark) {
        self.count((column.map(str::to_owned), remark.to_string()), row, remark, false);
    }

    /// The row goes without what the remark is about.
    pub(crate) fn add_left_out(&mut self, row: u32, column: Option<&str>, remark: &Remark) {
        self.count((column.map(str::to_owned), remark.to_string()), row, remark, true);
    }

    /// Counts it with the earlier ones of the same sort in the column, whatever they are about.
    pub(crate) fn add_alike(&mut self, row: u32, column: Option<&str>, remark: &Remark) {
        self.count((column.map(str::to_owned), remark.code().to_owned()), row, remark, false);
    }

    fn count(&mut self, key: Key, row: u32, remark: &Remark, left_out: bool) {
        if let Some(at) = self.at.get(&key) {
            let Some(first) = self.list.get_mut(*at) else { return };
            first.count += 1;
            first.others |= first.remark != *remark;
            return;
        }
        let warning = |remark, column, left_out, count| Warning { remark, column, left_out, others: false, row, count };
        if self.list.len() >= KINDS_OF_WARNING {
            // One line for all the rest keeps the report readable and bounded.
            if self.list.len() == KINDS_OF_WARNING {
                self.list.push(warning(MORE_WARNINGS.say(), None, false, 0));
            }
            if let Some(rest) = self.list.last_mut() {
                rest.count += 1;
            }
            return;
        }
        self.at.insert(key.clone(), self.list.len());
        self.list.push(warning(remark.clone(), key.0, left_out, 1));
    }

    pub(crate) fn into_list(self) -> Vec<Warning> {
        self.list
    }
}
