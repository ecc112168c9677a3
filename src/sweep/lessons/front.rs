//! Which cells are the best in two metrics: the Pareto front.

use super::response::Response;
use crate::sensitivity::pareto::pareto_front;

/// Two metrics of all cells, and which of them are on the front.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Cells that have both metrics, in the order of the plan.
    pub cells: Vec<OnFront>,
    /// The places among them of those on the front, from the best in the first metric to the best in the second.
    pub front: Vec<usize>,
}

/// A cell by its two metrics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnFront {
    /// The cell, from 0.
    pub cell: usize,
    /// The means of the two metrics.
    pub means: [f64; 2],
}

/// The front of two metrics of the same cells; nothing where no cell has both.
pub fn front(first: &Response, second: &Response) -> Option<Front> {
    let of = |cell: usize| Some(OnFront { cell, means: [first.mean(cell)?, second.mean(cell)?] });
    let cells: Vec<OnFront> = (0..first.cells()).filter_map(of).collect();
    let means: Vec<[f64; 2]> = cells.iter().map(|it| it.means).collect();
    let front = pareto_front(&means, [first.goal, second.goal]);
    (!front.is_empty()).then_some(Front { cells, front })
}
