//! How colours look to readers of every eyesight, for tests of colours.

use super::palette::luminance;
use super::theme::Rgb;

/// What kinds of cones see of a colour: all three, and without those for red, green and blue, by Machado, Oliveira and
/// Fernandes (2009).
pub const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
];

/// A colour as eyes see it, in CIE L*a*b*.
pub fn seen((r, g, b): Rgb, cones: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = [r, g, b].map(|c| luminance((c, c, c)));
    let lacking = cones.map(|row| row.iter().zip(linear).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0));
    let to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let white = [0.9505, 1.0, 1.089];
    let [x, y, z] = std::array::from_fn(|i| {
        let t = to_xyz[i].iter().zip(lacking).map(|(m, c)| m * c).sum::<f64>() / white[i];
        if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far two colours are from each other to these eyes.
pub fn apart(one: Rgb, other: Rgb, cones: [[f64; 3]; 3]) -> f64 {
    seen(one, cones).iter().zip(seen(other, cones)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}
