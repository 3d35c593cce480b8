//! What passes between the teams, written as the commands write it: the lead's fields and the record of the decision in one
//! change (see `commands/journey`).

use tandem_context::{Edit, Value};

use super::journey::Step;
use super::opportunities::{Standing, Told, marketer};
use super::records::set;
use super::story::{Deed, Judged, NOW, Teller, Values, wrong};
use crate::api::ApiError;

/// Offers a lead to a rep; with a reason, although the gate holds it back.
pub(super) fn offer(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    step: &Step,
    deed: &mut Deed,
    standing: &mut Standing,
) -> Result<(), ApiError> {
    let rep = step.to.ok_or_else(|| wrong("opportunity", told.key, "is offered to nobody"))?;
    let member = Value::Text(teller.id("member", rep)?);
    let passes = deed.reason.is_none();
    if let Some(why) = deed.reason {
        let overridden = Value::set(["gate"]);
        let decided = [("stage", Value::text("qualified")), ("rules", overridden), ("evidence", Value::text(why))];
        deed.edits.push(decision(teller, told, deed, "override", decided)?);
    }
    deed.edits.push(decision(teller, told, deed, "offer", [("member", member.clone())])?);
    if standing.stage != "qualified" {
        deed.edits.push(write(told, "stage", Value::text("qualified")));
    }
    deed.edits.push(write(told, "offered_to", member));
    deed.edits.push(write(told, "offered_at", Value::text(NOW)));
    deed.action = "offer";
    deed.judged = Some(Judged { lead: told.id.clone(), passes });
    standing.stage = "qualified";
    (standing.offered_by, standing.offered_to) = (Some(deed.by), Some(rep));
    Ok(())
}

/// Takes a lead that was offered.
pub(super) fn accept(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    deed: &mut Deed,
    standing: &mut Standing,
) -> Result<(), ApiError> {
    if standing.offered_to != Some(deed.by) {
        return Err(wrong("opportunity", told.key, "is accepted by somebody to whom it was not offered"));
    }
    deed.edits.push(decision(teller, told, deed, "accept", said(teller, deed)?)?);
    deed.edits.extend(taken(teller, told, deed.by)?);
    deed.action = "accept";
    (standing.stage, standing.offered_to) = ("accepted", None);
    Ok(())
}

/// Takes an offer back.
pub(super) fn withdraw(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    deed: &mut Deed,
    standing: &mut Standing,
) -> Result<(), ApiError> {
    let rep = standing.offered_to.take();
    let rep = rep.ok_or_else(|| wrong("opportunity", told.key, "is offered to nobody and yet withdrawn"))?;
    let mut decided = said(teller, deed)?;
    decided.insert("member".to_owned(), Value::Text(teller.id("member", rep)?));
    deed.edits.push(decision(teller, told, deed, "withdraw", decided)?);
    deed.edits.extend(offer_cleared(told));
    deed.action = "withdraw";
    Ok(())
}

/// Takes a lead that was offered to nobody, or to another: it comes to sales where it passes the gate, and stays where it stands
/// where it does not.
pub(super) fn claim(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    deed: &mut Deed,
    (standing, passes): (&mut Standing, bool),
) -> Result<(), ApiError> {
    deed.edits.push(decision(teller, told, deed, "claim", said(teller, deed)?)?);
    deed.action = "claim";
    // Who claims without knowledge of another sees the lead as it was before.
    deed.judged = (!deed.apart).then(|| Judged { lead: told.id.clone(), passes });
    if passes {
        deed.edits.extend(taken(teller, told, deed.by)?);
        standing.stage = "accepted";
    } else {
        deed.edits.push(write(told, "owner", Value::Text(teller.id("member", deed.by)?)));
        deed.edits.extend(offer_cleared(told));
    }
    standing.offered_to = None;
    Ok(())
}

