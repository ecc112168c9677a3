//! Amounts of money with their currency: "20.00 USD", "500 JPY".
//!
//! Amounts are read digit by digit into minor units and never pass through a float. Which currency a scenario uses,
//! and that all its amounts agree on it, is not decided here.

use std::fmt;

use crate::language::{Said, Value, said};
use crate::scenario::advice;
use crate::scenario::values::{Refusal, quoted, split_number};
use crate::units::Cents;

/// A currency of ISO 4217 that has a minor unit (possibly the unit itself, as for yen).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The US dollar.
    pub const USD: Currency = Currency(iso_currency::Currency::USD);

    /// The currency of a three-letter code in capitals; nothing for precious metals and test codes.
    pub fn from_code(code: &str) -> Option<Currency> {
        iso_currency::Currency::from_code(code).filter(|currency| currency.exponent().is_some()).map(Currency)
    }

    /// The three-letter code, such as `USD`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of an amount: 2 for USD, 0 for JPY.
    pub fn digits(self) -> usize {
        self.0.exponent().map_or(0, usize::from)
    }

    /// The sign used on charts, such as `$`; the code where the currency has no sign of its own.
    pub fn symbol(self) -> String {
        match self.0.symbol().symbol.as_str() {
            "" | "¤" => self.code().to_owned(),
            symbol => symbol.to_owned(),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in a currency, at most [`Money::MINOR_MAX`] either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// The amount \[minor units of `currency`\].
    pub amount: Cents,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// The largest amount a scenario may name \[minor units\]: a trillion dollars.
    pub const MINOR_MAX: i64 = 100_000_000_000_000;
}

impl Money {
    /// The same for people.
    pub(crate) fn said(self) -> Said {
        said!("amount", figures = Value::Figures(self.figures()), code = self.currency.code())
    }

    fn figures(self) -> String {
        let minor = self.amount.minor();
        let digits = self.currency.digits();
        let figures = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = figures.split_at(figures.len() - digits);
        let sign = if minor < 0 { "-" } else { "" };
        let point = if digits > 0 { "." } else { "" };
        format!("{sign}{whole}{point}{fraction}")
    }
}

/// Prints as it is read: "20.00 USD", "-0.05 USD".
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.figures(), self.currency.code())
    }
}

/// Whether an amount may be below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Zero or more.
    NonNegative,
    /// Any amount.
    Any,
}

/// What may be written for an amount.
pub fn money_allowed(sign: Sign) -> &'static str {
    match sign {
        Sign::NonNegative => "an amount of zero or more with its currency, such as \"20.00 USD\"",
        Sign::Any => "an amount with its currency, such as \"20.00 USD\" or \"-20.00 USD\"",
    }
}

