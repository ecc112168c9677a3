//! Numbers as they stand in sentences: separators, currencies, and no more digits than the interval bears out.
//!
//! Axes have their own numbers (`draw::theme`), which share a unit; a sentence writes each number out.

use crate::draw::theme::{group, number, with_prefix};

/// How a currency is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Currency {
    /// Before the amount: "$1,234.50".
    Sign {
        /// The sign, "$".
        sign: String,
        /// Decimal digits of the currency.
        digits: u8,
    },
    /// After the amount: "1,234.50 RUB".
    Code {
        /// The code, "RUB".
        code: String,
        /// Decimal digits of the currency.
        digits: u8,
    },
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// People, words, days: a bare number.
    Plain,
    /// Money, in major units.
    Money(Currency),
    /// A share of one, shown in hundredths: 0.042 is "4.2 %".
    Share,
}

impl Currency {
    fn digits(&self) -> usize {
        match self {
            Currency::Sign { digits, .. } | Currency::Code { digits, .. } => usize::from(*digits),
        }
    }

    fn around(&self, amount: &str) -> String {
        match self {
            Currency::Sign { sign, .. } => with_prefix(sign, amount),
            Currency::Code { code, .. } => format!("{amount}\u{a0}{code}"),
        }
    }
}

impl Quantity {
    /// What the number is multiplied by before it is written.
    fn scale(&self) -> f64 {
        if *self == Quantity::Share { 100.0 } else { 1.0 }
    }

    fn around(&self, amount: &str) -> String {
        match self {
            Quantity::Plain => amount.to_owned(),
            Quantity::Money(currency) => currency.around(amount),
            Quantity::Share => format!("{amount}\u{a0}%"),
        }
    }

    /// A number rounded to multiples of 10^`place`; money has all its decimals or none.
    fn rounded(&self, value: f64, place: i32) -> String {
        let unit = 10f64.powi(place.max(0));
        let rounded = if place > 0 { (value * self.scale() / unit).round() * unit } else { value * self.scale() };
        let wanted = place.min(0).unsigned_abs() as usize;
        let decimals = match self {
            Quantity::Money(currency) if wanted > 0 => currency.digits(),
            _ => wanted,
        };
        self.around(&number(rounded, decimals))
    }
}

/// An exact count: "12,000".
pub fn count(value: i64) -> String {
    let digits = group(&value.unsigned_abs().to_string());
    if value < 0 { format!("−{digits}") } else { digits }
}

/// An exact amount, given in minor units: "$1,234.50", "1,234.50 RUB", "−¥500".
pub fn money(minor: i64, currency: &Currency) -> String {
    let digits = currency.digits();
    let padded = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (major, rest) = padded.split_at(padded.len() - digits);
    let point = if digits > 0 { "." } else { "" };
    let minus = if minor < 0 { "−" } else { "" };
    currency.around(&format!("{minus}{}{point}{rest}", group(major)))
}

/// An amount in major units, to the minor unit or, if `is_round`, to the major one: "$1,234.50", "$1,235".
pub fn amount(value: f64, is_round: bool, currency: &Currency) -> String {
    currency.around(&number(value, if is_round { 0 } else { currency.digits() }))
}

/// A share of one in hundredths, with three significant digits or whole numbers: "4.25 %", "100 %".
pub fn percent(share: f64) -> String {
    let hundredths = (share * 100.0).abs();
    let decimals = match hundredths {
        h if h == 0.0 || h >= 99.95 => 0,
        h if h >= 9.995 => 1,
        h if h >= 0.9995 => 2,
        _ => 3,
    };
    let digits = number(share * 100.0, decimals);
    let short = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    format!("{short}\u{a0}%")
}

/// An interval with as many digits as its width bears out: "1,204 to 1,260", "$1,200 to $1,900".
pub fn interval(low: f64, high: f64, quantity: &Quantity) -> String {
    let place = place_of(low, high, quantity);
    let (low, high) = (quantity.rounded(low, place), quantity.rounded(high, place));
    if low == high { low } else { format!("{low} to {high}") }
}

/// A mean with the digits of its interval: 1,231.7 within 1,204 to 1,260 is "1,232".
pub fn estimate(mean: f64, low: f64, high: f64, quantity: &Quantity) -> String {
    quantity.rounded(mean, place_of(low, high, quantity))
}

/// A value that was observed, such as a median: exact where it is short, else to four digits or so. Never rounded by how
/// much others differ from it, and never to nothing.
pub fn observed(value: f64, quantity: &Quantity) -> String {
    let size = (value * quantity.scale()).abs();
    let finest = match quantity {
        Quantity::Money(currency) => -(currency.digits() as i32),
        Quantity::Plain | Quantity::Share => -1,
    };
    let steps = 10f64.powi(-finest);
    let whole = (value * quantity.scale() * steps).round() % steps == 0.0;
    let large = if *quantity == Quantity::Plain { 100.0 } else { 1_000.0 };
    let place = if whole || size >= large { 0 } else { finest };
    // Halves go up, as people round.
    quantity
        .rounded(if place == 0 { (value * quantity.scale() + 0.5).floor() / quantity.scale() } else { value }, place)
}

