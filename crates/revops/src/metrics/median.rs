//! The value in the middle.

/// The median; of an even number of values, the mean of the two in the middle. None of none.
pub(crate) fn median(mut values: Vec<i64>) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = if values.len() % 2 == 1 { upper } else { *values.get(middle.checked_sub(1)?)? };
    Some((lower as f64 + upper as f64) / 2.0)
}
