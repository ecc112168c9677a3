//! Numbers as an axis and the ends of bars show them.

use super::sketch::finite;
use super::text::clean;
use super::ticks::Ticks;
use crate::figure::{Numbers, Scale};
use crate::language::Language;
use crate::table::Values;

/// From here on a number on a log axis is written as a power of ten.
const POWERS_FROM: f64 = 1e15;
/// Below this too.
const POWERS_BELOW: f64 = 1e-4;

/// How the numbers of an axis are written, and in which language.
pub struct Writer {
    numbers: Numbers,
    pub language: Language,
}

/// The numbers at the marks of an axis.
pub fn at_ticks(ticks: &Ticks, writer: &Writer, scale: Scale) -> Vec<String> {
    match scale {
        Scale::Linear => writer.together(&ticks.at, ticks.step),
        // The marks of a log axis have no unit in common: each is written for itself.
        Scale::Log => ticks.at.iter().map(|&at| writer.alone(at)).collect(),
    }
}

/// Numbers beside each other, to three digits of the largest, all in one unit; whole ones without decimals.
pub fn at_ends(values: &[f64], writer: &Writer) -> Vec<String> {
    let known = || values.iter().copied().filter(|v| v.is_finite());
    let scale = if writer.numbers == Numbers::Percent { 100.0 } else { 1.0 };
    let largest = known().fold(0.0, |most: f64, v| most.max(v.abs()));
    let mut step = 1e-12;
    while step * 1_000.0 <= largest {
        step *= 10.0;
    }
    // No average of runs is known more exactly than to a tenth of a per cent or to a cent.
    let least = match writer.numbers {
        Numbers::Percent => 0.001,
        Numbers::Money { digits, .. } => 10f64.powi(-i32::from(digits)),
        Numbers::Plain => 0.0,
    };
    let is_whole = |v: f64| (v * scale - (v * scale).round()).abs() < 1e-9;
    let are_whole = largest < 1e6 && known().all(is_whole);
    writer.together(values, if are_whole { 1.0 / scale } else { step.max(least) })
}

/// Numbers beside each other, each as exact as its interval bears out: down to the second significant digit of the interval's
/// width, as tables write it, and all in one unit. One whose interval is unknown or nothing is written as if it stood alone.
pub fn at_ends_of_intervals(values: &[f64], intervals: &[(f64, f64)], writer: &Writer) -> Vec<String> {
    let scale = if writer.numbers == Numbers::Percent { 100.0 } else { 1.0 };
    let finest = match writer.numbers {
        Numbers::Money { digits, .. } => -i32::from(digits),
        _ => -6,
    };
    let step = |(&value, &(low, high)): (&f64, &(f64, f64))| {
        let width = (high - low).abs() * scale;
        let place = if width > 0.0 && width.is_finite() {
            let decade = (-12..=18).rev().find(|&power| width >= ten_to(power) * (1.0 - 1e-9)).unwrap_or(-12);
            (decade - 1).clamp(finest, 15)
        } else if (value * scale).fract() == 0.0 {
            0
        } else {
            finest.max(-2)
        };
        ten_to(place) / scale
    };
    let steps: Vec<f64> = values.iter().zip(intervals).map(step).collect();
    let rounded = |(&value, &step): (&f64, &f64)| {
        // Decimals are rounded where they are written.
        if step * scale > 1.0 { (value / step).round() * step } else { value }
    };
    let rounded: Vec<f64> = values.iter().zip(&steps).map(rounded).collect();
    writer.in_one_unit(&rounded, &steps)
}

/// One number within a sentence.
pub fn in_words(value: f64, writer: &Writer) -> String {
    if writer.numbers == Numbers::Percent {
        return at_ends(&[value], writer).swap_remove(0);
    }
    let decimals = if value.abs() < 100.0 && value.fract() != 0.0 { 2 } else { 0 };
    writer.around(&writer.language.number(value, decimals))
}

impl Writer {
    /// These numbers in this language, without what may not be shown in the prefix of a currency; the space at its end stays.
    pub fn new(numbers: &Numbers, language: Language) -> Writer {
        let numbers = match numbers {
            Numbers::Money { prefix, digits } => {
                let space = if prefix.ends_with(char::is_whitespace) { "\u{a0}" } else { "" };
                Numbers::Money { prefix: clean(prefix) + space, digits: *digits }
            }
            other => other.clone(),
        };
        Writer { numbers, language }
    }

    /// The same without the sign of a currency.
    pub fn without_sign(&self) -> Writer {
        let numbers = match &self.numbers {
            Numbers::Money { digits, .. } => Numbers::Money { prefix: String::new(), digits: *digits },
            other => other.clone(),
        };
        Writer { numbers, language: self.language }
    }

