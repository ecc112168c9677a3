//! An experiment: many runs of one world, spread over threads, gathered in the order of the runs.
//!
//! Each run is a pure function of the seed and its number, and no two share anything that changes, so the outcome does
//! not depend on the number of threads. Whole numbers are gathered run by run first; statistics come afterwards. Where the
//! world has a programme, each run is played without it as well, on the same luck: see `twin`.
//!
//! ```
//! use std::path::Path;
//! use tellwave::experiment::Programme;
//! use tellwave::scenario::{Overrides, Scenario, ScenarioError};
//!
//! fn main() -> Result<(), ScenarioError> {
//!     let text = "runs = 20\ngraph.watts_strogatz.people = 1_000\npolicy.one_sided.advocate = '5 USD'";
//!     let scenario = Scenario::parse("small.toml", text, Path::new(""), Overrides::default())?;
//!     let outcome = scenario.into_experiment().run(|| ());
//!     // One whole number a run, and what the programme adds to each on the same luck.
//!     assert_eq!(outcome.totals("customers").map(|runs| runs.len()), Some(20));
//!     let programme = Programme::of(&outcome).expect("there is a rule");
//!     assert!(programme.comparison_of("incremental_customers").is_some());
//!     Ok(())
//! }
//! ```

mod actuals;
mod cascades;
mod compared;
mod compared_curves;
mod details;
#[doc(hidden)]
pub mod figures;
mod forecast;
mod forked;
mod offered;
#[doc(hidden)]
pub mod precision;
mod programme;
mod ratio;
mod ratio_measure;
mod statement;
mod statistics;
mod summary;
mod twin;
mod worth;

#[doc(hidden)]
pub use actuals::{Actuals, Fit};
#[doc(hidden)]
pub use cascades::Cascades;
pub use compared::{Compared, Contender, Contrast, Difference};
#[doc(hidden)]
pub use compared_curves::{compared_curves, compared_runs};
pub use details::{Details, Gathered, LargestCascade, Network};
#[doc(hidden)]
pub use forecast::Forecast;
#[doc(hidden)]
pub use forked::{Forked, Future};
pub use offered::ProgrammeMistake;
pub use programme::Programme;
pub use ratio::Ratio;
pub use ratio_measure::{RatioMeasure, RatioUnit};
pub use statement::{Line, Statement, ledger_table};
pub use statistics::{Estimate, Nps, quantile_sorted};
pub use summary::{MoneyUnit, Spread, Summary, curves, runs_table};
pub use twin::{Twin, comparison_measures};
pub use worth::worth;

/// Every ratio that can be told: of programmes, and of customers' worth.
pub fn ratio_measures() -> Vec<RatioMeasure> {
    [&programme::RATIOS[..], &worth::all()].concat()
}

#[doc(inline)]
pub use crate::engine::{Counterpart, Ending, Sink};
use crate::engine::{Run, World};
use crate::projection::{Projection, Standard};
use crate::units::RunId;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use twin::{Pair, Player};

/// A plan: which world, how often.
#[derive(Debug, Clone)]
pub struct Experiment {
    /// What is played. Not part of the interface: worlds come from scenarios.
    #[doc(hidden)]
    pub world: World,
    /// How many runs.
    pub runs: u32,
    /// The number of the first of them.
    pub first: u32,
    /// Whether each run is played without the programme as well, where the world has one.
    pub twin: bool,
    /// What money loses in a year, as a share from 0 to 1: the discounted worth of customers is counted with it.
    pub discount_rate: f64,
}

/// What came out: whole numbers, run by run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The number of the first run.
    pub first: u32,
    /// One row a run, in the order of runs.
    pub rows: Vec<Row>,
    /// The same runs without the programme; nothing where there is none or the twin was not to be played.
    pub twin: Option<Twin>,
}

/// What came out of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Value of each of [`Standard::total_measures`].
    pub totals: Vec<i64>,
    /// For each of [`Standard::daily_measures`], its value by the end of day 0, 1, 2, …
    pub daily: Vec<i64>,
    /// How the run ended.
    pub ending: Ending,
}

impl Experiment {
    /// The numbers of its runs.
    pub fn numbers(&self) -> Range<u32> {
        self.first..self.first + self.runs
    }

    /// Plays all runs on the threads of the current rayon pool; `done` is told after each run, from any thread.
    pub fn run(&self, done: impl Fn() + Sync) -> Outcome {
        self.run_logged(&(), done)
    }

