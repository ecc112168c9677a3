//! A reward that somebody has earned, and what has become of it so far.

use crate::event::{RewardKind, Side};
use crate::units::{EventId, Payment, PersonId, Tick};

/// A reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Whose.
    pub who: PersonId,
    /// The place of the rule in the programme, from 0.
    pub rule: u8,
    /// Which side of the referral she is on.
    pub side: Side,
    /// In what form.
    pub kind: RewardKind,
    /// Where it stands.
    pub status: GrantStatus,
    /// When it was earned.
    pub at: Tick,
    /// What it is worth to her \[minor units\].
    pub amount: Payment,
    /// What it costs the company if all of it is redeemed \[minor units\].
    pub cost: Payment,
    /// What of that is neither redeemed nor expired nor taken back \[minor units\].
    pub open: Payment,
    /// The event in which it was granted, or held back: the cause of what becomes of it.
    pub event: EventId,
    /// The event that earned it.
    pub earned: EventId,
}

/// Where a reward stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantStatus {
    /// Held back.
    Held,
    /// Granted.
    Granted,
    /// Forfeited or clawed back.
    TakenBack,
}
