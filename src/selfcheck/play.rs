//! Playing what a quantity needs: how many runs are affordable, and the numbers that are kept of them.
//!
//! Runs are played in batches, each with a seed of its own: so a graph that is grown at random is grown several times, and
//! the daily numbers of a batch are gone before the next one is played. What is kept is a function of the case and the
//! effort, whatever the number of threads.

use super::tally::{Tally, Terms};
use super::translate::{Model, Plan, Refused, graph};
use crate::engine::{Ending, Run, World};
use crate::experiment::{Experiment, Outcome};
use crate::projection::{Projection, Standard, Unit};
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::units::RunId;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::path::Path;

/// The seed of the first batch.
const SEED: u64 = 20_261_121;

/// Graphs over which one quantity is averaged.
const GRAPHS: u32 = 10;

/// Work of a word is 1; that of a customer, of a run, and of a number that is kept for each day.
const CUSTOMER_WORK: f64 = 10.0;
const RUN_WORK: f64 = 1_000.0;
const CELL_WORK: f64 = 0.5;

/// Runs by which the work of one is estimated. They do not count, so that how many do does not depend on how they went.
const PILOT: u32 = 12;

/// The fewest runs, however much work they are; a case may ask for fewer.
const RUNS_MIN: f64 = 20.0;

/// Memory for the daily numbers of a batch, and for what is kept of all of them \[bytes\].
const BATCH_BYTES: f64 = 128e6;
const KEPT_BYTES: f64 = 1e9;

/// How much is played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// How many times the runs that a case asks for.
    pub times: f64,
    /// Work that the runs of one quantity may take \[words\].
    pub work: f64,
}

impl Effort {
    /// Every run that the cases ask for, however long it takes.
    pub const FULL: Effort = Effort { times: 1.0, work: f64::INFINITY };

    /// What one waits for: a few minutes for all cases at 1, and so many times that, in runs and in work.
    pub fn scaled(scale: f64) -> Effort {
        Effort { times: scale, work: 5e8 * scale }
    }

    /// What a test can take: a minute for all cases.
    pub const TEST: Effort = Effort { times: 1.0, work: 1e8 };
}

/// What is kept of the runs of a plan, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Runs {
    /// All totals of each run; nothing where tallies are kept instead.
    totals: Vec<Vec<i64>>,
    /// The tally of each run, where the model is about one customer.
    tallies: Vec<Tally>,
    /// Whether it was stopped.
    stopped: Vec<bool>,
    /// Its customers by the end of day 0, 1, 2, …, where the plan needs them.
    customers: Vec<Vec<i64>>,
    /// Minor units in a major one.
    minor_units: f64,
}

impl Runs {
    /// How many there are.
    pub fn len(&self) -> u32 {
        self.totals.len().max(self.tallies.len()) as u32
    }

    /// A total measure of every run; money in major units. Nothing if there is no such measure.
    pub fn measure(&self, name: &str) -> Option<Vec<f64>> {
        if !self.tallies.is_empty() {
            return self.tallies.iter().map(|tally| tally.value(name, self.minor_units)).collect();
        }
        let measures = Standard::total_measures();
        let place = measures.iter().position(|measure| measure.name == name)?;
        let scale = if measures[place].unit == Unit::Money { self.minor_units } else { 1.0 };
        Some(self.totals.iter().map(|totals| totals[place] as f64 / scale).collect())
    }

    /// Whether each run was stopped at the limit of customers.
    pub fn stopped(&self) -> &[bool] {
        &self.stopped
    }

    /// The customers of each run by the end of day 0, 1, 2, …
    pub fn customers(&self) -> &[Vec<i64>] {
        &self.customers
    }

    fn take(&mut self, outcome: Outcome, daily: bool) {
        for row in outcome.rows {
            if daily {
                self.customers.push(row.daily_of("customers").map_or_else(Vec::new, <[i64]>::to_vec));
            }
            self.stopped.push(row.ending == Ending::Stopped);
            self.totals.push(row.totals);
        }
    }
}

