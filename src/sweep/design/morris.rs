//! Morris's design for elementary effects: trajectories through a grid, on which each step moves one factor.
//!
//! Morris (1991), "Factorial sampling plans for preliminary computational experiments", §2. The levels of each factor are 0,
//! 1 / (p - 1), ..., 1 with p even, and a step is Δ = p / (2 (p - 1)), so that each level is met equally often. The start, the
//! order of the factors and the direction of each are random and uniform.
//!
//! Deliberately absent: spreading trajectories out (Campolongo, Cariboni & Saltelli 2007), after which they would not be
//! independent and their means would have no simple error.

use super::latin_hypercube::shuffle;
use crate::dice::{Dice, Purpose};
use crate::sensitivity::screening::Move;
use crate::units::Seed;
use thiserror::Error;

/// A number of levels that has no step of half the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0} levels, but a Morris design has an even number of them, 2 or more")]
pub struct LevelsError(pub u32);

/// A path of one step for each factor.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// The points in order, one more than there are factors; numbers from 0 to 1, both met.
    pub points: Vec<Vec<f64>>,
    /// What moved between each point and the next, and by how much: +Δ or -Δ, each factor once.
    pub moves: Vec<Move>,
}

/// So many trajectories over the factors, on `levels` levels (even; Morris recommends 4).
///
/// A design of more trajectories begins with this one.
pub fn morris(trajectories: u32, factors: usize, levels: u32, seed: Seed) -> Result<Vec<Trajectory>, LevelsError> {
    if levels < 2 || !levels.is_multiple_of(2) {
        return Err(LevelsError(levels));
    }
    let luck = Dice::new(seed).of(Purpose::Design);
    let half = levels / 2;
    let value = |level: u32| f64::from(level) / f64::from(levels - 1);
    let one = |trajectory: u32| {
        let mut draws = luck.stream(u64::from(trajectory));
        // A factor goes from a level of the lower half to the one Δ above it, or back: Morris's D*.
        let lower: Vec<u32> = (0..factors).map(|_| draws.below(half)).collect();
        let rising: Vec<bool> = (0..factors).map(|_| draws.below(2) == 1).collect();
        let mut order: Vec<usize> = (0..factors).collect();
        shuffle(&mut order, &mut draws);
        let start = (0..factors).map(|factor| value(lower[factor] + if rising[factor] { 0 } else { half }));
        let mut point: Vec<f64> = start.collect();
        let mut trajectory = Trajectory { points: vec![point.clone()], moves: vec![] };
        for factor in order {
            point[factor] = value(lower[factor] + if rising[factor] { half } else { 0 });
            trajectory.points.push(point.clone());
            let step = value(half);
            trajectory.moves.push(Move { factor, by: if rising[factor] { step } else { -step } });
        }
        trajectory
    };
    Ok((0..trajectories).map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trajectory_moves_each_factor_once_by_delta_and_stays_within_bounds() {
        for levels in [2, 4, 6, 10] {
            let delta = f64::from(levels) / (2.0 * f64::from(levels - 1));
            for trajectory in morris(50, 6, levels, Seed(4)).expect("even") {
                assert_eq!(trajectory.points.len(), 7);
                assert!(trajectory.points.iter().flatten().all(|number| (0.0..=1.0).contains(number)));
                let mut moved = [0; 6];
                for (pair, step) in trajectory.points.windows(2).zip(&trajectory.moves) {
                    moved[step.factor] += 1;
                    assert!((step.by.abs() - delta).abs() < 1e-15);
                    for (factor, (to, from)) in pair[1].iter().zip(&pair[0]).enumerate() {
                        let by = if factor == step.factor { step.by } else { 0.0 };
                        assert!((to - from - by).abs() < 1e-15);
                    }
                }
                assert_eq!(moved, [1; 6]);
            }
        }
    }

    #[test]
    fn levels_directions_and_orders_are_uniform() {
        // Null: each of p = 4 levels at the start, each direction and each factor as the first has its share of n = 20,000; the
        // sd of a share is at most √(.25 / n) = 0.0035. Tolerance 5 sd for 11 shares: wrong for one seed in 150,000; fixed seed.
        let design = morris(20_000, 5, 4, Seed(8)).expect("even");
        let share = |is: &dyn Fn(&Trajectory) -> bool| design.iter().filter(|t| is(t)).count() as f64 / 20_000.0;
        for level in 0..4 {
            let found = share(&|t| (t.points[0][2] * 3.0).round() as u32 == level);
            assert!((found - 0.25).abs() < 0.018, "level {level}: {found}");
        }
        for factor in 0..5 {
            let found = share(&|t| t.moves[0].factor == factor);
            assert!((found - 0.2).abs() < 0.018, "factor {factor} first: {found}");
        }
        let rising = share(&|t| t.moves.iter().any(|step| step.factor == 3 && step.by > 0.0));
        assert!((rising - 0.5).abs() < 0.018, "{rising}");
    }

    #[test]
    fn a_design_is_that_of_its_seed_and_begins_a_longer_one() {
        let design = morris(5, 3, 4, Seed(1)).expect("even");
        assert_eq!(morris(5, 3, 4, Seed(1)), Ok(design.clone()));
        assert_ne!(morris(5, 3, 4, Seed(2)), Ok(design.clone()));
        assert_eq!(morris(9, 3, 4, Seed(1)).expect("even")[..5], design);
    }

    #[test]
    fn an_odd_number_of_levels_is_refused() {
        assert_eq!([0, 1, 5].map(|levels| morris(1, 1, levels, Seed(1))), [0, 1, 5].map(|n| Err(LevelsError(n))));
        assert_eq!(LevelsError(5).to_string(), "5 levels, but a Morris design has an even number of them, 2 or more");
    }
}
