//! A little of a scenario, played to try: how many customers each brings, how long a run takes, and how much is written.
//!
//! How much is played depends on the scenario alone and not on a clock, so the same comes out everywhere, but for the times.
//! The runs are the first of those that `run` plays.

use super::super::{Failure, internal};
use crate::engine::{Ending, Sink};
use crate::event::Event;
use crate::experiment::{Details, Estimate, Experiment, Logs, Outcome, Ratio};
use crate::machine::free_memory;
use crate::report::words::count;
use crate::scenario::Scenario;
use crate::state::State;
use crate::store::{EventLogWriter, LogMeta};
use crate::units::RunId;
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most people of whom a pilot is played, which takes a few seconds then.
const PEOPLE_MOST: u32 = 1_000_000;
/// Runs that are played at least, and at most.
const RUNS: RangeInclusive<u32> = 4..=40;
/// Words after which there are runs enough: about a third of a second.
const WORDS: f64 = 3e6;
/// Customers of a generation, in all runs, of whom it can be said how many they bring.
const FEWEST: i64 = 50;

/// What came of it.
#[derive(Debug)]
pub(super) struct Pilot {
    /// How many runs were played.
    pub runs: u32,
    /// The scenario as it is.
    pub with: Brought,
    /// The same without its programme, if it has one.
    pub without: Option<Brought>,
    /// How long its graph took to grow.
    pub growing: Duration,
    /// How long a run takes on one thread, its twin included.
    pub a_run: Duration,
    /// The log of the first run \[bytes\].
    pub log: u64,
}

/// Who brought how many.
#[derive(Debug)]
pub(super) struct Brought {
    /// For each customer whom no word brought.
    pub first: Ratio,
    /// For each of those whom these brought; nothing where they are too few.
    pub next: Option<Ratio>,
    /// How many no word brought, mean over the runs \[people\].
    pub began: f64,
    /// All customers at the end.
    pub customers: Estimate,
    /// Runs that were stopped at the limit of customers.
    pub stopped: u32,
}

impl Pilot {
    /// Plays it, unless that would take too much: then it is said why.
    ///
    /// # Errors
    /// A log that cannot be written even to nowhere: ours.
    pub fn play(scenario: &Scenario) -> Result<Result<Pilot, String>, Failure> {
        if scenario.people().is_some_and(|people| people > PEOPLE_MOST) {
            let most = count(PEOPLE_MOST.into());
            return Ok(Err(format!(
                "there are more than {most} people; tellwave run with --runs 1 takes the time of one run"
            )));
        }
        let threads = rayon::current_num_threads() as u32;
        let memory = scenario.memory(*RUNS.end(), threads, true).bytes_to_come();
        if free_memory().is_some_and(|free| free < memory) {
            return Ok(Err("there is too little memory".to_owned()));
        }
        let began = Instant::now();
        let experiment = scenario.clone().into_experiment();
        let growing = began.elapsed();
        let weighed = Weighing::of(scenario);
        let mut played = Played::of(&Experiment { runs: *RUNS.start(), ..experiment.clone() }, &weighed);
        let words = ["words_good", "words_bad"].map(|name| played.outcome.totals(name).unwrap_or_default());
        let a_run = words.concat().iter().sum::<i64>().max(1) as f64 / f64::from(*RUNS.start());
        let runs = ((WORDS / a_run) as u32).clamp(*RUNS.start(), *RUNS.end());
        let more = Experiment { runs: runs - RUNS.start(), first: *RUNS.start(), ..experiment.clone() };
        if more.runs > 0 {
            played.append(Played::of(&more, &()));
        }
        let without = experiment.world.without_programme().map(|world| {
            let alone = Experiment { world, runs, twin: false, ..experiment.clone() };
            Played::of(&alone, &()).brought()
        });
        let log = weighed.length().map_err(internal)?;
        Ok(Ok(Pilot { runs, with: played.brought(), without, growing, a_run: played.busy / runs, log }))
    }
}

/// Some runs, played.
struct Played {
    outcome: Outcome,
    /// Customers of generation 0, 1 and 2 of each run.
    generations: Vec<[i64; 3]>,
    /// How long threads were busy with it, added up.
    busy: Duration,
}

impl Played {
    fn of(experiment: &Experiment, logs: &impl Logs) -> Played {
        let threads = rayon::current_num_threads() as u32;
        let details = Details::new(experiment, experiment.runs);
        let began = Instant::now();
        let outcome = experiment.run_logged(&(&details, logs), || ());
        // They are played side by side where there are threads for it.
        let busy = began.elapsed() * experiment.runs.min(threads);
        let of_run = |of: &[i64]| [0, 1, 2].map(|generation| of.get(generation).copied().unwrap_or(0));
        let generations = details.gathered().generations().map(of_run).collect();
        Played { outcome, generations, busy }
    }

    fn append(&mut self, more: Played) {
        self.outcome.append(more.outcome);
        self.generations.extend(more.generations);
        self.busy += more.busy;
    }

    fn brought(&self) -> Brought {
        let of = |generation: usize| self.generations.iter().map(|of| of[generation]).collect::<Vec<_>>();
        let for_each = |generation| Ratio::of(&of(generation + 1), &of(generation)).within(0.0, f64::INFINITY);
        let is_enough = of(1).iter().sum::<i64>() >= FEWEST;
        let stopped = self.outcome.rows.iter().filter(|row| row.ending == Ending::Stopped).count();
        Brought {
            first: for_each(0),
            next: is_enough.then(|| for_each(1)),
            began: Estimate::of(&of(0)).mean,
            customers: Estimate::of(&self.outcome.totals("customers").unwrap_or_default()),
            stopped: stopped as u32,
        }
    }
}

/// Counts the bytes that are written to nowhere.
#[derive(Clone, Default)]
struct Counted(Arc<AtomicU64>);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the log of the first run to nowhere, to see how long it is.
struct Weighing {
    meta: LogMeta,
    written: Counted,
    failed: Mutex<Option<io::Error>>,
}

impl Weighing {
    fn of(scenario: &Scenario) -> Weighing {
        let meta = LogMeta::of(scenario);
        Weighing { meta, written: Counted::default(), failed: Mutex::default() }
    }

    /// How long it came to be \[bytes\].
    fn length(self) -> io::Result<u64> {
        match self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(self.written.0.load(Ordering::Relaxed)),
        }
    }
}

/// A log that is written to nowhere, or why it could not be.
struct Weighed(io::Result<EventLogWriter<Counted>>);

impl Sink for Weighed {
    fn hear(&mut self, event: &Event, _: &State) {
        if let Ok(log) = &mut self.0
            && let Err(error) = log.push(event)
        {
            self.0 = Err(error);
        }
    }
}

impl Logs for Weighing {
    type Log = Weighed;

    fn open(&self, run: RunId) -> Option<Weighed> {
        (run == self.meta.run).then(|| Weighed(EventLogWriter::new(self.written.clone(), &self.meta)))
    }

    fn close(&self, _: RunId, log: Weighed) {
        if let Err(error) = log.0.and_then(EventLogWriter::finish) {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
    }
}
