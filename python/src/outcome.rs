//! What came of a scenario: tables and charts, each a fold over the events of its runs.

use crate::chart::Chart;
use crate::measured;
use crate::play::Playing;
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tellwave::draw::Fonts;
use tellwave::experiment::figures::{Caption, Charts, OfRuns};
use tellwave::experiment::{
    Details, Experiment, Forked, Outcome as Played, Programme, curves, ledger_table, runs_table, worth,
};
use tellwave::language::Language;
use tellwave::scenario::Scenario;

/// What came out of all runs of a scenario.
#[pyclass(frozen, module = "tellwave")]
pub struct Outcome {
    scenario: Scenario,
    played: Played,
    curves: tellwave::table::Table,
    closely: Vec<(&'static str, tellwave::table::Table)>,
    charts: Charts,
}

impl Outcome {
    /// Plays a scenario; or goes on under another one after a day.
    pub fn play(
        py: Python<'_>,
        scenario: &Scenario,
        fork: Option<(Scenario, u32)>,
        twin: bool,
        playing: &Playing,
    ) -> PyResult<Outcome> {
        let scenario = scenario.clone();
        let day = fork.as_ref().map(|(_, day)| *day);
        playing.work(py, u64::from(scenario.runs), |count| {
            let grown = match fork {
                None => scenario.clone().into_experiment(),
                Some((other, day)) => {
                    let until = tellwave::units::Tick(day * tellwave::units::Tick::PER_DAY);
                    scenario.clone().into_forked_experiment(other, until)
                }
            };
            let experiment = Experiment { twin, ..grown };
            let details = Details::new(&experiment, Details::RUNS);
            let played = experiment.run_while(&&details, || count.one(), || count.goes_on())?;
            let (gathered, money) = (details.gathered(), scenario.money());
            let curves = curves(&played, scenario.horizon().day_closing() as usize + 1, &money);
            let fonts = Fonts::bundled();
            let sign = tellwave::draw::sign(scenario.currency, &fonts);
            let (runs, seed) = (played.rows.len() as u32, scenario.seed.0);
            let caption = Caption { language: Language::English, scenario: scenario.name.clone(), runs, seed };
            let charts = OfRuns {
                curves: &curves,
                gathered: &gathered,
                fork_day: day.filter(|_| Forked::of(&played).is_some()),
                has_programme: Programme::of(&played).is_some(),
                actuals: None,
                money: &money,
                sign: &sign,
            }
            .charts(&caption);
            let closely = gathered.tables(&money);
            drop(gathered);
            Some(Outcome { scenario, played, curves, closely, charts })
        })
    }
}

#[pymethods]
impl Outcome {
    /// Each measure at the end of the runs: mean, 95 % interval of the mean, median, 5 and 95 % quantiles, and how it is counted.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        Table::of(measured::summaries(&self.played.summaries(), &self.scenario.money()))
    }

    /// Each daily measure by the end of each day: mean, median, 5 and 95 % quantiles over the runs.
    #[getter]
    fn curves(&self) -> PyResult<Table> {
        Table::of(self.curves.clone())
    }

    /// One row a run: every total and how the run ended; the same of its twin, and how the two compare.
    #[getter]
    fn runs(&self) -> PyResult<Table> {
        Table::of(runs_table(&self.played, &self.scenario.money()))
    }

    /// The company's books over all runs, account by account.
    #[getter]
    fn ledger(&self) -> PyResult<Table> {
        Table::of(ledger_table(&self.played, &self.scenario.money()))
    }

    /// What the programme adds, run by run on the same luck, as `summary`; None where no twin was played.
    #[getter]
    fn programme(&self) -> PyResult<Option<Table>> {
        let programme = Programme::of(&self.played);
        programme.map(|it| Table::of(measured::summaries(&it.comparison, &self.scenario.money()))).transpose()
    }

    /// What the fork changes at the end of the runs, as `summary`: new terms less old ones, run by run; None without a fork.
    #[getter]
    fn difference(&self) -> PyResult<Option<Table>> {
        let forked = Forked::of(&self.played);
        let differences = |forked: Forked| forked.futures.iter().map(|future| future.difference).collect::<Vec<_>>();
        forked.map(|it| Table::of(measured::summaries(&differences(it), &self.scenario.money()))).transpose()
    }

    /// The ratios that a company asks of a programme, such as its return on investment; None where no twin was played.
    #[getter]
    fn ratios(&self) -> PyResult<Option<Table>> {
        let programme = Programme::of(&self.played);
        programme.map(|it| Table::of(measured::ratios(&it.ratios, &self.scenario.money()))).transpose()
    }

    /// The day from which on the programme has paid for itself, on the mean of the runs; None where it never has.
    #[getter]
    fn payback_day(&self) -> Option<u32> {
        Programme::of(&self.played)?.payback_day
    }

    /// What a customer costs and is worth.
    #[getter]
    fn worth(&self) -> PyResult<Table> {
        Table::of(measured::ratios(&worth(&self.played), &self.scenario.money()))
    }

    /// Tables of the first 100 runs, which were heard closely: how customers came, cascades, what is said, …
    #[getter]
    fn details<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let tables = PyDict::new(py);
        for (name, table) in &self.closely {
            tables.set_item(name, Table::of(table.clone())?)?;
        }
        Ok(tables)
    }

    /// The charts of the report, by their names.
    #[getter]
    fn charts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let closely = self.charts.closely.iter().map(|guided| &guided.drawing);
        let all = self.charts.fork.iter().chain(&self.charts.main).chain(&self.charts.programme).chain(closely);
        Chart::by_name(py, all, &self.scenario.look)
    }

    /// Runs that were stopped at the limit of customers.
    #[getter]
    fn stopped_runs(&self) -> usize {
        self.played.stopped()
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Outcome of {:?}: {} runs>", self.scenario.name, self.played.rows.len())
    }
}
