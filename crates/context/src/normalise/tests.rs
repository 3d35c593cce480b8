#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::Schema;
use crate::schema::{Choice, Opt};

const US: Conventions = Conventions { date_order: DateOrder::MonthDayYear, decimal: '.', country: Some(*b"US") };
const DE: Conventions = Conventions { date_order: DateOrder::DayMonthYear, decimal: ',', country: Some(*b"DE") };

fn field(ty: FieldType) -> Field {
    let mut field = Schema::standard().field("account", "name").unwrap().clone();
    field.ty = ty;
    field
}

/// What a text becomes, as one line: the value, ` (note)`, or `! reason`.
fn said(ty: FieldType, text: &str, conventions: &Conventions) -> String {
    match normalise(&field(ty.clone()), text, conventions) {
        Ok(made) => {
            let value = match made.value {
                Value::Text(text) => text,
                Value::Integer(n) => n.to_string(),
                Value::Boolean(yes) => yes.to_string(),
                Value::Set(set) => set.into_keys().collect::<Vec<_>>().join(" | "),
            };
            made.note.map_or(value.clone(), |note| format!("{value} ({note})"))
        }
        Err(error) => format!("! {}", error.reason),
    }
}

fn check(ty: FieldType, conventions: &Conventions, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(said(ty.clone(), text, conventions), *expected, "{} from “{text}”", ty.name());
    }
}

#[test]
fn emails_are_kept_in_lower_case_without_wrapping() {
    check(
        FieldType::Email,
        &Conventions::ISO,
        &[
            (" Shelley_Kerluke47@Hotmail.com ", "shelley_kerluke47@hotmail.com"),
            ("mailto:Ann@Acme.example?subject=Hi", "ann@acme.example"),
            ("Ann Lee <ann.lee@acme.example>", "ann.lee@acme.example"),
            ("ann@müller.de", "ann@müller.de"),
            ("ann@xn--mller-kva.de", "ann@müller.de"),
            ("o'hara+crm@acme.co.uk", "o'hara+crm@acme.co.uk"),
            ("ann@acme", "! “ann@acme” is not an e-mail address"),
            ("x@", "! “x@” is not an e-mail address"),
            ("ann lee@acme.example", "! “ann lee@acme.example” is not an e-mail address"),
            ("no mail", "! “no mail” is not an e-mail address"),
        ],
    );
    check(
        FieldType::Emails,
        &Conventions::ISO,
        &[
            (
                "A@b.example; c@d.example, e@f.example g@h.example",
                "a@b.example | c@d.example | e@f.example | g@h.example",
            ),
            ("a@b.example; nonsense", "! “nonsense” is not an e-mail address"),
        ],
    );
}

#[test]
fn phone_numbers_become_e164_where_the_country_is_known() {
    check(
        FieldType::Phone,
        &Conventions::ISO,
        &[
            ("1-955-371-0847 x371", "+19553710847;ext=371"),
            ("+49 (0)30 901820", "+4930901820"),
            ("0049 30 901820", "+4930901820"),
            ("+49 30 901820 Durchwahl 12", "+4930901820;ext=12"),
            ("tel:+41-44-668-1800", "+41446681800"),
            ("+1-955-371-0847;ext=371", "+19553710847;ext=371"),
            ("(415) 293-3313", "(415) 293-3313 (“(415) 293-3313” says no country; kept as written)"),
            ("1-800-FLOWERS", "1-800-FLOWERS (“1-800-FLOWERS” has letters in it; kept as written)"),
            ("hello", "! “hello” is not a phone number"),
            ("12", "! “12” is not a phone number"),
        ],
    );
    check(FieldType::Phone, &US, &[("(415) 293-3313", "+14152933313")]);
    check(FieldType::Phone, &DE, &[("030 / 90 18 20", "+4930901820")]);
    check(
        FieldType::Phones,
        &DE,
        &[
            ("+4930901820;ext=12;+41446681800", "+41446681800 | +4930901820;ext=12"),
            ("030 901820, +41 44 668 18 00", "+41446681800 | +4930901820"),
        ],
    );
}

