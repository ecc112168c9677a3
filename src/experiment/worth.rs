//! What a customer costs and is worth: cost by what won her, retention by its formula, and lifetime value plain and discounted.
//!
//! All of it is measured: ratios of totals over the runs, each total a fold of events. The formulas of
//! [`crate::economics`] say what must come out where a closed form is known.
//!
//! Deliberately absent: what the programme adds (`programme`). The cost of a customer by word counts all who came by word,
//! also those who would have come anyway.

use super::ratio_measure::{NOT_NEGATIVE, Sum, sum};
use super::{Outcome, Ratio, RatioMeasure, RatioUnit};

/// Customers won by a source, and what was spent on it.
const COSTS: [RatioMeasure; 3] = [
    cost(
        "cost_by_word",
        "Cost per customer by word",
        "rewards, asking, community, platform and fraud checks for each customer whom somebody's word brought, paid for or not",
        &[sum(&["reward_cost", "asking_cost", "community_cost", "platform_cost", "fraud_check_cost"])],
        &[sum(&["customers_by_word"]).less(&["customers_by_review"])],
    ),
    cost(
        "cost_by_influencer",
        "Cost per customer by influencers",
        "fees for each customer whom an influencer's post won",
        &[sum(&["influencer_cost"])],
        &[sum(&["customers_by_influencer"])],
    ),
    cost(
        "cost_by_advertising",
        "Cost per customer by advertising",
        "price of advertisements for each customer whom advertising won",
        &[sum(&["advertising_cost"])],
        &[sum(&["customers_by_advertising"])],
    ),
];

const fn cost(
    name: &'static str,
    label: &'static str,
    meaning: &'static str,
    numerator: &'static [Sum],
    denominator: &'static [Sum],
) -> RatioMeasure {
    let unit = RatioUnit::Money;
    RatioMeasure { name, label, unit, meaning, numerator, denominator, scale: 1.0, bounds: NOT_NEGATIVE }
}

const PURCHASES: Sum = sum(&["customers", "purchases_repeated"]);
const START: Sum = sum(&["period_start"]);
const END: Sum = sum(&["period_end"]);
const KEPT: Sum = END.less(&["period_new"]);
const LOST: Sum = sum(&["period_start", "period_new"]).less(&["period_end"]);

/// What is told only where customers buy again or lapse.
const LIFETIME: [RatioMeasure; 7] = [
    RatioMeasure {
        name: "retention",
        label: "Retention per period",
        unit: RatioUnit::Share,
        meaning: "(customers at the end − new ones) / customers at the start, over all complete periods; a period is \
                  commerce.period, and who is won back counts as new",
        numerator: &[KEPT],
        denominator: &[START],
        scale: 1.0,
        bounds: (0.0, 1.0),
    },
    RatioMeasure {
        name: "lifespan",
        label: "Lifespan in periods",
        unit: RatioUnit::Periods,
        meaning: "1 / (1 − retention): how many periods a customer stays, beyond the horizon too",
        numerator: &[START],
        denominator: &[LOST],
        scale: 1.0,
        bounds: (1.0, f64::INFINITY),
    },
    RatioMeasure {
        name: "average_order",
        label: "Average order",
        unit: RatioUnit::Money,
        meaning: "revenue for each purchase, before rewards and refunds",
        numerator: &[sum(&["revenue"])],
        denominator: &[PURCHASES],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "orders_per_period",
        label: "Orders per customer and period",
        unit: RatioUnit::Purchases,
        meaning: "purchases in a complete period for each customer at its end",
        numerator: &[sum(&["period_purchases"])],
        denominator: &[END],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "lifetime_value_revenue",
        label: "Lifetime value, plain, revenue",
        unit: RatioUnit::Money,
        meaning: "customer value × lifespan: average order × orders per customer and period × lifespan; on revenue \
                  before refunds, undiscounted, beyond the horizon too",
        numerator: &[sum(&["revenue"]), sum(&["period_purchases"]), START],
        denominator: &[PURCHASES, END, LOST],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "lifetime_value_margin",
        label: "Lifetime value, plain, margin",
        unit: RatioUnit::Money,
        meaning: "the same with the average margin of an order in place of its price",
        numerator: &[sum(&["margin"]), sum(&["period_purchases"]), START],
        denominator: &[PURCHASES, END, LOST],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
    RatioMeasure {
        name: "realised_value",
        label: "Value realised, margin, discounted",
        unit: RatioUnit::Money,
        meaning: "margin for each customer up to the horizon, each purchase discounted to her first by \
                  commerce.discount_rate; what she buys later is not in it",
        numerator: &[sum(&["margin_discounted"])],
        denominator: &[sum(&["customers"])],
        scale: 1.0,
        bounds: NOT_NEGATIVE,
    },
];

/// What a customer costs and is worth, as far as the runs have anything to say about it.
///
/// A cost is told for each source that won customers and cost something; the rest where anybody bought again or lapsed.
pub fn worth(outcome: &Outcome) -> Vec<(RatioMeasure, Ratio)> {
    let is_any = |sums: &[Sum]| sums.iter().all(|sum| sum.of(outcome).iter().any(|&value| value != 0));
    let costs = COSTS.iter().filter(|cost| is_any(cost.numerator) && is_any(cost.denominator));
    let renews = is_any(&[sum(&["purchases_repeated", "lapsed", "won_back"])]);
    let lifetime = LIFETIME.iter().filter(|_| renews);
    costs.chain(lifetime).map(|measure| (*measure, measure.of(outcome))).collect()
}

/// All that can be told of what a customer costs and is worth.
pub(super) fn all() -> Vec<RatioMeasure> {
    [&COSTS[..], &LIFETIME].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::{Projection, Standard};

    #[test]
    fn every_ratio_is_of_measures_that_there_are() {
        all().iter().for_each(|ratio| ratio.assert_is_of(&Standard::total_measures()));
    }
}
