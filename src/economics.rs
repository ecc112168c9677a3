//! Economics: what a customer is worth, what a programme earns, and how fast a product spreads by itself, in closed form.
//!
//! The simulator plays customers one by one; these formulas say what must come out on average, and turn a growth that was
//! observed back into the number of customers that each customer brings. All are pure functions of numbers; where a number
//! is out of its range, or nothing finite follows, they say nothing instead of guessing.
//!
//! | question | functions |
//! |---|---|
//! | what is a customer worth? | [`lifespan`], [`clv_plain`], [`clv`], [`clv_gupta_lehmann`], [`clv_truncated`] |
//! | what is it worth to keep her? | [`retention_rate`], [`retention_gain`], [`referred_clv_ratio`] |
//! | does a programme pay? | [`net_profit`], [`programme_roi`], [`break_even_reward`] |
//! | how fast does it grow, and by which k? | [`daily_growth`], [`monthly_growth`], [`doubling_time`], [`Cycle`] |
//! | what does k mean? | [`multiplier`], [`k_of_share`], [`k_of_lift`] |
//!
//! A period is the time from a purchase to the next, whatever its length; retention and discount are those of a period.
//! Not here: spread, luck and limits of a market, which is what the simulator is for.
//!
//! ```
//! use tellwave::economics::{clv_plain, lifespan};
//!
//! // Three guests of four come again in the next week, and each visit leaves 3.15.
//! assert_eq!(lifespan(0.75).and_then(|weeks| clv_plain(3.15, weeks)), Some(12.6));
//! assert_eq!(lifespan(1.0), None);
//! ```

/// Days of a month: a twelfth of a year of 365.25 days.
const DAYS_OF_MONTH: f64 = 365.25 / 12.0;

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

/// Mean number of purchases of a customer, and with one purchase a period her lifespan \[periods\]: `1 / (1 - r)`.
///
/// `retention` is the chance that she buys again, 0 to below 1.
pub fn lifespan(retention: f64) -> Option<f64> {
    (0.0..1.0).contains(&retention).then(|| 1.0 / (1.0 - retention))
}

/// The plain customer lifetime value: customer value times lifespan, without discount.
///
/// The customer value is the margin of a period (average order, less its cost, times the orders of a period); with the
/// [`lifespan`] of a retention r it is `m / (1 - r)`, which is [`clv`] at no discount. Both zero or more.
pub fn clv_plain(value: f64, lifespan: f64) -> Option<f64> {
    if value >= 0.0 && lifespan >= 0.0 { finite(value * lifespan) } else { None }
}

/// Customer lifetime value with the first margin at once: `m (1 + i) / (1 + i - r)` (Gupta & Lehmann 2005 and others).
///
/// `margin` of a purchase, zero or more; `retention` r, 0 to 1; `discount` i of a period, zero or more. Nothing where both
/// are at the end, r = 1 and i = 0: who never leaves is worth more than any number.
pub fn clv(margin: f64, retention: f64, discount: f64) -> Option<f64> {
    let right = margin >= 0.0 && is_share(retention) && discount >= 0.0;
    let denominator = 1.0 + discount - retention;
    if right && denominator > 0.0 { finite(margin * (1.0 + discount) / denominator) } else { None }
}

/// The same with the first margin at the end of the first period, if the customer is still there: `m r / (1 + i - r)`, the
/// "margin multiple" of Gupta & Lehmann 2003. One margin less than [`clv`].
pub fn clv_gupta_lehmann(margin: f64, retention: f64, discount: f64) -> Option<f64> {
    clv(margin, retention, discount).map(|value| value - margin)
}

/// [`clv`] of the first `purchases` purchases alone: `m (1 - q^n) / (1 - q)` with `q = r / (1 + i)`.
pub fn clv_truncated(margin: f64, retention: f64, discount: f64, purchases: u32) -> Option<f64> {
    if !(margin >= 0.0 && is_share(retention) && discount >= 0.0) {
        return None;
    }
    let (q, n) = (retention / (1.0 + discount), f64::from(purchases));
    finite(if q == 1.0 { margin * n } else { margin * (1.0 - libm::pow(q, n)) / (1.0 - q) })
}

/// The share of the customers at the start of a time who are still there at its end: `(end - new) / start`.
///
/// Numbers of customers: `start` above zero, `new` (won meanwhile) at most `end`, no more of them left than there were.
pub fn retention_rate(start: f64, end: f64, new: f64) -> Option<f64> {
    let share = (end - new) / start;
    (start > 0.0 && new >= 0.0 && is_share(share)).then_some(share)
}

