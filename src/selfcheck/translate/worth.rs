//! Cases about what one customer is worth: she buys again, period after period, until she has lapsed.
//!
//! A run is one customer who tells nobody; what she is worth is the sum of the margins on her purchases.

use super::formula::Formula;
use super::{LONGEST, Model, Refused, chance, has_keys, key_of, money, not_known};
use crate::selfcheck::case::Case;
use crate::selfcheck::tally::Terms;
use crate::units::Tick;
use serde_json::{Map, Value};

/// The chance that a customer is still there at the end of a run is at most this.
const STILL_THERE: f64 = 1e-9;

/// Reads such a case; nothing if it is none.
pub fn read(case: &Case) -> Option<Result<Model, Refused>> {
    let keys =
        ["audience", "margin_per_purchase", "retention", "discount_per_period", "period_days", "first_purchase_day"];
    has_keys(&case.model, &keys).then(|| customer(&case.model))
}

fn customer(model: &Map<String, Value>) -> Result<Model, Refused> {
    if model["audience"] != "none" {
        return Err(not_known("a customer with an audience".to_owned()));
    }
    if key_of(model, "first_purchase_day", 0.0..=LONGEST)? != 0.0 {
        return Err(not_known("a first purchase after the start".to_owned()));
    }
    let retention = chance(model, "retention")?;
    let discount = key_of(model, "discount_per_period", 0.0..=1_000.0)?;
    let period = Tick((key_of(model, "period_days", 1.0 / 24.0..=LONGEST)? * f64::from(Tick::PER_DAY)).round() as u32);
    let body = format!(
        "[seeds]\ncount = 1\n[telling]\naudience = \"fresh\"\npositive = \"fixed(0)\"\nnegative = \"fixed(0)\"\n{}",
        commerce(&money(model, "margin_per_purchase")?, retention, period)
    );
    let margin = key_of(model, "margin_per_purchase", 0.0..=1e9)?;
    Ok(Model {
        formula: Some(Formula::Value { margin, retention, discount }),
        tally: Some(Terms { period, discount }),
        ..Model::of_one(body, lifetime(retention, period)?)
    })
}

/// Purchases of which the whole price is margin.
pub fn commerce(margin: &str, retention: f64, period: Tick) -> String {
    format!(
        "[commerce]\norder_value = \"{margin}\"\nmargin = 1.0\nretention = {retention:?}\nperiod = \"{} minutes\"\n",
        period.0
    )
}

/// How long it takes until nearly every customer has lapsed \[days\].
pub fn lifetime(retention: f64, period: Tick) -> Result<f64, Refused> {
    if retention >= 1.0 {
        return Err(Refused::wrong("`retention` is 1, so that nobody ever leaves"));
    }
    let periods = if retention > 0.0 { libm::log(STILL_THERE) / libm::log(retention) } else { 0.0 };
    Ok(((periods + 1.0) * period.days()).min(LONGEST))
}
