//! How people write durations, chances and numbers: read and printed, each the exact inverse of the other.
//!
//! A quantity carries its unit ("7 days", "4 %"), so a bare number cannot be misread. Decimals are shifted as text,
//! never by multiplying floats: "7 %" is exactly 0.07 and is printed as "7 %" again. Money is in `money`, laws in
//! `law_notation`; where in a file a text stood is the concern of `reader`.

use crate::language::{Said, Value, said};
use crate::laws::DelayLaw;
use crate::scenario::advice;
use crate::units::Tick;
use std::path::Path;

/// Why a text or value was not taken, without saying where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was found, in words: `a number 4`, `the text "soon"`.
    pub found: String,
    /// What is allowed here, with an example.
    pub allowed: String,
    /// How to put it right, when that can be guessed.
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal without a hint.
    pub fn new(found: impl Into<String>, allowed: impl Into<String>) -> Refusal {
        Refusal { found: found.into(), allowed: allowed.into(), hint: None }
    }

    /// The same refusal with advice.
    pub fn with_hint(self, hint: impl Into<String>) -> Refusal {
        Refusal { hint: Some(hint.into()), ..self }
    }
}

/// What may be written for a duration.
pub const DURATION_ALLOWED: &str =
    "a duration from \"0 days\" to \"100 years\" with its unit (minutes, hours, days, weeks, years)";

/// What may be written for a probability.
pub const PROBABILITY_ALLOWED: &str = "a chance from \"0 %\" to \"100 %\", or a number from 0 to 1";

/// Longest text that is considered a quantity at all \[bytes\].
const NOTATION_LENGTH_MAX: usize = 200;

/// Units of time, longest first, in minutes; a year is 365 days.
const TIME_UNITS: [(&str, &str, u32); 5] = [
    ("year", "years", 365 * Tick::PER_DAY),
    ("week", "weeks", 7 * Tick::PER_DAY),
    ("day", "days", Tick::PER_DAY),
    ("hour", "hours", 60),
    ("minute", "minutes", 1),
];

/// Reads "7 days", "1.5 hours"; rounds to the nearest minute.
///
/// # Errors
/// Refuses anything but a plain decimal number from 0 to 100 years followed by a unit.
pub fn parse_duration(text: &str) -> Result<Tick, Refusal> {
    let refusal = || Refusal::new(quoted(text), DURATION_ALLOWED);
    let (number, unit) = split_number(text).ok_or_else(refusal)?;
    let Some(minutes) = TIME_UNITS.iter().find(|(one, many, _)| unit == *one || unit == *many).map(|unit| unit.2)
    else {
        let names = TIME_UNITS.map(|(_, many, _)| many);
        let hint = match (advice::with_point(text), nearest(unit, names)) {
            (Some(better), _) => format!("write \"{better}\""),
            _ if matches!(unit, "month" | "months") => {
                format!("months differ in length: write \"{} days\"", print_number(number.value() * 30.0))
            }
            (None, Some(name)) => format!("did you mean `{name}`?"),
            (None, None) => "write a number, a space and a unit, such as \"7 days\"".to_owned(),
        };
        return Err(refusal().with_hint(hint));
    };
    let ticks = (number.value() * f64::from(minutes)).round();
    if !(0.0..=f64::from(DelayLaw::SPAN_MAX.0)).contains(&ticks) || number.is_negative() {
        return Err(refusal());
    }
    // In range just above, so the cast is exact.
    Ok(Tick(ticks as u32))
}

