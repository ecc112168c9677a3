//! A ratio of two means over runs, with an interval that is honest where the denominator may be nothing.
//!
//! The runs give pairs (yᵢ, xᵢ); wanted is ȳ / x̄, the ratio of totals, and not the mean of the runs' own ratios, in which a run
//! with a small denominator would weigh as much as any. The interval is Fieller's (1954, "Some problems in interval
//! estimation"): all ρ for which a t-test does not refuse that the mean of y - ρ x is 0. It is bounded exactly where the
//! interval of x̄ does not hold 0; elsewhere no bounded interval covers as often as it says (Gleser & Hwang 1987), and a ratio
//! is not given at all.
//!
//! A product of means takes the place of a mean where it must: run i then gives x̄ z̄ + (xᵢ - x̄) z̄ + x̄ (zᵢ - z̄), of which the
//! mean is the product and the spread, but for terms that vanish against it with many runs, that of the product (the delta
//! method). So a product in the denominator that may be nothing gives no ratio either.

use super::Estimate;

/// What is known of a ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ratio {
    /// The denominator is above 0.
    Known {
        /// The ratio of the means.
        value: f64,
        /// Fieller's 95 % interval; none for a single run.
        interval: Option<[f64; 2]>,
    },
    /// The denominator cannot be told from 0: its 95 % interval holds it.
    Indistinct,
    /// The denominator is below 0.
    Negative,
}

impl Ratio {
    /// What is known of the denominator: "positive", "not distinguishable from 0" or "negative".
    #[doc(hidden)]
    pub fn denominator(self) -> &'static str {
        match self {
            Ratio::Known { .. } => "positive",
            Ratio::Indistinct => "not distinguishable from 0",
            Ratio::Negative => "negative",
        }
    }

    /// The ratio of the mean of `numerators` to that of `denominators`: one whole number a run of each, in the order of runs.
    pub fn of(numerators: &[i64], denominators: &[i64]) -> Ratio {
        let real = |values: &[i64]| values.iter().map(|&value| value as f64).collect();
        let sample = |values| Sample { estimate: Estimate::of(values), values: real(values) };
        Ratio::fieller(&sample(numerators), &sample(denominators))
    }

    /// The ratio of a product of means to another; each factor is one whole number a run, in the order of runs.
    pub fn of_products(numerators: &[Vec<i64>], denominators: &[Vec<i64>]) -> Ratio {
        if let ([numerators], [denominators]) = (numerators, denominators) {
            return Ratio::of(numerators, denominators);
        }
        Ratio::fieller(&Sample::of_product(numerators), &Sample::of_product(denominators))
    }

    fn fieller(numerators: &Sample, denominators: &Sample) -> Ratio {
        let (y, x) = (numerators.estimate, denominators.estimate);
        let half = x.half_width.unwrap_or(0.0);
        if x.mean + half < 0.0 {
            return Ratio::Negative;
        }
        if x.mean - half <= 0.0 {
            return Ratio::Indistinct;
        }
        let value = y.mean / x.mean;
        let (Some(error_y), Some(error_x), Some(half_x)) = (y.error, x.error, x.half_width) else {
            return Ratio::Known { value, interval: None };
        };
        if error_x == 0.0 {
            let half = y.half_width.unwrap_or(0.0) / x.mean;
            return Ratio::Known { value, interval: Some([value - half, value + half]) };
        }
        let n = numerators.values.len() as f64;
        let pairs = numerators.values.iter().zip(&denominators.values);
        let products: f64 = pairs.map(|(b, a)| (b - y.mean) * (a - x.mean)).sum();
        let t = half_x / error_x;
        let (covariance, t_squared) = (products / (n - 1.0) / n, t * t);
        // The roots of a ρ² - 2 b ρ + c, at which the t-test just does not refuse.
        let a = x.mean * x.mean - t_squared * error_x * error_x;
        let b = x.mean * y.mean - t_squared * covariance;
        let c = y.mean * y.mean - t_squared * error_y * error_y;
        let root = (b * b - a * c).max(0.0).sqrt();
        Ratio::Known { value, interval: Some([(b - root) / a, (b + root) / a]) }
    }

    /// The ratio times a positive number.
    pub fn times(self, factor: f64) -> Ratio {
        self.map(|value| value * factor)
    }

    /// The ratio of what cannot lie outside these bounds, with no interval beyond them.
    pub fn within(self, low: f64, high: f64) -> Ratio {
        self.map(|value| value.clamp(low, high))
    }

    fn map(self, change: impl Fn(f64) -> f64) -> Ratio {
        match self {
            Ratio::Known { value, interval } => {
                Ratio::Known { value: change(value), interval: interval.map(|ends| ends.map(change)) }
            }
            other => other,
        }
    }
}

/// One number a run, and what is known of their mean.
struct Sample {
    estimate: Estimate,
    values: Vec<f64>,
}

