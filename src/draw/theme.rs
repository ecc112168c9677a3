//! How charts look: colours, sizes, and the way numbers are written.
//!
//! The six hues are taken from the neighbourhood of Okabe and Ito's palette, so that readers with any common form of
//! colour-blindness tell them apart; they also rise in luminance and differ in width and dash, so that grey print does.

use super::palette::readable;
use crate::figure::{Hue, Numbers, Stroke};

/// A colour, red, green and blue.
pub type Rgb = (u8, u8, u8);

/// Width of a chart [logical pixels].
pub const WIDTH: f64 = 800.0;
/// Least height of the area in which lines run [logical pixels].
pub const PLOT_HEIGHT: f64 = 320.0;
/// Free space around everything [logical pixels].
pub const PADDING: f64 = 22.0;

/// Size of the headline [logical pixels an em].
pub const TITLE_SIZE: f64 = 20.0;
/// Size of labels at lines [logical pixels an em].
pub const LABEL_SIZE: f64 = 14.0;
/// Size of numbers and titles of axes [logical pixels an em].
pub const AXIS_SIZE: f64 = 13.0;
/// Size of the caption [logical pixels an em].
pub const CAPTION_SIZE: f64 = 12.5;
/// Distance of two baselines [ems of the text].
pub const LEADING: f64 = 1.35;

/// Paper.
pub const PAPER: Rgb = (255, 255, 255);
/// Headline.
pub const INK: Rgb = (26, 26, 26);
/// Numbers, axis titles, caption.
pub const MUTED: Rgb = (85, 85, 85);
/// The axis at zero.
pub const AXIS: Rgb = (64, 64, 64);
/// Grid lines.
pub const GRID: Rgb = (226, 226, 226);
/// Lines that lead from a line's end to a label that had to move.
pub const LEADER: Rgb = (150, 150, 150);

/// Upright lines at single positions, lighter than an axis.
pub const UPRIGHT: Rgb = (115, 115, 115);

/// Share of a band's colour that covers what is behind it.
pub const BAND_COVER: f64 = 0.2;

/// What fonts an SVG asks its viewer for: the bundled one, its close relative, and the usual Chinese fonts.
pub const FONT_STACK: &str = "DejaVu Sans, Verdana, Noto Sans, Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, \
                              PingFang SC, sans-serif";

/// The colour of a line and of its label.
pub fn colour(hue: Hue) -> Rgb {
    match hue {
        Hue::First => (11, 60, 111),
        Hue::Second => (184, 72, 10),
        Hue::Third => (0, 138, 104),
        Hue::Fourth => (199, 121, 167),
        Hue::Fifth => (86, 180, 233),
        Hue::Sixth => (240, 196, 80),
    }
}

/// The colour of a label: that of its line, dark enough to be read on paper.
pub fn label_colour(hue: Hue) -> Rgb {
    match hue {
        Hue::Third => (0, 115, 86),
        Hue::Fourth => (150, 72, 120),
        other => readable(colour(other)),
    }
}

/// Width of a line [logical pixels].
pub fn line_width(hue: Hue) -> f64 {
    match hue {
        Hue::First => 2.75,
        Hue::Second => 2.25,
        Hue::Third | Hue::Fourth => 2.0,
        // Light colours need more ink.
        Hue::Fifth | Hue::Sixth => 2.5,
    }
}

/// Lengths of ink and gap in turn [logical pixels]; empty for an unbroken line.
pub fn dashes(hue: Hue, stroke: Stroke) -> &'static [f64] {
    match (stroke, hue) {
        (Stroke::Solid, _) => &[],
        (Stroke::Dashed, Hue::First) => &[12.0, 5.0],
        (Stroke::Dashed, Hue::Second) => &[7.0, 4.0],
        (Stroke::Dashed, Hue::Third) => &[2.5, 3.0],
        (Stroke::Dashed, Hue::Fourth) => &[10.0, 3.5, 2.5, 3.5],
        (Stroke::Dashed, Hue::Fifth) => &[10.0, 3.5, 2.5, 3.5, 2.5, 3.5],
        (Stroke::Dashed, Hue::Sixth) => &[5.0, 7.0],
    }
}

/// A number with thousands separators and a fixed count of decimals: "12,000", "−1,234.50".
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    if value.abs() >= 1e18 {
        return format!("{value:.2e}").replace('-', "−");
    }
    let digits = format!("{:.*}", decimals, value.abs());
    let negative = value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b));
    format!("{}{}", if negative { "−" } else { "" }, group(&digits))
}

