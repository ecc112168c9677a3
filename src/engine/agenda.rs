//! What is due when: a calendar queue over whole ticks, in exact (tick, sequence) order.
//!
//! What is planned for a later day is pushed onto that day's page (a ring of pages, reused). When a day is opened its
//! page is sorted by tick once, stably, so that equal ticks keep the order in which they were planned. What is planned
//! for the day that is open goes into the queue of its tick instead; it was planned later than everything on the page,
//! so it comes after the page's items of the same tick.
//!
//! Not here: what an item means. An item is two words of 32 bits; `due.rs` says how they are packed.

use super::due::Due;
use crate::units::Tick;

/// One planned act, packed (see [`super::due`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub to: u32,
    pub from: u32,
}

#[derive(Debug, Clone, Copy)]
struct Planned {
    /// Tick of the day, 1..=1440 (tick 0 of the run is the only member of day 0).
    tick: u32,
    item: Item,
}

/// The plans of a run.
#[derive(Debug)]
pub(crate) struct Agenda {
    ring: Vec<Vec<Planned>>,
    /// The day that is open; its pages are `page` (sorted) and `queues`.
    day: u32,
    page: Vec<Planned>,
    place: usize,
    /// Per tick of the open day, what was planned after the day was opened.
    queues: Vec<Vec<Item>>,
    /// How far each queue has been read.
    heads: Vec<u32>,
    /// One bit per tick of the day: its queue has something unread.
    waiting: [u64; WORDS],
    /// The earliest tick with a bit in `waiting`; `NONE` without.
    queue_tick: u32,
    last: Tick,
    /// Where on the page the next block is looked at.
    looked_at: usize,
    /// Scratch of the sort.
    scratch: Vec<Planned>,
}

const TICKS: usize = Tick::PER_DAY as usize + 1;
const WORDS: usize = TICKS.div_ceil(64);
const NONE: u32 = u32::MAX;

impl Agenda {
    /// An agenda for plans at most `delay_max` ahead, none after `last`.
    pub fn new(delay_max: Tick, last: Tick) -> Agenda {
        // A power of two, so that the page of a day is a mask away.
        let days = (delay_max.min(last).day_closing() as usize + 2).next_power_of_two();
        Agenda {
            ring: (0..days).map(|_| vec![]).collect(),
            day: 0,
            page: vec![],
            place: 0,
            queues: (0..TICKS).map(|_| vec![]).collect(),
            heads: vec![0; TICKS],
            waiting: [0; WORDS],
            queue_tick: NONE,
            last,
            looked_at: 0,
            scratch: vec![],
        }
    }

    /// Forgets everything, keeping the memory.
    pub fn rewind(&mut self) {
        self.ring.iter_mut().for_each(Vec::clear);
        self.queues.iter_mut().for_each(Vec::clear);
        self.heads.fill(0);
        self.page.clear();
        (self.day, self.place) = (0, 0);
        self.waiting = [0; WORDS];
        self.queue_tick = NONE;
    }

    /// Plans an item for `at`, which is not before the moment being played; past the horizon it is dropped.
    #[inline(always)]
    pub fn plan(&mut self, at: Tick, item: Item) {
        if at > self.last {
            return;
        }
        let day = at.day_closing();
        let tick = at.0 + Tick::PER_DAY - day * Tick::PER_DAY;
        if day == self.day {
            self.queues[tick as usize].push(item);
            self.waiting[tick as usize >> 6] |= 1 << (tick & 63);
            self.queue_tick = self.queue_tick.min(tick);
        } else {
            let page = day as usize & (self.ring.len() - 1);
            self.ring[page].push(Planned { tick, item });
        }
    }

    /// The next item and its moment; nothing when all is done.
    #[inline(always)]
    pub fn next(&mut self) -> Option<(Tick, Item)> {
        loop {
            if let Some(&Planned { tick, item }) = self.page.get(self.place)
                && tick <= self.queue_tick
            {
                self.place += 1;
                return Some((self.moment(tick), item));
            }
            if self.queue_tick != NONE {
                return Some(self.next_queued());
            }
            if !self.open_next_day() {
                return None;
            }
        }
    }

    fn moment(&self, tick: u32) -> Tick {
        Tick(self.day * Tick::PER_DAY + tick - Tick::PER_DAY)
    }

    fn next_queued(&mut self) -> (Tick, Item) {
        let tick = self.queue_tick as usize;
        let head = self.heads[tick] as usize;
        let item = self.queues[tick][head];
        self.heads[tick] += 1;
        if head + 1 == self.queues[tick].len() {
            self.queues[tick].clear();
            self.heads[tick] = 0;
            self.waiting[tick >> 6] &= !(1 << (tick & 63));
            self.queue_tick = self.first_waiting(tick >> 6);
        }
        (self.moment(tick as u32), item)
    }

