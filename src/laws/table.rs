//! Laws as alias tables over whole numbers: counts over 0, 1, 2, …, delays over ticks.
//!
//! All transcendental functions are libm's, so that the same table comes out on every platform. Weights below 10⁻¹⁸ of
//! the largest are left out: no run of any length would notice. A delay is rounded to the nearest tick; what lies past
//! the horizon is lumped into one value just past it, which the agenda drops.

use super::{CountLaw, DelayLaw};
use crate::alias::AliasTable;
use crate::units::Tick;

/// Weights smaller than this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-18;

impl CountLaw {
    /// The law as a table; nothing for "everybody", which depends on the audience.
    pub fn table(&self) -> Option<AliasTable> {
        Some(match *self {
            CountLaw::Fixed(count) => AliasTable::constant(count),
            CountLaw::Poisson { mean } => from_mode(mean, |k| mean / (k + 1.0)),
            CountLaw::NegativeBinomial { mean, dispersion } => negative_binomial(mean, dispersion),
            CountLaw::Geometric { mean } => negative_binomial(mean, 1.0),
            CountLaw::AllNeighbours => return None,
        })
    }
}

/// Failures before the `dispersion`-th success, parametrised by the mean m and dispersion s:
/// p(k+1) / p(k) = (k + s) / (k + 1) · m / (m + s).
fn negative_binomial(mean: f64, dispersion: f64) -> AliasTable {
    let odds = mean / (mean + dispersion);
    from_mode((odds * (dispersion - 1.0) / (1.0 - odds)).max(0.0), |k| (k + dispersion) / (k + 1.0) * odds)
}

/// The law on 0, 1, 2, … whose weights follow p(k+1) = p(k) · ratio(k) and peak near `mode`.
fn from_mode(mode: f64, ratio: impl Fn(f64) -> f64) -> AliasTable {
    let mode = mode as u32;
    let mut below = vec![];
    let mut weight = 1.0;
    for k in (0..mode).rev() {
        weight /= ratio(f64::from(k));
        if weight < NEGLIGIBLE {
            break;
        }
        below.push(weight);
    }
    let first = mode - below.len() as u32;
    let mut weights: Vec<f64> = below.into_iter().rev().collect();
    weight = 1.0;
    let mut k = f64::from(mode);
    while weight >= NEGLIGIBLE {
        weights.push(weight);
        weight *= ratio(k);
        k += 1.0;
    }
    AliasTable::new(first, &weights)
}

impl DelayLaw {
    /// The law as a table over ticks; whatever lies past `horizon` comes out as one tick past it.
    pub fn table(&self, horizon: Tick) -> AliasTable {
        let never = Tick(horizon.0.saturating_add(1));
        match *self {
            DelayLaw::Fixed(delay) => AliasTable::constant(delay.min(never).0),
            DelayLaw::Exponential { mean } => {
                let mean = f64::from(mean.0);
                from_tail(horizon, |t| if mean == 0.0 { 0.0 } else { libm::exp(-t / mean) })
            }
            DelayLaw::Gamma { mean, shape } => {
                let scale = f64::from(mean.0) / shape;
                from_tail(horizon, |t| if scale == 0.0 { 0.0 } else { gamma_tail(shape, t / scale) })
            }
            DelayLaw::LogNormal { median, sigma } => {
                let median = libm::log(f64::from(median.0));
                from_tail(horizon, |t| {
                    if sigma == 0.0 {
                        return f64::from(u8::from(libm::log(t) < median));
                    }
                    0.5 * libm::erfc((libm::log(t) - median) / (sigma * std::f64::consts::SQRT_2))
                })
            }
            DelayLaw::Uniform { least, most } => {
                let (low, high) = (f64::from(least.0), f64::from(most.0));
                let width = high - low;
                from_tail(horizon, |t| {
                    if width == 0.0 { f64::from(u8::from(t < low)) } else { ((high - t) / width).clamp(0.0, 1.0) }
                })
            }
        }
    }
}

