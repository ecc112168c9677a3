//! How a program, such as Python, has the command's folder, tables and charts of a sweep, without a word on any screen.

use super::look::{Asked, Look, place_of, usual_front};
use super::results::{Results, is_written, written};
use super::run::refuse_over_budget;
use super::{Failure, report, results};
use crate::figure::Drawing;
use crate::store::sweep::Failed;
use crate::store::{StoreError, SweepFolder};
use crate::sweep::{Plan, Record, Sweep};
use crate::table::Table;
use std::path::{Path, PathBuf};

/// Why it cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Whoever asked can mend it.
    Asked(String),
    /// The world failed, or Tellwave did.
    Failed(String),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        let plain = |message: String| message.strip_prefix("error: ").map_or(message.clone(), str::to_owned);
        match failure {
            Failure::User(message) | Failure::Found(message) => Refusal::Asked(plain(message)),
            Failure::World(message) | Failure::Missed(message) => Refusal::Failed(plain(message)),
            Failure::Partial(message) | Failure::Stopped(message) => Refusal::Failed(plain(message)),
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Failure::from(error).into()
    }
}

/// Refuses what could not be drawn in the end, before anything is played.
///
/// # Errors
/// A name has characters that no font has.
pub fn check(sweep: &Sweep, report: bool) -> Result<(), Refusal> {
    Ok(Look::usual(report).of(&sweep.plan).map(drop)?)
}

/// Refuses what the budget of the sweep file has no room for.
///
/// # Errors
/// It takes too long, or too much disk.
pub fn check_budget(sweep: &Sweep) -> Result<(), Refusal> {
    Ok(refuse_over_budget(sweep)?)
}

/// The place of a metric.
///
/// # Errors
/// The sweep does not keep it.
pub fn response(plan: &Plan, name: &str) -> Result<usize, Refusal> {
    Ok(place_of(plan, "response:", name)?)
}

/// The cells that could not be played, each with its reason and the command that plays it alone; `again` is the command that goes on.
pub fn failures(plan: &Plan, failed: &[Failed], again: &str) -> Table {
    results::failures(plan, failed, again)
}

/// In what the sweep of a folder is another one, in a sentence; nothing where that is not what is wrong with it.
pub fn other_sweep(error: &StoreError, sweep: &Sweep, dir: &Path) -> Option<String> {
    super::other_sweep(error, &sweep.plan, dir)
}

/// Puts what a new folder needs beside its cells: the graphs that are read from files.
///
/// # Errors
/// The disk says no.
pub fn begin(folder: &mut SweepFolder, sweep: &Sweep) -> Result<(), StoreError> {
    results::keep_graphs(folder, sweep)
}

/// Settles a folder and writes tables, charts, the report and the provenance, unless they are there; says where.
///
/// # Errors
/// The disk says no, or what is there is damaged.
pub fn finish(
    folder: SweepFolder,
    sweep: &Sweep,
    failed: &[Failed],
    again: &str,
    report: bool,
) -> Result<PathBuf, Refusal> {
    let look = Look::usual(report);
    if is_written(&folder, failed, &look) {
        return Ok(folder.path().to_path_buf());
    }
    let Results { dir, .. } = written(folder, sweep, failed, again, &look)?;
    Ok(dir)
}

/// The charts of the report about a metric, or about the first one; none where no cell has a number of it.
///
/// # Errors
/// The sweep does not keep that metric, or a name cannot be drawn.
pub fn drawings(sweep: &Sweep, records: &[(u32, Record)], response: Option<&str>) -> Result<Vec<Drawing>, Refusal> {
    let place = response.map(|name| self::response(&sweep.plan, name)).transpose()?;
    let asked = Look::usual(true).of(&sweep.plan)?;
    let asked = match place {
        Some(response) => Asked { response, front: usual_front(&sweep.plan, response), ..asked },
        None => asked,
    };
    Ok(report::drawings(sweep, records, &asked))
}
