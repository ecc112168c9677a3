//! The charts of an experiment, as data over the table of curves.

use super::MoneyUnit;
use crate::figure::{Axis, Figure, Hue, Mark, Numbers, Stroke};

/// What the captions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Name of the scenario.
    pub scenario: String,
    /// How many runs, as people read it.
    pub runs: String,
    /// The seed.
    pub seed: u64,
}

impl Caption {
    fn text(&self) -> String {
        let Caption { scenario, runs, seed } = self;
        match runs.as_str() {
            "1" => format!("{scenario} · one run · seed {seed}"),
            _ => format!(
                "{scenario} · {runs} runs · seed {seed} · lines: the median of the runs, day by day; bands: the middle 90 % of runs \
                 (5 % to 95 %)"
            ),
        }
    }
}

fn days() -> Axis {
    Axis::linear("Days since the start", "day", Numbers::Plain)
}

fn amounts(money: &MoneyUnit, sign: &str) -> Axis {
    let numbers = Numbers::Money { prefix: sign.to_owned() };
    Axis::linear(format!("{}, up to each day", money.code), "", numbers)
}

/// People reached and customers won, day by day.
pub fn reach(caption: &Caption) -> Figure {
    Figure {
        name: "reach".into(),
        title: "People reached and customers won".into(),
        caption: caption.text(),
        x: days(),
        y: Axis::linear("People, up to each day", "", Numbers::Plain),
        marks: vec![
            band("reach", Hue::First),
            band("customers", Hue::Second),
            line("reach", "Reached", Hue::First, Stroke::Solid),
            line("customers", "Customers", Hue::Second, Stroke::Solid),
            line("customers_by_word", "by word", Hue::Third, Stroke::Dashed),
        ],
    }
}

/// Revenue, reward cost and profit, day by day.
pub fn revenue(caption: &Caption, money: &MoneyUnit, sign: &str) -> Figure {
    Figure {
        name: "revenue".into(),
        title: "Revenue, reward cost and profit".into(),
        caption: caption.text(),
        x: days(),
        y: amounts(money, sign),
        marks: vec![
            band("revenue", Hue::First),
            band("profit", Hue::Second),
            line("revenue", "Revenue", Hue::First, Stroke::Solid),
            line("profit", "Profit", Hue::Second, Stroke::Solid),
            line("reward_cost", "Reward cost", Hue::Third, Stroke::Dashed),
        ],
    }
}

/// Customers with the programme and without it, day by day.
pub fn programme(caption: &Caption) -> Figure {
    let title = "Customers with the programme and without it".to_owned();
    beside_twin("programme", title, caption, ["Without it", "With it"])
}

/// Customers under the terms of before a fork and under those of after it, day by day.
pub fn fork(caption: &Caption, day: u32) -> Figure {
    let title = format!("Customers under the old terms and under new ones after day {day}");
    beside_twin("fork", title, caption, ["Old terms", "New terms"])
}

/// Customers in the twins and in the runs.
fn beside_twin(name: &str, title: String, caption: &Caption, [twin, run]: [&str; 2]) -> Figure {
    Figure {
        name: name.into(),
        title,
        caption: caption.text(),
        x: days(),
        y: Axis::linear("Customers, up to each day", "", Numbers::Plain),
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
        title: format!("Profit that the new terms after day {day} add"),
        caption: caption.text(),
        x: days(),
        y: amounts(money, sign),
        marks: vec![
            band("incremental_profit", Hue::First),
            line("incremental_profit", "Difference", Hue::First, Stroke::Solid),
        ],
    }
}

fn band(measure: &str, hue: Hue) -> Mark {
    Mark::Band { low: format!("{measure}_p05"), high: format!("{measure}_p95"), hue }
}

fn line(measure: &str, label: &str, hue: Hue, stroke: Stroke) -> Mark {
    Mark::Line { y: format!("{measure}_median"), label: label.into(), hue, stroke }
}
