//! Everything that can be said about a value.

crate::sentences! {
    EMPTY = "empty", "is empty";
    TOO_LONG = "too_long", "is {length} characters long; at most {most} fit";
    TOO_MANY = "too_many_entries", "has {count} entries; at most {most} fit";
    ENTRY_LENGTH = "entry_length", "an entry has 1 to {most} characters";
    NO_WORD = "no_word", "“{text}” has no word in it";
    NOT_WHOLE = "not_a_whole_number", "“{text}” is not a whole number";
    NOT_AMOUNT = "not_an_amount", "“{text}” is not an amount";
    TOO_LARGE = "number_too_large", "“{text}” is too large";
    DECIMALS = "too_many_decimals", "“{text}” has more than two decimals";
    NOT_YES_OR_NO = "not_yes_or_no", "“{text}” is neither yes nor no";
    NOT_DATE = "not_a_date", "“{text}” is not a date";
    NOT_EMAIL = "not_an_email", "“{text}” is not an e-mail address";
    NO_EMAIL = "no_email", "“{text}” has no e-mail address in it";
    NOT_PHONE = "not_a_phone", "“{text}” is not a phone number";
    NO_PHONE = "no_phone", "“{text}” has no phone number in it";
    PHONE_LETTERS = "phone_letters", "“{text}” has letters in it; kept as written";
    PHONE_ELSEWHERE = "phone_elsewhere", "“{text}” is no number of {country}; kept as written";
    PHONE_COUNTRY = "phone_country", "“{text}” says no country; kept as written";
    NOT_DOMAIN = "not_a_domain", "“{text}” is not an internet domain";
    SHARED_SUFFIX = "shared_suffix", "“{text}” is a suffix that many share, not one domain";
    UNKNOWN_SUFFIX = "unknown_suffix", "“{text}”: nobody hands out names that end so";
    NOT_URL = "not_a_web_address", "“{text}” is not a web address";
    URL_SCHEME = "url_scheme", "“{text}”: only http and https addresses are kept";
    URL_PASSWORD = "url_password", "has a name or password in it; leave those out";
    URL_LENGTH = "url_length", "is longer than {most} characters";
    NOT_COUNTRY = "not_a_country", "“{text}” is not a country";
    COUNTRY_READ_AS = "country_read_as", "“{text}” read as {country}";
    NOT_CURRENCY = "not_a_currency", "“{text}” is not a currency; use a code such as EUR or USD";
    NOT_LANGUAGE = "not_a_language", "“{text}” is not a language; use a code such as en or de";
    NOT_TIME_ZONE = "not_a_time_zone", "“{text}” is not a time zone; use a name such as Europe/Berlin";
    OPTION_READ_AS = "option_read_as", "“{text}” read as {option}";
    UNUSUAL_OPTION = "unusual_option", "“{text}” is not one of the usual ones; kept as written";
    NO_OPTION = "no_option", "“{text}” is none of {options}";
    TAKES_ONE = "takes_one", "takes one value, not a list";
    TAKES_LIST = "takes_list", "takes a list of texts";
    TAKES_NO_OBJECT = "takes_no_object", "takes no object here";
    UNKNOWN_KIND = "unknown_kind", "there is no kind of record called “{text}”";
    UNKNOWN_FIELD = "unknown_field", "{kind} has no field called “{text}”";
    NEEDS_FIELD = "needs_field", "a new {kind} needs a {field}";
}
