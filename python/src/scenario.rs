//! Scenarios: read from a file, a text or a dictionary, with the mistakes that the command would print.

use crate::explanation::Explanation;
use crate::measured::{column, names};
use crate::outcome::Outcome;
use crate::play::{Playing, aside};
use crate::table::Table;
use crate::{error, history, number};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use std::path::{Path, PathBuf};
use tellwave::cli::explain::{Shown, Which};
use tellwave::language::Language;
use tellwave::scenario::record::{Setting, Source};
use tellwave::scenario::{Overrides, Scenario as Read, ScenarioError};
use tellwave::units::{PersonId, Tick};

/// A scenario that was read and found right. It does not change.
#[pyclass(frozen, module = "tellwave")]
pub struct Scenario(pub Read);

/// A scenario, or what is wrong with it.
fn told(py: Python<'_>, read: Result<Read, ScenarioError>) -> PyResult<Scenario> {
    read.map(Scenario).map_err(|why| error::of_scenario(py, &why))
}

/// What goes before a file.
pub fn overrides(
    runs: Option<&Bound<'_, PyAny>>,
    seed: Option<&Bound<'_, PyAny>>,
    people: Option<&Bound<'_, PyAny>>,
) -> PyResult<Overrides> {
    Ok(Overrides {
        runs: number::small("runs", runs, 1..=10_000_000)?,
        seed: number::whole("seed", seed, 0..=i64::MAX as u64)?,
        people: number::small("people", people, 1..=PersonId::COUNT_MAX)?,
    })
}

impl Scenario {
    /// The run of that number, or the first one.
    fn run_of(&self, run: Option<&Bound<'_, PyAny>>) -> PyResult<u32> {
        Ok(number::small("run", run, 0..=self.0.runs - 1)?.unwrap_or_default())
    }
}

/// Whether a text is a key, or keys with dots between them, and nothing more.
fn is_key(text: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    text.split('.').all(is_plain)
}

/// How many generations and how many customers an explanation shows below her, where nothing else is said.
const GENERATIONS: u32 = 4;
const CUSTOMERS: u32 = 20;

/// Who is meant, as the command takes it: a name, or a number as text.
fn name_of(person: &Bound<'_, PyAny>) -> PyResult<String> {
    match person.cast::<PyString>() {
        Ok(name) => Ok(name.to_cow()?.into_owned()),
        Err(_) => {
            let number = number::small("person", Some(person), 0..=PersonId::COUNT_MAX - 1)?;
            Ok(number.map_or_else(String::new, |number| number.to_string()))
        }
    }
}

/// What of a scenario makes the same again: file, text, folder, (runs, seed, people), places of variants.
type Parts = (String, String, PathBuf, (Option<u32>, Option<u64>, Option<u32>), Vec<usize>);

