//! Whole numbers as arguments: what is none, or out of range, is said with its name.

use crate::error;
use pyo3::prelude::*;
use pyo3::types::PyBool;
use std::ops::RangeInclusive;

/// An argument that is left out, or a whole number in a range.
pub fn whole(name: &str, given: Option<&Bound<'_, PyAny>>, range: RangeInclusive<u64>) -> PyResult<Option<u64>> {
    let Some(given) = given else { return Ok(None) };
    // True is 1 to Python, and never meant here.
    let number = if given.is_instance_of::<PyBool>() { None } else { given.extract::<i128>().ok() };
    let number = number.and_then(|number| u64::try_from(number).ok()).filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| {
        let allowed = format!("a whole number from {} to {}", range.start(), range.end());
        let shown = given.repr().map_or_else(|_| "something".to_owned(), |it| it.to_string());
        error::of_use(given.py(), &format!("{name}: found {shown}; allowed: {allowed}"))
    })
}

/// The same in 32 bits.
pub fn small(name: &str, given: Option<&Bound<'_, PyAny>>, range: RangeInclusive<u32>) -> PyResult<Option<u32>> {
    let range = u64::from(*range.start())..=u64::from(*range.end());
    Ok(whole(name, given, range)?.map(|number| number as u32))
}