    /// The same, with some runs heard into logs while they are played.
    pub fn run_logged(&self, logs: &impl Logs, done: impl Fn() + Sync) -> Outcome {
        self.gather(self.parts(logs, done, || true))
    }

    /// The same as long as `go_on` says so, which is asked before each run; nothing where it was stopped.
    #[doc(hidden)]
    pub fn run_while(
        &self,
        logs: &impl Logs,
        done: impl Fn() + Sync,
        go_on: impl Fn() -> bool + Sync,
    ) -> Option<Outcome> {
        let parts = self.parts(logs, done, go_on);
        let is_whole = parts.iter().map(Part::runs).sum::<usize>() == self.runs as usize;
        is_whole.then(|| self.gather(parts))
    }

    /// Plays all runs, or those that were begun before `go_on` said no.
    fn parts(&self, logs: &impl Logs, done: impl Fn() + Sync, go_on: impl Fn() -> bool + Sync) -> Vec<Part> {
        let next = AtomicU32::new(self.first);
        let threads = rayon::current_num_threads() as u32;
        let claim = || {
            if !go_on() {
                return None;
            }
            let number = next.fetch_add(1, Ordering::Relaxed);
            // Where fewer runs are left than there are threads, some have nothing to do.
            let left = self.numbers().end.saturating_sub(number);
            (left > 0).then_some(Claim { number, others_idle: left < threads })
        };
        rayon::broadcast(|_| self.play_part(claim, logs, &done))
    }

    /// Plays the runs that `claim` gives out, one after the other on this thread, until it gives none; `done` is told after each.
    #[doc(hidden)]
    pub fn play_part(&self, claim: impl Fn() -> Option<Claim>, logs: &impl Logs, done: impl Fn()) -> Part {
        // Memory once per thread, not once per run.
        let mut memory = None;
        let mut without = None;
        let mut runs = vec![];
        while let Some(Claim { number, others_idle }) = claim() {
            let memory = memory.get_or_insert_with(|| (self.player(), Pair::default()));
            let twin = without.get_or_insert_with(|| self.counterpart()).as_ref().map(|(_, twin)| twin);
            runs.push((number, self.play(RunId(number), twin, logs, memory, others_idle)));
            done();
        }
        Part(runs)
    }

    /// Puts the parts of an experiment together, in the order of runs whatever that of the parts.
    ///
    /// # Panics
    /// If a run is in none of them.
    #[doc(hidden)]
    pub fn gather(&self, parts: Vec<Part>) -> Outcome {
        let mut played: Vec<Option<Played>> = (0..self.runs).map(|_| None).collect();
        for (number, run) in parts.into_iter().flat_map(|part| part.0) {
            played[(number - self.first) as usize] = Some(run);
        }
        let (rows, twins): (Vec<Row>, Vec<_>) = played.into_iter().map(|run| run.expect("every run is played")).unzip();
        let of = self.counterpart().map(|(of, _)| of);
        Outcome { rows, twin: of.map(|of| Twin::of(of, twins.into_iter().flatten())), first: self.first }
    }

    /// The world in which each run is played as well, if there is one.
    fn counterpart(&self) -> Option<(Counterpart, World)> {
        if self.twin { self.world.counterpart() } else { None }
    }

    /// The projections of this experiment, with nothing heard yet.
    pub fn projections(&self) -> Standard {
        Standard::new(&self.world, self.discount_rate)
    }

    fn player(&self) -> Player {
        Player::new(Run::new(&self.world), self.projections())
    }

    fn play(
        &self,
        number: RunId,
        without: Option<&World>,
        logs: &impl Logs,
        (player, pair): &mut (Player, Pair),
        others_idle: bool,
    ) -> Played {
        let mut log = logs.open(number);
        let world = &self.world;
        // A run that is not logged is played without asking for each of its events.
        let played = match (without, &mut log) {
            (None, None) => (player.play(world, number, ()), None),
            (None, Some(log)) => (player.play(world, number, log), None),
            (Some(twin), log) => {
                let second = others_idle.then_some(|| self.player());
                let worlds = (world, twin);
                let (row, twin, comparison) = match log {
                    None => pair.play(worlds, number, player, (), second),
                    Some(log) => pair.play(worlds, number, player, log, second),
                };
                (row, Some((twin, comparison)))
            }
        };
        if let Some(log) = log {
            logs.close(number, log);
        }
        played
    }
}

