//! Which factors matter at all: Morris's elementary effects.
//!
//! An elementary effect of a factor is the change of the response over the change of the factor, along one step of a trajectory.
//! Its mean over trajectories (μ) is the overall effect, with its sign; the mean of its size (μ*) ranks factors even where ups
//! and downs cancel; its standard deviation (σ) is large where the effect is curved or depends on other factors. Morris (1991),
//! "Factorial sampling plans for preliminary computational experiments"; Campolongo, Cariboni & Saltelli (2007), "An effective
//! screening design for sensitivity analysis of large models", for μ*.

use super::student::{CONFIDENCE, Sample, critical};

/// One step of a trajectory: which factor moved, and by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// The place of the factor.
    pub factor: usize,
    /// The change of its number, not 0 \[of the range from 0 to 1\].
    pub by: f64,
}

/// What trajectories say of one factor. Effects are in units of the response over the whole range of the factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screened {
    /// Trajectories that have an elementary effect of it.
    pub n: usize,
    /// μ: the mean elementary effect.
    pub mean: f64,
    /// μ*: the mean size of the elementary effects, 0 or more.
    pub mean_size: f64,
    /// The 95 % interval of μ*: Student's over trajectories, which are independent, cut off at 0; none for one trajectory.
    pub mean_size_interval: Option<[f64; 2]>,
    /// σ: the standard deviation of the elementary effects; none for one trajectory.
    pub deviation: Option<f64>,
}

/// Screens so many factors by the responses and moves of each trajectory (one response more than moves).
///
/// A step with a response that is no finite number has no effect. A factor without any effect is none.
///
/// # Panics
///
/// Panics if a trajectory has not one response more than moves, or moves a factor beyond `factors`.
pub fn screen<'a>(
    factors: usize,
    trajectories: impl IntoIterator<Item = (&'a [f64], &'a [Move])>,
) -> Vec<Option<Screened>> {
    let mut effects: Vec<Vec<f64>> = vec![vec![]; factors];
    for (responses, moves) in trajectories {
        assert_eq!(responses.len(), moves.len() + 1, "a trajectory has one response more than moves");
        for (pair, step) in responses.windows(2).zip(moves) {
            let effect = (pair[1] - pair[0]) / step.by;
            if effect.is_finite() {
                effects[step.factor].push(effect);
            }
        }
    }
    effects.iter().map(|effects| screened(effects)).collect()
}

