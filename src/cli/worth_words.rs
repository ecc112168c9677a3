//! What a customer costs and is worth, in words: lines of the printed table and rows of the report.
//!
//! Deliberately absent: any number that `experiment::worth` does not give.

use super::ratio_words::{self, Why};
use crate::experiment::{MoneyUnit, Ratio, RatioMeasure};
use crate::language::tell;
use crate::report::RatioRow;
use crate::report::words::Locale;

/// The rows of the report.
pub(super) fn rows(worth: &[(RatioMeasure, Ratio)], money: &MoneyUnit, locale: &Locale) -> Vec<RatioRow> {
    let too_few = tell!(locale.language, "ratio-too-few");
    let why = Why { indistinct: too_few.clone(), negative: too_few };
    worth.iter().map(|ratio| ratio_words::row(ratio, &why, money, locale)).collect()
}

/// The lines of the printed table.
pub(super) fn table_lines(worth: &[(RatioMeasure, Ratio)], money: &MoneyUnit, locale: &Locale) -> Vec<[String; 3]> {
    rows(worth, money, locale).into_iter().map(|row| [row.what, row.value, row.interval]).collect()
}
