//! What routing says.

tandem_context::sentences! {
    OWNS_ACCOUNT = "route_owns_account", "Has {account} already";
    RECORD = "route_record", "Won {won} of {closed} decided; on similar customers {rate}%, the team's {team}% mixed in";
    NO_RECORD = "route_no_record", "Nothing decided yet: counts like the team, {team}%";
    ROOM = "route_room", "Room for {count} more";
    ROOM_UNLIMITED = "route_room_unlimited", "Works on {count} now";
    INACTIVE = "route_inactive", "Is not active";
    ABSENT = "route_absent", "Is absent until {day}";
    LANGUAGE = "route_language", "Does not speak {language}";
    LANGUAGE_OF_COUNTRY = "route_language_of_country", "Does not speak {language}, going by the account's country {country}";
    TERRITORY = "route_territory", "Does not cover {country}";
    FULL = "route_full", "Works on {count} already; takes {most}";
    RETURNED_IT = "route_returned_it", "Gave this lead back";
    LET_IT_LIE = "route_let_it_lie", "Was offered it and did not answer in time";
}
