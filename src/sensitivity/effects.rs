//! What each factor does by itself, and each two together, where factors have levels.
//!
//! The mean response at each level of a factor is its main effect, seen over whatever the other factors were: a plain marginal mean,
//! for any design. Where every combination of levels was played equally often, the variance also falls into parts that do not
//! overlap, one for each factor, for each two and for the rest (Fisher 1925, "Statistical methods for research workers", ch. VII;
//! Montgomery, "Design and analysis of experiments", §5.3).
//!
//! Deliberately absent: a decomposition of other designs. There the parts overlap, and which factor a shared part is given to would
//! depend on the order in which factors are named.

use super::student::Sample;

/// The responses at one level of a factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelMean {
    /// Responses at this level that are finite numbers.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Its standard error by how much they differ, whether by luck or by the other factors; none for a single one.
    pub error: Option<f64>,
}

/// The mean response at each level of each factor: `[factor][level]`, none where no response is a finite number.
///
/// `levels` is how many levels each factor has; `points` has the level of each factor for each response.
///
/// # Panics
///
/// Panics if there is not one point for each response, or a point is no point of the factors.
pub fn main_effects(levels: &[usize], points: &[Vec<usize>], responses: &[f64]) -> Vec<Vec<Option<LevelMean>>> {
    check(levels, points, responses);
    let at = |factor: usize, level: usize| {
        let here = points.iter().zip(responses).filter(move |(point, _)| point[factor] == level);
        let sample = Sample::of(here.map(|(_, &response)| response).filter(|response| response.is_finite()))?;
        Some(LevelMean { n: sample.n, mean: sample.mean, error: sample.error })
    };
    levels.iter().enumerate().map(|(factor, &count)| (0..count).map(|level| at(factor, level)).collect()).collect()
}

/// The shares of the variance of a balanced grid; together they are 1.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceShares {
    /// The sum of squares about the mean, above 0 \[square of the response's unit\].
    pub total: f64,
    /// By each factor alone.
    pub mains: Vec<f64>,
    /// By each two factors together, beyond what each does alone: in the order (0, 1), (0, 2), ..., (1, 2), ...
    pub pairs: Vec<PairShare>,
    /// By three factors and more together, and by luck.
    pub rest: f64,
}

/// The share of the variance by the interaction of two factors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairShare {
    /// The places of the two factors, ascending.
    pub factors: [usize; 2],
    /// The share.
    pub share: f64,
}

/// The shares of the variance, by sums of squares.
///
/// None where it has no such shares: where not every combination of levels was played equally often (as in a Latin hypercube), where
/// a response is no finite number, or where responses do not vary.
///
/// # Panics
///
/// Panics as [`main_effects`] does.
pub fn variance_shares(levels: &[usize], points: &[Vec<usize>], responses: &[f64]) -> Option<VarianceShares> {
    check(levels, points, responses);
    if !is_balanced(levels, points) || !responses.iter().all(|response| response.is_finite()) {
        return None;
    }
    let mean = Sample::of(responses.iter().copied())?.mean;
    let away: Vec<f64> = responses.iter().map(|response| response - mean).collect();
    let total: f64 = away.iter().map(|away| away * away).sum();
    let size: f64 = responses.iter().map(|response| response * response).sum();
    // What is left by rounding of responses that are all the same is no variance.
    if total <= 1e-24 * size {
        return None;
    }
    // The mean distance from the mean in each group of points; in a balanced grid groups are equally large.
    let effects = |groups: usize, group: &dyn Fn(&[usize]) -> usize| {
        let mut sums = vec![0.0; groups];
        points.iter().zip(&away).for_each(|(point, away)| sums[group(point)] += away);
        let each = points.len() as f64 / groups as f64;
        sums.into_iter().map(|sum| sum / each).collect::<Vec<f64>>()
    };
    let share = |effects: &mut dyn ExactSizeIterator<Item = f64>| {
        let each = points.len() as f64 / effects.len() as f64;
        effects.map(|effect| effect * effect).sum::<f64>() * each / total
    };
    let alone: Vec<Vec<f64>> =
        levels.iter().enumerate().map(|(factor, &count)| effects(count, &|point| point[factor])).collect();
    let mains: Vec<f64> = alone.iter().map(|effects| share(&mut effects.iter().copied())).collect();
    let mut pairs = vec![];
    for (a, &rows) in levels.iter().enumerate() {
        for (b, &columns) in levels.iter().enumerate().skip(a + 1) {
            let joint = effects(rows * columns, &|point| point[a] * columns + point[b]);
            let beyond = |(cell, joint): (usize, f64)| joint - alone[a][cell / columns] - alone[b][cell % columns];
            let share = share(&mut joint.into_iter().enumerate().map(beyond));
            pairs.push(PairShare { factors: [a, b], share });
        }
    }
    let explained = mains.iter().sum::<f64>() + pairs.iter().map(|pair| pair.share).sum::<f64>();
    // Below 0 only by rounding.
    Some(VarianceShares { total, mains, pairs, rest: (1.0 - explained).max(0.0) })
}

fn check(levels: &[usize], points: &[Vec<usize>], responses: &[f64]) {
    assert_eq!(points.len(), responses.len(), "there is a point for each response");
    let fits = |point: &Vec<usize>| {
        point.len() == levels.len() && point.iter().zip(levels).all(|(level, count)| level < count)
    };
    assert!(points.iter().all(fits), "each point has a level of each factor");
}