#[test]
fn domains_and_web_addresses() {
    check(
        FieldType::Domain,
        &Conventions::ISO,
        &[
            ("https://www.Acme.com/de?x=1", "acme.com"),
            ("ann@acme.co.uk", "acme.co.uk"),
            ("www.müller.de", "müller.de"),
            ("acme.com:8080", "acme.com"),
            ("acme.example", "acme.example"),
            ("acme.con", "acme.con (“acme.con”: nobody hands out names that end so)"),
            ("co.uk", "! “co.uk” is a suffix that many share, not one domain"),
            ("127.0.0.1", "! “127.0.0.1” is not an internet domain"),
            ("acme", "! “acme” is not an internet domain"),
        ],
    );
    check(
        FieldType::Url,
        &Conventions::ISO,
        &[
            ("Acme.com", "https://acme.com"),
            ("http://acme.com/a b", "http://acme.com/a%20b"),
            ("acme.com:8080/x", "https://acme.com:8080/x"),
            ("javascript:alert(1)", "! “javascript:alert(1)”: only http and https addresses are kept"),
            ("ftp://acme.com", "! “ftp://acme.com”: only http and https addresses are kept"),
            ("http://ann:secret@acme.com", "! has a name or password in it; leave those out"),
            ("nonsense", "! “nonsense” is not a web address"),
        ],
    );
}

#[test]
fn countries_by_code_and_by_name_in_two_languages() {
    let cases = [
        ("United States", "US"),
        ("USA", "US"),
        ("us", "US"),
        ("UK", "GB"),
        ("Korea", "KR"),
        ("Deutschland", "DE"),
        ("Schweiz", "CH"),
        ("Österreich", "AT"),
        ("Oesterreich", "AT"),
        ("Germany", "DE"),
        ("Italy", "IT"),
        ("Brazil", "BR"),
        ("Belgium", "BE"),
        ("Jordan", "JO"),
        ("Japan", "JP"),
        ("Philipines", "PH (“Philipines” read as PH)"),
        ("Panama", "PA"),
        ("Norway", "NO"),
        ("Kenya", "KE"),
        ("Poland", "PL"),
        ("Romania", "RO"),
        ("China", "CN"),
        ("Cote d'Ivoire", "CI"),
        ("The Netherlands", "NL"),
        ("Russia", "RU"),
        ("Atlantis", "! “Atlantis” is not a country"),
        ("Niger", "NE"),
        ("Congo", "CG"),
        ("DEU", "DE"),
        ("Czech Republic", "CZ"),
        ("Frankreich", "FR"),
    ];
    check(FieldType::Country, &Conventions::ISO, &cases);
}

#[test]
fn every_country_name_means_a_country_that_exists() {
    for (code, name) in country_names::GERMAN.iter().chain(country_names::OTHER) {
        assert!(celes::Country::from_alpha2(code).is_ok(), "{code} ({name}) is no country");
        assert_eq!(said(FieldType::Country, name, &Conventions::ISO), *code, "“{name}”");
    }
}

#[test]
fn currencies_by_code_sign_and_name() {
    check(
        FieldType::Currency,
        &Conventions::ISO,
        &[
            ("eur", "EUR"),
            ("€", "EUR"),
            ("$", "USD"),
            ("Fr.", "CHF"),
            ("CHF", "CHF"),
            ("£", "GBP"),
            ("Euro", "EUR"),
            ("XQX", "! “XQX” is not a currency; use a code such as EUR or USD"),
        ],
    );
}

#[test]
fn days_as_people_write_them() {
    check(
        FieldType::Date,
        &US,
        &[
            ("10/20/2016", "2016-10-20"),
            ("3/1/2017", "2017-03-01"),
            ("2017-03-01", "2017-03-01"),
            ("1.3.2017", "2017-03-01"),
            ("3/1/17", "2017-03-01"),
            ("March 1, 2017", "2017-03-01"),
            ("1st Mar 2017", "2017-03-01"),
            ("20170301", "2017-03-01"),
            ("13/13/2017", "! “13/13/2017” is not a date"),
            ("2024-08-13T18:04:34.666+00:00", "2024-08-13"),
            ("Wed, 1 Mar 2017", "2017-03-01"),
        ],
    );
    check(
        FieldType::Date,
        &DE,
        &[
            ("3/1/2017", "2017-01-03"),
            ("31.03.27", "2027-03-31"),
            ("31. März 2027", "2027-03-31"),
            ("1. Okt. 2027", "2027-10-01"),
            ("29.02.2027", "! “29.02.2027” is not a date"),
            ("31.02.2027", "! “31.02.2027” is not a date"),
            ("2027/3/1", "2027-03-01"),
            ("soon", "! “soon” is not a date"),
            ("01.01.0217", "! “01.01.0217” is not a date"),
        ],
    );
    check(
        FieldType::Date,
        &Conventions::ISO,
        &[("13/2/2027", "2027-02-13"), ("1/2/2027", "! “1/2/2027” is not a date")],
    );
}

