//! Bytes to rows.

use proptest::prelude::*;

use crate::{ImportError, Table};

fn rows(table: &Table) -> Vec<(u32, Vec<String>)> {
    table.rows().map(|(number, cells)| (number, cells.iter().map(str::to_owned).collect())).collect()
}

fn wide(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn encodings_and_delimiters_are_found() {
    let text = "Firma;Stadt;Umsatz\r\nMüller & Söhne;Köln;1.234,50\r\nGrün GmbH;Zürich;99,00\r\n";
    let cp1252 = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(text.bytes());
    let mut marked_wide = vec![0xff, 0xfe];
    marked_wide.extend(wide(text, true));
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "utf-8"),
        (marked, "utf-8"),
        (cp1252, "windows-1252"),
        (marked_wide, "utf-16le"),
        (wide(text, true), "utf-16le"),
        (wide(text, false), "utf-16be"),
    ] {
        let table = Table::read(&bytes).unwrap();
        assert_eq!((table.encoding(), table.delimiter()), (encoding, ';'));
        assert_eq!(table.headings(), ["Firma", "Stadt", "Umsatz"]);
        assert_eq!(rows(&table)[0], (2, vec!["Müller & Söhne".to_owned(), "Köln".to_owned(), "1.234,50".to_owned()]));
    }
}

#[test]
fn other_delimiters_and_excel_s_own_line() {
    for (text, delimiter) in [
        ("a\tb\n1,5\t2\n", '\t'),
        ("a|b\n1,5|2;3\n", '|'),
        ("sep=;\na;b\n1;2\n", ';'),
        ("name\nAnn\nBob\n", ','),
        ("name;note\n\"Lee; Ann\";\"a,b,c\"\nBob;\"d,e,f\"\n", ';'),
        ("name,note\n\"Lee, Ann\",\"a;b;c\"\n", ','),
    ] {
        assert_eq!(Table::read(text.as_bytes()).unwrap().delimiter(), delimiter, "{text}");
    }
    let excel = Table::read(b"sep=;\na;b\n1;2\n").unwrap();
    assert_eq!((excel.headings(), rows(&excel)[0].0), (["a".to_owned(), "b".to_owned()].as_slice(), 3));
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    let table = Table::read(b"name,note\nAnn,\"two\nlines\"\n\n\nBob,x\n,\nCy,y\n").unwrap();
    let numbers: Vec<(u32, String)> =
        rows(&table).into_iter().map(|(number, cells)| (number, cells[0].clone())).collect();
    assert_eq!(numbers, [(2, "Ann".to_owned()), (5, "Bob".to_owned()), (7, "Cy".to_owned())]);
}

#[test]
fn rows_of_other_lengths_are_taken_and_reported() {
    let table = Table::read(b"a,b,c\n1,2\n1,2,3,4\n1,2,3,\n").unwrap();
    assert_eq!(table.len(), 3);
    let warnings: Vec<(u32, String)> =
        table.warnings().iter().map(|warning| (warning.row, warning.message())).collect();
    assert_eq!(
        warnings,
        [
            (2, "has fewer cells than the heading; the missing ones were taken as empty".to_owned()),
            (3, "has more cells than the heading; those beyond it were left out".to_owned()),
        ]
    );
}

#[test]
fn headings_that_are_empty_or_repeated_get_names() {
    let table = Table::read(b" email ,,email,Email\n1,2,3,4\n").unwrap();
    assert_eq!(table.headings(), ["email", "Column 2", "email (2)", "Email (3)"]);
}

#[test]
fn what_is_no_csv_file_is_refused_in_words() {
    let refused = |bytes: &[u8]| Table::read(bytes).unwrap_err();
    assert_eq!(refused(b""), ImportError::Empty);
    assert_eq!(refused(b"\xef\xbb\xbf \r\n\r\n"), ImportError::Empty);
    assert_eq!(
        refused(b"PK\x03\x04..........xl/workbook.xml").to_string(),
        "this is an Excel file; save it as CSV first, then import that"
    );
    assert_eq!(refused(b"%PDF-1.7 ...").to_string(), "this is a PDF file; save it as CSV first, then import that");
    assert_eq!(refused(&[0, 1, 2, 3, 0, 5, 200, 7, 0, 0, 0, 255]), ImportError::Binary);
    let noise: Vec<u8> = (0..5_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(refused(&noise), ImportError::Binary);
    let wide = format!("{}\n1\n", "a,".repeat(1_000_000));
    assert_eq!(refused(wide.as_bytes()), ImportError::TooManyColumns { row: 1, most: 1_000 });
    let later = format!("a,b\n{}\n", ",".repeat(5_000));
    assert_eq!(refused(later.as_bytes()), ImportError::TooManyColumns { row: 2, most: 1_000 });
    let long = format!("a,b\n\"{}\",x\n", "y".repeat(2_000_000));
    assert_eq!(refused(long.as_bytes()), ImportError::CellTooLong { row: 2, most: 1_048_576 });
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_reported() {
    let table = Table::read(b"name,note\nAnn,\"oops\nBob,x\nCy,y\n").unwrap();
    assert!(table.warnings()[0].message().contains("not closed"), "{:?}", table.warnings());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Table::read(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-z0-9\",;|\t\r\n'=@.äß\u{0}-]{0,200}") {
        let _ = Table::read(text.as_bytes());
    }
}