impl Sample {
    /// What stands for a product of means: see the head of the file.
    fn of_product(factors: &[Vec<i64>]) -> Sample {
        let means: Vec<f64> = factors.iter().map(|factor| Estimate::of(factor).mean).collect();
        let product: f64 = means.iter().product();
        let others = |place: usize| -> f64 {
            means.iter().enumerate().filter(|&(other, _)| other != place).map(|(_, mean)| mean).product()
        };
        let mut values = vec![product; factors.first().map_or(0, Vec::len)];
        for (place, factor) in factors.iter().enumerate() {
            let (mean, others) = (means[place], others(place));
            values.iter_mut().zip(factor).for_each(|(value, &own)| *value += (own as f64 - mean) * others);
        }
        Sample { estimate: Estimate::around(product, values.iter().copied()), values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    #[test]
    fn an_interval_is_fieller_s() {
        let (y, x) = ([12, 15, 11, 18, 14], [4, 6, 5, 7, 5]);
        let Ratio::Known { value, interval: Some([low, high]) } = Ratio::of(&y, &x) else { panic!("known") };
        assert!((value - 14.0 / 5.4).abs() < 1e-12);
        // At each end, and nowhere within, the mean of y - ρ x is t standard errors from 0.
        for end in [low, high] {
            let rest: Vec<f64> =
                y.iter().zip(x).map(|(&y, x)| f64::from(y as i32) - end * f64::from(x as i32)).collect();
            let mean = rest.iter().sum::<f64>() / 5.0;
            let error = (rest.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 20.0).sqrt();
            assert!((mean.abs() / error - 2.776_445).abs() < 1e-4, "{mean} {error}");
        }
        assert!(low < value && value < high);
    }

    #[test]
    fn a_denominator_that_may_be_nothing_gives_no_ratio() {
        assert_eq!(Ratio::of(&[5, 5, 5], &[1, -1, 2]), Ratio::Indistinct);
        assert_eq!(Ratio::of(&[5, 5, 5], &[0, 0, 0]), Ratio::Indistinct);
        assert_eq!(Ratio::of(&[5, 5, 5], &[-9, -10, -11]), Ratio::Negative);
        assert_eq!(Ratio::of(&[5], &[0]), Ratio::Indistinct);
        assert_eq!(Ratio::of(&[6], &[4]), Ratio::Known { value: 1.5, interval: None });
        assert_eq!(Ratio::of(&[6, 6], &[4, 4]), Ratio::Known { value: 1.5, interval: Some([1.5, 1.5]) });
    }

    #[test]
    fn a_product_with_what_never_differs_is_only_scaled() {
        let (y, x) = (vec![12, 15, 11, 18, 14], vec![4, 6, 5, 7, 5]);
        let plain = Ratio::of(&y, &x);
        let product = Ratio::of_products(&[y, vec![6; 5]], &[x, vec![2; 5]]);
        let (
            Ratio::Known { value, interval: Some(ends) },
            Ratio::Known { value: tripled, interval: Some(ends_tripled) },
        ) = (plain, product)
        else {
            panic!("known")
        };
        assert!((tripled - 3.0 * value).abs() < 1e-12);
        assert!(ends.iter().zip(ends_tripled).all(|(end, tripled)| (tripled - 3.0 * end).abs() < 1e-9));
        assert_eq!(Ratio::of_products(&[vec![5, 6], vec![1, 1]], &[vec![0, 0]]), Ratio::Indistinct);
        assert_eq!(
            Ratio::of_products(&[vec![0, 0], vec![1, 2]], &[vec![2, 2]]),
            Ratio::Known { value: 0.0, interval: Some([0.0, 0.0]) }
        );
    }

    #[test]
    fn the_interval_of_a_product_covers_it_in_nineteen_of_twenty_experiments() {
        let mut draws = Dice::new(Seed(2)).stream(Purpose::Order, 0);
        let mut around = |mean: f64, sd: f64| -> i64 {
            let sum: f64 = (0..12).map(|_| draws.draw() as f64 / u64::MAX as f64).sum();
            (mean + sd * (sum - 6.0)) as i64
        };
        // Runs differ by a tenth to a third, as totals of a small market do: (1,000 · 500) / (400 · 200) = 6.25.
        let experiments = 2_000;
        let covers = (0..experiments)
            .filter(|_| {
                let mut runs = |mean: f64, sd: f64| -> Vec<i64> { (0..40).map(|_| around(mean, sd)).collect() };
                let numerators = [runs(10_000.0, 3_000.0), runs(5_000.0, 500.0)];
                let denominators = [runs(4_000.0, 800.0), runs(2_000.0, 600.0)];
                let ratio = Ratio::of_products(&numerators, &denominators);
                matches!(ratio, Ratio::Known { interval: Some([low, high]), .. } if low <= 6.25 && 6.25 <= high)
            })
            .count();
        // Null: 95 % of 2,000, a standard deviation of 9.7; five of them, so one seed in 1.7 million fails.
        assert!((1_900i32 - covers as i32).abs() < 49, "{covers} of {experiments}");
    }

    #[test]
    fn the_interval_covers_the_ratio_in_nineteen_of_twenty_experiments() {
        let mut draws = Dice::new(Seed(1)).stream(Purpose::Order, 0);
        // Sums of twelve uniform draws are close to normal; y = 2 x + noise, so that the true ratio is 2.
        let mut normal = |mean: f64, sd: f64| -> f64 {
            let sum: f64 = (0..12).map(|_| draws.draw() as f64 / u64::MAX as f64).sum();
            mean + sd * (sum - 6.0)
        };
        let experiments = 2_000;
        let covers = (0..experiments)
            .filter(|_| {
                let x: Vec<f64> = (0..20).map(|_| normal(10_000.0, 8_000.0)).collect();
                let y: Vec<i64> = x.iter().map(|x| (2.0 * x + normal(0.0, 9_000.0)) as i64).collect();
                let x: Vec<i64> = x.iter().map(|&x| x as i64).collect();
                matches!(Ratio::of(&y, &x), Ratio::Known { interval: Some([low, high]), .. } if low <= 2.0 && 2.0 <= high)
            })
            .count();
        // Null: 95 % of 2,000, a standard deviation of 9.7; five of them, so one seed in 1.7 million fails.
        assert!((1_900i32 - covers as i32).abs() < 49, "{covers} of {experiments}");
    }
}
