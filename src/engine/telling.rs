//! Telling: whom a customer tells, and when (batch mode; model.md D.3 no. 5 and D.4).
//!
//! The people told are distinct and uniform among the whole audience, those who have already bought and the one who
//! told her included; more tells than audience tells all. Each word has a delay of its own.
//! Reference for the choice without replacement: Floyd's algorithm (Bentley & Floyd 1987).

use super::agenda::Agenda;
use super::due::{Due, Word};
use super::{CountTable, Ground, Sink, Stage};
use crate::alias::AliasTable;
use crate::dice::{Draws, Luck};
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
        Circle::of(self.ground, teller).size()
    }

    /// Plans the words of a customer who decided to tell.
    #[inline(never)]
    pub(super) fn plan_words(&mut self, at: Tick, teller: PersonId, tells: u32, coded: bool) {
        let circle = Circle::of(self.ground, teller);
        let size = circle.size();
        let tells = tells.min(size);
        let mut words = Words::new(self, at, teller, coded, circle);
        let agenda = &mut self.run.agenda;
        if tells == size || matches!(circle, Circle::Fresh) {
            (0..tells).for_each(|place| words.plan(place, agenda));
            return;
        }
        // Floyd: for each of the last `tells` places, a draw up to it, or the place itself where the draw is taken.
        let chosen = &mut self.run.chosen;
        let blocks = size as usize / 64 + 1;
        if chosen.len() < blocks {
            chosen.resize(blocks, 0);
        }
        let mut draws = self.luck.audience.stream(u64::from(teller.0));
        for last in size - tells..size {
            let drawn = draws.below(last + 1);
            let taken = chosen[drawn as usize >> 6] >> (drawn & 63) & 1 == 1;
            let place = if taken { last } else { drawn };
            chosen[place as usize >> 6] |= 1 << (place & 63);
            words.plan(place, agenda);
        }
        // Clear the bits: all blocks of a small circle, only those chosen from a large one.
        if blocks <= 64 {
            chosen[..blocks].fill(0);
        } else {
            let mut draws = self.luck.audience.stream(u64::from(teller.0));
            for last in size - tells..size {
                chosen[draws.below(last + 1) as usize >> 6] = 0;
                chosen[last as usize >> 6] = 0;
            }
        }
    }
}

/// The people whom one person can tell, by places.
#[derive(Clone, Copy)]
enum Circle<'g> {
    /// Friends in a graph.
    Friends(&'g [u32], Option<&'g SocialGraph>),
    /// Everybody but the teller among so many.
    Others(u32),
    /// New people without end.
    Fresh,
}

impl<'g> Circle<'g> {
    #[inline]
    fn of(ground: &'g Ground<'_>, teller: PersonId) -> Circle<'g> {
        match ground {
            Ground::Population(people) => Circle::Others(people - 1),
            Ground::Fresh => Circle::Fresh,
            Ground::Shared(graph) => Circle::among(graph, teller),
            Ground::Own(graph) => Circle::among(graph, teller),
        }
    }

    #[inline]
    fn among(graph: &'g SocialGraph, teller: PersonId) -> Circle<'g> {
        Circle::Friends(graph.friends(teller), graph.has_strengths().then_some(graph))
    }

    #[inline]
    fn size(&self) -> u32 {
        match self {
            Circle::Friends(friends, _) => friends.len() as u32,
            Circle::Others(others) => *others,
            Circle::Fresh => u32::MAX,
        }
    }
}

/// The words of one teller, told one after the other.
struct Words<'a> {
    circle: Circle<'a>,
    at: Tick,
    teller: PersonId,
    valence: Valence,
    coded: bool,
    /// The highest chance that any of these words can have, before the strength of its tie.
    best: Probability,
    persuasion: Luck,
    delays: Draws,
    delay: &'a AliasTable,
}

impl<'a> Words<'a> {
    fn new<S>(stage: &Stage<'a, S>, at: Tick, teller: PersonId, coded: bool, circle: Circle<'a>) -> Words<'a> {
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
        let (persuasion, delay) = (stage.luck.persuasion, &stage.world.telling.delay);
        Words { circle, at, teller, valence, coded, best, persuasion, delays, delay }
    }

    /// Plans the word to the person in this place of the teller's circle.
    #[inline]
    fn plan(&mut self, place: u32, agenda: &mut Agenda) {
        let teller = self.teller;
        let (to, best) = match self.circle {
            Circle::Friends(friends, None) => (friends[place as usize], self.best),
            Circle::Friends(friends, Some(graph)) => {
                (friends[place as usize], self.best.times(graph.strength_at(teller, place as usize)))
            }
            Circle::Others(_) => (place + u32::from(place >= teller.0), self.best),
            Circle::Fresh => (place, self.best),
        };
        let at = self.at + Tick(self.delay.draw(self.delays.next()));
        let candidate = best.accepts(self.persuasion.draw_pair(teller.0, to));
        let word = Word { to, teller, valence: self.valence, coded: self.coded, candidate };
        agenda.plan(at, Due::Word(word).pack());
    }
}
