//! What a customer costs and is worth, in words: lines of the printed table and rows of the report.
//!
//! Deliberately absent: any number that `experiment::worth` does not give.

use super::ratio_words::{self, Why};
use crate::experiment::{MoneyUnit, Ratio, RatioMeasure};
use crate::report::RatioRow;
use crate::report::words::Locale;

/// What stands above all of it.
pub(super) const TITLE: &str = "What a customer costs and is worth";

/// What the numbers are, in a line.
pub(super) const ABOUT: &str = "over all customers, also those who would have come anyway";

const WHY: Why = Why { indistinct: "too few to tell", negative: "too few to tell" };

/// The rows of the report.
pub(super) fn rows(worth: &[(RatioMeasure, Ratio)], money: &MoneyUnit, locale: &Locale) -> Vec<RatioRow> {
    worth.iter().map(|ratio| ratio_words::row(ratio, &WHY, money, locale)).collect()
}

/// The lines of the printed table.
pub(super) fn table_lines(worth: &[(RatioMeasure, Ratio)], money: &MoneyUnit, locale: &Locale) -> Vec<[String; 3]> {
    rows(worth, money, locale).into_iter().map(|row| [row.what, row.value, row.interval]).collect()
}
