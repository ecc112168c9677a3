//! Walker's alias method: a discrete law as a table, so that a draw is two look-ups and two comparisons.
//!
//! Why tables: the loop draws a delay for every word and a count for every customer, and `exp` and `ln` there would
//! cost more than all the rest. Why two levels: a delay law over ticks has a hundred thousand values, and a flat table of
//! it leaves the cache at every draw. So an outer law picks a block of 256 values, an inner one the value in it; likely
//! blocks stay in the cache (docs/performance.md). Built with `+ - * /` alone: the same table on every platform.
//! Reference: Walker (1977), Vose (1991).

/// A law over whole numbers from `first` on.
#[derive(Debug, Clone, PartialEq)]
pub struct AliasTable {
    blocks: Vec<Block>,
    /// Where each block's inner law begins in `cells`; blocks of the same inner law share one.
    inner: Vec<u32>,
    /// 256 cells an inner law: 8 bits of another cell, 24 bits of how likely it is kept.
    cells: Vec<u32>,
    first: u32,
    last: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    /// The block itself is kept where 32 bits of luck are below this; else it is `other`.
    cut: u32,
    other: u32,
}

/// Inner laws that differ by less than this everywhere are one: less than a cell can hold.
const ALIKE: f64 = 1.0 / (1u64 << 34) as f64;

/// Values of a block.
const WIDTH: usize = 256;
const CUT_BITS: u32 = 24;
const CUT_ALL: u32 = (1 << CUT_BITS) - 1;

impl AliasTable {
    /// The law that gives `first + i` with probability `weights[i] / Σ weights`, to within 2⁻³¹.
    ///
    /// # Panics
    /// If no weight is positive, or one is negative or not finite: a law proves its parameters before it comes here.
    pub fn new(first: u32, weights: &[f64]) -> AliasTable {
        let sums: Vec<f64> = weights.chunks(WIDTH).map(|block| block.iter().sum()).collect();
        let total: f64 = sums.iter().sum();
        assert!(total > 0.0 && total.is_finite(), "a law must have some weight");
        let outer = alias(&sums);
        let blocks =
            outer.iter().map(|&(keep, other)| Block { cut: scaled(keep, f64::from(u32::MAX)), other: other as u32 });
        let mut cells = vec![];
        let mut inner = vec![];
        // The inner law that was built last. The blocks of an exponential or a uniform law are all alike.
        let mut latest: Option<[f64; WIDTH]> = None;
        for (block, &sum) in weights.chunks(WIDTH).zip(&sums) {
            let mut law = [0.0; WIDTH];
            law.iter_mut().zip(block).for_each(|(share, weight)| *share = weight / sum);
            if sum == 0.0 {
                // Never drawn; whatever stands here must be a law.
                law = [1.0 / WIDTH as f64; WIDTH];
            }
            if !latest.is_some_and(|latest| latest.iter().zip(&law).all(|(a, b)| (a - b).abs() < ALIKE)) {
                let cell =
                    |(keep, other): (f64, usize)| ((other as u32) << CUT_BITS) | scaled(keep, f64::from(CUT_ALL));
                cells.extend(alias(&law).into_iter().map(cell));
                latest = Some(law);
            }
            inner.push((cells.len() - WIDTH) as u32);
        }
        let last = first + weights.len() as u32 - 1;
        AliasTable { blocks: blocks.collect(), inner, cells, first, last }
    }

    /// The law that always gives `value`.
    pub fn constant(value: u32) -> AliasTable {
        AliasTable::new(value, &[1.0])
    }

    /// The value that 64 bits of luck pick.
    #[inline(always)]
    pub fn draw(&self, luck: u64) -> u32 {
        // Upper half of the luck: the whole part picks a block, the fraction is its coin. Both choices are unpredictable,
        // so they are written for the compiler to make them without a branch.
        let scaled = (luck >> 32) * self.blocks.len() as u64;
        let place = (scaled >> 32) as u32;
        let block = self.blocks[place as usize];
        let place = std::hint::select_unpredictable((scaled as u32) < block.cut, place, block.other);
        // Lower half: 8 bits pick a cell, 24 are its coin.
        let within = luck as u32 >> CUT_BITS;
        let cell = self.cells[(self.inner[place as usize] + within) as usize];
        let keep = (luck as u32 & CUT_ALL) < (cell & CUT_ALL);
        self.first + place * WIDTH as u32 + std::hint::select_unpredictable(keep, within, cell >> CUT_BITS)
    }