/// A run that is to be played.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its number.
    pub number: u32,
    /// Whether other threads have nothing else to do, and may help with this run.
    pub others_idle: bool,
}

/// Some runs of an experiment, played.
#[doc(hidden)]
#[derive(Debug)]
pub struct Part(Vec<(u32, Played)>);

impl Part {
    /// How many.
    pub fn runs(&self) -> usize {
        self.0.len()
    }
}

/// Who keeps logs of runs. Runs are played from many threads, each from its beginning to its end.
pub trait Logs: Sync {
    /// What hears a run.
    type Log: Sink;
    /// A log for a run, if it is to be kept.
    fn open(&self, run: RunId) -> Option<Self::Log>;
    /// The run is over.
    fn close(&self, run: RunId, log: Self::Log);
}

/// Keeps none.
impl Logs for () {
    type Log = ();

    fn open(&self, _: RunId) -> Option<()> {
        None
    }

    fn close(&self, _: RunId, (): ()) {}
}

/// Somebody else's.
impl<L: Logs> Logs for &L {
    type Log = L::Log;

    fn open(&self, run: RunId) -> Option<L::Log> {
        (**self).open(run)
    }

    fn close(&self, run: RunId, log: L::Log) {
        (**self).close(run, log);
    }
}

/// Two kinds of logs, of which each keeps the runs that it wants.
impl<A: Logs, B: Logs> Logs for (A, B) {
    type Log = (Option<A::Log>, Option<B::Log>);

    fn open(&self, run: RunId) -> Option<Self::Log> {
        let logs = (self.0.open(run), self.1.open(run));
        (logs.0.is_some() || logs.1.is_some()).then_some(logs)
    }

    fn close(&self, run: RunId, (first, second): Self::Log) {
        first.into_iter().for_each(|log| self.0.close(run, log));
        second.into_iter().for_each(|log| self.1.close(run, log));
    }
}

/// A run; and its twin, with how the two compare.
type Played = (Row, Option<(Row, Vec<i64>)>);

impl Outcome {
    /// Takes in the runs that follow.
    pub fn append(&mut self, more: Outcome) {
        self.rows.extend(more.rows);
        if let (Some(twin), Some(more)) = (&mut self.twin, more.twin) {
            twin.rows.extend(more.rows);
            twin.comparisons.extend(more.comparisons);
        }
    }

    /// The first runs, whose days were kept.
    #[must_use]
    pub fn with_days(&self) -> Outcome {
        let kept = |rows: &[Row]| rows.iter().take_while(|row| !row.daily.is_empty()).cloned().collect::<Vec<_>>();
        let rows = kept(&self.rows);
        let twin = self.twin.as_ref().map(|twin| Twin {
            of: twin.of,
            rows: kept(&twin.rows),
            comparisons: twin.comparisons[..rows.len()].to_vec(),
        });
        Outcome { first: self.first, rows, twin }
    }

    /// A total measure of every run, by its name; money in minor units. Nothing if there is no such measure.
    pub fn totals(&self, name: &str) -> Option<Vec<i64>> {
        let place = Standard::total_measures().iter().position(|measure| measure.name == name)?;
        Some(self.rows.iter().map(|row| row.totals[place]).collect())
    }
}

impl Row {
    /// Lets the numbers of each day go; the totals stay.
    pub fn forget_days(&mut self) {
        self.daily = vec![];
    }

    /// A daily measure of the run, by its name: its value by the end of day 0, 1, 2, … Nothing if there is no such
    /// measure.
    pub fn daily_of(&self, name: &str) -> Option<&[i64]> {
        let measures = Standard::daily_measures();
        let place = measures.iter().position(|measure| measure.name == name)?;
        let days = self.daily.len() / measures.len();
        Some(&self.daily[place * days..(place + 1) * days])
    }

    /// A total measure of the run, by its name; nothing if there is no such measure.
    pub fn total_of(&self, name: &str) -> Option<i64> {
        let place = Standard::total_measures().iter().position(|measure| measure.name == name)?;
        Some(self.totals[place])
    }

    /// The row of a run whose events these projections have heard.
    pub fn of(projections: &Standard, ending: Ending) -> Row {
        let (mut totals, mut daily) = (vec![], vec![]);
        projections.totals(&mut totals);
        projections.daily(&mut daily);
        Row { totals, daily, ending }
    }
}
