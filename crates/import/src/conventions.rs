//! How dates and numbers are written in a file, told by the file itself.

use tandem_context::{Conventions, DateOrder, FieldType, Remark, Schema};

use crate::mapping::{MappedColumn, column_type};
use crate::sentences::{DAY_FIRST, MONTH_FIRST};
use crate::table::Table;

/// What a file's values say about how they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The order of dates; absent where there are none.
    pub date_order: Option<DateOrder>,
    /// The decimal sign.
    pub decimal: char,
    /// A date that could be read either way, where no other in the file decides: worth asking.
    pub ambiguous_date: Option<String>,
}

impl Detected {
    /// For [`tandem_context::normalise`]; `country` is that of phone numbers without a prefix.
    pub fn conventions(&self, country: Option<[u8; 2]>) -> Conventions {
        Conventions { date_order: self.date_order.unwrap_or(DateOrder::YearMonthDay), decimal: self.decimal, country }
    }

    /// What to say about an ambiguous date.
    pub(crate) fn warning(&self) -> Option<Remark> {
        let read = if self.date_order == Some(DateOrder::MonthDayYear) { MONTH_FIRST } else { DAY_FIRST };
        Some(read.of(self.ambiguous_date.as_deref()?))
    }
}

/// Reads the columns that are mapped to dates and numbers: one day beyond the 12th decides the order of dates, one number
/// with both signs (or other than three digits after one) the decimal sign. Where nothing decides, a file with `;` or
/// decimal commas is taken for European, any other with `/` for American.
pub fn detect_conventions(table: &Table, mapping: &[MappedColumn], kind: &str, schema: &Schema) -> Detected {
    let (mut numbers, mut dates) = (NumberVotes::default(), DateVotes::default());
    for (index, column) in mapping.iter().enumerate() {
        match column_type(column, kind, schema) {
            Some(FieldType::Money | FieldType::Integer) => table.column(index).for_each(|cell| numbers.add(cell)),
            Some(FieldType::Date | FieldType::Instant) => table.column(index).for_each(|cell| dates.add(cell)),
            // A new field's type is guessed from its values, so they count as what they look like.
            None if column.is_new() => table.column(index).for_each(|cell| {
                numbers.add(cell);
                dates.add(cell);
            }),
            _ => {}
        }
    }
    let decimal = numbers.decimal(table.delimiter());
    let european = table.delimiter() == ';' || decimal == ',' || dates.dotted > 0;
    let (date_order, is_sure) = dates.order(european);
    Detected { date_order, decimal, ambiguous_date: dates.ambiguous.filter(|_| !is_sure) }
}

#[derive(Default)]
struct DateVotes {
    day_first: usize,
    month_first: usize,
    year_first: usize,
    dotted: usize,
    dashed: usize,
    ambiguous: Option<String>,
}

impl DateVotes {
    fn add(&mut self, cell: &str) {
        let bytes = cell.as_bytes();
        if !bytes.first().is_some_and(u8::is_ascii_digit) {
            return;
        }
        let day = cell.split(|c: char| c.is_whitespace() || matches!(c, 'T' | ',')).next().unwrap_or(cell);
        let Some(sign) = day.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return };
        let mut parts = day.split(sign);
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return;
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?;
        let (Some(first), Some(second), Some(_)) = (digits(a), digits(b), digits(c)) else { return };
        if a.len() != 4 && !matches!(c.len(), 2 | 4) {
            return;
        }
        if a.len() == 4 {
            self.year_first += 1;
        } else if sign == '.' {
            self.dotted += 1;
        } else if first > 31 || second > 31 {
            self.year_first += usize::from(second <= 12);
        } else if first > 12 && second <= 12 {
            self.day_first += 1;
        } else if second > 12 && first <= 12 {
            self.month_first += 1;
        } else {
            self.dashed += usize::from(sign == '-');
            self.ambiguous.get_or_insert_with(|| cell.to_owned());
        }
    }

    /// The order, and whether the values decided it.
    fn order(&self, european: bool) -> (Option<DateOrder>, bool) {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        if self.day_first != self.month_first {
            return (Some(if self.day_first > self.month_first { DayMonthYear } else { MonthDayYear }), true);
        }
        if self.ambiguous.is_some() {
            return (Some(if european || self.dashed > 0 { DayMonthYear } else { MonthDayYear }), false);
        }
        match (self.dotted, self.year_first) {
            (0, 0) => (None, true),
            (dotted, years) => (Some(if dotted > years { DayMonthYear } else { YearMonthDay }), true),
        }
    }
}

#[derive(Default)]
struct NumberVotes {
    point: usize,
    comma: usize,
}

impl NumberVotes {
    fn add(&mut self, cell: &str) {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let number = cell.trim_matches(|c: char| !is_part(c)).trim_end_matches(['.', ',']);
        let Some(last) = number.rfind(['.', ',']) else { return };
        // A number, not words with some digits in them.
        if number.chars().any(char::is_alphabetic) || number.contains(['/', ':', '-']) {
            return;
        }
        let (whole, after) = (&number[..last], &number[last + 1..]);
        let sign = number.as_bytes()[last];
        let other = if sign == b'.' { ',' } else { '.' };
        let repeats = whole.bytes().any(|b| b == sign);
        let decides = if whole.contains(other) {
            !repeats
        } else {
            !repeats && (after.len() != 3 || whole.len() > 3 || whole.starts_with('0'))
        };
        let is_point = (sign == b'.') == decides;
        // “1,234” alone says nothing; “1,234,567” says that the comma groups.
        if decides || repeats {
            if is_point { self.point += 1 } else { self.comma += 1 }
        }
    }

    fn decimal(&self, delimiter: char) -> char {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => '.',
            std::cmp::Ordering::Less => ',',
            std::cmp::Ordering::Equal if delimiter == ';' => ',',
            std::cmp::Ordering::Equal => '.',
        }
    }
}
