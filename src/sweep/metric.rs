//! A metric: a number of each run, or of all runs of a cell together, that a sweep keeps.
//!
//! Every one is taken from a projection: totals of a run, how it compares with its twin, ratios of totals, and two that a sweep asks
//! for with a share in brackets: whether the product takes off, and how many days it takes to reach so many people.

use super::record::Statistics;
use crate::engine::Counterpart;
use crate::experiment::{MoneyUnit, Outcome, RatioMeasure, RatioUnit, comparison_measures, ratio_measures};
use crate::language::{Language, tell};
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::scenario::values::{nearest, parse_percent, print_percent};
use crate::sensitivity::Goal;
use serde::{Deserialize, Serialize};

/// A metric, as the plan writes it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Its name in tables: `customers`, `takes_off(10 %)`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it is counted in; empty for a bare number, "share" for a share of one.
    pub unit: String,
    /// A sentence that says what it is.
    pub meaning: String,
}

impl Metric {
    /// What is wanted of it: costs and what takes time, little; everything else, much.
    pub fn goal(&self) -> Goal {
        match Kind::parse(&self.name) {
            Ok(Kind::Total(measure) | Kind::Comparison(measure)) if measure.is_better_low() => Goal::Small,
            Ok(Kind::Ratio(ratio)) if RATIOS_BETTER_LOW.contains(&ratio.name) => Goal::Small,
            Ok(Kind::DaysTo(_)) => Goal::Small,
            _ => Goal::Large,
        }
    }

    /// Whether it is the share of the runs in which the product takes off.
    pub fn is_take_off(&self) -> bool {
        matches!(Kind::parse(&self.name), Ok(Kind::TakesOff(_)))
    }

    /// What people call it in a language.
    pub fn label_in(&self, language: Language) -> String {
        match Kind::parse(&self.name) {
            Ok(Kind::Total(measure) | Kind::Comparison(measure)) => measure.label_in(language),
            Ok(Kind::Ratio(ratio)) => ratio.label_in(language),
            Ok(Kind::TakesOff(share)) => {
                tell!(language, "sweep-takes-off", share = hundredths(share, language))
            }
            Ok(Kind::DaysTo(share)) => {
                tell!(language, "sweep-days-to", share = hundredths(share, language))
            }
            Err(_) => self.label.clone(),
        }
    }

    /// What it is, in a sentence of a language.
    pub fn meaning_in(&self, language: Language) -> String {
        match Kind::parse(&self.name) {
            Ok(Kind::Total(measure) | Kind::Comparison(measure)) => measure.meaning_in(language),
            Ok(Kind::Ratio(ratio)) => ratio.meaning_in(language),
            Ok(Kind::TakesOff(share)) => {
                tell!(language, "sweep-takes-off-meaning", share = hundredths(share, language))
            }
            Ok(Kind::DaysTo(share)) => {
                tell!(language, "sweep-days-to-meaning", share = hundredths(share, language))
            }
            Err(_) => self.meaning.clone(),
        }
    }
}

/// A share in hundredths as the metric's name has it, in a language.
fn hundredths(share: f64, language: Language) -> String {
    language.hundredths(&language.group(print_percent(share).trim_end_matches([' ', '%'])))
}

/// Ratios that are a cost, or rewards spent in vain.
const RATIOS_BETTER_LOW: [&str; 3] =
    ["reward_cost_per_attributed", "reward_cost_per_incremental", "reward_share_anyway"];

/// Where the numbers of a metric are from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A total of the run.
    Total(Measure),
    /// How the run compares with its twin.
    Comparison(Measure),
    /// A ratio of totals of all runs.
    Ratio(RatioMeasure),
    /// 1 where at least this share of all people become customers, else 0.
    TakesOff(f64),
    /// The first day by whose end this share of all people are customers.
    DaysTo(f64),
}

/// The unit of what is a share of one.
pub const SHARE: &str = "share";

