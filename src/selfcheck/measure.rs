//! What was found against what was expected: the tolerance of a check for the runs that were played, and the verdict.
//!
//! Null: the engine draws from the law that the reference describes. A tolerance is mostly four standard errors, worked out
//! again for the number of runs played; a check of a right engine then fails for 6 in 100,000 seeds.

use super::case::{Check, Tolerance};

/// What was found of one check.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The case.
    pub case: String,
    /// The quantity, in the words of the case.
    pub quantity: String,
    /// What it should be.
    pub reference: f64,
    /// What it is; not a number where no run counted.
    pub measured: f64,
    /// How far from the reference it may be.
    pub tolerance: f64,
    /// How far it is, in standard errors, where there are such.
    pub z: Option<f64>,
    /// How many runs were played; 0 for arithmetic.
    pub runs: u32,
    /// How many of them count for it.
    pub counted: u32,
}

impl Finding {
    /// Whether it is within its tolerance.
    pub fn holds(&self) -> bool {
        (self.measured - self.reference).abs() <= self.tolerance
    }

    /// The finding of a check of a case from its values, one for each run that counts; `asked` is how many runs the case
    /// asked for.
    pub fn of(case: &str, check: &Check, values: &[f64], runs: u32, asked: u32) -> Finding {
        let n = values.len() as f64;
        let measured = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - measured).powi(2)).sum();
        let sample = if values.len() > 1 { (squares / (n - 1.0) / n).sqrt() } else { 0.0 };
        let (tolerance, error) = match check.tolerance {
            Tolerance::Known(deviation) => (4.0 * deviation / n.sqrt(), deviation / n.sqrt()),
            Tolerance::Sample { times, more } => (times * sample + more, sample),
            Tolerance::Relative(share) => ((share * check.reference.abs()).max(1e-9), 0.0),
            // Meant for the runs asked for: with fewer, chance may take more room.
            Tolerance::Within(width) if runs < asked => (width.max(4.0 * sample), sample),
            Tolerance::Within(width) => (width.max(rounding(check.reference)), sample),
        };
        let z = Some((measured - check.reference) / error).filter(|z| error > 0.0 && z.is_finite());
        Finding {
            case: case.to_owned(),
            quantity: check.quantity.clone(),
            reference: check.reference,
            measured,
            tolerance,
            z,
            runs,
            counted: values.len() as u32,
        }
    }
}

/// How far a reference may be from what it was rounded from: cases write nine digits of each.
fn rounding(reference: f64) -> f64 {
    if reference == 0.0 { 0.0 } else { 0.5 * libm::pow(10.0, libm::floor(libm::log10(reference.abs())) - 8.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(tolerance: Tolerance, values: &[f64], asked: u32) -> Finding {
        let check = Check { quantity: "q".to_owned(), reference: 1.0, tolerance };
        Finding::of("G1", &check, values, values.len() as u32, asked)
    }

    #[test]
    fn tolerances_are_worked_out_for_the_runs_that_were_played() {
        // Mean 1.5, sample deviation 0.5774, standard error 0.2887.
        let values = [1.0, 2.0, 1.0, 2.0];
        let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        let known = finding(Tolerance::Known(0.5), &values, 4);
        assert!(near(known.tolerance, 1.0) && near(known.z.expect("an error"), 2.0) && known.holds());
        let sample = finding(Tolerance::Sample { times: 1.0, more: 0.1 }, &values, 4);
        assert!(near(sample.tolerance, 0.3887) && !sample.holds());
        let within = finding(Tolerance::Within(0.3), &values, 4);
        assert!(near(within.tolerance, 0.3) && !within.holds());
        // Half the runs that were asked for.
        let fewer = finding(Tolerance::Within(0.3), &values, 8);
        assert!(near(fewer.tolerance, 1.1547) && fewer.holds());
        // No finer than the ninth digit of the reference.
        let rounded = finding(Tolerance::Within(1e-9), &[1.0 + 4e-9], 1);
        assert!(rounded.holds() && !finding(Tolerance::Within(1e-9), &[1.0 + 6e-9], 1).holds());
        let exact = finding(Tolerance::Relative(1e-6), &[1.0], 1);
        assert!(exact.holds() && exact.z.is_none());
    }

    #[test]
    fn what_no_run_counts_for_does_not_hold() {
        let none = finding(Tolerance::Within(0.3), &[], 4);
        assert!(!none.holds() && none.z.is_none() && none.counted == 0);
        assert!(!finding(Tolerance::Sample { times: 4.0, more: 0.0 }, &[f64::NAN, 1.0], 4).holds());
    }
}
