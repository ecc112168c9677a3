//! What is due when: a calendar queue over whole ticks, in exact (tick, sequence) order.
//!
//! A page holds what is due in 256 ticks; what is planned for a later page is put on its pile (a ring of piles, reused).
//! When a page is opened its pile is sorted by tick once, stably, so that equal ticks keep the order in which they were
//! planned. What is planned for the page that is open goes into the queue of its tick instead; it was planned later than
//! everything on the page, so it comes after the page's items of the same tick.
//!
//! The page to come may be taken out and sorted before it is opened, on another thread ([`Ahead`]). What is planned for it
//! meanwhile was planned later than all that lies on it, so it goes into the queues when the page is opened.
//!
//! Why 256 ticks: few enough that hardly anything is planned for the open page, where it cannot be looked ahead at; many
//! enough that opening a page costs little a word (docs/performance.md).
//!
//! Not here: what an item means. An item is two words of 32 bits; `due.rs` says how they are packed.

use super::page::{Bits, Page, Pile, Planned, Spare, TICKS};
use crate::units::Tick;

/// One planned act, packed (see [`super::due`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub to: u32,
    pub from: u32,
}

/// The plans of a run.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// Pages to come; a power of two of them, so that the place of a page is a mask away.
    ring: Vec<Pile>,
    /// One bit a pile: there is something on it.
    piled: Vec<u64>,
    spare: Spare,
    /// The number of the page that is open; its items are in `page` and `queues`.
    open: u32,
    page: Page,
    /// The tick that is being played, which of the page's items come next, and where those of this tick end.
    tick: u32,
    place: usize,
    end: usize,
    /// Per tick of the open page, what was planned after it was sorted, and how far that has been read.
    queues: Vec<(Vec<Item>, usize)>,
    /// One bit a tick: its queue has something unread.
    waiting: Bits,
    last: Tick,
    /// The page to come that was made ready.
    ahead: Option<Ahead>,
    /// The memory of a page that was played.
    idle: Page,
}

const PAGE_BITS: u32 = TICKS.trailing_zeros();

/// A page to come, taken out to be made ready.
#[derive(Debug)]
pub(super) struct Ahead {
    number: u32,
    pile: Pile,
    page: Page,
}

impl Ahead {
    /// Sorts what was planned for the page so far.
    pub fn sort(&mut self) {
        self.page.sort(&self.pile);
    }

    /// Its items, once they are sorted, each with its moment.
    pub fn items(&self) -> impl Iterator<Item = (Tick, Item)> + '_ {
        self.page.iter().map(|(tick, item)| (moment(self.number, tick), item))
    }
}

/// How a page was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was made ready before.
    Ready,
    /// It was sorted just now.
    Anew,
}

fn moment(page: u32, tick: u32) -> Tick {
    Tick((page << PAGE_BITS) | tick)
}

impl Agenda {
    /// An agenda for plans at most `delay_max` ahead, none after `last`.
    pub fn new(delay_max: Tick, last: Tick) -> Agenda {
        let mut agenda = Agenda {
            ring: vec![],
            piled: vec![],
            spare: vec![],
            open: 0,
            page: Page::default(),
            tick: 0,
            place: 0,
            end: 0,
            queues: vec![(vec![], 0); TICKS],
            waiting: [0; TICKS / 64],
            last,
            ahead: None,
            idle: Page::default(),
        };
        agenda.rewind_for(delay_max, last);
        agenda
    }

