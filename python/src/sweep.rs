//! Sweeps: read from a file, a text or a dictionary, with the mistakes that the command would print; and played.

use crate::error;
use crate::measured::{column, names};
use crate::number;
use crate::play::{Playing, aside};
use crate::scenario::Scenario;
use crate::sweep_folder::SweepFolder;
use crate::swept::SweepResults;
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tellwave::engine::RESULTS;
use tellwave::scenario::ScenarioError;
use tellwave::store::SweepFolder as Folder;
use tellwave::store::sweep::Playing as Cells;
use tellwave::sweep::{Markets, Plan, Sweep as Read, pilot};
use tellwave::table::Values;

/// Many scenarios that differ from a base scenario in some keys: its cells, counted from 1. It does not change.
#[pyclass(frozen, module = "tellwave")]
pub struct Sweep {
    pub read: Arc<Read>,
    /// The bytes of its plan.
    pub plan: Vec<u8>,
    /// Markets that cells were played in, kept for the next ones.
    markets: OnceLock<Markets>,
}

impl Sweep {
    /// Of what was read, or of what is wrong with it.
    fn of(py: Python<'_>, read: Result<Read, ScenarioError>) -> PyResult<Sweep> {
        let read = read.map_err(|why| error::of_scenario(py, &why))?;
        let plan = read.plan.to_json().map_err(error::internal)?;
        Ok(Sweep { read: Arc::new(read), plan, markets: OnceLock::new() })
    }

    /// That of a plan, whose graphs are looked for in a folder.
    pub fn of_plan(py: Python<'_>, plan: Vec<u8>, folder: &Path) -> PyResult<Sweep> {
        let place = folder.display();
        let read = Plan::from_json(&plan)
            .map_err(|why| error::of_damage(py, &format!("{place}: no plan of a sweep: {why}")))?;
        if read.results != RESULTS {
            let (theirs, what) = (read.results, "go on with that version, or begin again");
            let said = format!(
                "{place} was begun by a version whose engine gives results {theirs}, and this one gives {RESULTS}: {what}"
            );
            return Err(error::of_use(py, &said));
        }
        let read = aside(py, || Read::of_plan(read, folder))?.map_err(|why| error::of_scenario(py, &why))?;
        Ok(Sweep { read: Arc::new(read), plan, markets: OnceLock::new() })
    }

    /// How many cells there are.
    pub fn total(&self) -> u32 {
        self.read.plan.cells.len() as u32
    }

    /// The place of a cell that was named by its number.
    fn place(&self, cell: &Bound<'_, PyAny>) -> PyResult<u32> {
        Ok(number::small("cell", Some(cell), 1..=self.total())?.unwrap_or(1) - 1)
    }

    /// The places of cells that were named by their numbers, or of all.
    pub fn places(&self, cells: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<u32>> {
        let Some(cells) = cells else { return Ok((0..self.total()).collect()) };
        let wrong = |_| {
            let shown = cells.repr().map_or_else(|_| "something".to_owned(), |it| it.to_string());
            error::of_use(
                cells.py(),
                &format!("cells: found {shown}; allowed: a list or a range of the numbers of cells, from 1"),
            )
        };
        let mut places =
            cells.try_iter().map_err(wrong)?.map(|cell| self.place(&cell?)).collect::<PyResult<Vec<u32>>>()?;
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }
}

#[pymethods]
impl Sweep {
    /// Reads a sweep file (TOML) and the base scenario that it names.
    ///
    /// Raises `ScenarioError` with every mistake, `MissingError` where there is no file, `DiskError` if the disk says no.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Sweep> {
        Sweep::of(py, aside(py, || Read::read(&path))?)
    }

    /// Reads a sweep from TOML text. Files that it names are looked for in `folder`; `name` is what mistakes call the text. A scenario
    /// that is given as `base` takes the place of the key of that name.
    #[staticmethod]
    #[pyo3(signature = (text, *, base = None, name = "sweep.toml", folder = None))]
    fn from_toml(
        py: Python<'_>,
        text: &str,
        base: Option<&Bound<'_, Scenario>>,
        name: &str,
        folder: Option<PathBuf>,
    ) -> PyResult<Sweep> {
        let (folder, base) = (folder.unwrap_or_default(), base.map(|base| base.get().0.clone()));
        Sweep::of(py, aside(py, || Read::parse(name, text, &folder, base.as_ref()))?)
    }

