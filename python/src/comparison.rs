//! Scenarios compared on the same luck: what is asked of `tellwave compare`, and what it found.

use crate::chart::Chart;
use crate::error::{internal, of_use};
use crate::play::{Count, Playing, aside};
use crate::table::Table;
use crate::{asked, error, number, scenario, side_by_side, what_if};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tellwave::cli::compare::{self, Asked, ONE_MARKET, Options, Refusal, Watch};
use tellwave::figure::Drawing;
use tellwave::language::Language;

/// Scenarios side by side: which comes first, by how much, how sure that is, and what would change it.
#[pyclass(frozen, module = "tellwave")]
pub struct Comparison {
    found: compare::Comparison,
    curves: tellwave::table::Table,
    charts: Vec<Drawing>,
}

impl Watch for Count {
    fn begin(&self, steps: u64, _: &str) {
        self.more(steps);
    }

    fn one(&self) {
        Count::one(self);
    }

    fn goes_on(&self) -> bool {
        Count::goes_on(self)
    }

    fn end(&self) {}
}

/// Why nothing was compared, with the names of arguments.
fn of_refusal(py: Python<'_>, refusal: Refusal) -> PyErr {
    match refusal {
        Refusal::Markets(differences) => of_use(py, &format!("{}\n{ONE_MARKET}", differences.join("\n"))),
        Refusal::Scenario(why) => error::of_value(py, &why),
        Refusal::Option(name, why) => of_use(py, &format!("{name}{why}")),
        Refusal::Failed(why) => internal(why),
        Refusal::Stopped => internal("it was stopped by nobody"),
    }
}

/// Plays scenarios on the same luck, and says which brings more, by how much, and how sure that is: `tellwave compare`.
///
/// `scenarios` is a list of them, or a dictionary of them by what they are to be called. All are played in the market of the first one,
/// with its `runs` and `seed` unless others are given. `baseline` is the place or the name of one of them, the first without it; with
/// "none" the first scenario without its programme, which one scenario is enough for.
///
/// `by` is the measure that ranks. `equal_budget` gives every programme the same budget, such as "900 USD", or with "least" what the
/// cheapest of them costs on average. `precision` plays up to `most_runs` runs until each difference from the baseline is known to within
/// this share of the baseline's mean, such as "1 %"; with `precision_of="mean"` the mean of each scenario. `what_if` asks which assumption
/// would change the answer, and what larger and smaller rewards would do.
///
/// `progress` is called as `progress(done, all)`; `all` grows when what was asked of the runs is asked in turn.
///
/// Raises `UsageError` for what cannot be compared or asked.
#[pyfunction(name = "compare")]
#[pyo3(signature = (
    scenarios, *, baseline = None, by = "profit", runs = None, seed = None, equal_budget = None, precision = None,
    precision_of = "difference", most_runs = None, what_if = true, threads = None, progress = None
))]
#[expect(clippy::too_many_arguments, reason = "they are named where they are given")]
pub fn of(
    py: Python<'_>,
    scenarios: &Bound<'_, PyAny>,
    baseline: Option<&Bound<'_, PyAny>>,
    by: &str,
    runs: Option<&Bound<'_, PyAny>>,
    seed: Option<&Bound<'_, PyAny>>,
    equal_budget: Option<String>,
    precision: Option<&Bound<'_, PyAny>>,
    precision_of: &str,
    most_runs: Option<&Bound<'_, PyAny>>,
    what_if: bool,
    threads: Option<&Bound<'_, PyAny>>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Comparison> {
    let scenarios = asked::scenarios(scenarios)?;
    let baseline = asked::baseline(py, baseline, &scenarios)?;
    if scenarios.len() + usize::from(baseline.is_none()) < 2 {
        let what = "give a second one, or baseline=\"none\" to compare it with itself without its programme";
        return Err(of_use(py, &format!("scenarios: one alone; {what}")));
    }
    let overrides = scenario::overrides(runs, seed, None)?;
    let options = Options {
        by: compare::parse_measure(by).map_err(|why| of_use(py, &format!("by: found {by:?}; {why}")))?,
        precision: asked::precision(precision)?,
        precision_of: asked::precision_of(py, precision_of)?,
        most_runs: number::small("most_runs", most_runs, 1..=10_000_000)?.unwrap_or(asked::MOST_RUNS),
        twins: true,
        what_if,
        language: Language::English,
    };
    let playing = Playing::new(threads, progress)?;
    let asked = Asked { scenarios, overrides, baseline, equal_budget };
    let found = playing.work(py, 0, |count| match compare::compare(asked, &options, count) {
        Err(Refusal::Stopped) => None,
        found => Some(found.and_then(Comparison::new)),
    })?;
    found.map_err(|why| of_refusal(py, why))
}

