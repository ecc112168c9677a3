//! Foresight: the words of those who buy on a page of the agenda, made ready before the page is played.
//!
//! In a plain world, whom a customer tells, when, and how the coins of her words fall follow from who she is and when she
//! buys, and from nothing that happens in between. So the words of all who are planned to buy on a page are made in one go:
//! their rows of friends are asked for together, and it can be done on another thread, while the page before is played.
//! Nothing comes about by it: her words are planned when she has decided to tell, as they would be without it, and whoever
//! was not foreseen has hers made then (`telling`). The same events, whichever way (tests/it/threads.rs).
//!
//! Not here: whether a word carries a code, which is known only when she decides. Both coins are made ready.

use super::agenda::Item;
use super::deciding::coin;
use super::due::{Due, Word};
use super::experience::sentiment_of;
use super::telling::{Inclination, Told, choose};
use super::{CountTable, Ground, World};
use crate::dice::{Lucks, Purpose};
use crate::event::{Channel, Sentiment, Valence};
use crate::graph::SocialGraph;
use crate::units::{PersonId, Probability, Tick};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

/// What can be foreseen of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foresight<'a> {
    pub world: &'a World,
    pub graph: &'a SocialGraph,
    pub luck: &'a Lucks,
    /// The highest chance that a word without a code can have, and one with a code, before the strength of its tie.
    pub best: [Probability; 2],
}

/// The words of those who buy on a page, in the order in which they will.
#[derive(Debug, Default)]
pub(super) struct Foreseen {
    buyers: Vec<(Tick, PersonId)>,
    parts: Vec<Part>,
    /// Whose words come next: in which part, in which place of it.
    part: usize,
    next: usize,
}

/// The words of some of them.
#[derive(Debug, Default)]
struct Part {
    /// Who tells, and where her words end.
    tellers: Vec<(PersonId, u32)>,
    words: Vec<Ready>,
    places: Vec<u32>,
    chosen: Vec<u64>,
}

/// A word made ready: its hearer, above whose id stands for either coin whether it may persuade.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ready {
    to: u32,
    pub at: Tick,
}

const UNCODED: u32 = 1 << 30;
const CODED: u32 = 1 << 31;
const _: () = assert!(PersonId::COUNT_MAX <= UNCODED);

/// How many customers ahead their rows of friends are asked for; where a row begins has to be known before.
const AHEAD_ROW: usize = 12;
const AHEAD_START: usize = 24;
/// Fewer buyers are not worth another thread.
const PART_LEAST: usize = 1_024;

