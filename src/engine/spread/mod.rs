//! The independent cascade by itself, in a lane of its own: who is reached, how many steps or days from the first people.
//!
//! Whoever is reached tells all friends once, and each word wins its hearer with the chance of its tie. That is the model's
//! special case in which nothing but the coins of pairs matters (no opinions, no programme, no money), so nothing else is
//! played: no events, no state but who was reached. The coins, the delays and the first people are those of the engine,
//! draw for draw, and a test holds the lane against the engine's events, number for number (`tests/it/spread.rs`).
//!
//! `hops` counts in steps, without time; `delays` gives each word a delay and counts in days, with `queue` for what is due;
//! `row` tosses the coins of one person's friends.
//! Reference: Kempe, Kleinberg & Tardos (2003), "Maximizing the spread of influence through a social network"; with delays
//! it is the continuous-time cascade of Gomez-Rodriguez, Balduzzi & Schölkopf (2011).

mod delays;
mod hops;
mod queue;
mod row;

use super::seeding::draw_distinct;
use super::telling::mark;
use crate::alias::AliasTable;
use crate::dice::coins::{Coins, Plain, Tossing, fastest};
use crate::dice::{Dice, Luck, Purpose};
use crate::graph::SocialGraph;
use crate::units::{PersonId, Probability, RunId, Tick};
use delays::Delayed;
use hops::Hops;
use queue::Queue;

/// An independent cascade on a graph.
#[derive(Debug, Clone)]
pub struct Cascade<'g> {
    /// Who can tell whom.
    pub graph: &'g SocialGraph,
    /// The chance that a word wins its hearer, before the strength of the tie.
    pub chance: Probability,
    /// Who begins.
    pub first: FirstPeople,
    /// How long each word takes; nothing where the cascade is counted in steps.
    pub delay: Option<Delay>,
}

/// Who begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstPeople {
    /// So many, drawn at random for each run.
    Random(u32),
    /// These, all different; each is in the graph.
    These(Vec<PersonId>),
}

/// How long words take.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// The law of a word's delay \[ticks\].
    pub law: AliasTable,
    /// The last moment that is played.
    pub horizon: Tick,
}

/// Memory for playing cascades, one after the other: 4.125 bytes a person, of which only what a cascade reaches is touched.
#[derive(Debug, Default)]
pub struct Memory {
    /// A bit a person: she is reached. All zero between runs.
    seen: Vec<u64>,
    /// Who is reached, in order; one place more than there are people.
    reached: Vec<u32>,
    /// Scratch: whom the words of some people win.
    winners: Vec<u32>,
    /// Empty between runs.
    queue: Queue,
}

impl Cascade<'_> {
    /// Plays one run: how many people are reached in step (or, with delays, by the end of day) 0, 1, 2, …, each counted once; the first people in
    /// 0, nothing after the last one reached.
    pub fn play(&self, dice: Dice, run: RunId, memory: &mut Memory) -> Vec<u32> {
        fastest(Playing { cascade: self, dice: dice.of_run(run), memory })
    }

    /// The same, on any processor.
    pub fn play_plainly(&self, dice: Dice, run: RunId, memory: &mut Memory) -> Vec<u32> {
        Playing { cascade: self, dice: dice.of_run(run), memory }.toss(Plain)
    }
}

struct Playing<'a, 'g> {
    cascade: &'a Cascade<'g>,
    /// The luck of the run.
    dice: Dice,
    memory: &'a mut Memory,
}

impl Tossing for Playing<'_, '_> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn toss<C: Coins>(self, coins: C) -> Vec<u32> {
        let Playing { cascade, dice, memory } = self;
        let first = memory.begin(cascade, dice);
        let coins = Words { coins, graph: cascade.graph, chance: cascade.chance, luck: dice.of(Purpose::Persuasion) };
        let (reached, steps) = match &cascade.delay {
            None => Hops { words: coins, memory, first }.play(),
            Some(delay) => {
                Delayed { words: coins, memory, first, delay, delays: dice.of(Purpose::TellingDelay) }.play()
            }
        };
        memory.forget(reached);
        steps
    }
}

/// The words of everybody: to all friends, each with the coin of its pair.
#[derive(Clone, Copy)]
struct Words<'g, C> {
    coins: C,
    graph: &'g SocialGraph,
    chance: Probability,
    luck: Luck,
}

impl Memory {
    /// Makes the first people the only ones who are reached; how many they are.
    fn begin(&mut self, cascade: &Cascade<'_>, dice: Dice) -> usize {
        let people = cascade.graph.people();
        if self.reached.len() != people as usize + 1 {
            // Fresh zeros are not touched before they are used: a small cascade costs the same among any number of people.
            *self = Memory {
                seen: vec![0; people as usize / 64 + 1],
                reached: vec![0; people as usize + 1],
                ..Memory::default()
            };
        }
        let drawn;
        let first = match &cascade.first {
            FirstPeople::These(first) => first,
            &FirstPeople::Random(count) => {
                drawn = draw_distinct(dice, count, people, &mut self.seen);
                &drawn
            }
        };
        for (place, person) in self.reached.iter_mut().zip(first) {
            mark(&mut self.seen[person.index() / 64], person.0);
            *place = person.0;
        }
        first.len()
    }

    /// Forgets the first `reached` of those who are reached, who are all.
    fn forget(&mut self, reached: usize) {
        if reached > self.seen.len() {
            return self.seen.fill(0);
        }
        self.reached[..reached].iter().for_each(|&person| self.seen[person as usize / 64] = 0);
    }
}
