//! How numbers are written: "1,234.5" and "−$5", or "1 234,5" and "−5 $".

use super::Language;

impl Language {
    /// A number with separators between the thousands and a fixed count of decimals: "12,000", "−1,234.50".
    pub fn number(self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "—".to_owned();
        }
        if value.abs() >= 1e18 {
            let digits = format!("{value:.2e}").replace('-', "−");
            return digits.replace('.', self.point());
        }
        let digits = format!("{:.*}", decimals, value.abs());
        let negative = value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b));
        format!("{}{}", if negative { "−" } else { "" }, self.group(&digits))
    }

    /// Separators in a string of digits, which may have a decimal point.
    pub fn group(self, digits: &str) -> String {
        let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let mut out = String::with_capacity(digits.len() + whole.len() / 3);
        for (i, c) in whole.chars().enumerate() {
            // A number of four digits is not grouped in Russian.
            if i > 0 && (whole.len() - i).is_multiple_of(3) && (self != Language::Russian || whole.len() > 4) {
                out.push_str(self.thousands());
            }
            out.push(c);
        }
        out + &rest.replace('.', self.point())
    }

    /// Digits as code writes them, "-1234.50": in English they stay so.
    pub(super) fn figures(self, figures: &str) -> String {
        match (self, figures.strip_prefix('-')) {
            (Language::English, _) => figures.to_owned(),
            (_, Some(positive)) => format!("−{}", self.group(positive)),
            (_, None) => self.group(figures),
        }
    }

    /// An amount with the sign of its currency: "−$1,234", "−1 234 $".
    pub fn with_sign(self, sign: &str, amount: &str) -> String {
        match (self, amount.strip_prefix('−')) {
            (Language::Russian, _) => format!("{amount}\u{a0}{}", sign.trim_end()),
            (_, Some(positive)) => format!("−{sign}{positive}"),
            (_, None) => format!("{sign}{amount}"),
        }
    }

    /// Hundredths: "5 %", "5%".
    pub fn hundredths(self, number: &str) -> String {
        match self {
            Language::Chinese => format!("{number}%"),
            _ => format!("{number}\u{a0}%"),
        }
    }

    /// By what numbers up to `largest` are divided on an axis, and what is then written behind them: 1.5 M, 150 万, 1,5 млн.
    pub fn unit_of(self, largest: f64) -> (f64, &'static str) {
        let units: [(f64, f64, &str); 3] = match self {
            Language::English => [(1e12, 1e12, "\u{a0}T"), (1e9, 1e9, "\u{a0}B"), (1e6, 1e6, "\u{a0}M")],
            Language::Chinese => [(1e12, 1e12, "\u{a0}万亿"), (1e8, 1e8, "\u{a0}亿"), (1e6, 1e4, "\u{a0}万")],
            Language::Russian => [(1e12, 1e12, "\u{a0}трлн"), (1e9, 1e9, "\u{a0}млрд"), (1e6, 1e6, "\u{a0}млн")],
        };
        let found = units.into_iter().find(|(from, _, _)| largest >= *from);
        found.map_or((1.0, ""), |(_, divisor, unit)| (divisor, unit))
    }

    fn thousands(self) -> &'static str {
        match self {
            Language::Russian => "\u{a0}",
            _ => ",",
        }
    }

    fn point(self) -> &'static str {
        match self {
            Language::Russian => ",",
            _ => ".",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_and_a_true_minus() {
        let table: [(f64, usize, &str, &str); 9] = [
            (0.0, 0, "0", "0"),
            (-0.001, 2, "0.00", "0,00"),
            (999.0, 0, "999", "999"),
            (1_000.0, 0, "1,000", "1000"),
            (-12_345.5, 2, "−12,345.50", "−12\u{a0}345,50"),
            (1_234_567.0, 0, "1,234,567", "1\u{a0}234\u{a0}567"),
            (123_456.789, 1, "123,456.8", "123\u{a0}456,8"),
            (f64::NAN, 0, "—", "—"),
            (-2.5e20, 0, "−2.50e20", "−2,50e20"),
        ];
        for (value, decimals, english, russian) in table {
            assert_eq!(Language::English.number(value, decimals), english);
            assert_eq!(Language::Chinese.number(value, decimals), english);
            assert_eq!(Language::Russian.number(value, decimals), russian);
        }
    }

    #[test]
    fn signs_stand_where_readers_look_for_them() {
        let told = |language: Language| [language.with_sign("$", "−5"), language.with_sign("RUB ", "7")];
        assert_eq!(told(Language::English), ["−$5", "RUB 7"]);
        assert_eq!(told(Language::Chinese), ["−$5", "RUB 7"]);
        assert_eq!(told(Language::Russian), ["−5\u{a0}$", "7\u{a0}RUB"]);
        let told = Language::ALL.map(|language| language.hundredths("5"));
        assert_eq!(told, ["5\u{a0}%", "5%", "5\u{a0}%"]);
    }
}
