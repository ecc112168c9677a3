//! What the programme owes and has spent, by when.
//!
//! What is owed is the balance of the account of [`Account::RewardLiability`], from the postings of the ledger. What is spent
//! is what the budget is held against: what rewards granted or held back cost if all of them are redeemed, less those taken
//! back ([`State::spent`]).

use super::super::ledger::{Account, postings};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;

/// Changes of both by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// For each day, by how much what is owed and what is spent grew \[minor units\].
    days: Vec<[i64; 2]>,
}

impl Owing {
    /// For a run of so many days, day 0 included.
    pub fn new(days: usize) -> Owing {
        Owing { days: vec![[0; 2]; days] }
    }

    /// What is owed by the end of day 0, 1, 2, … \[minor units\].
    pub fn owed(&self) -> Vec<i64> {
        self.so_far(0)
    }

    /// What is spent of the budget by the end of day 0, 1, 2, … \[minor units\].
    pub fn spent(&self) -> Vec<i64> {
        self.so_far(1)
    }

    fn so_far(&self, which: usize) -> Vec<i64> {
        let mut sums = Vec::with_capacity(self.days.len());
        super::super::cumulate(self.days.iter().map(|day| day[which]), &mut sums);
        sums
    }
}

impl Sink for Owing {
    #[inline]
    fn hear(&mut self, event: &Event, _: &State) {
        let [owed, spent] = &mut self.days[event.at.day_closing() as usize];
        for (account, debit) in postings(event.what).into_iter().flatten().flat_map(|posting| posting.sides()) {
            if account == Account::RewardLiability {
                *owed -= debit;
            }
        }
        match event.what {
            Fact::RewardGranted { cost, .. } | Fact::RewardHeld { cost, .. } => *spent += cost.money().minor(),
            Fact::RewardForfeited { cost, .. } | Fact::RewardClawedBack { cost, .. } => {
                *spent -= cost.money().minor();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ANN, given};
    use super::*;
    use crate::event::{RewardKind, Side};
    use crate::units::Payment;

    const SIDE: Side = Side::Advocate;
    const KIND: RewardKind = RewardKind::Cash;
    const AMOUNT: Payment = Payment(1_000);

    #[test]
    fn a_reward_is_owed_from_its_granting_to_its_redemption_and_spent_for_good() {
        let granted = Fact::RewardGranted { rule: 0, side: SIDE, kind: KIND, amount: AMOUNT, cost: Payment(600) };
        let redeemed = Fact::RewardRedeemed { rule: 0, kind: KIND, cost: Payment(500) };
        let expired = Fact::RewardExpired { rule: 0, kind: KIND, cost: Payment(100) };
        let told = given(Owing::new(5), &[(1, ANN, granted), (2, ANN, redeemed), (4, ANN, expired)]);
        assert_eq!(told.owed(), [0, 600, 100, 100, 0]);
        assert_eq!(told.spent(), [0, 600, 600, 600, 600]);
    }

    #[test]
    fn a_reward_held_back_is_spent_and_not_owed_until_it_is_released() {
        let held = Fact::RewardHeld { rule: 0, side: SIDE, kind: KIND, amount: AMOUNT, cost: Payment(600) };
        let released = Fact::RewardReleased { rule: 0, side: SIDE, kind: KIND, amount: AMOUNT, cost: Payment(600) };
        let forfeited = Fact::RewardForfeited { rule: 0, side: SIDE, kind: KIND, amount: AMOUNT, cost: Payment(600) };
        let clawed_back =
            Fact::RewardClawedBack { rule: 0, side: SIDE, kind: KIND, amount: AMOUNT, cost: Payment(600) };
        let told = given(Owing::new(3), &[(0, ANN, held), (1, ANN, released), (2, ANN, clawed_back)]);
        assert_eq!((told.owed(), told.spent()), (vec![0, 600, 0], vec![600, 600, 0]));
        let told = given(Owing::new(3), &[(0, ANN, held), (1, ANN, forfeited)]);
        assert_eq!((told.owed(), told.spent()), (vec![0, 0, 0], vec![600, 0, 0]));
    }
}
