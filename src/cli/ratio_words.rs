//! A ratio in words, for the printed tables and the report.

use crate::experiment::{MoneyUnit, Ratio, RatioMeasure, RatioUnit};
use crate::report::RatioRow;
use crate::report::words::{Locale, Quantity};

/// What stands in the place of the interval where there is no ratio.
pub(super) struct Why {
    /// The denominator cannot be told from 0.
    pub indistinct: String,
    /// It is below 0.
    pub negative: String,
}

/// A ratio as it is printed.
pub(super) fn row((measure, ratio): &(RatioMeasure, Ratio), why: &Why, money: &MoneyUnit, locale: &Locale) -> RatioRow {
    let (quantity, scale) = match measure.unit {
        RatioUnit::Money => (Quantity::Money, money.minor_units()),
        RatioUnit::Share => (Quantity::Share, 1.0),
        RatioUnit::Days | RatioUnit::Purchases | RatioUnit::Periods => (Quantity::Plain, 1.0),
    };
    let (value, interval) = match *ratio {
        Ratio::Known { value, interval: Some(ends) } => {
            let [low, high] = ends.map(|end| end / scale);
            (locale.estimate(value / scale, low, high, quantity), locale.interval(low, high, quantity))
        }
        Ratio::Known { value, interval: None } => (locale.observed(value / scale, quantity), "–".to_owned()),
        Ratio::Indistinct => ("–".to_owned(), why.indistinct.clone()),
        Ratio::Negative => ("–".to_owned(), why.negative.clone()),
    };
    let language = locale.language;
    RatioRow { what: measure.label_in(language), value, interval, meaning: measure.meaning_in(language) }
}
