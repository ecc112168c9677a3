//! A cascade in time: every word takes a delay of its own, and whoever is reached first by any of them tells at that moment.
//!
//! Only words that win are put into the queue, and of those only the ones to people who are not reached yet.

use super::queue::{Queue, Word};
use super::row::bits;
use super::{Delay, Memory, Words};
use crate::dice::Luck;
use crate::dice::coins::Coins;
use crate::engine::telling::mark;
use crate::units::{PersonId, Tick};

/// Memory is asked for when a word may come up to so many powers of two of ticks from now: where the row of its hearer begins, and
/// the row itself.
const NEAR_START: u32 = 8;
const NEAR_ROW: u32 = 5;

pub(super) struct Delayed<'a, 'g, C> {
    pub words: Words<'g, C>,
    pub memory: &'a mut Memory,
    /// How many begin.
    pub first: usize,
    pub delay: &'a Delay,
    /// The luck of delays.
    pub delays: Luck,
}

impl<C: Coins> Delayed<'_, '_, C> {
    /// How many are reached in the end, and by the end of each day.
    #[inline(always)]
    pub(super) fn play(self) -> (usize, Vec<u32>) {
        let mut queue = std::mem::take(&mut self.memory.queue);
        queue.rewind();
        for place in 0..self.first {
            self.tell(Tick::ZERO, PersonId(self.memory.reached[place]), &mut queue);
        }
        let mut days = vec![self.first as u32];
        let mut reached = self.first;
        let words = self.words;
        loop {
            let seen = &self.memory.seen;
            let keep = |person: u32, near: u32| {
                if near <= NEAR_ROW {
                    words.fetch_row(PersonId(person));
                } else if near <= NEAR_START {
                    words.graph.fetch_start(PersonId(person));
                }
                is_new(seen, person)
            };
            let Some(Word { at, to }) = queue.pop(keep) else { break };
            let person = PersonId(to);
            if mark(&mut self.memory.seen[person.index() / 64], to) {
                continue;
            }
            self.memory.reached[reached] = to;
            reached += 1;
            let day = at.day_closing() as usize;
            if day >= days.len() {
                days.resize(day + 1, 0);
            }
            days[day] += 1;
            self.tell(at, person, &mut queue);
        }
        self.memory.queue = queue;
        (reached, days)
    }

    /// Puts in those words of a person that win, and come before the end.
    #[inline(always)]
    fn tell(&self, now: Tick, teller: PersonId, queue: &mut Queue) {
        let delays = self.delays.stream(u64::from(teller.0));
        let row = self.words.graph.arcs_of(teller).start;
        self.words.of(teller, |sixteen| {
            for place in bits(sixteen.won) {
                let to = sixteen.friends[place];
                if is_new(&self.memory.seen, to) {
                    let at = now + Tick(self.delay.law.draw(delays.nth((sixteen.arc - row + place) as u32)));
                    if at <= self.delay.horizon {
                        queue.push(Word { at, to });
                    }
                }
            }
        });
    }
}

/// Whether somebody is not reached yet.
#[inline(always)]
fn is_new(seen: &[u64], person: u32) -> bool {
    seen[person as usize / 64] >> (person % 64) & 1 == 0
}
