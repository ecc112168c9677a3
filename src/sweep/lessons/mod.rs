//! What a sweep teaches: from its plan and the records of its cells to answers that a report can tell.
//!
//! Each lesson is a function of a [`Response`], one metric of every cell, to a plain structure. The mathematics is that of
//! `sensitivity`; here it is found out what of a plan it can be asked of. Cells that are missing leave gaps, and a lesson that rests
//! on all cells is not given without them.
//!
//! | file | its question |
//! |---|---|
//! | `response` | what came out in each cell |
//! | `best` | which cells are the best, and which may be |
//! | `effects` | what each level of a factor does, and how much of the variance is whose |
//! | `fit` | how much the response changes with each factor (least squares) |
//! | `swings` | what each change of one factor does by itself |
//! | `shares` | which factors the variance comes from (Sobol), which matter at all (Morris) |
//! | `surface` | the response over two factors |
//! | `lines` | the response over one factor |
//! | `front` | which cells are the best in two metrics |
//! | `phase` | where a share of runs crosses one half |
//!
//! Deliberately absent: words, colours and files.

mod best;
mod effects;
mod fit;
mod front;
mod lines;
mod phase;
mod response;
mod shares;
mod surface;
mod swings;
#[cfg(test)]
mod tests;

pub use best::{Ranked, Ranking, ranking};
pub use effects::{LevelEffect, main_effects, shares_of_variance};
pub use fit::{Fit, Term, fit};
pub use front::{Front, OnFront, front};
pub use lines::{Line, Lines, lines};
pub use phase::{CrossingOf, HALF, Phase, phase};
pub use response::{Known, Response};
pub use shares::{Shares, Unknown, shares};
pub use surface::{Surface, surface_of, surfaces};
pub use swings::{Swing, swings};