/// Gives a lead back to marketing, whose answer to the contradicted question is no from then on. With a day it rests until then.
pub(super) fn give_back(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    step: &Step,
    deed: &mut Deed,
    standing: &mut Standing,
) -> Result<(), ApiError> {
    let because = step.because.ok_or_else(|| wrong("opportunity", told.key, "is given back without a reason"))?;
    let evidence = deed.reason.ok_or_else(|| wrong("opportunity", told.key, "is given back without evidence"))?;
    let mut decided = said(teller, deed)?;
    decided.insert("reason".to_owned(), Value::Text(teller.id("reason", because)?));
    if let Some(criterion) = contradicted(because) {
        decided.insert("criterion".to_owned(), Value::Text(teller.id("criterion", criterion)?));
    }
    deed.edits.push(decision(teller, told, deed, "return", decided)?);
    if let Some(criterion) = contradicted(because) {
        deed.edits.push(answer(teller, (&told.id, deed), (criterion, "no"), evidence)?);
    }
    let rest = told.said(teller, &["return_on"])?;
    standing.stage = if rest.is_empty() { "engaged" } else { "nurture" };
    deed.edits.push(write(told, "stage", Value::text(standing.stage)));
    if let Some(day) = rest.get("return_on") {
        deed.edits.push(write(told, "return_on", day.clone()));
        deed.edits.push(write(told, "exit_reason", Value::text("timing")));
    }
    let marketer = standing.offered_by.unwrap_or_else(|| marketer(told.row));
    deed.edits.push(write(told, "owner", Value::Text(teller.id("member", marketer)?)));
    if standing.offered_to.take().is_some() {
        deed.edits.extend(offer_cleared(told));
    }
    deed.action = "return";
    Ok(())
}

/// An answer to one of the gate's questions.
pub(super) fn answer(
    teller: &mut Teller<'_>,
    (lead, deed): (&str, &Deed),
    (criterion, verdict): (&str, &str),
    evidence: &str,
) -> Result<Edit, ApiError> {
    let values = [
        ("opportunity", Value::text(lead)),
        ("criterion", Value::Text(teller.id("criterion", criterion)?)),
        ("verdict", Value::text(verdict)),
        ("evidence", Value::text(evidence)),
        ("at", Value::text(NOW)),
        ("owner", Value::Text(teller.id("member", deed.by)?)),
    ];
    Ok(unnamed(teller, "answer", deed.days, values))
}

/// The criterion that a reason contradicts, as the rules every workspace begins with have it.
fn contradicted(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "no_need" => "need_confirmed",
        "no_budget" => "budget_known",
        "not_the_decider" => "decider_known",
        "wrong_time" => "timing_known",
        "does_not_fit" => "company_fits",
        "no_interest" => "showed_interest",
        _ => return None,
    })
}

/// Whoever does it says so, and why where there is a reason.
fn said(teller: &Teller<'_>, deed: &Deed) -> Result<Values, ApiError> {
    let mut values = Values::from([("member".to_owned(), Value::Text(teller.id("member", deed.by)?))]);
    values.extend(deed.reason.map(|reason| ("evidence".to_owned(), Value::text(reason))));
    Ok(values)
}

fn decision<K: Into<String>>(
    teller: &mut Teller<'_>,
    told: &Told<'_>,
    deed: &Deed,
    kind: &str,
    decided: impl IntoIterator<Item = (K, Value)>,
) -> Result<Edit, ApiError> {
    let always = [
        ("type", Value::text(kind)),
        ("opportunity", Value::text(&told.id)),
        ("at", Value::text(NOW)),
        ("owner", Value::Text(teller.id("member", deed.by)?)),
    ];
    let always = always.into_iter().map(|(field, value)| (field.to_owned(), value));
    let decided = decided.into_iter().map(|(field, value)| (field.into(), value));
    Ok(unnamed(teller, "decision", deed.days, always.chain(decided)))
}

/// A record that nothing points to.
fn unnamed<K: Into<String>>(
    teller: &mut Teller<'_>,
    kind: &str,
    days: i64,
    values: impl IntoIterator<Item = (K, Value)>,
) -> Edit {
    let values = values.into_iter().map(|(field, value)| (field.into(), value)).collect();
    Edit::Create { kind: kind.to_owned(), id: teller.new_id(days), values }
}

/// The lead is a rep's and in sales' first stage.
fn taken(teller: &Teller<'_>, told: &Told<'_>, rep: &'static str) -> Result<Vec<Edit>, ApiError> {
    let owner = write(told, "owner", Value::Text(teller.id("member", rep)?));
    let mut edits = vec![owner, write(told, "stage", Value::text("accepted"))];
    edits.extend(offer_cleared(told));
    Ok(edits)
}

fn offer_cleared(told: &Told<'_>) -> [Edit; 2] {
    ["offered_to", "offered_at"].map(|field| set("opportunity", &told.id, field, None))
}

fn write(told: &Told<'_>, field: &str, value: Value) -> Edit {
    set("opportunity", &told.id, field, Some(value))
}
