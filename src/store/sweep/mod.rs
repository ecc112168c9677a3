//! The folder that a sweep lives in: what is finished stays finished, whatever stops the program.
//!
//! Flat files: the marker, which is the lock; `plan.json`, which says what is swept and is never replaced; packs of
//! finished cells; event logs of chosen runs; in the end the results, and `provenance.json` as the last of all. A cell
//! is finished as soon as a pack holds it. A kill at any instant leaves its packs, some of its cells perhaps twice, and
//! the next process goes on from there. Shards of a sweep are folders of one plan, of which one takes in the others.
//!
//! | file | its question |
//! |---|---|
//! | `pack` | how finished cells lie in a file |
//! | `cells` | which cells are finished, and what came of them |
//! | `keep` | how a cell gets on the disk |
//! | `recorder` | how workers hand over what they finish |
//! | `play` | how cells are played into a folder |
//! | `settle` | how the same cells become the same files |
//! | `absorb` | how a shard is taken in |
//!
//! Deliberately absent: what a cell is, and a file that is changed in its place.

mod absorb;
mod cells;
mod keep;
#[cfg(test)]
mod kill_tests;
mod names;
mod pack;
mod play;
mod recorder;
#[cfg(test)]
mod refusal_tests;
mod settle;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use cells::Cells;
pub use names::{PLAN, cell_log_name};
pub use pack::Entry;
pub use play::{Failed, Playing};
pub use recorder::Recorder;

pub(super) use names::is_own_name;

use super::owned::{self, Purpose};
use super::provenance::PROVENANCE;
use crate::sweep::{Plan, Record};

use super::{FileDigest, OutputFolder, Provenance, StoreError, SweepOrigin, atomic, read_at_most};

/// No honest plan is longer [bytes].
const PLAN_BYTES_MAX: u64 = 1 << 28;

/// The folder of a sweep, locked.
#[derive(Debug)]
pub struct SweepFolder {
    /// Holds the lock.
    results: OutputFolder,
    plan: FileDigest,
    cells: Cells,
}

impl SweepFolder {
    /// The folder `dir`, made if it is missing, for the sweep of this plan; it goes on if it has begun.
    ///
    /// # Errors
    /// The folder is somebody else's, holds something else, or is in use; the plan or a pack is of another sweep, or
    /// damaged. Then nothing was touched.
    pub fn open(dir: &Path, plan: &[u8]) -> Result<SweepFolder, StoreError> {
        let open = owned::take_over(&owned::plain(dir)?, Purpose::Sweep)?;
        let dir = open.dir.clone();
        let path = dir.join(PLAN);
        let (sha256, bytes) = (atomic::sha256_hex(plan), plan.len() as u64);
        let is_begun = path.try_exists().map_err(StoreError::disk("read", &path))?;
        if is_begun {
            check_plan(&dir, &sha256, &read_plan(&dir)?)?;
        }
        let mut cells = Cells::load(&dir, &sha256)?;
        cells.miss_logs();
        owned::remove_left_over(&dir)?;
        if !is_begun {
            atomic::write_bytes(&path, plan)?;
        }
        let plan = FileDigest { name: PLAN.to_owned(), sha256, bytes };
        Ok(SweepFolder { results: OutputFolder::of(open), plan, cells })
    }

    /// The plan and the finished cells of a folder that may be in use; nothing is touched.
    ///
    /// # Errors
    /// There is no sweep, or it cannot be read, or a pack is damaged.
    pub fn look(dir: &Path) -> Result<(Vec<u8>, Cells), StoreError> {
        let dir = owned::plain(dir)?;
        let plan = read_plan(&dir)?;
        let mut cells = Cells::load(&dir, &atomic::sha256_hex(&plan))?;
        cells.miss_logs();
        Ok((plan, cells))
    }

    /// Whether a folder holds the sweep of this plan.
    pub fn is_of(dir: &Path, plan: &[u8]) -> bool {
        owned::plain(dir).and_then(|dir| read_plan(&dir)).is_ok_and(|there| there == plan)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.cells.dir
    }

    /// What is finished.
    pub fn cells(&mut self) -> &mut Cells {
        &mut self.cells
    }

    /// Whether the results of the cells that are there were written to the last, and nothing has been written since.
    pub fn is_complete(&self) -> bool {
        self.path().join(PROVENANCE).exists()
    }

    /// Where the results are written to. The first of them, or of the cells, removes those of an earlier time.
    pub fn results(&mut self) -> &mut OutputFolder {
        &mut self.results
    }

    /// Writes the provenance, which lists every file, and lets go of the folder. What it says of the sweep and of the
    /// files is filled in.
    pub fn finish(mut self, provenance: &Provenance) -> Result<PathBuf, StoreError> {
        let cells = self.cells.finished().len() as u32;
        let sweep = Some(SweepOrigin { plan_sha256: self.plan.sha256.clone(), cells });
        let mut files = vec![self.plan];
        files.extend(self.cells.pack_digests());
        let logs = self.cells.logs.values().filter(|(cell, _)| !self.cells.lacks_logs(*cell));
        files.extend(logs.map(|(_, log)| log.clone()));
        self.results.list_first(files);
        self.results.finish(&Provenance { sweep, ..provenance.clone() })
    }
}

/// What is kept of all finished cells, in the order of the plan.
///
/// # Errors
/// A pack cannot be read, or holds what no cell of this plan comes to.
pub fn records(cells: &mut Cells, plan: &Plan) -> Result<Vec<(u32, Record)>, StoreError> {
    let dir = cells.dir.clone();
    let read = |entry: Result<Entry, StoreError>| {
        let Entry { cell, record, .. } = entry?;
        let bad = |what: String| StoreError::BadProvenance {
            path: dir.join(PLAN),
            what: format!("cell {}: {what}", cell + 1),
        };
        let record = Record::from_bytes(&record).map_err(bad)?;
        let fits = record.metrics.len() == plan.metrics.len() && (cell as usize) < plan.cells.len();
        if fits { Ok((cell, record)) } else { Err(bad("it is of another plan".to_owned())) }
    };
    cells.entries().map(read).collect()
}

fn read_plan(dir: &Path) -> Result<Vec<u8>, StoreError> {
    read_at_most(&dir.join(PLAN), PLAN_BYTES_MAX)
}

/// Refuses the plan of a folder if it is another than the one with that digest.
fn check_plan(dir: &Path, expected: &str, plan: &[u8]) -> Result<(), StoreError> {
    let found = atomic::sha256_hex(plan);
    match found == expected {
        true => Ok(()),
        false => Err(StoreError::OtherPlan { path: dir.join(PLAN), expected: expected.to_owned(), found }),
    }
}
