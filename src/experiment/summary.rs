//! From run-by-run numbers to tables: the rows themselves, and per day the mean, the median and the 5-95 % band.

use super::{Estimate, Outcome, Row, comparison_measures, quantile_sorted};
use crate::engine::{Counterpart, Ending};
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::table::{Column, Table, Values};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How money is written: the code of the currency and its decimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyUnit {
    /// ISO 4217 code.
    pub code: String,
    /// Decimal digits of the minor unit.
    pub digits: u8,
}

impl MoneyUnit {
    /// How many minor units make one of the currency: 100 for USD.
    pub fn minor_units(&self) -> f64 {
        10f64.powi(i32::from(self.digits))
    }
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
        totals_of(&self.rows)
    }

    /// Runs that were stopped at the limit of customers.
    pub fn stopped(&self) -> usize {
        stopped(&self.rows)
    }
}

/// Each total measure over these runs.
pub(super) fn totals_of(rows: &[Row]) -> Vec<Summary> {
    let measures = Standard::total_measures().into_iter().enumerate();
    measures.map(|(place, measure)| Summary::of(measure, total(rows, place))).collect()
}

/// How many of these runs were stopped at the limit of customers.
pub(super) fn stopped(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.ending == Ending::Stopped).count()
}

fn total(rows: &[Row], place: usize) -> Vec<i64> {
    rows.iter().map(|row| row.totals[place]).collect()
}

impl Summary {
    /// A measure, of which there is a whole number for each run.
    pub(super) fn of(measure: Measure, mut values: Vec<i64>) -> Summary {
        let estimate = Estimate::of(&values);
        Summary { measure, estimate, spread: Spread::of(&mut values) }
    }
}

impl Summary {
    /// The same of what was measured the other way round.
    #[must_use]
    pub fn negated(self) -> Summary {
        let Spread { median, low, high } = self.spread;
        Summary {
            estimate: Estimate {
                mean: -self.estimate.mean,
                interval: self.estimate.interval.map(|[low, high]| [-high, -low]),
                skew: -self.estimate.skew,
                ..self.estimate
            },
            spread: Spread { median: -median, low: -high, high: -low },
            ..self
        }
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

/// One row a run: every total, and how the run ended; then the same of its twin, and how the two compare, if it was played.
pub fn runs_table(outcome: &Outcome, money: &MoneyUnit) -> Table {
    let mut columns = vec![Column {
        name: "run".into(),
        unit: String::new(),
        meaning: "number of the run, from 0".into(),
        values: Values::Count((i64::from(outcome.first)..).take(outcome.rows.len()).collect()),
    }];
    columns.extend(columns_of_runs(&outcome.rows, money));
    if let Some(twin) = &outcome.twin {
        columns.extend(columns_of_runs(&twin.rows, money).map(|column| of_twin(twin.of, column)));
        for (place, &measure) in comparison_measures(twin.of).iter().enumerate() {
            let values = twin.comparisons.iter().map(|values| values[place]).collect();
            columns.push(column_of_runs(measure, values, money));
        }
    }
    Table { columns }
}

fn columns_of_runs(rows: &[Row], money: &MoneyUnit) -> impl Iterator<Item = Column> {
    let measures = Standard::total_measures().into_iter().enumerate();
    let totals = measures.map(move |(place, measure)| column_of_runs(measure, total(rows, place), money));
    totals.chain([Column {
        name: "stopped".into(),
        unit: String::new(),
        meaning: "1 if the run was stopped at the limit of customers, 0 if it was played to its end".into(),
        values: Values::Count(rows.iter().map(|row| i64::from(row.ending == Ending::Stopped)).collect()),
    }])
}

fn column_of_runs(measure: Measure, values: Vec<i64>, money: &MoneyUnit) -> Column {
    let values = match measure.unit {
        Unit::Money => Values::Money { minor: values, digits: money.digits },
        _ => Values::Count(values),
    };
    Column { name: measure.name.into(), unit: measure.unit.name(money), meaning: measure.meaning.into(), values }
}

/// The column of a twin.
fn of_twin(of: Counterpart, column: Column) -> Column {
    let without = match of {
        Counterpart::WithoutProgramme => "without the programme",
        Counterpart::WithoutFork => "without the fork",
    };
    Column { name: format!("twin_{}", column.name), meaning: format!("{without}: {}", column.meaning), ..column }
}

/// Daily measures whose differences have curves too, by the name of the difference.
const DAILY_DIFFERENCES: [(&str, &str); 2] = [("customers", "incremental_customers"), ("profit", "incremental_profit")];

/// One row a day: mean, median, 5 % and 95 % quantile over the runs of each daily measure (cumulative). Then the same of the
/// twin, and of what the programme adds, if the twin was played.
pub fn curves(outcome: &Outcome, days: usize, money: &MoneyUnit) -> Table {
    let mut columns = vec![Column {
        name: "day".into(),
        unit: "days".into(),
        meaning: "days since the start; a row holds all that has happened by the end of its day".into(),
        values: Values::Count((0..days as i64).collect()),
    }];
    let measures = Standard::daily_measures();
    let cell = |place: usize, day: usize| place * days + day;
    for (place, &measure) in measures.iter().enumerate() {
        let values = |run: usize, day| outcome.rows[run].daily[cell(place, day)];
        columns.extend(columns_of_days(measure, [outcome.rows.len(), days], money, values));
    }
    let Some(twin) = &outcome.twin else { return Table { columns } };
    for (place, &measure) in measures.iter().enumerate() {
        let values = |run: usize, day| twin.rows[run].daily[cell(place, day)];
        columns.extend(
            columns_of_days(measure, [twin.rows.len(), days], money, values).map(|column| of_twin(twin.of, column)),
        );
    }
    let differences = comparison_measures(twin.of);
    for (of, name) in DAILY_DIFFERENCES {
        let place = measures.iter().position(|measure| measure.name == of).expect("a measure of every day");
        let difference = differences.iter().find(|measure| measure.name == name).expect("a difference");
        let values =
            |run: usize, day| outcome.rows[run].daily[cell(place, day)] - twin.rows[run].daily[cell(place, day)];
        columns.extend(columns_of_days(*difference, [twin.rows.len(), days], money, values));
    }
    Table { columns }
}

/// Mean, median and band of a measure for each day; `value_of` gives it for a run and a day.
pub(super) fn columns_of_days(
    measure: Measure,
    [runs, days]: [usize; 2],
    money: &MoneyUnit,
    value_of: impl Fn(usize, usize) -> i64 + Sync,
) -> impl Iterator<Item = Column> {
    let scale = match measure.unit {
        Unit::Money => money.minor_units(),
        _ => 1.0,
    };
    // Days are independent of each other, and each is summed up in the order of runs.
    let rows: Vec<[f64; 4]> = (0..days)
        .into_par_iter()
        .map_init(Vec::new, |values: &mut Vec<i64>, day| {
            values.clear();
            values.extend((0..runs).map(|run| value_of(run, day)));
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
    let unit = measure.unit.name(money);
    statistics.into_iter().enumerate().map(move |(kind, (suffix, what))| Column {
        name: format!("{}_{suffix}", measure.name),
        unit: unit.clone(),
        meaning: format!("{what}: {}", measure.meaning),
        values: Values::Real(rows.iter().map(|row| row[kind]).collect()),
    })
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
            Unit::Minutes => "minutes".into(),
        }
    }
}
