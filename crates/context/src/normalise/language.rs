//! Languages (ISO 639-1) and time zones (IANA).

use super::sentences::{NOT_LANGUAGE, NOT_TIME_ZONE};
use crate::Remark;
use crate::fold;

/// Every code of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Names in English, German and their own language, and three-letter codes, folded.
const NAMES: &[(&str, &[&str])] = &[
    ("de", &["german", "deutsch", "ger", "deu"]),
    ("en", &["english", "englisch", "eng"]),
    ("fr", &["french", "franzoesisch", "francais", "français", "fra", "fre"]),
    ("it", &["italian", "italienisch", "italiano", "ita"]),
    ("es", &["spanish", "spanisch", "espanol", "español", "spa"]),
    ("pt", &["portuguese", "portugiesisch", "portugues", "português", "por"]),
    ("nl", &["dutch", "niederlaendisch", "hollaendisch", "nederlands", "nld", "dut"]),
    ("pl", &["polish", "polnisch", "polski", "pol"]),
    ("cs", &["czech", "tschechisch", "ces", "cze"]),
    ("sk", &["slovak", "slowakisch"]),
    ("hu", &["hungarian", "ungarisch"]),
    ("ro", &["romanian", "rumaenisch"]),
    ("bg", &["bulgarian", "bulgarisch"]),
    ("hr", &["croatian", "kroatisch"]),
    ("sr", &["serbian", "serbisch"]),
    ("sl", &["slovenian", "slowenisch"]),
    ("el", &["greek", "griechisch"]),
    ("tr", &["turkish", "tuerkisch"]),
    ("ru", &["russian", "russisch", "rus"]),
    ("uk", &["ukrainian", "ukrainisch"]),
    ("da", &["danish", "daenisch", "dansk"]),
    ("sv", &["swedish", "schwedisch", "svenska"]),
    ("no", &["norwegian", "norwegisch", "norsk"]),
    ("fi", &["finnish", "finnisch", "suomi"]),
    ("et", &["estonian", "estnisch"]),
    ("lv", &["latvian", "lettisch"]),
    ("lt", &["lithuanian", "litauisch"]),
    ("ar", &["arabic", "arabisch"]),
    ("he", &["hebrew", "hebraeisch"]),
    ("hi", &["hindi"]),
    ("zh", &["chinese", "chinesisch", "mandarin", "zho", "chi"]),
    ("ja", &["japanese", "japanisch", "jpn"]),
    ("ko", &["korean", "koreanisch", "kor"]),
    ("vi", &["vietnamese", "vietnamesisch"]),
    ("th", &["thai", "thailaendisch"]),
    ("id", &["indonesian", "indonesisch"]),
];

/// Reads a language to its code; `de-AT` and `en_US` lose the country.
pub(super) fn language(text: &str) -> Result<String, Remark> {
    let lower = text.to_lowercase();
    let base = lower.split(['-', '_']).next().unwrap_or(&lower);
    if base.len() == 2 && CODES.split(' ').any(|code| code == base) {
        return Ok(base.to_owned());
    }
    let folded = fold(text);
    let named = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str()));
    named.map(|(code, _)| (*code).to_owned()).ok_or_else(|| NOT_LANGUAGE.of(text))
}

/// Reads a time zone of the IANA database, in any case, with blanks for underscores.
pub(super) fn time_zone(text: &str) -> Result<String, Remark> {
    let wanted = text.replace(' ', "_");
    let found = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| name.eq_ignore_ascii_case(&wanted));
    found.map(str::to_owned).ok_or_else(|| NOT_TIME_ZONE.of(text))
}
