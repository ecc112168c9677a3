//! The cells of a heat map: which number each has, and where it is.

use super::colour_bar::ColourScale;
use super::sketch::Plot;
use super::theme::Rgb;

/// The cells of a figure.
pub struct Grid {
    /// Names of the columns, from the left, and of the rows, from below.
    pub names: [Vec<String>; 2],
    /// Column by column from below: which row of the table, if any.
    at: Vec<Option<usize>>,
    /// The number of each row of the table.
    pub values: Vec<f64>,
    pub scale: ColourScale,
}

/// Where cells are.
pub struct Places {
    pub plot: Plot,
    pub width: f64,
    pub height: f64,
}

impl Grid {
    /// The cells of rows of a table, of which these are the names on both axes.
    pub fn of(names: [Vec<String>; 2], values: Vec<f64>, scale: ColourScale) -> Grid {
        let [(across, x), (along, y)] = names.map(|names| in_order(&names));
        let mut at = vec![None; across.len() * along.len()];
        for (row, (x, y)) in x.into_iter().zip(y).enumerate() {
            at[x * along.len() + y].get_or_insert(row);
        }
        Grid { names: [across, along], at, values, scale }
    }

    pub fn columns(&self) -> usize {
        self.names[0].len()
    }

    pub fn rows(&self) -> usize {
        self.names[1].len()
    }

    /// What a column of the table holds of a cell.
    pub fn of_cell(&self, all: &[f64], column: usize, row: usize) -> Option<f64> {
        let at = *self.at.get(column * self.rows() + row)?;
        all.get(at?).copied().filter(|value| !value.is_nan())
    }

    /// All cells, column by column from below.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let rows = self.rows();
        (0..self.columns()).flat_map(move |column| (0..rows).map(move |row| (column, row)))
    }

    pub fn has_gaps(&self) -> bool {
        self.cells().any(|(column, row)| self.colour(column, row).is_none())
    }

    pub fn colour(&self, column: usize, row: usize) -> Option<Rgb> {
        self.of_cell(&self.values, column, row).and_then(|value| self.scale.colour(value))
    }
}

/// Different names in the order in which they appear, and which of them each is.
fn in_order(names: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut found: Vec<String> = Vec::new();
    let which = names.iter().map(|name| {
        found.iter().position(|known| known == name).unwrap_or_else(|| {
            found.push(name.clone());
            found.len() - 1
        })
    });
    let which = which.collect();
    (found, which)
}

impl Places {
    /// The upper left and the lower right corner of a cell.
    pub fn cell(&self, column: usize, row: usize) -> [(f64, f64); 2] {
        let (left, bottom) = self.corner((column, row));
        [(left, bottom - self.height), (left + self.width, bottom)]
    }

    /// A corner of cells, counted from the lower left one of the grid.
    pub fn corner(&self, (column, row): (usize, usize)) -> (f64, f64) {
        (self.plot.left + column as f64 * self.width, self.plot.bottom - row as f64 * self.height)
    }

    pub fn middle(&self, column: usize, row: usize) -> (f64, f64) {
        let [(left, top), (right, bottom)] = self.cell(column, row);
        ((left + right) / 2.0, (top + bottom) / 2.0)
    }
}
