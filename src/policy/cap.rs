//! Caps: how much one advocate can have.
//!
//! A cap counts the advocate's own rewards, over all rules of the programme; referrals beyond it still happen, and the friend
//! is still rewarded.

use crate::state::Account;
use crate::units::{Cents, Payment, Tick};

/// The most that one advocate can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cap {
    /// Rewards.
    pub rewards: Option<u32>,
    /// What they are worth together.
    pub amount: Option<Cents>,
    /// Whether it holds for each month of the programme instead of for ever.
    pub monthly: bool,
    /// Whether the reward that would pass `amount` is cut to what is left.
    pub partial: bool,
}

impl Cap {
    /// What an advocate with this account gets of a reward; nothing where the cap is reached.
    #[doc(hidden)]
    pub fn admits(&self, at: Tick, reward: Payment, account: &Account) -> Option<Payment> {
        let had = if self.monthly { account.in_month(at) } else { account.ever() };
        if self.rewards.is_some_and(|most| had.rewards >= most) {
            return None;
        }
        let Some(most) = self.amount else { return Some(reward) };
        let left = most - had.amount;
        match left >= reward.money() {
            true => Some(reward),
            false => (self.partial && left > Cents::ZERO).then(|| Payment::clamped(left)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(rewards: &[(u32, u32)]) -> Account {
        let mut account = Account::default();
        rewards.iter().for_each(|&(day, amount)| account.add(Tick(day * Tick::PER_DAY), Payment(amount)));
        account
    }

    #[test]
    fn a_cap_by_number_admits_so_many() {
        let cap = Cap { rewards: Some(2), ..Cap::default() };
        assert_eq!(cap.admits(Tick::ZERO, Payment(5), &account(&[(0, 5)])), Some(Payment(5)));
        assert_eq!(cap.admits(Tick::ZERO, Payment(5), &account(&[(0, 5), (0, 5)])), None);
    }

    #[test]
    fn a_cap_by_amount_cuts_the_last_reward_only_where_it_may() {
        // Dropbox: 500 MB each up to 16,384 MB; the 33rd reward is 384 MB or none.
        let had = account(&[(0, 500); 32]);
        let cap = |partial| Cap { amount: Some(Cents(16_384)), partial, ..Cap::default() };
        assert_eq!(cap(true).admits(Tick::ZERO, Payment(500), &had), Some(Payment(384)));
        assert_eq!(cap(false).admits(Tick::ZERO, Payment(500), &had), None);
        let exact = Cap { amount: Some(Cents(16_000)), partial: true, ..Cap::default() };
        assert_eq!(exact.admits(Tick::ZERO, Payment(500), &had), None);
    }

    #[test]
    fn a_monthly_cap_begins_anew_every_thirty_days() {
        let cap = Cap { rewards: Some(1), monthly: true, ..Cap::default() };
        let had = account(&[(29, 5)]);
        assert_eq!(cap.admits(Tick(29 * Tick::PER_DAY), Payment(5), &had), None);
        assert_eq!(cap.admits(Tick(30 * Tick::PER_DAY), Payment(5), &had), Some(Payment(5)));
        let ever = account(&[(29, 5), (30, 7)]).ever();
        assert_eq!((ever.rewards, ever.amount), (2, Cents(12)));
    }
}
