//! Means with their precision, quantiles, and two formulas of the field: the net promoter score and the size of a family.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean over runs, and how precisely it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean over the runs.
    pub mean: f64,
    /// Standard error of the mean; none for a single run.
    pub error: Option<f64>,
    /// Half-width of the 95 % interval for the mean, by Student's t; none for a single run.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// The estimate from one whole number per run (in the order of runs, so that the same bits come out every time).
    pub fn of(values: &[i64]) -> Estimate {
        // Sums of whole numbers are exact.
        let sum: i128 = values.iter().map(|&v| i128::from(v)).sum();
        Estimate::around(sum as f64 / values.len() as f64, values.iter().map(|&v| v as f64))
    }

    /// The estimate from one number per run, of which the mean is known.
    pub(super) fn around(mean: f64, values: impl ExactSizeIterator<Item = f64>) -> Estimate {
        if values.len() < 2 {
            return Estimate { mean, error: None, half_width: None };
        }
        let n = values.len() as f64;
        let squares: f64 = values.map(|v| (v - mean) * (v - mean)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        let t = StudentsT::new(0.0, 1.0, n - 1.0).map_or(f64::NAN, |law| law.inverse_cdf(0.975));
        Estimate { mean, error: Some(error), half_width: Some(t * error) }
    }
}

/// The answers of a survey that asks how likely a recommendation is, from 0 to 10 (Reichheld 2003).
///
/// Numbers of answers; means over runs may be fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nps {
    /// Answers of 9 and 10 \[answers\].
    pub promoters: f64,
    /// Answers of 7 and 8 \[answers\].
    pub passives: f64,
    /// Answers of 0 to 6 \[answers\].
    pub detractors: f64,
}

impl Nps {
    /// The net promoter score: promoters less detractors, in hundredths of the answers, -100 to 100; nothing without
    /// answers.
    pub fn score(&self) -> Option<f64> {
        let (promoters, detractors, _) = self.shares()?;
        Some(100.0 * (promoters - detractors))
    }

    /// The standard error of the score as that of everybody of whom these answered: each answer counts 1, 0 or -1, and
    /// its variance is `p + d - (p - d)²`. Nothing without answers.
    pub fn standard_error(&self) -> Option<f64> {
        let (promoters, detractors, answers) = self.shares()?;
        let difference = promoters - detractors;
        Some(100.0 * ((promoters + detractors - difference * difference).max(0.0) / answers).sqrt())
    }

    fn shares(&self) -> Option<(f64, f64, f64)> {
        let answers = self.promoters + self.passives + self.detractors;
        (answers > 0.0).then(|| (self.promoters / answers, self.detractors / answers, answers))
    }
}

/// The quantile of sorted whole numbers, interpolated linearly between order statistics (Hyndman & Fan 1996, type 7;
/// the default of R, numpy and Excel). `percent` in 0..=100; nothing for an empty slice.
pub fn quantile_sorted(sorted: &[i64], percent: u32) -> Option<f64> {
    // In whole hundredths of a place, so that a quantile that falls on an order statistic is exactly it.
    let place = sorted.len().checked_sub(1)? * percent as usize;
    let (low, hundredths) = (sorted[place / 100], place % 100);
    let high = sorted[place.div_ceil(100)];
    Some(low as f64 + (high - low) as f64 * hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r() {
        // quantile(c(1, 2, 4, 8, 16), c(0, .05, .5, .95, 1)) in R 4.
        let sorted = [1, 2, 4, 8, 16];
        let quantiles = [0, 5, 50, 95, 100].map(|percent| quantile_sorted(&sorted, percent).expect("not empty"));
        let expected = [1.0, 1.2, 4.0, 14.4, 16.0];
        assert!(quantiles.iter().zip(expected).all(|(q, e)| (q - e).abs() < 1e-12), "{quantiles:?}");
        assert_eq!(quantile_sorted(&[], 50), None);
    }

    #[test]
    fn a_survey_s_score_knows_how_precise_it_is() {
        let nps = Nps { promoters: 200.0, passives: 120.0, detractors: 80.0 };
        assert!((nps.score().expect("answers") - 30.0).abs() < 1e-12);
        assert!((nps.standard_error().expect("answers") - 3.905_124_84).abs() < 1e-8);
        let agreed = Nps { promoters: 7.0, passives: 0.0, detractors: 0.0 };
        assert_eq!((agreed.score(), agreed.standard_error()), (Some(100.0), Some(0.0)));
        assert_eq!(Nps { promoters: 0.0, passives: 0.0, detractors: 0.0 }.score(), None);
    }

    #[test]
    fn the_interval_is_student_s() {
        let estimate = Estimate::of(&[1, 2, 3, 4]);
        assert_eq!(estimate.mean, 2.5);
        let error = (5.0f64 / 3.0 / 4.0).sqrt();
        assert!((estimate.error.expect("two runs or more") - error).abs() < 1e-12);
        // t(0.975, 3) = 3.182446.
        assert!((estimate.half_width.expect("two runs or more") - 3.182_446 * error).abs() < 1e-5);
        assert_eq!(Estimate::of(&[7]).half_width, None);
    }
}