/// By which share the lifetime value of a customer rises with `points` more retention: `x / (1 + i - r - x)`.
///
/// Undiscounted, 5 points more are 25 % at r = 0.75 and 95 % at r = 0.897, the range that Reichheld & Sasser 1990 is quoted
/// for. `retention` and `points` as shares, their sum at most 1; `discount` of a period, zero or more.
pub fn retention_gain(retention: f64, points: f64, discount: f64) -> Option<f64> {
    let before = clv(1.0, retention, discount)?;
    let after = clv(1.0, retention + points, discount)?;
    Some(after / before - 1.0)
}

/// How many times what another customer is worth a referred one is, who spends `spend_factor` times as much and whose
/// churn, `1 - r`, is `churn_factor` times that of others (Schmitt, Skiera & Van den Bulte 2011).
///
/// `retention` of the others, 0 to 1; `discount` of a period, factors zero or more; `churn_factor (1 - r)` at most 1.
pub fn referred_clv_ratio(retention: f64, discount: f64, spend_factor: f64, churn_factor: f64) -> Option<f64> {
    if !(spend_factor >= 0.0 && churn_factor >= 0.0) {
        return None;
    }
    let referred = clv(spend_factor, 1.0 - (1.0 - retention) * churn_factor, discount)?;
    finite(referred / clv(1.0, retention, discount)?)
}

/// What a programme brings beyond what would have come anyway: `(on - off) CLV - cost`.
///
/// `off` and `on` are the referred customers without and with it; `cost` is that of its rewards, those for customers who
/// would have come anyway included.
pub fn net_profit(clv: f64, off: f64, on: f64, cost: f64) -> Option<f64> {
    finite((on - off) * clv - cost)
}

/// Return on investment: what is left of a gain after its cost, as a share of the cost, which is above zero.
pub fn programme_roi(gain: f64, cost: f64) -> Option<f64> {
    if cost > 0.0 { finite((gain - cost) / cost) } else { None }
}

/// The reward for each referred customer, both sides together, at which a programme earns nothing: `CLV (1 - off / on)`.
///
/// `off` zero or more and `on` above zero; below zero where the programme brings fewer customers than nothing does.
pub fn break_even_reward(clv: f64, off: f64, on: f64) -> Option<f64> {
    if off >= 0.0 && on > 0.0 { finite(clv * (1.0 - off / on)) } else { None }
}

/// The rate of exponential growth by a factor `multiple` (above 0) in `days` (above 0) \[per day\].
pub fn daily_growth(multiple: f64, days: f64) -> Option<f64> {
    if multiple > 0.0 && days > 0.0 { finite(libm::log(multiple) / days) } else { None }
}

/// By which share it grows in a month of 30.4375 days.
pub fn monthly_growth(multiple: f64, days: f64) -> Option<f64> {
    finite(libm::expm1(daily_growth(multiple, days)? * DAYS_OF_MONTH))
}

/// After how long it has doubled \[days\]; nothing unless it grows.
pub fn doubling_time(multiple: f64, days: f64) -> Option<f64> {
    let rate = daily_growth(multiple, days).filter(|rate| *rate > 0.0)?;
    finite(std::f64::consts::LN_2 / rate)
}

/// How long it takes from a customer to those whom she brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cycle {
    /// Always so long \[days\] (the viral cycle time of Skok).
    Fixed(f64),
    /// Exponential, with this mean \[days\].
    Exponential(f64),
}

impl Cycle {
    /// By what a base of customers has multiplied after `days` if each brings `k` more, once, one cycle after she came, and
    /// the base begins to invite on day 0: `(k^(t/τ + 1) - 1) / (k - 1)` for a fixed cycle (between two cycles the formula is
    /// a smooth curve), `(k e^((k - 1) t/τ) - 1) / (k - 1)` for an exponential one.
    ///
    /// `k` and `days` zero or more, cycles above zero.
    pub fn multiple(self, k: f64, days: f64) -> Option<f64> {
        let cycles = self.cycles(days).filter(|_| k >= 0.0)?;
        // Written in k - 1, so that nothing is lost near 1.
        let excess = k - 1.0;
        finite(match self {
            _ if excess == 0.0 => 1.0 + cycles,
            Cycle::Fixed(_) => libm::expm1((cycles + 1.0) * libm::log1p(excess)) / excess,
            Cycle::Exponential(_) => libm::expm1(excess * cycles) / excess + libm::exp(excess * cycles),
        })
    }