/// Commas between the thousands of a string of digits, which may have a decimal point.
pub fn group(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::with_capacity(digits.len() + whole.len() / 3);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

/// The prefix of a currency before an amount, the sign before both: "−$1,234".
pub fn with_prefix(prefix: &str, amount: &str) -> String {
    match amount.strip_prefix('−') {
        Some(positive) => format!("−{prefix}{positive}"),
        None => format!("{prefix}{amount}"),
    }
}

/// The numbers of an axis, all in one unit and with the same decimals: "12,000", "$1.5 M".
pub fn axis_numbers(values: &[f64], step: f64, numbers: &Numbers) -> Vec<String> {
    let largest = values.iter().fold(0.0f64, |most, v| most.max(v.abs()));
    let (divisor, suffix) = match largest {
        v if v >= 1e12 => (1e12, "\u{a0}T"),
        v if v >= 1e9 => (1e9, "\u{a0}B"),
        v if v >= 1e6 => (1e6, "\u{a0}M"),
        _ => (1.0, ""),
    };
    let needed = decimals_of(step / divisor);
    values
        .iter()
        .map(|&value| {
            let zero = value == 0.0;
            match numbers {
                Numbers::Plain | Numbers::Percent => {
                    number(value / divisor, if zero { 0 } else { needed }) + if zero { "" } else { suffix }
                }
                Numbers::Money { prefix } => {
                    // Cents are two digits or none: "$0.50", never "$0.5".
                    let decimals = if needed > 0 && suffix.is_empty() { needed.max(2) } else { needed };
                    let amount = number(value / divisor, if zero { 0 } else { decimals });
                    with_prefix(prefix, &amount) + if zero { "" } else { suffix }
                }
            }
        })
        .collect()
}

/// How many decimals a step such as 0.25 needs; at most 12.
fn decimals_of(step: f64) -> usize {
    let mut scaled = step.abs();
    (0..12)
        .find(|_| {
            let whole = (scaled - scaled.round()).abs() <= 1e-6 * scaled.max(1.0) && scaled.round() >= 1.0;
            scaled *= 10.0;
            whole
        })
        .unwrap_or(12)
}

#[cfg(test)]
mod tests {
    use super::super::palette::{contrast, luminance};
    use super::*;

    #[test]
    fn hues_rise_in_luminance_and_differ_in_dash() {
        for pair in Hue::ALL.windows(2) {
            assert!(luminance(colour(pair[0])) * 1.2 < luminance(colour(pair[1])), "{pair:?} look alike in grey");
        }
        for (place, &hue) in Hue::ALL.iter().enumerate() {
            for &other in &Hue::ALL[..place] {
                assert_ne!(dashes(hue, Stroke::Dashed), dashes(other, Stroke::Dashed), "{hue:?} and {other:?}");
            }
        }
    }

    /// A colour as somebody sees it who lacks one kind of cone, by Machado, Oliveira and Fernandes (2009), in CIE L*a*b*.
    fn seen((r, g, b): Rgb, cones: [[f64; 3]; 3]) -> [f64; 3] {
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

    #[test]
    fn hues_differ_for_readers_of_every_eyesight() {
        let all = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let no_red = [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ];
        let no_green =
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
        let no_blue = [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ];
        for cones in [all, no_red, no_green, no_blue] {
            for (place, &hue) in Hue::ALL.iter().enumerate() {
                for &other in &Hue::ALL[..place] {
                    let (one, two) = (seen(colour(hue), cones), seen(colour(other), cones));
                    let apart = one.iter().zip(two).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 15.0, "{hue:?} and {other:?} are {apart} apart");
                }
            }
        }
    }

    #[test]
    fn labels_are_dark_enough_to_be_read() {
        for colour in Hue::ALL.map(label_colour).into_iter().chain([INK, MUTED]) {
            assert!(contrast(colour) >= 4.5, "{colour:?} has contrast {}", contrast(colour));
        }
    }

    #[test]
    fn numbers_have_separators_and_a_true_minus() {
        let table: [(f64, usize, &str); 9] = [
            (0.0, 0, "0"),
            (-0.001, 2, "0.00"),
            (999.0, 0, "999"),
            (1_000.0, 0, "1,000"),
            (-1_234.5, 2, "−1,234.50"),
            (1_234_567.0, 0, "1,234,567"),
            (123_456.789, 1, "123,456.8"),
            (f64::NAN, 0, "—"),
            (-2.5e20, 0, "−2.50e20"),
        ];
        for (value, decimals, expected) in table {
            assert_eq!(number(value, decimals), expected);
        }
    }

    #[test]
    fn an_axis_has_one_unit() {
        let dollars = Numbers::Money { prefix: "$".into() };
        assert_eq!(axis_numbers(&[0.0, 5_000.0, 10_000.0], 5_000.0, &Numbers::Plain), ["0", "5,000", "10,000"]);
        assert_eq!(axis_numbers(&[0.0, 5e5, 1e6], 5e5, &dollars), ["$0", "$0.5\u{a0}M", "$1.0\u{a0}M"]);
        assert_eq!(axis_numbers(&[-0.5, 0.0, 0.5], 0.5, &dollars), ["−$0.50", "$0", "$0.50"]);
        assert_eq!(axis_numbers(&[0.0, 0.1, 0.2], 0.1, &Numbers::Plain), ["0", "0.1", "0.2"]);
        assert_eq!(axis_numbers(&[2e12], 1e12, &Numbers::Plain), ["2\u{a0}T"]);
        assert_eq!(axis_numbers(&[2e9], 1e9, &Numbers::Money { prefix: "RUB ".into() }), ["RUB 2\u{a0}B"]);
    }
}