    /// The least value that can come out.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The greatest value that can come out.
    pub fn max(&self) -> u32 {
        self.last
    }

    /// The probability of `first`, `first + 1`, … as the table really gives it.
    pub fn probabilities(&self) -> Vec<f64> {
        let outer = self.blocks.iter().map(|block| (f64::from(block.cut) / 4_294_967_296.0, block.other as usize));
        let mut p = vec![];
        for (block, share) in given_by(outer).into_iter().enumerate() {
            let cells = self.cells[self.inner[block] as usize..][..WIDTH].iter();
            let inner = cells.map(|&cell| (f64::from(cell & CUT_ALL) / 16_777_216.0, (cell >> CUT_BITS) as usize));
            p.extend(given_by(inner).into_iter().map(|within| share * within));
        }
        p.truncate((self.last - self.first) as usize + 1);
        p
    }
}

/// `share` of 2ⁿ, where 1 becomes 2ⁿ - 1: a kept cell is its own other one, so nothing is lost.
fn scaled(share: f64, all: f64) -> u32 {
    (share * (all + 1.0) + 0.5).min(all) as u32
}

/// Vose's construction: for each value the chance that it is kept, and the other value.
fn alias(weights: &[f64]) -> Vec<(f64, usize)> {
    let n = weights.len();
    let sum: f64 = weights.iter().sum();
    let mut share: Vec<f64> = weights.iter().map(|w| w / sum * n as f64).collect();
    let mut cells: Vec<(f64, usize)> = (0..n).map(|i| (1.0, i)).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| share[i] < 1.0);
    while let (Some(&s), Some(&l)) = (small.last(), large.last()) {
        small.pop();
        cells[s] = (share[s], l);
        share[l] -= 1.0 - share[s];
        if share[l] < 1.0 {
            large.pop();
            small.push(l);
        }
    }
    // What is left over differs from 1 by rounding alone; but a weight of zero must never come out.
    let heaviest = (0..n).fold(0, |best, i| if weights[i] > weights[best] { i } else { best });
    for cell in small.into_iter().filter(|&cell| weights[cell] == 0.0) {
        cells[cell] = (0.0, heaviest);
    }
    cells
}

/// The probabilities that kept shares and others give.
fn given_by(cells: impl ExactSizeIterator<Item = (f64, usize)>) -> Vec<f64> {
    let n = cells.len();
    let mut p = vec![0.0; n];
    for (i, (keep, other)) in cells.enumerate() {
        p[i] += keep / n as f64;
        p[other] += (1.0 - keep) / n as f64;
    }
    p
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(weights: &[f64]) {
        let sum: f64 = weights.iter().sum();
        let table = AliasTable::new(3, weights);
        assert_eq!(table.probabilities().len(), weights.len());
        for (p, w) in table.probabilities().iter().zip(weights) {
            assert!((p - w / sum).abs() < 1e-9, "{p} is not {}", w / sum);
            assert!(*w > 0.0 || *p == 0.0, "what has no weight never comes");
        }
    }

    #[test]
    fn the_table_gives_the_weights() {
        check(&[0.0, 1.0, 2.5, 0.0, 4.0, 0.001]);
        check(&(0..10_000).map(|i| if i / 300 % 2 == 0 { 0.0 } else { 1.0 / f64::from(i) }).collect::<Vec<_>>());
    }

    #[test]
    fn blocks_of_a_memoryless_law_share_their_cells() {
        let weights: Vec<f64> = (0..10_000).map(|i| libm::exp(-f64::from(i) / 3_000.0)).collect();
        check(&weights);
        let table = AliasTable::new(0, &weights);
        assert!(table.cells.len() <= 2 * WIDTH, "one law for all blocks, and one for the short last block");
    }

    #[test]
    fn extreme_luck_stays_within_the_law() {
        let table = AliasTable::new(5, &[0.0, 1.0, 0.0]);
        let mut wide = vec![0.0; 1_000];
        wide[700] = 1.0;
        let wide = AliasTable::new(0, &wide);
        for luck in [0, 1, u64::from(u32::MAX), u64::MAX, u64::MAX << 32, 1 << 63, 0x00ff_ffff_00ff_ffff] {
            assert_eq!(table.draw(luck), 6);
            assert_eq!(wide.draw(luck), 700);
        }
        assert_eq!(AliasTable::constant(9).draw(u64::MAX), 9);
    }
}
