//! Charts as pictures: any [`Figure`](crate::figure::Figure) over its table becomes an SVG or a PNG.
//!
//! A figure is first laid out once, in logical pixels (`scene`), and then put on paper twice (`plot`): both pictures
//! show the same chart, and what may not overlap is proved on numbers rather than on pixels. plotters lends the two
//! canvases; its own axes, legend and font registry are not used, because labels belong at the ends of their lines and
//! because a registry is global.
//!
//! There is a file for each way in which a figure may be laid out: `curves`, `rows`, `cells` (a heat map), `scatter`.
//!
//! Every chart is laid out for the sheet that is asked for (`look`): a page, a slide, a column of a journal, a square. That
//! nothing written on one leaves it or covers other writing is proved in `fit`.
//!
//! A tree of people (`tree`) is no chart; it is written as SVG only. Nor is a network of people (`network`), which as an SVG
//! may be a film.
//!
//! Absent: engine types, files, and any font of the machine; the same figure gives the same bytes everywhere it is drawn
//! as SVG.

pub mod fonts;
pub mod theme;

mod beside;
mod cells;
mod colour_bar;
mod contour;
mod curves;
mod dark;
#[cfg(test)]
mod eyes;
#[cfg(test)]
mod fit;
#[cfg(test)]
mod fit_planes;
mod grid;
mod key;
mod labels;
mod levels;
mod look;
mod network;
mod palette;
mod path;
mod plot;
mod ramp;
mod rows;
mod rules;
mod scatter;
mod scene;
mod sketch;
mod text;
mod ticks;
mod tree;
mod written;

pub use dark::dark_style;
pub use fonts::{FontError, Fonts, missing_glyphs, sign};
pub use look::{Look, Size};
pub use network::{NETWORK_MOST, Network, NetworkLegend, network_png, network_svg};
pub use palette::{Palette, PaletteError};
pub use plot::{is_chart, png, svg};
pub use text::clean;
pub use tree::{Mark, Tree, TreeColumn, TreeRow, tree_svg};

/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The figure names a column that its table lacks.
    #[error("figure '{figure}' shows column '{column}', which its table does not have")]
    NoColumn {
        /// Name of the figure.
        figure: String,
        /// Name of the column.
        column: String,
    },
    /// The figure has marks of several layouts, or marks that its layout does not draw.
    #[error("figure '{figure}' mixes marks that are not drawn in one chart, such as rows and curves")]
    Mixed {
        /// Name of the figure.
        figure: String,
    },
    /// A network of more people than are drawn.
    #[error("a network of {people} people is too large to be drawn; at most {NETWORK_MOST} are")]
    TooManyPeople {
        /// How many there are.
        people: usize,
    },
    /// The canvas refused.
    #[error("figure '{figure}' could not be drawn: {reason}")]
    Canvas {
        /// Name of the figure.
        figure: String,
        /// What the canvas said.
        reason: String,
    },
}
