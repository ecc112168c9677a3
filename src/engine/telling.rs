//! Telling: whom a customer tells, and when (batch mode; rate mode is `talking`).
//!
//! The people told are distinct and uniform among the whole audience, those who have already bought and the one who
//! told her included; more tells than audience tells all. Each word has a delay of its own.
//! Reference for the choice without replacement: Floyd's algorithm (Bentley & Floyd 1987).

use super::agenda::{Agenda, Item};
use super::channels::Ways;
use super::deciding::coin;
use super::due::{Due, Word};
use super::{CountTable, Ground, Play, Rule, Run, Sink};
use crate::alias::AliasTable;
use crate::dice::{Draws, Luck, Purpose, descendant};
use crate::event::{Channel, Fact, Sentiment, Valence};
use crate::graph::SocialGraph;
use crate::units::{EventId, PersonId, Probability, Strength, Tick};

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Settles how many people a customer tells, and whether with a code; `cause` is her experience.
    pub(super) fn decide_advocacy(&mut self, at: Tick, who: PersonId, sentiment: Sentiment, cause: EventId) {
        let telling = &self.world.telling;
        let inclination = self.inclination(who);
        let (participates, cause) = match sentiment {
            Sentiment::Neutral => return,
            Sentiment::Satisfied if !telling.advocacy.accepts(inclination.tells_at_all) => return,
            Sentiment::Satisfied => self.decide_participation(at, who, inclination, cause),
            Sentiment::Unhappy => (false, cause),
        };
        if !PLAIN && telling.talking.is_some() {
            return self.begin_to_talk(at, who, participates, cause);
        }
        let tells = self.tells_of(who, sentiment, inclination);
        let decided = self.record(at, who, Fact::AdvocacyDecided { tells, participates }, cause);
        if participates {
            self.plan_invitation(at, who, 1, false);
            self.maybe_exploit(at, who, decided);
        }
    }

    /// What a customer is like as a teller: draws of her own.
    #[inline(always)]
    pub(super) fn inclination(&self, who: PersonId) -> Inclination {
        Inclination::of(self.luck.of(Purpose::Advocacy).stream(self.story_subject(who)))
    }

    /// How many people a customer of this opinion tells, whenever it is asked.
    #[inline(always)]
    pub(super) fn tells_of(&self, who: PersonId, sentiment: Sentiment, inclination: Inclination) -> u32 {
        let telling = &self.world.telling;
        let law = if sentiment == Sentiment::Unhappy { &telling.bad } else { &telling.good };
        let Inclination { count, rounding, .. } = inclination;
        self.talkative(who, law.number(count, || Circle::of(self.ground, who).size()), rounding)
    }

    /// Whom a customer tells: the draws by which her audience is chosen.
    #[inline(always)]
    pub(super) fn audience_of(&self, who: PersonId) -> Draws {
        // Among fresh people there is nothing to choose; among all others a subject is an id.
        self.lucks.audience.stream(self.story_subject(who))
    }

    /// Plans the words of somebody who decided to tell; `attempt` counts how often she has told them before.
    pub(super) fn plan_words(&mut self, at: Tick, teller: PersonId, tells: u32, telling: Told) {
        if PLAIN && let Some(words) = self.run.foreseen.take(teller) {
            return words.iter().for_each(|word| self.run.agenda.plan(word.at, word.item(teller, telling)));
        }
        let words = Words::new(self, at, teller, telling);
        let (luck, first) = match !PLAIN && telling.is_on() {
            true => (self.luck.of(Purpose::Retelling).stream(descendant(self.subject(teller), WHOM)), 0),
            false => (self.audience_of(teller), self.first_telling(teller)),
        };
        let rule = self.rule();
        let Run { agenda, chosen, told, .. } = &mut *self.run;
        // One loop for each kind of circle, so that its kind is not asked again for every word.
        match Circle::of(self.ground, teller).weighed_by(rule) {
            Circle::Friends(friends, None) => {
                let hearer = |place| (friends[place as usize], words.best);
                words.plan(friends.len() as u32, tells, (chosen, told), luck, agenda, hearer);
            }
            Circle::Friends(friends, Some(graph)) => {
                let best = |place| words.best.times(graph.strength_at(teller, place as usize));
                let hearer = |place| (friends[place as usize], best(place));
                words.plan(friends.len() as u32, tells, (chosen, told), luck, agenda, hearer);
            }
            Circle::Others(others) => {
                let hearer = |place| (other(teller, place), words.best);
                words.plan(others, tells, (chosen, told), luck, agenda, hearer);
            }
            Circle::Fresh if PLAIN => {}
            Circle::Fresh => words.send_all((first..first + tells).map(|place| (place, words.best)), agenda),
        }
    }
}

