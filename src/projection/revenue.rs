//! Money day by day: what came in, what the rewards cost, what is left. Integer minor units throughout.
//!
//! The figures are those of the ledger's postings; what else is spent stands there by account ([`super::Ledger`]).

use super::ledger::{Posting, postings};
use super::{Account, Days, Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;
use crate::units::Tick;

/// Revenue, reward cost and profit.
#[derive(Debug, Clone)]
pub struct Revenue {
    revenue: Days,
    reward_cost: Days,
    profit: Days,
    granted: i64,
    denied: i64,
}

const MEASURES: [Measure; 3] = [
    Measure {
        name: Account::Revenue.name(),
        label: Account::Revenue.label(),
        unit: Unit::Money,
        meaning: Account::Revenue.meaning(),
    },
    Measure {
        name: "reward_cost",
        label: "Reward cost",
        unit: Unit::Money,
        meaning: "what the rewards granted or held back cost if all are redeemed, less those that expired or were taken back",
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
        let [revenue, reward_cost, profit] = [(); 3].map(|()| Days::new(days));
        Revenue { revenue, reward_cost, profit, granted: 0, denied: 0 }
    }
}

impl Revenue {
    #[inline(always)]
    fn take(&mut self, at: Tick, posting: Posting) {
        for (account, debit) in posting.sides() {
            match account {
                Account::Revenue => self.revenue.add(at, -debit),
                Account::Discounts | Account::RewardExpense | Account::Breakage => self.reward_cost.add(at, debit),
                _ => {}
            }
            if account.account_type().is_of_profit() {
                self.profit.add(at, -debit);
            }
        }
    }
}

impl Sink for Revenue {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        match event.what {
            Fact::RewardGranted { .. } | Fact::RewardReleased { .. } => self.granted += 1,
            Fact::RewardDenied { .. } | Fact::RewardForfeited { .. } => self.denied += 1,
            _ => {}
        }
        // Spelled out, so that at each door of the engine only its own postings remain.
        let [first, second] = postings(event.what);
        if let Some(posting) = first {
            self.take(event.at, posting);
        }
        if let Some(posting) = second {
            self.take(event.at, posting);
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
            "rewards refused by a term of the programme: a cap, its budget, window, minimum, hold or end, or a referral not \
             tracked or taken for a fake",
        );
        [
            &MEASURES[..],
            &[
                rewards(
                    "rewards_granted",
                    "Rewards granted",
                    "rewards granted, on both sides, at once or after they were held back",
                ),
                denied,
            ],
        ]
        .concat()
    }

    fn rewind(&mut self) {
        [&mut self.revenue, &mut self.reward_cost, &mut self.profit].into_iter().for_each(Days::rewind);
        (self.granted, self.denied) = (0, 0);
    }

    fn daily(&self, out: &mut Vec<i64>) {
        [&self.revenue, &self.reward_cost, &self.profit].iter().for_each(|days| days.cumulate(out));
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let money = [&self.revenue, &self.reward_cost, &self.profit].map(Days::total);
        out.extend(money);
        out.extend([self.granted, self.denied]);
    }
}
