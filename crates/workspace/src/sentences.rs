//! What this crate says that is not a value's or a file's own fault; see `tandem_context::sentences`.

tandem_context::sentences! {
    NO_SUCH_RECORD = "no_such_record", "there is no {kind} “{text}”";
    UNKNOWN_ID = "unknown_id", "there is no record {text}";
    UNKNOWN_CHANGE = "unknown_change", "there is no change {text}";
    AMBIGUOUS_ID = "ambiguous_id", "{text} could be any of {candidates}; give more of the id";
    FIELD_EXISTS = "field_exists", "{kind} has a field “{text}” already";
    FIELD_WAS_REMOVED = "field_was_removed", "{kind} had a field “{text}”, which was removed; bring it back instead";
    NOT_A_FIELD_TYPE = "not_a_field_type", "there is no type of field called “{text}”";
    TOO_MANY_FIELDS = "too_many_fields", "a {kind} has at most {most} fields of your own";
    CHECKPOINT_DAMAGED = "checkpoint_damaged", "Part of the workspace's file was damaged. It was restored from the log of changes; nothing is lost.";
    CHANGES_MENDED = "changes_mended", "Part of the workspace's file was damaged. Changes restored from another place in the file: {restored}. Nothing is lost.";
    CHANGES_DAMAGED = "changes_damaged", "Part of the workspace's file was damaged. Changes restored: {restored}; set aside and asked for at the relay: {asked}. Until those come, what they wrote is missing.";
    CHANGES_LOST = "changes_lost", "Part of the workspace's file was damaged. Changes restored: {restored}; asked for at the relay: {asked}; lost, because they had not been sent to anybody yet: {lost}.";
    FILE_RESTORED = "file_restored", "This workspace's file is an older copy of itself, restored from a backup perhaps. It fetches what it lacks; what was written here since is kept and sent.";
    TOO_MANY_RECORDS = "too_many_records", "one action takes at most {most} records";
    NOT_A_DAY = "not_a_day", "“{text}” is not a day; write it like 2027-03-31";
    PERIOD_TURNED = "period_turned", "the period begins on {day}, after it ends on {until}";
    NOT_A_VERDICT = "not_a_verdict", "“{text}” is no answer; yes, no and unknown are";
    EVIDENCE_NEEDED = "evidence_needed", "say in a few words how that is known";
    STEP_NEEDED = "step_needed", "say what is to be done";
    ALREADY_SALES = "already_sales", "sales has “{text}” already";
    GATE_HOLDS = "gate_holds", "“{text}” does not pass the gate (score {score}): {missing}. Offer it anyway with a reason; that is counted.";
    NOBODY_TO_OFFER = "nobody_to_offer", "nobody may get “{text}”: look at the routing, and who is active, present and has room";
    OFFERED_ALREADY = "offered_already", "“{text}” is offered to {member} already";
    OFFERED_TO_INACTIVE = "offered_to_inactive", "{member} is no longer active, so nothing can be offered to them";
    OFFERED_OUTSIDE = "offered_outside", "{member} is neither in sales nor in the pool that “{text}” is routed to";
    NOT_OFFERED = "not_offered", "“{text}” is not offered to anybody";
    NOT_OFFERED_TO_YOU = "not_offered_to_you", "“{text}” is offered to {member}; it can be claimed instead";
    NOT_YOURS_TO_RETURN = "not_yours_to_return", "“{text}” is neither offered to you nor your deal, so you cannot give it back";
    OWNED_ALREADY = "owned_already", "“{text}” is yours already";
    RULE_VIOLATED = "rule_violated", "“{text}” cannot move to {stage} yet: {why}. Move it anyway with a reason; that is counted.";
    NEW_HELD_BACK = "new_held_back", "“{text}” cannot begin in {stage}: {why}. Create it anyway with a reason; that is counted.";
    RULES_VIOLATED = "rules_violated", "rules hold {count} of these back. Move them anyway with a reason; that is counted.";
    NOT_WON = "not_won", "“{text}” is not won, or its onboarding has begun";
    UNDONE_ALREADY = "undone_already", "this change has been undone already";
    ONLY_BY_OFFERING = "only_by_offering", "an offer is made by offering the lead, so that the gate is asked";
    ONLY_BY_DOING = "only_by_doing", "{kind} is written by what is done (offering, answering and the like), and stays as it was written";
    RENEWAL_EXISTS = "renewal_exists", "the renewal “{text}” is under way already";
    STAGE_FIXED = "stage_fixed", "the process relies on the stage {stage}: it can be renamed, but not set aside or moved to another phase";
    STAGE_SET_ASIDE = "stage_set_aside", "the stage {stage} was set aside; nothing can come there any more";
    UNKNOWN_NUMBER = "unknown_number", "there is no number called “{text}”";
}

/// Every sentence that can be said of a workspace, whichever crate says it.
pub(crate) fn all() -> Vec<tandem_context::Sentence> {
    let revops = tandem_revops::sentences::all();
    [tandem_context::sentences::SENTENCES, tandem_import::sentences::SENTENCES, SENTENCES, &revops].concat()
}
