//! Numbers as they stand in sentences: separators, currencies, and no more digits than the interval bears out.
//!
//! Axes have their own numbers (`draw::theme`), which share a unit; a sentence writes each number out.

use crate::language::{Language, tell};

/// How numbers are written for a reader: in her language, money in the scenario's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    /// The reader's language.
    pub language: Language,
    /// How money is written.
    pub currency: Currency,
}

/// How a currency is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Currency {
    /// With the amount, where the language has it: "$1,234.50", "1 234,50 $".
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// People, words, days: a bare number.
    Plain,
    /// Money, in major units.
    Money,
    /// A share of one, shown in hundredths: 0.042 is "4.2 %".
    Share,
}

impl Quantity {
    /// What the number is multiplied by before it is written.
    fn scale(self) -> f64 {
        if self == Quantity::Share { 100.0 } else { 1.0 }
    }
}

/// An exact count in English: "12,000".
pub fn count(value: i64) -> String {
    counted(value, Language::English)
}

fn counted(value: i64, language: Language) -> String {
    let digits = language.group(&value.unsigned_abs().to_string());
    if value < 0 { format!("−{digits}") } else { digits }
}

/// A share of one in hundredths in English: "4.25 %", "100 %".
pub fn percent(share: f64) -> String {
    percent_in(share, Language::English)
}

fn percent_in(share: f64, language: Language) -> String {
    let hundredths = (share * 100.0).abs();
    let decimals = match hundredths {
        h if h == 0.0 || h >= 99.95 => 0,
        h if h >= 9.995 => 1,
        h if h >= 0.9995 => 2,
        _ => 3,
    };
    // No zeros at the end: 4.20 is 4.2.
    let finest = 10i64.pow(decimals);
    let digits = (share * 100.0 * finest as f64).round() as i64;
    let short = (0..decimals).find(|&fewer| digits % (finest / 10i64.pow(fewer)) == 0);
    language.hundredths(&language.number(share * 100.0, short.unwrap_or(decimals) as usize))
}

impl Locale {
    /// Where nothing is counted in money.
    pub fn without_money(language: Language) -> Locale {
        Locale { language, currency: Currency::Code { code: String::new(), digits: 0 } }
    }

    /// An exact count: "12,000".
    pub fn count(&self, value: i64) -> String {
        counted(value, self.language)
    }

    /// A share of one in hundredths, with three significant digits or whole numbers: "4.25 %", "100 %".
    pub fn percent(&self, share: f64) -> String {
        percent_in(share, self.language)
    }

    /// An exact amount, given in minor units: "$1,234.50", "1,234.50 RUB", "−¥500".
    pub fn money(&self, minor: i64) -> String {
        let digits = self.digits();
        let padded = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
        let (major, rest) = padded.split_at(padded.len() - digits);
        let point = if digits > 0 { "." } else { "" };
        let minus = if minor < 0 { "−" } else { "" };
        self.around(&format!("{minus}{}", self.language.group(&format!("{major}{point}{rest}"))), Quantity::Money)
    }

    /// An amount in major units, to the minor unit or, if `is_round`, to the major one: "$1,234.50", "$1,235".
    pub fn amount(&self, value: f64, is_round: bool) -> String {
        self.around(&self.language.number(value, if is_round { 0 } else { self.digits() }), Quantity::Money)
    }

    /// An interval with as many digits as its width bears out: "1,204 to 1,260", "$1,200 to $1,900".
    pub fn interval(&self, low: f64, high: f64, quantity: Quantity) -> String {
        let place = self.place_of(low, high, quantity);
        let (low, high) = (self.rounded(low, place, quantity), self.rounded(high, place, quantity));
        if low == high { low } else { self.range(&low, &high) }
    }

    /// From one to another: "1,204 to 1,260".
    pub fn range(&self, low: &str, high: &str) -> String {
        tell!(self.language, "range", low = low, high = high)
    }

    /// A mean with the digits of its interval: 1,231.7 within 1,204 to 1,260 is "1,232".
    pub fn estimate(&self, mean: f64, low: f64, high: f64, quantity: Quantity) -> String {
        self.rounded(mean, self.place_of(low, high, quantity), quantity)
    }

    /// A value that was observed, such as a median: exact where it is short, else to four digits or so. Never rounded by how
    /// much others differ from it, and never to nothing.
    pub fn observed(&self, value: f64, quantity: Quantity) -> String {
        let scale = quantity.scale();
        let size = (value * scale).abs();
        let finest = match quantity {
            Quantity::Money => -(self.digits() as i32),
            Quantity::Plain | Quantity::Share => -1,
        };
        let steps = 10f64.powi(-finest);
        let whole = (value * scale * steps).round() % steps == 0.0;
        let large = if quantity == Quantity::Plain { 100.0 } else { 1_000.0 };
        let place = if whole || size >= large { 0 } else { finest };
        // Halves go up, as people round.
        let value = if place == 0 { (value * scale + 0.5).floor() / scale } else { value };
        self.rounded(value, place, quantity)
    }

    fn digits(&self) -> usize {
        match self.currency {
            Currency::Sign { digits, .. } | Currency::Code { digits, .. } => usize::from(digits),
        }
    }

    fn around(&self, amount: &str, quantity: Quantity) -> String {
        match (quantity, &self.currency) {
            (Quantity::Plain, _) => amount.to_owned(),
            (Quantity::Share, _) => self.language.hundredths(amount),
            (Quantity::Money, Currency::Sign { sign, .. }) => self.language.with_sign(sign, amount),
            (Quantity::Money, Currency::Code { code, .. }) => format!("{amount}\u{a0}{code}"),
        }
    }

