//! The words of one person to all her friends: which of them win.

use super::Words;
use crate::dice::coins::{Coins, LANES, PairLuck};
use crate::units::{PersonId, Probability};

/// Up to eight friends who stand side by side in somebody's row.
pub(super) struct Eight {
    /// The arc to the first of them.
    pub arc: usize,
    pub friends: [u32; LANES],
    /// Bit `j` says whether the word to `friends[j]` wins.
    pub won: u8,
}

impl<C: Coins> Words<'_, C> {
    /// Lets `each` see the friends of a person, eight at a time, and which of them her words win.
    #[inline(always)]
    pub(super) fn of(&self, teller: PersonId, mut each: impl FnMut(Eight)) {
        let luck = self.luck.pairs_of(teller.0);
        let arcs = self.graph.arcs_of(teller);
        let column = self.graph.column();
        let mut arc = arcs.start;
        while arc < arcs.end {
            // What follows in the column belongs to the next person, and is masked out below.
            let friends = match column[arc..].first_chunk() {
                Some(eight) => *eight,
                None => padded(&column[arc..]),
            };
            let there = u8::MAX >> LANES.saturating_sub(arcs.end - arc);
            let won = match self.graph.has_strengths() {
                false => self.coins.winners(luck, &friends, self.chance) & there,
                true => {
                    // Who would win if every tie were the strongest, and of those the ones who win by their own.
                    let most = self.chance.times(self.graph.strongest());
                    self.by_strength(luck, arc, &friends, self.coins.winners(luck, &friends, most) & there)
                }
            };
            each(Eight { arc, friends, won });
            arc += LANES;
        }
    }

    fn by_strength(&self, luck: PairLuck, arc: usize, friends: &[u32; LANES], candidates: u8) -> u8 {
        bits(candidates).fold(0, |won, place| {
            let chance: Probability = self.chance.times(self.graph.strength_of(arc + place));
            won | u8::from(chance.accepts(luck.draw(friends[place]))) << place
        })
    }
}

#[cold]
fn padded(few: &[u32]) -> [u32; LANES] {
    let mut friends = [0; LANES];
    friends[..few.len()].copy_from_slice(few);
    friends
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
