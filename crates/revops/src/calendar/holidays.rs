//! Public holidays by region.
//!
//! Germany and its states come from the `holiday_de` crate. The others are tables here, a handful of fixed days and days
//! counted from Easter, which `computus` gives:
//!
//! - Austria: Arbeitsruhegesetz § 7 Abs. 2. Its nine states share all of them.
//! - Switzerland: the national day (Art. 110 BV) and what nearly every canton observes. A canton's own days follow the list
//!   of the Federal Office of Justice, “Gesetzliche Feiertage und Tage, die in der Schweiz wie gesetzliche Feiertage behandelt
//!   werden”, as the `vacanza/holidays` project keeps it. Days that hold in most of a canton (Corpus Christi in Freiburg and
//!   Solothurn) are in; those of single districts and towns, and half days, are not.
//! - The United States: the federal holidays, 5 U.S.C. § 6103(a). States' own days are left out.
//!
//! A region that is not known has no holidays, and [`Region::parse`] refuses it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use holiday_de::GermanRegion;

use super::CalendarError;

/// A region whose public holidays are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// A German state; `None`: what all of them share.
    Germany(Option<GermanRegion>),
    /// Austria.
    Austria,
    /// Switzerland, what is observed nearly everywhere.
    Switzerland,
    /// A canton.
    Canton(&'static Canton),
    /// The United States, federal.
    UnitedStates,
}

/// A canton and its days beyond those that every canton observes.
#[derive(Debug, PartialEq, Eq)]
pub struct Canton {
    /// ISO 3166-2 without the country.
    code: &'static str,
    /// Fixed days: month, day.
    fixed: &'static [(u32, u32)],
    /// Days after Easter Sunday.
    from_easter: &'static [i64],
    /// What neither says.
    other: Option<Other>,
}

/// Days of a canton that follow rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Other {
    /// Genève: Jeûne genevois, the Thursday after the first Sunday of September.
    JeuneGenevois,
    /// Vaud: the Monday after the third Sunday of September.
    LundiDuJeune,
    /// Glarus: Näfelser Fahrt, the first Thursday of April, a week later where that is in Holy Week.
    NaefelserFahrt,
    /// Both Appenzell, Uri: St Stephen's, unless Christmas is a Monday or a Friday.
    StephanUnlessLong,
    /// Neuchâtel: 2 January and 26 December only on a Monday, where the feast before was a Sunday.
    MondayAfterSunday,
}

const STATES: &[(&str, GermanRegion)] = &[
    ("BW", GermanRegion::BadenWuerttemberg),
    ("BY", GermanRegion::Bayern),
    ("BE", GermanRegion::Berlin),
    ("BB", GermanRegion::Brandenburg),
    ("HB", GermanRegion::Bremen),
    ("HH", GermanRegion::Hamburg),
    ("HE", GermanRegion::Hessen),
    ("MV", GermanRegion::MechlenburgVorpommern),
    ("NI", GermanRegion::Niedersachsen),
    ("NW", GermanRegion::NordrheinWestfalen),
    ("RP", GermanRegion::RheinlandPfalz),
    ("SL", GermanRegion::Saarland),
    ("SN", GermanRegion::Sachsen),
    ("ST", GermanRegion::SachsenAnhalt),
    ("SH", GermanRegion::SchleswigHolstein),
    ("TH", GermanRegion::Thueringen),
];

impl Region {
    /// Reads `DE`, `DE-BY`, `AT`, `CH`, `CH-ZH`, `US`; an empty text is no region.
    ///
    /// # Errors
    /// [`CalendarError::Region`] for what is not known.
    pub fn parse(text: &str) -> Result<Option<Self>, CalendarError> {
        let text = text.trim().to_ascii_uppercase();
        let unknown = || CalendarError::Region(text.clone());
        let (country, part) = text.split_once('-').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
        Ok(Some(match (country, part) {
            ("", None) => return Ok(None),
            ("DE", None) => Self::Germany(None),
            ("DE", Some(state)) => {
                let known = STATES.iter().find(|(code, _)| *code == state).ok_or_else(unknown)?;
                Self::Germany(Some(known.1))
            }
            ("AT", None) => Self::Austria,
            ("CH", None) => Self::Switzerland,
            ("CH", Some(code)) => Self::Canton(CANTONS.iter().find(|canton| canton.code == code).ok_or_else(unknown)?),
            ("US", None) => Self::UnitedStates,
            _ => return Err(unknown()),
        }))
    }

