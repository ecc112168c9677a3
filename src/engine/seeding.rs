//! The first customers: who they are, and that they buy at the start.

use super::telling::mark;
use super::{Play, Seeds, Sink};
use crate::dice::{Dice, Purpose};
use crate::event::Fact;
use crate::units::{EventId, PersonId, Tick};

impl<S: Sink> Play<'_, S> {
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
            Seeds::Random(count) if *count == people => (0..people).map(PersonId).collect(),
            // Drawn one after the other, skipping who was drawn before: more seeds keep those of fewer.
            Seeds::Random(count) => {
                let mut draws = dice.stream(Purpose::Seeding, 0);
                let chosen = &mut self.run.chosen;
                if chosen.len() < people as usize / 64 + 1 {
                    chosen.resize(people as usize / 64 + 1, 0);
                }
                let mut seeds = Vec::with_capacity(*count as usize);
                while seeds.len() < *count as usize {
                    let person = draws.below(people);
                    if !mark(&mut chosen[person as usize / 64], person) {
                        seeds.push(PersonId(person));
                    }
                }
                seeds.iter().for_each(|person| chosen[person.index() >> 6] = 0);
                seeds
            }
        }
    }
}