    /// The k by which a base of customers that begins to invite on day 0 has multiplied by `multiple` (1 or more) after
    /// `days` (above 0).
    pub fn k(self, multiple: f64, days: f64) -> Option<f64> {
        let cycles = self.cycles(days).filter(|cycles| *cycles > 0.0 && (1.0..f64::INFINITY).contains(&multiple))?;
        // From k = 1 on the base alone grows slower than all, so a k by which it alone did it is too high.
        let (mut low, mut high) = match self {
            Cycle::Fixed(_) => (0.0, libm::pow(multiple, 1.0 / cycles)),
            Cycle::Exponential(_) => (0.0, 1.0 + libm::log(multiple) / cycles),
        };
        finite(high)?;
        // Halved until no number lies between.
        for _ in 0..200 {
            let middle = low + (high - low) / 2.0;
            match self.multiple(middle, days).is_some_and(|reached| reached < multiple) {
                true => low = middle,
                false => high = middle,
            }
        }
        Some(high)
    }

    /// The k of steady exponential growth at `rate` \[per day\], with a base that has been inviting all along:
    /// `e^(rate τ)` for a fixed cycle, `1 + rate τ` for an exponential one.
    pub fn k_of_rate(self, rate: f64) -> Option<f64> {
        let per_cycle = rate * self.span()?;
        let k = match self {
            Cycle::Fixed(_) => libm::exp(per_cycle),
            Cycle::Exponential(_) => 1.0 + per_cycle,
        };
        finite(k).filter(|k| *k >= 0.0)
    }

    fn span(self) -> Option<f64> {
        let (Cycle::Fixed(span) | Cycle::Exponential(span)) = self;
        (span > 0.0 && span.is_finite()).then_some(span)
    }

    fn cycles(self, days: f64) -> Option<f64> {
        if days >= 0.0 { finite(days / self.span()?) } else { None }
    }
}

/// How many customers one who came otherwise makes in the end, herself included, if each brings k more: `1 / (1 - k)`, the
/// multiplier of "big seed" marketing (Watts & Peretti 2007). Nothing unless 0 ≤ k < 1: from 1 on the family has no end but
/// that of the market.
pub fn multiplier(k: f64) -> Option<f64> {
    (0.0..1.0).contains(&k).then(|| 1.0 / (1.0 - k))
}

/// The k at which such a share of all customers, 0 to below 1, was brought by others: the share itself, for of
/// `1 / (1 - k)` customers all but one were.
pub fn k_of_share(share: f64) -> Option<f64> {
    (0.0..1.0).contains(&share).then_some(share)
}

