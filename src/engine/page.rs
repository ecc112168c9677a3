//! A page of the agenda: what is due in 256 ticks, first as a pile in the order in which it was planned, then sorted by tick.
//!
//! A pile grows by blocks that go from page to page. So a word on its way takes its 12 bytes and no more, however many
//! there are, and no pile is ever copied to make room.

use super::agenda::Item;

/// Ticks of a page.
pub(super) const TICKS: usize = 256;
/// A bit a tick.
pub(super) type Bits = [u64; TICKS / 64];

/// An item and its tick on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub tick: u32,
    pub item: Item,
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

    pub fn iter(&self) -> impl Iterator<Item = &Planned> {
        self.full.iter().flatten().chain(&self.now)
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

/// The items of a page, those of a tick together, in the order in which they were planned.
#[derive(Debug)]
pub(super) struct Page {
    /// As many as `len` says; beyond lies what earlier pages have left.
    items: Vec<Item>,
    len: usize,
    /// Where the items of each tick end that has any.
    ends: [u32; TICKS],
    /// Which ticks have any.
    pub due: Bits,
}

impl Default for Page {
    fn default() -> Page {
        Page { items: vec![], len: 0, ends: [0; TICKS], due: [0; TICKS / 64] }
    }
}

impl Page {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.len = 0;
        self.due = [0; TICKS / 64];
    }

    /// Where the items of a tick end; nothing where it has none.
    pub fn end(&self, tick: u32) -> Option<usize> {
        let is_due = self.due[tick as usize / 64] >> (tick % 64) & 1 == 1;
        is_due.then(|| self.ends[tick as usize] as usize)
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// The item in a place below [`Page::len`]; nothing beyond.
    #[inline(always)]
    pub fn get(&self, place: usize) -> Option<Item> {
        if place < self.len() { self.items.get(place).copied() } else { None }
    }

    /// The item in a place that is known to lie below [`Page::len`].
    #[inline(always)]
    pub fn item(&self, place: usize) -> Item {
        self.items[place]
    }

    /// Each item with its tick.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Item)> + '_ {
        let mut start = 0;
        ticks(&self.due).flat_map(move |tick| {
            let end = self.ends[tick] as usize;
            let items = &self.items[start..end];
            start = end;
            items.iter().map(move |&item| (tick as u32, item))
        })
    }

    /// Takes the place of what was there: what lies on a pile, sorted by tick, equal ticks in the order of the pile.
    ///
    /// Only ticks that have something are walked: in a small market a page has fewer words than ticks.
    pub fn sort(&mut self, pile: &Pile) {
        let mut places = [0u32; TICKS];
        let mut due = [0; TICKS / 64];
        for planned in pile.iter() {
            let tick = planned.tick as usize % TICKS;
            places[tick] += 1;
            due[tick / 64] |= 1 << (tick % 64);
        }
        let mut before = 0;
        for tick in ticks(&due) {
            let place = &mut places[tick];
            (*place, before) = (before, before + *place);
            self.ends[tick] = before;
        }
        (self.due, self.len) = (due, before as usize);
        if self.items.len() < self.len {
            self.items.resize(self.len, Item { to: 0, from: 0 });
        }
        for &Planned { tick, item } in pile.iter() {
            let place = &mut places[tick as usize % TICKS];
            self.items[*place as usize] = item;
            *place += 1;
        }
    }
}

/// The ticks whose bit is set, in order.
fn ticks(due: &Bits) -> impl Iterator<Item = usize> {
    (0..TICKS).step_by(64).zip(*due).flat_map(|(first, mut block)| {
        std::iter::from_fn(move || {
            let tick = first + block.trailing_zeros() as usize;
            (block != 0).then(|| {
                block &= block - 1;
                tick
            })
        })
    })
}
