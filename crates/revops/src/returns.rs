//! Leads that sales gave back, and from when on they may be offered to the same member again.

use crate::facts::{Decision, DecisionKind, Key, Opportunity};
use crate::gate::gate;
use crate::{Verdict, World};

/// The last return of a lead, as long as nothing has changed since that would answer it: marketing still has to work on it.
pub fn standing_return<'a>(world: &'a World, lead: &Opportunity, now_ms: i64) -> Option<&'a Decision> {
    let decisions = world.decisions_of(lead.key);
    let last = decisions.last().copied().filter(|last| last.kind == DecisionKind::Return)?;
    (!is_qualified_anew(world, lead, last, now_ms)).then_some(last)
}

/// Who gave a lead back and has not seen it qualified anew since: to offer it to them again would waste their time.
pub fn gave_back(world: &World, lead: &Opportunity, now_ms: i64) -> Vec<Key> {
    let decisions = world.decisions_of(lead.key);
    let mut last: Vec<(Key, &Decision)> = Vec::new();
    for one in decisions.into_iter().filter(|one| one.kind == DecisionKind::Return) {
        let Some(member) = one.member.or(one.by) else { continue };
        last.retain(|(known, _)| *known != member);
        last.push((member, one));
    }
    let stands = |(member, returned)| (!is_qualified_anew(world, lead, returned, now_ms)).then_some(member);
    last.into_iter().filter_map(stands).collect()
}

/// Whether a lead was qualified anew since it was given back: the criterion that was contradicted has a new answer, which is
/// yes; or the gate, which was closed to it then or at some moment since, lets it pass now. Where the gate never closed (the
/// rep gave it back for a reason of their own), nothing is new.
pub fn is_qualified_anew(world: &World, lead: &Opportunity, returned: &Decision, now_ms: i64) -> bool {
    let since = |at_ms: i64| returned.at_ms < at_ms && at_ms <= now_ms;
    let answers = || world.answers.of(lead.key).filter(|answer| since(answer.at_ms));
    let contradicted = answers().filter(|answer| Some(answer.criterion) == returned.criterion);
    let newest = contradicted.max_by_key(|answer| (answer.at_ms, world.id(answer.key)));
    if newest.is_some_and(|answer| answer.verdict == Verdict::Yes) {
        return true;
    }
    let passes = |at_ms: i64| gate(world, lead, at_ms).passes;
    // Answers grow old: just before a new one is when the gate had closed by itself, if it had.
    let moments = || std::iter::once(returned.at_ms).chain(answers().map(|answer| answer.at_ms - 1));
    passes(now_ms) && moments().any(|at_ms| !passes(at_ms))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::{answer, criterion, decide, lead, member, stages};

    const RETURNED_MS: i64 = 1_000_000;

    /// A lead that passed the gate and was given back by `rita`, who contradicted `need`.
    fn given_back(contradicts: bool) -> World {
        let mut world = World::default();
        stages(&mut world);
        let rita = member(&mut world, "rita", "sales");
        let need = criterion(&mut world, "need");
        let one = lead(&mut world, "lead");
        world.opportunities.put(one);
        answer(&mut world, "lead", need, Verdict::Yes, 10);
        let mut returned = decide(&mut world, DecisionKind::Return, "lead", rita, RETURNED_MS);
        if contradicts {
            returned.criterion = Some(need);
            world.decisions.put(returned);
            answer(&mut world, "lead", need, Verdict::No, RETURNED_MS);
        }
        world
    }

    fn barred(world: &World, at_ms: i64) -> bool {
        let lead = world.opportunity("lead").unwrap();
        let barred = !gave_back(world, lead, at_ms).is_empty();
        assert_eq!(standing_return(world, lead, at_ms).is_some(), barred, "marketing works on it as long");
        barred
    }

    #[test]
    fn a_new_answer_to_what_was_contradicted_makes_it_new() {
        let mut world = given_back(true);
        let need = world.ids.find("need").unwrap();
        assert!(barred(&world, RETURNED_MS + 10));
        answer(&mut world, "lead", need, Verdict::No, RETURNED_MS + 20);
        assert!(barred(&world, RETURNED_MS + 30), "the rep was right");
        answer(&mut world, "lead", need, Verdict::Yes, RETURNED_MS + 40);
        assert!(barred(&world, RETURNED_MS + 39), "it is not there yet");
        assert!(!barred(&world, RETURNED_MS + 40));
    }

    #[test]
    fn an_answer_from_before_the_return_makes_nothing_new() {
        let mut world = given_back(true);
        let need = world.ids.find("need").unwrap();
        answer(&mut world, "lead", need, Verdict::Yes, RETURNED_MS - 1);
        assert!(barred(&world, RETURNED_MS + 10));
    }

    #[test]
    fn a_gate_that_had_closed_and_lets_it_pass_makes_it_new() {
        let mut world = given_back(false);
        assert!(barred(&world, RETURNED_MS + 10), "the gate never closed: nothing is new");
        let budget = criterion(&mut world, "budget");
        assert!(barred(&world, RETURNED_MS + 10), "another question is asked, and not answered");
        answer(&mut world, "lead", budget, Verdict::Yes, RETURNED_MS + 20);
        assert!(!barred(&world, RETURNED_MS + 20));
        answer(&mut world, "lead", budget, Verdict::No, RETURNED_MS + 30);
        assert!(barred(&world, RETURNED_MS + 30), "it does not pass any more");
    }

    #[test]
    fn whoever_gave_it_back_again_is_barred_again() {
        let mut world = given_back(true);
        let (need, rita) = (world.ids.find("need").unwrap(), world.ids.find("rita").unwrap());
        answer(&mut world, "lead", need, Verdict::Yes, RETURNED_MS + 40);
        let again = decide(&mut world, DecisionKind::Return, "lead", rita, RETURNED_MS + 50);
        world.decisions.put(Decision { criterion: Some(need), ..again });
        assert!(barred(&world, RETURNED_MS + 60));
    }
}