#[test]
fn moments_come_out_in_utc() {
    check(
        FieldType::Instant,
        &DE,
        &[
            ("2024-08-13T18:04:34.666+00:00", "2024-08-13T18:04:34.666Z"),
            ("2024-08-14T11:37:45.65+00:00", "2024-08-14T11:37:45.650Z"),
            ("2024-08-13 18:04:34", "2024-08-13T18:04:34Z"),
            ("2024-08-13T18:04+02:00", "2024-08-13T16:04:00Z"),
            ("13.08.2024 18:04", "2024-08-13T18:04:00Z"),
            ("13.08.2024, 18:04 Uhr", "2024-08-13T18:04:00Z"),
            ("13 August 2024 6:04 pm", "2024-08-13T18:04:00Z"),
            ("2024-08-13", "2024-08-13T00:00:00Z"),
            ("1723572274666", "2024-08-13T18:04:34.666Z"),
            ("2024-08-13 25:00", "! “2024-08-13 25:00” is not a date"),
        ],
    );
}

#[test]
fn numbers_in_the_notations_of_several_countries() {
    check(
        FieldType::Money,
        &US,
        &[
            ("1,234.50", "123450"),
            ("1.234,50", "123450"),
            ("1'234.50", "123450"),
            ("1 234,50", "123450"),
            ("1\u{a0}234,50 €", "123450"),
            ("$1,234", "123400"),
            ("(1,234.50)", "-123450"),
            ("-5", "-500"),
            ("5-", "-500"),
            ("CHF 12.-", "1200"),
            ("1.2M", "120000000"),
            ("5k", "500000"),
            ("3 Mio. EUR", "300000000"),
            ("1100.04", "110004"),
            (".5", "50"),
            ("1,5", "150"),
            ("USD -3", "-300"),
            ("1.234.567", "123456700"),
            ("12,34,567", "123456700"),
            ("1.005", "! “1.005” has more than two decimals"),
            ("abc", "! “abc” is not an amount"),
            ("90071992547409.92", "! “90071992547409.92” is too large"),
            ("90071992547409.91", "9007199254740991"),
            ("1,2,3", "! “1,2,3” is not an amount"),
            ("--5", "! “--5” is not an amount"),
            ("$", "! “$” is not an amount"),
        ],
    );
    check(
        FieldType::Money,
        &DE,
        &[("1.234", "123400"), ("1.234,5", "123450"), ("1,234", "! “1,234” has more than two decimals")],
    );
    check(
        FieldType::Integer,
        &US,
        &[
            ("2,822", "2822"),
            ("1'000", "1000"),
            ("1.5", "! “1.5” is not a whole number"),
            ("10k", "10000"),
            ("7.0", "7"),
            ("12 people", "! “12 people” is not a whole number"),
        ],
    );
}

#[test]
fn yes_and_no_languages_and_zones() {
    check(
        FieldType::Boolean,
        &DE,
        &[
            ("Ja", "true"),
            ("x", "true"),
            ("FALSE", "false"),
            ("0", "false"),
            ("maybe", "! “maybe” is neither yes nor no"),
        ],
    );
    check(
        FieldType::Language,
        &DE,
        &[
            ("Deutsch", "de"),
            ("en_US", "en"),
            ("de-AT", "de"),
            ("xx", "! “xx” is not a language; use a code such as en or de"),
        ],
    );
    check(
        FieldType::TimeZone,
        &DE,
        &[
            ("europe/berlin", "Europe/Berlin"),
            ("America/New York", "America/New_York"),
            ("Mars", "! “Mars” is not a time zone; use a name such as Europe/Berlin"),
        ],
    );
}

#[test]
fn choices_by_name_alias_and_slip_of_the_pen() {
    let schema = Schema::standard();
    let industry = schema.field("account", "industry").unwrap().ty.clone();
    check(
        industry,
        &Conventions::ISO,
        &[
            ("technolgy", "technology (“technolgy” read as technology)"),
            ("Real Estate", "real_estate"),
            ("Maschinenbau", "manufacturing"),
            ("Space Mining", "Space Mining (“Space Mining” is not one of the usual ones; kept as written)"),
        ],
    );
    let stage = schema.field("opportunity", "stage").unwrap().ty.clone();
    check(
        stage.clone(),
        &Conventions::ISO,
        &[("Closed Won", "won"), ("Engaging", "discovery"), ("Prospecting", "accepted"), ("Gewonnen", "won")],
    );
    assert!(said(stage, "Nirvana", &Conventions::ISO).starts_with("! “Nirvana” is none of new, engaged"));
}

