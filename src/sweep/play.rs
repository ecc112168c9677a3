//! Playing cells: each thread takes a cell of its own, and helps others with their runs once there is none left.
//!
//! So nobody is idle before the last runs of the last cell. What comes out of a cell does not depend on who plays which run: every
//! run is a pure function of the seed and its number, and a cell's numbers are taken from its runs in their order.
//!
//! Each thread is a pool of one for what it calls: cells are what is spread. Deliberately absent: files, and what becomes of records.

use super::Sweep;
use super::market::Markets;
use super::record::Record;
use crate::experiment::{Claim, Experiment, Logs, Part};
use crate::scenario::{Scenario, ScenarioError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Who wants what comes out of cells.
pub trait Keeper: Sync {
    /// What hears the runs of a cell that are logged.
    type Logs: Logs + Send;

    /// Logs for a cell that begins.
    ///
    /// # Errors
    /// In words, why it cannot be played here.
    fn begin(&self, cell: u32, scenario: &Scenario) -> Result<Self::Logs, String>;

    /// A cell is done, or has failed for a reason. Called from any thread.
    fn done(&self, cell: u32, record: Result<Record, String>, logs: Option<&Self::Logs>);

    /// Whether to stop at once; cells that are not done are let go.
    fn stops(&self) -> bool;
}

/// A cell whose runs are being played.
struct Open<L> {
    cell: u32,
    experiment: Experiment,
    people: u32,
    logs: L,
    next: AtomicU32,
    /// How many threads are at it; changed under the lock of the list only.
    at_it: AtomicUsize,
    parts: Mutex<Vec<Part>>,
    failed: Mutex<Option<String>>,
}

/// Plays these cells on so many threads, in markets that are grown where they are not there.
pub fn play<K: Keeper>(sweep: &Sweep, cells: &[u32], threads: usize, markets: &Markets, keeper: &K) {
    let table = Table {
        sweep,
        cells: sweep.in_order(cells),
        next: AtomicUsize::new(0),
        open: Mutex::new(List { open: vec![], beginning: 0 }),
        changed: Condvar::new(),
        markets,
        keeper,
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // What a cell asks of rayon is done by this thread alone. Where it is refused, the machine's pool does it.
                let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
                table.work();
            });
        }
    });
}

/// What the threads sit around.
struct Table<'s, K: Keeper> {
    sweep: &'s Sweep,
    cells: Vec<u32>,
    next: AtomicUsize,
    open: Mutex<List<K::Logs>>,
    /// A cell has begun, or could not.
    changed: Condvar,
    markets: &'s Markets,
    keeper: &'s K,
}

/// The cells under way.
struct List<L> {
    open: Vec<Arc<Open<L>>>,
    /// How many are being read and grown.
    beginning: usize,
}

impl<K: Keeper> Table<'_, K> {
    fn work(&self) {
        while let Some(cell) = self.next() {
            match self.begin(cell) {
                Ok(open) => self.take_part(&open),
                Err(why) => self.keeper.done(cell, Err(why), None),
            }
        }
        while let Some(open) = self.join() {
            self.take_part(&open);
        }
    }

    /// A cell that nobody has begun.
    fn next(&self) -> Option<u32> {
        let mut list = self.list();
        let cell = *self.cells.get(self.next.fetch_add(1, Ordering::Relaxed)).filter(|_| !self.keeper.stops())?;
        list.beginning += 1;
        Some(cell)
    }

    /// Reads a cell's scenario, grows its market, and lets others see it.
    fn begin(&self, cell: u32) -> Result<Arc<Open<K::Logs>>, String> {
        let begin = || {
            let scenario = self.sweep.scenario(cell as usize).map_err(|error| in_a_line(&error))?;
            let logs = self.keeper.begin(cell, &scenario)?;
            let people = scenario.people().unwrap_or(0);
            let grown = self.markets.experiment(scenario);
            let experiment = Experiment { twin: self.sweep.needs_twin(), ..grown };
            let (parts, failed, at_it) = (Mutex::default(), Mutex::default(), AtomicUsize::new(1));
            Ok(Open { cell, experiment, people, logs, next: AtomicU32::new(0), at_it, parts, failed })
        };
        let begun = caught(begin).and_then(|begun| begun).map(Arc::new);
        let mut list = self.list();
        list.beginning -= 1;
        list.open.extend(begun.as_ref().ok().cloned());
        self.changed.notify_all();
        begun
    }

    /// A cell that others are at and that has runs left, waiting for one that is about to begin.
    fn join(&self) -> Option<Arc<Open<K::Logs>>> {
        let mut list = self.list();
        loop {
            let left = |it: &&Arc<Open<K::Logs>>| it.next.load(Ordering::Relaxed) < it.experiment.runs;
            // The one with the most left.
            if let Some(chosen) = list.open.iter().filter(left).min_by_key(|it| it.next.load(Ordering::Relaxed)) {
                chosen.at_it.fetch_add(1, Ordering::Relaxed);
                return Some(chosen.clone());
            }
            if list.beginning == 0 || self.keeper.stops() {
                return None;
            }
            list = self.changed.wait(list).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Plays runs of a cell as long as there are some; the last to leave it says what came out.
    fn take_part(&self, open: &Arc<Open<K::Logs>>) {
        let claim = || {
            if self.keeper.stops() {
                return None;
            }
            let number = open.next.fetch_add(1, Ordering::Relaxed);
            (number < open.experiment.runs).then_some(Claim { number, others_idle: false })
        };
        let part = caught(|| open.experiment.play_part(claim, &open.logs, || ()));
        match part {
            Ok(part) => lock(&open.parts).push(part),
            Err(why) => {
                open.next.store(open.experiment.runs, Ordering::Relaxed);
                lock(&open.failed).get_or_insert(why);
            }
        }
        let mut list = self.list();
        // A cell whose runs are all given out is joined by nobody any more; so is one when all stop.
        if open.at_it.fetch_sub(1, Ordering::Relaxed) > 1 {
            return;
        }
        list.open.retain(|other| other.cell != open.cell);
        drop(list);
        self.end(open);
    }

    fn end(&self, open: &Arc<Open<K::Logs>>) {
        let parts = std::mem::take(&mut *lock(&open.parts));
        let record = match lock(&open.failed).take() {
            Some(why) => Err(why),
            None if parts.iter().map(Part::runs).sum::<usize>() < open.experiment.runs as usize => return,
            None => caught(|| self.sweep.record(&open.experiment.gather(parts), open.people)),
        };
        self.keeper.done(open.cell, record, Some(&open.logs));
    }

    fn list(&self) -> MutexGuard<'_, List<K::Logs>> {
        lock(&self.open)
    }
}

/// Why a scenario cannot be read, without its lines: a table and a list of failures have one for each cell.
fn in_a_line(error: &ScenarioError) -> String {
    match error {
        ScenarioError::Mistakes(mistakes) => {
            let said =
                mistakes.list().iter().map(|it| format!("{}: found {}, allowed: {}", it.key, it.found, it.allowed));
            said.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// What a closure gives, or what it panicked with: one cell that fails does not take the others with it.
fn caught<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        format!("a mistake in Tellwave, please report it: {}", text.unwrap_or("a panic without words"))
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
