//! A chart as data: which columns of a table are drawn how. `draw` renders it; nothing here knows a plotting library.
//!
//! A chart is laid out in one of four ways, and which it is follows from its axes. With a column of positions on the
//! horizontal axis alone it has curves; with a column of names on the vertical axis alone it has rows under each other.
//! With a column on both, every row of the table has its place between them: it is a cell where there are marks of cells
//! (a heat map), else a dot (a scatter).
//!
//! A figure can be written down and read again (serde), so that a chart can be drawn anew from a finished folder.

use crate::table::Table;
use serde::{Deserialize, Serialize};

/// A chart and the table that holds its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The chart.
    pub figure: Figure,
    /// Its numbers: the columns that it shows, and perhaps others beside them.
    pub table: Table,
}

impl Drawing {
    /// A chart with those columns of a table that it shows.
    pub fn of(figure: Figure, all: &Table) -> Drawing {
        let shown = all.columns.iter().filter(|column| figure.shows(&column.name));
        let table = Table { columns: shown.cloned().collect() };
        Drawing { figure, table }
    }
}

/// One chart over one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// File stem: `reach` becomes `reach.svg` and `reach.png`.
    pub name: String,
    /// What the chart says, as a headline.
    pub title: String,
    /// Below the chart: scenario, runs and seed, what the band is.
    pub caption: String,
    /// The horizontal axis. Of curves, `column` is the table's column of positions, and if these are names, they stand at
    /// equal distances; rows name their own and it is empty. Of a heat map it is a column of names, of a scatter of numbers.
    pub x: Axis,
    /// The vertical axis. Of curves, `column` is empty, as marks name their own; of rows it is the column of their names. Of
    /// a heat map it is a column of names, of a scatter of numbers.
    pub y: Axis,
    /// What is drawn, back to front.
    pub marks: Vec<Mark>,
}

impl Figure {
    /// Whether the chart shows a column of its table.
    pub fn shows(&self, column: &str) -> bool {
        let among = |columns: &Option<(String, String)>| {
            columns.as_ref().is_some_and(|(low, high)| low == column || high == column)
        };
        let is_of = |mark: &Mark| match mark {
            Mark::Band { low, high, .. } | Mark::Area { low, high, .. } => low == column || high == column,
            Mark::Line { y, .. } | Mark::Points { y, .. } => y == column,
            Mark::Rule { .. } => false,
            Mark::Bars { value, interval, .. } => value == column || among(interval),
            Mark::Ranges { base, low, high } => {
                base == column || [low, high].iter().any(|end| end.value == column || end.end == column)
            }
            Mark::Cells { value } => value.column == column,
            Mark::Contour { above, .. } => above == column,
            Mark::Best { is_best, .. } => is_best == column,
            Mark::Dots { among: rows, names, across, along, .. } => {
                [rows, names].into_iter().flatten().any(|of| of == column) || among(across) || among(along)
            }
        };
        self.x.column == column || self.y.column == column || self.marks.iter().any(is_of)
    }
}

/// An axis: what it shows and how its numbers read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Title with unit, as printed ("Days since the start").
    pub title: String,
    /// Column of the table that holds the positions.
    pub column: String,
    /// How its numbers are written.
    pub numbers: Numbers,
    /// How far apart its numbers stand.
    pub scale: Scale,
    /// Whether a linear axis holds zero, however far away that is. Bars and layers need it, as they are as long as their numbers
    /// are large; curves that run beside each other far from zero can be told apart without it.
    pub from_zero: bool,
}

impl Axis {
    /// An axis on which equal distances are equal differences.
    pub fn linear(title: impl Into<String>, column: impl Into<String>, numbers: Numbers) -> Axis {
        Axis { title: title.into(), column: column.into(), numbers, scale: Scale::Linear, from_zero: true }
    }

    /// An axis on which equal distances are equal ratios.
    pub fn log(title: impl Into<String>, column: impl Into<String>, numbers: Numbers) -> Axis {
        Axis { scale: Scale::Log, ..Axis::linear(title, column, numbers) }
    }
}

/// How the numbers of an axis become places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios, as distributions with long tails need. What is not above zero has no place on it
    /// and is not drawn; an area whose lower edge is there goes down to the end of the axis. Rows are never on it: a bar is
    /// as long as its number is large.
    Log,
}

/// How numbers on an axis are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Numbers {
    /// 12,000
    Plain,
    /// 12,000 with the currency's symbol or code before it.
    Money {
        /// What stands before the number ("$", "RUB ").
        prefix: String,
        /// Decimal digits of the currency (2 for USD, 0 for JPY).
        digits: u8,
    },
    /// A share: 0.05 is written as 5 %.
    Percent,
}