/// What a sweep keeps unless it says otherwise; the last ones only where there is a programme.
pub const USUAL: [&str; 7] = [
    "customers",
    "customers_by_word",
    "revenue",
    "profit",
    "reward_cost",
    "incremental_customers",
    "incremental_profit",
];

const TAKES_OFF: &str = "takes_off";
const DAYS_TO: &str = "days_to";

impl Kind {
    /// Reads the name of a metric.
    ///
    /// # Errors
    /// There is none of that name; a hint where one can be guessed.
    pub fn parse(name: &str) -> Result<Kind, Option<String>> {
        let known = |measures: &[Measure]| measures.iter().find(|measure| measure.name == name).copied();
        if let Some(measure) = known(&Standard::total_measures()) {
            return Ok(Kind::Total(measure));
        }
        if let Some(measure) = known(comparison_measures(Counterpart::WithoutProgramme)) {
            return Ok(Kind::Comparison(measure));
        }
        if let Some(ratio) = ratio_measures().into_iter().find(|ratio| ratio.name == name) {
            return Ok(Kind::Ratio(ratio));
        }
        if let Some((function, rest)) = name.split_once('(') {
            let share = rest.trim_end().strip_suffix(')').and_then(|share| parse_percent(share).ok());
            match (function.trim(), share.filter(|&share| share > 0.0)) {
                (TAKES_OFF, Some(share)) => return Ok(Kind::TakesOff(share)),
                (DAYS_TO, Some(share)) => return Ok(Kind::DaysTo(share)),
                (known @ (TAKES_OFF | DAYS_TO), None) => return Err(Some(format!("write \"{known}(10 %)\""))),
                _ => {}
            }
        }
        let names = names();
        Err(nearest(name, names.iter().map(String::as_str)).map(|name| format!("did you mean \"{name}\"?")))
    }

    /// Whether it is of how runs compare with their twins.
    pub fn needs_twin(self) -> bool {
        match self {
            Kind::Comparison(_) => true,
            Kind::Ratio(ratio) => ratio.needs_twin(),
            _ => false,
        }
    }

    /// Whether it is about rewards alone.
    pub fn is_reward(self) -> bool {
        matches!(self, Kind::Total(measure) if measure.name.starts_with("reward"))
    }

    /// Whether it is a share of all people, who must therefore be numbered.
    pub fn needs_people(self) -> bool {
        matches!(self, Kind::TakesOff(_) | Kind::DaysTo(_))
    }

    /// How it is written down.
    pub fn metric(self, money: &MoneyUnit) -> Metric {
        let of = |measure: Measure| Metric {
            name: measure.name.to_owned(),
            label: measure.label.to_owned(),
            unit: measure.unit.name(money),
            meaning: measure.meaning.to_owned(),
        };
        match self {
            Kind::Total(measure) | Kind::Comparison(measure) => of(measure),
            Kind::Ratio(ratio) => Metric {
                name: ratio.name.to_owned(),
                label: ratio.label.to_owned(),
                unit: match ratio.unit {
                    RatioUnit::Money => money.code.clone(),
                    RatioUnit::Share => SHARE.to_owned(),
                    RatioUnit::Days => "days".to_owned(),
                    RatioUnit::Purchases => "purchases".to_owned(),
                    RatioUnit::Periods => "periods".to_owned(),
                },
                meaning: ratio.meaning.to_owned(),
            },
            Kind::TakesOff(share) => {
                let share = print_percent(share);
                Metric {
                    name: format!("{TAKES_OFF}({share})"),
                    label: format!("Runs that reach {share}"),
                    unit: SHARE.to_owned(),
                    meaning: format!("share of the runs in which at least {share} of all people become customers"),
                }
            }
            Kind::DaysTo(share) => {
                let share = print_percent(share);
                Metric {
                    name: format!("{DAYS_TO}({share})"),
                    label: format!("Days to {share}"),
                    unit: "days".to_owned(),
                    meaning: format!(
                        "days until {share} of all people are customers, over the runs that come so far within the horizon"
                    ),
                }
            }
        }
    }

