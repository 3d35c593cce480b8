//! Answers to the gate's questions.

use tandem_context::Value;
use tandem_revops::Verdict;

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
    if verdict != Verdict::Unknown && evidence.trim().is_empty() {
        let mut error = ApiError::said("missing_field", &EVIDENCE_NEEDED.say());
        error.field = Some("evidence".to_owned());
        return Err(error);
    }
    let me = engine.me().to_owned();
    let fields = vec![
        ("opportunity", Some(Value::text(&case.id))),
        ("criterion", Some(Value::Text(criterion))),
        ("verdict", Some(Value::text(verdict.name()))),
        ("evidence", text(evidence)),
        ("at", Some(case.now())),
        ("owner", text(&me)),
    ];
    let edit = create(engine, "answer", fields);
    let note = engine.note("answer", Some(evidence));
    engine.act(&[edit], note)
}

/// The id of a criterion that was named by its id, its key or its name.
pub(super) fn criterion(case: &Case, named: &str) -> Result<String, ApiError> {
    let known = &case.world.rules.criteria;
    let is_named = |key: &str, name: &str| key.eq_ignore_ascii_case(named) || name.eq_ignore_ascii_case(named);
    let found = known
        .iter()
        .find(|criterion| case.world.id(criterion.key) == named)
        .or_else(|| known.iter().find(|criterion| is_named(&criterion.default_key, &criterion.name)));
    match found {
        Some(criterion) => Ok(case.world.id(criterion.key).to_owned()),
        None => Err(ApiError::said("not_found", &NO_SUCH_RECORD.of(named).text("kind", "criterion"))),
    }
}
