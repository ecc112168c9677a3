//! Deciding: what a word does to its hearer (model.md D.3 no. 6 and 8, D.6 no. 7 and 8).
//!
//! A good word persuades a prospect with chance `persuasion × (1 − damping)^(bad words heard) × strength of the tie × trust
//! in the channel × dose of the n-th good word`; a coded word has the chance of an invitation instead, lifted by the
//! friend's offer. Under the threshold rule the share of good words among all around takes the place of the chance. A bad
//! word damps all later ones and may block. A word that reaches a customer, somebody who has signed up, or somebody
//! blocked is wasted, but heard.

use super::due::{Act, Due, Word};
use super::{Ground, Play, Rule, Sink};
use crate::dice::{Luck, Purpose, descendant};
use crate::event::{Channel, Fact, Source, Valence};
use crate::state::Stage;
use crate::units::{EventId, PersonId, Probability, Strength, Tick};

/// A word at the moment it is heard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hearing {
    pub teller: PersonId,
    /// The hearer; among fresh people the number of the telling.
    pub to: u32,
    pub valence: Valence,
    pub coded: bool,
    pub channel: Channel,
    /// What it counts as, should it persuade.
    pub source: Source,
    /// What the strength of the tie multiplies persuasion by, where it is not to be looked up.
    pub strength: Option<Strength>,
    pub coin: Coin,
}

/// The coin of a word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coin {
    /// Known to persuade nobody.
    Lost,
    /// Uniform over 64 bits.
    Drawn(u64),
}

