//! A cascade in steps: who was reached in a step tells in the next.
//!
//! Everything is done without a branch that luck decides: the winners among somebody's friends are packed by the coins,
//! and a winner is written behind those who are reached in any case, where the next one takes her place if she was reached before.

use super::{Memory, Words};
use crate::dice::coins::{Coins, LANES};
use crate::units::PersonId;
use prefetch_index::prefetch_index;

/// Winners that are gathered before it is seen who of them is new: few enough for the fastest memory.
const BATCH: usize = 2_048;

/// How many people ahead memory is asked for: where a row begins, the row itself. Measured at 1 M people.
const AHEAD_START: usize = 16;
const AHEAD_ROW: usize = 8;

/// How many winners ahead memory is asked for that says whether they are new.
const AHEAD_SEEN: usize = 16;

pub(super) struct Hops<'a, 'g, C> {
    pub words: Words<'g, C>,
    pub memory: &'a mut Memory,
    /// How many begin.
    pub first: usize,
}

impl<C: Coins> Hops<'_, '_, C> {
    /// How many are reached in the end, and in each step.
    #[inline(always)]
    pub(super) fn play(self) -> (usize, Vec<u32>) {
        let Hops { words, memory, first } = self;
        let (mut told, mut reached) = (0, first);
        let mut steps = vec![first as u32];
        while told < reached {
            let tellers = reached;
            while told < tellers {
                let won = gather(words, memory, &mut told, tellers);
                reached = admit(memory, won, reached);
            }
            steps.push((reached - tellers) as u32);
        }
        // Nobody was reached in the last one.
        steps.pop();
        (reached, steps)
    }
}

/// Lets people tell, from place `told` up to `tellers` of those who are reached, until a batch of words has won; how many.
#[inline(always)]
fn gather<C: Coins>(words: Words<'_, C>, memory: &mut Memory, told: &mut usize, tellers: usize) -> usize {
    let (reached, mut won) = (&memory.reached[..tellers], 0);
    while *told < tellers && won < BATCH {
        if let Some(&person) = reached.get(*told + AHEAD_START) {
            words.graph.fetch_start(PersonId(person));
        }
        if let Some(&person) = reached.get(*told + AHEAD_ROW) {
            words.fetch_row(PersonId(person));
        }
        let teller = PersonId(reached[*told]);
        *told += 1;
        let room = won + words.graph.degree(teller) as usize + LANES;
        if memory.winners.len() < room {
            memory.winners.resize(room.next_power_of_two(), 0);
        }
        let winners = &mut memory.winners[..];
        words.of(teller, |sixteen| {
            let place = winners[won..].first_chunk_mut().expect("there is room");
            *place = words.coins.pack(sixteen.friends, sixteen.won);
            won += sixteen.won.count_ones() as usize;
        });
    }
    won
}

/// Puts those of the first `won` winners who are new behind the others who are reached; how many these are now.
#[inline(always)]
fn admit(memory: &mut Memory, won: usize, mut reached: usize) -> usize {
    let Memory { seen, reached: people, winners, .. } = memory;
    let (seen, people, winners) = (&mut seen[..], &mut people[..], &winners[..won]);
    for (place, &person) in winners.iter().enumerate() {
        if let Some(&person) = winners.get(place + AHEAD_SEEN) {
            prefetch_index(&*seen, person as usize / 64);
        }
        let block = &mut seen[person as usize / 64];
        let is_new = !(*block >> (person % 64)) & 1;
        *block |= 1 << (person % 64);
        people[reached] = person;
        reached += is_new as usize;
    }
    reached
}
