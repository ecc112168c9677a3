//! A ratio that has a name: what it is called, what it means, and of which measures it is made.
//!
//! Deliberately absent: the ratios themselves, which stand with what they are about (`programme`, `worth`), and how an interval
//! is found (`ratio`).

use super::{MoneyUnit, Outcome, Ratio};
use crate::language::Language;
use crate::projection::{Projection, Standard};

/// A ratio of totals of all runs, or of products of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioMeasure {
    /// Snake-case name, unique.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What it is counted in.
    pub unit: RatioUnit,
    /// A sentence that says what it is.
    pub meaning: &'static str,
    /// What is divided: totals, multiplied with each other.
    pub(super) numerator: &'static [Sum],
    /// By what.
    pub(super) denominator: &'static [Sum],
    /// What the quotient is multiplied by.
    pub(super) scale: f64,
    /// Values outside these bounds make no sense.
    pub(super) bounds: (f64, f64),
}

/// What a ratio is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioUnit {
    /// Minor units of the scenario's currency, for each.
    Money,
    /// A share of one.
    Share,
    /// Days, for each.
    Days,
    /// Purchases, for each.
    Purchases,
    /// Times from a purchase to the next, for each.
    Periods,
}

impl RatioUnit {
    /// The unit as it stands in tables; money is in the given currency.
    #[doc(hidden)]
    pub fn name(self, money: &MoneyUnit) -> String {
        match self {
            RatioUnit::Money => money.code.clone(),
            RatioUnit::Share => String::new(),
            RatioUnit::Days => "days".to_owned(),
            RatioUnit::Purchases => "purchases".to_owned(),
            RatioUnit::Periods => "periods".to_owned(),
        }
    }

    /// By what a ratio is divided for its unit: money is counted in minor units.
    #[doc(hidden)]
    pub fn scale(self, money: &MoneyUnit) -> f64 {
        if self == RatioUnit::Money { money.minor_units() } else { 1.0 }
    }
}

/// A total of every run: measures of the run, or of how it compares with its twin, added up less others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    plus: &'static [&'static str],
    minus: &'static [&'static str],
}

/// These measures added up.
pub(super) const fn sum(plus: &'static [&'static str]) -> Sum {
    Sum { plus, minus: &[] }
}

pub(super) const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
pub(super) const NOT_NEGATIVE: (f64, f64) = (0.0, f64::INFINITY);

impl Sum {
    /// The sum less these measures.
    pub(super) const fn less(self, minus: &'static [&'static str]) -> Sum {
        Sum { minus, ..self }
    }

    /// Its value in every run; money in minor units.
    pub(super) fn of(self, outcome: &Outcome) -> Vec<i64> {
        let mut totals = vec![0; outcome.rows.len()];
        let signed = self.plus.iter().map(|name| (name, 1)).chain(self.minus.iter().map(|name| (name, -1)));
        for (name, sign) in signed {
            let compared = outcome.twin.as_ref().and_then(|twin| twin.comparison(name));
            let values = compared.or_else(|| outcome.totals(name)).expect("a measure of every run");
            totals.iter_mut().zip(values).for_each(|(total, value)| *total += sign * value);
        }
        totals
    }
}

impl RatioMeasure {
    /// What people call it in a language.
    pub fn label_in(&self, language: Language) -> String {
        language.named(&format!("ratio-{}", self.name), None, self.label)
    }

    /// What it is, in a sentence of a language.
    pub fn meaning_in(&self, language: Language) -> String {
        language.named(&format!("ratio-{}", self.name), Some("meaning"), self.meaning)
    }

    /// Whether it is of how runs compare with their twins.
    pub fn needs_twin(&self) -> bool {
        let totals = Standard::total_measures();
        let is_total = |name: &&str| totals.iter().any(|measure| measure.name == *name);
        [self.numerator, self.denominator].concat().iter().any(|sum| !sum.plus.iter().chain(sum.minus).all(is_total))
    }

    /// The ratio in these runs, money in minor units; those of programmes need the twin.
    pub fn of(&self, outcome: &Outcome) -> Ratio {
        let values = |sums: &[Sum]| sums.iter().map(|sum| sum.of(outcome)).collect::<Vec<_>>();
        let (low, high) = self.bounds;
        Ratio::of_products(&values(self.numerator), &values(self.denominator)).times(self.scale).within(low, high)
    }
}

#[cfg(test)]
impl RatioMeasure {
    /// Panics where one of its measures is not known.
    pub(super) fn assert_is_of(&self, known: &[crate::projection::Measure]) {
        for Sum { plus, minus } in [self.numerator, self.denominator].concat() {
            for name in [plus, minus].concat() {
                assert!(known.iter().any(|measure| measure.name == name), "{} is of {name}", self.name);
            }
        }
    }
}
