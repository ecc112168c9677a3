//! Functions with sensitivities that are known in closed form, for tests. Arguments are from 0 to 1.

use std::f64::consts::PI;

/// Ishigami & Homma (1990), "An importance quantification technique in uncertainty analysis for computer models", of z uniform over
/// -π to π: sin z₁ + a sin² z₂ + b z₃⁴ sin z₁, a = 7, b = 0.1.
pub fn ishigami(x: &[f64]) -> f64 {
    let z = |place: usize| PI * (2.0 * x[place] - 1.0);
    let sine = z(1).sin();
    z(0).sin() * (1.0 + 0.1 * z(2).powi(4)) + 7.0 * sine * sine
}

/// The first-order and total indices of [`ishigami`]: its variance is V₁ + V₂ + V₁₃.
pub fn ishigami_indices() -> Vec<[f64; 2]> {
    let (a, b) = (7.0, 0.1);
    let first = 0.5 * (1.0 + b * PI.powi(4) / 5.0).powi(2);
    let second = a * a / 8.0;
    let together = 8.0 * b * b * PI.powi(8) / 225.0;
    let variance = first + second + together;
    [[first, first + together], [second, second], [0.0, together]]
        .map(|parts| parts.map(|part| part / variance))
        .to_vec()
}

/// The weights a of [`g_function`]: the smaller, the more the factor matters.
pub const G_WEIGHTS: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// Sobol's g-function, as Saltelli et al. (2010): Π (|4 x - 2| + a) / (1 + a).
pub fn g_function(x: &[f64]) -> f64 {
    x.iter().zip(G_WEIGHTS).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

/// The first-order and total indices of [`g_function`]: its variance is Π (1 + Vᵢ) - 1 with Vᵢ = 1 / (3 (1 + aᵢ)²).
pub fn g_indices() -> Vec<[f64; 2]> {
    let parts = G_WEIGHTS.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all: f64 = parts.iter().map(|part| 1.0 + part).product();
    parts.map(|part| [part / (all - 1.0), part * all / (1.0 + part) / (all - 1.0)]).to_vec()
}
