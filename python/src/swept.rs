//! What came of a sweep: the tables of its cells, its charts, and what the factors do.

use crate::chart::Chart;
use crate::play::aside;
use crate::sweep::Sweep;
use crate::table::Table;
use crate::{error, sensitivity};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::path::PathBuf;
use tellwave::cli::sweep::door;
use tellwave::scenario::ReportLook;
use tellwave::store::SweepFolder as Folder;
use tellwave::store::sweep::{self, Failed};
use tellwave::sweep::lessons::Response;
use tellwave::sweep::{Record, curves_table, results_table, runs_table};

/// What is finished of a sweep, read from its folder.
#[pyclass(frozen, module = "tellwave")]
pub struct SweepResults {
    sweep: Py<Sweep>,
    dir: PathBuf,
    records: Vec<(u32, Record)>,
    failed: Vec<Failed>,
}

impl SweepResults {
    /// Reads the finished cells of a folder; each is checked by its digest.
    pub fn read(py: Python<'_>, sweep: Py<Sweep>, dir: PathBuf, failed: Vec<Failed>) -> PyResult<SweepResults> {
        let plan = &sweep.get().read.plan;
        let records = aside(py, || {
            let (_, mut cells) = Folder::look(&dir)?;
            sweep::records(&mut cells, plan)
        })?;
        let records = records.map_err(|why| error::of_store(py, &why))?;
        Ok(SweepResults { sweep, dir, records, failed })
    }

    /// The response of that name, or the first one.
    fn response(&self, py: Python<'_>, name: Option<&str>) -> PyResult<Response<'_>> {
        let plan = &self.sweep.get().read.plan;
        let place =
            name.map(|name| door::response(plan, name)).transpose().map_err(|why| error::of_refusal(py, why))?;
        Response::of(plan, &self.records, place.unwrap_or_default())
            .ok_or_else(|| error::internal("a sweep without metrics"))
    }

    fn charts_about<'py>(&self, py: Python<'py>, response: Option<&str>) -> PyResult<Bound<'py, PyDict>> {
        let read = &self.sweep.get().read;
        let drawn =
            aside(py, || door::drawings(read, &self.records, response))?.map_err(|why| error::of_refusal(py, why))?;
        Chart::by_name(py, &drawn, &ReportLook::default())
    }
}

#[pymethods]
impl SweepResults {
    /// What is finished in a folder, which may still be written to by others.
    #[staticmethod]
    fn open(py: Python<'_>, folder: PathBuf) -> PyResult<SweepResults> {
        let (plan, _) = aside(py, || Folder::look(&folder))?.map_err(|why| error::of_store(py, &why))?;
        let sweep = Py::new(py, Sweep::of_plan(py, plan, &folder)?)?;
        SweepResults::read(py, sweep, folder, vec![])
    }

    /// The sweep that this came of.
    #[getter]
    fn sweep(&self, py: Python<'_>) -> Py<Sweep> {
        self.sweep.clone_ref(py)
    }

    /// Where it is kept.
    #[getter]
    fn folder(&self) -> PathBuf {
        self.dir.clone()
    }

    /// How many cells are finished.
    #[getter]
    fn finished(&self) -> usize {
        self.records.len()
    }

    /// How many cells there are.
    #[getter]
    fn total(&self) -> usize {
        self.sweep.get().read.plan.cells.len()
    }

    /// One row a cell and metric: mean, 95 % interval of the mean, quantiles over the runs.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Table::of(results_table(&self.sweep.get().read.plan, &self.records))
    }

    /// One row a cell, run and metric; None unless the sweep keeps runs.
    #[getter]
    fn runs(&self) -> PyResult<Option<Table>> {
        runs_table(&self.sweep.get().read.plan, &self.records).map(Table::of).transpose()
    }

    /// One row a cell, daily measure and day; None unless the sweep keeps curves.
    #[getter]
    fn curves(&self) -> PyResult<Option<Table>> {
        curves_table(&self.sweep.get().read.plan, &self.records).map(Table::of).transpose()
    }

    /// Cells that could not be played: what they are, why, and the command that plays each alone; None if there are none.
    #[getter]
    fn failures(&self) -> PyResult<Option<Table>> {
        if self.failed.is_empty() {
            return Ok(None);
        }
        let again = format!("tellwave sweep resume {}", self.dir.display());
        Table::of(door::failures(&self.sweep.get().read.plan, &self.failed, &again)).map(Some)
    }

    /// The charts of the report, by their names.
    #[getter]
    fn charts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.charts_about(py, None)
    }

    /// The charts about another metric than the first one that the sweep keeps.
    fn charts_of<'py>(&self, py: Python<'py>, response: &str) -> PyResult<Bound<'py, PyDict>> {
        self.charts_about(py, Some(response))
    }

    /// What the factors do to a metric, to the first one without a name, as far as the design says it: Sobol indices, elementary
    /// effects, shares of the variance of a grid, swings of one factor at a time, or standardised regression coefficients.
    ///
    /// Raises `UsageError` where it says nothing: cells are missing, or the metric does not vary.
    #[pyo3(signature = (response = None))]
    fn sensitivity(&self, py: Python<'_>, response: Option<&str>) -> PyResult<Table> {
        let response = self.response(py, response)?;
        let told = aside(py, || sensitivity::of(&response))?;
        Table::of(told.map_err(|why| error::of_use(py, &why))?)
    }

    fn __repr__(&self) -> String {
        let plan = &self.sweep.get().read.plan;
        format!("<tellwave.SweepResults of {:?}: {} of {} cells>", plan.name, self.records.len(), plan.cells.len())
    }
}