    /// Reads a sweep from a dictionary with the keys of a sweep file; the rest is as in `from_toml`.
    #[staticmethod]
    #[pyo3(signature = (keys, *, base = None, name = "sweep.toml", folder = None))]
    fn from_dict(
        py: Python<'_>,
        keys: &Bound<'_, PyDict>,
        base: Option<&Bound<'_, Scenario>>,
        name: &str,
        folder: Option<PathBuf>,
    ) -> PyResult<Sweep> {
        Sweep::from_toml(py, &crate::dictionary::to_toml(keys)?, base, name, folder)
    }

    /// The sweep whose folder this is, whoever began it: the command, a notebook or a cluster.
    #[staticmethod]
    fn of_folder(py: Python<'_>, folder: PathBuf) -> PyResult<Sweep> {
        let (plan, _) = aside(py, || Folder::look(&folder))?.map_err(|why| error::of_store(py, &why))?;
        Sweep::of_plan(py, plan, &folder)
    }

    /// What it is called.
    #[getter]
    fn name(&self) -> &str {
        &self.read.plan.name
    }

    /// The question it answers, if it says so.
    #[getter]
    fn question(&self) -> Option<&str> {
        self.read.plan.question.as_deref()
    }

    /// How many runs each cell has.
    #[getter]
    fn runs(&self) -> u32 {
        self.read.plan.runs
    }

    /// The seed of every draw.
    #[getter]
    fn seed(&self) -> u64 {
        self.read.plan.seed().0
    }

    /// The names of what differs between cells.
    #[getter]
    fn factors(&self) -> Vec<String> {
        self.read.plan.factors.iter().map(|factor| factor.name.clone()).collect()
    }

    /// The names of what is kept of each cell; the first is the response that the report is about.
    #[getter]
    fn metrics(&self) -> Vec<String> {
        self.read.plan.metrics.iter().map(|metric| metric.name.clone()).collect()
    }

    /// SHA-256 of its plan, as hexadecimal digits: two sweeps that mean the same have the same.
    #[getter]
    fn digest(&self) -> String {
        Plan::digest(&self.plan)
    }

    /// Every cell and what it takes of each factor.
    #[getter]
    fn cells(&self) -> PyResult<Table> {
        let plan = &self.read.plan;
        let levels: Vec<_> = (0..plan.cells.len()).map(|cell| plan.levels(cell)).collect();
        let mut columns = vec![column("cell", "its number", Values::Count((1..=levels.len() as i64).collect()))];
        for (place, factor) in plan.factors.iter().enumerate() {
            let values = match factor.is_number() {
                true => Values::Real(levels.iter().map(|it| it[place].number.unwrap_or(f64::NAN)).collect()),
                false => names(levels.iter().map(|it| it[place].label.clone())),
            };
            let unit = factor.unit.clone();
            columns.push(tellwave::table::Column {
                unit,
                ..column(&factor.name, "the cell's value of this factor", values)
            });
        }
        Table::of(tellwave::table::Table { columns })
    }

    /// The scenario of a cell, by its number from 1.
    fn scenario(&self, py: Python<'_>, cell: &Bound<'_, PyAny>) -> PyResult<Scenario> {
        let place = self.place(cell)? as usize;
        aside(py, || self.read.scenario(place))?.map(Scenario).map_err(|why| error::of_scenario(py, &why))
    }

