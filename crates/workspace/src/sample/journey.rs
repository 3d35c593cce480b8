//! The way of an opportunity through the stages, as one cell tells it.

use tandem_context::{Phase, default_stage};

/// One step: `29 qualified @qualifier: why`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) days: i64,
    pub(super) stage: &'static str,
    pub(super) phase: Phase,
    /// Who took it, where it was not the one whose phase it is.
    pub(super) by: Option<&'static str>,
    pub(super) reason: Option<&'static str>,
}

/// Reads steps that are separated by `;`. A `;` that no day follows belongs to the reason before it.
pub(super) fn steps(cell: &'static str) -> Option<Vec<Step>> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(cell.match_indices("; ").map(|(at, _)| at + 2).filter(|at| begins_with_day(&cell[*at..])));
    let ends = starts.iter().skip(1).map(|start| start - 2).chain([cell.len()]);
    starts.iter().zip(ends).map(|(start, end)| step(&cell[*start..end])).collect()
}

fn begins_with_day(text: &str) -> bool {
    let mut words = text.split([' ', ':', ';']);
    words.next().is_some_and(|day| day.parse::<i64>().is_ok())
        && words.next().is_some_and(|name| default_stage(name).is_some())
}

fn step(text: &'static str) -> Option<Step> {
    let (head, reason) = match text.split_once(": ") {
        Some((head, reason)) => (head, Some(reason)),
        None => (text, None),
    };
    let mut words = head.split_whitespace();
    let days = words.next()?.parse().ok()?;
    let stage = default_stage(words.next()?)?;
    let by = words.next().map(|name| name.strip_prefix('@').unwrap_or(name));
    Some(Step { days, stage: stage.name, phase: stage.phase, by, reason })
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn a_semicolon_inside_a_reason_does_not_begin_a_step() {
        let read = steps("30 new @timo; 14 lost: Zu teuer; 3 Jahre Laufzeit; nichts zu machen").expect("well formed");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].by, Some("timo"));
        assert_eq!(read[1].reason, Some("Zu teuer; 3 Jahre Laufzeit; nichts zu machen"));
    }
}
