//! Public holidays by region.
//!
//! Germany and its states come from the `holiday_de` crate. Austria (Arbeitsruhegesetz § 7) and Switzerland (the national day
//! of Art. 110 BV, and what every canton but a few observes in common) are a handful of fixed days and days counted from
//! Easter, which `computus` gives. A region that is not known has no holidays, and [`Region::parse`] refuses it.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate};
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
    /// A canton with days of its own.
    Canton(Canton),
}

/// Cantons whose own days are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canton {
    /// Zürich: 1 May (Ruhetags- und Ladenöffnungsgesetz § 1).
    Zurich,
    /// Bern: 2 January.
    Bern,
    /// Genève: Jeûne genevois and 31 December, no Boxing Day.
    Geneva,
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
    /// Reads `DE`, `DE-BY`, `AT`, `CH`, `CH-ZH`; an empty text is no region.
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
            // Austria's nine states share all of their public holidays.
            ("AT", None) => Self::Austria,
            ("CH", None) => Self::Switzerland,
            ("CH", Some("ZH")) => Self::Canton(Canton::Zurich),
            ("CH", Some("BE")) => Self::Canton(Canton::Bern),
            ("CH", Some("GE")) => Self::Canton(Canton::Geneva),
            _ => return Err(unknown()),
        }))
    }

    /// The public holidays of a year.
    pub fn in_year(self, year: i32) -> BTreeSet<NaiveDate> {
        match self {
            Self::Germany(Some(state)) => state.holiday_dates_in_year(year).into_iter().map(|(day, _)| day).collect(),
            Self::Germany(None) => shared_by_german_states(year),
            Self::Austria => days(
                year,
                &[(1, 1), (1, 6), (5, 1), (8, 15), (10, 26), (11, 1), (12, 8), (12, 25), (12, 26)],
                &[1, 39, 50, 60],
            ),
            Self::Switzerland => days(year, SWISS_FIXED, SWISS_EASTER),
            Self::Canton(Canton::Zurich) => days(year, &[SWISS_FIXED, &[(5, 1)]].concat(), SWISS_EASTER),
            Self::Canton(Canton::Bern) => days(year, &[SWISS_FIXED, &[(1, 2)]].concat(), SWISS_EASTER),
            Self::Canton(Canton::Geneva) => {
                let mut days = days(year, &[(1, 1), (8, 1), (12, 25), (12, 31)], SWISS_EASTER);
                days.extend(jeune_genevois(year));
                days
            }
        }
    }
}

/// New Year, national day, Christmas, St Stephen's.
const SWISS_FIXED: &[(u32, u32)] = &[(1, 1), (8, 1), (12, 25), (12, 26)];
/// Good Friday, Easter Monday, Ascension, Whit Monday.
const SWISS_EASTER: &[i64] = &[-2, 1, 39, 50];

fn shared_by_german_states(year: i32) -> BTreeSet<NaiveDate> {
    let mut states = STATES.iter().map(|(_, state)| Region::Germany(Some(*state)).in_year(year));
    let first = states.next().unwrap_or_default();
    states.fold(first, |shared, state| &shared & &state)
}

/// Fixed days (month, day), and days counted from Easter Sunday.
fn days(year: i32, fixed: &[(u32, u32)], from_easter: &[i64]) -> BTreeSet<NaiveDate> {
    let fixed = fixed.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, *month, *day));
    let easter = computus::gregorian(year)
        .ok()
        .and_then(|easter| NaiveDate::from_ymd_opt(easter.year, easter.month, easter.day));
    let moving = from_easter.iter().filter_map(|offset| match u64::try_from(*offset) {
        Ok(after) => easter?.checked_add_days(Days::new(after)),
        Err(_) => easter?.checked_sub_days(Days::new(offset.unsigned_abs())),
    });
    fixed.chain(moving).collect()
}

/// The Thursday after the first Sunday of September (Loi sur les jours fériés, Genève).
fn jeune_genevois(year: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 9, 1)?;
    let to_sunday = u64::from((7 - first.weekday().num_days_from_sunday()) % 7);
    first.checked_add_days(Days::new(to_sunday + 4))
}
