//! How alike two purchases are: industry, size, country, product.

use crate::World;
use crate::facts::{Key, Opportunity, Text};

/// Weights of the parts, in hundredths; they add up to 100.
const INDUSTRY: u32 = 35;
const SIZE: u32 = 25;
const COUNTRY: u32 = 15;
const PRODUCT: u32 = 25;

/// First employees of the size bands: micro, small and medium as in EU recommendation 2003/361/EC, large ones by tens.
const BANDS: [i64; 5] = [10, 50, 250, 1_000, 5_000];

/// What of an opportunity is compared. Read once, compared often.
#[derive(Debug, Clone)]
pub struct Features {
    industry: Text,
    band: Option<usize>,
    country: Text,
    product: Option<Key>,
    family: Text,
}

/// In what two are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The accounts' industry.
    Industry,
    /// The accounts' size band.
    Size,
    /// The accounts' country.
    Country,
    /// The product.
    Product,
}

impl Part {
    /// As callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Industry => "industry",
            Self::Size => "size",
            Self::Country => "country",
            Self::Product => "product",
        }
    }
}

/// The size band of a number of employees, 0 the smallest.
pub fn size_band(employees: i64) -> usize {
    BANDS.iter().filter(|first| employees >= **first).count()
}

impl Features {
    /// What is compared of an opportunity.
    pub fn of(world: &World, opportunity: &Opportunity) -> Self {
        let account = opportunity.account.and_then(|key| world.accounts.get(key));
        let product = opportunity.product.and_then(|key| world.products.get(key));
        Self {
            industry: account.map_or_else(|| "".into(), |one| one.industry.clone()),
            band: account.and_then(|one| one.employees).map(size_band),
            country: account.map_or_else(|| "".into(), |one| one.country.clone()),
            product: opportunity.product,
            family: product.map_or_else(|| "".into(), |one| one.family.clone()),
        }
    }

    /// How alike two are, in hundredths. What is not known of either counts nothing, so that two empty records are not
    /// alike. A neighbouring size band and another product of one family count half.
    pub fn similarity(&self, other: &Self) -> u32 {
        let same = |a: &Text, b: &Text| !a.is_empty() && a == b;
        let industry = if same(&self.industry, &other.industry) { INDUSTRY } else { 0 };
        let size = match (self.band, other.band) {
            (Some(a), Some(b)) if a == b => SIZE,
            (Some(a), Some(b)) if a.abs_diff(b) == 1 => SIZE / 2,
            _ => 0,
        };
        let country = if same(&self.country, &other.country) { COUNTRY } else { 0 };
        let product = match (self.product, other.product) {
            (Some(a), Some(b)) if a == b => PRODUCT,
            (Some(_), Some(_)) if same(&self.family, &other.family) => PRODUCT / 2,
            _ => 0,
        };
        industry + size + country + product
    }

    /// In what two are the same.
    pub fn same(&self, other: &Self) -> Vec<Part> {
        let text = |a: &Text, b: &Text| !a.is_empty() && a == b;
        let parts = [
            (Part::Industry, text(&self.industry, &other.industry)),
            (Part::Size, self.band.is_some() && self.band == other.band),
            (Part::Country, text(&self.country, &other.country)),
            (Part::Product, self.product.is_some() && self.product == other.product),
        ];
        parts.into_iter().filter(|(_, same)| *same).map(|(part, _)| part).collect()
    }
}
