//! A sweep: many scenarios that differ from one base in some keys, each played the same number of runs on the same luck.
//!
//! Study floor. A sweep file is read into a [`Sweep`]: the base scenario and the [`Plan`], which holds every cell and is all that a
//! cell's numbers depend on; its digest names the sweep. [`play`](play::play) plays cells, spread over threads by cell and by run,
//! and what comes out of each is a [`Record`]. What the numbers teach is reckoned in `sensitivity`; where they are kept is the
//! business of `store`.
//!
//! A cell's luck depends on the seed and the run alone, never on the cell's place: cells can be told apart by few runs, and the same
//! cell in another sweep comes out the same.

mod base;
mod constraint;
mod data;
pub mod design;
mod factor;
mod factor_table;
mod file;
pub mod lessons;
mod listed;
mod market;
mod metric;
pub mod pilot;
mod places;
mod plan;
mod play;
mod points;
mod quantity;
mod record;
mod results;

pub use data::DataFile;
pub use factor::{Factor, Law, Level, Place, Values, Writing};
pub use file::Budget;
pub use market::Markets;
pub use metric::{Metric, SHARE, names as metric_names};
pub use plan::{BYTES_MAX, Design, Keep, Plan};
pub use play::{Keeper, play};
pub use record::{Day, QUANTILES, Record, Statistics};
pub use results::{curves_table, results_table, runs_table};

use crate::experiment::Outcome;
use crate::scenario::mistake::{Mistake, Mistakes};
use crate::scenario::{Overrides, Scenario, ScenarioError};
use metric::Kind;
use places::Places;
use rayon::prelude::*;
use std::path::Path;

/// A plan, and what it takes to play it.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// Everything that its numbers depend on.
    pub plan: Plan,
    /// What it may take; of a plan alone, anything.
    pub budget: Budget,
    base: Scenario,
    kinds: Vec<Kind>,
    places: Places,
    moved: data::Moved,
}

impl Sweep {
    /// A sweep whose plan is known; data files are looked for in `folder`.
    ///
    /// # Errors
    /// Its base scenario cannot be read there.
    pub fn of_plan(plan: Plan, folder: &Path) -> Result<Sweep, ScenarioError> {
        let overrides = Overrides { runs: Some(plan.runs), seed: Some(plan.seed().0), people: None };
        let base = Scenario::parse(&plan.base_name, &data::base_in(&plan.base, folder), folder, overrides)?;
        let refused = |found: String, allowed: &str| {
            let allowed = format!("{allowed}, with which the sweep was planned");
            let mistake = Mistake { span: None, key: "graph".to_owned(), found, allowed, hint: None };
            ScenarioError::Mistakes(Box::new(Mistakes::new(&plan.base_name, &plan.base, vec![mistake])))
        };
        if base.graph_sha256.is_some() && base.graph_sha256.as_ref() != plan.data_sha256.first() {
            let found = format!("a graph whose digest is {}", base.graph_sha256.as_deref().unwrap_or_default());
            return Err(refused(found, plan.data_sha256.first().map_or("none", String::as_str)));
        }
        let moved = data::moved_to(&plan, &base, folder)
            .map_err(|found| refused(found, &format!("one of {}", plan.data_sha256.join(", "))))?;
        let kinds = plan.metrics.iter().filter_map(|metric| Kind::parse(&metric.name).ok()).collect();
        let budget = Budget { cells: usize::MAX, time: None, disk: u64::MAX };
        Ok(Sweep { plan, budget, base, kinds, places: Places::default(), moved })
    }

    /// The base scenario.
    pub fn base(&self) -> &Scenario {
        &self.base
    }

    /// The scenario of a cell.
    ///
    /// # Errors
    /// Its values cannot stand in the base scenario.
    pub fn scenario(&self, cell: usize) -> Result<Scenario, ScenarioError> {
        let levels = self.plan.levels(cell);
        self.base.with_layers(levels.iter().map(|level| self.toml_of(&level.toml)))
    }

    /// These cells in the order in which they are played: those of one market follow each other, and the markets are shuffled.
    pub fn in_order(&self, cells: &[u32]) -> Vec<u32> {
        market::in_order(&self.plan.factors, &self.plan.cells, self.plan.seed(), cells)
    }

    /// Whether runs are played without the programme as well.
    pub fn needs_twin(&self) -> bool {
        self.kinds.iter().any(|kind| kind.needs_twin())
    }

    /// Reads the scenario of every cell; `done` is told after each, from any thread. What else is asked of each comes after it.
    ///
    /// # Errors
    /// What is wrong with them, each thing once, with the first cells that have it.
    pub fn check(&self, done: impl Fn(&Scenario) + Sync) -> Result<(), ScenarioError> {
        let wrong = |cell: usize| match self.scenario(cell) {
            Ok(scenario) => {
                done(&scenario);
                Ok(self.unfit(&scenario).map(|mistake| (cell, vec![mistake])))
            }
            Err(ScenarioError::Mistakes(mistakes)) => Ok(Some((cell, mistakes.list().to_vec()))),
            Err(other) => Err(other),
        };
        let found: Vec<Option<(usize, Vec<Mistake>)>> =
            (0..self.plan.cells.len()).into_par_iter().map(wrong).collect::<Result<_, _>>()?;
        match places::mistakes(self, found.into_iter().flatten().collect()) {
            None => Ok(()),
            Some(mistakes) => Err(ScenarioError::Mistakes(Box::new(mistakes))),
        }
    }

    /// What a right scenario may still be wrong for.
    fn unfit(&self, scenario: &Scenario) -> Option<Mistake> {
        let mistake = |key: &str, found: String, allowed: &str| {
            let (key, allowed) = (key.to_owned(), allowed.to_owned());
            Some(Mistake { span: None, key, found, allowed, hint: None })
        };
        let code = &self.plan.money.code;
        if scenario.currency.code() != *code {
            return mistake(
                "currency",
                scenario.currency.code().to_owned(),
                &format!("{code}, the currency of the base scenario"),
            );
        }
        if scenario.people().is_none() && self.kinds.iter().any(|kind| kind.needs_people()) {
            return mistake(
                "metrics",
                "a share of people without end".to_owned(),
                "metrics that are no share of all people",
            );
        }
        None
    }

    /// What is kept of a cell after its runs.
    fn record(&self, outcome: &Outcome, people: u32) -> Record {
        let money = &self.plan.money;
        let metrics = self.kinds.iter().map(|kind| kind.statistics(outcome, people, money)).collect();
        let runs = if self.plan.keep.runs {
            self.kinds.iter().map(|kind| kind.values(outcome, people)).collect()
        } else {
            vec![]
        };
        let curves = self.plan.keep.curves.iter().map(|name| record::curve(outcome, name, money)).collect();
        Record { stopped: outcome.stopped() as u32, metrics, runs, curves }
    }

    /// How many bytes the record of a cell has at most, by which the disk is reckoned.
    pub fn record_bytes(&self) -> u64 {
        let days = u64::from(self.base.horizon().day_closing()) + 1;
        let metrics = self.kinds.len() as u64;
        let runs = if self.plan.keep.runs { metrics * u64::from(self.plan.runs) * 4 } else { 0 };
        64 + metrics * 110 + runs + self.plan.keep.curves.len() as u64 * days * 32
    }
}