#[pymethods]
impl Scenario {
    /// Reads a scenario file (TOML).
    ///
    /// `runs`, `seed` and `people` go before what the file says. `variant` names one of the file's `[[variant]]` tables; without
    /// it the file is read as it stands.
    ///
    /// Raises `ScenarioError` with every mistake in the file, `MissingError` where there is none, `DiskError` if the disk says no.
    #[staticmethod]
    #[pyo3(signature = (path, *, runs = None, seed = None, people = None, variant = None))]
    fn read(
        py: Python<'_>,
        path: PathBuf,
        runs: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
        people: Option<&Bound<'_, PyAny>>,
        variant: Option<&str>,
    ) -> PyResult<Scenario> {
        let overrides = overrides(runs, seed, people)?;
        let Some(variant) = variant else {
            return told(py, aside(py, || Read::read_beside_variants(&path, overrides))?);
        };
        let all =
            aside(py, || Read::read_with_variants(&path, overrides))?.map_err(|why| error::of_scenario(py, &why))?;
        let known: Vec<String> = all.iter().skip(1).map(|scenario| scenario.name.clone()).collect();
        let found = all.into_iter().skip(1).find(|scenario| scenario.name == variant);
        found.map(Scenario).ok_or_else(|| {
            let known =
                if known.is_empty() { "it has none".to_owned() } else { format!("allowed: {}", known.join(", ")) };
            error::of_use(py, &format!("{} has no variant {variant:?}; {known}", path.display()))
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
        runs: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
        people: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Scenario> {
        let (folder, overrides) = (folder.unwrap_or_default(), overrides(runs, seed, people)?);
        told(py, aside(py, || Read::parse(name, text, &folder, overrides))?)
    }

    /// Reads a scenario from a dictionary with the keys of a scenario file: `{"graph": {"watts_strogatz": {"people": 2000}}}`.
    ///
    /// A key whose value is None is left out. It is written as TOML first, in the order of the alphabet, which is what mistakes show.
    #[staticmethod]
    #[pyo3(signature = (keys, *, name = "scenario.toml", folder = None, runs = None, seed = None, people = None))]
    fn from_dict(
        py: Python<'_>,
        keys: &Bound<'_, PyDict>,
        name: &str,
        folder: Option<PathBuf>,
        runs: Option<&Bound<'_, PyAny>>,
        seed: Option<&Bound<'_, PyAny>>,
        people: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Scenario> {
        let text = crate::dictionary::to_toml(keys)?;
        Scenario::from_toml(py, &text, name, folder, runs, seed, people)
    }

    /// The names of the variants of a scenario file, in order.
    #[staticmethod]
    fn variants(py: Python<'_>, path: PathBuf) -> PyResult<Vec<String>> {
        let all = aside(py, || Read::read_with_variants(&path, Overrides::default()))?;
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

    /// The last day that is played, counted from 0.
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
        let settings = &self.0.settings;
        let source = |setting: &Setting| match setting.source {
            Source::CommandLine => "argument".to_owned(),
            Source::File => "file".to_owned(),
            Source::Preset(name) => format!("preset {name}"),
            Source::Default => "default".to_owned(),
        };
        Table::of(tellwave::table::Table {
            columns: vec![
                column("key", "the key, dotted from the root", names(settings.iter().map(|it| it.key.clone()))),
                column("value", "its value, as TOML", names(settings.iter().map(|it| it.value.clone()))),
                column("source", "who gave the value", names(settings.iter().map(source))),
            ],
        })
    }

    /// The same scenario with another value for a key: `scenario.with_value("conversion.persuasion", "4 %")`.
    ///
    /// It is laid over the scenario as a `[[variant]]` is: what a table does not say stays, and another programme or graph takes the
    /// place of the one that was there. The name stays too.
    ///
    /// Raises `ScenarioError` if the value cannot stand there.
    fn with_value(&self, py: Python<'_>, key: &str, value: &Bound<'_, PyAny>) -> PyResult<Scenario> {
        if !is_key(key) || key == "name" {
            let allowed =
                "a key such as \"conversion.persuasion\", but not the name, which from_toml and from_dict give";
            return Err(error::of_use(py, &format!("key: found {key:?}; allowed: {allowed}")));
        }
        let none = Overrides::default();
        let moved = match key {
            "runs" => self.0.with_overrides(Overrides { runs: overrides(Some(value), None, None)?.runs, ..none }),
            "seed" => self.0.with_overrides(Overrides { seed: overrides(None, Some(value), None)?.seed, ..none }),
            // An argument that was given before would go before the value.
            _ if key.starts_with("graph.") && key.ends_with(".people") && self.0.parts().3.people.is_some() => {
                self.0.with_overrides(Overrides { people: overrides(None, None, Some(value))?.people, ..none })
            }
            _ => {
                let value = crate::dictionary::value(value, key)?.to_string();
                aside(py, || self.0.moved(key, &value))?
            }
        };
        moved.map(Scenario).map_err(|why| error::of_value(py, &why))
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
        threads: Option<&Bound<'_, PyAny>>,
        twin: bool,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Outcome> {
        let playing = Playing::new(threads, progress)?;
        Outcome::play(py, &self.0, None, twin, &playing)
    }

    /// Plays it up to the end of `day`, and from there on under the terms of another scenario of the same market, such as
    /// `scenario.with_value("policy.two_sided.advocate", "1.00 USD")`, whose runs and seed are not asked. Each run is also played to its
    /// end under the old terms, on the same luck.
    ///
    /// Raises `ScenarioError` for keys that cannot change in the middle.
    #[pyo3(signature = (terms, day, *, threads = None, progress = None))]
    fn fork(
        &self,
        py: Python<'_>,
        terms: &Scenario,
        day: &Bound<'_, PyAny>,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Outcome> {
        let Some(last) = self.0.horizon().day_closing().checked_sub(1) else {
            return Err(error::of_use(py, "the runs end on their first day, so there is none to fork at"));
        };
        let day = number::small("day", Some(day), 0..=last)?.unwrap_or_default();
        let other = aside(py, || self.0.fork_to(&terms.0, Tick(day * Tick::PER_DAY)))?;
        let other = other.map_err(|why| error::of_scenario(py, &why))?;
        let playing = Playing::new(threads, progress)?;
        Outcome::play(py, &self.0, Some((other, day)), true, &playing)
    }

    /// The events of one run, in order, as its log has them: one row an event. `until` is the last day that is told.
    #[pyo3(signature = (run = None, *, until = None))]
    fn events(
        &self,
        py: Python<'_>,
        run: Option<&Bound<'_, PyAny>>,
        until: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let (run, until) = (self.run_of(run)?, number::small("until", until, 0..=u32::MAX)?);
        history::events(py, &self.0, run, until)
    }

    /// What each measure of one run came to, folded from its events up to the end of the day `until`, or all of them. Money is in the
    /// currency of the scenario, not in its minor units.
    #[pyo3(signature = (run = None, *, until = None))]
    fn replay(
        &self,
        py: Python<'_>,
        run: Option<&Bound<'_, PyAny>>,
        until: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let (run, until) = (self.run_of(run)?, number::small("until", until, 0..=u32::MAX)?);
        history::replay(py, &self.0, run, until)
    }

    /// Why a sale of one run came about, and what it brought: the one of that number, counted from 1, or the first one of `person`,
    /// who is a number or, in a market from an edge list, a name. Below her the tree shows `depth` generations and `most` customers.
    ///
    /// Raises `UsageError` where there is no such sale or person.
    #[pyo3(signature = (sale = None, *, person = None, run = None, depth = None, most = None))]
    fn explain(
        &self,
        py: Python<'_>,
        sale: Option<&Bound<'_, PyAny>>,
        person: Option<&Bound<'_, PyAny>>,
        run: Option<&Bound<'_, PyAny>>,
        depth: Option<&Bound<'_, PyAny>>,
        most: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Explanation> {
        let person = person.map(|person| name_of(person)).transpose()?;
        let which = match (number::small("sale", sale, 0..=u32::MAX)?, &person) {
            (Some(number), None) => Which::Sale(number),
            (None, Some(person)) => Which::FirstOf(person.as_str()),
            _ => {
                let allowed = "either a sale, such as 1, or person=, whose first purchase is explained";
                return Err(error::of_use(py, &format!("give {allowed}")));
            }
        };
        let depth = number::small("depth", depth, 0..=1_000)?.unwrap_or(GENERATIONS);
        let most = number::small("most", most, 0..=10_000)?.unwrap_or(CUSTOMERS);
        Explanation::of(py, &self.0, self.run_of(run)?, which, Shown { depth, most })
    }

    /// The same where it resolves to the same, name, seed and number of runs included.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Scenario>().is_ok_and(|other| other.get().0.digest() == self.0.digest())
    }

    fn __hash__(&self) -> u64 {
        // As good as any sixteen digits of a digest.
        u64::from_str_radix(&self.0.digest()[..16], 16).unwrap_or_default()
    }

    /// Pickled as what it was read from, so that another process reads the same again; files that it names have to be there.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Parts)> {
        let (file, text, folder, Overrides { runs, seed, people }, variants) = self.0.parts();
        // Another process may work elsewhere.
        let folder = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let again = py.get_type::<Scenario>().getattr("_of_parts")?;
        Ok((again, (file.to_owned(), text.to_owned(), folder, (runs, seed, people), variants.to_vec())))
    }

    /// What `__reduce__` gave, read again.
    #[staticmethod]
    fn _of_parts(
        py: Python<'_>,
        file: &str,
        text: &str,
        folder: PathBuf,
        before: (Option<u32>, Option<u64>, Option<u32>),
        variants: Vec<usize>,
    ) -> PyResult<Scenario> {
        let (runs, seed, people) = before;
        told(py, aside(py, || Read::of_parts(file, text, &folder, Overrides { runs, seed, people }, &variants))?)
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Scenario {:?}: {} runs, seed {}>", self.0.name, self.0.runs, self.0.seed.0)
    }
}
