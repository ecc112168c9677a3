//! Asking: customers are asked to refer, once or more often, by whatever means; and participants invite again.

use crate::event::Medium;
use crate::units::{Cents, Probability, Tick};

/// One asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prompt {
    /// Time from the first purchase.
    pub after: Tick,
    /// By which means.
    pub by: Medium,
    /// Chance that it reaches a customer.
    pub reach: Probability,
    /// Chance that a willing customer agrees.
    pub chance: Probability,
    /// What it costs for each customer asked \[minor units\].
    pub cost: Cents,
}

/// How invitations are repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitations {
    /// Time from one invitation of a person to the next.
    pub repeat_after: Tick,
    /// Invitations of one person in all.
    pub most: u8,
}
