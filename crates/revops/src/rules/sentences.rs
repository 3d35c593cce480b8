//! What is said of conditions.

tandem_context::sentences! {
    UNREADABLE = "rule_unreadable", "The rule cannot be read: {text}";
    NO_SUCH_FIELD = "rule_no_field", "The rule asks for “{text}”, which is no field";
    FIELD_EMPTY = "rule_field_empty", "{field} is empty";
    FIELD_UNKNOWN = "rule_field_unknown", "{field} is not known";
    FIELD_IS = "rule_field_is", "{field} is {option}";
    FIELD_UNFIT = "rule_field_unfit", "{field} is {option}, which the rule cannot compare";
    GATE_IN_GATE = "rule_gate_in_gate", "The gate cannot ask for itself";
    GATE_PASSED = "rule_gate_passed", "The lead passes the gate";
    GATE_NOT_PASSED = "rule_gate_not_passed", "The lead does not pass the gate";
    HAPPENED = "rule_happened", "{options}: {count}";
    HAPPENED_WITHIN = "rule_happened_within", "{options} within {days} days: {count}";
    HAPPENED_IN = "rule_happened_in", "{options} from them: {count}";
    HAPPENED_IN_WITHIN = "rule_happened_in_within", "{options} from them within {days} days: {count}";
    HAPPENED_OUT = "rule_happened_out", "{options} by us: {count}";
    HAPPENED_OUT_WITHIN = "rule_happened_out_within", "{options} by us within {days} days: {count}";
}