    /// The public holidays of a year, also those on a Sunday; none before 1900 or after 2201.
    pub fn in_year(self, year: i32) -> BTreeSet<NaiveDate> {
        if !YEARS.contains(&year) {
            return BTreeSet::new();
        }
        match self {
            Self::Germany(Some(state)) => state.holiday_dates_in_year(year).into_iter().map(|(day, _)| day).collect(),
            Self::Germany(None) => shared_by_german_states(year),
            Self::Austria => days(year, AUSTRIA, &[1, 39, 50, 60]),
            Self::Switzerland => &days(year, CANTONS_SHARE, &[39]) | &days(year, &[(12, 26)], &[GOOD_FRIDAY, 1, 50]),
            Self::Canton(canton) => canton.in_year(year),
            Self::UnitedStates => federal(year),
        }
    }
}

impl Canton {
    fn in_year(&self, year: i32) -> BTreeSet<NaiveDate> {
        let mut all = &days(year, CANTONS_SHARE, &[39]) | &days(year, self.fixed, self.from_easter);
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let on = |date: Option<NaiveDate>, weekdays: &[Weekday]| date.filter(|day| weekdays.contains(&day.weekday()));
        let first_sunday = nth(year, 9, Weekday::Sun, 1);
        match self.other {
            None => {}
            Some(Other::JeuneGenevois) => all.extend(first_sunday.and_then(|day| day.checked_add_days(Days::new(4)))),
            Some(Other::LundiDuJeune) => all.extend(first_sunday.and_then(|day| day.checked_add_days(Days::new(15)))),
            Some(Other::NaefelserFahrt) => all.extend(naefelser_fahrt(year)),
            Some(Other::StephanUnlessLong) => {
                use Weekday::{Fri, Mon, Sun, Thu, Wed};
                all.extend(on(day(12, 26), &[Mon, Wed, Thu, Fri, Sun]));
            }
            Some(Other::MondayAfterSunday) => {
                all.extend(on(day(1, 2), &[Weekday::Mon]));
                all.extend(on(day(12, 26), &[Weekday::Mon]));
            }
        }
        all
    }
}

/// Years whose holidays are computed.
const YEARS: RangeInclusive<i32> = 1900..=2201;

const GOOD_FRIDAY: i64 = -2;

/// Neujahr, Heilige Drei Könige, Staatsfeiertag, Mariä Himmelfahrt, Nationalfeiertag, Allerheiligen, Mariä Empfängnis,
/// Weihnachten, Stephanstag.
const AUSTRIA: &[(u32, u32)] = &[(1, 1), (1, 6), (5, 1), (8, 15), (10, 26), (11, 1), (12, 8), (12, 25), (12, 26)];

/// New Year, national day, Christmas; with Ascension.
const CANTONS_SHARE: &[(u32, u32)] = &[(1, 1), (8, 1), (12, 25)];

/// Good Friday, Easter Monday, Whit Monday.
const THREE: &[i64] = &[GOOD_FRIDAY, 1, 50];
/// The same with Corpus Christi.
const FOUR: &[i64] = &[GOOD_FRIDAY, 1, 50, 60];

