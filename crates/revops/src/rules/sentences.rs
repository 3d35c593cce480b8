//! What is said of conditions.

tandem_context::sentences! {
    UNREADABLE = "rule_unreadable", "The rule cannot be read: {text}";
    TOO_MANY_CONDITIONS = "rule_too_many", "A rule takes at most {most} conditions";
    CONDITION_WITHOUT_VALUE = "rule_no_value", "The condition on “{text}” does not say with what to compare";
    CONDITION_WITHOUT_SPAN = "rule_no_span", "The condition on “{text}” needs two ends, the smaller one first";
    CONDITION_WITHOUT_ACTIVITY = "rule_no_activity", "A condition does not say which activities count";
    NO_SUCH_FIELD = "rule_no_field", "The rule asks for “{text}”, which is no field";
    FIELD_EMPTY = "rule_field_empty", "{field} is empty";
    FIELD_UNKNOWN = "rule_field_unknown", "{field} is not known";
    FIELD_IS = "rule_field_is", "{field} is {option}";
    GATE_PASSED = "rule_gate_passed", "The lead passes the gate";
    GATE_NOT_PASSED = "rule_gate_not_passed", "The lead does not pass the gate";
    HAPPENED = "rule_happened", "{options}: {count}";
    HAPPENED_WITHIN = "rule_happened_within", "{options} within {days} days: {count}";
    HAPPENED_IN = "rule_happened_in", "{options} from them: {count}";
    HAPPENED_IN_WITHIN = "rule_happened_in_within", "{options} from them within {days} days: {count}";
    HAPPENED_OUT = "rule_happened_out", "{options} by us: {count}";
    HAPPENED_OUT_WITHIN = "rule_happened_out_within", "{options} by us within {days} days: {count}";
}
