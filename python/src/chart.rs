//! Charts: a figure with its numbers, drawn when it is looked at.

use crate::error::{internal, of_use};
use crate::play::aside;
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tellwave::draw::{self, Fonts, Look, Palette, Size};
use tellwave::figure::Drawing;
use tellwave::scenario::ReportLook;

/// A chart. A notebook shows it by itself.
#[pyclass(frozen, module = "tellwave")]
pub struct Chart {
    drawing: Drawing,
    palette: Vec<String>,
    font: Option<Vec<u8>>,
}

impl Chart {
    /// One that looks as the scenario says.
    pub fn new(drawing: Drawing, look: &ReportLook) -> Chart {
        Chart { drawing, palette: look.palette.clone(), font: look.font.clone() }
    }

    /// Several of them, by their names.
    pub fn by_name<'py, 'd>(
        py: Python<'py>,
        drawings: impl IntoIterator<Item = &'d Drawing>,
        look: &ReportLook,
    ) -> PyResult<Bound<'py, PyDict>> {
        let charts = PyDict::new(py);
        for drawing in drawings {
            charts.set_item(&drawing.figure.name, Chart::new(drawing.clone(), look))?;
        }
        Ok(charts)
    }

    fn draw<T>(
        &self,
        py: Python<'_>,
        size: &str,
        draw: impl FnOnce(&Drawing, &Look<'_>) -> PyResult<T> + Send,
    ) -> PyResult<T>
    where
        T: Send,
    {
        let Some(size) = Size::ALL.into_iter().find(|known| known.name() == size) else {
            let names = Size::ALL.map(Size::name).join(", ");
            return Err(of_use(py, &format!("size: found {size:?}; allowed: {names}")));
        };
        aside(py, || {
            let mut fonts = Fonts::bundled();
            if let Some(font) = &self.font {
                fonts = fonts.led_by(font.clone()).map_err(internal)?;
            }
            let palette = Palette::of(&self.palette).map_err(internal)?;
            draw(&self.drawing, &Look { size, palette, ..Look::page(&fonts) })
        })?
    }
}

#[pymethods]
impl Chart {
    /// The name of its files.
    #[getter]
    fn name(&self) -> &str {
        &self.drawing.figure.name
    }

    /// Its headline.
    #[getter]
    fn title(&self) -> &str {
        &self.drawing.figure.title
    }

    /// The numbers it is drawn from.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Table::of(self.drawing.table.clone())
    }

    /// The chart as SVG, laid out for a "page", a "slide", a "column" of a journal or a "square" post.
    #[pyo3(signature = (size = "page"))]
    fn svg(&self, py: Python<'_>, size: &str) -> PyResult<String> {
        self.draw(py, size, |Drawing { figure, table }, look| draw::svg(figure, table, look).map_err(internal))
    }

    /// The same as PNG.
    #[pyo3(signature = (size = "page"))]
    fn png(&self, py: Python<'_>, size: &str) -> PyResult<Vec<u8>> {
        self.draw(py, size, |Drawing { figure, table }, look| draw::png(figure, table, look).map_err(internal))
    }

    /// What a notebook shows.
    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        self.svg(py, "page")
    }

    fn __repr__(&self) -> String {
        format!("<tellwave.Chart {:?}: {}>", self.drawing.figure.name, self.drawing.figure.title)
    }
}