/// The duration in the largest unit that says it exactly: "1 week", "36 hours", "0 days".
pub fn print_duration(span: Tick) -> String {
    if span == Tick::ZERO {
        return "0 days".to_owned();
    }
    let exact = TIME_UNITS.iter().find(|unit| span.0.is_multiple_of(unit.2));
    let (one, many, minutes) = exact.copied().unwrap_or(("minute", "minutes", 1));
    match span.0 / minutes {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// A duration for people, with the largest unit that goes into it.
pub(crate) fn duration_said(span: Tick) -> Said {
    let goes_into = |minutes: u32| span > Tick::ZERO && span.0.is_multiple_of(minutes);
    let [(.., year), (.., week), (.., day), (.., hour), _] = TIME_UNITS;
    match span.0 {
        minutes if goes_into(year) => said!("span-years", count = minutes / year),
        minutes if goes_into(week) => said!("span-weeks", count = minutes / week),
        minutes if goes_into(day) || minutes == 0 => said!("span-days", count = minutes / day),
        minutes if goes_into(hour) => said!("span-hours", count = minutes / hour),
        minutes => said!("span-minutes", count = minutes),
    }
}

/// How often something happens, as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Times, zero or more.
    times: f64,
    /// In how many minutes.
    minutes: u32,
}

/// What may be written for a rate.
pub const RATE_ALLOWED: &str =
    "a rate from \"0 per day\" to \"1 per minute\" with its unit (per minute, per hour, per day, per week, per year)";

impl Rate {
    /// So often a day.
    pub const fn per_day(times: f64) -> Rate {
        Rate { times, minutes: Tick::PER_DAY }
    }

    /// So often a week.
    pub const fn per_week(times: f64) -> Rate {
        Rate { times, minutes: 7 * Tick::PER_DAY }
    }

    /// The rate \[per tick\].
    pub fn per_tick(self) -> f64 {
        self.times / f64::from(self.minutes)
    }
}

/// Reads "0.5 per day".
///
/// # Errors
/// Refuses anything but a plain decimal number followed by `per` and a unit, and rates above one a minute.
pub fn parse_rate(text: &str) -> Result<Rate, Refusal> {
    let refusal = || Refusal::new(quoted(text), RATE_ALLOWED);
    let (number, rest) = split_number(text).ok_or_else(refusal)?;
    let unit = rest.strip_prefix("per ").map(|unit| unit.trim_start_matches(' '));
    let minutes = unit.and_then(|unit| TIME_UNITS.iter().find(|known| known.0 == unit)).map(|unit| unit.2);
    let Some(minutes) = minutes else {
        return Err(refusal().with_hint("write a number, per and a unit, such as \"0.5 per day\""));
    };
    let rate = Rate { times: number.value() + 0.0, minutes };
    if number.is_negative() || !(0.0..=1.0).contains(&rate.per_tick()) { Err(refusal()) } else { Ok(rate) }
}

/// The rate as it is read: "0.5 per day".
pub fn print_rate(rate: Rate) -> String {
    let unit = TIME_UNITS.iter().find(|unit| unit.2 == rate.minutes).map_or("day", |unit| unit.0);
    format!("{} per {unit}", print_number(rate.times))
}

/// Reads "4 %" or "0.5%" into a number from 0 to 1.
///
/// # Errors
/// Refuses text without the percent sign, and chances outside 0..=100 %.
pub fn parse_percent(text: &str) -> Result<f64, Refusal> {
    let refusal = || Refusal::new(quoted(text), PROBABILITY_ALLOWED);
    let (number, unit) = split_number(text).ok_or_else(refusal)?;
    if unit != "%" {
        let refused = refusal();
        let bare = unit.is_empty() && number.value() <= 100.0 && !number.is_negative();
        let better = if bare { Some(format!("{} %", text.trim())) } else { advice::with_point(text) };
        return Err(match better {
            Some(better) => refused.with_hint(format!("write \"{better}\"")),
            None => refused,
        });
    }
    let chance = number.shifted(-2);
    if number.is_negative() || !(0.0..=1.0).contains(&chance) {
        return Err(refusal());
    }
    Ok(chance)
}

/// A chance from 0 to 1 as its shortest exact percentage: "4 %", "0.015 %".
pub fn print_percent(chance: f64) -> String {
    // `{:e}` gives the shortest digits that read back exactly; the percentage is those digits, two places on.
    let scientific = format!("{chance:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or(0) + 2;
    let figures: String = digits.chars().filter(char::is_ascii_digit).collect();
    if figures == "0" {
        return "0 %".to_owned();
    }
    let number = match exponent {
        ..-8 => format!("{digits}e{exponent}"),
        -8..0 => format!("0.{}{figures}", "0".repeat((-exponent - 1) as usize)),
        _ => {
            let whole = exponent as usize + 1;
            if figures.len() <= whole {
                format!("{figures:0<whole$}")
            } else {
                format!("{}.{}", &figures[..whole], &figures[whole..])
            }
        }
    };
    format!("{number} %")
}

/// A chance in percent with at most so many decimals: without what floats add to the end of a sum or a product. A share
/// above one is more than 100 %.
pub fn print_rounded_percent(chance: f64, decimals: i32) -> String {
    let places = 10f64.powi(decimals + 2);
    print_percent((chance * places).round() / places)
}

/// A chance for people, rounded to so many decimals of a percentage.
pub(crate) fn percent_said(chance: f64, decimals: i32) -> Said {
    let percent = print_rounded_percent(chance, decimals);
    said!("share", figures = Value::Figures(percent.trim_end_matches(" %").to_owned()))
}

/// A number as text that reads back exactly, without an exponent where that is short.
pub fn print_number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-7..1e16).contains(&size) { format!("{value}") } else { format!("{value:e}") }
}

