//! A page of the agenda: what is due in 256 ticks, first as a pile in the order in which it was planned, then sorted by tick.
//!
//! A pile grows by blocks that go from page to page. So a word on its way takes its 12 bytes and no more, however many
//! there are, and no pile is ever copied to make room.

use super::agenda::Item;
use crate::units::Tick;

/// Ticks of a page.
pub(super) const TICKS: usize = 256;
/// A bit a tick.
pub(super) type Bits = [u64; TICKS / 64];

/// An item and when it is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub at: Tick,
    pub item: Item,
}

impl Planned {
    /// Its tick on the page.
    #[inline(always)]
    fn tick(self) -> usize {
        self.at.0 as usize % TICKS
    }
}

/// Items of a block.
const BLOCK: usize = 512;

/// Blocks that no pile needs at the moment.
pub(super) type Spare = Vec<Vec<Planned>>;

/// What is planned for a page, in the order in which it was planned.
#[derive(Debug, Default)]
pub(super) struct Pile {
    full: Vec<Vec<Planned>>,
    /// The block that is being filled.
    now: Vec<Planned>,
}

impl Pile {
    /// Whether the next item needs another block, as the first one does.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.now.len() == self.now.capacity()
    }

    /// Gives it a block more.
    pub fn extend(&mut self, spare: &mut Spare) {
        let block = spare.pop().unwrap_or_else(|| Vec::with_capacity(BLOCK));
        let full = std::mem::replace(&mut self.now, block);
        // The first block takes the place of none.
        if !full.is_empty() {
            self.full.push(full);
        }
    }

    /// Puts an item on it; it is not full.
    #[inline(always)]
    pub fn push(&mut self, planned: Planned) {
        self.now.push(planned);
    }

    pub fn is_empty(&self) -> bool {
        self.now.is_empty()
    }

    pub fn len(&self) -> usize {
        self.full.iter().map(Vec::len).sum::<usize>() + self.now.len()
    }

    /// What lies on it, block after block: a loop within a loop costs less an item than one over all of them.
    pub fn blocks(&self) -> impl Iterator<Item = &[Planned]> {
        self.full.iter().chain(std::iter::once(&self.now)).map(Vec::as_slice)
    }

    /// Forgets everything; the blocks can be used again.
    pub fn clear(&mut self, spare: &mut Spare) {
        let blocks = self.full.drain(..).chain(std::iter::once(std::mem::take(&mut self.now)));
        spare.extend(blocks.filter(|block| block.capacity() > 0).map(|mut block| {
            block.clear();
            block
        }));
    }
}

/// The items of a page in the order of their ticks, those of a tick in the order in which they were planned.
#[derive(Debug, Default)]
pub(super) struct Page {
    items: Vec<Planned>,
}

impl Page {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    /// The item in a place; nothing beyond the last one.
    #[inline(always)]
    pub fn get(&self, place: usize) -> Option<Planned> {
        self.items.get(place).copied()
    }

    /// Each item, in order.
    pub fn iter(&self) -> impl Iterator<Item = Planned> + '_ {
        self.items.iter().copied()
    }

    /// Takes the place of what was there: what lies on a pile, sorted by tick, equal ticks in the order of the pile.
    ///
    /// Only ticks that have something are walked: in a small market a page has fewer words than ticks.
    pub fn sort(&mut self, pile: &Pile) {
        let mut places = [0u32; TICKS];
        let mut due: Bits = [0; TICKS / 64];
        for block in pile.blocks() {
            for planned in block {
                let tick = planned.tick();
                places[tick] += 1;
                due[tick / 64] |= 1 << (tick % 64);
            }
        }
        let mut before = 0;
        for (places, mut due) in places.chunks_exact_mut(64).zip(due) {
            while due != 0 {
                let place = &mut places[due.trailing_zeros() as usize % 64];
                (*place, before) = (before, before + *place);
                due &= due - 1;
            }
        }
        self.items.resize(before as usize, NOTHING);
        for block in pile.blocks() {
            for planned in block {
                let place = &mut places[planned.tick()];
                self.items[*place as usize] = *planned;
                *place += 1;
            }
        }
    }
}

/// What stands on a page before it is sorted.
const NOTHING: Planned = Planned { at: Tick::ZERO, item: Item { to: 0, from: 0 } };
