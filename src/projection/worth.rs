//! What customers are worth: the margin of their purchases, and the same discounted to each one's first purchase.
//!
//! Realised, not expected: what was bought up to the horizon counts and nothing after it. A customer who was won late has had
//! less time.
//!
//! Why whole numbers: margins are added up by the customer's age in days, and each sum is multiplied by a factor in fixed
//! point, so that neither the order of events nor threads can change a bit. What is lost by taking whole days is less than a
//! day's discount.

use super::ledger::postings;
use super::{Account, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::Tick;

/// Margins, discounted and not.
#[derive(Debug, Clone)]
pub struct Worth {
    /// From a purchase to the next.
    period: Tick,
    /// What money after so many days is worth at once, in fixed point with 32 binary places.
    factors: Vec<u64>,
    /// Margins by the age of the customer \[minor units\], her first purchase being day 0.
    of_age: Vec<i64>,
}

const PLACES: u32 = 32;

/// Days of a year, as in durations.
const DAYS_OF_YEAR: f64 = 365.0;

impl Worth {
    /// For runs up to `horizon`, where customers may buy again after `period`; `discount` is a share a year, 0 to 1.
    pub fn new(horizon: Tick, period: Tick, discount: f64) -> Worth {
        let days = horizon.0 / Tick::PER_DAY + 1;
        let factor = |day: u32| libm::pow(1.0 + discount, -f64::from(day) / DAYS_OF_YEAR);
        let factors = (0..days).map(|day| (factor(day) * (1u64 << PLACES) as f64).round() as u64).collect();
        Worth { period, factors, of_age: vec![0; days as usize] }
    }

    #[inline(always)]
    fn add(&mut self, what: Fact, age: Tick) {
        let margin: i64 = postings(what).into_iter().flatten().flat_map(|posting| posting.sides()).map(margin_in).sum();
        self.of_age[(age.0 / Tick::PER_DAY) as usize] += margin;
    }

    fn discounted(&self) -> i64 {
        let sums = self.of_age.iter().zip(&self.factors);
        let sum: i128 = sums.map(|(&sum, &factor)| i128::from(sum) * i128::from(factor)).sum();
        ((sum + (1 << (PLACES - 1))) >> PLACES) as i64
    }
}

/// What one side of a posting adds to the margin \[minor units\].
#[inline(always)]
fn margin_in((account, debit): (Account, i64)) -> i64 {
    match account {
        Account::Revenue | Account::CostOfGoods => -debit,
        _ => 0,
    }
}

impl Sink for Worth {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        match event.what {
            Fact::FirstPurchaseMade { .. } => self.add(event.what, Tick::ZERO),
            Fact::PurchaseRepeated { .. } => {
                // She could buy again for the first time one period after her first purchase.
                let age = event.at.0 + self.period.0 - state.first_renewal(event.who).unwrap_or(event.at).0;
                self.add(event.what, Tick(age));
            }
            // What was given back has brought nothing. Before she could buy again, it was the first purchase.
            Fact::PurchaseRefunded { order, margin, .. } => {
                let since = |first: Tick| event.at.0 + self.period.0 - first.0;
                let age = state.first_renewal(event.who).map_or(0, since);
                self.of_age[(age / Tick::PER_DAY) as usize] -= order.money().basis_points(margin).minor();
            }
            _ => {}
        }
    }
}

impl Projection for Worth {
    fn total_measures() -> Vec<Measure> {
        let money = |name, label, meaning| Measure { name, label, unit: Unit::Money, meaning };
        vec![
            money(
                "margin",
                "Margin",
                "prices of all purchases not refunded less the cost of the goods, before rewards and other costs",
            ),
            money(
                "margin_discounted",
                "Margin, discounted",
                "the same, each purchase discounted to its customer's first one by commerce.discount_rate",
            ),
        ]
    }

    fn rewind(&mut self) {
        self.of_age.fill(0);
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend([self.of_age.iter().sum(), self.discounted()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Source;
    use crate::units::{Cents, EventId, PersonId};

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(1);

    /// Margin and discounted margin after these events, each on a day, at 10 % a year; a period has 146 days.
    fn given(events: &[(u32, PersonId, Fact)]) -> [i64; 2] {
        let days = |days: u32| Tick(days * Tick::PER_DAY);
        let (mut worth, mut state) = (Worth::new(days(800), days(146), 0.1), State::new(2));
        for &(day, who, what) in events {
            let event = Event { at: days(day), who, cause: EventId::ROOT, what };
            state.apply(&event);
            worth.hear(&event, &state);
        }
        let mut out = vec![];
        worth.totals(&mut out);
        [out[0], out[1]]
    }

    #[test]
    fn a_purchase_is_discounted_to_the_first_one_of_its_customer() {
        let first = Fact::FirstPurchaseMade { source: Source::Seed, margin: 4_000, order: Cents(100_000) };
        let again = Fact::PurchaseRepeated { margin: 4_000, order: Cents(100_000) };
        assert_eq!(given(&[(0, ANN, first)]), [40_000, 40_000]);
        // Two fifths of a year later: 400.00 / 1.1^0.4 = 385.04. Bob's first is not discounted, whenever it is.
        assert_eq!(given(&[(0, ANN, first), (146, ANN, again), (700, BOB, first)]), [120_000, 80_000 + 38_504]);
        // Won back after a lapse, a whole year after her first: 400.00 / 1.1.
        let back = Fact::CustomerWonBack { teller: BOB };
        let story = [(5, ANN, first), (151, ANN, Fact::CustomerLapsed), (370, ANN, back), (370, ANN, again)];
        assert_eq!(given(&story), [80_000, 40_000 + 36_364]);
    }
}