/// The law on ticks whose chance of exceeding t > 0 is `tail(t)`, rounded to the nearest tick.
fn from_tail(horizon: Tick, tail: impl Fn(f64) -> f64) -> AliasTable {
    let mut weights = vec![];
    let mut exceeding = 1.0;
    for tick in 0..=horizon.0 {
        let beyond = tail(f64::from(tick) + 0.5);
        weights.push((exceeding - beyond).max(0.0));
        exceeding = beyond;
        if exceeding < NEGLIGIBLE {
            break;
        }
    }
    if exceeding >= NEGLIGIBLE {
        weights.push(exceeding);
    }
    let first = weights.iter().position(|&weight| weight > 0.0).unwrap_or(0);
    AliasTable::new(first as u32, &weights[first..])
}

/// The upper regularised incomplete gamma function Q(a, x), by its series below a + 1 and by Lentz's continued fraction
/// above (Press et al., Numerical Recipes, 6.2).
fn gamma_tail(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-16 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return (1.0 - front * sum).max(0.0);
    }
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b).max(TINY);
        c = (b + numerator / c).max(TINY);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;
    use rand_distr::Distribution;

    fn moments(table: &AliasTable) -> (f64, f64) {
        let first = f64::from(table.max() + 1) - table.probabilities().len() as f64;
        let (mut mean, mut square) = (0.0, 0.0);
        for (i, p) in table.probabilities().iter().enumerate() {
            let k = first + i as f64;
            mean += p * k;
            square += p * k * k;
        }
        (mean, square - mean * mean)
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1e-3), "{found} is not {expected}");
    }

    #[test]
    fn count_laws_have_their_mean_and_variance() {
        for mean in [0.01, 0.5, 12.0, 20.0, 300.0, 5_000.0] {
            let (m, v) = moments(&CountLaw::Poisson { mean }.table().expect("drawn"));
            close(m, mean);
            close(v, mean);
            let (m, v) = moments(&CountLaw::Geometric { mean }.table().expect("drawn"));
            close(m, mean);
            close(v, mean + mean * mean);
            for dispersion in [0.5, 2.0, 40.0] {
                let (m, v) = moments(&CountLaw::NegativeBinomial { mean, dispersion }.table().expect("drawn"));
                close(m, mean);
                close(v, mean + mean * mean / dispersion);
            }
        }
        let nobody = CountLaw::Poisson { mean: 0.0 }.table().expect("drawn");
        assert_eq!(nobody.max(), 0);
    }

    #[test]
    fn delay_laws_have_their_mean_and_spread() {
        let day = f64::from(Tick::PER_DAY);
        let five = Tick(5 * Tick::PER_DAY);
        let far = Tick(2_000 * Tick::PER_DAY);
        let check = |law: DelayLaw, mean: f64, sd: f64| {
            let (m, v) = moments(&law.table(far));
            // Rounding to a tick adds at most its own variance, 1/12, and a part in a thousand of bias at this scale.
            assert!((m - mean * day).abs() < 1.0, "{law:?}: mean {} days", m / day);
            assert!((v.sqrt() - sd * day).abs() < 2.0, "{law:?}: sd {} days", v.sqrt() / day);
        };
        check(DelayLaw::Fixed(five), 5.0, 0.0);
        check(DelayLaw::Exponential { mean: five }, 5.0, 5.0);
        check(DelayLaw::Gamma { mean: five, shape: 2.0 }, 5.0, 5.0 / 2f64.sqrt());
        check(DelayLaw::Gamma { mean: five, shape: 0.5 }, 5.0, 5.0 * 2f64.sqrt());
        check(DelayLaw::Gamma { mean: five, shape: 50.0 }, 5.0, 5.0 / 50f64.sqrt());
        let spread = (0.8f64 * 0.8).exp();
        check(
            DelayLaw::LogNormal { median: five, sigma: 0.8 },
            5.0 * spread.sqrt(),
            5.0 * (spread * (spread - 1.0)).sqrt(),
        );
        let low = Tick(Tick::PER_DAY);
        check(DelayLaw::Uniform { least: low, most: Tick(9 * Tick::PER_DAY) }, 5.0, 8.0 / 12f64.sqrt());
    }

    #[test]
    fn what_lies_past_the_horizon_never_comes() {
        let week = Tick(7 * Tick::PER_DAY);
        let table = DelayLaw::Exponential { mean: week }.table(week);
        assert_eq!(table.max(), week.0 + 1);
        let past = table.probabilities().last().copied().expect("not empty");
        assert!((past - (-1f64).exp()).abs() < 1e-4, "{past}");
        assert_eq!(DelayLaw::Fixed(Tick(1_000_000)).table(week), AliasTable::constant(week.0 + 1));
        assert_eq!(DelayLaw::Exponential { mean: Tick(0) }.table(week).max(), 0);
    }

    #[test]
    fn tables_draw_what_rand_distr_draws() {
        // Null: the same law. Two samples of 20,000 by Kolmogorov-Smirnov; the critical value at 10⁻⁶ is
        // sqrt(-ln(10⁻⁶ / 2) / 2) · sqrt(2 / 20,000) = 0.0269. Fixed seed: it fails for one seed in a million.
        const N: usize = 20_000;
        let mut draws = crate::dice::Dice::new(crate::units::Seed(5)).stream(crate::dice::Purpose::Graph, 0);
        let far = Tick(2_000 * Tick::PER_DAY);
        let mean = Tick(5 * Tick::PER_DAY);
        let scale = f64::from(mean.0);
        let mut check = |table: AliasTable, mut reference: Box<dyn FnMut(&mut crate::dice::Draws) -> f64>| {
            let mut ours: Vec<f64> = (0..N).map(|_| f64::from(table.draw(draws.draw()))).collect();
            let mut theirs: Vec<f64> = (0..N).map(|_| reference(&mut draws).round()).collect();
            ours.sort_by(f64::total_cmp);
            theirs.sort_by(f64::total_cmp);
            let share = |sample: &[f64], x: f64| sample.partition_point(|&y| y <= x) as f64 / N as f64;
            let gap = ours.iter().map(|&x| (share(&ours, x) - share(&theirs, x)).abs()).fold(0.0, f64::max);
            assert!(gap < 0.0269, "{gap}");
        };
        let poisson = rand_distr::Poisson::new(12.0).expect("valid");
        check(CountLaw::Poisson { mean: 12.0 }.table().expect("drawn"), Box::new(move |d| poisson.sample(d)));
        let geometric = rand_distr::Geometric::new(1.0 / 13.0).expect("valid");
        let sample = move |d: &mut crate::dice::Draws| geometric.sample(d) as f64;
        check(CountLaw::Geometric { mean: 12.0 }.table().expect("drawn"), Box::new(sample));
        let exponential = rand_distr::Exp::new(1.0 / scale).expect("valid");
        check(DelayLaw::Exponential { mean }.table(far), Box::new(move |d| exponential.sample(d)));
        let gamma = rand_distr::Gamma::new(2.0, scale / 2.0).expect("valid");
        check(DelayLaw::Gamma { mean, shape: 2.0 }.table(far), Box::new(move |d| gamma.sample(d)));
        let log_normal = rand_distr::LogNormal::new(scale.ln(), 0.8).expect("valid");
        check(DelayLaw::LogNormal { median: mean, sigma: 0.8 }.table(far), Box::new(move |d| log_normal.sample(d)));
        let uniform = move |d: &mut crate::dice::Draws| d.random_range(0.0..scale);
        check(DelayLaw::Uniform { least: Tick(0), most: mean }.table(far), Box::new(uniform));
    }
}