#[test]
fn lines_prose_and_tags_keep_what_can_be_seen() {
    check(
        FieldType::Line,
        &Conventions::ISO,
        &[
            ("  Ann\r\n\tLee\u{0}\u{feff} ", "Ann Lee"),
            ("Mu\u{308}ller", "Müller"),
            ("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")"),
            (" \u{200b} ", "! is empty"),
        ],
    );
    assert_eq!(
        said(FieldType::Line, &"ü".repeat(1_001), &Conventions::ISO),
        "! is 1001 characters long; at most 1000 fit"
    );
    check(FieldType::Prose, &Conventions::ISO, &[("a\r\nb\u{7}\rc", "a\nb\nc")]);
    check(
        FieldType::Tags,
        &Conventions::ISO,
        &[("vip; football-fan,VIP | x", "football-fan | vip | x"), ("a\u{37e}b", "a | b")],
    );
}

/// How a value is typed again under conventions that write a decimal point.
fn written(ty: &FieldType, value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::Integer(n) if *ty == FieldType::Money => {
            vec![format!("{}{}.{:02}", if *n < 0 { "-" } else { "" }, n.unsigned_abs() / 100, n.unsigned_abs() % 100)]
        }
        Value::Integer(n) => vec![n.to_string()],
        Value::Boolean(yes) => vec![yes.to_string()],
        Value::Set(set) if matches!(ty, FieldType::Roles(_)) => set.keys().cloned().collect(),
        Value::Set(set) => vec![set.keys().cloned().collect::<Vec<_>>().join(";")],
    }
}

fn types() -> Vec<FieldType> {
    let option = |name: &str| Opt::new(name, &[]);
    let options = vec![option("In Contract"), option("marketing"), option("cold")];
    let mut types: Vec<FieldType> =
        Schema::standard().kinds().iter().flat_map(|kind| kind.fields.iter().map(|f| f.ty.clone())).collect();
    types.push(FieldType::Choice(Choice { options: options.clone(), open: false }));
    types.push(FieldType::Choice(Choice { options, open: true }));
    types.dedup();
    types
}

/// Texts near what each type takes, and any text at all.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[+0(]{0,2}[0-9() ./-]{3,18}(x[0-9]{1,4}|;ext=[0-9]{1,4})?",
        "(\\+(1|49|41|43|33|39|44|7|380|54))?[0-9]{5,13}",
        "[a-zA-Z0-9.'+-]{1,9}@(www\\.)?[a-zäöß0-9-]{1,9}\\.(de|com|co\\.uk)",
        "(https?://)?(www\\.){0,2}[a-zA-Zü0-9.-]{1,12}\\.(com|de|x)(:[0-9]{2})?(/[a-z ?=#%&]{0,9})?",
        "[0-9]{1,4}[./ -][0-9a-zA-Z]{1,3}[./ -][0-9]{2,4}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,4})?)?( ?[aApP]m|Z|\\+0[0-9]:?00)?)?",
        "[-(]?(€|EUR |\\$)?[0-9.,' ]{1,14}( ?€|k|M)?[)-]?",
        "[a-zA-Z ,;|äöü'-]{1,14}",
        prop::sample::select(vec![
            "technolgy",
            "Real Estate",
            "won",
            "in contract",
            "Deutschland",
            "Korea",
            "en-US",
            "Europe/Berlin",
            "ja",
            "€",
            "cold;warm|x"
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_kept_as_it_is_the_next_time(text in texts(), order in 0..3_usize, comma in any::<bool>(), country in prop::option::of(prop::sample::select(vec![*b"DE", *b"US", *b"IT"]))) {
        let date_order = [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay][order];
        let conventions = Conventions { date_order, decimal: if comma { ',' } else { '.' }, country };
        for ty in types() {
            let field = field(ty.clone());
            let Ok(first) = normalise(&field, &text, &conventions) else { continue };
            let again = Conventions { decimal: '.', ..conventions };
            for written in written(&ty, &first.value) {
                let second = normalise(&field, &written, &again);
                prop_assert!(second.is_ok(), "{}: {:?} → {:?} → {:?}", ty.name(), text, written, second);
                prop_assert_eq!(&second.unwrap().value, &first.value, "{}: {:?} → {:?}", ty.name(), text, written);
            }
        }
    }
}
