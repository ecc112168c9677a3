//! The funnel: what lies between following a word and buying, told apart into landing, signing up and buying.
//!
//! It splits the chance that a word makes a buyer, and does not change it; what is lost while deciding comes on top.

use super::{Play, Sink};
use crate::units::{EventId, PersonId, Probability, Tick};

/// The steps of the funnel. The chance that a word lands somebody is then [`super::Conversion::persuasion`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// Chance that somebody who has landed signs up.
    pub sign_up: Probability,
    /// Chance that somebody who has signed up buys, if not lost while deciding.
    pub purchase: Probability,
    /// Rate at which leads are lost while they decide \[per tick\].
    pub loss: f64,
}

impl<S: Sink> Play<'_, S> {
    /// Somebody follows a word to the company's door. The cause of her signing up, unless she does not.
    pub(super) fn land(&mut self, _at: Tick, _hearer: PersonId, _teller: PersonId, heard: EventId) -> Option<EventId> {
        Some(heard)
    }
}
