//! An experiment: many runs of one world, spread over threads, gathered in the order of the runs.
//!
//! Each run is a pure function of the seed and its number, and no two share anything that changes, so the outcome does
//! not depend on the number of threads. Whole numbers are gathered run by run first; statistics come afterwards.

pub mod figures;
mod statement;
mod statistics;
mod summary;

pub use statement::{Line, Statement, ledger_table};
pub use statistics::{Estimate, Nps, family_size, quantile_sorted};
pub use summary::{MoneyUnit, Spread, Summary, curves, runs_table};

use crate::engine::{Ending, Run, World};
use crate::projection::{Projection, Standard};
use crate::units::RunId;
use std::sync::atomic::{AtomicU32, Ordering};

/// A plan: which world, how often.
#[derive(Debug, Clone)]
pub struct Experiment {
    /// What is played.
    pub world: World,
    /// How many runs.
    pub runs: u32,
}

/// What came out: whole numbers, run by run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// One row a run, in the order of runs.
    pub rows: Vec<Row>,
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
    /// Plays all runs on the threads of the current rayon pool; `done` is told after each run, from any thread.
    pub fn run(&self, done: impl Fn() + Sync) -> Outcome {
        let next = AtomicU32::new(0);
        let parts: Vec<Vec<(u32, Row)>> = rayon::broadcast(|_| {
            // Memory once per thread, not once per run.
            let mut run = None;
            let mut rows = vec![];
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= self.runs {
                    return rows;
                }
                let run = run.get_or_insert_with(|| (Run::new(&self.world), self.projections()));
                rows.push((number, self.play(RunId(number), &mut run.0, &mut run.1)));
                done();
            }
        });
        let mut rows: Vec<Option<Row>> = (0..self.runs).map(|_| None).collect();
        for (number, row) in parts.into_iter().flatten() {
            rows[number as usize] = Some(row);
        }
        Outcome { rows: rows.into_iter().flatten().collect() }
    }

    /// The projections of this experiment, with nothing heard yet.
    pub fn projections(&self) -> Standard {
        Standard::new(self.world.horizon)
    }

    fn play(&self, number: RunId, run: &mut Run, projections: &mut Standard) -> Row {
        projections.rewind();
        let ending = run.play(&self.world, number, &mut *projections);
        Row::of(projections, ending)
    }
}

impl Outcome {
    /// A total measure of every run, by its name; money in minor units. Nothing if there is no such measure.
    pub fn totals(&self, name: &str) -> Option<Vec<i64>> {
        let place = Standard::total_measures().iter().position(|measure| measure.name == name)?;
        Some(self.rows.iter().map(|row| row.totals[place]).collect())
    }
}

impl Row {
    /// A daily measure of the run, by its name: its value by the end of day 0, 1, 2, … Nothing if there is no such
    /// measure.
    pub fn daily_of(&self, name: &str) -> Option<&[i64]> {
        let measures = Standard::daily_measures();
        let place = measures.iter().position(|measure| measure.name == name)?;
        let days = self.daily.len() / measures.len();
        Some(&self.daily[place * days..(place + 1) * days])
    }

    /// The row of a run whose events these projections have heard.
    pub fn of(projections: &Standard, ending: Ending) -> Row {
        let (mut totals, mut daily) = (vec![], vec![]);
        projections.totals(&mut totals);
        projections.daily(&mut daily);
        Row { totals, daily, ending }
    }
}
