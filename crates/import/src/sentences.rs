//! Everything that can be said about a file and its rows; what can be said about a value is in `tandem_context`.

tandem_context::sentences! {
    NOTHING_IN_ROW = "nothing_in_row", "has nothing in the columns that are imported";
    LACKS_FIELDS = "lacks_fields", "has no {fields}";
    NAMELESS = "nameless", "has neither a name nor an e-mail address";
    SAME_RECORD = "same_record", "is about the same record as an earlier row; the two were brought together";
    READ_AS = "read_as", "there is no {kind} “{text}” here; read as “{title}”";
    SEVERAL = "several_records", "“{text}” could be any of {count} records of kind {kind}; the one made first was taken";
    ID_OF_NONE = "id_of_none", "“{text}” is the id of no {kind} here; left out";
    DAY_FIRST = "dates_day_first", "dates such as “{text}” could be read either way; read with the day first";
    MONTH_FIRST = "dates_month_first", "dates such as “{text}” could be read either way; read with the month first";
    MORE_WARNINGS = "more_warnings", "and more of the same kind that are not listed";
    OPEN_QUOTE = "open_quote", "a quotation mark is not closed in this row; the rest of the file was read as one cell";
    MORE_CELLS = "more_cells", "has more cells than the heading; those beyond it were left out";
    FEWER_CELLS = "fewer_cells", "has fewer cells than the heading; the missing ones were taken as empty";
    FILE_EMPTY = "file_empty", "the file is empty";
    FILE_FORMAT = "file_format", "this is {format}; save it as CSV first, then import that";
    FILE_BINARY = "file_binary", "this is not a text file, so there are no rows to read; save the table as CSV first";
    FILE_TOO_LARGE = "file_too_large", "the file has {count} MiB; at most {most} are read at once, so split it";
    FILE_COLUMNS = "file_columns", "row {row} has more than {most} columns; a file with so many is no table of records";
    FILE_ROWS = "file_rows", "the file has more than {most} rows; split it";
    FILE_CELL = "file_cell", "row {row}: a cell is longer than {most} characters; is a quotation mark not closed there?";
    NO_COLUMN = "no_column", "the file has no column called “{text}”; it has {columns}";
    FIELD_TWICE = "field_twice", "two columns are meant for {field}, “{first}” and “{second}”; it holds one value";
    STOPPED = "import_stopped", "the import was stopped; nothing was written";
}
