//! What each change of one factor does by itself: the cells of a design of one factor at a time, held against its base.

use super::response::{Known, Response};
use crate::sweep::Design;

/// What one level of a factor does instead of the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The factor.
    pub factor: usize,
    /// Its level; not the first.
    pub level: usize,
    /// The cell.
    pub cell: usize,
    /// The response there less that of the base.
    pub difference: Known,
}

/// The base, and what each other level of each factor does; nothing in other designs, or where the base is missing.
pub fn swings(response: &Response) -> Option<(usize, Vec<Swing>)> {
    if response.plan.design != Design::OneAtATime {
        return None;
    }
    let moved = |cell: usize| {
        let factors = 0..response.plan.factors.len();
        factors
            .filter_map(|factor| Some((factor, response.level(cell, factor).filter(|&level| level > 0)?)))
            .collect::<Vec<_>>()
    };
    let base = (0..response.cells()).find(|&cell| moved(cell).is_empty())?;
    response.mean(base)?;
    let swing = |cell: usize| {
        let [(factor, level)] = moved(cell)[..] else { return None };
        Some(Swing { factor, level, cell, difference: response.difference(base, cell)? })
    };
    Some((base, (0..response.cells()).filter_map(swing).collect()))
}
