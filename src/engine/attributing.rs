//! Attributing: whose referral somebody is in the eyes of the company.
//!
//! By default it is the word that persuaded, if it carried a code that came through. A company that goes by the first or the
//! last code it could track sees something else: codes of words that did not persuade, and none of those that were lost.

use super::deciding::Hearing;
use super::{Play, Sink, World};
use crate::dice::{Purpose, descendant};
use crate::event::Fact;
use crate::policy::Attribution;
use crate::state::{Claim, Stage};
use crate::units::{EventId, PersonId, Tick};

/// A friend as a referral.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributed {
    pub claim: Claim,
    /// Whether the company knows it.
    pub tracked: bool,
    /// Which fake account of the advocate's it is, from 0, if the friend does not exist.
    pub account: Option<u32>,
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// A word with a code may make its hearer a referral of its teller.
    #[inline]
    pub(super) fn maybe_claim(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        if self.world.policy.clauses().attribution != Attribution::Converting {
            self.claim(at, hearer, hearing, heard);
        }
    }

    #[inline(never)]
    fn claim(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        let state = &self.run.state;
        if !matches!(state.stage(hearer), Stage::Prospect | Stage::SignedUp) {
            return;
        }
        let is_open = |claim: Claim| self.world.policy.window_max().is_none_or(|window| at <= claim.at + window);
        let first = self.world.policy.clauses().attribution == Attribution::First;
        if first && state.claim(hearer).is_some_and(is_open) {
            return;
        }
        let Hearing { teller, channel, attempt, .. } = hearing;
        let luck = match self.fresh_subject(teller) {
            Some(_) => self.subject_of(hearer, hearing),
            None => descendant(descendant(u64::from(hearer.0), teller.0), attempt),
        };
        if self.tracking(self.world, channel).accepts(self.luck.of(Purpose::Tracking).draw(luck)) {
            self.record(at, hearer, Fact::ReferralClaimed { teller }, heard);
        }
    }

    /// Whose referral a friend is; nothing where no code speaks for it.
    #[inline]
    pub(super) fn attributed(&self, friend: PersonId) -> Option<Attributed> {
        let state = &self.run.state;
        if let Some(claim) = state.claim(friend) {
            return Some(Attributed { claim, tracked: true, account: None });
        }
        let advocate = state.teller(friend).filter(|_| state.came_by_code(friend))?;
        // Whether the company knows was settled when she was told.
        let told_at = state.told_at(friend);
        let world = self.world_when(told_at);
        let tracked = world.policy.clauses().attribution == Attribution::Converting && self.is_tracked(world, friend);
        let claim = Claim { advocate, at: told_at, scheme: None };
        Some(Attributed { claim, tracked, account: None })
    }

    /// Whether the company can tell by whose word somebody came.
    fn is_tracked(&self, world: &World, friend: PersonId) -> bool {
        let luck = self.luck.of(Purpose::Tracking).draw(self.subject(friend));
        self.tracking(world, self.run.state.channel(friend)).accepts(luck)
    }
}
