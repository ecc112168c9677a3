//! The first customers: who they are, and that they buy at the start.

use super::experience::sentiment_of;
use super::telling::mark;
use super::{Play, Seeds, Sink};
use crate::dice::{Dice, Purpose};
use crate::event::{Fact, Sentiment};
use crate::units::{EventId, PersonId, Tick};
use std::ops::Range;

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Makes the first customers customers, in their order.
    pub(super) fn seed(&mut self, dice: Dice) {
        for person in self.choose_seeds(dice) {
            self.record(Tick::ZERO, person, Fact::CustomerSeeded, EventId::ROOT);
            self.buy(Tick::ZERO, person);
        }
    }

    fn choose_seeds(&mut self, dice: Dice) -> Vec<PersonId> {
        let people = self.run.state.people();
        match &self.world.seeds {
            Seeds::Ids(ids) => ids.clone(),
            Seeds::Hubs(count) => match self.ground.graph() {
                Some(graph) => graph.hubs(*count),
                // Where all have equally many friends, the first ones are as good as any.
                None => (0..*count).map(PersonId).collect(),
            },
            Seeds::Random(count) => self.draw_people(dice, *count, people, |_| true),
            &Seeds::Among { count, advocates, segment } => {
                let meant: Vec<u64> = (0..people.div_ceil(64))
                    .map(|block| self.block_of_meant(block * 64..people.min(block * 64 + 64), advocates, segment))
                    .collect();
                let all = meant.iter().map(|block| block.count_ones()).sum();
                self.draw_people(dice, count, all, |person| meant[person as usize / 64] >> (person % 64) & 1 == 1)
            }
        }
    }

    /// Draws so many people out of `all` that are meant.
    fn draw_people(&mut self, dice: Dice, count: u32, all: u32, is_meant: impl Fn(u32) -> bool) -> Vec<PersonId> {
        let people = self.run.state.people();
        if count >= all {
            return (0..people).filter(|&person| is_meant(person)).map(PersonId).collect();
        }
        draw_distinct_among(dice, count, people, &mut self.run.chosen, is_meant)
    }

    /// Who is meant among a block of up to 64 people, a bit each.
    fn block_of_meant(&self, block: Range<u32>, advocates: bool, segment: Option<usize>) -> u64 {
        let is_meant = |person| {
            segment.is_none_or(|place| self.is_of_segment(person, place)) && (!advocates || self.would_refer(person))
        };
        let meant = block.filter(|&person| is_meant(PersonId(person)));
        meant.fold(0, |bits, person| bits | 1 << (person % 64))
    }

    /// Whether somebody, were she a customer from the start, would be satisfied, tell, and put a code into her words, paid
    /// for or not. Each is a draw of her own, so it can be known before it comes about; and no programme decides who she is,
    /// so that a world and its twin begin with the same people.
    fn would_refer(&self, who: PersonId) -> bool {
        let mut draws = self.luck.of(Purpose::Advocacy).stream(self.subject(who));
        sentiment_of(self.score_of(who)) == Sentiment::Satisfied
            && self.world.telling.advocacy.accepts(draws.draw())
            && self.policy_of(who).unrewarded().participation.accepts(draws.draw())
    }
}

/// Draws so many different people out of all; everybody where there are not so many. `chosen` is scratch, all zero before and
/// after.
pub(super) fn draw_distinct(dice: Dice, count: u32, people: u32, chosen: &mut Vec<u64>) -> Vec<PersonId> {
    match count < people {
        true => draw_distinct_among(dice, count, people, chosen, |_| true),
        false => (0..people).map(PersonId).collect(),
    }
}

/// Draws so many different people who are meant; there are more of them.
///
/// One after the other, skipping who was drawn before: more of them keep those of fewer.
fn draw_distinct_among(
    dice: Dice,
    count: u32,
    people: u32,
    chosen: &mut Vec<u64>,
    is_meant: impl Fn(u32) -> bool,
) -> Vec<PersonId> {
    let mut draws = dice.stream(Purpose::Seeding, 0);
    if chosen.len() < people as usize / 64 + 1 {
        chosen.resize(people as usize / 64 + 1, 0);
    }
    let mut drawn = Vec::with_capacity(count as usize);
    while drawn.len() < count as usize {
        let person = draws.below(people);
        if is_meant(person) && !mark(&mut chosen[person as usize / 64], person) {
            drawn.push(PersonId(person));
        }
    }
    drawn.iter().for_each(|person| chosen[person.index() / 64] = 0);
    drawn
}
