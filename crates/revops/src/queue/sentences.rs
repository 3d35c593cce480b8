//! Why something stands in a queue.

tandem_context::sentences! {
    TWO_CLAIMS = "today_two_claims", "{members} took it without knowing of each other";
    OFFERED = "today_offered", "{member} offers it to you";
    TOUCH = "today_touch", "Nobody in sales has been in touch since the handover";
    STEP = "today_step", "{text}";
    NO_STEP = "today_no_step", "It has no next step with a day";
    PASSES = "today_passes", "It passes the gate with {score}: sales can have it";
    ASK = "today_ask", "Score {score}; ask: {question}";
    UNANSWERED = "today_unanswered", "{member} has not answered the offer in time";
    OFFERED_TO_GONE = "today_offered_to_gone", "Offered to {member}, who is no longer active";
    NEXT_REP = "today_next_rep", "Next in line: {member}";
    NO_NEXT_REP = "today_no_next_rep", "The routing has nobody else for it";
    GIVEN_BACK = "today_given_back", "{member} gave it back: {text}";
    BACK = "today_back", "Back from nurture";
    RESTS = "today_rests", "It rests in {stage} for too long";
    UNOWNED = "today_unowned", "Nobody has it";
    TO_ONBOARD = "today_to_onboard", "Won: the onboarding has not begun";
    TO_RENEW = "today_to_renew", "The contract ends on {day}";
    RENEWAL_LOST = "today_renewal_lost", "The renewal is lost and the contract ends on {day}: mark the customer as churned, or begin the renewal again";
    TASK_DUE = "today_task", "For {opportunity}";
    TASK_ALONE = "today_task_alone", "Belongs to no opportunity";
    PAUSED = "today_paused", "Sales works on this account: nurture rests";
    LOOKED_AFTER = "today_later", "Nothing to do today";
}
