//! Answers to the gate's questions.

use tandem_context::{Edit, Value};
use tandem_revops::Verdict;
use tandem_revops::facts::Key;

use super::{Case, create, text};
use crate::api::{AnswerCriterion, ApiError};
use crate::engine::{Committed, Engine};
use crate::sentences::{EVIDENCE_NEEDED, NO_SUCH_RECORD, NOT_A_VERDICT};

/// Writes an answer by hand. A yes or a no says how that is known; unknown takes an earlier answer back.
pub(crate) fn answer(engine: &mut Engine, asked: &AnswerCriterion) -> Result<Committed, ApiError> {
    let case = Case::of(engine, &asked.id)?;
    let criterion = criterion(&case, &asked.criterion)?;
    let verdict = Verdict::of(&asked.verdict);
    if verdict.name() != asked.verdict {
        return Err(ApiError::said("invalid_value", &NOT_A_VERDICT.of(&asked.verdict)));
    }
    let evidence = asked.evidence.as_deref().unwrap_or_default();
    if verdict != Verdict::Unknown {
        check_evidence(evidence)?;
    }
    let edit = answered(engine, &case, &criterion, verdict, evidence);
    let note = engine.note("answer", Some(evidence));
    engine.act(&[edit], note)
}

/// The record of an answer by who writes here.
pub(super) fn answered(engine: &mut Engine, case: &Case, criterion: &str, verdict: Verdict, evidence: &str) -> Edit {
    let me = engine.me().to_owned();
    let fields = vec![
        ("opportunity", Some(Value::text(&case.id))),
        ("criterion", Some(Value::text(criterion))),
        ("verdict", Some(Value::text(verdict.name()))),
        ("evidence", text(evidence)),
        ("at", Some(case.now())),
        ("owner", text(&me)),
    ];
    create(engine, "answer", fields)
}

/// Something must be said of how it is known.
pub(super) fn check_evidence(evidence: &str) -> Result<(), ApiError> {
    if evidence.trim().is_empty() {
        let mut error = ApiError::said("missing_field", &EVIDENCE_NEEDED.say());
        error.field = Some("evidence".to_owned());
        return Err(error);
    }
    Ok(())
}

/// The id of a criterion that was named by its id, its key or its name.
pub(super) fn criterion(case: &Case, named: &str) -> Result<String, ApiError> {
    let criteria = case.world.rules.criteria.iter();
    rule(case, "criterion", named, criteria.map(|one| (one.key, &*one.default_key, &*one.name)))
        .map(|key| case.world.id(key).to_owned())
}

/// The rule of a kind that was named by its id, else by its key or name. Each is given with those.
pub(super) fn rule<'a>(
    case: &Case,
    kind: &str,
    named: &str,
    rules: impl Iterator<Item = (Key, &'a str, &'a str)> + Clone,
) -> Result<Key, ApiError> {
    let by_id = rules.clone().find(|(key, ..)| case.world.id(*key) == named);
    let is_named =
        |(_, key, name): &(Key, &str, &str)| key.eq_ignore_ascii_case(named) || name.eq_ignore_ascii_case(named);
    match by_id.or_else(|| rules.into_iter().find(is_named)) {
        Some((key, ..)) => Ok(key),
        None => Err(ApiError::said("not_found", &NO_SUCH_RECORD.of(named).text("kind", kind))),
    }
}
