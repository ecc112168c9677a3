//! Deciding: what a word does to its hearer.
//!
//! A good word persuades a prospect with chance `persuasion × (1 − damping)^(bad words heard) × strength of the tie × trust
//! in the channel × dose of the n-th good word × persuadability of the hearer`; a coded word has the chance of an invitation
//! instead, lifted by the friend's offer. Under the threshold rule the share of good words among all around takes the place of the chance. A bad
//! word damps all later ones and may block. A word that reaches a customer, somebody who has signed up, or somebody
//! blocked is wasted, but heard.

use super::due::Word;
use super::telling::Circle;
use super::{Play, Rule, Sink};
use crate::dice::{Luck, Purpose, descendant, pair};
use crate::event::{Channel, Fact, Source, Valence};
use crate::policy::Occasion;
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
    /// Whether it is told on by somebody who is no customer.
    pub told_on: bool,
    pub channel: Channel,
    /// What it counts as, should it persuade.
    pub source: Source,
    /// What the strength of the tie multiplies persuasion by, where it is not to be looked up.
    pub strength: Option<Strength>,
    pub coin: Coin,
    /// How often the teller has told this hearer before; in rate mode, how often anybody.
    pub attempt: u32,
}

/// The coin of a word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coin {
    /// That of teller, hearer and attempt: drawn when it is asked for.
    OfPair,
    /// Uniform over 64 bits.
    Drawn(u64),
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// A word reaches its hearer.
    #[inline(always)]
    pub(super) fn hear(&mut self, at: Tick, word: Word) {
        let Word { to, teller, valence, coded, .. } = word;
        let (told_on, channel, attempt) = match PLAIN {
            true => (false, Channel::FaceToFace, 0),
            false => (word.is_told_on(), word.channel, word.attempt),
        };
        if !PLAIN && !told_on && self.is_withdrawn(word) {
            return;
        }
        let cause = match attempt {
            0 if told_on => self.run.state.told_on_event(teller),
            0 => self.run.state.latest_event(teller),
            _ => self.run.state.invitation_event(teller),
        };
        let coded = coded && !told_on;
        let hearer = self.hearer_of(to);
        let heard = self.record_word(at, hearer, teller, valence, coded, channel, cause);
        // Made only where it is looked at: few words get so far.
        let hearing = || Hearing {
            teller,
            to,
            valence,
            coded,
            told_on,
            channel,
            source: Source::Word,
            strength: None,
            coin: Coin::OfPair,
            attempt: u32::from(attempt),
        };
        if !PLAIN && coded {
            self.maybe_claim(at, hearer, hearing(), heard);
        }
        if word.candidate && valence == Valence::Good && self.run.state.is_prospect(hearer) {
            self.weigh(at, hearer, hearing(), heard);
        } else if !PLAIN && self.aftermath {
            self.consider(at, hearer, hearing(), heard);
        }
    }

    /// Who it is that hears; among fresh people somebody new.
    #[inline(always)]
    pub(super) fn hearer_of(&self, to: u32) -> PersonId {
        if self.is_fresh() { PersonId(self.run.state.people()) } else { PersonId(to) }
    }

    /// Somebody hears a word that was not planned word by word, and decides.
    pub(super) fn take_in(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, cause: EventId) {
        let Hearing { teller, valence, coded, channel, .. } = hearing;
        let heard = self.record_word(at, hearer, teller, valence, coded, channel, cause);
        if !PLAIN && coded {
            self.maybe_claim(at, hearer, hearing, heard);
        }
        if valence == Valence::Good && self.run.state.is_prospect(hearer) {
            self.weigh(at, hearer, hearing, heard);
        } else if !PLAIN && self.aftermath {
            self.consider(at, hearer, hearing, heard);
        }
    }

    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "one by one they stay in registers")]
    fn record_word(
        &mut self,
        at: Tick,
        hearer: PersonId,
        teller: PersonId,
        valence: Valence,
        coded: bool,
        channel: Channel,
        cause: EventId,
    ) -> EventId {
        let first = !self.run.state.has_heard(hearer);
        self.record(at, hearer, Fact::WordHeard { teller, valence, coded, first, channel }, cause)
    }

    /// A prospect weighs a good word.
    #[inline(never)]
    fn weigh(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        if self.chance(at, hearer, hearing).accepts(self.coin_of(hearer, hearing)) {
            self.persuade(at, hearer, hearing, heard);
        } else if !PLAIN && self.aftermath {
            self.consider(at, hearer, hearing, heard);
        }
    }

    /// What else a word may do to its hearer.
    #[inline(never)]
    fn consider(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        match (hearing.valence, self.run.state.stage(hearer)) {
            (Valence::Bad, Stage::Prospect) => self.maybe_block(at, hearer, hearing, heard),
            (Valence::Good, Stage::Lapsed) => self.maybe_win_back(at, hearer, hearing, heard),
            _ => {}
        }
        self.maybe_tell_on(at, hearer, hearing, heard);
    }

    /// Somebody who is no customer may tell on the first bad word that she hears, if it was a customer who told her.
    fn maybe_tell_on(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        let Some(law) = &self.world.telling.retelling else { return };
        let told = hearing.valence == Valence::Bad && hearing.source == Source::Word && !hearing.told_on;
        let stage = self.run.state.stage(hearer);
        if !told || self.run.state.bad_words(hearer) != 1 || !matches!(stage, Stage::Prospect | Stage::Blocked) {
            return;
        }
        self.keep_hearer(hearer, hearing);
        let count = self.luck.of(Purpose::Retelling).draw(self.subject(hearer));
        let tells = law.number(count, || Circle::of(self.ground, hearer).size());
        if tells > 0 {
            self.record(at, hearer, Fact::BadWordRetold { tells }, heard);
        }
    }

    /// A bad word may block a prospect.
    fn maybe_block(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        let Hearing { teller, to, attempt, told_on, .. } = hearing;
        let whose = self.fresh_subject(teller).map_or(pair(teller.0, to), |s| descendant(s, to));
        let luck = self.luck.of(Purpose::Blocking);
        // Each word has a coin of its own, and the first of a pair that of the pair.
        let luck = match attempt << 1 | u32::from(told_on) {
            0 => luck.draw(whose),
            word => luck.draw(descendant(whose, word)),
        };
        if self.world.conversion.blocking.accepts(luck) {
            self.record(at, hearer, Fact::ProspectBlocked, heard);
        }
    }

    /// How words add up.
    #[inline(always)]
    pub(super) fn rule(&self) -> Rule {
        if PLAIN { Rule::Persuasion } else { self.world.conversion.rule }
    }

    /// The chance that a word has now.
    #[inline]
    fn chance(&self, at: Tick, hearer: PersonId, hearing: Hearing) -> Probability {
        let conversion = &self.world.conversion;
        let damping = conversion.damping[self.run.state.bad_words(hearer) as usize];
        if self.rule() == Rule::Threshold {
            return self.share_of_good(hearer).and(damping);
        }
        let segment = self.segment_by(|| self.subject_of(hearer, hearing));
        let chance = match hearing.coded {
            true => self.terms_of(self.policy_in(segment), at).invitation,
            false => conversion.persuasion,
        };
        let chance = chance.and(damping);
        let mut chance = if PLAIN { chance } else { chance.times(conversion.trust[hearing.channel as usize]) };
        if !PLAIN && !conversion.dose.is_empty() {
            let place = usize::from(self.run.state.good_words(hearer)).min(conversion.dose.len());
            chance = chance.times(conversion.dose[place.saturating_sub(1)]);
        }
        if let Some(segment) = segment {
            chance = chance.times(segment.persuadability);
        }
        match (hearing.strength, self.ground.graph().filter(|graph| graph.has_strengths())) {
            (Some(strength), _) => chance.times(strength),
            (None, Some(graph)) if !self.reaches_strangers(hearing.channel) => {
                chance.times(graph.strength(hearing.teller, hearer))
            }
            (None, _) => chance,
        }
    }

    /// What the chance is held against: the coin of the word, or the threshold of the hearer.
    #[inline]
    pub(super) fn coin_of(&self, hearer: PersonId, hearing: Hearing) -> u64 {
        let Hearing { teller, to, attempt, .. } = hearing;
        match (self.rule(), hearing.coin) {
            (Rule::Threshold, _) => self.luck.of(Purpose::Threshold).draw(self.subject(hearer)),
            (Rule::Persuasion, Coin::Drawn(coin)) => coin,
            (Rule::Persuasion, Coin::OfPair) => {
                coin(self.lucks.persuasion, self.fresh_subject(teller), teller, to, attempt)
            }
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
    fn persuade(&mut self, at: Tick, hearer: PersonId, hearing: Hearing, heard: EventId) {
        let Hearing { teller, coded, source, channel, .. } = hearing;
        self.keep_hearer(hearer, hearing);
        let Some(cause) = self.land(at, hearer, hearing, heard) else { return };
        let generation = self.run.state.generation(teller) + 1;
        // Who signs up again, after she was lost while deciding, is known to the company.
        let earns = self.world.policy.pays_sign_ups() && self.run.state.latest_event(hearer) == EventId::ROOT;
        let signed_up = self.record(at, hearer, Fact::SignedUp { teller, generation, coded, source, channel }, cause);
        if earns {
            self.reward(at, hearer, Occasion::SignUp, signed_up);
        }
    }

    /// Among fresh people, keeps the subject of the draws of a hearer who is about to act.
    fn keep_hearer(&mut self, hearer: PersonId, hearing: Hearing) {
        if self.is_fresh() {
            self.keep_subject(hearer, self.subject_of(hearer, hearing));
        }
    }

    /// Whose draws a hearer's are, before it is known whether she will act.
    pub(super) fn subject_of(&self, hearer: PersonId, hearing: Hearing) -> u64 {
        match self.fresh_subject(hearing.teller) {
            Some(subject) => descendant(subject, hearing.to),
            None => u64::from(hearer.0),
        }
    }

    /// Among fresh people, the subject of a teller's draws.
    pub(super) fn fresh_subject(&self, teller: PersonId) -> Option<u64> {
        self.is_fresh().then(|| self.subject(teller))
    }
}

/// The coin of the word from a teller to `to`. It belongs to the pair and the attempt, so order cannot matter; among fresh
/// people, where `to` is the number of the telling, to the place in the tree of tellings that follows from the teller's
/// `subject`.
#[inline(always)]
pub(super) fn coin(persuasion: Luck, subject: Option<u64>, teller: PersonId, to: u32, attempt: u32) -> u64 {
    match (subject, attempt) {
        (Some(subject), _) => persuasion.draw(descendant(subject, to)),
        (None, 0) => persuasion.draw_pair(teller.0, to),
        (None, attempt) => persuasion.draw_pair(teller.0, attempt << 27 | to),
    }
}
