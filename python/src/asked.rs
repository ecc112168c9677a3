//! The arguments of a comparison: what Python gives becomes what is asked, or is refused with the argument's name.

use crate::error::of_use;
use crate::number;
use crate::scenario::Scenario;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyString};
use tellwave::cli::compare::{PrecisionOf, parse_precision};
use tellwave::scenario::Scenario as Read;
use tellwave::scenario::values::nearest;

/// What asks for the first scenario without its programme.
const NONE: &str = "none";

/// The most runs of each that a precision has played, where nothing else is said.
pub const MOST_RUNS: u32 = 100_000;

/// Each scenario with what it is called.
pub fn scenarios(given: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Read)>> {
    let py = given.py();
    let allowed = "a list of scenarios, or a dictionary of them by name";
    let wrong = |what: &Bound<'_, PyAny>| {
        let shown = what.repr().map_or_else(|_| "something".to_owned(), |it| it.to_string());
        of_use(py, &format!("scenarios: found {shown}; allowed: {allowed}"))
    };
    let read = |item: &Bound<'_, PyAny>| Ok(item.cast::<Scenario>().map_err(|_| wrong(item))?.get().0.clone());
    if let Ok(named) = given.cast::<PyDict>() {
        let entry = |(name, item): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let name = name.cast::<PyString>().map_err(|_| wrong(&name))?.to_cow()?.trim().to_owned();
            if name.is_empty() { Err(wrong(given)) } else { Ok((name, read(&item)?)) }
        };
        let all = named.iter().map(entry).collect::<PyResult<Vec<_>>>()?;
        return if all.is_empty() { Err(wrong(given)) } else { Ok(all) };
    }
    let items: Vec<Bound<'_, PyAny>> = given.try_iter().map_err(|_| wrong(given))?.collect::<PyResult<_>>()?;
    for (place, item) in items.iter().enumerate() {
        if items[..place].iter().any(|other| other.is(item)) {
            let what = format!("scenarios: the one in place {place} is given twice");
            return Err(of_use(py, &format!("{what}; a scenario does not differ from itself")));
        }
    }
    let entry = |item| read(item).map(|scenario: Read| (scenario.name.clone(), scenario));
    let all = items.iter().map(entry).collect::<PyResult<Vec<_>>>()?;
    if all.is_empty() { Err(wrong(given)) } else { Ok(all) }
}

/// The place of the baseline; nothing where it is the first scenario without its programme.
pub fn baseline(
    py: Python<'_>,
    given: Option<&Bound<'_, PyAny>>,
    scenarios: &[(String, Read)],
) -> PyResult<Option<usize>> {
    let Some(given) = given else { return Ok(Some(0)) };
    let Ok(name) = given.cast::<PyString>() else {
        return Ok(number::small("baseline", Some(given), 0..=scenarios.len() as u32 - 1)?.map(|place| place as usize));
    };
    let name = name.to_cow()?;
    if name == NONE {
        return Ok(None);
    }
    let names = || scenarios.iter().map(|(name, _)| name.as_str());
    names().position(|known| known == name).map(Some).ok_or_else(|| {
        let meant = nearest(&name, names()).map_or(String::new(), |meant| format!("did you mean {meant:?}? "));
        let known = names().collect::<Vec<_>>().join(", ");
        of_use(
            py,
            &format!("baseline: found {name:?}; {meant}allowed: \"none\", a place from 0 on, or a name: {known}"),
        )
    })
}

/// A share, as a number or as the command takes it: "1 %".
pub fn precision(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<f64>> {
    let Some(given) = given else { return Ok(None) };
    let text = match given.cast::<PyFloat>() {
        // Written without an exponent; that it is no whole number is to be seen of 1.0 too.
        Ok(number) if number.value().fract() == 0.0 => format!("{:.1}", number.value()),
        Ok(number) => number.value().to_string(),
        Err(_) if given.is_instance_of::<PyBool>() => String::new(),
        Err(_) => given.str()?.to_cow()?.into_owned(),
    };
    let wrong = |why: String| Ok::<_, PyErr>(of_use(given.py(), &format!("precision: found {}; {why}", given.repr()?)));
    parse_precision(&text).map(Some).map_err(|why| wrong(why).unwrap_or_else(|error| error))
}

/// Of what a precision is.
pub fn precision_of(py: Python<'_>, given: &str) -> PyResult<PrecisionOf> {
    PrecisionOf::ALL.into_iter().find(|it| it.name() == given).ok_or_else(|| {
        let allowed = PrecisionOf::ALL.map(PrecisionOf::name).join(", ");
        of_use(py, &format!("precision_of: found {given:?}; allowed: {allowed}"))
    })
}