    /// Forgets everything, keeping the memory, for plans at most `delay_max` ahead and none after `last`.
    pub fn rewind_for(&mut self, delay_max: Tick, last: Tick) {
        for word in 0..self.piled.len() {
            while self.piled[word] != 0 {
                self.take_pile(word * 64 + self.piled[word].trailing_zeros() as usize).clear(&mut self.spare);
            }
        }
        while let Some(tick) = first_bit(&self.waiting, 0) {
            let (queue, read) = &mut self.queues[tick];
            queue.clear();
            *read = 0;
            self.waiting[tick / 64] &= !(1 << (tick % 64));
        }
        if let Some(ahead) = self.ahead.take() {
            self.idle = ahead.page;
        }
        let pages = pages_for(delay_max, last);
        if pages > self.ring.len() {
            self.ring.resize_with(pages, Pile::default);
            self.piled.resize(pages.div_ceil(64), 0);
        }
        self.last = last;
        self.page.clear();
        (self.open, self.tick, self.place, self.end) = (0, 0, 0, 0);
    }

    /// Plans an item for `at`, which is not before the moment being played; past the horizon it is dropped.
    #[inline(always)]
    pub fn plan(&mut self, at: Tick, item: Item) {
        if at > self.last {
            return;
        }
        let (page, tick) = (at.0 >> PAGE_BITS, at.0 % TICKS as u32);
        if page == self.open {
            self.queue(tick, item);
        } else {
            let place = page as usize & (self.ring.len() - 1);
            if self.ring[place].is_full() {
                self.extend(place);
            }
            self.ring[place].push(Planned { tick, item });
        }
    }

    #[cold]
    #[inline(never)]
    fn extend(&mut self, place: usize) {
        self.piled[place / 64] |= 1 << (place % 64);
        self.ring[place].extend(&mut self.spare);
    }

    fn take_pile(&mut self, place: usize) -> Pile {
        self.piled[place / 64] &= !(1 << (place % 64));
        std::mem::take(&mut self.ring[place])
    }

    fn queue(&mut self, tick: u32, item: Item) {
        self.queues[tick as usize % TICKS].0.push(item);
        self.waiting[tick as usize % TICKS / 64] |= 1 << (tick % 64);
    }

    /// The next item on the open page and its moment; nothing when the page is over.
    #[inline(always)]
    pub fn next(&mut self) -> Option<(Tick, Item)> {
        loop {
            if self.place < self.end {
                let item = self.page.item(self.place);
                self.place += 1;
                return Some((moment(self.open, self.tick), item));
            }
            if self.waiting[self.tick as usize / 64] >> (self.tick % 64) & 1 == 1 {
                return Some((moment(self.open, self.tick), self.next_queued()));
            }
            // What was played of the page ends where the next tick begins.
            self.tick = self.first_due(self.tick + 1)?;
            // Where the page has nothing for this tick, only its queue has.
            self.end = self.page.end(self.tick).unwrap_or(self.end);
        }
    }

    fn next_queued(&mut self) -> Item {
        let (queue, read) = &mut self.queues[self.tick as usize];
        let item = queue[*read];
        *read += 1;
        if *read == queue.len() {
            queue.clear();
            *read = 0;
            self.waiting[self.tick as usize / 64] &= !(1 << (self.tick % 64));
        }
        item
    }

    /// The first tick of the open page from this one on that has something due.
    fn first_due(&self, from: u32) -> Option<u32> {
        let due: Bits = std::array::from_fn(|word| self.page.due[word] | self.waiting[word]);
        first_bit(&due, from as usize).map(|tick| tick as u32)
    }

    /// Opens the next page that has plans; nothing when there is none.
    pub fn open_next_page(&mut self) -> Option<Opened> {
        let ready = self.ahead.as_ref().map(|ahead| ahead.number);
        let piled = self.next_piled();
        let next = ready.into_iter().chain(piled).min()?;
        self.open = next;
        let mut pile = self.take_pile(next as usize & (self.ring.len() - 1));
        let opened = match self.ahead.take_if(|ahead| ahead.number == next) {
            Some(ahead) => {
                self.idle = std::mem::replace(&mut self.page, ahead.page);
                pile.iter().for_each(|&Planned { tick, item }| self.queue(tick, item));
                Opened::Ready
            }
            None => {
                self.page.sort(&pile);
                Opened::Anew
            }
        };
        pile.clear(&mut self.spare);
        (self.tick, self.place, self.end) = (0, 0, self.page.end(0).unwrap_or(0));
        Some(opened)
    }