impl<'a> Foresight<'a> {
    /// What can be foreseen of the run in a world; nothing where people are told without a graph, and where everybody is
    /// told: then there is nothing to choose.
    pub fn of(
        world: &'a World,
        ground: &'a Ground<'_>,
        luck: &'a Lucks,
        best: [Probability; 2],
    ) -> Option<Foresight<'a>> {
        let graph = ground.graph()?;
        let [good, bad] = [&world.telling.good, &world.telling.bad];
        let chooses = !matches!((good, bad), (CountTable::All, _) | (_, CountTable::All));
        chooses.then_some(Foresight { world, graph, luck, best })
    }

    /// Makes the words of all who buy among these items ready, in up to so many parts at once.
    pub fn foresee(self, items: impl Iterator<Item = (Tick, Item)>, threads: usize, foreseen: &mut Foreseen) {
        foreseen.clear();
        let Foreseen { buyers, parts, .. } = foreseen;
        buyers.clear();
        buyers.extend(items.filter_map(|(at, item)| Some((at, Due::buyer(item)?))));
        let wanted = (buyers.len() / PART_LEAST).clamp(1, threads);
        parts.resize_with(wanted.max(parts.len()), Part::default);
        let size = buyers.len().div_ceil(wanted).max(1);
        if wanted == 1 {
            return self.tell_all(buyers, &mut parts[0]);
        }
        parts.par_iter_mut().zip(buyers.par_chunks(size)).for_each(|(part, buyers)| self.tell_all(buyers, part));
    }

    fn tell_all(self, buyers: &[(Tick, PersonId)], part: &mut Part) {
        for (place, &(at, who)) in buyers.iter().enumerate() {
            if let Some(&(_, later)) = buyers.get(place + AHEAD_START) {
                self.graph.fetch_start(later);
            }
            if let Some(&(_, later)) = buyers.get(place + AHEAD_ROW) {
                self.graph.fetch_row(later);
            }
            self.tell(at, who, part);
        }
    }

    /// As `Play::buy` and what follows from it would.
    fn tell(self, at: Tick, who: PersonId, part: &mut Part) {
        let Foresight { world, graph, luck, best } = self;
        let subject = u64::from(who.0);
        let score = world.experience.own.score(luck.of(Purpose::Experience).draw(subject));
        let inclination = Inclination::of(luck.of(Purpose::Advocacy).stream(subject));
        let law = match sentiment_of(score) {
            Sentiment::Neutral => return,
            Sentiment::Satisfied if !world.telling.advocacy.accepts(inclination.tells_at_all) => return,
            Sentiment::Satisfied => &world.telling.good,
            Sentiment::Unhappy => &world.telling.bad,
        };
        let is_good = sentiment_of(score) == Sentiment::Satisfied;
        let friends = graph.friends(who);
        let size = friends.len() as u32;
        let tells = law.number(inclination.count, || size);
        let Part { tellers, words, places, chosen } = part;
        choose(size, tells, luck.of(Purpose::Audience).stream(subject), chosen, places);
        let mut delays = luck.of(Purpose::TellingDelay).stream(subject);
        let (persuasion, delay) = (luck.of(Purpose::Persuasion), &world.telling.delay);
        let mut when = || at + Tick(delay.draw(delays.draw()));
        let coins = |to, best: [Probability; 2]| {
            let coin = coin(persuasion, None, who, to, 0);
            let [uncoded, coded] = best.map(|chance| u32::from(chance.accepts(coin)));
            (uncoded * UNCODED) | (coded * CODED)
        };
        // One loop for each kind of word, so that it is not asked again for every word. A bad one persuades nobody.
        let hearers = places.iter().map(|&place| (place as usize, friends[place as usize]));
        if !is_good {
            words.extend(hearers.map(|(_, to)| Ready { to, at: when() }));
        } else if !graph.has_strengths() {
            words.extend(hearers.map(|(_, to)| Ready { to: to | coins(to, best), at: when() }));
        } else {
            words.extend(hearers.map(|(place, to)| {
                let strength = graph.strength_at(who, place);
                Ready { to: to | coins(to, best.map(|chance| chance.times(strength))), at: when() }
            }));
        }
        tellers.push((who, words.len() as u32));
    }
}

impl Part {
    fn clear(&mut self) {
        self.tellers.clear();
        self.words.clear();
    }
}

impl Foreseen {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.parts.iter_mut().for_each(Part::clear);
        (self.part, self.next) = (0, 0);
    }

    /// The words of a teller, if she is the next whose telling was foreseen.
    pub fn take(&mut self, teller: PersonId) -> Option<&[Ready]> {
        while self.parts.get(self.part)?.tellers.len() == self.next {
            (self.part, self.next) = (self.part + 1, 0);
        }
        let Part { tellers, words, .. } = &self.parts[self.part];
        let (who, end) = tellers[self.next];
        if who != teller {
            return None;
        }
        let start = self.next.checked_sub(1).map_or(0, |before| tellers[before].1);
        self.next += 1;
        Some(&words[start as usize..end as usize])
    }
}

impl Ready {
    /// The word on the agenda, of a teller who has decided.
    #[inline(always)]
    pub fn item(self, teller: PersonId, told: Told) -> Item {
        let may_persuade = if told.coded { CODED } else { UNCODED };
        let Told { valence, coded, .. } = told;
        let (to, candidate) = (self.to & !(CODED | UNCODED), self.to & may_persuade != 0);
        debug_assert!(valence == Valence::Good || !candidate, "bad words persuade nobody");
        Due::Word(Word { to, teller, valence, coded, channel: Channel::FaceToFace, candidate, attempt: 0 }).pack()
    }
}
