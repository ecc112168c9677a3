//! Single TOML values taken as quantities of the model, or described in words when they are something else.
//!
//! Every function takes one value and gives the quantity or a refusal. Keys, defaults and places are in `reader`.

use std::ops::RangeInclusive;

use toml::de::{DeInteger, DeValue};

use crate::laws::{CountLaw, DelayLaw};
use crate::scenario::advice;
use crate::scenario::law_notation::{COUNT_LAW_ALLOWED, DELAY_LAW_ALLOWED, parse_count_law, parse_delay_law};
use crate::scenario::money::{Money, Sign, money_allowed, parse_money};
use crate::scenario::values::{
    DURATION_ALLOWED, Decimal, PROBABILITY_ALLOWED, RATE_ALLOWED, Rate, Refusal, nearest, parse_duration,
    parse_percent, parse_rate, print_number, quoted, visible,
};
use crate::units::Tick;

/// What a value is: `a number 4`, `the text "abc"`, `a table`.
pub(crate) fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => format!("a number {}", visible(&number.to_string(), 40)),
        DeValue::Float(number) => format!("a number {}", visible(number.as_str(), 40)),
        DeValue::Boolean(flag) => format!("the flag {flag}"),
        DeValue::Datetime(date) => format!("a date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// What a run holds of a person at least \[bytes\].
const PERSON_BYTES: f64 = 32.0;

/// A text as TOML writes it. No tag survives in it: a program that takes the file for a page must find nothing to run.
pub(crate) fn text_as_toml(text: &str) -> String {
    if !text.contains('<') {
        return toml::Value::from(text).to_string();
    }
    // JSON's escapes are TOML's too; the one control character that it leaves is not allowed there.
    serde_json::Value::from(text).to_string().replace('<', "\\u003C").replace('\u{7f}', "\\u007F")
}

pub(crate) fn text(value: &DeValue<'_>) -> Result<String, Refusal> {
    match value {
        DeValue::String(text) => Ok(text.clone().into_owned()),
        other => Err(Refusal::new(describe(other), "a text in quotation marks")),
    }
}

pub(crate) fn flag(value: &DeValue<'_>) -> Result<bool, Refusal> {
    value.as_bool().ok_or_else(|| Refusal::new(describe(value), "true or false"))
}

/// A whole number; nothing beyond what TOML promises to carry (i64) is taken, whatever the range.
pub(crate) fn whole(value: &DeValue<'_>, range: &RangeInclusive<u64>) -> Result<u64, Refusal> {
    let (least, most) = (*range.start(), (*range.end()).min(i64::MAX.unsigned_abs()));
    let number = match value {
        DeValue::Integer(number) => integer(number),
        _ => None,
    };
    number.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        let refusal = Refusal::new(describe(value), format!("a whole number from {least} to {most}"));
        let (written, marks) = match value {
            DeValue::String(text) => (Some(&**text), ", without quotes"),
            // Other programs make 500.0 of 500.
            DeValue::Float(number) => (Some(number.as_str().strip_suffix(".0").unwrap_or(number.as_str())), ""),
            _ => (None, ""),
        };
        match written.and_then(advice::whole).filter(|number| (least..=most).contains(number)) {
            Some(number) => refusal.with_hint(format!("write {}{marks}", advice::grouped(number))),
            None => refusal,
        }
    })
}

/// How many people; of too many, what they would need.
pub(crate) fn people(value: &DeValue<'_>, range: &RangeInclusive<u64>) -> Result<u64, Refusal> {
    let needed = |number: u64| {
        let [needed, most] = [number, *range.end()].map(|people| people as f64 * PERSON_BYTES / 1e9);
        format!("they would need about {needed:.0} GB of memory in each run; the most is {most:.1} GB")
    };
    whole(value, range).map_err(|refusal| match value {
        DeValue::Integer(number) => match integer(number).filter(|number| number > range.end()) {
            Some(number) => refusal.with_hint(needed(number)),
            None => refusal,
        },
        _ => refusal,
    })
}

pub(crate) fn number(value: &DeValue<'_>, range: &RangeInclusive<f64>) -> Result<f64, Refusal> {
    // `+ 0.0` makes a minus zero plain; NaN is in no range.
    float(value).filter(|number| number.is_finite() && range.contains(number)).map(|number| number + 0.0).ok_or_else(
        || {
            let (least, most) = (print_number(*range.start()), print_number(*range.end()));
            Refusal::new(describe(value), format!("a number from {least} to {most}"))
        },
    )
}

pub(crate) fn rate(value: &DeValue<'_>) -> Result<Rate, Refusal> {
    match value {
        DeValue::String(text) => parse_rate(text),
        other => {
            let hint = "write a number, per and a unit, such as \"0.5 per day\"";
            Err(Refusal::new(describe(other), RATE_ALLOWED).with_hint(hint))
        }
    }
}

pub(crate) fn probability(value: &DeValue<'_>) -> Result<f64, Refusal> {
    if let DeValue::String(text) = value {
        return parse_percent(text);
    }
    let refusal = || Refusal::new(describe(value), PROBABILITY_ALLOWED);
    if matches!(value, DeValue::Integer(_)) && float(value) == Some(1.0) {
        return Err(refusal().with_hint("write \"1 %\" or \"100 %\""));
    }
    match float(value) {
        Some(chance) if (0.0..=1.0).contains(&chance) => Ok(chance + 0.0),
        Some(bare) if (1.0..=100.0).contains(&bare) => {
            Err(refusal().with_hint(format!("write \"{} %\"", print_number(bare))))
        }
        _ => Err(refusal()),
    }
}