/// Something drawn. Bars and ranges belong to rows; cells, contours and what is best among cells to heat maps; dots to
/// scatters; rules to all but heat maps; everything else to curves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
    /// One layer of a stack: the area between two columns, so filled that nothing shows through, labelled at its end.
    Area {
        /// Column of the lower edge: the upper one of the layer below, or zeros.
        low: String,
        /// Column of the upper edge.
        high: String,
        /// What is written beside the layer.
        label: String,
        /// Its colour.
        hue: Hue,
    },
    /// A dot at each height of one column, labelled at the last.
    Points {
        /// Column of heights.
        y: String,
        /// What is written beside the last dot; empty for nothing.
        label: String,
        /// Their colour.
        hue: Hue,
    },
    /// A thin upright line at one position, with a few words at its top; none where the axis does not reach.
    Rule {
        /// Position on the horizontal axis, in its unit.
        at: f64,
        /// What happens there ("Payback").
        label: String,
    },
    /// A bar a row, from zero to its value, which is written at its end.
    Bars {
        /// Column of values.
        value: String,
        /// Columns of the lower and the upper end of each value's interval, if it has one.
        interval: Option<(String, String)>,
        /// Whether the numbers at the ends of bars are written as exactly as their intervals bear out. That is so of the
        /// intervals of means; a spread of runs does not say how exactly their mean is known.
        by_interval: bool,
        /// What the bars are, for the key; empty if there is only one kind.
        label: String,
        /// Their colour.
        hue: Hue,
    },
    /// Two bars a row, from a base to the values at the two ends of an assumption's range (a tornado).
    Ranges {
        /// Column of the values from which the bars start; they are marked by an upright line.
        base: String,
        /// What is at the low end of the assumption's range.
        low: RangeEnd,
        /// What is at its high end.
        high: RangeEnd,
    },
    /// A cell a row of the table, where the names of both axes meet, filled by its value. Names stand in the order in which
    /// they appear, the first at the lower left. Values of both signs have a scale of two colours around zero.
    Cells {
        /// The scale of colours: its column holds the values.
        value: Axis,
    },
    /// A line along the borders between cells where a column is above zero and cells where it is not (the border of a phase).
    Contour {
        /// The column.
        above: String,
        /// What the line is, for the key.
        label: String,
    },
    /// A sign in each cell whose value is among the best.
    Best {
        /// Column that is above zero there.
        is_best: String,
        /// What the sign says, for the key.
        label: String,
    },
    /// A dot a row of the table, at its numbers on both axes.
    Dots {
        /// Column that is above zero in those rows that are meant; none for all.
        among: Option<String>,
        /// Column of names, written beside dots as far as there is room, those of the first rows first. Empty ones are not.
        names: Option<String>,
        /// Columns of the left and the right end of each dot's interval, if it has one.
        across: Option<(String, String)>,
        /// Columns of the lower and the upper end of each dot's interval, if it has one.
        along: Option<(String, String)>,
        /// How dots are joined, from the left to the right, if they are.
        joined: Option<Joint>,
        /// What the dots are, for the key; empty if there is only one kind.
        label: String,
        /// Their colour.
        hue: Hue,
    },
}

/// How dots are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Joint {
    /// Straight on from one dot to the next.
    Straight,
    /// Level until below or above the next dot, then to it: of a front, what is reached at no more than each position.
    Steps,
}

/// What a chart of ranges shows of one end of each assumption's range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeEnd {
    /// Column of the values there.
    pub value: String,
    /// Column of names: the end itself, in words ("5 %", "$20").
    pub end: String,
    /// What this end is, for the key ("at the low end").
    pub label: String,
    /// Its colour.
    pub hue: Hue,
}

/// The role of a colour; the palette decides which colour it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Hue {
    /// The main quantity.
    First,
    /// A second quantity beside it.
    Second,
    /// A third one.
    Third,
    /// A fourth one.
    Fourth,
    /// A fifth one.
    Fifth,
    /// A sixth one: more than six cannot be told apart.
    Sixth,
    /// What the others are held against: a grey of no palette.
    Quiet,
    /// What was counted in the world: nearly black in every palette.
    Ink,
}

impl Hue {
    /// Those of quantities that stand beside each other, in their order.
    pub const ALL: [Hue; 6] = [Hue::First, Hue::Second, Hue::Third, Hue::Fourth, Hue::Fifth, Hue::Sixth];

    /// The hue of the n-th of several quantities, counted from zero; after the sixth they begin anew.
    pub fn of(n: usize) -> Hue {
        Hue::ALL[n % Hue::ALL.len()]
    }
}

/// How a line is drawn; lines must differ in grey print too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Stroke {
    /// An unbroken line.
    Solid,
    /// A broken line.
    Dashed,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(marks: Vec<Mark>) -> Figure {
        let (x, y) = (Axis::linear("", "x", Numbers::Plain), Axis::log("", "y", Numbers::Percent));
        Figure { name: "plane".into(), title: String::new(), caption: String::new(), x, y, marks }
    }

    fn marks() -> Vec<Mark> {
        let interval = |low: &str, high: &str| Some((low.to_owned(), high.to_owned()));
        vec![
            Mark::Cells { value: Axis::linear("Profit", "profit", Numbers::Money { prefix: "$".into(), digits: 2 }) },
            Mark::Contour { above: "takes off".into(), label: "takes off".into() },
            Mark::Best { is_best: "best".into(), label: String::new() },
            Mark::Dots {
                among: Some("front".into()),
                names: Some("design".into()),
                across: interval("left", "right"),
                along: interval("low", "high"),
                joined: Some(Joint::Steps),
                label: "front".into(),
                hue: Hue::First,
            },
        ]
    }

    #[test]
    fn marks_in_a_plane_are_read_as_they_were_written() {
        let figure = plane(marks());
        let written = serde_json::to_string(&figure).expect("is written");
        assert_eq!(serde_json::from_str::<Figure>(&written).expect("is read"), figure);
        let unknown = written.replace("\"is_best\"", "\"colour\":1,\"is_best\"");
        assert!(serde_json::from_str::<Figure>(&unknown).is_err());
    }

    #[test]
    fn a_chart_shows_every_column_that_its_marks_name_and_no_other() {
        let figure = plane(marks());
        let named = ["x", "y", "profit", "takes off", "best", "front", "design", "left", "right", "low", "high"];
        assert!(named.iter().all(|column| figure.shows(column)));
        assert!(!figure.shows("Profit") && !figure.shows(""));
    }
}
