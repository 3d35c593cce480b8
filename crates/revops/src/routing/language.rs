//! In which language a lead is to be spoken with.
//!
//! What is known of its people decides. Imported lists mostly say nothing of that: then it is one of the languages of the
//! account's country. That is a guess, so it bars nobody where it would bar everybody.

use crate::World;
use crate::facts::{Account, Member, Opportunity, Text};

/// What a lead's seller has to speak.
#[derive(Debug, Clone)]
pub(super) enum Spoken {
    /// The language of the lead's people.
    Known(Text),
    /// One of those of the account's country.
    Guessed(&'static [&'static str]),
}

/// The languages of countries (ISO 3166-1) by ISO 639-1: those that the Unicode CLDR's `territoryInfo` (release 45) calls
/// official or de facto official there. It differs from that in what a seller has to speak: without languages in which business
/// is hardly written (Aymara, Quechua, Irish, Maori, Swiss German, Tamazight, Yoruba), without Russian in Ukraine, where Ukrainian
/// alone is the state's language by law; with English in the Emirates, which half of the people speak, and with the
/// regional official languages of Spain and South Africa. Filipino is `tl`, as ISO 639-1 has it. A country that is not listed
/// says nothing.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("AE", &["ar", "en"]),
    ("AR", &["es"]),
    ("AT", &["de"]),
    ("AU", &["en"]),
    ("BE", &["nl", "fr", "de"]),
    ("BG", &["bg"]),
    ("BO", &["es"]),
    ("BR", &["pt"]),
    ("CA", &["en", "fr"]),
    ("CH", &["de", "fr", "it"]),
    ("CL", &["es"]),
    ("CN", &["zh"]),
    ("CO", &["es"]),
    ("CR", &["es"]),
    ("CY", &["el", "tr"]),
    ("CZ", &["cs"]),
    ("DE", &["de"]),
    ("DK", &["da"]),
    ("DO", &["es"]),
    ("DZ", &["ar", "fr"]),
    ("EC", &["es"]),
    ("EE", &["et"]),
    ("EG", &["ar"]),
    ("ES", &["es", "ca", "gl", "eu"]),
    ("FI", &["fi", "sv"]),
    ("FR", &["fr"]),
    ("GB", &["en"]),
    ("GH", &["en"]),
    ("GR", &["el"]),
    ("GT", &["es"]),
    ("HK", &["zh", "en"]),
    ("HR", &["hr"]),
    ("HU", &["hu"]),
    ("ID", &["id"]),
    ("IE", &["en"]),
    ("IL", &["he", "ar"]),
    ("IN", &["hi", "en"]),
    ("IS", &["is"]),
    ("IT", &["it"]),
    ("JO", &["ar"]),
    ("JP", &["ja"]),
    ("KE", &["en", "sw"]),
    ("KR", &["ko"]),
    ("KW", &["ar"]),
    ("LI", &["de"]),
    ("LT", &["lt"]),
    ("LU", &["fr", "de", "lb"]),
    ("LV", &["lv"]),
    ("MA", &["ar", "fr"]),
    ("MC", &["fr"]),
    ("MT", &["mt", "en"]),
    ("MX", &["es"]),
    ("MY", &["ms"]),
    ("NG", &["en"]),
    ("NL", &["nl"]),
    ("NO", &["no", "nb", "nn"]),
    ("NZ", &["en"]),
    ("PA", &["es"]),
    ("PE", &["es"]),
    ("PH", &["en", "tl"]),
    ("PK", &["ur", "en"]),
    ("PL", &["pl"]),
    ("PT", &["pt"]),
    ("PY", &["es", "gn"]),
    ("QA", &["ar"]),
    ("RO", &["ro"]),
    ("RS", &["sr"]),
    ("SA", &["ar"]),
    ("SE", &["sv"]),
    ("SG", &["en", "zh", "ms", "ta"]),
    ("SI", &["sl"]),
    ("SK", &["sk"]),
    ("TH", &["th"]),
    ("TN", &["ar", "fr"]),
    ("TR", &["tr"]),
    ("TW", &["zh"]),
    ("UA", &["uk"]),
    ("US", &["en"]),
    ("UY", &["es"]),
    ("VE", &["es"]),
    ("VN", &["vi"]),
    ("ZA", &["en", "af", "zu", "xh"]),
];

impl Spoken {
    /// The language of the lead's people where all of whom it is known speak the same; where it is known of none, those of the
    /// account's country. Where they speak several, any will do.
    pub(super) fn of(world: &World, lead: &Opportunity, account: Option<&Account>) -> Option<Self> {
        let people = lead.people.iter().filter_map(|(key, _)| world.people.get(*key));
        let mut known = people.map(|person| &person.language).filter(|language| !language.is_empty());
        let Some(first) = known.next() else { return of_country(&account?.country).map(Self::Guessed) };
        known.all(|language| language == first).then(|| Self::Known(first.clone()))
    }

    /// Whether a member speaks it; one who does not say what they speak does.
    pub(super) fn by(&self, member: &Member) -> bool {
        let speaks = |language: &str| member.facts.languages.iter().any(|one| &**one == language);
        member.facts.languages.is_empty()
            || match self {
                Self::Known(language) => speaks(language),
                Self::Guessed(languages) => languages.iter().any(|language| speaks(language)),
            }
    }

    /// The same, unless it is a guess that nobody of a pool speaks.
    pub(super) fn for_pool(self, pool: &[&Member]) -> Option<Self> {
        let is_guess = matches!(self, Self::Guessed(_));
        let is_spoken = || pool.iter().any(|member| member.facts.active && self.by(member));
        (!is_guess || is_spoken()).then_some(self)
    }
}

/// The languages of a country.
fn of_country(country: &str) -> Option<&'static [&'static str]> {
    let place = COUNTRIES.binary_search_by(|(code, _)| (*code).cmp(country)).ok()?;
    COUNTRIES.get(place).map(|(_, languages)| *languages)
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, of_country};

    #[test]
    fn countries_are_in_order_each_once() {
        assert!(COUNTRIES.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn a_country_has_the_languages_of_its_people() {
        assert_eq!(of_country("CH"), Some(["de", "fr", "it"].as_slice()));
        assert_eq!(of_country("AQ"), None);
        assert_eq!(of_country(""), None);
    }
}
