//! Whether the folder of a comparison is what it says: every scenario by its digest, and its runs by playing them again.

use super::{ArchiveError, GRAPH_FILES, RUNS, Verified, written_in};
use crate::engine::Counterpart;
use crate::experiment::Experiment;
use crate::projection::{Projection, Standard};
use crate::scenario::{Overrides, Scenario};
use crate::store::{self, ComparedOrigin, FileDigest, Provenance, StoreError};
use crate::table::Table;
use std::path::Path;

/// Holds the scenarios of a comparison and their runs (the first of each, or all) against what is written.
///
/// # Errors
/// A file is missing, damaged, or of another version.
pub(super) fn verify(
    dir: &Path,
    provenance: &Provenance,
    all_runs: bool,
    verified: &mut Verified,
) -> Result<(), ArchiveError> {
    let listed = |name: &str| provenance.files.iter().find(|file| file.name == name);
    for file in GRAPH_FILES.iter().filter_map(|name| listed(name)) {
        store::check_digest(&dir.join(&file.name), &file.sha256)?;
    }
    let unlisted = |name: &str| {
        let what = format!("it does not list {name}");
        StoreError::BadProvenance { path: dir.join(store::provenance::PROVENANCE), what }
    };
    let FileDigest { sha256, .. } = listed(RUNS).ok_or_else(|| unlisted(RUNS))?;
    let table = store::read_parquet(&dir.join(RUNS), Some(sha256))?;
    let runs = if all_runs { provenance.runs } else { provenance.runs.min(1) };
    for (place, origin) in provenance.compared.iter().enumerate() {
        let ComparedOrigin { file, scenario_sha256, without_programme, name, .. } = origin;
        let path = dir.join(file);
        let text = store::read_text(&path, &listed(file).ok_or_else(|| unlisted(file))?.sha256)?;
        let scenario = Scenario::parse(&path.display().to_string(), &text, dir, Overrides::default())?;
        if scenario.digest() != *scenario_sha256 {
            let version = provenance.tellwave.clone();
            return Err(ArchiveError::OtherVersion { dir: dir.to_path_buf(), version });
        }
        let grown = scenario.into_experiment();
        let world = match grown.world.counterpart() {
            Some((Counterpart::WithoutProgramme, without)) if *without_programme => without,
            _ => grown.world,
        };
        let experiment = Experiment { world, runs, first: 0, twin: false, ..grown };
        let first_row = place * provenance.runs as usize;
        hold_against(&experiment, &table, first_row, name, verified);
    }
    Ok(())
}

/// Plays the runs again and compares every total with the rows of the table from `first_row` on.
fn hold_against(experiment: &Experiment, table: &Table, first_row: usize, name: &str, verified: &mut Verified) {
    let measures = Standard::total_measures();
    for (run, row) in experiment.run(|| ()).rows.iter().enumerate() {
        verified.runs += 1;
        for (measure, total) in measures.iter().zip(&row.totals) {
            if written_in(table, first_row + run, measure.name) != Some(*total) {
                let what = format!("{name}: run {run} comes to {total} of {}, and {RUNS} says otherwise", measure.name);
                verified.findings.push(what);
            }
        }
    }
}
