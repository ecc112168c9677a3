//! Some runs heard closely, and the tables that come of it: by day, by generation, by cascade.
//!
//! [`Details`] is handed to [`Experiment::run_logged`] and lets `projection::detail` hear the first runs, a hundred of them
//! unless it is told otherwise; when all are played, [`Details::gathered`] puts them in the order of runs, whatever the
//! threads, and [`Gathered`] makes tables of them.
//!
//! ```
//! # use std::path::Path;
//! # use tellwave::experiment::Details;
//! # use tellwave::scenario::{Overrides, Scenario, ScenarioError};
//! # fn main() -> Result<(), ScenarioError> {
//! # let text = "runs = 20\ngraph.watts_strogatz.people = 500\nseeds.count = 20";
//! # let scenario = Scenario::parse("coffee.toml", text, Path::new(""), Overrides::default())?;
//! let (money, experiment) = (scenario.money(), scenario.into_experiment());
//! let details = Details::new(&experiment, Details::RUNS);
//! let outcome = experiment.run_logged(&details, || ());
//! let gathered = details.gathered();
//! assert_eq!(gathered.acquisition().rows(), 366);
//! assert!(gathered.tables(&money).iter().any(|(name, _)| *name == "cascade_sizes"));
//! # Ok(())
//! # }
//! ```
//!
//! | file | tables |
//! |---|---|
//! | `days` | acquisition, sentiment, liability, budget |
//! | `shapes` | R by generation and by day, cascades, degrees, funnel |
//! | `network` | no table: the largest cascade, who bought when, and who is tied to whom |
//!
//! "These runs", in the meaning of a column, are those that were heard closely.
//!
//! A ratio of all runs together is the sum of what is above the line through the sum of what is below, as elsewhere in a
//! report: a run with few customers counts for little. Quantiles are those of the ratios of single runs, each rounded to a
//! millionth, so that they are quantiles of whole numbers.
//!
//! What is kept of a run are 128 bytes a day of the horizon, and two small tables of its cascades; of the first run, who
//! bought when. While a run is heard, some dozens of bytes a customer come on top, and four bits a person.
//!
//! Deliberately absent: the twin's runs, which no log hears; to see them, play the world without its programme.

mod days;
mod network;
mod shapes;
#[cfg(test)]
pub(super) mod tests;

pub use network::{LargestCascade, Network};

use super::summary::Spread;
use super::{Experiment, Logs, MoneyUnit};
use crate::engine::World;
use crate::projection::detail::{Detail, Detailed};
use crate::table::{Column, Table, Values};
use crate::units::RunId;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Hears the first runs of an experiment closely.
#[derive(Debug)]
pub struct Details<'e> {
    experiment: &'e Experiment,
    runs: Range<u32>,
    closed: Mutex<BTreeMap<u32, Detailed>>,
}

/// What came out of the runs that were heard closely.
#[derive(Debug)]
pub struct Gathered<'e> {
    experiment: &'e Experiment,
    /// In the order of runs, with their numbers.
    runs: Vec<(RunId, Detailed)>,
}

impl<'e> Details<'e> {
    /// Enough for a mean and a band in a chart \[runs\].
    pub const RUNS: u32 = 100;

    /// For the first runs of an experiment, so many at most; all, where there are fewer.
    pub fn new(experiment: &'e Experiment, most: u32) -> Details<'e> {
        let all = experiment.numbers();
        let runs = all.start..all.start + most.min(all.len() as u32);
        Details { experiment, runs, closed: Mutex::default() }
    }

    /// What came out, once the runs are played.
    pub fn gathered(self) -> Gathered<'e> {
        let closed = self.closed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let runs = closed.into_iter().map(|(number, detailed)| (RunId(number), detailed)).collect();
        Gathered { experiment: self.experiment, runs }
    }
}

impl Logs for Details<'_> {
    type Log = Detail;

    fn open(&self, run: RunId) -> Option<Detail> {
        // Single purchases are for a picture of one run.
        let is_first = run.0 == self.runs.start;
        self.runs.contains(&run.0).then(|| Detail::new(&self.experiment.world, is_first))
    }

    fn close(&self, run: RunId, log: Detail) {
        // Before the lock: it is the longest part.
        let detailed = log.close();
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).insert(run.0, detailed);
    }
}

