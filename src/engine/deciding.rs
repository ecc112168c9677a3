//! Deciding: what a word does to its hearer (model.md D.3 no. 6 and 8, D.6 no. 7 and 8).
//!
//! A good word persuades a prospect with chance `persuasion × (1 − damping)^(bad words heard) × strength of the tie`;
//! a coded word has the chance of an invitation instead, lifted by the friend's offer. A bad word damps all later ones
//! and may block. A word that reaches a customer, somebody who has signed up, or somebody blocked is wasted, but heard.

use super::due::{Due, Word};
use super::{Ground, Play, Sink};
use crate::dice::{Luck, descendant};
use crate::event::{Fact, Valence};
use crate::state::Stage;
use crate::units::{EventId, PersonId, Probability, Tick};

impl<S: Sink> Play<'_, S> {
    /// A word reaches its hearer.
    #[inline]
    pub(super) fn hear(&mut self, at: Tick, word: Word) {
        let hearer = match self.ground {
            Ground::Fresh => PersonId(self.run.state.people()),
            _ => PersonId(word.to),
        };
        let Word { teller, valence, coded, .. } = word;
        let first = !self.run.state.has_heard(hearer);
        let cause = self.run.state.latest_event(teller);
        let heard = self.record(at, hearer, Fact::WordHeard { teller, valence, coded, first }, cause);
        if word.candidate {
            if self.run.state.stage(hearer) == Stage::Prospect && self.persuades(at, hearer, word) {
                if let Some(subject) = self.fresh_subject(teller) {
                    let subject = descendant(subject, word.to);
                    self.run.subjects.resize(hearer.index() + 1, 0);
                    self.run.subjects[hearer.index()] = subject;
                }
                let generation = self.run.state.generation(teller) + 1;
                self.record(at, hearer, Fact::SignedUp { teller, generation, coded }, heard);
            }
        } else if self.world.conversion.blocking != Probability::NEVER {
            self.maybe_block(at, hearer, word, heard);
        }
    }

    /// A bad word may block a prospect.
    fn maybe_block(&mut self, at: Tick, hearer: PersonId, word: Word, heard: EventId) {
        let luck = self.luck.blocking.draw_pair(word.teller.0, word.to);
        if word.valence == Valence::Bad
            && self.run.state.stage(hearer) == Stage::Prospect
            && self.world.conversion.blocking.accepts(luck)
        {
            self.record(at, hearer, Fact::ProspectBlocked, heard);
        }
    }

    /// The coin of this word, against the chance it has now. The coin belongs to the pair, so order cannot matter.
    fn persuades(&self, at: Tick, hearer: PersonId, word: Word) -> bool {
        let chance = match word.coded {
            true => self.world.policy.terms(at).invitation,
            false => self.world.conversion.persuasion,
        };
        let damping = self.world.conversion.damping[self.run.state.bad_words(hearer) as usize];
        let mut chance = chance.and(damping);
        if let Some(graph) = self.ground.graph().filter(|graph| graph.has_strengths()) {
            chance = chance.times(graph.strength(word.teller, hearer));
        }
        chance.accepts(coin(self.luck.persuasion, self.fresh_subject(word.teller), word.teller, word.to))
    }

    /// Among fresh people, the subject of a teller's draws.
    pub(super) fn fresh_subject(&self, teller: PersonId) -> Option<u64> {
        matches!(self.ground, Ground::Fresh).then(|| self.subject(teller))
    }

    /// Plans the purchase of somebody who has just been persuaded.
    pub(super) fn plan_purchase(&mut self, at: Tick, who: PersonId) {
        let delay = self.world.conversion.decision_delay.draw(self.luck.decision_delay.draw(self.subject(who)));
        self.run.agenda.plan(at + Tick(delay), Due::Purchase(who).pack());
    }
}

/// The coin of the word from a teller to `to`. It belongs to the pair; among fresh people, where `to` is the number of the
/// telling, to the place in the tree of tellings that follows from the teller's `subject`.
#[inline(always)]
pub(super) fn coin(persuasion: Luck, subject: Option<u64>, teller: PersonId, to: u32) -> u64 {
    match subject {
        Some(subject) => persuasion.draw(descendant(subject, to)),
        None => persuasion.draw_pair(teller.0, to),
    }
}
