//! Telling: whom a customer tells, and when (batch mode; model.md D.3 no. 5 and D.4).
//!
//! The people told are distinct and uniform among the whole audience, those who have already bought and the one who
//! told her included; more tells than audience tells all. Each word has a delay of its own.
//! Reference for the choice without replacement: Floyd's algorithm (Bentley & Floyd 1987).

use super::due::{Due, Word};
use super::{CountTable, Ground, Sink, Stage};
use crate::dice::Draws;
use crate::event::{Fact, Sentiment, Valence};
use crate::graph::SocialGraph;
use crate::units::{EventId, PersonId, Probability, Tick};

impl<S: Sink> Stage<'_, S> {
    /// Settles how many people a customer tells, and whether with a code; `cause` is her experience.
    pub(super) fn decide_advocacy(&mut self, at: Tick, who: PersonId, sentiment: Sentiment, cause: EventId) {
        let telling = &self.world.telling;
        let mut draws = self.luck.advocacy.stream(u64::from(who.0));
        let (tells_at_all, participation, count) = (draws.next(), draws.next(), draws.next());
        let (law, participates) = match sentiment {
            Sentiment::Neutral => return,
            Sentiment::Satisfied if !telling.advocacy.accepts(tells_at_all) => return,
            Sentiment::Satisfied => (&telling.good, self.world.policy.terms(at).participation.accepts(participation)),
            Sentiment::Unhappy => (&telling.bad, false),
        };
        let tells = match law {
            CountTable::Drawn(table) => table.draw(count),
            CountTable::All => self.audience_size(who),
        };
        self.record(at, who, Fact::AdvocacyDecided { tells, participates }, cause);
    }

    fn audience_size(&self, teller: PersonId) -> u32 {
        match self.ground {
            Ground::Population(people) => people - 1,
            Ground::Fresh => u32::MAX,
            Ground::Shared(graph) => graph.degree(teller),
            Ground::Own(graph) => graph.degree(teller),
        }
    }

    /// Plans the words of a customer who decided to tell.
    pub(super) fn plan_words(&mut self, at: Tick, teller: PersonId, tells: u32, coded: bool) {
        let audience = self.audience_size(teller);
        let tells = tells.min(audience);
        // Floyd: for each of the last `tells` places, a draw up to it, or the place itself where the draw is taken.
        let mut draws = self.luck.audience.stream(u64::from(teller.0));
        let fresh = matches!(self.ground, Ground::Fresh);
        let words = audience as usize / 64 + 1;
        if !fresh && self.run.chosen.len() < words {
            self.run.chosen.resize(words, 0);
        }
        let mut words = Words::new(self, at, teller, coded);
        if fresh || tells == audience {
            for place in 0..tells {
                words.tell(place);
            }
            return;
        }
        for last in audience - tells..audience {
            let drawn = draws.below(last + 1);
            let chosen = &mut words.stage.run.chosen;
            let taken = chosen[drawn as usize >> 6] >> (drawn & 63) & 1 == 1;
            let place = if taken { last } else { drawn };
            chosen[place as usize >> 6] |= 1 << (place & 63);
            words.tell(place);
        }
        if audience <= 64 * 64 {
            self.run.chosen[..audience as usize / 64 + 1].fill(0);
        } else {
            self.unchoose(teller, audience, tells);
        }
    }

    /// Clears the bits of a choice from a large audience by drawing it again.
    fn unchoose(&mut self, teller: PersonId, audience: u32, tells: u32) {
        let mut draws = self.luck.audience.stream(u64::from(teller.0));
        for last in audience - tells..audience {
            let drawn = draws.below(last + 1);
            self.run.chosen[drawn as usize >> 6] = 0;
            self.run.chosen[last as usize >> 6] = 0;
        }
    }
}

/// The words of one teller, told one after the other.
struct Words<'a, 'b, S> {
    stage: &'a mut Stage<'b, S>,
    at: Tick,
    teller: PersonId,
    valence: Valence,
    coded: bool,
    delays: Draws,
    /// The highest chance that any of these words can have, before the strength of its tie.
    best: Probability,
}

impl<'a, 'b, S: Sink> Words<'a, 'b, S> {
    fn new(stage: &'a mut Stage<'b, S>, at: Tick, teller: PersonId, coded: bool) -> Self {
        let valence = match stage.run.state.sentiment(teller) {
            Sentiment::Unhappy => Valence::Bad,
            Sentiment::Satisfied | Sentiment::Neutral => Valence::Good,
        };
        let best = match (valence, coded) {
            (Valence::Bad, _) => Probability::NEVER,
            (Valence::Good, true) => stage.world.policy.best_invitation(),
            (Valence::Good, false) => stage.world.conversion.persuasion,
        };
        let delays = stage.luck.telling_delay.stream(u64::from(teller.0));
        Words { stage, at, teller, valence, coded, delays, best }
    }

    /// Plans the word to the person in this place of the teller's audience.
    #[inline]
    fn tell(&mut self, place: u32) {
        let teller = self.teller;
        let (to, best) = match self.stage.ground {
            Ground::Shared(graph) => hearer(graph, teller, place, self.best),
            Ground::Own(graph) => hearer(graph, teller, place, self.best),
            // Everybody but the teller.
            Ground::Population(_) => (place + u32::from(place >= teller.0), self.best),
            Ground::Fresh => (place, self.best),
        };
        let at = self.at + Tick(self.stage.world.telling.delay.draw(self.delays.next()));
        let candidate = best.accepts(self.stage.luck.persuasion.draw_pair(teller.0, to));
        let word = Word { to, teller, valence: self.valence, coded: self.coded, candidate };
        self.stage.run.agenda.plan(at, Due::Word(word).pack());
    }
}

#[inline]
fn hearer(graph: &SocialGraph, teller: PersonId, place: u32, best: Probability) -> (u32, Probability) {
    let to = graph.friends(teller)[place as usize];
    if graph.has_strengths() { (to, best.times(graph.strength_at(teller, place as usize))) } else { (to, best) }
}