/// What a customer is like as a teller, each a uniform draw of 64 bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inclination {
    /// Whether she tells anybody.
    pub tells_at_all: u64,
    /// Whether she refers, or would if she were asked: the lower, the readier.
    pub participation: u64,
    /// How many she tells.
    pub count: u64,
    /// Which way that is rounded, where her segment talks more or less.
    rounding: u64,
}

impl Inclination {
    #[inline(always)]
    pub(super) fn of(mut draws: Draws) -> Inclination {
        let (tells_at_all, participation) = (draws.draw(), draws.draw());
        Inclination { tells_at_all, participation, count: draws.draw(), rounding: draws.draw() }
    }
}

/// What a telling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub valence: Valence,
    pub coded: bool,
    /// How often the teller has told the same people before.
    pub attempt: u8,
}

impl Told {
    /// What somebody tells on who is no customer. A bad word carries no code, so the mark of one is free.
    pub const ON: Told = Told { valence: Valence::Bad, coded: true, attempt: 0 };

    fn is_on(self) -> bool {
        self == Told::ON
    }
}

/// Draws of somebody who tells on what she heard: whom, when, and how.
const WHOM: u32 = 0;
const WHEN: u32 = 1;
const HOW: u8 = u8::MAX;

impl CountTable {
    /// The number that a uniform draw stands for; `all` says how many everybody is.
    #[inline]
    pub(super) fn number(&self, draw: u64, all: impl FnOnce() -> u32) -> u32 {
        match self {
            CountTable::Drawn(table) => table.draw(draw),
            CountTable::All => all(),
        }
    }
}

/// Who is in a place among all but the teller.
pub(super) fn other(teller: PersonId, place: u32) -> u32 {
    place + u32::from(place >= teller.0)
}

/// Circles up to this size choose with a mask on the stack.
const SMALL_CIRCLE: usize = 4_096;

/// `tells` of the places `0..size`, all different and every set of them equally likely, by Floyd's algorithm: for each of
/// the last `tells` places, a draw up to it, or the place itself where the draw is taken. `take` marks a place and says
/// whether it was marked before.
#[inline(always)]
pub(super) fn places(
    size: u32,
    tells: u32,
    mut luck: Draws,
    take: &mut impl FnMut(u32) -> bool,
) -> impl Iterator<Item = u32> {
    (size - tells..size).map(move |last| {
        let drawn = luck.below(last + 1);
        let place = std::hint::select_unpredictable(take(drawn), last, drawn);
        take(place);
        place
    })
}

