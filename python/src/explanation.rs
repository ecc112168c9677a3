//! Why somebody bought: what `tellwave explain` tells of a run, which is told again from its seed.

use crate::error::{internal, of_use};
use crate::play::aside;
use crate::table::Table;
use pyo3::prelude::*;
use tellwave::cli::explain::{self, Shown, Which};
use tellwave::draw::{self, Fonts};
use tellwave::scenario::Scenario;

/// Why somebody bought, from the first cause on, and what she brought: a story, and a tree, which a notebook shows by itself.
#[pyclass(frozen, module = "tellwave")]
pub struct Explanation(explain::Explanation);

impl Explanation {
    /// Of one sale of a run, or of somebody's first one.
    pub fn of(
        py: Python<'_>,
        scenario: &Scenario,
        run: u32,
        which: Which<&str>,
        below: Shown,
    ) -> PyResult<Explanation> {
        let told = aside(py, || explain::of_scenario(scenario, run, which, below))?;
        told.map(Explanation).map_err(|why| of_use(py, &why))
    }

    fn draw(&self, py: Python<'_>) -> PyResult<Option<String>> {
        let picture = self.0.picture.as_ref();
        picture.map(|picture| aside(py, || draw::tree_svg(picture, &Fonts::bundled()))).transpose()
    }
}

#[pymethods]
impl Explanation {
    /// All of it, as the command prints it.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// What led to the sale, event by event from the first cause on, each in a sentence; of who has not bought, what happened to her.
    #[getter]
    fn chain(&self) -> PyResult<Table> {
        Table::of(self.0.chain.clone())
    }

    /// All of it for programs, as the command prints it: the chain, what followed, the tree, what she brought.
    fn to_json(&self) -> PyResult<String> {
        self.0.json().map_err(internal)
    }

    /// The same as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json()?,))
    }

    /// The tree as SVG: by whom she came, and whom she brought.
    ///
    /// Raises `UsageError` where she has not bought.
    fn svg(&self, py: Python<'_>) -> PyResult<String> {
        let nothing = || of_use(py, &format!("{}, so there is nothing to draw", self.0.head.trim_end_matches('.')));
        self.draw(py)?.ok_or_else(nothing)
    }

    /// What a notebook shows; None where there is nothing to draw.
    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.draw(py)
    }

    fn __str__(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Explanation: {}>", self.0.head)
    }
}
