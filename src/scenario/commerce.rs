//! `[commerce]` and its tables `[commerce.referred]` and `[commerce.loyalty]`, and the ladder of `[complaints]`: what a
//! purchase is worth, and whether others follow. Nobody buys twice unless the scenario says so.

use super::money::{Currency, Money};
use super::reader::Reader;
use super::reference::reference;
use super::values::{print_number, print_rounded_percent};
use crate::engine::{Commerce, Ladder, OrderSpread, Referred, Refunds};
use crate::units::{Cents, Payment, Probability, Strength, Tick};

/// The least time between two purchases: it bounds how many there can be.
const PERIOD_MIN: Tick = Tick(60);

/// What purchases are worth; with the order value as it was written, whose currency is the scenario's, and the discount rate,
/// by which nothing is played.
pub(super) fn read(root: &Reader<'_>) -> (Commerce, Money, f64) {
    let table = root.table("commerce");
    let order = table.money("order_value", Money { amount: Cents(60_00), currency: Currency::USD });
    let order_spread = table.number("order_spread", 0.0, 0.0..=OrderSpread::SIGMA_MAX);
    let margin = basis_points(table.probability("margin", 0.4));
    let margin_spread = read_margin_spread(&table, margin);
    let period = table.duration("period", Tick(30 * Tick::PER_DAY));
    if period < PERIOD_MIN {
        table.refuse("period", "less than an hour", "a period of at least an hour", None);
    }
    let retention = table.probability("retention", 0.0);
    let win_back = Probability::clamped(table.probability("win_back", 0.0));
    let discount_rate = table.probability("discount_rate", 0.1);
    let referred = read_referred(&table, retention);
    let loyalty = table.optional_table("loyalty").map_or(1.0, |loyalty| read_churn_factor(&loyalty, retention));
    let commerce = Commerce {
        order: order.amount,
        order_spread: (order_spread > 0.0).then(|| OrderSpread::new(order_spread)),
        margin,
        margin_spread,
        period: period.max(PERIOD_MIN),
        retention: Probability::clamped(retention),
        referred,
        loyalty: strength(loyalty),
        ladder: read_ladder(root),
        win_back,
    };
    (commerce, order, discount_rate)
}

/// `[refunds]`, if the scenario has it; no price is above `order_max`.
pub(super) fn read_refunds(root: &Reader<'_>, order_max: Cents) -> Option<Refunds> {
    let table = root.optional_table("refunds")?;
    let share = table.probability("share", 0.05);
    let unhappy = table.probability("unhappy", share);
    let within = table.duration("within", Tick(30 * Tick::PER_DAY));
    let recovered = basis_points(table.probability("recovered", 1.0));
    if order_max > Payment::MAX {
        let found = "prices too high for a refund";
        table.refuse("", found, "prices of at most 42,949,672.95, or of as many minor units", None);
    }
    let [share, unhappy] = [share, unhappy].map(Probability::clamped);
    Some(Refunds { share, unhappy, within, recovered })
}

fn basis_points(share: f64) -> u16 {
    (share * 10_000.0).round() as u16
}

/// By how much margins differ, in basis points.
fn read_margin_spread(table: &Reader<'_>, margin: u16) -> u16 {
    let share = table.probability("margin_spread", 0.0);
    let (spread, room) = (basis_points(share), margin.min(10_000 - margin));
    if spread > room {
        let of = |points: u16| print_rounded_percent(f64::from(points) / 10_000.0, 6);
        let found = format!("a margin of {}, {} more or less", of(margin), of(spread));
        table.refuse("margin_spread", found, format!("margins from 0 to 100 %: at most {} here", of(room)), None);
    }
    spread.min(room)
}

fn read_referred(commerce: &Reader<'_>, retention: f64) -> Referred {
    let plain = Probability::clamped(retention);
    let Some(table) = commerce.optional_table("referred") else {
        return Referred { spend_lift: Probability::NEVER, spend_fading: Tick::ZERO, retention: plain };
    };
    let spend_lift = Probability::clamped(table.probability("spend_lift", 0.0));
    let spend_fading = table.duration("spend_fading", Tick(104 * 7 * Tick::PER_DAY));
    if spend_fading == Tick::ZERO {
        table.refuse("spend_fading", "no time at all", "more than 0 minutes", None);
    }
    let retention = match table.optional_number("retention_factor", 0.0..=FACTOR_MAX) {
        Some(factor) => read_retention_factor(&table, retention, factor),
        None => plain.complement().times(strength(read_churn_factor(&table, retention))).complement(),
    };
    Referred { spend_lift, spend_fading, retention }
}

/// The highest factor that can be written.
const FACTOR_MAX: f64 = 100.0;

fn strength(factor: f64) -> Strength {
    Strength::new(factor).unwrap_or(Strength::ONE)
}

