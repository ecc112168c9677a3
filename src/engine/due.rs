//! What an item of the agenda means: a word on its way, or a purchase that has been decided on. Packed into 8 bytes.

use super::agenda::Item;
use crate::event::Valence;
use crate::units::PersonId;

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// A word reaches its hearer.
    Word(Word),
    /// Somebody who was persuaded buys.
    Purchase(PersonId),
}

/// A word on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// The hearer; among fresh people, who have no id before they hear, the number of the telling.
    pub to: u32,
    /// Who tells.
    pub teller: PersonId,
    /// Good or bad.
    pub valence: Valence,
    /// Whether it carries a code.
    pub coded: bool,
    /// Whether its coin lies below the highest chance it could ever have. If not, it persuades nobody, whatever the
    /// state, and the hearer's columns need not be fetched: flip before looking.
    pub candidate: bool,
}

const ID: u32 = PersonId::COUNT_MAX - 1;
// In `to`:
const CANDIDATE: u32 = 1 << 30;
const PURCHASE: u32 = 1 << 31;
// In `from`:
const BAD: u32 = 1 << 30;
const CODED: u32 = 1 << 31;

impl Due {
    #[inline(always)]
    pub fn pack(self) -> Item {
        match self {
            Due::Purchase(person) => Item { to: person.0 | PURCHASE, from: 0 },
            Due::Word(word) => Item {
                to: word.to | if word.candidate { CANDIDATE } else { 0 },
                from: word.teller.0
                    | if word.valence == Valence::Bad { BAD } else { 0 }
                    | if word.coded { CODED } else { 0 },
            },
        }
    }

    #[inline(always)]
    pub fn unpack(item: Item) -> Due {
        let to = item.to & ID;
        if item.to & PURCHASE != 0 {
            return Due::Purchase(PersonId(to));
        }
        Due::Word(Word {
            to,
            teller: PersonId(item.from & ID),
            valence: if item.from & BAD != 0 { Valence::Bad } else { Valence::Good },
            coded: item.from & CODED != 0,
            candidate: item.to & CANDIDATE != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_loses_nothing() {
        let flags = [false, true];
        for valence in [Valence::Good, Valence::Bad] {
            for (coded, candidate) in flags.into_iter().flat_map(|a| flags.map(|b| (a, b))) {
                for id in [0, 1, ID] {
                    let due = Due::Word(Word { to: id, teller: PersonId(ID - id), valence, coded, candidate });
                    assert_eq!(Due::unpack(due.pack()), due);
                    assert_eq!(Due::unpack(Due::Purchase(PersonId(id)).pack()), Due::Purchase(PersonId(id)));
                }
            }
        }
    }
}
