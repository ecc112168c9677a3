//! How cells get from the engine onto the disk: each is kept as soon as it is played, or noted down with the reason why it could not be.

use super::{Recorder, SweepFolder};
use crate::machine::{amount, free_memory};
use crate::scenario::Scenario;
use crate::store::event_log::LogFiles;
use crate::store::{Aside, LogMeta, StoreError};
use crate::sweep::{Keeper, Markets, Plan, Record, Sweep, play};
use crate::units::RunId;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A cell that could not be played, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Its number, from 0.
    pub cell: u32,
    /// The reason, in words.
    pub why: String,
}

/// On how many threads cells are played, and who is told meanwhile.
pub struct Playing<'a> {
    /// Threads that play.
    pub threads: u32,
    /// Threads of this machine that play cells at the same time, these ones included: they share its memory.
    pub side_by_side: u32,
    /// Called after each cell, from any thread.
    pub done: &'a (dyn Fn() + Sync),
    /// Whether to stop at once; cells that are not done are let go.
    pub stops: &'a (dyn Fn() -> bool + Sync),
}

impl SweepFolder {
    /// Plays these cells of a sweep and keeps them; gives back the folder, and the cells that failed, in order.
    ///
    /// # Errors
    /// Something could not be written. What was written before that stays.
    pub fn play(
        self,
        sweep: &Sweep,
        cells: &[u32],
        markets: &Markets,
        playing: &Playing<'_>,
    ) -> Result<(SweepFolder, Vec<Failed>), StoreError> {
        let logs: Vec<RunId> = sweep.plan.keep.logs.iter().map(|run| RunId(*run)).collect();
        let keeper = ToDisk {
            dir: self.path().to_path_buf(),
            recorder: self.record()?,
            playing,
            plan: &sweep.plan,
            twin: sweep.needs_twin(),
            free: free_memory(),
            logs: &logs,
            failed: Mutex::default(),
            broken: Mutex::default(),
        };
        play(sweep, cells, playing.threads as usize, markets, &keeper);
        let ToDisk { recorder, failed, broken, .. } = keeper;
        let folder = recorder.close()?;
        if let Some(error) = broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.sort_by_key(|failed| failed.cell);
        Ok((folder, failed))
    }
}

/// Keeps cells in a folder.
struct ToDisk<'a> {
    recorder: Recorder,
    playing: &'a Playing<'a>,
    plan: &'a Plan,
    dir: PathBuf,
    twin: bool,
    /// Memory that was free when all began \[bytes\].
    free: Option<u64>,
    logs: &'a [RunId],
    failed: Mutex<Vec<Failed>>,
    /// A log that could not be written.
    broken: Mutex<Option<StoreError>>,
}

/// People, and days of all runs together, up to which a cell needs a quarter of a gigabyte at most: not worth a forecast, which
/// takes longer than many a cell.
const FEW_PEOPLE: u32 = 100_000;
const FEW_DAYS: u64 = 1_000_000;

impl ToDisk<'_> {
    /// Refuses a cell that would not fit into memory beside those of the other threads.
    fn check_memory(&self, scenario: &Scenario) -> Result<(), String> {
        let days = u64::from(self.plan.runs) * u64::from(scenario.horizon().day_closing() + 1);
        let is_small = scenario.people().is_some_and(|people| people <= FEW_PEOPLE) && days <= FEW_DAYS;
        let Some(free) = self.free.filter(|_| !is_small) else { return Ok(()) };
        let threads = self.playing.side_by_side;
        let needed = scenario.memory(self.plan.runs, 1, self.twin).bytes_to_come() * u64::from(threads);
        if needed <= free {
            return Ok(());
        }
        let [needed, free] = [needed, free].map(amount);
        Err(format!("it needs about {needed} of memory on {threads} threads, and {free} are free here"))
    }

    fn keep(&self, cell: u32, record: &Record, logs: Option<&LogFiles<'_>>) -> Result<(), String> {
        let mut written: Vec<(RunId, Aside)> = vec![];
        for (run, log) in logs.map(LogFiles::take).unwrap_or_default() {
            match log {
                Ok(log) => written.push((RunId(run), log)),
                Err(error) => {
                    lock(&self.broken).get_or_insert(error);
                    return Ok(());
                }
            }
        }
        let bytes = record.to_bytes()?;
        // Where it is refused, `close` says why.
        let _ = self.recorder.put(cell, bytes, written);
        Ok(())
    }
}

impl<'a> Keeper for ToDisk<'a> {
    type Logs = LogFiles<'a>;

    fn begin(&self, _: u32, scenario: &Scenario) -> Result<LogFiles<'a>, String> {
        self.check_memory(scenario)?;
        let meta = (!self.logs.is_empty()).then(|| LogMeta::of(scenario));
        Ok(LogFiles { dir: self.dir.clone(), runs: self.logs, meta, side_by_side: false, written: Mutex::default() })
    }

    fn done(&self, cell: u32, record: Result<Record, String>, logs: Option<&LogFiles<'a>>) {
        if let Err(why) = record.and_then(|record| self.keep(cell, &record, logs)) {
            lock(&self.failed).push(Failed { cell, why });
        }
        (self.playing.done)();
    }

    fn stops(&self) -> bool {
        (self.playing.stops)() || self.recorder.is_failed() || lock(&self.broken).is_some()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