    /// The next page with something on its pile.
    fn next_piled(&self) -> Option<u32> {
        let pages = self.ring.len();
        // The pile of the open page is empty, and so are those of pages that are over.
        let from = (self.open as usize + 1) & (pages - 1);
        let place = first_bit(&self.piled, from).or_else(|| first_bit(&self.piled, 0))?;
        let ahead = (place + pages - from) & (pages - 1);
        Some(self.open + 1 + ahead as u32)
    }

    /// Takes out the next page, if enough is planned for it to be worth it and none is out already.
    pub fn take_ahead(&mut self, least: usize) -> Option<Ahead> {
        if self.ahead.is_some() {
            return None;
        }
        let number = self.next_piled()?;
        let place = number as usize & (self.ring.len() - 1);
        let pile = (self.ring[place].len() >= least).then(|| self.take_pile(place))?;
        Some(Ahead { number, pile, page: std::mem::take(&mut self.idle) })
    }

    /// Puts back what was taken out, once it is sorted.
    pub fn put_ahead(&mut self, mut ahead: Ahead) {
        ahead.pile.clear(&mut self.spare);
        self.ahead = Some(ahead);
    }

    /// What lies on the open page, each with its moment.
    pub fn items(&self) -> impl Iterator<Item = (Tick, Item)> + '_ {
        self.page.iter().map(|(tick, item)| (moment(self.open, tick), item))
    }

    /// What lies so many places ahead on the open page.
    #[inline(always)]
    pub fn ahead(&self, places: usize) -> Option<Item> {
        self.page.get(self.place + places)
    }

    /// Lets each item that is still to come become another one, or go, in its place. No page is out.
    pub fn revise(&mut self, mut revised: impl FnMut(Item) -> Option<Item>) {
        debug_assert!(self.ahead.is_none(), "a page that is out cannot be revised");
        let mut pile = Pile::default();
        let mut keep = |pile: &mut Pile, tick, item| {
            let Some(item) = revised(item) else { return };
            if pile.is_full() {
                pile.extend(&mut self.spare);
            }
            pile.push(Planned { tick, item });
        };
        self.page.iter().skip(self.place).for_each(|(tick, item)| keep(&mut pile, tick, item));
        self.page.sort(&pile);
        (self.place, self.end) = (0, self.page.end(self.tick).unwrap_or(0));
        for place in 0..self.ring.len() {
            let before = std::mem::take(&mut self.ring[place]);
            before.iter().for_each(|&Planned { tick, item }| keep(&mut self.ring[place], tick, item));
            if self.ring[place].is_empty() {
                self.piled[place / 64] &= !(1 << (place % 64));
            }
        }
        for (tick, (queue, read)) in self.queues.iter_mut().enumerate() {
            queue.drain(..*read);
            *read = 0;
            queue.retain_mut(|item| revised(*item).inspect(|now| *item = *now).is_some());
            if queue.is_empty() {
                self.waiting[tick / 64] &= !(1 << (tick % 64));
            }
        }
    }
}

/// The first bit that is set, from this one on.
fn first_bit(bits: &[u64], from: usize) -> Option<usize> {
    let mut word = from / 64;
    let mut here = bits.get(word)? & (u64::MAX << (from % 64));
    while here == 0 {
        word += 1;
        here = *bits.get(word)?;
    }
    Some(word * 64 + here.trailing_zeros() as usize)
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
        let next_page = |agenda: &mut Agenda, looks_ahead: bool| {
            let opened = agenda.open_next_page().map(|_| agenda.next().expect("a page is not opened for nothing"));
            if looks_ahead && let Some(mut ahead) = agenda.take_ahead(1) {
                ahead.sort();
                agenda.put_ahead(ahead);
            }
            opened
        };
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
            while let Some((at, item)) = agenda.next().or_else(|| next_page(&mut agenda, round > 0)) {
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
