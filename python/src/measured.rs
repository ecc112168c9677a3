//! Means, intervals and quantiles as tables: a row for each measure. Money is in major units of the currency, as in every table of
//! real numbers.

use tellwave::experiment::{MoneyUnit, Ratio, RatioMeasure, Summary};
use tellwave::projection::Unit;
use tellwave::table::{Column, Table, Values};

/// A column of something without a unit.
pub fn column(name: &str, meaning: &str, values: Values) -> Column {
    Column { name: name.into(), unit: String::new(), meaning: meaning.into(), values }
}

/// Names, one for each row.
pub fn names(of: impl Iterator<Item = String>) -> Values {
    Values::Name(of.collect())
}

/// Measures at the end of the runs.
pub fn summaries(all: &[Summary], money: &MoneyUnit) -> Table {
    let scale = |summary: &Summary| if summary.measure.unit == Unit::Money { money.minor_units() } else { 1.0 };
    let reals = |of: &dyn Fn(&Summary) -> f64| Values::Real(all.iter().map(|it| of(it) / scale(it)).collect());
    let end = |summary: &Summary, which: usize| summary.estimate.interval.map_or(f64::NAN, |ends| ends[which]);
    Table {
        columns: vec![
            column("measure", "what was measured", names(all.iter().map(|it| it.measure.name.to_owned()))),
            column("mean", "the mean over the runs", reals(&|it| it.estimate.mean)),
            column(
                "standard_error",
                "of the mean; NaN of a single run",
                reals(&|it| it.estimate.error.unwrap_or(f64::NAN)),
            ),
            column("low", "the lower end of the 95 % interval of the mean", reals(&|it| end(it, 0))),
            column("high", "the upper end of the 95 % interval of the mean", reals(&|it| end(it, 1))),
            column("median", "the median of the runs", reals(&|it| it.spread.median)),
            column("p05", "a twentieth of the runs lies below", reals(&|it| it.spread.low)),
            column("p95", "a twentieth of the runs lies above", reals(&|it| it.spread.high)),
            column("unit", "what it is counted in", names(all.iter().map(|it| it.measure.unit.name(money)))),
            column("meaning", "what it is", names(all.iter().map(|it| it.measure.meaning.to_owned()))),
        ],
    }
}

/// Ratios of all runs together.
pub fn ratios(all: &[(RatioMeasure, Ratio)], money: &MoneyUnit) -> Table {
    let known = |(measure, ratio): &(RatioMeasure, Ratio)| match ratio.times(1.0 / measure.unit.scale(money)) {
        Ratio::Known { value, interval } => {
            [value, interval.map_or(f64::NAN, |it| it[0]), interval.map_or(f64::NAN, |it| it[1])]
        }
        Ratio::Indistinct | Ratio::Negative => [f64::NAN; 3],
    };
    let reals = |which: usize| Values::Real(all.iter().map(|it| known(it)[which]).collect());
    Table {
        columns: vec![
            column("measure", "what was measured", names(all.iter().map(|(it, _)| it.name.to_owned()))),
            column("value", "of all runs together; NaN where it makes no sense", reals(0)),
            column("low", "the lower end of its 95 % interval", reals(1)),
            column("high", "the upper end of its 95 % interval", reals(2)),
            column(
                "denominator",
                "what is known of what it is divided by",
                names(all.iter().map(|(_, it)| it.denominator().to_owned())),
            ),
            column("unit", "what it is counted in, for each", names(all.iter().map(|(it, _)| it.unit.name(money)))),
            column("meaning", "what it is", names(all.iter().map(|(it, _)| it.meaning.to_owned()))),
        ],
    }
}