/// What `1 - retention` is multiplied by.
fn read_churn_factor(table: &Reader<'_>, retention: f64) -> f64 {
    let factor = table.number("churn_factor", 1.0, 0.0..=FACTOR_MAX);
    let churn = (1.0 - retention) * factor;
    if factor != 1.0 && retention == 0.0 {
        let allowed = "commerce.retention above 0 %, or no churn_factor: without it nobody buys twice";
        table.refuse("churn_factor", "a factor on a churn of 100 %", allowed, None);
    } else if churn > 1.0 + 1e-12 {
        let found = format!("{} times a churn of {}", print_number(factor), print_rounded_percent(1.0 - retention, 6));
        let allowed =
            format!("at most {}: nobody can leave with more than certainty", print_number(1.0 / (1.0 - retention)));
        table.refuse("churn_factor", found, allowed, None);
    }
    factor
}

/// The retention of referred customers where it is said by a factor on retention itself, which has a ceiling.
fn read_retention_factor(table: &Reader<'_>, retention: f64, factor: f64) -> Probability {
    table.allow(&["churn_factor"]);
    if table.has("churn_factor") {
        table.refuse("churn_factor", "a churn_factor beside a retention_factor", "one of the two", None);
    }
    let kept = retention * factor;
    if kept > 1.0 + 1e-12 {
        let found = format!(
            "{} more of {} is {}",
            print_rounded_percent(factor - 1.0, 6),
            print_rounded_percent(retention, 6),
            print_rounded_percent(kept, 6)
        );
        let hint = "write churn_factor, which multiplies the share that leaves: 0.82 is 18 % less churn";
        table.refuse(
            "retention_factor",
            found,
            "at most 100 %: no customer can be kept with such a chance",
            Some(hint),
        );
    }
    Probability::clamped(kept)
}

/// TARP's figures for losses above 100 dollars, by key.
const LADDER: [(&str, f64); 4] = [
    ("repurchase_silent", 0.09),
    ("repurchase_unresolved", 0.19),
    ("repurchase_resolved", 0.54),
    ("repurchase_quick", 0.82),
];

/// The ladder, if the scenario names one of its steps.
fn read_ladder(root: &Reader<'_>) -> Option<Ladder> {
    let table = root.optional_table("complaints")?;
    table.allow(&LADDER.map(|(key, _)| key));
    if !LADDER.iter().any(|(key, _)| table.has(key)) {
        return None;
    }
    let [silent, unresolved, resolved, quick] =
        LADDER.map(|(key, default)| Probability::clamped(table.probability(key, default)));
    Some(Ladder { silent, unresolved, resolved, quick })
}

reference! {
    /// What a purchase is worth, and whether others follow.
    ///
    /// With a retention of r a customer makes 1 / (1 - r) purchases on average, if the horizon is long. Whether she buys
    /// again is decided when the time has come. If neither `retention` nor `win_back` nor the ladder of `[complaints]` is
    /// there, nobody lapses either. Among fresh people nobody is told twice, so nobody can be won back.
    [commerce] {
        /// Mean price of a purchase; its currency is the scenario's.
        order_value,
        /// How prices differ: the standard deviation of their logarithm (log-normal, with `order_value` as mean); 0: all the
        /// same. At 0.5 two thirds of the prices lie between 54 and 146 % of the mean.
        order_spread,
        /// Share of the price that is not cost, to the hundredth of a percent.
        margin,
        /// Margins are uniform from `margin` less this to `margin` plus this, drawn for each purchase.
        margin_spread in "no more than `margin`, nor than what `margin` leaves to 100 %",
        /// From a purchase to the next.
        period in "at least 1 hour",
        /// Chance that a customer buys again when the time has come; else she has lapsed. "0 %": nobody buys twice.
        retention,
        /// Chance that one good word heard wins a lapsed customer back: she buys at once.
        win_back,
        /// What money loses in a year. Nobody acts on it: what customers are worth is counted with it, and nothing else.
        discount_rate,
    }
    /// How customers differ whom a word or a review brought.
    ///
    /// Without the table they do not. A `churn_factor` other than 1 needs a `retention` above 0 %.
    [commerce.referred] with [
        "[commerce.referred]",
        "[commerce]\nretention = '50 %'\n[commerce.referred]\nretention_factor = 1.1",
    ] {
        /// By how much more they spend at first.
        spend_lift,
        /// Time since the first purchase over which that goes down to nothing, in a straight line.
        spend_fading in "above 0",
        /// What `1 - retention` is multiplied by, as long as who referred her has not lapsed (Van den Bulte et al. 2018).
        churn_factor in "0 to 100; (1 - retention) × factor at most 100 %",
        /// The same, said by a factor on `retention`; instead of `churn_factor`.
        retention_factor = "none" in "retention × factor at most 100 %",
    }
    /// How customers differ who take part in referring.
    [commerce.loyalty] {
        /// What their `1 - retention` is multiplied by.
        churn_factor in "0 to 100; (1 - retention) × factor at most 100 %",
    }
    /// Purchases that are given back.
    ///
    /// Without the table none is. A refund is money alone: the price is paid back, less the friend's discount taken off it,
    /// the goods come back, and rewards earned by the purchase are taken back as `[[policy.rules]]` say. The customer stays
    /// one.
    [refunds] with ["[refunds]"] {
        /// Chance that a purchase is given back.
        share,
        /// The same of an unhappy customer's.
        unhappy = "as `share`",
        /// The longest time from the purchase; any moment up to it is as likely as any other.
        within,
        /// Which part of what the goods cost comes back with them.
        recovered,
    }
}
