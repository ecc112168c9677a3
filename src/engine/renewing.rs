//! Renewing: what a purchase is worth, and whether others follow it.

use super::{Play, Sink};
use crate::units::{Cents, PersonId, Probability, Tick};

/// What purchases are worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Commerce {
    /// Price of a purchase [minor units].
    pub order: Cents,
    /// The share of a price that is not cost [basis points].
    pub margin: u16,
    /// Chance that a word wins a lapsed customer back.
    pub win_back: Probability,
}

impl Commerce {
    /// Whether anybody buys twice.
    pub fn repeats(&self) -> bool {
        false
    }
}

impl<S: Sink> Play<'_, S> {
    /// Price and margin of the `ordinal`-th purchase of a customer, from 0.
    pub(super) fn worth_of_purchase(&self, _at: Tick, _who: PersonId, _ordinal: u32) -> (Cents, u16) {
        (self.world.commerce.order, self.world.commerce.margin)
    }

    /// Plans the next purchase after the `ordinal`-th, or the lapse.
    pub(super) fn plan_renewal(&mut self, _at: Tick, _who: PersonId, _ordinal: u32) {}
}