impl<S: Sink> Play<'_, S> {
    /// A word reaches its hearer.
    #[inline]
    pub(super) fn hear(&mut self, at: Tick, word: Word) {
        let Word { to, teller, valence, coded, channel, attempt, .. } = word;
        if self.world.complaints.is_some() && self.is_withdrawn(word) {
            return;
        }
        let cause = match attempt {
            0 => self.run.state.latest_event(teller),
            _ => self.run.state.invitation_event(teller),
        };
        let coin = match word.candidate {
            true => Coin::Drawn(coin(self.lucks.persuasion, self.fresh_subject(teller), teller, to, attempt)),
            false => Coin::Lost,
        };
        let source = Source::Word;
        let hearing = Hearing { teller, to, valence, coded, channel, source, strength: None, coin };
        self.take_in(at, self.hearer_of(to), hearing, cause);
    }

    /// Who it is that hears; among fresh people somebody new.
    #[inline(always)]
    pub(super) fn hearer_of(&self, to: u32) -> PersonId {
        match self.ground {
            Ground::Fresh => PersonId(self.run.state.people()),
            _ => PersonId(to),
        }
    }

    /// Somebody hears a word and decides. The cause stays out of the hearing: to look it up means to wait for memory, and
    /// where nobody asks for it, it is not looked up.
    #[inline(always)]
    pub(super) fn take_in(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, cause: EventId) {
        let Hearing { teller, valence, coded, channel, .. } = hearing;
        let first = !self.run.state.has_heard(hearer);
        let heard = self.record(at, hearer, Fact::WordHeard { teller, valence, coded, first, channel }, cause);
        if let Coin::Drawn(coin) = hearing.coin
            && valence == Valence::Good
            && self.run.state.stage(hearer) == Stage::Prospect
            && self.chance(at, hearer, &hearing).accepts(self.coin_or_threshold(hearer, coin))
        {
            self.persuade(at, hearer, &hearing, heard);
        } else if self.aftermath {
            self.consider(at, hearer, &hearing, heard);
        }
    }

    /// What else a word may do to its hearer.
    fn consider(&mut self, at: Tick, hearer: PersonId, hearing: &Hearing, heard: EventId) {
        match (hearing.valence, self.run.state.stage(hearer)) {
            (Valence::Bad, Stage::Prospect) => self.maybe_block(at, hearer, hearing, heard),
            _ => {}
        }
    }

    /// A bad word may block a prospect.
    fn maybe_block(&mut self, at: Tick, hearer: PersonId, hearing: &Hearing, heard: EventId) {
        let luck = self.luck.of(Purpose::Blocking).draw_pair(hearing.teller.0, hearing.to);
        if self.world.conversion.blocking.accepts(luck) {
            self.record(at, hearer, Fact::ProspectBlocked, heard);
        }
    }

    /// The chance that a word has now.
    fn chance(&self, at: Tick, hearer: PersonId, hearing: &Hearing) -> Probability {
        let conversion = &self.world.conversion;
        let chance = match (conversion.rule, hearing.coded) {
            (Rule::Persuasion, true) => self.world.policy.terms(at).invitation,
            (Rule::Persuasion, false) => conversion.persuasion,
            (Rule::Threshold, _) => self.share_of_good(hearer),
        };
        let chance = chance.and(conversion.damping[self.run.state.bad_words(hearer) as usize]);
        if conversion.rule == Rule::Threshold {
            return chance;
        }
        let mut chance = chance.times(conversion.trust[hearing.channel as usize]);
        if !conversion.dose.is_empty() {
            let place = usize::from(self.run.state.good_words(hearer)).min(conversion.dose.len());
            chance = chance.times(conversion.dose[place.saturating_sub(1)]);
        }
        if let Some(segment) = self.segment_of(hearer) {
            chance = chance.times(segment.persuadability);
        }
        match (hearing.strength, self.ground.graph().filter(|graph| graph.has_strengths())) {
            (Some(strength), _) => chance.times(strength),
            (None, Some(graph)) => chance.times(graph.strength(hearing.teller, hearer)),
            (None, None) => chance,
        }
    }

    /// What the chance is held against: the coin of the word, or the threshold of the hearer.
    fn coin_or_threshold(&self, hearer: PersonId, coin: u64) -> u64 {
        match self.world.conversion.rule {
            Rule::Persuasion => coin,
            Rule::Threshold => self.luck.of(Purpose::Threshold).draw(self.subject(hearer)),
        }
    }

    /// Good words heard, as a share of all who could tell some.
    fn share_of_good(&self, hearer: PersonId) -> Probability {
        let around = match self.ground.graph() {
            Some(graph) => graph.in_degree(hearer),
            None => self.run.state.people() - 1,
        };
        Probability::ratio(u32::from(self.run.state.good_words(hearer)), around)
    }

    /// Somebody follows a word that persuades her.
    fn persuade(&mut self, at: Tick, hearer: PersonId, hearing: &Hearing, heard: EventId) {
        let Hearing { teller, coded, source, channel, .. } = *hearing;
        self.keep_subject(hearer, hearing);
        let Some(cause) = self.land(at, hearer, teller, heard) else { return };
        let generation = self.run.state.generation(teller) + 1;
        self.record(at, hearer, Fact::SignedUp { teller, generation, coded, source, channel }, cause);
    }

    /// Among fresh people, keeps the subject of the draws of somebody who is about to act.
    pub(super) fn keep_subject(&mut self, hearer: PersonId, hearing: &Hearing) {
        if let Some(subject) = self.fresh_subject(hearing.teller) {
            let subject = descendant(subject, hearing.to);
            self.run.subjects.resize(hearer.index() + 1, 0);
            self.run.subjects[hearer.index()] = subject;
        }
    }

    /// Among fresh people, the subject of a teller's draws.
    pub(super) fn fresh_subject(&self, teller: PersonId) -> Option<u64> {
        matches!(self.ground, Ground::Fresh).then(|| self.subject(teller))
    }

    /// Plans the purchase of somebody who has just been persuaded.
    pub(super) fn plan_purchase(&mut self, at: Tick, who: PersonId) {
        let luck = self.luck.of(Purpose::DecisionDelay).draw(self.subject(who));
        let delay = self.world.conversion.decision_delay.draw(luck);
        self.run.agenda.plan(at + Tick(delay), Due::act(who, Act::Buy).pack());
    }
}

/// The coin of the word from a teller to `to`. It belongs to the pair and the attempt, so order cannot matter; among fresh
/// people, where `to` is the number of the telling, to the place in the tree of tellings that follows from the teller's
/// `subject`.
#[inline(always)]
pub(super) fn coin(persuasion: Luck, subject: Option<u64>, teller: PersonId, to: u32, attempt: u8) -> u64 {
    match (subject, attempt) {
        (Some(subject), _) => persuasion.draw(descendant(subject, to)),
        (None, 0) => persuasion.draw_pair(teller.0, to),
        (None, attempt) => persuasion.draw_pair(teller.0, u32::from(attempt) << 27 | to),
    }
}
