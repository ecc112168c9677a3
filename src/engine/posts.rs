//! Posts: reviews that stay, and are read by strangers for a long time (facts.md no. 5).

use super::{Play, Sink};
use crate::event::Sentiment;
use crate::units::{EventId, PersonId, Probability, Tick};

/// How customers post, and how often posts are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posts {
    /// Chance that a customer who is not neutral posts.
    pub share: Probability,
    /// Views of a fresh post \[per tick\].
    pub views: f64,
    /// Time after which a post is viewed half as often \[ticks\].
    pub half_life: Tick,
}

impl<S: Sink> Play<'_, S> {
    /// A customer may post; `cause` is the experience.
    pub(super) fn maybe_post(&mut self, _at: Tick, _who: PersonId, _sentiment: Sentiment, _cause: EventId) {}
}