    /// Plays what is not finished yet and keeps it in `folder`, as `tellwave sweep run` does: stopped by Ctrl-C or by the machine, the
    /// same call goes on where it was, and so does the command. When all cells are there, tables, charts and the report are written.
    ///
    /// `cells`: the numbers of those to play, all without it. `report`: whether there are charts and a report beside the tables.
    /// `threads` and `progress` are as in `Scenario.run`; cells that were finished before count as done.
    ///
    /// Raises `ScenarioError` if a cell is no right scenario, `UsageError` if the folder holds something else or is in use, `DiskError`.
    #[pyo3(signature = (folder, *, cells = None, report = true, threads = None, progress = None))]
    fn run(
        slf: Bound<'_, Sweep>,
        folder: PathBuf,
        cells: Option<&Bound<'_, PyAny>>,
        report: bool,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<SweepResults> {
        let (py, playing) = (slf.py(), Playing::new(threads, progress)?);
        let asked = slf.get().places(cells)?;
        let store = SweepFolder::begin(&slf, folder, report)?;
        let todo = store.lacking(&asked)?;
        let failed = if todo.is_empty() {
            vec![]
        } else {
            let (sweep, threads) = (slf.get().read.clone(), playing.threads());
            // The folder is let go by the thread that plays, also where that is stopped.
            let open = store.take()?;
            let (all, there) = (asked.len() as u64, (asked.len() - todo.len()) as u64);
            let played = playing.work(py, all, move |count| {
                count.had(there);
                let (done, stops) = (|| count.one(), || !count.goes_on());
                let how = Cells { threads, side_by_side: threads, done: &done, stops: &stops };
                Some(open.play(&sweep, &todo, &Markets::new(threads as usize), &how))
            })?;
            let (open, failed) = played.map_err(|why| error::of_store(py, &why))?;
            store.put_back(open);
            failed
        };
        store.end(py, failed, report)
    }

    /// Reads the scenario of every cell, as `run` does before it plays the first one.
    ///
    /// Raises `ScenarioError` with what is wrong with them, each thing once, and the first cells that have it.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        aside(py, || self.read.check(|_| ()))?.map_err(|why| error::of_scenario(py, &why))
    }

    fn __len__(&self) -> usize {
        self.total() as usize
    }

    /// The same where the plan is: every cell comes to the same numbers.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Sweep>().is_ok_and(|other| other.get().plan == self.plan)
    }

    fn __hash__(&self) -> u64 {
        // As good as any sixteen digits of a digest.
        u64::from_str_radix(&self.digest()[..16], 16).unwrap_or_default()
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Sweep {:?}: {} cells of {} runs>", self.read.plan.name, self.total(), self.read.plan.runs)
    }

    /// The bytes of its plan, the files that its graphs are read from, by name, and the folder of those that are too large to travel: what
    /// another machine needs of it.
    fn _parcel<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyDict>, PathBuf)> {
        let files = PyDict::new(py);
        for (name, bytes) in aside(py, || self.read.data_files())? {
            files.set_item(name, PyBytes::new(py, &bytes))?;
        }
        let (_, _, folder, ..) = self.read.base().parts();
        let folder = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        Ok((PyBytes::new(py, &self.plan), files, folder))
    }

    /// The sweep of a parcel whose files lie in a folder.
    #[staticmethod]
    fn _of_parcel(py: Python<'_>, plan: Vec<u8>, folder: PathBuf) -> PyResult<Sweep> {
        Sweep::of_plan(py, plan, &folder)
    }

    /// About how many seconds these cells, by their places, take on one thread.
    fn _pilot(&self, py: Python<'_>, cells: Vec<u32>) -> PyResult<f64> {
        aside(py, || pilot::time(&self.read, &cells, 1).as_secs_f64())
    }

    /// Plays cells, by their places, on one thread into a folder of their own, beside `side_by_side - 1` other threads; of those that
    /// could not be played, says why.
    fn _play(
        &self,
        py: Python<'_>,
        cells: Vec<u32>,
        folder: PathBuf,
        side_by_side: u32,
    ) -> PyResult<HashMap<u32, String>> {
        let played = aside(py, || {
            let markets = self.markets.get_or_init(|| Markets::new(side_by_side as usize));
            let how = Cells { threads: 1, side_by_side, done: &|| (), stops: &|| false };
            let (mut open, failed) = Folder::open(&folder, &self.plan)?.play(&self.read, &cells, markets, &how)?;
            open.settle()?;
            Ok(failed)
        })?;
        let failed = played.map_err(|why| error::of_store(py, &why))?;
        Ok(failed.into_iter().map(|failed| (failed.cell, failed.why)).collect())
    }
}