    fn first_waiting(&self, from: usize) -> u32 {
        let word = (from..WORDS).find(|&word| self.waiting[word] != 0);
        word.map_or(NONE, |word| word as u32 * 64 + self.waiting[word].trailing_zeros())
    }

    /// Opens the next day that has plans; false when there is none.
    fn open_next_day(&mut self) -> bool {
        self.page.clear();
        (self.place, self.looked_at) = (0, 0);
        let days = self.ring.len();
        let next = (1..days).find(|ahead| !self.ring[(self.day as usize + ahead) & (days - 1)].is_empty());
        let Some(ahead) = next else { return false };
        self.day += ahead as u32;
        std::mem::swap(&mut self.page, &mut self.ring[self.day as usize & (days - 1)]);
        self.sort_page();
        true
    }

    /// Sorts the page by tick, keeping the order of equal ticks: by the low six bits, then by the rest. Both passes write
    /// to few places at once, which stay in the cache.
    fn sort_page(&mut self) {
        let (mut low, mut high) = ([0u32; 64], [0u32; 64]);
        for planned in &self.page {
            low[planned.tick as usize & 63] += 1;
            high[planned.tick as usize >> 6 & 63] += 1;
        }
        self.scratch.resize(self.page.len(), Planned { tick: 0, item: Item { to: 0, from: 0 } });
        scatter(&self.page, &mut self.scratch, &mut low, |planned| planned.tick as usize & 63);
        scatter(&self.scratch, &mut self.page, &mut high, |planned| planned.tick as usize >> 6 & 63);
    }

    /// Whether the block that was looked at last is about to be played.
    #[inline(always)]
    pub fn is_block_due(&self) -> bool {
        self.place >= self.looked_at
    }

    /// What lies on the open page beyond what was looked at before, up to a block of places beyond the one being played.
    pub fn next_block(&mut self, block: usize) -> impl Iterator<Item = Due> + '_ {
        let from = (self.looked_at + block).min(self.page.len());
        let from = if self.looked_at == 0 { 0 } else { from };
        self.looked_at = (self.place / block + 1) * block;
        let to = (self.looked_at + block).min(self.page.len());
        self.page[from..to].iter().map(|planned| Due::unpack(planned.item))
    }

    /// What lies so many places ahead on the open page.
    #[inline(always)]
    pub fn ahead(&self, places: usize) -> Option<Due> {
        self.page.get(self.place + places).map(|planned| Due::unpack(planned.item))
    }
}

/// Copies each item to its digit's next place, given how many there are of each digit.
fn scatter(from: &[Planned], to: &mut [Planned], counts: &mut [u32; 64], digit: impl Fn(&Planned) -> usize) {
    let mut before = 0;
    for count in counts.iter_mut() {
        (*count, before) = (before, before + *count);
    }
    for planned in from {
        let place = &mut counts[digit(planned)];
        to[*place as usize] = *planned;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Purpose};
    use crate::units::Seed;

    /// Plays random plans against the plainest possible queue.
    fn check(delays: u32, plans: u32) {
        let last = Tick(20 * Tick::PER_DAY);
        let mut agenda = Agenda::new(Tick(delays), last);
        for round in 0..3 {
            let mut draws = Dice::new(Seed(round)).stream(Purpose::Graph, u64::from(delays));
            let mut plain = std::collections::BTreeMap::new();
            let mut planned = 0;
            let mut plan = |agenda: &mut Agenda, now: Tick, draws: &mut crate::dice::Draws| {
                let at = now + Tick(draws.below(delays + 1));
                let item = Item { to: planned, from: !planned };
                agenda.plan(at, item);
                if at <= last {
                    plain.insert((at, planned), item);
                }
                planned += 1;
                (plain.len(), planned)
            };
            for _ in 0..plans {
                plan(&mut agenda, Tick::ZERO, &mut draws);
            }
            let mut played = vec![];
            while let Some((at, item)) = agenda.next() {
                played.push((at, item));
                if played.len() < 20_000 && draws.below(2) == 0 {
                    plan(&mut agenda, at, &mut draws);
                }
            }
            let expected: Vec<_> = plain.into_iter().map(|((at, _), item)| (at, item)).collect();
            assert_eq!(played, expected);
            agenda.plan(Tick(3), Item { to: 1, from: 1 });
            agenda.rewind();
        }
    }

    #[test]
    fn items_come_in_the_order_of_tick_then_planning() {
        check(0, 50);
        check(3, 1_000);
        check(2_000, 2_000);
        check(9 * Tick::PER_DAY, 5_000);
        check(40 * Tick::PER_DAY, 5_000);
    }
}
