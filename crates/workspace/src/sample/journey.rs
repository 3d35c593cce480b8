//! The way of an opportunity through the stages and between the teams, as one cell tells it.

use tandem_context::{DefaultStage, Phase, default_stage};

use super::calendar::minute;

/// One step: `29 14:20 qualified @qualifier: why`, `28 10:00 offered @lena >reto`, `16 returned @reto #no_budget: evidence`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) when: When,
    /// Minute of the office's day, where it matters.
    pub(super) minute: Option<i64>,
    pub(super) what: What,
    /// Who took it, where it was not the one whose phase it is.
    pub(super) by: Option<&'static str>,
    /// Whom it is offered to.
    pub(super) to: Option<&'static str>,
    /// The key of the reason for a return.
    pub(super) because: Option<&'static str>,
    pub(super) reason: Option<&'static str>,
}

/// When a step was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// So many days ago.
    Days(i64),
    /// `405m`: so many minutes of work ago of whom it is offered to.
    Worked(i64),
}

/// What a step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// It came to a stage.
    Came(&'static str, Phase),
    /// `offered`: marketing offers it to a rep; with a reason, although the gate holds it back.
    Offered,
    /// `returned`: sales gives it back.
    Returned,
    /// `withdrawn`: marketing takes an offer back.
    Withdrawn,
    /// `taken`: a rep takes it without an offer, and it passes the gate.
    Taken,
    /// `claimed`: somebody becomes its owner, and it stays where it stands.
    Claimed,
    /// `claimed_apart`: the same, without knowledge of the claim before.
    ClaimedApart,
}

impl Step {
    /// Days ago; what is told in hours happened today.
    pub(super) fn days(&self) -> i64 {
        match self.when {
            When::Days(days) => days,
            When::Worked(_) => 0,
        }
    }

    /// Whether it is a claim.
    pub(super) fn is_claim(&self) -> bool {
        matches!(self.what, What::Claimed | What::ClaimedApart)
    }
}

/// Reads steps that are separated by `;`. A `;` that no step follows belongs to the reason before it.
pub(super) fn steps(cell: &'static str) -> Option<Vec<Step>> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(cell.match_indices("; ").map(|(at, _)| at + 2).filter(|at| step(&cell[*at..]).is_some()));
    let ends = starts.iter().skip(1).map(|start| start - 2).chain([cell.len()]);
    starts.iter().zip(ends).map(|(start, end)| step(&cell[*start..end])).collect()
}

fn step(text: &'static str) -> Option<Step> {
    let (head, reason) = match text.split_once(": ") {
        Some((head, reason)) => (head, Some(reason)),
        None => (text, None),
    };
    // Where more steps follow, the head of the first one ends before them.
    let head = head.split(';').next().unwrap_or(head);
    let mut words = head.split_whitespace().peekable();
    let when = when(words.next()?)?;
    let minute = words.peek().and_then(|word| minute(word));
    if minute.is_some() {
        words.next();
    }
    let what = what(words.next()?)?;
    let (mut by, mut to, mut because) = (None, None, None);
    for word in words {
        let place = match word.get(..1)? {
            "@" => &mut by,
            ">" => &mut to,
            "#" => &mut because,
            _ => return None,
        };
        *place = word.get(1..);
    }
    Some(Step { when, minute, what, by, to, because, reason })
}

fn when(word: &str) -> Option<When> {
    match word.strip_suffix('m') {
        Some(minutes) => minutes.parse().ok().map(When::Worked),
        None => word.parse().ok().map(When::Days),
    }
}

fn what(word: &str) -> Option<What> {
    Some(match word {
        "offered" => What::Offered,
        "returned" => What::Returned,
        "withdrawn" => What::Withdrawn,
        "taken" => What::Taken,
        "claimed" => What::Claimed,
        "claimed_apart" => What::ClaimedApart,
        name => {
            let DefaultStage { name, phase, .. } = default_stage(name)?;
            What::Came(name, *phase)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{What, When, steps};

    #[test]
    fn a_semicolon_inside_a_reason_does_not_begin_a_step() {
        let read = steps("30 new @timo; 14 lost: Zu teuer; 3 Jahre Laufzeit; nichts zu machen").expect("well formed");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].by, Some("timo"));
        assert_eq!(read[1].reason, Some("Zu teuer; 3 Jahre Laufzeit; nichts zu machen"));
    }

    #[test]
    fn a_step_may_say_its_time_and_who_passes_it_to_whom_and_why() {
        let read = steps("9 14:20 qualified; 405m offered @lena >reto; 1 returned #no_budget: So: kein Geld");
        let read = read.expect("well formed");
        assert_eq!(read[0].minute, Some(14 * 60 + 20));
        assert_eq!((read[1].when, read[1].what, read[1].to), (When::Worked(405), What::Offered, Some("reto")));
        assert_eq!((read[2].because, read[2].reason), (Some("no_budget"), Some("So: kein Geld")));
    }
}
