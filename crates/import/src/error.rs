//! Why a file cannot be imported at all, in the user's words.

use tandem_context::Remark;
use tandem_context::sentences::{UNKNOWN_FIELD, UNKNOWN_KIND};

use crate::sentences::{
    FIELD_TWICE, FILE_BINARY, FILE_CELL, FILE_COLUMNS, FILE_EMPTY, FILE_FORMAT, FILE_ROWS, FILE_TOO_LARGE, NO_COLUMN,
    STOPPED,
};

/// A file, or a request about it, that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.remark())]
pub enum ImportError {
    /// Nothing in it.
    Empty,
    /// A format that has a name.
    OtherFormat(&'static str),
    /// Bytes that are no text.
    Binary,
    /// Beyond what is read at once.
    TooLarge {
        /// Its size.
        mebibytes: usize,
        /// The bound.
        most: usize,
    },
    /// More columns than any table people keep.
    TooManyColumns {
        /// Where.
        row: u32,
        /// The bound.
        most: usize,
    },
    /// More rows than are read at once.
    TooManyRows {
        /// The bound.
        most: usize,
    },
    /// Most often a quotation mark that is never closed.
    CellTooLong {
        /// Where.
        row: u32,
        /// The bound.
        most: usize,
    },
    /// A kind the schema does not have.
    UnknownKind(String),
    /// A column that was named and is not there.
    UnknownColumn {
        /// As it was named.
        column: String,
        /// What there is.
        columns: Vec<String>,
    },
    /// A field that was named and is not there.
    UnknownField {
        /// The kind.
        kind: String,
        /// As it was named.
        field: String,
    },
    /// Two columns for a field that holds one value.
    FieldTwice {
        /// The field.
        field: String,
        /// A column.
        first: String,
        /// The other.
        second: String,
    },
    /// Who watched the progress stopped it.
    Cancelled,
}

impl ImportError {
    /// Stable, for callers to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import_empty",
            Self::OtherFormat(_) | Self::Binary => "import_not_csv",
            Self::TooLarge { .. }
            | Self::TooManyColumns { .. }
            | Self::TooManyRows { .. }
            | Self::CellTooLong { .. } => "import_too_large",
            Self::UnknownKind(_) => "unknown_kind",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::UnknownField { .. } => "unknown_field",
            Self::FieldTwice { .. } => "field_twice",
            Self::Cancelled => "cancelled",
        }
    }

    /// What it says, in words of every language.
    pub fn remark(&self) -> Remark {
        match self {
            Self::Empty => FILE_EMPTY.say(),
            Self::OtherFormat(format) => FILE_FORMAT.say().text("format", format),
            Self::Binary => FILE_BINARY.say(),
            Self::TooLarge { mebibytes, most } => {
                FILE_TOO_LARGE.say().number("count", *mebibytes).number("most", *most)
            }
            Self::TooManyColumns { row, most } => FILE_COLUMNS.say().number("row", *row as usize).number("most", *most),
            Self::TooManyRows { most } => FILE_ROWS.say().number("most", *most),
            Self::CellTooLong { row, most } => FILE_CELL.say().number("row", *row as usize).number("most", *most),
            Self::UnknownKind(kind) => UNKNOWN_KIND.of(kind),
            Self::UnknownColumn { column, columns } => NO_COLUMN.of(column).list("columns", columns),
            Self::UnknownField { kind, field } => UNKNOWN_FIELD.of(field).text("kind", kind),
            Self::FieldTwice { field, first, second } => {
                FIELD_TWICE.say().text("field", field).text("first", first).text("second", second)
            }
            Self::Cancelled => STOPPED.say(),
        }
    }
}
