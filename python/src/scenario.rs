//! Scenarios: read from a file, a text or a dictionary, with the mistakes that the command would print.

use crate::outcome::Outcome;
use crate::play::Playing;
use crate::table::Table;
use crate::{error, history};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use std::path::PathBuf;
use tellwave::language::Language;
use tellwave::scenario::record::Source;
use tellwave::scenario::{Overrides, Scenario as Read, ScenarioError};
use tellwave::table::{Column, Values};
use tellwave::units::Tick;

/// A scenario that was read and found right. It does not change.
#[pyclass(frozen, module = "tellwave")]
pub struct Scenario(pub Read);

/// A scenario, or what is wrong with it.
fn told(py: Python<'_>, read: Result<Read, ScenarioError>) -> PyResult<Scenario> {
    read.map(Scenario).map_err(|why| error::of_scenario(py, &why))
}

#[pymethods]
impl Scenario {
    /// Reads a scenario file (TOML).
    ///
    /// `runs`, `seed` and `people` go before what the file says. `variant` names one of the file's `[[variant]]` tables; without
    /// it the file is read as it stands.
    ///
    /// Raises `ScenarioError` with every mistake in the file, `DiskError` if the disk says no.
    #[staticmethod]
    #[pyo3(signature = (path, *, runs = None, seed = None, people = None, variant = None))]
    fn read(
        py: Python<'_>,
        path: PathBuf,
        runs: Option<u32>,
        seed: Option<u64>,
        people: Option<u32>,
        variant: Option<&str>,
    ) -> PyResult<Scenario> {
        let overrides = Overrides { runs, seed, people };
        let Some(variant) = variant else {
            return told(py, py.detach(|| Read::read_beside_variants(&path, overrides)));
        };
        let all =
            py.detach(|| Read::read_with_variants(&path, overrides)).map_err(|why| error::of_scenario(py, &why))?;
        let (names, found): (Vec<String>, _) = {
            let names = all.iter().skip(1).map(|scenario| scenario.name.clone()).collect();
            (names, all.into_iter().skip(1).find(|scenario| scenario.name == variant))
        };
        found.map(Scenario).ok_or_else(|| {
            let names =
                if names.is_empty() { "it has none".to_owned() } else { format!("allowed: {}", names.join(", ")) };
            error::of_use(py, &format!("{} has no variant {variant:?}; {names}", path.display()))
        })
    }

    /// Reads a scenario from TOML text. Files that it names are looked for in `folder`; `name` is what mistakes call the text.
    #[staticmethod]
    #[pyo3(signature = (text, *, name = "scenario.toml", folder = None, runs = None, seed = None, people = None))]
    fn from_toml(
        py: Python<'_>,
        text: &str,
        name: &str,
        folder: Option<PathBuf>,
        runs: Option<u32>,
        seed: Option<u64>,
        people: Option<u32>,
    ) -> PyResult<Scenario> {
        let (folder, overrides) = (folder.unwrap_or_default(), Overrides { runs, seed, people });
        told(py, py.detach(|| Read::parse(name, text, &folder, overrides)))
    }

    /// Reads a scenario from a dictionary with the keys of a scenario file: `{"graph": {"watts_strogatz": {"people": 2000}}}`.
    ///
    /// It is written as TOML first, which is what mistakes show.
    #[staticmethod]
    #[pyo3(signature = (keys, *, name = "scenario.toml", folder = None, runs = None, seed = None, people = None))]
    fn from_dict(
        py: Python<'_>,
        keys: &Bound<'_, PyDict>,
        name: &str,
        folder: Option<PathBuf>,
        runs: Option<u32>,
        seed: Option<u64>,
        people: Option<u32>,
    ) -> PyResult<Scenario> {
        let text = crate::dictionary::to_toml(keys)?;
        Scenario::from_toml(py, &text, name, folder, runs, seed, people)
    }

    /// The names of the variants of a scenario file, in order.
    #[staticmethod]
    fn variants(py: Python<'_>, path: PathBuf) -> PyResult<Vec<String>> {
        let all = py.detach(|| Read::read_with_variants(&path, Overrides::default()));
        let all = all.map_err(|why| error::of_scenario(py, &why))?;
        Ok(all.into_iter().skip(1).map(|scenario| scenario.name).collect())
    }

    /// What it is called.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The question it answers, if it says so.
    #[getter]
    fn question(&self) -> Option<&str> {
        self.0.question.as_deref()
    }

    /// How many runs.
    #[getter]
    fn runs(&self) -> u32 {
        self.0.runs
    }

    /// The seed of every draw.
    #[getter]
    fn seed(&self) -> u64 {
        self.0.seed.0
    }

    /// How many people there are; None where the audience is without end.
    #[getter]
    fn people(&self) -> Option<u32> {
        self.0.people()
    }

