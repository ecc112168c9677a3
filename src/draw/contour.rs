//! The border between two kinds of cells of a grid, as lines along the sides of cells.

/// A corner of cells, counted from the lower left one of the grid: so many columns, so many rows.
pub type Corner = (usize, usize);

/// The sides of cells at which `kind` (column by column, from below) changes. Where a kind is unknown nothing is said of its
/// border; the edge of the grid is none.
pub fn borders(columns: usize, rows: usize, kind: impl Fn(usize, usize) -> Option<bool>) -> Vec<[Corner; 2]> {
    let differ = |one: Option<bool>, other: Option<bool>| one.zip(other).is_some_and(|(one, other)| one != other);
    // Sides that follow each other are one line, so that its pieces have no seams.
    let mut found: Vec<[Corner; 2]> = Vec::new();
    for column in 1..columns {
        for row in (0..rows).filter(|&row| differ(kind(column - 1, row), kind(column, row))) {
            match found.last_mut() {
                Some([_, end]) if *end == (column, row) => end.1 += 1,
                _ => found.push([(column, row), (column, row + 1)]),
            }
        }
    }
    for row in 1..rows {
        for column in (0..columns).filter(|&column| differ(kind(column, row - 1), kind(column, row))) {
            match found.last_mut() {
                Some([start, end]) if *end == (column, row) && start.1 == row => end.0 += 1,
                _ => found.push([(column, row), (column + 1, row)]),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_runs_where_cells_change_and_not_around_the_grid() {
        // A corner of two by one cells, at the upper right of three by three.
        let corner = |column, row| Some(column >= 1 && row == 2);
        assert_eq!(borders(3, 3, corner), [[(1, 2), (1, 3)], [(1, 2), (3, 2)]]);
        assert_eq!(borders(3, 3, |_, _| Some(true)), Vec::<[Corner; 2]>::new());
        assert_eq!(borders(2, 3, |column, _| Some(column == 0)), [[(1, 0), (1, 3)]]);
    }

    #[test]
    fn nothing_is_said_of_the_border_of_an_unknown_cell() {
        let gap = |column, row| (row != 1).then_some(column == 0);
        assert_eq!(borders(2, 3, gap), [[(1, 0), (1, 1)], [(1, 2), (1, 3)]]);
        assert_eq!(borders(0, 0, gap), Vec::<[Corner; 2]>::new());
    }
}