impl Gathered<'_> {
    /// The runs that were heard closely, in their order.
    pub fn runs(&self) -> impl ExactSizeIterator<Item = RunId> {
        self.runs.iter().map(|(run, _)| *run)
    }

    /// Customers of generation 0, 1, 2, … of each of these runs, as far as it has any \[people\].
    pub fn generations(&self) -> impl Iterator<Item = &[i64]> {
        self.runs.iter().map(|(_, run)| run.brought.generations.as_slice())
    }

    /// All tables that the scenario has, each with its name.
    pub fn tables(&self, money: &MoneyUnit) -> Vec<(&'static str, Table)> {
        let always = [
            ("acquisition", self.acquisition()),
            ("sentiment", self.sentiment()),
            ("virality_by_generation", self.virality_by_generation()),
            ("virality_by_day", self.virality_by_day()),
            ("cascade_sizes", self.cascade_sizes()),
            ("cascade_depths", self.cascade_depths()),
            ("funnel", self.funnel()),
        ];
        let sometimes = [("liability", self.liability(money)), ("budget", self.budget()), ("degrees", self.degrees())];
        let sometimes = sometimes.into_iter().filter_map(|(name, table)| Some((name, table?)));
        always.into_iter().chain(sometimes).collect()
    }

    fn world(&self) -> &World {
        &self.experiment.world
    }

    fn days(&self) -> usize {
        self.world().horizon.day_closing() as usize + 1
    }

    /// The world, and the one in which it goes on, where the runs are forked.
    fn worlds(&self) -> impl Iterator<Item = &World> {
        let fork = self.world().fork.as_ref().map(|fork| &fork.world);
        [self.world()].into_iter().chain(fork)
    }

    fn has_programme(&self) -> bool {
        let policies = |world: &World| {
            let own_terms = world.segments.iter().filter_map(|segment| segment.terms.as_ref());
            own_terms.chain([&world.policy]).any(|policy| !policy.rules().is_empty())
        };
        self.worlds().any(policies)
    }
}

fn column(name: impl Into<String>, unit: &str, meaning: impl Into<String>, values: Values) -> Column {
    Column { name: name.into(), unit: unit.into(), meaning: meaning.into(), values }
}

/// The rows of a table by day.
fn column_of_days(days: usize) -> Column {
    let meaning = "days since the start; a row holds all that has happened by the end of its day";
    column("day", "days", meaning, Values::Count((0..days as i64).collect()))
}

/// What is measured in each row of a table.
struct Measured<'a> {
    name: &'a str,
    unit: &'a str,
    meaning: &'a str,
}

/// Mean over the runs, 5 % and 95 % quantile of a measure, a column each; a row is `[mean, p05, p95]`.
fn columns_of(Measured { name, unit, meaning }: Measured, mean: &str, rows: &[[f64; 3]]) -> [Column; 3] {
    let statistics =
        [("mean", mean), ("p05", "5 % quantile over these runs"), ("p95", "95 % quantile over these runs")];
    let mut place = 0;
    statistics.map(|(suffix, what)| {
        let values = rows.iter().map(|row| row[place]).collect();
        place += 1;
        column(format!("{name}_{suffix}"), unit, format!("{what}: {meaning}"), Values::Real(values))
    })
}

/// The 5 % and the 95 % quantile of whole numbers, of which there is one for each run; NaN without runs.
fn band(mut values: Vec<i64>) -> [f64; 2] {
    let Spread { low, high, .. } = Spread::of(&mut values);
    [low, high]
}

/// A share in whole millionths, rounded towards zero; nothing of nothing.
fn millionths(part: i64, whole: i64) -> Option<i64> {
    (whole != 0).then(|| (i128::from(part) * 1_000_000 / i128::from(whole)) as i64)
}

/// Of ratios, one for each run that has one: all runs together, and the quantiles of single runs.
fn ratios(parts: impl Iterator<Item = (i64, i64)> + Clone) -> [f64; 3] {
    let (part, whole) = parts.clone().fold((0i64, 0i64), |(part, whole), next| (part + next.0, whole + next.1));
    let all = if whole == 0 { f64::NAN } else { part as f64 / whole as f64 };
    let [low, high] = band(parts.filter_map(|(part, whole)| millionths(part, whole)).collect());
    [all, low / 1e6, high / 1e6]
}
