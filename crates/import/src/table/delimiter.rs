//! What stands between the cells.

/// In the order of preference where nothing tells them apart.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a file tells.
const SAMPLE_BYTES: usize = 64 * 1_024;
const SAMPLE_ROWS: usize = 50;

/// The delimiter, and the bytes to pass over when the file names it itself (Excel's `sep=;` line).
pub(super) fn detect(text: &str) -> (u8, usize) {
    if let Some(named) = named(text) {
        return named;
    }
    let sample = &text.as_bytes()[..text.len().min(SAMPLE_BYTES)];
    let scores = CANDIDATES.map(|delimiter| score(sample, delimiter));
    let best = CANDIDATES.iter().zip(scores).rev().max_by_key(|(_, score)| *score);
    (best.map_or(b',', |(delimiter, _)| *delimiter), 0)
}

fn named(text: &str) -> Option<(u8, usize)> {
    let line = text.split('\n').next()?;
    let named = line.trim_end_matches('\r').trim_matches('"');
    let delimiter = *named.strip_prefix("sep=").or_else(|| named.strip_prefix("SEP="))?.as_bytes().first()?;
    CANDIDATES.contains(&delimiter).then_some((delimiter, (line.len() + 1).min(text.len())))
}

/// How well the sample falls into rows of equal length: per cent of rows as long as the heading, then that length.
fn score(sample: &[u8], delimiter: u8) -> (usize, usize) {
    let lengths = row_lengths(sample, delimiter);
    let Some((heading, rows)) = lengths.split_first() else { return (0, 0) };
    if *heading < 2 {
        return (0, 0);
    }
    let alike = rows.iter().filter(|length| *length == heading).count();
    (if rows.is_empty() { 100 } else { alike * 100 / rows.len() + 1 }, *heading)
}

/// The cells of each row, with quotation marks respected.
fn row_lengths(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let (mut lengths, mut cells, mut in_quotes, mut has_text) = (Vec::new(), 1, false, false);
    for byte in sample {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => {
                if has_text {
                    lengths.push(cells);
                }
                (cells, has_text) = (1, false);
                if lengths.len() == SAMPLE_ROWS {
                    return lengths;
                }
                continue;
            }
            byte if *byte == delimiter && !in_quotes => cells += 1,
            _ => {}
        }
        has_text = true;
    }
    // The last row of a cut sample is cut too.
    if has_text && (lengths.is_empty() || sample.len() < SAMPLE_BYTES) {
        lengths.push(cells);
    }
    lengths
}
