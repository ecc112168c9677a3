//! Means with their standard errors, and Student's t, of which intervals and tests are made.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The probability that an interval holds what it is for, and 1 less the level of a test.
pub const CONFIDENCE: f64 = 0.95;

/// How many values, and their mean with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub n: usize,
    pub mean: f64,
    /// Standard error of the mean; none for fewer than two values.
    pub error: Option<f64>,
}

impl Sample {
    /// The sample of these values; none without any.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Sample> {
        let (n, sum) = values.clone().fold((0usize, 0.0), |(n, sum), value| (n + 1, sum + value));
        if n == 0 {
            return None;
        }
        let mean = sum / n as f64;
        let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
        let error = (n > 1).then(|| (squares / (n - 1) as f64 / n as f64).sqrt());
        Some(Sample { n, mean, error })
    }
}

/// The number that |t| of so many degrees of freedom exceeds with this chance; none without degrees of freedom.
pub fn critical(chance: f64, degrees: f64) -> Option<f64> {
    Some(-law(degrees)?.inverse_cdf(chance / 2.0))
}

/// The chance that |t| of so many degrees of freedom is as large as this; none without degrees of freedom.
pub fn two_sided_p(t: f64, degrees: f64) -> Option<f64> {
    Some((2.0 * law(degrees)?.cdf(-t.abs())).min(1.0))
}

fn law(degrees: f64) -> Option<StudentsT> {
    StudentsT::new(0.0, 1.0, degrees).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_chances_are_those_of_r() {
        // qt(1 - chance / 2, degrees) in R.
        for (chance, degrees, known) in [
            (0.05, 3.0, 3.182_446_305_284_263),
            (0.05, 1.0, 12.706_204_736_174_7),
            (0.01, 9.0, 3.249_835_541_592_14),
            (0.05, 1e4, 1.960_201_264_020_4),
        ] {
            let found = critical(chance, degrees).expect("degrees");
            assert!((found / known - 1.0).abs() < 1e-6, "{chance} {degrees}: {found}");
        }
        // The tails that corrections for many comparisons need: one is the inverse of the other.
        for chance in [0.05 / 10.0, 0.05 / 1_000.0, 0.05 / 100_000.0] {
            for degrees in [3.0, 7.6, 99.0, 9_999.0] {
                let t = critical(chance, degrees).expect("degrees");
                let back = two_sided_p(t, degrees).expect("degrees");
                assert!((back / chance - 1.0).abs() < 1e-4, "{chance} {degrees}: {t} {back}");
            }
        }
        assert_eq!((critical(0.05, 0.0), two_sided_p(1.0, 0.0)), (None, None));
    }

    #[test]
    fn a_sample_knows_how_precise_its_mean_is() {
        let sample = Sample::of([1.0, 2.0, 3.0, 4.0].into_iter()).expect("values");
        assert_eq!((sample.n, sample.mean), (4, 2.5));
        assert!((sample.error.expect("two or more") - (5.0f64 / 12.0).sqrt()).abs() < 1e-15);
        assert_eq!(Sample::of([7.0].into_iter()), Some(Sample { n: 1, mean: 7.0, error: None }));
        assert_eq!(Sample::of([].into_iter()), None);
    }
}
