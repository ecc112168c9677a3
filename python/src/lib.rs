//! Tellwave for Python. Everything that counts is done by the library; here it is only handed over.
//!
//! | file | question |
//! |---|---|
//! | `scenario` | how is a scenario read, and what does it say of itself? |
//! | `play` | how is something played while Python goes on listening? |
//! | `outcome`, `measured` | what came of it? |
//! | `sweep`, `sweep_folder` | how is a sweep read, and how do its cells get into its folder? |
//! | `swept`, `sensitivity` | what came of a sweep? |
//! | `asked`, `comparison`, `side_by_side`, `what_if` | which of several scenarios brings more? |
//! | `history`, `explanation` | what happened in one run, and why? |
//! | `dictionary`, `number` | how does what Python has become what the library takes? |
//! | `table`, `chart` | how do numbers and pictures get out? |
//! | `error` | what is raised? |

mod asked;
mod chart;
mod comparison;
mod dictionary;
mod error;
mod explanation;
mod history;
mod measured;
mod number;
mod outcome;
mod play;
mod scenario;
mod sensitivity;
mod side_by_side;
mod sweep;
mod sweep_folder;
mod swept;
mod table;
mod what_if;

use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command `tellwave` with these words; its exit code.
#[pyfunction]
fn main(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| tellwave::cli::execute(words))
}

/// The compiled part of the package `tellwave`.
#[pymodule(gil_used = false)]
fn _tellwave(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<scenario::Scenario>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<chart::Chart>()?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add("RESULTS", tellwave::engine::RESULTS)?;
    module.add_class::<sweep::Sweep>()?;
    module.add_class::<sweep_folder::SweepFolder>()?;
    module.add_class::<swept::SweepResults>()?;
    module.add_class::<outcome::Outcome>()?;
    module.add_class::<comparison::Comparison>()?;
    module.add_class::<explanation::Explanation>()?;
    module.add_function(wrap_pyfunction!(comparison::of, module)?)
}
