//! Segments: kinds of people who differ from the rest.
//!
//! To which segment a person belongs is a draw of her own, held against the shares: it is known before she does anything,
//! and the same in every scenario with these shares.

use super::{Experience, Play, Sink};
use crate::dice::Purpose;
use crate::policy::Policy;
use crate::units::{PersonId, Probability, Strength, Tick};

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
    /// What its customers think, whatever brought them; nothing where they think as all do.
    pub experience: Option<Experience>,
    /// The terms of the programme for its customers, where they participate more or less than others do.
    pub terms: Option<Policy>,
}

impl<'a, S: Sink, const PLAIN: bool> Play<'a, S, PLAIN> {
    /// The segment a person belongs to, if to any.
    #[inline(always)]
    pub(super) fn segment_of(&self, who: PersonId) -> Option<&'a Segment> {
        self.segment_by(|| self.subject(who))
    }

    /// The same for somebody known only by the subject of her draws.
    #[inline(always)]
    pub(super) fn segment_by(&self, subject: impl FnOnce() -> u64) -> Option<&'a Segment> {
        if PLAIN || self.world.segments.is_empty() {
            return None;
        }
        let segments = &self.world.segments;
        segments.get(self.place_of_segment(subject())?)
    }

    fn place_of_segment(&self, subject: u64) -> Option<usize> {
        let draw = self.luck.of(Purpose::Segment).draw(subject);
        self.world.segments.iter().position(|segment| segment.up_to.accepts(draw))
    }

    /// Whether a person belongs to the segment in this place.
    pub(super) fn is_of_segment(&self, who: PersonId, place: usize) -> bool {
        self.place_of_segment(self.subject(who)) == Some(place)
    }

    /// The chance that this customer participates, once satisfied.
    #[inline(always)]
    pub(super) fn participation_of(&self, at: Tick, who: PersonId) -> Probability {
        self.terms_of(self.policy_of(who), at).participation
    }

    /// The programme as her segment answers it.
    #[inline(always)]
    pub(super) fn policy_of(&self, who: PersonId) -> &'a Policy {
        self.policy_in(self.segment_of(who))
    }

    /// The programme as a person saw it at a moment that may lie before a change of terms.
    pub(super) fn policy_then(&self, who: PersonId, at: Tick) -> &'a Policy {
        let world = self.world_when(at);
        if world.segments.is_empty() {
            return &world.policy;
        }
        let segment = self.place_of_segment(self.subject(who)).and_then(|place| world.segments.get(place));
        segment.and_then(|segment| segment.terms.as_ref()).unwrap_or(&world.policy)
    }

    /// The programme as a segment answers it.
    #[inline(always)]
    pub(super) fn policy_in(&self, segment: Option<&'a Segment>) -> &'a Policy {
        segment.and_then(|segment| segment.terms.as_ref()).unwrap_or(&self.world.policy)
    }

    /// How many she tells out of `tells`, being as talkative as her segment; a draw of hers rounds it, so that the mean is
    /// exact.
    #[inline(always)]
    pub(super) fn talkative(&self, who: PersonId, tells: u32, rounding: u64) -> u32 {
        self.segment_of(who).map_or(tells, |segment| segment.talk.of_count(tells, rounding))
    }
}
