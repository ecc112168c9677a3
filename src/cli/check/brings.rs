//! How many customers each customer brings, in words: whether word of mouth alone carries the product, and what the programme adds.
//!
//! R is told of the customers whom no word brought and, where they are enough, of those whom these brought: people who are
//! told have more friends than others, so the second number can be the larger one, and it is the larger one that decides.

use super::super::terminal;
use super::pilot::{Brought, Pilot};
use crate::experiment::Ratio;
use crate::language::Language;
use crate::report::words::{Locale, Quantity, count};
use crate::scenario::Scenario;
use crate::scenario::values::print_duration;

/// Columns that its lines take at most.
const WIDTH: u16 = 78;

/// Whether each customer brings another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Fewer than one.
    Below,
    /// It cannot be told from one.
    About,
    /// More than one.
    Above,
}

impl Verdict {
    /// In a word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Below => "below one",
            Verdict::About => "about one",
            Verdict::Above => "above one",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Verdict::Below => {
                "That is fewer than one for one: word alone will not carry this. It adds to the customers whom you win otherwise."
            }
            Verdict::About => "That is about one for one: it may grow or die out, and small changes decide.",
            Verdict::Above => {
                "That is more than one for one: it spreads of itself, until there are too few left who have not heard."
            }
        }
    }

    /// What was played comes to; nothing where nobody began.
    pub fn of(brought: &Brought) -> Option<Verdict> {
        let (value, ends) = known(brought.first)?;
        let next = brought.next.and_then(known).filter(|(next, _)| *next > value);
        let [low, high] = next.map_or(ends, |(_, ends)| ends);
        Some(match () {
            () if high < 1.0 => Verdict::Below,
            () if low > 1.0 => Verdict::Above,
            () => Verdict::About,
        })
    }
}

/// The value of a ratio, and the ends of its interval; of a single run both are the value.
pub(super) fn known(ratio: Ratio) -> Option<(f64, [f64; 2])> {
    match ratio {
        Ratio::Known { value, interval } => Some((value, interval.unwrap_or([value, value]))),
        Ratio::Indistinct | Ratio::Negative => None,
    }
}

/// What each customer brings, in a paragraph below a heading.
pub(super) fn said(scenario: &Scenario, pilot: &Pilot) -> String {
    let runs = count(pilot.runs.into());
    let head = format!("\nWhat each customer brings, in {runs} runs that were played to try\n\n");
    let with = &pilot.with;
    let Some(verdict) = Verdict::of(with) else {
        return head + &wrapped("Too few are customers without a word to say how many each brings.");
    };
    let mut paragraphs = vec![format!("{} {}", each(scenario, with), verdict.words()), at_the_end(scenario, with)];
    if let Some(without) = &pilot.without {
        let told = known(without.first).map_or("none".to_owned(), more);
        let customers = estimate(without);
        paragraphs
            .push(format!("Without the programme each brings {told}, and there are {customers} customers at the end."));
    }
    head + &paragraphs.iter().map(|paragraph| wrapped(paragraph)).collect::<Vec<_>>().join("\n")
}

/// "Each first customer brings 0.24 more (95 % interval 0.22 to 0.26), and each of those 0.25."
fn each(scenario: &Scenario, brought: &Brought) -> String {
    let are_first = brought.began <= f64::from(scenario.first_customers());
    let who = if are_first { "Each first customer" } else { "Each customer who came without a word" };
    let first = known(brought.first).map_or("none".to_owned(), more);
    let next = brought.next.and_then(known).map_or(String::new(), |it| format!(", and each of those {}", number(it)));
    format!("{who} brings {first}{next}.")
}

/// What the first customers have come to by the end.
fn at_the_end(scenario: &Scenario, brought: &Brought) -> String {
    let horizon = print_duration(scenario.horizon());
    let began = count(brought.began.round() as i64);
    let stopped = match brought.stopped {
        0 => String::new(),
        stopped => format!(", where {stopped} runs were stopped"),
    };
    let come = if began == "1" { "comes" } else { "come" };
    format!("{began} of them {come} to {} customers in {horizon}{stopped}.", estimate(brought))
}

fn locale() -> Locale {
    Locale::without_money(Language::English)
}

/// A value with its interval: "0.24 more (95 % interval 0.22 to 0.26)".
fn more((value, [low, high]): (f64, [f64; 2])) -> String {
    let interval = locale().interval(low, high, Quantity::Plain);
    format!("{} more (95 % interval {interval})", number((value, [low, high])))
}

fn number((value, [low, high]): (f64, [f64; 2])) -> String {
    locale().estimate(value, low, high, Quantity::Plain)
}

/// All customers at the end, to the digits that are known.
fn estimate(brought: &Brought) -> String {
    let mean = brought.customers.mean;
    let [low, high] = brought.customers.interval.unwrap_or([mean, mean]);
    number((mean, [low, high]))
}

/// A paragraph, moved in.
fn wrapped(text: &str) -> String {
    terminal::wrapped(text, "  ", WIDTH).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Estimate;
    use std::path::Path;

    fn ratio(value: f64, low: f64, high: f64) -> Ratio {
        Ratio::Known { value, interval: Some([low, high]) }
    }

    fn brought(first: Ratio, next: Option<Ratio>) -> Brought {
        Brought { first, next, began: 100.0, customers: Estimate::of(&[130, 128, 132]), stopped: 0 }
    }

    #[test]
    fn the_larger_of_two_generations_decides() {
        let small = ratio(0.24, 0.22, 0.26);
        assert_eq!(Verdict::of(&brought(small, None)), Some(Verdict::Below));
        assert_eq!(Verdict::of(&brought(small, Some(ratio(0.9, 0.8, 1.1)))), Some(Verdict::About));
        assert_eq!(Verdict::of(&brought(small, Some(ratio(1.4, 1.2, 1.6)))), Some(Verdict::Above));
        assert_eq!(Verdict::of(&brought(ratio(1.4, 1.2, 1.6), Some(small))), Some(Verdict::Above));
        assert_eq!(Verdict::of(&brought(Ratio::Indistinct, None)), None);
    }

    #[test]
    fn an_interval_that_holds_one_says_about_one() {
        for (low, high, expected) in
            [(0.5, 0.99, Verdict::Below), (0.99, 1.01, Verdict::About), (1.01, 2.0, Verdict::Above)]
        {
            assert_eq!(Verdict::of(&brought(ratio(1.0, low, high), None)), Some(expected));
        }
    }

    #[test]
    fn what_a_customer_brings_is_said_to_the_digits_that_are_known() {
        let text = "graph.complete.people = 1_000\nseeds.count = 100";
        let scenario = Scenario::parse("a.toml", text, Path::new(""), crate::scenario::Overrides::default());
        let scenario = scenario.unwrap_or_else(|error| panic!("{error}"));
        let with = brought(ratio(0.2412, 0.2231, 0.2598), Some(ratio(0.2, 0.1, 0.3)));
        let expected = "Each first customer brings 0.241 more (95 % interval 0.223 to 0.260), and each of those 0.20.";
        assert_eq!(each(&scenario, &with), expected);
        let others = Brought { began: 120.0, ..with };
        assert!(each(&scenario, &others).starts_with("Each customer who came without a word brings 0.241 more"));
    }
}
