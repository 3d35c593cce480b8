//! Why a file cannot be imported at all, in the user's words.

/// A file, or a request about it, that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A format that has a name.
    #[error("this is {0}; save it as CSV first, then import that")]
    OtherFormat(&'static str),
    /// Bytes that are no text.
    #[error("this is not a text file, so there are no rows to read; save the table as CSV first")]
    Binary,
    /// Beyond what is read at once.
    #[error("the file has {mebibytes} MiB; at most {most} are read at once, so split it")]
    TooLarge {
        /// Its size.
        mebibytes: usize,
        /// The bound.
        most: usize,
    },
    /// More columns than any table people keep.
    #[error("row {row} has more than {most} columns; a file with so many is no table of records")]
    TooManyColumns {
        /// Where.
        row: u32,
        /// The bound.
        most: usize,
    },
    /// More rows than are read at once.
    #[error("the file has more than {most} rows; split it")]
    TooManyRows {
        /// The bound.
        most: usize,
    },
    /// Most often a quotation mark that is never closed.
    #[error("row {row}: a cell is longer than {most} characters; is a quotation mark not closed there?")]
    CellTooLong {
        /// Where.
        row: u32,
        /// The bound.
        most: usize,
    },
    /// A kind the schema does not have.
    #[error("there is no kind of record called “{0}”")]
    UnknownKind(String),
    /// A column that was named and is not there.
    #[error("the file has no column called “{column}”; it has {columns}")]
    UnknownColumn {
        /// As it was named.
        column: String,
        /// What there is.
        columns: String,
    },
    /// A field that was named and is not there.
    #[error("{kind} has no field called “{field}”")]
    UnknownField {
        /// The kind.
        kind: String,
        /// As it was named.
        field: String,
    },
    /// Two columns for a field that holds one value.
    #[error("two columns are meant for {field}, “{first}” and “{second}”; it holds one value")]
    FieldTwice {
        /// The field.
        field: String,
        /// A column.
        first: String,
        /// The other.
        second: String,
    },
    /// Who watched the progress stopped it.
    #[error("the import was stopped; nothing was written")]
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
}