pub(crate) fn duration(value: &DeValue<'_>) -> Result<Tick, Refusal> {
    match value {
        DeValue::String(text) => parse_duration(text),
        other => Err(without_unit(other, DURATION_ALLOWED)),
    }
}

pub(crate) fn money(value: &DeValue<'_>, sign: Sign) -> Result<Money, Refusal> {
    match value {
        DeValue::String(text) => parse_money(text, sign),
        other => {
            let refusal = Refusal::new(describe(other), money_allowed(sign));
            // As it was written: 9.90, not 9.9.
            let written = match other {
                DeValue::Float(number) => Decimal::parse(number.as_str()).and_then(Decimal::plain).map(str::to_owned),
                _ => None,
            };
            Err(match written.or_else(|| float(other).map(print_number)) {
                Some(bare) => refusal.with_hint(format!("write \"{bare} USD\", with the currency you mean")),
                None => refusal,
            })
        }
    }
}

pub(crate) fn count_law(value: &DeValue<'_>) -> Result<CountLaw, Refusal> {
    match value {
        DeValue::String(text) => parse_count_law(text),
        // The notation knows the range of a plain count.
        DeValue::Integer(number) => match integer(number) {
            Some(count) => parse_count_law(&count.to_string()).map_err(|refusal| refused_as(value, refusal)),
            None => Err(Refusal::new(describe(value), COUNT_LAW_ALLOWED)),
        },
        other => Err(Refusal::new(describe(other), COUNT_LAW_ALLOWED)),
    }
}

/// A law of spans, or "for_ever".
pub(crate) fn span(value: &DeValue<'_>) -> Result<Option<DelayLaw>, Refusal> {
    match value.as_str() {
        Some("for_ever") => Ok(None),
        _ => delay_law(value)
            .map(Some)
            .map_err(|refusal| Refusal { allowed: format!("\"for_ever\", or {}", refusal.allowed), ..refusal }),
    }
}

pub(crate) fn delay_law(value: &DeValue<'_>) -> Result<DelayLaw, Refusal> {
    match value {
        DeValue::String(text) => parse_delay_law(text),
        other => Err(without_unit(other, DELAY_LAW_ALLOWED)),
    }
}

pub(crate) fn choice<'c>(value: &DeValue<'_>, options: &[&'c str]) -> Result<&'c str, Refusal> {
    let refusal = || Refusal::new(describe(value), one_of(options));
    let DeValue::String(text) = value else { return Err(refusal()) };
    match options.iter().find(|option| *option == text) {
        Some(option) => Ok(option),
        None => match nearest(text, options.iter().copied()) {
            Some(close) => Err(refusal().with_hint(format!("did you mean `{close}`?"))),
            None => Err(refusal()),
        },
    }
}

/// Every element taken by `take`; the first that is refused speaks for the list.
pub(crate) fn list<T>(
    value: &DeValue<'_>,
    allowed: &str,
    take: impl Fn(&DeValue<'_>) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    let DeValue::Array(elements) = value else { return Err(Refusal::new(describe(value), allowed)) };
    let in_list = |refusal: Refusal| Refusal {
        found: format!("{} in the list", refusal.found),
        allowed: format!("{allowed}, each {}", refusal.allowed),
        hint: refusal.hint,
    };
    elements.iter().map(|element| take(element.get_ref()).map_err(in_list)).collect()
}

/// "one of a, b, c".
pub(crate) fn one_of(options: &[&str]) -> String {
    match options {
        [] => "nothing".to_owned(),
        [only] => format!("only {only}"),
        _ => format!("one of {}", options.join(", ")),
    }
}

fn without_unit(value: &DeValue<'_>, allowed: &str) -> Refusal {
    let refusal = Refusal::new(describe(value), allowed);
    match float(value) {
        Some(bare) if bare.is_finite() && bare >= 0.0 => {
            refusal.with_hint(format!("write it with its unit, such as \"{} days\"", print_number(bare)))
        }
        _ => refusal,
    }
}

fn refused_as(value: &DeValue<'_>, refusal: Refusal) -> Refusal {
    Refusal { found: describe(value), ..refusal }
}

fn integer(number: &DeInteger<'_>) -> Option<u64> {
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A TOML number of either kind as a float; infinite beyond the range of floats.
fn float(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(number) => number.as_str().parse().ok(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Integer(number) => integer(number).map(|number| number as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::text_as_toml;
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    #[test]
    fn a_text_keeps_its_meaning_and_holds_no_tag() {
        for text in ["plain", "<script>alert(\"1\")</script>\n\u{7f}\t\\'", "\u{1b}<"] {
            let written = text_as_toml(text);
            assert!(!written.contains('<'), "{written}");
            let read: toml::Table = format!("x = {written}").parse().expect("TOML");
            assert_eq!(read["x"].as_str(), Some(text));
        }
    }

    #[test]
    fn numbers_in_other_dress_are_told_what_to_write() {
        let hint = |text: &str| {
            let why = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).expect_err(text).to_string();
            why.split("= help: ").nth(1).map(|hint| hint.lines().next().unwrap_or_default().to_owned())
        };
        for (text, expected) in [
            ("runs = 20.000", Some("write 20_000")),
            ("runs = 500.0", Some("write 500")),
            ("runs = 500.5", None),
            ("runs = '500'", Some("write 500, without quotes")),
            ("horizon = 30", Some("write it with its unit, such as \"30 days\"")),
            ("horizon = -30", None),
            ("horizon = nan", None),
            ("horizon = true", None),
        ] {
            assert_eq!(hint(text).as_deref(), expected, "{text}");
        }
    }
}
