//! Which factors the variance comes from (Sobol's indices), and which matter at all (Morris's elementary effects).
//!
//! The points of the design are laid out again from the plan, as its cells were; each point has its cell. Both rest on all points: if
//! a cell is missing, nothing is said.

use super::response::Response;
use crate::sensitivity::screening::{Move, Screened, screen};
use crate::sensitivity::sobol_indices::{SobolIndices, sobol_indices};
use crate::sweep::Design;
use crate::sweep::design::morris::morris;

/// What such a design says, one for each factor.
#[derive(Debug, Clone, PartialEq)]
pub enum Shares {
    /// First-order and total indices.
    Sobol(SobolIndices),
    /// Elementary effects; nothing of a factor that has none.
    Morris(Vec<Option<Screened>>),
}

/// Why it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// So many cells are missing.
    Missing(usize),
    /// The response does not vary, or hardly any cell has one.
    Flat,
}

/// What the design says of the factors; nothing in other designs.
///
/// # Errors
/// Why it says nothing.
pub fn shares(response: &Response) -> Option<Result<Shares, Unknown>> {
    let plan = response.plan;
    let factors = plan.factors.len();
    if !matches!(plan.design, Design::Sobol { .. } | Design::Morris { .. }) {
        return None;
    }
    let missing = response.missing().len();
    if missing > 0 {
        return Some(Err(Unknown::Missing(missing)));
    }
    let means = response.means();
    let of_points: Vec<f64> = plan.points().iter().map(|&cell| means[cell as usize]).collect();
    let found = match plan.design {
        Design::Sobol { rows } if of_points.len() == rows as usize * (factors + 2) => {
            sobol_indices(&of_points, factors, plan.seed()).map(Shares::Sobol)
        }
        Design::Morris { trajectories, levels } if of_points.len() == trajectories as usize * (factors + 1) => {
            morris(trajectories, factors, levels, plan.seed()).ok().and_then(|paths| {
                let moves: Vec<&[Move]> = paths.iter().map(|path| &path.moves[..]).collect();
                let screened = screen(factors, of_points.chunks_exact(factors + 1).zip(moves));
                screened.iter().any(Option::is_some).then_some(Shares::Morris(screened))
            })
        }
        _ => None,
    };
    Some(found.ok_or(Unknown::Flat))
}
