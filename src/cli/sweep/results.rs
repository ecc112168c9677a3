//! What lies in a sweep's folder at its end: tables, charts, the report, and the provenance of all of it.

use super::look::Look;
use super::run::command_of;
use crate::cli::play::RANDOM_NUMBERS;
use crate::cli::{Failure, internal, say, terminal};
use crate::draw::clean;
use crate::report::words::count;
use crate::store::sweep::{self, Failed};
use crate::store::{self, Platform, Provenance, StoreError, SweepFolder, provenance};
use crate::sweep::{Plan, Record, Sweep, curves_table, results_table, runs_table};
use crate::table::{Column, Table, Values};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Settles the folder and writes everything that people look at, unless it is there and nothing else is asked for.
pub(super) fn write(
    folder: SweepFolder,
    sweep: &Sweep,
    failed: &[Failed],
    again: &str,
    look: &Look,
) -> Result<(), Failure> {
    if is_written(&folder, failed, look) {
        let dir = folder.path();
        let said = || format!("The results are in {}", clean(&dir.display().to_string()));
        return tell(look, &sweep.plan, (sweep.plan.cells.len(), failed), dir, said);
    }
    write_anew(folder, sweep, failed, again, look)
}

/// Whether all of it is there. Whatever was changed or removed is written again.
pub(super) fn is_written(folder: &SweepFolder, failed: &[Failed], look: &Look) -> bool {
    let is_whole = || store::verify(folder.path()).is_ok_and(|mismatches| mismatches.is_empty());
    !look.is_asked() && failed.is_empty() && folder.is_complete() && is_whole()
}

/// The same, whatever is there.
pub(super) fn write_anew(
    folder: SweepFolder,
    sweep: &Sweep,
    failed: &[Failed],
    again: &str,
    look: &Look,
) -> Result<(), Failure> {
    let Results { dir, cells, answer, unfit } = written(folder, sweep, failed, again, look)?;
    tell(look, &sweep.plan, (cells, failed), &dir, || {
        let shown = |name: &str| clean(&dir.join(name).display().to_string());
        let (there, all) = (count(cells as i64), count(sweep.plan.cells.len() as i64));
        let which = if cells < sweep.plan.cells.len() { format!("{there} of {all}") } else { all };
        let report = if look.has_report() { format!("\nReport: {}", shown("report.html")) } else { String::new() };
        let answer = terminal::paragraph(&answer);
        let answer = if answer.is_empty() { answer } else { format!("{answer}\n\n") };
        format!("{answer}{which} cells are in {}{report}", shown("results.csv"))
    })?;
    unfit.map_or(Ok(()), Err)
}

/// What was written.
pub(super) struct Results {
    pub dir: PathBuf,
    /// How many cells it is about.
    pub cells: usize,
    /// The answer of the report.
    answer: String,
    /// What is wrong with a template that could not be filled.
    unfit: Option<Failure>,
}

/// Settles the folder and writes everything that people look at.
pub(super) fn written(
    mut folder: SweepFolder,
    sweep: &Sweep,
    failed: &[Failed],
    again: &str,
    look: &Look,
) -> Result<Results, Failure> {
    folder.settle()?;
    keep_graphs(&mut folder, sweep)?;
    let records = sweep::records(folder.cells(), &sweep.plan)?;
    write_tables(&mut folder, sweep, &records, failed, again)?;
    let (answer, unfit) = super::report::write(&mut folder, sweep, &records, look)?;
    let dir = folder.finish(&Provenance { options: look.options(), ..provenance_of(sweep) })?;
    Ok(Results { dir, cells: records.len(), answer, unfit })
}

/// Says what a sweep's folder has now: to programs in JSON, to people in these words.
pub(super) fn tell(
    look: &Look,
    plan: &Plan,
    (finished, failed): (usize, &[Failed]),
    dir: &Path,
    in_words: impl FnOnce() -> String,
) -> Result<(), Failure> {
    if !look.json {
        say(&in_words());
        return Ok(());
    }
    let there = |name: &str| Some(dir.join(name)).filter(|path| path.is_file()).map(|path| path.display().to_string());
    let object = json!({
        "sweep": plan.name,
        "cells": plan.cells.len(),
        "finished": finished,
        "failed": failed.iter().map(|failed| failed.cell + 1).collect::<Vec<_>>(),
        "folder": dir.display().to_string(),
        "results": there("results.csv"),
        "report": there("report.html"),
    });
    say(&serde_json::to_string_pretty(&object).map_err(internal)?);
    Ok(())
}

/// Writes copies of the graphs that are read from files, without which nobody could go on elsewhere.
pub(super) fn keep_graphs(folder: &mut SweepFolder, sweep: &Sweep) -> Result<(), StoreError> {
    sweep.data_files().iter().try_for_each(|(name, bytes)| folder.results().write_bytes(name, bytes))
}

fn write_tables(
    folder: &mut SweepFolder,
    sweep: &Sweep,
    records: &[(u32, Record)],
    failed: &[Failed],
    again: &str,
) -> Result<(), Failure> {
    let plan = &sweep.plan;
    let digest = sweep.base().digest();
    let about = [("scenario_sha256", digest.as_str()), ("currency", plan.money.code.as_str())];
    let table = results_table(plan, records);
    let results = folder.results();
    results.write_with("results.csv", |out| store::write_csv(&table, out))?;
    results.write_with("results.parquet", |out| store::write_parquet(&table, &about, out))?;
    drop(table);
    for (name, table) in [("runs.parquet", runs_table(plan, records)), ("curves.parquet", curves_table(plan, records))]
    {
        if let Some(table) = table {
            results.write_with(name, |out| store::write_parquet(&table, &about, out))?;
        }
    }
    if !failed.is_empty() {
        let table = failures(plan, failed, again);
        results.write_with("failures.csv", |out| store::write_csv(&table, out))?;
    }
    Ok(())
}

/// The cells that could not be played, each with its reason and the command that plays it alone.
pub(super) fn failures(plan: &Plan, failed: &[Failed], again: &str) -> Table {
    let column = |name: &str, meaning: &str, values| {
        let (name, meaning) = (name.to_owned(), meaning.to_owned());
        Column { name, unit: String::new(), meaning, values }
    };
    let names = |of: &dyn Fn(&Failed) -> String| Values::Name(failed.iter().map(of).collect());
    let cells = Values::Count(failed.iter().map(|it| i64::from(it.cell) + 1).collect());
    Table {
        columns: vec![
            column("cell", "number of the cell in the plan, from 1", cells),
            column("values", "what it takes of each factor", names(&|it| plan.label(it.cell as usize))),
            column("reason", "why it could not be played", names(&|it| it.why.clone())),
            column("command", "plays this cell alone", names(&|it| command_of(again, it.cell))),
        ],
    }
}

fn provenance_of(sweep: &Sweep) -> Provenance {
    let (plan, base) = (&sweep.plan, sweep.base());
    Provenance {
        schema: provenance::SCHEMA,
        tellwave: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: plan.name.clone(),
        scenario_sha256: base.digest(),
        graph_sha256: base.graph_sha256.clone(),
        seed: base.seed,
        runs: plan.runs,
        first_run: 0,
        fork: None,
        compared: vec![],
        sweep: None,
        random_numbers: RANDOM_NUMBERS.to_owned(),
        platform: Platform::here(),
        presets: base.presets.iter().map(|&name| name.to_owned()).collect(),
        options: BTreeMap::new(),
        files: vec![],
    }
}
