//! What an advocate has had from the programme: what its caps look at.

use crate::units::{Cents, Payment, Tick};

/// What an advocate has had: over all time, and in the month of the latest reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    ever: Had,
    month: u32,
    in_month: Had,
}

/// Rewards had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Had {
    /// How many.
    pub rewards: u32,
    /// What they were worth together.
    pub amount: Cents,
}

impl Account {
    /// Takes in a reward.
    pub fn add(&mut self, at: Tick, amount: Payment) {
        let month = at.0 / Tick::MONTH.0;
        if month != self.month {
            (self.month, self.in_month) = (month, Had::default());
        }
        for had in [&mut self.ever, &mut self.in_month] {
            had.rewards += 1;
            had.amount += amount.money();
        }
    }

    /// Takes a reward out again that was had at that moment.
    pub fn remove(&mut self, at: Tick, amount: Payment) {
        let in_month = (at.0 / Tick::MONTH.0 == self.month).then_some(&mut self.in_month);
        for had in [Some(&mut self.ever), in_month].into_iter().flatten() {
            had.rewards = had.rewards.saturating_sub(1);
            had.amount = had.amount - amount.money();
        }
    }

    /// What she has had over all time.
    pub fn ever(&self) -> Had {
        self.ever
    }

    /// What she has had in the month of that moment.
    pub fn in_month(&self, at: Tick) -> Had {
        if at.0 / Tick::MONTH.0 == self.month { self.in_month } else { Had::default() }
    }
}