/// The k of a programme that raises sign-ups by such a share (0.6: by 60 %), zero or more: `1 - 1 / (1 + lift)`.
pub fn k_of_lift(lift: f64) -> Option<f64> {
    if lift >= 0.0 && lift.is_finite() { Some(1.0 - 1.0 / (1.0 + lift)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(found: Option<f64>, expected: f64) {
        let found = found.expect("in range");
        assert!((found - expected).abs() <= 1e-8 * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn a_customer_is_worth_her_margins_while_she_stays() {
        assert_near(clv(25.0, 0.8, 0.01), 120.238_095_238);
        assert_near(clv(25.0, 0.8, 0.0), 125.0);
        assert_near(clv_plain(25.0, lifespan(0.8).expect("in range")), 125.0);
        assert_near(lifespan(0.8), 5.0);
        assert_near(clv_gupta_lehmann(25.0, 0.8, 0.01), 95.238_095_238);
        // Gupta & Lehmann 2003: a margin multiple of 4 at a retention of 90 % and a discount of 12 %, nearly.
        assert_near(clv_gupta_lehmann(1.0, 0.9, 0.12), 0.9 / 0.22);
        let sum: f64 = (0..12).map(|n| 25.0 * (0.8f64 / 1.01).powi(n)).sum();
        assert_near(clv_truncated(25.0, 0.8, 0.01, 12), sum);
        assert_near(clv_truncated(25.0, 1.0, 0.0, 12), 300.0);
        assert_eq!(clv_truncated(25.0, 0.8, 0.01, 0), Some(0.0));
    }

    #[test]
    fn keeping_customers_is_worth_what_is_quoted_only_near_these_retentions() {
        assert_near(retention_rate(1_000.0, 950.0, 150.0), 0.8);
        let gains = [(0.6, 0.0, 1.0 / 7.0), (0.75, 0.0, 0.25), (0.9, 0.0, 1.0), (0.75, 0.1, 1.0 / 6.0)];
        for (retention, discount, gain) in gains {
            assert_near(retention_gain(retention, 0.05, discount), gain);
        }
        let quoted = retention_gain(0.95 - 0.05 / 0.95, 0.05, 0.0);
        assert_near(quoted, 0.95);
    }

    #[test]
    fn less_churn_multiplies_the_share_that_leaves() {
        assert_near(referred_clv_ratio(0.8, 0.0, 1.25, 0.82), 1.25 / 0.82);
        assert_near(referred_clv_ratio(0.8, 0.01, 1.25, 0.82), 1.508_620_69);
        assert_near(referred_clv_ratio(0.8, 0.01, 1.0, 1.0), 1.0);
    }

    #[test]
    fn a_programme_pays_for_those_too_who_would_have_come_anyway() {
        // A German bank: 25 euros of reward, 40 euros more of lifetime value (Schmitt, Skiera & Van den Bulte 2011).
        assert_near(programme_roi(40.0, 25.0), 0.6);
        let (clv, off, on) = (120.238_095_238, 210.653_753_03, 404.494_382_02);
        let cost = 40.0 * on;
        assert_near(net_profit(clv, off, on, cost), 7_127.252_73);
        assert_near(programme_roi((on - off) * clv, cost), 0.440_503_815);
        let reward = break_even_reward(clv, off, on).expect("in range");
        assert_near(Some(reward), 57.620_152_6);
        assert!(net_profit(clv, off, on, reward * on).expect("finite").abs() < 1e-8);
    }

    #[test]
    fn dropbox_grew_by_28_percent_a_month_and_its_k_was_not_above_one() {
        // 100,000 users in September 2008, 4,000,000 fifteen months later.
        let (multiple, days) = (40.0, 456.562_5);
        assert_near(monthly_growth(multiple, days), 0.278_804_039);
        assert_near(daily_growth(multiple, days), 0.008_079_681_21);
        assert_near(doubling_time(multiple, days), 85.788_926_8);
        let fixed = [(7.0, 0.983_069_367), (14.0, 1.010_416_02), (30.0, 1.109_138_6)];
        let exponential = [(7.0, 0.983_236_96), (14.0, 1.010_080_16), (30.0, 1.099_043_25)];
        for ((days_of_cycle, k), (_, k_exponential)) in fixed.into_iter().zip(exponential) {
            assert_near(Cycle::Fixed(days_of_cycle).k(multiple, days), k);
            assert_near(Cycle::Exponential(days_of_cycle).k(multiple, days), k_exponential);
        }
        let rate = daily_growth(multiple, days).expect("in range");
        assert_near(Cycle::Fixed(30.0).k_of_rate(rate), 1.274_291_63);
        assert_near(Cycle::Exponential(30.0).k_of_rate(rate), 1.242_390_44);
        // What was reported instead: 35 % of sign-ups referred, sign-ups up by 60 %.
        assert_near(k_of_share(0.35).and_then(multiplier), 1.538_461_54);
        assert_near(k_of_lift(0.6), 0.375);
    }

    #[test]
    fn k_and_multiple_are_each_other_s_inverse() {
        for cycle in [Cycle::Fixed(7.0), Cycle::Exponential(7.0)] {
            for k in [0.2, 0.999_999_9, 1.0, 1.000_000_1, 1.7] {
                let multiple = cycle.multiple(k, 100.0).expect("in range");
                let found = cycle.k(multiple, 100.0).expect("in range");
                assert!((found - k).abs() < 1e-9, "{cycle:?}: {found} is not {k}");
            }
        }
        // After whole cycles of a fixed length, a geometric series.
        assert_near(Cycle::Fixed(10.0).multiple(2.0, 30.0), 15.0);
    }

    #[test]
    fn what_is_out_of_range_has_no_answer() {
        let none = [
            lifespan(1.0),
            clv(25.0, 1.0, 0.0),
            clv(25.0, 1.1, 0.5),
            clv(f64::NAN, 0.8, 0.0),
            clv(f64::INFINITY, 0.8, 0.0),
            clv_truncated(25.0, -0.1, 0.0, 3),
            retention_rate(0.0, 1.0, 1.0),
            retention_rate(100.0, 300.0, 1.0),
            retention_gain(0.97, 0.05, 0.1),
            programme_roi(40.0, 0.0),
            break_even_reward(120.0, 1.0, 0.0),
            referred_clv_ratio(0.2, 0.0, 1.0, 2.0),
            daily_growth(0.0, 10.0),
            doubling_time(1.0, 10.0),
            monthly_growth(40.0, 0.0),
            Cycle::Fixed(0.0).k(40.0, 100.0),
            Cycle::Fixed(7.0).k(0.5, 100.0),
            Cycle::Exponential(7.0).k(f64::INFINITY, 100.0),
            Cycle::Fixed(7.0).k(1e308, 1e-308),
            Cycle::Fixed(7.0).multiple(-1.0, 100.0),
            Cycle::Exponential(7.0).k_of_rate(-1.0),
            multiplier(1.0),
            k_of_share(1.0),
            k_of_lift(-0.1),
        ];
        assert_eq!(none, [None; 24]);
    }
}
