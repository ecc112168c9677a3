//! Grid: rows and columns, four neighbours each.
//!
//! **Formula.** Person r × columns + c stands in row r and column c, and is tied to those above, below, left and right.
//! At the edge neighbours are missing, unless the grid wraps around: then row 0 follows the last row, and column 0 the
//! last column. Nobody is tied twice or to themselves, however small the grid.
//!
//! **When to use.** Talk over the fence: streets, stalls, fields. The classical ground of cellular automata, so that
//! results can be held against theirs.
//!
//! **When not.** Where anybody knows somebody far away: a single shortcut changes how fast a word travels.
//!
//! **Parameters.** `rows`, `columns` [people]; `wrap`, whether the edges meet.
//!
//! **Reference.** Garber, Goldenberg, Libai & Muller (2004), "From density to destiny", on such grids with and without
//! shortcuts; the wrapped grid is the torus of percolation theory (Stauffer & Aharony 1994).

use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// Rows and columns, four neighbours each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// How many rows \[people\]; `rows` × `columns` is 2²⁷ at most.
    pub rows: u32,
    /// How many columns \[people\].
    pub columns: u32,
    /// Whether the first row follows the last one, and so with the columns.
    pub wrap: bool,
}

impl Grid {
    /// All people of all rows \[people\]; no more than `u32::MAX` are counted.
    pub fn people(&self) -> u32 {
        self.rows.saturating_mul(self.columns)
    }

    pub(super) fn grow(&self) -> SocialGraph {
        let Self { rows, columns, wrap } = *self;
        let place = |row: u32, column: u32| row * columns + column;
        SocialGraph::of_rows(Rows::of_ties(self.people(), |range, ties| {
            for person in range {
                let (row, column) = (person / columns, person % columns);
                let right = match column + 1 {
                    next if next < columns => Some(place(row, next)),
                    // Two columns are neighbours already, and one is its own.
                    _ => (wrap && columns > 2).then(|| place(row, 0)),
                };
                let below = match row + 1 {
                    next if next < rows => Some(place(next, column)),
                    _ => (wrap && rows > 2).then(|| place(0, column)),
                };
                ties.extend(right.into_iter().chain(below).map(|friend| (person, friend)));
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::testing::*;
    use crate::units::PersonId;

    fn grown(rows: u32, columns: u32, wrap: bool) -> SocialGraph {
        let graph = Grid { rows, columns, wrap }.grow();
        assert_simple(&graph);
        graph
    }

    #[test]
    fn corners_have_two_neighbours_edges_three_and_the_rest_four() {
        let graph = grown(3, 3, false);
        assert_eq!(degrees(&graph), [2, 3, 2, 3, 4, 3, 2, 3, 2]);
        assert_eq!((graph.arcs(), graph.friends(PersonId(4))), (24, &[1, 3, 5, 7][..]));
        // (rows - 1) columns + rows (columns - 1) ties.
        assert_eq!(grown(7, 11, false).arcs(), 2 * (6 * 11 + 7 * 10));
    }

    #[test]
    fn a_wrapped_grid_has_no_edge() {
        assert!(degrees(&grown(7, 11, true)).iter().all(|&degree| degree == 4));
        assert_eq!(grown(7, 11, true).friends(PersonId(0)), [1, 10, 11, 66]);
    }

    #[test]
    fn narrow_grids_tie_nobody_twice() {
        for (rows, columns, arcs) in [(0, 5, 0), (5, 0, 0), (1, 1, 0), (1, 2, 2), (2, 1, 2), (2, 2, 8), (1, 3, 6)] {
            assert_eq!(grown(rows, columns, true).arcs(), arcs, "{rows} x {columns}");
        }
        assert_eq!(grown(1, 3, false).arcs(), 4);
        assert!(degrees(&grown(2, 3, true)).iter().all(|&degree| degree == 3));
    }
}