    /// A number rounded to multiples of 10^`place`; money has all its decimals or none.
    fn rounded(&self, value: f64, place: i32, quantity: Quantity) -> String {
        let unit = 10f64.powi(place.max(0));
        let rounded =
            if place > 0 { (value * quantity.scale() / unit).round() * unit } else { value * quantity.scale() };
        let wanted = place.min(0).unsigned_abs() as usize;
        let decimals = match quantity {
            Quantity::Money if wanted > 0 => self.digits(),
            _ => wanted,
        };
        self.around(&self.language.number(rounded, decimals), quantity)
    }

    /// The power of ten of the last digit worth writing: the second significant one of the interval's width.
    fn place_of(&self, low: f64, high: f64, quantity: Quantity) -> i32 {
        let finest = match quantity {
            Quantity::Money => -(self.digits() as i32),
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_observed_is_not_rounded_away() {
        assert_eq!(dollars().observed(120.0, Quantity::Money), "$120");
        assert_eq!(dollars().observed(14.33, Quantity::Money), "$14.33");
        assert_eq!(dollars().observed(0.24, Quantity::Money), "$0.24");
        assert_eq!(dollars().observed(2_371_113.4, Quantity::Money), "$2,371,113");
        assert_eq!(dollars().observed(-2_830.5, Quantity::Money), "−$2,830");
        assert_eq!(dollars().observed(126.5, Quantity::Plain), "127");
        assert_eq!(dollars().observed(26.5, Quantity::Plain), "26.5");
        assert_eq!(dollars().observed(72.03, Quantity::Plain), "72");
        assert_eq!(dollars().observed(532.0, Quantity::Plain), "532");
    }

    fn locale(currency: Currency) -> Locale {
        Locale { language: Language::English, currency }
    }

    fn dollars() -> Locale {
        locale(Currency::Sign { sign: "$".into(), digits: 2 })
    }

    fn roubles() -> Locale {
        locale(Currency::Code { code: "RUB".into(), digits: 2 })
    }

    #[test]
    fn counts_and_amounts_are_exact() {
        assert_eq!(count(0), "0");
        assert_eq!(count(-12_000), "−12,000");
        assert_eq!(count(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(dollars().money(123_450), "$1,234.50");
        assert_eq!(dollars().money(-5), "−$0.05");
        assert_eq!(roubles().money(123_450), "1,234.50\u{a0}RUB");
        assert_eq!(locale(Currency::Sign { sign: "¥".into(), digits: 0 }).money(-500), "−¥500");
        assert_eq!(dollars().money(i64::MIN), "−$92,233,720,368,547,758.08");
    }

    #[test]
    fn amounts_in_a_statement_are_round_or_exact() {
        let told =
            [(1_234.5, false), (1_234.5, true), (-0.4, true), (-12.0, false)].map(|(v, r)| dollars().amount(v, r));
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
        let table: [(f64, f64, Quantity, &str); 10] = [
            (1_204.3, 1_259.8, Quantity::Plain, "1,204 to 1,260"),
            (1_204.3, 1_359.8, Quantity::Plain, "1,200 to 1,360"),
            (120_431.0, 176_002.0, Quantity::Plain, "120,000 to 176,000"),
            (0.0312, 0.0655, Quantity::Plain, "0.031 to 0.066"),
            (7.0, 7.0, Quantity::Plain, "7"),
            (-12.0, 30.0, Quantity::Plain, "−12 to 30"),
            (1_204.31, 1_911.0, Quantity::Money, "$1,200 to $1,910"),
            (1.501, 1.733, Quantity::Money, "$1.50 to $1.73"),
            (1.501, 4.733, Quantity::Money, "$1.50 to $4.73"),
            (0.0412, 0.0467, Quantity::Share, "4.12\u{a0}% to 4.67\u{a0}%"),
        ];
        for (low, high, quantity, expected) in table {
            assert_eq!(dollars().interval(low, high, quantity), expected);
        }
        assert_eq!(dollars().estimate(1_231.7, 1_204.3, 1_259.8, Quantity::Plain), "1,232");
        assert_eq!(roubles().estimate(1_231.7, 1_204.3, 1_259.8, Quantity::Money), "1,232\u{a0}RUB");
    }

    #[test]
    fn strange_numbers_are_written_too() {
        for (low, high) in [(f64::NAN, 1.0), (0.0, f64::INFINITY), (f64::MIN, f64::MAX), (1e-300, 2e-300)] {
            dollars().interval(low, high, Quantity::Plain);
            dollars().estimate(low, low, high, Quantity::Money);
        }
    }

    #[test]
    fn other_languages_write_numbers_their_own_way() {
        let told = |language: Language| {
            let locale = Locale { language, ..dollars() };
            [
                locale.count(-12_000),
                locale.percent(0.0425),
                locale.money(123_450),
                locale.interval(12_041.31, 19_110.0, Quantity::Money),
                locale.observed(26.5, Quantity::Plain),
            ]
        };
        assert_eq!(told(Language::English), ["−12,000", "4.25\u{a0}%", "$1,234.50", "$12,000 to $19,100", "26.5"]);
        assert_eq!(told(Language::Chinese), ["−12,000", "4.25%", "$1,234.50", "$12,000 至 $19,100", "26.5"]);
        assert_eq!(
            told(Language::Russian),
            ["−12\u{a0}000", "4,25\u{a0}%", "1234,50\u{a0}$", "от 12\u{a0}000\u{a0}$ до 19\u{a0}100\u{a0}$", "26,5"]
        );
    }
}
