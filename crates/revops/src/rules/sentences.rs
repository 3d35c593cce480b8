//! What is said of conditions.

tandem_context::sentences! {
    UNREADABLE = "rule_unreadable", "The rule cannot be read: {text}";
    CONDITIONS_TOO_LONG = "rule_too_long", "The rule cannot be read: it is longer than {most} characters";
    CONDITIONS_TOO_MANY = "rule_too_many", "The rule cannot be read: it has more than {most} conditions";
    CONDITION_UNKNOWN = "rule_condition_unknown", "The rule cannot be read: its condition {number} says neither which field to compare and how, nor what has happened, nor the gate";
    VALUE_MISSING = "rule_value_missing", "The rule does not say what to compare {field} with";
    VALUE_UNFIT = "rule_value_unfit", "{field} cannot be compared with “{text}”";
    SPAN_TURNED = "rule_span_turned", "The span for {field} ends before it begins";
    OP_UNFIT = "rule_op_unfit", "{field} cannot be compared in this way ({text})";
    NUMBER_OUTSIDE = "rule_number_outside", "{field} goes from {least} to {most}";
    HOURS_UNREADABLE = "rule_hours", "“{text}” are no working hours; write them like 09:00-17:00, or 09:00-12:00, 13:00-17:00, each beginning before its end";
    DAY_UNREADABLE = "rule_day", "“{text}” is no day of the week; use mon, tue, wed, thu, fri, sat, sun";
    REGION_UNKNOWN = "rule_region", "The public holidays of “{text}” are not known; DE, DE-BY, AT, CH and CH-ZH are examples of regions that are";
    ZONE_UNKNOWN = "rule_zone", "“{text}” is no time zone; write it like Europe/Berlin";
    DAYS_TURNED = "rule_days_turned", "The last day is before the first";
    AMOUNT_BELOW = "rule_amount_below", "{field} cannot be less than nothing";
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