/// A decimal number as it was written: `-`, digits, at most one point with digits on both sides, `e` and an exponent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal<'t> {
    mantissa: &'t str,
    exponent: i32,
}

impl<'t> Decimal<'t> {
    /// The number, if the whole of `text` is one.
    pub(crate) fn parse(text: &'t str) -> Option<Decimal<'t>> {
        split_number(text).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
    }

    /// The nearest float; infinite beyond its range.
    pub(crate) fn value(self) -> f64 {
        self.shifted(0)
    }

    /// The nearest float to this number times 10^places.
    fn shifted(self, places: i32) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent.saturating_add(places)).parse().unwrap_or(f64::INFINITY)
    }

    /// Whether a minus sign was written.
    pub(crate) fn is_negative(self) -> bool {
        self.mantissa.starts_with('-')
    }

    /// The sign-and-digits text, unless an exponent was used.
    pub(crate) fn plain(self) -> Option<&'t str> {
        (self.exponent == 0).then_some(self.mantissa)
    }
}

/// A number at the start of a text, and what follows it; blanks around both are dropped.
pub(crate) fn split_number(text: &str) -> Option<(Decimal<'_>, &str)> {
    if text.len() > NOTATION_LENGTH_MAX {
        return None;
    }
    let text = text.trim_matches(' ');
    let bytes = text.as_bytes();
    let digits_from = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let start = usize::from(bytes.first() == Some(&b'-'));
    let mut end = start + digits_from(start);
    if end == start {
        return None;
    }
    if bytes.get(end) == Some(&b'.') {
        let places = digits_from(end + 1);
        if places == 0 {
            return None;
        }
        end += 1 + places;
    }
    let mantissa = &text[..end];
    let mut exponent = 0;
    if bytes.get(end) == Some(&b'e') {
        let sign = usize::from(bytes.get(end + 1) == Some(&b'-'));
        let figures = digits_from(end + 1 + sign);
        if figures > 0 {
            let stop = end + 1 + sign + figures;
            exponent = text[end + 1..stop].parse().ok()?;
            end = stop;
        }
    }
    Some((Decimal { mantissa, exponent }, text[end..].trim_start_matches(' ')))
}

/// A stranger's text in quotation marks, shortened and with nothing invisible left in it.
pub fn quoted(text: &str) -> String {
    format!("the text \"{}\"", visible(text, 60))
}

/// A path as a message has it: whole, with control and direction-changing characters spelled out.
pub fn shown(path: &Path) -> String {
    visible(&path.display().to_string(), usize::MAX)
}