const CANTONS: &[Canton] = &[
    canton("AG", &[(1, 2), (5, 1), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("AI", &[(8, 15), (11, 1), (12, 8)], FOUR, Some(Other::StephanUnlessLong)),
    canton("AR", &[], THREE, Some(Other::StephanUnlessLong)),
    canton("BE", &[(1, 2), (12, 26)], THREE, None),
    canton("BL", &[(5, 1), (12, 26)], THREE, None),
    canton("BS", &[(5, 1), (12, 26)], THREE, None),
    canton("FR", &[(1, 2), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("GE", &[(12, 31)], THREE, Some(Other::JeuneGenevois)),
    canton("GL", &[(1, 2), (11, 1), (12, 26)], THREE, Some(Other::NaefelserFahrt)),
    canton("GR", &[(12, 26)], THREE, None),
    canton("JU", &[(1, 2), (5, 1), (6, 23), (8, 15), (11, 1)], FOUR, None),
    canton("LU", &[(1, 2), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("NE", &[(3, 1), (5, 1)], &[GOOD_FRIDAY], Some(Other::MondayAfterSunday)),
    canton("NW", &[(1, 2), (3, 19), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("OW", &[(1, 2), (8, 15), (9, 25), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("SG", &[(1, 2), (11, 1), (12, 26)], THREE, None),
    canton("SH", &[(1, 2), (5, 1), (12, 26)], THREE, None),
    canton("SO", &[(1, 2), (8, 15), (11, 1)], &[GOOD_FRIDAY, 60], None),
    canton("SZ", &[(1, 6), (3, 19), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("TG", &[(1, 2), (5, 1), (12, 26)], THREE, None),
    canton("TI", &[(1, 6), (3, 19), (5, 1), (6, 29), (8, 15), (11, 1), (12, 8), (12, 26)], &[1, 50, 60], None),
    canton("UR", &[(1, 6), (3, 19), (8, 15), (11, 1), (12, 8)], FOUR, Some(Other::StephanUnlessLong)),
    canton("VD", &[(1, 2)], THREE, Some(Other::LundiDuJeune)),
    canton("VS", &[(1, 2), (3, 19), (8, 15), (11, 1), (12, 8), (12, 26)], &[1, 50, 60], None),
    canton("ZG", &[(1, 2), (8, 15), (11, 1), (12, 8), (12, 26)], FOUR, None),
    canton("ZH", &[(5, 1), (12, 26)], THREE, None),
];

const fn canton(
    code: &'static str,
    fixed: &'static [(u32, u32)],
    from_easter: &'static [i64],
    other: Option<Other>,
) -> Canton {
    Canton { code, fixed, from_easter, other }
}

/// Federal holidays: those on a Saturday are observed the Friday before (5 U.S.C. § 6103(b)), those on a Sunday the Monday
/// after (Executive Order 11582). Both the day itself and the day it is observed on are off.
fn federal(year: i32) -> BTreeSet<NaiveDate> {
    let last_of_may = NaiveDate::from_ymd_opt(year, 5, 31);
    let memorial =
        last_of_may.and_then(|day| day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))));
    let floating = [
        (1, Weekday::Mon, 3),
        (2, Weekday::Mon, 3),
        (9, Weekday::Mon, 1),
        (10, Weekday::Mon, 2),
        (11, Weekday::Thu, 4),
    ];
    let mut all = days(year, &[(1, 1), (7, 4), (11, 11), (12, 25)], &[]);
    // Juneteenth: Public Law 117-17 of 17 June 2021.
    all.extend((year >= 2021).then(|| NaiveDate::from_ymd_opt(year, 6, 19)).flatten());
    // The next New Year's Day may be observed on this year's last day.
    let next_year = NaiveDate::from_ymd_opt(year + 1, 1, 1);
    let observed = all.iter().copied().chain(next_year).filter_map(|day| match day.weekday() {
        Weekday::Sat => day.pred_opt(),
        Weekday::Sun => day.succ_opt(),
        _ => None,
    });
    let observed: Vec<NaiveDate> = observed.filter(|day| day.year() == year).collect();
    all.extend(observed);
    all.extend(floating.into_iter().filter_map(|(month, weekday, n)| nth(year, month, weekday, n)).chain(memorial));
    all
}

/// The n-th such weekday of a month.
fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)
}

fn naefelser_fahrt(year: i32) -> Option<NaiveDate> {
    let first = nth(year, 4, Weekday::Thu, 1)?;
    let in_holy_week = easter(year)?.signed_duration_since(first).num_days() == 3;
    first.checked_add_days(Days::new(if in_holy_week { 7 } else { 0 }))
}

fn shared_by_german_states(year: i32) -> BTreeSet<NaiveDate> {
    let mut states = STATES.iter().map(|(_, state)| Region::Germany(Some(*state)).in_year(year));
    let first = states.next().unwrap_or_default();
    states.fold(first, |shared, state| &shared & &state)
}

/// Fixed days (month, day), and days counted from Easter Sunday.
fn days(year: i32, fixed: &[(u32, u32)], from_easter: &[i64]) -> BTreeSet<NaiveDate> {
    let fixed = fixed.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, *month, *day));
    let easter = easter(year);
    let moving = from_easter.iter().filter_map(|offset| match u64::try_from(*offset) {
        Ok(after) => easter?.checked_add_days(Days::new(after)),
        Err(_) => easter?.checked_sub_days(Days::new(offset.unsigned_abs())),
    });
    fixed.chain(moving).collect()
}

fn easter(year: i32) -> Option<NaiveDate> {
    let easter = computus::gregorian(year).ok()?;
    NaiveDate::from_ymd_opt(easter.year, easter.month, easter.day)
}