    /// The names in a column; numbers as bare ones.
    pub fn names(&self, values: &Values) -> Vec<String> {
        match values {
            // "5 %" is one word.
            Values::Name(names) => names.iter().map(|name| clean(name).replace(" %", "\u{a0}%")).collect(),
            numbers => at_ends(&finite(numbers.reals()), &self.plain()),
        }
    }

    /// Bare numbers in the same language.
    pub fn plain(&self) -> Writer {
        Writer { numbers: Numbers::Plain, language: self.language }
    }

    fn around(&self, amount: &str) -> String {
        match &self.numbers {
            Numbers::Plain => amount.to_owned(),
            Numbers::Money { prefix, .. } if prefix.is_empty() => amount.to_owned(),
            Numbers::Money { prefix, .. } => self.language.with_sign(prefix, amount),
            Numbers::Percent => self.language.hundredths(amount),
        }
    }

    /// Numbers all in one unit and with the same decimals: "12,000", "$1.5 M".
    fn together(&self, values: &[f64], step: f64) -> Vec<String> {
        self.in_one_unit(values, &vec![step; values.len()])
    }

    /// Numbers all in one unit, each with the decimals of its own step.
    fn in_one_unit(&self, values: &[f64], steps: &[f64]) -> Vec<String> {
        let scale = if self.numbers == Numbers::Percent { 100.0 } else { 1.0 };
        let largest = values.iter().fold(0.0f64, |most, v| most.max((v * scale).abs()));
        // A unit that makes one of them "0.0050 M" is none.
        let (divisor, unit) = match self.language.unit_of(largest) {
            (divisor, _) if steps.iter().any(|step| decimals_of(step * scale / divisor) > 3) => (1.0, ""),
            short => short,
        };
        let decimals = |step: f64| {
            let needed = decimals_of(step * scale / divisor);
            // Cents are two digits or none: "$0.50", never "$0.5".
            match self.numbers {
                Numbers::Money { digits, .. } if needed > 0 && unit.is_empty() => needed.max(usize::from(digits)),
                _ => needed,
            }
        };
        let write = |(&value, &step): (&f64, &f64)| match value {
            0.0 => self.around("0"),
            // What is unknown has no unit.
            unknown if !unknown.is_finite() => self.language.number(unknown, 0),
            known => self.around(&(self.language.number(known * scale / divisor, decimals(step)) + unit)),
        };
        values.iter().zip(steps).map(write).collect()
    }

    fn alone(&self, value: f64) -> String {
        let number = if self.numbers == Numbers::Percent { value * 100.0 } else { value };
        if (POWERS_BELOW * (1.0 - 1e-9)..POWERS_FROM).contains(&number) {
            return self.together(&[value], value).swap_remove(0);
        }
        let power = libm::floor(libm::log10(number) + 1e-9) as i32;
        let first = libm::round(number / ten_to(power)) as i64;
        let times = if first == 1 { String::new() } else { format!("{first}\u{a0}×\u{a0}") };
        self.around(&format!("{times}10{}", power.to_string().chars().map(raised).collect::<String>()))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn english(numbers: Numbers) -> Writer {
        Writer::new(&numbers, Language::English)
    }

    fn dollars() -> Numbers {
        Numbers::Money { prefix: "$".into(), digits: 2 }
    }

    #[test]
    fn numbers_of_a_log_axis_stand_for_themselves() {
        let ticks = Ticks { at: vec![1e-6, 0.001, 1.0, 10.0, 1_000.0, 1e6, 1e15], step: 1.0 };
        let written = at_ticks(&ticks, &english(Numbers::Plain), Scale::Log);
        assert_eq!(written, ["10⁻⁶", "0.001", "1", "10", "1,000", "1\u{a0}M", "10¹⁵"]);
        let ticks = Ticks { at: vec![0.01, 0.5, 100.0, 2e16], step: 1.0 };
        assert_eq!(
            at_ticks(&ticks, &english(dollars()), Scale::Log),
            ["$0.01", "$0.50", "$100", "$2\u{a0}×\u{a0}10¹⁶"]
        );
        let ticks = Ticks { at: vec![1e-7, 0.001, 1.0], step: 1.0 };
        assert_eq!(
            at_ticks(&ticks, &english(Numbers::Percent), Scale::Log),
            ["10⁻⁵\u{a0}%", "0.1\u{a0}%", "100\u{a0}%"]
        );
    }

    #[test]
    fn shares_are_written_as_per_cent() {
        let ticks = Ticks { at: vec![0.0, 0.05, 0.1], step: 0.05 };
        assert_eq!(at_ticks(&ticks, &english(Numbers::Percent), Scale::Linear), ["0\u{a0}%", "5\u{a0}%", "10\u{a0}%"]);
        assert_eq!(at_ends(&[0.05, 0.123_456], &english(Numbers::Percent)), ["5.0\u{a0}%", "12.3\u{a0}%"]);
        assert_eq!(in_words(0.07, &english(Numbers::Percent)), "7\u{a0}%");
    }

    #[test]
    fn a_currency_without_cents_has_none() {
        let yen = english(Numbers::Money { prefix: "¥".into(), digits: 0 });
        assert_eq!(at_ends(&[5.23, 4.0], &yen), ["¥5", "¥4"]);
        assert_eq!(at_ends_of_intervals(&[5.23], &[(4.9, 5.6)], &yen), ["¥5"]);
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
            assert_eq!(at_ends(values, &english(numbers)), expected, "{values:?}");
        }
    }