impl Comparison {
    fn new(found: compare::Comparison) -> Result<Comparison, Refusal> {
        Ok(Comparison { curves: found.curves(), charts: found.charts()?, found })
    }
}

#[pymethods]
impl Comparison {
    /// What each contender is called; the first scenario without its programme comes before all others where that is the baseline.
    #[getter]
    fn names(&self) -> Vec<String> {
        self.found.names().to_vec()
    }

    /// The place of the baseline among the names.
    #[getter]
    fn baseline(&self) -> usize {
        self.found.baseline()
    }

    /// How many runs of each were played.
    #[getter]
    fn runs(&self) -> u32 {
        self.found.runs()
    }

    /// The answer in sentences, and what would change it.
    #[getter]
    fn answer(&self) -> Vec<String> {
        self.found.answer()
    }

    /// What has to be known before the answer is believed: what scenarios differ in besides their programmes, …
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.found.notes()
    }

    /// Each contender, the best first: its mean, and its difference from the baseline run by run, each with its 95 % interval.
    #[getter]
    fn ranking(&self) -> PyResult<Table> {
        Table::of(side_by_side::ranking(&self.found))
    }

    /// Each two contenders: by how much one is ahead, and whether these runs tell the two apart.
    #[getter]
    fn pairs(&self) -> PyResult<Table> {
        Table::of(side_by_side::pairs(&self.found))
    }

    /// Each measure of each contender at the end of the runs, as an outcome's `summary`.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        Table::of(side_by_side::summary(&self.found))
    }

    /// Each measure of each contender less that of the baseline, run by run.
    #[getter]
    fn differences(&self) -> PyResult<Table> {
        Table::of(side_by_side::differences(&self.found))
    }

    /// What each programme adds, as an outcome's `programme`; None where there is none.
    #[getter]
    fn programmes(&self) -> PyResult<Option<Table>> {
        side_by_side::programmes(&self.found).map(Table::of).transpose()
    }

    /// The ratios of each programme, as an outcome's `ratios`; None where there is none.
    #[getter]
    fn ratios(&self) -> PyResult<Option<Table>> {
        side_by_side::ratios(&self.found).map(Table::of).transpose()
    }

    /// Each daily measure of each contender by the end of each day; the number at the end of a column is that of the name, from 1.
    #[getter]
    fn curves(&self) -> PyResult<Table> {
        Table::of(self.curves.clone())
    }

    /// One row a run of each contender: every total, and how it ended.
    #[getter]
    fn runs_table(&self) -> PyResult<Table> {
        Table::of(self.found.table_of_runs())
    }

    /// Each assumption moved to the ends of its range, in the two contenders that matter, the one that does most first; None where that
    /// was not asked, or there is nothing to move.
    #[getter]
    fn what_if(&self) -> PyResult<Option<Table>> {
        what_if::assumptions(&self.found).map(Table::of).transpose()
    }

    /// What each programme adds to the profit with larger and smaller rewards; None where that was not asked, or there is no programme.
    #[getter]
    fn reward_sizes(&self) -> PyResult<Option<Table>> {
        what_if::reward_sizes(&self.found).map(Table::of).transpose()
    }

    /// The charts of the report, by their names.
    #[getter]
    fn charts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Chart::by_name(py, &self.charts, self.found.look())
    }

    /// All of it for programs, as the command writes it into `summary.json`.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.found.json().map_err(|why| of_refusal(py, why))
    }

    /// The report as one page of HTML, charts included.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        aside(py, || self.found.html())?.map_err(|why| of_refusal(py, why))
    }

    /// What the command prints.
    fn __str__(&self) -> String {
        self.found.text()
    }

    fn __repr__(&self) -> String {
        let names = self.found.names().join(", ");
        format!("<tellwave.Comparison of {names}: {} runs each>", self.found.runs())
    }
}
