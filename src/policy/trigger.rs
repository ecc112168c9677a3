//! Triggers: what a reward is for.

use crate::units::Cents;

/// What a reward is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The friend signs up.
    SignUp,
    /// The friend buys for the first time.
    FirstPurchase,
    /// The friend buys again.
    LaterPurchase,
    /// The friend buys, for the first time or again.
    EachPurchase,
    /// The friend buys for the so-many-eth time, from 1.
    Purchase(u32),
    /// So many tickets are drawn when the rule ends; nobody wins twice.
    Drawing(u32),
    /// So many advocates who have been credited with most friends when the rule ends.
    Leaderboard(u32),
}

/// What a friend does that may earn a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Signs up.
    SignUp,
    /// Buys.
    Purchase {
        /// Purchases before this one.
        before: u32,
        /// The price.
        order: Cents,
        /// What of it is left after the discounts taken off it so far.
        left: Cents,
    },
    /// Somebody wins a prize.
    Prize,
}

impl Trigger {
    /// Whether this occasion is what it is for.
    pub fn is_pulled_by(self, occasion: Occasion) -> bool {
        match (self, occasion) {
            (Trigger::SignUp, Occasion::SignUp) => true,
            (Trigger::FirstPurchase, Occasion::Purchase { before, .. }) => before == 0,
            (Trigger::LaterPurchase, Occasion::Purchase { before, .. }) => before > 0,
            (Trigger::EachPurchase, Occasion::Purchase { .. }) => true,
            (Trigger::Purchase(number), Occasion::Purchase { before, .. }) => before + 1 == number,
            (Trigger::Drawing(_) | Trigger::Leaderboard(_), Occasion::Prize) => true,
            _ => false,
        }
    }

    /// Whether it is for prizes, which are won when the rule ends and not earned by a friend.
    pub fn is_prize(self) -> bool {
        matches!(self, Trigger::Drawing(_) | Trigger::Leaderboard(_))
    }
}
