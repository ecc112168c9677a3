//! What a fork changes, over all runs: each measure under the old terms, under the new ones, and the difference.
//!
//! Differences are taken run by run on the same luck and the same past, so their intervals are those of paired differences.
//!
//! Deliberately absent: how runs are forked (`engine`) and played beside their twins (`twin`), and words (`cli`).

use super::{Outcome, Summary};
use crate::engine::Counterpart;
use crate::projection::{Projection, Standard};

/// What a fork changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Forked {
    /// Every total measure, in the order of [`Standard::total_measures`].
    pub futures: Vec<Future>,
    /// Runs without the fork that were stopped at the limit of customers.
    pub stopped: usize,
}

/// A measure in both futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Future {
    /// Under the terms of before.
    pub old: Summary,
    /// Under the new ones.
    pub new: Summary,
    /// The new less the old, run by run.
    pub difference: Summary,
}

impl Forked {
    /// What the fork changes; nothing where runs were not forked, or not played without the fork.
    pub fn of(outcome: &Outcome) -> Option<Forked> {
        let twin = outcome.twin.as_ref().filter(|twin| twin.of == Counterpart::WithoutFork)?;
        let future = |(place, measure)| {
            let [new, old] = [&outcome.rows, &twin.rows].map(|rows| rows.iter().map(move |row| row.totals[place]));
            let difference = new.clone().zip(old.clone()).map(|(new, old)| new - old).collect();
            Future {
                old: Summary::of(measure, old.collect()),
                new: Summary::of(measure, new.collect()),
                difference: Summary::of(measure, difference),
            }
        };
        let futures = Standard::total_measures().into_iter().enumerate().map(future).collect();
        Some(Forked { futures, stopped: super::summary::stopped(&twin.rows) })
    }

    /// One measure, by its name.
    pub fn future_of(&self, name: &str) -> Option<&Future> {
        self.futures.iter().find(|future| future.new.measure.name == name)
    }
}
