//! A cascade in time: every word takes a delay of its own, and whoever is reached first by any of them tells at that moment.
//!
//! Only words that win are planned, and of those only the ones to people who are not reached yet.

use super::row::bits;
use super::{Delay, Memory, Words};
use crate::dice::Luck;
use crate::dice::coins::Coins;
use crate::engine::agenda::{Agenda, Item};
use crate::engine::telling::mark;
use crate::units::{PersonId, Tick};

/// How many words ahead memory is asked for: whether the hearer is new and where her row begins, and the row itself.
const AHEAD: usize = 24;
const AHEAD_ROW: usize = 10;

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
        let Delay { law, horizon } = self.delay;
        let (longest, last) = (Tick(law.max()), *horizon);
        let mut agenda = match self.memory.agenda.take() {
            Some(mut agenda) => {
                agenda.rewind_for(longest, last);
                agenda
            }
            None => Agenda::new(longest, last),
        };
        let mut days = vec![self.first as u32];
        for place in 0..self.first {
            self.tell(Tick::ZERO, PersonId(self.memory.reached[place]), &mut agenda);
        }
        let mut reached = self.first;
        loop {
            let Some((at, item)) = agenda.next() else {
                match agenda.open_next_page() {
                    Some(_) => continue,
                    None => break,
                }
            };
            if let Some(Item { to, .. }) = agenda.ahead(AHEAD) {
                self.memory.fetch_seen(to);
                self.words.graph.fetch_start(PersonId(to));
            }
            if let Some(Item { to, .. }) = agenda.ahead(AHEAD_ROW) {
                self.words.graph.fetch_row(PersonId(to));
            }
            let person = PersonId(item.to);
            if mark(&mut self.memory.seen[person.index() / 64], person.0) {
                continue;
            }
            self.memory.reached[reached] = person.0;
            reached += 1;
            let day = at.day_closing() as usize;
            days.resize(days.len().max(day + 1), 0);
            days[day] += 1;
            self.tell(at, person, &mut agenda);
        }
        self.memory.agenda = Some(agenda);
        (reached, days)
    }

    /// Plans those words of a person that win.
    #[inline(always)]
    fn tell(&self, at: Tick, teller: PersonId, agenda: &mut Agenda) {
        let delays = self.delays.stream(u64::from(teller.0));
        let row = self.words.graph.arcs_of(teller).start;
        self.words.of(teller, |eight| {
            for place in bits(eight.won) {
                let to = eight.friends[place];
                if self.memory.seen[to as usize / 64] >> (to % 64) & 1 == 0 {
                    let delay = self.delay.law.draw(delays.nth((eight.arc - row + place) as u32));
                    agenda.plan(at + Tick(delay), Item { to, from: teller.0 });
                }
            }
        });
    }
}
