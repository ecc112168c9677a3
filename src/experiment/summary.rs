//! From run-by-run numbers to tables: the rows themselves, and per day the mean, the median and the 5-95 % band.

use super::{Estimate, Outcome, quantile_sorted};
use crate::engine::Ending;
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::table::{Column, Table, Values};
use rayon::prelude::*;

/// How money is written: the code of the currency and its decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyUnit {
    /// ISO 4217 code.
    pub code: String,
    /// Decimal digits of the minor unit.
    pub digits: u8,
}

/// Where the middle of the runs lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Half of the runs lie below.
    pub median: f64,
    /// A twentieth of the runs lies below.
    pub low: f64,
    /// A twentieth of the runs lies above.
    pub high: f64,
}

/// One measure at the end of the runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// What was measured.
    pub measure: Measure,
    /// Its mean.
    pub estimate: Estimate,
    /// Its spread over the runs.
    pub spread: Spread,
}

impl Outcome {
    /// Each total measure over the runs; money in minor units.
    pub fn summaries(&self) -> Vec<Summary> {
        let measures = Standard::total_measures();
        measures
            .into_iter()
            .enumerate()
            .map(|(place, measure)| {
                let mut values: Vec<i64> = self.rows.iter().map(|row| row.totals[place]).collect();
                let estimate = Estimate::of(&values);
                Summary { measure, estimate, spread: Spread::of(&mut values) }
            })
            .collect()
    }

    /// Runs that were stopped at the limit of customers.
    pub fn stopped(&self) -> usize {
        self.rows.iter().filter(|row| row.ending == Ending::Stopped).count()
    }
}

impl Spread {
    /// The spread of these values, which are sorted by the way.
    pub(super) fn of(values: &mut [i64]) -> Spread {
        values.sort_unstable();
        let at = |percent| quantile_sorted(values, percent).unwrap_or(f64::NAN);
        Spread { median: at(50), low: at(5), high: at(95) }
    }
}

/// One row a run: every total, and how the run ended.
pub fn runs_table(outcome: &Outcome, money: &MoneyUnit) -> Table {
    let whole = |values: Vec<i64>| Values::Count(values);
    let mut columns = vec![Column {
        name: "run".into(),
        unit: String::new(),
        meaning: "number of the run, from 0".into(),
        values: whole((0..outcome.rows.len() as i64).collect()),
    }];
    for (place, measure) in Standard::total_measures().into_iter().enumerate() {
        let values: Vec<i64> = outcome.rows.iter().map(|row| row.totals[place]).collect();
        let values = match measure.unit {
            Unit::Money => Values::Money { minor: values, digits: money.digits },
            _ => whole(values),
        };
        columns.push(Column {
            name: measure.name.into(),
            unit: measure.unit.name(money),
            meaning: measure.meaning.into(),
            values,
        });
    }
    columns.push(Column {
        name: "stopped".into(),
        unit: String::new(),
        meaning: "1 if the run was stopped at the limit of customers, 0 if it was played to its end".into(),
        values: whole(outcome.rows.iter().map(|row| i64::from(row.ending == Ending::Stopped)).collect()),
    });
    Table { columns }
}

/// One row a day: mean, median, 5 % and 95 % quantile over the runs of each daily measure (cumulative).
pub fn curves(outcome: &Outcome, days: usize, money: &MoneyUnit) -> Table {
    let mut columns = vec![Column {
        name: "day".into(),
        unit: "days".into(),
        meaning: "days since the start; a row holds all that has happened by the end of its day".into(),
        values: Values::Count((0..days as i64).collect()),
    }];
    for (place, measure) in Standard::daily_measures().into_iter().enumerate() {
        let scale = match measure.unit {
            Unit::Money => 10f64.powi(i32::from(money.digits)),
            _ => 1.0,
        };
        // Days are independent of each other, and each is summed up in the order of runs.
        let rows: Vec<[f64; 4]> = (place * days..(place + 1) * days)
            .into_par_iter()
            .map_init(Vec::new, |values: &mut Vec<i64>, cell| {
                values.clear();
                values.extend(outcome.rows.iter().map(|row| row.daily[cell]));
                let sum: i128 = values.iter().map(|&v| i128::from(v)).sum();
                let mean = sum as f64 / values.len() as f64;
                let spread = Spread::of(values);
                [mean, spread.median, spread.low, spread.high].map(|v| v / scale)
            })
            .collect();
        let statistics = [
            ("mean", "mean over the runs"),
            ("median", "median over the runs"),
            ("p05", "5 % quantile over the runs"),
            ("p95", "95 % quantile over the runs"),
        ];
        for (kind, (suffix, what)) in statistics.into_iter().enumerate() {
            columns.push(Column {
                name: format!("{}_{suffix}", measure.name),
                unit: measure.unit.name(money),
                meaning: format!("{what}: {}", measure.meaning),
                values: Values::Real(rows.iter().map(|row| row[kind]).collect()),
            });
        }
    }
    Table { columns }
}

impl Unit {
    /// The unit as it stands in tables; money is in the given currency.
    pub fn name(self, money: &MoneyUnit) -> String {
        match self {
            Unit::People => "people".into(),
            Unit::Words => "words".into(),
            Unit::Money => money.code.clone(),
            Unit::Purchases => "purchases".into(),
            Unit::Rewards => "rewards".into(),
            Unit::Times => "times".into(),
            Unit::Generations => "generations".into(),
        }
    }
}
