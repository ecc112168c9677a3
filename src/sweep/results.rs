//! The tables of a sweep: one row a cell and metric; where they are kept, one row a cell, run and metric, and one a cell and day.
//!
//! The values of the factors stand in every row: as numbers where all levels of a factor are numbers of one unit, else as names.

use super::factor::{Factor, Level};
use super::plan::Plan;
use super::record::{Record, Statistics};
use crate::table::{Column, Table, Values};

/// Names of columns that no factor may have; `name_of` puts an underscore behind those that do.
const OWN: [&str; 19] = [
    "cell", "metric", "unit", "runs", "mean", "sd", "error", "low", "high", "least", "p05", "p25", "median", "p75",
    "p95", "greatest", "run", "value", "day",
];

/// Rows that grow: the cell's number, and what it takes of each factor.
struct Keys<'p> {
    plan: &'p Plan,
    cells: Vec<i64>,
    numbers: Vec<Vec<f64>>,
    labels: Vec<Vec<String>>,
}

impl<'p> Keys<'p> {
    fn new(plan: &'p Plan) -> Keys<'p> {
        let each = plan.factors.len();
        Keys { plan, cells: vec![], numbers: vec![vec![]; each], labels: vec![vec![]; each] }
    }

    /// So many rows of a cell, counted from 0.
    fn add(&mut self, cell: u32, rows: usize) {
        self.cells.extend(std::iter::repeat_n(i64::from(cell) + 1, rows));
        for (place, Level { label, number, .. }) in self.plan.levels(cell as usize).into_iter().enumerate() {
            match self.plan.factors[place].is_number() {
                true => self.numbers[place].extend(std::iter::repeat_n(number.unwrap_or(f64::NAN), rows)),
                false => self.labels[place].extend(std::iter::repeat_n(label, rows)),
            }
        }
    }

    fn columns(self) -> Vec<Column> {
        let mut columns = vec![column("cell", "", "number of the cell in the plan, from 1", Values::Count(self.cells))];
        let values = self.numbers.into_iter().zip(self.labels);
        for (factor, (numbers, labels)) in self.plan.factors.iter().zip(values) {
            let values = if factor.is_number() { Values::Real(numbers) } else { Values::Name(labels) };
            columns.push(column(&name_of(factor), &factor.unit, "the cell's value of this factor", values));
        }
        columns
    }
}

fn name_of(factor: &Factor) -> String {
    if OWN.contains(&factor.name.as_str()) { format!("{}_", factor.name) } else { factor.name.clone() }
}

fn column(name: &str, unit: &str, meaning: &str, values: Values) -> Column {
    Column { name: name.to_owned(), unit: unit.to_owned(), meaning: meaning.to_owned(), values }
}

/// What a row of the main table says of a metric: its column, its meaning, and how it is taken.
type Said = (&'static str, &'static str, fn(&Statistics) -> Option<f64>);

fn quantile(of: &Statistics, place: usize) -> Option<f64> {
    of.quantiles.map(|quantiles| quantiles[place])
}

const SAID: [Said; 12] = [
    ("mean", "mean over the runs, or the ratio of totals; NaN where there is none", |it| it.mean),
    ("sd", "standard deviation over the runs", |it| it.deviation),
    ("error", "standard error of the mean", |it| it.error),
    ("low", "lower end of the 95 % interval of the mean", |it| it.interval.map(|ends| ends[0])),
    ("high", "upper end of the 95 % interval of the mean", |it| it.interval.map(|ends| ends[1])),
    ("least", "least of the runs", |it| quantile(it, 0)),
    ("p05", "5 % quantile over the runs", |it| quantile(it, 1)),
    ("p25", "25 % quantile over the runs", |it| quantile(it, 2)),
    ("median", "median over the runs", |it| quantile(it, 3)),
    ("p75", "75 % quantile over the runs", |it| quantile(it, 4)),
    ("p95", "95 % quantile over the runs", |it| quantile(it, 5)),
    ("greatest", "greatest of the runs", |it| quantile(it, 6)),
];

/// The main table: one row a cell and metric, in the order of the plan.
pub fn results_table(plan: &Plan, records: &[(u32, Record)]) -> Table {
    let metrics = plan.metrics.len();
    let mut keys = Keys::new(plan);
    records.iter().for_each(|(cell, _)| keys.add(*cell, metrics));
    let all = || records.iter().flat_map(|(_, record)| &record.metrics);
    let of_metrics = |of: fn(&super::Metric) -> String| {
        Values::Name(records.iter().flat_map(|_| plan.metrics.iter().map(of)).collect())
    };
    let mut columns = keys.columns();
    columns.push(column("metric", "", "what was measured", of_metrics(|metric| metric.name.clone())));
    columns.push(column("unit", "", "what it is counted in", of_metrics(|metric| metric.unit.clone())));
    let runs = all().map(|it| i64::from(it.runs)).collect();
    columns.push(column("runs", "", "runs that have a number of it", Values::Count(runs)));
    for (name, meaning, of) in SAID {
        let values = all().map(|it| of(it).unwrap_or(f64::NAN)).collect();
        columns.push(column(name, "", meaning, Values::Real(values)));
    }
    Table { columns }
}

/// One row a cell, run and metric that is a number of each run, if the plan keeps runs. Money is in major units.
pub fn runs_table(plan: &Plan, records: &[(u32, Record)]) -> Option<Table> {
    if !plan.keep.runs {
        return None;
    }
    let mut keys = Keys::new(plan);
    let (mut names, mut runs, mut values) = (vec![], vec![], vec![]);
    for (cell, record) in records {
        for (metric, of_runs) in plan.metrics.iter().zip(&record.runs) {
            let Some(of_runs) = of_runs else { continue };
            let scale = if metric.unit == plan.money.code { plan.money.minor_units() } else { 1.0 };
            keys.add(*cell, of_runs.len());
            names.extend(std::iter::repeat_n(metric.name.clone(), of_runs.len()));
            runs.extend(0..of_runs.len() as i64);
            values.extend(of_runs.iter().map(|value| value.map_or(f64::NAN, |value| value as f64 / scale)));
        }
    }
    let mut columns = keys.columns();
    columns.push(column("metric", "", "what was measured", Values::Name(names)));
    columns.push(column(
        "run",
        "",
        "number of the run, from 0: the same number has the same luck in every cell",
        Values::Count(runs),
    ));
    columns.push(column("value", "", "the metric in that run; NaN where it has none", Values::Real(values)));
    Some(Table { columns })
}

/// One row a cell, daily measure and day, if the plan keeps curves.
pub fn curves_table(plan: &Plan, records: &[(u32, Record)]) -> Option<Table> {
    if plan.keep.curves.is_empty() {
        return None;
    }
    let mut keys = Keys::new(plan);
    let (mut names, mut days) = (vec![], vec![]);
    let mut values: [Vec<f64>; 4] = Default::default();
    for (cell, record) in records {
        for (name, curve) in plan.keep.curves.iter().zip(&record.curves) {
            keys.add(*cell, curve.len());
            names.extend(std::iter::repeat_n(name.clone(), curve.len()));
            days.extend(0..curve.len() as i64);
            for day in curve {
                for (values, value) in values.iter_mut().zip([day.mean, day.median, day.low, day.high]) {
                    values.push(value);
                }
            }
        }
    }
    let mut columns = keys.columns();
    columns.push(column("metric", "", "the daily measure, cumulative", Values::Name(names)));
    columns.push(column(
        "day",
        "days",
        "days since the start; a row holds all that has happened by the end of its day",
        Values::Count(days),
    ));
    let said = [
        ("mean", "mean over the runs"),
        ("median", "median over the runs"),
        ("p05", "5 % quantile over the runs"),
        ("p95", "95 % quantile over the runs"),
    ];
    for ((name, meaning), values) in said.into_iter().zip(values) {
        columns.push(column(name, "", meaning, Values::Real(values)));
    }
    Some(Table { columns })
}
