//! Who bought again, who did not, and who came back.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;

/// Purchases after the first, and lapses.
#[derive(Debug, Clone, Default)]
pub struct Renewals {
    purchases: i64,
    customers: i64,
    lapses: i64,
    won_back: i64,
}

const MEASURES: [Measure; 4] = [
    Measure {
        name: "purchases_repeated",
        label: "Repeat purchases",
        unit: Unit::Purchases,
        meaning: "purchases after the first one of each customer",
    },
    Measure {
        name: "repeat_customers",
        label: "Repeat customers",
        unit: Unit::People,
        meaning: "customers who have bought more than once",
    },
    Measure {
        name: "lapsed",
        label: "Lapsed customers",
        unit: Unit::People,
        meaning: "customers who did not buy again when the time had come, and have not been won back",
    },
    Measure {
        name: "won_back",
        label: "Customers won back",
        unit: Unit::People,
        meaning: "times a good word brought a lapsed customer back",
    },
];

impl Sink for Renewals {
    #[inline(always)]
    fn hear(&mut self, event: &Event, state: &State) {
        match event.what {
            Fact::PurchaseRepeated { .. } => {
                self.purchases += 1;
                self.customers += i64::from(state.purchases_repeated(event.who) == 1);
            }
            Fact::CustomerLapsed => self.lapses += 1,
            Fact::CustomerWonBack { .. } => self.won_back += 1,
            _ => {}
        }
    }
}

impl Projection for Renewals {
    fn total_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn rewind(&mut self) {
        *self = Renewals::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.extend([self.purchases, self.customers, self.lapses - self.won_back, self.won_back]);
    }
}
