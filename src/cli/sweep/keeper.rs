//! Where cells go while they are played: to the disk, or onto the list of those that failed.

use crate::cli::interrupt::Interrupt;
use crate::cli::logs::LogFiles;
use crate::cli::memory;
use crate::scenario::Scenario;
use crate::store::sweep::Recorder;
use crate::store::{Aside, LogMeta, StoreError};
use crate::sweep::{Keeper, Plan, Record};
use crate::units::RunId;
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A cell that could not be played, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failed {
    pub cell: u32,
    pub why: String,
}

/// Keeps cells in a folder.
pub(super) struct ToDisk<'a> {
    pub recorder: Recorder,
    pub interrupt: &'a Interrupt,
    pub progress: &'a ProgressBar,
    pub plan: &'a Plan,
    pub dir: PathBuf,
    pub threads: u32,
    pub twin: bool,
    /// Memory that was free when all began \[bytes\].
    pub free: Option<u64>,
    pub logs: &'a [RunId],
    pub failed: Mutex<Vec<Failed>>,
    /// A log that could not be written.
    pub broken: Mutex<Option<StoreError>>,
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
        let threads = self.threads;
        let needed = scenario.memory(self.plan.runs, 1, self.twin).bytes_to_come() * u64::from(threads);
        if needed <= free {
            return Ok(());
        }
        let [needed, free] = [needed, free].map(memory::amount);
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
        self.progress.inc(1);
    }

    fn stops(&self) -> bool {
        self.interrupt.is_asked() || self.recorder.is_failed() || lock(&self.broken).is_some()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
