//! Which encoding bytes are in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ImportError;

/// How much of a file tells what it is.
const HEAD_BYTES: usize = 4_096;
/// Fewer bytes beyond ASCII than this are no evidence for anything but the usual encoding.
const EVIDENCE_BYTES: usize = 40;

/// The text and its encoding's name.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), ImportError> {
    if let Some(format) = other_format(bytes) {
        return Err(ImportError::OtherFormat(format));
    }
    let (encoding, has_mark) = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding, true),
        None => (guess(bytes)?, false),
    };
    // A mark decides, and is taken off.
    let text = if has_mark {
        encoding.decode_with_bom_removal(bytes).0
    } else {
        encoding.decode_without_bom_handling(bytes).0
    };
    if encoding != UTF_8 && text.chars().take(HEAD_BYTES).any(|c| c == '\0') {
        return Err(ImportError::Binary);
    }
    Ok((text, name(encoding)))
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, ImportError> {
    if let Some(wide) = utf16(bytes) {
        return Ok(wide);
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    // A stray zero byte is a slip of some program, many are no text.
    if controls * 20 > head.len() {
        return Err(ImportError::Binary);
    }
    if is_utf8(bytes) {
        return Ok(UTF_8);
    }
    if bytes.iter().filter(|b| **b >= 0x80).count() < EVIDENCE_BYTES {
        return Ok(WINDOWS_1252);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// UTF-8, also with a few bytes damaged: then far more is right than wrong.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut wrong, mut right) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wrong += usize::from(!chunk.invalid().is_empty());
        right += chunk.valid().bytes().filter(|b| *b >= 0xc2).count();
    }
    right > wrong * 20
}

/// UTF-16 without a mark: every other byte of a mostly Latin text is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 2 {
        return None;
    }
    if odd * 10 > half * 4 && even * 20 < half {
        return Some(UTF_16LE);
    }
    (even * 10 > half * 4 && odd * 20 < half).then_some(UTF_16BE)
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        other => WESTERN.iter().find(|(label, _)| *label == other).map_or(other, |(_, name)| name),
    }
}

const WESTERN: &[(&str, &str)] =
    &[("windows-1252", "windows-1252"), ("ISO-8859-2", "iso-8859-2"), ("ISO-8859-15", "iso-8859-15")];

/// Formats that people take for CSV, by their first bytes.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel file"),
        (b"%PDF", "a PDF file"),
        (b"\x1f\x8b", "a compressed file"),
        (b"\x28\xb5\x2f\xfd", "a compressed file"),
        (b"SQLite format 3\0", "a database file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "a text document"),
        (b"<!DOCTYPE", "a web page"),
        (b"<!doctype", "a web page"),
        (b"<html", "a web page"),
        (b"<?xml", "an XML file"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
    ];
    let (_, format) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark))?;
    if *format != "a ZIP archive" {
        return Some(format);
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    // Office files are archives; an Excel file lists its parts under `xl/`.
    Some(if holds(b"xl/") || holds(b"[Content_Types].xml") {
        "an Excel file"
    } else if holds(b"opendocument.spreadsheet") {
        "a LibreOffice file"
    } else {
        "an Excel file or another ZIP archive"
    })
}
