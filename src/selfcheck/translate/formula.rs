//! Cases that are arithmetic: their figures follow from the model through the functions that the library offers.
//!
//! A quantity may bring numbers of its own ("k, Fixed cycle 14 d"); they are read from its words.

use super::{Refused, chance, has_keys, key_of};
use crate::economics::{self, Cycle};
use crate::experiment::Nps;
use crate::selfcheck::case::Case;
use serde_json::{Map, Value};

/// What follows from a model by arithmetic alone.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// The net promoter score of a survey.
    Nps(Nps),
    /// What one first customer makes of herself, at each of these reproduction numbers.
    Families(Vec<f64>),
    /// What a customer is worth.
    Value {
        /// Of a purchase.
        margin: f64,
        /// Of a period.
        retention: f64,
        /// Of a period.
        discount: f64,
    },
    /// The share of customers who were kept \[percent\].
    Retention(f64),
    /// What so much more retention is worth, at each of these retentions.
    Gains {
        /// As shares.
        retentions: Vec<f64>,
        /// By how much, where a quantity does not say it.
        points: f64,
    },
    /// What is left of a gain after the reward that it cost, as a share of the reward.
    Roi(f64),
    /// How much more a referred customer is worth.
    Referred {
        /// Of others.
        retention: f64,
        /// How many times as much she spends.
        spend: f64,
        /// How many times as often she leaves.
        churn: f64,
    },
    /// Growth by a factor in so many days, and the k that it stands for.
    Growth {
        /// The factor.
        multiple: f64,
        /// In this time.
        days: f64,
    },
}

impl Formula {
    /// The figure that a quantity in words asks for.
    pub fn value(&self, quantity: &str) -> Option<f64> {
        match *self {
            Formula::Nps(nps) => match quantity {
                "NPS" => nps.score(),
                "standard error of the survey NPS" => nps.standard_error(),
                _ => None,
            },
            Formula::Families(ref known) => {
                let number: f64 = quantity.rsplit_once("R=")?.1.trim().parse().ok()?;
                is_one_of(known, number).then(|| economics::multiplier(number))?
            }
            Formula::Value { margin, retention, discount } => {
                if quantity.starts_with("CLV Gupta-Lehmann") {
                    return economics::clv_gupta_lehmann(margin, retention, discount);
                }
                let purchases = number_after(quantity, "CLV truncated at ")?;
                economics::clv_truncated(margin, retention, discount, purchases as u32)
            }
            Formula::Retention(percent) => quantity.starts_with("retention").then_some(percent),
            Formula::Gains { ref retentions, points } => {
                let retention = number_after(quantity, "r=").filter(|retention| is_one_of(retentions, *retention))?;
                let points = number_after(quantity, "->").map_or(points, |raised| raised - retention);
                economics::retention_gain(retention, points, discount(quantity)?)
            }
            Formula::Roi(roi) => (quantity == "ROI").then_some(roi),
            Formula::Referred { retention, spend, churn } => {
                let asked = quantity.starts_with("CLV ratio");
                asked.then(|| economics::referred_clv_ratio(retention, discount(quantity)?, spend, churn))?
            }
            Formula::Growth { multiple, days } => growth(quantity, multiple, days),
        }
    }
}

/// A figure of growth. A few follow from the quantity alone.
fn growth(quantity: &str, multiple: f64, days: f64) -> Option<f64> {
    let rate = || economics::daily_growth(multiple, days);
    let begins = |words: &str| quantity.starts_with(words);
    match () {
        () if begins("monthly growth rate") => economics::monthly_growth(multiple, days),
        () if begins("daily growth rate") => rate(),
        () if begins("doubling time") => economics::doubling_time(multiple, days),
        () if begins("k in steady exponential growth, ") => cycle(quantity)?.k_of_rate(rate()?),
        () if begins("k, ") => cycle(quantity)?.k(multiple, days),
        () if begins("k if referrals are ") => economics::k_of_share(number_after(quantity, "are ")? / 100.0),
        () if begins("k if the programme lifts ") => economics::k_of_lift(number_after(quantity, "by ")? / 100.0),
        () if begins("multiplier 1/(1-k) at k=") => economics::multiplier(number_after(quantity, " at k=")?),
        () => None,
    }
}

/// "Fixed cycle 7 d", "Exponential cycle mean 7 d".
fn cycle(quantity: &str) -> Option<Cycle> {
    let days = |kind: &str| {
        let after = |words: &str| number_after(quantity, &format!("{kind} cycle {words}"));
        after("").or_else(|| after("mean "))
    };
    days("Fixed").map(Cycle::Fixed).or_else(|| days("Exponential").map(Cycle::Exponential))
}

