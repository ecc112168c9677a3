//! Surveys: customers are asked how likely they are to recommend the product.

use super::{Play, Sink};
use crate::units::{PersonId, Probability, Tick};

/// How customers are surveyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survey {
    /// Time from the first purchase to the survey.
    pub after: Tick,
    /// Chance that a customer answers.
    pub response_rate: Probability,
}

impl<S: Sink> Play<'_, S> {
    /// Plans the survey of a customer.
    pub(super) fn maybe_survey(&mut self, _at: Tick, _who: PersonId) {}
}
