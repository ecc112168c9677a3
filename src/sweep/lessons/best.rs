//! Which cells are the best, and which cannot be told from it.

use super::response::{Known, Response};
use crate::sensitivity::Goal;

/// Cells from the best to the worst.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Whether cells were compared run by run, on the same luck; else by their means, as if each had luck of its own.
    pub is_paired: bool,
    /// Those that have a mean, the best first.
    pub cells: Vec<Ranked>,
}

/// A cell in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The cell, from 0.
    pub cell: usize,
    /// The response in it.
    pub known: Known,
    /// Its mean less the best mean, with the interval that goes with its test; see [`crate::sensitivity::best`].
    pub difference: Known,
    /// Whether it cannot be told from the best.
    pub is_alike: bool,
}

impl Ranking {
    /// The best cell and those that cannot be told from it.
    pub fn alike(&self) -> impl Iterator<Item = &Ranked> {
        self.cells.iter().filter(|ranked| ranked.is_alike)
    }

    /// The first of those that cannot be told from the best, at most so many; where there are fewer than `least`, the next best
    /// too. In order of rank.
    pub fn first(&self, least: usize, most: usize) -> Vec<&Ranked> {
        let alike = self.alike().count().min(most);
        let (mut alike_left, mut others_left) = (alike, least.min(most).saturating_sub(alike));
        let is_shown = |ranked: &&Ranked| {
            let left = if ranked.is_alike { &mut alike_left } else { &mut others_left };
            let is_shown = *left > 0;
            *left = left.saturating_sub(1);
            is_shown
        };
        self.cells.iter().filter(is_shown).collect()
    }

    /// How many other cells have the very mean of the best.
    pub fn ties(&self) -> usize {
        let is_tie = |ranked: &&Ranked| ranked.known.mean == self.cells[0].known.mean;
        self.cells.iter().skip(1).take_while(is_tie).count()
    }
}

/// The cells by their response; nothing where no cell has one.
pub fn ranking(response: &Response) -> Option<Ranking> {
    let cells: Vec<usize> = (0..response.cells()).filter(|&cell| response.mean(cell).is_some()).collect();
    let (_, against, is_paired) = response.against_best(&cells)?;
    let ranked = |(&cell, against): (&usize, Option<crate::sensitivity::best::Against>)| {
        let (known, against) = (response.known(cell)?, against?);
        let difference = Known { mean: against.difference, interval: against.interval };
        Some(Ranked { cell, known, difference, is_alike: !against.distinguishable })
    };
    let mut cells: Vec<Ranked> = cells.iter().zip(against).filter_map(ranked).collect();
    let cost = |ranked: &Ranked| match response.goal {
        Goal::Large => 0.0 - ranked.known.mean,
        Goal::Small => ranked.known.mean + 0.0,
    };
    cells.sort_by(|a, b| cost(a).total_cmp(&cost(b)).then(a.cell.cmp(&b.cell)));
    Some(Ranking { is_paired, cells })
}
