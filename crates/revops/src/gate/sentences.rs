//! What the gate says.

tandem_context::sentences! {
    SCORE_BELOW = "gate_score_below", "The score is {score}; {least} is needed";
    CONFIDENCE_BELOW = "gate_confidence_below", "Only {confidence}% is known; {least}% is needed";
    REQUIRED_IS_NO = "gate_required_no", "{criterion}: no, and it is required";
    REQUIRED_UNKNOWN = "gate_required_unknown", "{criterion}: not known, and it is required";
    IS_NO = "gate_no", "{criterion}: no";
    IS_UNKNOWN = "gate_unknown", "{criterion}: not known";
    NOBODY_ANSWERED = "gate_nobody_answered", "Nobody has asked yet";
    ANSWER_STALE = "gate_answer_stale", "The answer is {days} days old; it counts for {most}";
    NOT_PASSED = "gate_not_passed", "The lead does not pass the gate: score {score}, {confidence}% known";
    EXIT_WITHOUT_REASON = "gate_exit_without_reason", "Leaving the process needs a reason";
    NURTURE_WITHOUT_DAY = "gate_nurture_without_day", "Nurture needs the day on which it comes back";
    NURTURE_DAY_PAST = "gate_nurture_day_past", "The day on which it comes back must lie ahead";
}