fn screened(effects: &[f64]) -> Option<Screened> {
    let own = Sample::of(effects.iter().copied())?;
    let size = Sample::of(effects.iter().map(|effect| effect.abs()))?;
    let half = size.error.zip(critical(1.0 - CONFIDENCE, size.n as f64 - 1.0)).map(|(error, t)| t * error);
    Some(Screened {
        n: own.n,
        mean: own.mean,
        mean_size: size.mean,
        mean_size_interval: half.map(|half| [(size.mean - half).max(0.0), size.mean + half]),
        deviation: own.error.map(|error| error * (own.n as f64).sqrt()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::sensitivity::functions::{G_WEIGHTS, g_function, ishigami};
    use crate::sweep::design::morris::morris;
    use crate::units::Seed;

    fn screen_function(f: impl Fn(&[f64]) -> f64, factors: usize, trajectories: u32, seed: u64) -> Vec<Screened> {
        let design = morris(trajectories, factors, 4, Seed(seed)).expect("even");
        let responses: Vec<Vec<f64>> =
            design.iter().map(|trajectory| trajectory.points.iter().map(|point| f(point)).collect()).collect();
        let each = design.iter().zip(&responses).map(|(t, responses)| (responses.as_slice(), t.moves.as_slice()));
        screen(factors, each).into_iter().map(|screened| screened.expect("effects")).collect()
    }

    #[test]
    fn a_linear_response_has_its_slopes_and_no_deviation() {
        for screened in [10, 1].map(|n| screen_function(|x| 7.0 + 3.0 * x[0] - 5.0 * x[1] + 0.0 * x[2], 3, n, 1)) {
            for (found, slope) in screened.iter().zip([3.0, -5.0, 0.0]) {
                assert!((found.mean - slope).abs() < 1e-12 && (found.mean_size - slope.abs()).abs() < 1e-12);
                assert!(found.deviation.is_none_or(|deviation| deviation < 1e-12));
                assert_eq!(found.mean_size_interval.is_some(), found.n > 1);
            }
        }
    }

    #[test]
    fn the_effects_of_ishigami_s_function_are_those_of_its_grid() {
        // On 4 levels, z = -π, -π/3, π/3, π, a step goes from -π to π/3 or from -π/3 to π, 2/3 of the range. sin z is 0, -√3/2, √3/2,
        // 0, so the first factor has effects of (√3/2) (1 + b z₃⁴) / (2/3), the second ±(3/4) a / (2/3), and the third
        // ±b (π⁴ - (π/3)⁴) sin z₁ / (2/3), which is 0 where sin z₁ is.
        let found = screen_function(ishigami, 3, 4_000, 3);
        let (pi4, root) = (std::f64::consts::PI.powi(4), 3f64.sqrt() / 2.0);
        let first = [1.0 + 0.1 * pi4, 1.0 + 0.1 * pi4 / 81.0].map(|factor| 1.5 * root * factor);
        let mean = (first[0] + first[1]) / 2.0;
        let third = 1.5 * 0.1 * (pi4 - pi4 / 81.0) * root;
        // Null: means of 4,000 with sd (first₀ - first₁) / 2, 7.875 and third / √2; 5 errors: wrong for one seed in 300,000.
        let within = |found: f64, truth: f64, sd: f64| (found - truth).abs() < 5.0 * sd / 4_000f64.sqrt();
        let sds = [(first[0] - first[1]) / 2.0, 7.875, third / 2f64.sqrt()];
        assert!(within(found[0].mean, mean, sds[0]) && (found[0].mean_size - found[0].mean).abs() < 1e-9);
        assert!(within(found[1].mean, 0.0, sds[1]) && (found[1].mean_size - 7.875).abs() < 1e-9);
        assert!(within(found[2].mean, 0.0, sds[2]) && within(found[2].mean_size, third / 2.0, third / 2.0));
        for (found, sd) in found.iter().zip(sds) {
            assert!((found.deviation.expect("many") / sd - 1.0).abs() < 0.05, "{found:?} {sd}");
        }
    }

    #[test]
    fn screening_ranks_the_factors_of_the_g_function() {
        // The four factors that matter come in their order, and the four that do not far behind.
        let found = screen_function(g_function, G_WEIGHTS.len(), 60, 5);
        let sizes: Vec<f64> = found.iter().map(|found| found.mean_size).collect();
        assert!(sizes[..4].windows(2).all(|pair| pair[0] > pair[1]), "{sizes:?}");
        assert!(sizes[4..].iter().all(|&size| size < sizes[3] / 4.0), "{sizes:?}");
    }

    #[test]
    fn the_interval_of_the_mean_size_covers_it() {
        // Effects normal about 2 with sd 1, of which hardly any change sign: E|N(2, 1)| = 2 (2 Φ(2) - 1) + 2 φ(2) = 2.016 98.
        // Null: 95 % of 4,000, sd 0.34 %; tolerance 1.7 %, for the law of sizes is not quite normal; fixed seed.
        let mut draws = Dice::new(Seed(9)).stream(Purpose::Graph, 0);
        let covers = (0..4_000).filter(|_| {
            let effects: Vec<f64> = (0..10).map(|_| (0..12).map(|_| draws.unit()).sum::<f64>() - 4.0).collect();
            let [low, high] = screened(&effects).expect("effects").mean_size_interval.expect("ten");
            low <= 2.016_98 && 2.016_98 <= high
        });
        let covered = covers.count();
        assert!(covered.abs_diff(3_800) < 68, "{covered} of 4,000");
    }

    #[test]
    fn a_step_to_what_is_no_number_has_no_effect() {
        let moves = [Move { factor: 1, by: 0.5 }, Move { factor: 0, by: -0.5 }];
        let found = screen(2, [([1.0, 2.0, f64::NAN].as_slice(), moves.as_slice())]);
        assert_eq!(found[0], None);
        let found = found[1].expect("an effect");
        assert_eq!((found.n, found.mean, found.mean_size_interval, found.deviation), (1, 2.0, None, None));
    }
}
