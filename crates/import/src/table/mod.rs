//! A file as rows of cells.

mod delimiter;
mod encoding;

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord};

use crate::ImportError;
use crate::report::{Warning, Warnings};
use crate::sentences::{FEWER_CELLS, MORE_CELLS, OPEN_QUOTE};

/// Largest file that is read at once.
const FILE_BYTES: usize = 256 * 1_024 * 1_024;
const COLUMNS: usize = 1_000;
const ROWS: usize = 2_000_000;
const CELL_BYTES: usize = 1_024 * 1_024;

/// A CSV file, decoded and cut into cells.
#[derive(Debug)]
pub struct Table {
    encoding: &'static str,
    delimiter: char,
    headings: Vec<String>,
    rows: Vec<Row>,
    warnings: Vec<Warning>,
}

#[derive(Debug)]
struct Row {
    number: u32,
    cells: StringRecord,
}

impl Table {
    /// Reads a file's bytes: finds encoding and delimiter, takes the first row as the heading. Rows without any text
    /// are left out; cells beyond the heading too, with a warning.
    ///
    /// # Errors
    /// When the bytes are not such a file, or more than is read at once.
    pub fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > FILE_BYTES {
            return Err(ImportError::TooLarge { mebibytes: bytes.len() >> 20, most: FILE_BYTES >> 20 });
        }
        let (text, encoding) = encoding::decode(bytes)?;
        let blank = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}');
        if text.trim_matches(blank).is_empty() {
            return Err(ImportError::Empty);
        }
        let (delimiter, skip) = delimiter::detect(&text);
        let body = text.get(skip..).unwrap_or_default();
        refuse_wide_heading(body, delimiter)?;
        let mut table = Self {
            encoding,
            delimiter: char::from(delimiter),
            headings: Vec::new(),
            rows: Vec::new(),
            warnings: Vec::new(),
        };
        table.read_rows(body, delimiter, if skip > 0 { 2 } else { 1 })?;
        if table.headings.is_empty() { Err(ImportError::Empty) } else { Ok(table) }
    }

    fn read_rows(&mut self, body: &str, delimiter: u8, first: u32) -> Result<(), ImportError> {
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(body.as_bytes());
        let (mut warnings, mut number, mut cells) = (Warnings::default(), first, StringRecord::new());
        let mut line = 1;
        // The text is valid UTF-8 and comes from memory, rows may have any length: nothing is left to fail.
        while reader.read_record(&mut cells).unwrap_or(false) {
            let ended = reader.position().line();
            number = number.saturating_add(blank_lines(&cells, ended.saturating_sub(line)));
            line = ended;
            if cells.len() > COLUMNS {
                return Err(ImportError::TooManyColumns { row: number, most: COLUMNS });
            }
            if cells.as_slice().len() > CELL_BYTES && cells.iter().any(|cell| cell.len() > CELL_BYTES) {
                return Err(ImportError::CellTooLong { row: number, most: CELL_BYTES });
            }
            if self.rows.len() == ROWS {
                return Err(ImportError::TooManyRows { most: ROWS });
            }
            self.take(number, &cells, &mut warnings);
            number = number.saturating_add(1);
        }
        if body.bytes().filter(|b| *b == b'"').count() % 2 == 1
            && let Some(last) = self.rows.last()
            && last.cells.iter().any(|cell| cell.contains('\n'))
        {
            warnings.add(last.number, None, &OPEN_QUOTE.say());
        }
        self.warnings = warnings.into_list();
        Ok(())
    }

    fn take(&mut self, number: u32, cells: &StringRecord, warnings: &mut Warnings) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if self.headings.is_empty() {
            self.headings = headings(cells);
            return;
        }
        let width = self.headings.len();
        if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            warnings.add(number, None, &MORE_CELLS.say());
        } else if cells.len() < width {
            warnings.add(number, None, &FEWER_CELLS.say());
        }
        self.rows.push(Row { number, cells: cells.clone() });
    }

    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, rarely another of the Encoding Standard's names.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// `,`, `;`, tab or `|`.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// The columns' names: as in the file, those without one named by their place, repeated ones numbered.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// How many rows there are, without the heading.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A heading and nothing below.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows: number in the file (the heading is row 1) and cells; as many cells as headings are meant, a row may have
    /// more or fewer.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (u32, &StringRecord)> + Clone {
        self.rows.iter().map(|row| (row.number, &row.cells))
    }

    /// The cells of one column that hold something, trimmed.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.cells.get(index)).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// The first rows as they are, at most `most`, each as long as the heading.
    pub fn sample(&self, most: usize) -> Vec<Vec<String>> {
        let width = self.headings.len();
        let cells = |row: &Row| (0..width).map(|at| row.cells.get(at).unwrap_or_default().to_owned()).collect();
        self.rows.iter().take(most).map(cells).collect()
    }

    /// What was noticed while reading.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Before any cell is made: a file of a million columns is refused by counting.
fn refuse_wide_heading(body: &str, delimiter: u8) -> Result<(), ImportError> {
    let heading = body.trim_start().split(['\n', '\r']).next().unwrap_or_default();
    let columns = heading.bytes().filter(|b| *b == delimiter).count() + 1;
    // Delimiters within quotes count too here, so the bound is generous; the exact one comes with the cells.
    if columns > COLUMNS * 4 { Err(ImportError::TooManyColumns { row: 1, most: COLUMNS }) } else { Ok(()) }
}

/// Lines without anything before this row, which the reader passes over: a spreadsheet counts them.
fn blank_lines(cells: &StringRecord, lines: u64) -> u32 {
    let within: usize = cells.as_slice().bytes().filter(|b| *b == b'\n').count();
    u32::try_from(lines.saturating_sub(1).saturating_sub(within as u64)).unwrap_or(0)
}

fn headings(cells: &StringRecord) -> Vec<String> {
    let mut taken = HashSet::new();
    let width = cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(at, _)| at + 1);
    let mut name = |(at, cell): (usize, &str)| {
        let words: Vec<&str> = cell
            .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
            .filter(|w| !w.is_empty())
            .collect();
        let named: String = words.join(" ").chars().take(200).collect();
        let base = if named.is_empty() { format!("Column {}", at + 1) } else { named };
        let mut unique = base.clone();
        let mut count = 1;
        while !taken.insert(unique.to_lowercase()) {
            count += 1;
            unique = format!("{base} ({count})");
        }
        unique
    };
    cells.iter().take(width).enumerate().map(&mut name).collect()
}
