//! Complaints: what unhappy customers tell the company, and what comes of it (facts.md A.6).

use super::due::Word;
use super::{Play, Sink};
use crate::alias::AliasTable;
use crate::event::Sentiment;
use crate::units::{EventId, PersonId, Probability, Tick};

/// How complaints go.
#[derive(Debug, Clone, PartialEq)]
pub struct Complaints {
    /// Chance that an unhappy customer complains.
    pub file: Probability,
    /// Chance that a complaint is resolved.
    pub resolve: Probability,
    /// Time from the experience to the resolution \[ticks\].
    pub after: AliasTable,
    /// Chance that a resolved complaint leaves the customer satisfied, not neutral.
    pub recovery: Probability,
    /// Time within which a resolution is quick.
    pub quick_within: Tick,
}

impl<S: Sink> Play<'_, S> {
    /// An unhappy customer may complain; `cause` is the experience.
    pub(super) fn maybe_complain(&mut self, _at: Tick, _who: PersonId, _sentiment: Sentiment, _cause: EventId) {}

    /// Whether a word is never told, because its teller is not unhappy any more.
    pub(super) fn is_withdrawn(&self, _word: Word) -> bool {
        false
    }
}
