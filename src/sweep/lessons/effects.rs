//! What each level of a factor does, over whatever the other factors were; and how much of the variance is whose.

use super::response::{Known, Response};
use crate::sensitivity::effects::{VarianceShares, variance_shares};
use crate::sweep::Design;

/// The mean response at one level of a factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelEffect {
    /// The factor.
    pub factor: usize,
    /// Its level.
    pub level: usize,
    /// Cells at that level that have a response.
    pub cells: usize,
    /// The mean over them; its interval is that of luck, for just these cells.
    pub known: Known,
}

/// The mean at every level of every factor that has levels; nothing of levels without a cell.
///
/// With one factor at a time, only cells count whose other factors are at their first levels.
pub fn main_effects(response: &Response) -> Vec<LevelEffect> {
    let mut found = vec![];
    for (factor, of) in response.plan.factors.iter().enumerate() {
        let cells = cells_by_level(response, factor);
        for (level, cells) in cells.iter().enumerate().take(of.levels().unwrap_or(0)) {
            let number = cells.iter().filter(|&&cell| response.mean(cell).is_some()).count();
            if let Some(known) = response.over(cells) {
                found.push(LevelEffect { factor, level, cells: number, known });
            }
        }
    }
    found
}

/// The cells at each level of a factor; none where it has a law.
pub(super) fn cells_by_level(response: &Response, factor: usize) -> Vec<Vec<usize>> {
    let plan = response.plan;
    let mut cells = vec![vec![]; plan.factors[factor].levels().unwrap_or(0)];
    let at_first = |cell: usize, other: usize| other == factor || response.level(cell, other) == Some(0);
    for cell in 0..response.cells() {
        let counts = plan.design != Design::OneAtATime || (0..plan.factors.len()).all(|other| at_first(cell, other));
        if let Some(level) = response.level(cell, factor).filter(|_| counts) {
            cells[level].push(cell);
        }
    }
    cells
}

/// The shares of the variance between cells by each factor and each two; nothing unless every cell of a whole grid has a response.
pub fn shares_of_variance(response: &Response) -> Option<VarianceShares> {
    if response.plan.design != Design::Grid {
        return None;
    }
    let levels = response.levels()?;
    let level = |cell: usize| (0..levels.len()).map(|factor| response.level(cell, factor)).collect::<Option<Vec<_>>>();
    let points: Vec<Vec<usize>> = (0..response.cells()).map(level).collect::<Option<_>>()?;
    variance_shares(&levels, &points, &response.means())
}