/// Puts into `told` the places of those who are told: `tells` of `0..size`, as [`places`] chooses them, or all of them.
///
/// Which are taken is a bit mask: a small one on the stack, or `chosen` for a circle of thousands, which is all zero
/// before and after.
#[inline(always)]
pub(super) fn choose(size: u32, tells: u32, luck: Draws, chosen: &mut Vec<u64>, told: &mut Vec<u32>) {
    told.clear();
    if tells >= size {
        return told.extend(0..size);
    }
    if size <= 64 {
        let mut mask = 0;
        return told.extend(places(size, tells, luck, &mut |place| mark(&mut mask, place)));
    }
    if size as usize <= SMALL_CIRCLE {
        let mut mask = [0u64; SMALL_CIRCLE / 64];
        let mut take = |place: u32| mark(&mut mask[place as usize / 64 % (SMALL_CIRCLE / 64)], place);
        return told.extend(places(size, tells, luck, &mut take));
    }
    chosen.resize(chosen.len().max(size as usize / 64 + 1), 0);
    told.extend(places(size, tells, luck, &mut |place| mark(&mut chosen[place as usize / 64], place)));
    told.iter().for_each(|&place| chosen[place as usize / 64] = 0);
}

/// Marks a place in its block of 64; says whether it was marked before.
#[inline(always)]
pub(super) fn mark(block: &mut u64, place: u32) -> bool {
    let marked = *block >> (place % 64) & 1 == 1;
    *block |= 1 << (place % 64);
    marked
}

/// The people whom one person can tell, by places.
#[derive(Clone, Copy)]
pub(super) enum Circle<'g> {
    /// Friends in a graph.
    Friends(&'g [u32], Option<&'g SocialGraph>),
    /// Everybody but the teller among so many.
    Others(u32),
    /// New people without end.
    Fresh,
}

impl<'g> Circle<'g> {
    #[inline(always)]
    pub(super) fn of(ground: &'g Ground<'_>, teller: PersonId) -> Circle<'g> {
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

    /// The circle without strengths where they do not count: under the threshold rule all friends weigh the same.
    #[inline(always)]
    fn weighed_by(self, rule: Rule) -> Circle<'g> {
        match (self, rule) {
            (Circle::Friends(friends, _), Rule::Threshold) => Circle::Friends(friends, None),
            (circle, _) => circle,
        }
    }

    /// Who is in a place, and how strong the tie is; among fresh people the `telling`-th to be told.
    pub(super) fn at(&self, teller: PersonId, place: u32, telling: u32) -> (u32, Strength) {
        match self {
            Circle::Friends(friends, graph) => {
                let strength = graph.map_or(Strength::ONE, |graph| graph.strength_at(teller, place as usize));
                (friends[place as usize], strength)
            }
            Circle::Others(_) => (other(teller, place), Strength::ONE),
            Circle::Fresh => (telling, Strength::ONE),
        }
    }

    #[inline]
    pub(super) fn size(&self) -> u32 {
        match self {
            Circle::Friends(friends, _) => friends.len() as u32,
            Circle::Others(others) => *others,
            Circle::Fresh => u32::MAX,
        }
    }
}

/// What the words of one teller have in common.
pub(super) struct Words<'a> {
    at: Tick,
    teller: PersonId,
    told: Told,
    /// The highest chance that any of these words can have, before the strength of its tie.
    best: Probability,
    /// Among fresh people, the subject of the teller's draws.
    subject: Option<u64>,
    persuasion: Luck,
    delays: Draws,
    delay: &'a AliasTable,
    /// How the words travel, where they can travel in several ways.
    ways: Option<Ways<'a>>,
}

