//! One factor at a time: the base, and each other level of each factor while the rest stay at base.
//!
//! It shows what each change alone does, for few points. What two changes do together it cannot show.

use thiserror::Error;

/// A base that is no point of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BaseError {
    /// There is not one base level for each factor.
    #[error("{found} base levels for {factors} factors, but each factor has one")]
    Count {
        /// Base levels given.
        found: usize,
        /// Factors.
        factors: usize,
    },
    /// A base level that its factor does not have.
    #[error("the base level of factor {factor} is {level}, but its levels are those below {levels}")]
    Beyond {
        /// The place of the factor.
        factor: usize,
        /// The base level given.
        level: usize,
        /// How many levels the factor has.
        levels: usize,
    },
}

/// The base first; then, factor by factor, its other levels in ascending order: 1 + Σ (levels - 1) points.
pub fn one_at_a_time(levels: &[usize], base: &[usize]) -> Result<Vec<Vec<usize>>, BaseError> {
    if base.len() != levels.len() {
        return Err(BaseError::Count { found: base.len(), factors: levels.len() });
    }
    for (factor, (&level, &levels)) in base.iter().zip(levels).enumerate() {
        if level >= levels {
            return Err(BaseError::Beyond { factor, level, levels });
        }
    }
    let mut points = vec![base.to_vec()];
    for (factor, &count) in levels.iter().enumerate() {
        for level in (0..count).filter(|&level| level != base[factor]) {
            let mut point = base.to_vec();
            point[factor] = level;
            points.push(point);
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_other_level_is_visited_once_from_the_base() {
        let points = one_at_a_time(&[3, 1, 2], &[1, 0, 0]).expect("a base");
        assert_eq!(points, [[1, 0, 0], [0, 0, 0], [2, 0, 0], [1, 0, 1]]);
        assert_eq!(one_at_a_time(&[], &[]), Ok(vec![vec![]]));
    }

    #[test]
    fn a_base_outside_the_levels_is_refused() {
        let error = one_at_a_time(&[3, 2], &[1, 2]).expect_err("beyond");
        assert_eq!(error, BaseError::Beyond { factor: 1, level: 2, levels: 2 });
        assert_eq!(error.to_string(), "the base level of factor 1 is 2, but its levels are those below 2");
        assert_eq!(one_at_a_time(&[3, 2], &[1]), Err(BaseError::Count { found: 1, factors: 2 }));
    }
}
