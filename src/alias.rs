//! Walker's alias method: a discrete law as a table, so that a draw is one look-up and one comparison.
//!
//! Why tables: the loop draws a delay for every word and a count for every customer, and `exp` and `ln` there would
//! cost more than all the rest. Built with `+ - * /` alone, so that the same table comes out on every platform.
//! Reference: Walker (1977), Vose (1991).

/// A law over `first..first + cells`.
#[derive(Debug, Clone, PartialEq)]
pub struct AliasTable {
    /// Keep the cell's own value where 32 bits of luck are below `cut`, else take `other`.
    cells: Vec<Cell>,
    first: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    cut: u32,
    other: u32,
}

impl AliasTable {
    /// The law that gives `first + i` with probability `weights[i] / Σ weights`.
    ///
    /// # Panics
    /// If no weight is positive, or one is negative or not finite: a law proves its parameters before it comes here.
    pub fn new(first: u32, weights: &[f64]) -> AliasTable {
        let sum: f64 = weights.iter().sum();
        assert!(sum > 0.0 && sum.is_finite(), "a law must have some weight");
        let n = weights.len();
        let mut share: Vec<f64> = weights.iter().map(|w| w / sum * n as f64).collect();
        let mut cells: Vec<Cell> = (0..n as u32).map(|i| Cell { cut: u32::MAX, other: i }).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| share[i] < 1.0);
        while let (Some(s), Some(&l)) = (small.last().copied(), large.last()) {
            small.pop();
            cells[s] = Cell { cut: (share[s] * 4_294_967_296.0) as u32, other: l as u32 };
            share[l] -= 1.0 - share[s];
            if share[l] < 1.0 {
                large.pop();
                small.push(l);
            }
        }
        // What is left over differs from 1 by rounding alone, except that a weight of zero must never be drawn.
        for cell in small {
            if weights[cell] == 0.0 {
                let heaviest = (0..n).fold(0, |best, i| if weights[i] > weights[best] { i } else { best });
                cells[cell] = Cell { cut: 0, other: heaviest as u32 };
            }
        }
        AliasTable { cells, first }
    }

    /// The law that always gives `value`.
    pub fn constant(value: u32) -> AliasTable {
        AliasTable { cells: vec![Cell { cut: u32::MAX, other: 0 }], first: value }
    }

    /// The value that 64 bits of luck pick.
    #[inline]
    pub fn draw(&self, luck: u64) -> u32 {
        let place = ((luck >> 32) * self.cells.len() as u64) >> 32;
        let cell = self.cells[place as usize];
        self.first + if (luck as u32) < cell.cut { place as u32 } else { cell.other }
    }

    /// The greatest value that can come out.
    pub fn max(&self) -> u32 {
        self.first + self.cells.len() as u32 - 1
    }

    /// The probability of each value, as the table really gives it (for tests and documentation).
    pub fn probabilities(&self) -> Vec<f64> {
        let n = self.cells.len();
        let mut p = vec![0.0; n];
        for (i, cell) in self.cells.iter().enumerate() {
            // `other == i` with a full cut is a cell of its own.
            let keep = if cell.other as usize == i { 1.0 } else { f64::from(cell.cut) / 4_294_967_296.0 };
            p[i] += keep / n as f64;
            p[cell.other as usize] += (1.0 - keep) / n as f64;
        }
        p
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_the_weights() {
        let weights = [0.0, 1.0, 2.5, 0.0, 4.0, 0.001];
        let sum: f64 = weights.iter().sum();
        for (p, w) in AliasTable::new(3, &weights).probabilities().iter().zip(weights) {
            assert!((p - w / sum).abs() < 1e-9, "{p} {w}");
        }
    }

    #[test]
    fn extreme_luck_stays_within_the_law() {
        let table = AliasTable::new(5, &[0.0, 1.0, 0.0]);
        for luck in [0, 1, u64::from(u32::MAX), u64::MAX, u64::MAX << 32, 1 << 63] {
            assert_eq!(table.draw(luck), 6);
        }
        assert_eq!(AliasTable::constant(9).draw(u64::MAX), 9);
    }
}
