//! The words of one person to all her friends: which of them win.

use super::Words;
use crate::dice::coins::{Coins, LANES, Mask};
use crate::units::{PersonId, Strength};
use prefetch_index::prefetch_index;

/// Up to sixteen friends who stand side by side in somebody's row.
pub(super) struct Sixteen<'a> {
    /// The arc to the first of them.
    pub arc: usize,
    pub friends: &'a [u32; LANES],
    /// Bit `j` says whether the word to `friends[j]` wins.
    pub won: Mask,
}

impl<C: Coins> Words<'_, C> {
    /// Lets `each` see the friends of a person, sixteen at a time, and which of them her words win.
    #[inline(always)]
    pub(super) fn of(&self, teller: PersonId, mut each: impl FnMut(Sixteen<'_>)) {
        let luck = self.luck.pairs_of(teller.0);
        let arcs = self.graph.arcs_of(teller);
        let (column, strengths) = (self.graph.column(), self.graph.strengths());
        for arc in arcs.clone().step_by(LANES) {
            let behind;
            let friends = match column.get(arc..).and_then(|rest| rest.first_chunk()) {
                Some(sixteen) => sixteen,
                None => {
                    behind = padded(column, arc, 0);
                    &behind
                }
            };
            let won = match strengths {
                None => self.coins.winners(luck, friends, self.chance),
                Some(strengths) => {
                    let strengths = match strengths.get(arc..).and_then(|rest| rest.first_chunk()) {
                        Some(sixteen) => *sixteen,
                        None => padded(strengths, arc, Strength::ONE),
                    };
                    self.coins.winners_by_strength(luck, friends, self.chance, &strengths)
                }
            };
            let there = (arcs.end - arc).min(LANES);
            each(Sixteen { arc, friends, won: won & ((1u32 << there) - 1) as Mask });
        }
    }

    /// Asks for the memory of a person's row. Reads where it begins, so it waits unless that was asked for before.
    #[inline(always)]
    pub(super) fn fetch_row(&self, person: PersonId) {
        let arc = self.graph.arcs_of(person).start;
        // Sixteen lie in two lines of memory; where there are more, the processor sees that they are read in order.
        for arc in [arc, arc + LANES] {
            prefetch_index(self.graph.column(), arc);
            if let Some(strengths) = self.graph.strengths() {
                prefetch_index(strengths, arc);
            }
        }
    }
}

/// Sixteen values from a place on, `fill` behind the last one.
#[cold]
fn padded<T: Copy>(values: &[T], place: usize, fill: T) -> [T; LANES] {
    std::array::from_fn(|lane| values.get(place + lane).copied().unwrap_or(fill))
}

/// The places of the bits that are set.
#[inline(always)]
pub(super) fn bits(mut mask: Mask) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            place
        })
    })
}
