//! What would outgrow memory or the columns of money is refused before anything is made of it.

use super::customer::Product;
use super::market::Market;
use super::money::Money;
use super::reader::Reader;
use super::{fraud, paid};
use crate::engine::World;
use crate::policy::Rule;
use crate::projection::{Projection, Standard};
use crate::units::Tick;

/// Memory that the daily numbers of all runs may take [bytes].
const CURVES_MAX: u64 = 8 << 30;

/// Memory that one run may need for its people and the words of its first customers [bytes].
const RUN_MAX: f64 = 16e9;

/// Amounts of a whole run stay below this [minor units]: it is what the columns of money can hold.
const MONEY_MAX: i128 = 1_000_000_000_000_000_000;

/// The daily numbers of all runs fit into memory.
pub(super) fn check_curves(root: &Reader<'_>, runs: u32, world: &World) {
    // Where there is a programme, the twin's are kept too.
    let played = if world.without_programme().is_some() { 2 } else { 1 };
    let days = world.horizon.day_closing();
    let of_one = u64::from(days + 1) * Standard::daily_measures().len() as u64 * 8 * played;
    let all = u64::from(runs).saturating_mul(of_one);
    if all > CURVES_MAX {
        let found = format!("{runs} runs over {days} days, {} MiB of daily numbers", all >> 20);
        let allowed = format!("at most {} runs with this horizon (8 GiB)", CURVES_MAX / of_one);
        root.refuse("runs", found, allowed, None);
    }
}

/// What only product and market together can outgrow.
pub(super) fn check(root: &Reader<'_>, product: &Product, market: &Market) {
    let (seeds, limit) = (market.seeds(), product.world.stop_at_customers);
    if let Some(limit) = limit.filter(|&limit| limit <= seeds) {
        let allowed = format!("more than the {seeds} first customers");
        root.refuse("stop_at_customers", limit.to_string(), allowed, None);
    }
    paid::check(root, &product.world, market.people());
    check_money(root, product, market.people().unwrap_or_else(|| limit.unwrap_or(seeds)));
    if let Some(people) = market.people() {
        check_memory(root, product, people, seeds);
    }
}

/// All that `people` customers could pay and cost fits into a column of money.
fn check_money(root: &Reader<'_>, product: &Product, people: u32) {
    let world = &product.world;
    let asking: i128 = world.prompts.iter().map(|prompt| i128::from(prompt.cost.minor())).sum();
    let months = i128::from(world.horizon.0 / Tick::MONTH.0) + 1;
    let membership = world.community.map_or(0, |community| i128::from(community.cost.minor()) * months);
    let (per_customer, once) = paid::cost(world);
    let (order_max, purchases) = (world.commerce.order_max(), world.commerce.purchases_max(world.horizon));
    let most = |rule: &Rule| rule.amount.most(order_max).money().minor();
    let each: i128 = world.policy.rules().iter().map(|rule| i128::from(most(rule))).sum();
    let bought = (i128::from(order_max.minor()) + each) * i128::from(purchases);
    let faked = fraud::cost(world, each);
    if (asking + membership + per_customer + bought + faked) * i128::from(people) + once >= MONEY_MAX {
        let allowed =
            format!("prices, rewards and costs that stay below 10^18 minor units for {people} customers in all");
        let most = match order_max == product.order.amount {
            true => String::new(),
            false => format!(" (at most {})", Money { amount: order_max, ..product.order }),
        };
        let often = if purchases > 1 { format!(", up to {purchases} times each") } else { String::new() };
        root.refuse("commerce", format!("an order value of {}{most}{often}", product.order), allowed, None);
    }
}

/// The people of a graph and the words of its first customers fit into memory.
fn check_memory(root: &Reader<'_>, product: &Product, people: u32, seeds: u32) {
    let world = &product.world;
    // About what state and agenda hold of a person, more where it matters what she does later, and of a word on its way.
    let (a_person, a_word) = (if world.has_relations() { 96.0 } else { 32.0 }, 12.0);
    let talk = world.segments.iter().map(|segment| segment.talk.value()).fold(1.0, f64::max);
    let tells = product.mean_tells.map_or(f64::from(people), |mean| mean * talk).min(f64::from(people.max(1)));
    // Fake accounts that are paid for are kept like rewards, one for each side and rule.
    let paid = world.policy.rules().len() as f64;
    let fakes = world.fraud.map_or(0.0, |fraud| fraud.farming.value() * f64::from(fraud.fake_accounts) * paid);
    let a_person = a_person + 64.0 * fakes;
    let needed = a_person * f64::from(people) + a_word * f64::from(seeds) * tells;
    if needed > RUN_MAX {
        let found = format!("{people} people and {seeds} first customers: about {:.0} GB for each run", needed / 1e9);
        root.refuse("seeds", found, format!("what fits into {:.0} GB", RUN_MAX / 1e9), None);
    }
}

#[cfg(test)]
mod tests;
