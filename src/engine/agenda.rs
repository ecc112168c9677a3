//! What is due when: a calendar queue over whole ticks, in exact (tick, sequence) order.
//!
//! A page holds what is due in 256 ticks; what is planned for a later page is pushed onto it (a ring of pages, reused).
//! When a page is opened it is sorted by tick once, stably, so that equal ticks keep the order in which they were planned.
//! What is planned for the page that is open goes into the queue of its tick instead; it was planned later than
//! everything on the page, so it comes after the page's items of the same tick.
//!
//! Why 256 ticks: few enough that hardly anything is planned for the open page, where it cannot be looked ahead at; many
//! enough that opening a page costs little a word (docs/performance.md).
//!
//! Not here: what an item means. An item is two words of 32 bits; `due.rs` says how they are packed.

use crate::units::Tick;

/// One planned act, packed (see [`super::due`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub to: u32,
    pub from: u32,
}

#[derive(Debug, Clone, Copy)]
struct Planned {
    /// Tick of the page.
    tick: u32,
    item: Item,
}

const NOTHING: Planned = Planned { tick: 0, item: Item { to: 0, from: 0 } };

/// The plans of a run.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// Pages to come; a power of two of them, so that the place of a page is a mask away.
    ring: Vec<Vec<Planned>>,
    /// The number of the page that is open; its items are in `page` (sorted) and `queues`.
    open: u32,
    page: Vec<Planned>,
    place: usize,
    /// Per tick of the open page, what was planned after it was opened, and how far that has been read.
    queues: Vec<(Vec<Item>, usize)>,
    /// One bit a tick: its queue has something unread.
    waiting: [u64; TICKS / 64],
    /// The earliest tick with a bit in `waiting`; `NONE` without.
    queue_tick: u32,
    last: Tick,
    /// Where on the page the next block is looked at.
    looked_at: usize,
    /// Scratch of the sort.
    scratch: Vec<Planned>,
}

const PAGE_BITS: u32 = 8;
const TICKS: usize = 1 << PAGE_BITS;
const NONE: u32 = u32::MAX;

impl Agenda {
    /// An agenda for plans at most `delay_max` ahead, none after `last`.
    pub fn new(delay_max: Tick, last: Tick) -> Agenda {
        Agenda {
            ring: vec![vec![]; pages_for(delay_max, last)],
            open: 0,
            page: vec![],
            place: 0,
            queues: vec![(vec![], 0); TICKS],
            waiting: [0; TICKS / 64],
            queue_tick: NONE,
            last,
            looked_at: 0,
            scratch: vec![],
        }
    }

    /// Forgets everything, keeping the memory, for plans at most `delay_max` ahead and none after `last`.
    pub fn rewind_for(&mut self, delay_max: Tick, last: Tick) {
        let pages = pages_for(delay_max, last);
        if pages > self.ring.len() {
            self.ring.resize(pages, vec![]);
        }
        self.last = last;
        self.ring.iter_mut().for_each(Vec::clear);
        for (queue, read) in &mut self.queues {
            queue.clear();
            *read = 0;
        }
        self.page.clear();
        (self.open, self.place, self.looked_at) = (0, 0, 0);
        self.waiting = [0; TICKS / 64];
        self.queue_tick = NONE;
    }

    /// Plans an item for `at`, which is not before the moment being played; past the horizon it is dropped.
    #[inline(always)]
    pub fn plan(&mut self, at: Tick, item: Item) {
        if at > self.last {
            return;
        }
        let (page, tick) = (at.0 >> PAGE_BITS, at.0 & (TICKS as u32 - 1));
        if page == self.open {
            self.queues[tick as usize].0.push(item);
            self.waiting[tick as usize >> 6] |= 1 << (tick & 63);
            self.queue_tick = self.queue_tick.min(tick);
        } else {
            let pages = self.ring.len();
            self.ring[page as usize & (pages - 1)].push(Planned { tick, item });
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
            if !self.open_next_page() {
                return None;
            }
        }
    }

    fn moment(&self, tick: u32) -> Tick {
        Tick((self.open << PAGE_BITS) | tick)
    }