    #[test]
    fn ends_of_bars_are_as_exact_as_their_intervals_and_as_the_tables() {
        use crate::report::words::{Currency, Locale, Quantity};
        let currency = Currency::Sign { sign: "$".into(), digits: 2 };
        let tables = Locale { language: Language::English, currency };
        let bars = [
            (938.4, 800.0, 1_070.0),
            (-1_234.5, -1_240.0, -1_229.0),
            (0.123_4, 0.1, 0.15),
            (12.0, 12.0, 12.0),
            (87_654.0, 60_000.0, 115_000.0),
            (3.333, 3.333, 3.333),
            (0.0, 0.0, 0.0),
        ];
        let (values, intervals): (Vec<f64>, Vec<(f64, f64)>) =
            bars.iter().map(|&(value, low, high)| (value, (low, high))).unzip();
        for (numbers, quantity) in
            [(dollars(), Quantity::Money), (Numbers::Plain, Quantity::Plain), (Numbers::Percent, Quantity::Share)]
        {
            let written = at_ends_of_intervals(&values, &intervals, &english(numbers));
            let in_tables = bars.map(|(value, low, high)| tables.estimate(value, low, high, quantity));
            assert!(written == in_tables || quantity == Quantity::Share, "{written:?} {in_tables:?}");
            // The last is nothing, and has no decimals on a chart.
            assert_eq!(written[..6], in_tables[..6]);
        }
        let large = at_ends_of_intervals(&[1_234_567.0, 5_000.0], &[(1.1e6, 1.4e6), (2e3, 8e3)], &english(dollars()));
        let alone = at_ends_of_intervals(&[1_234_567.0], &[(1.1e6, 1.4e6)], &english(dollars()));
        assert_eq!(alone, ["$1.23\u{a0}M"]);
        assert_eq!(large, ["$1,230,000", "$5,000"]);
        assert_eq!(at_ends_of_intervals(&[f64::NAN], &[(f64::NAN, f64::NAN)], &english(dollars())), ["—"]);
    }

    #[test]
    fn an_axis_has_one_unit() {
        let axis = |values: &[f64], step: f64, numbers: Numbers| english(numbers).together(values, step);
        assert_eq!(axis(&[0.0, 5_000.0, 10_000.0], 5_000.0, Numbers::Plain), ["0", "5,000", "10,000"]);
        assert_eq!(axis(&[0.0, 5e5, 1e6], 5e5, dollars()), ["$0", "$0.5\u{a0}M", "$1.0\u{a0}M"]);
        assert_eq!(axis(&[-0.5, 0.0, 0.5], 0.5, dollars()), ["−$0.50", "$0", "$0.50"]);
        assert_eq!(axis(&[0.0, 0.1, 0.2], 0.1, Numbers::Plain), ["0", "0.1", "0.2"]);
        assert_eq!(axis(&[2e12], 1e12, Numbers::Plain), ["2\u{a0}T"]);
        assert_eq!(axis(&[2e9], 1e9, Numbers::Money { prefix: "RUB ".into(), digits: 2 }), ["RUB\u{a0}2\u{a0}B"]);
    }

    #[test]
    fn units_are_those_of_the_language() {
        let told = |language: Language| {
            let money = Writer::new(&dollars(), language);
            [money.together(&[1.5e6], 5e5), money.together(&[-3e9], 1e9), money.together(&[25_000.0], 1e3)].concat()
        };
        assert_eq!(told(Language::English), ["$1.5\u{a0}M", "−$3\u{a0}B", "$25,000"]);
        assert_eq!(told(Language::Chinese), ["$150\u{a0}万", "−$30\u{a0}亿", "$25,000"]);
        assert_eq!(told(Language::Russian), ["1,5\u{a0}млн\u{a0}$", "−3\u{a0}млрд\u{a0}$", "25\u{a0}000\u{a0}$"]);
    }
}
