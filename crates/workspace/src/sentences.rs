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
    TOO_MANY_RECORDS = "too_many_records", "one action takes at most {most} records";
}
