//! The community of customers: members talk more and refer more, and each costs something every month.

use super::{Play, Sink};
use crate::units::{Cents, EventId, PersonId, Probability, Tick};

/// What being a member means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Community {
    /// Chance that a customer joins.
    pub join: Probability,
    /// What is added to a member's chance to participate.
    pub participation: Probability,
    /// Other customers whom a member meets and tells besides.
    pub extra_ties: u32,
    /// What a member costs a month of 30 days \[minor units\].
    pub cost: Cents,
}

impl<S: Sink> Play<'_, S> {
    /// A customer may join the community; `cause` is the experience.
    pub(super) fn maybe_join(&mut self, _at: Tick, _who: PersonId, _cause: EventId) {}
}
