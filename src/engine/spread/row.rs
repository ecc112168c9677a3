//! The words of one person to all her friends: which of them win.

use super::Words;
use crate::dice::coins::{Coins, LANES};
use crate::units::{PersonId, Strength};
use prefetch_index::prefetch_index;

/// Up to eight friends who stand side by side in somebody's row.
pub(super) struct Eight<'a> {
    /// The arc to the first of them.
    pub arc: usize,
    pub friends: &'a [u32; LANES],
    /// Bit `j` says whether the word to `friends[j]` wins.
    pub won: u8,
}

impl<C: Coins> Words<'_, C> {
    /// Lets `each` see the friends of a person, eight at a time, and which of them her words win. Nobody wins among eight that
    /// lie behind her row.
    #[inline(always)]
    pub(super) fn of(&self, teller: PersonId, mut each: impl FnMut(Eight<'_>)) {
        let luck = self.luck.pairs_of(teller.0);
        let arcs = self.graph.arcs_of(teller);
        let (column, strengths) = (self.graph.column(), self.graph.strengths());
        // Twice eight a turn: most people have no more friends, so that the processor foresees how many turns there are.
        for arc in arcs.clone().step_by(2 * LANES) {
            for arc in [arc, arc + LANES] {
                let behind;
                let friends = match column.get(arc..).and_then(|rest| rest.first_chunk()) {
                    Some(eight) => eight,
                    None => {
                        behind = padded(column, arc, 0);
                        &behind
                    }
                };
                let won = match strengths {
                    None => self.coins.winners(luck, friends, self.chance),
                    Some(strengths) => {
                        let strengths = match strengths.get(arc..).and_then(|rest| rest.first_chunk()) {
                            Some(eight) => *eight,
                            None => padded(strengths, arc, Strength::ONE),
                        };
                        self.coins.winners_by_strength(luck, friends, self.chance, &strengths)
                    }
                };
                let there = arcs.end.saturating_sub(arc).min(LANES);
                each(Eight { arc, friends, won: won & ((1u32 << there) - 1) as u8 });
            }
        }
    }

    /// Asks for the memory of a person's row. Reads where it begins, so it waits unless that was asked for before.
    #[inline(always)]
    pub(super) fn fetch_row(&self, person: PersonId) {
        let arc = self.graph.arcs_of(person).start;
        // A line of memory has two eights; where there are more, the processor sees that they are read in order.
        for arc in [arc, arc + 2 * LANES] {
            prefetch_index(self.graph.column(), arc);
            if let Some(strengths) = self.graph.strengths() {
                prefetch_index(strengths, arc);
            }
        }
    }
}

/// Eight values from a place on, `fill` behind the last one.
#[cold]
fn padded<T: Copy>(values: &[T], place: usize, fill: T) -> [T; LANES] {
    std::array::from_fn(|lane| values.get(place + lane).copied().unwrap_or(fill))
}

/// The places of the bits that are set.
#[inline(always)]
pub(super) fn bits(mut mask: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            place
        })
    })
}
