//! How alike two purchases are: industry, size, country, product.

use crate::World;
use crate::facts::{Account, Key, Opportunity, Text};

/// Weights of the parts, in hundredths; they add up to 100.
const INDUSTRY: u32 = 35;
const SIZE: u32 = 25;
const COUNTRY: u32 = 15;
const PRODUCT: u32 = 25;

/// First employees of the size bands: micro, small and medium as in EU recommendation 2003/361/EC, large ones by tens.
const BANDS: [i64; 5] = [10, 50, 250, 1_000, 5_000];

/// What of an opportunity is compared. Read once, compared often.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Features {
    company: Company,
    bought: Bought,
}

/// What of an account is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Company {
    industry: Text,
    band: Option<usize>,
    country: Text,
}

/// What of a product is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Bought {
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

impl Company {
    /// What is compared of an account.
    pub(crate) fn of(account: &Account) -> Self {
        let Account { industry, country, employees, .. } = account;
        Self { industry: industry.clone(), band: employees.map(size_band), country: country.clone() }
    }
}

impl Bought {
    /// What is compared of a product; one that is not known is still the same as itself.
    pub(crate) fn of(world: &World, product: Key) -> Self {
        let known = world.products.get(product);
        Self { product: Some(product), family: known.map(|one| one.family.clone()).unwrap_or_default() }
    }
}

impl Features {
    /// What is compared of an opportunity.
    pub fn of(world: &World, opportunity: &Opportunity) -> Self {
        let account = opportunity.account.and_then(|key| world.accounts.get(key));
        let bought = opportunity.product.map(|product| Bought::of(world, product));
        Self::with(account.map(Company::of).unwrap_or_default(), bought.unwrap_or_default())
    }

    /// Of a company and what it buys.
    pub(crate) fn with(company: Company, bought: Bought) -> Self {
        Self { company, bought }
    }

    /// How alike two are, in hundredths. What is not known of either counts nothing, so that two empty records are not
    /// alike. A neighbouring size band and another product of one family count half.
    pub fn similarity(&self, other: &Self) -> u32 {
        let size = match (self.company.band, other.company.band) {
            (Some(a), Some(b)) if a.abs_diff(b) == 1 => SIZE / 2,
            _ if self.is_same(other, Part::Size) => SIZE,
            _ => 0,
        };
        let product = match (self.bought.product, other.bought.product) {
            _ if self.is_same(other, Part::Product) => PRODUCT,
            (Some(_), Some(_)) if same_text(&self.bought.family, &other.bought.family) => PRODUCT / 2,
            _ => 0,
        };
        let whole = |part, weight| if self.is_same(other, part) { weight } else { 0 };
        whole(Part::Industry, INDUSTRY) + size + whole(Part::Country, COUNTRY) + product
    }

    /// In what two are the same.
    pub fn same(&self, other: &Self) -> Vec<Part> {
        let parts = [Part::Industry, Part::Size, Part::Country, Part::Product];
        parts.into_iter().filter(|part| self.is_same(other, *part)).collect()
    }

    fn is_same(&self, other: &Self, part: Part) -> bool {
        let (a, b) = (&self.company, &other.company);
        match part {
            Part::Industry => same_text(&a.industry, &b.industry),
            Part::Size => a.band.is_some() && a.band == b.band,
            Part::Country => same_text(&a.country, &b.country),
            Part::Product => self.bought.product.is_some() && self.bought.product == other.bought.product,
        }
    }
}

fn same_text(a: &Text, b: &Text) -> bool {
    !a.is_empty() && a == b
}
