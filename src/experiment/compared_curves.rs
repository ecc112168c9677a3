//! Scenarios side by side, day by day: the curves of each, and of the differences from a baseline, run by run.

use super::summary::columns_of_days;
use super::{Estimate, MoneyUnit, Outcome, Row, runs_table};
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::table::{Column, Table, Values};
use rayon::prelude::*;

/// Daily measures whose differences from the baseline have curves too.
const DIFFERENCES: [&str; 3] = ["customers", "revenue", "profit"];

/// One row a day. For each scenario, numbered from 1 in the order given, the mean, the median and the 5 and 95 % quantiles over the
/// runs of each daily measure (cumulative): `customers_mean_1`, … Then, for each but the baseline, the mean difference from the
/// baseline, run by run, and the 95 % interval of that mean: `customers_difference_mean_2`, `…_low_2`, `…_high_2`. All of the runs
/// whose days were kept, which are the same of each scenario.
pub fn compared_curves(outcomes: &[Outcome], baseline: usize, money: &MoneyUnit) -> Table {
    let measures = Standard::daily_measures();
    let known = |outcome: &Outcome| outcome.rows.iter().take_while(|row| !row.daily.is_empty()).count();
    let runs = outcomes.iter().map(known).min().unwrap_or(0);
    let days =
        outcomes.first().and_then(|outcome| outcome.rows.first()).map_or(0, |row| row.daily.len() / measures.len());
    let mut columns = vec![Column {
        name: "day".into(),
        unit: "days".into(),
        meaning: "days since the start; a row holds all that has happened by the end of its day".into(),
        values: Values::Count((0..days as i64).collect()),
    }];
    let cell = |row: &Row, place: usize, day: usize| row.daily[place * days + day];
    for (which, outcome) in outcomes.iter().enumerate() {
        for (place, &measure) in measures.iter().enumerate() {
            let values = |run: usize, day| cell(&outcome.rows[run], place, day);
            let numbered = columns_of_days(measure, [runs, days], money, values);
            columns.extend(numbered.map(|column| numbered_as(column, which)));
        }
    }
    for (which, outcome) in outcomes.iter().enumerate().filter(|(which, _)| *which != baseline) {
        for name in DIFFERENCES {
            let place = measures.iter().position(|measure| measure.name == name).expect("a measure of every day");
            let value = |run: usize, day| {
                cell(&outcome.rows[run], place, day) - cell(&outcomes[baseline].rows[run], place, day)
            };
            columns.extend(
                differences(measures[place], [runs, days], money, value).map(|column| numbered_as(column, which)),
            );
        }
    }
    Table { columns }
}

fn numbered_as(column: Column, which: usize) -> Column {
    let meaning = format!("scenario {}: {}", which + 1, column.meaning);
    Column { name: format!("{}_{}", column.name, which + 1), meaning, ..column }
}

/// The mean of a difference for each day, with the 95 % interval of the mean.
fn differences(
    measure: Measure,
    [runs, days]: [usize; 2],
    money: &MoneyUnit,
    value_of: impl Fn(usize, usize) -> i64 + Sync,
) -> impl Iterator<Item = Column> {
    let scale = if measure.unit == Unit::Money { money.minor_units() } else { 1.0 };
    let rows: Vec<[f64; 3]> = (0..days)
        .into_par_iter()
        .map(|day| {
            let values: Vec<i64> = (0..runs).map(|run| value_of(run, day)).collect();
            let estimate = Estimate::of(&values);
            let [low, high] = estimate.interval.unwrap_or([estimate.mean; 2]);
            [estimate.mean, low, high].map(|value| value / scale)
        })
        .collect();
    let kinds = [
        ("mean", "mean over the runs of the difference from the baseline"),
        ("low", "lower end of the 95 % interval of the mean difference from the baseline"),
        ("high", "upper end of the 95 % interval of the mean difference from the baseline"),
    ];
    kinds.into_iter().enumerate().map(move |(kind, (suffix, what))| Column {
        name: format!("{}_difference_{suffix}", measure.name),
        unit: measure.unit.name(money),
        meaning: format!("{what}: {}", measure.meaning),
        values: Values::Real(rows.iter().map(|row| row[kind]).collect()),
    })
}

/// One row a run of each scenario: its number from 1 in the order given, then what `runs.parquet` of that scenario's own runs has,
/// twins left out.
pub fn compared_runs(outcomes: &[Outcome], money: &MoneyUnit) -> Table {
    let mut joined: Option<Table> = None;
    for (which, outcome) in outcomes.iter().enumerate() {
        let alone = Outcome { first: outcome.first, rows: outcome.rows.clone(), twin: None };
        let mut table = runs_table(&alone, money);
        let numbers = vec![which as i64 + 1; table.rows()];
        let meaning = "number of the scenario, from 1".into();
        let name = "scenario".into();
        table.columns.insert(0, Column { name, unit: String::new(), meaning, values: Values::Count(numbers) });
        match &mut joined {
            Some(joined) => joined.append(table),
            None => joined = Some(table),
        }
    }
    joined.unwrap_or(Table { columns: vec![] })
}
