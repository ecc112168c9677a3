//! What kind of value a key takes, and which: data that the getters leave behind for the reference and for a schema.
//!
//! A kind says what one key allows by itself. Rules between keys ("at most 100 % together") are for prose.

/// The kind of a value, with its range where it has one.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number, both ends included.
    Whole {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
    /// A finite number, both ends included.
    Number {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// `true` or `false`.
    Flag,
    /// From 0 to 1, written "4 %" or 0.04.
    Chance,
    /// A length of time, "7 days".
    Duration,
    /// An amount with its currency, "20.00 USD".
    Money {
        /// Whether it may be below zero.
        signed: bool,
    },
    /// A law of counts, 12 or "poisson(12)".
    CountLaw,
    /// A law of delays, "7 days" or "exponential(7 days)".
    DelayLaw,
    /// A law of delays, or "for_ever".
    Span,
    /// How often something happens, "0.5 per day".
    Rate,
    /// One of these words.
    Choice(Vec<String>),
    /// A list of such values.
    List(Box<Kind>),
    /// Names of presets: a text, or a list of texts.
    Presets,
}

impl Kind {
    /// What it is called: "whole number", "list of texts".
    pub fn words(&self) -> String {
        match self {
            Kind::Text => "text".to_owned(),
            Kind::Whole { .. } => "whole number".to_owned(),
            Kind::Number { .. } => "number".to_owned(),
            Kind::Flag => "true or false".to_owned(),
            Kind::Chance => "chance".to_owned(),
            Kind::Duration => "duration".to_owned(),
            Kind::Money { .. } => "money".to_owned(),
            Kind::CountLaw => "count law".to_owned(),
            Kind::DelayLaw => "delay law".to_owned(),
            Kind::Span => "delay law or \"for_ever\"".to_owned(),
            Kind::Rate => "rate".to_owned(),
            Kind::Choice(_) => "choice".to_owned(),
            Kind::List(element) => format!("list of {}s", element.words()),
            Kind::Presets => "text, or list of texts".to_owned(),
        }
    }

    /// What is allowed beyond the kind itself: `0 to 100`, `"never", "each run"`; empty where the kind says it all.
    pub fn allowed(&self) -> String {
        match self {
            Kind::Whole { least, most } => format!("{} to {}", whole(*least), whole(*most)),
            Kind::Number { least, most } => format!("{} to {}", number(*least), number(*most)),
            Kind::Money { signed: true } => "below zero too".to_owned(),
            Kind::Choice(options) => options.iter().map(|o| format!("\"{o}\"")).collect::<Vec<_>>().join(", "),
            Kind::List(element) => match element.allowed() {
                each if each.is_empty() => each,
                each => format!("each {each}"),
            },
            _ => String::new(),
        }
    }
}

/// A whole number as a reader knows it: large powers of two by their name, others with separators of thousands.
fn whole(number: u64) -> String {
    match number {
        0..=0xffff_ffff if number != 1 << 27 => separated(number),
        _ if number.is_power_of_two() => format!("2{}", raised(number.trailing_zeros())),
        _ if (number + 1).is_power_of_two() => format!("2{} - 1", raised(number.trailing_ones())),
        _ => separated(number),
    }
}

fn number(number: f64) -> String {
    let is_whole = number >= 0.0 && number.fract() == 0.0 && number < 1e15;
    // Whole and below 10¹⁵, so the cast is exact.
    if is_whole { whole(number as u64) } else { super::values::print_number(number) }
}

fn separated(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn raised(exponent: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    exponent.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_say_what_is_allowed() {
        let whole = |least, most| Kind::Whole { least, most }.allowed();
        assert_eq!(whole(1, 10_000_000), "1 to 10,000,000");
        assert_eq!(whole(0, i64::MAX as u64), "0 to 2⁶³ - 1");
        assert_eq!(whole(100, 1 << 27), "100 to 2²⁷");
        assert_eq!(whole(0, u64::from(u32::MAX)), "0 to 4,294,967,295");
        assert_eq!(Kind::Number { least: -0.5, most: 100.0 }.allowed(), "-0.5 to 100");
        assert_eq!(Kind::Choice(vec!["a".into(), "each run".into()]).allowed(), "\"a\", \"each run\"");
        let list = Kind::List(Box::new(Kind::Whole { least: 0, most: 9 }));
        assert_eq!((list.words().as_str(), list.allowed().as_str()), ("list of whole numbers", "each 0 to 9"));
        assert_eq!(Kind::Chance.allowed(), "");
    }
}