/// Plays a plan of a model whose case asks for so many runs; `bias` may change each world before it is played.
pub fn play(
    model: &Model,
    plan: &Plan,
    asked: u32,
    effort: Effort,
    bias: &dyn Fn(&mut World),
) -> Result<Runs, Refused> {
    let batch = |runs_of: &mut Runs, seed, runs| -> Result<(), Refused> {
        // A scenario makes room for daily numbers, which no tally keeps.
        let said = if model.tally.is_some() { 1 } else { runs };
        let (mut experiment, minor_units) = experiment(model, &model.scenario(plan, seed, said))?;
        bias(&mut experiment.world);
        experiment.twin = false;
        runs_of.minor_units = minor_units;
        match model.tally {
            Some(terms) => runs_of.tallies.extend(tallies(&experiment.world, runs, terms)),
            None => runs_of.take(experiment.run(|| ()), plan.daily),
        }
        Ok(())
    };
    let days = plan.horizon.ceil() + 1.0;
    let (cells, each) = match model.tally {
        Some(_) => (0.0, size_of::<Tally>()),
        None => (days * Standard::daily_measures().len() as f64, 8 * Standard::total_measures().len()),
    };
    let kept = if plan.daily { 8.0 * days } else { 0.0 } + each as f64;
    let mut runs = (f64::from(asked) * effort.times).round().clamp(1.0, (KEPT_BYTES / kept).max(1.0));
    if runs > f64::from(PILOT) && effort.work.is_finite() {
        let mut pilot = Runs::default();
        batch(&mut pilot, SEED - 1, PILOT)?;
        let sum = |name| pilot.measure(name).map_or(0.0, |values| values.iter().sum::<f64>());
        let work = sum("words_good") + sum("words_bad") + CUSTOMER_WORK * sum("customers");
        let each = work / f64::from(PILOT) + RUN_WORK + CELL_WORK * cells;
        runs = runs.min((effort.work / each).floor().max(RUNS_MIN));
    }
    let least = if model.grown { f64::from(GRAPHS) } else { 1.0 };
    let batches = (runs * cells * 8.0 / BATCH_BYTES).ceil().max(least).min(runs);
    let mut played = Runs::default();
    for number in 0..batches as u64 {
        batch(&mut played, SEED + number, (runs / batches).ceil() as u32)?;
    }
    Ok(played)
}

/// The tally of each run, in their order.
fn tallies(world: &World, runs: u32, terms: Terms) -> Vec<Tally> {
    let play = |run: &mut Run, number| {
        let mut tally = Tally::new(terms);
        run.play(world, RunId(number), &mut tally);
        tally
    };
    (0..runs).into_par_iter().map_init(|| Run::new(world), play).collect()
}

/// The experiment of a scenario's text, and how many minor units its money has.
fn experiment(model: &Model, text: &str) -> Result<(Experiment, f64), Refused> {
    let parse = |folder: &Path| Scenario::parse("case.toml", text, folder, Overrides::default());
    let scenario = match &model.edges {
        None => parse(Path::new("")),
        Some(edges) => {
            let disk =
                |error: std::io::Error| Refused::Disk(format!("could not write an edge list to read it back: {error}"));
            let folder = tempfile::tempdir().map_err(disk)?;
            std::fs::write(folder.path().join(graph::EDGES), edges).map_err(disk)?;
            parse(folder.path())
        }
    };
    let scenario = scenario.map_err(refused)?;
    let minor_units = scenario.money().minor_units();
    Ok((scenario.into_experiment(), minor_units))
}

/// What a refused scenario says of its case: a key that no scenario has is something that is not known.
fn refused(error: ScenarioError) -> Refused {
    let ScenarioError::Mistakes(mistakes) = error else { return Refused::Disk(error.to_string()) };
    let (unknown, wrong): (Vec<_>, Vec<_>) = mistakes.list().iter().partition(|mistake| mistake.is_unknown_key());
    match (wrong.first(), unknown.first()) {
        // A key that is not known may leave others without sense.
        (_, Some(mistake)) => Refused::NotKnown(format!("`{}` in a scenario", mistake.key)),
        (Some(mistake), None) => {
            Refused::Wrong(format!("{} is {}; allowed: {}", mistake.key, mistake.found, mistake.allowed))
        }
        (None, None) => Refused::Wrong("no scenario".to_owned()),
    }
}