impl<'a> Words<'a> {
    #[inline(always)]
    pub(super) fn new<S: Sink, const PLAIN: bool>(
        stage: &Play<'a, S, PLAIN>,
        at: Tick,
        teller: PersonId,
        told: Told,
    ) -> Words<'a> {
        let subject = stage.fresh_subject(teller);
        let (purpose, place) = match told.attempt {
            _ if !PLAIN && told.is_on() => (Purpose::Retelling, Some(WHEN)),
            0 => (Purpose::TellingDelay, None),
            attempt => (Purpose::InvitationDelay, Some(attempt.into())),
        };
        let own = stage.story_subject(teller);
        let delays = stage.luck.of(purpose).stream(place.map_or(own, |place| descendant(own, place)));
        let (persuasion, delay) = (stage.lucks.persuasion, &stage.world.telling.delay);
        let ways = stage.ways(teller, if told.is_on() { HOW } else { told.attempt });
        Words { at, teller, told, best: stage.best_chance(told), subject, persuasion, delays, delay, ways }
    }

    /// The highest chance that any of these words can have, before the strength of its tie.
    pub(super) fn best(&self) -> Probability {
        self.best
    }

    /// Plans words to `tells` of the people in the places `0..size`, all different; `hearer` says who is in a place and
    /// how high the chance of a word to her can be.
    #[inline(always)]
    fn plan(
        &self,
        size: u32,
        tells: u32,
        (chosen, told): (&mut Vec<u64>, &mut Vec<u32>),
        luck: Draws,
        agenda: &mut Agenda,
        hearer: impl Fn(u32) -> (u32, Probability),
    ) {
        if tells >= size {
            return self.send_all((0..size).map(hearer), agenda);
        }
        choose(size, tells, luck, chosen, told);
        self.send_all(told.iter().map(|&place| hearer(place)), agenda);
    }

    /// Plans a word to each hearer; with each comes how high the chance of a word to her can be.
    #[inline(always)]
    pub(super) fn send_all(&self, hearers: impl Iterator<Item = (u32, Probability)>, agenda: &mut Agenda) {
        if self.ways.is_some() || self.told.attempt > 0 {
            // Moved first: whoever is borrowed has to lie in memory, here and below.
            let mut hearers = hearers;
            return self.send_one_by_one(&mut hearers, agenda);
        }
        let mut delays = self.delays;
        for (to, best) in hearers {
            let at = self.at + Tick(self.delay.draw(delays.draw()));
            agenda.plan(at, self.word(to, best, Channel::FaceToFace, 0));
        }
    }

    /// The same for words that take a way of their own, and for those that are told again.
    #[inline(never)]
    fn send_one_by_one(&self, hearers: &mut dyn Iterator<Item = (u32, Probability)>, agenda: &mut Agenda) {
        let (mut delays, mut ways) = (self.delays, self.ways);
        for (friend, best) in hearers {
            let (stranger, channel, delay) = match &mut ways {
                Some(ways) => ways.next(),
                None => (None, Channel::FaceToFace, Tick(self.delay.draw(delays.draw()))),
            };
            // No tie leads to a stranger, so none strengthens or weakens the word.
            let (to, best) = stranger.map_or((friend, best), |stranger| (stranger, self.best));
            agenda.plan(self.at + delay, self.word(to, best, channel, self.told.attempt));
        }
    }

    #[inline(always)]
    fn word(&self, to: u32, best: Probability, channel: Channel, attempt: u8) -> Item {
        let Told { valence, coded, .. } = self.told;
        // A bad word persuades nobody, so its coin need not fall.
        let candidate = self.best != Probability::NEVER
            && best.accepts(coin(self.persuasion, self.subject, self.teller, to, attempt.into()));
        Due::Word(Word { to, teller: self.teller, valence, coded, channel, candidate, attempt }).pack()
    }
}

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// The highest chance that a word of this telling can have, whatever the state, before the strength of its tie.
    #[inline(always)]
    pub(super) fn best_chance(&self, told: Told) -> Probability {
        match (told.valence, self.rule(), told.coded) {
            (Valence::Bad, ..) => Probability::NEVER,
            (Valence::Good, Rule::Threshold, _) => Probability::ALWAYS,
            (Valence::Good, Rule::Persuasion, true) => self.lifted(self.best_invitation),
            (Valence::Good, Rule::Persuasion, false) => self.lifted(self.world.conversion.persuasion),
        }
    }

    /// A chance with the most by which anything but a tie can multiply it.
    fn lifted(&self, chance: Probability) -> Probability {
        if PLAIN {
            return chance;
        }
        self.best_factors.iter().fold(chance, |chance, &factor| chance.times(factor))
    }
}