    /// Its number in every run, money in minor units; nothing of runs that have none. None at all where it is of all runs together.
    pub fn values(self, outcome: &Outcome, people: u32) -> Option<Vec<Option<i64>>> {
        let all = |values: Vec<i64>| Some(values.into_iter().map(Some).collect());
        let reached = |share: f64| (share * f64::from(people)).ceil() as i64;
        match self {
            Kind::Total(measure) => all(outcome.totals(measure.name)?),
            Kind::Comparison(measure) => match &outcome.twin {
                Some(twin) => all(twin.comparison(measure.name)?),
                // Where nobody is rewarded, a programme adds nothing.
                None => all(vec![0; outcome.rows.len()]),
            },
            Kind::Ratio(_) => None,
            Kind::TakesOff(share) => {
                all(outcome.totals("customers")?.iter().map(|&it| i64::from(it >= reached(share))).collect())
            }
            Kind::DaysTo(share) => {
                let first = |days: &[i64]| days.iter().position(|&it| it >= reached(share)).map(|day| day as i64);
                Some(outcome.rows.iter().map(|row| row.daily_of("customers").and_then(first)).collect())
            }
        }
    }

    /// What is known of it after these runs.
    pub fn statistics(self, outcome: &Outcome, people: u32, money: &MoneyUnit) -> Statistics {
        let scale = if self.is_money() { money.minor_units() } else { 1.0 };
        match (self, self.values(outcome, people)) {
            (Kind::TakesOff(_), Some(values)) => {
                Statistics::of_share(&values.into_iter().flatten().collect::<Vec<_>>())
            }
            (_, Some(values)) => Statistics::of(&values.into_iter().flatten().collect::<Vec<_>>(), scale),
            (Kind::Ratio(ratio), None) if !ratio.needs_twin() || outcome.twin.is_some() => {
                Statistics::of_ratio(ratio.of(outcome), outcome.rows.len(), scale)
            }
            _ => Statistics::none(),
        }
    }

    /// Whether its numbers are minor units.
    pub fn is_money(self) -> bool {
        match self {
            Kind::Total(measure) | Kind::Comparison(measure) => measure.unit == Unit::Money,
            Kind::Ratio(ratio) => ratio.unit == RatioUnit::Money,
            _ => false,
        }
    }
}

/// Everything that can be kept, by name.
pub fn names() -> Vec<String> {
    let totals = Standard::total_measures().into_iter().map(|measure| measure.name.to_owned());
    let comparisons = comparison_measures(Counterpart::WithoutProgramme).iter().map(|measure| measure.name.to_owned());
    let ratios = ratio_measures().into_iter().map(|ratio| ratio.name.to_owned());
    totals.chain(comparisons).chain(ratios).chain([TAKES_OFF, DAYS_TO].map(|it| format!("{it}(10 %)"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_of_a_metric_that_is_called_so() {
        let money = MoneyUnit { code: "USD".to_owned(), digits: 2 };
        for name in names() {
            let kind = Kind::parse(&name).unwrap_or_else(|_| panic!("{name}"));
            assert_eq!(kind.metric(&money).name, name);
        }
        for name in USUAL {
            assert!(Kind::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_of_the_twin_is_known_to_be() {
        let needs = |name| Kind::parse(name).map(Kind::needs_twin).unwrap_or_else(|_| panic!("{name}"));
        assert!(!needs("profit") && !needs("retention") && !needs("takes_off(5 %)"));
        assert!(needs("incremental_profit") && needs("return_on_investment"));
    }

    #[test]
    fn a_slip_in_a_name_is_put_right() {
        let hint = |name| Kind::parse(name).expect_err("no such metric");
        assert_eq!(hint("custmers").as_deref(), Some("did you mean \"customers\"?"));
        assert_eq!(hint("takes_off(soon)").as_deref(), Some("write \"takes_off(10 %)\""));
        assert_eq!(hint("days_to(0 %)").as_deref(), Some("write \"days_to(10 %)\""));
        assert_eq!(hint("zzzzzzzzzzzzz"), None);
    }
}