/// Whether every combination of levels comes equally often, at least once.
fn is_balanced(levels: &[usize], points: &[Vec<usize>]) -> bool {
    let cells = levels.iter().try_fold(1usize, |cells, &count| cells.checked_mul(count));
    let Some(cells) = cells.filter(|&cells| cells > 0 && cells <= points.len()) else { return false };
    let mut counts = vec![0; cells];
    for point in points {
        counts[point.iter().zip(levels).fold(0, |cell, (level, count)| cell * count + level)] += 1;
    }
    counts.iter().all(|&count| count == counts[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::design::grid::grid;
    use proptest::prelude::*;

    #[test]
    fn a_main_effect_is_the_mean_at_each_level() {
        let points = [vec![0, 0], vec![0, 1], vec![0, 1], vec![1, 0], vec![1, 1]];
        let effects = main_effects(&[3, 2], &points, &[1.0, 3.0, 5.0, 8.0, f64::NAN]);
        // sd 2 of 1, 3 and 5, over √3.
        assert_eq!(effects[0][0], Some(LevelMean { n: 3, mean: 3.0, error: Some((4.0f64 / 3.0).sqrt()) }));
        assert_eq!(effects[0][1..], [Some(LevelMean { n: 1, mean: 8.0, error: None }), None]);
        assert_eq!(effects[1].iter().map(|level| level.expect("some").mean).collect::<Vec<_>>(), [4.5, 4.0]);
    }

    #[test]
    fn the_shares_are_those_of_a_published_table() {
        // Montgomery, "Design and analysis of experiments", Table 5.1: life of batteries [hours] by material and temperature, four of
        // each. Sums of squares: material 10,683.72, temperature 39,118.72, interaction 9,613.78, total 77,646.97.
        let lives = [
            [130, 155, 74, 180],
            [34, 40, 80, 75],
            [20, 70, 82, 58],
            [150, 188, 159, 126],
            [136, 122, 106, 115],
            [25, 70, 58, 45],
            [138, 110, 168, 160],
            [174, 120, 150, 139],
            [96, 104, 82, 60],
        ];
        let points: Vec<Vec<usize>> = grid(&[3, 3]).expect("small").flat_map(|point| vec![point; 4]).collect();
        let responses: Vec<f64> = lives.as_flattened().iter().map(|&life| f64::from(life)).collect();
        let shares = variance_shares(&[3, 3], &points, &responses).expect("balanced");
        let squares = [
            shares.total,
            shares.mains[0] * shares.total,
            shares.mains[1] * shares.total,
            shares.pairs[0].share * shares.total,
        ];
        for (found, known) in squares.into_iter().zip([77_646.97, 10_683.72, 39_118.72, 9_613.78]) {
            assert!((found - known).abs() < 0.006, "{squares:?}");
        }
    }

    #[test]
    fn a_sum_has_no_interaction_and_a_product_of_three_is_left_to_the_rest() {
        let levels = [2, 2, 2];
        let points: Vec<Vec<usize>> = grid(&levels).expect("small").collect();
        let shares = |f: &dyn Fn(&[f64]) -> f64| {
            let sign = |point: &Vec<usize>| point.iter().map(|&level| 2.0 * level as f64 - 1.0).collect::<Vec<f64>>();
            let responses: Vec<f64> = points.iter().map(|point| f(&sign(point))).collect();
            variance_shares(&levels, &points, &responses).expect("balanced")
        };
        let sum = shares(&|x| 10.0 + 2.0 * x[0] + x[2]);
        assert_eq!((sum.mains, sum.rest), (vec![0.8, 0.0, 0.2], 0.0));
        assert!(sum.pairs.iter().all(|pair| pair.share == 0.0));
        let product = shares(&|x| 3.0 * x[0] * x[2] + x[0] * x[1] * x[2]);
        assert_eq!(product.mains, [0.0; 3]);
        assert_eq!(
            product.pairs.iter().map(|pair| (pair.factors, pair.share)).collect::<Vec<_>>(),
            [([0, 1], 0.0), ([0, 2], 0.9), ([1, 2], 0.0),]
        );
        assert!((product.rest - 0.1).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_balanced_has_no_shares() {
        let points: Vec<Vec<usize>> = grid(&[2, 2]).expect("small").collect();
        let good = [1.0, 2.0, 3.0, 5.0];
        assert!(variance_shares(&[2, 2], &points, &good).is_some());
        assert_eq!(variance_shares(&[2, 2], &points[..3], &good[..3]), None);
        assert_eq!(
            variance_shares(&[2, 2], &[points.clone(), points[..1].to_vec()].concat(), &[1.0, 2.0, 3.0, 5.0, 1.0]),
            None
        );
        assert_eq!(variance_shares(&[2, 3], &points, &good), None);
        assert_eq!(variance_shares(&[2, 2], &points, &[1.0, 2.0, 3.0, f64::NAN]), None);
        assert_eq!(variance_shares(&[2, 2], &points, &[0.1; 4]), None);
        assert_eq!(variance_shares(&[2, usize::MAX, usize::MAX], &[], &[]), None);
    }

    proptest! {
        #[test]
        fn shares_are_not_negative_and_add_up_to_one(responses in prop::collection::vec(-1e3f64..1e3, 24)) {
            let points: Vec<Vec<usize>> = grid(&[2, 3, 4]).expect("small").collect();
            let shares = variance_shares(&[2, 3, 4], &points, &responses).expect("balanced");
            let all: Vec<f64> = shares.mains.iter().copied().chain(shares.pairs.iter().map(|pair| pair.share)).collect();
            prop_assert!(all.iter().all(|&share| share >= 0.0));
            prop_assert!((all.iter().sum::<f64>() + shares.rest - 1.0).abs() < 1e-12);
        }
    }
}
