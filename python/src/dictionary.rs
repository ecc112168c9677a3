//! Python's dictionaries, lists, numbers and texts as TOML.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use toml::{Table, Value};

/// How deep a dictionary may nest: deeper than any scenario does.
const DEPTH_MAX: usize = 32;

/// A dictionary as the text of a TOML file.
pub fn to_toml(keys: &Bound<'_, PyDict>) -> PyResult<String> {
    Ok(table(keys, "", 0)?.to_string())
}

/// A value as TOML; `key` is where it stands, for what is wrong with it.
pub fn value(of: &Bound<'_, PyAny>, key: &str) -> PyResult<Value> {
    nested(of, key, 0)
}

fn nested(of: &Bound<'_, PyAny>, key: &str, depth: usize) -> PyResult<Value> {
    let wrong = |what: String| {
        PyTypeError::new_err(format!(
            "{key}: found {what}; allowed: text, numbers, True and False, lists and dictionaries"
        ))
    };
    if depth > DEPTH_MAX {
        return Err(wrong(format!("more than {DEPTH_MAX} levels")));
    }
    // A bool is an int to Python, so it is asked first.
    if let Ok(flag) = of.cast::<PyBool>() {
        return Ok(Value::Boolean(flag.is_true()));
    }
    if let Ok(text) = of.cast::<PyString>() {
        return Ok(Value::String(text.to_cow()?.into_owned()));
    }
    if let Ok(keys) = of.cast::<PyDict>() {
        return Ok(Value::Table(table(keys, key, depth + 1)?));
    }
    if of.is_instance_of::<PyList>() || of.is_instance_of::<PyTuple>() {
        let each =
            |(place, item): (usize, PyResult<Bound<'_, PyAny>>)| nested(&item?, &format!("{key}[{place}]"), depth + 1);
        return Ok(Value::Array(of.try_iter()?.enumerate().map(each).collect::<PyResult<_>>()?));
    }
    // A path, of pathlib and others.
    if of.hasattr("__fspath__")? {
        return nested(&of.call_method0("__fspath__")?, key, depth + 1);
    }
    // Arrays and numbers of numpy, and series of pandas.
    if of.hasattr("tolist")? {
        return nested(&of.call_method0("tolist")?, key, depth + 1);
    }
    // Other numbers are neither, but know how to become them.
    if of.is_instance_of::<PyInt>() || of.hasattr("__index__")? {
        let too_large = || PyTypeError::new_err(format!("{key}: found {of}; allowed: a number of at most 64 bits"));
        return of.extract::<i64>().map(Value::Integer).map_err(|_| too_large());
    }
    if of.is_instance_of::<PyFloat>() || of.hasattr("__float__")? {
        return of.extract::<f64>().map(Value::Float);
    }
    Err(wrong(format!("a {}", of.get_type().name()?)))
}

fn table(keys: &Bound<'_, PyDict>, within: &str, depth: usize) -> PyResult<Table> {
    let mut table = Table::new();
    for (key, item) in keys {
        let name = key
            .cast::<PyString>()
            .map_err(|_| PyTypeError::new_err(format!("the key {key} is no text")))?
            .to_cow()?
            .into_owned();
        let path = if within.is_empty() { name.clone() } else { format!("{within}.{name}") };
        // None is as if the key were not there.
        if !item.is_none() {
            table.insert(name, nested(&item, &path, depth)?);
        }
    }
    Ok(table)
}
