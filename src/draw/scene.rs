//! A chart laid out: every shape with its place in logical pixels, before anything is drawn.
//!
//! From top to bottom: headline, title of the vertical axis, the plot with its labels on the right or its rows' names on
//! the left, numbers and title of the horizontal axis, caption. On a sheet without a height the plot keeps its own, and
//! headline, caption and a crowd of labels make the chart taller, so nothing is ever squeezed; on a sheet that has a height
//! the plot takes what the text leaves it.

use super::DrawError;
use super::look::Look;
use super::theme::Rgb;
use super::{cells, curves, rows, scatter};
use crate::figure::{Figure, Mark};
use crate::table::{Table, Values};

/// A chart as shapes.
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// Back to front.
    pub shapes: Vec<Shape>,
    /// For readers who cannot see it: what the chart is …
    pub title: String,
    /// … and what it shows.
    pub description: String,
}

/// Something to draw, in logical pixels from the upper left corner.
#[derive(Debug)]
pub enum Shape {
    /// An area within a closed edge.
    Fill { edge: Vec<(f64, f64)>, colour: Rgb, cover: f64 },
    /// Open lines, all of one pen.
    Strokes { paths: Vec<Vec<(f64, f64)>>, colour: Rgb, width: f64 },
    /// A filled circle.
    Dot { at: (f64, f64), radius: f64, colour: Rgb },
    /// One line of text, `at` being on its baseline.
    Text { at: (f64, f64), anchor: Anchor, size: f64, colour: Rgb, text: String },
}

/// Which part of a text is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Lays a figure out.
pub fn compose(figure: &Figure, table: &Table, look: &Look) -> Result<Scene, DrawError> {
    let has_cells = figure.marks.iter().any(|mark| matches!(mark, Mark::Cells { .. }));
    match (figure.x.column.is_empty(), figure.y.column.is_empty()) {
        (_, true) => curves::compose(figure, table, look),
        (true, false) => rows::compose(figure, table, look),
        (false, false) if has_cells => cells::compose(figure, table, look),
        (false, false) => scatter::compose(figure, table, look),
    }
}

/// The values of a column that the figure names.
pub fn values_of<'t>(figure: &Figure, table: &'t Table, column: &str) -> Result<&'t Values, DrawError> {
    let missing = || DrawError::NoColumn { figure: figure.name.clone(), column: column.to_owned() };
    table.column(column).map(|column| &column.values).ok_or_else(missing)
}
