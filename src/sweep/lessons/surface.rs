//! The response over two factors of a grid, averaged over whatever the others were.

use super::response::{Known, Response};
use crate::sensitivity::effects::VarianceShares;
use crate::sweep::Design;

/// The most levels of a factor that a surface has.
const LEVELS_MAX: usize = 50;

/// The response at every two levels of two factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// The factor that goes across, and the one that goes up.
    pub factors: [usize; 2],
    /// At each level of the second, each level of the first; nothing where no cell there has a response.
    pub rows: Vec<Vec<Option<Known>>>,
    /// Of each, the cell, where it is a single one.
    pub cells: Vec<Vec<Option<usize>>>,
    /// Other factors that vary: means are over all of their levels.
    pub averaged: Vec<usize>,
}

/// The surfaces of a grid that show most, at most so many: the two factors that explain most of the variance first; where it has no
/// shares, by how far the means at their levels lie apart.
pub fn surfaces(response: &Response, variance: Option<&VarianceShares>, most: usize) -> Vec<Surface> {
    if response.plan.design != Design::Grid {
        return vec![];
    }
    let Some(levels) = response.levels() else { return vec![] };
    let fits = |factor: &usize| (2..=LEVELS_MAX).contains(&levels[*factor]);
    let factors: Vec<usize> = (0..levels.len()).filter(fits).collect();
    // Of every factor only once: it asks every cell.
    let spreads: Vec<f64> = match variance {
        Some(_) => vec![],
        None => (0..levels.len()).map(|factor| spread(response, factor)).collect(),
    };
    let weight = |[a, b]: [usize; 2]| match variance {
        Some(of) => {
            let together = of.pairs.iter().find(|pair| pair.factors == [a, b]).map_or(0.0, |pair| pair.share);
            of.mains[a] + of.mains[b] + together
        }
        None => spreads[a] + spreads[b],
    };
    let mut pairs: Vec<([usize; 2], f64)> = vec![];
    for (place, &a) in factors.iter().enumerate() {
        pairs.extend(factors[place + 1..].iter().map(|&b| ([a, b], weight([a, b]))));
    }
    // Stable: of equal ones the first in the file.
    pairs.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    pairs.into_iter().take(most).map(|(pair, _)| surface_of(response, pair)).collect()
}

/// How far the means at the levels of a factor lie apart.
fn spread(response: &Response, factor: usize) -> f64 {
    let cells = super::effects::cells_by_level(response, factor);
    let mean = |cells: &Vec<usize>| {
        let means: Vec<f64> = cells.iter().filter_map(|&cell| response.mean(cell)).collect();
        (!means.is_empty()).then(|| means.iter().sum::<f64>() / means.len() as f64)
    };
    let means = cells.iter().filter_map(mean);
    let (low, high) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    (high - low).max(0.0)
}

/// The response over these two factors, which have levels.
pub fn surface_of(response: &Response, [a, b]: [usize; 2]) -> Surface {
    let factors = &response.plan.factors;
    let count = |factor: usize| factors[factor].levels().unwrap_or(0);
    // Numbers go across before names; then the factor with more levels.
    let rank = |factor: usize| (factors[factor].is_number(), count(factor));
    let [across, up] = if rank(b) > rank(a) { [b, a] } else { [a, b] };
    let mut cells = vec![vec![vec![]; count(across)]; count(up)];
    for cell in 0..response.cells() {
        if let (Some(x), Some(y)) = (response.level(cell, across), response.level(cell, up)) {
            cells[y][x].push(cell);
        }
    }
    let over = |row: &Vec<Vec<usize>>| row.iter().map(|cells| response.over(cells)).collect();
    let single = |row: &Vec<Vec<usize>>| {
        row.iter().map(|cells| if let [cell] = cells[..] { Some(cell) } else { None }).collect()
    };
    let averaged = (0..factors.len()).filter(|&other| other != across && other != up && count(other) > 1).collect();
    Surface {
        factors: [across, up],
        rows: cells.iter().map(over).collect(),
        cells: cells.iter().map(single).collect(),
        averaged,
    }
}
