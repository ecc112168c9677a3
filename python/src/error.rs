//! What is raised: the classes of `tellwave.errors`, with what they carry.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use tellwave::cli::sweep::door::Refusal;
use tellwave::scenario::ScenarioError;
use tellwave::scenario::mistake::{Mistake, Mistakes};
use tellwave::store::StoreError;

/// Makes an exception of a class of `tellwave.errors`.
fn raised(py: Python<'_>, class: &str, message: &str, fields: &Bound<'_, PyDict>) -> PyErr {
    let made = py.import("tellwave.errors").and_then(|module| module.getattr(class)?.call((message,), Some(fields)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Of a scenario that cannot be read: every mistake with file, line and key.
pub fn of_scenario(py: Python<'_>, error: &ScenarioError) -> PyErr {
    let message = error.to_string();
    let fields = PyDict::new(py);
    match error {
        ScenarioError::Mistakes(mistakes) => with_mistakes(py, &message, each(py, mistakes)),
        ScenarioError::Missing { .. } => raised(py, "MissingError", &message, &fields),
        ScenarioError::NotText { .. } => raised(py, "ScenarioError", &message, &fields),
        ScenarioError::Disk { .. } => raised(py, "DiskError", &message, &fields),
    }
}

/// The same of a value that was laid over a scenario, which stands on no line of any file.
pub fn of_value(py: Python<'_>, error: &ScenarioError) -> PyErr {
    let ScenarioError::Mistakes(mistakes) = error else { return of_scenario(py, error) };
    let each = mistakes.list().iter().map(|Mistake { key, found, allowed, hint, .. }| {
        let hint = hint.as_ref().map_or(String::new(), |hint| format!(" ({hint})"));
        format!("{key}: found {found}; allowed: {allowed}{hint}")
    });
    let message = each.collect::<Vec<_>>().join("\n");
    with_mistakes(py, &message, list(py, mistakes, false))
}

fn with_mistakes(py: Python<'_>, message: &str, mistakes: PyResult<Bound<'_, PyList>>) -> PyErr {
    let fields = PyDict::new(py);
    match mistakes.and_then(|list| fields.set_item("mistakes", list)) {
        Ok(()) => raised(py, "ScenarioError", message, &fields),
        Err(error) => error,
    }
}

/// Of what is asked for and cannot be.
pub fn of_use(py: Python<'_>, message: &str) -> PyErr {
    raised(py, "UsageError", message, &PyDict::new(py))
}

/// Of a folder of results.
pub fn of_store(py: Python<'_>, error: &StoreError) -> PyErr {
    let class = match error {
        StoreError::Disk { .. } => "DiskError",
        StoreError::TwoResults { .. } => "ConflictError",
        StoreError::Digest { .. } | StoreError::BadPack { .. } | StoreError::BadProvenance { .. } => "DamageError",
        _ => "UsageError",
    };
    raised(py, class, &error.to_string(), &PyDict::new(py))
}

/// Of what is not what was written.
pub fn of_damage(py: Python<'_>, message: &str) -> PyErr {
    raised(py, "DamageError", message, &PyDict::new(py))
}

/// Of what a command would have refused, or could not do.
pub fn of_refusal(py: Python<'_>, refusal: Refusal) -> PyErr {
    match refusal {
        Refusal::Asked(message) => of_use(py, &message),
        Refusal::Failed(message) => raised(py, "DiskError", &message, &PyDict::new(py)),
    }
}

/// Of what should not happen.
pub fn internal(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("this is a mistake in Tellwave: {error}"))
}

/// Each mistake as a `tellwave.errors.Mistake`.
pub fn each<'py>(py: Python<'py>, mistakes: &Mistakes) -> PyResult<Bound<'py, PyList>> {
    list(py, mistakes, true)
}

fn list<'py>(py: Python<'py>, mistakes: &Mistakes, has_places: bool) -> PyResult<Bound<'py, PyList>> {
    let class = py.import("tellwave.errors")?.getattr("Mistake")?;
    let list = PyList::empty(py);
    for mistake in mistakes.list() {
        let (line, column) = mistakes.position(mistake).filter(|_| has_places).unzip();
        let fields = PyDict::new(py);
        fields.set_item("file", mistakes.file())?;
        fields.set_item("line", line)?;
        fields.set_item("column", column)?;
        fields.set_item("key", &mistake.key)?;
        fields.set_item("found", &mistake.found)?;
        fields.set_item("allowed", &mistake.allowed)?;
        fields.set_item("hint", &mistake.hint)?;
        list.append(class.call((), Some(&fields))?)?;
    }
    Ok(list)
}
