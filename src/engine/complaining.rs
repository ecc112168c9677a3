//! Complaints: what unhappy customers tell the company, and what comes of it (after TARP).
//!
//! Whether a complaint is resolved is settled when it is filed; the resolution is planned before any of her words, so that
//! one at the same tick comes first. From then on her bad words that are still to be told are never told. A customer who
//! is satisfied now tells good words as any satisfied one does, by draws of her own: how many she would have warned says
//! nothing about how many she recommends the product to.

use super::due::{Act, Due, Word};
use super::{Play, Sink};
use crate::alias::AliasTable;
use crate::dice::{Purpose, descendant};
use crate::event::{Fact, Sentiment, Valence};
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

/// A telling that no customer ever comes to: the place from which the second story of a customer goes.
const ANEW: u32 = u32::MAX;
/// The first telling of a second story, beyond the last one of any first.
const ANEW_FIRST: u32 = 1 << 23;

/// What the draws of one customer say of her complaint.
struct Complaint {
    filed: bool,
    resolved: bool,
    /// Time from the experience to the resolution.
    after: Tick,
    satisfied: bool,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// An unhappy customer may complain; `cause` is the experience.
    #[inline]
    pub(super) fn maybe_complain(&mut self, at: Tick, who: PersonId, sentiment: Sentiment, cause: EventId) {
        let Some(complaints) = Self::optional(&self.world.complaints) else { return };
        if sentiment != Sentiment::Unhappy {
            return;
        }
        let complaint = self.complaint_of(who, complaints);
        if !complaint.filed {
            return;
        }
        self.record(at, who, Fact::ComplaintFiled, cause);
        if complaint.resolved {
            self.run.agenda.plan(at + complaint.after, Due::act(who, Act::SettleComplaint).pack());
        }
    }

    fn complaint_of(&self, who: PersonId, complaints: &Complaints) -> Complaint {
        let mut draws = self.luck.of(Purpose::Complaint).stream(self.subject(who));
        Complaint {
            filed: complaints.file.accepts(draws.draw()),
            resolved: complaints.resolve.accepts(draws.draw()),
            after: Tick(complaints.after.draw(draws.draw())),
            satisfied: complaints.recovery.accepts(draws.draw()),
        }
    }

    /// Resolves a complaint.
    pub(super) fn settle_complaint(&mut self, at: Tick, who: PersonId) {
        if self.world.complaints.is_none() {
            return;
        }
        let cause = self.run.state.complaint_event(who);
        // What comes of a complaint was settled when it was filed.
        let settled = self.as_at(cause, |then| {
            let complaints = then.world.complaints.as_ref()?;
            let Complaint { after, satisfied, .. } = then.complaint_of(who, complaints);
            Some((satisfied, after <= complaints.quick_within))
        });
        let Some((satisfied, quick)) = settled else { return };
        let sentiment = if satisfied { Sentiment::Satisfied } else { Sentiment::Neutral };
        let resolved = self.record(at, who, Fact::ComplaintResolved { sentiment, quick }, cause);
        self.decide_advocacy(at, who, sentiment, resolved);
    }

    /// Whether a word is never told, because its teller is not unhappy any more. Only a customer complains, so what people
    /// tell on who have not bought is told whatever becomes of the complaint of her from whom they have it.
    #[inline]
    pub(super) fn is_withdrawn(&self, word: Word) -> bool {
        word.valence == Valence::Bad && self.has_second_story(word.teller)
    }

    /// Whether a customer has another story to tell than the one of her experience.
    #[inline(always)]
    pub(super) fn has_second_story(&self, who: PersonId) -> bool {
        !PLAIN && self.run.state.resolved(who).is_some()
    }

    /// Whose draws a customer's telling goes by: her own, or others of her own for a second story.
    #[inline(always)]
    pub(super) fn story_subject(&self, who: PersonId) -> u64 {
        let subject = self.subject(who);
        if self.has_second_story(who) { descendant(subject, ANEW) } else { subject }
    }

    /// The number of the first telling of the story that a customer has to tell.
    #[inline(always)]
    pub(super) fn first_telling(&self, who: PersonId) -> u32 {
        if self.has_second_story(who) { ANEW_FIRST } else { 0 }
    }
}
