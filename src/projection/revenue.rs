//! Money: what came in, what the rewards and everything else cost, what is left. Integer minor units throughout.

use super::costs::cost_of;
use super::{Days, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;

/// Revenue, reward cost and profit.
#[derive(Debug, Clone)]
pub struct Revenue {
    revenue: Days,
    contribution: Days,
    reward_cost: Days,
    other_cost: Days,
    granted: i64,
    denied: i64,
}

const MEASURES: [Measure; 3] = [
    Measure {
        name: "revenue",
        label: "Revenue",
        unit: Unit::Money,
        meaning: "prices of all purchases, before rewards (first customers included)",
    },
    Measure {
        name: "reward_cost",
        label: "Reward cost",
        unit: Unit::Money,
        meaning: "what the rewards granted cost if all are redeemed, less those that expired",
    },
    Measure {
        name: "profit",
        label: "Profit",
        unit: Unit::Money,
        meaning: "margin on the revenue less the reward cost and the other costs that are counted; what else the business \
                  costs is not in it",
    },
];

impl Revenue {
    /// For runs of so many days, day 0 included.
    pub fn new(days: usize) -> Revenue {
        let [revenue, contribution, reward_cost, other_cost] = [(); 4].map(|()| Days::new(days));
        Revenue { revenue, contribution, reward_cost, other_cost, granted: 0, denied: 0 }
    }
}

impl Sink for Revenue {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::FirstPurchaseMade { order, margin, .. } | Fact::PurchaseRepeated { order, margin } => {
                self.revenue.add(event.at, order.minor());
                self.contribution.add(event.at, order.basis_points(margin).minor());
            }
            Fact::RewardGranted { cost, .. } => {
                self.reward_cost.add(event.at, cost.money().minor());
                self.granted += 1;
            }
            Fact::RewardExpired { cost, .. } => self.reward_cost.add(event.at, -cost.money().minor()),
            Fact::RewardDenied { .. } => self.denied += 1,
            what => {
                if let Some(cost) = cost_of(what) {
                    self.other_cost.add(event.at, cost);
                }
            }
        }
    }
}

impl Projection for Revenue {
    fn daily_measures() -> Vec<Measure> {
        MEASURES.to_vec()
    }

    fn total_measures() -> Vec<Measure> {
        let rewards = |name, label, meaning| Measure { name, label, unit: Unit::Rewards, meaning };
        let denied = rewards(
            "rewards_denied",
            "Rewards denied",
            "rewards refused by a term of the programme: a cap, its budget, window, minimum or end, or a referral not tracked",
        );
        [&MEASURES[..], &[rewards("rewards_granted", "Rewards granted", "rewards granted, on both sides"), denied]]
            .concat()
    }

    fn rewind(&mut self) {
        self.revenue.rewind();
        self.contribution.rewind();
        self.reward_cost.rewind();
        self.other_cost.rewind();
        (self.granted, self.denied) = (0, 0);
    }

    fn daily(&self, out: &mut Vec<i64>) {
        let mut profit = self.contribution.clone();
        for costs in [&self.reward_cost, &self.other_cost] {
            profit.0.iter_mut().zip(&costs.0).for_each(|(profit, cost)| *profit -= cost);
        }
        [&self.revenue, &self.reward_cost, &profit].iter().for_each(|days| days.cumulate(out));
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let cost = self.reward_cost.total();
        let profit = self.contribution.total() - cost - self.other_cost.total();
        out.extend([self.revenue.total(), cost, profit, self.granted, self.denied]);
    }
}
