//! The folder of a sweep while cells are put into it, by whomever: locked, and written by one process alone.

use crate::error;
use crate::play::aside;
use crate::sweep::Sweep;
use crate::swept::SweepResults;
use pyo3::prelude::*;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tellwave::cli::sweep::door;
use tellwave::store::SweepFolder as Open;
use tellwave::store::sweep::Failed;

/// The folder of a sweep, locked until it is closed.
#[pyclass(frozen, module = "tellwave._tellwave")]
pub struct SweepFolder {
    sweep: Py<Sweep>,
    dir: PathBuf,
    open: Mutex<Option<Open>>,
}

impl SweepFolder {
    /// The folder of a sweep that begins or goes on.
    pub fn begin(sweep: &Bound<'_, Sweep>, dir: PathBuf, report: bool) -> PyResult<SweepFolder> {
        let (py, it, dir) = (sweep.py(), sweep.get(), std::path::absolute(dir)?);
        aside(py, || door::check(&it.read, report))?.map_err(|why| error::of_refusal(py, why))?;
        // A plan that was checked when it was written is right.
        if !aside(py, || Open::is_of(&dir, &it.plan))? {
            aside(py, || it.read.check(|_| ()))?.map_err(|why| error::of_scenario(py, &why))?;
            aside(py, || door::check_budget(&it.read))?.map_err(|why| error::of_refusal(py, why))?;
        }
        let opened = aside(py, || {
            let mut open = Open::open(&dir, &it.plan)?;
            door::begin(&mut open, &it.read)?;
            Ok(open)
        })?;
        let open = opened.map_err(|why| match door::other_sweep(&why, &it.read, &dir) {
            Some(said) => error::of_use(py, &said),
            None => error::of_store(py, &why),
        })?;
        Ok(SweepFolder { sweep: sweep.clone().unbind(), dir, open: Mutex::new(Some(open)) })
    }

    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody else write there.
    pub fn take(&self) -> PyResult<Open> {
        self.open().take().ok_or_else(|| error::internal("the folder of the sweep is closed"))
    }

    /// Takes it back.
    pub fn put_back(&self, open: Open) {
        *self.open() = Some(open);
    }

    /// Which of these cells, by their places, are not finished.
    pub fn lacking(&self, cells: &[u32]) -> PyResult<Vec<u32>> {
        let mut open = self.take()?;
        let lacking = cells.iter().copied().filter(|cell| !open.cells().has(*cell)).collect();
        self.put_back(open);
        Ok(lacking)
    }

    /// Writes the results if all cells are there or have failed, and lets go of the folder.
    pub fn end(&self, py: Python<'_>, failed: Vec<Failed>, report: bool) -> PyResult<SweepResults> {
        let (mut open, sweep) = (self.take()?, self.sweep.get());
        let read = sweep.read.clone();
        let ended = aside(py, || {
            if open.cells().finished().len() + failed.len() == read.plan.cells.len() {
                let again = format!("tellwave sweep resume {}", self.dir.display());
                door::finish(open, &read, &failed, &again, report).map(drop)
            } else {
                open.settle().map_err(door::Refusal::from)
            }
        })?;
        ended.map_err(|why| error::of_refusal(py, why))?;
        SweepResults::read(py, self.sweep.clone_ref(py), self.dir.clone(), failed)
    }
}

#[pymethods]
impl SweepFolder {
    /// Makes or opens the folder; whatever is wrong with the sweep or with what is there is raised now.
    #[new]
    fn new(sweep: &Bound<'_, Sweep>, folder: PathBuf, report: bool) -> PyResult<SweepFolder> {
        SweepFolder::begin(sweep, folder, report)
    }

    /// The places of the cells that are not finished, in the order in which they are best played: those of one market follow each other.
    fn missing(&self, cells: Vec<u32>) -> PyResult<Vec<u32>> {
        Ok(self.sweep.get().read.in_order(&self.lacking(&cells)?))
    }

    /// Takes in the finished cells of another folder of the same plan, each checked by its digest before it is believed.
    ///
    /// Raises `DamageError` if something there is not what was written, `ConflictError` if a cell has another result there than here.
    fn absorb(&self, py: Python<'_>, other: PathBuf) -> PyResult<()> {
        let mut open = self.take()?;
        let absorbed = aside(py, || open.absorb(&other))?;
        self.put_back(open);
        absorbed.map_err(|why| error::of_store(py, &why))
    }

    /// Writes the results if every cell is there or has failed, and lets go of the folder; `failed` says why, by place.
    fn finish(&self, py: Python<'_>, failed: HashMap<u32, String>, report: bool) -> PyResult<SweepResults> {
        let mut failed: Vec<Failed> = failed.into_iter().map(|(cell, why)| Failed { cell, why }).collect();
        failed.sort_by_key(|failed| failed.cell);
        self.end(py, failed, report)
    }

    /// Lets go of the folder; everything that was taken in is kept.
    fn close(&self) {
        drop(self.open().take());
    }
}
