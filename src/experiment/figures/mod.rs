//! The charts of an experiment, as data over the table of curves and over those of the runs that were heard closely.
//!
//! | file | question |
//! |---|---|
//! | here | what came out, day by day, over all runs |
//! | `coming` | by which way, and over which steps, did customers come? |
//! | `spreading` | how many does each bring, how large do cascades become, how many friends have people? |
//! | `saying` | what is said and thought? |
//! | `owing` | what does the programme owe, and what has it spent? |
//! | `closely` | the order of these charts, and what they have in common |
//! | `of_runs` | all charts of some runs, in the order of their report |

mod closely;
mod coming;
mod of_runs;
mod owing;
mod saying;
mod spreading;

pub use closely::{Guided, closely};
pub use coming::way_in_words;
pub use of_runs::{Charts, OfRuns};

use super::MoneyUnit;
use crate::figure::{Axis, Figure, Hue, Mark, Numbers, Stroke};
use crate::language::{Language, tell};
use crate::projection::{Measure, Unit};

/// What the captions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// In which language all words are.
    pub language: Language,
    /// Name of the scenario.
    pub scenario: String,
    /// How many runs.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
}

impl Caption {
    fn text(&self) -> String {
        let Caption { language, runs, .. } = *self;
        let (scenario, seed) = (self.scenario.as_str(), self.seed.to_string());
        match runs {
            1 => tell!(language, "caption-of-one-run", scenario = scenario, seed = seed),
            _ => {
                let number = language.number(f64::from(runs), 0);
                tell!(language, "caption", scenario = scenario, runs = runs, text = number, seed = seed)
            }
        }
    }

    fn days(&self) -> Axis {
        Axis::linear(tell!(self.language, "axis-days"), "day", Numbers::Plain)
    }

    fn amounts(&self, money: &MoneyUnit, sign: &str) -> Axis {
        let numbers = Numbers::Money { prefix: sign.to_owned(), digits: money.digits };
        Axis::linear(tell!(self.language, "axis-money", currency = money.code.as_str()), "", numbers)
    }
}

/// People reached and customers won, day by day.
pub fn reach(caption: &Caption) -> Figure {
    let language = caption.language;
    Figure {
        name: "reach".into(),
        title: tell!(language, "chart-reach"),
        caption: caption.text(),
        x: caption.days(),
        y: Axis::linear(tell!(language, "axis-people"), "", Numbers::Plain),
        marks: vec![
            band("reach", Hue::First),
            band("customers", Hue::Second),
            line("reach", tell!(language, "chart-reach-reached"), Hue::First, Stroke::Solid),
            line("customers", tell!(language, "chart-reach-customers"), Hue::Second, Stroke::Solid),
            line("customers_by_word", tell!(language, "chart-reach-by-word"), Hue::Third, Stroke::Dashed),
        ],
    }
}

/// Revenue, reward cost and profit, day by day.
pub fn revenue(caption: &Caption, money: &MoneyUnit, sign: &str) -> Figure {
    let language = caption.language;
    Figure {
        name: "revenue".into(),
        title: tell!(language, "chart-revenue"),
        caption: caption.text(),
        x: caption.days(),
        y: caption.amounts(money, sign),
        marks: vec![
            band("revenue", Hue::First),
            band("profit", Hue::Second),
            line("revenue", tell!(language, "chart-revenue-revenue"), Hue::First, Stroke::Solid),
            line("profit", tell!(language, "chart-revenue-profit"), Hue::Second, Stroke::Solid),
            line("reward_cost", tell!(language, "chart-revenue-reward-cost"), Hue::Third, Stroke::Dashed),
        ],
    }
}

/// What a firm counted itself over the curve of the runs; `actual` is the column that holds it.
pub fn actuals(caption: &Caption, measure: &Measure, actual: &str, money: &MoneyUnit, sign: &str) -> Figure {
    let (language, name) = (caption.language, measure.name);
    let label = measure.label_in(language);
    let y = match measure.unit {
        Unit::Money => caption.amounts(money, sign),
        _ => Axis::linear(tell!(language, "compare-axis-up-to-day", label = label.as_str()), "", Numbers::Plain),
    };
    Figure {
        name: "actuals".into(),
        title: tell!(language, "compare-chart-actuals", label = label.as_str()),
        caption: caption.text(),
        x: caption.days(),
        y,
        marks: vec![
            band(name, Hue::First),
            line(name, label, Hue::First, Stroke::Solid),
            Mark::Points { y: actual.to_owned(), label: tell!(language, "compare-actuals"), hue: Hue::Ink },
        ],
    }
}

/// Customers with the programme and without it, day by day.
pub fn programme(caption: &Caption) -> Figure {
    let language = caption.language;
    let labels = [tell!(language, "chart-programme-without"), tell!(language, "chart-programme-with")];
    beside_twin("programme", tell!(language, "chart-programme"), caption, labels)
}

/// Customers under the terms of before a fork and under those of after it, day by day.
pub fn fork(caption: &Caption, day: u32) -> Figure {
    let language = caption.language;
    let labels = [tell!(language, "chart-fork-old"), tell!(language, "chart-fork-new")];
    beside_twin("fork", tell!(language, "chart-fork", day = day), caption, labels)
}

/// Customers in the twins and in the runs.
fn beside_twin(name: &str, title: String, caption: &Caption, [twin, run]: [String; 2]) -> Figure {
    Figure {
        name: name.into(),
        title,
        caption: caption.text(),
        x: caption.days(),
        y: Axis::linear(tell!(caption.language, "axis-customers"), "", Numbers::Plain),
        marks: vec![
            band("twin_customers", Hue::Second),
            band("customers", Hue::First),
            line("twin_customers", twin, Hue::Second, Stroke::Dashed),
            line("customers", run, Hue::First, Stroke::Solid),
        ],
    }
}

/// What new terms add to the profit, day by day, run by run: zero up to the day of the fork.
pub fn difference(caption: &Caption, day: u32, money: &MoneyUnit, sign: &str) -> Figure {
    Figure {
        name: "difference".into(),
        title: tell!(caption.language, "chart-difference", day = day),
        caption: caption.text(),
        x: caption.days(),
        y: caption.amounts(money, sign),
        marks: vec![
            band("incremental_profit", Hue::First),
            line(
                "incremental_profit",
                tell!(caption.language, "chart-difference-difference"),
                Hue::First,
                Stroke::Solid,
            ),
        ],
    }
}

fn band(measure: &str, hue: Hue) -> Mark {
    Mark::Band { low: format!("{measure}_p05"), high: format!("{measure}_p95"), hue }
}

fn line(measure: &str, label: String, hue: Hue, stroke: Stroke) -> Mark {
    Mark::Line { y: format!("{measure}_median"), label, hue, stroke }
}

#[cfg(test)]
mod tests;