/// "undiscounted", "discounted 10%/period".
fn discount(quantity: &str) -> Option<f64> {
    if quantity.contains("undiscounted") {
        return Some(0.0);
    }
    number_after(quantity, "discounted ").filter(|_| quantity.contains("%/period")).map(|percent| percent / 100.0)
}

/// The number that stands right after some words.
fn number_after(text: &str, words: &str) -> Option<f64> {
    let rest = text.split_once(words)?.1;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn is_one_of(known: &[f64], number: f64) -> bool {
    known.iter().any(|known| (known - number).abs() < 1e-12)
}

/// Reads such a case; nothing if it is none.
pub fn read(case: &Case) -> Option<Result<Formula, Refused>> {
    let model = &case.model;
    let has = |keys: &[&str]| has_keys(model, keys);
    match () {
        () if has(&["promoters", "detractors", "n"]) => Some(nps(model)),
        () if has(&["rows"]) => Some(families(model)),
        () if has(&["start", "end", "new"]) => Some(retention(model)),
        () if has(&["base_retention"]) => Some(gains(case)),
        () if has(&["reward", "delta_clv"]) => Some(roi(model)),
        () if has(&["base_retention", "spend_factor", "churn_factor"]) => Some(referred(model)),
        () if has(&["multiple", "days"]) => Some(grown(model)),
        () => None,
    }
}

/// The largest number of customers, or amount of money.
const MANY: f64 = 1e12;

fn nps(model: &Map<String, Value>) -> Result<Formula, Refused> {
    let (promoters, detractors) = (chance(model, "promoters")?, chance(model, "detractors")?);
    let n = key_of(model, "n", 1.0..=1e9)?;
    if promoters + detractors > 1.0 + 1e-12 {
        return Err(Refused::wrong("promoters and detractors are more than everybody"));
    }
    let passives = (1.0 - promoters - detractors).max(0.0);
    let [promoters, passives, detractors] = [promoters, passives, detractors].map(|share| share * n);
    Ok(Formula::Nps(Nps { promoters, passives, detractors }))
}

fn families(model: &Map<String, Value>) -> Result<Formula, Refused> {
    let rows = model["rows"].as_array().filter(|rows| (1..=1_000).contains(&rows.len()));
    let rows = rows.ok_or_else(|| Refused::wrong("`rows` is not a list of 1 to 1,000 rows"))?;
    let numbers: Option<Vec<f64>> = rows.iter().map(|row| row.get("R")?.as_f64()).collect();
    numbers.map(Formula::Families).ok_or_else(|| Refused::wrong("a row without R"))
}

fn retention(model: &Map<String, Value>) -> Result<Formula, Refused> {
    let number = |key| key_of(model, key, 0.0..=MANY);
    let kept = economics::retention_rate(number("start")?, number("end")?, number("new")?);
    kept.map(|share| Formula::Retention(100.0 * share))
        .ok_or_else(|| Refused::wrong("`start`, `end` and `new` of which fewer than none, or more than all, were kept"))
}

/// Retentions, and in the title by how much they rise: "+5 points of retention".
fn gains(case: &Case) -> Result<Formula, Refused> {
    let retentions = case.model["base_retention"].as_array().filter(|list| (1..=1_000).contains(&list.len()));
    let retentions = retentions.and_then(|list| list.iter().map(Value::as_f64).collect());
    let retentions =
        retentions.ok_or_else(|| Refused::wrong("`base_retention` is not a list of 1 to 1,000 numbers"))?;
    let points = number_after(&case.title, "+").filter(|_| case.title.contains(" points of retention"));
    let points = points.ok_or_else(|| Refused::wrong("no \"+5 points of retention\" in the title"))? / 100.0;
    Ok(Formula::Gains { retentions, points })
}

fn roi(model: &Map<String, Value>) -> Result<Formula, Refused> {
    let (gain, reward) = (key_of(model, "delta_clv", 0.0..=MANY)?, key_of(model, "reward", 0.0..=MANY)?);
    let roi = economics::programme_roi(gain, reward);
    roi.map(Formula::Roi).ok_or_else(|| Refused::wrong("a `reward` of nothing"))
}

fn referred(model: &Map<String, Value>) -> Result<Formula, Refused> {
    let retention = chance(model, "base_retention")?;
    let (spend, churn) = (key_of(model, "spend_factor", 0.0..=1_000.0)?, key_of(model, "churn_factor", 0.0..=1_000.0)?);
    Ok(Formula::Referred { retention, spend, churn })
}

fn grown(model: &Map<String, Value>) -> Result<Formula, Refused> {
    Ok(Formula::Growth { multiple: key_of(model, "multiple", 0.0..=MANY)?, days: key_of(model, "days", 0.0..=1e6)? })
}
