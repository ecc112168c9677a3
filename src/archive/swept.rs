//! Whether the folder of a sweep is what it says: its cells, by playing some or all of them again.

use super::{ArchiveError, Verified};
use crate::scenario::Scenario;
use crate::store::sweep::Entry;
use crate::store::{StoreError, SweepFolder};
use crate::sweep::{Keeper, Markets, Plan, Record, Sweep, play};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Cells that are played again unless all are.
const SOME: usize = 3;

/// Holds the cells of a sweep (the first, the last and one between, or all) against what is written.
///
/// # Errors
/// A file is missing, damaged, or of another version.
pub(super) fn verify(dir: &Path, all: bool, verified: &mut Verified) -> Result<(), ArchiveError> {
    let (bytes, mut cells) = SweepFolder::look(dir)?;
    let plan = Plan::from_json(&bytes)
        .map_err(|what| StoreError::BadProvenance { path: dir.join(crate::store::sweep::PLAN), what })?;
    if plan.results != crate::engine::RESULTS {
        return Err(ArchiveError::OtherVersion {
            dir: dir.to_path_buf(),
            version: format!("of results {}", plan.results),
        });
    }
    let sweep = Sweep::of_plan(plan, dir)?;
    let finished: Vec<u32> = cells.finished().collect();
    let last = finished.len().saturating_sub(1);
    let chosen = |place: usize| all || (0..SOME).any(|part| place == part * last / (SOME - 1));
    let wanted: Vec<u32> =
        finished.iter().enumerate().filter(|(place, _)| chosen(*place)).map(|(_, cell)| *cell).collect();
    let again = Again::default();
    let threads = rayon::current_num_threads();
    play(&sweep, &wanted, threads, &Markets::new(threads), &again);
    let again = again.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    for entry in cells.entries() {
        let Entry { cell, record, .. } = entry?;
        let Some(played) = again.get(&cell) else { continue };
        verified.runs += sweep.plan.runs as usize;
        match played {
            Ok(bytes) if *bytes == record => {}
            Ok(_) => verified.findings.push(format!("cell {} comes to something else than is written", cell + 1)),
            Err(why) => verified.findings.push(format!("cell {} could not be played again: {why}", cell + 1)),
        }
    }
    Ok(())
}

/// What came of cells that were played again, as they are written.
#[derive(Default)]
struct Again(Mutex<BTreeMap<u32, Result<Vec<u8>, String>>>);

impl Keeper for Again {
    type Logs = ();

    fn begin(&self, _: u32, _: &Scenario) -> Result<(), String> {
        Ok(())
    }

    fn done(&self, cell: u32, record: Result<Record, String>, _: Option<&()>) {
        let written = record.and_then(|record| record.to_bytes());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(cell, written);
    }

    fn stops(&self) -> bool {
        false
    }
}