/// At most `length` characters of a text; control and direction-changing characters are spelled out.
pub fn visible(text: &str, length: usize) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == length {
            shown.push('…');
            break;
        }
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character would act on a terminal or hide in it instead of being seen.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The candidate spelled most like `word`, if any is close enough to be meant.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Nobody mistypes a key of a hundred letters; and the distance costs length × length.
    if word.len() > 64 {
        return None;
    }
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (word.len().max(candidate.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn rates_are_read_and_printed_the_same() {
        for (text, per_tick) in [
            ("0 per day", 0.0),
            ("1 per minute", 1.0),
            ("0.5 per day", 0.5 / 1440.0),
            ("0.38 per year", 0.38 / 525_600.0),
        ] {
            let rate = parse_rate(text).expect("a rate");
            assert_eq!((rate.per_tick(), print_rate(rate)), (per_tick, text.to_owned()));
        }
        for wrong in ["", "1", "1 day", "1 per fortnight", "-1 per day", "1441 per day", "per day", "nan per day"] {
            assert!(parse_rate(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_are_read_as_minutes() {
        for (text, minutes) in [
            ("7 days", 10_080),
            ("1 day", 1_440),
            ("1day", 1_440),
            (" 36  hours ", 2_160),
            ("30 minutes", 30),
            ("2 weeks", 20_160),
            ("1 year", 525_600),
            ("100 years", 52_560_000),
            ("6.999 days", 10_079),
            ("0.5 minutes", 1),
            ("0 days", 0),
            ("1e2 minutes", 100),
        ] {
            assert_eq!(parse_duration(text), Ok(Tick(minutes)), "{text}");
        }
    }

    #[test]
    fn durations_without_unit_or_sense_are_refused() {
        for text in [
            "",
            "7",
            "days",
            "7 moons",
            "-1 days",
            "-0 days",
            "7 days ago",
            "101 years",
            "1e400 days",
            "1,5 days",
            ".5 days",
            "5. days",
            "nan days",
            "inf days",
            "٧ days",
            "7\u{a0}days",
            "7\tdays",
            "0x7 days",
            "+7 days",
            "1e99999999999 days",
        ] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
        assert_eq!(parse_duration("7 dyas").unwrap_err().hint.as_deref(), Some("did you mean `days`?"));
        assert!(parse_duration(&"9".repeat(100_000)).unwrap_err().found.len() < 300);
    }

    #[test]
    fn durations_print_in_the_largest_exact_unit_and_read_back() {
        for (minutes, text) in [
            (0, "0 days"),
            (1, "1 minute"),
            (61, "61 minutes"),
            (2_160, "36 hours"),
            (1_440, "1 day"),
            (10_080, "1 week"),
            (14_400, "10 days"),
            (525_600, "1 year"),
        ] {
            assert_eq!(print_duration(Tick(minutes)), text);
            assert_eq!(duration_said(Tick(minutes)).told(Language::English), text);
        }
        for minutes in (0..20_000).chain(52_559_000..=52_560_000) {
            assert_eq!(parse_duration(&print_duration(Tick(minutes))), Ok(Tick(minutes)));
        }
    }

    #[test]
    fn percentages_are_exact_both_ways() {
        for (text, chance) in [
            ("4 %", 0.04),
            ("4%", 0.04),
            ("0.5 %", 0.005),
            ("7 %", 0.07),
            ("0 %", 0.0),
            ("100 %", 1.0),
            ("1.5 %", 0.015),
            ("12.345678 %", 0.12345678),
            ("0.0001 %", 1e-6),
            ("1e-18 %", 1e-20),
        ] {
            assert_eq!(parse_percent(text), Ok(chance), "{text}");
            assert_eq!(print_percent(chance), text.replace("4%", "4 %"), "{text}");
        }
        let mut chance = 1.0;
        for step in 0..2_000 {
            assert_eq!(parse_percent(&print_percent(chance)), Ok(chance), "{chance:e}");
            chance *= if step % 2 == 0 { 0.613 } else { 0.977 };
        }
        assert_eq!(parse_percent(&print_percent(f64::MIN_POSITIVE)), Ok(f64::MIN_POSITIVE));
    }

    #[test]
    fn chances_that_are_none_are_refused() {
        for text in ["", "4", "%", "4 percent", "101 %", "-1 %", "-0 %", "١٢ %", "4 % %", "NaN %", "inf %", "1e400 %"]
        {
            assert!(parse_percent(text).is_err(), "{text}");
        }
        assert_eq!(parse_percent("4").unwrap_err().hint.as_deref(), Some("write \"4 %\""));
    }

    #[test]
    fn numbers_print_short_and_read_back() {
        for (value, text) in [(12.0, "12"), (0.8, "0.8"), (1e300, "1e300"), (1e-9, "1e-9"), (0.0, "0")] {
            assert_eq!(print_number(value), text);
            assert_eq!(Decimal::parse(text).map(Decimal::value), Some(value));
        }
    }

    #[test]
    fn strangers_text_is_made_visible() {
        assert_eq!(visible("a\u{1b}[31mb", 60), "a\\u{1b}[31mb");
        assert_eq!(visible("\u{202e}abc", 60), "\\u{202e}abc");
        assert_eq!(visible("abcdef", 3), "abc…");
    }

    #[test]
    fn only_close_spellings_are_suggested() {
        let known = ["satisfied", "persuasion", "people"];
        assert_eq!(nearest("satisfeid", known), Some("satisfied"));
        assert_eq!(nearest("Peolpe", known), Some("people"));
        assert_eq!(nearest("colour", known), None);
    }
}
