//! A chart as data: which columns of a table are drawn how. `draw` renders it; nothing here knows a plotting library.

/// One chart over one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// File stem: `reach` becomes `reach.svg` and `reach.png`.
    pub name: String,
    /// What the chart says, as a headline.
    pub title: String,
    /// Below the chart: scenario, runs and seed, what the band is.
    pub caption: String,
    /// The horizontal axis; `column` is the table's column of positions.
    pub x: Axis,
    /// The vertical axis (its `column` is empty: marks name their own).
    pub y: Axis,
    /// What is drawn, back to front.
    pub marks: Vec<Mark>,
}

/// An axis: what it shows and how its numbers read.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Title with unit, as printed ("Days since the start").
    pub title: String,
    /// Column of the table that holds the positions.
    pub column: String,
    /// How its numbers are written.
    pub numbers: Numbers,
}

/// How numbers on an axis are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbers {
    /// 12,000
    Plain,
    /// 12,000 with the currency's symbol or code before it.
    Money {
        /// What stands before the number ("$", "RUB ").
        prefix: String,
    },
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// The area between two columns.
    Band {
        /// Column of the lower edge.
        low: String,
        /// Column of the upper edge.
        high: String,
        /// Whose colour.
        hue: Hue,
    },
    /// A line through one column, labelled at its end.
    Line {
        /// Column of heights.
        y: String,
        /// What is written at the end of the line.
        label: String,
        /// Its colour.
        hue: Hue,
        /// Solid or dashed.
        stroke: Stroke,
    },
}

/// The role of a colour; the theme decides which colour it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hue {
    /// The main quantity.
    First,
    /// A second quantity beside it.
    Second,
    /// A third one.
    Third,
    /// A fourth one.
    Fourth,
}

/// How a line is drawn; lines must differ in grey print too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// An unbroken line.
    Solid,
    /// A broken line.
    Dashed,
}