/// The power of ten of the last digit worth writing: the second significant one of the interval's width.
fn place_of(low: f64, high: f64, quantity: &Quantity) -> i32 {
    let finest = match quantity {
        Quantity::Money(currency) => -(currency.digits() as i32),
        Quantity::Plain | Quantity::Share => -6,
    };
    let width = (high - low).abs() * quantity.scale();
    if !(width.is_finite() && width > 0.0) {
        // Nothing is known of the spread: whole numbers stay whole, others keep two decimals.
        let whole = [low, high].iter().all(|v| (v * quantity.scale()).fract() == 0.0);
        return if whole { 0 } else { finest.max(-2) };
    }
    // The decade by comparison, as a logarithm may differ in its last bit from machine to machine.
    let decade = (-12..=18).rev().find(|&d| width >= 10f64.powi(d) * (1.0 - 1e-9)).unwrap_or(-12);
    (decade - 1).clamp(finest, 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_observed_is_not_rounded_away() {
        let dollars = Quantity::Money(Currency::Sign { sign: "$".into(), digits: 2 });
        assert_eq!(observed(120.0, &dollars), "$120");
        assert_eq!(observed(14.33, &dollars), "$14.33");
        assert_eq!(observed(0.24, &dollars), "$0.24");
        assert_eq!(observed(2_371_113.4, &dollars), "$2,371,113");
        assert_eq!(observed(-2_830.5, &dollars), "−$2,830");
        assert_eq!(observed(126.5, &Quantity::Plain), "127");
        assert_eq!(observed(26.5, &Quantity::Plain), "26.5");
        assert_eq!(observed(72.03, &Quantity::Plain), "72");
        assert_eq!(observed(532.0, &Quantity::Plain), "532");
    }

    fn dollars() -> Currency {
        Currency::Sign { sign: "$".into(), digits: 2 }
    }

    fn roubles() -> Currency {
        Currency::Code { code: "RUB".into(), digits: 2 }
    }

    #[test]
    fn counts_and_amounts_are_exact() {
        assert_eq!(count(0), "0");
        assert_eq!(count(-12_000), "−12,000");
        assert_eq!(count(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(money(123_450, &dollars()), "$1,234.50");
        assert_eq!(money(-5, &dollars()), "−$0.05");
        assert_eq!(money(123_450, &roubles()), "1,234.50\u{a0}RUB");
        assert_eq!(money(-500, &Currency::Sign { sign: "¥".into(), digits: 0 }), "−¥500");
        assert_eq!(money(i64::MIN, &dollars()), "−$92,233,720,368,547,758.08");
    }

    #[test]
    fn amounts_in_a_statement_are_round_or_exact() {
        let told =
            [(1_234.5, false), (1_234.5, true), (-0.4, true), (-12.0, false)].map(|(v, r)| amount(v, r, &dollars()));
        assert_eq!(told, ["$1,234.50", "$1,234", "$0", "−$12.00"]);
    }

    #[test]
    fn percentages_are_short() {
        let table = [
            (0.0, "0"),
            (0.04, "4"),
            (0.0425, "4.25"),
            (0.12345, "12.3"),
            (1.0, "100"),
            (-0.5, "−50"),
            (12.0, "1,200"),
        ];
        for (share, expected) in table {
            assert_eq!(percent(share), format!("{expected}\u{a0}%"));
        }
    }

    #[test]
    fn the_interval_decides_the_digits() {
        let money = Quantity::Money(dollars());
        let table: [(f64, f64, &Quantity, &str); 10] = [
            (1_204.3, 1_259.8, &Quantity::Plain, "1,204 to 1,260"),
            (1_204.3, 1_359.8, &Quantity::Plain, "1,200 to 1,360"),
            (120_431.0, 176_002.0, &Quantity::Plain, "120,000 to 176,000"),
            (0.0312, 0.0655, &Quantity::Plain, "0.031 to 0.066"),
            (7.0, 7.0, &Quantity::Plain, "7"),
            (-12.0, 30.0, &Quantity::Plain, "−12 to 30"),
            (1_204.31, 1_911.0, &money, "$1,200 to $1,910"),
            (1.501, 1.733, &money, "$1.50 to $1.73"),
            (1.501, 4.733, &money, "$1.50 to $4.73"),
            (0.0412, 0.0467, &Quantity::Share, "4.12\u{a0}% to 4.67\u{a0}%"),
        ];
        for (low, high, quantity, expected) in table {
            assert_eq!(interval(low, high, quantity), expected);
        }
        assert_eq!(estimate(1_231.7, 1_204.3, 1_259.8, &Quantity::Plain), "1,232");
        assert_eq!(estimate(1_231.7, 1_204.3, 1_259.8, &Quantity::Money(roubles())), "1,232\u{a0}RUB");
    }

    #[test]
    fn strange_numbers_are_written_too() {
        for (low, high) in [(f64::NAN, 1.0), (0.0, f64::INFINITY), (f64::MIN, f64::MAX), (1e-300, 2e-300)] {
            interval(low, high, &Quantity::Plain);
            estimate(low, low, high, &Quantity::Money(dollars()));
        }
    }
}
