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
    /// Which of the page's items comes next.
    place: usize,
    /// Per tick of the open page, what was planned after it was sorted, and how far that has been read.
    queues: Vec<(Vec<Item>, usize)>,
    /// One bit a tick: its queue has something unread.
    waiting: Bits,
    /// The first moment that has something waiting; [`NEVER`] where none has.
    waits: Tick,
    last: Tick,
    /// The page to come that was made ready.
    ahead: Option<Ahead>,
    /// The memory of a page that was played.
    idle: Page,
}

const PAGE_BITS: u32 = TICKS.trailing_zeros();

/// Later than whatever is planned.
const NEVER: Tick = Tick(u32::MAX);

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
        self.page.iter().map(|Planned { at, item }| (at, item))
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

impl Agenda {
    /// An agenda for plans at most `delay_max` ahead, none after `last`.
    pub fn new(delay_max: Tick, last: Tick) -> Agenda {
        let mut agenda = Agenda {
            ring: vec![],
            piled: vec![],
            spare: vec![],
            open: 0,
            page: Page::default(),
            place: 0,
            queues: vec![(vec![], 0); TICKS],
            waiting: [0; TICKS / 64],
            waits: NEVER,
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
        debug_assert!(last < NEVER, "the end of time is kept for what never comes");
        self.last = last;
        self.page.clear();
        (self.open, self.place, self.waits) = (0, 0, NEVER);
    }

    /// Plans an item for `at`, which is not before the moment being played; past the horizon it is dropped.
    #[inline(always)]
    pub fn plan(&mut self, at: Tick, item: Item) {
        if at > self.last {
            return;
        }
        let page = at.0 >> PAGE_BITS;
        if page == self.open {
            return self.queue(at, item);
        }
        let place = page as usize & (self.ring.len() - 1);
        let pile = &mut self.ring[place];
        if pile.is_full() {
            return self.extend(place, Planned { at, item });
        }
        pile.push(Planned { at, item });
    }

    /// Puts an item on a pile that is full.
    #[cold]
    #[inline(never)]
    fn extend(&mut self, place: usize, planned: Planned) {
        self.piled[place / 64] |= 1 << (place % 64);
        self.ring[place].extend(&mut self.spare);
        self.ring[place].push(planned);
    }

    fn take_pile(&mut self, place: usize) -> Pile {
        self.piled[place / 64] &= !(1 << (place % 64));
        std::mem::take(&mut self.ring[place])
    }

    /// Plans an item for a moment of the open page.
    #[inline(never)]
    fn queue(&mut self, at: Tick, item: Item) {
        let tick = at.0 as usize % TICKS;
        self.queues[tick].0.push(item);
        self.waiting[tick / 64] |= 1 << (tick % 64);
        self.waits = self.waits.min(at);
    }

    /// The next item on the open page and its moment; nothing when the page is over.
    #[inline(always)]
    pub fn next(&mut self) -> Option<(Tick, Item)> {
        if let Some(Planned { at, item }) = self.page.get(self.place)
            // What waits was planned later than all that lies on the page.
            && at <= self.waits
        {
            self.place += 1;
            return Some((at, item));
        }
        let at = self.waits;
        (at != NEVER).then(|| (at, self.next_queued()))
    }

    #[inline(never)]
    fn next_queued(&mut self) -> Item {
        let tick = self.waits.0 as usize % TICKS;
        let (queue, read) = &mut self.queues[tick];
        let item = queue[*read];
        *read += 1;
        if *read == queue.len() {
            queue.clear();
            *read = 0;
            self.waiting[tick / 64] &= !(1 << (tick % 64));
            self.wait();
        }
        item
    }

    /// Sees which moment is the first that has something waiting.
    fn wait(&mut self) {
        let first = first_bit(&self.waiting, 0);
        self.waits = first.map_or(NEVER, |tick| Tick(self.open << PAGE_BITS | tick as u32));
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
                pile.blocks().flatten().for_each(|&Planned { at, item }| self.queue(at, item));
                Opened::Ready
            }
            None => {
                self.page.sort(&pile);
                Opened::Anew
            }
        };
        pile.clear(&mut self.spare);
        self.place = 0;
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
        self.page.iter().map(|Planned { at, item }| (at, item))
    }

    /// What lies so many places ahead on the open page.
    #[inline(always)]
    pub fn ahead(&self, places: usize) -> Option<Item> {
        self.page.get(self.place + places).map(|planned| planned.item)
    }

    /// Lets each item that is still to come become another one, or go, in its place. No page is out.
    pub fn revise(&mut self, mut revised: impl FnMut(Item) -> Option<Item>) {
        debug_assert!(self.ahead.is_none(), "a page that is out cannot be revised");
        let mut pile = Pile::default();
        let mut keep = |pile: &mut Pile, Planned { at, item }| {
            let Some(item) = revised(item) else { return };
            if pile.is_full() {
                pile.extend(&mut self.spare);
            }
            pile.push(Planned { at, item });
        };
        self.page.iter().skip(self.place).for_each(|planned| keep(&mut pile, planned));
        self.page.sort(&pile);
        self.place = 0;
        for place in 0..self.ring.len() {
            let before = std::mem::take(&mut self.ring[place]);
            before.blocks().flatten().for_each(|&planned| keep(&mut self.ring[place], planned));
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
        self.wait();
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