/// Reads "20.00 USD".
///
/// # Errors
/// Refuses unknown currencies, more decimals than the currency has, separators of thousands, amounts beyond
/// [`Money::MINOR_MAX`], and negative ones unless `sign` allows them.
pub fn parse_money(text: &str, sign: Sign) -> Result<Money, Refusal> {
    let refusal = || Refusal::new(quoted(text), money_allowed(sign));
    // What is right is no slip, so this is only asked of what is refused.
    let in_order = |otherwise: &str| match advice::amount(text) {
        Some(better) => refusal().with_hint(format!("write \"{better}\"")),
        None => refusal().with_hint(otherwise),
    };
    let no_currency = |number: &str| format!("write \"{} USD\", with the currency you mean", number.trim());
    let Some((number, unit)) = split_number(text) else {
        return Err(in_order("write the amount first, then the three-letter code of its currency"));
    };
    if unit.starts_with([',', '\'', '_', '.', '\u{a0}', '\u{202f}']) || unit.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(in_order(&match advice::with_point(text.trim()).filter(|better| better.parse::<f64>().is_ok()) {
            Some(better) => no_currency(&better),
            None => "write thousands without separators and decimals after a point: 1500.00".to_owned(),
        }));
    }
    let Some(currency) = Currency::from_code(unit) else {
        let capitals = Currency::from_code(&unit.to_ascii_uppercase());
        let hint = match capitals {
            Some(currency) => format!("did you mean `{}`?", currency.code()),
            None if unit.is_empty() => no_currency(text),
            None => "end with a currency of ISO 4217 in three capital letters: USD, EUR, JPY".to_owned(),
        };
        return Err(in_order(&hint));
    };
    let plain = number.plain().ok_or_else(refusal)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = currency.digits();
    if fraction.len() > digits {
        let hint = format!("amounts in {} have at most {digits} decimals", currency.code());
        return Err(refusal().with_hint(hint));
    }
    if number.is_negative() && sign == Sign::NonNegative {
        return Err(refusal());
    }
    let minor: Option<i64> = format!("{whole}{fraction:0<digits$}").parse().ok();
    match minor.filter(|minor| minor.unsigned_abs() <= Money::MINOR_MAX.unsigned_abs()) {
        Some(minor) => Ok(Money { amount: Cents(minor), currency }),
        None => {
            let largest = Money { amount: Cents(Money::MINOR_MAX), currency };
            Err(refusal().with_hint(format!("amounts are at most {largest}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str) -> Result<(i64, &'static str), Refusal> {
        parse_money(text, Sign::NonNegative).map(|money| (money.amount.minor(), money.currency.code()))
    }

    #[test]
    fn amounts_are_read_in_minor_units() {
        for (text, expected) in [
            ("20.00 USD", (2_000, "USD")),
            ("20 USD", (2_000, "USD")),
            ("20.5 USD", (2_050, "USD")),
            ("0.07EUR", (7, "EUR")),
            ("1500 RUB", (150_000, "RUB")),
            ("500 JPY", (500, "JPY")),
            ("1.234 KWD", (1_234, "KWD")),
            ("1000000000000.00 USD", (Money::MINOR_MAX, "USD")),
        ] {
            assert_eq!(minor(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "20",
            "USD",
            "USD 20",
            "$20",
            "20 XAU",
            "20 ABC",
            "20.001 USD",
            "5.5 JPY",
            "-1 USD",
            "-0 USD",
            "1e3 USD",
            "1000000000000.01 USD",
            "99999999999999999999 USD",
            "٢٠ USD",
            "NaN USD",
            "20 USD EUR",
        ] {
            assert!(minor(text).is_err(), "{text}");
        }
        let hint = |text| minor(text).unwrap_err().hint.unwrap_or_default();
        for text in ["1,500.00 USD", "1 500 USD", "1_500 USD", "1'500 USD", "1.500.000 USD", "1.500,00 EUR"] {
            assert!(hint(text).contains("without separators"), "{text}");
        }
        assert_eq!(hint("20 usd"), "did you mean `USD`?");
        assert_eq!(hint("20"), "write \"20 USD\", with the currency you mean");
        for text in ["9,90 EUR", "€9.90", "9.90 €", "EUR 9,90"] {
            assert_eq!(hint(text), "write \"9.90 EUR\"", "{text}");
        }
        assert_eq!(hint("5.5 JPY"), "amounts in JPY have at most 0 decimals");
    }

    #[test]
    fn negative_amounts_are_read_where_asked() {
        let money = parse_money("-0.05 USD", Sign::Any).expect("allowed");
        assert_eq!(money.amount, Cents(-5));
        assert_eq!(money.to_string(), "-0.05 USD");
    }

    #[test]
    fn amounts_print_and_read_back() {
        for code in ["USD", "JPY", "KWD", "RUB"] {
            let currency = Currency::from_code(code).expect("known");
            for amount in [-Money::MINOR_MAX, -101, -1, 0, 1, 9, 10, 99, 100, 12_345, Money::MINOR_MAX] {
                let money = Money { amount: Cents(amount), currency };
                assert_eq!(parse_money(&money.to_string(), Sign::Any), Ok(money));
            }
        }
        assert_eq!(Currency::USD.symbol(), "$");
        assert_eq!(Currency::USD.digits(), 2);
    }
}
