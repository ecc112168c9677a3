//! Amounts: what a reward is worth, fixed, in percent of the price, or by the number of referrals.

use crate::units::{Cents, Payment};

/// What a reward is worth to whoever gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Always the same.
    Fixed(Payment),
    /// So many ten-thousandths of the price.
    Share(u16),
    /// By how many referrals the advocate has been credited with, this one included.
    Tiered(Tiers),
    /// Only at a referral of this number, from 1; at each multiple of it where it is repeated.
    Milestone {
        /// What it is worth.
        amount: Payment,
        /// Which one.
        referral: u32,
        /// Whether at each multiple.
        repeated: bool,
    },
}

/// Steps of a reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiers {
    /// From which referral on which amount, by rising number, the first from 1.
    pub steps: Vec<(u32, Payment)>,
    /// Whether a new step counts for all referrals before it as well: what they lacked is paid with it.
    pub retroactive: bool,
}

impl Tiers {
    /// The amount of the step on which the `number`-th referral stands.
    fn step(&self, number: u32) -> Payment {
        self.steps.iter().rev().find(|(from, _)| *from <= number).map_or(Payment::ZERO, |(_, amount)| *amount)
    }

    /// What all referrals up to the `number`-th are worth where steps count for those before.
    fn total(&self, number: u32) -> Cents {
        Cents(i64::from(number).saturating_mul(self.step(number).money().minor()))
    }
}

impl Amount {
    /// What the reward for the advocate's `number`-th referral is worth, at this price; nothing where none is due.
    pub fn of(&self, number: u32, order: Cents) -> Payment {
        match self {
            Amount::Fixed(amount) => *amount,
            Amount::Share(points) => Payment::clamped(order.basis_points(*points)),
            Amount::Tiered(tiers) if tiers.retroactive => {
                Payment::clamped(tiers.total(number) - tiers.total(number.saturating_sub(1)))
            }
            Amount::Tiered(tiers) => tiers.step(number),
            Amount::Milestone { amount, referral, repeated } => {
                let is_due = number == *referral || *repeated && number > 0 && number.is_multiple_of(*referral);
                if is_due { *amount } else { Payment::ZERO }
            }
        }
    }

    /// The most that one referral can be worth on average, at a price of at most this.
    pub fn most(&self, order_max: Cents) -> Payment {
        match self {
            Amount::Fixed(amount) | Amount::Milestone { amount, .. } => *amount,
            Amount::Share(points) => Payment::clamped(order_max.basis_points(*points)),
            Amount::Tiered(tiers) => tiers.steps.iter().map(|(_, amount)| *amount).max().unwrap_or(Payment::ZERO),
        }
    }

    /// What people have in mind when they think of the reward: that for a first referral at the usual price; of a
    /// milestone, its share in each referral on the way.
    pub fn prospect(&self, order: Cents) -> Cents {
        match self {
            Amount::Milestone { amount, referral, .. } => Cents(amount.money().minor() / i64::from((*referral).max(1))),
            other => other.of(1, order).money(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(retroactive: bool) -> Amount {
        let steps = vec![(1, Payment(10)), (5, Payment(15)), (10, Payment(25))];
        Amount::Tiered(Tiers { steps, retroactive })
    }

    fn paid(amount: &Amount, referrals: u32) -> u32 {
        (1..=referrals).map(|number| amount.of(number, Cents::ZERO).0).sum()
    }

    #[test]
    fn marginal_tiers_pay_each_referral_by_its_own_step() {
        assert_eq!([4, 5, 9, 10].map(|n| paid(&tiers(false), n)), [40, 55, 115, 140]);
    }

    #[test]
    fn retroactive_tiers_pay_all_referrals_by_the_step_reached() {
        assert_eq!([4, 5, 9, 10].map(|n| paid(&tiers(true), n)), [40, 75, 135, 250]);
    }

    #[test]
    fn a_milestone_pays_at_its_number_or_at_each_multiple() {
        let milestone = |repeated| Amount::Milestone { amount: Payment(100), referral: 3, repeated };
        assert_eq!([2, 3, 6].map(|n| paid(&milestone(false), n)), [0, 100, 100]);
        assert_eq!([2, 3, 6].map(|n| paid(&milestone(true), n)), [0, 100, 200]);
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest_minor_unit() {
        assert_eq!(Amount::Share(1_250).of(1, Cents(999)), Payment(125));
    }
}
