//! Numbers as an axis and the ends of bars show them.

use super::text::clean;
use super::theme;
use super::ticks::Ticks;
use crate::figure::{Numbers, Scale};

/// From here on a number on a log axis is written as a power of ten.
const POWERS_FROM: f64 = 1e15;
/// Below this too.
const POWERS_BELOW: f64 = 1e-4;

/// The numbers at the marks of an axis.
pub fn at_ticks(ticks: &Ticks, numbers: &Numbers, scale: Scale) -> Vec<String> {
    match scale {
        Scale::Linear => together(&ticks.at, ticks.step, numbers),
        // The marks of a log axis have no unit in common: each is written for itself.
        Scale::Log => ticks.at.iter().map(|&at| alone(at, numbers)).collect(),
    }
}

/// Numbers beside each other, to three digits of the largest, all in one unit; whole ones without decimals.
pub fn at_ends(values: &[f64], numbers: &Numbers) -> Vec<String> {
    let known = || values.iter().copied().filter(|v| v.is_finite());
    let scale = if *numbers == Numbers::Percent { 100.0 } else { 1.0 };
    let largest = known().fold(0.0, |most: f64, v| most.max(v.abs()));
    let mut step = 1e-12;
    while step * 1_000.0 <= largest {
        step *= 10.0;
    }
    // No average of runs is known more exactly than to a tenth of a per cent or to a cent.
    let least = match numbers {
        Numbers::Percent => 0.001,
        Numbers::Money { .. } => 0.01,
        Numbers::Plain => 0.0,
    };
    let is_whole = |v: f64| (v * scale - (v * scale).round()).abs() < 1e-9;
    let are_whole = largest < 1e6 && known().all(is_whole);
    let mut written = together(values, if are_whole { 1.0 / scale } else { step.max(least) }, numbers);
    // What is unknown has no unit.
    for (text, _) in written.iter_mut().zip(values).filter(|(_, value)| !value.is_finite()) {
        *text = theme::number(f64::NAN, 0);
    }
    written
}

fn together(values: &[f64], step: f64, numbers: &Numbers) -> Vec<String> {
    if *numbers != Numbers::Percent {
        return theme::axis_numbers(values, step, numbers);
    }
    let hundredfold: Vec<f64> = values.iter().map(|v| v * 100.0).collect();
    let written = theme::axis_numbers(&hundredfold, step * 100.0, &Numbers::Plain);
    written.into_iter().map(|number| number + "\u{a0}%").collect()
}

fn alone(value: f64, numbers: &Numbers) -> String {
    let number = match numbers {
        Numbers::Percent => value * 100.0,
        _ => value,
    };
    if (POWERS_BELOW * (1.0 - 1e-9)..POWERS_FROM).contains(&number) {
        return together(&[value], value, numbers).swap_remove(0);
    }
    let power = libm::floor(libm::log10(number) + 1e-9) as i32;
    let first = libm::round(number / ten_to(power)) as i64;
    let times = if first == 1 { String::new() } else { format!("{first}\u{a0}×\u{a0}") };
    let text = format!("{times}10{}", power.to_string().chars().map(raised).collect::<String>());
    match numbers {
        Numbers::Plain => text,
        Numbers::Money { prefix } => theme::with_prefix(prefix, &text),
        Numbers::Percent => text + "\u{a0}%",
    }
}

/// A digit or a minus of an exponent.
fn raised(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32('⁰' as u32 + (digit as u32 - '0' as u32)).unwrap_or(digit),
    }
}

/// A power of ten; those below one as exact as they can be.
pub fn ten_to(power: i32) -> f64 {
    if power < 0 { 1.0 / 10f64.powi(-power) } else { 10f64.powi(power) }
}

/// One number within a sentence.
pub fn in_words(value: f64, numbers: &Numbers) -> String {
    if *numbers == Numbers::Percent {
        return at_ends(&[value], numbers).swap_remove(0);
    }
    let amount = theme::number(value, if value.abs() < 100.0 && value.fract() != 0.0 { 2 } else { 0 });
    match numbers {
        Numbers::Money { prefix } => theme::with_prefix(prefix, &amount),
        _ => amount,
    }
}

/// A currency's prefix without what may not be shown; the space at its end stays.
pub fn cleaned(numbers: &Numbers) -> Numbers {
    match numbers {
        Numbers::Money { prefix } => {
            let space = if prefix.ends_with(char::is_whitespace) { "\u{a0}" } else { "" };
            Numbers::Money { prefix: clean(prefix) + space }
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars() -> Numbers {
        Numbers::Money { prefix: "$".into() }
    }

    #[test]
    fn numbers_of_a_log_axis_stand_for_themselves() {
        let ticks = Ticks { at: vec![1e-6, 0.001, 1.0, 10.0, 1_000.0, 1e6, 1e15], step: 1.0 };
        let written = at_ticks(&ticks, &Numbers::Plain, Scale::Log);
        assert_eq!(written, ["10⁻⁶", "0.001", "1", "10", "1,000", "1\u{a0}M", "10¹⁵"]);
        let ticks = Ticks { at: vec![0.01, 0.5, 100.0, 2e16], step: 1.0 };
        assert_eq!(at_ticks(&ticks, &dollars(), Scale::Log), ["$0.01", "$0.50", "$100", "$2\u{a0}×\u{a0}10¹⁶"]);
        let ticks = Ticks { at: vec![1e-7, 0.001, 1.0], step: 1.0 };
        assert_eq!(at_ticks(&ticks, &Numbers::Percent, Scale::Log), ["10⁻⁵\u{a0}%", "0.1\u{a0}%", "100\u{a0}%"]);
    }

    #[test]
    fn shares_are_written_as_per_cent() {
        let ticks = Ticks { at: vec![0.0, 0.05, 0.1], step: 0.05 };
        assert_eq!(at_ticks(&ticks, &Numbers::Percent, Scale::Linear), ["0\u{a0}%", "5\u{a0}%", "10\u{a0}%"]);
        assert_eq!(at_ends(&[0.05, 0.123_456], &Numbers::Percent), ["5.0\u{a0}%", "12.3\u{a0}%"]);
        assert_eq!(in_words(0.07, &Numbers::Percent), "7\u{a0}%");
    }

    #[test]
    fn ends_of_bars_show_three_digits_of_the_largest() {
        let table: [(&[f64], Numbers, &[&str]); 8] = [
            (&[12_345.4, -7.2], Numbers::Plain, &["12,345", "−7"]),
            (&[1.0, 250.0], Numbers::Plain, &["1", "250"]),
            (&[1.25, 2.0], Numbers::Plain, &["1.25", "2.00"]),
            (&[1_234_567.0, 0.0], dollars(), &["$1.23\u{a0}M", "$0"]),
            (&[1e9], Numbers::Plain, &["1.00\u{a0}B"]),
            (&[0.0, 0.0], dollars(), &["$0", "$0"]),
            (&[12.3456], dollars(), &["$12.35"]),
            (&[f64::NAN, 3.0], dollars(), &["—", "$3"]),
        ];
        for (values, numbers, expected) in table {
            assert_eq!(at_ends(values, &numbers), expected, "{values:?}");
        }
    }
}
