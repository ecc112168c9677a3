//! Segments: kinds of people who differ from the rest.

use super::{Play, Sink};
use crate::units::{PersonId, Probability, Strength};

/// A kind of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// What it is called.
    pub name: String,
    /// Chance that a person belongs to this segment or one before it on the list.
    pub up_to: Probability,
    /// What the number of people she tells is multiplied by.
    pub talk: Strength,
    /// What the chance that a word persuades her is multiplied by.
    pub persuadability: Strength,
}

impl<'a, S: Sink> Play<'a, S> {
    /// The segment a person belongs to, if to any.
    #[inline]
    pub(super) fn segment_of(&self, _who: PersonId) -> Option<&'a Segment> {
        None
    }
}
