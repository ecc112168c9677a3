//! Saltelli's design for first-order and total Sobol indices: two independent samples A and B, and for each factor i the sample
//! AB_i, which is A with the column of that factor taken from B.
//!
//! Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), "Variance based sensitivity analysis of model output". A and
//! B are the two halves of the columns of one Sobol sequence, scrambled as by Owen (Burley 2020, "Practical hash-based Owen
//! scrambling", crate `sobol_burley`): random as a sample is, and far more even.

use crate::dice::{Dice, Purpose};
use crate::units::Seed;
use thiserror::Error;

/// The most rows of each sample: the length of the sequence in `sobol_burley`.
pub const ROWS_MAX: usize = 1 << 16;

/// The most factors: each takes two dimensions, one in A and one in B.
pub const FACTORS_MAX: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;

/// A design that the sequence cannot give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SobolError {
    /// The points of the sequence are even only where they are 2, 4, 8, ... in number.
    #[error("{0} rows, but a Sobol design has 2, 4, 8, ... up to {ROWS_MAX}")]
    Rows(usize),
    /// More factors than the sequence has dimensions for, or none.
    #[error("{0} factors, but a Sobol design has 1 to {FACTORS_MAX}")]
    Factors(usize),
}

/// The design of so many rows: `rows` · (`factors` + 2) points in [0, 1), in steps of 2⁻²⁴ or finer.
///
/// Row by row, and within row j: A_j, B_j, then AB_1,j to AB_k,j. So a design of twice the rows begins with this one, and what
/// was played for it need not be played again. `rows` is a power of two, 2 to [`ROWS_MAX`]; `factors` is 1 to [`FACTORS_MAX`].
pub fn saltelli(rows: usize, factors: usize, seed: Seed) -> Result<Vec<Vec<f64>>, SobolError> {
    if !rows.is_power_of_two() || !(2..=ROWS_MAX).contains(&rows) {
        return Err(SobolError::Rows(rows));
    }
    if !(1..=FACTORS_MAX).contains(&factors) {
        return Err(SobolError::Factors(factors));
    }
    // The sequence has seeds of 32 bits: the mixed upper half, so that neighbouring seeds are as different as any.
    let seed = (Dice::new(seed).of(Purpose::Design).draw(0) >> 32) as u32;
    let number = |row: usize, dimension: usize| f64::from(sobol_burley::sample(row as u32, dimension as u32, seed));
    let mut points = Vec::with_capacity(rows * (factors + 2));
    for row in 0..rows {
        let a: Vec<f64> = (0..factors).map(|factor| number(row, factor)).collect();
        let b: Vec<f64> = (0..factors).map(|factor| number(row, factors + factor)).collect();
        let start = points.len();
        points.extend([a, b]);
        for factor in 0..factors {
            let mut mixed: Vec<f64> = points[start].clone();
            mixed[factor] = points[start + 1][factor];
            points.push(mixed);
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mixed_row_is_a_with_one_number_of_b() {
        let (rows, factors) = (64, 5);
        let design = saltelli(rows, factors, Seed(3)).expect("a design");
        assert_eq!(design.len(), rows * (factors + 2));
        assert!(design.iter().flatten().all(|number| (0.0..1.0).contains(number)));
        for block in design.chunks(factors + 2) {
            for (factor, mixed) in block[2..].iter().enumerate() {
                for place in 0..factors {
                    assert_eq!(mixed[place], block[usize::from(place == factor)][place]);
                }
            }
        }
    }

    #[test]
    fn both_samples_hit_every_stratum_of_every_factor_once() {
        for rows in [2, 16, 1_024] {
            let design = saltelli(rows, 8, Seed(9)).expect("a design");
            for (sample, factor) in (0..2).flat_map(|sample| (0..8).map(move |factor| (sample, factor))) {
                let stratum = |block: &[Vec<f64>]| (block[sample][factor] * rows as f64) as usize;
                let mut hit: Vec<usize> = design.chunks(10).map(stratum).collect();
                hit.sort_unstable();
                assert!(hit.into_iter().eq(0..rows), "{rows} rows, sample {sample}, factor {factor}");
            }
        }
    }

    #[test]
    fn a_design_is_that_of_its_seed_and_begins_one_of_twice_the_rows() {
        let design = saltelli(32, 3, Seed(1)).expect("a design");
        assert_eq!(saltelli(32, 3, Seed(1)), Ok(design.clone()));
        assert_ne!(saltelli(32, 3, Seed(2)), Ok(design.clone()));
        assert_eq!(saltelli(64, 3, Seed(1)).expect("a design")[..design.len()], design);
        // Pinned: to change it changes designs.
        assert_eq!(design[0], [0.785_012_602_806_091_3, 0.944_577_932_357_788_1, 0.879_392_623_901_367_2]);
    }

    #[test]
    fn the_largest_design_is_given_and_what_is_beyond_it_refused() {
        let last = saltelli(ROWS_MAX, 1, Seed(1)).expect("a design").len();
        assert_eq!(last, 3 * ROWS_MAX);
        assert_eq!(saltelli(2, FACTORS_MAX, Seed(1)).expect("a design").len(), 2 * (FACTORS_MAX + 2));
        for rows in [0, 1, 3, 1_000, 2 * ROWS_MAX] {
            assert_eq!(saltelli(rows, 3, Seed(1)), Err(SobolError::Rows(rows)));
        }
        for factors in [0, FACTORS_MAX + 1] {
            assert_eq!(saltelli(8, factors, Seed(1)), Err(SobolError::Factors(factors)));
        }
        let text = SobolError::Rows(1_000).to_string();
        assert_eq!(text, "1000 rows, but a Sobol design has 2, 4, 8, ... up to 65536");
    }
}