    /// The code of its currency ("USD").
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency.code()
    }

    /// The last day that is played \[days\].
    #[getter]
    fn days(&self) -> u32 {
        self.0.horizon().day_closing()
    }

    /// SHA-256 of what it resolves to, as hexadecimal digits: the same scenario has the same.
    #[getter]
    fn digest(&self) -> String {
        self.0.digest()
    }

    /// Every key with its value, as TOML that reads back to the same scenario.
    #[getter]
    fn resolved(&self) -> &str {
        &self.0.resolved
    }

    /// Who gets what, in sentences; empty where nobody is rewarded.
    #[getter]
    fn programme(&self) -> Vec<String> {
        self.0.programme(Language::English)
    }

    /// What is to be said of it: weak sources, keys that do nothing, …
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.0.notes(Language::English)
    }

    /// What its terms let happen that nobody means, each a `Mistake`.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        error::each(py, &self.0.warnings)
    }

    /// Every key with its value (as TOML) and who gave it: a file, a preset or the default.
    #[getter]
    fn settings(&self) -> PyResult<Table> {
        let column = |name: &str, meaning: &str, of: &dyn Fn(usize) -> String| Column {
            name: name.into(),
            unit: String::new(),
            meaning: meaning.into(),
            values: Values::Name((0..self.0.settings.len()).map(of).collect()),
        };
        let setting = |place: usize| &self.0.settings[place];
        Table::of(tellwave::table::Table {
            columns: vec![
                column("key", "the key, dotted from the root", &|place| setting(place).key.clone()),
                column("value", "its value, as TOML", &|place| setting(place).value.clone()),
                column("source", "who gave the value", &|place| match setting(place).source {
                    Source::CommandLine => "argument".to_owned(),
                    Source::File => "file".to_owned(),
                    Source::Preset(name) => format!("preset {name}"),
                    Source::Default => "default".to_owned(),
                }),
            ],
        })
    }

    /// The same scenario with another value for a key: `scenario.with_value("conversion.persuasion", "4 %")`.
    ///
    /// Raises `ScenarioError` if the value cannot stand there.
    fn with_value(&self, py: Python<'_>, key: &str, value: &Bound<'_, PyAny>) -> PyResult<Scenario> {
        let value = crate::dictionary::value(value, key)?.to_string();
        told(py, py.detach(|| self.0.moved(key, &value)))
    }

    /// Plays it and returns what came out.
    ///
    /// `threads`: how many to work on, one for each core without it; the numbers are the same for any. `twin`: whether a programme is
    /// played beside the same runs without it. `progress` is called as `progress(done, all)` a few times a second, on
    /// this thread; what it raises stops the playing, and so does Ctrl-C.
    #[pyo3(signature = (*, threads = None, twin = true, progress = None))]
    fn run(
        &self,
        py: Python<'_>,
        threads: Option<usize>,
        twin: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Outcome> {
        let playing = Playing::new(threads, progress)?;
        Outcome::play(py, &self.0, None, twin, &playing)
    }

    /// Plays it up to the end of `day`, and from there on under the terms of another scenario of the same market, such as
    /// `scenario.with_value("policy.two_sided.advocate", "1.00 USD")`. Each run is also played to its end under the old terms, on the
    /// same luck.
    ///
    /// Raises `ScenarioError` for keys that cannot change in the middle.
    #[pyo3(signature = (terms, day, *, threads = None, progress = None))]
    fn fork(
        &self,
        py: Python<'_>,
        terms: &Scenario,
        day: u32,
        threads: Option<usize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Outcome> {
        let last = self.0.horizon().day_closing();
        if day >= last {
            return Err(error::of_use(py, &format!("day {day}: the runs end on day {last}; give an earlier one")));
        }
        let other = py.detach(|| self.0.fork_to(&terms.0, Tick(day * Tick::PER_DAY)));
        let other = other.map_err(|why| error::of_scenario(py, &why))?;
        let playing = Playing::new(threads, progress)?;
        Outcome::play(py, &self.0, Some((other, day)), true, &playing)
    }

    /// The events of one run, in order, as its log has them: one row an event. `until` is the last day that is told.
    #[pyo3(signature = (run = 0, *, until = None))]
    fn events(&self, py: Python<'_>, run: u32, until: Option<u32>) -> PyResult<Table> {
        history::events(py, &self.0, || self.0.clone().into_experiment(), run, until)
    }

    /// What each measure of one run came to, folded from its events up to the end of a day, or all of them.
    #[pyo3(signature = (run = 0, *, until = None))]
    fn replay(&self, py: Python<'_>, run: u32, until: Option<u32>) -> PyResult<Table> {
        history::replay(py, &self.0, || self.0.clone().into_experiment(), run, until)
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Scenario {:?}: {} runs, seed {}>", self.0.name, self.0.runs, self.0.seed.0)
    }
}