    fn next_queued(&mut self) -> (Tick, Item) {
        let tick = self.queue_tick;
        let (queue, read) = &mut self.queues[tick as usize];
        let item = queue[*read];
        *read += 1;
        if *read == queue.len() {
            queue.clear();
            *read = 0;
            self.waiting[tick as usize >> 6] &= !(1 << (tick & 63));
            self.queue_tick = self.first_waiting(tick as usize >> 6);
        }
        (self.moment(tick), item)
    }

    fn first_waiting(&self, from: usize) -> u32 {
        let word = (from..self.waiting.len()).find(|&word| self.waiting[word] != 0);
        word.map_or(NONE, |word| word as u32 * 64 + self.waiting[word].trailing_zeros())
    }

    /// Opens the next page that has plans; false when there is none.
    fn open_next_page(&mut self) -> bool {
        self.page.clear();
        (self.place, self.looked_at) = (0, 0);
        let pages = self.ring.len();
        let next = (1..pages).find(|ahead| !self.ring[(self.open as usize + ahead) & (pages - 1)].is_empty());
        let Some(ahead) = next else { return false };
        self.open += ahead as u32;
        std::mem::swap(&mut self.page, &mut self.ring[self.open as usize & (pages - 1)]);
        self.sort_page();
        true
    }

    /// Sorts the page by tick, keeping the order of equal ticks.
    fn sort_page(&mut self) {
        let mut places = [0u32; TICKS];
        for planned in &self.page {
            places[planned.tick as usize % TICKS] += 1;
        }
        let mut before = 0;
        for place in &mut places {
            (*place, before) = (before, before + *place);
        }
        self.scratch.resize(self.page.len(), NOTHING);
        for &planned in &self.page {
            let place = &mut places[planned.tick as usize % TICKS];
            self.scratch[*place as usize] = planned;
            *place += 1;
        }
        std::mem::swap(&mut self.page, &mut self.scratch);
    }

    /// Lets each item that is still to come become another one, or go, in its place.
    pub fn revise(&mut self, mut revised: impl FnMut(Item) -> Option<Item>) {
        let mut keep = |item: &mut Item| revised(*item).inspect(|now| *item = *now).is_some();
        self.page.drain(..self.place);
        (self.place, self.looked_at) = (0, 0);
        self.page.retain_mut(|planned| keep(&mut planned.item));
        for page in &mut self.ring {
            page.retain_mut(|planned| keep(&mut planned.item));
        }
        for (tick, (queue, read)) in self.queues.iter_mut().enumerate() {
            queue.drain(..*read);
            *read = 0;
            queue.retain_mut(&mut keep);
            if queue.is_empty() {
                self.waiting[tick >> 6] &= !(1 << (tick & 63));
            }
        }
        self.queue_tick = self.first_waiting(0);
    }

    /// How much of the open page has been played.
    #[inline(always)]
    pub fn place(&self) -> usize {
        self.place
    }

    /// What lies so many places ahead on the open page.
    #[inline(always)]
    pub fn ahead(&self, places: usize) -> Option<Item> {
        self.page.get(self.place + places).map(|planned| planned.item)
    }

    /// Whether the block that was looked at last is about to be played.
    #[inline(always)]
    pub fn is_block_due(&self) -> bool {
        self.place >= self.looked_at
    }

    /// What lies on the open page beyond what was looked at before, up to a block of places beyond the one being played.
    pub fn next_block(&mut self, block: usize) -> impl Iterator<Item = Item> + '_ {
        let from = if self.looked_at == 0 { 0 } else { (self.looked_at + block).min(self.page.len()) };
        self.looked_at = (self.place / block + 1) * block;
        let to = (self.looked_at + block).min(self.page.len()).max(from);
        self.page[from..to].iter().map(|planned| planned.item)
    }
}

/// Pages that a ring needs: a power of two.
fn pages_for(delay_max: Tick, last: Tick) -> usize {
    ((delay_max.min(last).0 >> PAGE_BITS) as usize + 2).next_power_of_two()
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
            agenda.rewind_for(Tick(delays), last);
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
