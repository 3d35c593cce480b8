//! Tables as the sample's data files have them: Markdown, so that they read well wherever they are shown.

/// A row: a cell for each heading.
pub(super) struct Row {
    cells: Vec<(&'static str, &'static str)>,
}

impl Row {
    /// The cell under this heading; empty where there is none.
    pub(super) fn get(&self, heading: &str) -> &'static str {
        self.cells.iter().find(|(name, _)| *name == heading).map_or("", |(_, cell)| cell)
    }

    /// Headings and cells that are not empty.
    pub(super) fn filled(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.cells.iter().copied().filter(|(_, cell)| !cell.is_empty())
    }
}

/// The rows of the one table in `text`.
pub(super) fn rows(text: &'static str) -> Vec<Row> {
    let mut lines = text.lines().filter_map(cells);
    let Some(headings) = lines.next() else { return Vec::new() };
    // The line of dashes.
    lines.next();
    lines.map(|cells| Row { cells: headings.iter().copied().zip(cells).collect() }).collect()
}

fn cells(line: &'static str) -> Option<Vec<&'static str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}
